package uptake

import (
	"math"
	"strings"
)

// A request is a proposal in words: what it adds to the draft and what it takes
// out. A proposal that leaves the draft as it is asks for all of it.
type request struct {
	draft, proposed []lexeme
	added           []bool          // of proposed
	removed         []bool          // of draft
	mentions        map[string]bool // words of either: a shared word that moved is of no one
	askAdded        int             // weight
	askRemoved      int
}

func (x *lexicon) request(draft, proposed string) request {
	r := request{draft: x.read(draft), proposed: x.read(proposed)}
	r.added, r.removed = make([]bool, len(r.proposed)), make([]bool, len(r.draft))
	for i := range r.removed {
		r.removed[i] = true
	}
	changed := len(r.draft) != len(r.proposed)
	for j, i := range align(r.draft, r.proposed) {
		if r.added[j] = i < 0; i >= 0 {
			r.removed[i] = false
		} else {
			changed = true
		}
	}
	if !changed {
		r.draft, r.removed = nil, nil
		for j := range r.added {
			r.added[j] = true
		}
	}
	r.mentions = set(strings.Join(append(keys(r.draft), keys(r.proposed)...), " "))
	r.askAdded, r.askRemoved = sum(r.proposed, r.added), sum(r.draft, r.removed)
	return r
}

func sum(list []lexeme, of []bool) (weight int) {
	for i, l := range list {
		if of[i] {
			weight += l.weight()
		}
	}
	return weight
}

// evidence is how a passage of the act answers a request.
type evidence struct {
	found, gone    int // weight of ours that is there, and of the draft's that is not
	foundN, addedN int // the same in words that are not fillers
	goneN, goN     int
	missing        []lexeme  // numbers of ours that are not there
	standing       []lexeme  // numbers of the draft that we wanted gone and that stand
	lost           int       // negations and limits of ours that are not there
	strange        int       // numbers, negations and limits at our words that are not ours
	whole          int       // edits of ours that are there word for word
	gap            int       // most words of ours in a row that are missing
	compared       bool      // another number stands in the place of ours
	closer         []float64 // the draft's number, ours, and the one there if it is closer to ours
	marks          []Mark
}

// reachOurs and reachTheirs are how far apart words may be and still be one phrase,
// in the proposal and in the passage.
const reachOurs, reachTheirs = 3, 6

// far is the percentage that a word of ours counts that stands away from our others.
const far = 25

// weigh compares a passage with a request.
func (r request) weigh(passage []lexeme) evidence {
	var e evidence
	toOurs := align(r.proposed, passage) // partner in proposed of each word of the passage
	toDraft := align(r.draft, passage)
	whose := make([]Whose, len(passage))
	found := make([]int, len(r.proposed)) // percent
	stands := make([]bool, len(r.draft))
	for k := range passage {
		p, d := toOurs[k], toDraft[k]
		if p >= 0 && r.added[p] && !r.unitHolds(p, k, passage) {
			p, toOurs[k] = -1, -1
		}
		switch {
		case p >= 0 && r.added[p] && (d < 0 || r.removed[d]):
			found[p] = far
			if together(toOurs, k, len(r.proposed)) && r.anchored(toOurs, p, k) {
				found[p] = 100
			}
			whose[k] = Ours
		case p < 0 && d >= 0 && r.removed[d]:
			stands[d] = together(toDraft, k, len(r.draft))
			whose[k] = Drafts
		case p < 0 && d < 0 && (passage[k].sort != content || !r.mentions[passage[k].key]):
			whose[k] = Others
		}
	}
	for p, l := range r.proposed {
		if r.added[p] {
			e.countAdded(l, found[p])
		}
	}
	e.countRuns(r, found)
	for d, l := range r.draft {
		if r.removed[d] {
			e.countRemoved(l, stands[d])
		}
	}
	e.strange = strangers(passage, whose)
	e.compare(r, passage, whose)
	e.marks = marks(passage, whose, r.holes(toOurs, toDraft, found))
	return e
}

// unitHolds reports whether word k of the passage counts the same thing as word p
// of the proposal, if they are numbers.
func (r request) unitHolds(p, k int, passage []lexeme) bool {
	if passage[k].sort != number || p+1 == len(r.proposed) || r.proposed[p+1].sort != content {
		return true
	}
	return k+1 < len(passage) && passage[k+1].key == r.proposed[p+1].key
}

// together reports whether a neighbour of word k has a partner near the partner of k:
// whether the two stand in one phrase on both sides. A text of one word has no
// neighbours to ask for.
func together(to []int, k, words int) bool {
	if words == 1 {
		return true
	}
	for n := max(0, k-reachTheirs); n < min(len(to), k+reachTheirs+1); n++ {
		if q := to[n]; n != k && q >= 0 && q >= to[k]-reachOurs && q <= to[k]+reachOurs {
			return true
		}
	}
	return false
}

// phrase is how many words, fillers aside, prove by themselves that they are ours.
const phrase = 6

// anchored reports whether word k of the passage, the partner of p, stands where
// the proposal has it: near a partner of a word just outside the added run that p
// belongs to. A few words in another place of the passage are not ours. A long
// run needs no anchor, for a body may put a sentence elsewhere, and a proposal
// that is all new has none.
func (r request) anchored(toOurs []int, p, k int) bool {
	from, until, words := p, p, 0
	for from > 0 && r.added[from-1] {
		from--
	}
	for until < len(r.added) && r.added[until] {
		until++
	}
	for _, l := range r.proposed[from:until] {
		if l.sort != filler {
			words++
		}
	}
	if words >= phrase || until-from == len(r.added) {
		return true
	}
	reach := until - from + reachTheirs
	for n := max(0, k-reach); n < min(len(toOurs), k+reach+1); n++ {
		if q := toOurs[n]; q >= 0 && !r.added[q] && q >= from-reachOurs && q < until+reachOurs {
			return true
		}
	}
	return false
}

