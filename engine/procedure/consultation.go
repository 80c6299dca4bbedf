package procedure

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
)

// A Class is how a public consultation (javna obravnava) is judged. The first
// four are those of the counter of violations that Slovenian NGOs keep.
type Class string

// The classes of consultations.
const (
	Respected  Class = "respected"   // the rule was kept
	NoDeadline Class = "no_deadline" // put out, but with no day by which to answer
	TooShort   Class = "too_short"   // fewer days than the rule asks for
	NotPutOut  Class = "not_put_out" // went on without being put out at all
	NotCounted Class = "not_counted" // no rule binds it: neither kept nor violated
	Pending    Class = "pending"     // still runs, or may still be put out
)

// Violated reports whether the class is one of the three violations.
func (c Class) Violated() bool { return c == NoDeadline || c == TooShort || c == NotPutOut }

// A Rule is what a country asks of public consultations.
type Rule struct {
	Least   int         `json:"least"`   // days, by which a shorter consultation is too short
	Longest int         `json:"longest"` // days, 0 if the rule names none; a longer one is still respected
	Basis   string      `json:"basis"`
	Binds   []Kind      `json:"binds"` // the kinds that must be put out
	Exempt  []Exemption `json:"exempt"`
}

// Unbound is the reason for which a kind that the rule does not name is not
// counted. It is no exemption: nothing was to be put out.
const Unbound = "unbound"

// An Exemption is a reason for which a consultation is not counted. It applies
// by itself to what matches each of its lists that is not empty. One whose lists
// are all empty applies only when a person names it.
type Exemption struct {
	Key       string    `json:"key"`
	Labels    Labels    `json:"labels"`
	Kinds     []Kind    `json:"kinds,omitempty"`
	Variants  []Variant `json:"variants,omitempty"`
	Proposers []string  `json:"proposers,omitempty"`
	Basis     string    `json:"basis"`
}

func (e Exemption) applies(c Consultation) bool {
	if e.Key == c.Claimed {
		return true
	}
	if len(e.Kinds)+len(e.Variants)+len(e.Proposers) == 0 {
		return false
	}
	return (len(e.Kinds) == 0 || slices.Contains(e.Kinds, c.Kind)) &&
		(len(e.Variants) == 0 || slices.Contains(e.Variants, c.Variant)) &&
		(len(e.Proposers) == 0 || slices.Contains(e.Proposers, c.Proposer))
}

// A Consultation is what is known of how one draft was put out.
type Consultation struct {
	Kind      Kind       `json:"kind"`
	Variant   Variant    `json:"variant,omitempty"`
	Proposer  string     `json:"proposer,omitempty"` // key of the authority that proposes
	Claimed   string     `json:"claimed,omitempty"`  // key of an exemption that a person found to apply
	Published civil.Date `json:"published,omitzero"` // put out for the public, none if it was not
	Deadline  civil.Date `json:"deadline,omitzero"`  // last day to answer, none if none was set
	Sent      civil.Date `json:"sent,omitzero"`      // sent on to be adopted, none if not yet
}

// A Finding is the judgement of a consultation.
type Finding struct {
	Class  Class
	Would  Class  // for NotCounted and Pending: the class if the rule bound it and the time were up
	Days   int    // days given, from the day after publication to the deadline or to the day it was sent on
	Least  int    // days the rule asks for
	Most   int    // days the rule names as the longest
	Reason string // key of the exemption or Unbound, only for NotCounted
	Basis  string // of the rule, or of the exemption
}

// Judge says how the consultation stands today. A consultation whose deadline is
// today still runs. One that was never put out is pending until it is sent on.
func (r Rule) Judge(c Consultation, today civil.Date) Finding {
	put, sent := past(c.Published, today), past(c.Sent, today)
	end := c.Deadline
	if sent && c.Sent.Before(end) {
		end = c.Sent // what is sent on no longer waits for the public
	}
	f := Finding{Least: r.Least, Most: r.Longest, Basis: r.Basis, Days: max(0, end.Sub(c.Published))}
	switch {
	case !put && sent:
		f.Class = NotPutOut
	case !put:
		f.Class = Pending
	case c.Deadline.IsZero():
		f.Class = NoDeadline
	case f.Days < r.Least:
		f.Class = TooShort
	default:
		f.Class = Respected
	}
	if put && !sent && !c.Deadline.IsZero() && !today.After(c.Deadline) {
		f.Would, f.Class = f.Class, Pending
	}
	if reason, basis := r.excuse(c); reason != "" {
		if f.Class != Pending {
			f.Would = f.Class
		}
		f.Class, f.Reason, f.Basis = NotCounted, reason, basis
	}
	return f
}

// excuse returns why c is not counted and on what that rests, or empty strings.
func (r Rule) excuse(c Consultation) (reason, basis string) {
	for _, e := range r.Exempt {
		if e.applies(c) {
			return e.Key, e.Basis
		}
	}
	if !slices.Contains(r.Binds, c.Kind) {
		return Unbound, r.Basis
	}
	return "", ""
}

// An Override is a person's judgement in place of the counted one.
type Override struct {
	Class  Class
	Reason string // in the person's words
	By     string // who judged
	On     civil.Date
}

// ErrOverride is returned for an override without a class, a reason, a person or a day.
var ErrOverride = errors.New("procedure: an override needs a class, a reason, a person and a day")

// Check returns ErrOverride if something is missing.
func (o Override) Check() error {
	if o.Class == "" || strings.TrimSpace(o.Reason) == "" || o.By == "" || o.On.IsZero() {
		return ErrOverride
	}
	return nil
}

// A Tally counts findings in the columns of the counter of violations.
type Tally struct {
	Total      int `json:"total"` // respected and violated; neither pending nor not counted
	Respected  int `json:"respected"`
	Violated   int `json:"violated"`
	NoDeadline int `json:"no_deadline"`
	TooShort   int `json:"too_short"`
	NotPutOut  int `json:"not_put_out"`
	Pending    int `json:"pending"`
	NotCounted int `json:"not_counted"`
}

// Count tallies classes.
func Count(classes ...Class) (t Tally) {
	for _, c := range classes {
		switch c {
		case Respected:
			t.Respected++
		case NoDeadline:
			t.NoDeadline++
		case TooShort:
			t.TooShort++
		case NotPutOut:
			t.NotPutOut++
		case Pending:
			t.Pending++
		case NotCounted:
			t.NotCounted++
		}
	}
	t.Violated = t.NoDeadline + t.TooShort + t.NotPutOut
	t.Total = t.Respected + t.Violated
	return t
}

// Check returns an error if the columns do not add up, as figures that were
// published by others may not.
func (t Tally) Check() error {
	if t.Violated != t.NoDeadline+t.TooShort+t.NotPutOut || t.Total != t.Respected+t.Violated {
		return fmt.Errorf("procedure: the tally %+v does not add up", t)
	}
	return nil
}

// Percent returns how many in a hundred were violated, and false if there is
// nothing to count.
func (t Tally) Percent() (percent float64, ok bool) {
	if t.Total == 0 {
		return 0, false
	}
	return 100 * float64(t.Violated) / float64(t.Total), true
}
