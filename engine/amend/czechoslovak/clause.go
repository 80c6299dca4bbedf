package czechoslovak

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A clause is the phrases of one verb, and what they come to.
type clause struct {
	ops  []amend.Op
	last []lawcite.Step // the provision that it was about last
}

// clauses divides the phrases of a sentence at its verbs. Between two verbs
// every separator may be the end of a clause; exactly one division in which
// all clauses are complete must remain.
func (r *reading) clauses(ps []phrase) ([]amend.Op, []lawcite.Step, *amend.Refusal) {
	ps = ownEnds(trim(ps))
	has := func(role role) bool { return slices.ContainsFunc(ps, func(p phrase) bool { return p.role == role }) }
	r.everywhere = has(isAll) && !has(isIn) // said once for all clauses
	r.several = verbs(ps) > 1
	var found [][]amend.Op
	var ends [][]lawcite.Step
	var why *amend.Refusal
	tries := 0
	var try func(rest []phrase, ops []amend.Op, was []lawcite.Step, before verb)
	try = func(rest []phrase, ops []amend.Op, was []lawcite.Step, before verb) {
		if tries++; tries > 4000 || len(found) > 1 {
			return
		}
		for k := 1; k <= len(rest); k++ {
			if k < len(rest) && rest[k].role != isSep {
				continue
			}
			part := trim(rest[:k])
			if verbs(part) == 0 {
				if before == deletes && elided(part) {
					part = append(slices.Clone(part), phrase{role: isVerb, verb: deletes, plural: true})
				} else if k < len(rest) {
					continue
				}
			}
			c, ref := r.clause(part, was)
			if ref != nil {
				if why == nil || better(ref, why) {
					why = ref
				}
				continue
			}
			all := append(slices.Clone(ops), c.ops...)
			if k == len(rest) {
				if !slices.ContainsFunc(found, func(o []amend.Op) bool { return same(o, all) }) {
					found, ends = append(found, all), append(ends, c.last)
				}
				continue
			}
			did := noVerb
			for _, p := range part {
				if p.role == isVerb {
					did = p.verb
				}
			}
			try(rest[k+1:], all, c.last, did)
		}
	}
	try(ps, nil, r.scope, noVerb)
	switch {
	case len(found) == 1:
		return found[0], ends[0], nil
	case len(found) > 1:
		return nil, nil, &amend.Refusal{Reason: amend.TwoReadings, Words: r.text}
	case why != nil:
		return nil, nil, why
	}
	return nil, nil, &amend.Refusal{Reason: amend.NoPattern, Words: r.text}
}

// elided reports whether a clause leaves out its verb, that of the clause before:
// "v písm. a) sa vypúšťa slovo „x“ a v písm. c) slovo „y“".
func elided(ps []phrase) bool {
	for i, p := range ps {
		if i == 0 && p.role != isIn || i > 0 && (p.role != isWords || p.kase&nom == 0 || p.bare) && p.role != isSep {
			return false
		}
	}
	return len(ps) > 1
}

// ownEnds joins places of which each has its end, "v § 1 na konci písmene a), § 2
// na konci písmene b)", in one list.
func ownEnds(ps []phrase) []phrase {
	if len(ps) < 4 || ps[0].role != isIn || len(ps[0].refs) != 1 {
		return ps
	}
	var refs []lawcite.Ref
	i := 0
	for i+1 < len(ps) {
		at, end := ps[i], ps[i+1]
		whole := at.role == isIn || at.role == isUnit && at.kase == nom|ins
		if !whole || len(at.refs) != 1 || at.refs[0].Steps[0].Unit != lawtext.Article || end.role != isEnd || end.text || len(end.refs) != 1 {
			return ps
		}
		refs = append(refs, lawcite.Ref{Steps: within(at.refs[0].Steps, end.refs[0].Steps)})
		if i += 2; i >= len(ps) || ps[i].role != isSep {
			break
		}
		i++
	}
	if len(refs) < 2 {
		return ps
	}
	return append([]phrase{{role: isIn, refs: refs}, {role: isEnd}}, ps[i:]...)
}

// better prefers the refusal that says more.
func better(a, b *amend.Refusal) bool {
	rank := func(r amend.Reason) int {
		switch r {
		case amend.NoPattern:
			return 0
		case amend.NoPayload:
			return 1
		}
		return 2
	}
	return rank(a.Reason) > rank(b.Reason)
}

