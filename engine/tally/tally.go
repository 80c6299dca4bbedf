// Package tally counts: whether enough take part for a vote to count (Quorum),
// whether a motion passes (Majority), and who is elected (Election), by most votes,
// by approval, as a block, in two rounds, or by the single transferable vote.
//
// The single transferable vote is that of the Scottish Local Government Elections
// Order 2007 (SSI 2007/42, rules 45 to 52 of its Schedule 1): the Droop quota, the
// weighted inclusive Gregory method, transfer values of five decimal places with any
// remainder ignored, ties by earlier stages and then by lot.
//
// What holds:
//
//   - All arithmetic is in whole numbers. A share is a fraction that is never
//     divided; a Votes counts hundred-thousandths of a vote.
//   - The order of the candidates and the order of the papers change nothing. A lot
//     is drawn by the hash of a seed and a name, so that anybody who knows the seed
//     draws the same.
//   - A paper of weight three is three papers.
//   - At each stage of a count, the votes of the candidates, the votes spent and
//     those lost by ignored remainders are together the valid papers.
//   - A paper that is not valid says why, and counts for nobody.
package tally

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Candidate is a place in Election.Candidates, from 0.
type Candidate int

// A Method is a way to count an election.
type Method string

// The methods.
const (
	Plurality Method = "plurality" // one seat, one mark; most votes win
	Approval  Method = "approval"  // as many marks as one likes; most votes win
	Block     Method = "block"     // up to as many marks as there are seats; most votes win
	Rounds    Method = "rounds"    // one seat, one mark; more than half of the votes win, or a second round decides
	STV       Method = "stv"       // candidates in order of preference; the Scottish rule
)

// Methods are all methods in the order in which they are offered.
func Methods() []Method { return []Method{Plurality, Rounds, Block, Approval, STV} }

// Single reports whether the method is for one seat and one mark.
func (m Method) Single() bool { return m == Plurality || m == Rounds }

// A Paper is a ballot paper, or some that are alike: the candidates it marks, in
// order of preference where the method asks for one.
type Paper struct {
	Weight int64
	Marks  []Candidate
}

// An Election is what is counted.
type Election struct {
	Title      string
	Seats      int
	Candidates []string
	Withdrawn  []Candidate // stand on the papers, and are passed over
	Papers     []Paper
}

// The most that is counted: what is within them cannot overflow.
const (
	mostCandidates = 1_000
	mostWeight     = 1_000_000_000_000 // of all papers together
)

// Check returns an error for an election that cannot be counted: each candidate has
// a name of their own, there is a seat, no paper weighs less than one, and papers mark candidates by
// their places (a mark that is no place makes the paper invalid, and is no error).
func (e Election) Check() error {
	switch {
	case e.Seats < 1:
		return errors.New("tally: no seats")
	case len(e.Candidates) > mostCandidates:
		return fmt.Errorf("tally: more than %d candidates", mostCandidates)
	}
	names := map[string]bool{}
	for _, name := range e.Candidates {
		if strings.TrimSpace(name) == "" {
			return errors.New("tally: a candidate without a name")
		}
		if names[name] {
			return fmt.Errorf("tally: two candidates are called %q", name)
		}
		names[name] = true
	}
	for _, c := range e.Withdrawn {
		if int(c) < 0 || int(c) >= len(e.Candidates) {
			return fmt.Errorf("tally: candidate %d withdrew and never stood", c+1)
		}
	}
	all := int64(0)
	for i, p := range e.Papers {
		if p.Weight < 1 || p.Weight > mostWeight {
			return fmt.Errorf("tally: paper %d has the weight %d", i+1, p.Weight)
		}
		if all += p.Weight; all > mostWeight {
			return fmt.Errorf("tally: papers weigh more than %d", mostWeight)
		}
	}
	return nil
}

// A Class says whether a paper counts, and if not, why.
type Class string

// The classes.
const (
	Valid    Class = "valid"
	Blank    Class = "blank"    // marks nobody who stands
	Overfull Class = "overfull" // marks more than the method allows
	Repeated Class = "repeated" // marks somebody twice
	Unknown  Class = "unknown"  // marks what is no candidate
)

// Class judges a paper by the method.
func (e Election) Class(m Method, p Paper) Class {
	standing := 0
	seen := make(map[Candidate]bool, len(p.Marks))
	for _, c := range p.Marks {
		switch {
		case int(c) < 0 || int(c) >= len(e.Candidates):
			return Unknown
		case seen[c]:
			return Repeated
		case !slices.Contains(e.Withdrawn, c):
			standing++
		}
		seen[c] = true
	}
	switch {
	case m.Single() && len(p.Marks) > 1, m == Block && len(p.Marks) > e.Seats:
		return Overfull
	case standing == 0:
		return Blank
	}
	return Valid
}

