package bodiesweb

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type myView struct {
	page.Frame
	Coming []turnRow
	Past   []page.Row
	Tasks  []taskPart
}

type turnRow struct {
	When, Note, Title, Link, Meta, Done, Sends, Calendar, Do string
	Replies                                                  []page.Option
	Proxy                                                    bool
}

// Mine are the parts of somebody's own page that tell of the meetings to which they
// are called, with their answers, and of what they have to do of decisions; and of
// meetings that are over. They are empty for who has none.
func (s *Site) Mine(r *http.Request, f page.Frame) (todo, over templ.Component, err error) {
	coming, past, err := s.Meetings.MyMeetings(r.Context(), f.Actor)
	if err != nil {
		return nil, nil, err
	}
	tasks, err := s.Bodies.MyTasks(r.Context(), f.Actor)
	if err != nil {
		return nil, nil, err
	}
	todo, over = templ.NopComponent, templ.NopComponent
	v := myView{Frame: f}
	for _, d := range tasks {
		v.Tasks = append(v.Tasks, taskOf(f, d))
	}
	for _, t := range coming {
		v.Coming = append(v.Coming, s.turnRow(f, t))
	}
	for _, t := range past {
		row := s.meetingRow(f, t.Meeting)
		row.Meta += " · " + t.Place.Name
		if t.Meeting.State == meetings.Approved {
			row.More = []page.Crumb{{Label: f.T("bodies.my.minutes"), Link: meetingLink(t.Meeting.ID, "/sheets/minutes.pdf")}}
		}
		v.Past = append(v.Past, row)
	}
	if len(v.Coming)+len(v.Tasks) > 0 {
		todo = myMeetings(v)
	}
	if len(v.Past) > 0 {
		over = myPast(v)
	}
	return todo, over, nil
}

// turnRow is one meeting to come, for one place at it.
func (s *Site) turnRow(f page.Frame, t meetings.Turn) turnRow {
	m, a := t.Meeting, t.Place
	at := s.site.Local(m.At)
	row := turnRow{When: f.Date(civil.Of(at, f.House.Zone)), Note: f.Clock(at), Title: m.BodyIs + ": " + m.Title, Link: meetingLink(m.ID, "/place/", string(a.ID)), Meta: m.Number + " · " + a.Name, Sends: a.Sends, Calendar: meetingLink(m.ID, "/calendar.ics")}
	switch {
	case m.Letters:
		row.Note = f.T("bodies.until", "day", s.hour(f, m.Ends))
		if !a.Voted.IsZero() {
			row.Done = f.T("bodies.place.voted", "at", s.hour(f, a.Voted))
		} else if a.Votes {
			row.Do = f.T("bodies.place.cast")
		}
	case m.State == meetings.Called:
		row.Replies, row.Proxy = replies(f, m, a), m.Rule.Proxies > 0 && a.Votes
		if a.Reply == meetings.ByProxy {
			row.Sends = ""
		}
		if !a.Replied.IsZero() {
			row.Done = replied(f, a)
		}
	}
	return row
}

// given reports whether one of the answers has been given.
func given(list []page.Option) bool {
	for _, o := range list {
		if o.On {
			return true
		}
	}
	return false
}

// chosen marks a button as the answer that was given, or as the first to press.
func chosen(on, main bool) templ.Attributes {
	switch {
	case on:
		return templ.Attributes{"aria-pressed": "true", "data-kind": "main"}
	case main:
		return templ.Attributes{"data-kind": "main"}
	}
	return nil
}
