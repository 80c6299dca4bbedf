package textkit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// A Word is a piece of a text; Start and End are its bytes there.
type Word struct {
	Text       string
	Start, End int
}

// Words returns the words of s in order, none overlapping another.
//
// A word is a run of letters, digits and the marks on them. A single hyphen,
// full stop, comma, slash or apostrophe that stands between two of those without
// a space belongs to the word, so that the names lawyers use stay whole: "79.č",
// "2022-3340-0058", "ZUJIK-I", "1.234,56". Two exceptions keep texts apart that
// only lack a space: a full stop before a capital after a small letter
// ("konec.Nato"), and a comma that is not between two digits.
func Words(s string) []Word {
	var list []Word
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !inWord(r) {
			i += n
			continue
		}
		end := wordEnd(s, i)
		list = append(list, Word{s[i:end], i, end})
		i = end
	}
	return list
}

func wordEnd(s string, i int) int {
	var before rune
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !inWord(r) {
			after, _ := utf8.DecodeRuneInString(s[i+n:])
			if !inWord(after) || !joins(before, r, after) {
				return i
			}
		}
		before = r
		i += n
	}
	return i
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '\u00ad'
}

func joins(before, r, after rune) bool {
	switch r {
	case '-', '‐', '‑', '/', '\'', '’':
		return true
	case ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	case '.':
		return !unicode.IsLower(before) || !unicode.IsUpper(after)
	}
	return false
}

// Parts returns the letters and digits between the joints of w: "79" and "č" of
// "79.č". It returns nil for a word without joints.
func (w Word) Parts() []Word {
	isJoint := func(r rune) bool { return !inWord(r) }
	if !strings.ContainsFunc(w.Text, isJoint) {
		return nil
	}
	var list []Word
	start := 0
	for i, r := range w.Text + "-" {
		if !isJoint(r) {
			continue
		}
		if i > start {
			list = append(list, Word{w.Text[start:i], w.Start + start, w.Start + i})
		}
		start = i + utf8.RuneLen(r)
	}
	return list
}

// Terms returns what a search index holds of s, and what a query for s looks
// for: the stem of every word, and for a word with joints also the stems of its
// parts, right after it. "79.č členov" gives "79.c", "79", "c", "cln".
func Terms(lang language.Tag, s string) []string {
	var list []string
	for _, w := range Words(s) {
		list = append(list, Stem(lang, w.Text))
		for _, p := range w.Parts() {
			list = append(list, Stem(lang, p.Text))
		}
	}
	return list
}

// Similarity says how much of two texts is the same words, from 0 to 1: twice
// the shared words over all words (Dice), case, diacritics and order aside. Two
// texts without words are the same text.
func Similarity(a, b string) float64 {
	count := make(map[string]int)
	wa, wb := Words(a), Words(b)
	for _, w := range wa {
		count[Fold(w.Text)]++
	}
	shared := 0
	for _, w := range wb {
		if f := Fold(w.Text); count[f] > 0 {
			count[f]--
			shared++
		}
	}
	if len(wa)+len(wb) == 0 {
		return 1
	}
	return 2 * float64(shared) / float64(len(wa)+len(wb))
}
