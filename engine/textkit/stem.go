package textkit

import (
	"strings"

	"golang.org/x/text/language"
)

// Stem returns what the grammatical forms of a word have in common, folded. It
// is a key for matching and no word of the language. Words with digits or joints
// are folded only, and so are all words of languages without rules here.
//
// Stemming is light for English (plurals, -ed, -ing, final e) and strong for
// Slovenian, whose forms are many: see slovenian.
func Stem(lang language.Tag, word string) string {
	f := Fold(word)
	for i := range len(f) {
		if f[i] < 'a' || f[i] > 'z' {
			return f
		}
	}
	switch base, _ := lang.Base(); base.String() {
	case "sl":
		return slovenian(f)
	case "en":
		return english(f)
	}
	return f
}

// irregular are frequent forms in law that no rule of endings reaches.
var irregular = map[string]string{
	"dan": "dan", "dne": "dan", "dni": "dan", "dneh": "dan", "dnem": "dan", "dneva": "dan", "dnevu": "dan",
	"dnevi": "dan", "dnevov": "dan", "dnevih": "dan", "dnevom": "dan",
	"pesem": "pesm", "otroci": "otrok", "ljudje": "ljud", "ljudi": "ljud", "ljudem": "ljud", "ljudmi": "ljud",
	"dve": "dv", "dva": "dv", "dveh": "dv", "dvema": "dv", "tri": "tr", "trije": "tr", "treh": "tr", "trem": "tr", "tremi": "tr",
}

// An ending may be taken off if at least min letters stay.
type ending struct {
	text string
	min  int
}

// outer endings are taken off once, the longest first: cases of nouns and
// adjectives, infinitive and third person of verbs.
var outer = []ending{
	{"ega", 3}, {"emu", 3}, {"imi", 3}, {"ima", 3}, {"ami", 3}, {"ama", 3}, {"oma", 3}, {"ema", 3},
	{"ati", 4}, {"iti", 4}, {"eti", 4}, {"ajo", 4}, {"ijo", 4}, {"ejo", 4},
	{"a", 3}, {"e", 3}, {"i", 3}, {"o", 3}, {"u", 3},
}

// inner endings end in a consonant. A nominative may end as another word's case
// does (program as if -am), so they come off every form as long as there are any:
// what is lost is lost in all forms alike.
var inner = []ending{
	{"ih", 3}, {"im", 3}, {"ah", 3}, {"am", 3}, {"ov", 3}, {"ev", 3}, {"om", 3}, {"em", 3}, {"eh", 3},
	{"ij", 4}, {"aj", 4}, {"ej", 4}, {"sk", 4},
	{"al", 4}, {"an", 4}, {"en", 4}, {"at", 4}, {"et", 4}, {"it", 4}, {"il", 5},
}

// slovenian stems a folded word of four letters or more:
//
//  1. irregular forms by table;
//  2. one outer ending off;
//  3. as often as something changes: one inner ending off; j, v, n off after a
//     consonant (honorarj-, društv-, kulturn-);
//  4. the fleeting e out of the last syllable (odstavek, odstavka; člen, člena).
func slovenian(w string) string {
	if s, ok := irregular[w]; ok {
		return s
	}
	if len(w) < 4 {
		return w
	}
	w = cut(w, outer)
	for {
		next := cut(w, inner)
		if n := len(next); n > 3 && strings.IndexByte("jvn", next[n-1]) >= 0 && !vowel(next[n-2]) {
			next = next[:n-1]
		}
		if next == w {
			next = withoutFleeting(next)
		}
		if next == w {
			return w
		}
		w = next
	}
}

func withoutFleeting(w string) string {
	n := len(w)
	if n < 4 || w[n-2] != 'e' || w[n-1] == 'j' || vowel(w[n-1]) || vowel(w[n-3]) {
		return w
	}
	return w[:n-2] + w[n-1:]
}

func cut(w string, list []ending) string {
	for _, e := range list {
		if s, ok := strings.CutSuffix(w, e.text); ok && len(s) >= e.min {
			return s
		}
	}
	return w
}

func vowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// english takes off plurals, -ed, -ing and a final e, and writes y as i: the
// first step of Porter's algorithm, enough that policy and policies, planned and
// planning meet.
func english(w string) string {
	switch {
	case len(w) < 4:
		return w
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ies"):
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	}
	for _, e := range []string{"ed", "ing"} {
		if s, ok := strings.CutSuffix(w, e); ok && len(s) >= 3 && strings.ContainsAny(s, "aeiouy") && !strings.HasSuffix(s, "e") {
			w = s
			if n := len(w); w[n-1] == w[n-2] && strings.IndexByte("lsz", w[n-1]) < 0 {
				w = w[:n-1]
			}
			break
		}
	}
	if s, ok := strings.CutSuffix(w, "e"); ok && len(s) >= 3 {
		w = s
	}
	if s, ok := strings.CutSuffix(w, "y"); ok && len(s) >= 2 && !vowel(s[len(s)-1]) {
		w = s + "i"
	}
	return w
}
