package lawcite

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/declension"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Cases (skloni), numbers (števila) and genders (spoli). Masculine is the inanimate
// one, as all units of a law are.
type (
	Case   = declension.Case
	Count  = declension.Number
	Gender = declension.Gender
)

// The cases in the order of Slovenian grammars, the numbers and the genders.
const (
	Nominative   = declension.Nominative
	Genitive     = declension.Genitive
	Dative       = declension.Dative
	Accusative   = declension.Accusative
	Locative     = declension.Locative
	Instrumental = declension.Instrumental

	Singular = declension.Singular
	Dual     = declension.Dual
	Plural   = declension.Plural

	Masculine = declension.Masculine
	Feminine  = declension.Feminine
	Neuter    = declension.Neuter
)

// Forms is the set of cases and numbers that a word form may stand for.
type Forms uint32

func form(c Case, n Count) Forms { return 1 << (int(n)*6 + int(c)) }

// Has reports whether the form may be of the case, in any number.
func (f Forms) Has(c Case) bool {
	return f&(form(c, Singular)|form(c, Dual)|form(c, Plural)) != 0
}

// Is reports whether the form may be of the case and the number.
func (f Forms) Is(c Case, n Count) bool { return f&form(c, n) != 0 }

// endings of adjectives, by gender, then number, then case.
var endings = [3][3][6]string{
	{{"i", "ega", "emu", "i", "em", "im"}, {"a", "ih", "ima", "a", "ih", "ima"}, {"i", "ih", "im", "e", "ih", "imi"}},
	{{"a", "e", "i", "o", "i", "o"}, {"i", "ih", "ima", "i", "ih", "ima"}, {"e", "ih", "im", "e", "ih", "imi"}},
	{{"o", "ega", "emu", "o", "em", "im"}, {"i", "ih", "ima", "i", "ih", "ima"}, {"a", "ih", "im", "a", "ih", "imi"}},
}

// Adjective inflects the stem of an adjective: "dosedanj" in the feminine dual
// is "dosedanji". A soft stem takes e for o in the neuter.
func Adjective(stem string, g Gender, c Case, n Count) string {
	e := endings[g][n][c]
	soft := strings.HasSuffix(stem, "j") || strings.HasSuffix(stem, "č") || strings.HasSuffix(stem, "š") || strings.HasSuffix(stem, "ž")
	if e == "o" && g == Neuter && soft {
		e = "e"
	}
	if stem == "nov" && g == Masculine && n == Singular && (c == Nominative || c == Accusative) {
		e = "" // nov odstavek, yet prvi odstavek
	}
	return stem + e
}

// Stems of the ordinals up to twenty, of the tens, and of the ones before tens.
var (
	ones = [...]string{"", "prv", "drug", "tretj", "četrt", "pet", "šest", "sedm", "osm", "devet", "deset", "enajst",
		"dvanajst", "trinajst", "štirinajst", "petnajst", "šestnajst", "sedemnajst", "osemnajst", "devetnajst"}
	tens = [...]string{"", "", "dvajset", "trideset", "štirideset", "petdeset", "šestdeset", "sedemdeset",
		"osemdeset", "devetdeset"}
	onesBefore = [...]string{"", "enain", "dvain", "triin", "štiriin", "petin", "šestin", "sedemin", "osemin", "devetin"}
	hundreds   = [...]string{"", "sto", "dvesto", "tristo", "štiristo", "petsto", "šeststo", "sedemsto", "osemsto", "devetsto"}
)

// ordinalStem is the stem of an ordinal from 1 to 999, in one word (Slovenski
// pravopis 2001: ordinals are written together).
func ordinalStem(n int) string {
	rest := n % 100
	switch {
	case rest == 0:
		return hundreds[n/100] + "t"
	case rest < 20:
		return hundreds[n/100] + ones[rest]
	}
	return hundreds[n/100] + onesBefore[rest%10] + tens[rest/10]
}

// ordinals finds the number of a stem.
var ordinals = func() map[string]int {
	m := make(map[string]int, 1000)
	for n := 1; n < 1000; n++ {
		m[ordinalStem(n)] = n
	}
	return m
}()

// Ordinal writes an ordinal from 1 to 999 as a word: "prvega", "tretje",
// "stopeta". Other numbers are written in figures: "1000.".
func Ordinal(n int, g Gender, c Case, k Count) string {
	if n < 1 || n > 999 {
		return strconv.Itoa(n) + "."
	}
	return Adjective(ordinalStem(n), g, c, k)
}

// ReadOrdinal reads an ordinal in any form: "petega" is 5, "enaindvajseta" 21.
func ReadOrdinal(word string) (n int, ok bool) {
	word = strings.ToLower(word)
	for _, e := range [...]string{"ega", "emu", "ima", "imi", "em", "im", "ih", "i", "a", "e", "o"} {
		if stem, cut := strings.CutSuffix(word, e); cut {
			if n, ok := ordinals[stem]; ok {
				return n, true
			}
		}
	}
	return 0, false
}

