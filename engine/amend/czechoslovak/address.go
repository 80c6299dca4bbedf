package czechoslovak

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// addresses reads provisions: "§ 3 ods. 1 písm. a) a b) a § 5". Those after the
// first fill in from the one before. It returns the cases that the first noun
// can be in, and reads nothing that stands in other cases than of.
func (r *reader) addresses(of kase) ([]lawcite.Ref, kase) {
	first, k := r.chain(of)
	if len(first) == 0 {
		return nil, 0
	}
	refs := [][]lawcite.Step{first}
	if of == loc {
		refs = r.withHeading(refs)
	}
	for tries := 0; tries < 200; tries++ {
		at := r.i
		if r.sign(r.i, ",") {
			r.i++
		}
		if r.is(r.i, r.lex.and) {
			r.i++
		}
		if r.i == at {
			break
		}
		if r.is(r.i, r.lex.in) && of&loc != 0 { // v § 3 a v § 5
			r.i++
		}
		if here := r.i; of == loc {
			if q, ok := r.headingOf(loc); ok && !q.above && len(q.refs[0].Steps) > 1 { // a nadpise prílohy č. 1
				for _, ref := range q.refs {
					refs = append(refs, ref.Steps)
				}
				continue
			}
			r.i = here
		}
		if of&(nom|ins) != 0 && r.low(r.i) != "§" && !r.shortUnit() {
			r.i = at // another phrase: "písmeno b) a písmeno c)"
			break
		}
		next, _ := r.chain(of)
		if len(next) == 0 {
			r.i = at
			break
		}
		next = within(refs[len(refs)-1], next)
		if n := len(next) - 1; sameUnits(refs[len(refs)-1], next) { // prvý bod a druhý bod
			last := &refs[len(refs)-1][n]
			last.Numbers = append(last.Numbers[:len(last.Numbers):len(last.Numbers)], next[n].Numbers...)
			continue
		}
		if refs = append(refs, next); of == loc {
			refs = r.withHeading(refs)
		}
	}
	out := make([]lawcite.Ref, len(refs))
	for i, steps := range refs {
		out[i] = lawcite.Ref{Steps: steps}
	}
	return out, k
}

// withHeading reads "včetně nadpisu" behind an article: the article and its
// heading, or "§ 11 včetně nadpisu a odst. 1", the heading and what follows.
func (r *reader) withHeading(refs [][]lawcite.Step) [][]lawcite.Step {
	last := refs[len(refs)-1]
	if !r.is(r.i, r.lex.with) || r.noun(r.lex.heading, r.i+1)&gen == 0 || len(last) != 1 || last[0].Unit != lawtext.Article {
		return refs
	}
	r.i += 2
	heading := append(slices.Clone(last), lawcite.Step{Unit: lawcite.Heading})
	at := r.i
	for r.sign(r.i, ",") || r.is(r.i, r.lex.and) || r.is(r.i, r.lex.in) {
		r.i++
	}
	next, _ := r.chain(loc)
	if r.i = at; len(next) > 0 && depth(next[0].Unit) > depth(lawtext.Article) {
		refs = refs[:len(refs)-1]
	}
	return append(refs, heading)
}

// shortUnit reports whether an abbreviation of a unit is next: "ods.".
func (r *reader) shortUnit() bool {
	for _, u := range r.lex.units {
		if u.read(r.low(r.i)) == anyCase {
			return true
		}
	}
	return false
}

// sameUnits reports whether two addresses differ in the last number alone.
func sameUnits(a, b []lawcite.Step) bool {
	n := len(a) - 1
	return len(b) == n+1 && a[n].Unit == b[n].Unit && len(b[n].Numbers) > 0 && show(lawcite.Ref{Steps: a[:n]}) == show(lawcite.Ref{Steps: b[:n]})
}

// within fills in what an address leaves to the one before it.
func within(before, steps []lawcite.Step) []lawcite.Step {
	var out []lawcite.Step
	if u := steps[0].Unit; u == lawtext.Article || u == lawtext.Annex || u == footnote {
		return steps
	}
	for _, s := range before {
		if depth(s.Unit) >= depth(steps[0].Unit) {
			break
		}
		out = append(out, s)
	}
	return append(out, steps...)
}

