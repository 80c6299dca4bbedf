package consultweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type listView struct {
	voiceweb.CaseHead
	Rows []page.Row
	May  bool
	New  string
}

// list shows the consultations on a case: GET /cases/{id}/consultations.
func (s *Site) list(w http.ResponseWriter, r *http.Request) error {
	h, err := s.head(r)
	if err != nil {
		return err
	}
	list, err := s.Consult.Of(r.Context(), h.Actor, h.ID)
	if err != nil {
		return err
	}
	v := listView{CaseHead: h, May: h.Actor.Can(voice.Work), New: listPath(h.ID) + "/new"}
	for _, c := range list {
		row := page.Row{
			When: h.T("consult.state." + string(c.State)), Title: c.Title, Link: consult.Link(c), Lang: h.Own(),
			Meta: h.T("consult.line", "invited", h.Frame.Number(c.Invited), "n", c.Answered) + " " + h.T("consult.comments", "n", c.Comments) + ".",
		}
		if c.State == consult.Open {
			row.WhenNote = h.Away(c.Closes, h.Today)
		} else {
			row.WhenNote = h.Date(c.Closes)
		}
		v.Rows = append(v.Rows, row)
	}
	return page.Render(w, r, listPage(v))
}

// An officeView is the page of one consultation.
type officeView struct {
	voiceweb.CaseHead
	C                consult.Consultation
	Base             string
	State            mark
	Until            string
	Four             []page.Figure
	Asked            []askedView
	May, Read        bool
	Stages           []page.Tab
	People           []personView
	Next             string
	Letter           string
	Subject          string
	Audience         string
	Remind, NewClose string
	Q                string
	Found            []page.Option
}

// An askedView is one provision with what was said of it.
type askedView struct {
	Cite, Title, Link string
	Counts            []stanceCount
	Total             string
}

type stanceCount struct{ Word, N, Note string }

type personView struct {
	Name, Person, Email, Stage, When, TypeIn string
	Mark                                     mark
}

// office shows one consultation, with its numbers and who is where:
// GET /cases/{id}/consultations/{cid}?stage=…&after=…&q=…
func (s *Site) office(w http.ResponseWriter, r *http.Request) error {
	h, c, err := s.one(r)
	if err != nil {
		return err
	}
	v := officeView{CaseHead: h, C: c, Base: consult.Link(c), May: h.Actor.Can(voice.Work), Read: h.Actor.Can(voice.SeeAnswers), NewClose: h.Date(c.Closes)}
	v.State = stateMark(h.Printer, c)
	v.Until = h.T("consult.office.days", "from", h.Date(c.Opens), "until", untilOf(h.Printer, c.Closes))
	v.Four = []page.Figure{
		{Number: h.Frame.Number(c.Invited), Text: h.T("consult.figure.asked")},
		{Number: h.Share(c.Opened, c.Invited), Text: h.T("consult.figure.opened", "n", c.Opened)},
		{Number: h.Share(c.Answered, c.Invited), Text: h.T("consult.figure.answered", "n", c.Answered)},
		{Number: h.Frame.Number(c.Comments), Text: h.T("consult.figure.comments", "n", c.Comments)},
	}
	for _, a := range c.Asked {
		v.Asked = append(v.Asked, askedOf(h.Printer, c, a, v.Read))
	}
	var days []string
	for _, n := range c.Remind {
		days = append(days, strconv.Itoa(n))
	}
	v.Remind = strings.Join(days, ", ")
	if v.May {
		if err := s.fillOffice(r, &v); err != nil {
			return err
		}
	}
	return page.Render(w, r, officePage(v))
}

func (s *Site) fillOffice(r *http.Request, v *officeView) error {
	if v.C.State == consult.Prepared {
		letter := s.Consult.Preview(v.C, v.T("consult.office.somebody"), v.Lang)
		v.Letter, v.Subject = letter.Text, letter.Subject
		list, err := s.Consult.Audience(r.Context(), v.Actor, v.C.Audience)
		if err != nil {
			return err
		}
		silent := 0
		for _, a := range list {
			if a.Email == "" {
				silent++
			}
		}
		v.Audience = v.T("consult.office.audience", "n", len(list))
		if silent > 0 {
			v.Audience += " " + v.T("consult.office.silent", "n", silent)
		}
		return nil
	}
	q := consult.ProgressQuery{Consultation: v.C.ID, Stage: consult.Stage(r.FormValue("stage")), After: consult.InvitationID(r.FormValue("after")), Limit: 51}
	list, err := s.Consult.Progress(r.Context(), v.Actor, q)
	if err != nil {
		return err
	}
	if len(list) > 50 {
		list = list[:50]
		v.Next = string(v.With("after", string(list[49].ID)))
	}
	v.Stages = append(v.Stages, page.Tab{Label: v.T("consult.stage.all"), Link: v.Base, On: q.Stage == ""})
	for _, st := range consult.Stages() {
		v.Stages = append(v.Stages, page.Tab{Label: v.T("consult.stage." + string(st)), Link: v.Base + "?stage=" + string(st), On: q.Stage == st})
	}
	for _, one := range list {
		v.People = append(v.People, s.personOf(v, one))
	}
	if v.Q = strings.TrimSpace(r.FormValue("q")); v.Q != "" && v.C.State == consult.Open {
		found, err := s.Members.List(r.Context(), v.Actor, members.Query{Filter: members.Filter{Standing: members.Active, Text: v.Q}, Limit: 10})
		if err != nil {
			return err
		}
		for _, m := range found {
			v.Found = append(v.Found, page.Option{Value: string(m.ID), Label: m.Name})
		}
	}
	return nil
}

