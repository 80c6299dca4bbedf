package tally

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// told writes a count as lines: "surplus 7: 6.84848 3.42424 … | 0.00472 elected 13".
// The votes are of the candidates in the order of the file, then those spent.
func told(e Election, r Result) string {
	var b strings.Builder
	for _, s := range r.Stages {
		b.WriteString(string(s.Deed))
		if s.Deed != First {
			b.WriteString(" " + e.Candidates[s.Of])
		}
		b.WriteString(":")
		for _, v := range s.Held {
			b.WriteString(" " + strings.TrimSuffix(v.String(), ".00000"))
		}
		b.WriteString(" | " + strings.TrimSuffix(s.Spent.String(), ".00000"))
		for _, c := range s.Elected {
			b.WriteString(" +" + e.Candidates[c])
		}
		if s.Tie != nil {
			fmt.Fprintf(&b, " tie %d", s.Tie.Stage)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func read(t *testing.T, file string) Election {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	e, err := ParseBLT(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func counted(t *testing.T, e Election, seed string) Result {
	t.Helper()
	r, err := e.Count(STV, seed)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The election of the steering committee of the Green Party of the United States of
// 24 July 2005, whose papers are published, with the figures of a published reference
// count by the Scottish rule (stages in which candidates without a vote go are left
// out: which of them goes first is for the lot).
func TestSTV_gpus2005(t *testing.T) {
	e := read(t, "gpus-2005.blt")
	r := counted(t, e, "seed")
	var some []string
	for _, line := range strings.Split(told(e, r), "\n") {
		if !slices.ContainsFunc([]string{"C6:", "C10:", "C11:", "C12:"}, func(c string) bool { return strings.HasPrefix(line, "exclusion "+c) }) {
			some = append(some, line)
		}
	}
	want := `first: 6 3 8 22 2 0 33 1 1 0 0 0 18 | 0 +C7 +C4
surplus C7: 6.84848 3.42424 8.42424 22 2.42424 0 19 12.45448 1.42424 0 0 0 18 | 0
surplus C4: 7.80300 3.56060 9.24240 19 2.69696 0 19 12.72720 1.42424 0 0 0 18.54544 | 0
exclusion C9: 7.80300 3.56060 9.24240 19 2.69696 0 19 14.15144 0 0 0 0 18.54544 | 0
exclusion C5: 8.80300 3.69696 9.24240 19 0 0 19 14.57568 0 0 0 0 19.68180 | 0 +C13
surplus C13: 9.01084 3.95360 9.45496 19 0 0 19 14.57568 0 0 0 0 19 | 0.00472
exclusion C2: 9.36448 0 10.59132 19 0 0 19 15.61032 0 0 0 0 19 | 1.43368
exclusion C1: 0 0 16.62204 19 0 0 19 16.59988 0 0 0 0 19 | 3.77788
exclusion C8: 0 0 18.59172 19 0 0 19 0 0 0 0 0 19 | 18.40808 +C3
`
	if got := strings.Join(some, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(r.Stages) != 13 || r.Quota != 19*vote {
		t.Errorf("%d stages, quota %s; want 13, 19", len(r.Stages), r.Quota)
	}
}

// Counts of a few papers, which can be done on a sheet. "tie 1" says that the votes
// after the first stage broke a tie, "tie 0" that the lot did.
func TestSTV_byHand(t *testing.T) {
	for _, tt := range []struct{ name, blt, want string }{
		{"the last seat goes to who is left", `3 2  4 1 2 0  2 3 0  0 "A" "B" "C" "" `,
			"first: 4 0 2 | 0 +A\n" +
				"surplus A: 3 1 2 | 0\n" +
				"exclusion B: 3 0 2 | 1 +C\n"},
		{"who had fewer before goes", `5 2  1 1 2 0  2 2 0  3 3 0  4 4 0  5 5 0  0 "A" "B" "C" "D" "E" ""`,
			"first: 1 2 3 4 5 | 0\n" +
				"exclusion A: 0 3 3 4 5 | 0\n" +
				"exclusion B: 0 0 3 4 5 | 3 tie 1\n" +
				"exclusion C: 0 0 0 4 5 | 6 +E +D\n"},
		{"a lot between two who were alike all along", `6 4  10 1 3 0  8 2 0  6 3 0  5 4 0  3 5 4 0  3 6 4 0  0 "A" "B" "C" "D" "E" "F" ""`,
			"first: 10 8 6 5 3 3 | 0 +A +B\n" +
				"surplus A: 8 8 8 5 3 3 | 0 +C\n" +
				"exclusion E: 8 8 8 8 0 3 | 0 +D tie 0\n"},
		{"remainders are ignored", `3 2  3 1 2 0  4 1 3 0  0 "A" "B" "C" ""`,
			"first: 7 0 0 | 0 +A\n" +
				"surplus A: 3 1.71426 2.28568 | 0\n" +
				"exclusion B: 3 0 2.28568 | 1.71426 +C\n"},
		{"no more of them than seats", `2 3  1 1 0  0 "A" "B" ""`, "first: 1 0 | 0 +A +B\n"},
		{"no papers", `2 1  0 "A" "B" ""`, "first: 0 0 | 0\n"},
		{"who withdrew is passed over", `3 1  -1  5 1 2 0  4 3 0  0 "A" "B" "C" ""`, "first: 0 5 4 | 0 +B\n"},
		{"all equal goes to the lot", `3 1  2 1 0  2 2 0  2 3 0  0 "Ana" "Boris" "Cene" ""`,
			"first: 2 2 2 | 0\n" +
				"exclusion Cene: 2 2 0 | 2 tie 0\n" +
				"exclusion Boris: 2 0 0 | 4 +Ana tie 0\n"},
		{"the quota is the next whole number", `2 1  2 1 0  2 2 0  1 0  0 "A" "B" ""`, "first: 2 2 | 0\nexclusion B: 2 0 | 2 +A tie 0\n"},
		{"a paper of weight", `2 1  3 1 0  2 2 0  0 "A" "B" ""`, "first: 3 2 | 0 +A\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := ParseBLT(tt.blt)
			if err != nil {
				t.Fatal(err)
			}
			if got := told(e, counted(t, e, "4")); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

// randomElection has few candidates and small weights, so that ties are common.
func randomElection(rnd *rand.Rand) Election {
	n := 1 + rnd.IntN(7)
	e := Election{Seats: 1 + rnd.IntN(4)}
	for i := range n {
		e.Candidates = append(e.Candidates, string(rune('A'+i)))
	}
	for range rnd.IntN(25) {
		p := Paper{Weight: 1 + rnd.Int64N(4)}
		for _, c := range rnd.Perm(n)[:rnd.IntN(n+1)] {
			p.Marks = append(p.Marks, Candidate(c))
		}
		e.Papers = append(e.Papers, p)
	}
	return e
}

// names are the elected by name, in order of election.
func names(e Election, r Result) (list []string) {
	for _, c := range r.Elected {
		list = append(list, e.Candidates[c])
	}
	return list
}

// TestSTV_holds: whatever the papers, no vote is made or lost besides remainders, no
// more are elected than there are seats, all seats are filled if enough stand, and
// nobody who is elected falls below the quota again.
func TestSTV_holds(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 6))
	for range 20_000 {
		e := randomElection(rnd)
		r := counted(t, e, "seed")
		valid, lost := Votes(r.Papers[Valid])*vote, Votes(0)
		for i, s := range r.Stages {
			sum := s.Spent + s.Lost
			for _, v := range s.Held {
				sum += v
			}
			if sum != valid || s.Lost < lost {
				t.Fatalf("%s\nstage %d sums to %s of %s, %s lost", e.BLT(), i, sum, valid, s.Lost)
			}
			lost = s.Lost
		}
		want := min(e.Seats, len(e.Candidates))
		if valid == 0 {
			want = 0
		}
		if len(r.Elected) != want || r.Open != e.Seats-want {
			t.Fatalf("%s\nelected %v, %d open", e.BLT(), r.Elected, r.Open)
		}
		if len(r.Stages) > 1+2*len(e.Candidates) {
			t.Fatalf("%s\nneeds %d stages", e.BLT(), len(r.Stages))
		}
	}
}

// TestCount_order: the order of candidates and of papers changes nothing, papers
// alike may be put together, and a paper of weight three is three papers; by every
// method.
func TestCount_order(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 7))
	for range 4_000 {
		e := randomElection(rnd)
		other := Election{Seats: e.Seats, Candidates: make([]string, len(e.Candidates))}
		at := rnd.Perm(len(e.Candidates))
		for i, to := range at {
			other.Candidates[to] = e.Candidates[i]
		}
		for _, p := range e.Papers {
			q := Paper{Weight: 1}
			for _, c := range p.Marks {
				q.Marks = append(q.Marks, Candidate(at[c]))
			}
			for range p.Weight {
				other.Papers = append(other.Papers, q)
			}
		}
		rnd.Shuffle(len(other.Papers), func(i, j int) { other.Papers[i], other.Papers[j] = other.Papers[j], other.Papers[i] })
		for _, m := range Methods() {
			if m.Single() {
				e.Seats, other.Seats = 1, 1
			}
			a, e1 := e.Count(m, "lot")
			b, e2 := other.Count(m, "lot")
			if e1 != nil || e2 != nil || !slices.Equal(names(e, a), names(other, b)) || a.Open != b.Open {
				t.Fatalf("%s: %v and %v (%v, %v) of\n%s", m, names(e, a), names(other, b), e1, e2, e.BLT())
			}
		}
	}
}

// TestMost_monotone: one more vote for the winner leaves the winner.
func TestMost_monotone(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 8))
	for range 4_000 {
		e := randomElection(rnd)
		for _, m := range []Method{Approval, Block} {
			before, err := e.Count(m, "lot")
			if err != nil {
				t.Fatal(err)
			}
			for _, won := range before.Elected {
				more := e
				more.Papers = append(slices.Clone(e.Papers), Paper{1, []Candidate{won}})
				after, err := more.Count(m, "lot")
				if err != nil || !slices.Contains(after.Elected, won) {
					t.Fatalf("%s: %s was elected, and with one more vote is not:\n%s", m, e.Candidates[won], e.BLT())
				}
			}
		}
	}
}

func TestCount_most(t *testing.T) {
	for _, tt := range []struct {
		name, blt, seed string
		method          Method
		want            string
	}{
		{"most votes", `3 1  3 1 0  5 2 0  4 3 0  0 "A" "B" "C" ""`, "", Plurality, "[B] open 0 tied []"},
		{"two marks are too many for one seat", `2 1  3 1 0  5 2 1 0  0 "A" "B" ""`, "", Plurality, "[A] open 0 tied []"},
		{"a tie stays open without a lot", `2 1  3 1 0  3 2 0  0 "A" "B" ""`, "", Plurality, "[] open 1 tied [0 1]"},
		{"a tie for the last of two seats", `3 2  3 1 0  2 2 0  2 3 0  0 "A" "B" "C" ""`, "", Block, "[A] open 1 tied [1 2]"},
		{"and by lot", `3 2  3 1 0  2 2 0  2 3 0  0 "A" "B" "C" ""`, "3", Block, "[A C] open 0 tied []"},
		{"block of two", `3 2  3 1 2 0  2 2 3 0  1 1 2 3 0  0 "A" "B" "C" ""`, "", Block, "[B A] open 0 tied []"},
		{"a paper of three marks for two seats is spoiled", `3 2  3 1 2 3 0  1 3 0  2 1 0  0 "A" "B" "C" ""`, "", Block, "[A C] open 0 tied []"},
		{"no papers at all", `3 2  0 "A" "B" "C" ""`, "", Block, "[] open 2 tied []"},
		{"all equal", `3 1  2 1 0  2 2 0  2 3 0  0 "A" "B" "C" ""`, "", Plurality, "[] open 1 tied [0 1 2]"},
		{"all equal, by lot", `3 1  2 1 0  2 2 0  2 3 0  0 "Ana" "Boris" "Cene" ""`, "seed", Plurality, "[Cene] open 0 tied []"},
		{"who withdrew gets nothing", `3 1  -1  5 1 0  2 2 0  1 3 0  0 "A" "B" "C" ""`, "", Plurality, "[B] open 0 tied []"},
		{"fewer candidates than seats", `2 3  2 1 0  1 2 0  0 "A" "B" ""`, "", Block, "[A B] open 1 tied []"},
		{"approval has no limit", `3 2  3 1 2 0  2 2 3 0  2 1 2 3 0  0 "A" "B" "C" ""`, "", Approval, "[B A] open 0 tied []"},
		{"nobody without votes", `3 2  3 1 0  0 "A" "B" "C" ""`, "", Block, "[A] open 1 tied []"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := ParseBLT(tt.blt)
			if err != nil {
				t.Fatal(err)
			}
			r, err := e.Count(tt.method, tt.seed)
			if got := fmt.Sprintf("%v open %d tied %v", names(e, r), r.Open, r.Tied); err != nil || got != tt.want {
				t.Errorf("got %s, %v; want %s", got, err, tt.want)
			}
		})
	}
}

// Two rounds: more than half wins at once, exactly half does not; who ties for the second place goes on, or is drawn.
func TestCount_rounds(t *testing.T) {
	for _, tt := range []struct{ name, blt, seed, want string }{
		{"more than half", `3 1  6 1 0  3 2 0  2 3 0  0 "A" "B" "C" ""`, "", "[A] open 0 second []"},
		{"exactly half", `3 1  6 1 0  4 2 0  2 3 0  0 "A" "B" "C" ""`, "", "[] open 1 second [0 1]"},
		{"blank papers are of no half", `3 1  6 1 0  3 2 0  2 3 0  9 0  0 "A" "B" "C" ""`, "", "[A] open 0 second []"},
		{"a tie for the second place", `4 1  5 1 0  3 2 0  3 3 0  1 4 0  0 "A" "B" "C" "D" ""`, "", "[] open 1 second [0 1 2]"},
		{"a tie for the second place, by lot", `3 1  5 1 0  3 2 0  3 3 0  0 "Ana" "Boris" "Cene" ""`, "seed", "[] open 1 second [0 2]"},
		{"a tie for the first place", `4 1  3 1 0  3 2 0  3 3 0  1 4 0  0 "A" "B" "C" "D" ""`, "", "[] open 1 second [0 1 2]"},
		{"two alike", `2 1  3 1 0  3 2 0  0 "A" "B" ""`, "", "[] open 1 second [0 1]"},
		{"nobody voted", `2 1  0 "A" "B" ""`, "", "[] open 1 second []"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := ParseBLT(tt.blt)
			if err != nil {
				t.Fatal(err)
			}
			r, err := e.Count(Rounds, tt.seed)
			if got := fmt.Sprintf("%v open %d second %v", names(e, r), r.Open, r.Second); err != nil || got != tt.want {
				t.Errorf("got %s, %v; want %s", got, err, tt.want)
			}
		})
	}
}

func TestElection_Class(t *testing.T) {
	e := Election{Seats: 2, Candidates: []string{"A", "B", "C"}, Withdrawn: []Candidate{2}}
	for _, tt := range []struct {
		method Method
		marks  []Candidate
		want   Class
	}{
		{STV, []Candidate{0, 1}, Valid},
		{STV, []Candidate{2, 1}, Valid},
		{STV, nil, Blank},
		{STV, []Candidate{2}, Blank},
		{STV, []Candidate{0, 1, 0}, Repeated},
		{STV, []Candidate{0, 3}, Unknown},
		{STV, []Candidate{-1}, Unknown},
		{Block, []Candidate{0, 1}, Valid},
		{Block, []Candidate{0, 1, 2}, Overfull},
		{Plurality, []Candidate{0, 1}, Overfull},
		{Approval, []Candidate{0, 1, 2}, Valid},
	} {
		if got := e.Class(tt.method, Paper{1, tt.marks}); got != tt.want {
			t.Errorf("%s %v is %s, want %s", tt.method, tt.marks, got, tt.want)
		}
	}
}

// A lot can be drawn by anybody who has the seed and a program that hashes:
// printf 'seed\0Ana' | sha256sum begins with c749767b, for Boris with b579eed5, for Cene with 5fb07f65.
func TestDraw(t *testing.T) {
	if got := Draw("seed", []string{"Ana", "Boris", "Cene"}); !slices.Equal(got, []string{"Cene", "Boris", "Ana"}) {
		t.Error(got)
	}
}

// compact reads papers as testdata/calton-2007.txt writes them.
func compact(t *testing.T, file string) (list []Paper) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			p := Paper{Weight: 1}
			if n, rest, ok := strings.Cut(word, "*"); ok {
				if _, err := fmt.Sscan(n, &p.Weight); err != nil {
					t.Fatal(word, err)
				}
				word = rest
			}
			for _, c := range word {
				p.Marks = append(p.Marks, Candidate(strings.IndexRune("123456789A", c)))
			}
			list = append(list, p)
		}
	}
	return list
}

