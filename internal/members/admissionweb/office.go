package admissionweb

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

const pageSize = 50

// views are the parts of the list, by what waits for whom.
var views = []struct {
	key    string
	states []admission.State
}{
	{"open", []admission.State{admission.Confirmed, admission.Asked, admission.Waiting, admission.Appealed}},
	{"new", []admission.State{admission.Confirmed, admission.Asked}},
	{"board", []admission.State{admission.Waiting}},
	{"appeals", []admission.State{admission.Appealed}},
	{"decided", []admission.State{admission.Accepted, admission.Rejected, admission.Withdrawn}},
	{"unconfirmed", []admission.State{admission.Sent}},
}

type listView struct {
	page.Frame
	Tabs, Chips []page.Tab
	Key         string
	Rows        []row
	CSV, JSON   string
	First, Next string
	Work        bool
}

type row struct{ Due, Number, Name, Link, Kind, Place, State, Since, Board string }

// list shows a page of the applications: GET /applications?view=board&after=ID.
func (s *Site) list(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	counts, err := s.desk.Counts(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	f.Title, f.Size = f.T("admission.applications"), "wide"
	v := listView{Frame: f, Tabs: membersweb.Tabs(f, f.Actor, "applications"), Work: f.Actor.Can(admission.Work), Key: "open"}
	var states []admission.State
	for i, one := range views {
		if i == 0 || r.FormValue("view") == one.key {
			v.Key, states = one.key, one.states
		}
	}
	for _, one := range views {
		n := 0
		for _, st := range one.states {
			n += counts[st]
		}
		tab := page.Tab{Label: f.T("admission.view." + one.key), Link: "/applications?view=" + one.key, On: one.key == v.Key}
		if one.key != "decided" {
			tab.Count = f.Number(n)
		}
		v.Chips = append(v.Chips, tab)
	}
	q := admission.Query{States: states, After: admission.ID(r.FormValue("after")), Limit: pageSize}
	list, err := s.desk.List(r.Context(), f.Actor, q)
	if err != nil {
		return err
	}
	appeals, err := s.desk.Appeals(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	for _, a := range list {
		one := s.row(f, a)
		if p, is := appeals[a.ID]; is {
			one.Due = f.T("admission.appeal.by", "day", f.Date(p.Last()))
			if p.Lapsed(f.Today) {
				one.Due = f.T("admission.appeal.lapsed", "day", f.Date(p.Last().AddDays(1)))
			}
		}
		v.Rows = append(v.Rows, one)
	}
	if q.After != "" {
		v.First = "/applications?view=" + v.Key
	}
	if len(list) == pageSize {
		v.Next = "/applications?" + url.Values{"view": {v.Key}, "after": {string(list[len(list)-1].ID)}}.Encode()
	}
	v.CSV, v.JSON = "/applications/export?as=csv&view="+v.Key, "/applications/export?as=json&view="+v.Key
	return page.Render(w, r, listPage(v))
}

func (s *Site) row(f page.Frame, a admission.Application) row {
	one := row{Number: dash(a.Number()), Name: a.Name, Link: link(a.ID, ""), Kind: f.T("members.kind." + string(a.Kind)), Place: dash(a.Place), State: f.T("admission.state." + string(a.State)), Board: "–"}
	if a.Name == "" {
		one.Name = f.T("admission.erased")
	}
	if one.Since = "–"; !a.Made.IsZero() {
		one.Since = f.Date(dayOf(s, a.Made))
	}
	if !a.Meeting.IsZero() {
		one.Board = f.Date(a.Meeting)
	}
	return one
}

func dayOf(s *Site, t time.Time) civil.Date { return civil.Of(t, s.site.House.Zone) }

// export hands out all applications of a view.
func (s *Site) export(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	if err := f.Actor.Must(admission.Work); err != nil {
		return err
	}
	q := admission.Query{Limit: 1_000}
	for _, one := range views {
		if one.key == r.FormValue("view") {
			q.States = one.states
		}
	}
	all := []applicationWire{}
	for {
		some, err := s.desk.List(r.Context(), f.Actor, q)
		if err != nil {
			return err
		}
		for _, a := range some {
			all = append(all, s.wireOf(a))
		}
		if len(some) < q.Limit {
			break
		}
		q.After = some[len(some)-1].ID
	}
	if r.FormValue("as") == "json" {
		whole, err := json.MarshalIndent(all, "", "\t")
		if err != nil {
			return fmt.Errorf("admissionweb: export: %w", err)
		}
		page.Attach(w, "application/json; charset=utf-8", "applications.json")
		_, err = w.Write(whole)
		return err
	}
	rows := [][]string{nil}
	for _, key := range []string{"number", "kind", "name", "email", "phone", "street", "place", "field", "form", "register", "tax", "agent", "state", "received", "board"} {
		rows[0] = append(rows[0], f.T("admission.heading."+key))
	}
	for _, a := range all {
		rows = append(rows, []string{a.Number, a.Kind, a.Name, a.Email, a.Phone, a.Address, a.Place, a.Field, a.Form, a.Register, a.Tax, a.Agent, f.T("admission.state." + a.State), a.Received, a.Board})
	}
	return page.Table(w, "applications.csv", rows)
}

type yearsView struct {
	page.Frame
	Years []admission.Year
}

// years counts what became of the applications; as CSV too.
func (s *Site) years(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("admission.years")
	list, err := s.desk.Years(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	if r.FormValue("as") != "csv" {
		return page.Render(w, r, yearsPage(yearsView{f, list}))
	}
	rows := [][]string{nil}
	for _, key := range []string{"year", "received", "organisations", "persons", "accepted", "rejected", "withdrawn", "undone"} {
		rows[0] = append(rows[0], f.T("admission.years."+key))
	}
	for _, y := range list {
		var cells []string
		for _, n := range []int{y.Year, y.Received, y.Organisations, y.Persons, y.Accepted, y.Rejected, y.Withdrawn, y.Undone} {
			cells = append(cells, strconv.Itoa(n))
		}
		rows = append(rows, cells)
	}
	return page.Table(w, "applications-by-year.csv", rows)
}

type ruleView struct {
	page.Frame
	In admission.Rule
}

// rule says what the statute says of admission.
func (s *Site) rule(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	if err := f.Actor.Must(admission.Work); err != nil {
		return err
	}
	f.Title, f.Size = f.T("admission.rule"), "read"
	rule, err := s.desk.Rule(r.Context())
	if err != nil {
		return err
	}
	v := ruleView{f, rule}
	if r.Method == http.MethodPost {
		var in struct {
			Board  string `form:"board"`
			Appeal int    `form:"appeal"`
			Paper  string `form:"paper"`
		}
		err := page.Decode(r, &in)
		v.In = admission.Rule{Board: in.Board, Appeal: in.Appeal, Paper: in.Paper}
		if err == nil {
			err = s.desk.SetRule(r.Context(), f.Actor, v.In)
		}
		if err == nil {
			return page.Go(w, r, "/applications", "said.admission.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), rulePage(v))
}

// typeIn takes in an application that came on paper.
func (s *Site) typeIn(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	if err := f.Actor.Must(admission.Work); err != nil {
		return err
	}
	kind := members.Kind(r.FormValue("kind"))
	if !slices.Contains(members.Kinds(), kind) {
		kind = members.Person
	}
	f.Title, f.Size = f.T("admission.type_in."+string(kind)), "read"
	v := formView{Frame: f, Kind: kind, Office: true, New: true, Action: "/applications/new?kind=" + string(kind), In: formIn{Lang: "sl"}, Crumbs: crumbs(f, page.Crumb{Label: f.Title})}
	if r.Method == http.MethodPost {
		v.In = formIn{}
		file, name, err := fileOf(w, r)
		if file != nil {
			defer file.Close()
		}
		var a admission.Application
		if err == nil {
			a, err = s.typed(r, f, &v.In, kind)
		}
		if err == nil {
			a, err = s.desk.TypeIn(r.Context(), f.Actor, a)
		}
		if err == nil && file != nil {
			if _, wrong := s.desk.Attach(r.Context(), f.Actor, a.ID, file, name); wrong != nil {
				return page.Go(w, r, link(a.ID, ""), "said.admission.no_file")
			}
		}
		if err == nil {
			return page.Go(w, r, link(a.ID, ""), "said.admission.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

// typed reads the form of the office.
func (s *Site) typed(r *http.Request, f page.Frame, in *formIn, kind members.Kind) (admission.Application, error) {
	if err := page.Decode(r, in); err != nil {
		return admission.Application{}, err
	}
	a := in.application(f, kind)
	if in.ProofOn != "" {
		day, err := civil.ParseHuman(in.ProofOn)
		if err != nil {
			return a, fault.In("proof_on", "form.date", "given", in.ProofOn)
		}
		a.ProofOn = day
	}
	return a, nil
}

// edit completes an application.
func (s *Site) edit(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	if err := f.Actor.Must(admission.Work); err != nil {
		return err
	}
	file, err := s.desk.Application(r.Context(), f.Actor, admission.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f.Title, f.Size = f.T("admission.edit"), "read"
	v := formView{Frame: f, Kind: file.Kind, Office: true, Action: link(file.ID, "/edit"), In: inOf(f, file.Application), Held: file.Files}
	v.Crumbs = crumbs(f, page.Crumb{Label: file.Called(), Link: link(file.ID, "")}, page.Crumb{Label: f.Title})
	if r.Method == http.MethodPost {
		v.In = formIn{}
		proof, name, err := fileOf(w, r)
		if proof != nil {
			defer proof.Close()
		}
		var a admission.Application
		if err == nil {
			a, err = s.typed(r, f, &v.In, file.Kind)
		}
		if err == nil && proof != nil {
			_, err = s.desk.Attach(r.Context(), f.Actor, file.ID, proof, name)
		}
		if err == nil {
			a.ID, a.Revision, a.Statute = file.ID, v.In.Revision, file.Statute
			_, err = s.desk.Complete(r.Context(), f.Actor, a)
		}
		if err == nil {
			return page.Go(w, r, link(file.ID, ""), "said.admission.saved")
		}
		if fault.Is(err, fault.Conflict) {
			v.Theirs, v.In.Revision = f.T("admission.changed_meanwhile.text"), file.Revision
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

// board puts an application before the board.
func (s *Site) board(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Meeting civil.Date `form:"meeting"`
	}
	by, id := auth.From(r.Context()), admission.ID(r.PathValue("id"))
	err := page.Decode(r, &in)
	if err == nil {
		_, err = s.desk.PutBefore(r.Context(), by, id, in.Meeting)
	}
	if err == nil {
		return page.Go(w, r, link(id, ""), "said.admission.board")
	}
	v, gone := s.fileView(r)
	if gone != nil {
		return gone
	}
	if !v.Blame(err) {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), filePage(v))
}