// suffixes of nouns by number and case; a star is the genitive plural, which
// is given with the noun.
type suffixes [3][6]string

var (
	masculine = suffixes{{"", "a", "u", "", "u", "om"}, {"a", "ov", "oma", "a", "ih", "oma"}, {"i", "ov", "om", "e", "ih", "i"}}
	softMale  = suffixes{{"", "a", "u", "", "u", "em"}, {"a", "ev", "ema", "a", "ih", "ema"}, {"i", "ev", "em", "e", "ih", "i"}}
	feminine  = suffixes{{"a", "e", "i", "o", "i", "o"}, {"i", "*", "ama", "i", "ah", "ama"}, {"e", "*", "am", "e", "ah", "ami"}}
	neuter    = suffixes{{"o", "a", "u", "o", "u", "om"}, {"i", "*", "oma", "i", "ih", "oma"}, {"a", "*", "om", "a", "ih", "i"}}
	neuterE   = suffixes{{"e", "a", "u", "e", "u", "em"}, {"i", "*", "ema", "i", "ih", "ema"}, {"a", "*", "em", "a", "ih", "i"}}
)

// A Noun is a declined noun of drafting language.
type Noun struct {
	Gender Gender
	lemma  string // nominative singular where the stem alone is not it
	stem   string
	many   string // genitive plural
	ends   *suffixes
}

// Form writes the noun.
func (n Noun) Form(c Case, k Count) string {
	e := n.ends[k][c]
	if e == "*" {
		return n.many
	}
	if e == "" {
		return n.lemma
	}
	return n.stem + e
}

// Declined makes a noun from its nominative singular and genitive plural:
// "odstavek" and "odstavkov", "točka" and "točk", "besedilo" and "besedil".
func Declined(lemma, many string) Noun {
	last := lemma[len(lemma)-1]
	stem := lemma[:len(lemma)-1] // of those in a vowel; ASCII
	switch {
	case last == 'a':
		return Noun{Feminine, lemma, stem, many, &feminine}
	case last == 'o':
		return Noun{Neuter, lemma, stem, many, &neuter}
	case last == 'e':
		return Noun{Neuter, lemma, stem, many, &neuterE}
	}
	if stem, soft := strings.CutSuffix(many, "ev"); soft {
		return Noun{Masculine, lemma, stem, many, &softMale}
	}
	return Noun{Masculine, lemma, strings.TrimSuffix(many, "ov"), many, &masculine}
}

// Read tells which forms of the noun a word may be; 0 if it is none.
func (n Noun) Read(word string) Forms {
	var f Forms
	for k := Singular; k <= Plural; k++ {
		for c := Nominative; c <= Instrumental; c++ {
			if n.Form(c, k) == word {
				f |= form(c, k)
			}
		}
	}
	return f
}

// unitNouns are the nouns of the units. The first of a unit is written, the
// others are read: alineja has an older spelling.
var unitNouns = []struct {
	unit Unit
	noun Noun
}{
	{lawtext.Article, Declined("člen", "členov")},
	{lawtext.Paragraph, Declined("odstavek", "odstavkov")},
	{lawtext.Point, Declined("točka", "točk")},
	{lawtext.Indent, Declined("alineja", "alinej")},
	{lawtext.Indent, Declined("alinea", "alinej")},
	{Sentence, Declined("stavek", "stavkov")},
	{lawtext.Chapter, Declined("poglavje", "poglavij")},
	{lawtext.Section, Declined("oddelek", "oddelkov")},
	{lawtext.Section, Declined("podpoglavje", "podpoglavij")},
	{lawtext.Section, Declined("pododdelek", "pododdelkov")},
	{lawtext.Section, Declined("razdelek", "razdelkov")},
	{lawtext.Section, Declined("odsek", "odsekov")},
	{lawtext.Annex, Declined("priloga", "prilog")},
}

// NounOf returns the noun of a unit.
func NounOf(u Unit) (Noun, bool) {
	for _, w := range unitNouns {
		if w.unit == u {
			return w.noun, true
		}
	}
	return Noun{}, false
}

// ReadUnit reads the noun of a unit in any form: "odstavkoma".
func ReadUnit(word string) (Unit, Forms) {
	if f, ok := unitForms[strings.ToLower(word)]; ok {
		return f.unit, f.forms
	}
	return "", 0
}

type unitForm struct {
	unit  Unit
	forms Forms
}

var unitForms = func() map[string]unitForm {
	m := map[string]unitForm{}
	for _, w := range unitNouns {
		for k := Singular; k <= Plural; k++ {
			for c := Nominative; c <= Instrumental; c++ {
				s := w.noun.Form(c, k)
				m[s] = unitForm{w.unit, m[s].forms | form(c, k)}
			}
		}
	}
	return m
}()
