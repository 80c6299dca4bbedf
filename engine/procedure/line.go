package procedure

import (
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
)

// A State is where a phase or a clock stands on a day.
type State string

// The states of phases.
const (
	Done   State = "done"    // it has ended
	Now    State = "now"     // it has begun and not ended
	Passed State = "passed"  // no record of its end, but a later phase has ended, or begun where this one never did
	ToCome State = "to_come" // neither it nor a later one has begun
)

// The states of clocks.
const (
	Waiting State = "waiting" // its event is not known
	Running State = "running" // it has not been met and may still be
	Met     State = "met"     // what it asks for was done in time
	Missed  State = "missed"  // what it asks for was done too late, too soon, or not yet
)

// A Step is one phase on the line of a procedure.
type Step struct {
	Phase       Phase
	State       State
	From, Until civil.Date // when it began and ended, or is called to; none if not known
	Clocks      []Ticking
}

// A Ticking is a clock as it stands on a day.
type Ticking struct {
	Clock Clock
	State State
	From  civil.Date // when it starts, none if waiting
	Due   Due
	Met   civil.Date // when what it asks for was done, none if not yet
	Left  int        // days to Due.On, negative once it is over; 0 if waiting or met
}

// Line returns the phases of p in order, as they stand today.
func (p Procedure) Line(events Events, cal civil.Calendar, today civil.Date) []Step {
	line := make([]Step, len(p.Phases))
	laterBegun, laterEnded := false, false // whether some phase after this one has
	for i := len(p.Phases) - 1; i >= 0; i-- {
		phase := p.Phases[i]
		step := Step{Phase: phase, From: events[phase.Begins], Until: events[phase.Ends]}
		begun, ended := past(step.From, today), past(step.Until, today)
		switch {
		case ended:
			step.State = Done
		case begun && !laterEnded:
			step.State = Now
		case laterBegun:
			step.State = Passed
		default:
			step.State = ToCome
		}
		laterBegun, laterEnded = laterBegun || begun || ended, laterEnded || ended
		for _, c := range phase.Clocks {
			step.Clocks = append(step.Clocks, c.On(events, cal, today))
		}
		line[i] = step
	}
	announced(line)
	return line
}

// announced takes the first phase that has a day for the one that has begun, if none
// has and that day is its end: whoever knows until when comments are taken is being
// consulted.
func announced(line []Step) {
	if slices.ContainsFunc(line, func(s Step) bool { return s.State != ToCome }) {
		return
	}
	i := slices.IndexFunc(line, func(s Step) bool { return !s.From.IsZero() || !s.Until.IsZero() })
	if i < 0 || !line[i].From.IsZero() {
		return
	}
	for k := range i {
		line[k].State = Passed
	}
	line[i].State = Now
}

// On returns the clock as it stands today.
func (c Clock) On(events Events, cal civil.Calendar, today civil.Date) Ticking {
	t := Ticking{Clock: c, State: Waiting, From: events[c.Starts]}
	if t.From.IsZero() {
		return t
	}
	t.Due = c.Ends(t.From, cal)
	if stop := events[c.Stops]; past(stop, today) {
		t.Met = stop
	}
	switch {
	case !t.Met.IsZero() && c.kept(t.Met, t.Due):
		t.State = Met
	case !t.Met.IsZero(), c.Sense == NoLater && today.After(t.Due.latest()):
		t.State = Missed
	default:
		t.State = Running
	}
	if t.Met.IsZero() {
		t.Left = t.Due.On.Sub(today)
	}
	return t
}

// kept gives the benefit of the doubt: where a clock may roll over or may have
// been prolonged, it counts as missed only after the later day.
func (c Clock) kept(on civil.Date, due Due) bool {
	if c.Sense == NoSooner {
		return !on.Before(due.On)
	}
	return !on.After(due.latest())
}

func (d Due) latest() civil.Date {
	last := d.On
	for _, other := range []civil.Date{d.Perhaps, d.Longest} {
		if other.After(last) {
			last = other
		}
	}
	return last
}

// Next returns the running clock that asks for something to be done soonest,
// today or later. It returns false if there is none. Clocks that only say how
// long something must last are passed over.
func Next(line []Step, today civil.Date) (next Ticking, ok bool) {
	for _, step := range line {
		for _, t := range step.Clocks {
			ahead := t.State == Running && t.Clock.Sense == NoLater && !t.Due.On.Before(today)
			if ahead && (!ok || t.Due.On.Before(next.Due.On)) {
				next, ok = t, true
			}
		}
	}
	return next, ok
}

func past(d, today civil.Date) bool { return !d.IsZero() && !d.After(today) }
