package southslavic

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A scope is what a sentence takes from those before it.
type scope struct {
	act   string
	cited string
	ref   lawcite.Ref
	old   bool // dosadašnji; never past the sentence
}

// A clause is one verb with its phrases, read.
type clause struct {
	verb string
	ops  []amend.Op
	then scope // for what follows
}

// clauses parts a sentence into clauses of one verb each. Between two verbs
// one separator is the border; every choice is tried, and exactly one may be
// left that can be read.
func clauses(ps []phrase, sc scope) ([]clause, *amend.Refusal) {
	d := partition{ps: ps}
	for i, p := range ps {
		if p.what == isVerb {
			d.verbs = append(d.verbs, i)
		}
	}
	if len(d.verbs) == 0 {
		return nil, refuse(amend.NoPattern, first(ps))
	}
	d.read(0, 0, sc, nil)
	switch {
	case d.tooMany():
		return nil, &amend.Refusal{Reason: amend.Unsupported, Words: "too many ways to part the sentence"}
	case len(d.found) == 0 && d.why == nil:
		return nil, refuse(amend.NoPattern, first(ps))
	case len(d.found) == 0:
		return nil, d.why
	}
	for _, other := range d.found[1:] {
		if fmt.Sprint(ops(other)) != fmt.Sprint(ops(d.found[0])) {
			return nil, &amend.Refusal{Reason: amend.TwoReadings, Words: "the sentence can be parted in several ways"}
		}
	}
	return d.found[0], nil
}

func ops(cs []clause) (out []amend.Op) {
	for _, c := range cs {
		out = append(out, c.ops...)
	}
	return out
}

type partition struct {
	ps     []phrase
	verbs  []int // where they stand
	tried  int
	looked int // at phrases, over all tries
	found  [][]clause
	why    *amend.Refusal // of the first way that failed
}

// tooMany reports whether the search is given up.
func (d *partition) tooMany() bool { return d.tried > 2_000 || d.looked > 300_000 }

// read reads the clause of the verb k, which begins at from, and all after it.
func (d *partition) read(k, from int, sc scope, before []clause) {
	last := k == len(d.verbs)-1
	for to := d.verbs[k] + 1; to <= len(d.ps); to++ {
		if last {
			to = len(d.ps)
		} else if to >= d.verbs[k+1] {
			return
		} else if w := d.ps[to].what; w != isLink && w != isComma {
			continue
		}
		d.tried++
		if d.looked += to - from; d.tooMany() {
			return
		}
		verb := ""
		if len(before) > 0 {
			verb = before[len(before)-1].verb
		}
		c, ref := readClause(d.ps[from:to], sc, verb)
		if ref == nil {
			ref = goOn(before, &c)
		}
		switch {
		case ref != nil && d.why == nil:
			d.why = ref
		case ref != nil:
		case last:
			d.found = append(d.found, append(slices.Clone(before), c))
		default:
			d.read(k+1, to+1, c.then, append(slices.Clone(before), c))
		}
	}
}

// goOn places a text that comes without an anchor: "tačka se zamenjuje zapetom
// i dodaju se reči „x”" goes on where the clause before has put the sign.
func goOn(before []clause, c *clause) *amend.Refusal {
	if len(c.ops) == 0 || c.ops[0].Verb != amend.TextInsert || c.ops[0].Place != amend.Anywhere {
		return nil
	}
	no := &amend.Refusal{Reason: amend.NoPattern, Words: c.ops[0].With}
	if len(before) == 0 {
		return no
	}
	last := &before[len(before)-1]
	if len(last.ops) != len(c.ops) {
		return no
	}
	merged := slices.Clone(last.ops)
	for i := range merged {
		op := &merged[i]
		if op.Verb == amend.TextInsert && isSign(op.With) && op.Anchor != "" && op.Place == amend.After && sameRef(op.At, c.ops[i].At) {
			op.With = joined(op.With, c.ops[i].With) // "iza riječi: „x” stavlja se zarez i dodaju se riječi: „y”"
			continue
		}
		if op.Place != amend.AtEnd && (op.Anchor == "" || op.Place != amend.After) ||
			op.Verb != amend.TextReplace && op.Verb != amend.TextDelete || !isSign(op.Text) || !sameRef(op.At, c.ops[i].At) {
			return no
		}
		if op.Verb, op.With = amend.TextReplace, joined(op.With, c.ops[i].With); op.Anchor != "" && !isSign(op.With[:1]) {
			op.With = " " + op.With // the sign that goes had no space before it
		}
	}
	c.ops, last.ops = merged, nil
	return nil
}

