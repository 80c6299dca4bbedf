package uptake

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Reading is an adopted act prepared for questions. It may answer many, one at
// a time.
type Reading struct {
	lexicon *lexicon
	places  []place
	tombs   []*lawtext.Node // provisions marked as deleted
}

// A place is a provision with the words of all that stands under it.
type place struct {
	node   *lawtext.Node
	bag    bag
	weight int
}

// A bag is the weight of each word of a text. A number or a negation is a word like
// others here: two texts are not alike because both forbid.
type bag map[string]int

// Read prepares an act. The language is Slovenian if zero.
func Read(lang language.Tag, act *lawtext.Act) *Reading {
	r := &Reading{lexicon: newLexicon(lang)}
	if act == nil {
		return r
	}
	for _, c := range act.Components {
		for _, n := range c.Nodes {
			r.add(n)
		}
	}
	return r
}

// add returns the words of n. Parts and chapters are no place: they prove nothing
// that their articles do not.
func (r *Reading) add(n *lawtext.Node) bag {
	if n.Deleted {
		r.tombs = append(r.tombs, n)
	}
	own := bagOf(r.lexicon.read(lawdiff.Own(n)), nil)
	for _, c := range n.Children {
		for k, w := range r.add(c) {
			own[k] += w
		}
	}
	if n.Kind != lawtext.Part && n.Kind != lawtext.Chapter && n.Kind != lawtext.Section && len(own) > 0 {
		r.places = append(r.places, place{n, own, own.weight()})
	}
	return own
}

func bagOf(list []lexeme, of []bool) bag {
	b := make(bag)
	for i, l := range list {
		if of == nil || of[i] {
			b[l.key] += min(l.weight(), weights[content])
		}
	}
	return b
}

func (b bag) weight() (sum int) {
	for _, w := range b {
		sum += w
	}
	return sum
}

func (b bag) shared(c bag) (sum int) {
	for k, w := range b {
		sum += min(w, c[k])
	}
	return sum
}

// like is how much of two bags is shared, from 0 to 1.
func (p place) like(b bag, weight int) float64 {
	if p.weight+weight == 0 {
		return 0
	}
	return 2 * float64(b.shared(p.bag)) / float64(p.weight+weight)
}

// A candidate is a place that may answer the request, and how.
type candidate struct {
	place
	evidence
	text  string
	like  float64 // to the draft or the proposal, whichever is more
	named bool    // it is the provision asked about, or in it, or holds it
	rank  float64
}

// looked is how many places are compared word by word; shown how many a person sees.
const looked, shown = 12, 5

// candidates returns the places likeliest to answer the request, best first. What
// stood in before is left out, unless it is the provision asked about; and so is,
// when we ask for a few words only, what has them in a sentence of another matter.
func (r *Reading) candidates(q Question, req request) []candidate {
	draft, ours := bagOf(req.draft, nil), bagOf(req.proposed, nil)
	added := bagOf(req.proposed, req.added)
	wd, wo, wa := draft.weight(), ours.weight(), added.weight()
	stood := textsOf(q.Before)
	var list []candidate
	for _, p := range r.places {
		c := candidate{place: p, named: related(q.ID, p.node.ID)}
		likeDraft := p.like(draft, wd)
		c.like = max(likeDraft, p.like(ours, wo))
		c.rank = c.like + 0.3*share(added.shared(p.bag), wa) + bonus(c.named)
		if c.like < 0.1 && c.rank < 0.3 {
			continue
		}
		if c.text = lawdiff.Text(p.node); stood[lawdiff.Unwrap(c.text)] && !c.named && likeDraft < 0.9 {
			continue
		}
		list = append(list, c)
	}
	best(list)
	list = list[:min(len(list), looked)]
	for i := range list {
		c := &list[i]
		c.evidence = req.weigh(r.lexicon.read(c.text))
		if c.rank = c.like + bonus(c.named); req.askAdded > 0 {
			c.rank += share(c.found, req.askAdded)
		}
	}
	list = slices.DeleteFunc(precise(list), func(c candidate) bool {
		return c.addedN < phrase && c.found > 0 && (c.like < alike || c.like < kin && !c.named)
	})
	best(list)
	return apart(list)
}

// precise leaves out the provisions that hold one which by itself is like the
// draft or the proposal, and more so: our words elsewhere in an article are not
// in its paragraph.
func precise(list []candidate) []candidate {
	return slices.DeleteFunc(slices.Clone(list), func(c candidate) bool {
		return slices.ContainsFunc(list, func(in candidate) bool {
			return in.like >= 0.75 && in.like > c.like && strings.HasPrefix(in.node.ID, c.node.ID+"__")
		})
	})
}

func best(list []candidate) {
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.rank, a.rank) })
}

// apart leaves out what stands in a better candidate or holds one.
func apart(list []candidate) []candidate {
	var kept []candidate
	for _, c := range list {
		in := func(k candidate) bool { return related(k.node.ID, c.node.ID) }
		if len(kept) < shown && !slices.ContainsFunc(kept, in) {
			kept = append(kept, c)
		}
	}
	return kept
}

func textsOf(act *lawtext.Act) map[string]bool {
	if act == nil {
		return nil
	}
	texts := make(map[string]bool)
	for n := range act.All() {
		texts[lawdiff.Unwrap(lawdiff.Text(n))] = true
	}
	return texts
}

// related reports whether two addresses are the same provision or one is in the other.
func related(a, b string) bool {
	return a != "" && (a == b || strings.HasPrefix(a, b+"__") || strings.HasPrefix(b, a+"__"))
}

func bonus(named bool) float64 {
	if named {
		return 0.15
	}
	return 0
}

// share is part of whole, and 1 of nothing.
func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (c candidate) passage() Passage {
	return Passage{ID: c.node.ID, Text: c.text, Marks: c.marks, Score: c.rank}
}
