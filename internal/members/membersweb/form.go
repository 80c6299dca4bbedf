package membersweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type formView struct {
	page.Frame
	In     memberIn
	New    bool
	Action string
	Back   string
	Crumbs []page.Crumb
	Theirs []page.Fact // what somebody else wrote meanwhile, where it differs
}

type memberIn struct {
	Kind     string     `form:"kind"`
	Name     string     `form:"name"`
	Email    string     `form:"email"`
	Lang     string     `form:"lang"`
	Place    string     `form:"place"`
	Field    string     `form:"field"`
	Standing string     `form:"standing"`
	From     civil.Date `form:"from"`
	Phone    string     `form:"phone"`
	Note     string     `form:"note"`
	Revision int        `form:"revision"`
}

func inOf(m members.Member) memberIn {
	return memberIn{string(m.Kind), m.Name, m.Email, m.Lang, m.Place, string(m.Field), string(m.Standing), m.Term.From, m.Phone, m.Note, m.Revision}
}

func (in memberIn) member(id members.ID) members.Member {
	m := members.Member{
		ID: id, Kind: members.Kind(in.Kind), Name: in.Name, Email: in.Email, Lang: in.Lang, Place: in.Place, Field: members.Field(in.Field),
		Standing: members.Standing(in.Standing), Phone: in.Phone, Note: in.Note, Revision: in.Revision,
	}
	if m.Standing != members.Applied {
		m.Term.From = in.From
	}
	return m
}

// form adds a member, or changes an entry.
func (s *Site) form(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Write); err != nil {
		return err
	}
	id := members.ID(r.PathValue("id"))
	f := s.site.Frame(r, "nav.members", "")
	v := formView{Frame: f, New: id == "", Action: "/members/new", Back: "/members", In: memberIn{Kind: "organisation", Lang: "sl", Standing: "applied", From: f.Today}}
	v.Title = f.T("members.new")
	v.Crumbs = crumbs(f, page.Crumb{Label: v.Title})
	if !v.New {
		m, err := s.desk.Member(r.Context(), by, id)
		if err != nil {
			return err
		}
		v.In, v.Title, v.Action, v.Back = inOf(m), m.Name, link(id, "/edit"), link(id)
		v.Crumbs = crumbs(f, page.Crumb{Label: m.Name, Link: link(id)}, page.Crumb{Label: f.T("members.edit")})
	}
	if r.Method == http.MethodPost {
		err := s.save(r, &v, id)
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

// save writes what was typed. If somebody was faster, the view shows what they
// wrote, and saving again goes over it.
func (s *Site) save(r *http.Request, v *formView, id members.ID) error {
	in := memberIn{}
	if err := page.Decode(r, &in); err != nil {
		v.In = in
		return err
	}
	old := v.In
	v.In = in
	if v.New {
		m, err := s.desk.Add(r.Context(), v.Actor, in.member(""))
		v.Back = link(m.ID)
		return err
	}
	v.In.Kind, v.In.Standing, v.In.From = old.Kind, old.Standing, old.From
	now, err := s.desk.Save(r.Context(), v.Actor, v.In.member(id))
	if fault.Is(err, fault.Conflict) {
		v.Theirs, v.In.Revision = differences(v.Frame, inOf(now), v.In), now.Revision
	}
	return err
}

// differences are the fields in which theirs is not ours.
func differences(f page.Frame, theirs, ours memberIn) []page.Fact {
	var list []page.Fact
	for _, one := range []struct{ key, theirs, ours string }{
		{"name", theirs.Name, ours.Name}, {"email", theirs.Email, ours.Email}, {"lang", langName(theirs.Lang), langName(ours.Lang)}, {"place", theirs.Place, ours.Place},
		{"field", word(f, "field", theirs.Field), word(f, "field", ours.Field)}, {"phone", theirs.Phone, ours.Phone}, {"note", theirs.Note, ours.Note},
	} {
		if one.theirs != one.ours {
			list = append(list, page.Fact{Label: f.T("members." + one.key), Value: dash(one.theirs)})
		}
	}
	return list
}

func langName(code string) string {
	for _, l := range i18n.Region() {
		if l.Code == code {
			return l.Name
		}
	}
	return "–"
}

// langNames are the names of several languages.
func langNames(codes []string) string {
	var list []string
	for _, c := range codes {
		list = append(list, langName(c))
	}
	return strings.Join(list, ", ")
}

func langOptions() []page.Option {
	var list []page.Option
	for _, l := range i18n.Region() {
		list = append(list, page.Option{Value: l.Code, Label: l.Name})
	}
	return list
}

type agentView struct {
	page.Frame
	Member, Action, Back string
	In                   agentIn
	Crumbs               []page.Crumb
}

type agentIn struct {
	Name    string     `form:"name"`
	Email   string     `form:"email"`
	Lang    string     `form:"lang"`
	Since   civil.Date `form:"since"`
	Answers bool       `form:"answers"`
}

// agent authorises somebody to act for an organisation.
func (s *Site) agent(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Write); err != nil {
		return err
	}
	m, err := s.desk.Member(r.Context(), by, members.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("members.agent.add")
	v := agentView{Frame: f, Member: m.Name, Action: link(m.ID, "/agents/new"), Back: link(m.ID), In: agentIn{Lang: "sl", Since: f.Today, Answers: true}}
	v.Crumbs = crumbs(f, page.Crumb{Label: m.Name, Link: v.Back}, page.Crumb{Label: f.T("members.agent.add")})
	if r.Method == http.MethodPost {
		v.In = agentIn{}
		err := page.Decode(r, &v.In)
		if err == nil {
			_, err = s.desk.AddAgent(r.Context(), by, members.Agent{Member: m.ID, Name: v.In.Name, Email: v.In.Email, Lang: v.In.Lang, Since: v.In.Since, Answers: v.In.Answers})
		}
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.agent")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), agentPage(v))
}

// endAgent takes an agent out of office.
func (s *Site) endAgent(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	id := members.ID(r.PathValue("id"))
	agents, err := s.desk.Agents(r.Context(), by, id)
	if err != nil {
		return err
	}
	m, err := s.desk.Member(r.Context(), by, id)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	for _, a := range agents {
		if a.ID != r.PathValue("agent") {
			continue
		}
		return s.ask(w, r, f, page.Question{
			Ask: f.T("members.agent.end.ask", "name", a.Name), Text: f.T("members.agent.end.text", "member", m.Name), Do: f.T("members.agent.end"), Danger: true,
			Action: link(id, "/agents/", a.ID, "/end"), Back: link(id), Crumbs: crumbs(f, page.Crumb{Label: m.Name, Link: link(id)}, page.Crumb{Label: f.T("members.agent.end")}),
		}, "last", f.T("members.agent.last"), "said.members.agent.ended", func(day civil.Date) error {
			_, err := s.desk.EndAgent(r.Context(), by, a.ID, day)
			return err
		})
	}
	return fault.New(fault.Missing, "members.agent.missing")
}

// typed is a day as people type it; none is empty.
func typed(f page.Frame, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return f.Date(d)
}
