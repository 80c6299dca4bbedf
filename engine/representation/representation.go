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
	Per    int              `json:"per"`
	Papers []string         `json:"papers"` // keys of what is submitted beside the list
	Basis  string           `json:"basis"`
}

// An Elected is how many electors there are for a number of members.
type Elected struct {
	Members  int
	Electors int
	Short    int // how many members are missing to one elector more
}

// Check returns why r cannot be counted by.
func (r Electors) Check() error {
	if r.Fixed < 0 || r.Per < 1 {
		return errors.New("representation: " + r.Key + ": a negative number of electors, or none for any number of members")
	}
	return nil
}

// Of counts the electors for n members with proof. A negative n is none.
func (r Electors) Of(n int) Elected {
	n = max(n, 0)
	return Elected{Members: n, Electors: r.Fixed + n/r.Per, Short: r.Per - n%r.Per}
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
// has said.
type Vote struct {
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
	for _, v := range votes {
		w := max(v.Weight, 0)
		f.All += w
		i := slices.IndexFunc(r.Ties, func(t Tie) bool { return t.Key == v.Tie })
		switch {
		case i < 0:
			f.Unsaid += w
		case r.Ties[i].Unclear != "":
			f.Unclear += w
		case r.Ties[i].Counts:
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
