package bodiesweb

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type decisionsView struct {
	page.Frame
	Tabs                []page.Tab
	Query               bodies.DecisionQuery
	Year                string
	Doings              []bodies.Doing
	Bodies, Years       []page.Option
	Rows                []decisionRow
	Work, Filtered      bool
	First, Next, Export string
}

type decisionRow struct {
	Number, Title, Link, Body, On, Force, Open, Task string
	Tone                                             page.Tone
	Icon                                             string
	Late                                             bool
}

// doing is a filter of tasks as it is asked for; 1 is what old addresses have.
func doing(s string) bodies.Doing {
	if s == "1" {
		return bodies.Waiting
	}
	return bodies.Doing(s)
}

func decisionQuery(v url.Values, today civil.Date) bodies.DecisionQuery {
	year, _ := strconv.Atoi(v.Get("year"))
	return bodies.DecisionQuery{
		Text: v.Get("q"), Body: bodies.BodyID(v.Get("body")), Meeting: bodies.MeetingID(v.Get("meeting")), Year: year, Force: bodies.Force(v.Get("force")),
		Task: doing(v.Get("task")), Case: v.Get("case"), Before: bodies.DecisionID(v.Get("after")), Today: today,
	}
}

// decisions is the register: GET /decisions?q=…&body=…&year=…&force=…&task=1&case=…&after=ID.
func (s *Site) decisions(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	f.Title, f.Size = f.T("members.view.decisions"), "wide"
	v := decisionsView{Frame: f, Query: decisionQuery(r.URL.Query(), f.Today), Work: f.Actor.Can(bodies.Work), Tabs: membersweb.Tabs(f, f.Actor, "decisions")}
	list, err := s.Bodies.Decisions(r.Context(), f.Actor, v.Query)
	if err != nil {
		return err
	}
	v.Rows = decisionRows(f, list)
	if v.Doings = bodies.Doings(); !f.Actor.Known() {
		v.Doings = v.Doings[:2]
	}
	if f.Actor.Can(bodies.See) {
		if v.Bodies, err = s.bodyOptions(r, f, f.T("bodies.any.body")); err != nil {
			return err
		}
	}
	years, err := s.Bodies.Years(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	v.Years = []page.Option{{Label: f.T("bodies.any.year")}}
	for _, y := range years {
		v.Years = append(v.Years, page.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	v.Year = count(v.Query.Year)
	filter := r.URL.Query()
	filter.Del("said")
	filter.Del("after")
	v.Filtered = len(filter) > 0
	if v.Query.Before != "" {
		v.First = "/decisions?" + filter.Encode()
	}
	v.Export = "/decisions/export?" + filter.Encode() + "&as="
	if len(list) == 50 {
		filter.Set("after", string(list[len(list)-1].ID))
		v.Next = "/decisions?" + filter.Encode()
	}
	return page.Render(w, r, decisionsPage(v))
}

func decisionRows(f page.Frame, list []bodies.Decision) []decisionRow {
	var rows []decisionRow
	for _, d := range list {
		row := decisionRow{Number: d.Number, Title: d.Title, Link: decisionLink(d.ID), Body: d.BodyIs, On: f.Date(d.On), Force: word(f, "force", d.Force), Open: word(f, "open", d.Open), Tone: "ok", Icon: "taken", Task: "–"}
		switch d.Force {
		case bodies.Repealed:
			row.Tone, row.Icon, row.Force = "error", "not", f.T("bodies.force.by", "by", d.By)
		case bodies.Done:
			row.Icon = "taken"
		default:
			row.Icon = "partly"
		}
		if d.Waits() {
			row.Task = dash(d.Task.OwnerIs)
			if !d.Task.Due.IsZero() {
				row.Task += ", " + f.Away(d.Task.Due, f.Today)
				row.Late = d.Task.Due.Before(f.Today)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

type decisionView struct {
	page.Frame
	Crumbs []page.Crumb
	D      bodies.Decision
	Paras  []string
	Facts  []page.Fact
	Work   bool
	Task   *taskPart // what is to be done, for who may say that it is
}

// decision shows one decision.
func (s *Site) decision(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	d, err := s.Bodies.Decision(r.Context(), f.Actor, bodies.DecisionID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f.Title, f.Size, f.Foot = d.Title, "read", d.Number
	v := decisionView{Frame: f, D: d, Paras: meetings.Paragraphs(d.Text), Work: f.Actor.Can(bodies.Work)}
	v.Crumbs = []page.Crumb{{Label: f.T("members.view.decisions"), Link: "/decisions"}, {Label: d.Number}}
	meeting := ""
	if _, err := s.Meetings.Meeting(r.Context(), f.Actor, d.Meeting); d.Meeting != "" && err == nil {
		meeting = meetingLink(d.Meeting) // not everybody who reads a decision may read its meeting
	}
	if v.Task, err = s.taskPart(r, f, d); err != nil {
		return err
	}
	if v.Facts = decisionFacts(f, d, meeting); v.Task == nil {
		v.Facts = append(v.Facts, taskFacts(f, d)...)
	}
	return page.Render(w, r, decisionPage(v))
}

func decisionFacts(f page.Frame, d bodies.Decision, meeting string) []page.Fact {
	var list []page.Fact
	add := func(key, value, link string) {
		if value != "" {
			list = append(list, page.Fact{Label: f.T("bodies.decision." + key), Value: value, Link: link})
		}
	}
	add("body", d.BodyIs, bodyLink(d.Body))
	add("on", f.Long(d.On), "")
	if d.Meeting != "" {
		add("meeting", d.MeetingN, meeting)
	}
	if d.Count.Cast() > 0 {
		add("votes", f.T("bodies.decision.counted", "for", d.Count.For, "against", d.Count.Against, "abstained", d.Count.Abstained), "")
	}
	if d.Letters {
		add("way", f.T("bodies.letters"), "")
	}
	add("rule", d.Cite, "")
	force := word(f, "force", d.Force)
	link := ""
	if d.Force == bodies.Repealed {
		force = f.T("bodies.force.by", "by", d.By)
		if d.ByID != "" {
			link = decisionLink(d.ByID)
		}
	}
	add("force", force, link)
	add("open", word(f, "open", d.Open), "")
	if d.Case != "" {
		add("case", d.Case, "/cases/"+url.PathEscape(d.Case))
	}
	return list
}

// taskFacts are the task of a decision for who may not say that it is done.
func taskFacts(f page.Frame, d bodies.Decision) []page.Fact {
	if d.Task.IsZero() {
		return nil
	}
	task := dash(d.Task.OwnerIs)
	if !d.Task.Due.IsZero() {
		task += ", " + f.Date(d.Task.Due)
	}
	if !d.Task.Done.IsZero() {
		task += " – " + f.T("bodies.task.was.done", "day", f.Date(d.Task.Done))
	}
	list := []page.Fact{{Label: f.T("bodies.decision.task"), Value: task}}
	if d.Task.Note != "" {
		list = append(list, page.Fact{Label: f.T("bodies.decision.task.note"), Value: d.Task.Note, Lang: f.Own()})
	}
	return list
}

type decisionIn struct {
	Number    string     `form:"number"`
	Body      string     `form:"body"`
	Title     string     `form:"title"`
	Text      string     `form:"text"`
	On        civil.Date `form:"on"`
	Force     string     `form:"force"`
	By        string     `form:"by"`
	Open      string     `form:"open"`
	Case      string     `form:"case"`
	Who       string     `form:"who"`
	Owner     string     `form:"owner"`
	Due       civil.Date `form:"due"`
	Done      civil.Date `form:"done"`
	Task      string     `form:"task"`
	For       int        `form:"for"`
	Against   int        `form:"against"`
	Abstained int        `form:"abstained"`
	Cite      string     `form:"cite"`
	Revision  int        `form:"revision"`
}

func (in decisionIn) decision(d bodies.Decision) bodies.Decision {
	d.Force, d.By, d.Open, d.Case, d.Revision = bodies.Force(in.Force), in.By, bodies.Openness(in.Open), in.Case, in.Revision
	d.Task.Due, d.Task.Done, d.Task.Note = in.Due, in.Done, in.Task
	return d
}

// keptFields are those that may change of a decision.
func keptFields(f page.Frame, in decisionIn, people []page.Option) []page.Field {
	list := []page.Field{
		{Name: "force", Label: f.T("bodies.decision.force"), Type: "radio", Options: options(f, "force", bodies.Forces(), bodies.Force(in.Force), "")},
		{Name: "by", Label: f.T("bodies.decision.repealed"), Hint: f.T("bodies.decision.repealed.hint"), Value: in.By, W: "m"},
		{Name: "open", Label: f.T("bodies.decision.open"), Type: "radio", Options: options(f, "open", bodies.Opennesses(), bodies.Openness(in.Open), "")},
		{Name: "case", Label: f.T("bodies.decision.case"), Hint: f.T("bodies.decision.case.hint"), Value: in.Case, W: "m"},
	}
	list = append(list, ownerFields(f, people, in.Who, in.Owner)...)
	return append(list, []page.Field{
		{Name: "due", Label: f.T("bodies.task.due"), Type: "date", Value: typed(f, in.Due)},
		{Name: "task", Label: f.T("bodies.task.note"), Value: in.Task},
		{Name: "done", Label: f.T("bodies.task.done"), Hint: f.T("bodies.task.done.hint"), Type: "date", Value: typed(f, in.Done)},
	}...)
}

// decisionForm changes what may change of a decision.
func (s *Site) decisionForm(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.decision.edit")
	if err != nil {
		return err
	}
	d, err := s.Bodies.Decision(r.Context(), f.Actor, bodies.DecisionID(r.PathValue("id")))
	if err != nil {
		return err
	}
	people, err := s.owners(r, f, d.Body)
	if err != nil {
		return err
	}
	in := decisionIn{Force: string(d.Force), By: d.By, Open: string(d.Open), Case: d.Case, Due: d.Task.Due, Done: d.Task.Done, Task: d.Task.Note, Revision: d.Revision}
	in.Who, in.Owner = people.of(d.Task)
	if r.Method == http.MethodPost {
		in = decisionIn{}
		if err = page.Decode(r, &in); err == nil {
			var now bodies.Decision
			to := in.decision(d)
			to.Task = people.give(to.Task, in.Who, in.Owner)
			now, err = s.Bodies.SaveDecision(r.Context(), f.Actor, to)
			if fault.Is(err, fault.Conflict) {
				in.Revision = now.Revision
			}
		}
	}
	v := formView{Frame: f, Kicker: d.Number, Lead: d.Title, Crumbs: []page.Crumb{{Label: f.T("members.view.decisions"), Link: "/decisions"}, {Label: d.Number, Link: decisionLink(d.ID)}, {Label: f.Title}},
		Action: r.URL.Path, Do: f.T("bodies.save"), Back: decisionLink(d.ID), Hidden: []page.Option{{Label: "revision", Value: strconv.Itoa(in.Revision)}}, Fields: keptFields(f, in, people.options(f))}
	return v.answer(w, r, err, v.Back, saidSaved)
}

// oldDecision enters a decision from before the register was kept here.
func (s *Site) oldDecision(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.decision.old")
	if err != nil {
		return err
	}
	in := decisionIn{Force: string(bodies.InForce), Open: string(bodies.ToMembers), Body: r.URL.Query().Get("body")}
	people, err := s.owners(r, f, "")
	if err != nil {
		return err
	}
	to := "/decisions"
	if r.Method == http.MethodPost {
		in = decisionIn{}
		if err = page.Decode(r, &in); err == nil {
			d := in.decision(bodies.Decision{Number: in.Number, Body: bodies.BodyID(in.Body), Title: in.Title, Text: in.Text, On: in.On, Cite: in.Cite, Count: bodies.Count{For: in.For, Against: in.Against, Abstained: in.Abstained}})
			d.Task = people.give(d.Task, in.Who, in.Owner)
			d, err = s.Bodies.AddDecision(r.Context(), f.Actor, d)
			to = decisionLink(d.ID)
		}
	}
	all, err2 := s.bodyOptions(r, f, f.T("bodies.choose"))
	if err2 != nil {
		return err2
	}
	v := formView{Frame: f, Lead: f.T("bodies.decision.old.lead"), Crumbs: crumbs(f, "decisions", page.Crumb{Label: f.Title}), Action: "/decisions/new", Do: f.T("bodies.save"), Back: "/decisions"}
	v.Fields = append([]page.Field{
		{Name: "body", Label: f.T("bodies.decision.body"), Type: "select", Value: in.Body, Options: all, W: "m"},
		{Name: "number", Label: f.T("bodies.decision.number"), Value: in.Number, W: "m"},
		{Name: "on", Label: f.T("bodies.decision.on"), Type: "date", Value: typed(f, in.On)},
		{Name: "title", Label: f.T("bodies.motion.title"), Value: in.Title},
		{Name: "text", Label: f.T("bodies.motion.text"), Type: "law", Value: in.Text, Lang: f.Own()},
		{Name: "for", Label: f.T("bodies.vote.for"), Value: count(in.For), W: "s"},
		{Name: "against", Label: f.T("bodies.vote.against"), Value: count(in.Against), W: "s"},
		{Name: "abstained", Label: f.T("bodies.vote.abstained"), Value: count(in.Abstained), W: "s"},
		{Name: "cite", Label: f.T("bodies.decision.rule"), Value: in.Cite},
	}, keptFields(f, in, people.options(f))...)
	return v.answer(w, r, err, to, saidSaved)
}
