package amend

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// find returns the places of words in a text, token by token: a match never
// begins or ends inside a word or a number. White space of any kind and length
// is the same, and so are hyphens.
func find(text, want string) [][2]int {
	want = strings.TrimSpace(want)
	if want == "" {
		return nil
	}
	var out [][2]int
	for i := 0; i < len(text); {
		_, w := utf8.DecodeRuneInString(text[i:])
		if end, ok := matchAt(text[i:], want); ok && edge(text, i, want, true) && edge(text, i+end, want, false) {
			out = append(out, [2]int{i, i + end})
			i += end
			continue
		}
		i += w
	}
	return out
}

func matchAt(text, want string) (int, bool) {
	i := 0
	for k := 0; k < len(want); {
		a, aw := utf8.DecodeRuneInString(want[k:])
		if i >= len(text) {
			return 0, false
		}
		b, bw := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(a) {
			if !unicode.IsSpace(b) {
				return 0, false
			}
			for k < len(want) && spaceAt(want[k:]) > 0 {
				k += spaceAt(want[k:])
			}
			for i < len(text) && spaceAt(text[i:]) > 0 {
				i += spaceAt(text[i:])
			}
			continue
		}
		if a != b && (!hyphen(a) || !hyphen(b)) {
			return 0, false
		}
		k, i = k+aw, i+bw
	}
	return i, true
}

func spaceAt(s string) int {
	if r, w := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
		return w
	}
	return 0
}

func hyphen(r rune) bool { return r == '-' || r == '\u2011' || r == '\u2010' }

// edge reports whether a token may begin or end at i: no letter or digit goes
// on, nor a number past its full stop or comma, as in 20.000 and 14.a.
func edge(text string, i int, want string, start bool) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	behind, w := utf8.DecodeRuneInString(text[i:])
	if !start && strings.HasSuffix(want, ".") && alnum(behind) {
		return false // "14." is not in "14.a"
	}
	first, _ := utf8.DecodeRuneInString(want)
	last, _ := utf8.DecodeLastRuneInString(want)
	if start && !alnum(first) || !start && !alnum(last) || i == 0 || i == len(text) {
		return true
	}
	if alnum(before) && alnum(behind) {
		return false
	}
	if start && unicode.IsDigit(first) && (before == '.' || before == ',') {
		b, _ := utf8.DecodeLastRuneInString(text[:i-1])
		return !unicode.IsDigit(b)
	}
	if !start && unicode.IsDigit(last) && (behind == '.' || behind == ',') {
		b, _ := utf8.DecodeRuneInString(text[i+w:])
		return !alnum(b)
	}
	return !hyphen(before) && !hyphen(behind)
}

func alnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// splice puts words in the place text[from:to] and mends the space around.
// It reports false if two signs would meet.
func splice(text string, from, to int, with string) (string, bool) {
	head, tail := text[:from], text[to:]
	if with == "" {
		if startsWithSign(tail) || strings.TrimSpace(tail) == "" || strings.HasPrefix(strings.TrimSpace(tail), ")") {
			head = strings.TrimRight(head, " \u00a0")
			tail = strings.TrimLeft(tail, " \u00a0")
		} else if head == "" || spaceBehind(head) {
			tail = strings.TrimLeft(tail, " \u00a0")
		}
	}
	if startsWithSign(with) {
		head = strings.TrimRight(head, " \u00a0")
	}
	out := head + with + tail
	return out, !clash(head, with+tail) && !clash(head+with, tail) && bereft(out) <= bereft(text)
}

// bereft counts where brackets or quotation marks hold nothing, or begin or end
// with a sign that parts two things: "()", "(, x)", "»«".
func bereft(text string) (n int) {
	for _, pair := range [...][2]string{{"(", ")"}, {"[", "]"}, {"»", "«"}, {"„", "“"}, {"„", "”"}} {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, pair[0])
			if !ok {
				break
			}
			if rest = after; strings.HasPrefix(strings.TrimLeft(after, " \u00a0,;"), pair[1]) || strings.HasPrefix(after, ",") || strings.HasPrefix(after, ";") {
				n++
			}
		}
		n += strings.Count(text, ","+pair[1]) + strings.Count(text, ";"+pair[1])
	}
	return n
}

