package meetings

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/textkit"
)

// Attendees are looked for by beginnings of words, as members are in the register:
// a table has the first three and the first six letters of each word of a name, and of
// its first word the first one and the first two, in the order of the list.

// mostTerms is how many words of a search count.
const mostTerms = 6

// folded is s as LIKE looks through it: each word with a space before it.
func folded(s string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(textkit.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		b.WriteString(" " + w)
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

// lookup is the longest beginning of a word that is looked for of which the table is sure
// to have all.
func lookup(w string) string {
	if len([]rune(w)) < 6 {
		return beginning(w, 3)
	}
	return beginning(w, 6)
}

// terms are the words that are looked for, the longest first.
func terms(s string) []string {
	words := strings.Fields(folded(beginning(s, 200)))
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	words = slices.Compact(words)
	return words[:min(len(words), mostTerms)]
}

// found is by what the attendee is found: the folded words of the name, and of the
// name of who came for them.
func (a Attendee) found() string { return folded(a.Name + " " + a.Acts) }

// beginnings are those by which the attendee is found.
func beginnings(found string) []string {
	words := strings.Fields(found)
	var list []string
	for i, w := range words {
		if i == 0 {
			list = append(list, beginning(w, 1), beginning(w, 2))
		}
		list = append(list, beginning(w, 3), beginning(w, 6))
	}
	slices.Sort(list)
	return slices.Compact(list)
}
