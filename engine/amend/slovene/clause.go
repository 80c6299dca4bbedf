package slovene

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A scope is what a sentence takes from those before it.
type scope struct {
	act string
	ref lawcite.Ref
	old bool // dosedanji; never past the sentence
}

// A clause is one verb with its phrases, read.
type clause struct {
	verb   string
	ops    []amend.Op
	then   scope // for what follows
	agrees bool  // the verb agrees in number with what it governs
}

// clauses parts a sentence into clauses. Every way to part it at its
// separators is tried; those in which every verb agrees come first, and there
// must be exactly one best way.
func clauses(ps []phrase, sc scope) ([]clause, *amend.Refusal) {
	var seps []int
	for i, p := range ps {
		if p.what == isSeparator && i > 0 && i < len(ps)-1 {
			seps = append(seps, i)
		}
	}
	if len(seps) > 10 {
		return nil, &amend.Refusal{Reason: amend.Unsupported, Words: "more than ten separators"}
	}
	var good, lame [][]clause
	var why *amend.Refusal
	for set := 0; set < 1<<len(seps); set++ {
		cs, agrees, ref := parted(ps, seps, set, sc)
		switch {
		case ref != nil:
			if set == 0 || why == nil {
				why = ref
			}
		case agrees:
			good = append(good, cs)
		default:
			lame = append(lame, cs)
		}
	}
	if len(good) == 0 {
		good = lame
	}
	switch len(good) {
	case 0:
		return nil, why
	case 1:
		return good[0], nil
	}
	return nil, &amend.Refusal{Reason: amend.TwoReadings, Words: "the sentence can be parted in several ways"}
}

func parted(ps []phrase, seps []int, set int, sc scope) (out []clause, agrees bool, _ *amend.Refusal) {
	agrees = true
	from, verb := 0, ""
	for b := 0; b <= len(seps); b++ {
		to := len(ps)
		if b < len(seps) {
			if set&(1<<b) == 0 {
				continue
			}
			to = seps[b]
		}
		c, ref := readClause(ps[from:to], sc, verb)
		if ref == nil {
			ref = goOnAtEnd(out, &c)
		}
		if ref != nil {
			return nil, false, ref
		}
		agrees = agrees && c.agrees
		sc, verb, from = c.then, c.verb, to+1
		out = append(out, c)
	}
	return out, agrees, nil
}

// goOnAtEnd places a text that comes without an anchor: "pika se nadomesti z
// vejico in doda besedilo »x«" goes on where the clause before ended.
func goOnAtEnd(before []clause, c *clause) *amend.Refusal {
	for i := range c.ops {
		if op := &c.ops[i]; op.Verb == amend.TextInsert && op.Place == amend.Anywhere {
			if len(before) == 0 {
				return &amend.Refusal{Reason: amend.NoPattern, Words: op.With}
			}
			last := before[len(before)-1].ops
			if len(last) != len(c.ops) || last[i].Place != amend.AtEnd && last[i].Text != "." {
				return &amend.Refusal{Reason: amend.NoPattern, Words: op.With}
			}
			last[i].Place, op.Place = amend.AtEnd, amend.AtEnd
		}
	}
	return nil
}

// parts of a clause, sorted by what they do.
type parts struct {
	verb     phrase
	targets  []lawcite.Ref // where; several when they are listed
	old      bool
	becomes  []amend.Op // renumberings told in passing
	beside   *phrase
	end      bool
	endOfAct bool // na koncu zakona
	subjects []phrase
	using    []phrase
	all      bool
	times    int
	says     bool
	payload  *string
	act      string
	pieces   int
	last     what // of the phrase before
}

func refuse(r amend.Reason, p phrase) *amend.Refusal {
	return &amend.Refusal{Reason: r, Words: p.token.Text, Span: lawtext.Span{Start: p.token.Start, End: p.token.End}}
}

