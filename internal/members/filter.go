package members

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/asociacija/asociacija/engine/civil"
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
	Value    string     `json:",omitempty"` // as it is kept
	Owing    Owing      `json:",omitempty"` // only those of whom dues are asked for; for who may see that
	Silent   bool       `json:",omitempty"` // only members of ours who have nobody to answer for them
	Text     string     `json:",omitempty"` // beginnings of words of name and place, and of the e-mail for those who may see it

	today civil.Date // set when the register is read
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
	case len(f.Text) > longestNote || len(f.Value) > longestNote:
		return fault.New(fault.TooBig, "members.filter.long")
	}
	return nil
}

// secret reports whether the filter asks for what is for the office only.
func (f Filter) secret() bool { return f.Silent || f.Tag != "" || f.Detail != "" }

// may returns a fault if the actor may not ask for the filter.
func (f Filter) may(by auth.Actor) error {
	if f.secret() {
		if err := by.Must(Read); err != nil {
			return err
		}
	}
	if f.Owing != "" {
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

// beginnings are what m is found by: the first three letters of each word of its
// name and place, of its e-mail and former names with an @ before them, and one and
// two letters of its name, which is what is typed to leaf through the register.
func beginnings(m Member) []string {
	var list []string
	name := strings.Fields(folded(m.Name))
	for _, w := range append(name, strings.Fields(folded(m.Place))...) {
		list = append(list, beginning(w, 3))
	}
	if len(name) > 0 {
		list = append(list, beginning(name[0], 1), beginning(name[0], 2))
	}
	for _, w := range strings.Fields(folded(append(m.Former.Names(), m.Email)...)) {
		list = append(list, "@"+beginning(w, 3))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// A counted remembers how many there are of filters, at one version of the register.
type counted struct {
	mu      sync.Mutex
	version int
	of      map[Filter]int
}

func (c *counted) get(f Filter, version int) (n int, is bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version == version {
		n, is = c.of[f]
	}
	return n, is
}

func (c *counted) put(f Filter, version, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version || c.of == nil || len(c.of) > 500 {
		c.version, c.of = version, map[Filter]int{}
	}
	c.of[f] = n
}
