package ballotsweb

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type electorsView struct {
	page.Frame
	Crumbs      []page.Crumb
	Link        string
	Lead        string
	Hash        string
	Open        bool
	Rows        []ballots.Elector
	First, Next string
}

// electors shows the electorate, with who has voted and never when: GET /votes/{id}/electors?after=NO.
func (s *Site) electors(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.run(r)
	if err != nil {
		return err
	}
	after, _ := strconv.Atoi(r.URL.Query().Get("after"))
	list, err := s.desk.Electors(r.Context(), f.Actor, whole.ID, after)
	if err != nil {
		return err
	}
	f.Title = f.T("ballots.electors")
	v := electorsView{
		Frame: f, Link: ballots.Link(whole.ID), Hash: whole.Electorate, Open: whole.State == ballots.Open, Rows: list,
		Lead:   f.T("ballots.voted.of", "voted", whole.Voted, "n", whole.Electors),
		Crumbs: crumbs(f, page.Crumb{Label: whole.Title, Link: ballots.Link(whole.ID), Lang: f.Own()}, page.Crumb{Label: f.T("ballots.electors")}),
	}
	if after > 0 {
		v.First = string(f.With("after", ""))
	}
	if len(list) == ballots.ElectorPage {
		v.Next = string(f.With("after", itoa(list[len(list)-1].No)))
	}
	return page.Render(w, r, electorsPage(v))
}

func nameOf(f page.Frame, e ballots.Elector) string {
	if e.Name == "" {
		return f.T("ballots.elector.erased")
	}
	return e.Name
}

// electorsCSV hands out the whole electorate: GET /votes/{id}/electors.csv.
func (s *Site) electorsCSV(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.run(r)
	if err != nil {
		return err
	}
	rows := [][]string{{f.T("ballots.number"), f.T("ballots.elector"), f.T("ballots.weight"), f.T("ballots.elector.person"), f.T("ballots.elector.holder"), f.T("ballots.elector.voted.head"), "hash"}}
	for after := 0; ; {
		list, err := s.desk.Electors(r.Context(), f.Actor, whole.ID, after)
		if err != nil {
			return err
		}
		for _, e := range list {
			holder, voted := "", ""
			if e.Holder > 0 {
				holder = itoa(e.Holder)
			}
			if e.Voted {
				voted = f.T("ballots.yes")
			}
			rows = append(rows, []string{itoa(e.No), nameOf(f, e), strconv.FormatInt(e.Weight, 10), e.Person, holder, voted, e.Hash})
			after = e.No
		}
		if len(list) < ballots.ElectorPage {
			return page.Table(w, "electors.csv", rows)
		}
	}
}

type readdressView struct {
	page.Frame
	Crumbs []page.Crumb
	Action string
	Back   string
	For    string
	In     readdressIn
}

type readdressIn struct {
	Person string `form:"person"`
	Email  string `form:"email"`
}

// readdress sends the link of an elector to another address.
func (s *Site) readdress(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.run(r)
	if err != nil {
		return err
	}
	no, _ := strconv.Atoi(r.PathValue("no"))
	list, err := s.desk.Electors(r.Context(), f.Actor, whole.ID, no-1)
	if err != nil {
		return err
	}
	if len(list) == 0 || list[0].No != no {
		return missing()
	}
	f.Title = f.T("ballots.readdress")
	back := ballots.Link(whole.ID) + "/electors"
	v := readdressView{
		Frame: f, Action: back + "/" + itoa(no), Back: back, For: nameOf(f, list[0]), In: readdressIn{list[0].Person, list[0].Email},
		Crumbs: crumbs(f, page.Crumb{Label: whole.Title, Link: ballots.Link(whole.ID), Lang: f.Own()}, page.Crumb{Label: f.T("ballots.electors"), Link: back}, page.Crumb{Label: itoa(no)}),
	}
	if r.Method == http.MethodPost {
		v.In = readdressIn{}
		err := page.Decode(r, &v.In)
		if err == nil {
			err = s.desk.Readdress(r.Context(), f.Actor, whole.ID, no, v.In.Person, v.In.Email)
		}
		if err == nil {
			return page.Go(w, r, back, "said.ballots.readdressed")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), readdressPage(v))
}

type codesView struct {
	page.Frame
	Crumbs  []page.Crumb
	Vote    ballots.Whole
	Action  string
	Numbers string
	Codes   []ballots.Code
	Address string
	Closes  string
}

// codes prints codes for those whom no letter reaches. The answer is the sheets
// themselves: nobody can see the codes again.
func (s *Site) codes(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.run(r)
	if err != nil {
		return err
	}
	f.Title = f.T("ballots.codes")
	v := codesView{
		Frame: f, Vote: whole, Action: ballots.Link(whole.ID) + "/codes", Address: s.site.House.URL + "/vote", Closes: s.moment(f, whole.Vote),
		Crumbs: crumbs(f, page.Crumb{Label: whole.Title, Link: ballots.Link(whole.ID), Lang: f.Own()}, page.Crumb{Label: f.Title}),
	}
	if r.Method == http.MethodPost {
		w.Header().Set("Cache-Control", "no-store")
		var in struct {
			Numbers string `form:"numbers"`
		}
		if err = page.Decode(r, &in); err != nil {
			return err
		}
		v.Numbers = in.Numbers
		numbers, err := numbersOf(in.Numbers)
		if err == nil {
			v.Codes, err = s.desk.Codes(r.Context(), f.Actor, whole.ID, numbers)
		}
		if err == nil {
			return page.Render(w, r, sheetsPage(v))
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), codesPage(v))
}

// numbersOf reads "3, 17 20".
func numbersOf(s string) (list []int, err error) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 {
			return nil, fault.In("numbers", "ballots.codes.numbers.wrong")
		}
		list = append(list, n)
	}
	return list, nil
}