// readClause reads one clause. Carried is the verb of the clause before, which
// "beseda »x« pa z besedo »y«" goes on with.
func readClause(ps []phrase, sc scope, carried string) (clause, *amend.Refusal) {
	q, ref := sortParts(ps, sc)
	if ref != nil {
		return clause{}, ref
	}
	if q.verb.verb.verb == "" {
		if carried == "nadomesti" && len(q.using) > 0 {
			q.verb.verb.verb = carried
		} else if q.pieces == 0 || len(q.subjects) > 0 || q.says {
			return clause{}, refuse(amend.NoPattern, first(ps))
		}
	}
	c := clause{verb: q.verb.verb.verb, agrees: true, then: scope{act: q.act, old: q.old}}
	if len(q.targets) == 1 {
		c.then.ref = q.targets[0]
	}
	switch stretched := q.stretched(); {
	case c.verb == "":
		return clause{}, refuse(amend.NoPattern, first(ps))
	case q.endOfAct && !stretched:
		return clause{}, refuse(amend.NoPattern, q.verb)
	case stretched:
		ref = q.stretches(&c)
	default:
		ref = q.read(&c)
	}
	if ref != nil {
		return clause{}, ref
	}
	c.ops = append(c.ops, q.becomes...)
	for i := range c.ops {
		c.ops[i].Act = q.act
	}
	n := 0
	for _, s := range q.subjects {
		n += s.count()
	}
	if v := q.verb.verb.count; v > 0 && c.verb != "postane" {
		if c.agrees = v == min(n, 3); !c.agrees && len(q.subjects) > 1 {
			return clause{}, refuse(amend.NoPattern, q.verb) // slips are seen with one noun only: "besedi »a b« nadomesti"
		}
	}
	return c, nil
}

// read reads the clause by its verb.
func (q *parts) read(c *clause) *amend.Refusal {
	switch c.verb {
	case "črta":
		return q.deletes(c)
	case "nadomesti":
		return q.substitutes(c)
	case "doda":
		return q.adds(c)
	case "spremeni":
		return q.changes(c)
	}
	return q.becomesOps(c)
}

func first(ps []phrase) phrase {
	if len(ps) == 0 {
		return phrase{}
	}
	return ps[0]
}

// sortParts gives every phrase its part.
func sortParts(ps []phrase, sc scope) (*parts, *amend.Refusal) {
	q := &parts{act: sc.act, targets: []lawcite.Ref{sc.ref}, old: sc.old}
	listed, own := false, false // a separator stood before; a target was named here
	for i, p := range ps {
		if p.act != "" && p.act != q.act {
			if q.act = p.act; p.what == isIn && !p.step {
				q.targets = []lawcite.Ref{{}}
			}
		}
		ok, ref := true, (*amend.Refusal)(nil)
		switch {
		case p.what == isSeparator && p.pa:
			ok = len(q.subjects) < 2 // "pa" begins a clause of its own
		case p.what == isSeparator:
			ok = i > 0 && i+1 < len(ps) && alike(ps[i-1], ps[i+1])
		case p.what == isIn:
			ref = q.where(p, listed && own, own)
			own = own || p.step
		case p.what == isUnit && listed && own && len(q.subjects) == 0 && p.forms.Has(lawcite.Locative) && !p.names():
			ref = q.where(p, true, own)
		case p.what == isAtEnd && p.step && !q.end:
			q.end = true
			ref = q.where(p, false, own)
		default:
			ok = q.put(p)
		}
		if !ok {
			ref = refuse(amend.NoPattern, p)
		}
		if ref != nil {
			return nil, ref
		}
		if listed = p.what == isSeparator; !listed {
			q.pieces++
			q.last = p.what
		}
	}
	return q, nil
}

// put takes a phrase that says not where. It reports false if its part is taken
// or its form does not fit.
func (q *parts) put(p phrase) (ok bool) {
	switch p.what {
	case isUnit: // the noun stays in the singular, or agrees
		ok = p.names()
		q.subjects = append(q.subjects, p)
	case isText:
		if n := len(q.using); n > 0 && q.last == isUsing && !p.forms.Has(lawcite.Nominative) && p.forms.Has(lawcite.Instrumental) {
			ok, q.using = true, append(q.using, p) // "z vejico in besedilom »x«"
			break
		}
		ok = p.forms.Has(lawcite.Nominative)
		q.subjects = append(q.subjects, p)
	case isUsing:
		ok, q.using = true, append(q.using, p)
	case isBeside:
		ok, q.beside = q.beside == nil, &p
	case isAtEnd:
		ok, q.end, q.endOfAct = !q.end, true, p.stretch
	case isVerb:
		ok, q.verb = q.verb.verb.verb == "", p
	case isSaying:
		ok, q.says = !q.says, true
	case isQuote:
		ok, q.payload = q.payload == nil, &p.text
	case isAll:
		ok, q.all, q.times = !q.all && q.times == 0, p.times == 0, p.times
	}
	return ok
}

// alike reports whether two phrases may be listed.
func alike(a, b phrase) bool {
	named := func(p phrase) bool { return p.what == isText || p.what == isUnit }
	return a.what == b.what || named(a) && named(b) || a.what == isIn && b.what == isUnit || a.what == isUsing && b.what == isText
}

