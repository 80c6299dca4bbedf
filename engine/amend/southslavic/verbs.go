package southslavic

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// textOp makes the operations on a text, one for each target.
func (q *parts) textOp(c *clause, op amend.Op) *amend.Refusal {
	if b := q.beside; b != nil {
		if b.text == "" {
			return refuse(amend.NoPattern, *b)
		}
		op.Anchor, op.Place = b.text, b.place
	}
	if q.above {
		return refuse(amend.NoPattern, q.verb)
	}
	if q.end {
		if op.Place != amend.Anywhere && (op.Place != amend.Before || op.Anchor != ".") {
			return refuse(amend.NoPattern, q.verb)
		}
		if op.Place != amend.Before {
			op.Place = amend.AtEnd
		}
	}
	if isSign(op.Text) && op.Place == amend.Anywhere {
		return refuse(amend.NoTarget, q.verb) // which full stop is not said
	}
	op.All, op.Times, op.Old, op.Cascade = q.all, q.times, q.old, q.cascade
	for _, t := range q.targets {
		if len(t.Steps) == 0 && q.whole {
			op.At, op.All = t, true
			c.ops = append(c.ops, op)
			c.then.ref = t
			continue
		}
		if !numbered(t) {
			return refuse(amend.NoTarget, q.verb)
		}
		if lastUnit(t) == division || lastUnit(t) == lawtext.Annex || t.Steps[0].Unit != lawtext.Article {
			return refuse(amend.Unsupported, q.verb)
		}
		op.At = t
		c.ops = append(c.ops, op)
	}
	return nil
}

// deletes reads "briše se".
func (q *parts) deletes(c *clause) *amend.Refusal {
	if len(q.subjects) == 0 || len(q.using) > 0 || q.says || q.payload != nil {
		return refuse(amend.NoPattern, q.verb)
	}
	if q.subjects[0].what == isText {
		if len(q.subjects) == 2 && !q.subjects[0].sign {
			for _, s := range q.subjects { // "reči: „x” i „y” brišu se"
				if s.what != isText {
					return refuse(amend.NoPattern, s)
				}
				if ref := q.textOp(c, amend.Op{Verb: amend.TextDelete, Text: s.text}); ref != nil {
					return ref
				}
			}
			return nil
		}
		text, ref := texts(q.subjects)
		if ref != nil {
			return ref
		}
		return q.textOp(c, amend.Op{Verb: amend.TextDelete, Text: text})
	}
	if q.beside != nil || q.end || q.all || q.times > 0 || q.cascade || q.whole || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	at := q.targets[0]
	headed := false // "naziv iznad člana 24. i član 24. brišu se"
	for _, s := range q.subjects {
		if s.what != isUnit || s.fresh || s.body || s.becomes != nil {
			return refuse(amend.NoPattern, s)
		}
		r, ok := join(at, s.ref)
		if !ok || !numbered(r) {
			return refuse(amend.NoTarget, s)
		}
		if unwritten(r) {
			return refuse(amend.Unsupported, s)
		}
		if n := len(c.ops); headed && lastUnit(r) == lawtext.Article && sameRef(up(c.ops[n-1].At), r) {
			c.ops = c.ops[:n-1]
		} else if headed = lastUnit(r) == lawcite.Heading; headed && len(c.ops) > 0 && sameRef(up(r), c.ops[len(c.ops)-1].At) {
			c.ops[len(c.ops)-1].Heading = true // "član 24. i naziv iznad njega brišu se"
			headed = false
			continue
		} else {
			headed = lastUnit(r) == lawcite.Heading
			c.ops = append(c.ops, amend.Op{Verb: amend.Delete, At: r, Old: q.old || s.former})
			at = r
			continue
		}
		c.ops = append(c.ops, amend.Op{Verb: amend.Delete, At: r, Old: q.old || s.former, Heading: true})
		headed, at = false, r
	}
	c.then.ref = up(at)
	return nil
}

