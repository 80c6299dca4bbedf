package uptake

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// Words are written "key/sort" with n for numbers, r references, - negations,
// l limits, . fillers; plain words stand alone.
func TestLexicon(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"najmanj tri leta", "najmanj/l #3/n let"},
		{"v 30 dneh", "v/. #30/n dan"},
		{"1.500,50 evrov", "#1500.5/n eur"},
		{"1.500,50 EUR", "#1500.5/n eur"},
		{"50 %", "#50/n odstotk"},
		{"iz 12. in 13.a člena", "iz/. 12/r in/. 13.a/r clena/."},
		{"prvi odstavek", "1/r odstavek/."},
		{"prvi obrok", "#1/n obrok"},
		{"priloga 2", "prilog 2/r"},
		{"Uradni list 3/22", "urad list 3/22/r"},
		{"ne sme", "ne/- sme/l"},
		{"nimajo, nima", "nima/- nima/-"},
		{"morajo brez odlašanja", "mora/l brez/- odlas"},
		{"polovico članov", "#0.5/n clan"},
	} {
		var list []string
		for _, l := range newLexicon(language.Und).read(tt.in) {
			s := l.key
			if l.sort == reference {
				s = strings.TrimPrefix(s, "#")
			}
			if l.sort != content {
				s += "/" + map[sort]string{filler: ".", reference: "r", limit: "l", negation: "-", number: "n"}[l.sort]
			}
			list = append(list, s)
		}
		if got := strings.Join(list, " "); got != tt.want {
			t.Errorf("read(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

// In another language digits are numbers, and every word is a word.
func TestLexicon_other(t *testing.T) {
	t.Parallel()
	for _, l := range newLexicon(language.Croatian).read("ne manje od tri godine") {
		if l.sort != content {
			t.Errorf("%s weighs %d", l.key, l.weight())
		}
	}
	if list := newLexicon(language.Croatian).read("30 dana"); list[0].sort != number {
		t.Errorf("30 is %v", list[0])
	}
}

func TestNumeral(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]float64{
		"ena": 1, "dveh": 2, "trije": 3, "stirimi": 4, "pet": 5, "petih": 5, "sedem": 7, "osmih": 8, "deset": 10,
		"enajsti": 11, "enajstega": 11, "petnajst": 15, "dvajsetih": 20, "petindvajset": 25, "enaindvajsetih": 21,
		"devetinstirideset": 49, "trideset": 30, "sto": 100, "polovico": 0.5, "polovica": 0.5, "petina": 0.2, "milijonov": 1e6,
	} {
		if got, ok := numeral(in); !ok || got != want {
			t.Errorf("numeral(%q) = %v, %v, want %v", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "in", "pevec", "sestava", "petek", "minister", "stiridesetin", "inpet", "desetletje", "drugi", "osmica"} {
		if v, ok := numeral(in); ok {
			t.Errorf("numeral(%q) = %v", in, v)
		}
	}
}

// heaviestOf is the weight of the best alignment, tried by hand.
func heaviestOf(a, b []lexeme, after bool) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	best := max(heaviestOf(a[1:], b, false), heaviestOf(a, b[1:], false))
	if a[0].key == b[0].key {
		w := a[0].weight() + heaviestOf(a[1:], b[1:], true)
		if after {
			w += adjacent
		}
		best = max(best, w)
	}
	return best
}

// TestHeaviest: the alignment is one of the best there are, and in order.
func TestHeaviest(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(4, 4))
	words := func() (list []lexeme) {
		for range rnd.IntN(7) {
			k := rnd.IntN(4)
			list = append(list, lexeme{key: fmt.Sprint(k), sort: []sort{filler, content, limit, number}[k]})
		}
		return list
	}
	for range 3_000 {
		a, b := words(), words()
		weight, last, lastAt := 0, -1, -1
		for j, i := range heaviest(a, b) {
			if i < 0 {
				continue
			}
			if i <= last || a[i].key != b[j].key {
				t.Fatalf("%v, %v: pair %d, %d", keys(a), keys(b), i, j)
			}
			weight += a[i].weight()
			if last == i-1 && lastAt == j-1 && j > 0 && i > 0 {
				weight += adjacent
			}
			last, lastAt = i, j
		}
		if want := heaviestOf(a, b, false); weight != want {
			t.Fatalf("%v, %v: weighs %d, want %d", keys(a), keys(b), weight, want)
		}
	}
}
