package german

import (
	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/listed"
	"github.com/asociacija/asociacija/engine/lawcite"
)

// has names the phrases of a group, so that a clause can say which it must have.
type has uint16

const (
	hasSubject has = 1 << iota
	hasDative
	hasBeside
	hasWhat
	hasBy
	hasAnchor
	hasFresh
	hasByFresh
	hasBecomes
	hasWhole
	hasFollows
)

func (g *group) has() has {
	var h has
	for bit, there := range map[has]bool{hasSubject: g.subject != nil, hasDative: g.dative != nil, hasBeside: g.beside != nil,
		hasWhat: g.what != nil, hasBy: g.by != nil, hasAnchor: g.anchor != nil, hasFresh: g.fresh != nil,
		hasByFresh: g.byFresh != nil, hasBecomes: g.becomes != nil, hasWhole: g.whole, hasFollows: g.follows} {
		if there {
			h |= bit
		}
	}
	return h
}

// clause makes the operations of a group and its verb. It reports false if the
// verb cannot be said of the group.
func (r *reader) clause(g *group, verb string) bool {
	at, ok := r.resolve(g.in)
	if !ok {
		return false
	}
	if g.in != nil {
		r.scope = at[0]
		if len(at) > 1 {
			r.scope = r.above
		}
	}
	end := g.end || g.what != nil && g.what.end
	op := amend.Op{}
	if end {
		op.Place = amend.AtEnd
	}
	switch h := g.has(); {
	case verb == "ersetzt" && h == hasWhat|hasBy:
		op.Verb, op.Text, op.With = amend.TextReplace, g.what.text, g.by.text
		return r.text(op, at, g)
	case verb == "gestrichen" && h == hasWhat:
		op.Verb, op.Text = amend.TextDelete, g.what.text
		return r.text(op, at, g)
	case verb == "eingefügt" && h == hasWhat|hasAnchor:
		op.Verb, op.Anchor, op.With, op.Place = amend.TextInsert, g.anchor.text, g.what.text, g.side
		if g.anchor.end || end {
			if g.side != amend.Before || g.what.end {
				return false
			}
			op.Place = amend.AtEnd
		}
		return r.text(op, at, g)
	case verb == "angefügt" && (h == hasWhat || h == hasWhat|hasDative):
		if g.dative != nil {
			if at, ok = r.resolve(g.dative); !ok {
				return false
			}
		}
		op.Verb, op.With, op.Place = amend.TextInsert, g.what.text, amend.AtEnd
		return r.text(op, at, g)
	case g.end || g.each:
		return verb == "angefügt" && h&^(hasDative) == hasFresh && !g.each && r.add(g, at)
	case verb == "gestrichen" && h == hasSubject:
		return r.subjects(g, at, amend.Op{Verb: amend.Delete})
	case (verb == "gefasst" || verb == "ersetzt") && h == hasSubject|hasFollows:
		return r.replace(g, at, nil)
	case verb == "gefasst" && h == hasFollows && len(r.ops) > 0: // … und wie folgt gefasst
		r.emit(amend.Op{Verb: amend.Replace}, r.scope, true)
		return true
	case verb == "ersetzt" && h == hasSubject|hasByFresh:
		return r.replace(g, at, g.byFresh)
	case verb == "eingefügt" && h == hasBeside|hasFresh:
		return r.insert(g, at)
	case verb == "angefügt" && (h == hasFresh || h == hasFresh|hasDative):
		return r.add(g, at)
	case verb == "vorangestellt" && h == hasFresh|hasDative && g.fresh.Unit == lawcite.Sentence:
		return r.prepend(g, at)
	case verb == "wird" && (h == hasSubject|hasBecomes || h == hasWhole|hasBecomes):
		return r.renumber(g, at)
	case verb == "geändert" && (h == hasSubject|hasFollows || h == hasFollows && (len(r.ops) > 0 || g.in != nil)):
		return r.opens(g, at)
	}
	return false
}

// resolve puts places under what the sentence is about so far. Without any, it
// is that itself.
func (r *reader) resolve(ps []listed.Place) ([]listed.Place, bool) {
	if ps == nil {
		return []listed.Place{r.scope}, true
	}
	var out []listed.Place
	for _, p := range ps {
		if len(p.Steps) == 0 {
			out = append(out, r.scope)
			continue
		}
		up := r.scope.UpTo(p.Steps[0].Level)
		if len(up.Steps) < len(r.above.Steps) {
			if up = r.above; !p.Fits(up) {
				return nil, false
			}
		}
		p = p.Within(up)
		out = append(out, p)
	}
	return out, true
}

