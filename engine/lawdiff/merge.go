package lawdiff

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A ConflictKind says what two sides did that does not go together.
type ConflictKind string

// The kinds of conflicts. In all of them the result has what the base had, or both
// of what was added.
const (
	BothRewrote      ConflictKind = "both-rewrote"      // their changes to a text touch
	BothRenumbered   ConflictKind = "both-renumbered"   // one provision got two numbers
	BothMoved        ConflictKind = "both-moved"        // one provision went to two places, or several came into two orders
	DeletedRewritten ConflictKind = "deleted-rewritten" // one side deleted what the other changed
	SameNumber       ConflictKind = "same-number"       // two provisions got one number
	SamePlace        ConflictKind = "same-place"        // unnumbered provisions were put into one place, in either order
)

// A Conflict is for a person to decide.
type Conflict struct {
	Kind   ConflictKind `json:"kind"`
	ID     string       `json:"id"`              // address in the result
	Field  Field        `json:"field,omitempty"` // what of a provision, for the first two kinds
	Base   Side         `json:"base"`
	Ours   Side         `json:"ours"`
	Theirs Side         `json:"theirs"`
}

// A Side is what one version has where there is a conflict. It is empty if the
// version has no such provision.
type Side struct {
	ID   string `json:"id,omitempty"`
	Text string `json:"text,omitempty"` // the column in question, else the whole provision; addresses, one per line, where the order is in question
}

// A Union is two versions made one.
type Union struct {
	Act       *lawtext.Act
	Conflicts []Conflict // in the order of the result
	Woven     []string   // addresses of provisions with words of both sides: right word by word, to be read as a whole
}

// Merge joins what ours and theirs made of base, for example a draft and the act
// that changed meanwhile. A change that one side made is in the result; so is one
// that both made, once. Inside a text, changes with an unchanged word between them
// go together. Of what does not go together nothing is chosen: the result keeps the
// base, and a conflict has all three texts. No word that a side added is lost: it is
// in the result or in a conflict.
//
// The three acts stay as they are. Provisions of the result have the keys of base.
func Merge(base, ours, theirs *lawtext.Act, how ...Matching) Union {
	m := merger{item: make(map[*lawtext.Node]*item)}
	m.tree[0], m.tree[1], m.tree[2] = treeOf(base), treeOf(ours), treeOf(theirs)
	for s := range m.tree {
		m.up[s] = parents(m.tree[s])
	}
	m.items([3]*lawtext.Act{base, ours, theirs}, matching(how))
	m.decide()
	m.place()
	return m.result(base)
}

// The three versions, as they are numbered here.
const (
	inBase = iota
	inOurs
	inTheirs
)

// An item is one provision in all versions that have it.
type item struct {
	in     [3]*lawtext.Node
	up     *item // where it stands in the result
	kids   []*item
	alive  bool
	frozen bool // stands as in the base, with all that is under it
	node   *lawtext.Node
}

type merger struct {
	tree  [3]*lawtext.Node // the acts as trees of one root, with a node for each component
	up    [3]map[*lawtext.Node]*lawtext.Node
	item  map[*lawtext.Node]*item
	base  []*item // in the order of the base
	added []*item // in the order of ours, then of theirs
	pending
}

// pending is what is known of conflicts before the result has addresses.
type pending struct {
	conflicts []*clash
	woven     []*item
}

type clash struct {
	Conflict
	on    *item
	whole bool // has all that the sides say in on
}

// treeOf makes a tree of an act, with nodes of their own for the act and its
// components.
func treeOf(a *lawtext.Act) *lawtext.Node {
	root := &lawtext.Node{Kind: actRow, Label: a.Short, Num: a.Lang, Heading: a.Title, Intro: a.Front}
	for _, c := range a.Components {
		root.Children = append(root.Children, &lawtext.Node{Kind: componentRow, Num: c.ID, Heading: c.Title, Children: c.Nodes})
	}
	return root
}

func parents(root *lawtext.Node) map[*lawtext.Node]*lawtext.Node {
	up := make(map[*lawtext.Node]*lawtext.Node)
	walk(root, func(n *lawtext.Node) {
		for _, c := range n.Children {
			up[c] = n
		}
	})
	return up
}

// walk visits a node and what stands under it, in document order.
func walk(n *lawtext.Node, visit func(*lawtext.Node)) {
	visit(n)
	for _, c := range n.Children {
		walk(c, visit)
	}
}

// items joins the nodes that are one provision.
func (m *merger) items(acts [3]*lawtext.Act, how Matching) {
	var to [3]map[*lawtext.Node]*lawtext.Node
	for s := inOurs; s <= inTheirs; s++ {
		to[s] = mapped(acts[inBase], acts[s], how).to
		to[s][m.tree[inBase]] = m.tree[s]
		byID := make(map[string]*lawtext.Node)
		for _, c := range m.tree[s].Children {
			byID[c.Num] = c
		}
		for _, c := range m.tree[inBase].Children {
			if n := byID[c.Num]; n != nil {
				to[s][c] = n
				delete(byID, c.Num)
			}
		}
	}
	walk(m.tree[inBase], func(n *lawtext.Node) {
		it := &item{in: [3]*lawtext.Node{n, to[inOurs][n], to[inTheirs][n]}}
		m.base = append(m.base, it)
		for _, n := range it.in {
			if n != nil {
				m.item[n] = it
			}
		}
	})
	for s := inOurs; s <= inTheirs; s++ {
		walk(m.tree[s], func(n *lawtext.Node) {
			if m.item[n] == nil {
				it := &item{}
				it.in[s] = n
				m.item[n] = it
				m.added = append(m.added, it)
			}
		})
	}
	m.unite()
}

