package civil

import "time"

// A Yearly is a day that comes round every year: the given day of a month or,
// when Month is zero, the day Offset days after Easter Sunday. Only the days
// within During count, so that a change of the law is two entries.
type Yearly struct {
	Month  time.Month `json:"month,omitempty"`
	Day    int        `json:"day,omitempty"`
	Offset int        `json:"offset,omitempty"`
	During Span       `json:"during,omitzero"`
}

// In returns the day in the given year, and false if it does not come that year.
func (y Yearly) In(year int) (Date, bool) {
	d := On(year, y.Month, y.Day)
	if y.Month == 0 {
		d = Easter(year).AddDays(y.Offset)
	}
	return d, d.Year() == year && y.During.Holds(d)
}

// Easter returns Easter Sunday of the Gregorian calendar, by the rule of Meeus,
// Jones and Butcher.
func Easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return On(year, time.Month(n/31), n%31+1)
}

// A Calendar tells working days from the rest. The zero Calendar has only
// Saturdays and Sundays off.
type Calendar struct{ free []Yearly }

// NewCalendar returns the calendar in which Saturdays, Sundays and the given
// days are not worked.
func NewCalendar(free ...Yearly) Calendar {
	return Calendar{append([]Yearly(nil), free...)}
}

// IsWorking reports whether d is a working day. None is not.
func (c Calendar) IsWorking(d Date) bool {
	if d.IsZero() || d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		return false
	}
	for _, y := range c.free {
		if day, ok := y.In(d.Year()); ok && day == d {
			return false
		}
	}
	return true
}

// NextWorking returns d if it is a working day, else the first one after it.
func (c Calendar) NextWorking(d Date) Date {
	for !d.IsZero() && !c.IsWorking(d) {
		d = d.AddDays(1)
	}
	return d
}

// LastWorking returns d if it is a working day, else the last one before it.
func (c Calendar) LastWorking(d Date) Date {
	for !d.IsZero() && !c.IsWorking(d) {
		d = d.AddDays(-1)
	}
	return d
}

// AddWorking returns the nth working day after d, before d if n is negative. The
// day d itself is not counted. With n = 0 it returns d, worked or not.
func (c Calendar) AddWorking(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for ; n > 0 && !d.IsZero(); n-- {
		d = d.AddDays(step)
		for !d.IsZero() && !c.IsWorking(d) {
			d = d.AddDays(step)
		}
	}
	return d
}

// Working returns how many working days the span has, and false if it has no
// first or no last day.
func (c Calendar) Working(s Span) (n int, bounded bool) {
	days, bounded := s.Days()
	for i := range days {
		if c.IsWorking(s.From.AddDays(i)) {
			n++
		}
	}
	return n, bounded
}
