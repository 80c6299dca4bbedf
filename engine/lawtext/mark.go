package lawtext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A style is one way to mark an item of a list. Items of one list share it.
type style uint8

const (
	noStyle     style = iota
	paraStyle         // (1)
	numStyle          // 1.
	dottedStyle       // 1.1.
	parenStyle        // 1)
	letterStyle       // a)
	upperStyle        // A.
	dashStyle         // - and –
	bulletStyle       // •
)

// A mark is what stands before the text of an item.
type mark struct {
	style style
	label string // "(1)", "1.", "a)", "-"
	num   string // "1", "a"; empty for dashes
	rest  string // the text after it
}

// readMark reads the mark at the start of s, which has single spaces. The style
// is noStyle if there is none.
func readMark(s string) mark {
	label, rest, _ := strings.Cut(s, " ")
	if len(label) > 12 {
		return mark{}
	}
	st, num := markStyle(label)
	if (st == numStyle || st == parenStyle) && isReference(rest) {
		return mark{}
	}
	return mark{st, label, num, rest}
}

func markStyle(label string) (style, string) {
	switch label {
	case "-", "–", "—", "−":
		return dashStyle, ""
	case "•", "·", "*":
		return bulletStyle, ""
	}
	if n := len(label); n > 2 && label[0] == '(' && label[n-1] == ')' {
		if in := label[1 : n-1]; isNumber(in) {
			return paraStyle, in
		} else if isLetters(in, unicode.IsLower, 2) {
			return letterStyle, in
		}
		return noStyle, ""
	}
	last, body := byte(0), ""
	if n := len(label); n > 1 {
		last, body = label[n-1], label[:n-1]
	}
	switch {
	case last == ')' && isNumber(body):
		return parenStyle, body
	case last == ')' && isLetters(body, unicode.IsLower, 2):
		return letterStyle, body
	case last == '.' && isNumber(body):
		return numStyle, body
	case last == '.' && isDotted(body), isDotted(label):
		return dottedStyle, strings.TrimSuffix(label, ".")
	case (last == '.' || last == ')') && isLetters(body, unicode.IsUpper, 1):
		return upperStyle, body
	}
	return noStyle, ""
}

// isNumber reports whether s is a number of a provision: "5", "51a", "51.a",
// "51.ab".
func isNumber(s string) bool {
	d := digits(s)
	if d == 0 || d > 3 {
		return false
	}
	return s[d:] == "" || isLetters(strings.TrimPrefix(s[d:], "."), unicode.IsLower, 2)
}

// isDotted reports whether s is a number of a section: "1.1", "2.3.1".
func isDotted(s string) bool {
	dots := 0
	for {
		d := digits(s)
		if d == 0 || d > 2 {
			return false
		}
		if s = s[d:]; s == "" {
			return dots > 0
		}
		if s[0] != '.' {
			return false
		}
		s, dots = s[1:], dots+1
	}
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func isLetters(s string, of func(rune) bool, most int) bool {
	n := 0
	for _, r := range s {
		if !of(r) {
			return false
		}
		n++
	}
	return n > 0 && n <= most
}

// references are the beginnings of words before which a number names a day or
// a provision and does not count an item.
var references = [...]string{
	"januar", "februar", "marc", "april", "maj", "junij", "julij", "avgust",
	"septemb", "oktob", "novemb", "decemb", "člen", "odstav", "točk", "aline", "poglavj", "oddelk",
}

// isReference reports whether the number before rest names a day or provisions:
// "5. člen", "30. novembra", "10. do 12. člen".
func isReference(rest string) bool {
	if rest == "" || rest[0] < 'a' {
		return false
	}
	switch w, after, _ := strings.Cut(rest, " "); w {
	case "do", "in", "ter", "oziroma", "ali":
		return digits(after) > 0
	}
	for _, r := range references {
		if strings.HasPrefix(rest, r) {
			return true
		}
	}
	return false
}

// An articleHead is the line that begins an article.
type articleHead struct {
	label   string // "51.a člen", "a51.š člen"
	num     string // "51.a", "a51.š"
	heading string // what stands on the same line: "(črtan)"
}

// readArticle reads a line such as "51.a člen" or "51.a člen (naslov)". A
// guillemet that opens it belongs to the label.
func readArticle(s string) (h articleHead, ok bool) {
	at := strings.Index(s, "člen")
	if at < 0 {
		at = strings.Index(s, "ČLEN")
	}
	if at < 1 || at > 20 {
		return h, false
	}
	end := at + len("člen")
	if tail := s[end:]; tail != "" {
		if tail == "." || tail == "*" {
			end = len(s)
		} else if !isParen(strings.TrimPrefix(tail, " ")) {
			return h, false
		}
	}
	num := strings.TrimPrefix(s[:at], "»")
	num = strings.ReplaceAll(strings.Trim(num, " *"), " ", "")
	num = strings.TrimSuffix(num, ".")
	if !isArticleNumber(num) {
		return h, false
	}
	return articleHead{s[:end], num, strings.TrimSpace(s[end:])}, true
}

// isArticleNumber takes the letter before the number too, which puts an article
// in front of the one of the same number: "a51.š".
func isArticleNumber(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsLower(r) {
		s = s[n:]
	}
	d := digits(s)
	if d == 0 || d > 4 {
		return false
	}
	return s[d:] == "" || isLetters(strings.TrimPrefix(s[d:], "."), unicode.IsLower, 2)
}

// isParen reports whether all of s stands in parentheses and is no number of a
// paragraph.
func isParen(s string) bool {
	if len(s) < 3 || s[0] != '(' || !strings.HasSuffix(strings.TrimRight(s, "*«.;"), ")") {
		return false
	}
	return readMark(s).style != paraStyle
}

// isTombstone reports whether s says that a provision is no more.
func isTombstone(s string) bool {
	s = strings.TrimPrefix(s, "(")
	for _, w := range [...]string{"črtan", "prenehal", "preneha veljati", "razveljavljen", "se črta"} {
		if strings.HasPrefix(s, w) {
			return len(s) < 120
		}
	}
	return false
}

// endsTombstone reports whether s ends with "(črtan)" or the like.
func endsTombstone(s string) bool {
	at := strings.LastIndexByte(s, '(')
	return at >= 0 && strings.HasSuffix(s, ")") && isTombstone(s[at:])
}

func isLowerLetters(s string) bool { return isLetters(s, unicode.IsLower, 2) }

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// isCaps reports whether s is set in capitals: at least four letters, none of
// them small but the letter of a number ("IX.a").
func isCaps(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			upper++
		} else if unicode.IsLower(r) {
			lower++
		}
	}
	return upper >= 4 && lower*12 < upper
}

// endsSentence reports whether s ends as a paragraph or an item ends.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "«»\"”)")
	return s == "" || strings.IndexByte(".;:,!?", s[len(s)-1]) >= 0
}
