package tally

import (
	"math/rand/v2"
	"testing"
)

func TestQuorum(t *testing.T) {
	for _, tt := range []struct {
		rule          string
		call          int
		present, all  int64
		needs         int64
		reached       bool
		writtenAsGive string
	}{
		{"> 1/2", 1, 26, 51, 26, true, "> 1/2"},
		{"> 1/2", 1, 25, 50, 26, false, "> 1/2"},
		{">=1/2", 1, 25, 50, 25, true, ">= 1/2"},
		{">= 1/3 and 10", 1, 9, 12, 10, false, ">= 1/3 and 10"},
		{"> 1/2; 10", 2, 10, 51, 10, true, "> 1/2; 10"},
		{"> 1/2; 10", 1, 10, 51, 26, false, "> 1/2; 10"},
		{"> 1/2", 2, 10, 51, 26, false, "> 1/2"},
		{"0", 1, 0, 51, 0, true, "0"},
		{"> 1/2", 1, 50, 100, 51, false, "> 1/2"},   // exactly half is not more than half
		{">= 1/5", 1, 20, 100, 20, true, ">= 1/5"},  // exactly one fifth is one fifth
		{">= 1/5", 1, 20, 101, 21, false, ">= 1/5"}, // and of one more it is not
		{"> 1/5", 1, 20, 100, 21, false, "> 1/5"},
		{">= 2/3", 1, 66, 100, 67, false, ">= 2/3"},
		{"> 1/2", 1, 0, 0, 1, false, "> 1/2"}, // of nobody there is no more than half
		{">= 1/1", 1, 50, 51, 51, false, ">= 1/1"},
	} {
		q, err := ParseQuorum(tt.rule)
		if err != nil || q.String() != tt.writtenAsGive || q.Needs(tt.call, tt.all) != tt.needs || q.Reached(tt.call, tt.present, tt.all) != tt.reached {
			t.Errorf("%s, call %d, %d of %d: %s needs %d, %v (%v)", tt.rule, tt.call, tt.present, tt.all, q, q.Needs(tt.call, tt.all), q.Reached(tt.call, tt.present, tt.all), err)
		}
	}
	for _, bad := range []string{"", "half", "> 3/2", "> 1/0", "-1", "> 1/1", ">= 1/2000", "> 1/2 and", "> 1/2; x", "> 1/2 and -3", "= 1/2"} {
		if q, err := ParseQuorum(bad); err == nil {
			t.Errorf("%q is read as %s", bad, q)
		}
	}
}

