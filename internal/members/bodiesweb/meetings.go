package bodiesweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type meetingsView struct {
	page.Frame
	Tabs        []page.Tab
	Bodies      []page.Option
	Body, State string
	Rows        []page.Row
	Work        bool
	Filtered    bool
	First, Next string
	Export      string
}

// meetings lists meetings, the latest first: GET /meetings?body=…&state=…&after=ID.
func (s *Site) meetings(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	f.Title, f.Size = f.T("members.view.meetings"), "wide"
	q := r.URL.Query()
	v := meetingsView{Frame: f, Work: f.Actor.Can(bodies.Work), Tabs: membersweb.Tabs(f, f.Actor, "meetings"), Body: q.Get("body"), State: q.Get("state")}
	v.Filtered = v.Body+v.State != ""
	list, err := s.Meetings.Meetings(r.Context(), f.Actor, meetings.MeetingQuery{Body: bodies.BodyID(v.Body), State: meetings.State(v.State), Before: meetings.MeetingID(q.Get("after"))})
	if err != nil {
		return err
	}
	for _, m := range list {
		v.Rows = append(v.Rows, s.meetingRow(f, m))
	}
	if v.Bodies, err = s.bodyOptions(r, f, f.T("bodies.any.body")); err != nil {
		return err
	}
	filter := url.Values{"body": {v.Body}, "state": {v.State}}
	v.Export = "/meetings/export?" + filter.Encode() + "&as="
	if q.Get("after") != "" {
		v.First = "/meetings?" + filter.Encode()
	}
	if len(list) == 50 {
		filter.Set("after", string(list[len(list)-1].ID))
		v.Next = "/meetings?" + filter.Encode()
	}
	return page.Render(w, r, meetingsPage(v))
}

// bodyOptions are the bodies for a select, with one for none before them.
func (s *Site) bodyOptions(r *http.Request, f page.Frame, none string) ([]page.Option, error) {
	all, err := s.Bodies.Bodies(r.Context(), f.Actor, f.Today, true)
	list := []page.Option{{Label: none}}
	for _, b := range all {
		list = append(list, page.Option{Value: string(b.ID), Label: b.Name})
	}
	return list, err
}

var tones = map[meetings.State]page.Tone{meetings.Called: "warn", meetings.Open: "warn", meetings.Approved: "ok", meetings.Cancelled: "error"}

var icons = map[meetings.State]string{meetings.Planned: "rewrite", meetings.Called: "mail", meetings.Open: "clock", meetings.Closed: "file", meetings.Approved: "taken", meetings.Cancelled: "not"}

// meetingRow is a meeting in a list.
func (s *Site) meetingRow(f page.Frame, m meetings.Meeting) page.Row {
	at := s.site.Local(m.At)
	row := page.Row{When: f.Date(civil.Of(at, f.House.Zone)), WhenNote: f.Clock(at), Title: m.BodyIs + ": " + m.Title, Link: meetingLink(m.ID), Lang: f.Own(), Meta: m.Number, Status: word(f, "state", m.State), Tone: tones[m.State], Icon: icons[m.State]}
	if m.Letters {
		row.Meta = strings.TrimSpace(m.Number + " · " + f.T("bodies.letters"))
		row.WhenNote = f.T("bodies.until", "day", s.hour(f, m.Ends))
	}
	return row
}

// A head is the top of all pages of a meeting.
type head struct {
	page.Frame
	Meeting meetings.Meeting
	Crumbs  []page.Crumb
	Phases  []page.Phase
	Tabs    []page.Tab
	Facts   []page.Fact
	Work    bool
	Mine    []meetings.Attendee
	Main    *page.Crumb  // the one thing to do next
	Post    bool         // Main is a deed
	More    []page.Crumb // other deeds, each on a page of its own
	Kicker  string
}

