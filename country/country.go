// Package country says what the platform must know of a country, and reads it.
//
// A Pack is data, written by people who know the country's law, and holds no code.
// Every value that the law sets names its basis, and every basis begins with the
// title of one of the pack's sources, so that a reader can look it up.
package country

import (
	"errors"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/engine/representation"
)

// Languages are those in which a pack names everything.
const (
	Slovenian = "sl"
	English   = "en"
)

// A Pack is one country.
//
// These hold of every Pack that Check accepts:
//
//   - Code and Zone are not empty.
//   - Whatever has labels has them in Slovenian and in English.
//   - No two things of one list have the same key; no two procedures the same kind and variant.
//   - Who acts in a phase, or proposes, is one of the Authorities.
//   - Every basis begins with the title of one of the Sources.
//   - The rule on consultations binds at least one kind.
//   - No two holidays fall on one day by the same rule at the same time.
type Pack struct {
	Code         string                `json:"code"` // "si", as in ISO 3166
	Labels       procedure.Labels      `json:"labels"`
	Zone         string                `json:"zone"` // "Europe/Ljubljana"
	Sources      []Source              `json:"sources"`
	Authorities  []Authority           `json:"authorities"`
	Outcomes     []Outcome             `json:"outcomes"`
	Answers      []procedure.Clock     `json:"answers"` // clocks of no procedure: letters, opinions, requests
	Holidays     []Holiday             `json:"-"`
	Consultation procedure.Rule        `json:"-"`
	Procedures   []procedure.Procedure `json:"-"`

	// What members and boards are before the law.
	Representation Representation `json:"-"`
}

// A Representation is the rules by which an association shows whom it speaks for.
type Representation struct {
	Electors     []representation.Electors     `json:"electors"`
	Register     string                        `json:"register"` // by which rule an association keeps its register of members
	Independence []representation.Independence `json:"independence"`
}

// A Source is an act that the pack cites.
type Source struct {
	Title   string  `json:"title"` // as every basis begins: "Poslovnik Vlade RS"
	Ref     string  `json:"ref"`   // where it is found: "POSL32", "Uradni list RS, št. 9/18"
	Checked Checked `json:"checked"`
}

// A Checked says how what is cited was checked.
type Checked string

// The ways of checking a source.
const (
	ByText   Checked = "text"   // against the text of the act
	ByReport Checked = "report" // against what others write of it: a lawyer must still confirm it
	OfOurs   Checked = "own"    // no act at all, a rule that the association sets itself
)

// An Authority is a body that acts, and to which things are delivered.
type Authority struct {
	Key    string           `json:"key"`
	Labels procedure.Labels `json:"labels"`
	Level  string           `json:"level"` // "state", "local", or "society" for those who are no authority at all
}

// An Outcome is a word for how a thing ended.
type Outcome struct {
	Of     string           `json:"of"` // what ended: "proposal", "case", "application"
	Key    string           `json:"key"`
	Labels procedure.Labels `json:"labels"`
}

// A Holiday is a day named by law. Only those that are Free are not worked.
type Holiday struct {
	Key    string           `json:"key"`
	Labels procedure.Labels `json:"labels"`
	civil.Yearly
	Free  bool   `json:"free"`
	Basis string `json:"basis"`
}

// Calendar returns the working days of the country.
func (p Pack) Calendar() civil.Calendar {
	var free []civil.Yearly
	for _, h := range p.Holidays {
		if h.Free {
			free = append(free, h.Yearly)
		}
	}
	return civil.NewCalendar(free...)
}

// Procedure returns how acts of the kind are made, and false if the country has
// no such procedure.
func (p Pack) Procedure(kind procedure.Kind, variant procedure.Variant) (procedure.Procedure, bool) {
	for _, made := range p.Procedures {
		if made.Kind == kind && made.Variant == variant {
			return made, true
		}
	}
	return procedure.Procedure{}, false
}

// Answer returns the clock of the given key that belongs to no procedure, and
// false if there is none.
func (p Pack) Answer(key string) (procedure.Clock, bool) {
	for _, c := range p.Answers {
		if c.Key == key {
			return c, true
		}
	}
	return procedure.Clock{}, false
}

