package lawcite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Sort is what a token is.
type Sort int

// The sorts of tokens.
const (
	Word   Sort = iota // letters
	Number             // "5.", "14.a", "a51.š", "386"; Text is without the full stop at the end
	Label              // "a)", "7)"; Text is without the parenthesis
	Quoted             // »…«; Text is what stands inside
	Paren              // (…); Text is what stands inside
	Mark               // any other sign
	Broken             // a quotation or parenthesis that does not end; Text is the rest
)

// A Token is a piece of a sentence. Start and End are its place in bytes.
type Token struct {
	Sort       Sort
	Text       string
	Dot        bool // a number with a full stop: it counts
	Start, End int
}

// Low is the text in small letters.
func (t Token) Low() string { return strings.ToLower(t.Text) }

// Scan cuts a sentence into tokens. Quotations and parentheses are one token
// each; guillemets nest.
func Scan(s string) []Token {
	var out []Token
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) || r == '\u00ad' {
			i += w
			continue
		}
		t := scanOne(s, i, r, w)
		out = append(out, t)
		i = t.End
	}
	return out
}

func scanOne(s string, i int, r rune, w int) Token {
	switch {
	case r == '(':
		return enclosed(s, i, '(', ')', Paren)
	case r == '»':
		return enclosed(s, i, '»', '«', Quoted)
	case r == '„' || r == '“' || r == '”' || r == '"':
		if k := strings.IndexAny(s[i+w:], "“”\""); k >= 0 {
			_, cw := utf8.DecodeRuneInString(s[i+w+k:])
			return Token{Sort: Quoted, Text: s[i+w : i+w+k], Start: i, End: i + w + k + cw}
		}
		return Token{Sort: Broken, Text: s[i:], Start: i, End: len(s)}
	case r >= '0' && r <= '9': // other digits are signs: number reads these
		return number(s, i, i)
	case unicode.IsLetter(r):
		if next, nw := utf8.DecodeRuneInString(s[i+w:]); next >= '0' && next <= '9' && unicode.IsLower(r) {
			if t := number(s, i, i+w); t.Dot {
				return t
			}
		} else if next == ')' {
			return Token{Sort: Label, Text: s[i : i+w], Start: i, End: i + w + nw}
		}
		end := i
		for end < len(s) {
			r, w := utf8.DecodeRuneInString(s[end:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\u2011' {
				break
			}
			end += w
		}
		return Token{Sort: Word, Text: s[i:end], Start: i, End: end}
	}
	return Token{Sort: Mark, Text: s[i : i+w], Start: i, End: i + w}
}

func enclosed(s string, i int, open, shut rune, sort Sort) Token {
	depth := 0
	for k, r := range s[i:] {
		switch r {
		case open:
			depth++
		case shut:
			if depth--; depth == 0 {
				return Token{Sort: sort, Text: s[i+utf8.RuneLen(open) : i+k], Start: i, End: i + k + utf8.RuneLen(shut)}
			}
		}
	}
	return Token{Sort: Broken, Text: s[i:], Start: i, End: len(s)}
}

// number reads the digits at d and the letters after a full stop.
func number(s string, i, d int) Token {
	for d < len(s) && s[d] >= '0' && s[d] <= '9' {
		d++
	}
	t := Token{Sort: Number, Start: i}
	if d < len(s) && s[d] == ')' {
		return Token{Sort: Label, Text: s[i:d], Start: i, End: d + 1}
	}
	end := d
	if d+1 < len(s) && s[d] == '.' {
		k := d + 1
		for k < len(s) {
			r, w := utf8.DecodeRuneInString(s[k:])
			if !unicode.IsLower(r) {
				break
			}
			k += w
		}
		if n := utf8.RuneCountInString(s[d+1 : k]); n >= 1 && n <= 3 {
			end, t.Dot = k, true
		}
	}
	t.Text = s[i:end]
	if end < len(s) && s[end] == '.' && (end+1 == len(s) || s[end+1] < '0' || s[end+1] > '9') {
		end, t.Dot = end+1, true
	}
	t.End = end
	return t
}