func same(a, b []amend.Op) bool {
	return slices.EqualFunc(a, b, func(x, y amend.Op) bool {
		return x.Verb == y.Verb && show(x.At) == show(y.At) && x.Text == y.Text && x.With == y.With && x.Anchor == y.Anchor &&
			x.Place == y.Place && x.Payload == y.Payload && x.Old == y.Old && show(lawcite.Ref{Steps: []lawcite.Step{x.New}}) == show(lawcite.Ref{Steps: []lawcite.Step{y.New}})
	})
}

func show(r lawcite.Ref) string {
	var b strings.Builder
	for _, s := range r.Steps {
		b.WriteString(string(s.Unit))
		for _, n := range s.Numbers {
			b.WriteString(" " + n.From + "-" + n.To)
		}
		b.WriteByte('/')
	}
	return b.String()
}

func verbs(ps []phrase) int {
	n := 0
	for _, p := range ps {
		if p.role == isVerb {
			n++
		}
	}
	return n
}

// trim takes separators off both ends.
func trim(ps []phrase) []phrase {
	for len(ps) > 0 && ps[0].role == isSep {
		ps = ps[1:]
	}
	for len(ps) > 0 && ps[len(ps)-1].role == isSep {
		ps = ps[:len(ps)-1]
	}
	return ps
}

// parts are the phrases of a clause, sorted.
type parts struct {
	verb    verb
	reads   bool             // ktorý znie
	in      [][]lawcite.Step // where; one empty address if it is not said
	said    bool             // where is said
	beside  *phrase
	end     *phrase
	subject []phrase // provisions in the nominative
	by      []phrase // in the instrumental
	pairs   []pair   // words and what they give way to
	notes   []phrase
	mark    *phrase
	number  *phrase
	text    *phrase
	as      *phrase
	with    []phrase
	quote   string
	quotes  int
	old     bool
	all     bool
	forms   bool
	every   bool
	plural  bool   // of the verb
	group   string // the heading that comes above an article
	act     bool   // the act is said to get something
	over    bool   // above the number of the article
}

// A pair is quoted words, and in an exchange those that come for them.
type pair struct {
	what []string
	by   []string
	bare bool // the sign is named, not quoted
	some bool // one of several forms
}

func refuse(why amend.Reason, words string) *amend.Refusal {
	return &amend.Refusal{Reason: why, Words: words}
}

// clause reads the phrases of one verb. Was is what the clause before was about.
func (r *reading) clause(ps []phrase, was []lawcite.Step) (clause, *amend.Refusal) {
	q, ref := r.sort(ps, was)
	if ref != nil {
		return clause{}, ref
	}
	c, ref := r.ops(q)
	return c, ref
}

// ops makes the operations of a clause.
func (r *reading) ops(q *parts) (clause, *amend.Refusal) {
	if (q.forms || q.all) && (len(q.pairs) == 0 || q.all && q.said || q.quote != "") {
		return clause{}, refuse(amend.Unsupported, "words in all their forms, or in the whole act")
	}
	if q.over != (q.verb == lifts) || q.act && (q.verb != adds || q.said || len(q.by) != 1 || len(q.subject) > 0) {
		return clause{}, refuse(amend.NoPattern, r.text)
	}
	switch q.verb {
	case lifts:
		return r.lift(q)
	case reads:
		return r.readsThus(q)
	case replaces:
		return r.replace(q)
	case inserts, adds, places:
		return r.add(q)
	case deletes:
		return r.delete(q)
	case renames:
		return r.rename(q)
	}
	return clause{}, refuse(amend.NoPattern, r.text)
}

