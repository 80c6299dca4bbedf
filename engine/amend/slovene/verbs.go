package slovene

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// textOp makes the operations on a text, one for each target.
func (q *parts) textOp(c *clause, op amend.Op) *amend.Refusal {
	if q.beside != nil && q.beside.isText {
		op.Anchor, op.Place = q.beside.text, q.beside.place
	} else if q.beside != nil {
		// "za šestnajsto alinejo pika nadomesti s podpičjem": at the end of it.
		if !isSign(op.Text) || q.beside.place != amend.After || len(q.targets) != 1 {
			return refuse(amend.NoPattern, *q.beside)
		}
		r, ok := join(q.targets[0], q.beside.ref)
		if !ok {
			return refuse(amend.NoTarget, *q.beside)
		}
		q.targets[0], op.Place = r, amend.AtEnd
		c.then.ref = r
	}
	if q.end {
		if op.Place != amend.Anywhere && op.Place != amend.AtEnd && (op.Place != amend.Before || op.Anchor != ".") {
			return refuse(amend.NoPattern, q.verb)
		}
		if op.Place != amend.Before {
			op.Place = amend.AtEnd
		}
	}
	op.All, op.Times = q.all, q.times
	op.Old = q.old
	for _, t := range q.targets {
		if !numbered(t) {
			return refuse(amend.NoTarget, q.verb)
		}
		op.At = t
		c.ops = append(c.ops, op)
	}
	return nil
}

