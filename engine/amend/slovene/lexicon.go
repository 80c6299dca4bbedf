package slovene

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// The lexicon: every word that an instruction may hold outside of quotations,
// beside units, ordinals and numbers, which lawcite knows. A word that stands
// nowhere here is refused.

// A role is what a word does in a sentence.
type role int

const (
	unknown    role = iota
	filler          // carries no meaning: se, zakona
	separator       // joins phrases or clauses
	inside          // v, pod
	after           // za
	before          // pred
	using           // z, s
	insteadOf       // namesto
	onKoncu         // na, of "na koncu"
	fresh           // nov
	former          // dosedanji
	gone            // črtana, of a unit that was deleted
	everywhere      // povsod
	verb
)

// verbForm is a verb with the number of units that its form agrees with.
type verbForm struct {
	verb  string
	count int // 1, 2, or 3 for more
}

var roles = map[string]role{
	"se": filler,
	",":  separator, ";": separator, "in": separator, "ter": separator, "pa": separator,
	"v": inside, "pod": inside,
	"za":      after,
	"pred":    before,
	"z":       using,
	"s":       using,
	"namesto": insteadOf,
	"na":      onKoncu,
	"povsod":  everywhere,
}

// verbForms are the verbs of drafting in the singular, dual and plural, under
// the one that means the same and is used most.
var verbForms = []struct{ verb, forms string }{
	{"črta", "črta črtata črtajo"},
	{"črta", "briše brišeta brišejo"},
	{"črta", "izbriše izbrišeta izbrišejo"},
	{"nadomesti", "nadomesti nadomestita nadomestijo"},
	{"nadomesti", "zamenja zamenjata zamenjajo"},
	{"doda", "doda dodata dodajo"},
	{"doda", "vstavi vstavita vstavijo"},
	{"doda", "vnese vneseta vnesejo"},
	{"postavi", "postavi postavita postavijo"}, // namesto pike se postavi podpičje
	{"spremeni", "spremeni spremenita spremenijo"},
	{"dopolni", "dopolni dopolnita dopolnijo"},
	{"postane", "postane postaneta postanejo"},
	{"označi", "označi označita označijo"},     // kot
	{"preneha", "preneha prenehata prenehajo"}, // veljati
	{"preneha", "razveljavi razveljavita razveljavijo"},
}

func lexicon() (map[string]role, map[string]verbForm) {
	words, verbs := map[string]role{}, map[string]verbForm{}
	for w, r := range roles {
		words[w] = r
	}
	for _, w := range strings.Fields("nov nova novo novi nove novega novem novim novih novima novimi") {
		words[w] = fresh
	}
	for _, e := range [...]struct {
		stem string
		role role
	}{{"dosedanj", former}, {"črtan", gone}, {"razveljavljen", gone}} {
		for _, end := range strings.Fields("i a e o ega em emu im ih ima imi") {
			words[e.stem+end] = e.role
		}
		words[e.stem] = e.role
	}
	for _, v := range verbForms {
		for i, w := range strings.Fields(v.forms) {
			words[w], verbs[w] = verb, verbForm{v.verb, i + 1}
		}
	}
	return words, verbs
}

var words, verbs = lexicon()

// Nouns of quoted text: "beseda »ta«". The count of a number is its form.
var textNouns = []lawcite.Noun{
	lawcite.Declined("beseda", "besed"), lawcite.Declined("besedilo", "besedil"), lawcite.Declined("število", "števil"),
	lawcite.Declined("številka", "številk"), lawcite.Declined("znesek", "zneskov"), lawcite.Declined("odstotek", "odstotkov"),
	lawcite.Declined("letnica", "letnic"), lawcite.Declined("oznaka", "oznak"), lawcite.Declined("navedba", "navedb"),
	lawcite.Declined("datum", "datumov"), lawcite.Declined("kratica", "kratic"), lawcite.Declined("veznik", "veznikov"),
	lawcite.Declined("naziv", "nazivov"), lawcite.Declined("pojem", "pojmov"), lawcite.Declined("izraz", "izrazov"),
	lawcite.Declined("okrajšava", "okrajšav"), lawcite.Declined("zveza", "zvez"), lawcite.Declined("stopnja", "stopenj"),
	lawcite.Declined("šifra", "šifer"), lawcite.Declined("koda", "kod"),
	lawcite.Declined("črka", "črk"), lawcite.Declined("ulomek", "ulomkov"), lawcite.Declined("rok", "rokov"),
	lawcite.Declined("leto", "let"),
}

