package ballotsweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// A sheetView is the page of a voter, in its steps: to choose, to check, done.
type sheetView struct {
	page.Frame
	Base     string
	Sheet    ballots.Sheet
	For      string // whose ballot it is
	Closes   string
	Says     string // how to mark
	Kind     string // of the fields: radio, checks or ranks
	Options  []optionView
	Ranks    []rankView
	Chosen   []string
	Marks    []string
	Slip     ballots.Slip
	Receipts []string
	Result   string // link
	Text     []string
}

type optionView struct {
	Value, Label string
	Statement    []string
	On           bool
}

type rankView struct {
	N     int
	Value string
}

func itoa(n int) string { return strconv.Itoa(n) }

func paragraphs(s string) []string {
	return slices.DeleteFunc(strings.Split(s, "\n"), fault.Empty)
}

// sheetView fills the page with marks that have been made.
func (s *Site) sheetView(r *http.Request, sheet ballots.Sheet, base string, marks []int) sheetView {
	f := s.site.Frame(r, "", "")
	f.Bare, f.Size, f.Path, f.Title = true, "read", base, sheet.Vote.Title
	v := sheetView{Frame: f, Base: base, Sheet: sheet, Closes: s.moment(f, sheet.Vote), Result: ballots.Link(sheet.Vote.ID) + "/result", Text: paragraphs(sheet.Vote.Text)}
	e := sheet.Elector
	switch {
	case sheet.Holder != "":
		v.For = f.T("ballots.for.proxy", "name", e.Name, "holder", sheet.Holder)
	case e.Kind == members.Organisation:
		v.For = f.T("ballots.for.organisation", "name", e.Name, "person", e.Person)
	default:
		v.For = f.T("ballots.for.person", "name", e.Name)
	}
	if e.Weight > 1 {
		v.For += " " + f.T("ballots.for.weight", "n", int(e.Weight))
	}
	v.options(marks)
	for _, m := range marks {
		v.Marks = append(v.Marks, itoa(m))
		if m >= 1 && m <= len(v.Options) {
			v.Chosen = append(v.Chosen, v.Options[m-1].Label)
		}
	}
	return v
}

func (v *sheetView) options(marks []int) {
	vote := v.Sheet.Vote
	v.Kind = "radio"
	if vote.Kind == ballots.Motion {
		v.Says = v.T("ballots.says.motion")
		for i, word := range []string{"for", "against", "abstain"} {
			v.Options = append(v.Options, optionView{Value: itoa(i + 1), Label: v.T("ballots." + word), On: slices.Contains(marks, i+1)})
		}
		return
	}
	v.Says = v.T("ballots.says."+string(vote.Method), "seats", vote.Seats)
	switch vote.Method {
	case tally.STV:
		v.Kind = "ranks"
	case tally.Block, tally.Approval:
		v.Kind = "checks"
	}
	for i, c := range v.Sheet.Candidates {
		v.Options = append(v.Options, optionView{Value: itoa(i + 1), Label: c.Name, Statement: paragraphs(c.Statement), On: slices.Contains(marks, i+1)})
		rank := rankView{N: i + 1}
		if i < len(marks) {
			rank.Value = itoa(marks[i])
		}
		v.Ranks = append(v.Ranks, rank)
	}
}

// sheet shows the ballot: GET /v/{token}.
func (s *Site) sheet(w http.ResponseWriter, r *http.Request) error {
	way, base := way(r)
	sheet, err := s.desk.Sheet(r.Context(), way)
	if err != nil {
		return err
	}
	return page.Render(w, r, sheetPage(s.sheetView(r, sheet, base, nil)))
}

// given are the marks of the form, in order; choices left open are passed over.
func given(r *http.Request) (marks []int, err error) {
	var in struct {
		Marks []string `form:"mark"`
	}
	if err := page.Decode(r, &in); err != nil {
		return nil, err
	}
	for _, m := range in.Marks {
		if m == "" {
			continue
		}
		n, err := strconv.Atoi(m)
		if err != nil {
			return nil, fault.In("marks", "ballots.marks.unknown")
		}
		marks = append(marks, n)
	}
	return marks, nil
}

// again shows the ballot with the marks that were made: POST …/again.
func (s *Site) again(w http.ResponseWriter, r *http.Request) error { return s.show(w, r, nil) }

// show shows the ballot again, with what is wrong with it.
func (s *Site) show(w http.ResponseWriter, r *http.Request, wrong error) error {
	way, base := way(r)
	sheet, err := s.desk.Sheet(r.Context(), way)
	if err != nil {
		return err
	}
	marks, err := given(r)
	if wrong == nil {
		wrong = err
	}
	v := s.sheetView(r, sheet, base, marks)
	if wrong != nil && !v.Blame(wrong) {
		return wrong
	}
	return page.RenderStatus(w, r, v.Again(), sheetPage(v))
}

// check shows what is about to be cast, and its receipt: POST …/check.
func (s *Site) check(w http.ResponseWriter, r *http.Request) error {
	way, base := way(r)
	marks, err := given(r)
	if err != nil {
		return s.show(w, r, err)
	}
	sheet, slip, err := s.desk.Check(r.Context(), way, marks)
	if err != nil {
		return s.show(w, r, err)
	}
	v := s.sheetView(r, sheet, base, marks)
	v.Slip = slip
	v.Receipts = slip.All
	return page.Render(w, r, checkPage(v))
}

// cast casts the ballot: POST …/cast. The answer is a page of its own and leads
// nowhere, so that the receipt is in no address.
func (s *Site) cast(w http.ResponseWriter, r *http.Request) error {
	way, base := way(r)
	marks, err := given(r)
	if err != nil {
		return s.show(w, r, err)
	}
	var in struct {
		Receipt string `form:"receipt"`
		Sign    string `form:"sign"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	sheet, receipts, err := s.desk.Cast(r.Context(), way, marks, ballots.Slip{Receipt: in.Receipt, Sign: in.Sign})
	if err != nil {
		return s.show(w, r, err)
	}
	v := s.sheetView(r, sheet, base, nil)
	v.Receipts = receipts
	return page.Render(w, r, castPage(v))
}

type enterView struct {
	page.Frame
	Code string
}

// enter takes a printed code: GET and POST /vote.
func (s *Site) enter(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	f.Bare, f.Size, f.Title, f.Path = true, "read", f.T("ballots.code.title"), "/vote"
	v := enterView{Frame: f}
	if r.Method == http.MethodPost {
		var in struct {
			Code string `form:"code"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		v.Code = in.Code
		token := ballots.ReadCode(in.Code)
		_, err := s.desk.Sheet(r.Context(), ballots.Way{Token: token})
		if err == nil {
			return page.Go(w, r, "/v/"+token, "")
		}
		if fault.Is(err, fault.Missing) {
			err = fault.In("code", "ballots.code.unknown")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), enterPage(v))
}
