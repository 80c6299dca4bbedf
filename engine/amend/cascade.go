package amend

import (
	"slices"

	"github.com/asociacija/asociacija/engine/declension"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// cascade puts one term for another in all its forms (v vseh sklonih in
// številih). The terms that an instruction changes in the same place are changed
// at once, the longest first. A place of which the form cannot be told refuses
// them all; words beside a term that may have to agree with the new one are
// noted.
func (p *plan) cascade(op *Op, all []Op) *Refusal {
	if p.cascaded[op] {
		return nil
	}
	var pairs []declension.Pair
	for i := range all {
		o := &all[i]
		if !o.Cascade || path(o.At) != path(op.At) || o.Act != op.Act {
			continue
		}
		if o.Verb != TextReplace || o.Anchor != "" || o.Place != Anywhere || o.Old {
			return &Refusal{Reason: Unsupported, Words: "words in all their forms: " + cut(o.Text+o.Anchor), Span: o.Span}
		}
		old, sure := declension.Paradigm(flat(o.Text))
		with, surely := declension.Paradigm(flat(o.With))
		if !sure || !surely {
			return &Refusal{Reason: Unsupported, Words: "words whose forms are not sure: " + cut(o.Text) + ", " + cut(o.With), Span: o.Span}
		}
		pairs = append(pairs, declension.Pair{Old: old, New: with})
		p.cascaded[o] = true
	}
	if len(op.At.Steps) == 0 {
		n := 0
		for _, top := range p.t.act.Components[p.t.part].Nodes {
			k, ref := p.cascadeIn(spot{n: top}, pairs, op, true)
			if n += k; ref != nil {
				return ref
			}
		}
		if n == 0 {
			return &Refusal{Reason: TextMissing, Words: op.Text, Span: op.Span}
		}
		return nil
	}
	spots, ref := p.find(op.At, op.Old)
	if ref != nil {
		return ref
	}
	for _, s := range spots {
		if s.alt != nil {
			return p.either(s)
		}
		n, ref := p.cascadeIn(s, pairs, op, false)
		if ref == nil && n == 0 {
			ref = &Refusal{Reason: TextMissing, Words: op.Text, Span: op.Span, Candidates: []string{s.n.ID}}
		}
		if ref != nil {
			return ref
		}
	}
	return nil
}

// cascadeIn changes the terms in one place and counts how often they stood
// there. Headings are changed with the whole act only, or when they are named.
func (p *plan) cascadeIn(s spot, pairs []declension.Pair, op *Op, headings bool) (int, *Refusal) {
	fields, ref := p.fields(s)
	if ref != nil {
		return 0, ref
	}
	if headings {
		under(s.n, func(n *lawtext.Node) {
			if !n.Deleted && n.Heading != "" {
				fields = append(fields, hit{n, &n.Heading, 0, len(n.Heading)})
			}
		})
	}
	count := 0
	for _, f := range slices.Backward(fields) { // from the end, so that places stay true
		if p.whole[f.n] {
			continue
		}
		text := (*f.field)[f.from:f.to]
		rep := declension.Replace(text, pairs...)
		if len(rep.Refusals) > 0 {
			r := rep.Refusals[0]
			return 0, &Refusal{Reason: Unsupported, Words: "the form of " + r.Old + " cannot be told: " + string(r.Reason), Span: op.Span, Candidates: []string{f.n.ID}}
		}
		if len(rep.Changes) == 0 {
			continue
		}
		count += len(rep.Changes)
		for _, c := range rep.Changes {
			for _, near := range c.Review {
				p.note("review " + f.n.ID + ": " + near.Text)
			}
		}
		if _, seen := p.written[f.n]; !seen {
			p.written[f.n] = f.n.Intro + "\n" + f.n.Tail
		}
		p.t.touch(f.n)
		*f.field = (*f.field)[:f.from] + rep.Text + (*f.field)[f.to:]
		p.claim(f.n)
	}
	return count, nil
}
