package czechoslovak

import (
	"slices"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// delete reads "slová „x“ sa vypúšťajú" and "§ 5 sa vypúšťa".
func (r *reading) delete(q *parts) (clause, *amend.Refusal) {
	var c clause
	bad := refuse(amend.NoPattern, r.text)
	if q.quote != "" || q.as != nil || len(q.by) > 0 || q.text != nil || q.reads {
		return c, bad
	}
	switch {
	case q.number != nil:
		if len(q.subject)+len(q.pairs)+len(q.notes) > 0 || len(q.in) != 1 || len(q.number.refs) > 1 {
			return c, bad
		}
		steps := above(q.in[0], depth(lawtext.Paragraph)) // číslovanie odsekov
		if len(q.number.refs) == 1 {
			steps = under(q.in[0], q.number.refs[0].Steps)
		}
		if len(steps) == 0 {
			return c, bad
		}
		c.last = steps
		c.ops = []amend.Op{{Verb: amend.Unwrap, At: at(steps), Old: true}}
		return c, nil
	case len(q.notes) > 0:
		if len(q.subject)+len(q.pairs) > 0 {
			return c, bad
		}
		return r.noteOps(q, amend.Delete)
	case len(q.pairs) > 0:
		if len(q.subject) > 0 {
			return c, bad
		}
		return r.words(q, amend.TextDelete)
	case q.mark != nil:
		return c, refuse(amend.Unsupported, "the mark of a footnote")
	}
	if q.beside != nil || q.end != nil || len(q.subject) == 0 {
		return c, bad
	}
	heading := false
	for _, w := range q.with {
		heading = heading || w.heading
		if !r.among(w.heads, q.subject) {
			return c, bad
		}
		if len(w.quotes) > 0 && unitOf(q.subject[0]) != amend.Clause {
			return c, bad
		}
	}
	for _, in := range q.in {
		for _, s := range q.subject {
			for _, address := range s.refs {
				steps := under(in, address.Steps)
				if s.above {
					c.ops, c.last = append(c.ops, amend.Op{Verb: amend.Erase, At: at(steps)}), steps
					continue
				}
				c.ops = append(c.ops, amend.Op{Verb: amend.Delete, At: at(steps), Old: s.old, Heading: heading})
				c.last = steps
			}
		}
	}
	for _, w := range q.with {
		for _, n := range w.refs {
			c.ops = append(c.ops, amend.Op{Verb: amend.Delete, At: n})
		}
		for _, n := range w.over {
			c.ops = append(c.ops, amend.Op{Verb: amend.Erase, At: at(append(n.Steps, lawcite.Step{Unit: lawcite.Heading}))})
		}
	}
	return c, nil
}

// among reports whether the headings that are named are those of the provisions
// that a clause is about.
func (r *reading) among(heads []lawcite.Ref, subject []phrase) bool {
	said := map[string]bool{}
	for _, s := range subject {
		for _, ref := range s.refs {
			nums, ok := r.lex.spread(ref.Steps[0])
			for _, n := range nums {
				said[n.From] = true
			}
			said["*"] = said["*"] || !ok
		}
	}
	for _, h := range heads {
		nums, _ := r.lex.spread(h.Steps[0])
		for _, n := range nums {
			if !said[n.From] && !said["*"] {
				return false
			}
		}
	}
	return true
}

// rename reads "doterajší odsek 2 sa označuje ako odsek 3" and "doterajší text
// sa označuje ako odsek 1".
func (r *reading) rename(q *parts) (clause, *amend.Refusal) {
	var c clause
	bad := refuse(amend.NoPattern, r.text)
	if q.as == nil || len(q.pairs)+len(q.by) > 0 || q.beside != nil || q.end != nil || len(q.as.refs) != 1 || len(q.in) != 1 || q.mark != nil || q.number != nil {
		return c, bad
	}
	to := q.as.refs[0].Steps
	switch {
	case len(q.notes) > 0:
		if len(q.notes) != 1 || len(to) != 1 || to[0].Unit != footnote || len(q.subject) > 0 || q.text != nil || q.quote != "" {
			return c, bad
		}
		c.ops = []amend.Op{{Verb: amend.Renumber, At: q.notes[0].refs[0], New: to[0], Old: true}}
		return c, nil
	case q.text != nil:
		steps := q.in[0]
		if len(q.text.refs) == 1 {
			steps = under(steps, q.text.refs[0].Steps)
		}
		steps = above(steps, depth(to[len(to)-1].Unit))
		if len(steps) == 0 || len(q.subject) > 0 || len(to) != 1 || q.quote != "" {
			return c, bad
		}
		c.ops, c.last = []amend.Op{{Verb: amend.Wrap, At: at(steps), New: at(to).Steps[0], Old: true}}, steps
		return c, nil
	}
	if len(q.subject) != 1 || len(q.subject[0].refs) != 1 {
		return c, bad
	}
	steps := under(q.in[0], q.subject[0].refs[0].Steps)
	last := to[len(to)-1]
	if steps[len(steps)-1].Unit != last.Unit || len(to) > 1 && show(at(under(q.in[0], to[:len(to)-1]))) != show(at(steps[:len(steps)-1])) {
		return c, bad
	}
	if !q.plural && manyOf(steps[len(steps)-1:]) {
		return c, bad
	}
	c.last = append(slices.Clone(steps[:len(steps)-1]), last)
	c.ops = []amend.Op{{Verb: amend.Renumber, At: at(steps), New: at(to).Steps[len(to)-1], Old: true}}
	r.renamed = &c.ops[0]
	if !q.reads {
		if q.quote != "" {
			return c, bad
		}
		return c, nil
	}
	// "…, ktorý znie:" the unit is replaced too, and the quotation has the new number.
	payload, notes, ref := r.payload(q, q.as.refs)
	if ref != nil {
		return c, ref
	}
	c.ops = append(c.ops, amend.Op{Verb: amend.Replace, At: at(steps), New: at(to).Steps[len(to)-1], Payload: payload, Old: true})
	c.ops = append(c.ops, notes...)
	return c, nil
}

// lift reads "nadpis pod poradovým číslom § 3 sa presúva nad poradové číslo tohto
// paragrafu".
func (r *reading) lift(q *parts) (clause, *amend.Refusal) {
	if len(q.subject) != 1 || !q.subject[0].under || len(q.subject[0].refs) != 1 || q.said || q.quote != "" || q.beside != nil || q.end != nil || len(q.pairs)+len(q.by)+len(q.notes)+len(q.with) > 0 {
		return clause{}, refuse(amend.NoPattern, r.text)
	}
	steps := q.subject[0].refs[0].Steps
	if len(steps) != 2 || steps[0].Unit != lawtext.Article {
		return clause{}, refuse(amend.NoPattern, r.text)
	}
	return clause{ops: []amend.Op{{Verb: amend.Lift, At: at(steps[:1])}}, last: steps[:1]}, nil
}
