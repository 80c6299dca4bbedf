package drafting

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawdiff"
)

// split cuts a text into its sentences as they are counted, or returns nil if
// that is not certain.
func split(text string) []string {
	ends, sure := amend.UsageOf("sl").Sentences(text)
	if !sure {
		return nil
	}
	var out []string
	from := 0
	for _, end := range ends {
		out = append(out, strings.TrimSpace(text[from:end]))
		from = end
	}
	return out
}

// stavek writes the change of one whole sentence (stavek): put in, taken out, or
// written anew where it is changed in too many places. It returns nil for
// anything else.
func (w writer) stavek(at []step, was, is string, fewWords bool) []sentence {
	a, b := split(was), split(is)
	if len(a) == 0 || len(b) == 0 || len(a) == 1 && len(b) == 1 {
		return nil
	}
	keep := lawdiff.Align(a, b)
	gone, come := make([]bool, len(a)), []int{}
	for i := range gone {
		gone[i] = true
	}
	for j, i := range keep {
		if i < 0 {
			come = append(come, j)
		} else {
			gone[i] = false
		}
	}
	var went []int
	for i, g := range gone {
		if g {
			went = append(went, i)
		}
	}
	one := sentence{at: at, leaves: at}
	switch {
	case len(come) == 1 && len(went) == 0 && whole(b[come[0]]) && strings.HasSuffix(was, "."):
		j := come[0]
		one.rest = "doda nov " + nth(j+1, lawcite.Nominative) + ", ki se glasi: " + quoted(b[j])
		if j == len(b)-1 {
			one.front, one.rest = "na koncu", "doda nov stavek, ki se glasi: "+quoted(b[j])
		} else if j > 0 {
			one.front = "za " + nth(j, lawcite.Instrumental)
		} else {
			return nil
		}
	case len(come) == 0 && len(went) == 1:
		one.front, one.rest = nth(went[0]+1, lawcite.Nominative), deleted[0]
	case len(come) == 1 && len(went) == 1 && !fewWords && whole(b[come[0]]) && (came(keep, come[0]) == went[0]):
		one.front, one.rest = nth(went[0]+1, lawcite.Nominative), "spremeni tako, da se glasi: "+quoted(b[come[0]])
	default:
		return nil
	}
	return []sentence{one}
}

// came is the place in the old list at which the new item j stands.
func came(keep []int, j int) int {
	if j == 0 {
		return 0
	}
	return keep[j-1] + 1
}

// whole reports whether a text is a sentence from its capital to its full stop.
func whole(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r) && strings.HasSuffix(s, ".") && quotable(s)
	}
	return false
}

func nth(n int, c lawcite.Case) string {
	return ref(lawcite.Step{Unit: lawcite.Sentence, Numbers: []lawcite.Range{{From: strconv.Itoa(n)}}}).Write(c)
}