// unite joins what both sides added, the same in the same place.
func (m *merger) unite() {
	type place struct {
		up, after *item
		rows      string
	}
	ours := make(map[place][]*item)
	after := m.afterCommon()
	key := func(it *item, s int) place {
		n := it.in[s]
		return place{m.item[m.up[s][n]], after[n], m.print(n, s)}
	}
	all := m.added
	m.added = nil
	for _, it := range all {
		if it.in[inOurs] != nil {
			if m.item[m.up[inOurs][it.in[inOurs]]].in[inTheirs] != nil {
				k := key(it, inOurs)
				ours[k] = append(ours[k], it)
			}
			m.added = append(m.added, it)
			continue
		}
		n := it.in[inTheirs]
		if m.item[n] != it {
			continue // was joined with what it stands under
		}
		if m.item[m.up[inTheirs][n]].in[inOurs] != nil {
			k := key(it, inTheirs)
			if list := ours[k]; len(list) > 0 {
				m.join(list[0].in[inOurs], n)
				ours[k] = list[1:]
				continue
			}
		}
		m.added = append(m.added, it)
	}
}

// afterCommon returns for each node of the two sides the last of its siblings
// before it that all versions have, or nil.
func (m *merger) afterCommon() map[*lawtext.Node]*item {
	after := make(map[*lawtext.Node]*item)
	for _, tree := range m.tree[inOurs:] {
		walk(tree, func(n *lawtext.Node) {
			var last *item
			for _, c := range n.Children {
				after[c] = last
				if it := m.item[c]; it.everywhere() {
					last = it
				}
			}
		})
	}
	return after
}

// join makes an addition of theirs the one of ours, with what is new under both.
func (m *merger) join(ours, theirs *lawtext.Node) {
	it := m.item[ours]
	if it.in[inBase] == nil {
		it.in[inTheirs] = theirs
		m.item[theirs] = it
	}
	for k, c := range ours.Children {
		m.join(c, theirs.Children[k])
	}
}

func (it *item) everywhere() bool {
	return it.in[inBase] != nil && it.in[inOurs] != nil && it.in[inTheirs] != nil
}

// print is a provision as a key: all that it says, and which of what is under it
// was in the base.
func (m *merger) print(n *lawtext.Node, s int) string {
	var list []Row
	var visit func(n *lawtext.Node, depth int)
	visit = func(n *lawtext.Node, depth int) {
		r := rowOf(n, depth)
		if b := m.item[n].in[inBase]; b != nil {
			r.Num += "\x00" + b.ID
		}
		list = append(list, r)
		for _, c := range n.Children {
			visit(c, depth+1)
		}
	}
	visit(n, 0)
	return digest(list)
}

// decide says of each provision of the base whether the result has it, and freezes
// what one side deleted and the other changed.
func (m *merger) decide() {
	var same [3]map[*lawtext.Node]bool
	for s := inOurs; s <= inTheirs; s++ {
		same[s] = make(map[*lawtext.Node]bool)
		m.unchanged(m.tree[inBase], s, same[s])
	}
	for _, it := range m.base {
		b := it.in[inBase]
		if it.frozen || m.up[inBase][b] != nil && m.item[m.up[inBase][b]].frozen {
			it.frozen, it.alive = true, true
			continue
		}
		gone := [3]bool{}
		for s := inOurs; s <= inTheirs; s++ {
			gone[s] = it.in[s] == nil || it.in[s].Deleted && !b.Deleted
		}
		it.alive = it.in[inOurs] != nil && it.in[inTheirs] != nil
		for s, other := inOurs, inTheirs; s <= inTheirs; s, other = s+1, inOurs {
			if gone[s] && !gone[other] && (!same[other][b] || m.moved(it, other)) {
				it.frozen = true
				m.clash(it, DeletedRewritten, "")
				for up := it; up != nil && !up.alive; up = m.item[m.up[inBase][up.in[inBase]]] {
					up.alive = true // with the chapters in which it stands
				}
			}
		}
		if gone[inOurs] && gone[inTheirs] && (it.in[inOurs] != nil || it.in[inTheirs] != nil) {
			it.alive = true // as a tombstone
		}
	}
}

// moved reports whether a side put a provision under another. An article is the
// same in another chapter.
func (m *merger) moved(it *item, s int) bool {
	b := it.in[inBase]
	return b.Kind != lawtext.Article && !divides(b) && m.item[m.up[s][it.in[s]]] != m.item[m.up[inBase][b]]
}

