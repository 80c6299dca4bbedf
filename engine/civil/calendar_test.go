package civil

import (
	"testing"

	"pgregory.net/rapid"
)

// Two fixed days, one counted from Easter, and one abolished for four years.
var sample = NewCalendar(
	Yearly{Month: 5, Day: 1}, Yearly{Month: 12, Day: 25}, Yearly{Offset: 1},
	Yearly{Month: 1, Day: 2, During: Span{Until: On(2013, 1, 1)}},
	Yearly{Month: 1, Day: 2, During: Span{From: On(2017, 1, 1)}},
)

func TestEaster(t *testing.T) {
	t.Parallel()
	for _, want := range []string{"1818-03-22", "1961-04-02", "2000-04-23", "2016-03-27", "2024-03-31", "2026-04-05", "2027-03-28", "2038-04-25"} {
		if got := Easter(day(t, want).Year()); got.String() != want {
			t.Errorf("Easter is %v, want %s", got, want)
		}
	}
}

func TestCalendar_isWorking(t *testing.T) {
	t.Parallel()
	for d, want := range map[string]bool{
		"2026-11-30": true, "2026-11-28": false, "2026-11-29": false, // Monday, Saturday, Sunday
		"2026-05-01": false, "2026-12-25": false, "2026-12-24": true,
		"2026-04-06": false, "2027-03-29": false, // Easter Monday
		"2012-01-02": false, "2013-01-02": true, "2014-01-02": true, "2017-01-02": false, "2018-01-02": false,
		"": false,
	} {
		if got := sample.IsWorking(day(t, d)); got != want {
			t.Errorf("%q working: %v, want %v", d, got, want)
		}
	}
}

func TestCalendar_addWorking(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-04-30", 1, "2026-05-04"}, // over 1 May and a weekend
		{"2026-04-02", 3, "2026-04-08"}, // over Easter
		{"2026-05-02", 1, "2026-05-04"}, // from a Saturday
		{"2026-05-04", -1, "2026-04-30"},
		{"2026-05-02", 0, "2026-05-02"},
		{"9999-12-31", 1, ""},
		{"", 3, ""},
	} {
		if got := sample.AddWorking(day(t, c.from), c.n).String(); got != c.want {
			t.Errorf("%s + %d working days = %q, want %q", c.from, c.n, got, c.want)
		}
	}
}

func TestCalendar_properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := On(2010, 1, 1).AddDays(rapid.IntRange(0, 9000).Draw(t, "day"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		due := sample.AddWorking(d, n)
		if got, _ := sample.Working(Through(d.AddDays(1), due)); got != n || !sample.IsWorking(due) {
			t.Fatalf("%v + %d = %v, with %d working days between", d, n, due, got)
		}
		next, last := sample.NextWorking(d), sample.LastWorking(d)
		if sample.IsWorking(d) != (next == d) || sample.IsWorking(d) != (last == d) {
			t.Fatalf("%v: next %v, last %v", d, next, last)
		}
		if back := sample.AddWorking(sample.AddWorking(d, n), -n); back != last {
			t.Fatalf("%v: there and back by %d is %v, want %v", d, n, back, last)
		}
	})
}

func TestNewCalendar_keepsItsOwnDays(t *testing.T) {
	t.Parallel()
	given := []Yearly{{Month: 6, Day: 25}}
	c := NewCalendar(given...)
	given[0] = Yearly{Month: 6, Day: 26}
	if c.IsWorking(On(2026, 6, 25)) || !c.IsWorking(On(2026, 6, 26)) {
		t.Error("the calendar changes with the slice it is made of")
	}
}
