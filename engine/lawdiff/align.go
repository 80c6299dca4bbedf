package lawdiff

import (
	"slices"
	"sort"
	"unicode/utf8"
)

// Align pairs what two lists share: for each string of b, the index of its partner
// in a, or -1. Partners are equal and stand in the same order in both.
//
// The method is patience: what stands at both ends is paired, then the words that
// occur once in each text, then what lies between those by the same method. Where
// no word is unique it is Myers' shortest edit script, up to a limit.
func Align(a, b []string) []int {
	number := make(map[string]int)
	s := aligner{a: numbered(number, a), b: numbered(number, b), keep: make([]int, len(b))}
	for j := range s.keep {
		s.keep[j] = -1
	}
	s.align(0, len(a), 0, len(b), 0)
	return s.keep
}

func numbered(number map[string]int, list []string) []int {
	ids := make([]int, len(list))
	for i, s := range list {
		id, ok := number[s]
		if !ok {
			id = len(number)
			number[s] = id
		}
		ids[i] = id
	}
	return ids
}

type aligner struct{ a, b, keep []int }

// maxDepth bounds how often patience is tried inside its own gaps, so that no
// text makes it quadratic.
const maxDepth = 12

func (s *aligner) align(i0, i1, j0, j1, depth int) {
	for i0 < i1 && j0 < j1 && s.a[i0] == s.b[j0] {
		s.keep[j0] = i0
		i0, j0 = i0+1, j0+1
	}
	for i0 < i1 && j0 < j1 && s.a[i1-1] == s.b[j1-1] {
		i1, j1 = i1-1, j1-1
		s.keep[j1] = i1
	}
	if i0 == i1 || j0 == j1 {
		return
	}
	var anchors [][2]int
	if depth < maxDepth {
		anchors = rising(s.unique(i0, i1, j0, j1))
	}
	if len(anchors) == 0 {
		s.myers(i0, i1, j0, j1)
		return
	}
	for _, p := range anchors {
		s.keep[p[1]] = p[0]
		s.align(i0, p[0], j0, p[1], depth+1)
		i0, j0 = p[0]+1, p[1]+1
	}
	s.align(i0, i1, j0, j1, depth+1)
}

// unique returns the pairs of tokens that occur once on each side, in the order
// of a.
func (s *aligner) unique(i0, i1, j0, j1 int) [][2]int {
	type seen struct{ i, j, na, nb int }
	count := make(map[int]*seen, i1-i0)
	for i := i0; i < i1; i++ {
		c := count[s.a[i]]
		if c == nil {
			c = &seen{}
			count[s.a[i]] = c
		}
		c.i, c.na = i, c.na+1
	}
	for j := j0; j < j1; j++ {
		if c := count[s.b[j]]; c != nil {
			c.j, c.nb = j, c.nb+1
		}
	}
	var pairs [][2]int
	for i := i0; i < i1; i++ {
		if c := count[s.a[i]]; c.na == 1 && c.nb == 1 {
			pairs = append(pairs, [2]int{i, c.j})
		}
	}
	return pairs
}

// rising returns the longest run of pairs, in order, whose second numbers rise.
func rising(pairs [][2]int) [][2]int {
	var tails []int // index of the pair that ends the best run of each length
	before := make([]int, len(pairs))
	for k, p := range pairs {
		n := sort.Search(len(tails), func(n int) bool { return pairs[tails[n]][1] >= p[1] })
		before[k] = -1
		if n > 0 {
			before[k] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, k)
		} else {
			tails[n] = k
		}
	}
	if len(tails) == 0 {
		return nil
	}
	var run [][2]int
	for k := tails[len(tails)-1]; k >= 0; k = before[k] {
		run = append(run, pairs[k])
	}
	slices.Reverse(run)
	return run
}

// maxEdits is the longest edit script that Myers looks for: beyond it two
// passages without a single unique word in common have nothing to show.
const maxEdits = 200

