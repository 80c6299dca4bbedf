package european

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sort is what a token is.
type sort uint8

const (
	word   sort = iota
	number      // 5, 5a
	label       // (a), (1), (ii); its text is what stands inside
	quoted      // ‘…’; its text is what stands inside
	act         // Regulation (EU) No 1137/2008, whole
	mark        // any other sign
	broken      // a quotation that does not end
)

// A token is a piece of a sentence, with its place in bytes.
type token struct {
	sort       sort
	text       string
	start, end int
}

// scan cuts a sentence into tokens.
func scan(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			i += w
			continue
		}
		t := scanOne(s, i, r, w)
		out = append(out, t)
		i = t.end
	}
	return out
}

// kinds of acts, and the words that may stand before them.
var (
	kinds  = words("Regulation Directive Decision")
	makers = words("Council Commission Delegated Implementing Framework Joint")
)

func scanOne(s string, i int, r rune, w int) token {
	end := i + w
	switch {
	case r == '(':
		if k := strings.IndexByte(s[i:min(i+8, len(s))], ')'); k > 1 && isLabel(s[i+1:i+k]) {
			return token{label, s[i+1 : i+k], i, i + k + 1}
		}
	case strings.ContainsRune("‘“\"'", r):
		return enclosed(s, i, r, w)
	case unicode.IsDigit(r):
		end = run(s, i, unicode.IsDigit)
		if letters := run(s, end, unicode.IsLetter); letters < end+3 {
			end = letters
		}
		return token{number, s[i:end], i, end}
	case unicode.IsLetter(r):
		if end := named(s, i); end > 0 {
			return token{act, s[i:end], i, end}
		}
		end = run(s, i, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' })
		return token{word, s[i:end], i, end}
	}
	return token{mark, s[i:end], i, end}
}

// isLabel reports whether s can be the number of a paragraph or a point.
func isLabel(s string) bool {
	for _, r := range s {
		if !unicode.IsDigit(r) && !unicode.IsLower(r) && !unicode.IsUpper(r) {
			return false
		}
	}
	return s != ""
}

// named returns where the name of an act ends that begins at i, and 0 if none
// does: "Council Regulation (EC) No 1/2003 of the European Parliament and of the
// Council".
func named(s string, i int) int {
	rest := s[i:]
	for range makers {
		w := firstWord(rest)
		if !makers[w] {
			break
		}
		rest = strings.TrimLeft(rest[len(w):], " ")
	}
	w := firstWord(rest)
	if !kinds[w] {
		return 0
	}
	rest = strings.TrimLeft(rest[len(w):], " ")
	for _, union := range [...]string{"(EU)", "(EC)", "(EEC)", "(Euratom)", "(EU, Euratom)", "No"} {
		rest = strings.TrimLeft(strings.TrimPrefix(rest, union), " ")
	}
	n := run(rest, 0, unicode.IsDigit)
	if n == 0 || n == len(rest) || rest[n] != '/' {
		return 0
	}
	n = run(rest, n, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '/' })
	rest = strings.TrimPrefix(rest[n:], " of the European Parliament and of the Council")
	return len(s) - len(rest)
}

func firstWord(s string) string { return s[:run(s, 0, unicode.IsLetter)] }

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

// enclosed reads a quotation. An apostrophe does not end one: it stands before a
// letter, or after an s within a sentence (“States’ duties”).
func enclosed(s string, i int, open rune, w int) token {
	shut := map[rune]rune{'‘': '’', '“': '”', '"': '"', '\'': '\''}[open]
	depth := 0
	for k, r := range s[i+w:] {
		at := i + w + k
		if r != shut && r != open {
			continue
		}
		rest := s[at+utf8.RuneLen(r):]
		after, _ := utf8.DecodeRuneInString(rest)
		switch {
		case r == shut && unicode.IsLetter(after):
		case r == '’' && after == ' ' && s[at-1] == 's' && strings.ContainsRune(rest[:min(len(rest), 2000)], shut):
		case r == shut && depth == 0:
			return token{quoted, s[i+w : at], i, at + utf8.RuneLen(r)}
		case r == shut:
			depth--
		case r == open && open != shut:
			depth++
		}
	}
	return token{broken, s[i:], i, len(s)}
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
