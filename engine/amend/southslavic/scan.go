package southslavic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sort is what a token is.
type sort uint8

const (
	word   sort = iota
	number      // "5.", "8.a", "6а", "258-б", and with a parenthesis "11)", "(4)", "b)"
	quoted      // text is what stands inside
	paren       // text is what stands inside
	mark        // any other sign
	broken      // a quotation or parenthesis that does not end
)

// A token is a piece of a sentence. Quotations keep their script; all else is
// matched by key.
type token struct {
	sort       sort
	text       string
	key        string // of a word its letters in Latin, small and without diacritics; of a number the number as trees have it
	label      bool   // a number with a parenthesis
	start, end int    // in bytes
}

// letters of Cyrillic in Latin, Serbian and Macedonian.
var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'ђ': "đ", 'е': "e", 'ж': "ž", 'з': "z", 'и': "i", 'ј': "j", 'к': "k",
	'л': "l", 'љ': "lj", 'м': "m", 'н': "n", 'њ': "nj", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'ћ': "ć", 'у': "u",
	'ф': "f", 'х': "h", 'ц': "c", 'ч': "č", 'џ': "dž", 'ш': "š", 'ѓ': "gj", 'ќ': "kj", 'ѕ': "dz",
}

// toLatin writes small letters of Cyrillic in Latin.
func toLatin(s string) string {
	var b strings.Builder
	for _, r := range s {
		if l, ok := latin[r]; ok {
			b.WriteString(l)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

var plain = strings.NewReplacer("č", "c", "ć", "c", "ž", "z", "š", "s", "đ", "dj")

// fold is a word as the lexicon has it: both scripts, and copies that lost
// their diacritics, come to the same.
func fold(s string) string { return plain.Replace(toLatin(strings.ToLower(s))) }

// abbreviations keep their full stop: "čl. 5. i 6."
var abbreviations = map[string]bool{"cl": true, "st": true, "tac": true, "toc": true, "podtac": true, "podtoc": true, "al": true}

// scan cuts a sentence into tokens.
func scan(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) || r == '\u00ad' || r == '\ufeff' {
			i += w
			continue
		}
		t := scanOne(s, i, r, w)
		out = append(out, t)
		i = t.end
	}
	return out
}

func scanOne(s string, i int, r rune, w int) token {
	if strings.HasPrefix(s[i:], "''") {
		w = 2
		r = '"'
	}
	switch {
	case strings.ContainsRune(quoteMarks, r):
		return scanQuote(s, i, w)
	case r == '(':
		return scanParen(s, i)
	case r >= '0' && r <= '9':
		return scanNumber(s, i)
	case !unicode.IsLetter(r):
		return token{sort: mark, text: s[i : i+w], key: s[i : i+w], start: i, end: i + w}
	}
	end := i
	for end < len(s) {
		r, w := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && (r != '-' || end+1 == len(s) || !letterAt(s, end+1)) {
			break
		}
		end += w
	}
	if end < len(s) && s[end] == ')' && utf8.RuneCountInString(s[i:end]) <= 2 {
		return token{sort: number, text: s[i : end+1], key: numberKey(s[i:end]), label: true, start: i, end: end + 1}
	}
	t := token{sort: word, text: s[i:end], key: fold(s[i:end]), start: i, end: end}
	if end < len(s) && s[end] == '.' && abbreviations[t.key] {
		t.end++
	}
	return t
}

// Quotation marks as gazettes and copies of them have it. Any of them opens a
// quotation where none is open.
const quoteMarks = "„“”\"ˮ‟″»«"

// scanQuote finds the end of a quotation: its own closing mark, past those that
// open and close inside.
func scanQuote(s string, i, w int) token {
	open := s[i : i+w]
	nests, closes := "„", "“”\"ˮ‟″"
	switch open {
	case "»":
		nests, closes = "»", "«"
	case "«":
		nests, closes = "«", "»"
	case "''":
		nests, closes = "''", "''"
	case `"`:
		if strings.Contains(s[i+1:], `"`) {
			nests, closes = "", `"`
		}
	}
	depth := 1
	for k := i + w; k < len(s); {
		r, n := utf8.DecodeRuneInString(s[k:])
		c := s[k : k+n]
		if open == "''" && strings.HasPrefix(s[k:], "''") {
			n, c = 2, "''"
		}
		switch {
		case closes == c || r != utf8.RuneError && closes != "''" && strings.ContainsRune(closes, r):
			if depth--; depth == 0 {
				return token{sort: quoted, text: strings.TrimSpace(s[i+w : k]), start: i, end: k + n}
			}
		case c == nests:
			depth++
		}
		k += n
	}
	return token{sort: broken, text: s[i:], start: i, end: len(s)}
}

func scanParen(s string, i int) token {
	depth := 0
	for k := i; k < len(s); k++ {
		switch s[k] {
		case '(':
			depth++
		case ')':
			if depth--; depth > 0 {
				continue
			}
			in := s[i+1 : k]
			if n := scanNumber(in, 0); n.end == len(in) && in != "" && !n.label || isLetter(in) {
				return token{sort: number, text: s[i : k+1], key: numberKey(in), label: true, start: i, end: k + 1}
			}
			return token{sort: paren, text: strings.TrimSpace(in), start: i, end: k + 1}
		}
	}
	return token{sort: broken, text: s[i:], start: i, end: len(s)}
}

func isLetter(s string) bool {
	r, w := utf8.DecodeRuneInString(s)
	return w == len(s) && unicode.IsLetter(r)
}

// scanNumber reads figures with what belongs to them: "5.", "1.1", "8.a",
// "6a.", "258-б", "11)".
func scanNumber(s string, i int) token {
	k := digits(s, i)
	for k+1 < len(s) && s[k] == '.' && digits(s, k+1) > k+1 {
		k = digits(s, k+1)
	}
	if end := suffix(s, k); end > k {
		k = end
	}
	t := token{sort: number, key: numberKey(s[i:k]), start: i, end: k}
	if k < len(s) && (s[k] == '.' || s[k] == ')') {
		t.label = s[k] == ')'
		t.end++
	}
	t.text = s[i:t.end]
	return t
}

func digits(s string, i int) int {
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

// suffix reads one or two letters after figures, with a full stop or a hyphen
// before them or none, and returns where they end.
func suffix(s string, i int) int {
	k := i
	if k < len(s) && (s[k] == '.' || s[k] == '-') {
		k++
	}
	n := 0
	for k < len(s) {
		r, w := utf8.DecodeRuneInString(s[k:])
		if !unicode.IsLower(r) {
			break
		}
		k += w
		n++
	}
	if n == 0 || n > 2 || k < len(s) && s[k] >= '0' && s[k] <= '9' {
		return i
	}
	return k
}

// numberKey is a number as trees have it: "6а", "6a", "6.a" and "6-а" are 6a.
func numberKey(s string) string {
	s = toLatin(strings.ToLower(s))
	for i := 1; i+1 < len(s); i++ {
		if (s[i] == '.' || s[i] == '-') && letterAt(s, i+1) {
			return s[:i] + s[i+1:]
		}
	}
	return s
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
