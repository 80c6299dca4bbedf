package bodiesweb

import (
	"net/http"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type spaceView struct {
	page.Frame
	ID     bodies.BodyID
	Crumbs []page.Crumb
	Papers []paperRow
	Notes  []noteRow
	Older  string
	Text   string
}

type noteRow struct {
	By, At string
	Paras  []string
}

// space shows the papers and notes of a body to who sits in it.
func (s *Site) space(w http.ResponseWriter, r *http.Request) error { return s.showSpace(w, r, "", nil) }

// showSpace shows the space, again with what was typed if it was refused.
func (s *Site) showSpace(w http.ResponseWriter, r *http.Request, text string, wrong error) error {
	f := s.site.Frame(r, section, "")
	id := bodies.BodyID(r.PathValue("id"))
	b, _, err := s.Bodies.Body(r.Context(), f.Actor, id)
	if err != nil {
		return err
	}
	room, err := s.Bodies.Space(r.Context(), f.Actor, id, r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	f.Title = b.Name
	if wrong != nil && !f.Blame(wrong) {
		return wrong
	}
	v := spaceView{Frame: f, ID: id, Text: text, Crumbs: crumbs(f, "bodies", page.Crumb{Label: b.Name, Link: bodyLink(id), Lang: f.Own()}, page.Crumb{Label: f.T("bodies.space")})}
	v.Papers = paperRows(f, room.Papers, func(p bodies.Paper) string { return bodyLink(id, "/papers/", p.ID) })
	for i, p := range v.Papers {
		v.Papers[i].Mine = f.Actor.Can(bodies.Work) || p.By != "" && p.By == f.Actor.User
	}
	for _, n := range room.Notes {
		v.Notes = append(v.Notes, noteRow{n.ByIs, s.hour(f, n.At), meetings.Paragraphs(n.Text)})
	}
	if len(room.Notes) == bodies.NotesPage {
		v.Older = bodyLink(id, "/space?before=", room.Notes[len(room.Notes)-1].ID)
	}
	return page.RenderStatus(w, r, v.Again(), spacePage(v))
}

func (s *Site) note(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Text string `form:"text"`
	}
	err := page.Decode(r, &in)
	id := bodies.BodyID(r.PathValue("id"))
	if err == nil {
		err = s.Bodies.AddNote(r.Context(), auth.From(r.Context()), id, in.Text)
	}
	if err != nil {
		return s.showSpace(w, r, in.Text, err)
	}
	return page.Go(w, r, bodyLink(id, "/space"), saidSaved)
}

func (s *Site) upload(w http.ResponseWriter, r *http.Request) error {
	id := bodies.BodyID(r.PathValue("id"))
	name, f, err := file(r)
	if err == nil {
		defer f.Close()
		_, err = s.Bodies.AddPaper(r.Context(), auth.From(r.Context()), bodies.Paper{Body: id, Name: name}, f)
	}
	if err != nil {
		return s.showSpace(w, r, "", err)
	}
	return page.Go(w, r, bodyLink(id, "/space"), saidSaved)
}

func (s *Site) paper(w http.ResponseWriter, r *http.Request) error {
	p, f, err := s.Bodies.OpenPaper(r.Context(), auth.From(r.Context()), r.PathValue("paper"))
	if err != nil {
		return err
	}
	return send(w, p, f)
}

func (s *Site) dropPaper(w http.ResponseWriter, r *http.Request) error {
	p, err := s.Bodies.DropPaper(r.Context(), auth.From(r.Context()), r.PathValue("paper"))
	if err != nil {
		return err
	}
	return page.Go(w, r, bodyLink(p.Body, "/space"), saidDone)
}

// demandForm records that members demand an assembly.
func (s *Site) demandForm(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.demand.new")
	if err != nil {
		return err
	}
	b, _, err := s.Bodies.Body(r.Context(), f.Actor, bodies.BodyID(r.PathValue("id")))
	if err != nil {
		return err
	}
	in := struct {
		Wants string     `form:"wants"`
		On    civil.Date `form:"on"`
		Days  int        `form:"days"`
	}{On: f.Today}
	to := bodyLink(b.ID)
	if r.Method == http.MethodPost {
		in.On = civil.Date{}
		if err = page.Decode(r, &in); err == nil {
			var d bodies.Demand
			d, err = s.Bodies.AddDemand(r.Context(), f.Actor, bodies.Demand{Body: b.ID, Wants: in.Wants, On: in.On, Days: in.Days})
			to = bodyLink(b.ID, "/demands/", string(d.ID))
		}
	}
	v := formView{Frame: f, Lead: f.T("bodies.demand.lead"), Crumbs: crumbs(f, "bodies", page.Crumb{Label: b.Name, Link: bodyLink(b.ID), Lang: f.Own()}, page.Crumb{Label: f.Title}), Action: r.URL.Path, Do: f.T("bodies.save"), Back: bodyLink(b.ID), Fields: []page.Field{
		{Name: "wants", Label: f.T("bodies.demand.wants"), Type: "textarea", Value: in.Wants},
		{Name: "on", Label: f.T("bodies.demand.on"), Type: "date", Value: typed(f, in.On)},
		{Name: "days", Label: f.T("bodies.demand.days"), Hint: f.T("bodies.demand.days.hint"), Value: count(in.Days), W: "s"},
	}}
	return v.answer(w, r, err, to, saidSaved)
}

type demandView struct {
	page.Frame
	Crumbs        []page.Crumb
	Facts, Signed []page.Fact
	Wants         []string
	Reached       bool
	Met, Plan     string
	Here, On      string
	Find          bool
	Found         string
	Members       []page.Option
}

// demand shows a demand with who signed it, and takes signatures.
func (s *Site) demand(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.demand")
	if err != nil {
		return err
	}
	in := struct {
		Member string     `form:"member"`
		On     civil.Date `form:"on"`
	}{On: f.Today}
	id := bodies.DemandID(r.PathValue("demand"))
	if r.Method == http.MethodPost {
		in.On = civil.Date{}
		if err = page.Decode(r, &in); err == nil {
			_, err = s.Bodies.Sign(r.Context(), f.Actor, id, members.ID(in.Member), in.On)
		}
		if err == nil {
			return page.Go(w, r, r.URL.Path, saidSaved)
		}
		if !f.Blame(err) {
			return err
		}
	}
	d, signed, err := s.Bodies.Demand(r.Context(), f.Actor, id)
	if err != nil {
		return err
	}
	v := demandView{Frame: f, Wants: meetings.Paragraphs(d.Wants), Reached: !d.Reached.IsZero(), Here: r.URL.Path, On: typed(f, in.On), Plan: "/meetings/new?body=" + string(d.Body) + "&demand=" + string(d.ID)}
	v.Crumbs = crumbs(f, "bodies", page.Crumb{Label: f.T("bodies.demands"), Link: bodyLink(d.Body)}, page.Crumb{Label: f.Title})
	if d.Meeting != "" {
		v.Met = meetingLink(d.Meeting)
	}
	v.Facts = []page.Fact{
		{Label: f.T("bodies.demand.on"), Value: f.Date(d.On)},
		{Label: f.T("bodies.demand.all"), Value: f.Number(d.All)},
		{Label: f.T("bodies.demand.needed"), Value: f.Number(d.Needed)},
		{Label: f.T("bodies.demand.have"), Value: f.Number(d.Signed)},
	}
	has := map[string]bool{}
	for _, one := range signed {
		has[one.Member] = true
		v.Signed = append(v.Signed, page.Fact{Label: one.Name, Value: f.Date(one.On)})
	}
	all, err := s.memberOptions(r, f, "")
	if err != nil {
		return err
	}
	v.Found = r.URL.Query().Get("q")
	v.Find = v.Found != "" || len(all) > mostMembers
	for _, m := range all {
		if !has[m.Value] {
			v.Members = append(v.Members, m)
		}
	}
	return page.RenderStatus(w, r, v.Again(), demandPage(v))
}