func (s *aligner) myers(i0, i1, j0, j1 int) {
	n, m := i1-i0, j1-j0
	limit := min(n+m, maxEdits)
	v := make([]int, 2*limit+3) // v[k+limit+1]: how far into a diagonal k reaches
	var trace [][]int
	for d := 0; d <= limit; d++ {
		trace = append(trace, slices.Clone(v[limit+1-d:limit+2+d]))
		for k := -d; k <= d; k += 2 {
			x := v[limit+k] + 1
			if k == -d || k != d && v[limit+k] < v[limit+k+2] {
				x = v[limit+k+2]
			}
			if d == 0 {
				x = 0
			}
			for x < n && x-k < m && s.a[i0+x] == s.b[j0+x-k] {
				x++
			}
			v[limit+1+k] = x
			if x >= n && x-k >= m {
				s.walk(trace, i0, j0, n, m)
				return
			}
		}
	}
}

// walk goes Myers' way back from the end and pairs what lies on its diagonals.
func (s *aligner) walk(trace [][]int, i0, j0, x, y int) {
	for d := len(trace) - 1; d >= 0; d-- {
		k, v := x-y, trace[d]
		at := func(k int) int { return v[k+d] } // the state before step d, diagonals -d…d
		px, py := 0, 0
		if d > 0 {
			from := k - 1
			if k == -d || k != d && at(k-1) < at(k+1) {
				from = k + 1
			}
			px = at(from)
			py = px - from
		}
		for x > px && y > py {
			x, y = x-1, y-1
			s.keep[j0+y] = i0 + x
		}
		x, y = px, py
	}
}

// mend gives up pairs that make a change harder to read: an island of at most
// three words that is no longer than the changes on either side of it, and
// punctuation or one short word between two replacements. One phrase replaced by
// another reads better than words scattered between words.
func mend(a, b []token, keep []int) []int {
	for {
		runs := runsOf(keep, len(a))
		mended := false
		for r := 1; r < len(runs)-1; r++ {
			if in := runs[r]; in.kept && in.small(b, a, runs[r-1], runs[r+1]) {
				for j := in.j0; j < in.j1; j++ {
					keep[j] = -1
				}
				mended = true
				r++ // the run after it has grown, look again in the next round
			}
		}
		if !mended {
			return keep
		}
	}
}

// A run is a stretch of a and b that is kept or changed as a whole.
type run struct {
	kept           bool
	i0, i1, j0, j1 int
}

func runsOf(keep []int, n int) []run {
	var runs []run
	i, j := 0, 0
	change := func(i1, j1 int) {
		if i1 > i || j1 > j {
			runs = append(runs, run{false, i, i1, j, j1})
			i, j = i1, j1
		}
	}
	for at, k := range keep {
		if k < 0 {
			continue
		}
		change(k, at)
		if len(runs) > 0 && runs[len(runs)-1].kept {
			runs[len(runs)-1].i1, runs[len(runs)-1].j1 = k+1, at+1
		} else {
			runs = append(runs, run{true, k, k + 1, at, at + 1})
		}
		i, j = k+1, at+1
	}
	change(n, len(keep))
	return runs
}

// small reports whether the kept run r hinders reading the changes around it.
func (r run) small(b, a []token, before, after run) bool {
	size, words := measure(b[r.j0:r.j1])
	least := min(before.size(a, b), after.size(a, b))
	both := before.both() && after.both()
	return words <= 3 && size <= least && (both || size <= 2 && least > 2) || words <= 1 && size <= 3 && both
}

// size is the letters of the longer side of a change.
func (r run) size(a, b []token) int {
	old, _ := measure(a[r.i0:r.i1])
	new, _ := measure(b[r.j0:r.j1])
	return max(old, new)
}

// both reports whether a change takes something out and puts something in.
func (r run) both() bool { return r.i1 > r.i0 && r.j1 > r.j0 }

func measure(list []token) (letters, words int) {
	for _, t := range list {
		letters += utf8.RuneCountInString(t.text)
		if t.word {
			words++
		}
	}
	return letters, words
}
