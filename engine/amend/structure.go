package amend

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// structure plans an operation on whole units.
func (p *plan) structure(op *Op) *Refusal {
	switch {
	case op.Verb == Manual, op.Cascade && !p.u.Declines && p.u.Adjectives == nil:
		return &Refusal{Reason: Unsupported, Words: "words in all their forms: " + cut(op.Text+op.Anchor)}
	case !op.Cascade && len(op.At.Steps) == 0 && op.All && p.u.Adjectives == nil:
		return &Refusal{Reason: Unsupported, Words: "words of the whole act: " + cut(op.Text+op.Anchor)}
	}
	if isFootnote(op) {
		return p.footnote(op)
	}
	switch op.Verb {
	case Replace, ReplaceBody, Delete, Repeal:
		return p.units(op)
	case Insert:
		switch {
		case op.New.Unit == lawcite.Sentence:
			return nil
		case op.New.Unit == lawcite.Heading:
			return p.headArticle(op)
		case isDivision(op.New.Unit) || lastUnit(op.At) == lawcite.Heading || isDivision(lastUnit(op.At)):
			return p.insertFrame(op)
		}
		return p.insert(op)
	case Renumber:
		return p.renumber(op)
	case Wrap:
		return p.wrap(op)
	case Unwrap:
		return p.unwrap(op)
	}
	return nil
}

// units plans to replace or delete units.
func (p *plan) units(op *Op) *Refusal {
	part := lastUnit(op.At)
	if len(op.At.Steps) == 0 {
		return &Refusal{Reason: NoTarget, Words: cut(op.Text)}
	}
	if part == lawcite.Heading && len(op.At.Steps) == 1 && op.At.Steps[0].Named == "" && op.Verb == Replace {
		return p.titleOfAct(op)
	}
	if part == lawcite.Sentence || part == lawcite.Intro || part == Clause || part == Bracket || part == lawcite.Heading && !p.ofFrame(op) {
		return nil // a part of a text
	}
	spots, ref := p.spots(op)
	if ref != nil && ref.Reason == NoTarget && p.u.Groups && op.Verb == Replace && op.Units == nil {
		return p.replaceSome(op, ref)
	}
	if ref != nil {
		return ref
	}
	for _, s := range spots {
		if s.alt != nil {
			return p.either(s)
		}
		if p.whole[s.n] || s.n.Deleted {
			return &Refusal{Reason: NoTarget, Words: "deleted or changed already", Candidates: []string{s.n.ID}}
		}
	}
	switch framed := framed(spots[0].n.Kind); {
	case framed && len(spots) > 1:
		return &Refusal{Reason: Unsupported, Words: "several divisions at once", Candidates: []string{spots[0].n.ID}}
	case framed && (op.Verb == Delete || op.Verb == Repeal):
		return p.deleteFrame(op, spots[0])
	case framed && part == lawcite.Heading:
		return p.retitle(spots[0], op)
	case framed && spots[0].n.Kind != lawtext.Annex:
		return &Refusal{Reason: Unsupported, Words: "a whole division", Candidates: []string{spots[0].n.ID}}
	case op.Verb == Delete || op.Verb == Repeal:
		return p.delete(op, spots)
	case op.Verb == Replace:
		return p.replace(op, spots)
	}
	return p.replaceBody(op, spots)
}

// ofFrame reports whether a heading is that of a division.
func (p *plan) ofFrame(op *Op) bool {
	s := op.At.Steps
	return s[len(s)-1].Named != "" || len(s) > 1 && framed(s[len(s)-2].Unit)
}

// spots resolves what an operation is about.
func (p *plan) spots(op *Op) ([]spot, *Refusal) {
	if len(op.Past.Steps) > 0 {
		return p.past(op)
	}
	return p.find(op.At, op.Old)
}

func lastUnit(r lawcite.Ref) lawcite.Unit {
	if len(r.Steps) == 0 {
		return ""
	}
	return r.Steps[len(r.Steps)-1].Unit
}

// listOf is the list in which a unit stands, and as it will be.
func (p *plan) listOf(n *lawtext.Node) (list, []*lawtext.Node) {
	l := list{p.t.parent[n], n.Kind}
	if n.Kind == lawtext.Article {
		l.up = nil
	}
	if w, ok := p.lists[l]; ok {
		return l, w
	}
	_, all := p.level(l.up, l.kind)
	return l, p.will(l, all)
}