// sort puts the phrases of a clause in their places.
func (r *reading) sort(ps []phrase, was []lawcite.Step) (*parts, *amend.Refusal) {
	q := &parts{}
	bad := refuse(amend.NoPattern, r.text)
	which, alone, plural := false, true, false
	var in [][]lawcite.Step
	for i := range ps {
		p := &ps[i]
		switch p.role {
		case isSep:
			if i > 0 && ps[i-1].role == isVerb && ps[i+1].role != isWith || i+1 < len(ps) && ps[i+1].role == isVerb {
				return nil, bad // what comes there is missing
			}
		case isVerb:
			switch {
			case which && p.verb == reads:
				q.reads, which = true, false
			case q.verb != noVerb:
				return nil, bad
			default:
				q.verb, plural = p.verb, p.plural
			}
		case isWhich:
			which = true
		case isIn:
			if p.above {
				return nil, refuse(amend.Unsupported, "words in a heading above an article")
			}
			if len(in) > 0 && p.refs[0].Steps[0].Unit == footnote {
				in = nil // v § 3 v poznámke pod čiarou k odkazu 1
			}
			in = deepen(in, p.refs)
			q.old, q.every = q.old || p.old, q.every || p.every
			if in == nil {
				return nil, bad
			}
		case isBehind, isBefore, isAbove:
			if q.beside != nil {
				return nil, bad
			}
			q.beside = p
		case isEnd, isStart:
			if q.end != nil {
				return nil, bad
			}
			q.end = p
		case isUnit:
			if n := len(q.subject) + len(q.by); n > 0 && p.kase&nom != 0 && len(q.subject) > 0 && !(i > 0 && ps[i-1].role == isSep) && !(p.kase&ins != 0 && q.verb != noVerb) {
				return nil, bad // two subjects with nothing between
			}
			if q.as != nil && q.verb == renames && p.kase&nom != 0 && len(p.refs) == 1 && len(q.as.refs) == 1 && sameUnits(q.as.refs[0].Steps, p.refs[0].Steps) { // ako piaty bod a šiesty bod
				as := *q.as
				as.refs = []lawcite.Ref{joined(q.as.refs[0].Steps, p.refs[0].Steps)}
				q.as = &as
				break
			}
			if n := len(q.subject); n == 1 && len(q.subject[0].quotes) == 1 && q.group == "" && i > 0 && ps[i-1].role == isSep { // nadpis „x“ a nový § 31a
				q.group, q.subject = q.subject[0].quotes[0], nil
			}
			if n := len(q.subject); n > 0 && p.kase&nom != 0 {
				if next := within(q.subject[n-1].refs[len(q.subject[n-1].refs)-1].Steps, p.refs[0].Steps); sameUnits(q.subject[n-1].refs[0].Steps, next) && (!p.old || q.subject[n-1].old) && i > 0 && ps[i-1].role == isSep && len(p.refs) == 1 && len(q.subject[n-1].refs) == 1 {
					q.subject[n-1].refs = []lawcite.Ref{joined(q.subject[n-1].refs[0].Steps, next)} // prvý bod a druhý bod
					break
				} else if q.verb != inserts && q.verb != adds && p.kase == nom || p.kase == nom|ins && len(q.by) == 0 && q.verb != replaces {
					more := *p
					more.refs = append([]lawcite.Ref{{Steps: next}}, p.refs[1:]...)
					q.subject = append(q.subject, more)
					break
				}
			}
			if p.kase&nom != 0 && (p.kase == nom || len(q.subject) == 0) {
				q.subject = append(q.subject, *p)
			} else if n := len(q.by); n > 0 && q.by[n-1].role == isUnit && len(p.refs) == 1 && len(q.by[n-1].refs) == 1 && sameUnits(q.by[n-1].refs[0].Steps, p.refs[0].Steps) {
				q.by[n-1].refs = []lawcite.Ref{joined(q.by[n-1].refs[0].Steps, p.refs[0].Steps)}
			} else {
				q.by = append(q.by, *p)
			}
		case isWords:
			n := len(q.pairs)
			if n > 0 && p.kase&nom != 0 && p.kase&ins == 0 && q.pairs[n-1].by == nil && ps[i-1].role != isSep {
				return nil, bad
			}
			if n > 0 && q.pairs[n-1].by == nil && p.kase == ins {
				alone = alone && (n == 1 || q.pairs[n-2].by != nil)
			}
			switch {
			case p.kase&nom != 0 && !(p.kase&ins != 0 && n > 0 && q.pairs[n-1].by == nil && q.verb == replaces):
				q.pairs = append(q.pairs, pair{what: p.quotes, bare: p.bare})
			case n == 0 || q.pairs[n-1].by != nil:
				q.by = append(q.by, *p)
			default:
				for k := n - 1; k >= 0 && q.pairs[k].by == nil; k-- {
					q.pairs[k].by = p.quotes
				}
				if w := q.pairs[n-1].what; len(p.quotes) > 1 && len(w) == len(p.quotes) { // slová „a“, „b“ slovami „c“, „d“
					q.pairs = q.pairs[:n-1]
					for i := range w {
						q.pairs = append(q.pairs, pair{what: w[i : i+1], by: p.quotes[i : i+1], some: true})
					}
				}
			}
		case isNotes:
			q.notes = append(q.notes, *p)
		case isMark:
			q.mark = p
		case isNumber:
			q.number = p
		case isText:
			q.text = p
		case isAs:
			if q.as != nil {
				return nil, bad
			}
			q.as = p
		case isWith:
			q.with = append(q.with, *p)
		case isQuote:
			if q.quotes++; q.quotes == 1 {
				q.quote = p.quotes[0]
			}
		case isAct:
			if i > 0 {
				return nil, bad
			}
			q.act = true
		case isOver:
			q.over = true
		case isAll:
			q.all = true
		case isForms:
			q.forms = true
		case isEvery:
			q.every = true
		}
	}
	if q.verb == replaces && !alone || q.beside != nil && len(q.pairs) > 1 && q.verb != inserts && q.verb != adds {
		return nil, bad
	}
	if which || q.quotes > 1 && !r.noted(ps) {
		return nil, bad
	}
	if q.said = len(in) > 0; !q.said {
		in = [][]lawcite.Step{nil}
	}
	for i := range in {
		in[i] = under(was, in[i])
	}
	q.in, q.all, q.plural = in, q.all || r.everywhere, plural
	return q, nil
}

