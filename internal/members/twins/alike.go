package twins

import (
	"slices"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/textkit"
)

// legal are folded words that say what kind of organisation it is, and which people
// write or leave out.
var legal = map[string]bool{
	"drustvo": true, "kulturno": true, "umetnisko": true, "kud": true, "kd": true, "zavod": true, "javni": true, "zasebni": true, "zveza": true, "zdruzenje": true, "ustanova": true,
	"zadruga": true, "za": true, "in": true, "d": true, "o": true, "doo": true, "so": true, "p": true, "sp": true, "z": true, "b": true, "nvo": true, "the": true, "of": true, "and": true,
	"association": true, "institute": true, "society": true,
}

// Alike is what a name is recognised by, however it is written: its words without
// those that say what kind of organisation it is, in whatever order.
func Alike(name string) string {
	all := words(name)
	rest := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return legal[w] })
	if len(rest) == 0 {
		rest = all
	}
	slices.Sort(rest)
	return strings.Join(slices.Compact(rest), " ")
}

// words are the folded words of s.
func words(s string) []string {
	return strings.FieldsFunc(textkit.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
