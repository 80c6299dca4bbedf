package bodiesweb

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// exportDecisions hands out all decisions of a filter: GET /decisions/export?as=csv|xlsx|json&….
func (s *Site) exportDecisions(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	q := decisionQuery(r.URL.Query(), f.Today)
	q.Before, q.Limit = "", 1_000
	list := []decisionWire{}
	for {
		some, err := s.Bodies.Decisions(r.Context(), f.Actor, q)
		if err != nil {
			return err
		}
		for _, d := range some {
			list = append(list, wireOfDecision(d))
		}
		if len(some) < q.Limit {
			break
		}
		q.Before = some[len(some)-1].ID
	}
	rows := heads(f, "number", "body", "on", "title", "text", "for", "against", "abstained", "rule", "force", "by", "open", "case", "owner", "due", "done")
	for _, d := range list {
		rows = append(rows, []string{d.Number, d.Body, d.On, d.Title, d.Text, strconv.Itoa(d.For), strconv.Itoa(d.Against), strconv.Itoa(d.Abstained), d.Rule, word(f, "force", bodies.Force(d.Force)), d.By, word(f, "open", bodies.Openness(d.Open)), d.Case, d.Owner, d.Due, d.Done})
	}
	return export(w, r, "decisions", rows, list)
}

// heads are the headings of an export.
func heads(f page.Frame, keys ...string) [][]string {
	row := []string{}
	for _, key := range keys {
		row = append(row, f.T("bodies.heading."+key))
	}
	return [][]string{row}
}

