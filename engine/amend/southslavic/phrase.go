package southslavic

import (
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A what is the part that a phrase plays in a clause.
type what uint8

const (
	isLink    what = iota
	isComma        // "," and ";"
	isIn           // u članu 5. stav 1.
	isAbove        // iznad člana 5.
	isBeside       // posle stava 1, ispred reči „x”
	isAtEnd        // na kraju [stava 1.]
	isInstead      // umesto tačke
	isUnit         // stav 1, novi stav 2, naziv člana
	isText         // reči: „x”, tačka
	isUsing        // rečima: „x”, zapetom
	isVerb
	isSaying // i glasi, koji glasi
	isQuote  // the text itself, after isSaying
	isPlaces // na oba mesta
	isWhole  // u celom tekstu zakona
	isCases  // u odgovarajućem padežu
)

// A phrase is a constituent of a sentence.
type phrase struct {
	what    what
	token   token       // the first, for its place
	act     string      // named with it
	cited   string      // its gazettes
	ref     lawcite.Ref // empty if it names no unit
	forms   forms       // of the first noun
	tail    forms       // of the innermost noun: "u članu 5. stav 1." may be about stav 1.
	body    bool        // the text of the unit, not the unit
	text    string
	sign    bool // the text is a sign named by a word
	place   amend.Place
	fresh   bool
	former  bool
	heading bool          // the heading of the unit goes with it
	becomes *lawcite.Step // koji postaje …
	verb    sense
	times   int
	but     bool
	dash    bool // the verb before goes on: "reči: „x” – rečima: „y”"
}

// A parser turns tokens into phrases.
type parser struct {
	lex  lexicon
	toks []token
	i    int
	out  []phrase
}

func (p *parser) at(k int) token {
	if p.i+k >= 0 && p.i+k < len(p.toks) {
		return p.toks[p.i+k]
	}
	return token{}
}

// is returns the sense of the word k tokens ahead in a role.
func (p *parser) is(k int, r role) (sense, bool) {
	if t := p.at(k); t.sort == word && t.text != "" {
		return p.lex.has(t.key, r)
	}
	return sense{}, false
}

func (p *parser) mark(k int, s string) bool { return p.at(k).sort == mark && p.at(k).text == s }

// phrases reads a whole sentence or refuses a word of it.
func phrases(lex lexicon, toks []token) ([]phrase, *amend.Refusal) {
	p := &parser{lex: lex, toks: toks}
	for p.i < len(p.toks) {
		was := p.i
		ph, ok := p.next()
		if !ok {
			t := p.toks[was]
			reason := amend.UnknownWord
			for k := was; k <= min(p.i, len(p.toks)-1); k++ {
				if t = p.toks[k]; t.sort == word && lex[t.key] == nil {
					break
				}
			}
			if t.sort != word || lex[t.key] != nil {
				t, reason = p.toks[was], amend.NoPattern
			}
			return nil, refusal(reason, t, p.around(was))
		}
		if ph != nil {
			ph.token = p.toks[was]
			p.out = append(p.out, *ph)
		}
	}
	return p.out, nil
}

func refusal(r amend.Reason, t token, words string) *amend.Refusal {
	return &amend.Refusal{Reason: r, Words: words, Span: lawtext.Span{Start: t.start, End: t.end}}
}

func (p *parser) around(i int) string {
	var w []string
	for _, t := range p.toks[i:min(i+4, len(p.toks))] {
		w = append(w, t.text)
	}
	return strings.Join(w, " ")
}

// next reads one phrase; nil for a word without meaning.
func (p *parser) next() (*phrase, bool) {
	t := p.at(0)
	if ph, ok := p.saying(); ok {
		return ph, true
	}
	switch t.sort {
	case quoted:
		p.i++
		if n := len(p.out); n > 0 && p.out[n-1].what == isSaying {
			return &phrase{what: isQuote, text: t.text}, true
		}
		if n := len(p.out); n > 1 && (p.out[n-1].what == isLink || p.out[n-1].what == isComma) && p.out[n-2].text != "" {
			ph := p.out[n-2] // "reči: „x” i „y”"
			ph.text, ph.sign = t.text, false
			return &ph, true
		}
		return nil, false
	case mark:
		return p.signs()
	case broken:
		// A copy that leaves out the provision: "koji glasi: „Član 6. …"
		p.i++
		return nil, elided(t.text) && len(p.out) > 0 && p.out[len(p.out)-1].what == isSaying
	case word:
	default:
		return nil, false
	}
	switch {
	case p.skip(filler): // beside its verb
		_, before := p.is(-2, verb)
		_, after := p.is(0, verb)
		return nil, before || after
	case p.skip(likewise):
		_, and := p.is(0, link)
		return nil, and
	case p.skip(but):
		return &phrase{what: isLink, but: true}, true
	case p.skip(link):
		return &phrase{what: isLink}, true
	case p.skip(everywhere):
		return &phrase{what: isPlaces}, true
	case p.forms():
		return &phrase{what: isCases}, true
	case p.skip(inside):
		return p.in()
	case p.skip(behind):
		return p.beside(amend.After)
	case p.skip(ahead):
		return p.beside(amend.Before)
	case p.skip(instead):
		ph, ok := p.operand()
		return p.as(ph, isInstead, ok && ph.what == isText && ph.forms&genitive != 0)
	case p.skip(with):
		ph, ok := p.operand()
		return p.as(ph, isUsing, ok && ph.what == isText)
	case p.skip(above):
		ph, ok := p.unit()
		return p.as(ph, isAbove, ok && ph.forms&genitive != 0 && len(ph.ref.Steps) == 1 && numbered(ph.ref))
	case p.skip(at):
		return p.place()
	}
	if s, ok := p.is(0, verb); ok {
		p.i++
		return &phrase{what: isVerb, verb: s}, true
	}
	return p.operand()
}

func (p *parser) skip(r role) bool {
	_, ok := p.is(0, r)
	if ok {
		p.i++
	}
	return ok
}

func (p *parser) as(ph *phrase, w what, ok bool) (*phrase, bool) {
	if !ok {
		return nil, false
	}
	ph.what = w
	return ph, true
}

func (p *parser) signs() (*phrase, bool) {
	switch p.at(0).text {
	case ",", ";":
		p.i++
		return &phrase{what: isComma}, true
	case "-", "–", "—":
		p.i++
		return &phrase{what: isVerb, dash: true}, true
	case ":": // "dodaje se rečenica: „Tekst.”"
		if n := len(p.out); n > 0 && p.out[n-1].what == isUnit && lastUnit(p.out[n-1].ref) == lawcite.Sentence && p.at(1).sort == quoted {
			p.i++
			return &phrase{what: isSaying}, true
		}
		return nil, false
	case "…", ".":
		if n := len(p.out); n == 0 || p.out[n-1].what != isSaying || slices.ContainsFunc(p.toks[p.i:], func(t token) bool { return !elided(t.text) }) {
			return nil, false
		}
		p.i = len(p.toks)
		return nil, true
	}
	return nil, false
}

func elided(s string) bool {
	return strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") || s == "."
}

// saying reads "i glasi", ", koji glase" and "tako da glasi", with the colon.
func (p *parser) saying() (*phrase, bool) {
	k := 0
	if p.mark(k, ",") {
		k++
	}
	words := 0
	for _, r := range []role{so, so, link, which} {
		if _, ok := p.is(k, r); ok {
			k++
			words++
		}
	}
	if _, ok := p.is(k, says); !ok || words == 0 {
		return nil, false
	}
	p.i += k + 1
	if p.mark(0, ":") {
		p.i++
	}
	return &phrase{what: isSaying}, true
}

// place reads "na kraju [stava 1.]" and "na oba mesta".
func (p *parser) place() (*phrase, bool) {
	k := 0
	s, many := p.is(0, both)
	if n, ok := p.is(1, both); ok && many { // "na sva tri mesta"
		s, k = n, 1
	}
	if _, ok := p.is(k+1, place); ok && many {
		p.i += k + 2
		return &phrase{what: isPlaces, times: s.count}, true
	}
	if !p.skip(ending) {
		return nil, false
	}
	ph := &phrase{what: isAtEnd}
	if s, ok := p.is(0, bodyNoun); ok && s.forms&genSg != 0 {
		p.i++ // "na kraju teksta"
		return ph, true
	}
	if s, ok := p.is(0, unit); ok && s.forms&genitive != 0 {
		q, ok := p.unit()
		return p.as(q, isAtEnd, ok && !q.fresh && q.becomes == nil)
	}
	return ph, true
}

// forms reads "u odgovarajućem padežu", "u odgovarajućem padežu i broju".
func (p *parser) forms() bool {
	k := 0
	if _, ok := p.is(0, inside); ok {
		k++
	}
	if _, ok := p.is(k, matching); !ok {
		return false
	}
	k++
	if _, ok := p.is(k, cases); !ok {
		return false
	}
	for k++; ; k++ {
		_, and := p.is(k, link)
		if _, ok := p.is(k+1, cases); !ok || !and && !p.mark(k, ",") {
			p.i += k
			return true
		}
		k++
	}
}

// wholeText reads "u celom tekstu zakona" after the preposition.
func (p *parser) wholeText() bool {
	if _, ok := p.is(0, whole); !ok {
		return false
	}
	if s, ok := p.is(1, bodyNoun); !ok || s.forms&locative == 0 {
		return false
	}
	p.i += 2
	p.skip(lawNoun)
	return true
}

func (p *parser) in() (*phrase, bool) {
	if p.wholeText() {
		return &phrase{what: isWhole}, true
	}
	if act, cited := p.actName(locative); act != "" {
		return &phrase{what: isIn, act: act, cited: cited}, true
	}
	ph, ok := p.unit()
	return p.as(ph, isIn, ok && ph.forms&locative != 0 && !ph.fresh && !ph.body)
}

func (p *parser) beside(side amend.Place) (*phrase, bool) {
	ph, ok := p.operand()
	if !ok || ph.fresh || ph.body || ph.what != isText && ph.what != isUnit || ph.forms&genitive == 0 {
		return nil, false
	}
	ph.what, ph.place = isBeside, side
	return ph, true
}

// operand reads a quoted text with its noun, a sign, or a unit.
func (p *parser) operand() (*phrase, bool) {
	if s, ok := p.is(0, textNoun); ok {
		k := 1
		if p.mark(k, ":") || p.mark(k, ".") { // "речи. „x”" is a slip that cannot be misread
			k++
		}
		if t := p.at(k); t.sort == quoted {
			p.i += k + 1
			return p.textPhrase(&phrase{text: t.text, forms: s.forms})
		}
	}
	if ph, ok := p.sign(); ok {
		return p.textPhrase(ph)
	}
	return p.unit()
}

// textPhrase tells what is changed from what it is changed into by the case.
func (p *parser) textPhrase(ph *phrase) (*phrase, bool) {
	if ph.what = isText; ph.forms&(nominative|genitive) == 0 {
		ph.what = isUsing // "rečima" is the locative too, which texts never stand in
	}
	return ph, ph.text != "" && (ph.what == isText || ph.forms&instrumental != 0)
}

// sign reads a sign named by a word. "Tačka" before a number is a point.
func (p *parser) sign() (*phrase, bool) {
	s, ok := p.is(0, signNoun)
	if !ok || p.at(1).sort == number {
		return nil, false
	}
	p.i++
	// "tačka i zapeta" is a semicolon, "tačka sa zarezom" too.
	if s.sign == "." {
		if _, i := p.is(0, link); i && p.at(0).key == "i" {
			if c, ok := p.is(1, signNoun); ok && c.sign == "," && c.forms&s.forms != 0 {
				p.i += 2
				s.sign, s.forms = ";", s.forms&c.forms
			}
		}
	}
	return &phrase{text: s.sign, sign: true, forms: s.forms}, true
}

// unit reads a unit with what belongs to it: "dosadašnji stav 3, koji postaje
// stav 4", "naziv iznad člana 5", "tekst člana 5".
func (p *parser) unit() (*phrase, bool) {
	ph := &phrase{what: isUnit}
	for {
		if p.skip(fresh) {
			ph.fresh = true
		} else if p.skip(former) {
			ph.former = true
		} else {
			break
		}
	}
	ok := false
	if s, is := p.is(0, headingNoun); is {
		ok = p.headingUnit(ph, s)
	} else if s, is := p.is(0, bodyNoun); is {
		ok = p.bodyUnit(ph, s)
	} else if s, is := p.is(0, paragraphIntro); is {
		ok = p.introUnit(ph, s)
	} else {
		ok = p.path(ph)
	}
	if !ok {
		return nil, false
	}
	if ph.act, ph.cited = p.actName(genitive); ph.act == "" {
		p.skip(lawNoun)
	}
	return ph, p.relative(ph)
}

// introUnit reads "uvodna rečenica".
func (p *parser) introUnit(ph *phrase, _ sense) bool {
	s, ok := p.is(1, unit)
	if !ok || s.unit != lawcite.Sentence {
		return false
	}
	p.i += 2
	ph.forms, ph.tail = s.forms, s.forms
	ph.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: lawcite.Intro}}}
	if q := (&phrase{}); p.genitiveNext() && p.path(q) && q.forms&genitive != 0 {
		ph.ref.Steps = append(q.ref.Steps, ph.ref.Steps...)
	}
	return true
}