func (p *plan) delete(op *Op, spots []spot) *Refusal {
	for _, s := range spots {
		n := s.n
		if n.Kind == lawtext.Article && n.Above && n.Heading != "" && !op.Heading {
			return &Refusal{Reason: Unsupported, Words: "the heading above the article: " + n.Heading, Candidates: []string{n.ID}}
		}
		l, will := p.listOf(n)
		p.lists[l] = slices.Delete(slices.Clone(will), slices.Index(will, n), slices.Index(will, n)+1)
		p.gone[n], p.repealed[n] = p.at+1, op.Verb == Repeal
		under(n, func(n *lawtext.Node) { p.claim(n); p.whole[n] = true })
	}
	return nil
}

// bury makes a tombstone of what was deleted, where the usage has them, unless
// another unit has taken its number. What carries no number goes without trace.
func (p *plan) bury(l list, will []*lawtext.Node) *Refusal {
	_, now := p.level(l.up, l.kind)
	for i, n := range now {
		if p.gone[n] == 0 {
			continue
		}
		taken := n.Label == "" || n.Kind == lawtext.Indent
		if at := p.gone[n] - 1; taken && !p.told(now) {
			p.notes[at] = append(p.notes[at], "unnumbered-removed")
		}
		for _, w := range will {
			if w.Num == n.Num && p.fresh[w] && p.apart(w, n) {
				return &Refusal{Reason: TwoReadings, Words: "in which division the new article stands", Candidates: []string{n.ID}}
			}
			taken = taken || w.Num == n.Num
		}
		words := p.u.Deleted[l.kind]
		if p.repealed[n] {
			words = p.u.Repealed[l.kind]
		}
		taken = taken || words == ""
		if !taken && p.u.LastCloses && l.kind != lawtext.Article && !p.repealed[n] {
			taken = !slices.ContainsFunc(now[i+1:], func(n *lawtext.Node) bool { return p.gone[n] == 0 })
			if taken {
				p.notes[p.gone[n]-1] = append(p.notes[p.gone[n]-1], "last-removed")
			}
		}
		if taken {
			p.t.remove(n)
			continue
		}
		ending := *field(last(n))
		p.t.touch(n)
		n.Deleted, n.Children, n.Tail, n.Intro, n.Above = true, nil, "", "", false
		if strings.HasSuffix(ending, ";") && l.kind == lawtext.Point {
			words += ";" // the list goes on
		}
		if n.Intro = words; l.kind == lawtext.Article {
			n.Heading, n.Intro = words, ""
		}
	}
	return nil
}

// told reports whether the instructions say how a list is counted from now on.
func (p *plan) told(nodes []*lawtext.Node) bool {
	return slices.ContainsFunc(nodes, func(n *lawtext.Node) bool { _, ok := p.number[n]; return ok })
}

func (p *plan) replace(op *Op, spots []spot) *Refusal {
	unit, nums := spots[0].n.Kind, op.New.Numbers
	if len(nums) == 0 {
		for _, s := range spots {
			nums = append(nums, lawcite.Range{From: s.n.Num})
		}
	}
	nodes, ref := p.expect(op, unit, nums)
	if ref != nil {
		return ref
	}
	if len(nodes) != len(spots) {
		if len(op.New.Numbers) == 0 {
			return &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
		}
		if ref := p.exchange(op, &spots, &nodes); ref != nil {
			return ref
		}
	}
	for i, s := range spots {
		fresh, n := nodes[i], s.n
		if n.Label != "" && n.Kind != lawtext.Indent && n.Num != fresh.Num {
			p.listOf(n)
			if told, twice := p.number[n]; twice && told != fresh.Num {
				return &Refusal{Reason: Occupied, Words: fresh.Num, Candidates: []string{n.ID}}
			}
			p.number[n] = fresh.Num
			p.claim(n)
		}
		if unit == lawtext.Article && n.Heading != "" && fresh.Heading == "" && n.Above {
			return &Refusal{Reason: Unsupported, Words: "the heading above the article: " + n.Heading, Candidates: []string{n.ID}}
		}
		if n.Heading != "" && fresh.Heading == "" {
			p.note("heading-gone " + n.ID)
		}
		if (n.Label == "") != (fresh.Label == "") {
			return &Refusal{Reason: BadPayload, Words: "one has a number, the other not", Candidates: []string{n.ID}}
		}
		if fresh.Kind == lawtext.Indent {
			fresh.Label = n.Label // the dash of the act that is amended
		}
		p.ids[p.at] = append(p.ids[p.at], n.ID)
		under(n, func(n *lawtext.Node) { p.whole[n] = true })
		for _, c := range n.Children {
			under(c, p.claim)
		}
		if n.Heading != fresh.Heading || n.Above != fresh.Above || n.Intro != fresh.Intro || n.Tail != fresh.Tail || n.Deleted != fresh.Deleted {
			p.claim(n)
		}
		for _, c := range fresh.Children {
			under(c, p.claim)
		}
		p.edits = append(p.edits, func() {
			// The node stays, with its place and number; a told number is set later.
			p.t.touch(n)
			inherit(n.Children, fresh.Children)
			n.Heading, n.Above, n.Intro, n.Tail, n.Children = fresh.Heading, fresh.Above, fresh.Intro, fresh.Tail, fresh.Children
			n.Deleted = fresh.Deleted // "(prenehal veljati)" may be what it is to say
			p.t.adopt(n.Children, n)
		})
	}
	return nil
}

