package amend

import (
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

func itoa(n int) string { return strconv.Itoa(n) }

// atoi is 0 for what is no whole number.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// A tree is the act while it is changed. What a node was like is kept from
// mark on, so that the changes since can be told, and taken back.
//
// Every change of a node is announced by touch, every one of its place by the
// methods of the tree.
type tree struct {
	act    *lawtext.Act
	part   int // the component that is changed
	parent map[*lawtext.Node]*lawtext.Node
	was    map[*lawtext.Node]lawtext.Node
	roots  []*lawtext.Node // of the component at the mark; nil if they are the same
	arts   []*lawtext.Node // its articles, nil if not known
}

// copyTree copies an act deeply.
func copyTree(a *lawtext.Act) *tree {
	b := *a
	b.Components = slices.Clone(a.Components)
	t := &tree{act: &b, parent: map[*lawtext.Node]*lawtext.Node{}}
	var copyAll func(nodes []*lawtext.Node, up *lawtext.Node) []*lawtext.Node
	copyAll = func(nodes []*lawtext.Node, up *lawtext.Node) []*lawtext.Node {
		if nodes == nil {
			return nil
		}
		out := make([]*lawtext.Node, len(nodes))
		for i, n := range nodes {
			c := *n
			c.Children = copyAll(n.Children, &c)
			t.parent[&c] = up
			out[i] = &c
		}
		return out
	}
	for i := range b.Components {
		b.Components[i].Nodes = copyAll(b.Components[i].Nodes, nil)
	}
	t.mark(0)
	return t
}

// mark begins a set of changes of one component.
func (t *tree) mark(part int) {
	if part != t.part {
		t.arts = nil
	}
	t.part, t.was, t.roots = part, map[*lawtext.Node]lawtext.Node{}, nil
}

// touch keeps what a node is like before it is changed, and returns it.
func (t *tree) touch(n *lawtext.Node) *lawtext.Node {
	if _, seen := t.was[n]; !seen {
		was := *n
		was.Children = slices.Clone(n.Children)
		t.was[n] = was
	}
	return n
}

// before is what a node was like at the mark.
func (t *tree) before(n *lawtext.Node) lawtext.Node {
	if was, touched := t.was[n]; touched {
		return was
	}
	return *n
}

// undo takes back all changes since the mark.
func (t *tree) undo() {
	for n, was := range t.was {
		*n = was
		for _, c := range n.Children {
			t.parent[c] = n
		}
	}
	if t.roots != nil {
		t.act.Components[t.part].Nodes = t.roots
		for _, n := range t.roots {
			t.parent[n] = nil
		}
	}
	t.arts = nil
	t.mark(t.part)
}

// articles are those of the component, in order.
func (t *tree) articles() []*lawtext.Node {
	if t.arts == nil {
		var walk func(nodes []*lawtext.Node)
		walk = func(nodes []*lawtext.Node) {
			for _, n := range nodes {
				switch {
				case n.Kind == lawtext.Article && (len(t.arts) == 0 || headWord(n) == headWord(t.arts[0])):
					t.arts = append(t.arts, n)
				case n.Kind == lawtext.Article: // those of an annex: "Čl. 1" behind "§ 11"
				default:
					walk(n.Children)
				}
			}
		}
		walk(t.act.Components[t.part].Nodes)
	}
	return t.arts
}

// headWord is the word that stands before the number of an article, if one does.
func headWord(n *lawtext.Node) string {
	w, _, _ := strings.Cut(n.Label, " ")
	if strings.ContainsAny(w, "0123456789") {
		return ""
	}
	return w
}

// siblings is the list in which a node stands, to be changed.
func (t *tree) siblings(n *lawtext.Node) *[]*lawtext.Node {
	if n.Kind == lawtext.Article || framed(n.Kind) || n.Kind == lawtext.Text {
		t.arts = nil
	}
	if up := t.parent[n]; up != nil {
		return &t.touch(up).Children
	}
	nodes := &t.act.Components[t.part].Nodes
	if t.roots == nil {
		t.roots = *nodes
		*nodes = slices.Clone(t.roots)
	}
	return nodes
}

// adopt records the parents of new nodes.
func (t *tree) adopt(nodes []*lawtext.Node, up *lawtext.Node) {
	for _, n := range nodes {
		t.parent[n] = up
		t.adopt(n.Children, n)
	}
}

func (t *tree) insert(beside *lawtext.Node, after bool, nodes []*lawtext.Node) {
	arts, among := t.arts, -1
	if beside.Kind == lawtext.Article && !slices.ContainsFunc(nodes, func(n *lawtext.Node) bool { return n.Kind != lawtext.Article || headWord(n) != headWord(beside) }) {
		among = slices.Index(arts, beside)
	}
	list := t.siblings(beside)
	i := slices.Index(*list, beside)
	if after {
		i, among = i+1, among+1
	}
	*list = slices.Insert(*list, i, nodes...)
	if t.adopt(nodes, t.parent[beside]); among > 0 || among == 0 && !after {
		t.arts = slices.Insert(arts, among, nodes...)
	}
}

// remove takes a node out with all below it.
func (t *tree) remove(n *lawtext.Node) {
	list := t.siblings(n)
	if i := slices.Index(*list, n); i >= 0 {
		*list = slices.Delete(*list, i, i+1)
	}
}

// own is what a node says itself, its number included where it is printed.
func own(n *lawtext.Node) string {
	return strings.Join([]string{string(n.Kind), n.Label, n.Heading, n.Intro, n.Tail, strconv.FormatBool(n.Deleted), strconv.FormatBool(n.Above)}, "\x00")
}

// changed lists the nodes that differ since the mark: those that say something
// else, came, or went.
func (t *tree) changed() map[*lawtext.Node]bool {
	out, went, came := map[*lawtext.Node]bool{}, map[*lawtext.Node]bool{}, map[*lawtext.Node]bool{}
	compare := func(was, now []*lawtext.Node) {
		for len(was) > 0 && len(now) > 0 && was[0] == now[0] {
			was, now = was[1:], now[1:]
		}
		for len(was) > 0 && len(now) > 0 && was[len(was)-1] == now[len(now)-1] {
			was, now = was[:len(was)-1], now[:len(now)-1]
		}
		for _, n := range was {
			went[n] = true
		}
		for _, n := range now {
			came[n] = true
		}
	}
	for n, was := range t.was {
		if own(&was) != own(n) {
			out[n] = true
		}
		compare(was.Children, n.Children)
	}
	if t.roots != nil {
		compare(t.roots, t.act.Components[t.part].Nodes)
	}
	for n := range went {
		if !came[n] {
			t.underBefore(n, func(n *lawtext.Node) { out[n] = true })
		}
	}
	for n := range came {
		if !went[n] {
			under(n, func(n *lawtext.Node) { out[n] = true })
		}
	}
	return out
}

// under visits a node and what stands under it.
func under(n *lawtext.Node, visit func(*lawtext.Node)) {
	visit(n)
	for _, c := range n.Children {
		under(c, visit)
	}
}

// underBefore visits what stood under a node at the mark.
func (t *tree) underBefore(n *lawtext.Node, visit func(*lawtext.Node)) {
	visit(n)
	for _, c := range t.before(n).Children {
		t.underBefore(c, visit)
	}
}
