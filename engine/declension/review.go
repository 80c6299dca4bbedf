package declension

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/textkit"
)

// How far from a term its neighbours are looked for.
const (
	reviewBefore = 3  // words before it
	reviewAgo    = 8  // words before it where a form of "to be" stands between
	reviewAfter  = 20 // words after it, in the same sentence
)

// review lists the words that may agree with a term whose gender changes. It
// rather lists one too many.
func (r *replacer) review(p pattern, slots []Slot, at int) []Neighbour {
	old, new := p.pair.Old, p.pair.New
	if old.Gender == new.Gender && (old.Gender != Masculine || !slices.Contains(slots, Slot{Accusative, Singular}) || old.animate() == new.animate()) {
		return nil
	}
	var list []Neighbour
	add := func(w textkit.Word, kind string) {
		list = append(list, Neighbour{w.Start, w.End, w.Text, kind})
	}
	endings := adjectiveEndings(old, slots)
	first := at
	for k := at - 1; k >= max(0, at-reviewBefore) && strings.TrimSpace(r.text[r.words[k].End:r.words[k+1].Start]) == ""; k-- {
		w := strings.ToLower(r.words[k].Text)
		switch {
		case slices.ContainsFunc(pronouns, func(s string) bool { return w == s }):
			first = k
		case len(w) > 3 && governs[w] == nil && slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(w, e) }):
			first = k
		default:
			k = -1
		}
	}
	subject := slotsOf(slots, Nominative)
	is := false // a form of "to be" stood in the sentence
	from := at
	for k := at - 1; k >= max(0, at-reviewAgo) && !strings.ContainsAny(r.text[r.words[k].End:r.words[k+1].Start], ".;:"); k-- {
		from, is = k, is || slices.Contains(auxiliaries, strings.ToLower(r.words[k].Text))
	}
	for k := from; k < first && is; k++ {
		if mayAgree(strings.ToLower(r.words[k].Text), old, subject) {
			add(r.words[k], "adjective")
		}
	}
	for k := first; k < at; k++ {
		kind := "adjective"
		if slices.Contains(pronouns, strings.ToLower(r.words[k].Text)) {
			kind = "pronoun"
		}
		add(r.words[k], kind)
	}
	is = false
	for k := at + len(p.words); k < min(len(r.words), at+len(p.words)+reviewAfter); k++ {
		if strings.ContainsAny(r.text[r.words[k-1].End:r.words[k].Start], ".;:") {
			break
		}
		switch w := strings.ToLower(r.words[k].Text); {
		case slices.Contains(pronouns, w), strings.HasPrefix(w, "kater"), strings.HasPrefix(w, "njegov"), strings.HasPrefix(w, "njen"):
			add(r.words[k], "pronoun")
		case slices.Contains(auxiliaries, w):
			if is = true; strings.HasPrefix(w, "bil") {
				add(r.words[k], "participle")
			}
		case slices.ContainsFunc(participles, func(e string) bool { return len(w) > len(e)+2 && strings.HasSuffix(w, e) }) &&
			(is || k == at+len(p.words) || slices.Contains(auxiliaries, r.next(k))):
			add(r.words[k], "participle")
		case is && mayAgree(w, old, subject), strings.Contains(r.text[r.words[k-1].End:r.words[k].Start], ",") && mayAgree(w, old, slots):
			add(r.words[k], "adjective")
		}
	}
	return list
}

// slotsOf puts slots into one case.
func slotsOf(slots []Slot, c Case) (list []Slot) {
	for _, s := range slots {
		list = append(list, Slot{c, s.Number})
	}
	return list
}

// adjectiveStems are how most adjectives end before their endings.
var adjectiveStems = []string{"n", "sk", "šk", "ov", "ev", "joč", "koč", "doč", "jš", "čj", "žj", "ar", "br", "ik", "ok"}

// mayAgree reports whether a word looks like an adjective that agrees with a term
// in one of those places: "je samostojna", ", pristojni za vode".
func mayAgree(w string, f Forms, slots []Slot) bool {
	for _, e := range adjectiveEndings(f, slots) {
		stem, ok := strings.CutSuffix(w, e)
		if !ok {
			continue
		}
		if _, noun := lexicon[stem]; noun || len(stem) < 3 {
			continue
		}
		if len(e) == 2 && slices.Contains([]string{"en", "ov", "ev", "an"}, e) || slices.ContainsFunc(adjectiveStems, func(s string) bool { return strings.HasSuffix(stem, s) }) {
			return true
		}
	}
	return false
}

func (r *replacer) next(k int) string {
	if k+1 < len(r.words) {
		return strings.ToLower(r.words[k+1].Text)
	}
	return ""
}

func (f Forms) animate() bool {
	return f.In(Slot{Accusative, Singular}) == f.In(Slot{Genitive, Singular})
}

// adjectiveEndings are those of an adjective beside a term in those places.
func adjectiveEndings(f Forms, slots []Slot) []string {
	var list []string
	t := adjectiveOf(map[Gender]string{Masculine: "xi", Feminine: "xa", Neuter: "xo"}[f.Gender], f.Gender, f.animate()).table
	for _, s := range slots {
		for _, form := range t[s.Number][s.Case] {
			list = append(list, strings.TrimPrefix(form, "x"))
		}
	}
	if slices.Contains(slots, Slot{Nominative, Singular}) && f.Gender == Masculine {
		list = append(list, "en", "ov", "ev", "an")
	}
	return list
}

var pronouns = []string{
	"ta", "tega", "temu", "tem", "to", "te", "tej", "teh", "ti", "tisti", "tista", "tisto", "tistega", "tiste",
	"vsak", "vsaka", "vsako", "vsakega", "vsake", "ves", "vsa", "vse", "vsi", "vsega", "vseh", "isti", "ista", "isto", "istega", "iste",
	"ga", "jo", "mu", "ji", "njega", "njo", "njemu", "njej", "on", "ona", "ono", "oni", "sam", "sama", "samo", "eden", "ena", "eno", "en",
	"svoj", "svoja", "svojo", "drug", "druga", "drugo", "drugega", "druge", "nobeden", "nobena", "nobeno", "noben", "nobenega", "nobene",
}

var auxiliaries = []string{"je", "sta", "so", "bo", "bosta", "bodo", "ni", "nista", "niso", "bi", "bil", "bila", "bilo", "bili", "bile"}

var participles = []string{
	"an", "ana", "ano", "ani", "ane", "en", "ena", "eno", "eni", "ene", "it", "ita", "ito", "iti", "ite",
	"al", "ala", "alo", "ali", "ale", "il", "ila", "ilo", "ili", "ile", "el", "ela", "elo", "eli", "ele", "žan", "žna", "žno", "žni",
}