func (p *parser) genitiveNext() bool {
	s, ok := p.is(0, unit)
	return ok && s.forms&genitive != 0 && p.at(1).sort == number
}

// headingUnit reads "naziv člana 5", "naslov iznad članka 5", and "naziv člana"
// of the article that the sentence is about.
func (p *parser) headingUnit(ph *phrase, s sense) bool {
	p.i++
	ph.forms, ph.tail = s.forms, s.forms
	ph.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: lawcite.Heading}}}
	over := p.skip(above)
	if !over && p.lex["pred"] != nil {
		over = p.skip(ahead)
	}
	if over && (p.at(0).key == "njega" || p.at(0).key == "njih") {
		p.i++
		return true
	}
	if p.at(0).sort == word && p.at(0).key == "na" && p.lex["clenot"] != nil {
		p.i++ // насловот на член 12
	}
	u, ok := p.is(0, unit)
	if !ok {
		return !over
	}
	if u.unit != lawtext.Article || u.forms&genitive == 0 {
		return false
	}
	if p.at(1).sort != number {
		p.i++
		return true
	}
	q := &phrase{}
	if !p.path(q) || len(q.ref.Steps) != 1 || q.count() != 1 {
		return false
	}
	ph.ref.Steps = append(q.ref.Steps, ph.ref.Steps...)
	return true
}

