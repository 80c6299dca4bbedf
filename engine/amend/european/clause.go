package european

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/listed"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A reader goes through the tokens of one sentence.
type reader struct {
	toks    []token
	i       int
	refused *amend.Refusal // the first thing that is known and left for a person

	act   string
	above listed.Place // where the list stands that the sentence is an item of
	scope listed.Place // and where the clause is: "in paragraph 1,"
	list  bool         // "is amended as follows": items follow, about scope
	ops   []amend.Op
	waits []int // of ops those that a quotation may follow
}

func (r *reader) tok(i int) token {
	if i < 0 || i >= len(r.toks) {
		return token{sort: broken}
	}
	return r.toks[i]
}

// lowAt is a word in small letters, empty for quotations.
func (r *reader) lowAt(i int) string {
	if t := r.tok(i); t.sort == word || t.sort == mark {
		return strings.ToLower(t.text)
	}
	return ""
}

func (r *reader) low() string { return r.lowAt(r.i) }

func (r *reader) is(any ...string) bool {
	w := r.low()
	for _, a := range any {
		if w == a {
			return true
		}
	}
	return false
}

func (r *reader) take(any ...string) bool {
	if r.is(any...) {
		r.i++
		return true
	}
	return false
}

// all takes words that follow each other, or none of them.
func (r *reader) all(phrase string) bool {
	back := r.i
	for _, w := range strings.Fields(phrase) {
		if !r.take(w) {
			r.i = back
			return false
		}
	}
	return true
}

func (r *reader) fail(why amend.Reason, words string) {
	if r.refused == nil {
		t := r.tok(max(0, min(r.i, len(r.toks)-1)))
		r.refused = &amend.Refusal{Reason: why, Words: words, Span: lawtext.Span{Start: t.start, End: t.end}}
	}
}

// sentence reads the clauses. It reports whether all of it was understood.
func (r *reader) sentence() bool {
	r.all("accordingly ,")
	for {
		if r.is("in") || r.is("after", "before") {
			r.scope = r.above
		}
		if !r.clause() {
			return false
		}
		r.take(":")
		if r.i == len(r.toks) {
			return len(r.ops) > 0 || r.list
		}
		if r.list || !r.take("and", ";", ",") {
			return false
		}
		r.take("and")
	}
}

// clause reads "in paragraph 1, the words ‘x’ are replaced by ‘y’".
func (r *reader) clause() bool {
	at := r.scope
	for r.is("in") {
		r.i++
		p, ok := r.named()
		if !ok {
			return false
		}
		if at, ok = r.under(p, at); !ok {
			return false
		}
		r.take(",")
	}
	r.scope = at
	side := amend.AtEnd
	var beside listed.Place
	if r.is("after", "before") {
		if side = amend.After; r.is("before") {
			side = amend.Before
		}
		r.i++
		p, ok := r.named()
		if !ok {
			return false
		}
		if beside, ok = r.under(p, at); !ok {
			return false
		}
		r.take(",")
	}
	if r.all("the following") || r.all("following") {
		return r.puts(at, beside, side)
	}
	if len(beside.Steps) > 0 {
		return false
	}
	if text, ok := r.operand(); ok {
		return r.words(text, at)
	}
	p, ok := r.named()
	if !ok {
		return false
	}
	if p, ok = r.under(p, at); !ok {
		return false
	}
	return r.provision(p)
}

// named reads a place with the act that it is of, or an act alone.
func (r *reader) named() (listed.Place, bool) {
	p, ok := r.place()
	back := r.i
	if ok && !r.take("of", "to") || !ok && r.tok(r.i).sort != act {
		r.i = back
		return p, ok
	}
	t := r.tok(r.i)
	if t.sort != act || r.act != "" && r.act != t.text {
		r.i = back
		return p, ok
	}
	r.act = t.text
	r.i++
	return p, true
}

// under puts a place under the one that a clause is about. Points below points
// go one level in.
func (r *reader) under(p, up listed.Place) (listed.Place, bool) {
	if len(p.Steps) == 0 {
		return up, true
	}
	steps := append(append([]listed.Step{}, up.Steps...), p.Steps...)
	if up.Many() || !ordered(steps) {
		return p, false
	}
	return listed.Place{Steps: steps}, true
}