// chain reads one address, from the outside in or the other way round.
func (r *reader) chain(of kase) ([]lawcite.Step, kase) {
	var steps []lawcite.Step
	var first kase
	for {
		at := r.i
		in := len(steps) > 0 && r.is(r.i, r.lex.in) && of&loc != 0 // § 3 v odseku 2
		if in {
			r.i++
		}
		heading := r.noun(r.lex.heading, r.i)
		s, k, ok := lawcite.Step{Unit: lawcite.Heading}, loc, len(steps) > 0 && of&loc != 0 && heading&loc != 0 && (in || heading&gen == 0) && !r.quoteFollows(r.i+1)
		if ok { // v § 26 v nadpisu a v odstavci 1
			r.i++
		} else {
			s, k, ok = r.step(of)
		}
		if !ok && len(steps) > 0 && steps[0].Unit == lawtext.Annex {
			if s, k, ok = r.named(); ok && steps[len(steps)-1].Unit == site {
				steps[len(steps)-1].Named += " " + s.Named
				continue
			}
		}
		if !ok || repeated(steps, s) {
			r.i = at
			break
		}
		if n := len(steps) - 1; n >= 0 && (depth(s.Unit) < depth(steps[n].Unit) && (s.Unit == lawtext.Annex && k&gen == 0 || in) || s.Unit == numbered && steps[n].Unit == lawtext.Point && len(steps[n].Numbers) > 1) {
			r.i = at // an outer unit stands in the genitive; "písm. d) a e) prvom bode" may be one of each
			break
		}
		if first == 0 {
			first = k & of
			if k != anyCase {
				// What follows in the chain stands in the genitive, or in the
				// same case.
				of |= gen
			}
		}
		if s.Unit == lawcite.Intro { // v úvodní části odstavce 1
			of |= gen
		}
		steps = append(steps, s)
		if r.annexed = r.annexed || s.Unit == lawtext.Annex; s.Unit == lawtext.Article && of&loc != 0 {
			r.wholeTextOf()
		}
	}
	sortSteps(steps)
	return steps, first
}

// named reads the name of a place in an annex: "Module B", "časti Definície",
// "vzor formuláře č. 1/3". It ends before what any sentence goes on with.
func (r *reader) named() (lawcite.Step, kase, bool) {
	from := r.i
	if r.is(r.i, r.lex.in) {
		r.i++
	}
	first := r.i
	var name []string
	for ; r.i < len(r.toks) && len(name) < 14; r.i++ {
		t := r.toks[r.i]
		if t.sort == quoted || t.sort == broken || r.sign(r.i, ",") || r.sign(r.i, ":") || r.sign(r.i, ";") || r.stops(r.i) {
			break
		}
		if t.sort == word && r.i > first && r.ends(r.i) && !(r.part(r.i) && (!r.is(r.i-1, r.lex.and) || len(r.low(r.i+1)) == 1)) {
			break
		}
		name = append(name, t.text)
	}
	begins := first < len(r.toks) && (r.noun(r.lex.places, first) != 0 || r.toks[first].sort == word && capital(r.toks[first].text) && len(r.toks[first].text) > 2 && !isRoman(r.toks[first].text) && !r.ends(first) || r.part(first) && len(name) > 1)
	if !begins || len(name) == 0 || r.is(r.i-1, r.lex.and) {
		r.i = from
		return lawcite.Step{}, 0, false
	}
	k := loc
	if r.noun(r.lex.places, first)&nom != 0 {
		k = nom
	}
	return lawcite.Step{Unit: site, Named: strings.Join(name, " ")}, k, true
}