func sameRef(a, b lawcite.Ref) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// parts of a clause, sorted by what they do.
type parts struct {
	verb     phrase
	targets  []lawcite.Ref // where; several when they are listed
	old      bool
	becomes  []amend.Op // renumberings told in passing
	beside   *phrase
	instead  *phrase
	end      bool
	above    bool
	subjects []phrase
	using    []phrase
	all      bool
	times    int
	says     bool
	payload  *string
	act      string
	cited    string
	whole    bool // some target is the whole act
	cascade  bool
	own      bool // a place is named in the clause itself
	many     bool // the last noun of a place is a plural
}

func refuse(r amend.Reason, p phrase) *amend.Refusal {
	return refusal(r, p.token, p.token.text)
}

func first(ps []phrase) phrase {
	if len(ps) == 0 {
		return phrase{}
	}
	return ps[0]
}

// readClause reads one clause. Carried is the verb of the clause before, which
// "reči: „x” – rečima: „y”" goes on with.
func readClause(ps []phrase, sc scope, carried string) (clause, *amend.Refusal) {
	q, ref := sortParts(ps, sc)
	if ref != nil {
		return clause{}, ref
	}
	c := clause{verb: q.verb.verb.verb, then: scope{act: q.act, cited: q.cited, old: q.old}}
	if q.verb.dash {
		if c.verb = carried; carried != "substitute" {
			return clause{}, refuse(amend.NoPattern, q.verb)
		}
	}
	if len(q.targets) == 1 {
		c.then.ref = q.targets[0]
	}
	if c.verb != "add" && c.verb != "put" && q.instead != nil {
		return clause{}, refuse(amend.NoPattern, *q.instead)
	}
	switch c.verb {
	case "delete":
		ref = q.deletes(&c)
	case "substitute":
		ref = q.substitutes(&c)
	case "add", "put":
		ref = q.adds(&c)
	case "change":
		ref = q.changes(&c)
	case "become":
		ref = q.becomesOps(&c)
	default:
		ref = refuse(amend.NoPattern, first(ps))
	}
	if ref != nil {
		return clause{}, ref
	}
	c.ops = append(c.ops, q.becomes...)
	for i := range c.ops {
		c.ops[i].Act, c.ops[i].Cited = q.act, q.cited
	}
	return c, nil
}

// sortParts gives every phrase its part.
func sortParts(ps []phrase, sc scope) (*parts, *amend.Refusal) {
	q := &parts{act: sc.act, cited: sc.cited, targets: []lawcite.Ref{sc.ref}, old: sc.old}
	texts := slices.ContainsFunc(ps, func(p phrase) bool { return p.what == isText || p.what == isUsing })
	var lastIn *phrase
	listed, comma, own := false, false, false // a separator stood before; a comma; a target was named here
	for i, p := range ps {
		if p.act != "" && p.act != q.act {
			if q.act, q.cited = p.act, p.cited; p.what == isIn && len(p.ref.Steps) == 0 {
				q.targets = []lawcite.Ref{{}}
			}
		}
		ok, ref := true, (*amend.Refusal)(nil)
		switch {
		case p.what == isComma:
		case p.what == isLink:
			ok = !p.but && i > 0 && i+1 < len(ps) && (alike(ps[i-1], ps[i+1]) || ps[i+1].what == isWhole)
		case p.what == isCases:
			q.cascade = true
		case p.what == isWhole: // "kao i u celom tekstu zakona" is one target more
			if ok = !q.whole; own {
				q.targets = append(q.targets, lawcite.Ref{})
			} else {
				q.targets = []lawcite.Ref{{}}
			}
			q.whole, own = true, true
		case p.what == isIn && len(p.ref.Steps) == 0:
			ok = !own
		case p.what == isIn:
			more := listed && own
			if more && comma && depth(p.ref.Steps[0].Unit) > depth(lastUnit(q.targets[len(q.targets)-1])) {
				more = false // "u članu 5, u stavu 2"
			}
			ref = q.where(p, more, own, goesOn(ps[i+1:], p))
			own, lastIn = true, &ps[i]
		case p.what == isUnit && own && len(q.subjects) == 0 && !p.fresh && (listed || p.forms&nominative == 0) &&
			(p.forms&nominative == 0 && p.forms&locative != 0 || texts && p.forms&(nominative|locative) != 0 && listed):
			ref = q.where(p, listed, own, false)
			lastIn = &ps[i]
		case p.what == isAtEnd && len(p.ref.Steps) > 0 && !q.end:
			q.end = true
			ref = q.where(p, false, own, false)
		case p.what == isAbove && !q.above:
			q.above = true
			ref = q.where(p, false, own, false)
		default:
			ok = q.put(p, listed)
		}
		if !ok {
			ref = refuse(amend.NoPattern, p)
		}
		if ref != nil {
			return nil, ref
		}
		listed, comma = p.what == isLink || p.what == isComma, p.what == isComma
	}
	q.own = own
	return q, q.subjectOf(lastIn)
}

