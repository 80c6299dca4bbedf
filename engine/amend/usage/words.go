package usage

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Find returns the places of words in a text, token by token: a match never
// begins or ends inside a word or a number. White space of any kind and length
// is the same, and so are hyphens.
func Find(text, want string) [][2]int {
	want = strings.TrimSpace(want)
	if want == "" {
		return nil
	}
	var out [][2]int
	for i := 0; i < len(text); {
		_, w := utf8.DecodeRuneInString(text[i:])
		if end, ok := MatchAt(text[i:], want); ok && Edge(text, i, want, true) && Edge(text, i+end, want, false) {
			out = append(out, [2]int{i, i + end})
			i += end
			continue
		}
		i += w
	}
	return out
}

func MatchAt(text, want string) (int, bool) {
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
		if a != b && (!hyphen(a) || !hyphen(b)) && !(dash(a) && dash(b) && spaced(want, k, aw) && spaced(text, i, bw)) {
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

func dash(r rune) bool { return r == '-' || r == '–' || r == '—' }

// spaced reports whether a sign stands between spaces: a dash, however it is written.
func spaced(s string, at, width int) bool {
	return at > 0 && s[at-1] == ' ' && at+width < len(s) && s[at+width] == ' '
}

func hyphen(r rune) bool { return r == '-' || r == '\u2011' || r == '\u2010' }

// Edge reports whether a token may begin or end at i: no letter or digit goes
// on, nor a number past its full stop or comma, as in 20.000 and 14.a.
func Edge(text string, i int, want string, start bool) bool {
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

// Splice puts words in the place text[from:to] and mends the space around.
// It reports false if two signs would meet.
func Splice(text string, from, to int, with string) (string, bool) {
	head, tail := text[:from], text[to:]
	if with == "" {
		if StartsWithSign(tail) || strings.TrimSpace(tail) == "" || strings.HasPrefix(strings.TrimSpace(tail), ")") {
			head = strings.TrimRight(head, " \u00a0")
			tail = strings.TrimLeft(tail, " \u00a0")
		} else if head == "" || spaceBehind(head) {
			tail = strings.TrimLeft(tail, " \u00a0")
		}
	}
	if StartsWithSign(with) {
		head = strings.TrimRight(head, " \u00a0")
	}
	if was := text[from:to]; with != "" && was != "" { // a word that comes in place of a sign
		if meets(head, with) && !meets(head, was) {
			with = " " + with
		}
		if meets(with, tail) && !meets(was, tail) {
			with += " "
		}
	}
	out := head + with + tail
	return out, !Clash(head, with+tail) && !Clash(head+with, tail) && bereft(out) <= bereft(text)
}

// Twice reports whether the word that ends one text begins the next, as where an
// instruction has quoted one word too many: "tega tega zakona".
func Twice(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	return len(x) > 0 && len(y) > 0 && x[len(x)-1] == strings.TrimRight(y[0], ".,;:") && StartsLetter(y[0])
}

// StartsLetter reports whether a text begins with a letter.
func StartsLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// EndsSentence reports whether a text ends as a sentence does, in quotation marks
// or brackets too, and before the mark of a footnote: "predpis. 6a)".
func (u *Usage) EndsSentence(s string) bool {
	s, _ = u.CutMarks(s)
	if at := strings.LastIndexByte(s, ' ') + 1; u.Marks && at > 0 && marks(s[at:]) == len(s)-at {
		s = s[:at-1]
	}
	s = strings.TrimRight(s, "«“”\")")
	return s != "" && strings.ContainsRune(".?!:", rune(s[len(s)-1]))
}

// Relabel writes another number into a label. A number with a letter carries the
// full stop in it, "3.a člen", any other behind it, "3. člen".
func Relabel(label, old, num string) string {
	head, rest, ok := strings.Cut(label, old)
	if !ok {
		return label
	}
	lettered := func(num string) bool {
		_, letter, ok := strings.Cut(num, ".")
		return ok && StartsLetter(letter)
	}
	switch was, is := lettered(old), lettered(num); {
	case !was && is:
		rest = strings.TrimPrefix(rest, ".")
	case was && !is && (rest == "" || rest[0] == ' '):
		rest = "." + rest
	}
	return head + num + rest
}

// JoinsOn reports whether a text ends with a word that joins it with another.
func (u *Usage) JoinsOn(text string) bool {
	return slices.Contains(u.Follows, text[strings.LastIndexByte(text, ' ')+1:])
}

// meets reports whether two texts would make one word where they are joined.
func meets(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return alnum(last) && alnum(first)
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

// StartsWithSign reports whether a text begins with a sign that parts or ends.
func StartsWithSign(s string) bool { return s != "" && strings.ContainsRune(".,;:", rune(s[0])) }

// Clash reports whether signs meet where two texts are joined, which is
// seldom what an instruction means: a full stop has slipped into a quotation.
func Clash(a, b string) bool {
	a, b = strings.TrimRight(a, " \u00a0"), strings.TrimLeft(b, " \u00a0")
	if a == "" || b == "" {
		return false
	}
	return StartsWithSign(a[len(a)-1:]) && StartsWithSign(b)
}

// Sentences returns where the sentences of a text end, as operations on sentences
// count them. It reports false if it cannot tell where one ends.
func (u *Usage) Sentences(text string) (ends []int, sure bool) {
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

// CutMarks parts a text from the marks of footnotes behind its last sign:
// "predpis.3)" is "predpis." and "3)".
func (u *Usage) CutMarks(s string) (text, rest string) {
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
