package casesweb

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type listView struct {
	page.Frame
	States    []page.Tab
	Orders    []page.Tab
	Text      string
	Kinds     []page.Option
	Hidden    []page.Option // what the search form keeps
	Rows      []page.Row
	CSV, Next string
	May       bool
	Filtered  bool
}

// query reads the filters of a list from the address.
func (s *Site) query(r *http.Request) cases.Query {
	q := cases.Query{
		State: cases.State(r.FormValue("state")), Kind: procedure.Kind(r.FormValue("kind")), Act: law.ActID(r.FormValue("act")),
		Text: r.FormValue("q"), Order: cases.Order(r.FormValue("order")), After: voice.CaseID(r.FormValue("after")), Limit: 50,
	}
	if r.FormValue("of") == "me" {
		q.Owner = s.site.Frame(r, "", "").Actor.User
	}
	return q
}

// list shows the cases with their next clocks.
func (s *Site) list(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.cases", "")
	f.Title = f.T("voice.cases")
	if err := f.Actor.Must(voice.See); err != nil {
		return err
	}
	q := s.query(r)
	found, err := s.cases.List(r.Context(), f.Actor, q)
	if err != nil {
		return err
	}
	v := listView{Frame: f, Text: q.Text, May: f.Actor.Can(voice.Work), CSV: "/cases.csv?" + r.URL.RawQuery}
	v.Filtered = q.State != "" || q.Kind != "" || q.Text != "" || q.Act != "" || q.Owner != ""
	v.States = []page.Tab{{Label: f.T("cases.list.all"), Link: with(r, "state", ""), On: q.State == ""}}
	for _, st := range cases.States() {
		v.States = append(v.States, page.Tab{Label: f.T("cases.list." + string(st)), Link: with(r, "state", string(st)), On: q.State == st})
	}
	v.Orders = []page.Tab{
		{Label: f.T("cases.list.by_change"), Link: with(r, "order", ""), On: q.Order == cases.ByChange},
		{Label: f.T("cases.list.by_next"), Link: with(r, "order", string(cases.ByNext)), On: q.Order == cases.ByNext},
	}
	if f.Actor.Can(voice.Work) {
		of := map[bool]string{true: "", false: "me"}[q.Owner != ""]
		v.Orders = append(v.Orders, page.Tab{Label: f.T("cases.today.mine"), Link: with(r, "of", of), On: q.Owner != ""})
	}
	v.Kinds = []page.Option{{Label: f.T("cases.list.kinds")}}
	for _, k := range cases.Kinds() {
		v.Kinds = append(v.Kinds, page.Option{Value: string(k), Label: f.T("cases.kind." + string(k)), On: q.Kind == k})
	}
	for _, name := range []string{"state", "order", "of", "act"} {
		if value := r.FormValue(name); value != "" {
			v.Hidden = append(v.Hidden, page.Option{Value: name, Label: value})
		}
	}
	for _, c := range found {
		v.Rows = append(v.Rows, s.caseRow(f, c))
	}
	if len(found) == q.Limit {
		v.Next = with(r, "after", string(found[len(found)-1].ID))
	}
	return page.Render(w, r, listPage(v))
}

// with is the address of the list with one filter changed, from its first page.
func with(r *http.Request, name, value string) string {
	q := r.URL.Query()
	q.Del("after")
	q.Del("said")
	if q.Set(name, value); value == "" {
		q.Del(name)
	}
	u := url.URL{Path: r.URL.Path, RawQuery: q.Encode()}
	return u.String()
}

// caseRow is a case in a list: its next clock, its name, how it stands.
func (s *Site) caseRow(f page.Frame, c cases.Case) page.Row {
	row := page.Row{
		Title: voiceweb.Called(c), Link: "/cases/" + string(c.ID), Text: c.Proposer,
		Meta: cases.Number(c.ID) + " · " + s.kindName(f, c), Lang: f.Own(),
	}
	if c.OwnerIs != "" {
		row.Meta += " · " + c.OwnerIs
	}
	row.Status, row.Tone, row.Icon = f.T("voice.state."+string(c.State)), "none", "clock"
	switch c.State {
	case cases.Won:
		row.Tone, row.Icon = "ok", "taken"
	case cases.NoEffect:
		row.Tone, row.Icon = "warn", "partly"
	case cases.Lost:
		row.Tone, row.Icon = "error", "not"
	case cases.Closed:
		row.Icon = "lock"
	}
	if c.NextDue.IsZero() {
		row.When = f.T("cases.list.no_clock")
		return row
	}
	row.When, row.Late, row.WhenNote = f.Away(c.NextDue, f.Today), c.NextDue.Before(f.Today), f.Date(c.NextDue)
	what := c.NextLabel
	if what == "" {
		what = voiceweb.ClockName(f.Printer, s.cases.Country(), c.NextKey)
	}
	word, _ := voiceweb.Force(f.Printer, c.NextForce)
	row.Text = what + ", " + word
	return row
}

// listCSV is the list for a spreadsheet, up to 10,000 cases.
func (s *Site) listCSV(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	if err := f.Actor.Must(voice.See); err != nil {
		return err
	}
	q := s.query(r)
	q.Limit = 10_000
	found, err := s.cases.List(r.Context(), f.Actor, q)
	if err != nil {
		return err
	}
	rows := [][]string{{
		f.T("cases.csv.number"), f.T("cases.title"), f.T("cases.short"), f.T("cases.kind"), f.T("cases.state"), f.T("cases.csv.owner"), f.T("cases.csv.opened"),
		f.T("cases.csv.next"), f.T("cases.csv.due"), "EVA", "EPA", "SOP", f.T("cases.code"), f.T("cases.csv.proposals"), f.T("cases.csv.taken"), f.T("cases.csv.partly"), f.T("cases.breach"),
	}}
	for _, c := range found {
		next := c.NextLabel
		if next == "" && c.NextKey != "" {
			next = voiceweb.ClockName(f.Printer, s.cases.Country(), c.NextKey)
		}
		heard := ""
		if c.Breach != "" {
			heard = f.T("cases.breach." + string(c.Breach))
		}
		rows = append(rows, []string{
			cases.Number(c.ID), c.Title, c.Short, s.kindName(f, c), f.T("voice.state." + string(c.State)), c.OwnerIs, c.Opened.String(),
			next, c.NextDue.String(), c.EVA, c.EPA, c.SOP, c.Code, strconv.Itoa(c.Proposals), strconv.Itoa(c.Taken), strconv.Itoa(c.Partly), heard,
		})
	}
	return page.Table(w, "cases-"+f.Today.String()+".csv", rows)
}
