package amend

import (
	"iter"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
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
	// those after it; "list-sign" the sign between the items of a list was mended, or does not fit;
	// "no-full-stop …" a paragraph has none at its end any more; "word-twice …" a
	// word stands beside itself now; "joins-nothing …" a conjunction has lost what it joins;
	// "heading-gone …" an article was replaced by one without a heading;
	// "moved-up" units were counted on that no sentence counts on; "applies-later …"
	// the change is made, and not yet to be applied or valid. Slovak and Czech acts
	// leave more open: "comma", "sign", "preposition", "doubled-word" what official
	// texts mend around words that come or go, or do not; "capital" the words stood at the
	// start of a sentence too; "in-heading" they stand in the heading, which stays;
	// "heading-left-out" a heading above articles that the text does not show;
	// "end-unnamed" words came at the end of a provision of several sentences, "na konci"
	// without the unit that is meant; "put-in" some of the provisions replaced were not there; "after-refused" an
	// earlier point on the same article was refused.
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
//
// In the new act, whatever says the same as before has the span that it had in
// the source of base; what says something else, or is new, has none.
func Apply(base *lawtext.Act, instructions []Instruction) Result {
	u := UsageOf(base.Lang)
	all := Result{Act: base}
	for articles := byArticle(instructions); len(articles) > 0; {
		n := 0
		for n < len(articles) && !stretches(articles[n]) {
			n++
		}
		if n == 0 {
			act, out := u.stretch(all.Act, base, articles[0])
			all.Act, all.Outcomes, articles = act, append(all.Outcomes, out...), articles[1:]
			continue
		}
		c := carrier{u: u, base: all.Act, articles: articles[:n], unread: map[int]bool{}}
		r, ok := c.carryOut()
		for !ok {
			r, ok = c.carryOut()
		}
		all.Act, all.Outcomes, articles = r.Act, append(all.Outcomes, r.Outcomes...), articles[n:]
	}
	noteLater(all.Outcomes)
	if u.Groups {
		u.afterRefused(base, all.Outcomes)
	}
	return all
}

// noteLater notes what was carried out although the amending act lets it begin
// later than the rest, or be applied from another day on.
func noteLater(out []Outcome) {
	for _, o := range out {
		for _, op := range o.Ops {
			if op.Verb != Commence || op.Force == nil || o.Refused != nil {
				continue
			}
			f, only := op.Force, map[string]bool{}
			for _, s := range f.Only.Steps {
				nums, _ := spread(s.Numbers)
				for _, num := range nums {
					only[num] = true
				}
			}
			if f.Applies == (Day{}) && len(only) == 0 {
				continue
			}
			for i := range out {
				if out[i].Status == Applied && (len(only) == 0 || only[out[i].Article]) {
					out[i].Notes = append(out[i].Notes, "applies-later"+f.String())
				}
			}
		}
	}
}

// byArticle parts instructions by the article of the amending act.
func byArticle(instructions []Instruction) (out [][]Instruction) {
	for i := 0; i < len(instructions); {
		k := i
		for k < len(instructions) && instructions[k].Article == instructions[i].Article {
			k++
		}
		out = append(out, instructions[i:k])
		i = k
	}
	return out
}

// A carrier carries out an amending act.
type carrier struct {
	u        *Usage
	base     *lawtext.Act
	articles [][]Instruction // by article of the amending act
	unread   map[int]bool    // those after which the act would read as something else
}

// carryOut carries out all articles that may be, and reads the amended act
// again. It reports false if that reads as other provisions than were put in,
// and has then put the article that is to blame under unread.
func (c *carrier) carryOut() (Result, bool) {
	t := copyTree(c.base)
	var r Result
	by := map[*lawtext.Node]int{} // the article that changed an article, from one on
	altered := map[*lawtext.Node]bool{}
	last := 0
	for i, ins := range c.articles {
		out, changed := c.u.applyArticle(t, c.base, ins, c.unread[i])
		r.Outcomes = append(r.Outcomes, out...)
		for n := range changed {
			altered[n], by[t.articleOf(n)], last = true, i+1, i+1
		}
	}
	if last == 0 {
		r.Act = c.base
		return r, true
	}
	if c.base.Source == "" { // a tree that was not read from a text has none to read again
		lawtext.Readdress(t.act)
		r.Act = t.act
		return r, true
	}
	act := c.u.parse(lawtext.Print(t.act))
	if at, same := differ(t.act, act); !same {
		for _, n := range at {
			if by[n] > 0 {
				last = by[n]
				break
			}
		}
		c.unread[last-1] = true
		return r, false
	}
	r.Act = c.settled(act, t.act, altered)
	return r, true
}

// articleOf is the article in which a node stands, or the node itself.
func (t *tree) articleOf(n *lawtext.Node) *lawtext.Node {
	for up := n; up != nil; up = t.parent[up] {
		if up.Kind == lawtext.Article {
			return up
		}
	}
	return n
}

// differ compares what two acts say. Where they begin to differ it returns the
// nodes of a around that place, for each the article in which it stands.
func differ(a, b *lawtext.Act) (at []*lawtext.Node, same bool) {
	x, y := pieces(a), pieces(b)
	i := 0
	for i < len(x) && i < len(y) && x[i].says == y[i].says {
		i++
	}
	if i == len(x) && i == len(y) {
		return nil, true
	}
	for _, k := range [...]int{i, i - 1, i + 1} {
		if k >= 0 && k < len(x) {
			at = append(at, x[k].n)
		}
	}
	return at, false
}

// A piece is an article with all below it, or another node outside of articles.
type piece struct {
	n    *lawtext.Node
	says string
}

func pieces(a *lawtext.Act) (out []piece) {
	var walk func(nodes []*lawtext.Node)
	walk = func(nodes []*lawtext.Node) {
		for _, n := range nodes {
			p := piece{n, own(n)}
			if n.Kind == lawtext.Article {
				p.says = ""
				under(n, func(n *lawtext.Node) { p.says += own(n) + "\n" })
			}
			if out = append(out, p); n.Kind != lawtext.Article {
				walk(n.Children)
			}
		}
	}
	for _, c := range a.Components {
		walk(c.Nodes)
	}
	return out
}

// settled is the amended act as it is read again, with its new addresses, and
// with what the tree knows of its nodes. Both say the same in the same order.
// The key of a new node is its address, with a count if a node has or had that
// key.
func (c *carrier) settled(act, tree *lawtext.Act, altered map[*lawtext.Node]bool) *lawtext.Act {
	taken := map[string]bool{}
	for n := range c.base.All() {
		taken[n.Key] = true
	}
	next, stop := iter.Pull(tree.All())
	defer stop()
	for n := range act.All() {
		from, _ := next()
		n.Key = from.Key
		for k := 2; n.Key == ""; k++ {
			n.Key = n.ID
			if k > 2 {
				n.Key += "~" + itoa(k-1)
			}
			if taken[n.Key] {
				n.Key = ""
			}
		}
		taken[n.Key] = true
		if n.Span = (lawtext.Span{}); !altered[from] {
			n.Span = from.Span
		}
	}
	act.Title, act.Short, act.Front, act.Lang = tree.Title, tree.Short, tree.Front, tree.Lang
	act.Source, act.Notes = c.base.Source, c.base.Notes
	for i := range act.Components {
		act.Components[i].Span = tree.Components[i].Span
	}
	return act
}

// applyArticle carries out the instructions of one article of the amending act,
// or none if one is refused. Base is the act before the first article. It
// returns the nodes that have changed.
func (u *Usage) applyArticle(t *tree, base *lawtext.Act, ins []Instruction, unread bool) ([]Outcome, map[*lawtext.Node]bool) {
	out := make([]Outcome, len(ins))
	bad, part := false, -1
	for i, in := range ins {
		status, at, ref := u.sort(in, base)
		if ref == nil && status == Applied {
			if part >= 0 && at != part {
				ref = &Refusal{Reason: Unsupported, Words: "two acts in one article", Span: in.Span}
			}
			part = at
		}
		if out[i] = (Outcome{Instruction: in, Status: status, Refused: ref}); ref != nil {
			out[i].Status, bad = Refused, true
		}
	}
	if !bad {
		p := newPlan(t, u)
		t.mark(max(part, 0))
		at, ref := p.carryOut(out, base)
		if ref == nil && unread && len(p.claims) > 0 {
			at, ref = p.blame(), &Refusal{Reason: BadPayload, Words: "the amended text reads as other provisions than were put in", Span: out[p.blame()].Span}
		}
		if ref == nil {
			return out, p.t.changed()
		}
		t.undo()
		out[at].Status, out[at].Refused = Refused, ref
	}
	for i := range out {
		out[i].Touched, out[i].Notes = nil, nil
		if out[i].Status == Applied {
			out[i].Status = Refused
			out[i].Refused = &Refusal{Reason: Sibling, Words: out[i].Text, Span: out[i].Span}
		}
	}
	return out, nil
}

// sort tells what an instruction is for, and which component of the act it is
// about: 0 for the act itself.
func (u *Usage) sort(in Instruction, base *lawtext.Act) (Status, int, *Refusal) {
	if in.Refused != nil {
		return Refused, 0, in.Refused
	}
	status, part := Noted, -1
	for i := range in.Ops {
		op := &in.Ops[i]
		if op.Verb == Commence || op.Verb == Transitory || isFootnote(op) && u.NoteMark == "" {
			continue
		}
		if op.Act != "" && !u.Named(base) {
			return Refused, 0, &Refusal{Reason: Untitled, Words: op.Act, Span: op.Span}
		}
		if op.Verb == Repeal && len(op.At.Steps) == 0 {
			if slices.ContainsFunc(op.Acts, func(act string) bool { return u.Names(act, base) }) || u.Mentions(op.Text, op.Acts, base) {
				ref := &Refusal{Reason: Unsupported, Words: cut(op.Text), Span: op.Span}
				if op.Force != nil {
					ref.Words = "not before another time: " + op.Force.From.String()
				}
				return Refused, 0, ref
			}
			continue
		}
		at, ref := u.component(op, base)
		switch {
		case ref != nil:
			return Refused, 0, ref
		case at < 0 && status == Noted:
			status = Elsewhere
		case at >= 0 && part >= 0 && at != part:
			return Refused, 0, &Refusal{Reason: Unsupported, Words: "two acts in one sentence: " + op.Act, Span: op.Span}
		case at >= 0:
			status, part = Applied, at
		}
	}
	return status, max(part, 0), nil
}

// component finds what an operation is about: 0 for the act, another number for
// what an amending act left behind in it, -1 for another act.
func (u *Usage) component(op *Op, base *lawtext.Act) (int, *Refusal) {
	if op.Act == "" || u.Names(op.Act, base) {
		return 0, nil
	}
	var found []int
	for i, c := range base.Components[min(1, len(base.Components)):] {
		head, _, _ := strings.Cut(c.Title, " – ")
		if u.Names(op.Act, &lawtext.Act{Title: head}) {
			found = append(found, i+1)
		}
	}
	cited, told := lawcite.ReadGazettes(op.Cited)
	said := func(i int) bool { // amending acts of one title differ by their gazette
		return told && slices.ContainsFunc(cited, func(g lawcite.Gazette) bool {
			return strings.Contains(base.Components[i].Title, " "+g.Number)
		})
	}
	if one := slices.DeleteFunc(slices.Clone(found), func(i int) bool { return !said(i) }); len(found) > 1 || len(found) == 1 && told && strings.Contains(base.Components[found[0]].Title, "(") {
		ref := &Refusal{Reason: TwoReadings, Words: op.Act + " (" + op.Cited + ")", Span: op.Span}
		for _, i := range found {
			ref.Candidates = append(ref.Candidates, base.Components[i].ID)
		}
		if found = one; len(found) != 1 {
			return 0, ref
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return -1, nil
}

// carryOut plans and makes the changes of all instructions that concern the
// act. On a refusal it returns the index of the instruction.
func (p *plan) carryOut(out []Outcome, base *lawtext.Act) (int, *Refusal) {
	each := func(do func(*Op) *Refusal) (int, *Refusal) {
		for i := range out {
			if out[i].Status != Applied {
				continue
			}
			for k := range out[i].Ops {
				p.at = i
				if at, _ := p.u.component(&out[i].Ops[k], base); at < 0 {
					continue // the sentence is about several acts
				}
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
		return i, ref
	}
	if i, ref := each(func(op *Op) *Refusal { return p.text(op, out[p.at].Ops) }); ref != nil {
		return i, ref
	}
	for _, do := range p.edits {
		do()
	}
	ref := p.settle()
	if ref == nil {
		ref = p.unclaimed()
	}
	if ref != nil {
		ref.Span = out[p.blame()].Span
		return p.blame(), ref
	}
	for i := range out {
		out[i].Touched, out[i].Notes = slices.Compact(p.ids[i]), p.notes[i]
	}
	return 0, nil
}

// unclaimed refuses if other nodes have changed than were to be.
func (p *plan) unclaimed() *Refusal {
	changed := p.t.changed()
	var more, less []string
	for n := range changed {
		if !p.claims[n] {
			more = append(more, n.ID)
		}
	}
	for n := range p.claims {
		if !changed[n] {
			less = append(less, n.ID)
		}
	}
	slices.Sort(more)
	slices.Sort(less)
	switch {
	case len(more) > 0:
		return &Refusal{Reason: Unclaimed, Words: "would change " + more[0], Candidates: more}
	case len(less) > 0:
		return &Refusal{Reason: Unclaimed, Words: "would leave as it is " + less[0], Candidates: less}
	}
	return nil
}