// replaceSome replaces those of several provisions that the act has, and puts in
// the others at their numbers, which is noted: "§ 23 až 26 znějí", where of these
// only § 26 is left. None is the refusal if it has none of them.
func (p *plan) replaceSome(op *Op, none *Refusal) *Refusal {
	last := len(op.At.Steps) - 1
	step := op.At.Steps[last]
	nums, ok := spread(step.Numbers)
	nodes, ref := p.expect(op, step.Unit, step.Numbers)
	if !ok || ref != nil || len(nodes) != len(nums) || len(nums) < 2 {
		return none
	}
	at := func(list ...string) lawcite.Ref {
		s := step
		s.Numbers = nil
		for _, num := range list {
			s.Numbers = append(s.Numbers, lawcite.Range{From: num})
		}
		return lawcite.Ref{Steps: append(slices.Clone(op.At.Steps[:last]), s)}
	}
	old, fresh := *op, *op
	var has, more []string
	old.Units, fresh.Units, fresh.Verb = nil, nil, Insert
	for i, num := range nums {
		if spots, ref := p.find(at(num), op.Old); ref == nil && len(spots) == 1 {
			has, old.Units = append(has, num), append(old.Units, nodes[i])
			continue
		}
		more, fresh.Units = append(more, num), append(fresh.Units, nodes[i])
	}
	switch {
	case len(has) == 0 || len(more) == 0:
		return none
	case p.u.Order(more[len(more)-1], has[0]) < 0:
		fresh.At, fresh.Place = at(has[0]), Before
	case p.u.Order(more[0], has[len(has)-1]) > 0:
		fresh.At, fresh.Place = at(has[len(has)-1]), After
	default:
		return none // between others
	}
	old.At, fresh.New = at(has...), lawcite.Step{Unit: step.Unit, Numbers: at(more...).Steps[last].Numbers}
	p.note("put-in")
	if ref := p.units(&old); ref != nil {
		return ref
	}
	return p.insert(&fresh)
}

// exchange evens out units of one list and the provisions that come in their
// place when there are fewer or more of these: what is too much goes, or is put
// in after the last one.
func (p *plan) exchange(op *Op, spots *[]spot, nodes *[]*lawtext.Node) *Refusal {
	k := min(len(*spots), len(*nodes))
	l, will := p.listOf((*spots)[0].n)
	first := slices.Index(will, (*spots)[0].n)
	for i, s := range *spots {
		if first < 0 || first+i >= len(will) || will[first+i] != s.n {
			return &Refusal{Reason: Unsupported, Words: "units that do not follow each other", Candidates: []string{s.n.ID}}
		}
	}
	more := (*nodes)[k:]
	p.lists[l] = slices.Replace(slices.Clone(will), first+k, first+len(*spots), more...)
	for _, s := range (*spots)[k:] {
		under(s.n, func(n *lawtext.Node) { p.claim(n); p.whole[n] = true })
		p.edits = append(p.edits, func() { p.t.remove(s.n) })
	}
	for _, n := range more {
		p.fresh[n] = true
		under(n, p.claim)
		if n.Label == "" || n.Kind == lawtext.Indent {
			p.number[n] = n.Num
		}
	}
	anchor := (*spots)[k-1].n
	if len(more) > 0 {
		p.edits = append(p.edits, func() { p.t.insert(anchor, true, more) })
	}
	*spots, *nodes = (*spots)[:k], (*nodes)[:k]
	return nil
}

