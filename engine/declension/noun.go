package declension

import (
	"slices"
	"strings"
)

// A noun is a word with its forms.
type noun struct {
	table   table
	gender  Gender
	animate bool
	sure    bool
}

// nounOf declines a noun in the nominative singular.
func nounOf(w string, how []Option) noun {
	lower := strings.ToLower(w)
	e, known := lexicon[lower]
	if !known {
		if e = guess(lower); oblique[lower] {
			e.doubt |= ofStem
		}
	}
	switch {
	case slices.Contains(how, Animate):
		e.animate, e.doubt = true, e.doubt&^ofAnimacy
	case slices.Contains(how, Inanimate):
		e.animate, e.doubt = false, e.doubt&^ofAnimacy
	}
	n := noun{gender: e.gender, animate: e.animate, sure: e.doubt == 0}
	n.table = e.decline(lower)
	if e.doubt&ofAnimacy != 0 {
		n.table[Singular][Accusative] = []string{lower, n.table[Singular][Genitive][0]}
	}
	for s, form := range e.other {
		n.table[s.Number][s.Case] = strings.Split(form, "/")
	}
	if w != lower {
		n.table = n.table.cased(w)
	}
	return n
}

// A doubt is what a guess may be wrong in.
type doubt int

const (
	ofStem    doubt = 1 << iota // gender, fleeting vowel, widened stem
	ofAnimacy                   // the accusative of masculine nouns
)

// A class is a declension.
type class int

const (
	consonant  class = iota // masculine: organ, organa
	aStem                   // feminine: služba, službe; and a few masculine: vodja
	vStem                   // feminine: storitev, storitve
	iStem                   // feminine: dejavnost, dejavnosti
	neuter                  // sredstvo, sredstva
	adjectival              // zaposleni, zaposlenega
)

// An entry is what must be known of a noun to decline it.
type entry struct {
	class   class
	gender  Gender
	animate bool
	stem    string // what stands before the ending of the genitive singular
	widened bool   // masculine with -ov- outside of the singular: glas, glasovi
	stress  bool   // feminine with -eh, -em in the plural: stvar, stvareh
	other   map[Slot]string
	doubt   doubt
}

func (e entry) decline(lemma string) table {
	switch e.class {
	case aStem:
		return e.feminine()
	case vStem:
		t := e.feminine()
		t[Singular][Nominative], t[Singular][Accusative] = []string{lemma}, []string{lemma}
		t[Singular][Instrumental] = []string{e.stem + "ijo"}
		t[Dual][Genitive], t[Plural][Genitive] = []string{lemma}, []string{lemma}
		return t
	case iStem:
		return e.feminineI(lemma)
	case neuter:
		return e.neuter(lemma)
	case adjectival:
		return adjectiveOf(lemma, e.gender, e.animate).table
	}
	return e.masculine(lemma)
}

// forms makes a table of eighteen endings, in the order of Slots, with the stem.
func forms(stem string, endings string) table {
	var t table
	list := strings.Fields(endings)
	for k, s := range Slots() {
		t[s.Number][s.Case] = []string{stem + strings.TrimPrefix(list[k], "-")}
	}
	return t
}

// soft reports whether o becomes e after the stem: stricem, razvojem.
func soft(stem string) bool {
	for _, s := range []string{"c", "č", "š", "ž", "j"} {
		if strings.HasSuffix(stem, s) {
			return true
		}
	}
	return false
}

func (e entry) masculine(lemma string) table {
	endings := "- a u - u om a ov oma a ih oma i ov om e ih i"
	if soft(e.stem) {
		endings = "- a u - u em a ev ema a ih ema i ev em e ih i"
	}
	t := forms(e.stem, endings)
	if e.widened {
		wide := forms(e.stem+"ov", "- a u - u om a - oma a ih oma i - om e ih i")
		t[Dual], t[Plural] = wide[Dual], wide[Plural]
	}
	t[Singular][Nominative] = []string{lemma}
	t[Singular][Accusative] = []string{lemma}
	if e.animate {
		t[Singular][Accusative] = t[Singular][Genitive]
	}
	return t
}

func (e entry) feminine() table {
	t := forms(e.stem, "a e i o i o i - ama i ah ama e - am e ah ami")
	bare := zero(e.stem, false)
	t[Dual][Genitive], t[Plural][Genitive] = []string{bare}, []string{bare}
	return t
}

func (e entry) feminineI(lemma string) table {
	endings := "- i i - i jo i i ma i ih ma i i im i ih mi"
	switch {
	case e.stress:
		endings = "- i i - i jo i i ema i eh ema i i em i eh mi"
	case e.stem != lemma: // a fleeting vowel: kazni, kaznijo
		endings = "- i i - i ijo i i ima i ih ima i i im i ih imi"
	}
	t := forms(e.stem, endings)
	t[Singular][Nominative], t[Singular][Accusative] = []string{lemma}, []string{lemma}
	return t
}

