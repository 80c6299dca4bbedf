package lawtext

import (
	"slices"
	"strings"
)

// Ranks order the divisions of an act: a division ends those of its own rank
// and below.
const (
	groupRank = iota // "Čl. I" above "§ 1"
	partRank         // del
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

// readDivision reads the beginning of a part, chapter or section. Unnumbered
// headings are not read here, for they look like any text.
func (d *Dialect) readDivision(s string) (division, bool) {
	s, _ = d.unquoted(s)
	first, rest, _ := strings.Cut(s, " ")
	if d.size(first) > 14 || d.size(s) > 400 || endsText(s) {
		return division{}, false
	}
	if named, ok := d.readNamed(s, first, rest); ok {
		return named, true
	}
	if num, ok := roman(first); ok && rest != "" && (startsUpper(rest) || d.isParen(rest)) {
		if !strings.Contains(first, ".") && (len(num) < 2 || !isCaps(rest)) {
			return division{}, false
		}
		return division{Chapter, chapterRank, first, num, rest, isCaps(rest) && strings.Contains(first, "."), false}, true
	}
	m := d.readMark(s)
	if m.style == noStyle {
		m = d.readLettered(s)
	}
	if title, _ := d.unquoted(m.rest); !startsUpper(title) {
		return division{}, false
	}
	v := division{Section, numberRank, m.label, m.num, m.rest, false, false}
	switch m.style {
	case numStyle, parenStyle:
	case dottedStyle:
		v.rank = min(dottedRank+strings.Count(m.num, ".")-1, letterRank-1)
	case upperStyle:
		v.rank = upperRank
	case letterStyle:
		v.rank = letterRank
	default:
		return division{}, false
	}
	return v, true
}

// readNamed reads "I. poglavje", "Prvi del TEMELJNE DOLOČBE", "POGLAVJE II".
func (d *Dialect) readNamed(s, first, rest string) (division, bool) {
	second, after, _ := strings.Cut(rest, " ")
	num := second
	w, ok := d.divisionWord(strings.TrimRight(first, ":"))
	if !ok || !w.Leads {
		num = first
		if w, ok = d.divisionWord(strings.TrimRight(second, ":.-–")); !ok {
			return division{}, false
		}
	}
	n, ok := d.ordinal(num)
	if !ok || after != "" && !startsUpper(after) {
		return division{}, false
	}
	return division{w.Kind, w.Rank, s[:len(first)+1+len(second)], n, after, true, true}, true
}

func (d *Dialect) divisionWord(s string) (DivisionWord, bool) {
	if len(s) < 3 || len(s) > 16 {
		return DivisionWord{}, false
	}
	s = strings.ToLower(s)
	for _, w := range d.Divisions {
		if w.Word == s {
			return w, true
		}
	}
	return DivisionWord{}, false
}

// ordinal reads the number of a division: "I.", "2.", "Prvi", "4.a".
func (d *Dialect) ordinal(s string) (string, bool) {
	s = strings.TrimRight(s, ":")
	if n, ok := roman(s); ok {
		return n, true
	}
	if n := strings.TrimSuffix(s, "."); d.isNumber(n) {
		return n, true
	}
	lower := d.numeral(strings.ToLower(s))
	for i, stem := range d.Ordinals {
		if rest, ok := strings.CutPrefix(lower, stem); ok && slices.Contains(d.OrdinalEnds, rest) {
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
	if s = strings.TrimRight(s, "» "); s == "" {
		return true
	}
	return strings.IndexByte(".;,:", s[len(s)-1]) >= 0 && strings.Count(s, " ") > 1
}
