package ballotsweb

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type resultView struct {
	page.Frame
	Crumbs  []page.Crumb
	Whole   ballots.Whole
	Link    string
	Kicker  string
	Runs    bool
	Tone    page.Tone
	Icon    string
	Word    string
	Lead    string
	Counts  []page.Fact
	Elected []string
	Tied    []string
	Heads   []string // of the stages
	Stages  []stageView
	Totals  []totalView
	Facts   []page.Fact
	Files   []page.File
	Text    []string
	Repeats bool // it makes sense to vote again
	Invalid bool // there was no quorum
	History []page.Fact
	Second  []string // who stand in the second round
	Chair   bool     // the chair has to decide
}

type stageView struct {
	Title string
	Cells []string
	Spent string
	Lost  string
	Notes []string
}

type totalView struct {
	Name, Votes string
	Elected     bool
}

// result shows a closed vote: GET /votes/{id}/result. Anybody sees one that is public.
func (s *Site) result(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.one(r)
	if err != nil {
		return err
	}
	if whole.State != ballots.Closed {
		return page.Render(w, r, waitPage(resultView{Frame: f, Whole: whole, Crumbs: crumbs(f, page.Crumb{Label: whole.Title, Lang: f.Own()}), Lead: f.T("ballots.wait", "closes", s.moment(f, whole.Vote))}))
	}
	t, err := s.desk.Result(r.Context(), f.Actor, whole.ID)
	if err != nil {
		return err
	}
	v := resultView{
		Frame: f, Whole: whole, Link: ballots.Link(whole.ID), Kicker: kindOf(f, whole.Vote), Runs: f.Actor.Can(ballots.Run), Facts: s.facts(f, whole), Text: paragraphs(whole.Text),
		Crumbs: crumbs(f, page.Crumb{Label: whole.Title, Lang: f.Own()}), Lead: f.T("ballots.voted.of", "voted", whole.Voted, "n", whole.Electors),
	}
	v.Tone, v.Icon, v.Word = decides(f, whole, t)
	if whole.Void == "" {
		v.fill(t)
		v.Invalid = !t.Quorum
	}
	if v.Runs {
		if v.History, err = s.history(r, f, whole.ID); err != nil {
			return err
		}
	}
	return page.Render(w, r, resultPage(v))
}

// fill writes what the count came to.
func (v *resultView) fill(t tally.Tally) {
	if v.Whole.Kind == ballots.Motion {
		v.Counts = v.poll(t)
		v.Repeats = t.Outcome == tally.Tied || !t.Quorum
		v.Chair = t.Quorum && t.Outcome == tally.Tied && v.Whole.Majority.OnTie == tally.Chair
	} else {
		v.elected(t.Result, t.Quorum)
		v.Repeats = t.Result.Open > 0 || !t.Quorum
	}
	for _, class := range []tally.Class{tally.Blank, tally.Overfull, tally.Repeated, tally.Unknown} {
		if n := t.Result.Papers[class]; n > 0 {
			v.Counts = append(v.Counts, page.Fact{Label: v.T("ballots.class." + string(class)), Value: v.Number(int(n))})
		}
	}
	v.Files = []page.File{
		{Name: v.T("ballots.file.protocol"), Link: v.Link + "/protocol.pdf", Meta: "PDF", Do: v.T("ballots.file.do")},
		{Name: v.T("ballots.file.list"), Link: v.Link + "/ballots.csv", Meta: "CSV", Do: v.T("ballots.file.do")},
		{Name: v.T("ballots.file.result"), Link: v.Link + "/result.csv", Meta: "CSV", Do: v.T("ballots.file.do")},
		{Name: v.T("ballots.file.record"), Link: v.Link + "/ballots.json", Meta: "JSON", Do: v.T("ballots.file.do")},
	}
	if v.Whole.Kind == ballots.Election {
		v.Files = append(v.Files, page.File{Name: v.T("ballots.file.blt"), Link: v.Link + "/ballots.blt", Meta: "BLT", Do: v.T("ballots.file.do")})
	}
}

func (v *resultView) poll(t tally.Tally) []page.Fact {
	n := func(n int64) string { return v.Number(int(n)) }
	list := []page.Fact{
		{Label: v.T("ballots.for"), Value: n(t.Poll.For)}, {Label: v.T("ballots.against"), Value: n(t.Poll.Against)},
		{Label: v.T("ballots.abstain"), Value: n(t.Poll.Abstained)}, {Label: v.T("ballots.needs"), Value: n(t.Needs)},
	}
	if v.Whole.Chair != "" {
		list = append(list, page.Fact{Label: v.T("ballots.chair.was"), Value: v.T("ballots." + v.Whole.Chair)})
	}
	return list
}

