package procedure

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
)

// A law of three phases: consultation, opinions of the ministries, the session.
func law(t *testing.T) Procedure {
	t.Helper()
	named := func(key, s string, starts, stops Event, sense Sense) Clock {
		c := clock(t, s)
		c.Key, c.Starts, c.Stops, c.Sense = key, starts, stops, sense
		c.Labels, c.Basis = Labels{"en": key}, "Rules, 1"
		return c
	}
	p := Procedure{Kind: Law, Variant: Ordinary, Labels: Labels{"en": "law"}, Phases: []Phase{
		{Key: "consultation", Begins: "published", Ends: "closed", Clocks: []Clock{
			named("period", "30 days stays", "published", "closed", NoSooner),
			named("comment", "before 0 days stays", "closed", "sent", NoLater),
		}},
		{Key: "opinions", Begins: "asked", Ends: "filed", Clocks: []Clock{
			named("opinion", "14 days max 30 days", "asked", "given", NoLater),
		}},
		{Key: "session", Begins: "filed", Ends: "voted", Clocks: []Clock{
			named("amendments", "before 5 days", "session", "amended", NoLater),
		}},
	}}
	for i := range p.Phases {
		p.Phases[i].Labels, p.Phases[i].Basis = Labels{"en": p.Phases[i].Key}, "Rules, 1"
	}
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	return p
}

// events reads "published 2026-01-05, closed 2026-02-10".
func events(t *testing.T, s string) Events {
	t.Helper()
	all := Events{}
	for one := range strings.SplitSeq(s, ", ") {
		if name, on, ok := strings.Cut(one, " "); ok {
			all[Event(name)] = day(t, on)
		}
	}
	return all
}

func TestProcedure_line(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ events, today, want string }{
		{"", "2026-01-01", "to_come to_come to_come"},
		{"published 2026-01-05", "2026-01-04", "to_come to_come to_come"},
		{"published 2026-01-05", "2026-01-05", "now to_come to_come"},
		{"closed 2026-02-10", "2026-01-05", "now to_come to_come"},
		{"filed 2026-02-10", "2026-01-05", "passed now to_come"},
		{"published 2026-01-10, voted 2026-03-10", "2026-01-05", "to_come to_come to_come"},
		{"published 2026-01-05, closed 2026-02-10", "2026-01-04", "to_come to_come to_come"},
		{"published 2026-01-05, closed 2026-02-10", "2026-02-09", "now to_come to_come"},
		{"published 2026-01-05, closed 2026-02-10", "2026-02-10", "done to_come to_come"},
		{"published 2026-01-05, closed 2026-02-10, asked 2026-02-09", "2026-02-09", "now now to_come"},
		{"filed 2026-03-01", "2026-03-02", "passed done now"},
		{"published 2026-01-05, filed 2026-03-01", "2026-03-02", "passed done now"}, // its end was never written down
		{"voted 2026-04-01", "2026-04-01", "passed passed done"},
	} {
		line := law(t).Line(events(t, c.events), cal, day(t, c.today))
		var got []string
		for _, step := range line {
			got = append(got, string(step.State))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q on %s: %v, want %s", c.events, c.today, got, c.want)
		}
	}
}

func TestClock_on(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		clock, events, today string
		state                State
		left                 int
	}{
		{"5 days", "", "2024-03-01", Waiting, 0},
		{"5 days", "start 2024-03-01", "2024-03-01", Running, 5},
		{"5 days", "start 2024-03-01", "2024-03-06", Running, 0},
		{"5 days", "start 2024-03-01", "2024-03-07", Missed, -1},
		{"5 days", "start 2024-03-01, stop 2024-03-06", "2024-03-07", Met, 0},
		{"5 days", "start 2024-03-01, stop 2024-03-07", "2024-03-07", Missed, 0},
		{"5 days", "start 2024-03-01, stop 2024-03-05", "2024-03-04", Running, 2}, // the stop is still ahead
		{"5 days", "start 2024-03-04, stop 2024-03-11", "2024-03-12", Met, 0},     // Saturday, may roll: the doubt is in favour
		{"5 days", "start 2024-03-04", "2024-03-11", Running, -2},
		{"5 days", "start 2024-03-04", "2024-03-12", Missed, -3},
		{"14 days max 30 days", "start 2026-11-02", "2026-11-20", Running, -4},
		{"14 days max 30 days", "start 2026-11-02", "2026-12-03", Missed, -17},
		{"before 5 days", "start 2026-11-30", "2026-11-20", Running, 5},
		{"before 5 days", "start 2026-11-30", "2026-11-26", Missed, -1},
	} {
		got := clock(t, c.clock).On(events(t, c.events), cal, day(t, c.today))
		if got.State != c.state || got.Left != c.left {
			t.Errorf("%s, %q on %s: %s, %d days left, want %s, %d", c.clock, c.events, c.today, got.State, got.Left, c.state, c.left)
		}
	}
}

func TestClock_on_noSooner(t *testing.T) {
	t.Parallel()
	c := clock(t, "30 days stays")
	c.Sense = NoSooner
	for given, want := range map[string]State{
		"start 2026-01-05":                  Running,
		"start 2026-01-05, stop 2026-02-03": Missed, // 29 days
		"start 2026-01-05, stop 2026-02-04": Met,
		"start 2026-01-05, stop 2026-08-04": Met,
	} {
		if got := c.On(events(t, given), cal, civil.On(2026, 9, 1)); got.State != want {
			t.Errorf("%q: %s, want %s", given, got.State, want)
		}
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		events, today, key string
		left               int
	}{
		{"", "2026-01-05", "", 0},
		{"published 2026-01-05", "2026-01-05", "", 0}, // the period only says how long it must last
		{"published 2026-01-05, closed 2026-02-10", "2026-01-31", "comment", 10},
		{"published 2026-01-05, closed 2026-02-10, sent 2026-01-30", "2026-01-31", "", 0},
		{"closed 2026-02-10, asked 2026-01-20", "2026-01-31", "opinion", 3},
		{"closed 2026-02-10, asked 2026-01-20", "2026-02-05", "comment", 5}, // the opinion is over its term
		{"session 2026-03-11", "2026-03-01", "amendments", 5},
		{"session 2026-03-11", "2026-03-07", "", 0},
	} {
		today := day(t, c.today)
		got, ok := Next(law(t).Line(events(t, c.events), cal, today), today)
		if got.Clock.Key != c.key || got.Left != c.left || ok != (c.key != "") {
			t.Errorf("%q on %s: %q in %d days, want %q in %d", c.events, c.today, got.Clock.Key, got.Left, c.key, c.left)
		}
	}
}

func TestProcedure_check(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Procedure){
		"no kind":         func(p *Procedure) { p.Kind = "" },
		"no variant":      func(p *Procedure) { p.Variant = "" },
		"no phases":       func(p *Procedure) { p.Phases = nil },
		"no labels":       func(p *Procedure) { p.Phases[1].Labels = nil },
		"no basis":        func(p *Procedure) { p.Phases[0].Clocks[0].Basis = "" },
		"the same twice":  func(p *Procedure) { p.Phases[2].Key = "consultation" },
		"a key of two":    func(p *Procedure) { p.Phases[2].Clocks[0].Key = "session" },
		"a clock unmoved": func(p *Procedure) { p.Phases[0].Clocks[0].Starts = "" },
	} {
		p := law(t)
		spoil(&p)
		if p.Check() == nil {
			t.Errorf("a procedure with %s is accepted", name)
		}
	}
}
