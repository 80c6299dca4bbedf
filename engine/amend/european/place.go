package european

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/listed"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Subparagraph is a part of a paragraph that has no number. Trees do not keep it
// as such, so what is about one is read and not carried out.
const Subparagraph lawcite.Unit = "subparagraph"

const subparagraph = listed.Paragraph + 5

// A unit is what a noun names.
type unit struct {
	kind  lawcite.Unit
	level listed.Level
}

var units = map[string]unit{
	"article": {lawtext.Article, listed.Article}, "articles": {lawtext.Article, listed.Article},
	"annex": {lawtext.Annex, listed.Article}, "annexes": {lawtext.Annex, listed.Article},
	"paragraph": {lawtext.Paragraph, listed.Paragraph}, "paragraphs": {lawtext.Paragraph, listed.Paragraph},
	"subparagraph": {Subparagraph, subparagraph}, "subparagraphs": {Subparagraph, subparagraph},
	"sentence": {lawcite.Sentence, listed.Sentence}, "sentences": {lawcite.Sentence, listed.Sentence},
	"point": {lawtext.Point, listed.Figure}, "points": {lawtext.Point, listed.Figure},
	"indent": {lawtext.Indent, listed.Letter}, "indents": {lawtext.Indent, listed.Letter},
	"heading": {lawcite.Heading, listed.Part}, "title": {lawcite.Heading, listed.Part},
}

// left are the units that no operation carries out yet.
var left = words("table column row entry entries part section chapter footnote recital formula note")

// ordinals before a noun.
var ordinals = map[string]string{"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
	"eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12", "last": lawcite.Last, "final": lawcite.Last}

// place reads one place, written from the inside out or from the outside in:
// "the second sentence of Article 12(4)", "Article 5, paragraph 1".
func (r *reader) place() (listed.Place, bool) {
	back := r.i
	steps, ok := r.steps()
	around := [][]listed.Step{steps}
	for ok && r.is("of") && r.tok(r.i+1).sort != act {
		here := r.i
		r.i++
		up, more := r.steps()
		if !more {
			r.i = here
			break
		}
		if many(up) {
			r.fail(amend.TwoReadings, "several provisions that hold others")
		}
		around = append(around, up)
	}
	slices.Reverse(around)
	steps = slices.Concat(around...)
	if !ok || !ordered(steps) {
		r.i = back
		return listed.Place{}, false
	}
	return listed.Place{Steps: steps}, true
}

func many(steps []listed.Step) bool { return listed.Place{Steps: steps}.Many() }

// ordered gives the points inside points their levels, and reports whether the
// steps go from the outside in.
func ordered(steps []listed.Step) bool {
	for i := 1; i < len(steps); i++ {
		if steps[i].Unit == lawtext.Point && steps[i-1].Level >= listed.Figure && steps[i-1].Level < listed.Part {
			steps[i].Level = steps[i-1].Level + listed.Letter - listed.Figure
		}
		within := steps[i].Unit == lawcite.Sentence && (steps[i-1].Unit == lawtext.Point || steps[i-1].Unit == lawcite.Intro)
		if steps[i].Level <= steps[i-1].Level && !within && !(steps[i].Unit == Subparagraph && steps[i-1].Unit == lawtext.Point) {
			return false
		}
	}
	return len(steps) > 0
}

