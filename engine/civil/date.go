// Package civil counts in days: a day of the calendar without a clock or a time
// zone, a span of days, and the working days of a country.
//
// These hold throughout:
//
//   - A Date is a day of the years 1 to 9999, or none. The zero Date is none.
//   - Whatever is counted from none is none, and what falls outside those years is none.
//   - None sorts before every day.
package civil

import (
	"errors"
	"fmt"
	"time"
)

// ErrDate is what every failed reading of a date wraps.
var ErrDate = errors.New("not a date")

// A Date is one day. Dates compare with ==.
type Date struct {
	n int32 // 1 is the first day of the year 1; 0 is none
}

const (
	unixDay = 719163  // the number of 1 January 1970
	lastDay = 3652059 // the number of 31 December 9999
)

func numbered(n int64) Date {
	if n < 1 || n > lastDay {
		return Date{}
	}
	return Date{int32(n)}
}

// On returns the given day. A day or month outside its usual range counts on,
// as in time.Date: day 0 is the last day of the month before.
func On(year int, month time.Month, day int) Date {
	seconds := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	days := seconds / 86400
	if seconds%86400 < 0 {
		days--
	}
	return numbered(days + unixDay)
}

// Of returns the day on which t falls in the given place.
func Of(t time.Time, loc *time.Location) Date {
	return On(t.In(loc).Date())
}

// Parse reads "2026-11-30", and the empty string as none: what String writes.
func Parse(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("civil: %q: %w", s, ErrDate)
	}
	return On(t.Date()), nil
}

// String writes d as "2026-11-30", and none as the empty string.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// MarshalText writes what String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what Parse does.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = Parse(string(text))
	return err
}

func (d Date) utc() time.Time { return time.Unix((int64(d.n)-unixDay)*86400, 0).UTC() }

// IsZero reports whether d is none.
func (d Date) IsZero() bool { return d == Date{} }

// Date returns the year, the month and the day of the month; all zero for none.
func (d Date) Date() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.utc().Date()
}

// Year returns the year of d, 0 for none.
func (d Date) Year() int {
	year, _, _ := d.Date()
	return year
}

// Weekday returns the day of the week. None has none; it answers Sunday.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.n % 7) }

// Start returns the first instant of the day in the given place, which is not
// midnight where clocks go forward at midnight.
func (d Date) Start(loc *time.Location) time.Time {
	year, month, day := d.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, loc)
}

// AddDays returns the day n days after d, before d if n is negative.
func (d Date) AddDays(n int) Date {
	if d.IsZero() || n > lastDay || n < -lastDay {
		return Date{}
	}
	return numbered(int64(d.n) + int64(n))
}

// AddMonths returns the day of the same number n months after d. Where that
// month has no such day it returns the month's last day: a month from 31 January
// ends on 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() || n > 12*9999 || n < -12*9999 {
		return Date{}
	}
	year, month, day := d.Date()
	if last := On(year, month+time.Month(n)+1, 0); !last.IsZero() {
		day = min(day, last.utc().Day())
	}
	return On(year, month+time.Month(n), day)
}

// Sub returns how many days d is after e. From or to none it is 0.
func (d Date) Sub(e Date) int {
	if d.IsZero() || e.IsZero() {
		return 0
	}
	return int(d.n - e.n)
}

// Compare returns -1, 0 or 1 as d is before, the same as or after e.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return 1
	}
	return 0
}

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.n > e.n }