// adjectives may stand before a noun of quoted text: "tarifna oznaka »2206«",
// "besedna zveza »x«".
var adjectives = []string{"tarifn", "besedn", "davčn", "zaporedn", "skupn", "rimsk"}

func isAdjective(w string) bool {
	for _, stem := range adjectives {
		if end, ok := strings.CutPrefix(w, stem); ok && strings.Contains(" a e i o ih ima imi ega emu em im ", " "+end+" ") {
			return true
		}
	}
	return false
}

// Signs named in words: "pika se nadomesti z vejico".
var signs = []struct {
	noun lawcite.Noun
	sign string
}{
	{lawcite.Declined("pika", "pik"), "."},
	{lawcite.Declined("vejica", "vejic"), ","},
	{lawcite.Declined("podpičje", "podpičij"), ";"},
	{lawcite.Declined("dvopičje", "dvopičij"), ":"},
}

var (
	heading = lawcite.Declined("naslov", "naslovov")
	body    = lawcite.Declined("besedilo", "besedil")
)

// kinds are the nouns for acts in small letters: "naslov zakona", "te uredbe".
var kinds = []lawcite.Noun{
	lawcite.Declined("zakon", "zakonov"), lawcite.Declined("pravilnik", "pravilnikov"), lawcite.Declined("odlok", "odlokov"),
	lawcite.Declined("uredba", "uredb"), lawcite.Declined("odredba", "odredb"), lawcite.Declined("sklep", "sklepov"),
	lawcite.Declined("poslovnik", "poslovnikov"), lawcite.Declined("statut", "statutov"), lawcite.Declined("zakonik", "zakonikov"),
	lawcite.Declined("navodilo", "navodil"), lawcite.Declined("predpis", "predpisov"), lawcite.Declined("akt", "aktov"),
	lawcite.Declined("resolucija", "resolucij"), lawcite.Declined("tarifa", "tarif"),
}

// attached are units of text that is not in articles, numbered after the noun
// or before it: "Priloga 2", "tabela 4", "tarifna številka 37".
var attached = []struct {
	unit lawcite.Unit
	noun lawcite.Noun
	adj  string // stem of an adjective before it
}{
	{lawtext.Annex, lawcite.Declined("priloga", "prilog"), ""},
	{lawtext.Table, lawcite.Declined("tabela", "tabel"), ""},
	{lawtext.Table, lawcite.Declined("preglednica", "preglednic"), ""},
	{lawtext.Table, lawcite.Declined("razpredelnica", "razpredelnic"), ""},
	{lawtext.Row, lawcite.Declined("številka", "številk"), "tarifn"},
	{lawtext.Row, lawcite.Declined("številka", "številk"), "zaporedn"},
	{lawtext.Row, lawcite.Declined("oznaka", "oznak"), "tarifn"},
	{lawtext.Row, lawcite.Declined("vrstica", "vrstic"), ""},
	{lawcite.Column, lawcite.Declined("stolpec", "stolpcev"), ""},
}

// actNouns begin the name of an act.
var actNouns = []string{"Zakon", "Kazensk", "Družinsk", "Obligacijsk", "Stvarnopravn", "Pravilnik", "Uredb", "Odlok", "Navodil",
	"Odredb", "Sklep", "Poslovnik", "Statut", "Pravil", "Tarif", "Spremembah", "Energetsk", "Pomorsk", "Gradben", "Resolucij", "Ustav",
	"Akt", "Meril", "Program", "Dogovor"}

func beginsAct(w string) bool {
	for _, p := range actNouns {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

func anyForm(nouns []lawcite.Noun, w string) lawcite.Forms {
	for _, n := range nouns {
		if f := n.Read(w); f != 0 {
			return f
		}
	}
	return 0
}

func readSign(w string) (string, lawcite.Forms) {
	for _, s := range signs {
		if f := s.noun.Read(w); f != 0 {
			return s.sign, f
		}
	}
	return "", 0
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func lastUnit(r lawcite.Ref) lawcite.Unit {
	if len(r.Steps) == 0 {
		return ""
	}
	return r.Steps[len(r.Steps)-1].Unit
}
