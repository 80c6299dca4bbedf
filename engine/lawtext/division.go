package lawtext

import "strings"

// Ranks order the divisions of an act: a division ends those of its own rank
// and below.
const (
	partRank = iota + 1 // del
	chapterRank
	oddelekRank
	pododdelekRank
	upperRank  // A.
	numberRank // 1.
	dottedRank // 1.1., and one more for each further dot
	letterRank = dottedRank + 4
	plainRank  = letterRank + 1
)

// A division is the line that begins a part, a chapter or a section.
type division struct {
	kind    Kind
	rank    int
	label   string // "I.", "PRVI DEL", "2. oddelek", "1.1."
	num     string // "I", "1", "2", "1.1"
	heading string
	sure    bool // needs no head of an article after it to be believed
	named   bool // by a word, so that its heading stands on a line of its own
}

// words of divisions in lower case, with the rank of what they name.
var divisionWords = [...]struct {
	word string
	kind Kind
	rank int
}{
	{"del", Part, partRank},
	{"poglavje", Chapter, chapterRank},
	{"razdelek", Section, oddelekRank},
	{"oddelek", Section, oddelekRank},
	{"pododdelek", Section, pododdelekRank},
	{"podpoglavje", Section, pododdelekRank},
	{"odsek", Section, pododdelekRank},
}

var ordinals = [...]string{"prv", "drug", "tretj", "četrt", "pet", "šest", "sedm", "osm", "devet", "deset", "enajst", "dvanajst"}

// readDivision reads the beginning of a part, chapter or section. Unnumbered
// headings are not read here, for they look like any text.
func readDivision(s string) (division, bool) {
	s = strings.TrimPrefix(s, "»")
	first, rest, _ := strings.Cut(s, " ")
	if len(first) > 14 || len(s) > 400 || endsText(s) {
		return division{}, false
	}
	if d, ok := readNamed(s, first, rest); ok {
		return d, true
	}
	if num, ok := roman(first); ok && rest != "" && (startsUpper(rest) || isParen(rest)) {
		if !strings.Contains(first, ".") && (len(num) < 2 || !isCaps(rest)) {
			return division{}, false
		}
		return division{Chapter, chapterRank, first, num, rest, isCaps(rest) && strings.Contains(first, "."), false}, true
	}
	m := readMark(s)
	if !startsUpper(m.rest) && !startsUpper(strings.TrimPrefix(m.rest, "»")) {
		return division{}, false
	}
	d := division{Section, numberRank, m.label, m.num, m.rest, false, false}
	switch m.style {
	case numStyle, parenStyle:
	case dottedStyle:
		d.rank = min(dottedRank+strings.Count(m.num, ".")-1, letterRank-1)
	case upperStyle:
		d.rank = upperRank
	case letterStyle:
		d.rank = letterRank
	default:
		return division{}, false
	}
	return d, true
}

// readNamed reads "I. poglavje", "Prvi del TEMELJNE DOLOČBE", "POGLAVJE II".
func readNamed(s, first, rest string) (division, bool) {
	second, after, _ := strings.Cut(rest, " ")
	word, num := second, first
	if w := strings.ToLower(strings.TrimRight(first, ":")); w == "poglavje" || w == "del" {
		word, num = first, second
	}
	word = strings.TrimRight(word, ":.-–")
	if len(word) < 3 || len(word) > 12 {
		return division{}, false
	}
	lower := strings.ToLower(word)
	for _, w := range divisionWords {
		if w.word != lower {
			continue
		}
		n, ok := ordinal(num)
		if !ok || after != "" && !startsUpper(after) {
			return division{}, false
		}
		return division{w.kind, w.rank, s[:len(first)+1+len(second)], n, after, true, true}, true
	}
	return division{}, false
}

// ordinal reads the number of a division: "I.", "2.", "Prvi", "4.a".
func ordinal(s string) (string, bool) {
	s = strings.TrimRight(s, ":")
	if n, ok := roman(s); ok {
		return n, true
	}
	if n := strings.TrimSuffix(s, "."); isNumber(n) {
		return n, true
	}
	lower := strings.ToLower(s)
	for i, stem := range ordinals {
		if rest, ok := strings.CutPrefix(lower, stem); ok && (rest == "i" || rest == "o" || rest == "a") {
			return itoa(i + 1), true
		}
	}
	return "", false
}

// roman reads "IX", "IX." and "IX.a".
func roman(s string) (string, bool) {
	n := 0
	for n < len(s) && strings.IndexByte("IVXLC", s[n]) >= 0 {
		n++
	}
	if n == 0 || n > 8 {
		return "", false
	}
	tail := strings.Trim(s[n:], ".")
	if tail != "" && (s[n] != '.' && len(tail) > 2 || !isLowerLetters(tail)) {
		return "", false
	}
	return strings.TrimSuffix(s, "."), true
}

// endsText reports whether s ends as sentences and items do, not as headings.
func endsText(s string) bool {
	if s == "" {
		return true
	}
	return strings.IndexByte(".;,:", s[len(s)-1]) >= 0 && strings.Count(s, " ") > 1
}