// deletes reads "se črta".
func (q *parts) deletes(c *clause) *amend.Refusal {
	if len(q.subjects) == 0 || len(q.using) > 0 || q.says {
		return refuse(amend.NoPattern, q.verb)
	}
	if q.subjects[0].isText {
		if len(q.subjects) == 2 && !isSign(q.subjects[0].text) {
			for _, s := range q.subjects { // "besedi »x« in »y« se črtata"
				if !s.isText {
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
	if q.beside != nil || q.end || q.all || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	at := q.targets[0]
	for _, s := range q.subjects {
		if !s.step || s.fresh || s.bodyOf || s.becomes != nil || s.isText {
			return refuse(amend.NoPattern, s)
		}
		r, ok := join(at, s.ref)
		if !ok || !numbered(r) && r.Steps[len(r.Steps)-1].Unit != lawcite.Heading {
			return refuse(amend.NoTarget, s)
		}
		if n := len(c.ops); n > 0 && c.ops[n-1].At.Steps[len(c.ops[n-1].At.Steps)-1].Unit == lawcite.Heading && len(s.ref.Steps[0].Numbers) == 0 {
			c.ops[n-1] = amend.Op{Verb: amend.Delete, At: up(c.ops[n-1].At), Heading: true} // "naslov in člen se črtata"
			continue
		}
		c.ops = append(c.ops, amend.Op{Verb: amend.Delete, At: r, Old: q.old || s.former})
		at = r
	}
	c.then.ref = up(at)
	return nil
}

// substitutes reads "se nadomesti z".
func (q *parts) substitutes(c *clause) *amend.Refusal {
	if len(q.subjects) == 0 || len(q.using) == 0 || q.says {
		return refuse(amend.NoPattern, q.verb)
	}
	old, ref := texts(q.subjects)
	if ref != nil {
		return ref
	}
	with, ref := texts(q.using)
	if ref != nil {
		return ref
	}
	return q.textOp(c, amend.Op{Verb: amend.TextReplace, Text: old, With: with})
}

// adds reads "se doda".
func (q *parts) adds(c *clause) *amend.Refusal {
	if len(q.subjects) == 0 || len(q.using) > 0 {
		return refuse(amend.NoPattern, q.verb)
	}
	if s := q.subjects[0]; s.isText {
		if q.says {
			return refuse(amend.NoPattern, q.verb)
		}
		if q.beside != nil && !q.beside.isText {
			return q.addsSentence(c)
		}
		text, ref := texts(q.subjects)
		if ref != nil {
			return ref
		}
		return q.textOp(c, amend.Op{Verb: amend.TextInsert, With: text})
	}
	if q.all || len(q.targets) != 1 || !q.says {
		return refuse(amend.NoPattern, q.verb)
	}
	op := amend.Op{Verb: amend.Insert, Old: q.old}
	if q.payload != nil {
		op.Payload = *q.payload
	}
	for i, s := range q.subjects {
		if !s.step || s.isText || s.bodyOf || s.becomes != nil || len(s.ref.Steps) != 1 || i > 1 {
			return refuse(amend.NoPattern, s)
		}
		if s.ref.Steps[0].Unit == lawcite.Heading && len(q.subjects) == 2 && i == 0 {
			op.Heading = true
			continue
		}
		if i == 1 && !op.Heading {
			return refuse(amend.NoPattern, s)
		}
		op.New = s.ref.Steps[0]
	}
	return q.insertion(c, op)
}

// addsSentence reads "za prvim stavkom se doda besedilo »Panj je dom.«".
func (q *parts) addsSentence(c *clause) *amend.Refusal {
	s, b := q.subjects[0], q.beside
	if len(q.subjects) != 1 || len(q.targets) != 1 || b.bodyOf || lastUnit(b.ref) != lawcite.Sentence || q.end || q.all ||
		!startsUpper(s.text) || !strings.HasSuffix(s.text, ".") {
		return refuse(amend.NoPattern, *b)
	}
	r, ok := join(q.targets[0], b.ref)
	if !ok || !numbered(r) {
		return refuse(amend.NoTarget, *b)
	}
	c.ops = append(c.ops, amend.Op{Verb: amend.Insert, At: r, Old: q.old || b.former, New: lawcite.Step{Unit: lawcite.Sentence}, Place: b.place, Payload: s.text})
	c.then.ref = up(r)
	return nil
}

// insertion says where a new unit goes.
func (q *parts) insertion(c *clause, op amend.Op) *amend.Refusal {
	d := depth(op.New.Unit)
	if d == 0 || op.New.Unit == lawcite.Intro || op.New.Unit == lawcite.Heading {
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
	case b != nil && (b.isText || q.end):
		return refuse(amend.NoPattern, *b)
	case b != nil && b.bodyOf:
		r, ok := join(q.targets[0], b.ref)
		if !ok || b.becomes == nil || !b.wraps || !numbered(r) {
			return refuse(amend.NoPattern, *b)
		}
		q.becomes = append(q.becomes, amend.Op{Verb: amend.Wrap, At: r, Old: true, New: *b.becomes})
		op.At, host = r, r
	case b != nil:
		r, ok := join(q.targets[0], b.ref)
		if !ok || !numbered(r) || r.Steps[len(r.Steps)-1].Unit != op.New.Unit {
			return refuse(amend.NoTarget, *b)
		}
		q.note(r, *b)
		op.At, op.Place, op.Old = r, b.place, op.Old || b.former || b.becomes != nil
		host = up(r)
	default:
		if op.At = host; q.end || op.New.Unit == lawcite.Sentence && len(op.New.Numbers) == 0 {
			op.Place = amend.AtEnd
		}
		if !numbered(host) && op.New.Unit != lawtext.Article {
			return refuse(amend.NoTarget, q.subjects[0])
		}
	}
	if t := q.targets[0]; len(op.New.Numbers) == 0 && op.New.Unit == lawtext.Indent && q.beside == nil && numbered(t) && lastUnit(t) == lawtext.Indent {
		op.At, op.Place = t, amend.After // "v zadnji alineji se pika nadomesti z vejico in doda nova alineja"
	} else if len(op.New.Numbers) == 0 && op.New.Unit != lawcite.Sentence {
		return refuse(amend.NoPattern, q.subjects[0])
	}
	c.ops = append(c.ops, op)
	c.then.ref = host
	return nil
}

// changes reads "se spremeni tako, da se glasi".
func (q *parts) changes(c *clause) *amend.Refusal {
	if len(q.subjects) != 1 || !q.says || len(q.using) > 0 || q.beside != nil || q.end || q.all || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	s := q.subjects[0]
	if !s.step || s.isText || s.fresh {
		return refuse(amend.NoPattern, s)
	}
	r, ok := join(q.targets[0], s.ref)
	if !ok || !numbered(r) {
		return refuse(amend.NoTarget, s)
	}
	op := amend.Op{Verb: amend.Replace, At: r, Old: q.old || s.former || s.becomes != nil}
	if s.bodyOf {
		op.Verb = amend.ReplaceBody
	}
	if q.payload != nil {
		op.Payload = *q.payload
	}
	if s.becomes != nil {
		if s.wraps {
			return refuse(amend.NoPattern, s)
		}
		op.New = *s.becomes
		q.note(r, s)
	}
	c.ops = append(c.ops, op)
	if c.then.ref = up(r); s.bodyOf || r.Steps[len(r.Steps)-1].Unit == lawcite.Heading {
		c.then.ref = r
	}
	return nil
}

// becomesOps reads "Dosedanji tretji odstavek postane četrti odstavek."
func (q *parts) becomesOps(c *clause) *amend.Refusal {
	if len(q.subjects) != 2 || len(q.using) > 0 || q.says || q.beside != nil || q.end || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	from, to := q.subjects[0], q.subjects[1]
	if from.bodyOf && to.bodyOf && len(to.ref.Steps) == 1 && to.ref.Steps[0].Unit == lawtext.Article {
		r, ok := join(q.targets[0], from.ref)
		if !ok || !numbered(r) || len(to.ref.Steps[0].Numbers) > 0 || len(r.Steps) != 2 {
			return refuse(amend.NoTarget, from)
		}
		c.ops = append(c.ops, amend.Op{Verb: amend.Unwrap, At: r, Old: true})
		c.then.ref = up(r)
		return nil
	}
	if from.isText || to.isText || from.bodyOf || to.bodyOf || to.former || !from.former || len(to.ref.Steps) != 1 {
		return refuse(amend.NoPattern, from)
	}
	r, ok := join(q.targets[0], from.ref)
	if !ok || !numbered(r) || to.ref.Steps[0].Unit != r.Steps[len(r.Steps)-1].Unit {
		return refuse(amend.NoTarget, from)
	}
	if from.count() != to.count() || q.verb.verb.count != from.count() && len(r.Steps[len(r.Steps)-1].Numbers) < 3 {
		return refuse(amend.NoPattern, to)
	}
	c.ops = append(c.ops, amend.Op{Verb: amend.Renumber, At: r, Old: true, New: to.ref.Steps[0]})
	c.then.ref = up(r)
	return nil
}

// stretched reports whether a clause is about a text that stands outside of
// articles.
func (q *parts) stretched() bool {
	if len(q.subjects) != 1 || !q.subjects[0].stretch || len(q.targets) != 1 || len(q.targets[0].Steps) > 0 {
		return false
	}
	s := q.subjects[0]
	if s.bodyOf {
		return q.beside == nil && !q.end
	}
	return q.endOfAct && q.beside == nil || !q.end && q.beside != nil && !q.beside.isText && !q.beside.bodyOf &&
		len(q.beside.ref.Steps) == 1 && lastUnit(q.beside.ref) == lawtext.Article
}

// stretches reads what is done with a text outside of articles.
func (q *parts) stretches(c *clause) *amend.Refusal {
	s := q.subjects[0]
	op := amend.Op{Verb: amend.Restate, At: s.ref, Place: s.place}
	if q.payload != nil {
		op.Payload = *q.payload
	}
	switch {
	case len(q.using) > 0 || q.all || q.times > 0 || s.fresh || s.former || len(q.becomes) > 0:
		return refuse(amend.NoPattern, q.verb)
	case s.bodyOf && c.verb == "spremeni" && q.says:
	case s.bodyOf && c.verb == "črta" && !q.says && len(s.ref.Steps) > 0:
		op.Verb = amend.Erase
	case !s.bodyOf && c.verb == "doda" && q.says && q.endOfAct:
		op.Verb, op.Place, op.At = amend.Append, amend.AtEnd, lawcite.Ref{}
	case !s.bodyOf && c.verb == "doda" && q.says && !q.beside.former && q.beside.becomes == nil && numbered(q.beside.ref):
		op.Verb, op.Place, op.At = amend.Append, q.beside.place, q.beside.ref
	default:
		return refuse(amend.NoPattern, q.verb)
	}
	c.ops = append(c.ops, op)
	return nil
}
