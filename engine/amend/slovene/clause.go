package slovene

import (
	"slices"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A scope is what a sentence takes from those before it.
type scope struct {
	target
	old  bool        // dosedanji; never past the sentence
	here bool        // the target was named in this sentence
	all  bool        // and it is the whole act
	last lawcite.Ref // the article that was spoken of last, for "istega člena"
}

// A target is a place in an act.
type target struct {
	ref        lawcite.Ref
	act, cited string
}

// A clause is one verb with its phrases, read.
type clause struct {
	verb   string
	ops    []amend.Op
	then   scope // for what follows
	agrees bool  // the verb agrees in number with what it governs
}

// A parting is the search for the ways to part a sentence into clauses.
type parting struct {
	ps         []phrase
	seps       []int
	good, lame [][]clause
	why        *amend.Refusal
	tries      int
	looked     int // at phrases, over all tries
}

// tries bounds the search, and looks the phrases that all of them look at;
// sentences of the gazettes need fewer than a hundred tries.
const (
	tries = 3_000
	looks = 300_000
)

// tooMany reports whether the search is given up.
func (s *parting) tooMany() bool { return s.tries > tries || s.looked > looks }

// clauses parts a sentence into clauses. Every way to part it at its
// separators is tried; those in which every verb agrees come first, and there
// must be exactly one best way.
func clauses(ps []phrase, sc scope) ([]clause, *amend.Refusal) {
	s := &parting{ps: ps}
	for i, p := range ps {
		if p.what == isSeparator && i > 0 && i < len(ps)-1 {
			s.seps = append(s.seps, i)
		}
	}
	s.part(0, 0, sc, "", nil, true)
	if len(s.good) == 0 {
		s.good = s.lame
	}
	switch {
	case s.tooMany():
		return nil, &amend.Refusal{Reason: amend.Unsupported, Words: "too many ways to part the sentence"}
	case len(s.good) == 0:
		return nil, s.why
	case len(s.good) > 1:
		return nil, &amend.Refusal{Reason: amend.TwoReadings, Words: "the sentence can be parted in several ways"}
	}
	return s.good[0], nil
}

// part reads the rest of a sentence from a phrase on; sep is the first separator
// behind it. The longest clause is tried first.
func (s *parting) part(from, sep int, sc scope, verb string, before []clause, agrees bool) {
	for b := len(s.seps); b >= sep; b-- {
		to := len(s.ps)
		if b < len(s.seps) {
			to = s.seps[b]
		}
		s.tries++
		if s.looked += to - from; s.tooMany() {
			return
		}
		c, ref := readClause(unslipped(s.ps[from:to]), sc, verb)
		out := append(slices.Clone(before), c)
		if ref == nil {
			ref = goOnAtEnd(out)
		}
		switch {
		case ref != nil && s.why == nil:
			s.why = ref
		case ref != nil:
		case b < len(s.seps):
			s.part(to+1, b+1, c.then, c.verb, out, agrees && c.agrees)
		case agrees && c.agrees:
			s.good = append(s.good, out)
		default:
			s.lame = append(s.lame, out)
		}
	}
}

// unslipped leaves out the separators that stand in a quotation only, where they
// part no clauses.
func unslipped(ps []phrase) []phrase {
	if !slices.ContainsFunc(ps, func(p phrase) bool { return p.slip }) {
		return ps
	}
	return slices.DeleteFunc(slices.Clone(ps), func(p phrase) bool { return p.slip })
}

// goOnAtEnd places a text that comes without an anchor: "pika se nadomesti z
// vejico in doda besedilo »x«" goes on where the clause before ended.
func goOnAtEnd(cs []clause) *amend.Refusal {
	c := &cs[len(cs)-1]
	for i := range c.ops {
		op := &c.ops[i]
		if op.Verb != amend.TextInsert || op.Place != amend.Anywhere {
			continue
		}
		if len(cs) == 1 {
			return &amend.Refusal{Reason: amend.NoPattern, Words: op.With}
		}
		prev := &cs[len(cs)-2]
		if len(prev.ops) != len(c.ops) || prev.ops[i].Place != amend.AtEnd && prev.ops[i].Text != "." {
			return &amend.Refusal{Reason: amend.NoPattern, Words: op.With}
		}
		prev.ops = slices.Clone(prev.ops) // other partings share it
		prev.ops[i].Place, op.Place = amend.AtEnd, amend.AtEnd
	}
	return nil
}

// parts of a clause, sorted by what they do.
type parts struct {
	verb     phrase
	targets  []target // where; several when they are listed
	old      bool
	here     bool // the target was named in this sentence
	pa       bool
	becomes  []amend.Op // renumberings told in passing
	beside   []phrase
	end      bool
	endOfAct bool // na koncu zakona
	subjects []phrase
	using    []phrase
	instead  *phrase
	all      bool
	whole    bool // the whole act
	short    bool // the last place of a list names no article
	times    int
	forms    *phrase
	says     bool
	alone    bool
	payload  *string
	act      string
	cited    string
	pieces   int
	last     what // of the phrase before
	// subjectAt is the phrase at which the last subject stood.
	subjectAt int
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
	c := clause{verb: q.verb.verb.verb, agrees: true, then: scope{target: target{act: q.act, cited: q.cited}, old: q.old, here: q.here, all: q.whole && len(q.targets[0].ref.Steps) == 0, last: sc.last}}
	if len(q.targets) == 1 {
		c.then.target = q.targets[0]
	}
	if c.verb == "" {
		c.verb = q.carries(carried)
	}
	switch stretched := q.stretched(); {
	case c.verb == "", q.endOfAct && !stretched:
		ref = refuse(amend.NoPattern, first(ps))
	case stretched:
		ref = q.stretches(&c)
	default:
		ref = q.read(&c)
	}
	if ref == nil {
		ref = q.cascade(&c)
	}
	if ref != nil {
		return clause{}, ref
	}
	c.ops = append(c.ops, q.becomes...)
	for i := range c.ops {
		if c.ops[i].Act == "" {
			c.ops[i].Act, c.ops[i].Cited = q.act, q.cited
		}
	}
	n := number(q.subjects)
	if v := q.verb.verb.count; v > 0 && c.verb != "postane" {
		frame := len(c.ops) > 0 && c.ops[0].Also.Unit != "" && v == 1 // "doda se novo poglavje in nov člen"
		if c.agrees = v == min(n, 3) || frame; !c.agrees && (len(q.subjects) > 1 || q.pa) {
			return clause{}, refuse(amend.NoPattern, q.verb) // slips are seen with one noun only: "besedi »a b« nadomesti"
		}
	}
	return c, nil
}

// read reads the clause by its verb.
func (q *parts) read(c *clause) *amend.Refusal {
	switch c.verb {
	case "črta":
		return q.deletes(c, amend.Delete)
	case "preneha":
		return q.deletes(c, amend.Repeal)
	case "nadomesti":
		return q.substitutes(c)
	case "doda":
		return q.adds(c)
	case "postavi":
		return q.puts(c)
	case "spremeni", "dopolni":
		return q.changes(c)
	}
	return q.becomesOps(c)
}

// carries is the verb of a clause that has none: "se glasi" alone changes, and
// texts with their anchor or their substitute go on with the verb before.
func (q *parts) carries(carried string) string {
	text := len(q.subjects) == 1 && q.subjects[0].isText && !q.says
	switch {
	case q.says && q.alone && len(q.subjects) == 1 && q.subjects[0].step && !q.subjects[0].fresh:
		return "spremeni"
	case carried == "nadomesti" && len(q.using) > 0:
		return carried
	case carried == "doda" && text && len(q.beside) > 0 && q.beside[0].isText:
		return carried
	}
	return ""
}

// cascade marks the operations on texts in all their forms.
func (q *parts) cascade(c *clause) *amend.Refusal {
	if q.forms == nil {
		return nil
	}
	for i := range c.ops {
		op := &c.ops[i]
		if op.Verb != amend.TextReplace && op.Verb != amend.TextInsert && op.Verb != amend.TextDelete || isSign(op.Text) || op.Place == amend.AtEnd {
			return refuse(amend.NoPattern, *q.forms)
		}
		op.Cascade = true
	}
	return nil
}

// number is how many the verb must agree with. A noun may stand for the
// quotations after it: "besedi »a« in »b«".
func number(ps []phrase) int {
	n := 0
	for i := 0; i < len(ps); {
		k := i + 1
		for k < len(ps) && ps[k].bare() {
			k++
		}
		n += max(ps[i].count(), k-i)
		i = k
	}
	return n
}

func first(ps []phrase) phrase {
	if len(ps) == 0 {
		return phrase{}
	}
	return ps[0]
}

// sortParts gives every phrase its part.
func sortParts(ps []phrase, sc scope) (*parts, *amend.Refusal) {
	q := &parts{act: sc.act, cited: sc.cited, targets: []target{sc.target}, old: sc.old, here: sc.here, whole: sc.all, all: sc.all}
	if len(sc.ref.Steps) == 0 && slices.ContainsFunc(ps, func(p phrase) bool { return p.same }) {
		q.targets[0].ref = sc.last
	}
	// Where words are changed, no unit is: "točki" in a list is where they stand.
	words := slices.ContainsFunc(ps, func(p phrase) bool { return p.what == isText && p.forms.Has(lawcite.Nominative) && !p.bare() })
	listed, own := false, false // a separator stood before; a target was named here
	for i, p := range ps {
		if p.act != "" && p.act != q.act && slices.ContainsFunc(q.subjects, func(s phrase) bool { return s.act != "" }) {
			return nil, refuse(amend.Unsupported, p) // "2. člen Zakona o medu in 5. člen Zakona o vosku"
		}
		if p.act != "" && p.act != q.act && !(listed && own && p.what == isIn && p.step) {
			if q.act, q.cited = p.act, p.cited; p.what == isIn && !p.step {
				q.targets = []target{{}}
			}
			for k := range q.targets {
				q.targets[k].act, q.targets[k].cited = p.act, p.cited
			}
		}
		ok, ref := true, (*amend.Refusal)(nil)
		switch {
		case p.what == isSeparator && p.pa:
			q.pa = true // which begins a clause of its own
		case p.what == isSeparator:
			ok = i > 0 && i+1 < len(ps) && alike(ps[i-1], ps[i+1])
		case p.what == isIn:
			ref = q.where(p, listed && own, own)
			own = own || p.step
			q.here = q.here || own
		case p.what == isUnit && listed && own && len(q.subjects) == 0 && p.forms.Has(lawcite.Locative) && (words || !p.names()):
			ref = q.where(p, true, own)
		case p.what == isAtEnd && p.step && !q.end:
			q.end, q.here = true, true
			ref = q.where(p, false, own)
		default:
			ok = q.put(p, listed)
		}
		if !ok {
			ref = refuse(amend.NoPattern, p)
		}
		if ref != nil {
			return nil, ref
		}
		if listed = p.what == isSeparator; !listed {
			if p.what != isText || q.tookSubject() {
				q.last = p.what
			}
			q.pieces++
		}
	}
	return q, nil
}

// tookSubject reports whether the phrase at hand was taken for what is changed,
// and not for one more anchor or substitute.
func (q *parts) tookSubject() bool { return len(q.subjects) > 0 && q.subjectAt == q.pieces }

// put takes a phrase that says not where. It reports false if its part is taken
// or its form does not fit.
func (q *parts) put(p phrase, listed bool) (ok bool) {
	switch p.what {
	case isUnit: // the noun stays in the singular, or agrees
		ok = p.names()
		q.subject(p)
	case isText:
		ok = q.putText(p, listed)
	case isUsing:
		ok, q.using = true, append(q.using, p)
	case isInstead:
		ok, q.instead = q.instead == nil, &p
	case isBeside:
		ok = len(q.beside) == 0 || listed && q.last == isBeside && q.beside[0].isText && p.isText && p.place == q.beside[0].place
		q.beside = append(q.beside, p)
	case isAtEnd:
		ok, q.end, q.endOfAct = !q.end, true, p.stretch
	case isVerb:
		ok, q.verb = q.verb.verb.verb == "", p
	case isSaying:
		ok, q.says, q.alone = !q.says, true, p.alone
	case isQuote:
		ok, q.payload = q.payload == nil, &p.text
	case isForms:
		ok = q.forms == nil || !p.manual && !q.forms.manual || p.manual
		q.forms = &p
	case isAll:
		ok, q.all, q.times = !q.all && q.times == 0, p.times == 0, p.times
	}
	return ok
}

func (q *parts) subject(p phrase) {
	q.subjects, q.subjectAt = append(q.subjects, p), q.pieces
}

// putText takes a text: as one more of the anchors or substitutes before it, or
// as what is changed.
func (q *parts) putText(p phrase, listed bool) bool {
	switch {
	case q.last == isUsing && (p.instrumental() || p.bare() && listed):
		q.using = append(q.using, p)
		return true
	case q.last == isBeside && listed && (p.instrumental() || p.bare()) && q.beside[0].isText:
		p.place = q.beside[0].place
		q.beside = append(q.beside, p)
		return true
	}
	if len(q.using) > 0 && len(q.subjects) > 0 {
		return false // what is substituted comes in a clause of its own
	}
	q.subject(p)
	return p.forms.Has(lawcite.Nominative) || p.forms.Has(lawcite.Accusative) // "doda besedo": adds tells
}

// alike reports whether two phrases may be listed.
func alike(a, b phrase) bool {
	named := func(p phrase) bool { return p.what == isText || p.what == isUnit }
	return a.what == b.what || named(a) && named(b) || a.what == isIn && b.what == isUnit || a.what == isUsing && b.what == isText ||
		a.what == isBeside && a.isText && b.what == isText && (b.bare() || b.instrumental())
}

// where narrows the targets, or adds one to the list of them.
func (q *parts) where(p phrase, more, own bool) *amend.Refusal {
	if q.whole = p.whole || q.whole && !p.step; p.whole {
		q.all = q.all || !p.step // a heading is one place
		for i := range q.targets {
			q.targets[i].ref = p.ref
		}
		if len(q.targets) != 1 || own {
			return refuse(amend.NoPattern, p)
		}
		return nil
	}
	if p.act != "" && !p.step {
		return nil
	}
	if p.bodyOf {
		return refuse(amend.NoPattern, p)
	}
	q.old = q.old && own || p.former || p.becomes != nil
	if s := p.ref.Steps; p.what == isAtEnd && len(s) == 1 && s[0].Unit == lawcite.Sentence && len(s[0].Numbers) == 0 {
		if t := q.targets[len(q.targets)-1].ref.Steps; len(t) > 0 && t[len(t)-1].Unit == lawcite.Sentence {
			return nil
		}
		// "na koncu stavka": of the only one, or it is not known which.
		p.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: lawcite.Sentence, Numbers: []lawcite.Range{{From: "1"}}}}}
	}
	at := len(q.targets) - 1
	if more {
		t := q.targets[at]
		if s := p.ref.Steps; q.short && len(s) > 1 && s[0].Unit == lawtext.Article {
			// "v prvem odstavku 4. člena ter naslovu in prvem odstavku 5. člena"
			if lastUnit(t.ref) != lawcite.Heading {
				return refuse(amend.TwoReadings, p)
			}
			q.targets[at].ref.Steps = []lawcite.Step{s[0], {Unit: lawcite.Heading}}
		}
		q.short = len(p.ref.Steps) == 1 && p.ref.Steps[0].Unit != lawtext.Article && p.ref.Steps[0].Named == ""
		if p.act != "" && p.act != t.act {
			t = target{act: p.act, cited: p.cited}
		}
		if depth(p.ref.Steps[0].Unit) < 0 {
			t.ref = lawcite.Ref{} // divisions of a list stand side by side
		}
		r, ok := join(t.ref, p.ref)
		if !ok {
			return refuse(amend.NoTarget, p)
		}
		t.ref = r
		q.targets = append(q.targets, t)
		return nil
	}
	before := q.targets[at].ref
	if at > 0 && (len(before.Steps) < 2 && len(q.targets[at-1].ref.Steps) < 2 || p.becomes != nil) {
		return refuse(amend.NoPattern, p) // it might narrow all of them
	}
	if p.under && len(before.Steps) > 1 && depth(lastUnit(before)) < 5 {
		q.targets[at].ref.Steps = append(slices.Clone(before.Steps), p.ref.Steps...)
		return nil
	}
	r, ok := join(before, p.ref)
	if !ok {
		return refuse(amend.NoTarget, p)
	}
	if same := len(p.ref.Steps) == 1 && len(p.ref.Steps[0].Numbers) == 0 && len(r.Steps) == len(before.Steps) && numbered(r); own && !same && len(r.Steps) != len(before.Steps)+len(p.ref.Steps) {
		return refuse(amend.NoPattern, p) // a second place that does not narrow the first
	}
	q.targets[at].ref = r
	q.note(r, p)
	return nil
}

