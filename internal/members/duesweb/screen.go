package duesweb

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// A screen is a page of this package: a headline, the links between its parts, and
// parts one below the other. All pages of dues are made of sentences, tables and
// forms, so one template draws them.
type screen struct {
	page.Frame
	Tabs    []page.Tab // of the desk of members
	Sub     []page.Tab // of dues
	Crumbs  []page.Crumb
	Kicker  string
	Lead    string
	Actions []action // buttons beside the headline
	Parts   []part
}

// An action is a button that leads to a page.
type action struct {
	Label, Link string
	Main        bool
}

// A part is a section of a screen. What is empty is not shown.
type part struct {
	ID, Title, Text string
	Tone            page.Tone // of Text, to set it apart
	Figures         []page.Figure
	Facts           []page.Fact
	Chips           []page.Tab
	Filter          *form
	Table           *grid
	Empty           string // said instead of a table without rows
	EmptyText       string
	Exports         []page.Crumb
	Form            *form
	Links           []action
	First, Next     string
	Progress        *progress
}

type progress struct {
	Done, Total int
	Text        string
}

// A form posts its fields; Get makes it a filter.
type form struct {
	Action string
	Fields []page.Field
	Hidden []page.Option // Value is the name, Label the value
	Do     string
	Kind   string // of the button: "main", "danger" or empty
	Name   string // name and value of the button, "do=x"
	File   bool
	Back   string
	Also   []button
}

// A button posts a deed.
type button struct {
	Action, Label, About string // About is said to who does not see the row
	Do, Kind             string
	Hidden               []page.Option
}

// A grid is a table.
type grid struct {
	Caption string
	Heads   []head
	Rows    []row
	Foot    []cell
}

type head struct {
	Label string
	Num   bool
	Quiet bool // not shown: the column of buttons
}

type row []cell

// A cell says a text, with a link, a sign or buttons.
type cell struct {
	Text, Link, Sub string
	Tone            page.Tone
	Icon            string
	Links           []action
	Buttons         []button
}

// label is said before the cell where rows stand one below the other; an empty cell
// needs none.
func (c cell) label(head string) string {
	if c.Text == "" && c.Sub == "" && len(c.Links)+len(c.Buttons) == 0 {
		return ""
	}
	return head
}

func text(s string) cell         { return cell{Text: s} }
func linked(s, link string) cell { return cell{Text: s, Link: link} }

// screen begins a screen; on is the part of dues that is open. The way back to the
// other parts of the desk is by tabs from the overview, and by crumbs from the rest.
func (s *Site) screen(r *http.Request, on, title string) screen {
	f := s.site.Frame(r, "nav.members", title)
	v := screen{Frame: f}
	for _, one := range rooms {
		if f.Actor.Can(one.right) {
			v.Sub = append(v.Sub, page.Tab{Label: f.T("dues.room." + one.key), Link: one.link, On: one.key == on})
		}
	}
	if title == "" && on != "" {
		v.Title = f.T("dues.room." + on)
	}
	if on == "overview" {
		v.Tabs = membersweb.Tabs(f, f.Actor, "dues")
	} else {
		v.Crumbs = []page.Crumb{{Label: f.T("nav.members"), Link: "/members"}, {Label: f.T("dues.room.overview.crumb"), Link: "/dues"}}
	}
	return v
}

// under adds the way to a page below a part of dues.
func (v *screen) under(list ...page.Crumb) {
	v.Crumbs = append(v.Crumbs, append(list, page.Crumb{Label: v.Title})...)
}

func (v screen) amount(a money.Amount) string { return a.Format(v.Lang) }

// plain is an amount as it is put into a field.
func (v screen) typed(a money.Amount) string {
	if a.IsZero() {
		return ""
	}
	return money.Of(a.Minor(), "").Format(v.Lang)
}

// query is a path with parameters; empty ones are left out.
func query(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (s *Site) show(w http.ResponseWriter, r *http.Request, v screen) error {
	return page.RenderStatus(w, r, v.Again(), screenPage(v))
}

func actor(r *http.Request) auth.Actor { return auth.From(r.Context()) }

// behind is a page of a list that is at hand as a whole: from behind the one with the
// key on. If that is not there any more, it is the first page.
func behind[T any](list []T, after string, key func(T) string) (some []T, next string) {
	from := slices.IndexFunc(list, func(one T) bool { return after != "" && key(one) == after }) + 1
	if some = list[from:]; len(some) > pageRows {
		some = some[:pageRows]
		next = key(some[pageRows-1])
	}
	return some, next
}

// turn adds the links to the first page and the next.
func (p *part) turn(r *http.Request, next, path string, pairs ...string) {
	if field(r, "after") != "" {
		p.First = query(path, pairs...)
	}
	if next != "" {
		p.Next = query(path, append(pairs, "after", next)...)
	}
}
