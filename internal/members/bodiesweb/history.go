package bodiesweb

import (
	"net/http"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type historyView struct {
	page.Frame
	Crumbs      []page.Crumb
	Kicker      string
	Lines       []lineRow
	First, Next string
}

type lineRow struct{ Deed, About, At, Who string }

// about are the details of a line that say which one it was.
var about = []string{"number", "motion", "from", "last"}

// lines reads a page of what was done to something, newest first, and where the
// first and the next page are.
func (s *Site) lines(r *http.Request, f page.Frame, subject string) (rows []lineRow, first, next string, err error) {
	before := r.URL.Query().Get("before")
	list, err := s.Bodies.History(r.Context(), f.Actor, subject, before)
	for _, l := range list {
		row := lineRow{Deed: l.Deed, At: s.hour(f, l.At), Who: f.T("bodies.history.house")}
		if l.Name != "" {
			row.Who = l.Name
		}
		if key := "did." + l.Deed; f.Has(key) {
			row.Deed = f.T(key)
		}
		for _, of := range about {
			if value := l.Detail[of]; value != "" {
				row.About = f.T("bodies.history."+of, "value", plainly(f, value))
				break
			}
		}
		rows = append(rows, row)
	}
	if before != "" {
		first = r.URL.Path
	}
	if len(list) == bodies.HistoryPage {
		next = r.URL.Path + "?before=" + list[len(list)-1].ID
	}
	return rows, first, next, err
}

// plainly is a value of a line as people read it: days in their way.
func plainly(f page.Frame, value string) string {
	if day, err := civil.Parse(value); err == nil && !day.IsZero() {
		return f.Date(day)
	}
	return value
}

// bodyHistory is what was done to a body and its seats: GET /bodies/{id}/history.
func (s *Site) bodyHistory(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.history")
	if err != nil {
		return err
	}
	b, _, err := s.Bodies.Body(r.Context(), f.Actor, bodies.BodyID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return s.history(w, r, historyView{Frame: f, Kicker: b.Name, Crumbs: crumbs(f, "bodies", page.Crumb{Label: b.Name, Link: bodyLink(b.ID), Lang: f.Own()}, page.Crumb{Label: f.Title})}, bodies.Subject(b.ID))
}

// decisionHistory is what was done to a decision: GET /decisions/{id}/history.
func (s *Site) decisionHistory(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.history")
	if err != nil {
		return err
	}
	d, err := s.Bodies.Decision(r.Context(), f.Actor, bodies.DecisionID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return s.history(w, r, historyView{Frame: f, Kicker: d.Number, Crumbs: []page.Crumb{{Label: f.T("members.view.decisions"), Link: "/decisions"}, {Label: d.Number, Link: decisionLink(d.ID)}, {Label: f.Title}}}, bodies.DecisionSubject(d.ID))
}

func (s *Site) history(w http.ResponseWriter, r *http.Request, v historyView, subject string) (err error) {
	if v.Lines, v.First, v.Next, err = s.lines(r, v.Frame, subject); err != nil {
		return err
	}
	return page.Render(w, r, historyPage(v))
}

type meetingHistoryView struct {
	head
	Lines       []lineRow
	First, Next string
}

// meetingHistory is what was done to a meeting, its motions and its list:
// GET /meetings/{id}/history.
func (s *Site) meetingHistory(w http.ResponseWriter, r *http.Request) error {
	h, err := s.meeting(r, "history")
	if err == nil {
		err = h.Actor.Must(bodies.Work)
	}
	if err != nil {
		return err
	}
	v := meetingHistoryView{head: h}
	if v.Lines, v.First, v.Next, err = s.lines(r, h.Frame, bodies.MeetingSubject(h.Meeting.ID)); err != nil {
		return err
	}
	return page.Render(w, r, meetingHistoryPage(v))
}
