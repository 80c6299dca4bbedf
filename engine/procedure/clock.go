package procedure

import (
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
)

// A Unit is what a clock counts.
type Unit string

// The units of clocks.
const (
	Days        Unit = "days"         // calendar days
	WorkingDays Unit = "working_days" // delovni dnevi
	Months      Unit = "months"
	Hours       Unit = "hours" // a begun day counts whole
)

// A Length is how long a clock runs.
type Length struct {
	N    int  `json:"n"`
	Unit Unit `json:"unit"`
}

// A Sense says what the end of a clock means.
type Sense string

// The senses of clocks.
const (
	NoLater  Sense = "no_later"  // the thing is to be done by that day
	NoSooner Sense = "no_sooner" // the thing may not end before that day
)

// A Force says what follows from a clock that is not kept.
type Force string

// The forces of clocks.
const (
	Binding     Force = "binding"     // a rule demands it
	Recommended Force = "recommended" // a rule only recommends it: missing it is no breach
	Own         Force = "own"         // the association set it for itself
)

// A Rollover says whether a clock that ends on a day off ends on the next
// working day instead.
type Rollover string

// The ways to roll over. The zero Rollover is undetermined: the law has not been
// read to say so, and whoever must act does well to keep the earlier day.
const (
	Undetermined Rollover = ""
	Rolls        Rollover = "rolls"
	Stays        Rollover = "stays"
)

// A Clock (rok) is a term that an event sets running.
//
// These hold of every Clock that Check accepts:
//
//   - It starts with an event, and Sense and Force are of those above.
//   - Term is not negative and Longest, where given, is in Term's or another known unit.
type Clock struct {
	Key      string   `json:"key"`
	Labels   Labels   `json:"labels"`
	Starts   Event    `json:"starts"`
	Stops    Event    `json:"stops,omitempty"`  // the event that meets it
	Before   bool     `json:"before,omitempty"` // counted back: "five days before the session"
	Sense    Sense    `json:"sense"`
	Term     Length   `json:"term"`
	Longest  Length   `json:"longest,omitzero"` // to which it may be set or prolonged
	Hour     int      `json:"hour,omitempty"`   // of the last day, 0 for its end
	Force    Force    `json:"force"`
	Rollover Rollover `json:"rollover,omitempty"`
	Basis    string   `json:"basis"` // "Poslovnik Vlade RS, 9. člen"
}

// Check returns the first rule above that c breaks, as an error that names it.
func (c Clock) Check() error {
	switch {
	case c.Starts == "":
		return fmt.Errorf("procedure: clock %q starts with nothing", c.Key)
	case c.Sense != NoLater && c.Sense != NoSooner:
		return fmt.Errorf("procedure: clock %q has the sense %q", c.Key, c.Sense)
	case c.Force != Binding && c.Force != Recommended && c.Force != Own:
		return fmt.Errorf("procedure: clock %q has the force %q", c.Key, c.Force)
	case !c.Term.known() || (c.Longest != Length{} && !c.Longest.known()):
		return fmt.Errorf("procedure: clock %q runs for %v, at most %v", c.Key, c.Term, c.Longest)
	case c.Rollover != Undetermined && c.Rollover != Rolls && c.Rollover != Stays:
		return fmt.Errorf("procedure: clock %q rolls %q", c.Key, c.Rollover)
	case c.Hour < 0 || c.Hour > 23:
		return fmt.Errorf("procedure: clock %q ends at hour %d", c.Key, c.Hour)
	}
	return nil
}

func (l Length) known() bool {
	switch l.Unit {
	case Days, WorkingDays, Months, Hours:
		return l.N >= 0
	}
	return false
}

// A Due is when a clock ends.
type Due struct {
	On      civil.Date // the day to keep to
	Perhaps civil.Date // the next working day, if On is a day off and the law leaves open whether it counts
	Longest civil.Date // the last day to which the term may be set or prolonged, none if there is no such
}

// Ends returns when c ends if its event is on the given day. From none it ends
// on none. A clock in hours is counted in whole days, a begun day as a whole one,
// for the hour at which it starts is not known.
func (c Clock) Ends(start civil.Date, cal civil.Calendar) Due {
	due := Due{On: c.count(start, c.Term, cal)}
	if c.Longest != (Length{}) {
		due.Longest = c.count(start, c.Longest, cal)
	}
	switch next := cal.NextWorking(due.On); {
	case c.Rollover == Rolls:
		due.On = next
		due.Longest = cal.NextWorking(due.Longest)
	case c.Rollover == Undetermined && next != due.On:
		due.Perhaps = next
	}
	return due
}

func (c Clock) count(start civil.Date, l Length, cal civil.Calendar) civil.Date {
	n := l.N
	if c.Before {
		n = -n
	}
	switch l.Unit {
	case Months:
		return start.AddMonths(n)
	case WorkingDays:
		return cal.AddWorking(start, n)
	case Hours:
		if c.Before {
			return start.AddDays((n - 23) / 24)
		}
		return start.AddDays((n + 23) / 24)
	}
	return start.AddDays(n)
}
