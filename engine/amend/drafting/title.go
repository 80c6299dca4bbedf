package drafting

import (
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/lawcite"
)

// A kind is what an act calls itself.
type kind struct {
	noun lawcite.Noun
	this string // how it speaks of itself
}

// kinds of acts. A code of laws is a law.
var kinds = []kind{
	{lawcite.Declined("zakon", "zakonov"), "ta zakon"},
	{lawcite.Declined("zakonik", "zakonikov"), "ta zakon"},
	{lawcite.Declined("pravilnik", "pravilnikov"), "ta pravilnik"},
	{lawcite.Declined("uredba", "uredb"), "ta uredba"},
	{lawcite.Declined("odlok", "odlokov"), "ta odlok"},
	{lawcite.Declined("odredba", "odredb"), "ta odredba"},
	{lawcite.Declined("sklep", "sklepov"), "ta sklep"},
	{lawcite.Declined("statut", "statutov"), "ta statut"},
	{lawcite.Declined("navodilo", "navodil"), "to navodilo"},
	{lawcite.Declined("poslovnik", "poslovnikov"), "ta poslovnik"},
	{lawcite.Declined("resolucija", "resolucij"), "ta resolucija"},
	{lawcite.Declined("tarifa", "tarif"), "ta tarifa"},
}

func (k kind) form(c lawcite.Case) string { return k.noun.Form(c, lawcite.Singular) }

// A name is the title of an act, to be declined: its adjectives, the noun, and
// what is the same in all cases. "Kazenski zakonik", "Pravilnik o medu".
type name struct {
	kind
	adjectives []string
	rest       string
}

// nameOf reads a title. It reports false if its head is no kind of act.
func nameOf(title string) (n name, ok bool) {
	words := strings.Fields(title)
	for i, w := range words {
		low := strings.ToLower(w)
		for _, k := range kinds {
			if low == k.form(lawcite.Nominative) {
				return name{k, n.adjectives, strings.Join(words[i+1:], " ")}, true
			}
		}
		if !strings.HasSuffix(low, "i") && !strings.HasSuffix(low, "a") && !strings.HasSuffix(low, "o") || i > 2 {
			return name{kind: kinds[0]}, false
		}
		n.adjectives = append(n.adjectives, low[:len(low)-1])
	}
	return name{kind: kinds[0]}, false
}

// write declines the title, in small letters but for the first.
func (n name) write(c lawcite.Case) string {
	var words []string
	for _, a := range n.adjectives {
		words = append(words, lawcite.Adjective(a, n.noun.Gender, c, lawcite.Singular))
	}
	words = append(words, n.form(c))
	if n.rest != "" {
		words = append(words, n.rest)
	}
	return upper(strings.Join(words, " "))
}

// plain sets a title of capitals in small letters.
func plain(title string) string {
	if strings.ContainsFunc(title, unicode.IsLower) {
		return title
	}
	return upper(strings.ToLower(title))
}

// amendingTitle is "Zakon o spremembah in dopolnitvah Zakona o čebelah": as many
// changes and additions as there are, and of what kind.
func (n name) amendingTitle(changes, additions int) string {
	kind := n.form(lawcite.Nominative)
	if kind == "zakonik" {
		kind = "zakon"
	}
	return upper(kind) + " o " + amendments(changes, additions) + " " + n.write(lawcite.Genitive)
}

func amendments(changes, additions int) string {
	var words []string
	for i, n := range [...]int{changes, additions} {
		if n > 0 {
			words = append(words, [...][2]string{{"spremembi", "spremembah"}, {"dopolnitvi", "dopolnitvah"}}[i][min(n, 2)-1])
		}
	}
	if len(words) == 0 {
		words = []string{"spremembah"}
	}
	return strings.Join(words, " in ")
}

// closing is the heading over the last articles, for so many transitional
// provisions and the one of commencement.
func closing(transitional int) string {
	if transitional == 0 {
		return "KONČNA DOLOČBA"
	}
	return [...]string{"PREHODNA", "PREHODNI", "PREHODNE"}[count(transitional)] + " IN KONČNA DOLOČBA"
}
