package proofweb

import (
	"cmp"
	"io"
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type listView struct {
	page.Frame
	Tabs        []page.Tab
	Office      bool
	Rows        []listRow
	First, Next string
}

type listRow struct {
	Link, Number, On, Purpose, Counts, Proven, Made string
	State                                           stateView
}

type stateView struct {
	Tone       page.Tone
	Icon, Word string
}

func stateOf(f page.Frame, e proof.Extract) stateView {
	v := stateView{"ok", "taken", f.T("proof.state." + string(e.State))}
	switch e.State {
	case proof.Making:
		v.Tone, v.Icon = "none", "partly"
	case proof.Withdrawn:
		v.Tone, v.Icon = "error", "not"
	case proof.Replaced:
		v.Tone, v.Icon = "warn", "partly"
	}
	return v
}

// list is the extracts, newest first.
func (s *Site) list(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	before := proof.ID(r.FormValue("before"))
	list, err := s.desk.List(r.Context(), by, before)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("members.view.extracts")
	v := listView{Frame: f, Tabs: membersweb.Tabs(f, by, "extracts"), Office: by.Can(proof.Issue)}
	for _, e := range list {
		v.Rows = append(v.Rows, listRow{
			Link: link(e.ID), Number: e.ID.Number(), On: f.Date(e.On), Purpose: what(f, e), Counts: counts(f, e),
			Proven: f.T("proof.proven.of", "proven", f.Number(e.Proven), "all", f.Number(e.All())), Made: f.Moment(s.site.Local(e.Made)), State: stateOf(f, e),
		})
	}
	if before != "" {
		v.First = "/extracts"
	}
	if len(list) == proof.Page {
		v.Next = "/extracts?before=" + string(list[len(list)-1].ID)
	}
	return page.Render(w, r, listPage(v))
}

// what says what an extract is for.
func what(f page.Frame, e proof.Extract) string {
	var parts []string
	if e.Member != "" {
		parts = append(parts, f.T("proof.of_one"))
	}
	if e.Kind != "" {
		parts = append(parts, f.T("proof.kind."+string(e.Kind)))
	}
	if e.Purpose != "" {
		parts = append(parts, e.Purpose)
	}
	return strings.Join(parts, " · ")
}

func counts(f page.Frame, e proof.Extract) string {
	if e.State == proof.Making {
		return "–"
	}
	return f.T("proof.counts", "organisations", f.T("members.lead.organisations", "n", e.Organisations), "persons", f.T("members.lead.persons", "n", e.Persons))
}

type extractView struct {
	page.Frame
	Extract  proof.Extract
	State    stateView
	Job      string
	Facts    []page.Fact
	Files    []page.File
	Electors []electorRow
	Again    string
	Withdraw string
}

// extract is one extract, with its files and what it is good for.
func (s *Site) extract(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	e, err := s.desk.Extract(r.Context(), by, proof.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("proof.title", "number", e.ID.Number())
	if e.Member != "" {
		f.Title = f.T("proof.certificate", "number", e.ID.Number())
	}
	v := extractView{Frame: f, Extract: e, State: stateOf(f, e)}
	if e.State == proof.Making {
		v.Job = "/house/jobs/" + string(e.Job)
		w.Header().Set("Refresh", "3")
		return page.Render(w, r, extractPage(v))
	}
	v.Facts = []page.Fact{
		{Label: f.T("proof.on"), Value: f.Long(e.On)}, {Label: f.T("proof.counted"), Value: counts(f, e)},
		{Label: f.T("proof.proven"), Value: f.T("proof.proven.of", "proven", f.Number(e.Proven), "all", f.Number(e.All()))},
		{Label: f.T("proof.purpose"), Value: cmp.Or(what(f, e), "–")}, {Label: f.T("proof.made"), Value: f.Moment(s.site.Local(e.Made)) + ", " + e.ByName},
		{Label: f.T("proof.check"), Value: s.desk.URL + "/check/" + e.Token, Link: "/check/" + e.Token, ID: true},
		{Label: f.T("proof.hash"), Value: e.Hash(), ID: true}, {Label: f.T("proof.before"), Value: e.Before, ID: true},
	}
	for _, file := range e.Files {
		one := page.File{Name: fileName(e, file.Format), Meta: f.Printer.Size(file.Size), Do: f.T("proof.download")}
		if file.Gone {
			one.Meta, one.Do = f.T("proof.file.gone"), ""
		} else {
			one.Link = link(e.ID) + "/file/" + file.Format
		}
		v.Files = append(v.Files, one)
	}
	if e.Replaces != "" {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("proof.replaces.label"), Value: e.Replaces.Number(), Link: link(e.Replaces)})
	}
	if e.Member == "" && v.Files[0].Link != "" && by.Can(proof.See) {
		if v.Electors, err = s.elected(r, f, e); err != nil {
			return err
		}
	}
	if e.State == proof.Ready && by.Can(proof.Issue) {
		v.Withdraw, v.Again = link(e.ID)+"/withdraw", "/extracts/new?replaces="+string(e.ID)
	}
	return page.Render(w, r, extractPage(v))
}

type electorRow struct{ Label, Link, Basis, Electors, Short string }