// inherit hands the keys of replaced provisions to those that come in their
// place: of the same kind, with the same number.
func inherit(old, fresh []*lawtext.Node) {
	for _, a := range old {
		for _, b := range fresh {
			if a.Kind == b.Kind && a.Num == b.Num && b.Key == "" {
				b.Key = a.Key
				inherit(a.Children, b.Children)
				break
			}
		}
	}
}

func (p *plan) replaceBody(op *Op, spots []spot) *Refusal {
	if len(spots) != 1 || spots[0].n.Kind != lawtext.Article {
		return &Refusal{Reason: Unsupported, Words: "the text of a unit that is no article"}
	}
	if op.Payload == "" {
		return &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	}
	n := spots[0].n
	nodes := p.u.provisions(op.Payload, lawtext.Paragraph)
	if len(nodes) == 0 {
		return &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
	}
	for _, c := range n.Children {
		under(c, func(n *lawtext.Node) { p.claim(n) })
	}
	under(n, func(n *lawtext.Node) { p.whole[n] = true })
	for _, c := range nodes {
		under(c, p.claim)
	}
	p.edits = append(p.edits, func() { inherit(n.Children, nodes); p.t.touch(n).Children = nodes; p.t.adopt(nodes, n) })
	return nil
}

func (p *plan) insert(op *Op) *Refusal {
	if op.New.Unit == lawcite.Heading {
		return p.insertHeading(op)
	}
	nodes, ref := p.expect(op, op.New.Unit, op.New.Numbers)
	if ref != nil {
		return ref
	}
	if op.Heading && nodes[0].Heading == "" {
		return &Refusal{Reason: BadPayload, Words: "no heading in it", Span: op.Span}
	}
	if op.Times > 0 && len(nodes) != op.Times {
		return &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
	}
	if host := p.barren(op); host != nil {
		return p.bear(host, nodes)
	}
	anchor, after, ref := p.beside(op, nodes[0].Num)
	if ref != nil {
		return ref
	}
	if anchor.Kind != op.New.Unit {
		return &Refusal{Reason: NoTarget, Words: path(op.At), Candidates: []string{anchor.ID}}
	}
	l, will := p.listOf(anchor)
	if op.New.Unit == lawtext.Indent {
		for _, n := range nodes {
			n.Label = anchor.Label
		}
	}
	i := slices.Index(will, anchor)
	if i < 0 {
		return &Refusal{Reason: NoTarget, Words: "deleted", Candidates: []string{anchor.ID}}
	}
	if nodes[0].Num == "" && (!after || i+1 < len(will)) {
		return &Refusal{Reason: TwoReadings, Words: "a new unit without a number that is not the last", Candidates: []string{anchor.ID}}
	}
	if after {
		i++
	}
	p.lists[l] = slices.Insert(slices.Clone(will), i, nodes...)
	for k, n := range nodes {
		p.fresh[n] = true
		under(n, p.claim)
		if n.Num == "" {
			n.Num = itoa(i + k + 1)
		}
		if n.Label == "" || n.Kind == lawtext.Indent {
			p.number[n] = n.Num
		}
	}
	p.edits = append(p.edits, func() { p.t.insert(anchor, after, nodes) })
	return p.exhume(l, anchor, nodes)
}

// exhume takes away the tombstone of which a new unit takes the number. What
// stands, or stood, in another division than the new unit is not taken for its
// forerunner.
func (p *plan) exhume(l list, anchor *lawtext.Node, nodes []*lawtext.Node) *Refusal {
	for _, fresh := range nodes {
		i := slices.IndexFunc(p.lists[l], func(n *lawtext.Node) bool {
			return n.Deleted && n.Num == fresh.Num && n.Label != "" && !p.fresh[n]
		})
		if i < 0 || p.gone[p.lists[l][i]] > 0 {
			continue
		}
		tomb := p.lists[l][i]
		if p.apart(anchor, tomb) {
			return &Refusal{Reason: TwoReadings, Words: "in which division the new article stands", Candidates: []string{anchor.ID, tomb.ID}}
		}
		p.lists[l] = slices.Delete(p.lists[l], i, i+1)
		under(tomb, p.claim)
		p.edits = append(p.edits, func() { p.t.remove(tomb) })
	}
	return nil
}

