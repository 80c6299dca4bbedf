package membersweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/circular"
	"github.com/asociacija/asociacija/internal/members/twins"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// selectionOf is whom something is done to: those ticked, or all of the filter.
func selectionOf(r *http.Request) members.Selection {
	v := r.URL.Query()
	sel := members.Selection{Filter: queryOf(v).Filter}
	if v.Get("all") == "" {
		sel.IDs = ids(v)
	}
	return sel
}

// bulk does one thing to many members: /members/bulk?do=tag&m=…&m=… or with all=1
// to all of the filter. It asks first.
func (s *Site) bulk(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Write); err != nil {
		return err
	}
	v := r.URL.Query()
	back := "/members?" + paramsOf(queryOf(v).Filter).Encode()
	sel := selectionOf(r)
	if v.Get("all") == "" && len(sel.IDs) == 0 {
		return page.Go(w, r, back, "said.members.bulk.nobody")
	}
	f := s.site.Frame(r, "nav.members", "")
	of, err := s.whom(r.Context(), f, sel)
	if err != nil {
		return err
	}
	switch v.Get("do") {
	case "tag", "untag":
		return s.bulkTag(w, r, f, sel, of, back)
	case "message":
		return s.bulkMessage(w, r, f, sel, of, back)
	}
	v.Del("do")
	q := v.Encode()
	links := setView{Frame: f, Crumbs: crumbs(f, page.Crumb{Label: f.T("members.bulk.export")})}
	links.Title = f.T("members.bulk.export")
	part := setPart{Title: of}
	for _, as := range []string{"csv", "xlsx"} {
		part.Rows = append(part.Rows, setRow{f.T("members.as." + as), f.T("members.as." + as + ".seen"), "/members/export?as=" + as + "&" + q})
	}
	part.Rows = append(part.Rows, setRow{f.T("members.whole"), f.T("members.whole.hint"), "/members/export/whole?" + q})
	links.Parts = []setPart{part}
	return page.Render(w, r, exportsPage(links))
}

// whom says how many a selection is.
func (s *Site) whom(ctx context.Context, f page.Frame, sel members.Selection) (string, error) {
	if len(sel.IDs) > 0 {
		return f.T("members.bulk.of", "n", len(sel.IDs)), nil
	}
	n, err := s.desk.Count(ctx, f.Actor, sel.Filter)
	return f.T("members.bulk.of", "n", n), err
}

func (s *Site) bulkView(r *http.Request, f page.Frame, key, of, back string) stepView {
	v := stepView{Frame: f, Ask: f.T("members.bulk." + key), Text: of, Do: f.T("members.bulk." + key), Back: back, Action: r.URL.RequestURI()}
	v.Title, v.Crumbs = v.Ask, crumbs(f, page.Crumb{Label: v.Ask})
	return v
}

