package membersweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type cardView struct {
	page.Frame
	Kicker, Lead string
	Facts        []page.Fact
	Reach        []page.Fact // how the member is reached
	Note         string
	Office       bool
	Links        []page.Crumb
	IsOrg        bool
	NewAgent     string
	Agents       []agentRow
	Lines        []lineRow
	Earlier      string
}

type agentRow struct {
	Name, Email, Since, Until, Answers, Link, End string
	Gone                                          bool
}

type lineRow struct{ At, Who, Deed string }

// card shows an entry: GET /members/{id}.
func (s *Site) card(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	m, err := s.desk.Member(r.Context(), by, members.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", m.Name)
	v := cardView{Frame: f, Kicker: word(f, "kind", m.Kind), Lead: standing(f, m), Office: by.Can(members.Write), IsOrg: m.Kind == members.Organisation}
	v.Facts = []page.Fact{{Label: f.T("members.place"), Value: dash(m.Place)}, {Label: f.T("members.field"), Value: word(f, "field", m.Field)}}
	if !m.Term.From.IsZero() {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("members.since.day"), Value: f.Date(m.Term.From)})
	}
	if by.Can(members.Read) {
		v.Reach = []page.Fact{
			{Label: f.T("members.email"), Value: dash(m.Email), Link: mailto(m.Email), ID: true},
			{Label: f.T("members.phone"), Value: dash(m.Phone)}, {Label: f.T("members.lang"), Value: langName(m.Lang)},
		}
		v.Note = m.Note
		if err := s.officePart(r, &v, m); err != nil {
			return err
		}
	}
	return page.Render(w, r, cardPage(v))
}

func mailto(email string) string {
	if email == "" {
		return ""
	}
	return "mailto:" + email
}

// officePart is what only the office sees: agents, what may be done, what was done.
func (s *Site) officePart(r *http.Request, v *cardView, m members.Member) error {
	v.Links = []page.Crumb{{Label: v.T("members.edit"), Link: link(m.ID, "/edit")}}
	switch m.Standing {
	case members.Applied:
		v.Links = append(v.Links, page.Crumb{Label: v.T("members.admit"), Link: link(m.ID, "/admit")})
	case members.Active:
		v.Links = append(v.Links, page.Crumb{Label: v.T("members.leave"), Link: link(m.ID, "/leave")})
	}
	if v.IsOrg {
		v.NewAgent = link(m.ID, "/agents/new")
		agents, err := s.desk.Agents(r.Context(), v.Actor, m.ID)
		if err != nil {
			return err
		}
		for _, a := range agents {
			row := agentRow{Name: a.Name, Email: dash(a.Email), Since: v.Date(a.Since), Answers: v.T("members.agent.answers." + yes(a.Answers)), Gone: !a.Until.IsZero()}
			if a.Person != "" {
				row.Link = link(a.Person)
			}
			if row.Gone {
				row.Until = v.Date(a.Until.AddDays(-1))
			} else {
				row.End = link(m.ID, "/agents/", a.ID, "/end")
			}
			v.Agents = append(v.Agents, row)
		}
	}
	lines, err := s.desk.History(r.Context(), v.Actor, m.ID, r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	for _, l := range lines {
		v.Lines = append(v.Lines, lineRow{v.Moment(s.site.Local(l.At)), l.Name, v.T("did." + l.Deed)})
	}
	if len(lines) == members.HistoryPage {
		v.Earlier = string(v.With("before", lines[len(lines)-1].ID))
	}
	return nil
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// admit makes an applicant a member.
func (s *Site) admit(w http.ResponseWriter, r *http.Request) error {
	return s.step(w, r, step{"admit", "from", false, func(m members.ID, day civil.Date) error {
		_, err := s.desk.Admit(r.Context(), auth.From(r.Context()), m, day)
		return err
	}})
}

// leave ends a membership.
func (s *Site) leave(w http.ResponseWriter, r *http.Request) error {
	return s.step(w, r, step{"leave", "last", true, func(m members.ID, day civil.Date) error {
		_, err := s.desk.Leave(r.Context(), auth.From(r.Context()), m, day)
		return err
	}})
}

// A step is something done to a member on a day, asked for on a page of its own.
type step struct {
	key, day string
	danger   bool
	do       func(members.ID, civil.Date) error
}

func (s *Site) step(w http.ResponseWriter, r *http.Request, st step) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Write); err != nil {
		return err
	}
	m, err := s.desk.Member(r.Context(), by, members.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	return s.ask(w, r, f, page.Question{
		Ask: f.T("members."+st.key+".ask", "name", m.Name), Text: f.T("members." + st.key + ".text"), Do: f.T("members." + st.key),
		Action: link(m.ID, "/", st.key), Back: link(m.ID), Danger: st.danger, Crumbs: crumbs(f, page.Crumb{Label: m.Name, Link: link(m.ID)}, page.Crumb{Label: f.T("members." + st.key)}),
	}, st.day, f.T("members."+st.key+".day"), "said.members."+st.key, func(day civil.Date) error { return st.do(m.ID, day) })
}

// ask shows a question with a day, and does what was asked for on POST.
func (s *Site) ask(w http.ResponseWriter, r *http.Request, f page.Frame, q page.Question, name, label, said string, do func(civil.Date) error) error {
	typed := f.Date(f.Today)
	if r.Method == http.MethodPost {
		typed = strings.TrimSpace(r.FormValue(name))
		day, err := civil.ParseHuman(typed)
		if err != nil && typed != "" {
			err = fault.In(name, "form.date")
		} else {
			err = do(day)
		}
		if err == nil {
			return page.Go(w, r, q.Back, said)
		}
		if !f.Blame(err) {
			return err
		}
	}
	q.Frame, q.BackLabel = f, f.T("members.back")
	q.Title = q.Ask
	q.Reason = &page.Field{Name: name, Type: "date", Label: label, Value: typed}
	return page.RenderStatus(w, r, f.Again(), page.Confirm(q))
}
