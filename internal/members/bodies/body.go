// Package bodies is where the association decides: its bodies and who sits in them,
// by which rule they decide, the papers and notes of working groups, and the
// register of what was decided.
//
// What holds:
//
//   - A seat is dated, and stays when it ends. Who sat where on a past day, put
//     there by whom, can always be told.
//   - Whether there is a quorum, and whether a motion carries, is computed by the
//     rule of the body. Nobody types a result.
//   - A decision has a number and the text that was voted on. What changes later is
//     whether it is in force, what is done of it, and who may read it.
//   - A working group's papers and notes are for its members and the office.
package bodies

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A BodyID names a body for good.
type BodyID string

// A Kind is what sort of body it is.
type Kind string

// The kinds.
const (
	Assembly    Kind = "assembly"    // občni zbor: all who have a vote in the register
	Board       Kind = "board"       // upravni odbor
	Supervisory Kind = "supervisory" // nadzorni odbor
	Honour      Kind = "honour"      // častno razsodišče
	President   Kind = "president"   // predsednica ali predsednik
	Group       Kind = "group"       // delovna skupina
	Outside     Kind = "outside"     // a body of others in which our people sit
)

// Kinds are all kinds in the order in which they are shown.
func Kinds() []Kind { return []Kind{Assembly, Board, Supervisory, Honour, President, Group, Outside} }

// A Body is one that decides or advises.
//
// These hold of every Body that Check accepts:
//
//   - Name is not empty and at most 200 letters.
//   - Kind is of the words above; a body of others says whose it is.
//   - Prefix, with which the numbers of its decisions begin, has at most 8 letters
//     and digits, and a body of ours has one.
//   - Places and Months are not negative.
//   - The Rule holds together.
type Body struct {
	ID       BodyID
	Kind     Kind
	Name     string
	Prefix   string     // "UO", as in UO-7/2026-3
	Of       string     // of a body of others: "Ministrstvo za kulturo"
	Places   int        // how many seats the statute has; 0 if it does not say
	Months   int        // how long a mandate is; 0 for without end
	Falls    string     // its seats fall with: "ministrica za kulturo"; empty if with nobody
	Since    civil.Date // none if it is not known
	Ended    civil.Date // its last day; none while there is such a body
	Rule     Rule
	Note     string
	Revision int
	Changed  time.Time
}

// The rights of the desk. Whoever sits in a body, or is called to a meeting, sees
// more than See alone gives.
var (
	// See is to see who sits where, and decisions that are open to members.
	See = auth.Right{Name: "bodies.see", Roles: auth.Anyone}
	// Work is to keep bodies, call meetings, write minutes and the register.
	Work = auth.Right{Name: "bodies.work", Roles: auth.Insider}
)

// The longest that is kept, in letters.
const (
	longestName = 200
	longestLine = 300
	longestText = 50_000
)

// Tidy returns b as it is kept.
func (b Body) Tidy() Body {
	b.Name, b.Of, b.Falls = line(b.Name), line(b.Of), line(b.Falls)
	b.Prefix = strings.ToUpper(line(b.Prefix))
	b.Note = strings.TrimSpace(b.Note)
	b.Rule = b.Rule.tidy()
	return b
}

// Check returns the faults for the rules above that b breaks.
func (b Body) Check() error {
	var wrong fault.Fields
	if b.Name == "" {
		wrong.Add("name", "bodies.name.empty")
	}
	long(&wrong, "name", b.Name, longestName)
	long(&wrong, "of", b.Of, longestLine)
	long(&wrong, "falls", b.Falls, longestLine)
	long(&wrong, "note", b.Note, longestText)
	switch {
	case !slices.Contains(Kinds(), b.Kind):
		wrong.Add("kind", "bodies.kind.unknown")
	case b.Kind == Outside && b.Of == "":
		wrong.Add("of", "bodies.of.empty")
	}
	plain := strings.IndexFunc(b.Prefix, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) < 0
	if !plain || utf8.RuneCountInString(b.Prefix) > 8 || b.Prefix == "" && b.Kind != Outside {
		wrong.Add("prefix", "bodies.prefix.wrong")
	}
	if b.Places < 0 || b.Places > 1_000 {
		wrong.Add("places", "bodies.places.wrong")
	}
	if b.Months < 0 || b.Months > 600 {
		wrong.Add("months", "bodies.months.wrong")
	}
	b.Rule.check(&wrong)
	return wrong.Err()
}

// Here reports whether there is such a body on the day.
func (b Body) Here(day civil.Date) bool { return b.Ended.IsZero() || !b.Ended.Before(day) }

// Seated reports whether those who sit in the body have its votes; in an assembly
// the members do.
func (b Body) Seated() bool { return b.Kind != Assembly }

// until is the first day after a mandate that begins on the day: the one of the same
// number, or of the next month where the month has none.
func (b Body) until(from civil.Date) civil.Date {
	end := from.AddMonths(b.Months)
	if _, _, day := from.Date(); !end.IsZero() {
		if _, _, last := end.Date(); last < day {
			return end.AddDays(1)
		}
	}
	return end
}

// order is where the body stands in lists: kinds in their order, then by name.
func (b Body) order() string {
	key := textkit.SortKey(language.Slovenian, b.Name)
	return string(rune('a'+slices.Index(Kinds(), b.Kind))) + key[:min(len(key), 160)]
}

// line is s on one line, with single spaces and without control characters.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// long adds a fault if s is longer than most letters.
func long(wrong *fault.Fields, field, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		wrong.Add(field, "bodies.too_long", "most", most)
	}
}

// Subject names a body in the book and in the index.
func Subject(id BodyID) string { return "body/" + string(id) }

// MeetingSubject names a meeting, there and in the ledger of letters.
func MeetingSubject(id MeetingID) string { return "meeting/" + string(id) }

// DecisionSubject names a decision.
func DecisionSubject(id DecisionID) string { return "decision/" + string(id) }
