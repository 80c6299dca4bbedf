package uptake

import "github.com/asociacija/asociacija/engine/lawdiff"

// maxCells bounds the table of the weighted alignment; longer texts are aligned
// by words alone.
const maxCells = 1 << 21

// align pairs the words of two texts: for each of b the index of its partner in
// a, or -1, in the same order in both. Of all ways it takes the one that pairs
// the most weight, and prefers partners that stand next to each other, so that
// a filler is paired with its phrase and not with another's.
func align(a, b []lexeme) []int {
	to := make([]int, len(b))
	for j := range to {
		to[j] = -1
	}
	i0, j0 := 0, 0
	for i0 < len(a) && j0 < len(b) && a[i0].key == b[j0].key {
		to[j0] = i0
		i0, j0 = i0+1, j0+1
	}
	i1, j1 := len(a), len(b)
	for i1 > i0 && j1 > j0 && a[i1-1].key == b[j1-1].key {
		i1, j1 = i1-1, j1-1
		to[j1] = i1
	}
	if i0 == i1 || j0 == j1 {
		return to
	}
	var inner []int
	if (i1-i0+1)*(j1-j0+1) > maxCells {
		inner = lawdiff.Align(keys(a[i0:i1]), keys(b[j0:j1]))
	} else {
		inner = heaviest(a[i0:i1], b[j0:j1])
	}
	for j, i := range inner {
		if i >= 0 {
			to[j0+j] = i0 + i
		}
	}
	return to
}

func keys(list []lexeme) []string {
	s := make([]string, len(list))
	for i, l := range list {
		s[i] = l.key
	}
	return s
}

// adjacent is what it is worth that two pairs are neighbours in both texts.
const adjacent = 30

// heaviest is the longest common subsequence by weight. best[i][j] is the weight
// of a[i:] and b[j:], paired[i][j] that with a[i] and b[j] being partners.
func heaviest(a, b []lexeme) []int {
	m := len(b) + 1
	best := make([]int, (len(a)+1)*m)
	paired := make([]int, (len(a)+1)*m)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			at := i*m + j
			best[at] = max(best[at+m], best[at+1])
			if a[i].key == b[j].key {
				rest := best[at+m+1]
				if next := paired[at+m+1]; next > 0 {
					rest = max(rest, next+adjacent)
				}
				paired[at] = rest + a[i].weight()
				best[at] = max(best[at], paired[at])
			}
		}
	}
	to := make([]int, len(b))
	for j := range to {
		to[j] = -1
	}
	for i, j, after := 0, 0, false; i < len(a) && j < len(b); {
		at := i*m + j
		switch p := paired[at]; {
		case p > 0 && (p >= best[at] || after && p+adjacent >= best[at]):
			to[j] = i
			i, j, after = i+1, j+1, true
			continue
		case best[at+m] >= best[at+1]:
			i++
		default:
			j++
		}
		after = false
	}
	return to
}
