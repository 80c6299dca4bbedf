// Package meetings has the meetings of bodies, from the invitation to the minutes,
// and the sessions in which a body decides by letter.
//
// What holds:
//
//   - The rule of a meeting is the body's on the day it was called. The count of
//     its quorum is frozen when it is reached.
//   - A motion that carries becomes a decision at once, under the next number, with
//     the text as amended.
//   - A result is computed by the rule from how many voted how, and never typed.
//   - Minutes that were approved never change again, and nothing of their meeting.
//   - The end of a correspondence session stays reached, whatever clocks say.
//   - Who is not of the office sees the meetings of bodies in which they sit, and
//     those to which they are called.
package meetings

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
)

// A MeetingID names a meeting for good.
type MeetingID = bodies.MeetingID

// A State is how far a meeting is.
type State string

// The states.
const (
	Planned   State = "planned"   // the agenda is being written
	Called    State = "called"    // invitations have gone out
	Open      State = "open"      // it sits; of a correspondence session: votes are taken
	Closed    State = "closed"    // the minutes are being written
	Approved  State = "approved"  // the minutes are
	Cancelled State = "cancelled" // odpovedana
)

// States are all states in the order in which they are gone through.
func States() []State { return []State{Planned, Called, Open, Closed, Approved, Cancelled} }

// A Meeting is one of a body: people come together, or decide by letter.
//
// These hold of every Meeting that Check accepts:
//
//   - It has a title and an hour at which it begins.
//   - It ends after it begins, if it ends; a correspondence session does.
//   - Online is a web address, if there is one.
type Meeting struct {
	ID       MeetingID
	Body     bodies.BodyID
	BodyIs   string // its name and its sign in numbers, from when the meeting was planned
	BodyKind bodies.Kind
	Prefix   string
	Letters  bool   // dopisna seja: decided by letter until Ends
	Number   string // "UO-7/2026", from the call on
	Title    string
	State    State
	At, Ends time.Time
	Place    string
	Online   string
	Intro    string // what the invitation says before the agenda
	Chair    string
	Recorder string
	Rule     bodies.Rule // the body's, from the call on
	Short    string
	Called   time.Time
	Sequence int     // of the invitation, as calendars count its changes
	Job      jobs.ID // that writes the letters
	Demand   bodies.DemandID
	Opened   time.Time
	Counts   []Headcount
	Closed   time.Time
	Over     time.Time // when the end of a correspondence session was found reached
	Protests int       // how many wanted a real meeting instead
	Stopped  bool      // they were enough for that
	Given    int       // how many decisions stand
	Numbers  int       // the last number given; none is given twice
	Agenda   []Item
	Minutes  Minutes
	Revision int
	Changed  time.Time
}

// An Item is a point of the agenda (točka dnevnega reda).
type Item struct {
	ID      string
	Title   string
	Text    string // what it is about
	Speaker string
	Said    string // what the minutes tell of the discussion
}

// Minutes are what is told of a meeting beside its items, votes and decisions.
type Minutes struct {
	Opening, Closing string
	By               string     // the meeting that approved them, by its number
	On               civil.Date // when; none for a draft
	PDF, DOCX        string     // hashes of the files, once they are made
}

// A Headcount is a finding on the quorum (ugotovitev sklepčnosti).
type Headcount struct {
	At      time.Time
	Second  bool // of the second call
	All     int  // who has a vote on the day
	Needed  int
	Present int // in person, online or by authorisation
	Proxies int // those of them who are there by authorisation
}

// Reached reports whether there was a quorum.
func (h Headcount) Reached() bool { return h.Present >= h.Needed }

// Quorum is the headcount that found one, and whether one did.
func (m Meeting) Quorum() (Headcount, bool) {
	for _, h := range m.Counts {
		if h.Reached() {
			return h, true
		}
	}
	return Headcount{}, false
}

// Tidy returns m as it is kept.
func (m Meeting) Tidy() Meeting {
	m.Title, m.Place, m.Online = line(m.Title), line(m.Place), line(m.Online)
	m.Chair, m.Recorder = line(m.Chair), line(m.Recorder)
	m.Intro, m.Short = strings.TrimSpace(m.Intro), strings.TrimSpace(m.Short)
	return m
}

