// Package proof shows whom the association speaks for: numbered extracts of the
// register as it stood on a day, each member with what proves them, which anybody
// who has one can check; the electors that this many members give; and whether
// those on whom a body depends have too many votes in it.
//
// What holds:
//
//   - An extract has the number that comes next in its year, and keeps it. It is
//     frozen: what it said is found in its files, which never change.
//   - It names the hash of the extract before, so that none can be slipped in later.
//   - Who is given an extract can check it without an account: by its address, which
//     tells numbers and no names, or by the file itself, whose hash is compared.
//   - A wrong extract is withdrawn with a reason, or another takes its place; it is
//     not taken out.
//   - It says what was true on its day: names, registrations and proofs of the day,
//     whatever became of them since. What the register learned later is marked.
//   - A member is proven by a paper with a date that is not after the day.
package proof

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
)

// The rights of the room. Everybody may have a certificate of their own membership.
var (
	See   = auth.Right{Name: "proof.see", Roles: auth.Insider}
	Issue = auth.Right{Name: "proof.issue", Roles: auth.Staff}
)

// An ID is the number of an extract: "2026-000003".
type ID string

// Number writes the ID as people do: "3/2026".
func (id ID) Number() string {
	year, n, _ := strings.Cut(string(id), "-")
	return strings.TrimLeft(n, "0") + "/" + year
}

// A State is where an extract is.
type State string

// The states.
const (
	Making    State = "making" // its job is at it, or was stopped: the number is taken
	Ready     State = "ready"
	Withdrawn State = "withdrawn" // it was wrong, and says so to whoever checks it
	Replaced  State = "replaced"  // another stands in its place, and whoever checks it is told which
)

// Formats are the files of an extract. The hash of the first is what the others
// print.
func Formats() []string { return []string{"json", "csv", "pdf"} }

// An Extract (izpisek iz registra članov) says who were members on a day.
type Extract struct {
	ID            ID
	On            civil.Date         // the day of which it speaks
	Kind          members.Kind       // only these; empty for both
	Category      members.CategoryID // only of it; empty for all
	Member        members.ID         // only them: a certificate of membership (potrdilo); empty for all
	Rule          string             // by which electors are counted on it; empty for none
	Purpose       string             // what for, as it is printed
	Lang          string
	State         State
	Made          time.Time
	By            auth.UserID
	ByName        string
	Organisations int
	Persons       int
	Proven        int // how many of both have proof
	Before        string
	Token         string // of the address where it is checked
	Job           jobs.ID
	Withdrawn     civil.Date
	Reason        string // of the withdrawal
	Replaces      ID     // the extract in whose place this one stands
	Instead       ID     // the one that stands in its place
	Files         []File
}

// A File is an extract as one kind of file.
type File struct {
	Format string
	Hash   string // SHA-256, hexadecimal
	Size   int64
	Gone   bool // no longer kept: only whoever has it can show it
}

// All counts the members in it.
func (e Extract) All() int { return e.Organisations + e.Persons }

// Hash is what the extract is known by: the hash of its JSON.
func (e Extract) Hash() string {
	for _, f := range e.Files {
		if f.Format == Formats()[0] {
			return f.Hash
		}
	}
	return ""
}

const longestPurpose = 300

// Check returns faults for what cannot be asked for, on the day that is today.
func (e Extract) Check(today civil.Date) error {
	var wrong fault.Fields
	switch {
	case e.On.IsZero():
		wrong.Add("on", "proof.on.none")
	case today.Before(e.On):
		wrong.Add("on", "proof.on.later")
	}
	if e.Kind != "" && e.Kind != members.Organisation && e.Kind != members.Person {
		wrong.Add("kind", "members.kind.unknown")
	}
	if utf8.RuneCountInString(e.Purpose) > longestPurpose {
		wrong.Add("purpose", "proof.purpose.long", "most", longestPurpose)
	}
	return wrong.Err()
}

// A Line is one member as an extract has them.
type Line struct {
	No       int          `json:"no"`
	Name     string       `json:"name"`
	Kind     members.Kind `json:"kind"`
	Category string       `json:"category,omitempty"`
	Place    string       `json:"place,omitempty"`
	Since    civil.Date   `json:"since"`
	Papers   []Paper      `json:"papers,omitempty"`

	Standing members.Standing `json:"standing,omitempty"`
	Agents   []string         `json:"authorised,omitempty"` // who may act for an organisation
	Recorded civil.Date       `json:"recorded,omitzero"`    // when the register learned of it, if that was after the day
}

// A Paper is what proves a member: an entry in a register, or what admitted them.
type Paper struct {
	Kind   string     `json:"kind"`             // "tax", "register", "admission": what it is of
	Number string     `json:"number,omitempty"` // of the entry or the decision
	Proof  string     `json:"proof,omitempty"`  // a record.Proof
	On     civil.Date `json:"on"`               // of the proof or the decision; none without

	Since    civil.Date `json:"since,omitzero"`    // of the entry
	Recorded civil.Date `json:"recorded,omitzero"` // as of a Line
}

// Papers that are in no registry: the decision by which the association took a member
// in, and the one that gave them the status of public interest.
const (
	Admission = "admission"
	Interest  = "interest"
)

// Proven reports whether a paper proves the member on the day.
func (l Line) Proven(on civil.Date) bool {
	return slices.ContainsFunc(l.Papers, func(p Paper) bool { return p.proves(on) })
}

func (p Paper) proves(on civil.Date) bool { return !p.On.IsZero() && !on.Before(p.On) }