// exportSeats hands out seats: all there are or were, those of a day, or those of our
// people in the bodies of others: GET /bodies/export?as=csv|xlsx|json&on=…&kind=outside.
func (s *Site) exportSeats(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	var in struct {
		On   civil.Date `form:"on"`
		Kind string     `form:"kind"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	day := in.On
	if day.IsZero() {
		day = f.Today
	}
	all, err := s.Bodies.Bodies(r.Context(), f.Actor, day, true)
	if err != nil {
		return err
	}
	list := []seatWire{}
	rows := heads(f, "body", "of", "name", "office", "votes", "how", "from", "last", "by_whom", "act", "for_whom", "email", "tie", "ended")
	for _, b := range all {
		if in.Kind != "" && string(b.Kind) != in.Kind {
			continue
		}
		seats := b.Seats
		if in.On.IsZero() {
			if _, seats, err = s.Bodies.Body(r.Context(), f.Actor, b.ID); err != nil {
				return err
			}
		}
		for _, seat := range seats {
			one := wireOfSeat(b.Body, seat)
			list = append(list, one)
			why := ""
			if seat.Why != "" {
				why = word(f, "why", seat.Why)
			}
			rows = append(rows, []string{one.Body, one.Of, one.Name, word(f, "office", seat.Office), yes(f, seat.Votes), word(f, "how", seat.How), one.From, one.Last, one.By, one.Act, one.For, one.Email, s.tieName(f, seat.Tie), why})
		}
	}
	return export(w, r, "bodies", rows, list)
}

func yes(f page.Frame, b bool) string {
	if b {
		return f.T("bodies.vote.yes")
	}
	return f.T("bodies.vote.no")
}

// exportMeetings hands out the meetings that one may see: GET /meetings/export?as=…&body=…&state=….
func (s *Site) exportMeetings(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	q := meetings.MeetingQuery{Body: bodies.BodyID(r.URL.Query().Get("body")), State: meetings.State(r.URL.Query().Get("state")), Limit: 500}
	list, rows := []meetingWire{}, heads(f, "number", "body", "title", "state", "at", "until", "place")
	for {
		some, err := s.Meetings.Meetings(r.Context(), f.Actor, q)
		if err != nil {
			return err
		}
		for _, m := range some {
			list = append(list, wireOfMeeting(m))
			rows = append(rows, []string{m.Number, m.BodyIs, m.Title, word(f, "state", m.State), s.plain(m.At), s.plain(m.Ends), first(m.Place, m.Online)})
		}
		if len(some) < q.Limit {
			return export(w, r, "meetings", rows, list)
		}
		q.Before = some[len(some)-1].ID
	}
}

// plain is a time of the house as tables sort it: 2026-11-24 18:30.
func (s *Site) plain(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return s.site.Local(t).Format("2006-01-02 15:04")
}

// An attendeeWire is somebody at a meeting as an export writes them.
type attendeeWire struct {
	Name   string `json:"name"`
	Office string `json:"office"`
	Votes  bool   `json:"votes"`
	Reply  string `json:"reply,omitempty"`
	Sends  string `json:"sends,omitempty"`
	Way    string `json:"way,omitempty"`
	Acts   string `json:"acts,omitempty"`
	Holder string `json:"holder,omitempty"`
	Basis  string `json:"basis,omitempty"`
	Left   string `json:"left,omitempty"`
	Voted  string `json:"voted,omitempty"`
}

// exportAttendance hands out who was called to a meeting, who came, and who voted for
// whom: GET /meetings/{id}/attendance/export?as=….
func (s *Site) exportAttendance(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.tab.attendance")
	if err != nil {
		return err
	}
	m, err := s.Meetings.Meeting(r.Context(), f.Actor, meetings.MeetingID(r.PathValue("id")))
	if err != nil {
		return err
	}
	var all []meetings.Attendee
	names := map[meetings.AttendeeID]string{}
	for q := (meetings.AttendeeQuery{Meeting: m.ID, Way: r.URL.Query().Get("way"), Text: r.URL.Query().Get("q"), Limit: 1_000}); ; q.After = all[len(all)-1].ID {
		some, err := s.Meetings.Attendees(r.Context(), f.Actor, q)
		if err != nil {
			return err
		}
		for _, a := range some {
			names[a.ID] = a.Name
		}
		if all = append(all, some...); len(some) < q.Limit {
			break
		}
	}
	list, rows := []attendeeWire{}, heads(f, "name", "office", "votes", "reply", "way", "acts", "holder", "basis", "left", "voted")
	for _, a := range all {
		one := attendeeWire{a.Name, string(a.Office), a.Votes, string(a.Reply), a.Sends, string(a.Way), a.Acts, names[a.Holder], a.Basis, instant(a.Left), instant(a.Voted)}
		list = append(list, one)
		rows = append(rows, []string{a.Name, word(f, "office", a.Office), yes(f, a.Votes), replied(f, a), word(f, "way", a.Way), a.Acts, one.Holder, a.Basis, s.plain(a.Left), s.plain(a.Voted)})
	}
	return export(w, r, "attendance-"+fileNumber(m), rows, list)
}

// exportMotions hands out the motions of a meeting with their votes:
// GET /meetings/{id}/motions/export?as=….
func (s *Site) exportMotions(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	m, err := s.Meetings.Meeting(r.Context(), f.Actor, meetings.MeetingID(r.PathValue("id")))
	if err != nil {
		return err
	}
	all, err := s.Meetings.Motions(r.Context(), f.Actor, m.ID)
	if err != nil {
		return err
	}
	list, rows := wireOfSitting(m, all).Motions, heads(f, "item", "title", "text", "mover", "fate", "for", "against", "abstained", "needed", "number", "amendments")
	for i, one := range all {
		item, _ := m.Item(one.Item)
		rows = append(rows, []string{item.Title, one.Title, list[i].Text, one.Mover, word(f, "fate", one.Fate), strconv.Itoa(one.Result.For), strconv.Itoa(one.Result.Against), strconv.Itoa(one.Result.Abstained), strconv.Itoa(one.Needed), one.Number, strconv.Itoa(len(one.Amendments))})
	}
	return export(w, r, "motions-"+fileNumber(m), rows, list)
}

// fileNumber is the number of a meeting as the name of a file has it.
func fileNumber(m meetings.Meeting) string {
	return strings.ToLower(strings.ReplaceAll(first(m.Number, string(m.ID)), "/", "-"))
}

// export hands out a list as the form that is asked for. Nothing is sent until all
// is made, so that a failure is not half a file.
func export(w http.ResponseWriter, r *http.Request, name string, rows [][]string, list any) error {
	switch r.URL.Query().Get("as") {
	case "json":
		whole, err := json.MarshalIndent(list, "", "\t")
		if err != nil {
			return fmt.Errorf("bodies: export: %w", err)
		}
		page.Attach(w, "application/json; charset=utf-8", name+".json")
		_, err = w.Write(whole)
		return err
	case "xlsx":
		page.Attach(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name+".xlsx")
		return table.WriteBook(w, name, slices.Values(rows))
	}
	return page.Table(w, name+".csv", rows)
}

// exportSigned hands out who signed a demand:
// GET /bodies/{id}/demands/{demand}/export?as=….
func (s *Site) exportSigned(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.demand")
	if err != nil {
		return err
	}
	_, signed, err := s.Bodies.Demand(r.Context(), f.Actor, bodies.DemandID(r.PathValue("demand")))
	if err != nil {
		return err
	}
	type wire struct {
		Name string `json:"name"`
		On   string `json:"on"`
	}
	list, rows := []wire{}, heads(f, "name", "on")
	for _, one := range signed {
		list = append(list, wire{one.Name, one.On.String()})
		rows = append(rows, []string{one.Name, one.On.String()})
	}
	return export(w, r, "signatures", rows, list)
}