// noted reports whether all quotations after the first are footnotes, which
// belong to what comes in.
func (r *reading) noted(ps []phrase) bool {
	n := 0
	for _, p := range ps {
		if p.role != isQuote {
			continue
		}
		if n++; n > 1 && noteNumber("^"+strings.TrimPrefix(p.quotes[0], "^")) == "" {
			return false
		}
	}
	return r.lex.notes == "" // where consolidated texts have them, they would be lost
}

// joined puts the numbers of two addresses of the same units together.
func joined(a, b []lawcite.Step) lawcite.Ref {
	out := slices.Clone(a)
	last := &out[len(out)-1]
	last.Numbers = append(slices.Clone(last.Numbers), b[len(b)-1].Numbers...)
	return lawcite.Ref{Steps: out}
}

// deepen joins two phrases that say where: "v § 3" and "v druhej vete".
func deepen(in [][]lawcite.Step, refs []lawcite.Ref) [][]lawcite.Step {
	if len(in) == 0 {
		for _, r := range refs {
			in = append(in, r.Steps)
		}
		return in
	}
	if len(in) > 1 && len(refs) > 1 {
		return nil
	}
	var out [][]lawcite.Step
	for _, a := range in {
		for _, b := range refs {
			if depth(b.Steps[0].Unit) <= depth(a[len(a)-1].Unit) {
				return nil
			}
			out = append(out, append(slices.Clone(a), b.Steps...))
		}
	}
	return out
}

// under is an address within another: what it leaves out is taken from there.
func under(in, steps []lawcite.Step) []lawcite.Step {
	if len(steps) == 0 {
		return in
	}
	return within(in, steps)
}

// at makes an address for the tree, in which points with letters and with
// numbers are of one kind.
func at(steps []lawcite.Step) lawcite.Ref {
	out := make([]lawcite.Step, len(steps))
	for i, s := range steps {
		if s.Unit == numbered {
			s.Unit = lawtext.Point
		}
		out[i] = s
	}
	return lawcite.Ref{Steps: out}
}

