package tally

import (
	"math/rand/v2"
	"testing"
)

// Counting 60,000 papers of twenty candidates for nine seats:
// go test ./engine/tally -run XXX -bench STV
func BenchmarkSTV(b *testing.B) {
	rnd := rand.New(rand.NewPCG(4, 11))
	e := Election{Seats: 9}
	for i := range 20 {
		e.Candidates = append(e.Candidates, string(rune('A'+i)))
	}
	for range 60_000 {
		p := Paper{Weight: 1}
		for _, c := range rnd.Perm(20)[:1+rnd.IntN(20)] {
			p.Marks = append(p.Marks, Candidate(c))
		}
		e.Papers = append(e.Papers, p)
	}
	for b.Loop() {
		if _, err := e.Count(STV, "seed"); err != nil {
			b.Fatal(err)
		}
	}
}
