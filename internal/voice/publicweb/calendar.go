package publicweb

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// A day is one all-day event of a calendar.
type day struct {
	uid          string // without the host
	on           civil.Date
	title, about string
	path         string
	changed      time.Time
	revision     int
}

// keptDays is for how many days what is over stays in the calendar.
const keptDays = 31

// mostDays is the most that a calendar holds.
const mostDays = 500

// calendar has the days of all public cases, and the last days of consultations that
// are open: GET /calendar.ics.
func (s *Site) calendar(w http.ResponseWriter, r *http.Request) error {
	p := s.site.In(r.URL.Query().Get("lang"))
	ends, err := s.Cases.Deadlines(r.Context(), s.site.Today().AddDays(-keptDays), mostDays)
	if err != nil {
		return err
	}
	asked, err := s.Consult.PublicOpen(r.Context(), s.site.Today(), mostDays)
	if err != nil {
		return err
	}
	days := s.caseDays(p, ends)
	for _, c := range asked {
		days = append(days, consultationDay(p, c.Consultation))
	}
	return s.sendDays(w, r, p.T("public.calendar.of", "name", s.site.House.Name), days)
}

// fileCalendar has the days of one case: GET /z/2026-014/calendar.ics. A program
// cannot sign in, so a case that is not public is not there.
func (s *Site) fileCalendar(w http.ResponseWriter, r *http.Request) error {
	p := s.site.In(r.URL.Query().Get("lang"))
	file, err := s.Cases.File(r.Context(), auth.Actor{}, voice.CaseID(r.PathValue("id")), s.site.Today())
	switch {
	case fault.Is(err, fault.Denied):
		return s.site.NotFound(w, r)
	case err != nil:
		return err
	}
	asked, err := s.Consult.Of(r.Context(), auth.Actor{}, file.ID)
	if err != nil {
		return err
	}
	days := s.caseDays(p, file.Deadlines(s.site.Today().AddDays(-keptDays)))
	for _, c := range asked {
		days = append(days, consultationDay(p, c))
	}
	return s.sendDays(w, r, p.T("public.calendar.of", "name", file.Name()), days)
}

func (s *Site) caseDays(p *i18n.Printer, list []cases.Deadline) (days []day) {
	for _, d := range list {
		name := s.deadlineName(p, d)
		days = append(days, day{
			uid: d.ID, on: d.On, title: d.CaseIs + ": " + name, path: caseLink(d.Case), changed: d.Changed,
			about: p.T("public.calendar.day", "what", name, "case", cases.Number(d.Case)),
		})
	}
	return days
}

func (s *Site) deadlineName(p *i18n.Printer, d cases.Deadline) string {
	if d.Event != "" {
		return voiceweb.EventName(p, d.Event)
	}
	return voiceweb.ClockName(p, s.Cases.Country(), d.Clock)
}

func consultationDay(p *i18n.Printer, c consult.Consultation) day {
	return day{
		uid: "consultation/" + string(c.ID), on: c.Closes, title: p.T("public.calendar.closes", "title", c.Title), about: c.Lead,
		path: consultationLink(c.ID), changed: c.Made, revision: c.Revision,
	}
}

func (s *Site) sendDays(w http.ResponseWriter, r *http.Request, name string, days []day) error {
	slices.SortFunc(days, func(a, b day) int { return cmp.Or(a.on.Compare(b.on), cmp.Compare(a.uid, b.uid)) })
	cal := ics.NewCalendarFor("asociacija")
	cal.SetXWRCalName(plain(name))
	var newest time.Time
	for _, d := range days[:min(len(days), mostDays)] {
		e := cal.AddEvent(d.uid + "@" + s.host())
		e.SetDtStampTime(d.changed)
		e.SetAllDayStartAt(d.on.Start(time.UTC))
		e.SetAllDayEndAt(d.on.AddDays(1).Start(time.UTC)) // the end is the first day after
		e.SetSummary(plain(d.title))
		e.SetDescription(plain(d.about))
		e.SetURL(s.site.House.URL + d.path)
		e.SetSequence(d.revision)
		e.SetTimeTransparency(ics.TransparencyTransparent) // nobody is busy because of it
		if d.changed.After(newest) {
			newest = d.changed
		}
	}
	if len(days) == 0 { // a calendar must have a component (RFC 5545, 3.6)
		utc := cal.AddTimezone("Etc/UTC").AddStandard()
		utc.SetProperty(ics.ComponentPropertyDtStart, "19700101T000000")
		utc.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0000")
		utc.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0000")
	}
	return answer(w, r, "text/calendar; charset=utf-8", []byte(cal.Serialize(ics.WithNewLineWindows)), newest)
}

// plain takes out what a calendar may not hold: control characters but for line ends.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' {
			return -1
		}
		return c
	}, s)
}