// elected counts by each rule for which all members with proof count.
func (s *Site) elected(r *http.Request, f page.Frame, e proof.Extract) ([]electorRow, error) {
	rules, err := s.desk.ElectorRules(r.Context(), f.Actor)
	var rows []electorRow
	for _, rule := range rules {
		if !rule.Known() {
			continue
		}
		row := electorRow{Label: rule.Name(f.Lang), Link: link(e.ID) + "/electors?rule=" + rule.Key, Basis: rule.Basis, Electors: "–"}
		if len(rule.Kinds)+len(rule.Proofs) == 0 {
			n := rule.Of(e.Proven)
			row.Electors = f.Number(n.Electors)
			if n.Short > 0 {
				row.Short = f.T("proof.electors.short", "n", n.Short)
			}
		}
		rows = append(rows, row)
	}
	return rows, err
}

func fileName(e proof.Extract, format string) string {
	name := "extract-"
	if e.Lang == "sl" {
		name = "izpisek-"
	}
	return name + string(e.ID) + "." + format
}

var mimes = map[string]string{"json": "application/json", "csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}

// file hands out one file of an extract.
func (s *Site) file(w http.ResponseWriter, r *http.Request) error {
	format := r.PathValue("format")
	e, in, err := s.desk.File(r.Context(), auth.From(r.Context()), proof.ID(r.PathValue("id")), format)
	if err != nil {
		return err
	}
	defer in.Close()
	page.Attach(w, mimes[format], fileName(e, format))
	_, err = io.Copy(w, in)
	return err
}

type formView struct {
	page.Frame
	In         formIn
	Kinds      []page.Option
	Categories []page.Option
	Rules      []page.Option
	Langs      []page.Option
	Member     string // whose certificate it is
	Replaces   string // the number of the extract in whose place it stands
}

type formIn struct {
	On       civil.Date         `form:"on"`
	Kind     members.Kind       `form:"kind"`
	Purpose  string             `form:"purpose"`
	Lang     string             `form:"lang"`
	Member   members.ID         `form:"member"`
	Category members.CategoryID `form:"category"`
	Rule     string             `form:"rule"`
	Replaces proof.ID           `form:"replaces"`
}

// form asks for an extract: of the register, or of one member.
func (s *Site) form(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(proof.Issue); err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title, f.Size = f.T("proof.new"), "read"
	v := formView{Frame: f, In: formIn{On: f.Today, Lang: f.Lang, Member: members.ID(r.FormValue("member"))}}
	if old := proof.ID(r.FormValue("replaces")); old != "" && r.Method != http.MethodPost {
		e, err := s.desk.Extract(r.Context(), by, old)
		if err != nil {
			return err
		}
		v.In = formIn{e.On, e.Kind, e.Purpose, e.Lang, e.Member, e.Category, e.Rule, old}
	}
	if r.Method == http.MethodPost {
		v.In = formIn{}
		err := page.Decode(r, &v.In)
		if err == nil {
			in := v.In
			var e proof.Extract
			e, err = s.desk.Ask(r.Context(), by, in.extract())
			if err == nil {
				return page.Go(w, r, link(e.ID), "")
			}
		}
		if !v.Blame(err) {
			return err
		}
	}
	if v.In.Member != "" {
		m, err := s.desk.Members.Member(r.Context(), by, v.In.Member)
		if err != nil {
			return err
		}
		v.Member, v.Title = m.Name, f.T("proof.new.one")
	}
	if v.In.Replaces != "" {
		v.Replaces = v.In.Replaces.Number()
	}
	if err := s.offer(r, &v); err != nil {
		return err
	}
	v.Kinds = []page.Option{{Value: "", Label: f.T("proof.kind.both")}, {Value: "organisation", Label: f.T("proof.kind.organisation")}, {Value: "person", Label: f.T("proof.kind.person")}}
	v.Langs = langs()
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

func (in formIn) extract() proof.Extract {
	return proof.Extract{On: in.On, Kind: in.Kind, Purpose: in.Purpose, Lang: in.Lang, Member: in.Member, Category: in.Category, Rule: in.Rule, Replaces: in.Replaces}
}

// offer fills in the categories and rules to choose from.
func (s *Site) offer(r *http.Request, v *formView) error {
	categories, err := s.desk.Members.Categories(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	v.Categories = []page.Option{{Label: v.T("proof.category.all")}}
	for _, c := range categories {
		v.Categories = append(v.Categories, page.Option{Value: string(c.ID), Label: c.Name})
	}
	rules, err := s.desk.ElectorRules(r.Context(), v.Actor)
	v.Rules = []page.Option{{Label: v.T("proof.rule.not")}}
	for _, x := range rules {
		if x.Known() {
			v.Rules = append(v.Rules, page.Option{Value: x.Key, Label: x.Name(v.Lang) + " (" + x.Basis + ")"})
		}
	}
	return err
}

// withdraw asks why an extract is wrong, and withdraws it.
func (s *Site) withdraw(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(proof.Issue); err != nil {
		return err
	}
	e, err := s.desk.Extract(r.Context(), by, proof.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("proof.withdraw.ask", "number", e.ID.Number())
	reason := r.FormValue("reason")
	if r.Method == http.MethodPost {
		_, err := s.desk.Withdraw(r.Context(), by, e.ID, reason)
		if err == nil {
			return page.Go(w, r, link(e.ID), "said.proof.withdrawn")
		}
		if !f.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, f.Again(), page.Confirm(page.Question{
		Frame: f, Crumbs: crumbs(f, page.Crumb{Label: e.ID.Number(), Link: link(e.ID)}), Ask: f.Title, Text: f.T("proof.withdraw.text"), Do: f.T("proof.withdraw"),
		Action: link(e.ID) + "/withdraw", Back: link(e.ID), BackLabel: f.T("proof.back"), Danger: true,
		Reason: &page.Field{Name: "reason", Type: "textarea", Label: f.T("proof.withdraw.reason"), Value: reason},
	}))
}