// where narrows the targets, or adds one to the list of them.
func (q *parts) where(p phrase, more, own bool) *amend.Refusal {
	if p.act != "" && !p.step {
		return nil
	}
	if p.bodyOf {
		return refuse(amend.NoPattern, p)
	}
	q.old = q.old && own || p.former || p.becomes != nil
	if s := p.ref.Steps; p.what == isAtEnd && len(s) == 1 && s[0].Unit == lawcite.Sentence && len(s[0].Numbers) == 0 {
		if t := q.targets[len(q.targets)-1].Steps; len(t) > 0 && t[len(t)-1].Unit == lawcite.Sentence {
			return nil
		}
		// "na koncu stavka": of the only one, or it is not known which.
		p.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: lawcite.Sentence, Numbers: []lawcite.Range{{From: "1"}}}}}
	}
	if more {
		r, ok := join(q.targets[len(q.targets)-1], p.ref)
		if !ok {
			return refuse(amend.NoTarget, p)
		}
		q.targets = append(q.targets, r)
		return nil
	}
	at := len(q.targets) - 1
	if at > 0 && (len(q.targets[at-1].Steps) < 2 || p.becomes != nil) {
		return refuse(amend.NoPattern, p) // it might narrow all of them
	}
	r, ok := join(q.targets[at], p.ref)
	if !ok {
		return refuse(amend.NoTarget, p)
	}
	if same := len(p.ref.Steps) == 1 && len(p.ref.Steps[0].Numbers) == 0 && len(r.Steps) == len(q.targets[at].Steps) && numbered(r); own && !same && len(r.Steps) != len(q.targets[at].Steps)+len(p.ref.Steps) {
		return refuse(amend.NoPattern, p) // a second place that does not narrow the first
	}
	q.targets[at] = r
	q.note(r, p)
	return nil
}

// note keeps a renumbering that a phrase tells in passing.
func (q *parts) note(r lawcite.Ref, p phrase) {
	if p.becomes == nil {
		return
	}
	v := amend.Renumber
	if p.wraps {
		v = amend.Wrap
	}
	q.becomes = append(q.becomes, amend.Op{Verb: v, At: r, Old: true, New: *p.becomes})
}

// depth orders the units; what is named replaces what was named at its level
// and below.
func depth(u lawcite.Unit) int {
	switch u {
	case lawtext.Article:
		return 1
	case lawtext.Paragraph:
		return 2
	case lawtext.Point:
		return 3
	case lawtext.Indent:
		return 4
	case lawcite.Sentence, lawcite.Intro, lawcite.Heading:
		return 5
	}
	return 0
}

// join puts a reference under what the sentence is about. A unit without a
// number is the one that the sentence is about, or new under it.
func join(sc, r lawcite.Ref) (lawcite.Ref, bool) {
	if len(r.Steps) == 0 {
		return sc, true
	}
	var out lawcite.Ref
	head := r.Steps[0]
	d := depth(head.Unit)
	if d == 0 {
		return r, false
	}
	for _, s := range sc.Steps {
		if depth(s.Unit) >= d {
			if s.Unit == head.Unit && len(head.Numbers) == 0 && head.Unit != lawcite.Heading && head.Unit != lawcite.Intro {
				head = s
			}
			break
		}
		out.Steps = append(out.Steps, s)
	}
	if d > 1 && len(out.Steps) == 0 {
		return out, false
	}
	out.Steps = append(append(out.Steps, head), r.Steps[1:]...)
	return out, true
}

// up is the reference without its last step.
func up(r lawcite.Ref) lawcite.Ref {
	return lawcite.Ref{Steps: r.Steps[:len(r.Steps)-1]}
}

// numbered reports whether every step says which, sentences and headings apart.
func numbered(r lawcite.Ref) bool {
	for _, s := range r.Steps {
		if len(s.Numbers) == 0 && s.Unit != lawcite.Heading && s.Unit != lawcite.Intro {
			return false
		}
	}
	return len(r.Steps) > 0
}

// texts joins the texts of operands: "vejica in besedilo »x«" is ", x".
func texts(ps []phrase) (string, *amend.Refusal) {
	out := ""
	for i, p := range ps {
		if !p.isText {
			return "", refuse(amend.NoPattern, p)
		}
		if i > 0 && (!isSign(out) || isSign(p.text) || len(ps) > 2) {
			return "", refuse(amend.TwoReadings, p)
		}
		if i > 0 && !strings.HasPrefix(p.text, " ") {
			out += " "
		}
		out += p.text
	}
	return out, nil
}

func isSign(s string) bool { return s == "." || s == "," || s == ";" || s == ":" }
