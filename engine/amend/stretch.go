package amend

import (
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// Headings of chapters, annexes, signatures and what earlier amending acts left
// behind have no address of their own. An instruction names them by the articles
// around them: "besedilo med 4. in 6. členom". Such a stretch holds whole lines,
// and whatever articles stand in it.

// stretches reports whether an article of an amending act is about a stretch.
func stretches(ins []Instruction) bool {
	for _, in := range ins {
		for _, op := range in.Ops {
			if ofLines(&op) {
				return true
			}
		}
	}
	return false
}

// ofLines reports whether an operation is about whole lines.
func ofLines(op *Op) bool {
	return op.Verb == Restate || op.Verb == Erase || op.Verb == Append || op.Verb == Lift
}

// stretch carries out an article of the amending act that is about a stretch
// and nothing else. Named is the act as sentences name it.
func (u *Usage) stretch(base, named *lawtext.Act, ins []Instruction) (*lawtext.Act, []Outcome) {
	out := make([]Outcome, len(ins))
	var ops []Op
	bad := -1
	for i, in := range ins {
		status, part, ref := u.sort(in, named)
		if ref == nil && part > 0 {
			ref = &Refusal{Reason: Unsupported, Words: "a text between articles of another act", Span: in.Span}
		}
		if out[i] = (Outcome{Instruction: in, Status: status, Refused: ref}); ref != nil {
			bad = i
		} else if status == Applied {
			ops = append(ops, in.Ops...)
		}
	}
	act := base
	if bad < 0 && len(ops) > 0 {
		var ref *Refusal
		switch {
		case u.Groups:
			act, ref = u.respanAll(base, out)
		case len(ops) > 1:
			ref = &Refusal{Reason: Unsupported, Words: "more beside a text between articles", Span: ops[1].Span}
		default:
			act, ref = u.respan(base, &ops[0])
		}
		if ref == nil {
			return act, out
		}
		for i := range out {
			if out[i].Status == Applied {
				out[i].Status, out[i].Refused, bad = Refused, ref, i
				break
			}
		}
		act = base
	}
	for i := range out {
		if bad >= 0 && out[i].Status == Applied {
			out[i].Status, out[i].Refused = Refused, &Refusal{Reason: Sibling, Words: out[i].Text, Span: out[i].Span}
		}
	}
	return act, out
}

// A row is a printed line, and how many pieces of the act begin before it.
type row struct {
	text   string
	before int
}

// respan puts the payload in the place of a stretch, and checks that nothing
// around it reads as something else.
func (u *Usage) respan(base *lawtext.Act, op *Op) (*lawtext.Act, *Refusal) {
	rows, arts := rowsOf(base)
	from, to, ref := bounds(op, rows, arts)
	if ref != nil {
		return nil, ref
	}
	switch {
	case (op.Payload == "") != (op.Verb == Erase):
		return nil, &Refusal{Reason: NoPayload, Words: "besedilo", Span: op.Span}
	case from == to && op.Verb != Append:
		return nil, &Refusal{Reason: NoTarget, Words: "nothing stands there", Span: op.Span}
	}
	return u.relay(base, rows, from, to, op)
}

// relay puts the payload in the place of rows.
func (u *Usage) relay(base *lawtext.Act, rows []row, from, to int, op *Op) (*lawtext.Act, *Refusal) {
	was := pieces(base)
	i, k := rows[from].before, rows[to].before
	var b strings.Builder
	if base.Front != "" {
		b.WriteString("---\n" + base.Front + "---\n")
	}
	for _, r := range rows[:from] {
		b.WriteString("\n" + r.text + "\n")
	}
	for line := range strings.Lines(op.Payload) {
		b.WriteString("\n" + line + "\n")
	}
	for _, r := range rows[to:] {
		b.WriteString("\n" + r.text + "\n")
	}
	act := u.parse(b.String())
	now := pieces(act)
	rest := len(was) - k
	if len(now) < i+rest {
		return nil, &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
	}
	keep := func(a, b piece) bool {
		if a.says != b.says {
			return false
		}
		carry(a.n, b.n)
		return true
	}
	for n := range i {
		if !keep(was[n], now[n]) {
			return nil, &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span, Candidates: []string{was[n].n.ID}}
		}
	}
	for n := range rest {
		if !keep(was[k+n], now[len(now)-rest+n]) {
			return nil, &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span, Candidates: []string{was[k+n].n.ID}}
		}
	}
	for n := i; n < len(now)-rest; n++ {
		under(now[n].n, func(n *lawtext.Node) { n.Span = lawtext.Span{} })
		for _, w := range was[i:k] {
			if w.n.Kind == now[n].n.Kind && w.n.Num == now[n].n.Num && w.n.Num != "" {
				now[n].n.Key = w.n.Key
			}
		}
	}
	act.Title, act.Short, act.Front, act.Lang = base.Title, base.Short, base.Front, base.Lang
	act.Source, act.Notes = base.Source, base.Notes
	return act, nil
}