// Check returns the faults for the rules above that m breaks.
func (m Meeting) Check() error {
	var wrong fault.Fields
	if m.Title == "" {
		wrong.Add("title", "bodies.meeting.title.empty")
	}
	for field, text := range map[string]string{"title": m.Title, "place": m.Place, "online": m.Online, "chair": m.Chair, "recorder": m.Recorder} {
		long(&wrong, field, text, longestLine)
	}
	long(&wrong, "intro", m.Intro, longestText)
	if m.At.IsZero() {
		wrong.Add("day", "bodies.day.empty")
	}
	switch {
	case m.Letters && m.Ends.IsZero():
		wrong.Add("until", "bodies.session.ends")
	case !m.Ends.IsZero() && !m.At.Before(m.Ends):
		wrong.Add("until", "bodies.meeting.ends")
	}
	if u, err := url.Parse(m.Online); m.Online != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		wrong.Add("online", "bodies.meeting.online")
	}
	return wrong.Err()
}

// Fixed reports whether nothing of the meeting may change any more.
func (m Meeting) Fixed() bool { return m.State == Approved || m.State == Cancelled }

// Notice is how many whole days there are between the call and the meeting, and
// whether the rule asks for more. A session by letter needs none: it has its own end.
func (m Meeting) Notice(today civil.Date, zone *time.Location) (days int, short bool) {
	days = civil.Of(m.At, zone).Sub(today)
	return days, days < m.Rule.Notice && !m.Letters
}

// Call sends the meeting out under its number. If there are fewer days than the
// statute asks for, it needs to be told why: m.Short.
func (m Meeting) Call(n int, at time.Time, zone *time.Location) (Meeting, error) {
	switch {
	case m.State != Planned:
		return m, fault.New(fault.Conflict, "bodies.call.not_planned")
	case len(m.Agenda) == 0:
		return m, fault.New(fault.Conflict, "bodies.call.agenda")
	case m.Letters && !at.Before(m.Ends):
		return m, fault.In("until", "bodies.session.past")
	}
	if _, short := m.Notice(civil.Of(at, zone), zone); short && m.Short == "" {
		return m, fault.In("short", "bodies.call.short")
	}
	m.State, m.Called = Called, at
	m.Number = m.Prefix + "-" + strconv.Itoa(n) + "/" + strconv.Itoa(m.At.In(zone).Year())
	if m.Letters {
		m.State, m.Opened = Open, at
	}
	return m, nil
}

// Move puts a meeting that has been called to another hour or place; all who are
// invited hear of it.
func (m Meeting) Move(to Meeting) (Meeting, bool, error) {
	if m.State != Planned && m.State != Called {
		return m, false, fault.New(fault.Conflict, "bodies.meeting.begun")
	}
	moved := !m.At.Equal(to.At) || !m.Ends.Equal(to.Ends) || m.Place != to.Place || m.Online != to.Online || m.Title != to.Title
	m.Title, m.At, m.Ends, m.Place, m.Online, m.Intro, m.Chair, m.Recorder = to.Title, to.At, to.Ends, to.Place, to.Online, to.Intro, to.Chair, to.Recorder
	tell := moved && m.State == Called
	if tell {
		m.Sequence++
	}
	return m, tell, m.Check()
}

// Cancel calls the meeting off.
func (m Meeting) Cancel() (Meeting, error) {
	if m.State != Planned && m.State != Called && !(m.Letters && m.State == Open) {
		return m, fault.New(fault.Conflict, "bodies.meeting.begun")
	}
	m.State = Cancelled
	m.Sequence++
	return m, nil
}

// Begin opens a meeting that was called.
func (m Meeting) Begin(at time.Time) (Meeting, error) {
	if m.State != Called {
		return m, fault.New(fault.Conflict, "bodies.open.not_called")
	}
	m.State, m.Opened = Open, at
	return m, nil
}

// secondCall is from when fewer may be enough.
func (m Meeting) secondCall() time.Time {
	return m.At.Add(time.Duration(m.Rule.Wait) * time.Minute)
}

// Find adds a headcount. At the second call it must be the hour for it; once there
// is a quorum, it stays the one that was found.
func (m Meeting) Find(h Headcount) (Meeting, error) {
	_, found := m.Quorum()
	switch {
	case m.State != Open:
		return m, fault.New(fault.Conflict, "bodies.meeting.not_open")
	case found:
		return m, fault.New(fault.Conflict, "bodies.quorum.found")
	case h.Second && m.Rule.Quorum.Second == nil:
		return m, fault.New(fault.Conflict, "bodies.quorum.no_second")
	case h.Second && h.At.Before(m.secondCall()):
		return m, fault.New(fault.Conflict, "bodies.quorum.wait", "minutes", m.Rule.Wait)
	}
	h.Needed = m.Rule.Needs(h.All, h.Second)
	m.Counts = append(slices.Clone(m.Counts), h)
	return m, nil
}

