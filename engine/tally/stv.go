package tally

import (
	"fmt"
	"math/bits"
	"slices"
)

// Votes are hundred-thousandths of a vote.
type Votes int64

// vote is one vote.
const vote Votes = 100_000

// String writes all five places: 19.68180.
func (v Votes) String() string {
	if v < 0 {
		return "-" + (-v).String()
	}
	return fmt.Sprintf("%d.%05d", v/vote, v%vote)
}

// Whole is v without its fraction.
func (v Votes) Whole() int64 { return int64(v / vote) }

// times is v × by ÷ of, any remainder ignored; by is not more than of.
func (v Votes) times(by, of Votes) Votes {
	hi, lo := bits.Mul64(uint64(v), uint64(by))
	q, _ := bits.Div64(hi, lo, uint64(of))
	return Votes(q)
}

// A Deed is what is done at a stage.
type Deed string

// The deeds.
const (
	First     Deed = "first"     // the first preferences are counted (rule 45)
	Surplus   Deed = "surplus"   // what somebody has over the quota is handed on (rule 48)
	Exclusion Deed = "exclusion" // who has fewest is excluded, and their papers handed on (rule 50)
)

// A Stage is one step of a count and how the votes stood after it.
type Stage struct {
	Deed    Deed
	Of      Candidate // whose papers were handed on; -1 at the first
	Surplus Votes     // that was handed on
	Held    []Votes   // of each candidate, when the stage was over
	Spent   Votes     // on papers that name nobody further, so far
	Lost    Votes     // as remainders that were ignored, so far
	Elected []Candidate
	Tie     *Tie // that was broken to choose Of
}

// A pile is papers alike, at the value at which they lie with a candidate.
type pile struct {
	marks []Candidate // those not yet reached
	n     int64
	value Votes
}

// A count is a count under way.
type count struct {
	Election
	*Result
	seed  string
	piles [][]pile
	state []state
}

type state int

const (
	continuing state = iota
	elected          // and the surplus not yet handed on
	settled          // elected, and it is handed on, or there was none
	excluded
)

// transferable counts by the Scottish rule.
func (e Election) transferable(r *Result, papers []Paper, seed string) {
	c := count{Election: e, Result: r, seed: seed, piles: make([][]pile, len(e.Candidates)), state: make([]state, len(e.Candidates))}
	for _, w := range e.Withdrawn {
		c.state[w] = excluded
	}
	s := Stage{Deed: First, Of: -1, Held: make([]Votes, len(e.Candidates))}
	for _, p := range papers {
		c.hand(pile{p.Marks, p.Weight, vote}, &s)
	}
	r.Totals = slices.Clone(s.Held)
	r.Quota = Votes(r.Papers[Valid]/int64(e.Seats+1)+1) * vote
	c.end(&s)
	for len(r.Elected) < e.Seats && c.left(continuing) > 0 && r.Papers[Valid] > 0 {
		c.stage()
	}
	r.Open = e.Seats - len(r.Elected)
}

// stage hands on the largest surplus, or else excludes who has fewest votes.
func (c *count) stage() {
	last := c.Stages[len(c.Stages)-1]
	s := Stage{Deed: Surplus, Held: slices.Clone(last.Held), Spent: last.Spent, Lost: last.Lost}
	if c.left(elected) > 0 {
		s.Of, s.Tie = c.choose(elected, 1)
		s.Surplus = s.Held[s.Of] - c.Quota
		c.state[s.Of] = settled
	} else {
		s.Deed = Exclusion
		s.Of, s.Tie = c.choose(continuing, -1)
		c.state[s.Of] = excluded
	}
	held, given := last.Held[s.Of], Votes(0)
	for _, p := range c.piles[s.Of] {
		if s.Deed == Surplus {
			p.value = p.value.times(s.Surplus, held)
		}
		given += Votes(p.n) * p.value
		c.hand(p, &s)
	}
	c.piles[s.Of] = nil
	s.Held[s.Of] = 0
	if s.Deed == Surplus {
		s.Held[s.Of] = c.Quota
		s.Lost += s.Surplus - given
	}
	if s.Tie != nil {
		c.Ties = append(c.Ties, *s.Tie)
	}
	c.end(&s)
}

// hand gives a pile to the next candidate on it who continues.
func (c *count) hand(p pile, s *Stage) {
	for i, to := range p.marks {
		if c.state[to] == continuing {
			s.Held[to] += Votes(p.n) * p.value
			c.piles[to] = append(c.piles[to], pile{p.marks[i+1:], p.n, p.value})
			return
		}
	}
	s.Spent += Votes(p.n) * p.value
}

// end elects who has the quota (rule 47), and all who continue once there are no
// more of them than seats (rule 52).
func (c *count) end(s *Stage) {
	var won []Candidate
	for i := range c.state {
		if c.state[i] == continuing && s.Held[i] >= c.Quota {
			won = append(won, Candidate(i))
		}
	}
	c.elect(s, won)
	if open := c.Seats - len(c.Elected); open > 0 && c.Result.Papers[Valid] > 0 && c.left(continuing) <= open {
		c.elect(s, c.of(continuing))
	}
	c.Stages = append(c.Stages, *s)
}

func (c *count) elect(s *Stage, won []Candidate) {
	c.order(won, func(a, b Candidate) int { return int(sign(s.Held[b] - s.Held[a])) })
	for _, w := range won {
		if c.state[w] = settled; s.Held[w] > c.Quota {
			c.state[w] = elected
		}
	}
	s.Elected = append(s.Elected, won...)
	c.Elected = append(c.Elected, won...)
}

func (c *count) of(st state) []Candidate {
	var list []Candidate
	for i, is := range c.state {
		if is == st {
			list = append(list, Candidate(i))
		}
	}
	return list
}

func (c *count) left(st state) int { return len(c.of(st)) }

// choose finds who has most votes of those in the state, or, for -1, fewest. Ties are broken
// by the most recent stage at which they had unequal votes, and else by lot (rules 49 and 51).
func (c *count) choose(st state, most Votes) (Candidate, *Tie) {
	best := func(list []Candidate, held []Votes) []Candidate {
		var b []Candidate
		for _, x := range list {
			if len(b) > 0 && held[x]*most < held[b[0]]*most {
				continue
			}
			if len(b) > 0 && held[x]*most > held[b[0]]*most {
				b = b[:0]
			}
			b = append(b, x)
		}
		return b
	}
	last := len(c.Stages) - 1
	list := best(c.of(st), c.Stages[last].Held)
	if len(list) == 1 {
		return list[0], nil
	}
	c.order(list, func(Candidate, Candidate) int { return 0 })
	tie := &Tie{Among: slices.Clone(list)}
	for i := last - 1; i >= 0 && len(list) > 1; i-- {
		list, tie.Stage = best(list, c.Stages[i].Held), i+1
	}
	if len(list) > 1 {
		list, tie.Stage = c.draw(c.seed, list)[:1], 0
	}
	tie.Chosen = list[:1:1]
	return list[0], tie
}