func TestMajority(t *testing.T) {
	for _, tt := range []struct {
		rule string
		poll Poll
		want Outcome
	}{
		{"> 1/2 cast", Poll{For: 11, Against: 10, Abstained: 30}, Passed},
		{"> 1/2 cast", Poll{For: 10, Against: 10}, Failed},
		{"> 1/2 cast, chair", Poll{For: 10, Against: 10}, Tied},
		{"> 1/2 cast, repeat", Poll{For: 10, Against: 10}, Tied},
		{"> 1/2 cast", Poll{Abstained: 30}, Failed},
		{"> 1/2 present", Poll{For: 15, Against: 5, Abstained: 10, Present: 30}, Failed},
		{"> 1/2 present", Poll{For: 16, Against: 5, Abstained: 9, Present: 30}, Passed},
		{"> 1/2 present", Poll{For: 15, Against: 5, Abstained: 10}, Failed}, // those who voted are there
		{"> 1/2 present, chair", Poll{For: 5, Against: 5, Abstained: 20, Present: 30}, Failed},
		{"> 1/2 present, chair", Poll{For: 5, Against: 5, Present: 10}, Tied},
		{"> 1/2 all", Poll{For: 25, All: 50}, Failed},
		{"> 1/2 all", Poll{For: 26, All: 50}, Passed},
		{">= 2/3 present", Poll{For: 20, Against: 10, Present: 30}, Passed},
		{">= 2/3 present", Poll{For: 20, Against: 11, Present: 31}, Failed},
		{">= 3/4 all", Poll{For: 38, All: 51}, Failed},
		{">= 3/4 all", Poll{For: 39, All: 51}, Passed},
		// One vote to either side of each boundary, also where votes weigh: 300 of 600 is half.
		{"> 1/2 cast", Poll{For: 300, Against: 300}, Failed},
		{"> 1/2 cast", Poll{For: 301, Against: 300}, Passed},
		{"> 1/2 all", Poll{For: 300, Against: 3, All: 600}, Failed},
		{"> 1/2 all", Poll{For: 301, Against: 299, All: 600}, Passed},
		{">= 1/2 all", Poll{For: 300, All: 600}, Passed},
		{">= 1/5 all", Poll{For: 20, All: 100}, Passed},
		{">= 1/5 all", Poll{For: 20, All: 101}, Failed},
		{">= 2/3 cast", Poll{For: 66, Against: 34, Abstained: 100}, Failed}, // abstentions are not counted
		{">= 2/3 cast", Poll{For: 67, Against: 33, Abstained: 100}, Passed},
		{">= 2/3 present", Poll{For: 67, Against: 33, Abstained: 1}, Failed}, // and here they are
		{">= 2/3 all", Poll{For: 66, All: 99}, Passed},
		{">= 2/3 all", Poll{For: 66, All: 100}, Failed},
		{"> 1/2 all, chair", Poll{For: 50, Against: 50, All: 100}, Tied},
		{"> 1/2 all, chair", Poll{For: 49, Against: 49, All: 100}, Failed}, // one vote more would not carry it
		{">= 2/3 cast, chair", Poll{For: 10, Against: 10}, Failed},
		{">=2/3 cast", Poll{For: 2, Against: 1}, Passed},
	} {
		m, err := ParseMajority(tt.rule)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := m.Outcome(tt.poll); got != tt.want || err != nil {
			t.Errorf("%s of %+v: %s, %v; want %s", m, tt.poll, got, err, tt.want)
		}
	}
	for _, bad := range []string{"", "> 1/2", "> 1/2 some", "> 1/2 cast, coin", "> 0/2 cast", "half cast"} {
		if m, err := ParseMajority(bad); err == nil {
			t.Errorf("%q is read as %s", bad, m)
		}
	}
	if _, err := Simple.Outcome(Poll{For: -1}); err == nil {
		t.Error("less than nobody can be for it")
	}
}

// One more for a motion never undoes it, one more against never makes it, and what
// is written is read back.
func TestMajority_monotone(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 9))
	rank := map[Outcome]int{Failed: 0, Tied: 1, Passed: 2}
	for range 20_000 {
		den := 1 + rnd.Int64N(5)
		m := Majority{Share{1 + rnd.Int64N(den), den, rnd.IntN(2) == 0}, []Base{Cast, Present, All}[rnd.IntN(3)], []OnTie{Falls, Chair, Repeat}[rnd.IntN(3)]}
		if m.Share.check() != nil {
			continue
		}
		p := Poll{For: rnd.Int64N(9), Against: rnd.Int64N(9), Abstained: rnd.Int64N(9)}
		p.Present = p.For + p.Against + p.Abstained + 1 + rnd.Int64N(3)
		p.All = p.Present + 1 + rnd.Int64N(5)
		more, less := p, p
		more.For++
		less.Against++
		now, e1 := m.Outcome(p)
		up, e2 := m.Outcome(more)
		down, e3 := m.Outcome(less)
		again, e4 := ParseMajority(m.String())
		if e1 != nil || e2 != nil || e3 != nil || e4 != nil || again != m {
			t.Fatal(m, again, e1, e2, e3, e4)
		}
		if rank[up] < rank[now] || rank[down] > rank[now] && down == Passed {
			t.Fatalf("%s of %+v: %s, with one more for it %s, against it %s", m, p, now, up, down)
		}
	}
}