// subjectOf takes the innermost unit of the place for the subject, where a verb
// that needs one has none: "u članu 5. stav 1. menja se i glasi".
func (q *parts) subjectOf(in *phrase) *amend.Refusal {
	v := q.verb.verb.verb
	if len(q.subjects) > 0 || v != "change" && v != "delete" && v != "become" || in == nil || in.what == isAtEnd || len(q.targets) != 1 || q.end || q.beside != nil {
		return nil
	}
	t, n := q.targets[0], len(in.ref.Steps)
	if n < 2 || in.tail&nominative == 0 || in.heading {
		return nil
	}
	s := *in
	s.what, s.ref = isUnit, lawcite.Ref{Steps: in.ref.Steps[n-1:]}
	s.act, s.former = "", false
	q.targets[0], q.subjects = up(t), []phrase{s}
	return nil
}

// put takes a phrase that says not where. It reports false if its part is taken.
// Listed says that a separator stands before it: without one there is one
// subject, but for "stav 3. postaje stav 2".
func (q *parts) put(p phrase, listed bool) (ok bool) {
	if (p.what == isUnit || p.what == isText) && len(q.subjects) > 0 && !listed && q.verb.verb.verb != "become" {
		return false
	}
	switch p.what {
	case isUnit:
		ok = p.forms&nominative != 0
		q.subjects = append(q.subjects, p)
	case isText:
		ok = p.forms&nominative != 0 && len(q.using) == 0 || p.forms&nominative != 0 && q.verb.verb.verb == "substitute" && len(q.subjects) == 0
		q.subjects = append(q.subjects, p)
	case isUsing:
		ok, q.using = true, append(q.using, p)
	case isBeside:
		ok, q.beside = q.beside == nil, &p
	case isInstead:
		ok, q.instead = q.instead == nil, &p
	case isAtEnd:
		ok, q.end = !q.end, true
	case isVerb:
		ok, q.verb = q.verb.token.text == "", p
	case isSaying:
		ok, q.says = !q.says, true
	case isQuote:
		ok, q.payload = q.payload == nil, &p.text
	case isPlaces:
		ok, q.all, q.times = !q.all && q.times == 0, p.times == 0, p.times
	}
	return ok
}

// alike reports whether two phrases may be listed.
func alike(a, b phrase) bool {
	named := func(p phrase) bool { return p.what == isText || p.what == isUnit }
	return a.what == b.what && a.what != isVerb || named(a) && named(b) || a.what == isIn && b.what == isUnit
}

// goesOn reports whether a list of places goes on after a phrase with a unit
// that is further out: "članu 341. u stavu 1, članu 342. u stavu 2".
func goesOn(after []phrase, p phrase) bool {
	return len(after) > 1 && (after[0].what == isComma || after[0].what == isLink && !after[0].but) &&
		(after[1].what == isUnit || after[1].what == isIn) && len(after[1].ref.Steps) > 0 && depth(after[1].ref.Steps[0].Unit) < depth(p.ref.Steps[0].Unit)
}

