package lawdiff

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/textkit"
)

// A matcher finds the partners of provisions by what they say.
type matcher struct {
	number map[string]int // of each word, without case and diacritics
	said   map[*lawtext.Node]*saying
	count  []int // by node of a, zero between calls of sharing
}

// A saying is what a provision says, with all that stands under it.
type saying struct {
	sum uint64 // of its kind and text, re-wrapping aside
	bag []int  // its words as sorted numbers; nil until asked for
}

func newMatcher() *matcher {
	return &matcher{number: make(map[string]int), said: make(map[*lawtext.Node]*saying)}
}

// saying reads a node. Sums stand for texts only where partners are sought: what
// is called unchanged has been compared letter by letter.
func (m *matcher) saying(n *lawtext.Node) *saying {
	s := m.said[n]
	if s == nil {
		s = &saying{sum: m.sum(offset, n)}
		m.said[n] = s
	}
	return s
}

func (m *matcher) sum(h uint64, n *lawtext.Node) uint64 {
	h = add(add(add(h, string(n.Kind)), n.Heading), n.Intro)
	if !divides(n) {
		for _, c := range n.Children {
			h = (h ^ m.saying(c).sum) * prime
		}
	}
	return add(h, n.Tail)
}

// The numbers of FNV-1a.
const (
	offset uint64 = 14695981039346656037
	prime  uint64 = 1099511628211
)

// add hashes the words of s, a space before each, and a mark after the last.
func add(h uint64, s string) uint64 {
	inside := false
	for i := 0; i < len(s); {
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(s[i:])
		}
		if unicode.IsSpace(c) {
			inside = false
			i += size
			continue
		}
		if !inside {
			h, inside = (h^' ')*prime, true
		}
		for ; size > 0; size-- {
			h = (h ^ uint64(s[i])) * prime
			i++
		}
	}
	return (h ^ '\n') * prime
}

func (m *matcher) bag(n *lawtext.Node) []int {
	s := m.saying(n)
	if s.bag != nil {
		return s.bag
	}
	s.bag = []int{}
	for _, text := range []string{n.Heading, n.Intro, n.Tail} {
		for _, w := range textkit.Words(text) {
			s.bag = append(s.bag, m.word(w.Text))
		}
	}
	if !divides(n) {
		for _, c := range n.Children {
			s.bag = append(s.bag, m.bag(c)...)
		}
	}
	slices.Sort(s.bag)
	return s.bag
}

// word numbers a word as it is written, so that only new spellings are folded.
func (m *matcher) word(w string) int {
	id, ok := m.number[w]
	if ok {
		return id
	}
	f := textkit.Fold(w)
	if id, ok = m.number[f]; !ok {
		id = len(m.number)
		m.number[f] = id
	}
	m.number[w] = id
	return id
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
	says := func(n *lawtext.Node) uint64 { return m.saying(n).sum }
	if key != nil {
		same(p, a, b, false, func(n *lawtext.Node) keyed { return keyed{key(n), says(n)} })
	}
	same(p, a, b, true, says)
	if !p.done() {
		p.scored(m.likely(a, b, p, key, least))
	}
	if key != nil && !p.done() {
		same(p, a, b, false, func(n *lawtext.Node) string { return string(n.Kind) + "\n" + key(n) })
	}
	return p.to
}

type keyed struct {
	key string
	sum uint64
}

type pairing struct {
	to    []int
	taken []bool
}

func (p pairing) join(i, j int) {
	p.to[j] = i
	p.taken[i] = true
}

// done reports whether one of the lists has no free node.
func (p pairing) done() bool {
	return !slices.Contains(p.to, -1) || !slices.Contains(p.taken, false)
}

// same joins the free nodes that have one key: the first of a with the first of
// b, and so on; if only once is asked, none that occurs more often on either side.
func same[K comparable](p pairing, a, b []*lawtext.Node, once bool, key func(*lawtext.Node) K) {
	type place struct{ first, last, next, count int }
	places := make(map[K]*place)
	after := make([]int, len(a)) // the next of a with the same key
	for i, n := range a {
		if p.taken[i] {
			continue
		}
		after[i] = -1
		if at := places[key(n)]; at == nil {
			places[key(n)] = &place{i, i, i, 1}
		} else {
			after[at.last] = i
			at.last = i
			at.count++
		}
	}
	if once {
		for j, n := range b {
			if p.to[j] >= 0 {
				continue
			}
			if at := places[key(n)]; at != nil {
				if at.count++; at.count > 2 { // one of a and one of b
					at.next = -1
				}
			}
		}
	}
	for j, n := range b {
		if p.to[j] >= 0 {
			continue
		}
		if at := places[key(n)]; at != nil && at.next >= 0 {
			p.join(at.next, j)
			at.next = after[at.next]
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
// likeness, if that is at least what is asked. It joins those at once that no
// other can beat.
func (m *matcher) likely(a, b []*lawtext.Node, p pairing, key func(*lawtext.Node) string, least float64) []candidate {
	named := m.named(a, b, p, key)
	byWord := make(map[int][]int)
	for i, n := range a {
		if p.taken[i] {
			continue
		}
		eachOnce(m.bag(n), func(w int) { byWord[w] = append(byWord[w], i) })
	}
	m.count = slices.Grow(m.count[:0], len(a))[:len(a)]
	clear(m.count)
	var list []candidate
	for j, n := range b {
		if p.to[j] >= 0 {
			continue
		}
		for _, i := range m.sharing(n, byWord, named[j]) {
			score := dice(m.bag(a[i]), m.bag(n))
			if i == named[j] {
				score += sameKey
			}
			if score >= least && a[i].Kind == n.Kind {
				list = append(list, candidate{i, j, score})
			}
		}
	}
	return list
}

// named returns for each free node of b the free one of a with its key, or -1.
func (m *matcher) named(a, b []*lawtext.Node, p pairing, key func(*lawtext.Node) string) []int {
	at := make([]int, len(b))
	byKey := make(map[string]int)
	for i, n := range a {
		if key == nil || p.taken[i] {
			continue
		}
		if _, ok := byKey[key(n)]; !ok {
			byKey[key(n)] = i
		}
	}
	for j, n := range b {
		at[j] = -1
		if key == nil || p.to[j] >= 0 {
			continue
		}
		if i, ok := byKey[key(n)]; ok && !p.taken[i] {
			if at[j] = i; a[i].Kind == n.Kind && dice(m.bag(a[i]), m.bag(n)) >= 1-sameKey {
				p.join(i, j)
			}
		}
	}
	return at
}

func eachOnce(sorted []int, visit func(int)) {
	for k, w := range sorted {
		if k == 0 || w != sorted[k-1] {
			visit(w)
		}
	}
}

// sharing returns the few nodes that share most rare words with n, and the named one.
func (m *matcher) sharing(n *lawtext.Node, byWord map[int][]int, named int) []int {
	var list []int
	eachOnce(m.bag(n), func(w int) {
		if at := byWord[w]; len(at) <= rare {
			for _, i := range at {
				if m.count[i] == 0 {
					list = append(list, i)
				}
				m.count[i]++
			}
		}
	})
	slices.SortFunc(list, func(x, y int) int { return cmp.Or(cmp.Compare(m.count[y], m.count[x]), cmp.Compare(x, y)) })
	for _, i := range list {
		m.count[i] = 0
	}
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