// unwritten reports whether trees do not have a unit: what is done with it is
// left for a person.
func unwritten(r lawcite.Ref) bool {
	for _, s := range r.Steps {
		if s.Unit == division || s.Unit == lawtext.Annex {
			return true
		}
	}
	return false
}

// substitutes reads "zamenjuju se rečima".
func (q *parts) substitutes(c *clause) *amend.Refusal {
	if len(q.subjects) == 0 || len(q.using) == 0 || q.says || q.payload != nil {
		return refuse(amend.NoPattern, q.verb)
	}
	with, ref := texts(q.using)
	if ref != nil {
		return ref
	}
	if len(q.subjects) == 2 && q.subjects[0].what == isText && !q.subjects[0].sign && !q.subjects[1].sign && q.subjects[1].what == isText {
		for _, s := range q.subjects { // "reči: „x” i „y” zamenjuju se rečju: „z”"
			if ref := q.textOp(c, amend.Op{Verb: amend.TextReplace, Text: s.text, With: with}); ref != nil {
				return ref
			}
		}
		return nil
	}
	old, ref := texts(q.subjects)
	if ref != nil {
		return ref
	}
	return q.textOp(c, amend.Op{Verb: amend.TextReplace, Text: old, With: with})
}

// adds reads "dodaje se", and "umesto tačke stavlja se zapeta".
func (q *parts) adds(c *clause) *amend.Refusal {
	if len(q.subjects) == 0 || len(q.using) > 0 {
		return refuse(amend.NoPattern, q.verb)
	}
	if s := q.subjects[0]; s.what == isText {
		if q.says || q.payload != nil {
			return refuse(amend.NoPattern, q.verb)
		}
		text, ref := texts(q.subjects)
		if ref != nil {
			return ref
		}
		if q.instead != nil {
			return q.textOp(c, amend.Op{Verb: amend.TextReplace, Text: q.instead.text, With: text})
		}
		return q.textOp(c, amend.Op{Verb: amend.TextInsert, With: text})
	}
	if q.verb.verb.verb != "add" || q.instead != nil || q.all || q.times > 0 || q.cascade || q.whole || len(q.targets) != 1 || !q.says {
		return refuse(amend.NoPattern, q.verb)
	}
	op := amend.Op{Verb: amend.Insert, Old: q.old}
	if q.payload != nil {
		op.Payload = *q.payload
	}
	for _, s := range q.subjects {
		switch {
		case s.what != isUnit || s.body || s.becomes != nil || s.former || len(s.ref.Steps) != 1:
			return refuse(amend.NoPattern, s)
		case s.ref.Steps[0].Unit == lawcite.Heading && op.New.Unit != "" && len(s.ref.Steps) == 1:
			op.Heading = true // "dodaju se članak 8.a i naslov iznad njega"
		case op.New.Unit == "":
			op.New = s.ref.Steps[0]
		case op.New.Unit == lawcite.Heading:
			op.Heading, op.New = true, s.ref.Steps[0]
		case op.New.Unit == s.ref.Steps[0].Unit && len(op.New.Numbers) > 0 && len(s.ref.Steps[0].Numbers) > 0:
			op.New.Numbers = append(op.New.Numbers[:len(op.New.Numbers):len(op.New.Numbers)], s.ref.Steps[0].Numbers...)
		default:
			return refuse(amend.NoPattern, s)
		}
	}
	return q.insertion(c, op)
}

