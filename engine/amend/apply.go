package amend

import (
	"slices"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Status is what became of an instruction.
type Status string

// The statuses.
const (
	Applied   Status = "applied"
	Refused   Status = "refused"   // nothing of its article was applied
	Elsewhere Status = "elsewhere" // it changes another act
	Noted     Status = "noted"     // it changes no text: commencement, rules of the amending act
)

// An Outcome is what became of one instruction.
type Outcome struct {
	Instruction
	Status  Status
	Refused *Refusal // why, if it was refused
	Touched []string // IDs in the base of what it changed, those of new provisions not
	// Notes tell where official texts go both ways, for a person to look at:
	// "last-removed" a last numbered unit was deleted without a tombstone;
	// "unnumbered-removed" so was one without a number, and nothing is said of
	// those after it.
	Notes []string
}

// A Result is the act as amended, and what became of every instruction.
type Result struct {
	Act      *lawtext.Act
	Outcomes []Outcome
}

// Apply carries out the instructions on an act, and returns a new act; base
// stays as it was. Each article of the amending act is applied wholly or not
// at all, and sees the act as the articles before it have left it. Its own
// instructions all see the act as it was before the article, whatever their
// order, but for what they call new.
//
// Instructions for an act of another title are left alone. If they name an act
// and the base has no title, they are refused: what is to be changed is not
// known.
func Apply(base *lawtext.Act, instructions []Instruction) Result {
	r, u := Result{Act: base}, UsageOf(base.Lang)
	for i := 0; i < len(instructions); {
		k := i
		for k < len(instructions) && instructions[k].Article == instructions[i].Article {
			k++
		}
		var out []Outcome
		r.Act, out = u.applyArticle(r.Act, base, instructions[i:k])
		r.Outcomes = append(r.Outcomes, out...)
		i = k
	}
	return r
}

// applyArticle carries out the instructions of one article of the amending act.
// First is the act as it was before the first article.
func (u *Usage) applyArticle(base, first *lawtext.Act, ins []Instruction) (*lawtext.Act, []Outcome) {
	out := make([]Outcome, len(ins))
	bad := false
	for i, in := range ins {
		out[i] = Outcome{Instruction: in, Status: Applied}
		switch status, ref := u.sort(in, first); {
		case ref != nil:
			out[i].Status, out[i].Refused, bad = Refused, ref, true
		default:
			out[i].Status = status
		}
	}
	if !bad {
		act, at, ref := u.carryOut(base, out)
		if ref == nil {
			return act, out
		}
		out[at].Status, out[at].Refused = Refused, ref
	}
	for i := range out {
		out[i].Touched = nil
		if out[i].Status == Applied {
			out[i].Status = Refused
			out[i].Refused = &Refusal{Reason: Sibling, Words: out[i].Text, Span: out[i].Span}
		}
	}
	return base, out
}

// sort tells what an instruction is for.
func (u *Usage) sort(in Instruction, base *lawtext.Act) (Status, *Refusal) {
	if in.Refused != nil {
		return Refused, in.Refused
	}
	status := Noted
	for _, op := range in.Ops {
		if op.Act != in.Ops[0].Act {
			return Refused, &Refusal{Reason: Unsupported, Words: "two acts in one sentence: " + op.Act, Span: op.Span}
		}
	}
	for _, op := range in.Ops {
		switch op.Verb {
		case Commence, Transitory:
		case Repeal:
			switch {
			case len(op.At.Steps) > 0 && u.names(op.Act, base):
				return Applied, nil
			case slices.ContainsFunc(op.Acts, func(act string) bool { return u.names(act, base) }):
				return Refused, &Refusal{Reason: Unsupported, Words: cut(op.Text), Span: op.Span}
			}
		default:
			if op.Act != "" && !u.named(base) {
				return Refused, &Refusal{Reason: Untitled, Words: op.Act, Span: op.Span}
			}
			if op.Act != "" && !u.names(op.Act, base) {
				status = Elsewhere
			} else {
				return Applied, nil
			}
		}
	}
	return status, nil
}

// carryOut plans and makes the changes of all instructions that concern the
// act. On a refusal it returns the index of the instruction.
func (u *Usage) carryOut(base *lawtext.Act, out []Outcome) (*lawtext.Act, int, *Refusal) {
	p := newPlan(copyTree(base), u)
	was := p.t.picture()
	each := func(do func(*Op) *Refusal) (int, *Refusal) {
		for i := range out {
			if out[i].Status != Applied {
				continue
			}
			for k := range out[i].Ops {
				p.at = i
				if ref := do(&out[i].Ops[k]); ref != nil {
					if ref.Span == (lawtext.Span{}) {
						ref.Span = out[i].Span
					}
					return i, ref
				}
			}
		}
		return 0, nil
	}
	if i, ref := each(p.structure); ref != nil {
		return nil, i, ref
	}
	if i, ref := each(p.text); ref != nil {
		return nil, i, ref
	}
	if len(p.ids) == 0 {
		return base, 0, nil
	}
	for _, do := range p.edits {
		do()
	}
	if ref := p.settle(); ref != nil {
		return nil, p.blame(), ref
	}
	changed := p.t.changed(was)
	for n := range changed {
		if !p.claims[n] {
			return nil, p.blame(), &Refusal{Reason: Unclaimed, Words: "would change " + n.ID}
		}
	}
	for n := range p.claims {
		if !changed[n] {
			return nil, p.blame(), &Refusal{Reason: Unclaimed, Words: "would leave as it is " + n.ID}
		}
	}
	for i := range out {
		out[i].Touched, out[i].Notes = slices.Compact(p.ids[i]), p.notes[i]
	}
	act := u.parse(lawtext.Print(p.t.act))
	if !slices.Equal(sayings(act), sayings(p.t.act)) {
		return nil, p.blame(), &Refusal{Reason: BadPayload, Words: "the amended text reads as other provisions than were put in"}
	}
	if act.Title == "" {
		act.Title = base.Title
	}
	return act, 0, nil
}
