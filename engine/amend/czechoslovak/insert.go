package czechoslovak

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// add reads what comes in: words, sentences, provisions, footnotes.
func (r *reading) add(q *parts) (clause, *amend.Refusal) {
	var c clause
	bad := refuse(amend.NoPattern, r.text)
	if q.as != nil || q.number != nil || q.text != nil {
		return c, bad
	}
	if r.lost && len(q.pairs) > 0 {
		return c, bad // "riadok „x“ vkladá nový riadok": beside, or instead?
	}
	if q.beside != nil && q.beside.that { // za ktorý: what the clause before has wrapped
		q.beside = nil
	}
	switch {
	case q.mark != nil:
		return r.addMark(q)
	case len(q.notes) == 1 && len(q.by) == 1 && q.by[0].role == isWords && q.quote == "" && len(q.pairs)+len(q.subject) == 0 && q.beside == nil && q.end == nil:
		q.in, q.notes = [][]lawcite.Step{q.notes[0].refs[0].Steps}, nil // poznámka č. 8 sa dopĺňa slovami
		return r.addWords(q)
	case len(q.subject) == 1 && unitOf(q.subject[0]) == lawcite.Heading && q.beside != nil && len(q.beside.quotes) == 1 && q.quote != "" && len(q.by)+len(q.pairs) == 0:
		q.pairs, q.quote, q.subject = []pair{{what: []string{q.quote}}}, "", nil // za slová „x“ sa vkladá nadpis „y“
		return r.addWords(q)
	case len(q.subject)+len(q.by)+len(q.pairs)+len(q.notes) == 0 && q.quote != "" && q.beside != nil && len(q.beside.quotes) == 1:
		q.pairs, q.quote = []pair{{what: []string{q.quote}}}, "" // za slovo „x“ sa vkladá „y“
		return r.addWords(q)
	case len(q.notes) > 0:
		if len(q.subject)+len(q.pairs)+len(q.by) > 0 {
			return c, bad
		}
		return r.noteOps(q, amend.Insert)
	case len(q.pairs) > 0 || len(q.by) > 0 && q.by[0].role == isWords:
		return r.addWords(q)
	}
	fresh, host, ref := r.comes(q)
	if ref != nil {
		return c, ref
	}
	annex := unitOf(*fresh) == lawtext.Annex && len(fresh.refs) == 1 && !r.quotes || r.lost && len(q.in) == 1 && len(q.in[0]) > 0 && q.in[0][0].Unit == lawtext.Annex
	if len(q.in) != 1 || q.quote == "" && !annex {
		if q.quote == "" {
			return c, refuse(amend.NoPayload, r.text)
		}
		return c, bad
	}
	last := fresh.refs[0].Steps[len(fresh.refs[0].Steps)-1]
	if (q.group != "") != (q.group != "" && last.Unit == lawtext.Article && q.beside != nil && len(nums(fresh)) == 1) {
		return c, bad
	}
	in := q.in[0]
	if host != nil {
		if len(host.refs) != 1 {
			return c, bad
		}
		in = under(in, host.refs[0].Steps)
	}
	if last.Unit == lawcite.Sentence {
		return r.addSentence(q, in, last)
	}
	if last.Unit == lawcite.Heading || last.Unit == lawcite.Intro {
		return c, refuse(amend.Unsupported, "a heading that comes")
	}
	if len(fresh.refs[0].Steps) > 1 {
		in = under(in, fresh.refs[0].Steps[:len(fresh.refs[0].Steps)-1])
	}
	for _, more := range fresh.refs[1:] { // § 6a a § 6b
		s := more.Steps[len(more.Steps)-1]
		if s.Unit != last.Unit {
			return c, refuse(amend.Unsupported, "several provisions of different kinds at once")
		}
		last.Numbers = append(last.Numbers[:len(last.Numbers):len(last.Numbers)], s.Numbers...)
	}
	if b := q.beside; r.lost && last.Unit == lawtext.Row && b != nil && len(b.quotes) == 1 && len(b.refs) == 0 { // za riadok „x“
		b.refs, b.quotes = []lawcite.Ref{{Steps: []lawcite.Step{{Unit: lawtext.Row, Numbers: []lawcite.Range{{From: b.quotes[0]}}}}}}, nil
	}
	nums, ok := r.lex.spread(last)
	if !ok {
		return c, refuse(amend.Unsupported, "a range of numbers that cannot be counted out")
	}
	last.Numbers = nums
	var payload string
	var notes []amend.Op
	if q.quote != "" { // else it is an annex that was left out of the copy
		if payload, notes, ref = r.payload(q, []lawcite.Ref{{Steps: []lawcite.Step{last}}}); ref != nil {
			return c, ref
		}
	}
	op := amend.Op{Verb: amend.Insert, New: at([]lawcite.Step{last}).Steps[0], Payload: payload}
	if d := depth(last.Unit); d < 0 && last.Unit != lawtext.Annex {
		op.New.Numbers = asPrinted(nums, payload)
		op.Also = lawcite.Step{Unit: lawtext.Article} // a division comes with its articles
	}
	switch {
	case q.beside != nil:
		b := q.beside
		if len(b.refs) != 1 || b.role == isAbove || len(b.quotes) > 0 {
			return c, bad
		}
		steps := under(in, b.refs[0].Steps)
		first := last.Unit == lawtext.Article && b.role == isBehind && b.under && steps[len(steps)-1].Unit == lawcite.Heading
		if steps[len(steps)-1].Unit != last.Unit && !first || b.under != first {
			return c, refuse(amend.Unsupported, "a provision beside one of another kind")
		}
		op.At, op.Place, op.Old = at(steps), amend.After, b.old
		if b.role == isBefore {
			op.Place = amend.Before
		}
		if q.group != "" {
			op.Payload = "#### " + strings.TrimLeft(r.plain(q.group), "# ") + "\n\n" + payload
		}
		if !first && grouped(last.Unit, op.Payload) {
			op.Verb = amend.Append
		}
		c.last = append(above(steps, depth(last.Unit)), last)
	default:
		steps := above(in, depth(last.Unit))
		if q.end != nil && len(q.end.refs) == 1 {
			steps = above(under(in, q.end.refs[0].Steps), depth(last.Unit))
		}
		if len(steps) == 0 && last.Unit != lawtext.Article && last.Unit != lawtext.Annex {
			return c, refuse(amend.Unsupported, "a new "+string(last.Unit)+" of the act")
		}
		op.At, op.Place = at(steps), amend.Anywhere
		c.last = append(steps[:len(steps):len(steps)], last)
	}
	c.ops = append([]amend.Op{op}, notes...)
	return c, nil
}

