package german

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sort is what a token is.
type sort uint8

const (
	word   sort = iota
	number      // 5, 7a, 10bis
	quoted      // „…“; its text is what stands inside
	paren       // (…)
	mark        // any other sign; §§ is one
	broken      // a quotation or parenthesis that does not end
)

// A token is a piece of a sentence, with its place in bytes.
type token struct {
	sort       sort
	text       string
	start, end int
}

// quotes of drafting: „…“ in Germany, «…» and "…" in Liechtenstein. What is
// quoted inside uses ‚…‘, or the same signs again.
var quotes = [...]struct {
	open rune
	shut string
}{{'„', "“”"}, {'«', "»"}, {'»', "«"}, {'"', "\""}, {'“', "”"}}

// scan cuts a sentence into tokens.
func scan(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) || r == '\u00ad' {
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
	if r == '(' {
		return enclosed(s, i, '(', ")", paren)
	}
	for _, q := range quotes {
		if r == q.open {
			return enclosed(s, i, q.open, q.shut, quoted)
		}
	}
	end := i + w
	switch {
	case unicode.IsDigit(r):
		end = run(s, i, unicode.IsDigit)
		end = run(s, end, unicode.IsLetter)
		return token{number, s[i:end], i, end}
	case unicode.IsLetter(r):
		end = run(s, i, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '\u2011' })
		if end < len(s) && s[end] == '.' && short[s[i:end]] {
			end++
		}
		return token{word, s[i:end], i, end}
	case r == '§':
		end = run(s, i, func(r rune) bool { return r == '§' })
	}
	return token{mark, s[i:end], i, end}
}

// short forms that keep their full stop.
var short = map[string]bool{"Art": true, "Abs": true, "Nr": true, "Bst": true, "Buchst": true, "Ziff": true, "Lit": true}

// run returns where the signs of a kind end that begin at i.
func run(s string, i int, of func(rune) bool) int {
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		if !of(r) {
			break
		}
		i += w
	}
	return i
}

func enclosed(s string, i int, open rune, shut string, kind sort) token {
	depth := 0
	from := i + utf8.RuneLen(open)
	for k, r := range s[from:] {
		switch {
		case strings.ContainsRune(shut, r):
			if depth == 0 {
				return token{kind, s[from : from+k], i, from + k + utf8.RuneLen(r)}
			}
			depth--
		case r == open:
			depth++
		}
	}
	return token{broken, s[i:], i, len(s)}
}
