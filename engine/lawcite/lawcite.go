// Package lawcite reads and writes references to Slovenian law: provisions
// ("druga alineja 2. točke prvega odstavka 386. člena"), lists of gazettes, and
// the numbers by which registers know an act.
//
// A reference is read in any case and in both orders, from the article down
// and from the paragraph up. It is written from the inside out, the innermost
// unit in the case that the sentence wants and the rest in the genitive.
// Paragraphs, indents and sentences are counted in words, articles and points
// in figures, as drafting guidelines want it (Nomotehnične smernice, as the
// language service of ZRC SAZU quotes them).
//
// These hold:
//
//   - A reference that Write writes is read back as the same reference.
//   - Reading neither fails nor panics; what is no reference is passed over.
package lawcite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Unit is a kind of provision that can be referred to: those of lawtext, and
// the three below, which are no nodes of their own.
type Unit = lawtext.Kind

// Units that lawtext does not keep as nodes.
const (
	Sentence Unit = "sentence" // stavek
	Intro    Unit = "intro"    // napovedni stavek: what stands before a list
	Heading  Unit = "heading"  // naslov
	Column   Unit = "column"   // stolpec of a table
)

// Last and NextToLast count from the end: "zadnji stavek", "predzadnja alineja".
const (
	Last       = "-1"
	NextToLast = "-2"
)

// A Range is one number or all from one to another, both as figures: "3",
// "14.a", "b". To is empty for one number.
type Range struct{ From, To string }

// A Relation is how a step refers without a number.
type Relation string

// Relations of a step to the provision in which it stands.
const (
	Same     Relation = "same"     // ta, isti
	Previous Relation = "previous" // prejšnji
)

// A Step is one level of a reference. It has numbers, a relation, or neither:
// "člen", where only one is meant.
type Step struct {
	Unit     Unit
	Numbers  []Range
	Relation Relation
	Label    bool   // the number stands after the noun, with a parenthesis: "točka a)"
	Named    string // the heading or label that tells which, where no number does: "VII. Kazenske določbe"
}

// A Ref is a reference to provisions of one act, from the outermost step in.
type Ref struct{ Steps []Step }

// An Unresolved is a step that names nothing in the act, or more than one thing.
type Unresolved struct {
	Step  Step
	Among []string // IDs of what was found when there were several, else of what stands there
}

func (e *Unresolved) Error() string {
	return fmt.Sprintf("lawcite: %s %v is not one of %s", e.Step.Unit, e.Step.Numbers, strings.Join(e.Among, ", "))
}

// Resolve returns the provisions of the main component that r names, in the
// order of its numbers. From is where the reference stands, for "ta" and
// "prejšnji"; nil if nowhere. A sentence, heading or introductory sentence
// resolves to the provision that holds it. The error is an *Unresolved.
func (r Ref) Resolve(a *lawtext.Act, from *lawtext.Node) ([]*lawtext.Node, error) {
	return indexOf(a).resolve(r, from)
}

func (x *index) resolve(r Ref, from *lawtext.Node) ([]*lawtext.Node, error) {
	var at []*lawtext.Node
	if len(r.Steps) > 0 && r.Steps[0].Unit != lawtext.Article && from != nil {
		for _, n := range x.way(from) {
			if depth(n.Kind) < depth(r.Steps[0].Unit) {
				at = []*lawtext.Node{n}
			}
		}
	}
	for _, s := range r.Steps {
		if len(at) > 0 && (s.Unit == Sentence || s.Unit == Intro || s.Unit == Heading) {
			return at, nil
		}
		next, err := s.resolve(x, at, from)
		if err != nil {
			return nil, err
		}
		at = next
	}
	return at, nil
}

func (s Step) resolve(x *index, within []*lawtext.Node, from *lawtext.Node) ([]*lawtext.Node, error) {
	if s.Relation != "" {
		return s.relative(x, from)
	}
	var out []*lawtext.Node
	for _, up := range within {
		for _, num := range s.Numbers {
			found, err := s.pick(x, num, func(num string) []*lawtext.Node { return Within(up, s.Unit, num) })
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
		}
	}
	if len(within) == 0 && s.Unit == lawtext.Article {
		for _, num := range s.Numbers {
			found, err := s.pick(x, num, x.article)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
		}
	}
	if len(out) == 0 {
		return nil, &Unresolved{Step: s}
	}
	return out, nil
}

// pick finds one number, or all units from one to another in document order.
func (s Step) pick(x *index, num Range, find func(string) []*lawtext.Node) ([]*lawtext.Node, error) {
	unresolved := func(found []*lawtext.Node) error {
		switch {
		case x.quiet:
			return &Unresolved{Step: s}
		case len(found) == 0:
			found = find("")
		}
		return &Unresolved{s, ids(found)}
	}
	first := find(num.From)
	if len(first) != 1 {
		return nil, unresolved(first)
	}
	if num.To == "" {
		return first, nil
	}
	last, all := find(num.To), find("")
	i := slices.Index(all, first[0])
	if len(last) != 1 || i < 0 || slices.Index(all, last[0]) < i {
		return nil, unresolved(last)
	}
	return all[i : slices.Index(all, last[0])+1], nil
}

func ids(nodes []*lawtext.Node) []string {
	var out []string
	for _, n := range nodes {
		out = append(out, n.ID)
	}
	return out
}

func (s Step) relative(x *index, from *lawtext.Node) ([]*lawtext.Node, error) {
	if from == nil {
		return nil, &Unresolved{Step: s}
	}
	path := x.way(from)
	for i, n := range path {
		if n.Kind != s.Unit {
			continue
		}
		if s.Relation == Same {
			return []*lawtext.Node{n}, nil
		}
		kin := x.articles
		if n.Kind != lawtext.Article {
			kin = numbered(path[i-1].Children, n.Kind, "")
		}
		if k := slices.Index(kin, n); k > 0 {
			return kin[k-1 : k], nil
		}
	}
	return nil, &Unresolved{Step: s}
}

// Within finds units with a number under a provision, on the highest level
// that has any: the points of an article with one paragraph are found without
// naming the paragraph. An empty number finds all of that level; Last and
// NextToLast count from its end.
func Within(up *lawtext.Node, unit Unit, num string) []*lawtext.Node {
	for level := up.Children; len(level) > 0; {
		if len(numbered(level, unit, "")) > 0 {
			return numbered(level, unit, num)
		}
		var below []*lawtext.Node
		for _, n := range level {
			if n.Kind != lawtext.Quote {
				below = append(below, n.Children...)
			}
		}
		level = below
	}
	return nil
}

func numbered(nodes []*lawtext.Node, unit Unit, num string) []*lawtext.Node {
	var out []*lawtext.Node
	for _, n := range nodes {
		if n.Kind == unit && (num == "" || n.Num == num || num[0] == '-') {
			out = append(out, n)
		}
	}
	switch {
	case num == Last && len(out) > 0:
		return out[len(out)-1:]
	case num == NextToLast && len(out) > 1:
		return out[len(out)-2 : len(out)-1]
	case num == NextToLast:
		return nil
	}
	return out
}

// depth orders the units from the outside in. Points and indents may hold each
// other. Divisions are above articles.
func depth(u Unit) int {
	switch u {
	case lawtext.Part:
		return -3
	case lawtext.Chapter, lawtext.Annex:
		return -2
	case lawtext.Section:
		return -1
	case lawtext.Article:
		return 1
	case lawtext.Paragraph:
		return 2
	case lawtext.Point:
		return 3
	case lawtext.Indent:
		return 4
	case Sentence, Intro, Heading:
		return 5
	}
	return 0
}