// steps reads one noun with its numbers and what is hung on it: "Article
// 17(2)(a)", "points (b) and (c)", "the first and second sentences".
func (r *reader) steps() ([]listed.Step, bool) {
	back := r.i
	only := r.take("the") // the Annex, if there is but one
	if r.take("introductory") || r.take("opening") {
		if r.take("wording", "part", "phrase", "words", "sentence") {
			return []listed.Step{{Step: lawcite.Step{Unit: lawcite.Intro}, Level: listed.Part}}, true
		}
		r.i = back
		return nil, false
	}
	nums, counted := r.ordinals()
	noun := r.low()
	if left[noun] {
		r.fail(amend.Unsupported, noun)
	}
	u, ok := units[noun]
	if !ok || r.tok(r.i).sort != word {
		r.i = back
		return nil, false
	}
	r.i++
	s := listed.Step{Step: lawcite.Step{Unit: u.kind, Numbers: nums}, Level: u.level}
	switch byOrder := u.kind == lawcite.Sentence || u.kind == Subparagraph || u.kind == lawtext.Indent; {
	case u.kind == lawcite.Heading:
		return []listed.Step{s}, !counted
	case byOrder || counted:
		return []listed.Step{s}, counted && (byOrder || u.kind == lawtext.Paragraph)
	}
	out, ok := r.numbered(s, back)
	if ok && len(out[0].Numbers) == 0 && !only {
		r.i = back
		return nil, false
	}
	return out, ok
}

// ordinals reads "first", "first and second", "second to fourth".
func (r *reader) ordinals() (out []lawcite.Range, ok bool) {
	for {
		n, is := ordinals[r.low()]
		if !is {
			return out, len(out) > 0
		}
		r.i++
		rg := lawcite.Range{From: n}
		if to := ordinals[r.lowAt(r.i+1)]; r.is("to") && to != "" {
			rg.To = to
			r.i += 2
		}
		out = append(out, rg)
		if next := ordinals[r.lowAt(r.i+1)]; next != "" && r.is("and", ",") {
			r.i++
		}
	}
}

// numbered reads the numbers after a noun. Labels that touch the number go
// inward: Article 17(2)(a).
func (r *reader) numbered(s listed.Step, back int) ([]listed.Step, bool) {
	out := []listed.Step{s}
	k := 0
	for {
		n, ok := r.number(s)
		if !ok {
			break
		}
		rg := lawcite.Range{From: n}
		here := r.i
		if r.take("to") {
			if rg.To, ok = r.number(s); !ok {
				r.i = here
			}
		}
		out[k].Numbers = append(out[k].Numbers, rg)
		if inner := r.inward(); len(inner) > 0 {
			if len(out[k].Numbers) > 1 {
				r.fail(amend.TwoReadings, "several provisions that hold others")
			}
			out, k = append(out, inner...), len(out)+len(inner)-1
			s = out[k]
		}
		here = r.i
		if !r.take("and", ",", "or") {
			break
		}
		if next := r.tok(r.i); next.sort != label && !(next.sort == number && k == 0) && !(s.Unit == lawtext.Annex && roman(next.text)) {
			r.i = here
			break
		}
	}
	if len(out[0].Numbers) == 0 && s.Unit != lawtext.Annex {
		r.i = back
		return nil, false
	}
	return out, true
}

// number reads one number in the form that goes with the unit.
func (r *reader) number(s listed.Step) (string, bool) {
	t := r.tok(r.i)
	ok := t.sort == number || t.sort == label && (s.Unit == lawtext.Point || s.Unit == lawtext.Paragraph)
	if s.Unit == lawtext.Annex {
		ok = t.sort == number || t.sort == word && roman(t.text)
	}
	if ok {
		r.i++
	}
	return t.text, ok
}

func roman(s string) bool { return s != "" && strings.Trim(s, "IVXLC") == "" }

// inward reads labels that touch each other: (2)(a)(ii).
func (r *reader) inward() (out []listed.Step) {
	level := listed.Figure
	for r.tok(r.i).sort == label && r.tok(r.i).start == r.tok(r.i-1).end {
		t := r.tok(r.i)
		s := listed.Step{Step: lawcite.Step{Unit: lawtext.Point, Numbers: []lawcite.Range{{From: t.text}}}, Level: level}
		if prev := r.lowAt(r.i - 2); len(out) == 0 && t.text[0] >= '0' && t.text[0] <= '9' && strings.HasPrefix(prev, "article") {
			s.Unit, s.Level = lawtext.Paragraph, listed.Paragraph
		} else {
			level += listed.Letter - listed.Figure
		}
		out = append(out, s)
		r.i++
	}
	return out
}