// where narrows the targets, or adds one to the list of them. Mid says that the
// list goes on after it.
func (q *parts) where(p phrase, more, own, mid bool) *amend.Refusal {
	if p.body {
		return refuse(amend.NoPattern, p)
	}
	q.old = q.old && own || p.former || p.becomes != nil
	if s := p.ref.Steps; p.what == isAtEnd && len(s[len(s)-1].Numbers) == 0 {
		if len(s) != 1 {
			return refuse(amend.NoPattern, p)
		}
		t := q.targets[len(q.targets)-1].Steps
		switch {
		case len(t) > 0 && t[len(t)-1].Unit == s[0].Unit:
			return nil // "na kraju stava" of the one that it is about
		case s[0].Unit == lawcite.Sentence:
			// "na kraju rečenice": of the only one, or it is not known which.
			p.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: lawcite.Sentence, Numbers: []lawcite.Range{{From: "1"}}}}}
		default:
			return refuse(amend.NoTarget, p)
		}
	}
	if last := lastUnit(p.ref); !numbered(p.ref) && last != lawcite.Heading && last != lawcite.Intro {
		return refuse(amend.NoTarget, p)
	}
	if more {
		r, ok := join(q.targets[len(q.targets)-1], p.ref)
		if !ok {
			return refuse(amend.NoTarget, p)
		}
		q.targets, q.many = append(q.targets, r), p.tail&plural != 0
		return nil
	}
	at := len(q.targets) - 1
	r, ok := join(q.targets[at], p.ref)
	if !ok {
		return refuse(amend.NoTarget, p)
	}
	if at > 0 && !mid && len(q.targets[0].Steps) != len(r.Steps) {
		return refuse(amend.NoPattern, p) // it might narrow all of them
	}
	if t := q.targets[at].Steps; own && len(t) > 0 && len(t[len(t)-1].Numbers) > 1 && !q.many {
		return refuse(amend.NoPattern, p) // "članu 5, 6. u stavu 1": of the last, or of both
	}
	if own && len(r.Steps) != len(q.targets[at].Steps)+len(p.ref.Steps) {
		return refuse(amend.NoPattern, p) // a second place that does not narrow the first
	}
	q.targets[at], q.many = r, p.tail&plural != 0
	q.note(r, p)
	return nil
}

// note keeps a renumbering that a phrase tells in passing.
func (q *parts) note(r lawcite.Ref, p phrase) {
	if p.becomes != nil {
		q.becomes = append(q.becomes, amend.Op{Verb: amend.Renumber, At: r, Old: true, New: *p.becomes})
	}
}

// depth orders the units from the outside in; what is named replaces what was
// named at its level and below.
func depth(u lawcite.Unit) int {
	switch u {
	case division, lawtext.Annex, lawtext.Article:
		return 1
	case lawtext.Paragraph:
		return 2
	case lawtext.Point:
		return 3
	case subpoint:
		return 4
	case lawtext.Indent:
		return 5
	case lawcite.Sentence, lawcite.Intro, lawcite.Heading:
		return 6
	}
	return 0
}

// join puts a reference under what the sentence is about.
func join(sc, r lawcite.Ref) (lawcite.Ref, bool) {
	if len(r.Steps) == 0 {
		return sc, true
	}
	var out lawcite.Ref
	d := depth(r.Steps[0].Unit)
	for _, s := range sc.Steps {
		if depth(s.Unit) >= d {
			break
		}
		out.Steps = append(out.Steps, s)
	}
	if d == 0 || d > 1 && len(out.Steps) == 0 {
		return out, false
	}
	out.Steps = append(out.Steps, r.Steps...)
	return out, true
}

// up is the reference without its last step.
func up(r lawcite.Ref) lawcite.Ref {
	return lawcite.Ref{Steps: r.Steps[: len(r.Steps)-1 : len(r.Steps)-1]}
}

func lastUnit(r lawcite.Ref) lawcite.Unit {
	if len(r.Steps) == 0 {
		return ""
	}
	return r.Steps[len(r.Steps)-1].Unit
}

// numbered reports whether every step says which, headings and introductory
// sentences apart.
func numbered(r lawcite.Ref) bool {
	for _, s := range r.Steps {
		if len(s.Numbers) == 0 && s.Unit != lawcite.Heading && s.Unit != lawcite.Intro {
			return false
		}
	}
	return len(r.Steps) > 0
}

// texts joins the texts of operands: "zapeta i reči: „x”" is ", x".
func texts(ps []phrase) (string, *amend.Refusal) {
	out := ""
	for i, p := range ps {
		if p.what != isText && p.what != isUsing {
			return "", refuse(amend.NoPattern, p)
		}
		if i > 0 && (!isSign(out) || p.sign || len(ps) > 2) {
			return "", refuse(amend.TwoReadings, p)
		}
		out = joined(out, p.text)
	}
	return out, nil
}

func joined(a, b string) string {
	if a != "" && b != "" && !strings.HasPrefix(b, " ") {
		a += " "
	}
	return a + b
}

func isSign(s string) bool { return s == "." || s == "," || s == ";" || s == ":" }
