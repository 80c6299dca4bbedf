package amend

import (
	"slices"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Usage is how the law of one language carries out amendments, where
// languages differ. It is data: what every language does alike is in the plan.
type Usage struct {
	Lang string // BCP 47, as lawtext.Act has it

	Article string // the head of a first article, under which smaller units are read: "1. člen"
	List    string // a sentence that a list follows: "Besedilo:"

	// What stays where a unit was deleted (črtan) or repealed (prenehal
	// veljati). A kind that is not there leaves nothing, and the units after
	// it close up.
	Deleted, Repealed map[lawtext.Kind]string
	LastCloses        bool   // yet a deleted unit that was the last of its list leaves nothing
	Parens            bool   // a heading below the number of its article stands in parentheses
	MovesUp           bool   // where a new unit takes a number, that one and those after it move up, said or not
	DoublesLast       bool   // lettered units go on with two letters after the last one: y, z, aa
	NoteMark          string // what stands before the number of a footnote at the end of a text: "^"; empty if texts have none
	Mixed             bool   // an article may have paragraphs with numbers beside such without

	Gazette     []string // in small letters, what ends the title of an act where it is cited: "(uradni list"
	Dated       string   // the word before the day that a title may hold, with its spaces: " vom 4. Mai 2010"
	ShortTitles bool     // a title has its short form in parentheses
	Undeclined  []string // words of a title from which on it is the same in all cases
	NumberKeys  []string // keys of the front matter with the number by which acts are cited: "official_citation"

	Short    []string // words, in small letters, after which a full stop ends no sentence
	Alphabet string   // of lettered units, in order
}

// usages has one for each language; each is in a file of its own.
var usages = []*Usage{&slovenian, &slovak, &czech, &croatian, &serbian, &bosnian, &montenegrin, &macedonian, &german, &english}

// UsageOf returns the usage of a language, the Slovenian one if there is none.
func UsageOf(lang string) *Usage {
	for _, u := range usages {
		if u.Lang == lang {
			return u
		}
	}
	return &slovenian
}

// parse reads a text in the language.
func (u *Usage) parse(text string) *lawtext.Act { return lawtext.ParseIn(u.Lang, text) }

// names reports whether a sentence that names an act, in any case, names this
// one: by its number where both have one, else by its title. Of a title only
// the head is declined.
func (u *Usage) names(named string, a *lawtext.Act) bool {
	if n := u.number(a); n != "" {
		if m := gazetteNumber(named); m != "" {
			return m == n
		}
	}
	for _, title := range u.titles(a) {
		if u.sameTitle(named, title) {
			return true
		}
	}
	return false
}

// titles are the names of an act: its title, and where the usage has them the
// short ones that stand in parentheses in it: "(Vereinsgesetz - VereinsG)".
func (u *Usage) titles(a *lawtext.Act) []string {
	if !u.ShortTitles {
		return []string{a.Title}
	}
	title, short, _ := strings.Cut(a.Title, " (")
	short, rest, _ := strings.Cut(short, ")")
	out := []string{title + rest, a.Short}
	for _, sep := range [...]string{" – ", " - ", ", "} {
		short = strings.ReplaceAll(short, sep, ";")
	}
	return append(out, strings.Split(short, ";")...)
}

// sameTitle compares two titles in any case.
func (u *Usage) sameTitle(a, b string) bool {
	x, y := u.titleWords(a), u.titleWords(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if slices.Contains(u.Undeclined, x[i]) {
			return slices.Equal(x[i:], y[i:])
		}
		p, q := []rune(x[i]), []rune(y[i])
		same := 0
		for same < len(p) && same < len(q) && p[same] == q[same] {
			same++
		}
		if len(p)-same > 3 || len(q)-same > 3 || same < 3 {
			return false
		}
	}
	return len(x) > 0
}

// named reports whether it is known what the act is called.
func (u *Usage) named(a *lawtext.Act) bool { return a.Title != "" || u.number(a) != "" }

func (u *Usage) titleWords(s string) []string {
	s = strings.ToLower(s)
	for _, g := range u.Gazette {
		s, _, _ = strings.Cut(s, g)
	}
	if at := strings.Index(s, u.Dated); u.Dated != "" && at >= 0 { // "vom 4. Mai 2010"
		if date := strings.Fields(s[at:]); len(date) > 3 {
			s = s[:at] + " " + strings.Join(date[4:], " ")
		}
	}
	return strings.FieldsFunc(s, func(r rune) bool { return !alnum(r) && r != '-' })
}

// number is the number of an act in the gazette: "289/2010".
func (u *Usage) number(a *lawtext.Act) string {
	for line := range strings.Lines(a.Front) {
		if k, v, ok := strings.Cut(line, ":"); ok && slices.Contains(u.NumberKeys, strings.TrimSpace(k)) {
			return gazetteNumber(v)
		}
	}
	return ""
}

// gazetteNumber finds the first number with a year: "zákon č. 289/2010 Z. z.".
func gazetteNumber(s string) string {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsDigit(r) && r != '/' }) {
		if no, year, ok := strings.Cut(w, "/"); ok && no != "" && len(year) == 4 && !strings.Contains(year, "/") {
			return w
		}
	}
	return ""
}

// order compares two numbers of one kind: 3 < 3.a < 3.č < 4, a < b.
func (u *Usage) order(a, b string) int {
	da, la := digitsOf(a)
	db, lb := digitsOf(b)
	if da != db {
		return da - db
	}
	return u.letters(la) - u.letters(lb)
}

func digitsOf(s string) (int, string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return atoi(s[:i]), strings.Trim(s[i:], ".")
}

// letters counts a letter or two: a < aa < b.
func (u *Usage) letters(s string) int {
	v := 0
	if u.DoublesLast && len(s) == 2 && s != "ch" {
		v = 64 * 64
	}
	for i, r := range []rune(strings.ToLower(s) + "\x00\x00")[:2] {
		k := 0
		if at := strings.IndexRune(u.Alphabet, r); at >= 0 {
			k = len([]rune(u.Alphabet[:at])) + 1
		}
		if i == 0 {
			v += k * 64
		} else {
			v += k
		}
	}
	return v
}
