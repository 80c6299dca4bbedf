package i18n

import (
	"embed"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
)

//go:embed lang
var own embed.FS

// nb is a non-breaking space.
const nb = "\u00a0"

// Number writes a whole number with its thousands apart: 1.450 or 1,450.
func (p *Printer) Number(n int) string {
	sep := "."
	if p.Lang == "en" {
		sep = ","
	}
	s, sign := strconv.Itoa(n), ""
	if n < 0 {
		s, sign = s[1:], "−"
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return sign + s
}

// Share writes part of whole as a percentage without decimals; a share of nothing
// is a dash.
func (p *Printer) Share(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	s := strconv.Itoa((part*200 + whole) / (2 * whole))
	if p.Lang == "en" {
		return s + "%"
	}
	return s + nb + "%"
}

// Date writes a day briefly: 30. 11. 2026, or 30 Nov 2026.
func (p *Printer) Date(d civil.Date) string {
	if d.IsZero() {
		return "–"
	}
	y, m, day := d.Date()
	if p.Lang == "en" {
		return strconv.Itoa(day) + nb + m.String()[:3] + nb + strconv.Itoa(y)
	}
	return strconv.Itoa(day) + "." + nb + strconv.Itoa(int(m)) + "." + nb + strconv.Itoa(y)
}

// Long writes a day in words: 30. novembra 2026, or 30 November 2026.
func (p *Printer) Long(d civil.Date) string {
	if d.IsZero() {
		return "–"
	}
	y, m, day := d.Date()
	if p.Lang == "en" {
		return strconv.Itoa(day) + nb + m.String() + nb + strconv.Itoa(y)
	}
	return strconv.Itoa(day) + "." + nb + p.T("month."+strconv.Itoa(int(m))) + nb + strconv.Itoa(y)
}

// Weekday names the day of the week.
func (p *Printer) Weekday(d civil.Date) string {
	return p.T("weekday." + strconv.Itoa(int(d.Weekday())))
}

// Day writes the day of the week and the day: torek, 24. 11. 2026.
func (p *Printer) Day(d civil.Date) string {
	if d.IsZero() {
		return "–"
	}
	return p.Weekday(d) + ", " + p.Date(d)
}

// Clock writes a time of day: 18.20, or 18:20.
func (p *Printer) Clock(t time.Time) string {
	if p.Lang == "en" {
		return t.Format("15:04")
	}
	return strings.TrimPrefix(t.Format("15.04"), "0")
}

// Moment writes a day and a time of day, in the zone that t is in.
func (p *Printer) Moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return p.T("moment", "date", p.Date(civil.Of(t, t.Location())), "clock", p.Clock(t))
}

// Away says how far a day is from today: danes, jutri, čez 2 dneva, zamuja 3 dni.
func (p *Printer) Away(d, today civil.Date) string {
	switch n := d.Sub(today); {
	case d.IsZero():
		return "–"
	case n == 0:
		return p.T("away.today")
	case n == 1:
		return p.T("away.tomorrow")
	case n > 0:
		return p.T("away.in", "n", n)
	default:
		return p.T("away.late", "n", -n)
	}
}

// Since says for how long something has lasted: od danes, že 5 dni.
func (p *Printer) Since(d, today civil.Date) string {
	if n := today.Sub(d); n > 0 {
		return p.T("away.since", "n", n)
	}
	return p.T("away.since_today")
}

// Size writes a number of bytes: 84 kB, 2,1 MB.
func (p *Printer) Size(n int64) string {
	point := ","
	if p.Lang == "en" {
		point = "."
	}
	switch {
	case n < 1000:
		return strconv.FormatInt(n, 10) + nb + "B"
	case n < 1_000_000:
		return strconv.FormatInt((n+500)/1000, 10) + nb + "kB"
	}
	tenths := (n + 50_000) / 100_000
	return strconv.FormatInt(tenths/10, 10) + point + strconv.FormatInt(tenths%10, 10) + nb + "MB"
}

// List joins words as a sentence does: a, b in c.
func (p *Printer) List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + p.T("and") + " " + words[last]
}
