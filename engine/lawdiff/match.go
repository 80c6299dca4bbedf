package lawdiff

import (
	"cmp"
	"slices"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/textkit"
)

// A matcher finds the partners of provisions. It keeps the words of each
// provision as sorted numbers.
type matcher struct {
	number map[string]int
	bags   map[*lawtext.Node][]int
	texts  map[*lawtext.Node]string
}

func newMatcher() *matcher {
	return &matcher{make(map[string]int), make(map[*lawtext.Node][]int), make(map[*lawtext.Node]string)}
}

func (m *matcher) text(n *lawtext.Node) string {
	s, ok := m.texts[n]
	if !ok {
		s = string(n.Kind) + " " + Unwrap(whole(n))
		m.texts[n] = s
	}
	return s
}

func (m *matcher) bag(n *lawtext.Node) []int {
	bag, ok := m.bags[n]
	if ok {
		return bag
	}
	for _, w := range textkit.Words(m.text(n))[1:] { // the first is the kind
		f := textkit.Fold(w.Text)
		id, ok := m.number[f]
		if !ok {
			id = len(m.number)
			m.number[f] = id
		}
		bag = append(bag, id)
	}
	slices.Sort(bag)
	m.bags[n] = bag
	return bag
}

// match returns for each node of b the index of its partner in a, or -1. Partners
// are of one kind, and no two have the same. The key is the number by which the
// provision is called; without one only text counts.
func (m *matcher) match(a, b []*lawtext.Node, key func(*lawtext.Node) string, least float64) []int {
	p := pairing{to: make([]int, len(b)), taken: make([]bool, len(a))}
	for j := range p.to {
		p.to[j] = -1
	}
	if len(a) == 0 || len(b) == 0 {
		return p.to
	}
	if key != nil {
		p.same(a, b, false, func(n *lawtext.Node) string { return key(n) + "\n" + m.text(n) })
	}
	p.same(a, b, true, m.text)
	p.scored(m.likely(a, b, p, key, least))
	if key != nil {
		p.same(a, b, false, func(n *lawtext.Node) string { return string(n.Kind) + "\n" + key(n) })
	}
	return p.to
}

type pairing struct {
	to    []int
	taken []bool
}

func (p pairing) join(i, j int) {
	p.to[j] = i
	p.taken[i] = true
}

// same joins the free nodes that have one string: the first of a with the first of
// b, and so on; if only once is asked, none that occurs more often on either side.
func (p pairing) same(a, b []*lawtext.Node, once bool, str func(*lawtext.Node) string) {
	places := make(map[string][2][]int)
	for i, n := range a {
		if !p.taken[i] {
			at := places[str(n)]
			at[0] = append(at[0], i)
			places[str(n)] = at
		}
	}
	for j, n := range b {
		if p.to[j] < 0 {
			at := places[str(n)]
			at[1] = append(at[1], j)
			places[str(n)] = at
		}
	}
	for _, at := range places { // in any order: no two strings share a node
		if once && (len(at[0]) != 1 || len(at[1]) != 1) {
			continue
		}
		for k := range min(len(at[0]), len(at[1])) {
			p.join(at[0][k], at[1][k])
		}
	}
}

// A candidate is a pair that may be one provision.
type candidate struct {
	i, j  int
	score float64
}

// scored joins the best candidates first.
func (p pairing) scored(list []candidate) {
	slices.SortStableFunc(list, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.j, y.j), cmp.Compare(x.i, y.i))
	})
	for _, c := range list {
		if !p.taken[c.i] && p.to[c.j] < 0 {
			p.join(c.i, c.j)
		}
	}
}

// A word that more than rare provisions have finds no candidates, and a provision
// has at most a few, so that the pairs to be compared grow with the act and not
// with its square.
const (
	rare       = 24
	candidates = 6
	sameKey    = 0.15 // what the same number adds to likeness
)

// likely returns the free pairs that share rare words or the key, with their
// likeness, if that is at least what is asked.
func (m *matcher) likely(a, b []*lawtext.Node, p pairing, key func(*lawtext.Node) string, least float64) []candidate {
	byWord, byKey := make(map[int][]int), make(map[string]int)
	for i, n := range a {
		if p.taken[i] {
			continue
		}
		for _, w := range slices.Compact(slices.Clone(m.bag(n))) {
			byWord[w] = append(byWord[w], i)
		}
		if key != nil {
			if _, ok := byKey[key(n)]; !ok {
				byKey[key(n)] = i
			}
		}
	}
	var list []candidate
	for j, n := range b {
		if p.to[j] >= 0 {
			continue
		}
		named := -1
		if key != nil {
			if i, ok := byKey[key(n)]; ok {
				named = i
			}
		}
		for _, i := range m.sharing(n, byWord, named) {
			score := dice(m.bag(a[i]), m.bag(n))
			if i == named {
				score += sameKey
			}
			if score >= least && a[i].Kind == n.Kind {
				list = append(list, candidate{i, j, score})
			}
		}
	}
	return list
}

// sharing returns the few nodes that share most rare words with n, and the named one.
func (m *matcher) sharing(n *lawtext.Node, byWord map[int][]int, named int) []int {
	count := make(map[int]int)
	for _, w := range slices.Compact(slices.Clone(m.bag(n))) {
		if at := byWord[w]; len(at) <= rare {
			for _, i := range at {
				count[i]++
			}
		}
	}
	list := make([]int, 0, len(count)+1)
	for i := range count {
		list = append(list, i)
	}
	slices.SortFunc(list, func(x, y int) int { return cmp.Or(cmp.Compare(count[y], count[x]), cmp.Compare(x, y)) })
	list = list[:min(len(list), candidates)]
	if named >= 0 && !slices.Contains(list, named) {
		list = append(list, named)
	}
	return list
}

// dice is how much of two sorted bags is shared, from 0 to 1.
func dice(a, b []int) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			shared++
			i, j = i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(shared) / float64(len(a)+len(b))
}
