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

// A tree is the act while it is changed.
type tree struct {
	act    *lawtext.Act
	parent map[*lawtext.Node]*lawtext.Node
}

// copyTree copies an act deeply.
func copyTree(a *lawtext.Act) *tree {
	b := *a
	b.Components = slices.Clone(a.Components)
	t := &tree{&b, map[*lawtext.Node]*lawtext.Node{}}
	var copyAll func(nodes []*lawtext.Node, up *lawtext.Node) []*lawtext.Node
	copyAll = func(nodes []*lawtext.Node, up *lawtext.Node) []*lawtext.Node {
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
	return t
}

// siblings is the list in which a node stands.
func (t *tree) siblings(n *lawtext.Node) *[]*lawtext.Node {
	if up := t.parent[n]; up != nil {
		return &up.Children
	}
	return &t.act.Components[0].Nodes
}

// adopt records the parents of new nodes.
func (t *tree) adopt(nodes []*lawtext.Node, up *lawtext.Node) {
	for _, n := range nodes {
		t.parent[n] = up
		t.adopt(n.Children, n)
	}
}

func (t *tree) insert(beside *lawtext.Node, after bool, nodes []*lawtext.Node) {
	list := t.siblings(beside)
	i := slices.Index(*list, beside)
	if after {
		i++
	}
	*list = slices.Insert(*list, i, nodes...)
	t.adopt(nodes, t.parent[beside])
}

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

// sayings is what all provisions of an act say, in order.
func sayings(a *lawtext.Act) []string {
	var out []string
	for n := range a.All() {
		out = append(out, own(n))
	}
	return out
}

// picture records every node of the act with what it says.
func (t *tree) picture() map[*lawtext.Node]string {
	m := map[*lawtext.Node]string{}
	for n := range t.act.All() {
		m[n] = own(n)
	}
	return m
}

// changed lists the nodes that differ between a picture and the act now.
func (t *tree) changed(was map[*lawtext.Node]string) map[*lawtext.Node]bool {
	out := map[*lawtext.Node]bool{}
	now := t.picture()
	for n, s := range now {
		if old, ok := was[n]; !ok || old != s {
			out[n] = true
		}
	}
	for n := range was {
		if _, ok := now[n]; !ok {
			out[n] = true
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
