package membersweb

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// rollPageSize is how many members a page of the roll has.
const rollPageSize = 50

type rollView struct {
	page.Frame
	Kicker, Lead   string
	Views          []page.Tab
	Chips          []page.Tab
	KeepLink       string // where the filter is kept under a name
	Query          members.Query
	Columns        []string // their headings
	ColumnsLink    string
	ColumnsNote    string
	Rows           []rollRow
	Dues           bool // sees who owes
	Office         bool // sees agents, and may change the register
	Bare           bool // nobody has ever been entered
	Exports        []page.Tab
	First, Next    string
	Note           string
	Letters        []page.Tab
	Filter         []page.Option // as hidden fields
	Categories     []page.Option
	Tags           []page.Option
	Details        []page.Option
	Values         []page.Option // of the detail that is filtered by
	FreeValue      bool          // the detail is of words
	Range          bool          // the detail is a number or a day, from–to
	Day            bool
	Narrow         bool // more than the usual is filtered by
	ActionsOffered []page.Option
	Tagged         string // what a tag was just put on, and where that is undone
	UndoTag        string
}

type rollRow struct {
	ID, Name, Link string
	Cells          []rollCell
}

type rollCell struct{ Label, Text, Link string }

// roll shows a page of the register: GET /members?kind=…&standing=…&field=…&q=…&after=ID.
func (s *Site) roll(w http.ResponseWriter, r *http.Request) error {
	q := queryOf(r.URL.Query())
	q.Limit = rollPageSize
	by := auth.From(r.Context())
	list, wrong := s.desk.List(r.Context(), by, q)
	if wrong != nil && !fault.Is(wrong, fault.Invalid) {
		return wrong
	}
	counts, err := s.desk.Counts(r.Context())
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title, f.Size = f.T("nav.members"), "wide"
	v := rollView{Frame: f, Query: q, Office: by.Can(members.Write), Dues: by.Can(members.SeeDues), Kicker: f.T("members.as_of", "day", f.Date(f.Today)), Views: Tabs(f, by, "register")}
	v.Lead, v.Chips = rollLead(f, counts), chips(f, counts, q, v.Office)
	v.Bare = counts.All() == 0
	if wrong != nil && !v.Blame(wrong) { // what was typed to filter by stays
		return wrong
	}
	sh, err := s.sheetOf(r.Context(), f, q.Owing, strings.Fields(r.URL.Query().Get("columns")))
	if err != nil {
		return err
	}
	if v.Office {
		if err := errors.Join(s.officeRoll(r, &v, sh), s.tagged(r, &v)); err != nil {
			return err
		}
	}
	if err := s.rollRows(r, &v, sh, list); err != nil {
		return err
	}
	v.links(r.URL.Query(), list)
	return page.RenderStatus(w, r, v.Again(), rollPage(v))
}

// links are the pages of the list, and its letters.
func (v *rollView) links(asked url.Values, list []members.Member) {
	with := paramsOf(v.Query.Filter)
	if c := asked.Get("columns"); c != "" {
		with.Set("columns", c)
	}
	if v.Query.After != "" || v.Query.From != "" {
		v.First = "/members?" + with.Encode()
	}
	v.KeepLink, v.ColumnsLink = "/members/filters?"+with.Encode(), "/members/columns?"+with.Encode()
	for _, as := range []string{"csv", "xlsx"} {
		with.Set("as", as)
		v.Exports = append(v.Exports, page.Tab{Label: v.T("members.as." + as), Link: "/members/export?" + with.Encode()})
	}
	with.Del("as")
	v.Exports = append(v.Exports, page.Tab{Label: v.T("members.whole"), Link: "/members/export/whole?" + with.Encode()})
	for name := range with {
		v.Filter = append(v.Filter, page.Option{Value: name, Label: with.Get(name)})
	}
	slices.SortFunc(v.Filter, func(a, b page.Option) int { return strings.Compare(a.Value, b.Value) })
	for _, letter := range "ABCČDEFGHIJKLMNOPRSŠTUVZŽ" {
		with.Set("from", string(letter))
		v.Letters = append(v.Letters, page.Tab{Label: string(letter), Link: "/members?" + with.Encode()})
	}
	with.Del("from")
	if len(list) == rollPageSize {
		with.Set("after", string(list[len(list)-1].ID))
		v.Next = "/members?" + with.Encode()
	}
	v.Note = v.T("members.shown", "n", len(list))
}