// readsThus reads "§ 5 odsek 1 znie: „…“".
func (r *reading) readsThus(q *parts) (clause, *amend.Refusal) {
	var c clause
	if q.quote == "" && (!r.annexed(q) || r.quotes || r.several) {
		return c, refuse(amend.NoPayload, r.text)
	}
	if len(q.pairs) > 0 || len(q.by) > 0 || q.as != nil || q.beside != nil || q.end != nil || q.mark != nil || q.number != nil || q.text != nil {
		return c, refuse(amend.NoPattern, r.text)
	}
	if len(q.notes) > 0 {
		if len(q.subject) > 0 {
			return c, refuse(amend.NoPattern, r.text)
		}
		return r.noteOps(q, amend.Replace)
	}
	if len(q.subject) == 0 && r.renamed != nil && !q.said { // odsek 3 sa označuje ako odsek 2 a znie
		op := *r.renamed
		payload, notes, ref := r.payload(q, []lawcite.Ref{{Steps: []lawcite.Step{op.New}}})
		if ref != nil {
			return c, ref
		}
		op.Verb, op.Payload = amend.Replace, payload
		c.ops, c.last = append([]amend.Op{op}, notes...), q.in[0]
		return c, nil
	}
	if len(q.subject) == 0 && len(q.in) == 1 && len(q.in[0]) > 0 { // v § 2 ods. 2 znie; odsek 3 sa označuje ako odsek 2 a znie
		q.subject, q.in = []phrase{{refs: []lawcite.Ref{{Steps: q.in[0]}}, old: q.old}}, [][]lawcite.Step{nil}
	}
	if len(q.subject) != 1 {
		return c, refuse(amend.NoPattern, r.text)
	}
	s := q.subject[0]
	if len(s.refs) > 1 {
		return c, refuse(amend.Unsupported, "several provisions of different kinds at once")
	}
	var payload string
	var notes []amend.Op
	if q.quote != "" { // else it is an annex that was left out of the copy
		var ref *amend.Refusal
		if payload, notes, ref = r.payload(q, s.refs); ref != nil {
			return c, ref
		}
	}
	for _, in := range q.in {
		steps := under(in, s.refs[0].Steps)
		last := steps[len(steps)-1]
		op := amend.Op{Verb: amend.Replace, At: at(steps), Payload: payload, Old: s.old}
		if last.Unit == lawcite.Heading {
			if op.Payload = strings.TrimLeft(flat(payload), "# "); s.above {
				op.Verb = amend.Restate
			}
		}
		if grouped(last.Unit, payload) {
			op.Verb = amend.Restate
		}
		c.ops, c.last = append(c.ops, op), steps
	}
	c.ops = append(c.ops, notes...)
	return c, nil
}

// annexed reports whether a clause is about an annex or a place in one.
func (r *reading) annexed(q *parts) bool {
	var steps []lawcite.Step
	if len(q.subject) == 1 && len(q.subject[0].refs) > 0 {
		steps = q.subject[0].refs[0].Steps
	}
	for _, in := range q.in {
		if s := under(in, steps); len(q.subject) > 1 || len(s) == 0 || s[0].Unit != lawtext.Annex {
			return false
		}
	}
	return true
}

// grouped reports whether a payload holds more than articles: divisions, or
// headings that stand above articles.
func grouped(unit lawcite.Unit, payload string) bool {
	if unit == lawtext.Part || unit == lawtext.Chapter || unit == lawtext.Section {
		return true
	}
	rows := strings.Split(payload, "\n\n")
	for i, row := range rows {
		if unit == lawtext.Article && i+1 < len(rows) && strings.HasPrefix(row, "#") && !isHead(strings.TrimLeft(row, "# ")) && isHead(strings.TrimLeft(rows[i+1], "# ")) {
			return true
		}
	}
	return false
}