// insertion says where a new unit goes.
func (q *parts) insertion(c *clause, op amend.Op) *amend.Refusal {
	unit := op.New.Unit
	if q.above {
		if unit != lawcite.Heading || q.beside != nil || q.end || !numbered(q.targets[0]) {
			return refuse(amend.NoPattern, q.verb)
		}
		op.At, op.Place = q.targets[0], amend.Before
		c.ops = append(c.ops, op)
		return nil
	}
	d := depth(unit)
	if d == 0 || unit == lawcite.Intro || unit == lawcite.Heading || unit == division || unit == lawtext.Annex {
		return refuse(amend.Unsupported, q.subjects[0])
	}
	host := lawcite.Ref{}
	for _, s := range q.targets[0].Steps {
		if depth(s.Unit) >= d {
			break
		}
		host.Steps = append(host.Steps, s)
	}
	switch b := q.beside; {
	case b != nil && (b.text != "" || q.end):
		return refuse(amend.NoPattern, *b)
	case b != nil:
		r, ok := join(q.targets[0], b.ref)
		if !ok || !numbered(r) || lastUnit(r) != unit {
			return refuse(amend.NoTarget, *b)
		}
		q.note(r, *b)
		op.At, op.Place, op.Old = r, b.place, op.Old || b.former || b.becomes != nil
		host = up(r)
	default:
		if op.At = host; unit == lawcite.Sentence && len(op.New.Numbers) == 0 {
			op.Place = amend.AtEnd
		}
		if !numbered(host) && unit != lawtext.Article {
			return refuse(amend.NoTarget, q.subjects[0])
		}
		if q.own && !q.end && lastUnit(q.targets[0]) == unit {
			return refuse(amend.NoPattern, q.subjects[0]) // a unit in one of its kind: "after" has been lost
		}
	}
	if len(op.New.Numbers) == 0 && unit != lawcite.Sentence {
		if ref := q.imply(&op); ref != nil {
			return ref
		}
	}
	c.ops = append(c.ops, op)
	c.then.ref = host
	return nil
}

// imply gives a new unit that is named without a number the one after that
// beside which it goes, or puts it last: "dodaje se novi stav".
func (q *parts) imply(op *amend.Op) *amend.Refusal {
	s, unit := q.subjects[0], op.New.Unit
	if !s.fresh && unit != lawtext.Indent || unit != lawtext.Paragraph && unit != lawtext.Indent || s.forms&nomSg == 0 {
		return refuse(amend.NoTarget, s)
	}
	if q.beside == nil {
		last := lawcite.Step{Unit: unit, Numbers: []lawcite.Range{{From: lawcite.Last}}}
		op.At.Steps = append(op.At.Steps[:len(op.At.Steps):len(op.At.Steps)], last)
		op.Place = amend.After
		return nil
	}
	nums := op.At.Steps[len(op.At.Steps)-1].Numbers
	n, err := strconv.Atoi(nums[0].From)
	if err != nil || len(nums) != 1 || nums[0].To != "" || op.Place != amend.After || n < 1 {
		return refuse(amend.NoTarget, s)
	}
	op.New.Numbers = []lawcite.Range{{From: strconv.Itoa(n + 1)}}
	return nil
}

// changes reads "menja se i glasi".
func (q *parts) changes(c *clause) *amend.Refusal {
	n := len(q.subjects)
	if n == 0 || n > 2 || !q.says || len(q.using) > 0 || q.beside != nil || q.end || q.all || q.times > 0 || q.cascade || q.whole || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	s, at := q.subjects[0], q.targets[0]
	op := amend.Op{Verb: amend.Replace}
	if n == 2 { // "naslov člana i član 325. mijenjaju se", "članak 5. i naslov iznad njega"
		a, b := lastUnit(q.subjects[0].ref), lastUnit(q.subjects[1].ref)
		switch {
		case a == lawcite.Heading && b == lawtext.Article:
			s = q.subjects[1]
			if len(q.subjects[0].ref.Steps) > 1 && !sameRef(up(q.subjects[0].ref), s.ref) {
				return refuse(amend.NoPattern, s)
			}
		case a == lawtext.Article && b == lawcite.Heading:
			if len(q.subjects[1].ref.Steps) > 1 && !sameRef(up(q.subjects[1].ref), s.ref) {
				return refuse(amend.NoPattern, s)
			}
		default:
			return refuse(amend.NoPattern, q.subjects[1])
		}
		op.Heading = true
	}
	if s.what != isUnit || s.fresh {
		return refuse(amend.NoPattern, s)
	}
	r, ok := join(at, s.ref)
	if !ok || !numbered(r) {
		return refuse(amend.NoTarget, s)
	}
	if unwritten(r) {
		return refuse(amend.Unsupported, s)
	}
	op.At, op.Old = r, q.old || s.former || s.becomes != nil
	if s.body {
		op.Verb = amend.ReplaceBody
	}
	if q.payload != nil {
		op.Payload = *q.payload
	}
	if s.becomes != nil {
		op.New = *s.becomes
		q.note(r, s)
	}
	c.ops = append(c.ops, op)
	if c.then.ref = up(r); s.body || lastUnit(r) == lawcite.Heading {
		c.then.ref = r
	}
	return nil
}

