// Package declension declines Slovenian nouns, adjectives and terms of several
// words, and puts one term for another in a text "in all cases and numbers" (v vseh
// sklonih in številih), as amending acts ask.
//
// It is a paradigm engine: the rules of the standard declensions (DESIGN.md), and
// tables of irregular and doubtful words written for this package. No external
// lexicon is used or shipped.
//
// These hold of everything it returns:
//
//   - What is guessed is flagged: forms are sure only if a table or a rule without
//     exceptions known to us gives them.
//   - Replace leaves a place alone, and says why, if it cannot tell which form of
//     the new term belongs there.
package declension

import "strings"

// A Case is a grammatical case (sklon).
type Case int

// The six cases, in the order of the schools.
const (
	Nominative   Case = iota // imenovalnik
	Genitive                 // rodilnik
	Dative                   // dajalnik
	Accusative               // tožilnik
	Locative                 // mestnik
	Instrumental             // orodnik
)

// A Number is a grammatical number (število).
type Number int

// The three numbers.
const (
	Singular Number = iota // ednina
	Dual                   // dvojina
	Plural                 // množina
)

// A Gender is a grammatical gender (spol).
type Gender int

// The three genders.
const (
	Masculine Gender = iota // moški
	Feminine                // ženski
	Neuter                  // srednji
)

// A Slot is a place in a paradigm.
type Slot struct {
	Case   Case
	Number Number
}

// Slots are all places, number by number.
func Slots() []Slot {
	var list []Slot
	for n := Singular; n <= Plural; n++ {
		for c := Nominative; c <= Instrumental; c++ {
			list = append(list, Slot{c, n})
		}
	}
	return list
}

// Forms are a term in all cases and numbers.
type Forms struct {
	Term   string
	Gender Gender
	table  table
}

// A table has the forms of each place, the usual one first.
type table [3][6][]string

// In returns the form of a place.
func (f Forms) In(s Slot) string {
	if list := f.All(s); len(list) > 0 {
		return list[0]
	}
	return ""
}

// All returns the forms of a place: some have more than one, which are all right.
// The usual one is first.
func (f Forms) All(s Slot) []string {
	if s.Number < Singular || s.Number > Plural || s.Case < Nominative || s.Case > Instrumental {
		return nil
	}
	return f.table[s.Number][s.Case]
}

// An Option says of a term what its letters do not.
type Option int

// What may be said of a term.
const (
	Animate   Option = iota + 1 // a person or an animal: "vidim uradnika"
	Inanimate                   // "vidim pravilnik"
)

// Paradigm declines a term that is given in the nominative singular: a noun
// ("organ"), adjectives with one ("republiški upravni organ"), and what may follow
// it and does not change ("varstvo okolja") or does ("minister, pristojen za
// kulturo"). The second result is false if any of it is a guess.
func Paradigm(term string, how ...Option) (Forms, bool) {
	words := split(term)
	if len(words) == 0 {
		return Forms{Term: term}, false
	}
	head, sure := headOf(words)
	n := nounOf(words[head].text, how)
	sure = sure && n.sure
	f := Forms{Term: term, Gender: n.gender}
	parts := make([]table, len(words))
	attached := false // a preposition came: what follows it stays as it is
	for k, w := range words {
		attached = attached || k > head && governs[w.text] != nil
		switch {
		case k == head:
			parts[k] = n.table
		case k < head:
			a := adjectiveOf(w.text, n.gender, n.animate)
			parts[k], sure = a.table, sure && a.sure
		case words[k-1].comma && !attached:
			a := adjectiveOf(w.text, n.gender, n.animate)
			parts[k], sure = a.table, sure && a.sure && agreeing[w.text]
		case k == head+1 && strings.ToLower(words[head].text) == "republika" && strings.HasSuffix(w.text, "a"):
			parts[k] = nounOf(w.text, nil).table // Republika Slovenija, Republike Slovenije
		default:
			parts[k] = unchanging(w.text)
			sure = sure && (attached || k > head+1 || genitive(w.text))
		}
	}
	for number := range f.table {
		for c := range f.table[number] {
			f.table[number][c] = joined(words, parts, number, c)
		}
	}
	return f, sure
}

// joined makes a form of the whole term: with other forms of one word at a time
// where a place has several.
func joined(words []word, parts []table, number, c int) []string {
	first := make([]string, len(words))
	for k := range words {
		if list := parts[k][number][c]; len(list) > 0 {
			first[k] = list[0]
		}
	}
	list := []string{glue(words, first)}
	for k := range words {
		for _, other := range parts[k][number][c][min(1, len(parts[k][number][c])):] {
			variant := append([]string(nil), first...)
			variant[k] = other
			list = append(list, glue(words, variant))
		}
	}
	return list
}

func unchanging(w string) table {
	var t table
	for n := range t {
		for c := range t[n] {
			t[n][c] = []string{w}
		}
	}
	return t
}
