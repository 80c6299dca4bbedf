package czechoslovak

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A lexicon is what reading must know of one language. The grammar is the same
// for both: word order is free in both, and a form of a noun tells its part.
type lexicon struct {
	units    []unitNoun
	words    []noun // nouns of quoted text: slová, číslo, suma
	signs    []signNoun
	text     []noun // the text of a provision as it was
	heading  []noun
	footnote []noun
	mark     []noun // odkaz: the mark of a footnote in the text
	whole    []noun // acts, in "v celom texte zákona"
	bracket  []noun // zátvorka
	places   []noun // what annexes have beside units: vzor, vysvetlivky

	in, behind, before, above, as, to, from, under []string // prepositions
	and, upTo                                      []string
	verbs                                          map[verb][]string
	ordinals                                       []string // stems of first, second, …
	last, nextToLast                               []string // stems
	endings                                        []string // of ordinals
	relative                                       []string // ktorý
	with                                           []string // vrátane
	old, fresh                                     []string // stems: doterajš-, nov-
	skip                                           []string // words that say nothing more
	end, start                                     []string // konci, začiatok
	every                                          []string // vždy: every place
	forms                                          []string // of words in all their forms: tvaroch, tvare, pádě
	months                                         []string
	refers                                         []string // words before which, or after which, a mark is a reference
	amends                                         []string // how an article of the act says that it changes another
	commences, repeals                             []string
	usual                                          []string // headings that recur: "Účinnosť"
	notes                                          string   // what stands before a footnote mark in the tree of a consolidated text
}

// A noun is its forms, by what they can be in an instruction. Forms that stand
// in several cases stand in several fields.
type noun struct {
	nom string // nominative and accusative
	gen string
	loc string // and dative
	ins string
	any string // abbreviations
}

type unitNoun struct {
	unit lawcite.Unit
	noun
}

type signNoun struct {
	sign string
	noun
}

// A kase is a set of cases.
type kase int

const (
	nom kase = 1 << iota
	gen
	loc
	ins
	anyCase = nom | gen | loc | ins
)

// read returns the cases that a form may be.
func (n noun) read(form string) kase {
	var k kase
	for _, c := range [...]struct {
		forms string
		kase  kase
	}{{n.nom, nom}, {n.gen, gen}, {n.loc, loc}, {n.ins, ins}, {n.any, anyCase}} {
		if among(form, c.forms) {
			k |= c.kase
		}
	}
	return k
}

func among(form, forms string) bool {
	for f := range strings.FieldsSeq(forms) {
		if f == form {
			return true
		}
	}
	return false
}

// A verb is what an instruction does.
type verb int

const (
	noVerb   verb = iota
	reads         // znie
	replaces      // nahrádza
	inserts       // vkladá
	adds          // dopĺňa, pripája
	deletes       // vypúšťa, zrušuje
	renames       // označuje
	places        // umiestňuje
	lifts         // presúva
)

// Units beside those of lawtext: footnotes, which stand at the end of a text.
const footnote = amend.Footnote

// numbered tells points with letters from points with numbers: both are points
// of the tree, one below the other.
const numbered lawcite.Unit = "bod"

// site is a unit of annexes that is known by a name alone.
const site lawcite.Unit = "place"

// column is a unit of tables, which the tree has as rows.
const column lawcite.Unit = "column"

// depth orders the units from the outside in.
func depth(u lawcite.Unit) int {
	switch u {
	case footnote:
		return -5
	case lawtext.Annex:
		return -4
	case lawtext.Part:
		return -3
	case lawtext.Chapter:
		return -2
	case lawtext.Section:
		return -1
	case site:
		return 0
	case amend.Clause, amend.Bracket:
		return 7
	case lawtext.Article:
		return 1
	case lawtext.Paragraph:
		return 2
	case lawtext.Point:
		return 3
	case numbered:
		return 4
	case lawtext.Indent:
		return 5
	case lawtext.Table:
		return 2
	case lawtext.Row:
		return 3
	case column:
		return 4
	}
	return 6
}

// lexicons by language.
var lexicons = map[string]*lexicon{"sk": &slovak, "cs": &czech}

// transitional reads a heading that recurs at the start of a text: "Prechodné
// ustanovenie k úpravám účinným od 1. januára 2005", up to the year.
func (l *lexicon) transitional(body string) string {
	for _, h := range l.usual {
		rest, ok := strings.CutPrefix(body, h+" ")
		if !ok {
			continue
		}
		words := strings.SplitAfter(rest, " ")
		at := len(h) + 1
		for i, w := range words[:min(len(words), 12)] {
			at += len(w)
			if y := strings.Trim(w, " "); i > 2 && len(y) == 4 && strings.Trim(y, "0123456789") == "" && oneOf(strings.TrimSpace(words[i-1]), l.months) {
				return body[:at-len(w)+4]
			}
		}
		if r, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(r) || r == '(' {
			return h
		}
	}
	return ""
}

func oneOf(w string, list []string) bool {
	for _, s := range list {
		if s == w {
			return true
		}
	}
	return false
}

// ordinal reads "prvej", "posledná". It returns "" for another word.
func (l *lexicon) ordinal(w string) string {
	for _, s := range l.nextToLast {
		if l.ends(w, s) {
			return lawcite.NextToLast
		}
	}
	for _, s := range l.last {
		if l.ends(w, s) {
			return lawcite.Last
		}
	}
	for i, group := range l.ordinals {
		for s := range strings.FieldsSeq(group) {
			if l.ends(w, s) {
				return itoa(i + 1)
			}
		}
	}
	return ""
}

// ends reports whether a word is a stem and an ending of an adjective.
func (l *lexicon) ends(w, stem string) bool {
	rest, ok := strings.CutPrefix(w, stem)
	return ok && oneOf(rest, l.endings)
}

// stems reports whether a word begins with one of the stems and is little longer.
func stems(w string, list []string) bool {
	for _, s := range list {
		if rest, ok := strings.CutPrefix(w, s); ok && len(rest) <= 6 {
			return true
		}
	}
	return false
}
