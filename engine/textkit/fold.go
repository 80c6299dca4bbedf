// Package textkit reads words the way people search for them: without case and
// diacritics, in either script, and in whatever grammatical form they stand.
//
// Nothing here knows what a text is about. All functions are pure and take any
// string, valid UTF-8 or not, without panic.
package textkit

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters is how a letter that carries no separable diacritic is folded.
// Serbian and Macedonian Cyrillic become what the folded Latin of the region
// writes: ђ and đ are both d, џ and dž are both dz, ћ and ć are both c.
var letters = map[rune]string{
	'đ': "d", 'ð': "d", 'ø': "o", 'ł': "l", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'þ': "th",
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'ђ': "d", 'е': "e", 'ж': "z", 'з': "z", 'ѕ': "dz",
	'и': "i", 'ј': "j", 'к': "k", 'л': "l", 'љ': "lj", 'м': "m", 'н': "n", 'њ': "nj", 'о': "o", 'п': "p",
	'р': "r", 'с': "s", 'т': "t", 'ћ': "c", 'у': "u", 'ф': "f", 'х': "h", 'ц': "c", 'ч': "c", 'џ': "dz",
	'ш': "s", 'щ': "st", 'ъ': "a", 'ы': "y", 'ь': "", 'э': "e", 'ю': "ju", 'я': "ja",
	'‐': "-", '’': "'", '\u00ad': "", '\u200b': "", '\u200c': "", '\u200d': "", '\ufeff': "",
}

// Fold returns s as search compares it: lower case, without diacritics, Cyrillic
// in Latin letters, ligatures and superscripts as plain letters, without soft
// hyphens. Composed and decomposed forms of a text fold to the same. Folding
// twice is folding once.
func Fold(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "\ufffd")) {
		r = unicode.ToLower(r)
		if f, ok := letters[r]; ok {
			b.WriteString(f)
		} else if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plain reports whether folding would change nothing, as for most words of English.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

// Slug returns s as a part of an address: folded ASCII letters and digits, with
// one hyphen between words. It is empty if s has no such letter.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range Fold(s) {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		} else {
			gap = true
		}
	}
	return b.String()
}