// elected tells an election; without a quorum nobody was elected.
func (v *resultView) elected(r tally.Result, valid bool) {
	name := func(c tally.Candidate) string { return v.Whole.Candidates[c].Name }
	if !valid {
		r.Elected, r.Tied, r.Second = nil, nil, nil
	}
	is := map[tally.Candidate]bool{}
	for _, c := range r.Elected {
		v.Elected = append(v.Elected, name(c))
		is[c] = true
	}
	for _, c := range r.Second {
		v.Second = append(v.Second, name(c))
	}
	for _, c := range r.Tied {
		v.Tied = append(v.Tied, name(c))
	}
	if r.Method != tally.STV {
		for i, total := range r.Totals {
			v.Totals = append(v.Totals, totalView{name(tally.Candidate(i)), v.Number(int(total.Whole())), is[tally.Candidate(i)]})
		}
	} else {
		v.Counts = append(v.Counts, page.Fact{Label: v.T("ballots.quota"), Value: v.Number(int(r.Quota.Whole()))})
	}
	for _, c := range v.Whole.Candidates {
		v.Heads = append(v.Heads, c.Name)
	}
	for _, st := range r.Stages {
		v.Stages = append(v.Stages, v.stage(st, name))
	}
	for _, tie := range r.Ties {
		if r.Method != tally.STV {
			v.Counts = append(v.Counts, page.Fact{Label: v.T("ballots.tie.lot"), Value: v.tie(tie, name)})
		}
	}
}

func (v *resultView) tie(t tally.Tie, name func(tally.Candidate) string) string {
	var among, chosen []string
	for _, c := range t.Among {
		among = append(among, name(c))
	}
	for _, c := range t.Chosen {
		chosen = append(chosen, name(c))
	}
	return v.List(among) + " → " + v.List(chosen)
}

func (v *resultView) stage(st tally.Stage, name func(tally.Candidate) string) stageView {
	one := stageView{Title: v.T("ballots.stage." + string(st.Deed)), Spent: votes(v.Frame, st.Spent), Lost: votes(v.Frame, st.Lost)}
	if st.Deed != tally.First {
		one.Title += ": " + name(st.Of)
	}
	for _, held := range st.Held {
		one.Cells = append(one.Cells, votes(v.Frame, held))
	}
	for _, c := range st.Elected {
		one.Notes = append(one.Notes, v.T("ballots.stage.elected", "name", name(c)))
	}
	if st.Tie != nil {
		key := "ballots.tie.lot"
		if st.Tie.Stage > 0 {
			key = "ballots.tie.stage"
		}
		one.Notes = append(one.Notes, v.T(key)+": "+v.tie(*st.Tie, name))
	}
	return one
}

// votes writes votes with the comma or the point of the language, whole ones whole.
func votes(f page.Frame, n tally.Votes) string {
	s := strings.TrimSuffix(n.String(), ".00000")
	if f.Lang != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// mostListed is how many ballots stand on a page; more are in the files only.
const mostListed = 5_000

type ballotsView struct {
	page.Frame
	Crumbs      []page.Crumb
	Title, Lead string
	Secret      bool
	Many        bool   // more than a page holds
	Files       string // where they are
	Rows        []ballotView
	Lang        string
}

type ballotView struct{ Receipt, Name, Weight, Marks string }

// ballots lists the ballots of a closed vote: GET /votes/{id}/ballots. All stand on
// one page, so that whoever looks for a receipt need not tell the house which.
func (s *Site) ballots(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.one(r)
	if err != nil {
		return err
	}
	rec, err := s.desk.Record(r.Context(), f.Actor, whole.ID)
	if err != nil {
		return err
	}
	v := ballotsView{
		Frame: f, Title: f.T("ballots.list"), Lead: f.T("ballots.list.lead"), Secret: whole.Secret, Lang: f.Own(),
		Crumbs: crumbs(f, page.Crumb{Label: whole.Title, Link: ballots.Link(whole.ID) + "/result", Lang: f.Own()}, page.Crumb{Label: f.T("ballots.list")}),
	}
	v.Frame.Title = v.Title
	if v.Files = ballots.Link(whole.ID); len(rec.Ballots) > mostListed {
		v.Many, rec.Ballots = true, nil
	}
	for _, b := range rec.Ballots {
		v.Rows = append(v.Rows, ballotView{b.Receipt, b.Name, strconv.FormatInt(b.Weight, 10), strings.Join(marked(rec, b), " › ")})
	}
	return page.Render(w, r, ballotsPage(v))
}

// marked are the marks of a ballot in words.
func marked(r tally.Record, b tally.Ballot) (list []string) {
	for _, m := range b.Marks {
		if m >= 1 && m <= len(r.Candidates) {
			list = append(list, r.Candidates[m-1])
		}
	}
	return list
}

// record reads what is published of the vote of the request.
func (s *Site) record(r *http.Request) (tally.Record, error) {
	return s.desk.Record(r.Context(), auth.From(r.Context()), id(r))
}

// csv hands out the ballots as a table: GET /votes/{id}/ballots.csv.
func (s *Site) csv(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.record(r)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "", "")
	head := []string{f.T("ballots.receipt"), f.T("ballots.weight")}
	if !rec.Secret {
		head = append([]string{f.T("ballots.elector")}, head...)
	}
	most := 1
	for _, b := range rec.Ballots {
		most = max(most, len(b.Marks))
	}
	for i := range most {
		head = append(head, f.T("ballots.mark", "mark", i+1))
	}
	rows := [][]string{head}
	for _, b := range rec.Ballots {
		row := []string{b.Receipt, strconv.FormatInt(b.Weight, 10)}
		if !rec.Secret {
			row = append([]string{b.Name}, row...)
		}
		row = append(row, marked(rec, b)...)
		for len(row) < len(head) {
			row = append(row, "")
		}
		rows = append(rows, row)
	}
	return page.Table(w, "ballots.csv", rows)
}