// be takes "is", "are", "shall be", with "hereby".
func (r *reader) be() bool {
	if !r.take("is", "are") && !r.all("shall be") && !r.all("shall hereby be") {
		return false
	}
	r.take("hereby")
	return true
}

// operand reads "the words ‘x’", "‘x’", "the date ‘x’".
func (r *reader) operand() (string, bool) {
	back := r.i
	r.take("the")
	r.take("words", "word", "terms", "term", "date", "number", "figure", "phrase", "reference", "references", "expression", "amount")
	if r.i > back && r.low() == "to" {
		r.i++
	}
	if t := r.tok(r.i); t.sort == quoted {
		r.i++
		return t.text, true
	}
	r.i = back
	return "", false
}

// words reads what is done to quoted words.
func (r *reader) words(text string, at listed.Place) bool {
	if r.is("in") { // the words ‘x’ in paragraph 1 are …
		r.i++
		p, ok := r.named()
		if !ok {
			return false
		}
		if at, ok = r.under(p, at); !ok {
			return false
		}
	}
	op := amend.Op{Text: text}
	if !r.be() {
		return false
	}
	switch {
	case r.all("replaced by"):
		op.Verb = amend.TextReplace
		if op.With, _ = r.operand(); op.With == "" {
			return false
		}
	case r.take("deleted"):
		op.Verb = amend.TextDelete
	case r.take("inserted", "added"):
		op = amend.Op{Verb: amend.TextInsert, With: text, Place: amend.After}
		if r.is("before") {
			op.Place = amend.Before
		} else if !r.is("after") {
			if op.Place = amend.AtEnd; !r.all("at the end") {
				return false
			}
			return r.emit(op, at, false)
		}
		r.i++
		if op.Anchor, _ = r.operand(); op.Anchor == "" {
			return false
		}
	default:
		return false
	}
	return !at.Many() && r.emit(op, at, false)
}

// puts reads a new unit after "the following".
func (r *reader) puts(at, beside listed.Place, side amend.Place) bool {
	noun := r.low()
	if left[noun] {
		r.fail(amend.Unsupported, noun)
	}
	u, ok := units[noun]
	if !ok || u.kind == lawcite.Heading {
		return false
	}
	r.i++
	s := listed.Step{Step: lawcite.Step{Unit: u.kind}, Level: u.level}
	if steps, ok := r.numbered(s, r.i); ok && len(steps) == 1 {
		s = steps[0]
	} else if ok {
		return false
	}
	if !r.be() || !r.take("inserted", "added") {
		return false
	}
	added := r.lowAt(r.i-1) == "added"
	op := amend.Op{Verb: amend.Insert, New: s.Step}
	switch {
	case len(beside.Steps) > 0:
		if beside.Steps[len(beside.Steps)-1].Unit != u.kind || beside.Many() {
			return false
		}
		op.Place, at = side, beside
	case added || u.kind == lawcite.Sentence || u.kind == Subparagraph:
		if op.Place = amend.AtEnd; !added {
			return false
		}
	} // else it goes where its number has it, which the quoted text has too
	return r.emit(op, at, true)
}

// provision reads what is done to provisions.
func (r *reader) provision(p listed.Place) bool {
	if !r.be() {
		return false
	}
	switch {
	case r.all("amended as follows"):
		if p.Many() {
			return false
		}
		r.scope, r.list = p, true
		return true
	case len(p.Steps) == 0:
		return false
	case r.all("replaced by the following"):
		r.take("text")
		return r.emit(amend.Op{Verb: amend.Replace}, p, true)
	case r.all("replaced by the text set out in the annex to this") || r.all("replaced by the text in the annex to this"):
		if !kinds[r.tok(r.i).text] {
			return false
		}
		r.i++
		r.fail(amend.Unsupported, "the text stands in the annex")
		return r.emit(amend.Op{Verb: amend.Replace, Annexed: true}, p, false)
	case r.take("deleted"):
		return r.emit(amend.Op{Verb: amend.Delete}, p, false)
	}
	return false
}

// emit adds an operation at a place.
func (r *reader) emit(op amend.Op, at listed.Place, waits bool) bool {
	if len(at.Steps) == 0 && (op.Verb != amend.Insert || op.New.Unit != lawtext.Article && op.New.Unit != lawtext.Annex) {
		return false
	}
	op.At = at.Ref()
	if waits {
		r.waits = append(r.waits, len(r.ops))
	}
	r.ops = append(r.ops, op)
	return true
}