// meeting reads a meeting with the frame of its pages; on is the tab.
func (s *Site) meeting(r *http.Request, on string) (head, error) {
	f := s.site.Frame(r, section, "")
	m, err := s.Meetings.Meeting(r.Context(), f.Actor, meetings.MeetingID(r.PathValue("id")))
	if err != nil {
		return head{}, err
	}
	f.Title, f.Size = m.BodyIs+": "+m.Title, "wide"
	h := head{Frame: f, Meeting: m, Work: f.Actor.Can(bodies.Work), Kicker: first(m.Number, f.T("bodies.meeting.unnumbered"))}
	if m.Letters {
		h.Kicker += " · " + f.T("bodies.letters")
	}
	h.Crumbs = crumbs(f, "meetings", page.Crumb{Label: first(m.Number, m.Title), Lang: f.Own()})
	h.Phases = s.phases(f, m)
	for _, t := range []struct{ key, path string }{{"agenda", ""}, {"attendance", "/attendance"}, {"motions", "/motions"}, {"minutes", "/minutes"}, {"history", "/history"}} {
		if t.key == "history" && !h.Work {
			continue
		}
		if t.key == "minutes" && !h.Work && m.State != meetings.Approved || t.key == "attendance" && m.State == meetings.Planned {
			continue
		}
		label := f.T("bodies.tab." + t.key)
		if t.key == "attendance" && m.Letters {
			label = f.T("bodies.tab.turnout")
		}
		h.Tabs = append(h.Tabs, page.Tab{Label: label, Link: meetingLink(m.ID, t.path), On: t.key == on})
	}
	if h.Mine, err = s.Meetings.Mine(r.Context(), f.Actor, m.ID); err != nil {
		return h, err
	}
	h.deeds()
	return h, nil
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// phases is the line of what has been done and what comes.
func (s *Site) phases(f page.Frame, m meetings.Meeting) []page.Phase {
	states := meetings.States()[:5]
	if m.Letters {
		states = []meetings.State{meetings.Planned, meetings.Open, meetings.Closed, meetings.Approved}
	}
	at := map[meetings.State]time.Time{meetings.Called: m.Called, meetings.Open: m.Opened, meetings.Closed: m.Closed}
	var list []page.Phase
	past := true
	for _, st := range states {
		p := page.Phase{At: "done", Label: word(f, "state", st)}
		if t := at[st]; !t.IsZero() {
			p.When = s.hour(f, t)
		}
		switch {
		case st == m.State:
			p.At, past = "now", false
		case !past:
			p.At = "next"
		}
		list = append(list, p)
	}
	if m.State == meetings.Cancelled {
		return nil
	}
	return list
}

// deeds are what the office may do next.
func (h *head) deeds() {
	m, at := h.Meeting, func(more string) string { return meetingLink(h.Meeting.ID, more) }
	add := func(key, more string) {
		h.More = append(h.More, page.Crumb{Label: h.T("bodies.do." + key), Link: at(more)})
	}
	if !h.Work {
		return
	}
	switch m.State {
	case meetings.Planned:
		h.Main = &page.Crumb{Label: h.T("bodies.do.call"), Link: at("/call")}
		add("edit", "/edit")
		add("drop", "/drop")
	case meetings.Called:
		h.Main, h.Post = &page.Crumb{Label: h.T("bodies.do.begin"), Link: at("/begin")}, true
		add("edit", "/edit")
		add("cancel", "/cancel")
	case meetings.Open:
		if m.Letters {
			h.Main, h.Post = &page.Crumb{Label: h.T("bodies.do.remind"), Link: at("/remind")}, true
			add("cancel", "/cancel")
		} else {
			h.Main = &page.Crumb{Label: h.T("bodies.do.close"), Link: at("/close")}
		}
	case meetings.Closed:
		h.Main = &page.Crumb{Label: h.T("bodies.do.approve"), Link: at("/approve")}
	}
}

type agendaView struct {
	head
	Intro   []string
	Items   []itemRow
	Papers  []paperRow // of no point
	Sent    string
	Job     string // where the letters are written
	Invites bool   // those who have no invitation yet may be sent one
	Sheets  []page.Tab
	Choose  []page.Option
	Edits   bool
	Writes  bool // points may be written, also when the order is fixed
}

type itemRow struct {
	ID, Number, Title, Speaker string
	Text                       []string
	Papers                     []paperRow
	Motions                    []page.Crumb
	First, Last                bool
}

// agenda is the first page of a meeting: when, where, and what is on.
func (s *Site) agenda(w http.ResponseWriter, r *http.Request) error { return s.showAgenda(w, r, nil) }

func (s *Site) showAgenda(w http.ResponseWriter, r *http.Request, wrong error) error {
	h, err := s.meeting(r, "agenda")
	if err != nil {
		return err
	}
	if wrong != nil && !h.Blame(wrong) {
		return wrong
	}
	m := h.Meeting
	v := agendaView{head: h, Intro: meetings.Paragraphs(m.Intro), Edits: h.Work && (m.State == meetings.Planned || m.State == meetings.Called || m.State == meetings.Open), Writes: h.Work && !m.Fixed()}
	v.Facts = s.meetingFacts(h)
	list, err := s.Meetings.Papers(r.Context(), h.Actor, m.ID)
	if err != nil {
		return err
	}
	papers := paperRows(h.Frame, list, func(p bodies.Paper) string { return meetingLink(m.ID, "/papers/", p.ID) })
	motions, err := s.Meetings.Motions(r.Context(), h.Actor, m.ID)
	if err != nil {
		return err
	}
	v.Choose = []page.Option{{Label: h.T("bodies.paper.whole")}}
	for i, item := range m.Agenda {
		row := itemRow{ID: item.ID, Number: strconv.Itoa(i+1) + ".", Title: item.Title, Speaker: item.Speaker, Text: meetings.Paragraphs(item.Text), First: i == 0, Last: i == len(m.Agenda)-1}
		for _, one := range motions {
			if one.Item == item.ID {
				row.Motions = append(row.Motions, page.Crumb{Label: one.Title, Link: meetingLink(m.ID, "/motions#m-", string(one.ID))})
			}
		}
		v.Items = append(v.Items, row)
		v.Choose = append(v.Choose, page.Option{Value: item.ID, Label: row.Number + " " + item.Title})
	}
	v.place(papers)
	for _, sheet := range meetings.Sheets() {
		if sheet == meetings.AgendaSheet || h.Work && sheet == meetings.AttendanceSheet && !m.Letters && m.State != meetings.Planned {
			v.Sheets = append(v.Sheets, page.Tab{Label: h.T("bodies.print." + string(sheet)), Link: meetingLink(m.ID, "/sheets/", string(sheet), ".")})
		}
	}
	if h.Work && m.State != meetings.Planned {
		sent, err := s.Meetings.Sent(r.Context(), h.Actor, m.ID)
		if err != nil {
			return err
		}
		n := 0
		for _, k := range sent {
			n += k
		}
		v.Sent = h.T("bodies.letters.sent", "n", n)
		job, is, err := s.Meetings.Writing(r.Context(), h.Actor, m)
		if err != nil {
			return err
		}
		if is {
			v.Job = "/house/jobs/" + string(job.ID)
		}
		v.Invites = m.State == meetings.Called || m.Letters && m.State == meetings.Open
	}
	return page.RenderStatus(w, r, v.Again(), agendaPage(v))
}

// place puts papers to their points.
func (v *agendaView) place(list []paperRow) {
	for _, p := range list {
		p.Mine = v.Writes
		found := false
		for i := range v.Items {
			if v.Items[i].ID == p.Item {
				v.Items[i].Papers, found = append(v.Items[i].Papers, p), true
			}
		}
		if !found {
			v.Papers = append(v.Papers, p)
		}
	}
}

func (s *Site) meetingFacts(h head) []page.Fact {
	m := h.Meeting
	var list []page.Fact
	add := func(key, value, link string) {
		if value != "" {
			list = append(list, page.Fact{Label: h.T("bodies.fact." + key), Value: value, Link: link})
		}
	}
	add("body", m.BodyIs, bodyLink(m.Body))
	if m.Letters {
		add("until", s.hour(h.Frame, m.Ends), "")
	} else {
		add("at", h.Weekday(civil.Of(m.At, h.House.Zone))+", "+s.hour(h.Frame, m.At), "")
	}
	add("place", m.Place, "")
	add("online", m.Online, m.Online)
	add("chair", m.Chair, "")
	add("recorder", m.Recorder, "")
	if q, ok := m.Quorum(); ok {
		add("quorum", s.Meetings.Found(h.Printer, m, q), "")
	}
	if m.Short != "" {
		add("short", m.Short, "")
	}
	if m.Given > 0 {
		add("decisions", h.T("bodies.decisions.n", "n", m.Given), "/decisions?meeting="+string(m.ID))
	}
	return list
}

type meetingIn struct {
	Body     string     `form:"body"`
	Title    string     `form:"title"`
	Letters  bool       `form:"letters"`
	Day      civil.Date `form:"day"`
	Hour     string     `form:"hour"`
	Until    civil.Date `form:"until"`
	Ends     string     `form:"ends"`
	Place    string     `form:"place"`
	Online   string     `form:"online"`
	Chair    string     `form:"chair"`
	Recorder string     `form:"recorder"`
	Intro    string     `form:"intro"`
	Demand   string     `form:"demand"`
	Revision int        `form:"revision"`
}

// moment is a day and a time of day of the house; without an hour it is the one
// given, and without a day it is none.
func moment(field string, day civil.Date, hour, usual string, zone *time.Location, wrong *fault.Fields) time.Time {
	if day.IsZero() {
		return time.Time{}
	}
	hour = strings.TrimSpace(strings.NewReplacer(".", ":", " ", "").Replace(hour))
	if hour == "" {
		hour = usual
	}
	if !strings.Contains(hour, ":") {
		hour += ":00"
	}
	t, err := time.Parse("15:04", hour)
	if err != nil {
		wrong.Add(field, "bodies.hour.wrong")
		return time.Time{}
	}
	at, ok := meetings.Moment(day, t.Hour(), t.Minute(), zone)
	if !ok {
		wrong.Add(field, "bodies.hour.skipped")
	}
	return at
}

func (in meetingIn) meeting(zone *time.Location) (meetings.Meeting, error) {
	var wrong fault.Fields
	m := meetings.Meeting{
		Body: bodies.BodyID(in.Body), Title: in.Title, Letters: in.Letters, Place: in.Place, Online: in.Online, Chair: in.Chair, Recorder: in.Recorder, Intro: in.Intro,
		Demand: bodies.DemandID(in.Demand), Revision: in.Revision, At: moment("hour", in.Day, in.Hour, "18:00", zone, &wrong), Ends: moment("ends", in.Until, in.Ends, "23:59", zone, &wrong),
	}
	if in.Until.IsZero() && in.Ends != "" && !in.Letters {
		m.Ends = moment("ends", in.Day, in.Ends, "", zone, &wrong)
	}
	return m, wrong.Err()
}

// meetingForm plans a meeting, or moves one.
func (s *Site) meetingForm(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.meeting.new")
	if err != nil {
		return err
	}
	q := r.URL.Query()
	in := meetingIn{Body: q.Get("body"), Demand: q.Get("demand"), Letters: q.Get("letters") != "", Hour: "18.00", Day: f.Today.AddDays(8)}
	v := formView{Action: "/meetings/new", Back: "/meetings", Do: f.T("bodies.meeting.save"), Lead: f.T("bodies.meeting.lead")}
	id := meetings.MeetingID(r.PathValue("id"))
	var was meetings.Meeting
	if id != "" {
		if was, err = s.Meetings.Meeting(r.Context(), f.Actor, id); err != nil {
			return err
		}
		f.Title = was.BodyIs + ": " + was.Title
		in, v.Action, v.Back, v.Lead, v.Do = s.inOf(f, was), meetingLink(id, "/edit"), meetingLink(id), "", f.T("bodies.save")
		if was.State == meetings.Called {
			v.Notice = f.T("bodies.meeting.tell")
		}
	}
	to := v.Back
	if r.Method == http.MethodPost {
		in = meetingIn{}
		if err = page.Decode(r, &in); err == nil {
			to, err = s.saveMeeting(r, f, &in, was)
		}
	}
	v.Frame, v.Crumbs = f, crumbs(f, "meetings", page.Crumb{Label: f.Title})
	v.Hidden = []page.Option{{Label: "revision", Value: strconv.Itoa(in.Revision)}, {Label: "demand", Value: in.Demand}}
	fields, err2 := s.meetingFields(r, f, in, was)
	if err2 != nil {
		return err2
	}
	v.Fields = fields
	return v.answer(w, r, err, to, saidSaved)
}

func (s *Site) inOf(f page.Frame, m meetings.Meeting) meetingIn {
	in := meetingIn{Body: string(m.Body), Title: m.Title, Letters: m.Letters, Place: m.Place, Online: m.Online, Chair: m.Chair, Recorder: m.Recorder, Intro: m.Intro, Revision: m.Revision}
	in.Day, in.Hour = civil.Of(m.At, f.House.Zone), f.Clock(s.site.Local(m.At))
	if !m.Ends.IsZero() {
		in.Until, in.Ends = civil.Of(m.Ends, f.House.Zone), f.Clock(s.site.Local(m.Ends))
	}
	return in
}

func (s *Site) saveMeeting(r *http.Request, f page.Frame, in *meetingIn, was meetings.Meeting) (string, error) {
	m, err := in.meeting(f.House.Zone)
	if err != nil {
		return "", err
	}
	if was.ID == "" {
		if m.Body == "" {
			return "", fault.In("body", "bodies.meeting.body")
		}
		m, err = s.Meetings.Plan(r.Context(), f.Actor, m)
		return meetingLink(m.ID), err
	}
	m.ID, m.Letters = was.ID, was.Letters
	now, err := s.Meetings.Change(r.Context(), f.Actor, m)
	if fault.Is(err, fault.Conflict) {
		in.Revision = now.Revision
	}
	return meetingLink(was.ID), err
}

func (s *Site) meetingFields(r *http.Request, f page.Frame, in meetingIn, was meetings.Meeting) ([]page.Field, error) {
	var list []page.Field
	if was.ID == "" {
		options, err := s.bodyOptions(r, f, f.T("bodies.choose"))
		if err != nil {
			return nil, err
		}
		list = append(list,
			page.Field{Name: "body", Label: f.T("bodies.fact.body"), Type: "select", Value: in.Body, Options: options, W: "m"},
			page.Field{Name: "letters", Label: f.T("bodies.meeting.letters"), Hint: f.T("bodies.meeting.letters.hint"), Type: "checkbox", Value: ticked(in.Letters)})
	}
	return append(list,
		page.Field{Name: "title", Label: f.T("bodies.meeting.title"), Hint: f.T("bodies.meeting.title.hint"), Value: in.Title, W: "m"},
		page.Field{Name: "day", Label: f.T("bodies.meeting.day"), Type: "date", Value: typed(f, in.Day)},
		page.Field{Name: "hour", Label: f.T("bodies.meeting.hour"), Value: in.Hour, W: "s"},
		page.Field{Name: "until", Label: f.T("bodies.meeting.until"), Hint: f.T("bodies.meeting.until.hint"), Type: "date", Value: typed(f, in.Until)},
		page.Field{Name: "ends", Label: f.T("bodies.meeting.ends.at"), Value: in.Ends, W: "s"},
		page.Field{Name: "place", Label: f.T("bodies.fact.place"), Value: in.Place, W: "m"},
		page.Field{Name: "online", Label: f.T("bodies.meeting.link"), Type: "url", Value: in.Online, W: "m"},
		page.Field{Name: "chair", Label: f.T("bodies.fact.chair"), Hint: f.T("bodies.meeting.chair.hint"), Value: in.Chair, W: "m"},
		page.Field{Name: "recorder", Label: f.T("bodies.fact.recorder"), Value: in.Recorder, W: "m"},
		page.Field{Name: "intro", Label: f.T("bodies.meeting.intro"), Type: "textarea", Value: in.Intro},
	), nil
}

// call sends the meeting out, after it was shown what that means.
func (s *Site) call(w http.ResponseWriter, r *http.Request) error {
	h, err := s.meeting(r, "agenda")
	if err == nil {
		err = h.Actor.Must(bodies.Work)
	}
	if err != nil {
		return err
	}
	m := h.Meeting
	var in struct {
		Short  string `form:"short"`
		Silent bool   `form:"silent"`
	}
	if r.Method == http.MethodPost {
		if err = page.Decode(r, &in); err == nil {
			_, err = s.Meetings.Call(r.Context(), h.Actor, m.ID, in.Short, in.Silent)
		}
	}
	f := h.Frame
	f.Title = f.T("bodies.do.call")
	v := formView{Frame: f, Crumbs: crumbs(f, "meetings", page.Crumb{Label: m.Title, Link: meetingLink(m.ID), Lang: f.Own()}, page.Crumb{Label: f.Title}), Kicker: m.BodyIs, Action: r.URL.Path, Do: f.T("bodies.do.call"), Back: meetingLink(m.ID)}
	v.Facts = s.meetingFacts(h)
	v.Lead = f.T("bodies.call.lead")
	if m.Letters {
		v.Lead = f.T("bodies.call.lead.letters")
	}
	if days, short := m.Notice(f.Today, f.House.Zone); short {
		v.Warn = f.T("bodies.call.warn", "days", f.T("bodies.days", "n", max(days, 0)), "needed", f.T("bodies.days", "n", m.Rule.Notice), "cite", m.Rule.Cite)
		v.Fields = append(v.Fields, page.Field{Name: "short", Label: f.T("bodies.call.why"), Type: "textarea", Value: in.Short})
	}
	v.Fields = append(v.Fields, page.Field{Name: "silent", Label: f.T("bodies.call.silent"), Hint: f.T("bodies.call.silent.hint"), Type: "checkbox", Value: ticked(in.Silent)})
	return v.answer(w, r, err, v.Back, "said.bodies.called")
}

// question asks about a meeting before a deed.
func (s *Site) question(w http.ResponseWriter, r *http.Request, key string, danger bool, to string, deed func(head) error) error {
	h, err := s.meeting(r, "agenda")
	if err == nil {
		err = h.Actor.Must(bodies.Work)
	}
	if err != nil {
		return err
	}
	m := h.Meeting
	q := page.Question{Frame: h.Frame, Ask: h.T("bodies.ask." + key), Text: h.T("bodies.ask." + key + ".text"), Do: h.T("bodies.do." + key), Danger: danger, Action: r.URL.Path, Back: meetingLink(m.ID)}
	q.Crumbs = crumbs(h.Frame, "meetings", page.Crumb{Label: first(m.Number, m.Title), Link: meetingLink(m.ID), Lang: h.Own()}, page.Crumb{Label: q.Do})
	if to == "" {
		to = meetingLink(m.ID)
	}
	return s.ask(w, r, q, to, saidDone, func() error { return deed(h) })
}

func (s *Site) cancel(w http.ResponseWriter, r *http.Request) error {
	return s.question(w, r, "cancel", true, "", func(h head) error {
		_, err := s.Meetings.Cancel(r.Context(), h.Actor, h.Meeting.ID)
		return err
	})
}

func (s *Site) dropMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.question(w, r, "drop", true, "/meetings", func(h head) error {
		_, err := s.Meetings.Drop(r.Context(), h.Actor, h.Meeting.ID)
		return err
	})
}

