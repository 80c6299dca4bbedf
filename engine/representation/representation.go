// Package representation counts what a membership and a board are before the law:
// how many electors an organisation sends for its members, and whether those whom
// the law holds to be dependent have too many votes in a body.
//
// What holds:
//
//   - The rules are data; this package only counts.
//   - Nothing is decided. A Finding says what was counted and under which article,
//     for a person to judge.
//   - What nobody has said of a seat counts on neither side, and is told.
package representation

import (
	"errors"
	"slices"

	"github.com/asociacija/asociacija/engine/procedure"
)

// Electors is a rule on how many electors an organisation has by its members: a
// number whatever the size, and one more for each full so many members. Members are
// those for whom the organisation has proof: the Constitutional Court left an
// association that had only stated a number with the fixed elector (Mp-3/22).
type Electors struct {
	Key    string           `json:"key"`
	Labels procedure.Labels `json:"labels"`
	Fixed  int              `json:"fixed"`
	Per    int              `json:"per"`              // 0 for none more, however many members
	Counts string           `json:"counts,omitempty"` // what is counted, if not members: "workers" of members
	Kinds  []string         `json:"kinds,omitempty"`  // of members who count; empty for all
	Proofs []string         `json:"proofs,omitempty"` // registries of which one must prove a member; empty for any
	Papers []string         `json:"papers"`           // keys of what is submitted beside the list
	Basis  string           `json:"basis"`
}

// A Claim is one member as a rule sees them: of a kind, with all papers, and those of
// the papers that prove something on the day.
type Claim struct {
	Kind          string
	Papers, Proof []string
}

// A Reason is why a member does not count; empty for one who does.
type Reason string

// The reasons.
const (
	OtherKind  Reason = "kind"     // the rule does not count members of the kind
	NoPaper    Reason = "none"     // nothing is known that could prove them
	Undated    Reason = "unproven" // something is known, and nothing proved it on the day
	OtherPaper Reason = "paper"    // what proves them is not what the rule asks for
)

// Reasons are all reasons in the order in which they are told.
func Reasons() []Reason { return []Reason{OtherKind, NoPaper, Undated, OtherPaper} }

// Excludes says why the member does not count.
func (r Electors) Excludes(c Claim) Reason {
	switch {
	case len(r.Kinds) > 0 && !slices.Contains(r.Kinds, c.Kind):
		return OtherKind
	case len(c.Papers) == 0:
		return NoPaper
	case len(c.Proof) == 0:
		return Undated
	case len(r.Proofs) > 0 && !slices.ContainsFunc(c.Proof, func(p string) bool { return slices.Contains(r.Proofs, p) }):
		return OtherPaper
	}
	return ""
}

// An Elected is how many electors there are for a number of members.
type Elected struct {
	Members  int
	Electors int
	More     int // of them, how many are for the members
	Short    int // how many members are missing to one elector more; 0 if there never is one
}

// Check returns why r cannot be counted by.
func (r Electors) Check() error {
	if r.Fixed < 0 || r.Per < 0 || r.Fixed+r.Per == 0 {
		return errors.New("representation: " + r.Key + ": a negative number of electors, or none for any number of members")
	}
	return nil
}

// Of counts the electors for n members with proof. A negative n is none.
func (r Electors) Of(n int) Elected {
	n = max(n, 0)
	if r.Per == 0 {
		return Elected{Members: n, Electors: r.Fixed}
	}
	return Elected{Members: n, Electors: r.Fixed + n/r.Per, More: n / r.Per, Short: r.Per - n%r.Per}
}

// Independence is a rule that some people together hold less than a part of the
// votes in each body of an organisation.
type Independence struct {
	Key    string           `json:"key"`
	Labels procedure.Labels `json:"labels"`
	Ties   []Tie            `json:"ties"`
	Part   int              `json:"part"` // 4 is a quarter: less than one in four votes
	Basis  string           `json:"basis"`
}

// A Tie (vez) is whom a person in a body stands for or lives by.
type Tie struct {
	Key     string           `json:"key"`
	Labels  procedure.Labels `json:"labels"`
	Counts  bool             `json:"counts"`            // the law counts it against independence
	Unclear string           `json:"unclear,omitempty"` // why that is a question of law, in a basis
}

// Check returns why r cannot be counted by.
func (r Independence) Check() error {
	if r.Part < 1 || len(r.Ties) == 0 {
		return errors.New("representation: " + r.Key + ": no part of the votes, or no ties")
	}
	return nil
}

// A Vote is what one seat weighs, and the tie of who sits on it; empty if nobody
// has said. Who has two seats is counted once: with the heavier vote, and with the
// tie that counts more.
type Vote struct {
	Who    string // empty for somebody who has no other seat
	Tie    string
	Weight int
}

// A Finding is what was counted in one body. Counted, Unclear and Unsaid are votes
// out of All: of ties that the law counts, of ties of which that is a question, and
// of seats of which nothing is said or a tie that the rule does not know.
type Finding struct {
	Counted, Unclear, Unsaid, All int
	// Free is how many votes more may go to those counted before the rule is broken.
	Free int
	// Broken says that those counted have too many votes; May that they could have,
	// with those of which it is open.
	Broken, May bool
}

// Judge counts the votes of one body. A body without votes breaks nothing.
func (r Independence) Judge(votes []Vote) Finding {
	var f Finding
	for _, v := range r.persons(votes) {
		w := max(v.Weight, 0)
		f.All += w
		switch r.grade(v.Tie) {
		case unsaid:
			f.Unsaid += w
		case unclear:
			f.Unclear += w
		case counted:
			f.Counted += w
		}
	}
	// Less than the part: exactly a quarter is too much.
	most := (f.All - 1) / r.Part
	f.Free = max(most-f.Counted, 0)
	f.Broken = f.Counted > most
	f.May = !f.Broken && f.Counted+f.Unclear+f.Unsaid > most
	return f
}

// The grades of ties, the lightest first.
const (
	free = iota
	unsaid
	unclear
	counted
)

func (r Independence) grade(tie string) int {
	i := slices.IndexFunc(r.Ties, func(t Tie) bool { return t.Key == tie })
	switch {
	case i < 0:
		return unsaid
	case r.Ties[i].Unclear != "":
		return unclear
	case r.Ties[i].Counts:
		return counted
	}
	return free
}

// persons are the votes with one for each person.
func (r Independence) persons(votes []Vote) (list []Vote) {
	at := map[string]int{}
	for _, v := range votes {
		i, twice := at[v.Who]
		if v.Who == "" || !twice {
			at[v.Who] = len(list)
			list = append(list, v)
			continue
		}
		one := &list[i]
		one.Weight = max(one.Weight, v.Weight)
		if g, h := r.grade(one.Tie), r.grade(v.Tie); g == unsaid && h == free || h > g && h != unsaid {
			one.Tie = v.Tie // what nobody said of the one seat was said of the other
		}
	}
	return list
}