// bodyUnit reads "tekst člana 5", and "dosadašnji tekst" of the article that
// the sentence is about.
func (p *parser) bodyUnit(ph *phrase, s sense) bool {
	p.i++
	ph.body, ph.forms, ph.tail = true, s.forms, s.forms
	if u, ok := p.is(0, unit); ok && u.forms&genitive != 0 {
		q := &phrase{}
		if !p.path(q) {
			return false
		}
		ph.ref = q.ref
		return true
	}
	ph.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: lawtext.Article}}}
	return ph.former
}

// path reads units that stand in each other, from the outside in ("članu 5.
// stav 1. tačka 2)") or from the inside out ("stavu 1. člana 5.").
func (p *parser) path(ph *phrase) bool {
	s, step, ok := p.step()
	if !ok {
		return false
	}
	steps := []lawcite.Step{step}
	ph.forms, ph.tail = s.forms, s.forms
	for {
		was := p.i
		if p.mark(0, ",") && ph.forms&(locSg|locPl|genSg) != 0 && ph.forms != anyForm {
			p.i++ // "u članu 5, stav 1."
		}
		next, step, ok := p.step()
		first, last := depth(steps[0].Unit), depth(steps[len(steps)-1].Unit)
		switch d := depth(step.Unit); {
		case ok && len(step.Numbers) > 0 && d > last && next.forms&(nominative|locative|genitive&ph.forms) != 0 && len(steps[len(steps)-1].Numbers) == 1:
			steps, ph.tail = append(steps, step), next.forms
		case ok && len(step.Numbers) > 0 && d < first && next.forms&genitive != 0 && p.i == was+2:
			steps = append([]lawcite.Step{step}, steps...)
		default:
			p.i = was
			ph.ref.Steps = steps
			return true
		}
	}
}

