// Package usage is how the law of each language carries out amendments, as data,
// and how its texts are counted and compared: numbers, titles, sentences, words
// and the terms of which the forms can be told. Package amend carries the
// amendments out.
package usage

import (
	"slices"
	"strconv"
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
	LastCloses        bool     // yet a deleted unit that was the last of its list leaves nothing
	Parens            bool     // a heading below the number of its article stands in parentheses
	MovesUp           bool     // where a new unit takes a number, that one and those after it move up, said or not
	DoublesLast       bool     // lettered units go on with two letters after the last one: y, z, aa
	Marks             bool     // marks of footnotes stand in the text, behind its signs: "predpis.3)"; and no day before a capital
	FirstLabel        string   // of a paragraph that gets company: "(1)"; as those that come if empty
	ListSigns         bool     // a list ends with a full stop: what was last, or becomes so, changes its sign, said or not
	Follows           []string // words at the end of an item that another item follows: "in"
	Commas            bool     // words deleted between two commas take one of them along
	NoteMark          string   // what stands before the number of a footnote at the end of a text: "^"; empty if texts have none
	Declines          bool     // words are changed in all their forms, by engine/declension
	Groups            bool     // articles may share headings that stand above them
	GroupsLost        bool     // … which consolidated texts do not show
	Everywhere        []string // words, in small letters, by which a sentence is about the whole act
	Vocal             []string // prepositions that take a vowel before some words: s, so
	Relatives, Joins  []string // words that begin a clause between commas; that go on with words before them: z něhož, nebo
	Ordinals          []string // of divisions, in small letters: první, druhá
	Adjectives, Nouns []string // endings, where words are changed in all their forms if the terms are alike
	Mixed             bool     // an article may have paragraphs with numbers beside such without

	Leaves      string   // how a consolidated text goes on after the name of an amending act that left provisions behind
	Gazette     []string // in small letters, what ends the title of an act where it is cited: "(uradni list"
	Dated       string   // the word before the day that a title may hold, with its spaces: " vom 4. Mai 2010"
	ShortTitles bool     // a title has its short form in parentheses
	Undeclined  []string // words of a title from which on it is the same in all cases
	NumberKeys  []string // keys of the front matter with the number by which acts are cited: "official_citation"

	Short    []string // words, in small letters, after which a full stop ends no sentence
	Alphabet string   // of lettered units, in order
	Romans   bool     // units may have small Roman numbers: (i), (ii)
}

// usages has one for each language; each is in a file of its own.
var usages = []*Usage{&slovenian, &slovak, &czech, &croatian, &serbian, &bosnian, &montenegrin, &macedonian, &german, &english}

// All returns the usages, the Slovenian one first.
func All() []*Usage { return slices.Clone(usages) }

// Names reports whether a sentence that names an act, in any case, names this
// one: by its number where both have one, else by its title. Of a title only
// the head is declined.
func (u *Usage) Names(named string, a *lawtext.Act) bool {
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
		if x[i] == y[i] {
			continue
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

// Mentions reports whether a text names an act, in any case, beside the names
// that were read in it.
func (u *Usage) Mentions(text string, read []string, a *lawtext.Act) bool {
	split := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !alnum(r) && r != '-' })
	}
	said := split(text)
	for _, name := range read {
		name := split(name)
		for i := 0; len(name) > 0 && i+len(name) <= len(said); i++ {
			if slices.Equal(said[i:i+len(name)], name) {
				said = slices.Replace(slices.Clone(said), i, i+len(name), "")
			}
		}
	}
	for _, title := range u.titles(a) {
		n := len(u.titleWords(title))
		for i := 0; n > 0 && i+n <= len(said); i++ {
			if u.sameTitle(strings.Join(said[i:i+n], " "), title) {
				return true
			}
		}
	}
	return a.Short != "" && slices.Contains(said, strings.ToLower(a.Short))
}

// Named reports whether it is known what the act is called.
func (u *Usage) Named(a *lawtext.Act) bool { return a.Title != "" || u.number(a) != "" }

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

// Order compares two numbers of one kind, figures and letters in turn: 3 < 3.a <
// 3.č < 4, a < a-1 < aa < b, ix < x where numbers are Roman.
func (u *Usage) Order(a, b string) int {
	for {
		a, b = strings.TrimLeft(a, ".- "), strings.TrimLeft(b, ".- ")
		if a == "" || b == "" {
			return len(a) - len(b)
		}
		x, y := run(a), run(b)
		if c := u.compare(a[:x], b[:y]); c != 0 {
			return c
		}
		a, b = a[x:], b[y:]
	}
}

// run is the length of the figures or letters that begin a number.
func run(s string) int {
	figures := s[0] >= '0' && s[0] <= '9'
	for i := range s {
		if (s[i] >= '0' && s[i] <= '9') != figures || s[i] == '-' || s[i] == '.' || s[i] == ' ' {
			return max(i, 1)
		}
	}
	return len(s)
}

// compare puts letters before figures.
func (u *Usage) compare(a, b string) int {
	m, n := atoi(a), atoi(b)
	switch {
	case m > 0 || n > 0:
		return m - n
	case u.Romans && Roman(a) > 0 && Roman(b) > 0:
		return Roman(a) - Roman(b)
	}
	p, q := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	if u.DoublesLast {
		if a != "ch" && b != "ch" && len(p) != len(q) {
			return len(p) - len(q)
		}
		for _, s := range [...][]rune{p, q} { // ch stands behind h
			if string(s) == "ch" {
				s[0], s[1] = 'h', 'z'
			}
		}
	}
	for i := 0; i < len(p) && i < len(q); i++ {
		if d := u.letter(p[i]) - u.letter(q[i]); d != 0 {
			return d
		}
	}
	return len(p) - len(q)
}

// letter is the place of a letter in the alphabet, from one on.
func (u *Usage) letter(r rune) int {
	if at := strings.IndexRune(u.Alphabet, r); at >= 0 {
		return len([]rune(u.Alphabet[:at])) + 1
	}
	return 0
}

// Roman is the value of a number such as "xiv", and 0 of anything else. What
// counts hundreds is left to the letters.
func Roman(s string) int {
	v, last := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		d := map[byte]int{'i': 1, 'v': 5, 'x': 10}[s[i]]
		switch {
		case d == 0:
			return 0
		case d < last:
			v -= d
		default:
			v, last = v+d, d
		}
	}
	return v
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
