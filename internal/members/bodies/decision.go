package bodies

import (
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A DecisionID names a decision for good.
type DecisionID string

// A MeetingID names a meeting for good.
type MeetingID string

// A MotionID names a motion for good.
type MotionID string

// A Force is whether a decision stands.
type Force string

// The forces.
const (
	InForce  Force = "inforce"  // velja
	Done     Force = "done"     // uresničen
	Repealed Force = "repealed" // razveljavljen
)

// Forces are all of them in the order in which they are offered.
func Forces() []Force { return []Force{InForce, Done, Repealed} }

// An Openness is who may read a decision.
type Openness string

// Who may.
const (
	ToBody      Openness = "body"    // who sits in the body, and the office
	ToMembers   Openness = "members" // all members
	ToEverybody Openness = "public"
)

// Opennesses are all of them, from the least open.
func Opennesses() []Openness { return []Openness{ToBody, ToMembers, ToEverybody} }

// A Decision is what a body decided (sklep).
//
// These hold of every Decision that Check accepts:
//
//   - It has a number, a title, a text and a day.
//   - A decision that was repealed says by what.
type Decision struct {
	ID       DecisionID
	Number   string // "UO-7/2026-3"
	Body     BodyID
	BodyIs   string
	BodyKind Kind
	Meeting  MeetingID // none for a decision from before the register was kept here
	MeetingN string    // its number: "UO-7/2026"
	Motion   MotionID
	Title    string
	Text     string // as it was voted on
	On       civil.Date
	Count    Count // as it was voted; zero if that is not known
	Needed   int
	Cite     string // the rule by which it was decided
	Letters  bool   // decided by letter
	Force    Force
	By       string // the number of what repealed it
	ByID     DecisionID
	Open     Openness
	Case     string // number of the case that it is a mandate for: "2026-014"
	Task     Task
	Old      bool // typed in from older papers
	Revision int
	Changed  time.Time
}

// A Task is what is to be done of a decision, by whom and until when. Whoever it is
// has an account of the house, or an e-mail by which they will be known when they
// sign in, or a name alone.
type Task struct {
	Owner   auth.UserID
	Email   string
	OwnerIs string
	Due     civil.Date
	Done    civil.Date
	Note    string
}

// IsZero reports whether there is nothing to do.
func (t Task) IsZero() bool { return t.OwnerIs == "" && t.Due.IsZero() }

// Is reports whether the task is the person's.
func (t Task) Is(who Person) bool {
	return t.Owner != "" && t.Owner == who.User || t.Email != "" && t.Email == who.Email
}

// Tidy returns t as it is kept.
func (t Task) Tidy() Task {
	t.OwnerIs, t.Note, t.Email = line(t.OwnerIs), line(t.Note), strings.ToLower(line(t.Email))
	if t.OwnerIs == "" {
		t.Owner, t.Email = "", ""
	}
	return t
}

// Tidy returns d as it is kept.
func (d Decision) Tidy() Decision {
	d.Number, d.Title, d.By, d.Cite = line(d.Number), line(d.Title), line(d.By), line(d.Cite)
	d.Text, d.Case = strings.TrimSpace(d.Text), strings.ReplaceAll(line(d.Case), "/", "-")
	d.Task = d.Task.Tidy()
	return d
}

// Check returns the faults for the rules above that d breaks.
func (d Decision) Check() error {
	var wrong fault.Fields
	for field, text := range map[string]string{"number": d.Number, "title": d.Title, "text": d.Text} {
		if text == "" {
			wrong.Add(field, "bodies.decision.empty")
		}
	}
	for field, text := range map[string]string{"number": d.Number, "title": d.Title, "by": d.By, "case": d.Case, "owner": d.Task.OwnerIs, "task": d.Task.Note} {
		long(&wrong, field, text, longestLine)
	}
	long(&wrong, "text", d.Text, longestText)
	if d.On.IsZero() {
		wrong.Add("on", "bodies.day.empty")
	}
	if !slices.Contains(Forces(), d.Force) {
		wrong.Add("force", "bodies.force.unknown")
	}
	if d.Force == Repealed && d.By == "" {
		wrong.Add("by", "bodies.decision.by")
	}
	if !slices.Contains(Opennesses(), d.Open) {
		wrong.Add("open", "bodies.open.unknown")
	}
	if c := d.Count; c.For < 0 || c.Against < 0 || c.Abstained < 0 {
		wrong.Add("for", "bodies.count.negative")
	}
	return wrong.Err()
}

// Kept changes what may change of a decision: not its number, text, day or votes.
func (d Decision) Kept(to Decision) Decision {
	d.Open, d.Case, d.Task, d.Force, d.By, d.ByID = to.Open, to.Case, to.Task, to.Force, to.By, to.ByID
	if !d.Task.Done.IsZero() && d.Force == InForce {
		d.Force = Done
	}
	return d
}

// Finish notes that what was to be done is done, or that it is not after all.
func (d Decision) Finish(done civil.Date) (Decision, error) {
	switch {
	case d.Task.IsZero() || d.Force == Repealed:
		return d, fault.New(fault.Conflict, "bodies.task.none")
	case done.IsZero() && d.Force == Done:
		d.Force = InForce
	case !done.IsZero() && d.Force == InForce:
		d.Force = Done
	}
	d.Task.Done = done
	return d, nil
}

// Waits reports whether there is something of the decision to do.
func (d Decision) Waits() bool {
	return d.Force == InForce && !d.Task.IsZero() && d.Task.Done.IsZero()
}

// found is by what the decision is found.
func (d Decision) found() string {
	whole := textkit.Fold(strings.Join([]string{d.Number, d.Title, d.Text, d.BodyIs, d.Case, d.Task.OwnerIs}, " "))
	return strings.ToValidUTF8(whole[:min(len(whole), 100_000)], "")
}

// A DemandID names a demand for good.
type DemandID string

// A Demand is members asking for an assembly (zahteva za sklic občnega zbora).
type Demand struct {
	ID       DemandID
	Body     BodyID
	Wants    string // what the assembly shall decide on
	On       civil.Date
	Days     int // until when it must be called, as the statute has it; 0 if it does not say
	All      int // members on the day, with a vote or without
	Needed   int
	Signed   int
	Reached  civil.Date // when there were enough
	Meeting  MeetingID  // that was called on it
	Revision int
}

// A Signature is a member under a demand.
type Signature struct {
	Demand DemandID
	Member string
	Name   string
	On     civil.Date
}

// Tidy returns d as it is kept.
func (d Demand) Tidy() Demand {
	d.Wants = strings.TrimSpace(d.Wants)
	return d
}

// Check returns a fault unless d says what is wanted, and since when.
func (d Demand) Check() error {
	var wrong fault.Fields
	if d.Wants == "" {
		wrong.Add("wants", "bodies.demand.empty")
	}
	long(&wrong, "wants", d.Wants, longestText)
	if d.On.IsZero() {
		wrong.Add("on", "bodies.day.empty")
	}
	if d.Days < 0 || d.Days > 1_000 {
		wrong.Add("days", "bodies.rule.number")
	}
	return wrong.Err()
}
