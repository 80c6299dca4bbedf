package lawdiff

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Kind says what happened to a provision, the weightiest of all that did.
type Kind string

// What may happen to a provision, with the Slovenian terms.
const (
	Unchanged  Kind = "unchanged"  // nespremenjeno
	Relabelled Kind = "relabelled" // only the print of the number: "1)" became "(1)"
	Renumbered Kind = "renumbered" // preštevilčeno, "dosedanji … postane"
	Moved      Kind = "moved"      // prestavljeno
	Rewritten  Kind = "rewritten"  // spremenjeno
	Split      Kind = "split"      // razdeljeno: one became several
	Merged     Kind = "merged"     // združeno: several became one
	Inserted   Kind = "inserted"   // dodano
	Deleted    Kind = "deleted"    // črtano
)

// A Change is what happened to one provision: to its own text and number, not to
// what stands under it, which has changes of its own. An inserted or deleted
// provision is one change with all that it holds, but for what came from or went
// to another place.
//
//   - Old is nil or a tombstone when the provision is inserted.
//   - New is nil or a tombstone when it is deleted.
//   - A provision that was split is Old of one change for each of its parts, and
//     one that was merged is New of one for each of its sources; the edits of each
//     are those of its share of the text.
//   - Edits joined are the text of Old and of New: Own for a provision that
//     both versions have, Text for one that is inserted or deleted.
type Change struct {
	Kind       Kind
	Moved      bool // stands elsewhere among those that both versions have
	Renumbered bool // counts as another number
	Old, New   *lawtext.Node
	Edits      []Edit
}

// Acts returns what changed from old to new, in the order of new; what is gone
// stands after what it followed. Acts with the same provisions give none.
//
// Provisions are matched by number and text, then by text alone, then by likeness
// of their words, then by number alone; articles across the whole component, what
// is in them among their siblings. Neighbours that together say what one said are
// its parts. Last, provisions of twelve words or more are looked for elsewhere in
// the act. Time is near linear in the words of both.
func Acts(old, new *lawtext.Act, how ...Matching) []Change {
	var changes []Change
	for _, c := range All(old, new, how...) {
		if c.Kind != Unchanged {
			changes = append(changes, c)
		}
	}
	return changes
}

// All is Acts with the unchanged provisions in their places. A tombstone
// that one version does not print is unchanged, and lacks Old or New.
func All(old, new *lawtext.Act, how ...Matching) []Change {
	d := differ{mapping: mapped(old, new, matching(how))}
	seen := make(map[string]bool)
	for _, c := range new.Components {
		seen[c.ID] = true
		d.lists(unitsOf(component(old, c.ID)), unitsOf(c.Nodes), true)
	}
	for _, c := range old.Components {
		if !seen[c.ID] {
			d.lists(unitsOf(c.Nodes), nil, true)
		}
	}
	return d.changes
}

func component(a *lawtext.Act, id string) []*lawtext.Node {
	for _, c := range a.Components {
		if c.ID == id {
			return c.Nodes
		}
	}
	return nil
}

// unitsOf flattens the parts and chapters: an article is the same article in
// another chapter.
func unitsOf(nodes []*lawtext.Node) []*lawtext.Node {
	var list []*lawtext.Node
	for _, n := range nodes {
		list = append(list, n)
		if divides(n) {
			list = append(list, unitsOf(n.Children)...)
		}
	}
	return list
}

func divides(n *lawtext.Node) bool {
	return n.Kind == lawtext.Part || n.Kind == lawtext.Chapter || n.Kind == lawtext.Section
}

// Own returns the text that a provision has of its own: heading, what stands
// before its children and what stands after them, one per line. The label is
// not text.
func Own(n *lawtext.Node) string {
	return lines(n.Heading, n.Intro, n.Tail)
}

// Text returns the whole text of a provision with all that stands under it, one
// piece per line, without labels.
func Text(n *lawtext.Node) string {
	all := []string{n.Heading, n.Intro}
	for _, c := range n.Children {
		all = append(all, Text(c))
	}
	return lines(append(all, n.Tail)...)
}

func lines(list ...string) string {
	var b strings.Builder
	for _, s := range list {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(s)
	}
	return b.String()
}

// A differ collects changes, in the order of new.
type differ struct {
	*mapping
	changes []Change
}

// lists writes what became of a, in the order of b. What is gone is left out
// where another call with a writes it.
func (d *differ) lists(a, b []*lawtext.Node, gone bool) {
	place := make(map[*lawtext.Node]int, len(a))
	for i, n := range a {
		place[n] = i
	}
	to := make([]int, len(b)) // where in a the partner stands; -1 if there is none, or elsewhere
	for j, n := range b {
		to[j] = -1
		if i, ok := place[d.from[n]]; ok {
			to[j] = i
		}
	}
	moved := offOrder(to)
	next := 0 // first of a that is not written and may be gone
	leave := func(end int) {
		for ; next < end; next++ {
			if n := a[next]; gone && d.to[n] == nil && d.whole[n] == nil {
				d.leaves(n)
			}
		}
	}
	for j, n := range b {
		switch {
		case d.whole[n] != nil:
			d.part(n)
		case d.from[n] == nil:
			d.comes(n)
		case to[j] < 0:
			d.both(n, true)
		default:
			if !moved[j] {
				leave(to[j])
			}
			d.both(n, moved[j])
		}
	}
	leave(len(a))
}

// offOrder says which partners do not stand in the order that most of them keep.
func offOrder(to []int) []bool {
	var pairs [][2]int
	for j, i := range to {
		if i >= 0 {
			pairs = append(pairs, [2]int{j, i})
		}
	}
	off := make([]bool, len(to))
	for _, p := range pairs {
		off[p[0]] = true
	}
	for _, p := range rising(pairs) {
		off[p[0]] = false
	}
	return off
}

