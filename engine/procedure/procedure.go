// Package procedure follows how a rule or a call is made: its phases (faze), the
// clocks (roki) that run in them, and whether the public was heard.
//
// A procedure is data of a country. This package knows no country: it counts.
//
// Words:
//
//   - An Event is a thing that happens on a day: the draft is published, the bill
//     is filed. An event may lie ahead, as a session that has been called does.
//   - A Clock runs from an event to a day: by which something is to be done, or
//     before which something may not end.
//   - A Phase lasts from one event to another.
//
// The day of the event is not counted: five days from Friday 1 March end on
// Wednesday 6 March. A month is not thirty days: it ends on the day of the same
// number, or on the last day of a month that has no such day.
package procedure

import (
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
)

// Labels are the names of a thing by language tag: {"sl": "vložitev", "en": "filing"}.
type Labels map[string]string

// An Event is the key of a thing that happens in a procedure.
type Event string

// Events are the days on which things happened or are called to happen.
type Events map[Event]civil.Date

// A Kind says what is being made.
type Kind string

// The kinds of procedures, with the Slovenian terms.
const (
	Law      Kind = "law"      // zakon
	Bylaw    Kind = "bylaw"    // uredba, by-law of the government
	Rulebook Kind = "rulebook" // pravilnik, by-law of a minister
	Call     Kind = "call"     // javni razpis, javni poziv
	Strategy Kind = "strategy" // strategija, dokument razvojnega načrtovanja

	NationalProgramme Kind = "national_programme" // resolucija o nacionalnem programu
)

// A Variant is the manner in which one kind is made: "ordinary", "shortened".
type Variant string

// The variants that laws have, and then those of calls. What is made in one
// manner only is Ordinary.
const (
	Ordinary  Variant = "ordinary"  // redni postopek
	Shortened Variant = "shortened" // skrajšani postopek
	Urgent    Variant = "urgent"    // nujni postopek

	Ranked  Variant = "ranked"  // javni razpis: the best are financed
	Rolling Variant = "rolling" // javni poziv: first come, first served
)

// A Procedure (postopek) is how one kind of act is made, phase by phase.
//
// These hold of every Procedure that Check accepts:
//
//   - It has a kind, a variant and at least one phase.
//   - Every phase and every clock has a key, labels and a basis, and no two share a key.
//   - Every clock of a phase is one that Clock.Check accepts.
type Procedure struct {
	Kind    Kind    `json:"kind"`
	Variant Variant `json:"variant"`
	Labels  Labels  `json:"labels"`
	Phases  []Phase `json:"phases"`
}

// A Phase (faza) is a part of a procedure in which one body acts.
type Phase struct {
	Key    string  `json:"key"`
	Labels Labels  `json:"labels"`
	Who    string  `json:"who"`    // key of the authority that acts
	Begins Event   `json:"begins"` // empty if nothing marks its beginning
	Ends   Event   `json:"ends"`   // empty if nothing marks its end
	Basis  string  `json:"basis"`  // "Poslovnik Vlade RS, 9. člen"
	Clocks []Clock `json:"clocks,omitempty"`
}

// Check returns the first rule above that p breaks, as an error that names it.
func (p Procedure) Check() error {
	if p.Kind == "" || p.Variant == "" || len(p.Phases) == 0 {
		return fmt.Errorf("procedure: %q %q has no kind, no variant or no phase", p.Kind, p.Variant)
	}
	seen := map[string]bool{}
	once := func(key string, labels Labels, basis string) error {
		if key == "" || len(labels) == 0 || basis == "" || seen[key] {
			return fmt.Errorf("procedure: %s %s: %q has no key, no labels or no basis, or comes twice", p.Kind, p.Variant, key)
		}
		seen[key] = true
		return nil
	}
	for _, phase := range p.Phases {
		if err := once(phase.Key, phase.Labels, phase.Basis); err != nil {
			return err
		}
		for _, c := range phase.Clocks {
			if err := once(c.Key, c.Labels, c.Basis); err != nil {
				return err
			}
			if err := c.Check(); err != nil {
				return err
			}
		}
	}
	return nil
}