// nums are the numbers of what comes.
func nums(p *phrase) []lawcite.Range {
	return p.refs[0].Steps[len(p.refs[0].Steps)-1].Numbers
}

// asPrinted is the number of a division as its head has it: "hlava třetí" may be
// HLAVA III.
func asPrinted(nums []lawcite.Range, payload string) []lawcite.Range {
	head, _, _ := strings.Cut(payload, "\n")
	words := strings.Fields(head)
	if len(nums) != 1 || len(words) < 2 || !isRoman(words[len(words)-1]) || itoa(roman(words[len(words)-1])) != nums[0].From {
		return nums
	}
	return []lawcite.Range{{From: words[len(words)-1]}}
}

// roman is the value of a Roman number of capitals.
func roman(s string) int {
	value := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	n := 0
	for i := range len(s) {
		if v := value[s[i]]; i+1 < len(s) && v < value[s[i+1]] {
			n -= v
		} else {
			n += v
		}
	}
	return n
}

// comes tells the new provision of a clause from the one that gets it: "§ 3 sa
// dopĺňa odsekom 4", "v § 3 sa dopĺňa odsek 4".
func (r *reading) comes(q *parts) (fresh, host *phrase, _ *amend.Refusal) {
	bad := refuse(amend.NoPattern, r.text)
	switch {
	case len(q.by) == 1 && len(q.subject) <= 1:
		fresh = &q.by[0]
		if len(q.subject) == 1 {
			host = &q.subject[0]
		}
	case len(q.by) == 0 && len(q.subject) == 1:
		fresh = &q.subject[0]
	default:
		return nil, nil, bad
	}
	if fresh.role != isUnit || fresh.above {
		return nil, nil, bad
	}
	return fresh, host, nil
}