func (s *Site) closeMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.question(w, r, "close", false, meetingLink(meetings.MeetingID(r.PathValue("id")), "/minutes"), func(h head) error {
		_, err := s.Meetings.Close(r.Context(), h.Actor, h.Meeting.ID)
		return err
	})
}

// begin opens the meeting, and goes on to who is there.
func (s *Site) begin(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id := meetings.MeetingID(r.PathValue("id"))
	if _, err := s.Meetings.Begin(r.Context(), f.Actor, id); err != nil {
		return s.showAgenda(w, r, err)
	}
	return page.Go(w, r, meetingLink(id, "/attendance"), "said.bodies.begun")
}

func (s *Site) remind(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id := meetings.MeetingID(r.PathValue("id"))
	if err := s.Meetings.Remind(r.Context(), f.Actor, id); err != nil {
		return s.showAgenda(w, r, err)
	}
	return page.Go(w, r, meetingLink(id, "/attendance"), "said.bodies.reminded")
}

// invite has invitations written to those who have none yet.
func (s *Site) invite(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id := meetings.MeetingID(r.PathValue("id"))
	if _, err := s.Meetings.Invite(r.Context(), f.Actor, id); err != nil {
		return s.showAgenda(w, r, err)
	}
	return page.Go(w, r, meetingLink(id), "said.bodies.invited")
}

