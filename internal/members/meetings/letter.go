package meetings

import (
	"html"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/mail"
)

// A writing is a letter as it is being written: paragraphs, once for the text and
// once for its HTML, in which nothing is fetched from anywhere.
type writing struct {
	*i18n.Printer
	text, html strings.Builder
}

// par adds a paragraph; lines within it stay lines.
func (w *writing) par(s string) {
	if s = strings.TrimSpace(s); s == "" {
		return
	}
	w.text.WriteString(s + "\n\n")
	w.html.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(s), "\n", "<br>") + "</p>\n")
}

// link adds an address on a line of its own.
func (w *writing) link(address string) {
	w.text.WriteString(address + "\n\n")
	address = html.EscapeString(address)
	w.html.WriteString(`<p><a href="` + address + `">` + address + "</a></p>\n")
}

// ordinal is the number of a point: "1."
func ordinal(n int) string { return strconv.Itoa(n) + "." }

// hour writes a day and an hour of the house: torek, 24. novembra 2026, ob 18.00.
func (h House) hour(p *i18n.Printer, t time.Time) string {
	t = t.In(h.Zone)
	return p.T("bodies.hour", "day", p.Weekday(dayOf(t))+", "+p.Long(dayOf(t)), "hour", p.Clock(t)+Which(p, t))
}

// twice reports whether the clocks of the place show the time of t twice, on the night
// when they are put back; later is the second time.
func twice(t time.Time) (is, later bool) {
	const wall = "2006-01-02 15:04"
	for _, other := range []time.Duration{time.Hour, -time.Hour} {
		if t.Add(other).In(t.Location()).Format(wall) == t.Format(wall) {
			return true, other < 0
		}
	}
	return false, false
}

// Which says which of two it is, of a time that the clocks of its place show twice.
func Which(p *i18n.Printer, t time.Time) string {
	switch is, later := twice(t); {
	case later:
		return " (" + p.T("bodies.hour.winter") + ")"
	case is:
		return " (" + p.T("bodies.hour.summer") + ")"
	}
	return ""
}

// Moment is a time of the clocks of a place. One that they show twice is the second;
// one that they pass over, when they are put on, is none.
func Moment(day civil.Date, hour, minute int, zone *time.Location) (t time.Time, ok bool) {
	y, month, d := day.Date()
	t = time.Date(y, month, d, hour, minute, 0, 0, zone)
	if is, later := twice(t); is && !later {
		t = t.Add(time.Hour)
	}
	return t, t.Hour() == hour && t.Minute() == minute
}

// letter writes what somebody who is called hears of a meeting: that it is called,
// moved, called off, or that their vote is waited for.
func (h House) letter(what string, m Meeting, a Attendee, to, name, lang, link string) mail.Letter {
	w := &writing{Printer: h.In(lang)}
	kind := what
	if m.Letters {
		kind = "session." + what
	}
	args := []any{"name", name, "house", h.Name, "body", m.BodyIs, "title", m.Title, "number", m.Number, "member", a.Name, "at", h.hour(w.Printer, m.At), "ends", h.hour(w.Printer, m.Ends)}
	w.par(w.T("bodies.letter.hello", args...))
	w.par(w.T("bodies.letter."+kind, args...))
	if what != "cancelled" {
		if !m.Letters {
			where := []string{w.T("bodies.letter.when", args...)}
			if m.Place != "" {
				where = append(where, w.T("bodies.letter.place", "place", m.Place))
			}
			if m.Online != "" {
				where = append(where, w.T("bodies.letter.online", "link", m.Online))
			}
			w.par(strings.Join(where, "\n"))
		}
		w.par(m.Intro)
		if len(m.Agenda) > 0 {
			agenda := []string{w.T("bodies.letter.agenda")}
			for i, item := range m.Agenda {
				agenda = append(agenda, ordinal(i+1)+" "+item.Title)
			}
			w.par(strings.Join(agenda, "\n"))
		}
		ask := "bodies.letter.reply"
		if m.Letters {
			ask = "bodies.letter.vote"
		}
		w.par(w.T(ask, args...))
		w.link(link)
		w.par(w.T("bodies.letter.why", args...))
	}
	w.par(h.Name)
	l := mail.Letter{
		To: to, ToName: name, Lang: w.Lang, Kind: mail.Invite, About: bodies.MeetingSubject(m.ID), Subject: w.T("bodies.letter."+kind+".subject", args...),
		Text: w.text.String(), ReplyTo: h.Email, Calendar: h.Calendar(m, to, name, link),
		HTML: `<!doctype html><html lang="` + w.Lang + `"><meta charset="utf-8"><body style="font:16px/1.5 sans-serif;max-width:38em">` + "\n" + w.html.String() + "</body></html>\n",
	}
	if what == "remind" {
		l.Kind, l.Calendar = mail.Reminder, ""
	}
	return l
}
