package declension

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/textkit"
)

// A Pair is a term and what takes its place.
type Pair struct{ Old, New Forms }

// A Replacement is a text after terms were replaced. If Refusals is not empty, the
// text still has the old terms in those places.
type Replacement struct {
	Text     string
	Changes  []Change
	Refusals []Refusal
}

// A Change is one place where a term stood. Places are bytes of the text as it was.
type Change struct {
	Start, End int
	Old, New   string // with the preposition before, if it changes too: "s predpisom", "z odlokom"
	Slots      []Slot // what the old form can be here
	Review     []Neighbour
}

// A Reason says why a place was refused.
type Reason string

// Why a place is refused.
const (
	ManyForms Reason = "many-forms" // which form of the new term belongs there cannot be told
	MaybeVerb Reason = "maybe-verb" // the word may be no form of the term, but a verb: "ukrepa"
)

// A Refusal is a place where the term stands, or may stand, and was left.
type Refusal struct {
	Start, End int
	Old        string
	Reason     Reason
	Candidates []string // the forms that are possible
}

// A Neighbour is a word whose form may have to follow the new term, because that
// has another gender: for a person to look at.
type Neighbour struct {
	Start, End int
	Text       string
	Kind       string // "adjective", "participle" or "pronoun"
}

// Replace puts new terms for old ones, in the case and number in which they stand.
// Terms are whole words. All are replaced at once, so that no new term is replaced
// again, and where several begin the longest counts.
//
// Many forms serve several cases. Then the forms of the new term must agree, or the
// preposition right before decides; else the place is refused, and so is a form that
// is a verb as well, without a preposition. An adjective before
// is not believed: "drugemu pravice" and "obsega pravic" have none. The prepositions
// s and z, k and h follow the new word.
func Replace(text string, pairs ...Pair) Replacement {
	r := replacer{text: text, words: textkit.Words(text), first: make(map[string][]pattern)}
	for k, p := range pairs {
		for form, slots := range formsOf(p.Old) {
			words := textkit.Words(form)
			if len(words) > 0 {
				key := strings.ToLower(words[0].Text)
				r.first[key] = append(r.first[key], pattern{form, words, slots, pairs[k]})
			}
		}
	}
	for _, list := range r.first {
		slices.SortFunc(list, func(a, b pattern) int {
			if len(a.words) != len(b.words) {
				return len(b.words) - len(a.words)
			}
			return strings.Compare(a.form, b.form)
		})
	}
	for at := 0; at < len(r.words); {
		if n := r.at(at); n > 0 {
			at += n
		} else {
			at++
		}
	}
	r.out.WriteString(text[r.done:])
	r.made.Text = r.out.String()
	return r.made
}

// formsOf returns what each form of a term can be.
func formsOf(f Forms) map[string][]Slot {
	m := make(map[string][]Slot)
	for _, s := range Slots() {
		for _, form := range f.All(s) {
			if form = strings.ToLower(form); !slices.Contains(m[form], s) {
				m[form] = append(m[form], s)
			}
		}
	}
	return m
}

// A pattern is one form of an old term.
type pattern struct {
	form  string
	words []textkit.Word
	slots []Slot
	pair  Pair
}

type replacer struct {
	text  string
	words []textkit.Word
	first map[string][]pattern // by the first word
	done  int                  // bytes of the text that are written
	out   strings.Builder
	made  Replacement
}

// at replaces the longest term at a word, and returns how many words that has.
func (r *replacer) at(at int) int {
	for _, p := range r.first[strings.ToLower(r.words[at].Text)] {
		if r.fits(p, at) {
			r.put(p, at)
			return len(p.words)
		}
	}
	return 0
}

// fits compares words, and what stands between them but for the wrapping.
func (r *replacer) fits(p pattern, at int) bool {
	if at+len(p.words) > len(r.words) {
		return false
	}
	for k, w := range p.words {
		is := r.words[at+k]
		if strings.ToLower(is.Text) != w.Text {
			return false
		}
		if k > 0 && gap(r.text, r.words[at+k-1], is) != gap(p.form, p.words[k-1], w) {
			return false
		}
	}
	return true
}

func gap(text string, a, b textkit.Word) string {
	return strings.Join(strings.Fields("."+text[a.End:b.Start]+"."), " ")
}