// json hands out the record that anybody can count: GET /votes/{id}/ballots.json.
func (s *Site) json(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.record(r)
	if err != nil {
		return err
	}
	whole, err := json.MarshalIndent(rec, "", "\t")
	if err != nil {
		return fmt.Errorf("ballots: record: %w", err)
	}
	page.Attach(w, "application/json; charset=utf-8", "ballots.json")
	_, err = w.Write(whole)
	return err
}

// blt hands out an election as other counting programs read it: GET /votes/{id}/ballots.blt.
func (s *Site) blt(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.record(r)
	if err != nil {
		return err
	}
	if rec.Kind != string(ballots.Election) {
		return missing()
	}
	page.Attach(w, "text/plain; charset=utf-8", "ballots.blt")
	_, err = w.Write([]byte(rec.Election().BLT()))
	return err
}

// protocol hands out the paper for the minutes: GET /votes/{id}/protocol.pdf.
func (s *Site) protocol(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	pdf, err := s.desk.Protocol(r.Context(), f.Actor, id(r), f.Printer)
	if err != nil {
		return err
	}
	page.Attach(w, "application/pdf", "protocol.pdf")
	_, err = w.Write(pdf)
	return err
}

// resultCSV hands out the result as a table: of a motion its votes, of an election those of each candidate, of a count
// by stages those after each: GET /votes/{id}/result.csv.
func (s *Site) resultCSV(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.one(r)
	if err != nil {
		return err
	}
	t, err := s.desk.Result(r.Context(), f.Actor, whole.ID)
	if err != nil {
		return err
	}
	v := resultView{Frame: f, Whole: whole}
	_, _, word := decides(f, whole, t)
	rows := [][]string{{whole.Title, word}, {f.T("ballots.electors"), strconv.Itoa(whole.Electors)}, {f.T("ballots.progress"), strconv.Itoa(whole.Voted)}}
	if whole.Void != "" {
		return page.Table(w, "result.csv", rows)
	}
	if whole.Kind == ballots.Motion {
		for _, fact := range v.poll(t) {
			rows = append(rows, []string{fact.Label, fact.Value})
		}
		return page.Table(w, "result.csv", rows)
	}
	v.elected(t.Result, t.Quorum)
	head := []string{f.T("ballots.candidate.name"), f.T("ballots.elected"), f.T("ballots.votes.head")}
	for i, st := range v.Stages {
		head = append(head, strconv.Itoa(i+1)+". "+st.Title)
	}
	rows = append(rows, head)
	for i, c := range whole.Candidates {
		elected := ""
		if slices.Contains(v.Elected, c.Name) {
			elected = f.T("ballots.yes")
		}
		row := []string{c.Name, elected, votes(f, t.Result.Totals[i])}
		for _, st := range v.Stages {
			row = append(row, st.Cells[i])
		}
		rows = append(rows, row)
	}
	return page.Table(w, "result.csv", rows)
}

// publish says whether anybody may see the result.
func (s *Site) publish(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Public bool `form:"public"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	if err := s.desk.Publish(r.Context(), auth.From(r.Context()), id(r), in.Public); err != nil {
		return err
	}
	said := "said.ballots.published"
	if !in.Public {
		said = "said.ballots.unpublished"
	}
	return page.Go(w, r, ballots.Link(id(r))+"/result", said)
}
