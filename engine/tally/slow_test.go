package tally

import (
	"crypto/sha256"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"
)

// A slip is one paper of weight one in the slow count: who is still on it, and what it is worth.
type slip struct {
	left  []string
	worth *big.Rat
}

// A slow count is the Scottish rule a second time, written from the Order alone: one paper after
// another, with fractions that are never rounded but where the Order says so. It shares nothing
// with the count under test but the hash of the lot.
type slow struct {
	seats     int
	seed      string
	names     []string
	hold      map[string][]slip
	out       map[string]bool // elected or excluded: gets no papers
	waiting   map[string]bool // elected with a surplus not yet handed on
	elected   []string
	quota     *big.Rat
	past      []map[string]*big.Rat // the votes after each stage
	fixed     map[string]bool       // those elected whose papers are gone: they stand at the quota
	exhausted *big.Rat
}

func whole(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

// cut drops everything behind the fifth decimal place.
func cut(r *big.Rat) *big.Rat {
	n := new(big.Int).Mul(r.Num(), big.NewInt(100_000))
	return new(big.Rat).SetFrac(n.Quo(n, r.Denom()), big.NewInt(100_000))
}

func (s *slow) votes(name string) *big.Rat {
	if s.fixed[name] {
		return s.quota
	}
	sum := new(big.Rat)
	for _, p := range s.hold[name] {
		sum.Add(sum, p.worth)
	}
	return sum
}

func (s *slow) give(p slip) {
	for len(p.left) > 0 {
		to := p.left[0]
		p.left = p.left[1:]
		if !s.out[to] {
			s.hold[to] = append(s.hold[to], p)
			return
		}
	}
	s.exhausted.Add(s.exhausted, p.worth)
}

// running are those neither elected nor excluded.
func (s *slow) running() (list []string) {
	for _, n := range s.names {
		if !s.out[n] {
			list = append(list, n)
		}
	}
	return list
}

// after closes a stage: whoever has the quota is elected, and whoever is left if they are no more than the seats.
func (s *slow) after() {
	now := map[string]*big.Rat{}
	for _, n := range s.names {
		now[n] = s.votes(n)
	}
	s.past = append(s.past, now)
	seat := func(who []string) {
		sort.Slice(who, func(i, j int) bool {
			if c := now[who[i]].Cmp(now[who[j]]); c != 0 {
				return c > 0
			}
			return who[i] < who[j]
		})
		for _, n := range who {
			s.elected, s.out[n] = append(s.elected, n), true
			s.waiting[n] = now[n].Cmp(s.quota) > 0
		}
	}
	var full []string
	for _, n := range s.running() {
		if now[n].Cmp(s.quota) >= 0 {
			full = append(full, n)
		}
	}
	seat(full)
	if rest := s.running(); len(s.elected)+len(rest) <= s.seats {
		seat(rest)
	}
}

// pick finds the one with most (or fewest) votes, looking back stage by stage while there is a tie,
// and drawing the lot where no stage tells them apart.
func (s *slow) pick(list []string, sign int) string {
	for i := len(s.past) - 1; i >= 0 && len(list) > 1; i-- {
		top := slices.MaxFunc(list, func(a, b string) int { return sign * s.past[i][a].Cmp(s.past[i][b]) })
		var same []string
		for _, n := range list {
			if s.past[i][n].Cmp(s.past[i][top]) == 0 {
				same = append(same, n)
			}
		}
		list = same
	}
	return slices.MinFunc(list, func(a, b string) int {
		return strings.Compare(fmt.Sprintf("%x", sha256.Sum256([]byte(s.seed+"\x00"+a))), fmt.Sprintf("%x", sha256.Sum256([]byte(s.seed+"\x00"+b))))
	})
}

func countSlowly(e Election, seed string) *slow {
	s := &slow{
		seats: e.Seats, seed: seed, names: e.Candidates, hold: map[string][]slip{}, out: map[string]bool{}, waiting: map[string]bool{}, fixed: map[string]bool{},
		exhausted: new(big.Rat),
	}
	for _, w := range e.Withdrawn {
		s.out[e.Candidates[w]] = true
	}
	valid := int64(0)
	for _, p := range e.Papers {
		var names []string
		for _, m := range p.Marks {
			names = append(names, e.Candidates[m])
		}
		for range p.Weight {
			if slices.ContainsFunc(names, func(n string) bool { return !s.out[n] }) {
				valid++
				s.give(slip{names, whole(1)})
			}
		}
	}
	if s.quota = whole(valid/int64(e.Seats+1) + 1); valid == 0 {
		return s
	}
	s.after()
	for len(s.elected) < e.Seats && len(s.running()) > 0 {
		var surplus []string
		for n, is := range s.waiting {
			if is {
				surplus = append(surplus, n)
			}
		}
		var of string
		ratio := whole(1)
		if len(surplus) > 0 {
			sort.Strings(surplus)
			of = s.pick(surplus, 1)
			over := new(big.Rat).Sub(s.votes(of), s.quota)
			ratio = over.Quo(over, s.votes(of))
			s.waiting[of], s.fixed[of] = false, true
		} else {
			of = s.pick(s.running(), -1)
			s.out[of] = true
		}
		papers := s.hold[of]
		s.hold[of] = nil
		for _, p := range papers {
			s.give(slip{p.left, cut(new(big.Rat).Mul(p.worth, ratio))})
		}
		s.after()
	}
	return s
}

// TestSTV_twice: the count and one written a second time, slow and exact, agree on each candidate's votes
// after each stage, on what was exhausted, and on who is elected in which order.
func TestSTV_twice(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 12))
	ties := 0
	for range 6_000 {
		e := randomElection(rnd)
		if n := len(e.Candidates); n > 2 && rnd.IntN(4) == 0 {
			e.Withdrawn = []Candidate{Candidate(rnd.IntN(n))}
		}
		fast, exact := counted(t, e, "lot"), countSlowly(e, "lot")
		if got := names(e, fast); !slices.Equal(got, exact.elected) {
			t.Fatalf("%s\nelected %v, slowly %v", e.BLT(), got, exact.elected)
		}
		if fast.Papers[Valid] == 0 {
			continue
		}
		ties += len(fast.Ties)
		if len(fast.Stages) != len(exact.past) {
			t.Fatalf("%s\n%d stages, slowly %d", e.BLT(), len(fast.Stages), len(exact.past))
		}
		for i, st := range fast.Stages {
			for c, v := range st.Held {
				if exact.past[i][e.Candidates[c]].Cmp(big.NewRat(int64(v), int64(vote))) != 0 {
					t.Fatalf("%s\nstage %d: %s has %s, slowly %s", e.BLT(), i+1, e.Candidates[c], v, exact.past[i][e.Candidates[c]].FloatString(6))
				}
			}
		}
		if last := fast.Stages[len(fast.Stages)-1]; exact.exhausted.Cmp(big.NewRat(int64(last.Spent), int64(vote))) != 0 {
			t.Fatalf("%s\n%s exhausted, slowly %s", e.BLT(), last.Spent, exact.exhausted.FloatString(6))
		}
	}
	if ties < 1_000 {
		t.Errorf("only %d ties among the elections: the test has become easy", ties)
	}
}