func (e *evidence) countAdded(l lexeme, percent int) {
	e.found += percent * l.weight() / 100
	if l.sort != filler {
		e.addedN++
		if percent == 100 {
			e.foundN++
		}
	}
	if percent == 100 {
		return
	}
	switch l.sort {
	case number:
		e.missing = append(e.missing, l)
	case negation, limit:
		e.lost++
	}
}

// countRuns looks at what the proposal adds edit by edit: a proposal may be several.
func (e *evidence) countRuns(r request, found []int) {
	words, there, gap := 0, 0, 0
	for p := 0; p <= len(r.proposed); p++ {
		if p == len(r.proposed) || !r.added[p] {
			if words > 0 && there == words {
				e.whole++
			}
			words, there, gap = 0, 0, 0
			continue
		}
		switch {
		case r.proposed[p].sort == filler:
		case found[p] == 100:
			words, there, gap = words+1, there+1, 0
		default:
			words, gap = words+1, gap+1
			e.gap = max(e.gap, gap)
		}
	}
}

func (e *evidence) countRemoved(l lexeme, stands bool) {
	if !stands {
		e.gone += l.weight()
	}
	if l.sort != filler {
		e.goN++
		if !stands {
			e.goneN++
		}
	}
	if stands && l.sort == number {
		e.standing = append(e.standing, l)
	}
}

// strangers counts the numbers, negations and limits of the body's own within
// three words of ours: "lahko" beside our "izplača" makes another rule of it.
func strangers(passage []lexeme, whose []Whose) int {
	n := 0
	for k, l := range passage {
		if whose[k] == Others && l.sort >= limit && near(whose, k, Ours) {
			n++
		}
	}
	return n
}

// compare looks in the passage for a number in the place of one of ours that is
// missing: it counts the same as the draft's and is neither. It may lie on our
// side of the draft's: the draft says five years, we said two, the act says three.
func (e *evidence) compare(r request, passage []lexeme, whose []Whose) {
	for _, ours := range e.missing {
		for d, was := range r.draft {
			if !r.removed[d] || was.sort != number || unit(r.draft, was) != unit(r.proposed, ours) {
				continue
			}
			for k, is := range passage {
				if is.sort != number || whose[k] != Others || unit(passage, is) != unit(r.draft, was) {
					continue
				}
				e.compared = true
				if e.closer == nil && math.Abs(is.value-ours.value) < math.Abs(was.value-ours.value) {
					e.closer = []float64{was.value, ours.value, is.value}
				}
			}
		}
	}
}

// unit is what a number counts: the next word, or nothing for a fraction.
func unit(list []lexeme, n lexeme) string {
	if n.value < 1 {
		return ""
	}
	for i, l := range list {
		if l.start == n.start && i+1 < len(list) {
			return list[i+1].key
		}
	}
	return ""
}

// longHole is the most words of the body's own that stand for words of ours; more
// is another matter.
const longHole = 25

// holes says which words of the passage stand where ours are missing or where
// the draft's were: between the same words that both share.
func (r request) holes(toOurs, toDraft, found []int) []bool {
	in := make([]bool, len(toOurs))
	missing := func(p int) bool { return r.added[p] && found[p] == 0 }
	gone := func(d int) bool { return r.removed[d] }
	for start := 0; start < len(in); start++ {
		end := start
		for end < len(in) && toOurs[end] < 0 && toDraft[end] < 0 {
			end++
		}
		if end > start && end-start <= longHole &&
			(within(toOurs, start, end, len(r.proposed), missing) || within(toDraft, start, end, len(r.draft), gone)) {
			for k := start; k < end; k++ {
				in[k] = true
			}
		}
		start = end
	}
	return in
}

// within reports whether what holds of a word between the partners of the words
// around start and end.
func within(to []int, start, end, all int, what func(int) bool) bool {
	from, until := 0, all
	for k := start - 1; k >= 0; k-- {
		if to[k] >= 0 {
			from = to[k] + 1
			break
		}
	}
	for k := end; k < len(to); k++ {
		if to[k] >= 0 {
			until = to[k]
			break
		}
	}
	for i := from; i < until; i++ {
		if what(i) {
			return true
		}
	}
	return false
}

// marks joins neighbours of one kind, gives a number its unit, and leaves out what
// the body wrote away from the words in question, and its fillers by themselves.
func marks(passage []lexeme, whose []Whose, hole []bool) []Mark {
	shown := make([]Whose, len(passage))
	for k, w := range whose {
		if w != Others || hole[k] || near(whose, k, Ours) || near(whose, k, Drafts) {
			shown[k] = w
		}
	}
	for k := len(passage) - 2; k >= 0; k-- {
		if passage[k].sort == number && passage[k].value >= 1 && shown[k+1] == "" && passage[k+1].sort == content {
			shown[k+1] = shown[k]
		}
	}
	var list []Mark
	for k := 0; k < len(passage); {
		end, words := k, 0
		for ; end < len(passage) && shown[end] == shown[k]; end++ {
			if passage[end].sort != filler {
				words++
			}
		}
		if w := shown[k]; w == Ours || w == Drafts || w == Others && words > 0 {
			list = append(list, Mark{passage[k].start, passage[end-1].end, w})
		}
		k = end
	}
	return list
}

// near reports whether one of the three words before or after k is w's.
func near(whose []Whose, k int, w Whose) bool {
	for m := max(0, k-3); m < min(len(whose), k+4); m++ {
		if m != k && whose[m] == w {
			return true
		}
	}
	return false
}