// apart reports whether two articles stand in different divisions, or something
// other than articles between them.
func (p *plan) apart(a, b *lawtext.Node) bool {
	if a.Kind != lawtext.Article {
		return false
	}
	if p.t.parent[a] != p.t.parent[b] {
		return true
	}
	all := p.t.act.Components[p.t.part].Nodes
	if up := p.t.parent[a]; up != nil {
		all = up.Children
	}
	i, k := slices.Index(all, a), slices.Index(all, b)
	return i >= 0 && k >= 0 && slices.ContainsFunc(all[min(i, k):max(i, k)], func(n *lawtext.Node) bool { return n.Kind != lawtext.Article })
}

// barren is the provision without any below it into which units given as trees
// go, else nil. Of quoted text it would not be known how it reads there.
func (p *plan) barren(op *Op) *lawtext.Node {
	if op.Units == nil || op.Place != AtEnd {
		return nil
	}
	if spots, ref := p.find(op.At, op.Old); ref == nil && len(spots) == 1 && spots[0].alt == nil && len(spots[0].n.Children) == 0 {
		return spots[0].n
	}
	return nil
}

// bear puts the first units into a provision that has none.
func (p *plan) bear(host *lawtext.Node, nodes []*lawtext.Node) *Refusal {
	for _, n := range nodes {
		p.fresh[n] = true
		under(n, p.claim)
	}
	p.edits = append(p.edits, func() {
		p.t.touch(host)
		host.Children = append(host.Children, nodes...)
		p.t.adopt(nodes, host)
	})
	return nil
}

// insertHeading puts a heading above an article that has none: "Изнад члана 13.
// додаје се назив члана".
func (p *plan) insertHeading(op *Op) *Refusal {
	spots, ref := p.find(op.At, op.Old)
	if ref != nil {
		return ref
	}
	s, with := spots[0], flat(op.Payload)
	switch n := s.n; {
	case len(spots) != 1 || n.Kind != lawtext.Article || op.Place != Before:
		return &Refusal{Reason: Unsupported, Words: path(op.At), Span: op.Span}
	case s.alt != nil:
		return p.either(s)
	case n.Heading != "" || n.Deleted || p.whole[n]:
		return &Refusal{Reason: Occupied, Words: n.Heading, Span: op.Span, Candidates: []string{n.ID}}
	case with == "":
		return &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	}
	p.claim(s.n)
	p.edits = append(p.edits, func() {
		n := p.t.touch(s.n)
		n.Heading, n.Above = with, true
	})
	return nil
}

// beside finds the unit next to which a new one goes.
func (p *plan) beside(op *Op, num string) (anchor *lawtext.Node, after bool, _ *Refusal) {
	if op.Place == After || op.Place == Before {
		spots, ref := p.find(op.At, op.Old)
		if ref != nil {
			return nil, false, ref
		}
		if len(spots) != 1 || spots[0].alt != nil {
			return nil, false, &Refusal{Reason: TwoReadings, Words: "where the new unit goes", Candidates: []string{spots[0].n.ID}}
		}
		return spots[0].n, op.Place == After, nil
	}
	var host *lawtext.Node
	if len(op.At.Steps) > 0 {
		spots, ref := p.find(op.At, op.Old)
		if ref != nil {
			return nil, false, ref
		}
		if len(spots) != 1 || spots[0].alt != nil {
			return nil, false, &Refusal{Reason: TwoReadings, Words: "where the new unit goes"}
		}
		host = spots[0].n
	}
	_, all := p.level(host, op.New.Unit)
	if len(all) == 0 {
		return nil, false, &Refusal{Reason: Unsupported, Words: "the first of its kind"}
	}
	if op.Place == Anywhere {
		for _, n := range all {
			if p.u.Order(n.Num, num) >= 0 {
				return n, false, nil
			}
		}
	}
	return all[len(all)-1], true, nil
}

