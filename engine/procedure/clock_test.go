package procedure

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/engine/civil"
)

// A country in which 1 May is off besides Saturdays and Sundays.
var cal = civil.NewCalendar(civil.Yearly{Month: 5, Day: 1})

func day(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// clock reads "5 days", "before 5 days", "14 days max 30 days", "5 days rolls".
func clock(t *testing.T, s string) Clock {
	t.Helper()
	c := Clock{Key: "c", Starts: "start", Stops: "stop", Sense: NoLater, Force: Binding}
	s, c.Before = strings.CutPrefix(s, "before ")
	if rest, ok := strings.CutSuffix(s, " rolls"); ok {
		s, c.Rollover = rest, Rolls
	}
	if rest, ok := strings.CutSuffix(s, " stays"); ok {
		s, c.Rollover = rest, Stays
	}
	term, longest, bounded := strings.Cut(s, " max ")
	if _, err := fmt.Sscan(term, &c.Term.N, &c.Term.Unit); err != nil {
		t.Fatal(err)
	}
	if bounded {
		if _, err := fmt.Sscan(longest, &c.Longest.N, &c.Longest.Unit); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestClock_ends(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ clock, start, on, perhaps, longest string }{
		{"5 days", "2024-03-01", "2024-03-06", "", ""},           // Friday to Wednesday
		{"5 days", "2024-03-04", "2024-03-09", "2024-03-11", ""}, // a Saturday, and the law is silent
		{"5 days rolls", "2024-03-04", "2024-03-11", "", ""},
		{"5 days stays", "2024-03-04", "2024-03-09", "", ""},
		{"5 working_days", "2026-04-28", "2026-05-06", "", ""}, // over 1 May
		{"5 working_days max 15 days", "2026-04-28", "2026-05-06", "", "2026-05-13"},
		{"15 days max 30 days rolls", "2026-05-01", "2026-05-18", "", "2026-06-01"},
		{"1 months", "2026-01-31", "2026-02-28", "2026-03-02", ""},
		{"1 months stays", "2026-04-16", "2026-05-16", "", ""},
		{"0 days stays", "2026-05-01", "2026-05-01", "", ""},
		{"before 5 days", "2026-11-30", "2026-11-25", "", ""},
		{"before 0 days", "2026-11-30", "2026-11-30", "", ""},
		{"before 1 working_days", "2026-11-30", "2026-11-27", "", ""},
		{"24 hours stays", "2026-11-30", "2026-12-01", "", ""},
		{"25 hours stays", "2026-11-30", "2026-12-02", "", ""},
		{"before 1 hours stays", "2026-11-30", "2026-11-29", "", ""},
		{"5 days rolls", "", "", "", ""},
	} {
		got := clock(t, c.clock).Ends(day(t, c.start), cal)
		want := Due{day(t, c.on), day(t, c.perhaps), day(t, c.longest)}
		if got != want {
			t.Errorf("%s from %s ends on %v, want %v", c.clock, c.start, got, want)
		}
	}
}

func TestClock_check(t *testing.T) {
	t.Parallel()
	good := clock(t, "5 days")
	for name, spoil := range map[string]func(*Clock){
		"no start":        func(c *Clock) { c.Starts = "" },
		"no sense":        func(c *Clock) { c.Sense = "" },
		"no force":        func(c *Clock) { c.Force = "" },
		"no unit":         func(c *Clock) { c.Term.Unit = "fortnights" },
		"negative":        func(c *Clock) { c.Term.N = -1 },
		"odd longest":     func(c *Clock) { c.Longest = Length{N: 3} },
		"odd rollover":    func(c *Clock) { c.Rollover = "perhaps" },
		"hour of 25":      func(c *Clock) { c.Hour = 25 },
		"hour before any": func(c *Clock) { c.Hour = -1 },
	} {
		bad := good
		spoil(&bad)
		if bad.Check() == nil {
			t.Errorf("a clock with %s is accepted", name)
		}
	}
}

// A later start never ends sooner, and a day that rolls is a working day.
func TestClock_properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := Clock{
			Before:   rapid.Bool().Draw(t, "before"),
			Term:     Length{rapid.IntRange(0, 90).Draw(t, "n"), rapid.SampledFrom([]Unit{Days, WorkingDays, Months, Hours}).Draw(t, "unit")},
			Rollover: rapid.SampledFrom([]Rollover{Undetermined, Rolls, Stays}).Draw(t, "rollover"),
		}
		start := civil.On(2020, 1, 1).AddDays(rapid.IntRange(0, 4000).Draw(t, "start"))
		due, later := c.Ends(start, cal), c.Ends(start.AddDays(1), cal)
		if later.On.Before(due.On) {
			t.Fatalf("%+v: from %v %v, from the next day %v", c, start, due, later)
		}
		if c.Rollover == Rolls && !cal.IsWorking(due.On) {
			t.Fatalf("%+v: %v rolls to a day off, %v", c, start, due)
		}
		if open := !due.Perhaps.IsZero(); open && (cal.IsWorking(due.On) || c.Rollover != Undetermined) {
			t.Fatalf("%+v: %v leaves open %v", c, start, due)
		}
		if c.Term.Unit == Days && c.Rollover == Stays {
			if n := due.On.Sub(start); n != c.Term.N && n != -c.Term.N {
				t.Fatalf("%+v: %v is %d days from %v", c, due, n, start)
			}
		}
	})
}