// A Result is what a count came to.
type Result struct {
	Method  Method
	Papers  map[Class]int64 // the weight of the papers of each class
	Totals  []Votes         // of each candidate; of STV the first preferences
	Quota   Votes           // of STV
	Elected []Candidate     // in order of election
	Open    int             // seats that nobody has won
	Tied    []Candidate     // who tie for them, where there was no lot
	Second  []Candidate     // who stand in a second round, where nobody has more than half
	Ties    []Tie           // those that were broken, of STV also in their stages
	Stages  []Stage         // of STV
}

// A Tie is candidates between whom the votes did not decide.
type Tie struct {
	Among  []Candidate
	Chosen []Candidate // to be elected, transferred or excluded, as it was about
	Stage  int         // whose votes decided; 0 where the lot did
}

// Count counts the election. Where no votes decide, a lot does, drawn with the
// seed; without a seed a count of most votes leaves such seats open.
func (e Election) Count(m Method, seed string) (Result, error) {
	if err := e.Check(); err != nil {
		return Result{}, err
	}
	switch {
	case !slices.Contains(Methods(), m):
		return Result{}, fmt.Errorf("tally: no method %q", m)
	case m.Single() && e.Seats != 1:
		return Result{}, fmt.Errorf("tally: %s is for one seat", m)
	}
	r := Result{Method: m, Papers: map[Class]int64{}, Totals: make([]Votes, len(e.Candidates))}
	var valid []Paper
	for _, p := range e.Papers {
		class := e.Class(m, p)
		if r.Papers[class] += p.Weight; class == Valid {
			valid = append(valid, p)
		}
	}
	if m == STV {
		e.transferable(&r, valid, seed)
		return r, nil
	}
	for _, p := range valid {
		for _, c := range p.Marks {
			if !slices.Contains(e.Withdrawn, c) {
				r.Totals[c] += Votes(p.Weight) * vote
			}
		}
	}
	if m == Rounds && !r.half() {
		e.second(&r, seed)
		return r, nil
	}
	e.most(&r, seed)
	return r, nil
}

// half reports whether somebody has more than half of the valid papers.
func (r Result) half() bool {
	return slices.ContainsFunc(r.Totals, func(v Votes) bool { return 2*v > Votes(r.Papers[Valid])*vote })
}

// second leaves the seat to a second round between the two with most votes. Of those who
// tie for the second place a lot draws who goes on, and without a seed all of them do.
func (e Election) second(r *Result, seed string) {
	two := Election{Seats: 2, Candidates: e.Candidates}
	best := Result{Totals: r.Totals}
	two.most(&best, seed)
	r.Open, r.Ties = 1, best.Ties
	r.Second = append(best.Elected, best.Tied...)
}

// most gives the seats to those with most votes. Somebody without any vote is not
// elected.
func (e Election) most(r *Result, seed string) {
	var list []Candidate
	for c := range e.Candidates {
		if r.Totals[c] > 0 {
			list = append(list, Candidate(c))
		}
	}
	e.order(list, func(a, b Candidate) int { return int(sign(r.Totals[b] - r.Totals[a])) })
	for i := 0; i < len(list) && len(r.Elected) < e.Seats; {
		level := i + 1
		for level < len(list) && r.Totals[list[level]] == r.Totals[list[i]] {
			level++
		}
		same, left := list[i:level], e.Seats-len(r.Elected)
		i = level
		switch {
		case len(same) <= left:
			r.Elected = append(r.Elected, same...)
		case seed == "":
			r.Open, r.Tied = left, same
			return
		default:
			chosen := e.draw(seed, same)[:left]
			r.Ties = append(r.Ties, Tie{Among: same, Chosen: chosen})
			r.Elected = append(r.Elected, chosen...)
		}
	}
	r.Open = e.Seats - len(r.Elected)
}

func sign(v Votes) Votes {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	}
	return 0
}

// order sorts candidates, and those whom by does not part by name.
func (e Election) order(list []Candidate, by func(a, b Candidate) int) {
	slices.SortFunc(list, func(a, b Candidate) int {
		if n := by(a, b); n != 0 {
			return n
		}
		return strings.Compare(e.Candidates[a], e.Candidates[b])
	})
}

// draw puts candidates in the order of the lot.
func (e Election) draw(seed string, list []Candidate) []Candidate {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = e.Candidates[c]
	}
	var drawn []Candidate
	for _, name := range Draw(seed, names) {
		drawn = append(drawn, list[slices.Index(names, name)])
	}
	return drawn
}

// Draw puts names in the order of the lot: by the SHA-256 hash of the seed, a zero
// byte and the name. Whoever comes first is drawn first.
func Draw(seed string, names []string) []string {
	drawn := slices.Clone(names)
	slices.SortFunc(drawn, func(a, b string) int {
		x, y := sha256.Sum256([]byte(seed+"\x00"+a)), sha256.Sum256([]byte(seed+"\x00"+b))
		return slices.Compare(x[:], y[:])
	})
	return drawn
}