// The election of the Calton ward of Glasgow of 3 May 2007, held under the Order: the
// preferences are those that the city published, the votes of each stage those of a
// published reference count. Of the ten who stood Redmond (8), Thewliss (A) and
// Simpson (9) were elected.
func TestSTV_calton2007(t *testing.T) {
	e := Election{Seats: 3, Papers: compact(t, "calton-2007.txt")}
	for _, c := range "123456789A" {
		e.Candidates = append(e.Candidates, string(c))
	}
	want := `first: 128 219 302 245 231 195 126 1982 628 1143 | 0 +8
surplus 8: 130.40863 224.84953 325.39812 250.84953 245.79587 217.36585 134.94634 1300 1035.05847 1175.68855 | 158.62549
exclusion 1: 0 235.19362 349.74221 257.84953 252.79587 220.36585 140.29043 1300 1050.74665 1196.68855 | 195.31367
exclusion 7: 0 251.22589 373.77448 260.53771 257.82814 225.70994 0 1300 1072.12301 1221.72082 | 236.06639
exclusion 6: 0 264.91407 382.49493 348.69906 265.20450 0 0 1300 1086.94027 1231.40900 | 319.32455
exclusion 2: 0 0 420.83902 371.04315 329.26904 0 0 1300 1115.34890 1282.75309 | 379.73318
exclusion 5: 0 0 446.24765 409.10769 0 0 0 1300 1189.88661 1360.12945 | 493.61498 +A
surplus A: 0 0 461.35742 412.58571 0 0 0 1300 1199.81406 1300 | 525.21759
exclusion 4: 0 0 485.84120 0 0 0 0 1300 1271.90931 1300 | 841.22427
exclusion 3: 0 0 0 0 0 0 0 1300 1393.86735 1300 | 1205.10743 +9
`
	r := counted(t, e, "seed")
	if got := told(e, r); got != want || r.Quota != 1300*vote {
		t.Errorf("quota %s, got\n%s\nwant\n%s", r.Quota, got, want)
	}
}

