package amend

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend/usage"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A plan is what the instructions of one article of the amending act come to,
// before anything is changed.
//
// Structure is planned first, for all instructions, so that a number can be
// read in both epochs: as it was, and as it will be.
type plan struct {
	t        *tree
	u        *Usage
	at       int // the instruction being planned
	edits    []func()
	fresh    map[*lawtext.Node]bool // put in
	claims   map[*lawtext.Node]bool
	ids      map[int][]string
	number   map[*lawtext.Node]string // numbers that are told
	lists    map[list][]*lawtext.Node // of touched lists, as they will be
	order    []list                   // in which they were touched
	gone     map[*lawtext.Node]int    // deleted, and by which instruction, from one on
	repealed map[*lawtext.Node]bool   // gone by repeal: prenehal veljati
	notes    map[int][]string
	whole    map[*lawtext.Node]bool   // replaced or deleted with all below
	written  map[*lawtext.Node]string // own text before the first text operation
	shuffled map[*lawtext.Node]bool   // sentences were put in or taken out
	cascaded map[*Op]bool             // made with another of its instruction
}

// A list is the units of a kind under one parent; nil for articles.
type list struct {
	up   *lawtext.Node
	kind lawcite.Unit
}

func newPlan(t *tree, u *Usage) *plan {
	return &plan{t: t, u: u, claims: map[*lawtext.Node]bool{}, fresh: map[*lawtext.Node]bool{}, ids: map[int][]string{}, number: map[*lawtext.Node]string{},
		lists: map[list][]*lawtext.Node{}, gone: map[*lawtext.Node]int{}, repealed: map[*lawtext.Node]bool{}, notes: map[int][]string{}, whole: map[*lawtext.Node]bool{},
		written: map[*lawtext.Node]string{}, shuffled: map[*lawtext.Node]bool{}, cascaded: map[*Op]bool{}}
}

func (p *plan) blame() int {
	for i := range p.ids {
		return slices.Min(append(keys(p.ids), i))
	}
	return 0
}

func keys(m map[int][]string) []int {
	var out []int
	for k := range m {
		out = append(out, k)
	}
	return out
}

// claim says that the current instruction changes a node.
func (p *plan) claim(n *lawtext.Node) {
	p.claims[n] = true
	if n.ID != "" {
		p.ids[p.at] = append(p.ids[p.at], n.ID)
	}
}

// A spot is a provision, or a part of one that is no node.
type spot struct {
	n        *lawtext.Node
	part     lawcite.Step  // sentence, introductory sentence or heading; else empty
	sentence *lawcite.Step // in which the part stands, if that is said
	alt      *lawtext.Node // what the number means in the other epoch, if that differs
}

// level is the list of units of a kind under a provision, as it was.
func (p *plan) level(up *lawtext.Node, unit lawcite.Unit) (list, []*lawtext.Node) {
	switch {
	case up == nil && unit == lawtext.Article:
		return list{nil, unit}, p.t.articles()
	case up == nil:
		return list{nil, unit}, p.t.frames(unit)
	}
	all := lawcite.Within(up, unit, "")
	if len(all) == 0 {
		return list{up, unit}, nil
	}
	return list{p.t.parent[all[0]], unit}, all
}

// will is the list as it will be.
func (p *plan) will(l list, all []*lawtext.Node) []*lawtext.Node {
	if w, ok := p.lists[l]; ok {
		return w
	}
	p.order = append(p.order, l)
	p.lists[l] = slices.Clone(all)
	return p.lists[l]
}

// newNumber is the number that a unit will have.
func (p *plan) newNumber(l list, n *lawtext.Node) string {
	if num, told := p.number[n]; told {
		return num
	}
	if n.Label != "" && n.Kind != lawtext.Indent {
		return n.Num
	}
	return itoa(slices.Index(p.lists[l], n) + 1)
}

// find resolves an address against the act as it was. Old says that it is
// counted so; else a number that will belong to another unit has both meanings.
func (p *plan) find(r lawcite.Ref, old bool) ([]spot, *Refusal) {
	at := []spot{{}}
	for _, s := range r.Steps {
		if s.Named != "" && s.Unit == lawcite.Heading {
			n, ref := p.called(s.Named)
			if ref != nil {
				return nil, ref
			}
			at = []spot{{n: n, part: s}}
			continue
		}
		if s.Unit == lawcite.Sentence || s.Unit == lawcite.Intro || s.Unit == lawcite.Heading || s.Unit == Clause || s.Unit == Bracket {
			for i := range at {
				if at[i].sentence = nil; at[i].part.Unit == lawcite.Sentence {
					within := at[i].part
					at[i].sentence = &within
				}
				at[i].part = s
			}
			continue
		}
		var next []spot
		for _, up := range at {
			if up.alt != nil {
				return nil, p.either(up)
			}
			found, ref := p.step(up.n, s, old)
			if ref != nil {
				return nil, ref
			}
			next = append(next, found...)
		}
		at = next
	}
	if len(at) == 0 || at[0].n == nil {
		return nil, &Refusal{Reason: NoTarget, Words: path(r)}
	}
	return at, nil
}

func (p *plan) either(s spot) *Refusal {
	return &Refusal{Reason: TwoReadings, Words: "the number before this article or after it", Candidates: []string{s.n.ID, s.alt.ID}}
}

