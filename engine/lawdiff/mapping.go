package lawdiff

import (
	"slices"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Matching says how the provisions of two versions find each other.
type Matching int

const (
	// ByText finds partners by what they say and how they are numbered. It is
	// what holds when nothing is said.
	ByText Matching = iota
	// ByKey takes provisions with the same lawtext.Node.Key for the same and
	// infers nothing. It is exact where one version was made from the other; two
	// texts that were read apart have keys that only look alike.
	ByKey
)

func matching(how []Matching) Matching {
	if len(how) > 0 {
		return how[0]
	}
	return ByText
}

// A mapping knows for the provisions of two acts which are the same. No provision
// has two partners, and partners are of one kind.
type mapping struct {
	to, from map[*lawtext.Node]*lawtext.Node   // old → new, new → old
	pieces   map[*lawtext.Node][]*lawtext.Node // old that was split → all that it became, in order
	sources  map[*lawtext.Node][]*lawtext.Node // new that was merged → all that it was, in order
	whole    map[*lawtext.Node]*lawtext.Node   // part without a partner → what was split into it or merged from it
}

// Partners returns for the provisions of new which of old they are. No two have the
// same; of the parts of a split provision one has its partner, the others none.
func Partners(old, new *lawtext.Act, how ...Matching) map[*lawtext.Node]*lawtext.Node {
	return mapped(old, new, matching(how)).from
}

func mapped(old, new *lawtext.Act, how Matching) *mapping {
	m := mapper{
		matcher: newMatcher(),
		mapping: &mapping{
			to: make(map[*lawtext.Node]*lawtext.Node), from: make(map[*lawtext.Node]*lawtext.Node),
			pieces: make(map[*lawtext.Node][]*lawtext.Node), sources: make(map[*lawtext.Node][]*lawtext.Node),
			whole: make(map[*lawtext.Node]*lawtext.Node),
		},
	}
	if how == ByKey {
		m.keys(old, new)
		return m.mapping
	}
	for _, c := range new.Components {
		m.lists(unitsOf(component(old, c.ID)), unitsOf(c.Nodes), unitKey)
	}
	m.far(old, new)
	return m.mapping
}

// A mapper finds partners.
type mapper struct {
	*matcher
	*mapping
}

func (m mapper) keys(old, new *lawtext.Act) {
	byKey := make(map[string]*lawtext.Node)
	for n := range old.All() {
		if _, ok := byKey[n.Key]; !ok && n.Key != "" {
			byKey[n.Key] = n
		}
	}
	for n := range new.All() {
		if o := byKey[n.Key]; o != nil && o.Kind == n.Kind && m.to[o] == nil {
			m.to[o], m.from[n] = n, o
		}
	}
}

func unitKey(n *lawtext.Node) string { return n.ID }

func siblingKey(n *lawtext.Node) string { return string(n.Kind) + " " + n.Num }

// lists finds partners among siblings, and in those that have found each other.
func (m mapper) lists(a, b []*lawtext.Node, key func(*lawtext.Node) string) {
	to := m.match(a, b, key, 0.5)
	m.parts(a, b, to)
	for j, i := range to {
		if i >= 0 {
			m.pair(a[i], b[j])
		}
	}
}

func (m mapper) pair(old, new *lawtext.Node) {
	m.to[old], m.from[new] = new, old
	if divides(new) || old.Deleted != new.Deleted {
		return // the articles of a chapter are found across the component
	}
	a, b := old.Children, new.Children
	if list := m.sources[new]; list != nil {
		a = childrenOf(list)
	}
	if list := m.pieces[old]; list != nil {
		b = childrenOf(list)
	}
	if len(a) > 0 || len(b) > 0 {
		m.lists(a, b, siblingKey)
	}
}

func childrenOf(list []*lawtext.Node) []*lawtext.Node {
	var all []*lawtext.Node
	for _, n := range list {
		all = append(all, n.Children...)
	}
	return all
}

// parts finds provisions that were split and such that were merged: a provision
// that has found its partner is, with the free neighbours of that partner, as
// like it as parts asks.
func (m mapper) parts(a, b []*lawtext.Node, to []int) {
	from := make([]int, len(a))
	for i := range from {
		from[i] = -1
	}
	for j, i := range to {
		if i >= 0 {
			from[i] = j
		}
	}
	for j, i := range to {
		if i < 0 || a[i].Deleted || b[j].Deleted || divides(b[j]) {
			continue
		}
		if list := m.together(a[i], b, j, to); list != nil {
			m.pieces[a[i]] = list
		} else if list := m.together(b[j], a, i, from); list != nil {
			m.sources[b[j]] = list
		}
	}
}

// The share of words that a provision and its parts have in common, the share of
// a part that must come from what the others left over, its least words, and how
// far from the partner the parts are looked for.
const (
	partsLike = 0.9
	partFrom  = 0.8
	partWords = 4
	mostParts = 12
)

// together returns the run of list around at that says what one says, or nil if
// that is not more than list[at] alone.
func (m mapper) together(one *lawtext.Node, list []*lawtext.Node, at int, partner []int) []*lawtext.Node {
	free := func(k int) bool {
		return k >= 0 && k < len(list) && partner[k] < 0 && m.whole[list[k]] == nil &&
			list[k].Kind == one.Kind && !list[k].Deleted && len(m.bag(list[k])) >= partWords
	}
	if !free(at-1) && !free(at+1) || len(m.bag(one)) < len(m.bag(list[at]))+partWords {
		return nil
	}
	rest := make(map[int]int) // words of one that no part has yet
	for _, w := range m.bag(one) {
		rest[w]++
	}
	shared, size := take(rest, m.bag(list[at])), len(m.bag(list[at]))
	grow := func(k, step int) int {
		for ; free(k) && max(k-at, at-k) <= mostParts; k += step {
			bag := m.bag(list[k])
			got := take(rest, bag)
			if float64(got) < partFrom*float64(len(bag)) {
				break // what it took is not missed: the run ends here
			}
			shared, size = shared+got, size+len(bag)
		}
		return k - step
	}
	last := grow(at+1, 1)
	first := grow(at-1, -1)
	if first == last || 2*float64(shared) < partsLike*float64(len(m.bag(one))+size) {
		return nil
	}
	run := slices.Clone(list[first : last+1])
	for _, n := range run {
		if n != list[at] {
			m.whole[n] = one
		}
	}
	return run
}

// take counts the words that rest has, and takes them out.
func take(rest map[int]int, bag []int) int {
	got := 0
	for _, w := range bag {
		if rest[w] > 0 {
			rest[w]--
			got++
		}
	}
	return got
}

// farWords and farLike say when provisions in different places are one.
const (
	farWords = 12
	farLike  = 0.85
)

// far finds provisions that went from one place of the act to another: articles,
// then what stands under provisions that have no partner.
func (m mapper) far(old, new *lawtext.Act) {
	for _, kind := range []lawtext.Kind{lawtext.Article, lawtext.Annex, lawtext.Paragraph, lawtext.Point, lawtext.Indent} {
		free := func(act *lawtext.Act, partner map[*lawtext.Node]*lawtext.Node) (list []*lawtext.Node) {
			for n := range act.All() {
				if n.Kind == kind && partner[n] == nil && m.whole[n] == nil && !n.Deleted && len(m.bag(n)) >= farWords {
					list = append(list, n)
				}
			}
			return list
		}
		gone, come := free(old, m.to), free(new, m.from)
		for j, i := range m.match(gone, come, nil, farLike) {
			if i >= 0 {
				m.pair(gone[i], come[j])
			}
		}
	}
}
