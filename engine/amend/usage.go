package amend

import (
	"github.com/asociacija/asociacija/engine/amend/usage"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Usage is how the law of one language carries out amendments.
type Usage struct{ *usage.Usage }

var usages = usage.All()

// UsageOf returns the usage of a language, the Slovenian one if there is none.
func UsageOf(lang string) *Usage {
	for _, u := range usages {
		if u.Lang == lang {
			return &Usage{u}
		}
	}
	return &Usage{usages[0]}
}

// parse reads a text in the language.
func (u *Usage) parse(text string) *lawtext.Act { return lawtext.ParseIn(u.Lang, text) }

// Component returns which component of an act an operation is about, 0 for the
// act itself, and false if it is about another act or that is not certain.
func (u *Usage) Component(op Op, a *lawtext.Act) (int, bool) {
	at, ref := u.component(&op, a)
	return at, ref == nil && at >= 0
}

// About returns the IDs in an act of the provisions that the address of an
// operation names, none if it names none there.
func (u *Usage) About(op Op, a *lawtext.Act) (ids []string) {
	if len(op.At.Steps) == 0 {
		return nil
	}
	spots, ref := newPlan(copyTree(a), u).find(op.At, op.Old)
	if ref != nil {
		return nil
	}
	for _, s := range spots {
		ids = append(ids, s.n.ID)
	}
	return ids
}

// Places returns where words stand in a text, as pairs of bytes: the places that
// an operation on these words would take them to be.
func Places(text, words string) [][2]int { return usage.Find(text, words) }

// last is the node below a unit that holds the last piece of its text.
func last(n *lawtext.Node) *lawtext.Node {
	for n.Tail == "" && len(n.Children) > 0 {
		n = n.Children[len(n.Children)-1]
	}
	return n
}

// field points at the own text of a node that stands last.
func field(n *lawtext.Node) *string {
	if n.Tail != "" {
		return &n.Tail
	}
	return &n.Intro
}