func (s *Site) personOf(v *officeView, one consult.Invitation) personView {
	p := personView{Name: one.MemberName, Person: one.Name, Email: one.Email, TypeIn: v.Base + "/type-in?invitation=" + string(one.ID), Mark: stageMark(v.Printer, one.Stage)}
	if one.Email == "" || one.Sent.IsZero() {
		p.Email = v.T("consult.office.no_letter")
	}
	for _, step := range []struct {
		key string
		at  civil.Date
	}{
		{"consult.when.answered", civil.Of(one.Answered, s.site.House.Zone)}, {"consult.when.reminded", civil.Of(one.Reminded, s.site.House.Zone)}, {"consult.when.asked", civil.Of(one.Sent, s.site.House.Zone)},
	} {
		if step.at.Year() > 1 {
			p.When = v.T(step.key, "date", v.Date(step.at))
			break
		}
	}
	return p
}

func stageMark(p *i18n.Printer, st consult.Stage) mark {
	m := mark{"none", "silence", p.T("consult.is." + string(st))}
	switch st {
	case consult.Answered:
		m.Tone, m.Icon = "ok", "taken"
	case consult.Answering:
		m.Icon = "rewrite"
	case consult.Seen:
		m.Icon = "partly"
	case consult.Declined:
		m.Icon = "not"
	}
	return m
}

func stateMark(p *i18n.Printer, c consult.Consultation) mark {
	m := mark{"none", "clock", p.T("consult.state." + string(c.State))}
	switch c.State {
	case consult.Open:
		m.Tone, m.Icon = "ok", "mail"
	case consult.Closed:
		m.Icon = "lock"
	}
	return m
}

func askedOf(p *i18n.Printer, c consult.Consultation, a consult.Asked, linked bool) askedView {
	v := askedView{Cite: a.Cite, Title: a.Title, Total: p.Number(a.Tally.Total())}
	if linked {
		v.Link = consult.Link(c) + "/provisions/" + url.PathEscape(a.Provision)
	}
	for _, st := range voice.Stances() {
		n := stanceCount{Word: p.T("consult.stance." + string(st)), N: p.Number(a.Tally.Of(st))}
		if a.Tally.Of(st) > 0 {
			n.Note = p.T("consult.tally.note", "organisations", p.Number(a.Tally.Organisations[st]), "persons", p.Number(a.Tally.Persons[st]))
		}
		v.Counts = append(v.Counts, n)
	}
	return v
}

// asks is a page that asks before a deed, and does it when asked so.
func (s *Site) asks(w http.ResponseWriter, r *http.Request, word string, deed func(auth.Actor, consult.Consultation) error) error {
	h, c, err := s.one(r)
	if err != nil {
		return err
	}
	if err := h.Actor.Must(voice.Work); err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		if err := deed(h.Actor, c); err != nil {
			return err
		}
		return page.Go(w, r, consult.Link(c), "said.consult."+word)
	}
	n := c.Invited - c.Answered - c.Declined
	if word == "opened" {
		list, err := s.Consult.Audience(r.Context(), h.Actor, c.Audience)
		if err != nil {
			return err
		}
		n = len(list)
	}
	h.Frame.Title = h.T("consult.confirm." + word + ".ask")
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: h.Frame, Ask: h.Frame.Title, Text: h.T("consult.confirm."+word, "title", c.Title, "n", n, "until", untilOf(h.Printer, c.Closes)),
		Do: h.T("consult.confirm." + word + ".do"), Action: r.URL.Path, Back: consult.Link(c), BackLabel: h.T("consult.form.back"),
		Crumbs: []page.Crumb{{Label: h.Number, Link: "/cases/" + string(h.ID)}, {Label: c.Title, Link: consult.Link(c)}, {Label: h.Frame.Title}},
	}))
}

func (s *Site) open(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, "opened", func(by auth.Actor, c consult.Consultation) error {
		_, err := s.Consult.Open(r.Context(), by, c.ID)
		return err
	})
}

func (s *Site) close(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, "closed", func(by auth.Actor, c consult.Consultation) error { return s.Consult.Close(r.Context(), by, c.ID) })
}

func (s *Site) remind(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, "reminded", func(by auth.Actor, c consult.Consultation) error {
		_, err := s.Consult.Remind(r.Context(), by, c.ID)
		return err
	})
}

func (s *Site) read(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, "read", func(by auth.Actor, c consult.Consultation) error { return s.Consult.Read(r.Context(), by, c.ID) })
}

func (s *Site) invite(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, "invited", func(by auth.Actor, c consult.Consultation) error {
		return s.Consult.Invite(r.Context(), by, c.ID, members.ID(r.FormValue("member")))
	})
}

func (s *Site) extend(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, "extended", func(by auth.Actor, c consult.Consultation) error {
		var in struct {
			Closes civil.Date `form:"closes"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		return s.Consult.Extend(r.Context(), by, c.ID, in.Closes)
	})
}

func (s *Site) show(w http.ResponseWriter, r *http.Request) error {
	return s.asks(w, r, "settled", func(by auth.Actor, c consult.Consultation) error {
		var in struct {
			Public bool   `form:"public"`
			Remind string `form:"remind"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		days, err := reminders(in.Remind)
		if err != nil {
			return err
		}
		return s.Consult.Show(r.Context(), by, c.ID, in.Public, days)
	})
}