// step finds the units of one step under a provision.
func (p *plan) step(up *lawtext.Node, s lawcite.Step, old bool) ([]spot, *Refusal) {
	l, all := p.level(up, s.Unit)
	var out []spot
	if s.Named != "" {
		n, ref := p.namedAmong(all, s.Named)
		return []spot{{n: n}}, ref
	}
	for _, num := range s.Numbers {
		a, ref := p.one(l, all, num.From, old)
		if ref != nil {
			return nil, ref
		}
		out = append(out, a)
		if num.To == "" {
			continue
		}
		b, ref := p.one(l, all, num.To, old)
		if ref != nil {
			return nil, ref
		}
		i, k := slices.Index(all, a.n), slices.Index(all, b.n)
		if a.alt != nil || b.alt != nil || k <= i {
			return nil, &Refusal{Reason: TwoReadings, Words: num.From + "–" + num.To, Candidates: []string{a.n.ID, b.n.ID}}
		}
		for _, n := range all[i+1 : k+1] {
			out = append(out, spot{n: n})
		}
	}
	if len(s.Numbers) == 0 {
		if len(all) != 1 {
			return nil, &Refusal{Reason: NoTarget, Words: string(s.Unit)}
		}
		out = []spot{{n: all[0]}}
	}
	return out, nil
}

// namedAmong finds the one unit that is called by its heading or label.
func (p *plan) namedAmong(all []*lawtext.Node, name string) (*lawtext.Node, *Refusal) {
	want := strings.ToLower(flat(name))
	ref := &Refusal{Reason: NoTarget, Words: cut(name)}
	var found *lawtext.Node
	for _, n := range all {
		ref.Candidates = append(ref.Candidates, n.ID)
		for _, s := range [...]string{n.Label, n.Heading, n.Label + " " + n.Heading, n.Num} {
			if s = strings.ToLower(flat(s)); s == want || strings.TrimSuffix(s, ".") == strings.TrimSuffix(want, ".") {
				if found != nil && found != n {
					ref.Reason = TwoReadings
					return nil, ref
				}
				found = n
			}
		}
	}
	if found == nil {
		return nil, ref
	}
	return found, nil
}

// one finds the unit of one number, as it was and as it will be.
func (p *plan) one(l list, all []*lawtext.Node, num string, old bool) (spot, *Refusal) {
	var was []*lawtext.Node
	switch {
	case num == lawcite.Last && len(all) > 0:
		was = all[len(all)-1:]
	case num == lawcite.NextToLast && len(all) > 1:
		was = all[len(all)-2 : len(all)-1]
	default:
		for _, n := range all {
			if n.Num == num {
				was = append(was, n)
			}
		}
	}
	var will *lawtext.Node
	if w, touched := p.lists[l]; touched && !old && num[0] != '-' {
		for _, n := range w {
			if p.newNumber(l, n) == num {
				will = n
			}
		}
	}
	switch {
	case len(was) == 1 && (will == nil || will == was[0]):
		return spot{n: was[0]}, nil
	case len(was) == 1:
		return spot{n: was[0], alt: will}, nil
	case len(was) == 0 && will != nil && slices.Contains(all, will):
		return spot{n: will}, nil
	}
	ref := &Refusal{Reason: NoTarget, Words: num}
	for _, n := range all {
		ref.Candidates = append(ref.Candidates, n.ID)
	}
	if len(was) > 1 {
		ref.Reason = TwoReadings
	}
	return spot{}, ref
}

// settle gives the touched lists their numbers, makes tombstones, and checks
// that no number is given twice or out of order, and that what was told of
// numbers has come true.
func (p *plan) settle() *Refusal {
	for n, num := range p.number {
		if p.t.touch(n); n.Label != "" && n.Kind != lawtext.Indent {
			n.Label = usage.Relabel(n.Label, n.Num, num)
			n.Num = num
		}
	}
	for _, l := range p.order {
		if ref := p.bury(l, p.lists[l]); ref != nil {
			return ref
		}
		p.moveUp(l)
		p.closeList(l)
		prev := ""
		_, now := p.level(l.up, l.kind)
		labels := 0
		for i, n := range now {
			if n.Label == "" || n.Kind == lawtext.Indent {
				p.t.touch(n).Num = itoa(i + 1)
			} else {
				labels++
			}
			if told, ok := p.number[n]; ok && told != n.Num {
				return &Refusal{Reason: Occupied, Words: told, Candidates: []string{n.ID}}
			}
			if l.kind != lawtext.Article && prev != "" && p.u.Order(prev, n.Num) >= 0 {
				return &Refusal{Reason: Occupied, Words: n.Label, Candidates: []string{n.ID}}
			}
			prev = n.Num
		}
		if labels > 0 && labels < len(now) && l.kind == lawtext.Paragraph && !p.u.Mixed {
			return &Refusal{Reason: BadPayload, Words: "some paragraphs would have numbers and some not"}
		}
		if ref := p.neighbours(l, now); ref != nil {
			return ref
		}
	}
	p.oddSigns()
	return nil
}

// neighbours checks that a new article stands between its neighbours and is the
// only one of its number.
func (p *plan) neighbours(l list, now []*lawtext.Node) *Refusal {
	if l.kind != lawtext.Article {
		return nil
	}
	for i, n := range now {
		if _, told := p.number[n]; !told && !p.fresh[n] {
			continue
		}
		for k, m := range now {
			if k != i && m.Num == n.Num {
				return &Refusal{Reason: Occupied, Words: n.Label}
			}
		}
		if p.fresh[n] && (i > 0 && p.u.Order(now[i-1].Num, n.Num) >= 0 || i+1 < len(now) && p.u.Order(n.Num, now[i+1].Num) >= 0) {
			return &Refusal{Reason: Occupied, Words: n.Label}
		}
	}
	return nil
}