// unchanged notes which provisions a side left as they were, with all that is
// under them, numbers aside: a chapter, if it has its heading and no new article.
func (m *merger) unchanged(b *lawtext.Node, s int, same map[*lawtext.Node]bool) bool {
	n := m.item[b].in[s]
	ok := n != nil && (divides(b) || len(n.Children) == len(b.Children))
	for k, c := range b.Children {
		under := m.unchanged(c, s, same)
		ok = ok && (divides(b) || under && m.item[n.Children[k]] == m.item[c])
	}
	if ok {
		added := func(c *lawtext.Node) bool { return m.item[c].in[inBase] == nil }
		x, y := rowOf(b, 0), rowOf(n, 0)
		x.Label, x.Num, y.Label, y.Num = "", "", "", ""
		ok = x.says(y) && !slices.ContainsFunc(n.Children, added)
	}
	same[b] = ok
	return ok
}

func (m *merger) clash(it *item, kind ConflictKind, f Field) {
	c := Conflict{Kind: kind, Field: f}
	for s, side := range []*Side{&c.Base, &c.Ours, &c.Theirs} {
		if n := it.in[s]; n != nil {
			*side = sideOf(n, f)
		}
	}
	m.conflicts = append(m.conflicts, &clash{c, it, f == ""})
}

func sideOf(n *lawtext.Node, f Field) Side {
	if f != "" {
		return Side{n.ID, rowOf(n, 0).get(f)}
	}
	return Side{n.ID, said(n)}
}

// said is all that a provision says, with its labels.
func said(n *lawtext.Node) string {
	own := lines(n.Heading, n.Intro)
	if n.Label != "" {
		own = strings.TrimSpace(n.Label + " " + own)
	}
	all := []string{own}
	for _, c := range n.Children {
		all = append(all, said(c))
	}
	return lines(append(all, n.Tail)...)
}

// place gives each provision its parent in the result, and each parent the order
// of what is under it.
func (m *merger) place() {
	root := m.base[0]
	for _, it := range m.added {
		it.alive = true
	}
	for _, it := range append(slices.Clone(m.base[1:]), m.added...) {
		if it.alive {
			it.up = m.parent(it)
		}
	}
	all := append(slices.Clone(m.base), m.added...)
	for _, it := range all {
		steps := 0
		for up := it.up; up != nil && up != root && steps <= len(all); up = up.up {
			steps++
		}
		if steps > len(all) { // the sides moved two provisions under each other
			m.clash(it, BothMoved, "")
			it.up = nil
			if b := it.in[inBase]; b != nil {
				it.up = m.item[m.up[inBase][b]]
			}
		}
	}
	under := make(map[*item]map[*item]bool)
	for _, it := range all {
		if it.up != nil {
			if under[it.up] == nil {
				under[it.up] = make(map[*item]bool)
			}
			under[it.up][it] = true
		}
	}
	for _, it := range all {
		if len(under[it]) > 0 {
			it.kids = m.order(it, under[it])
		}
	}
	m.rescue()
}

// rescue reports what a side says that is neither in the result nor in the text of
// a conflict, as when one side put it under what the other deleted.
func (m *merger) rescue() {
	reached := make(map[*item]bool)
	var reach func(it *item)
	reach = func(it *item) {
		reached[it] = true
		for _, k := range it.kids {
			reach(k)
		}
	}
	reach(m.base[0])
	told := make(map[*lawtext.Node]bool)
	tell := func(n *lawtext.Node) {
		if n != nil {
			walk(n, func(n *lawtext.Node) { told[n] = true })
		}
	}
	for _, c := range m.conflicts {
		if c.whole {
			tell(c.on.in[inOurs])
			tell(c.on.in[inTheirs])
		}
	}
	var lost []*item
	listed := make(map[*item]bool)
	for _, tree := range m.tree[inOurs:] {
		walk(tree, func(n *lawtext.Node) {
			it := m.item[n]
			b := it.in[inBase]
			if told[n] || reached[it] && !it.frozen || b != nil && Own(n) == Own(b) {
				return
			}
			tell(n)
			if !listed[it] {
				listed[it] = true
				lost = append(lost, it)
			}
		})
	}
	for _, it := range lost {
		m.clash(it, DeletedRewritten, "")
	}
}

// parent is where a provision stands: where the side put it that moved it.
func (m *merger) parent(it *item) *item {
	var up [3]*item
	for s, n := range it.in {
		if n != nil {
			up[s] = m.item[m.up[s][n]]
		}
	}
	b, o, t := up[inBase], up[inOurs], up[inTheirs]
	if b == nil { // added
		if o == nil {
			o = t
		}
		if !o.alive || o.frozen {
			return nil
		}
		return o
	}
	to := b
	switch {
	case it.frozen, o == nil && t == nil:
	case o == nil:
		to = t // a tombstone
	case t == nil, o == t, t == b:
		to = o
	case o == b:
		to = t
	default:
		m.clash(it, BothMoved, "")
	}
	if to != b && (!to.alive || to.frozen) {
		m.clash(it, BothMoved, "")
		to = b
	}
	if !to.alive {
		m.clash(it, BothMoved, "")
		return nil
	}
	return to
}