// part reports whether a unit of annexes begins a name: "časti Definície", "riadku
// Pezinok", "stĺpci d".
func (r *reader) part(i int) bool {
	if i+1 >= len(r.toks) || r.toks[i+1].sort != word {
		return false
	}
	next := r.toks[i+1].text
	for _, u := range r.lex.units {
		if u.read(r.low(i)) == 0 {
			continue
		}
		if (u.unit == lawtext.Part || u.unit == lawtext.Row || u.unit == lawtext.Table) && capital(next) && len(next) > 2 && !isRoman(next) || u.unit == column && len(next) == 1 {
			return true
		}
	}
	return false
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// stops reports whether a name cannot go on with the word at token i.
func (r *reader) stops(i int) bool {
	l := r.lex
	if w := r.low(i); w == "sa" || w == "se" || w == "na" {
		return true
	}
	for _, forms := range l.verbs {
		if r.is(i, forms) {
			return true
		}
	}
	return r.is(i, l.behind) || r.is(i, l.before) || r.is(i, l.with) || r.is(i, l.relative) || r.is(i, l.above)
}

// ends reports whether a noun of drafting stands at token i, which begins
// another phrase.
func (r *reader) ends(i int) bool {
	l := r.lex
	for _, u := range l.units {
		if u.read(r.low(i)) != 0 && u.unit != lawtext.Part {
			return true
		}
	}
	for _, s := range l.signs {
		if s.read(r.low(i)) != 0 {
			return true
		}
	}
	return r.noun(l.words, i) != 0 && r.quoteFollows(i+1) || l.ordinal(r.low(i)) != "" || r.noun(l.heading, i) != 0 || r.noun(l.footnote, i) != 0 || r.is(i, l.in)
}

// repeated reports whether an address has a step of this depth already.
func repeated(steps []lawcite.Step, s lawcite.Step) bool {
	for _, t := range steps {
		if depth(t.Unit) == depth(s.Unit) {
			return true
		}
	}
	return false
}

func sortSteps(steps []lawcite.Step) {
	for i := range steps {
		for k := i; k > 0 && depth(steps[k].Unit) < depth(steps[k-1].Unit); k-- {
			steps[k], steps[k-1] = steps[k-1], steps[k]
		}
	}
}

// step reads one level: "§ 3", "ods. 1 až 3", "prvom bode", "větě druhé",
// "úvodnej vete".
func (r *reader) step(of kase) (lawcite.Step, kase, bool) {
	var s lawcite.Step
	if p, k, ok := r.intro(of); ok {
		return p, k, true
	}
	ords := r.ordinals()
	unit, k := lawcite.Unit(""), kase(0)
	for _, u := range r.lex.units {
		if k = u.read(r.low(r.i)); k&of != 0 {
			unit = u.unit
			break
		}
		k = 0
	}
	if unit == "" {
		return s, 0, false
	}
	r.i++
	if r.sign(r.i, ".") && len(r.low(r.i-1)) <= 5 && !r.quoteFollows(r.i+1) {
		r.i++
	}
	s.Unit = unit
	if s.Numbers = ords; len(ords) > 0 {
		return s, k, true
	}
	r.i = r.no(r.i)
	s.Numbers = r.numbers(unit)
	if k&nom != 0 && k&gen != 0 && k != anyCase && len(s.Numbers) == 1 && s.Numbers[0].To == "" {
		if k &^= nom; k&of == 0 { // "odstavce 1" is one, in the genitive
			return s, 0, false
		}
	}
	if len(s.Numbers) == 0 && unit != lawtext.Annex {
		s.Numbers = r.ordinals()
	}
	if unit == lawtext.Annex {
		r.ofAct()
	}
	if depth(unit) < 0 && of&loc != 0 && r.quoteFollows(r.i) && (r.i+1 == len(r.toks) || r.toks[r.i+1].sort != quoted) {
		r.i++ // its heading: v přílohe č. 2 „Súhrn“
		return s, k, true
	}
	if len(s.Numbers) == 0 && unit != lawtext.Annex && unit != lawcite.Sentence && unit != lawtext.Table && !(unit == lawtext.Row && r.fresh) {
		return s, 0, false
	}
	return s, k, true
}

// ofAct skips what says that an annex is one of the act: "k vyhláške", "tejto
// vyhlášky", "zákona č. 1/1990 Zb.".
func (r *reader) ofAct() {
	at := r.i
	if r.is(r.i, r.lex.to) {
		r.i++
	}
	for r.is(r.i, r.lex.skip) {
		r.i++
	}
	if r.noun(r.lex.whole, r.i) == 0 {
		r.i = at
		return
	}
	r.i++
	if here := r.i; r.low(r.i) == "vlády" {
		r.i = here + 1
	}
	here := r.i
	r.i = r.no(r.i)
	if r.i == here {
		return
	}
	for r.i < len(r.toks) && (r.toks[r.i].sort == number || r.sign(r.i, "/") || r.sign(r.i, ".") || r.low(r.i) == "z" || r.low(r.i) == "zb" || r.low(r.i) == "sb") {
		r.i++
	}
}

// intro reads "úvodnej vete", "úvodní části ustanovení".
func (r *reader) intro(of kase) (lawcite.Step, kase, bool) {
	s := lawcite.Step{Unit: lawcite.Intro}
	if !strings.HasPrefix(r.low(r.i), "úvodn") {
		return s, 0, false
	}
	k := kase(0)
	for _, u := range r.lex.units {
		if u.unit == lawcite.Sentence || u.unit == lawtext.Part {
			k |= u.read(r.low(r.i+1)) & of
		}
	}
	if k == 0 && strings.HasPrefix(r.low(r.i+1), "text") {
		k = of
	}
	if k == 0 {
		return s, 0, false
	}
	r.i += 2
	if w := r.low(r.i); strings.HasPrefix(w, "ustanoven") || w == "textu" || w == "vety" || w == "věty" {
		r.i++
	}
	return s, k, true
}

// ordinals reads "prvá a druhá", "první až třetí", "posledná".
func (r *reader) ordinals() []lawcite.Range {
	var out []lawcite.Range
	for {
		n := r.lex.ordinal(r.low(r.i))
		if n == "" {
			return out
		}
		out = append(out, lawcite.Range{From: n})
		r.i++
		if r.is(r.i, r.lex.upTo) {
			if to := r.lex.ordinal(r.low(r.i + 1)); to != "" {
				out[len(out)-1].To = to
				r.i += 2
			}
		}
		if !r.sign(r.i, ",") && !r.is(r.i, r.lex.and) || r.lex.ordinal(r.low(r.i+1)) == "" {
			return out
		}
		r.i++
	}
}

// numbers reads "1, 3 až 5 a 7", "a) až c)", "3)".
func (r *reader) numbers(u lawcite.Unit) []lawcite.Range {
	var out []lawcite.Range
	for {
		n, ok := r.numeral(u)
		if !ok {
			return out
		}
		rg := lawcite.Range{From: n}
		if r.is(r.i, r.lex.upTo) || r.sign(r.i, "–") || r.sign(r.i, "-") {
			at := r.i
			r.i++
			if rg.To, ok = r.numeral(u); !ok {
				r.i = at
			}
		}
		out = append(out, rg)
		at := r.i
		if r.sign(r.i, ",") {
			r.i++
		}
		if r.is(r.i, r.lex.and) {
			r.i++
		}
		if r.i = r.no(r.i); r.i == at {
			return out
		}
		here := r.i
		if _, ok := r.numeral(u); !ok {
			r.i = at
			return out
		}
		r.i = here
	}
}

// numeral reads one number of a unit.
func (r *reader) numeral(u lawcite.Unit) (string, bool) {
	if r.i >= len(r.toks) {
		return "", false
	}
	t := r.toks[r.i]
	ok := false
	switch u {
	case lawtext.Point:
		ok = t.sort == letter
	case footnote:
		ok = t.sort == number || t.sort == note
	case lawtext.Article:
		ok = t.sort == number || t.sort == word && isRoman(t.text)
	case lawtext.Part, lawtext.Chapter, lawtext.Section, lawtext.Annex:
		ok = t.sort == number || t.sort == word && (isRoman(t.text) || len(t.text) == 1 && t.text[0] >= 'A' && t.text[0] <= 'Z')
	case lawtext.Table, lawtext.Row, column:
		ok = t.sort == number || t.sort == quoted || t.sort == word && (isRoman(t.text) || len(t.text) == 1 && t.text[0] < 'a')
	default:
		ok = t.sort == number
	}
	if u == numbered && t.sort == word && isRoman(t.text) { // bod VIII.
		ok = true
	}
	if !ok && u == lawtext.Annex && t.sort == word && strings.HasSuffix(t.text, "-") && r.i+1 < len(r.toks) && r.toks[r.i+1].sort == number { // MI-001
		r.i += 2
		return t.text + r.toks[r.i-1].text, true
	}
	if !ok {
		return "", false
	}
	r.i++
	if one := len(t.text) == 1 && t.sort == word; one && (u == lawtext.Annex || u == lawtext.Part) { // D 1, A. 2
		k := r.i
		if r.sign(k, ".") {
			k++
		}
		if k < len(r.toks) && r.toks[k].sort == number && (k > r.i || u == lawtext.Annex) && r.toks[k].end-t.end < 4 {
			if r.i = k + 1; r.sign(r.i, ".") && r.i+1 < len(r.toks) {
				r.i++
			}
			return t.text + r.toks[k].text, true
		}
	}
	if (u == numbered || depth(u) < 0) && r.sign(r.i, ".") && r.i+1 < len(r.toks) && !r.quoteFollows(r.i+1) {
		r.i++
	}
	if w := r.low(r.i); len(w) == 1 && t.sort == number && u == lawtext.Article && (r.low(r.i+1) == "sa" || r.low(r.i+1) == "se") {
		r.i++ // "§ 21 a sa vypúšťa": the letter belongs to the number
		return t.text + w, true
	}
	return t.text, true
}

func isRoman(s string) bool {
	return s != "" && strings.Trim(s, "IVXLC") == ""
}
