package lawdiff

import (
	"strings"

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
	Inserted   Kind = "inserted"   // dodano
	Deleted    Kind = "deleted"    // črtano
)

// A Change is what happened to one provision: to its own text and number, not to
// what stands under it, which has changes of its own. An inserted or deleted
// provision is one change with all that it holds.
//
//   - Old is nil or a tombstone when the provision is inserted.
//   - New is nil or a tombstone when it is deleted.
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
// is in them among their siblings. Last, whole provisions of twelve words or more
// are looked for elsewhere in the act. Time is near linear in the words of both.
func Acts(old, new *lawtext.Act) []Change {
	var changes []Change
	for _, c := range All(old, new) {
		if c.Kind != Unchanged {
			changes = append(changes, c)
		}
	}
	return changes
}

// All is Acts with the unchanged provisions in their places. A tombstone
// that one version does not print is unchanged, and lacks Old or New.
func All(old, new *lawtext.Act) []Change {
	d := differ{matcher: newMatcher()}
	seen := make(map[string]bool)
	for _, c := range new.Components {
		seen[c.ID] = true
		d.units(unitsOf(component(old, c.ID)), unitsOf(c.Nodes))
	}
	for _, c := range old.Components {
		if !seen[c.ID] {
			d.units(unitsOf(c.Nodes), nil)
		}
	}
	return d.far()
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
	*matcher
	changes []Change
}

// units compares flat lists of articles, annexes and the headings over them.
func (d *differ) units(a, b []*lawtext.Node) { d.lists(a, b, unitKey) }

func unitKey(n *lawtext.Node) string { return n.ID }

func siblingKey(n *lawtext.Node) string { return string(n.Kind) + " " + n.Num }

func (d *differ) lists(a, b []*lawtext.Node, key func(*lawtext.Node) string) {
	to := d.match(a, b, key, 0.5)
	moved := offOrder(to)
	stays := make([]bool, len(a))
	for _, i := range to {
		if i >= 0 {
			stays[i] = true
		}
	}
	next := 0 // first of a that is not written and may be gone
	leave := func(end int) {
		for ; next < end; next++ {
			if !stays[next] {
				d.leaves(a[next])
			}
		}
	}
	for j, n := range b {
		if to[j] < 0 {
			d.comes(n)
			continue
		}
		if !moved[j] {
			leave(to[j])
		}
		d.both(a[to[j]], n, moved[j])
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
	c := Change{Kind: Deleted, Old: n, Edits: Words(whole(n), "")}
	if n.Deleted {
		c.Kind = Unchanged
	}
	d.changes = append(d.changes, c)
}

func (d *differ) comes(n *lawtext.Node) {
	c := Change{Kind: Inserted, New: n, Edits: Words("", whole(n))}
	if n.Deleted {
		c.Kind = Unchanged
	}
	d.changes = append(d.changes, c)
}

// whole is the text of a unit: of a chapter without what stands in it.
func whole(n *lawtext.Node) string {
	if divides(n) {
		return Own(n)
	}
	return Text(n)
}

// both writes what happened to a provision that both versions have, and to what
// is in it.
func (d *differ) both(old, new *lawtext.Node, moved bool) {
	c := Change{Old: old, New: new, Moved: moved, Renumbered: old.Num != new.Num}
	switch was, is := Own(old), Own(new); {
	case new.Deleted && !old.Deleted:
		c.Kind, c.Edits = Deleted, Words(Text(old), Text(new))
		d.changes = append(d.changes, c)
		return
	case old.Deleted && !new.Deleted:
		c.Kind, c.Edits = Inserted, Words(Text(old), Text(new))
		d.changes = append(d.changes, c)
		return
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
	if !divides(new) {
		d.lists(old.Children, new.Children, siblingKey)
	}
}

// far finds provisions that went from one place of the act to another, and
// returns all changes.
func (d *differ) far() []Change {
	var gone, come []*lawtext.Node
	for _, c := range d.changes {
		switch {
		case c.Kind == Deleted && c.New == nil && !divides(c.Old) && len(d.bag(c.Old)) >= 12:
			gone = append(gone, c.Old)
		case c.Kind == Inserted && c.Old == nil && !divides(c.New) && len(d.bag(c.New)) >= 12:
			come = append(come, c.New)
		}
	}
	partner := make(map[*lawtext.Node]*lawtext.Node)
	for j, i := range d.match(gone, come, nil, 0.85) {
		if i >= 0 {
			partner[come[j]], partner[gone[i]] = gone[i], come[j]
		}
	}
	changes := d.changes
	d.changes = nil
	for _, c := range changes {
		switch {
		case c.Old == nil && partner[c.New] != nil:
			d.both(partner[c.New], c.New, true)
		case c.New == nil && partner[c.Old] != nil: // written where it went
		default:
			d.changes = append(d.changes, c)
		}
	}
	return d.changes
}