// TestMost_twice: who is elected by most votes is who a plain sort puts first, of every method of most votes.
func TestMost_twice(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 13))
	for range 6_000 {
		e := randomElection(rnd)
		for _, m := range []Method{Plurality, Block, Approval, Rounds} {
			if m.Single() {
				e.Seats = 1
			}
			total, valid := map[string]int64{}, int64(0)
			for _, p := range e.Papers {
				most := map[Method]int{Plurality: 1, Rounds: 1, Block: e.Seats, Approval: len(e.Candidates)}[m]
				if len(p.Marks) == 0 || len(p.Marks) > most {
					continue
				}
				valid += p.Weight
				for _, c := range p.Marks {
					total[e.Candidates[c]] += p.Weight
				}
			}
			var list []string
			for n := range total {
				list = append(list, n)
			}
			lot := Draw("lot", list)
			sort.SliceStable(list, func(i, j int) bool {
				a, b := list[i], list[j]
				return total[a] > total[b] || total[a] == total[b] && slices.Index(lot, a) < slices.Index(lot, b)
			})
			seats := e.Seats
			over := len(list) > 0 && 2*total[list[0]] > valid
			if seats = min(seats, len(list)); m == Rounds && !over {
				seats = 0
			}
			want := slices.Sorted(slices.Values(list[:seats]))
			r, err := e.Count(m, "lot")
			if got := slices.Sorted(slices.Values(names(e, r))); err != nil || !slices.Equal(got, want) {
				t.Fatalf("%s of\n%s: %v, plainly %v, %v", m, e.BLT(), got, want, err)
			}
			if second := min(2, len(list)); m == Rounds && !over && len(r.Second) != second {
				t.Fatalf("a second round of %d of\n%s", len(r.Second), e.BLT())
			}
		}
	}
}