// leaves and comes write what only one version has. A tombstone is no provision:
// nothing changes when one is printed or no longer printed.
func (d *differ) leaves(n *lawtext.Node) {
	c := Change{Kind: Deleted, Old: n, Edits: Words(d.alone(n, d.to), "")}
	if n.Deleted {
		c.Kind = Unchanged
	}
	d.changes = append(d.changes, c)
}

func (d *differ) comes(n *lawtext.Node) {
	c := Change{Kind: Inserted, New: n, Edits: Words("", d.alone(n, d.from))}
	if n.Deleted {
		c.Kind = Unchanged
	}
	d.changes = append(d.changes, c)
	d.inside(n)
}

// inside writes what came from elsewhere into a provision that is new.
func (d *differ) inside(n *lawtext.Node) {
	if divides(n) {
		return
	}
	for _, c := range n.Children {
		switch {
		case d.whole[c] != nil:
			d.part(c)
		case d.from[c] != nil:
			d.both(c, true)
		default:
			d.inside(c)
		}
	}
}

// alone is the text of a provision without what has a partner of its own; of a
// chapter, without what stands in it.
func (d *differ) alone(n *lawtext.Node, partner map[*lawtext.Node]*lawtext.Node) string {
	if divides(n) {
		return Own(n)
	}
	all := []string{n.Heading, n.Intro}
	for _, c := range n.Children {
		if partner[c] == nil && d.whole[c] == nil {
			all = append(all, d.alone(c, partner))
		}
	}
	return lines(append(all, n.Tail)...)
}

// both writes what happened to a provision that both versions have, and to what
// is in it.
func (d *differ) both(new *lawtext.Node, moved bool) {
	old := d.from[new]
	switch {
	case d.pieces[old] != nil:
		d.part(new)
		return
	case d.sources[new] != nil:
		d.merged(new, moved)
		return
	}
	c := Change{Old: old, New: new, Moved: moved, Renumbered: old.Num != new.Num}
	switch was, is := Own(old), Own(new); {
	case new.Deleted && !old.Deleted:
		c.Kind, c.Edits = Deleted, Words(d.alone(old, d.to), d.alone(new, d.from))
	case old.Deleted && !new.Deleted:
		c.Kind, c.Edits = Inserted, Words(d.alone(old, d.to), d.alone(new, d.from))
	case Unwrap(was) != Unwrap(is):
		c.Kind, c.Edits = Rewritten, Words(was, is)
	case moved:
		c.Kind = Moved
	case c.Renumbered:
		c.Kind = Renumbered
	case Unwrap(old.Label) != Unwrap(new.Label):
		c.Kind = Relabelled
	default:
		c.Kind = Unchanged
	}
	if c.Edits == nil && Own(new) != "" {
		c.Edits = []Edit{{Keep, Own(new)}}
	}
	d.changes = append(d.changes, c)
	switch {
	case new.Deleted != old.Deleted:
		d.inside(new)
	case !divides(new):
		d.lists(old.Children, new.Children, true)
	}
}

// part writes a part of a provision that was split.
func (d *differ) part(new *lawtext.Node) {
	old := d.from[new]
	if old == nil {
		old = d.whole[new]
	}
	parts := d.pieces[old]
	k := slices.Index(parts, new)
	texts := owns(parts)
	edits := shares(Words(Own(old), lines(texts...)), texts, Delete)
	d.changes = append(d.changes, Change{
		Kind: Split, Old: old, New: new, Edits: edits[k],
		Renumbered: d.from[new] != nil && old.Num != new.Num,
	})
	d.lists(old.Children, new.Children, k == len(parts)-1)
}

// merged writes a provision that several have become.
func (d *differ) merged(new *lawtext.Node, moved bool) {
	sources := d.sources[new]
	texts := owns(sources)
	edits := shares(Words(lines(texts...), Own(new)), texts, Insert)
	for k, old := range sources {
		c := Change{Kind: Merged, Old: old, New: new, Edits: edits[k]}
		if d.to[old] == new {
			c.Moved, c.Renumbered = moved, old.Num != new.Num
		}
		d.changes = append(d.changes, c)
	}
	d.lists(childrenOf(sources), new.Children, true)
}

func owns(list []*lawtext.Node) []string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = Own(n)
	}
	return texts
}

// shares cuts edits where the texts meet that make up one side. Edits of the
// other side, which is told by its Op, stay with what they follow.
func shares(edits []Edit, texts []string, other Op) [][]Edit {
	list := make([][]Edit, len(texts))
	k, left := 0, ink(texts[0])
	put := func(op Op, text string) {
		if len(list[k]) == 0 {
			text = strings.TrimLeftFunc(text, unicode.IsSpace)
		}
		if text != "" {
			list[k] = append(list[k], Edit{op, text})
		}
	}
	next := func() {
		for left == 0 && k < len(texts)-1 {
			k++
			left = ink(texts[k])
		}
	}
	next()
	for _, e := range edits {
		from := 0
		for at, r := range e.Text {
			if e.Op == other || unicode.IsSpace(r) {
				continue
			}
			if left--; left == 0 && k < len(texts)-1 {
				_, size := utf8.DecodeRuneInString(e.Text[at:])
				put(e.Op, e.Text[from:at+size])
				from = at + size
				next()
			}
		}
		put(e.Op, e.Text[from:])
	}
	return list
}

// ink counts the characters that are not white space.
func ink(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}