// End closes the meeting.
func (m Meeting) End(at time.Time) (Meeting, error) {
	if m.State != Open {
		return m, fault.New(fault.Conflict, "bodies.meeting.not_open")
	}
	m.State, m.Closed = Closed, at
	return m, nil
}

// Approve fixes the minutes for good.
func (m Meeting) Approve(by string, on civil.Date) (Meeting, error) {
	switch {
	case m.State != Closed:
		return m, fault.New(fault.Conflict, "bodies.minutes.not_closed")
	case on.IsZero():
		return m, fault.In("on", "bodies.day.empty")
	}
	m.State, m.Minutes.By, m.Minutes.On = Approved, line(by), on
	return m, nil
}

// Past reports whether the end of a correspondence session was reached. Once that
// was found, no clock takes it back.
func (m Meeting) Past(now time.Time) bool {
	return m.Letters && (!m.Over.IsZero() || !now.Before(m.Ends))
}

// mostItems is how long an agenda may be.
const mostItems = 100

// Item is the point of the agenda, and whether there is one.
func (m Meeting) Item(id string) (Item, bool) {
	i := m.at(id)
	if i < 0 {
		return Item{}, false
	}
	return m.Agenda[i], true
}

func (m Meeting) at(id string) int {
	return slices.IndexFunc(m.Agenda, func(i Item) bool { return i.ID == id })
}

// Put writes a point of the agenda: over the one of its ID, or at the end.
func (m Meeting) Put(i Item) (Meeting, error) {
	i.Title, i.Speaker, i.Text, i.Said = line(i.Title), line(i.Speaker), strings.TrimSpace(i.Text), strings.TrimSpace(i.Said)
	var wrong fault.Fields
	if i.Title == "" {
		wrong.Add("title", "bodies.item.title.empty")
	}
	long(&wrong, "title", i.Title, longestLine)
	long(&wrong, "speaker", i.Speaker, longestLine)
	long(&wrong, "text", i.Text, longestText)
	long(&wrong, "said", i.Said, longestText)
	if err := wrong.Err(); err != nil {
		return m, err
	}
	m.Agenda = slices.Clone(m.Agenda)
	switch at := m.at(i.ID); {
	case m.Fixed():
		return m, fault.New(fault.Conflict, "bodies.meeting.fixed")
	case at >= 0:
		m.Agenda[at] = i
	case len(m.Agenda) == mostItems:
		return m, fault.New(fault.TooBig, "bodies.item.many")
	default:
		m.Agenda = append(m.Agenda, i)
	}
	return m, nil
}

// Shift moves a point of the agenda by one place, up or down. At the end of the
// agenda it stays where it is.
func (m Meeting) Shift(id string, down bool) (Meeting, error) {
	if err := m.arranging(); err != nil {
		return m, err
	}
	m.Agenda = slices.Clone(m.Agenda)
	from, to := m.at(id), m.at(id)-1
	if down {
		to = from + 1
	}
	if from < 0 {
		return m, fault.New(fault.Missing, "bodies.item.missing")
	}
	if to >= 0 && to < len(m.Agenda) {
		m.Agenda[from], m.Agenda[to] = m.Agenda[to], m.Agenda[from]
	}
	return m, nil
}

// Take takes a point off the agenda.
func (m Meeting) Take(id string) (Meeting, error) {
	if err := m.arranging(); err != nil {
		return m, err
	}
	m.Agenda = slices.DeleteFunc(slices.Clone(m.Agenda), func(i Item) bool { return i.ID == id })
	return m, nil
}

// arranging returns a fault unless the agenda may be put in another order.
func (m Meeting) arranging() error {
	if m.State != Planned && m.State != Called && m.State != Open {
		return fault.New(fault.Conflict, "bodies.meeting.fixed")
	}
	return nil
}

// dayOf is the day of an instant in the zone that it is told in.
func dayOf(t time.Time) civil.Date { return civil.Of(t, t.Location()) }
