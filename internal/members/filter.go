package members

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Filter says which members are meant. The zero Filter means all who are members
// or would be.
type Filter struct {
	Kind     Kind       `json:",omitempty"` // empty for both
	Standing Standing   `json:",omitempty"` // empty for applicants and members
	Field    Field      `json:",omitempty"` // the main one or beside it; empty for any, as below
	Region   string     `json:",omitempty"`
	Language string     `json:",omitempty"`
	Category CategoryID `json:",omitempty"`
	Tag      TagID      `json:",omitempty"`
	Interest bool       `json:",omitempty"` // only those who have or had the status of public interest
	Detail   DetailID   `json:",omitempty"` // only those who have the Value in it, or anything if that is empty
	Value    string     `json:",omitempty"` // as somebody types it; see Form.Fits
	Least    string     `json:",omitempty"` // of a number or a day: at least and at most this
	Most     string     `json:",omitempty"`
	Owing    Owing      `json:",omitempty"` // only those of whom dues are asked for; for who may see that
	Unsure   bool       `json:",omitempty"` // only those who were asked whether their data are right, and have not said so
	Silent   bool       `json:",omitempty"` // only members of ours who have nobody to answer for them
	Text     string     `json:",omitempty"` // beginnings of words of name and place, and of the e-mail for those who may see it
}

// Check returns a fault for a word that the register does not have.
func (f Filter) Check() error {
	switch {
	case f.Kind != "" && !slices.Contains(Kinds(), f.Kind):
		return fault.In("kind", "members.kind.unknown")
	case f.Standing != "" && !slices.Contains(Standings(), f.Standing):
		return fault.In("standing", "members.standing.unknown")
	case f.Field != "" && !slices.Contains(Fields(), f.Field):
		return fault.In("field", "members.field.unknown")
	case f.Region != "" && !slices.Contains(Regions(), f.Region):
		return fault.In("region", "members.region.unknown")
	case f.Owing != "" && !slices.Contains(Owings(), f.Owing):
		return fault.In("owing", "members.owing.unknown")
	case len(f.Text)+len(f.Value)+len(f.Least)+len(f.Most) > longestNote:
		return fault.New(fault.TooBig, "members.filter.long")
	}
	return nil
}

// secret reports whether the filter asks for what is for the office only.
func (f Filter) secret() bool { return f.Silent || f.Unsure || f.Tag != "" || f.Detail != "" }

// may returns a fault if the actor may not ask for the filter.
func (f Filter) may(by auth.Actor) error {
	switch {
	case f.secret() && !by.Can(Read):
		return by.Refused(Read)
	case f.Standing != "" && !f.Standing.Here() && !by.Can(Past):
		return by.Refused(Past)
	case f.Owing != "":
		return by.Must(SeeDues)
	}
	return nil
}

// A Query asks for a page of the register, in alphabetical order.
type Query struct {
	Filter
	From  string // begin with the first name that is not before this, say a letter
	After ID     // last member of the page before
	Limit int    // 50 if zero
}

func (q Query) limit() int {
	if q.Limit <= 0 {
		return 50
	}
	return min(q.Limit, 1_000)
}

// Counts are how many members there are, by kind and standing.
type Counts struct {
	Of     map[Kind]map[Standing]int
	Silent int
}

// Here counts those of the kind who have not left, of all kinds if it is empty.
func (c Counts) Here(k Kind) int { return c.In(k, Active) + c.In(k, Suspended) + c.In(k, Applied) }

// All counts all whom the register has.
func (c Counts) All() int {
	n := 0
	for _, s := range Standings() {
		n += c.In("", s)
	}
	return n
}

// In counts those of the kind in the standing, of all kinds if it is empty.
func (c Counts) In(k Kind, s Standing) int {
	if k == "" {
		return c.Of[Organisation][s] + c.Of[Person][s]
	}
	return c.Of[k][s]
}

// mostTerms bounds the words of a search; the rest is not looked for.
const mostTerms = 8

// terms are the folded words of s, the longest first.
func terms(s string) []string {
	words := strings.Fields(folded(beginning(s, 200)))
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	words = slices.Compact(words)
	return words[:min(len(words), mostTerms)]
}

// folded is s as LIKE looks through it: each word with a space before it.
func folded(s ...string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(textkit.Fold(strings.Join(s, " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		b.WriteByte(' ')
		b.WriteString(w)
	}
	return b.String()
}

// beginning is the first n letters of s, or all of it.
func beginning(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