// replace reads "slová „x“ sa nahrádzajú slovami „y“" and "prvá veta sa
// nahrádza vetou „…“".
func (r *reading) replace(q *parts) (clause, *amend.Refusal) {
	var c clause
	bad := refuse(amend.NoPattern, r.text)
	if q.as != nil || q.number != nil || q.text != nil || q.mark != nil || len(q.notes) > 0 {
		return c, bad
	}
	if len(q.subject) == 1 && (q.subject[0].words || unitOf(q.subject[0]) == amend.Clause) { // slová v zátvorke sa nahrádzajú slovami
		if len(q.by) != 1 || q.by[0].role != isWords || len(q.by[0].quotes) != 1 || q.quote != "" || len(q.pairs) > 0 || q.beside != nil || q.end != nil {
			return c, bad
		}
		for _, in := range q.in {
			steps := under(in, q.subject[0].refs[0].Steps)
			c.ops, c.last = append(c.ops, amend.Op{Verb: amend.Replace, At: at(steps), Payload: r.plain(q.by[0].quotes[0])}), in
		}
		return c, nil
	}
	if len(q.subject) == 1 && len(q.pairs) > 0 && !q.said && q.subject[0].kase == nom|ins && len(q.subject[0].refs) == 1 {
		if len(q.with) > 0 {
			return c, bad
		}
		q.old = q.old || q.subject[0].old
		q.in, q.said, q.subject = [][]lawcite.Step{q.subject[0].refs[0].Steps}, true, nil // § 3 ods. 2 sa slová, without its preposition
	}
	if len(q.pairs) > 0 {
		if len(q.subject) > 0 || q.quote != "" || len(q.by) > 0 {
			return c, bad
		}
		for _, w := range q.pairs {
			if len(w.by) != 1 {
				return c, bad
			}
		}
		return r.words(q, amend.TextReplace)
	}
	if len(q.subject) == 1 && len(q.by) == 1 && unitOf(q.subject[0]) == lawtext.Annex && unitOf(q.by[0]) == lawtext.Annex && !r.quotes && !r.several && len(q.subject[0].refs) == 1 {
		c.last = q.subject[0].refs[0].Steps // príloha sa nahrádza prílohou k tejto vyhláške
		c.ops = []amend.Op{{Verb: amend.Replace, At: at(c.last), Annexed: true}}
		return c, nil
	}
	if len(q.subject) != 1 || len(q.by) != 1 || q.quote == "" || q.beside != nil || q.end != nil || len(q.in) != 1 || len(q.subject[0].refs) != 1 {
		return c, bad
	}
	s, by := q.subject[0], q.by[0]
	if by.role != isUnit || len(by.refs) != 1 {
		return c, bad
	}
	steps := under(q.in[0], s.refs[0].Steps)
	fresh := by.refs[0].Steps
	last := steps[len(steps)-1]
	if fresh[len(fresh)-1].Unit != last.Unit || len(fresh) > len(steps) {
		return c, bad
	}
	if last.Unit == lawcite.Sentence {
		c.ops, c.last = []amend.Op{{Verb: amend.Replace, At: at(steps), Payload: r.plain(flat(q.quote))}}, steps
		return c, nil
	}
	payload, notes, ref := r.payload(q, by.refs)
	if ref != nil {
		return c, ref
	}
	c.ops = append([]amend.Op{{Verb: amend.Replace, At: at(steps), New: at(fresh).Steps[len(fresh)-1], Payload: payload, Old: s.old}}, notes...)
	c.last = steps
	return c, nil
}

// unitOf is the last unit of the address of a phrase.
func unitOf(p phrase) lawcite.Unit {
	if len(p.refs) == 0 || len(p.refs[0].Steps) == 0 {
		return ""
	}
	steps := p.refs[0].Steps
	return steps[len(steps)-1].Unit
}

// words makes the operations on quoted words, one for each place and each words.
func (r *reading) words(q *parts, v amend.Verb) (clause, *amend.Refusal) {
	var c clause
	bad := refuse(amend.NoPattern, r.text)
	places := q.in
	place := amend.Anywhere
	if q.end != nil {
		if q.end.role == isStart || q.end.text {
			return c, bad
		}
		place = amend.AtEnd
		if len(q.end.refs) > 0 {
			places = nil
			for _, in := range q.in {
				for _, e := range q.end.refs {
					places = append(places, under(in, e.Steps))
				}
			}
		}
	}
	anchor, side := "", amend.Anywhere
	if q.beside != nil {
		if len(q.beside.quotes) != 1 || q.beside.role == isAbove || place == amend.AtEnd {
			return c, bad
		}
		anchor, side = q.beside.quotes[0], amend.After
		if q.beside.role == isBefore {
			side = amend.Before
		}
	}
	for _, steps := range places {
		if q.all {
			steps = nil
		} else if len(steps) == 0 {
			return c, refuse(amend.NoTarget, r.text)
		}
		for _, w := range q.pairs {
			if v == amend.TextDelete && w.by != nil {
				return c, bad
			}
			for _, text := range w.what {
				op := amend.Op{Verb: v, At: at(steps), Old: q.old, Place: place, Bare: q.end != nil && len(q.end.refs) == 0, Text: r.plain(text), All: true, Cascade: q.forms, Some: w.some && (len(places) > 1 || len(steps) > 0 && manyOf(steps))}
				if anchor != "" {
					op.Anchor, op.Place = r.plain(anchor), side
				}
				if len(w.by) == 1 {
					op.With = r.plain(w.by[0])
				}
				c.ops = append(c.ops, op)
			}
		}
		c.last = steps
	}
	return c, nil
}

// manyOf reports whether an address is of several provisions.
func manyOf(steps []lawcite.Step) bool {
	return slices.ContainsFunc(steps, func(s lawcite.Step) bool {
		return len(s.Numbers) > 1 || len(s.Numbers) == 1 && s.Numbers[0].To != ""
	})
}

// above cuts an address above a depth.
func above(steps []lawcite.Step, d int) []lawcite.Step {
	for i, s := range steps {
		if depth(s.Unit) >= d {
			return steps[:i]
		}
	}
	return steps
}