// addSentence reads "na konci sa pripája táto veta: „…“".
func (r *reading) addSentence(q *parts, in []lawcite.Step, fresh lawcite.Step) (clause, *amend.Refusal) {
	var c clause
	op := amend.Op{Verb: amend.Insert, New: lawcite.Step{Unit: lawcite.Sentence}, Payload: r.plain(flat(q.quote))}
	switch b := q.beside; {
	case b != nil && len(b.refs) == 1 && q.end == nil && b.role != isAbove:
		steps := under(in, b.refs[0].Steps)
		if steps[len(steps)-1].Unit != lawcite.Sentence {
			return c, refuse(amend.NoPattern, r.text)
		}
		op.At, op.Place = at(steps), amend.After
		if b.role == isBefore {
			op.Place = amend.Before
		}
		c.last = steps[:len(steps)-1]
	case b != nil:
		return c, refuse(amend.NoPattern, r.text)
	default:
		steps := in
		if q.end != nil && q.end.role == isStart {
			if len(q.end.refs) == 1 {
				steps = under(in, q.end.refs[0].Steps)
			}
			if len(steps) == 0 || steps[len(steps)-1].Unit == lawcite.Sentence {
				return c, refuse(amend.NoTarget, r.text)
			}
			c.last = steps
			first := append(steps[:len(steps):len(steps)], lawcite.Step{Unit: lawcite.Sentence, Numbers: []lawcite.Range{{From: "1"}}})
			op.At, op.Place = at(first), amend.Before
			c.ops = []amend.Op{op}
			return c, nil
		}
		if q.end != nil && len(q.end.refs) == 1 {
			steps = under(in, q.end.refs[0].Steps)
		}
		for len(steps) > 0 && (steps[len(steps)-1].Unit == lawcite.Sentence || steps[len(steps)-1].Unit == lawcite.Intro) {
			if !q.said || q.end == nil {
				steps = steps[:len(steps)-1]
				continue
			}
			return c, refuse(amend.Unsupported, "a sentence at the end of a sentence")
		}
		if len(steps) == 0 {
			return c, refuse(amend.NoTarget, r.text)
		}
		op.At, op.Place = at(steps), amend.AtEnd
		c.last = steps
	}
	c.ops = []amend.Op{op}
	return c, nil
}

// addWords reads "za slová „x“ sa vkladajú slová „y“" and "na konci sa
// pripájajú slová „y“".
func (r *reading) addWords(q *parts) (clause, *amend.Refusal) {
	var c clause
	bad := refuse(amend.NoPattern, r.text)
	var in [][]lawcite.Step = q.in
	with := ""
	for i, w := range q.pairs {
		if w.by != nil || len(w.what) != 1 || i+1 < len(q.pairs) && !w.bare {
			return c, bad
		}
		with = r.join(with, w.what[0])
	}
	for _, w := range q.by { // odsek 1 sa dopĺňa slovami „y“
		if w.role != isWords || len(w.quotes) != 1 {
			return c, bad
		}
		with = r.join(with, w.quotes[0])
	}
	if len(q.subject) > 1 || q.quote != "" || with == "" || len(q.subject) == 1 && (unitOf(q.subject[0]) == lawcite.Heading || q.said && q.subject[0].refs[0].Steps[0].Unit == lawtext.Article) {
		return c, bad
	}
	if len(q.subject) == 1 {
		var next [][]lawcite.Step
		for _, a := range in {
			for _, b := range q.subject[0].refs {
				next = append(next, under(a, b.Steps))
			}
		}
		in, q.old = next, q.old || q.subject[0].old
	}
	if q.end != nil && len(q.end.refs) > 0 {
		var next [][]lawcite.Step
		for _, a := range in {
			for _, b := range q.end.refs {
				next = append(next, under(a, b.Steps))
			}
		}
		in = next
	}
	switch {
	case q.beside != nil && (q.end == nil || q.end.role == isStart):
		if len(q.beside.quotes) == 0 || q.beside.role == isAbove || q.end != nil && len(q.end.refs) == 0 {
			return c, bad
		}
	case q.end != nil && q.beside == nil:
		if q.end.role == isStart {
			return c, refuse(amend.Unsupported, "words at the beginning")
		}
	case q.beside == nil && q.end == nil && (len(q.subject) == 1 || q.verb == adds):
	default:
		return c, bad
	}
	for _, steps := range in {
		if q.all {
			steps = nil
		} else if len(steps) == 0 {
			return c, refuse(amend.NoTarget, r.text)
		}
		c.last = steps
		if q.beside == nil {
			if q.all || q.forms {
				return c, bad
			}
			c.ops = append(c.ops, amend.Op{Verb: amend.TextInsert, At: at(steps), Place: amend.AtEnd, Bare: q.end != nil && len(q.end.refs) == 0, Inside: true, With: r.plain(with), Old: q.old})
			continue
		}
		for _, anchor := range q.beside.quotes {
			op := amend.Op{Verb: amend.TextInsert, At: at(steps), Place: amend.After, Anchor: r.plain(anchor), With: r.plain(with), Old: q.old, All: q.every || q.forms || q.all, Cascade: q.forms}
			if q.beside.role == isBefore {
				op.Place = amend.Before
			}
			c.ops = append(c.ops, op)
		}
	}
	return c, nil
}