func (s *Site) bulkTag(w http.ResponseWriter, r *http.Request, f page.Frame, sel members.Selection, of, back string) error {
	do := r.URL.Query().Get("do")
	v := s.bulkView(r, f, do, of, back)
	tags, err := s.desk.Tags(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	tag := ""
	if r.Method == http.MethodPost {
		tag = r.FormValue("tag")
		var said string
		if do == "tag" {
			var g members.Tagging
			if g, err = s.desk.Tag(r.Context(), v.Actor, sel, tag); len(g.New) > 0 {
				back += "&tagging=" + g.ID
			} else if said = "said.members.bulk.tag.same"; g.Of == 0 {
				said = "said.members.bulk.tag.nobody"
			}
		} else {
			var n int
			if n, err = s.desk.Untag(r.Context(), v.Actor, sel, members.TagID(tag)); n == 0 {
				said = "said.members.bulk.untag.nobody"
			} else {
				said = "said.members.bulk.untag.done"
			}
		}
		if err == nil {
			return page.Go(w, r, back, said)
		}
		if !v.Blame(err) {
			return err
		}
	}
	if do == "tag" {
		v.Fields = []page.Field{{Name: "tag", Label: v.T("members.tag"), Hint: tagHint(formView{Frame: v.Frame, AllTags: tagNames(tags)}), Value: tag, W: "m"}}
	} else {
		var list []page.Option
		for _, t := range tags {
			list = append(list, page.Option{Value: string(t.ID), Label: t.Name})
		}
		v.Fields = []page.Field{{Name: "tag", Type: "select", Label: v.T("members.tag"), Options: list, Value: tag, W: "m"}}
	}
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

// undoTag takes a tag off those again who were given it: POST /members/bulk/undo?tagging=ID.
func (s *Site) undoTag(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	if _, err := s.desk.UndoTag(r.Context(), auth.From(r.Context()), v.Get("tagging")); err != nil {
		return err
	}
	return page.Go(w, r, "/members?"+paramsOf(queryOf(v).Filter).Encode(), "said.members.bulk.undone")
}

// tagged is what the list says of a tagging that was just done, while it can be undone.
func (s *Site) tagged(r *http.Request, v *rollView) error {
	id := r.URL.Query().Get("tagging")
	if id == "" {
		return nil
	}
	g, err := s.desk.Tagging(r.Context(), v.Actor, id)
	if fault.Is(err, fault.Missing) {
		return nil
	}
	if err != nil {
		return err
	}
	q := paramsOf(v.Query.Filter)
	q.Set("tagging", id)
	v.Tagged, v.UndoTag = v.T("members.tagging", "n", len(g.New), "tag", g.Tag.Name), "/members/bulk/undo?"+q.Encode()
	return nil
}

func tagNames(tags []members.Tag) []string {
	var list []string
	for _, t := range tags {
		list = append(list, t.Name)
	}
	return list
}

func (s *Site) bulkMessage(w http.ResponseWriter, r *http.Request, f page.Frame, sel members.Selection, of, back string) error {
	v := s.bulkView(r, f, "message", of, back)
	v.Text += " " + f.T("members.circular.whom")
	var in struct {
		Subject string `form:"subject"`
		Body    string `form:"body"`
	}
	if r.Method == http.MethodPost {
		err := page.Decode(r, &in)
		if err == nil {
			var c circular.Circular
			c, err = s.Circulars.Send(r.Context(), v.Actor, circular.Circular{Subject: in.Subject, Body: in.Body, To: sel})
			if err == nil {
				return page.Go(w, r, "/members/circular?c="+c.ID, "said.members.circular")
			}
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Fields = []page.Field{
		{Name: "subject", Label: v.T("members.circular.subject.label"), Value: in.Subject, Keep: "circular-subject"},
		{Name: "body", Type: "textarea", Label: v.T("members.circular.body.label"), Hint: v.T("members.circular.reply", "email", dash(v.Actor.Email)), Value: in.Body, Keep: "circular-body"},
	}
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

// circular shows how far a circular is: GET /members/circular?c=ID.
func (s *Site) circular(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	c, err := s.Circulars.Circular(r.Context(), by, r.URL.Query().Get("c"))
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", c.Subject)
	v := circularView{Frame: f, Lead: f.T("members.circular.posted", "n", c.Letters), Over: c.Over, Job: "/house/jobs/" + string(c.Job), Body: c.Body}
	v.Facts = []page.Fact{{Label: f.T("members.circular.by"), Value: c.ByName}, {Label: f.T("members.circular.made"), Value: f.Moment(s.site.Local(c.Made))}}
	v.Crumbs = crumbs(f, page.Crumb{Label: c.Subject})
	return page.Render(w, r, circularPage(v))
}

type circularView struct {
	page.Frame
	Lead, Job, Body string
	Over            bool
	Facts           []page.Fact
	Crumbs          []page.Crumb
}

type pairsView struct {
	page.Frame
	Crumbs []page.Crumb
	Pairs  []pairRow
}

type pairRow struct{ A, B, Note, ALink, BLink, Merge string }

// duplicates shows who may be in the register twice: GET /members/duplicates.
func (s *Site) duplicates(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	list, err := s.Twins.Pairs(r.Context(), by)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("members.duplicates")
	v := pairsView{Frame: f, Crumbs: crumbs(f, page.Crumb{Label: f.T("members.set"), Link: "/members/set"}, page.Crumb{Label: f.Title})}
	for _, p := range list {
		row := pairRow{A: p.A.Name, B: p.B.Name, Note: f.T("members.duplicates.alike"), ALink: link(p.A.ID), BLink: link(p.B.ID), Merge: "/members/merge?a=" + string(p.A.ID) + "&b=" + string(p.B.ID)}
		if p.Number {
			row.Note = f.T("members.duplicates.number")
		}
		row.A, row.B = place(p.A), place(p.B)
		v.Pairs = append(v.Pairs, row)
	}
	return page.Render(w, r, duplicatesPage(v))
}

func place(b members.Brief) string {
	if b.Place == "" {
		return b.Name
	}
	return b.Name + ", " + b.Place
}

type mergeView struct {
	page.Frame
	Crumbs         []page.Crumb
	Action         string
	Same           []page.Fact
	Rows           []mergeRow
	ARev, BRev     int
	AName, BName   string
	ALink, BLink   string
	StandA, StandB string
	Standing       string
}

// A mergeRow is a field in which two entries differ.
type mergeRow struct{ Name, Label, A, B, On string }

// merge makes one entry of two, field by field: /members/merge?a=ID&b=ID.
func (s *Site) merge(w http.ResponseWriter, r *http.Request) error {
	by, q := auth.From(r.Context()), r.URL.Query()
	if err := by.Must(members.Write); err != nil {
		return err
	}
	a, err := s.desk.Member(r.Context(), by, members.ID(q.Get("a")))
	if err != nil {
		return err
	}
	b, err := s.desk.Member(r.Context(), by, members.ID(q.Get("b")))
	if err != nil {
		return err
	}
	details, err := s.desk.Details(r.Context(), by)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("members.merge.title")
	v := mergeView{Frame: f, Action: r.URL.RequestURI(), ARev: a.Revision, BRev: b.Revision, AName: a.Name, BName: b.Name, ALink: link(a.ID), BLink: link(b.ID), StandA: standing(f, a), StandB: standing(f, b)}
	v.Crumbs = crumbs(f, page.Crumb{Label: f.T("members.duplicates"), Link: "/members/duplicates"}, page.Crumb{Label: f.Title})
	if r.Method == http.MethodPost {
		if r.FormValue("do") == "apart" {
			if err := s.Twins.TellApart(r.Context(), by, a.ID, b.ID); err != nil {
				return err
			}
			return page.Go(w, r, "/members/duplicates", "said.members.distinct")
		}
		mg := twins.Merge{Into: chosen(a, b, details, r.PostForm), Gone: b.ID, Standing: r.FormValue("standing") == "b"}
		mg.Into.Revision, _ = strconv.Atoi(r.FormValue("a_revision"))
		mg.GoneRevision, _ = strconv.Atoi(r.FormValue("b_revision"))
		m, err := s.Twins.Merge(r.Context(), by, mg)
		if err == nil {
			return page.Go(w, r, link(m.ID), "said.members.merge")
		}
		if !v.Blame(err) {
			return err
		}
	}
	for _, one := range mergeFields(f, details) {
		va, vb := one.say(a), one.say(b)
		if va == vb {
			continue
		}
		row := mergeRow{Name: one.name, Label: one.label, A: dash(va), B: dash(vb), On: "a"}
		if va == "" {
			row.On = "b"
		}
		if r.Form.Get(one.name) != "" {
			row.On = r.Form.Get(one.name)
		}
		v.Rows = append(v.Rows, row)
	}
	v.Standing = r.Form.Get("standing")
	return page.RenderStatus(w, r, v.Again(), mergePage(v))
}

// A mergeField is a field that is taken from one entry or the other.
type mergeField struct {
	name, label string
	say         func(members.Member) string
	take        func(into *members.Member, from members.Member)
}

func mergeFields(f page.Frame, details []members.Detail) []mergeField {
	list := []mergeField{
		{"name", "", func(m members.Member) string { return m.Name }, func(m *members.Member, o members.Member) { m.Name = o.Name }},
		{"email", "", func(m members.Member) string { return m.Email }, func(m *members.Member, o members.Member) { m.Email = o.Email }},
		{"phone", "", func(m members.Member) string { return m.Phone }, func(m *members.Member, o members.Member) { m.Phone = o.Phone }},
		{"address", "", postal, func(m *members.Member, o members.Member) {
			m.Street, m.Postcode, m.Place, m.Region = o.Street, o.Postcode, o.Place, o.Region
		}},
		{"field", "", func(m members.Member) string {
			return wordsOf(f, "field", append(slices.Clip([]members.Field{m.Field}), m.Fields...))
		}, func(m *members.Member, o members.Member) { m.Field, m.Fields = o.Field, o.Fields }},
		{"lang", "", func(m members.Member) string { return langName(m.Lang) }, func(m *members.Member, o members.Member) { m.Lang = o.Lang }},
		{"languages", "", func(m members.Member) string { return langNames(m.Languages) }, func(m *members.Member, o members.Member) { m.Languages = o.Languages }},
		{"interest", "", func(m members.Member) string {
			if m.Interest.Since.IsZero() {
				return ""
			}
			return interest(f, m.Interest)
		}, func(m *members.Member, o members.Member) { m.Interest = o.Interest }},
		{"note", "", func(m members.Member) string { return m.Note }, func(m *members.Member, o members.Member) { m.Note = o.Note }},
	}
	for i := range list {
		if f.Printer != nil {
			list[i].label = f.T("members." + list[i].name)
		}
	}
	for _, d := range details {
		list = append(list, mergeField{d.Field(), d.Label, func(m members.Member) string { return shown(f, d, m.Details[d.ID]) }, func(m *members.Member, o members.Member) {
			if !d.Closed {
				m.Details[d.ID] = o.Details[d.ID]
			}
		}})
	}
	return list
}

// chosen is the first entry with what the form takes from the second.
func chosen(a, b members.Member, details []members.Detail, form map[string][]string) members.Member {
	into := a
	into.Details = members.Details{}
	for _, one := range mergeFields(page.Frame{}, nil) {
		if v := form[one.name]; len(v) > 0 && v[0] == "b" {
			one.take(&into, b)
		}
	}
	for _, d := range details {
		from := a
		if v := form[d.Field()]; len(v) > 0 && v[0] == "b" {
			from = b
		}
		if d.Of(a.Kind) {
			into.Details[d.ID] = from.Details[d.ID]
		}
	}
	return into
}
