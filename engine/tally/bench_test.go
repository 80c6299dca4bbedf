package tally

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// How long a count takes, and how it grows with the papers, the candidates and the seats. No two
// papers need be alike: go test ./engine/tally -run XXX -bench STV -benchtime 3x
func BenchmarkSTV(b *testing.B) {
	for _, size := range []struct{ papers, candidates, seats int }{{10_000, 20, 9}, {50_000, 20, 9}, {100_000, 20, 9}, {100_000, 10, 9}, {100_000, 40, 9}, {100_000, 20, 3}} {
		b.Run(fmt.Sprintf("%d×%d×%d", size.papers, size.candidates, size.seats), func(b *testing.B) {
			rnd := rand.New(rand.NewPCG(4, 11))
			e := Election{Seats: size.seats}
			for i := range size.candidates {
				e.Candidates = append(e.Candidates, fmt.Sprint("Kandidat ", i))
			}
			for range size.papers {
				p := Paper{Weight: 1}
				for _, c := range rnd.Perm(size.candidates)[:1+rnd.IntN(size.candidates)] {
					p.Marks = append(p.Marks, Candidate(c))
				}
				e.Papers = append(e.Papers, p)
			}
			for b.Loop() {
				if _, err := e.Count(STV, "seed"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