// becomesOps reads "dosadašnji stav 3. postaje stav 4" and "dosadašnji tekst
// člana 5. postaje stav 1".
func (q *parts) becomesOps(c *clause) *amend.Refusal {
	if len(q.subjects) != 2 || len(q.using) > 0 || q.says || q.beside != nil || q.end || q.above || q.cascade || q.whole || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	from, to := q.subjects[0], q.subjects[1]
	if from.what != isUnit || to.what != isUnit || to.body || to.former || to.fresh || from.fresh || len(to.ref.Steps) != 1 || !numbered(to.ref) {
		return refuse(amend.NoPattern, from)
	}
	new := to.ref.Steps[0]
	if from.body {
		r := from.ref
		if !numbered(r) {
			r = upTo1(q.targets[0])
		}
		if len(r.Steps) != 1 || r.Steps[0].Unit != lawtext.Article || !numbered(r) || new.Unit != lawtext.Paragraph || len(new.Numbers) != 1 {
			return refuse(amend.NoTarget, from)
		}
		c.ops = append(c.ops, amend.Op{Verb: amend.Wrap, At: r, Old: true, New: new})
		c.then.ref = r
		return nil
	}
	r, ok := join(q.targets[0], from.ref)
	if !ok || !numbered(r) || new.Unit != lastUnit(r) {
		return refuse(amend.NoTarget, from)
	}
	if unwritten(r) {
		return refuse(amend.Unsupported, from)
	}
	if from.count() != to.count() {
		return refuse(amend.NoPattern, to)
	}
	c.ops = append(c.ops, amend.Op{Verb: amend.Renumber, At: r, Old: true, New: new})
	c.then.ref = up(r)
	return nil
}

// upTo1 is the article of a reference.
func upTo1(r lawcite.Ref) lawcite.Ref {
	if len(r.Steps) > 1 {
		r.Steps = r.Steps[:1:1]
	}
	return r
}

// spell writes the units of the grammar as trees have them, and counts out
// lettered ranges, whose order is that of the alphabet of the act.
func spell(op *amend.Op, alphabet string) bool {
	ok := true
	steps := make([]lawcite.Step, len(op.At.Steps))
	for i, s := range op.At.Steps {
		steps[i] = s
		if s.Unit == subpoint {
			steps[i].Unit = lawtext.Point
		}
	}
	op.At.Steps = steps
	if len(steps) == 0 {
		op.At.Steps = nil
	}
	if op.New.Unit == subpoint {
		op.New.Unit = lawtext.Point
	}
	var nums []lawcite.Range
	for _, n := range op.New.Numbers {
		if n.To == "" {
			nums = append(nums, n)
			continue
		}
		base, from := cutDigits(n.From)
		same, to := cutDigits(n.To)
		if from == "" && to == "" {
			nums = append(nums, n)
			continue
		}
		a, b := strings.Index(alphabet, from), strings.Index(alphabet, to)
		if base != same || from == "" || to == "" || a < 0 || b <= a || len(from) != 1 || len(to) != 1 {
			ok = false
			continue
		}
		for _, l := range alphabet[a : b+1] {
			nums = append(nums, lawcite.Range{From: base + string(l)})
		}
	}
	op.New.Numbers = nums
	return ok
}

func cutDigits(s string) (string, string) {
	k := digits(s, 0)
	return s[:k], s[k:]
}