// item writes a point of the agenda; the one named new is a new one.
func (s *Site) item(w http.ResponseWriter, r *http.Request) error {
	h, err := s.meeting(r, "agenda")
	if err == nil {
		err = h.Actor.Must(bodies.Work)
	}
	if err != nil {
		return err
	}
	m, f := h.Meeting, h.Frame
	f.Title = f.T("bodies.item.new")
	item, ok := m.Item(r.PathValue("item"))
	if ok {
		f.Title = item.Title
	} else if r.PathValue("item") != "new" {
		return fault.New(fault.Missing, "bodies.item.missing")
	}
	in := struct {
		Title   string `form:"title"`
		Speaker string `form:"speaker"`
		Text    string `form:"text"`
	}{item.Title, item.Speaker, item.Text}
	if r.Method == http.MethodPost {
		if err = page.Decode(r, &in); err == nil {
			_, err = s.Meetings.PutItem(r.Context(), f.Actor, m.ID, 0, meetings.Item{ID: item.ID, Title: in.Title, Speaker: in.Speaker, Text: in.Text})
		}
	}
	v := formView{Frame: f, Crumbs: crumbs(f, "meetings", page.Crumb{Label: first(m.Number, m.Title), Link: meetingLink(m.ID), Lang: f.Own()}, page.Crumb{Label: f.Title}), Action: r.URL.Path, Do: f.T("bodies.save"), Back: meetingLink(m.ID), Fields: []page.Field{
		{Name: "title", Label: f.T("bodies.item.title"), Value: in.Title},
		{Name: "speaker", Label: f.T("bodies.item.speaker"), Value: in.Speaker, W: "m"},
		{Name: "text", Label: f.T("bodies.item.text"), Type: "textarea", Value: in.Text},
	}}
	return v.answer(w, r, err, v.Back, saidSaved)
}