func spaceBehind(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r) || r == '('
}

func startsWithSign(s string) bool { return s != "" && strings.ContainsRune(".,;:", rune(s[0])) }

// clash reports whether signs meet where two texts are joined, which is
// seldom what an instruction means: a full stop has slipped into a quotation.
func clash(a, b string) bool {
	a, b = strings.TrimRight(a, " \u00a0"), strings.TrimLeft(b, " \u00a0")
	if a == "" || b == "" {
		return false
	}
	return startsWithSign(a[len(a)-1:]) && startsWithSign(b)
}

// sentences cuts a text into sentences. It reports false if it cannot tell
// where one ends.
func (u *Usage) sentences(text string) (ends []int, sure bool) {
	sure = true
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '.' && c != '?' && c != '!' || i+1 >= len(text) {
			continue
		}
		k := i + 1
		if u.Marks {
			k += marks(text[k:])
		}
		stop := k
		for k < len(text) && spaceAt(text[k:]) > 0 {
			k += spaceAt(text[k:])
		}
		next, _ := utf8.DecodeRuneInString(text[k:])
		if k == stop || !unicode.IsUpper(next) && !strings.ContainsRune("»„“\"‘'", next) && !unicode.IsDigit(next) {
			continue
		}
		word := text[strings.LastIndexAny(text[:i], " \u00a0(")+1 : i]
		switch {
		case c == '.' && u.Marks && word != "" && unicode.IsDigit(rune(word[len(word)-1])) && unicode.IsUpper(next):
		case c == '.' && word != "" && unicode.IsDigit(rune(word[len(word)-1])):
			sure = false // "leta 2020. Vlada" or "27. Zakon"
			continue
		case c == '.' && slices.Contains(u.Short, strings.ToLower(word)):
			continue
		case c == '.' && u.Marks && utf8.RuneCountInString(word) > 1 && unicode.IsUpper(next) && strings.Trim(word, "IVX") != "":
		case c == '.' && (utf8.RuneCountInString(word) < 3 || !unicode.IsUpper(next)):
			sure = false
			continue
		}
		ends = append(ends, k)
	}
	return append(ends, len(text)), sure
}

// marks is the length of the marks of footnotes at the start of s: "3)", "^3a),^4)".
func marks(s string) int {
	end := 0
	for {
		k := end
		if k > 0 && k < len(s) && s[k] == ',' {
			k++
		}
		if k < len(s) && s[k] == '^' {
			k++
		}
		from := k
		for k < len(s) && k < from+4 && (s[k] >= '0' && s[k] <= '9' || k > from && s[k] >= 'a' && s[k] <= 'z') {
			k++
		}
		if k == from || k == len(s) || s[k] != ')' {
			return end
		}
		end = k + 1
	}
}

// cutMarks parts a text from the marks of footnotes behind its last sign:
// "predpis.3)" is "predpis." and "3)".
func (u *Usage) cutMarks(s string) (text, rest string) {
	if !u.Marks {
		return s, ""
	}
	for i := len(s) - 1; i > 0 && i > len(s)-30; i-- {
		if strings.ContainsRune(".,;:", rune(s[i])) && i+1 < len(s) && marks(s[i+1:]) == len(s)-i-1 && s[i-1] != ')' {
			return s[:i+1], s[i+1:]
		}
	}
	return s, ""
}

// ends of a unit: the field that holds the last piece of its text.
func last(n *lawtext.Node) *lawtext.Node {
	for n.Tail == "" && len(n.Children) > 0 {
		n = n.Children[len(n.Children)-1]
	}
	return n
}

// field points at the own text of a node that stands last.
func field(n *lawtext.Node) *string {
	if n.Tail != "" {
		return &n.Tail
	}
	return &n.Intro
}

// Sentences returns where the sentences of a text end, as operations on sentences
// count them. It reports false if it cannot tell where one ends.
func (u *Usage) Sentences(text string) (ends []int, sure bool) { return u.sentences(text) }

// Places returns where words stand in a text, as pairs of bytes: the places that
// an operation on these words would take them to be.
func Places(text, words string) [][2]int { return find(text, words) }