// Two wards of Dundee of 5 May 2022, with the votes of each stage as the council's reports print them
// (candidates are told by their places on the paper). At the first stage of East End Dawson (2) and McHugh (4)
// had the quota, at the second Roberts (7); the report puts the ignored remainder of 0.00950 with what is
// not transferable, and says 23.00141. In North East three had the quota at once, and no ranking was read further.
func TestSTV_dundee2022(t *testing.T) {
	seven := []string{"1", "2", "3", "4", "5", "6", "7"}
	e := Election{Seats: 3, Candidates: seven, Papers: compact(t, "dundee-east-end-2022.txt")}
	r := counted(t, e, "seed")
	want := `first: 440 1350 115 1071 167 151 823 | 0 +2 +4
surplus 2: 444.02951 1030 119.97763 1071 183.59210 157.87387 1087.52548 | 22.99191 +7
`
	if got := told(e, r); got != want || r.Quota != 1030*vote || r.Stages[1].Lost != 950 {
		t.Errorf("quota %s, lost %s, got\n%s\nwant\n%s", r.Quota, r.Stages[1].Lost, got, want)
	}
	e = Election{Seats: 3, Candidates: seven}
	for c, n := range []int64{1007, 313, 102, 1150, 991, 100, 126} {
		e.Papers = append(e.Papers, Paper{n, []Candidate{Candidate(c)}})
	}
	r = counted(t, e, "seed")
	if got := told(e, r); got != "first: 1007 313 102 1150 991 100 126 | 0 +4 +1 +5\n" || r.Quota != 948*vote {
		t.Errorf("quota %s, got %s", r.Quota, got)
	}
}
