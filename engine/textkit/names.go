package textkit

import (
	"slices"
	"strings"
)

// Alike is how much two names have in common, whatever the order of their words: 1
// if they have the same words.
func Alike(a, b string) float64 {
	x, y := Names(a), Names(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	if slices.Equal(x, y) {
		return 1
	}
	common := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			common++
		}
	}
	return float64(2*common) / float64(len(x)+len(y))
}

// Names are the words of a name, folded and in order, each once.
func Names(s string) []string {
	words := strings.FieldsFunc(Fold(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	slices.Sort(words)
	return slices.Compact(words)
}