func (r *replacer) put(p pattern, at int) {
	start, end := r.words[at].Start, r.words[at+len(p.words)-1].End
	old := r.text[start:end]
	slots, before := p.slots, r.before(at)
	candidates := fitting(p.pair.New, slots)
	if len(candidates) > 1 {
		if cases, ok := governs[before]; ok {
			slots = slices.DeleteFunc(slices.Clone(slots), func(s Slot) bool { return !slices.Contains(cases, s.Case) })
			candidates = fitting(p.pair.New, slots)
		}
	}
	reason := ManyForms
	if len(p.words) == 1 && verbs[p.form] && governs[before] == nil {
		reason, candidates = MaybeVerb, fitting(p.pair.New, p.slots)
	}
	if reason == MaybeVerb || len(candidates) != 1 || candidates[0] == "" {
		if len(candidates) == 0 {
			candidates = fitting(p.pair.New, p.slots)
		}
		r.made.Refusals = append(r.made.Refusals, Refusal{start, end, old, reason, candidates})
		return
	}
	c := Change{Start: start, End: end, Old: old, New: like(candidates[0], r.words[at:at+len(p.words)]), Slots: slots}
	c.Review = r.review(p, slots, at)
	if other := follow(before, c.New); other != before {
		w := r.words[at-1]
		if isUpper(w.Text) {
			other = strings.ToUpper(other)
		}
		c.Old, c.New = r.text[w.Start:end], other+r.text[w.End:start]+c.New
		c.Start = w.Start
	}
	r.out.WriteString(r.text[r.done:c.Start] + c.New)
	r.done = end
	r.made.Changes = append(r.made.Changes, c)
}

// fitting are the usual forms of a term in those places, each once.
func fitting(f Forms, slots []Slot) []string {
	var list []string
	for _, s := range slots {
		if form := f.In(s); !slices.Contains(list, form) {
			list = append(list, form)
		}
	}
	return list
}

// before is the word right before, in small letters; empty if something other than
// white space stands between.
func (r *replacer) before(at int) string {
	if at == 0 || strings.TrimSpace(r.text[r.words[at-1].End:r.words[at].Start]) != "" {
		return ""
	}
	return strings.ToLower(r.words[at-1].Text)
}

// governs are the cases that a preposition can have.
var governs = map[string][]Case{
	"brez": {Genitive}, "do": {Genitive}, "iz": {Genitive}, "od": {Genitive}, "zaradi": {Genitive}, "namesto": {Genitive},
	"poleg": {Genitive}, "okrog": {Genitive}, "okoli": {Genitive}, "razen": {Genitive}, "znotraj": {Genitive}, "zunaj": {Genitive},
	"izven": {Genitive}, "izmed": {Genitive}, "izpod": {Genitive}, "iznad": {Genitive}, "prek": {Genitive}, "preko": {Genitive},
	"k": {Dative}, "h": {Dative}, "proti": {Dative}, "kljub": {Dative}, "nasproti": {Dative},
	"skozi": {Accusative}, "čez": {Accusative}, "zoper": {Accusative},
	"v": {Accusative, Locative}, "na": {Accusative, Locative}, "ob": {Accusative, Locative}, "po": {Accusative, Locative}, "o": {Accusative, Locative},
	"za": {Accusative, Instrumental, Genitive}, "pred": {Accusative, Instrumental}, "nad": {Accusative, Instrumental},
	"pod": {Accusative, Instrumental}, "med": {Accusative, Instrumental},
	"pri": {Locative}, "s": {Genitive, Instrumental}, "z": {Genitive, Instrumental},
}

// follow is the preposition as it stands before a word: s before voiceless
// consonants, else z; h before k and g, else k (Slovenski pravopis 2001, § 678).
func follow(preposition, word string) string {
	r, _ := utf8.DecodeRuneInString(strings.ToLower(word))
	switch preposition {
	case "s", "z":
		if strings.ContainsRune("cčfhkpsšt", r) {
			return "s"
		}
		return "z"
	case "k", "h":
		if r == 'k' || r == 'g' {
			return "h"
		}
		return "k"
	}
	return preposition
}

// like writes a form as the words that it replaces: with a capital, or in capitals.
func like(form string, words []textkit.Word) string {
	first, rest := words[0].Text, 0
	for _, w := range words {
		for _, c := range w.Text {
			if unicode.IsLetter(c) {
				rest++
			}
			if unicode.IsLower(c) {
				rest = -1 << 30
			}
		}
	}
	if rest > 1 {
		return strings.ToUpper(form)
	}
	if isUpper(first) {
		return capital(form)
	}
	return form
}

func isUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}