// officeRoll is what only the office sees above the list: kept filters with their
// counts, and what else may be filtered by.
func (s *Site) officeRoll(r *http.Request, v *rollView, sh sheet) error {
	late := members.Filter{Owing: members.Overdue}
	n, err := s.desk.Count(r.Context(), v.Actor, late)
	if err != nil {
		return err
	}
	if n > 0 || v.Query.Filter == late {
		v.Chips = append(v.Chips, page.Tab{Label: v.T("members.chip.overdue"), Count: v.Number(n), Link: "/members?" + paramsOf(late).Encode(), On: v.Query.Filter == late})
	}
	kept, err := s.Views.Kept(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	for _, k := range kept {
		count := "–" // of a filter that can be asked no more
		switch n, err := s.desk.Count(r.Context(), v.Actor, k.Filter); {
		case err == nil:
			count = v.Number(n)
		case fault.Of(err) == nil:
			return err
		}
		with := paramsOf(k.Filter)
		if len(k.Columns) > 0 {
			with.Set("columns", strings.Join(k.Columns, " "))
		}
		v.Chips = append(v.Chips, page.Tab{Label: k.Name, Count: count, Link: "/members?" + with.Encode(), On: k.Filter == v.Query.Filter})
	}
	q := v.Query
	v.Narrow = q.Region+q.Language+string(q.Category)+string(q.Tag)+string(q.Detail) != "" || q.Interest || q.Unsure || q.Owing != "" && q.Filter != late
	v.Categories, v.Tags, v.Details = []page.Option{{Label: v.T("members.any.category")}}, []page.Option{{Label: v.T("members.any.tag")}}, []page.Option{{Label: v.T("members.any.detail")}}
	cats, err := s.desk.Categories(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	for _, c := range cats {
		v.Categories = append(v.Categories, page.Option{Value: string(c.ID), Label: c.Name})
	}
	tags, err := s.desk.Tags(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	for _, t := range tags {
		v.Tags = append(v.Tags, page.Option{Value: string(t.ID), Label: t.Name})
	}
	for _, d := range sh.details {
		v.Details = append(v.Details, page.Option{Value: string(d.ID), Label: d.Label})
		if d.ID == q.Detail {
			v.values(d)
		}
	}
	v.ColumnsNote = v.T("members.columns.of", "shown", len(sh.keys)+1, "all", len(sh.all())+1)
	for _, do := range []string{"message", "tag", "untag", "export"} {
		v.ActionsOffered = append(v.ActionsOffered, page.Option{Value: do, Label: v.T("members.bulk." + do)})
	}
	return nil
}

// values offers what a detail may be.
func (v *rollView) values(d members.Detail) {
	v.Values = []page.Option{{Label: v.T("members.any.value")}}
	switch d.Form {
	case members.Pick:
		for _, c := range d.Choices {
			v.Values = append(v.Values, page.Option{Value: c, Label: c})
		}
	case members.YesNo:
		v.Values = append(v.Values, page.Option{Value: "yes", Label: v.T("members.agent.answers.yes")}, page.Option{Value: "no", Label: v.T("members.agent.answers.no")})
	case members.Number, members.Day:
		v.Range, v.Day = true, d.Form == members.Day
		if q := &v.Query; q.Value != "" && q.Least+q.Most == "" { // a link to one value
			q.Value, q.Least, q.Most = "", q.Value, q.Value
		}
	default:
		v.FreeValue = true
	}
}

func (s *Site) rollRows(r *http.Request, v *rollView, sh sheet, list []members.Member) error {
	more, err := s.more(r.Context(), v.Actor, list)
	if err != nil {
		return err
	}
	for _, key := range sh.keys {
		v.Columns = append(v.Columns, sh.label(key))
	}
	for _, m := range list {
		row := rollRow{ID: string(m.ID), Name: m.Name, Link: link(m.ID)}
		for i, key := range sh.keys {
			cell := rollCell{Label: v.Columns[i], Text: shorten(sh.cell(key, m, more), 200)}
			if key == "agent" && cell.Text == "" && m.Kind == members.Organisation && m.Standing == members.Active {
				cell.Text, cell.Link = v.T("members.agent.name_one"), link(m.ID, "/agents/new")
			}
			cell.Text = dash(cell.Text)
			row.Cells = append(row.Cells, cell)
		}
		v.Rows = append(v.Rows, row)
	}
	return nil
}

// standing says how a member stands, what is noted ahead, and of one whose membership
// is over, when it was the last day.
func standing(f page.Frame, m members.Member) string {
	now := word(f, "standing", m.Standing)
	switch last := m.Term.Last(); {
	case m.Ahead.To != "" && m.Standing.Belongs() && !m.Ahead.To.Belongs():
		return f.T("members.ahead.last", "now", now, "day", f.Date(m.Ahead.On.AddDays(-1)))
	case m.Ahead.To != "":
		return f.T("members.ahead.from", "now", now, "day", f.Date(m.Ahead.On), "then", word(f, "standing", m.Ahead.To))
	case last.IsZero():
		return now
	case m.Standing == members.Left:
		return f.T("members.left_on", "day", f.Date(last))
	default:
		return now + " " + f.Date(last)
	}
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func rollLead(f page.Frame, c members.Counts) string {
	count := func(k members.Kind) int { return c.In(k, members.Active) + c.In(k, members.Suspended) }
	o, p, waiting := count(members.Organisation), count(members.Person), c.In("", members.Applied)
	lead := f.T("members.lead", "n", o+p, "organisations", f.T("members.lead.organisations", "n", o), "persons", f.T("members.lead.persons", "n", p))
	if waiting > 0 {
		lead += " " + f.T("members.lead.waiting", "n", waiting)
	}
	return lead
}

// standings are those that the actor may ask for.
func standings(f page.Frame) []members.Standing {
	return slices.DeleteFunc(slices.Clone(members.Standings()), func(s members.Standing) bool { return !s.Here() && !f.Actor.Can(members.Past) })
}

// chips are the filters that the house keeps, with their counts.
func chips(f page.Frame, c members.Counts, q members.Query, office bool) []page.Tab {
	of := []struct {
		key string
		n   int
		f   members.Filter
	}{
		{"all", c.Here(""), members.Filter{}},
		{"organisations", c.Here(members.Organisation), members.Filter{Kind: members.Organisation}},
		{"persons", c.Here(members.Person), members.Filter{Kind: members.Person}},
		{"waiting", c.In("", members.Applied), members.Filter{Standing: members.Applied}},
		{"suspended", c.In("", members.Suspended), members.Filter{Standing: members.Suspended}},
		{"silent", c.Silent, members.Filter{Silent: true}},
		{"left", c.In("", members.Left), members.Filter{Standing: members.Left}},
	}
	var list []page.Tab
	for _, one := range of {
		if one.f.Silent && !office || one.f.Standing == members.Left && !f.Actor.Can(members.Past) || one.key == "suspended" && one.n == 0 {
			continue
		}
		list = append(list, page.Tab{Label: f.T("members.chip." + one.key), Count: f.Number(one.n), Link: "/members?" + paramsOf(one.f).Encode(), On: q.Filter == one.f})
	}
	return list
}
