package usage

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/lawcite"
)

// What amended texts are like around what changes: numbers, headings, signs.

// Next is the number after another: 4 after 3, d after c, aa after z. It is
// empty after one that has figures and letters.
func (u *Usage) Next(num string) string {
	if n := atoi(num); n > 0 {
		return strconv.Itoa(n + 1)
	}
	letters := []rune(u.Alphabet)
	switch i := strings.IndexRune(u.Alphabet, firstRune(num)); {
	case len(num) == 0 || i < 0 || len([]rune(num)) > 2:
		return ""
	case len([]rune(num)) == 1:
		if k := len([]rune(u.Alphabet[:i])); k+1 < len(letters) {
			return string(letters[k+1])
		}
		return string(letters[0]) + string(letters[0])
	}
	second := []rune(num)[1]
	if k := strings.IndexRune(u.Alphabet, second); k >= 0 && len([]rune(u.Alphabet[:k]))+1 < len(letters) {
		return string([]rune(num)[0]) + string(letters[len([]rune(u.Alphabet[:k]))+1])
	}
	return ""
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// Relabelled is the label of a division with another number: "ČÁST ČTVRTÁ" is
// "ČÁST PÁTÁ". It is empty where the number is written in another way.
func (u *Usage) Relabelled(label, was string, to lawcite.Step) string {
	if len(to.Numbers) != 1 || to.Numbers[0].To != "" {
		return ""
	}
	n := atoi(to.Numbers[0].From)
	words := strings.Fields(label)
	for i, w := range words {
		switch k := slices.Index(u.Ordinals, strings.ToLower(w)); {
		case k >= 0 && strconv.Itoa(k+1) == was && n > 0 && n <= len(u.Ordinals):
			if words[i] = u.Ordinals[n-1]; w == strings.ToUpper(w) {
				words[i] = strings.ToUpper(words[i])
			}
			return strings.Join(words, " ")
		case IsRoman(w) && n > 0 && n < 40:
			words[i] = strings.Repeat("X", n/10) + [...]string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}[n%10]
			return strings.Join(words, " ")
		case atoi(w) > 0 && n > 0:
			words[i] = strconv.Itoa(n) + strings.TrimLeft(w, "0123456789")
			return strings.Join(words, " ")
		}
	}
	return ""
}

// IsRoman reports whether a number is Roman, in capitals.
func IsRoman(s string) bool { return s != "" && strings.Trim(s, "IVX") == "" }

// RomanValue is the value of a Roman number in capitals.
func RomanValue(s string) int { return Roman(strings.ToLower(s)) }

// Shown is a payload without the headings above articles, where consolidated
// texts do not show these.
func (u *Usage) Shown(payload string) (string, []string) {
	if !u.GroupsLost {
		return payload, nil
	}
	rows := strings.Split(payload, "\n\n")
	var out, notes []string
	for i, r := range rows {
		if i+1 < len(rows) && IsHeading(r) && IsHeadOfArticle(rows[i+1]) && (i == 0 || !IsHeading(rows[i-1])) {
			notes = []string{"heading-left-out"}
			continue
		}
		out = append(out, r)
	}
	return strings.Join(out, "\n\n"), notes
}

// IsHeading reports whether a row is marked as a heading, and is no head of an
// article.
func IsHeading(row string) bool { return strings.HasPrefix(row, "#") && !IsHeadOfArticle(row) }

// IsHeadOfArticle reports whether a row is marked as the head of an article.
func IsHeadOfArticle(row string) bool {
	bare := strings.TrimLeft(row, "# ")
	return bare != row && (strings.HasPrefix(bare, "§ ") || strings.HasPrefix(bare, "Čl.")) && len(bare) < 14
}

// FirstRow is the first line of a payload.
func FirstRow(payload string) string {
	row, _, _ := strings.Cut(payload, "\n")
	return row
}

// Parentheses finds the only ones in a text. Marks of footnotes open none.
func Parentheses(text string) (from, to int) {
	from = strings.IndexByte(text, '(')
	if from < 0 || strings.Count(text, "(") != 1 {
		return 0, 0
	}
	k := strings.IndexByte(text[from:], ')')
	if k < 0 || unicode.IsDigit(rune(text[from+k-1])) {
		return 0, 0 // it may be a mark
	}
	return from, from + k + 1
}

// Doubled reports whether a word would stand twice where two texts meet.
func Doubled(head, with, tail string) bool {
	last := func(s string) string {
		if w := strings.Fields(s); len(w) > 0 {
			return w[len(w)-1]
		}
		return ""
	}
	first := func(s string) string {
		if w := strings.Fields(s); len(w) > 0 {
			return w[0]
		}
		return ""
	}
	letters := func(s string) bool { return s != "" && !strings.ContainsAny(s, ".,;:()0123456789") }
	if strings.TrimSpace(with) == "" {
		return letters(last(head)) && last(head) == first(tail)
	}
	return letters(last(head)) && last(head) == first(with) || letters(last(with)) && last(with) == first(tail)
}

// Subordinate reports whether words begin a clause that commas enclose.
func (u *Usage) Subordinate(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		if i > 2 {
			return false
		}
		if slices.Contains(u.Relatives, w) {
			return true
		}
	}
	return false
}

// Joined reports whether words go on with those before them.
func (u *Usage) Joined(s string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return slices.Contains(u.Joins, strings.ToLower(first))
}

// IsMark reports whether words are the mark of a footnote: "16a)".
func (u *Usage) IsMark(words string) bool {
	num, ok := strings.CutSuffix(strings.TrimPrefix(words, u.NoteMark), ")")
	return u.Marks && ok && atoi(strings.TrimRight(num, "abcdefgh")) > 0
}

// Vowelled reports whether a preposition that takes a vowel before some words, "s" and
// "so", stands before words of which the first letter is another now.
func (u *Usage) Vowelled(head, was, with string) bool {
	words := strings.Fields(head)
	if len(words) == 0 || was == "" || with == "" {
		return false
	}
	last := strings.ToLower(words[len(words)-1])
	return slices.Contains(u.Vocal, last) && unicode.ToLower(firstRune(was)) != unicode.ToLower(firstRune(with))
}
