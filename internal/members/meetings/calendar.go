package meetings

import (
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"
)

// Calendar is the meeting as calendars take it (RFC 5545, RFC 5546): a request to
// come, its change under a higher sequence, or word that it is called off. The time
// is told in the zone of the house, with the rules of that zone. To whom it goes may
// be empty, for a file to take away.
func (h House) Calendar(m Meeting, to, name, link string) string {
	cal := ics.NewCalendarFor("asociacija")
	method, status := ics.MethodRequest, ics.ObjectStatusConfirmed
	if m.State == Cancelled {
		method, status = ics.MethodCancel, ics.ObjectStatusCancelled
	}
	if to == "" {
		method = ics.MethodPublish
	}
	cal.SetMethod(method)
	end := m.Ends
	if end.IsZero() {
		end = m.At.Add(2 * time.Hour)
	}
	zone := h.zone(cal, m.At, end)
	e := cal.AddEvent("meeting-" + string(m.ID) + "@" + h.host())
	e.SetDtStampTime(m.Changed)
	if m.Letters { // what matters is its end
		h.at(e, ics.ComponentPropertyDtStart, end, zone)
	} else {
		h.at(e, ics.ComponentPropertyDtStart, m.At, zone)
		h.at(e, ics.ComponentPropertyDtEnd, end, zone)
	}
	e.SetSequence(m.Sequence)
	e.SetStatus(status)
	e.SetSummary(plain(m.BodyIs + ": " + m.Title))
	var place []string
	for _, s := range []string{m.Place, m.Online} {
		if s != "" {
			place = append(place, plain(s))
		}
	}
	if len(place) > 0 {
		e.SetLocation(strings.Join(place, ", "))
	}
	about := []string{}
	for i, item := range m.Agenda {
		about = append(about, ordinal(i+1)+" "+item.Title)
	}
	e.SetDescription(plain(strings.Join(append(about, link), "\n")))
	e.SetURL(link)
	if to != "" {
		if h.Email != "" {
			e.SetOrganizer("mailto:"+h.Email, ics.WithCN(param(h.Name)))
		}
		e.AddAttendee("mailto:"+to, ics.WithCN(param(name)), ics.ParticipationStatusNeedsAction, ics.WithRSVP(false))
	}
	return cal.Serialize(ics.WithNewLineWindows)
}

// at writes a time of the place, of which the zone is named beside it; one that the
// clocks there show twice as the time of the world, for no zone could tell which.
func (h House) at(e *ics.VEvent, name ics.ComponentProperty, t time.Time, zone ics.PropertyParameter) {
	t = t.In(h.Zone)
	if is, _ := twice(t); is {
		e.SetProperty(name, t.UTC().Format("20060102T150405Z"))
		return
	}
	e.SetProperty(name, t.Format("20060102T150405"), zone)
}

// zone adds the zone of the house as it is in the time of the event: the offset
// that holds then, and each one that the clocks change to.
func (h House) zone(cal *ics.Calendar, from, until time.Time) ics.PropertyParameter {
	id := h.Zone.String()
	z := cal.AddTimezone(id)
	at := from.In(h.Zone)
	for n := 0; n < 4; n++ {
		start, end := at.ZoneBounds()
		name, offset := at.Zone()
		before := offset
		if start.IsZero() {
			start = time.Unix(0, 0)
		} else {
			_, before = start.Add(-time.Second).In(h.Zone).Zone()
		}
		s := &ics.ComponentBase{}
		s.SetProperty(ics.ComponentPropertyDtStart, start.In(time.FixedZone("", before)).Format("20060102T150405"))
		s.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), sign(before))
		s.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), sign(offset))
		s.SetProperty(ics.ComponentProperty(ics.PropertyTzname), name)
		if at.IsDST() {
			z.Components = append(z.Components, &ics.Daylight{ComponentBase: *s})
		} else {
			z.Components = append(z.Components, &ics.Standard{ComponentBase: *s})
		}
		if end.IsZero() || end.After(until) {
			break
		}
		at = end.In(h.Zone)
	}
	return ics.WithTZID(id)
}

// sign writes an offset in seconds as +0100.
func sign(offset int) string {
	return time.Unix(0, 0).In(time.FixedZone("", offset)).Format("-0700")
}

// host is the end of the names of events.
func (h House) host() string {
	_, host, _ := strings.Cut(h.URL, "://")
	host, _, _ = strings.Cut(host, "/")
	return host
}

// plain takes out what a calendar may not hold: control characters but for line
// ends.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' {
			return -1
		}
		return c
	}, s)
}

// param is a name as a parameter may hold it: without the quotes that end one.
func param(s string) string { return strings.NewReplacer(`"`, "'", "\n", " ").Replace(plain(s)) }
