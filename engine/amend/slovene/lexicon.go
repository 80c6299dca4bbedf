package slovene

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawcite"
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
	inside          // v
	after           // za
	before          // pred
	using           // z, s
	onKoncu         // na, of "na koncu"
	fresh           // nov
	former          // dosedanji
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
	"v":      inside,
	"za":     after,
	"pred":   before,
	"z":      using,
	"s":      using,
	"na":     onKoncu,
	"povsod": everywhere,
}

func lexicon() (map[string]role, map[string]verbForm) {
	words, verbs := map[string]role{}, map[string]verbForm{}
	for w, r := range roles {
		words[w] = r
	}
	for _, w := range strings.Fields("nov nova novo novi nove novega novem novim") {
		words[w] = fresh
	}
	for _, w := range strings.Fields("dosedanji dosedanja dosedanje dosedanjega dosedanjem dosedanjim dosedanjo dosedanjih dosedanjima dosedanjimi") {
		words[w] = former
	}
	for lemma, forms := range map[string]string{
		"črta":      "črta črtata črtajo",
		"nadomesti": "nadomesti nadomestita nadomestijo",
		"doda":      "doda dodata dodajo",
		"spremeni":  "spremeni spremenita spremenijo",
		"postane":   "postane postaneta postanejo",
	} {
		for i, w := range strings.Fields(forms) {
			words[w], verbs[w] = verb, verbForm{lemma, i + 1}
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
	act     = lawcite.Declined("zakon", "zakonov")
)

// actNouns begin the name of an act.
var actNouns = []string{"Zakon", "Kazensk", "Družinsk", "Obligacijsk", "Stvarnopravn", "Pravilnik", "Uredb", "Odlok", "Navodil",
	"Odredb", "Sklep", "Poslovnik", "Statut", "Pravil", "Tarif", "Spremembah"}

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