func (p *plan) renumber(op *Op) *Refusal {
	spots, ref := p.find(op.At, true)
	if ref != nil {
		return ref
	}
	nums, ok := p.spread(op.New.Numbers, len(spots))
	if !ok || len(nums) != len(spots) || framed(spots[0].n.Kind) {
		return &Refusal{Reason: Unsupported, Words: "numbers that do not fit"}
	}
	for i, s := range spots {
		p.listOf(s.n)
		if told, twice := p.number[s.n]; twice && told != nums[i] || p.gone[s.n] > 0 {
			return &Refusal{Reason: Occupied, Words: nums[i], Candidates: []string{s.n.ID}}
		}
		p.number[s.n] = nums[i]
		p.ids[p.at] = append(p.ids[p.at], s.n.ID)
		if s.n.Label != "" && s.n.Kind != lawtext.Indent && s.n.Num != nums[i] {
			p.claim(s.n)
		}
	}
	return nil
}

// enclose makes the whole text of a provision its only point: "the existing text
// is designated as subsection (a)".
func (p *plan) enclose(n *lawtext.Node, num string) *Refusal {
	if n.Intro == "" || p.whole[n] {
		return &Refusal{Reason: Unsupported, Words: "a provision without a text of its own", Candidates: []string{n.ID}}
	}
	point := &lawtext.Node{Kind: lawtext.Point, Label: "(" + num + ")", Num: num}
	p.fresh[point] = true
	p.claim(point)
	p.claim(n)
	for _, c := range n.Children {
		under(c, p.claim)
	}
	p.edits = append(p.edits, func() {
		p.t.touch(n)
		point.Intro, point.Children, point.Tail = n.Intro, n.Children, n.Tail
		n.Intro, n.Children, n.Tail = "", []*lawtext.Node{point}, ""
		p.t.adopt(n.Children, n)
	})
	return nil
}

// wrap gives the only paragraph of an article its number.
func (p *plan) wrap(op *Op) *Refusal {
	spots, ref := p.find(op.At, true)
	if ref != nil {
		return ref
	}
	n := spots[0].n
	if op.New.Unit == lawtext.Point && len(spots) == 1 && spots[0].alt == nil && len(op.New.Numbers) == 1 {
		return p.enclose(n, op.New.Numbers[0].From)
	}
	if len(spots) != 1 || n.Kind != lawtext.Article || len(n.Children) != 1 || n.Children[0].Kind != lawtext.Paragraph ||
		n.Children[0].Label != "" || op.New.Unit != lawtext.Paragraph || len(op.New.Numbers) != 1 || op.New.Numbers[0].From != "1" {
		return &Refusal{Reason: Unsupported, Words: "an article that is more than one paragraph", Candidates: []string{n.ID}}
	}
	only := n.Children[0]
	p.claim(only)
	if p.u.FirstLabel != "" {
		p.edits = append(p.edits, func() { p.t.touch(only).Label = p.u.FirstLabel })
		return nil
	}
	p.edits = append(p.edits, func() {
		for _, c := range n.Children { // as the new paragraphs are printed
			if c.Label != "" {
				p.t.touch(only).Label = strings.Replace(c.Label, c.Num, "1", 1)
				return
			}
		}
		delete(p.claims, only)
	})
	return nil
}

// unwrap takes the number off the paragraph that is to be the only one.
func (p *plan) unwrap(op *Op) *Refusal {
	spots, ref := p.find(op.At, true)
	if ref != nil {
		return ref
	}
	n := spots[0].n
	if n.Kind == lawtext.Article { // the one that stays
		var stay []*lawtext.Node
		for _, c := range n.Children {
			if c.Kind == lawtext.Paragraph && p.gone[c] == 0 {
				stay = append(stay, c)
			}
		}
		if len(stay) == 1 {
			n = stay[0]
		}
	}
	if len(spots) != 1 || spots[0].part.Unit != "" || n.Kind != lawtext.Paragraph || n.Label == "" {
		return &Refusal{Reason: Unsupported, Words: "a paragraph without a number", Candidates: []string{n.ID}}
	}
	p.listOf(n)
	p.claim(n)
	p.number[n] = "1"
	p.edits = append(p.edits, func() { p.t.touch(n).Label = "" })
	return nil
}