// Check returns everything in which p breaks the rules above, joined.
func (p Pack) Check() error {
	c := checker{pack: p, seen: map[string]bool{}}
	if p.Code == "" || p.Zone == "" {
		c.complain("it has no code or no time zone")
	}
	c.labels("the country", p.Labels)
	c.lists()
	c.holidays()
	for _, e := range p.Consultation.Exempt {
		c.once("exemption", e.Key)
		c.labels(e.Key, e.Labels)
		c.basis(e.Key, e.Basis)
		for _, who := range e.Proposers {
			c.authority(e.Key, who)
		}
	}
	c.basis("the consultation", p.Consultation.Basis)
	if len(p.Consultation.Binds) == 0 {
		c.complain("consultation binds no kind")
	}
	for _, made := range p.Procedures {
		c.procedure(made)
	}
	c.representation()
	return errors.Join(c.errs...)
}

// A checker gathers complaints.
type checker struct {
	pack Pack
	seen map[string]bool
	errs []error
}

func (c *checker) complain(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("country: "+c.pack.Code+": "+format, args...))
}

func (c *checker) once(list, key string) {
	if id := list + " " + key; key == "" || c.seen[id] {
		c.complain("%s %q has no key or comes twice", list, key)
	} else {
		c.seen[id] = true
	}
}

func (c *checker) labels(of string, l procedure.Labels) {
	if strings.TrimSpace(l[Slovenian]) == "" || strings.TrimSpace(l[English]) == "" {
		c.complain("%s is not named in both languages", of)
	}
}

func (c *checker) basis(of, basis string) {
	for _, s := range c.pack.Sources {
		if s.Title != "" && (basis == s.Title || strings.HasPrefix(basis, s.Title+", ")) {
			return
		}
	}
	c.complain("%s rests on %q, which is none of the sources", of, basis)
}

func (c *checker) authority(of, key string) {
	if !c.seen["authority "+key] {
		c.complain("%s: %q is none of the authorities", of, key)
	}
}

func (c *checker) lists() {
	for _, s := range c.pack.Sources {
		c.once("source", s.Title)
		if s.Ref == "" || (s.Checked != ByText && s.Checked != ByReport && s.Checked != OfOurs) {
			c.complain("source %q has no reference, or was checked %q", s.Title, s.Checked)
		}
	}
	for _, a := range c.pack.Authorities {
		c.once("authority", a.Key)
		c.labels(a.Key, a.Labels)
	}
	for _, o := range c.pack.Outcomes {
		c.once("outcome of "+o.Of, o.Key)
		c.labels(o.Key, o.Labels)
	}
	for _, a := range c.pack.Answers {
		c.once("answer", a.Key)
		c.clock(a)
	}
}

func (c *checker) clock(of procedure.Clock) {
	c.labels(of.Key, of.Labels)
	c.basis(of.Key, of.Basis)
	if err := of.Check(); err != nil {
		c.errs = append(c.errs, err)
	}
}

func (c *checker) holidays() {
	for i, h := range c.pack.Holidays {
		c.labels(h.Key, h.Labels)
		c.basis(h.Key, h.Basis)
		for _, other := range c.pack.Holidays[:i] {
			same := h.Month == other.Month && h.Day == other.Day && h.Offset == other.Offset
			if same && h.During.Overlaps(other.During) {
				c.complain("holidays %q and %q fall on one day", h.Key, other.Key)
			}
		}
	}
}

func (c *checker) procedure(made procedure.Procedure) {
	name := string(made.Kind) + " " + string(made.Variant)
	c.once("procedure", name)
	c.labels(name, made.Labels)
	if err := made.Check(); err != nil {
		c.errs = append(c.errs, err)
	}
	for _, phase := range made.Phases {
		c.labels(phase.Key, phase.Labels)
		c.basis(phase.Key, phase.Basis)
		c.authority(phase.Key, phase.Who)
		for _, clock := range phase.Clocks {
			c.clock(clock)
		}
	}
}

func (c *checker) representation() {
	for _, e := range c.pack.Representation.Electors {
		c.once("electors", e.Key)
		c.labels(e.Key, e.Labels)
		c.basis(e.Key, e.Basis)
		c.errs = append(c.errs, e.Check())
	}
	for _, i := range c.pack.Representation.Independence {
		c.once("independence", i.Key)
		c.labels(i.Key, i.Labels)
		c.basis(i.Key, i.Basis)
		c.errs = append(c.errs, i.Check())
		for _, t := range i.Ties {
			c.once("tie of "+i.Key, t.Key)
			c.labels(t.Key, t.Labels)
			if t.Unclear != "" {
				c.basis(t.Key, t.Unclear)
			}
		}
	}
}