// note keeps a renumbering that a phrase tells in passing, and how the end of a
// unit is mended.
func (q *parts) note(r lawcite.Ref, p phrase) {
	if p.mends[0] != "" {
		q.becomes = append(q.becomes, amend.Op{Verb: amend.TextReplace, At: r, Old: q.old || p.former, Place: amend.AtEnd, Text: p.mends[0], With: p.mends[1]})
	}
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
// and below. Divisions are above articles; 0 is no unit.
func depth(u lawcite.Unit) int {
	switch u {
	case lawtext.Part:
		return -3
	case lawtext.Chapter, lawtext.Annex:
		return -2
	case lawtext.Section:
		return -1
	case lawtext.Article:
		return 1
	case lawtext.Paragraph:
		return 2
	case lawtext.Point, lawtext.Table:
		return 3
	case lawtext.Indent, lawtext.Row:
		return 4
	case lawcite.Sentence, lawcite.Intro, lawcite.Heading, lawcite.Column:
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
	if head.Unit == lawcite.Heading && head.Named != "" {
		return r, true
	}
	d := depth(head.Unit)
	if d == 0 {
		return r, false
	}
	for _, s := range sc.Steps {
		if head.Unit == lawtext.Article && depth(s.Unit) < 0 {
			continue // articles are counted through the act
		}
		if head.Unit == lawcite.Heading && depth(s.Unit) > 1 {
			break // paragraphs have none
		}
		if depth(s.Unit) >= d {
			if s.Unit == head.Unit && len(head.Numbers) == 0 && head.Unit != lawcite.Heading && head.Unit != lawcite.Intro {
				head = s
			}
			break
		}
		out.Steps = append(out.Steps, s)
	}
	if d > 1 && len(out.Steps) == 0 && head.Unit != lawtext.Table && head.Unit != lawtext.Row && head.Named == "" {
		return out, false
	}
	out.Steps = append(append(out.Steps, head), r.Steps[1:]...)
	return out, true
}

// up is the reference without its last step.
func up(r lawcite.Ref) lawcite.Ref {
	return lawcite.Ref{Steps: r.Steps[:len(r.Steps)-1]}
}

// named reports whether a step is told by its heading.
func named(r lawcite.Ref) bool {
	return slices.ContainsFunc(r.Steps, func(s lawcite.Step) bool { return s.Named != "" })
}

// numbered reports whether every step says which, sentences and headings apart.
func numbered(r lawcite.Ref) bool {
	for _, s := range r.Steps {
		if len(s.Numbers) == 0 && s.Named == "" && s.Unit != lawcite.Heading && s.Unit != lawcite.Intro && s.Unit != lawtext.Table && s.Unit != lawtext.Annex {
			return false
		}
	}
	return len(r.Steps) > 0
}

func isSign(s string) bool { return s == "." || s == "," || s == ";" || s == ":" }
