// Package positions keeps what the association holds: proposals to change a
// draft, and the positions that carry them, decided by a mandate and frozen.
//
// Its words: a Proposal (predlog) is the triple that an amendment is made of,
// text · reasons · consequences (PODZ, 129. člen, peti odstavek), against one
// provision of one version of a draft. A Position (stališče) is proposals in
// order, with who decided on them. A Mandate (pooblastilo) says by which rule.
//
// What holds:
//
//   - A proposal has a snapshot of the provision that it is against.
//   - Two who edit one proposal notice each other: no revision is lost.
//   - What a position carries is fixed once it is approved: a proposal of an
//     approved or frozen position cannot be changed.
//   - A position is approved only with a mandate, and frozen only when approved.
//   - What is frozen is kept whole, as one text, under its hash, and is never
//     written again. Its papers are made from that text alone.
package positions

import (
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// A Wanted says what a proposal does to its provision.
type Wanted string

// What may be wanted.
const (
	Rewrite Wanted = "rewrite" // spremeni
	Insert  Wanted = "insert"  // doda, behind the provision
	Delete  Wanted = "delete"  // črta
	Keep    Wanted = "keep"    // ostane, against those who want it changed
)

// Wants are all of them, in the order in which they are offered.
func Wants() []Wanted { return []Wanted{Rewrite, Insert, Delete, Keep} }

// A State is how far a proposal is.
type State string

// The states of a proposal.
const (
	Draft     State = "draft"
	Ready     State = "ready"
	Withdrawn State = "withdrawn"
)

// A Crowd is how many organisations and persons.
type Crowd struct {
	Orgs    int `json:"orgs"`
	Persons int `json:"persons"`
}

// None reports whether there is nobody.
func (c Crowd) None() bool { return c.Orgs == 0 && c.Persons == 0 }

func (c Crowd) most(d Crowd) Crowd {
	return Crowd{max(c.Orgs, d.Orgs), max(c.Persons, d.Persons)}
}

// Evidence is what a proposal leans on; Version says which state of it.
type Evidence struct {
	Label   string `json:"label"`
	Link    string `json:"link,omitempty"` // http, https, or a path of the house
	Version string `json:"version,omitempty"`
}

// An Objection is what a member holds against a proposal. Without Who it is of
// someone who did not allow the name to be published.
type Objection struct {
	Who  string `json:"who,omitempty"`
	Text string `json:"text"`
}

// A Unit is one step of the way to a provision: an article, a paragraph of it.
type Unit struct {
	Kind  string `json:"kind"` // of lawtext: "article", "paragraph", "point", "indent"
	Num   string `json:"num"`
	Label string `json:"label,omitempty"` // as printed; empty when only implied
	Last  string `json:"last,omitempty"`  // number of the last of its kind beside it, itself or another
	Only  bool   `json:"only,omitempty"`  // a paragraph without a number, which nobody mentions
}

// A Proposal is one change that we want.
//
// These hold of every Proposal that Check accepts:
//
//   - Title is not empty, and Wanted is one of Wants.
//   - No count is below zero.
//   - An objection has words; evidence has a label.
//
// Of one that is Ready also: what is put or changed has a Text, and there are
// Reasons.
type Proposal struct {
	ID           voice.ProposalID `json:"id"`
	Case         voice.CaseID     `json:"case"`
	Position     voice.PositionID `json:"-"`      // that carries it, from the next version on; may be empty
	Number       int              `json:"number"` // its place, from 1
	Version      law.VersionID    `json:"draft_version"`
	Provision    string           `json:"provision"` // "art_12__para_1"
	Place        []Unit           `json:"place"`     // the way there, from the article down
	Cite         string           `json:"cite"`      // "12. člen, prvi odstavek"
	Lang         string           `json:"lang"`      // of the draft and of Text
	Title        string           `json:"title"`
	Wanted       Wanted           `json:"wanted"`
	Draft        string           `json:"draft"`                 // the provision as it stands
	Text         string           `json:"text"`                  // ours, in normative form; a line for each paragraph
	Instruction  []string         `json:"instruction,omitempty"` // what an amending act would say, a line each; proven when saved
	Reasons      string           `json:"reasons"`
	Budget       string           `json:"budget"`
	People       string           `json:"people"`
	Evidence     []Evidence       `json:"evidence"`
	Note         string           `json:"note,omitempty"`
	For          Crowd            `json:"for"`
	Against      Crowd            `json:"against"`
	Neutral      Crowd            `json:"neutral"`
	Objections   []Objection      `json:"objections"`
	FromComments []string         `json:"-"` // which members' comments it was made from
	State        State            `json:"-"`
	Revision     int              `json:"revision"` // counts the changes
	Changed      time.Time        `json:"-"`
	ChangedBy    string           `json:"-"` // the name of who changed it last
}

// Check returns a fault for all of the rules above that p breaks.
func (p Proposal) Check() error {
	var wrong fault.Fields
	if fault.Empty(p.Title) {
		wrong.Add("title", "positions.title.empty")
	}
	switch p.Wanted {
	case Rewrite, Insert, Delete, Keep:
	default:
		wrong.Add("wanted", "positions.wanted.unknown")
	}
	for field, c := range map[string]Crowd{"for": p.For, "against": p.Against, "neutral": p.Neutral} {
		if c.Orgs < 0 || c.Persons < 0 {
			wrong.Add(field, "positions.count.negative")
		}
	}
	for _, o := range p.Objections {
		if fault.Empty(o.Text) {
			wrong.Add("objections", "positions.objection.empty")
		}
	}
	for _, e := range p.Evidence {
		if fault.Empty(e.Label) {
			wrong.Add("evidence", "positions.evidence.empty")
		}
	}
	if p.State == Ready {
		p.unfinished(&wrong)
	}
	if len(p.Text)+len(p.Reasons)+len(p.Budget)+len(p.People)+len(p.Title)+len(p.Note) > maxWords {
		wrong.Add("text", "positions.text.long", "n", maxWords)
	}
	return wrong.Err()
}

// maxWords is the most that the words of a proposal may weigh, in bytes.
const maxWords = 200_000

func (p Proposal) unfinished(wrong *fault.Fields) {
	if fault.Empty(p.Text) && (p.Wanted == Rewrite || p.Wanted == Insert) {
		wrong.Add("text", "positions.text.empty")
	}
	if (p.Wanted == Rewrite || p.Wanted == Insert) && p.Text == p.Draft {
		wrong.Add("text", "positions.text.same")
	}
	if fault.Empty(p.Reasons) {
		wrong.Add("reasons", "positions.reasons.empty")
	}
}

// Old and New are the two sides of the redline: what the draft says there, and
// what we want there.
func (p Proposal) Old() string {
	if p.Wanted == Insert {
		return ""
	}
	return p.Draft
}

// New is what we want there.
func (p Proposal) New() string {
	switch p.Wanted {
	case Delete:
		return ""
	case Keep:
		return p.Draft
	}
	return p.Text
}

// A Body is who may decide on a position.
type Body string

// The bodies.
const (
	Board     Body = "board"     // upravni odbor
	Assembly  Body = "assembly"  // občni zbor
	President Body = "president" // predsednica ali predsednik
	Office    Body = "office"    // pisarna, by authorisation
)

// Bodies are all of them, in the order in which they are offered.
func Bodies() []Body { return []Body{Board, Assembly, President, Office} }

// Votes reports whether the body decides by votes; else by a person.
func (b Body) Votes() bool { return b == Board || b == Assembly }

// A Mandate says who decided, when, and by which rule.
type Mandate struct {
	Body      Body       `json:"body"`
	Person    string     `json:"person,omitempty"` // who decided, or who chaired
	On        civil.Date `json:"on"`
	Meeting   string     `json:"meeting,omitempty"` // "9. redna seja"
	Rule      string     `json:"rule"`              // "Statut, 31. člen: stališče potrdi upravni odbor …"
	For       int        `json:"for"`
	Against   int        `json:"against"`
	Abstained int        `json:"abstained"`
	Note      string     `json:"note,omitempty"`
	Decision  string     `json:"decision,omitempty"` // in the register of decisions, if it stands there
	Number    string     `json:"number,omitempty"`   // of that decision: "UO-7/2026-3"
}

// Check returns a fault unless m is a mandate:
//
//   - It has a body, a day and a rule.
//   - Of a body that votes, more were for than against.
//   - Of a person, there is the name.
func (m Mandate) Check() error {
	var wrong fault.Fields
	switch m.Body {
	case Board, Assembly:
		switch {
		case m.For < 0 || m.Against < 0 || m.Abstained < 0:
			wrong.Add("for", "positions.count.negative")
		case m.For <= m.Against:
			wrong.Add("for", "positions.mandate.lost")
		}
	case President, Office:
		if fault.Empty(m.Person) {
			wrong.Add("person", "positions.mandate.person")
		}
	default:
		wrong.Add("body", "positions.mandate.body")
	}
	if m.On.IsZero() {
		wrong.Add("on", "positions.mandate.day")
	}
	if fault.Empty(m.Rule) {
		wrong.Add("rule", "positions.mandate.rule")
	}
	return wrong.Err()
}