// carry gives a provision that stays as it was the place and the permanent name
// that it had; of an article with all below it.
func carry(from, to *lawtext.Node) {
	to.Span, to.Key = from.Span, from.Key
	if from.Kind == lawtext.Article && len(from.Children) == len(to.Children) {
		for i, c := range from.Children {
			carryAll(c, to.Children[i])
		}
	}
}

func carryAll(from, to *lawtext.Node) {
	to.Span, to.Key = from.Span, from.Key
	for i, c := range from.Children {
		if i < len(to.Children) {
			carryAll(c, to.Children[i])
		}
	}
}

// rowsOf prints an act line by line, the last row being the end of it, and tells
// where each article of the main component begins and ends.
func rowsOf(a *lawtext.Act) (rows []row, arts map[*lawtext.Node][2]int) {
	arts = map[*lawtext.Node][2]int{}
	count := 0
	add := func(lines []string) {
		for _, l := range lines {
			rows = append(rows, row{l, count})
		}
	}
	for i, c := range a.Components {
		if c.Title != "" {
			add([]string{c.Title})
		}
		var walk func(nodes []*lawtext.Node)
		walk = func(nodes []*lawtext.Node) {
			for _, n := range nodes {
				if n.Kind == lawtext.Article {
					from := len(rows)
					add(n.Lines())
					count++
					if i == 0 {
						arts[n] = [2]int{from, len(rows)}
					}
					continue
				}
				head := *n
				head.Children, head.Tail = nil, ""
				add(head.Lines())
				count++
				walk(n.Children)
				if n.Tail != "" {
					add([]string{n.Tail})
				}
			}
		}
		walk(c.Nodes)
	}
	return append(rows, row{"", count}), arts
}

// bounds finds the rows of a stretch.
func bounds(op *Op, rows []row, arts map[*lawtext.Node][2]int) (from, to int, _ *Refusal) {
	end := len(rows) - 1
	var at [][2]int
	if len(op.At.Steps) > 1 {
		return 0, 0, &Refusal{Reason: NoTarget, Words: path(op.At), Span: op.Span}
	}
	for _, s := range op.At.Steps {
		for _, num := range s.Numbers {
			var found [][2]int
			for n, span := range arts {
				if n.Num == num.From && num.To == "" {
					found = append(found, span)
				}
			}
			if len(found) != 1 {
				reason := NoTarget
				if len(found) > 1 {
					reason = TwoReadings
				}
				return 0, 0, &Refusal{Reason: reason, Words: num.From, Span: op.Span}
			}
			at = append(at, found[0])
		}
	}
	add := op.Verb == Append
	switch {
	case add && len(at) == 0 && op.Place == AtEnd:
		return end, end, nil
	case add && len(at) == 1 && op.Place == After:
		return at[0][1], at[0][1], nil
	case add && len(at) == 1 && op.Place == Before:
		return at[0][0], at[0][0], nil
	case op.Verb == Restate && len(at) == 0 && op.Place == Anywhere:
		return 0, end, nil
	case !add && len(at) == 1 && op.Place == Before:
		return 0, at[0][0], nil
	case !add && len(at) == 1 && op.Place == After:
		return at[0][1], end, nil
	case !add && len(at) == 2 && op.Place == Between && at[0][1] <= at[1][0]:
		return at[0][1], at[1][0], nil
	}
	return 0, 0, &Refusal{Reason: NoTarget, Words: path(op.At), Span: op.Span}
}
