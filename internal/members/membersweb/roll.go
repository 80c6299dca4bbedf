package membersweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// rollPageSize is how many members a page of the roll has.
const rollPageSize = 50

type rollView struct {
	page.Frame
	Kicker, Lead string
	Chips        []page.Tab
	Query        members.Query
	Rows         []rollRow
	Office       bool // sees agents, and may change the register
	Bare         bool // nobody has ever been entered
	CSV, JSON    string
	First, Next  string
	Note         string
}

type rollRow struct {
	Name, Link, Kind, Place, Field, Standing, Since string
	Agent, AgentLink                                string // AgentLink to name one, where there is none
}

// roll shows a page of the register: GET /members?kind=…&standing=…&field=…&silent=1&q=…&after=ID.
func (s *Site) roll(w http.ResponseWriter, r *http.Request) error {
	q := queryOf(r.URL.Query())
	q.Limit = rollPageSize
	by := auth.From(r.Context())
	list, err := s.desk.List(r.Context(), by, q)
	if err != nil {
		return err
	}
	counts, err := s.desk.Counts(r.Context())
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title, f.Size = f.T("nav.members"), "wide"
	v := rollView{Frame: f, Query: q, Office: by.Can(members.Write), Kicker: f.T("members.as_of", "day", f.Date(f.Today))}
	v.Lead, v.Chips = rollLead(f, counts), chips(f, counts, q, v.Office)
	v.Bare = counts.Here("")+counts.In("", members.Left) == 0
	if v.Rows, err = s.rollRows(r, v, list); err != nil {
		return err
	}
	filter := paramsOf(q.Filter)
	if q.After != "" {
		v.First = "/members?" + filter.Encode()
	}
	v.CSV, v.JSON = exportLink(filter, "csv"), exportLink(filter, "json")
	if len(list) == rollPageSize {
		filter.Set("after", string(list[len(list)-1].ID))
		v.Next = "/members?" + filter.Encode()
	}
	v.Note = f.T("members.shown", "n", len(list))
	return page.Render(w, r, rollPage(v))
}

func (s *Site) rollRows(r *http.Request, v rollView, list []members.Member) ([]rollRow, error) {
	agents := map[members.ID][]members.Agent{}
	if v.Office {
		var ids []members.ID
		for _, m := range list {
			if m.Kind == members.Organisation {
				ids = append(ids, m.ID)
			}
		}
		var err error
		if agents, err = s.desk.AgentsOf(r.Context(), v.Actor, ids...); err != nil {
			return nil, err
		}
	}
	var rows []rollRow
	for _, m := range list {
		row := rollRow{Name: m.Name, Link: link(m.ID), Kind: word(v.Frame, "kind", m.Kind), Place: dash(m.Place), Field: word(v.Frame, "field", m.Field), Standing: standing(v.Frame, m), Since: "–", Agent: "–"}
		if y := m.Term.From.Year(); y > 0 {
			row.Since = strconv.Itoa(y)
		}
		var names []string
		for _, a := range agents[m.ID] {
			names = append(names, a.Name)
		}
		switch {
		case len(names) > 0:
			row.Agent = strings.Join(names, ", ")
		case m.Kind == members.Organisation && m.Standing == members.Active:
			row.AgentLink = link(m.ID, "/agents/new")
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// standing says how a member stands, and of one who has left, when that was.
func standing(f page.Frame, m members.Member) string {
	if last := m.Term.Last(); m.Standing == members.Left && !last.IsZero() {
		return f.T("members.left_on", "day", f.Date(last))
	}
	return word(f, "standing", m.Standing)
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func rollLead(f page.Frame, c members.Counts) string {
	o, p, waiting := c.In(members.Organisation, members.Active), c.In(members.Person, members.Active), c.In("", members.Applied)
	lead := f.T("members.lead", "n", o+p, "organisations", f.T("members.lead.organisations", "n", o), "persons", f.T("members.lead.persons", "n", p))
	if waiting > 0 {
		lead += " " + f.T("members.lead.waiting", "n", waiting)
	}
	return lead
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
		{"silent", c.Silent, members.Filter{Silent: true}},
		{"left", c.In("", members.Left), members.Filter{Standing: members.Left}},
	}
	var list []page.Tab
	for _, one := range of {
		if one.f.Silent && !office {
			continue
		}
		list = append(list, page.Tab{Label: f.T("members.chip." + one.key), Count: f.Number(one.n), Link: "/members?" + paramsOf(one.f).Encode(), On: q.Filter == one.f})
	}
	return list
}

func queryOf(v url.Values) members.Query {
	return members.Query{After: members.ID(v.Get("after")), Filter: members.Filter{
		Kind: members.Kind(v.Get("kind")), Standing: members.Standing(v.Get("standing")), Field: members.Field(v.Get("field")),
		Silent: v.Get("silent") != "", Text: v.Get("q"),
	}}
}

func paramsOf(f members.Filter) url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"kind": string(f.Kind), "standing": string(f.Standing), "field": string(f.Field), "q": f.Text} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if f.Silent {
		v.Set("silent", "1")
	}
	return v
}

func exportLink(v url.Values, form string) string {
	v.Set("as", form)
	defer v.Del("as")
	return "/members/export?" + v.Encode()
}
