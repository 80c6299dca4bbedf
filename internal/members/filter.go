package members

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Filter says which members are meant. The zero Filter means all who have not left.
type Filter struct {
	Kind     Kind     // empty for both
	Standing Standing // empty for applicants and members
	Field    Field    // empty for any
	Silent   bool     // only members of ours who have nobody to answer for them
	Text     string   // beginnings of words of name and place, and of the e-mail for those who may see it
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
	}
	return nil
}

// A Query asks for a page of the register, in alphabetical order.
type Query struct {
	Filter
	After ID  // last member of the page before
	Limit int // 50 if zero
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

// beginnings are what m is found by: the first three letters of each word of its
// name and place, of its e-mail with an @ before them, and one and two letters of
// its name, which is what is typed to leaf through the register.
func beginnings(m Member) []string {
	var list []string
	name := strings.Fields(folded(m.Name))
	for _, w := range append(name, strings.Fields(folded(m.Place))...) {
		list = append(list, beginning(w, 3))
	}
	if len(name) > 0 {
		list = append(list, beginning(name[0], 1), beginning(name[0], 2))
	}
	for _, w := range strings.Fields(folded(m.Email)) {
		list = append(list, "@"+beginning(w, 3))
	}
	slices.Sort(list)
	return slices.Compact(list)
}