// shift moves a point up or down, or takes it off.
func (s *Site) shift(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id, item := meetings.MeetingID(r.PathValue("id")), r.PathValue("item")
	var err error
	switch way := r.PathValue("way"); way {
	case "up", "down":
		_, err = s.Meetings.ShiftItem(r.Context(), f.Actor, id, item, way == "down")
	case "take":
		_, err = s.Meetings.TakeItem(r.Context(), f.Actor, id, item)
	default:
		err = fault.New(fault.Missing, "page.missing")
	}
	if err != nil {
		return err
	}
	return page.Go(w, r, meetingLink(id)+"#i-"+item, "")
}

func (s *Site) uploadTo(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id := meetings.MeetingID(r.PathValue("id"))
	if err := f.Actor.Must(bodies.Work); err != nil { // before the file is read
		return err
	}
	name, content, err := file(r)
	if err == nil {
		defer content.Close()
		_, err = s.Meetings.AddPaper(r.Context(), f.Actor, id, r.FormValue("item"), name, content)
	}
	if err != nil {
		return s.showAgenda(w, r, err)
	}
	return page.Go(w, r, meetingLink(id), saidSaved)
}

func (s *Site) meetingPaper(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	p, content, err := s.Meetings.OpenPaper(r.Context(), f.Actor, meetings.MeetingID(r.PathValue("id")), r.PathValue("paper"))
	if err != nil {
		return err
	}
	return send(w, p, content)
}

func (s *Site) dropMeetingPaper(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id := meetings.MeetingID(r.PathValue("id"))
	if err := s.Meetings.DropPaper(r.Context(), f.Actor, id, r.PathValue("paper")); err != nil {
		return err
	}
	return page.Go(w, r, meetingLink(id), saidDone)
}

// sheet hands out a paper of the meeting: GET /meetings/…/sheets/minutes.pdf.
func (s *Site) sheet(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	name, format, _ := strings.Cut(r.PathValue("file"), ".")
	out, err := s.Meetings.Sheet(r.Context(), f.Actor, meetings.MeetingID(r.PathValue("id")), meetings.Sheet(name), format, f.Printer)
	if err != nil {
		return err
	}
	page.Attach(w, out.MIME, out.Name)
	_, err = w.Write(out.Bytes)
	return err
}

func (s *Site) calendar(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	text, err := s.Meetings.Calendar(r.Context(), f.Actor, meetings.MeetingID(r.PathValue("id")))
	if err != nil {
		return err
	}
	page.Attach(w, "text/calendar; charset=utf-8", "meeting.ics")
	_, err = w.Write([]byte(text))
	return err
}
