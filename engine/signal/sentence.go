package signal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// sentencesOf splits the text of an act into sentences, each on one line.
func sentencesOf(a *lawtext.Act) []string {
	var out []string
	for _, c := range a.Components {
		for _, n := range c.Nodes {
			for _, l := range n.Lines() {
				out = split(out, l)
			}
		}
	}
	return out
}

// split appends the sentences of one line. A full stop ends one if a capital
// follows and it stands after a word, not after a number or an abbreviation.
func split(out []string, l string) []string {
	start := 0
	for i := 0; i+2 < len(l); i++ {
		if c := l[i]; c != '.' && c != '!' && c != '?' || l[i+1] != ' ' {
			continue
		}
		r, _ := utf8.DecodeRuneInString(l[i+2:])
		if !unicode.IsUpper(r) && r != '»' && r != '(' || l[i] == '.' && isAbbreviation(l[start:i]) {
			continue
		}
		out = append(out, l[start:i+1])
		start = i + 2
	}
	if start < len(l) {
		out = append(out, l[start:])
	}
	return out
}

// isAbbreviation reports whether the full stop after s belongs to its last word.
func isAbbreviation(s string) bool {
	w := strings.ToLower(s[strings.LastIndexAny(s, " (»")+1:])
	if w == "" {
		return false
	}
	if c := w[len(w)-1]; c >= '0' && c <= '9' {
		return len(w) <= 2 // an ordinal or a day, but not a year
	}
	switch w {
	case "št", "oz", "npr", "dr", "mag", "čl", "tel", "t", "i", "d", "o", "k", "ga", "g", "prof", "ipd", "gl", "str", "no", "mr", "ms":
		return true
	}
	return false
}