// emit adds an operation at a place.
func (r *reader) emit(op amend.Op, at listed.Place, waits bool) {
	op.At, op.Old = at.Ref(), at.Old
	if waits {
		r.waits = append(r.waits, len(r.ops))
	}
	r.ops = append(r.ops, op)
}

// text adds an operation on words in every place. Several places are meant one
// by one: jeweils.
func (r *reader) text(op amend.Op, at []listed.Place, g *group) bool {
	if (len(at) > 1 || at[0].Many()) && !g.each {
		return false
	}
	op.All = g.each
	for _, p := range at {
		if len(p.Steps) == 0 {
			return false
		}
		r.emit(op, p, false)
	}
	return true
}

// under is the subject of a clause: places, below "In § 5" if that was said.
func (r *reader) under(ps, in []listed.Place) ([]listed.Place, bool) {
	if len(in) != 1 {
		return nil, false
	}
	at, ok := r.resolve(ps)
	for _, p := range at {
		ok = ok && len(p.Steps) > 0
	}
	return at, ok
}

func (r *reader) subjects(g *group, in []listed.Place, op amend.Op) bool {
	at, ok := r.under(g.subject, in)
	for _, p := range at {
		r.emit(op, p, false)
	}
	return ok
}

func (r *reader) replace(g *group, in []listed.Place, with *listed.Step) bool {
	at, ok := r.under(g.subject, in)
	if !ok || len(at) != 1 {
		return false
	}
	op := amend.Op{Verb: amend.Replace}
	if with != nil {
		if with.Level != at[0].Last() {
			return false
		}
		if with.Unit != lawcite.Sentence {
			op.New = with.Step
		}
	}
	r.scope = at[0]
	r.emit(op, at[0], true)
	return true
}

func (r *reader) insert(g *group, in []listed.Place) bool {
	at, ok := r.under(g.beside, in)
	if !ok || len(at) != 1 || at[0].Many() || at[0].Last() != g.fresh.Level || g.fresh.Unit == lawcite.Heading {
		return false
	}
	r.emit(amend.Op{Verb: amend.Insert, Place: g.side, New: g.fresh.Step}, at[0], true)
	return true
}

func (r *reader) add(g *group, in []listed.Place) bool {
	at, ok := in, len(in) == 1
	if g.dative != nil && ok {
		at, ok = r.resolve(g.dative)
	}
	if !ok || len(at) != 1 || at[0].Many() || g.fresh.Unit == lawcite.Heading {
		return false
	}
	if l := at[0].Last(); g.fresh.Level <= l && !(g.fresh.Level == listed.Sentence && l > listed.Sentence && l < listed.Part) {
		return false
	}
	r.emit(amend.Op{Verb: amend.Insert, Place: amend.AtEnd, New: g.fresh.Step}, at[0], true)
	return true
}

// prepend puts a sentence before the first one.
func (r *reader) prepend(g *group, in []listed.Place) bool {
	at, ok := r.resolve(g.dative)
	if !ok || len(at) != 1 || len(in) != 1 || at[0].Many() || len(at[0].Steps) == 0 {
		return false
	}
	p := listed.Place{Steps: []listed.Step{{Step: lawcite.Step{Unit: lawcite.Sentence, Numbers: []lawcite.Range{{From: "1"}}}, Level: listed.Sentence}}}.Within(at[0])
	r.emit(amend.Op{Verb: amend.Insert, Place: amend.Before, New: g.fresh.Step}, p, true)
	return true
}

func (r *reader) renumber(g *group, in []listed.Place) bool {
	if g.whole { // Der bisherige Wortlaut wird Absatz 1
		at := in[0]
		if len(in) != 1 || at.Last() != listed.Article || g.becomes.Last() != listed.Paragraph {
			return false
		}
		r.emit(amend.Op{Verb: amend.Wrap, New: g.becomes.Steps[0].Step}, at, false)
		return true
	}
	at, ok := r.under(g.subject, in)
	if !ok || len(at) != 1 || at[0].Last() != g.becomes.Last() {
		return false
	}
	at[0].Old = true
	r.scope = at[0]
	r.emit(amend.Op{Verb: amend.Renumber, New: g.becomes.Steps[0].Step}, at[0], false)
	return true
}

// opens reads "§ 5 wird wie folgt geändert:", before a list.
func (r *reader) opens(g *group, in []listed.Place) bool {
	at := in
	if g.subject != nil {
		var ok bool
		if at, ok = r.resolve(g.subject); !ok {
			return false
		}
	}
	if len(at) != 1 || at[0].Many() {
		return false
	}
	r.scope, r.list = at[0], true
	return true
}
