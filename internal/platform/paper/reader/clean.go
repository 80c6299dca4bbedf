package reader

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean brings text to NFC, valid UTF-8 and LF, without spaces at the ends of
// lines and with at most one empty line in a row. It reports whether it left
// out control characters.
//
// Where some lines end in CR LF and others in LF, both stay: the register of Slovenian
// law wraps its rows with the one and ends its paragraphs with the other.
func clean(s string) (out string, dropped bool) {
	var b strings.Builder
	b.Grow(len(s))
	mixed := strings.Contains(s, "\r\n") && strings.Count(s, "\r\n") < strings.Count(s, "\n")
	blank := 2 // line ends just written; none are wanted at the start
	for line, returns := range lines(norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))) {
		line = strings.TrimRight(strings.Map(func(r rune) rune {
			switch {
			case r == '\t':
				return r
			case r == '\u00ad', r == '\u200b', r == '\u2060': // nobody sees them
				return -1
			case r < ' ', 0x7f <= r && r < 0xa0, r == '\uFEFF':
				dropped = true
				return -1
			}
			return r
		}, line), " \t\u00a0")
		if line == "" {
			if blank < 2 {
				b.WriteByte('\n')
			}
			blank++
			continue
		}
		b.WriteString(line)
		if mixed && returns {
			b.WriteByte('\r')
		}
		b.WriteByte('\n')
		blank = 1
	}
	return strings.TrimRight(b.String(), "\r\n"), dropped
}

// lines yields the lines of s without their ends, which are LF, CR, CR LF, the
// form feed and what Unicode adds, and whether the end was CR LF.
func lines(s string) func(yield func(line string, returns bool) bool) {
	return func(yield func(string, bool) bool) {
		for s != "" {
			i := strings.IndexAny(s, "\n\r\v\f\u0085\u2028\u2029")
			if i < 0 {
				yield(s, false)
				return
			}
			returns := strings.HasPrefix(s[i:], "\r\n")
			if !yield(s[:i], returns) {
				return
			}
			if returns {
				i++
			}
			_, n := utf8.DecodeRuneInString(s[i:])
			s = s[i+n:]
		}
	}
}

// cut shortens s to at most n bytes, between characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