// step reads one unit with its numbers, if it has any: "stav 2. i 3", "al.
// prva i druga", "prva rečenica".
func (p *parser) step() (sense, lawcite.Step, bool) {
	var step lawcite.Step
	var before []lawcite.Range
	for {
		o, ok := p.is(0, ordinal)
		if !ok {
			break
		}
		before = append(before, lawcite.Range{From: strconv.Itoa(o.count)})
		if _, ok := p.is(2, ordinal); ok && p.at(1).key == "i" {
			p.i++
		}
		p.i++
	}
	s, ok := p.is(0, unit)
	if !ok {
		return s, step, false
	}
	p.i++
	step.Unit, step.Numbers = s.unit, before
	if len(before) == 0 {
		step.Numbers = p.numbers()
	}
	if s.unit == division || s.unit == lawtext.Annex {
		return s, step, len(step.Numbers) > 0
	}
	if len(step.Numbers) == 1 && step.Numbers[0].To == "" && s.forms != anyForm {
		s.forms &^= plural // "stavovi 2." has lost a number, "tačke 5)" is no subject
	}
	return s, step, s.forms != 0
}

// numbers reads "2", "2. i 3", "1)–8)", "6a do 6f", "prva i druga".
func (p *parser) numbers() []lawcite.Range {
	if o, ok := p.is(0, ordinal); ok {
		out := []lawcite.Range{{From: strconv.Itoa(o.count)}}
		p.i++
		for p.at(0).key == "i" || p.mark(0, ",") {
			o, ok := p.is(1, ordinal)
			if !ok {
				break
			}
			out = append(out, lawcite.Range{From: strconv.Itoa(o.count)})
			p.i += 2
		}
		return out
	}
	if p.at(0).sort != number {
		return nil
	}
	out := []lawcite.Range{{From: p.at(0).key}}
	p.i++
	for p.at(1).sort == number {
		last := &out[len(out)-1]
		_, to := p.is(0, upTo)
		switch {
		case (to || p.mark(0, "-") || p.mark(0, "–") || p.mark(0, "—")) && last.To == "":
			last.To = p.at(1).key
		case (p.at(0).key == "i" || p.mark(0, ",")) && last.From != p.at(1).key:
			out = append(out, lawcite.Range{From: p.at(1).key})
		default:
			return out
		}
		p.i += 2
	}
	return out
}

// relative reads ", koji postaje stav 4,". It reports false for any other
// clause that is none of saying.
func (p *parser) relative(ph *phrase) bool {
	k := 0
	if p.mark(0, ",") {
		k++
	}
	if _, ok := p.is(k, which); !ok {
		return true
	}
	if _, ok := p.is(k+1, says); ok {
		return true
	}
	v, ok := p.is(k+1, verb)
	if !ok || v.verb != "become" {
		return false
	}
	p.i += k + 2
	s, step, ok := p.step()
	if !ok || s.forms&nominative == 0 || len(step.Numbers) == 0 {
		return false
	}
	ph.becomes = &step
	if p.mark(0, ",") {
		p.i++
	}
	return true
}

// count is how many units a phrase names, 3 for a range.
func (ph phrase) count() int {
	n := 0
	if k := len(ph.ref.Steps); k > 0 {
		for _, num := range ph.ref.Steps[k-1].Numbers {
			if n++; num.To != "" {
				n = 3
			}
		}
	}
	return max(1, n)
}