func (e entry) neuter(lemma string) table {
	endings := "o a u o u om i - oma i ih oma a - om a ih i"
	if soft(e.stem) {
		endings = "e a u e u em i - ema i ih ema a - em a ih i"
	}
	t := forms(e.stem, endings)
	t[Singular][Nominative], t[Singular][Accusative] = []string{lemma}, []string{lemma}
	bare := zero(e.stem, true)
	t[Dual][Genitive], t[Plural][Genitive] = []string{bare}, []string{bare}
	return t
}

// zero is the genitive plural without an ending: a vowel parts consonants that
// would be hard to say at the end of a word. pogodba – pogodb, stopnja – stopenj,
// društvo – društev, podjetje – podjetij, ladja – ladij.
func zero(stem string, neuter bool) string {
	r := []rune(stem)
	n := len(r)
	at := func(back int) rune {
		if n < back {
			return 'a'
		}
		return r[n-back]
	}
	put := func(back int, vowel string) string { return string(r[:n-back]) + vowel + string(r[n-back:]) }
	last := at(1)
	switch {
	case isVowel(last):
		return stem
	case last == 'j' && !isVowel(at(2)):
		pair := at(2) == 'l' || at(2) == 'n'
		switch {
		case pair && !isVowel(at(3)):
			return put(2, "e")
		case pair && (!neuter || at(2) == 'n'):
			return stem
		}
		return put(1, "i")
	case strings.ContainsRune("nlrmv", last) && strings.ContainsRune("bpdtgkzsžšcčhf", at(2)):
		return put(1, "e")
	}
	return stem
}

func isVowel(r rune) bool { return strings.ContainsRune("aeiou", r) }

// guess finds the declension of a word that no table has, by its end.
func guess(w string) entry {
	ends := func(list ...string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return strings.HasSuffix(w, s) && len(w) > len(s)+1 })
	}
	cut := func(s string) string { return strings.TrimSuffix(w, s) }
	switch {
	case ends("a"):
		e := entry{class: aStem, gender: Feminine, stem: cut("a")}
		// Others may be the genitive of a masculine noun, or the plural of a neuter one.
		if !ends("cija", "zija", "ica", "ščina", "nina", "dba", "žba", "itba", "čba", "šnja", "dnja", "java", "prava", "ura") {
			e.doubt = ofStem
		}
		return e
	case ends("stvo", "štvo", "ilo", "alo", "elo"):
		return entry{class: neuter, gender: Neuter, stem: cut("o")}
	case ends("anje", "enje", "šče", "tje", "čje", "vje", "dje", "sje", "lje", "bje", "žje", "pje"):
		return entry{class: neuter, gender: Neuter, stem: cut("e")}
	case ends("o"):
		return entry{class: neuter, gender: Neuter, stem: cut("o"), doubt: ofStem}
	case ends("e"):
		return entry{class: neuter, gender: Neuter, stem: cut("e"), doubt: ofStem}
	case ends("i", "u"):
		if ends("i") {
			return entry{class: adjectival, gender: Masculine, animate: true, stem: cut("i"), doubt: ofStem}
		}
		return entry{class: consonant, gender: Masculine, stem: w, doubt: ofStem}
	case ends("nost", "vost", "kost", "rost", "lost", "most", "post"):
		return entry{class: iStem, gender: Feminine, stem: w}
	case ends("itev", "atev", "utev"):
		return entry{class: vStem, gender: Feminine, stem: cut("ev") + "v"}
	}
	return guessMasculine(w, ends, cut)
}

// guessMasculine takes a word for masculine, as most that end in a consonant are.
// Only with an end that feminine words have not (noč, stran, korist), and no vowel
// that may go (posel, posla) or widening (glas, glasovi), is it sure.
func guessMasculine(w string, ends func(...string) bool, cut func(string) string) entry {
	e := entry{class: consonant, gender: Masculine, stem: w, doubt: ofAnimacy | ofStem}
	switch {
	case ends("atelj", "itelj"):
		e.animate, e.doubt = true, 0
	case ends("lec", "nec", "vec", "jec"):
		e.stem, e.doubt = cut("ec")+"c", ofAnimacy
	case ends("ec"):
		e.stem = cut("ec") + "c"
	case ends("nek", "dek", "šek", "mek"):
		e.stem, e.doubt = cut("ek")+"k", ofAnimacy
	case ends("ek"): // dodatek, but potek
		e.stem = cut("ek") + "k"
	case ends("izem"):
		e.stem, e.doubt = cut("em")+"m", 0
	case ends("ator", "itor", "utor", "ektor", "ntor"):
		e.stem, e.doubt = w+"j", ofAnimacy
	case ends("ster", "nter"):
		e.stem = cut("er") + "r"
	case ends("ar", "ir", "er", "or", "ur"): // papirja, but okvira
		e.stem = w + "j"
	case ends("nik", "pis", "ment", "ent", "log", "oces", "ekt", "akt", "onat", "plet", "zvoj", "krep", "stop", "vod"):
		e.doubt = ofAnimacy
	}
	if strings.Count(strings.Map(vowelsOnly, w), "a") < 2 && !ends("telj") {
		e.doubt |= ofStem
	}
	return e
}

// vowelsOnly makes every vowel an a and every other letter nothing.
func vowelsOnly(r rune) rune {
	if isVowel(r) {
		return 'a'
	}
	return -1
}