// addMark reads "nad slovo „x“ sa umiestňuje odkaz 16a": the mark of a footnote
// behind a word.
func (r *reading) addMark(q *parts) (clause, *amend.Refusal) {
	var c clause
	if q.beside == nil || q.beside.role != isAbove || len(q.beside.quotes) != 1 || q.quote != "" || q.end != nil || len(q.subject)+len(q.by)+len(q.pairs)+len(q.notes) > 0 || len(q.mark.refs) != 1 {
		return c, refuse(amend.Unsupported, "the mark of a footnote")
	}
	nums, ok := r.lex.spread(q.mark.refs[0].Steps[0])
	if !ok || len(nums) != 1 {
		return c, refuse(amend.Unsupported, "several marks of footnotes")
	}
	for _, steps := range q.in {
		if len(steps) == 0 {
			return c, refuse(amend.NoTarget, r.text)
		}
		c.ops, c.last = append(c.ops, amend.Op{Verb: amend.TextInsert, At: at(steps), Place: amend.After, Anchor: r.plain(q.beside.quotes[0]), With: r.lex.notes + nums[0].From + ")"}), steps
	}
	return c, nil
}

func digitsOf(num string) int { n, _ := digits(num); return n }

// join puts words behind a sign that was named: "čiarka a slová „x“".
func (r *reading) join(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// noteOps makes the operations on footnotes, each with its text.
func (r *reading) noteOps(q *parts, v amend.Verb) (clause, *amend.Refusal) {
	var c clause
	var steps []lawcite.Step
	for _, n := range q.notes {
		for _, ref := range n.refs {
			steps = append(steps, ref.Steps...)
		}
	}
	if v == amend.Delete {
		marks := false
		for _, w := range q.with {
			marks = marks || w.marks
		}
		for _, s := range steps {
			if nums, ok := r.lex.spread(s); ok && q.said && r.lex.notes != "" { // v § 4 se poznámka pod čarou č. 5 zrušuje
				for _, in := range q.in {
					for _, n := range nums {
						c.ops = append(c.ops, amend.Op{Verb: amend.TextDelete, At: at(in), Text: r.lex.notes + n.From + ")"})
					}
				}
			}
			c.ops = append(c.ops, amend.Op{Verb: v, At: lawcite.Ref{Steps: []lawcite.Step{s}}, All: marks})
		}
		return c, nil
	}
	if q.quote == "" {
		return c, refuse(amend.NoPayload, r.text)
	}
	if num, _, ok := strings.Cut(strings.TrimPrefix(flat(q.quote), "^"), ")"); !ok || len(num) > 5 || digitsOf(num) == 0 {
		return c, refuse(amend.BadPayload, first(q.quote))
	}
	for _, s := range steps {
		c.ops = append(c.ops, amend.Op{Verb: v, At: lawcite.Ref{Steps: []lawcite.Step{s}}, Payload: r.plain(q.quote)})
	}
	return c, nil
}
