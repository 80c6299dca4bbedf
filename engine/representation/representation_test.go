package representation

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Case G14: ZDSve, 36. člen.
func TestElectors(t *testing.T) {
	rule := Electors{Fixed: 1, Per: 100}
	for _, tt := range []struct{ members, electors, short int }{
		{-3, 1, 100}, {0, 1, 100}, {93, 1, 7}, {99, 1, 1}, {100, 2, 100}, {199, 2, 1}, {250, 3, 50},
	} {
		if got := rule.Of(tt.members); got.Electors != tt.electors || got.Short != tt.short {
			t.Errorf("%d members: %+v, want %d electors, %d short", tt.members, got, tt.electors, tt.short)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		rule := Electors{Fixed: rapid.IntRange(0, 5).Draw(t, "fixed"), Per: rapid.IntRange(1, 1000).Draw(t, "per")}
		n := rapid.IntRange(0, 100_000).Draw(t, "n")
		at := rule.Of(n)
		if more := rule.Of(n + at.Short); more.Electors != at.Electors+1 || rule.Of(n+at.Short-1).Electors != at.Electors {
			t.Fatalf("%+v: %d: %+v, then %+v", rule, n, at, more)
		}
	})
}

// A letter is a seat: m market, s state, n of an organisation like ours, ? not said,
// u a tie of which the law is unclear.
func TestIndependence(t *testing.T) {
	rule := Independence{Part: 4, Ties: []Tie{{Key: "m", Counts: true}, {Key: "s", Counts: true}, {Key: "n"}, {Key: "u", Counts: true, Unclear: "ZNOrg, 5. člen"}}}
	for _, tt := range []struct {
		seats       string
		broken, may bool
		free        int
	}{
		{"", false, false, 0},
		{"mnnnnnn", false, false, 0},   // 1 of 7
		{"mmnnnnn", true, false, 0},    // 2 of 7
		{"msnnnnnn", true, false, 0},   // 2 of 8: a quarter is not less than a quarter
		{"msnnnnnnn", false, false, 0}, // 2 of 9
		{"nnnnnnn", false, false, 1},
		{"m?nnnnn", false, true, 0},
		{"uunnnnn", false, true, 1},
		{"n", false, false, 0},
		{"m", true, false, 0},
	} {
		var votes []Vote
		for _, r := range tt.seats {
			votes = append(votes, Vote{Tie: strings.ReplaceAll(string(r), "?", ""), Weight: 1})
		}
		if f := rule.Judge(votes); f.Broken != tt.broken || f.May != tt.may || f.Free != tt.free {
			t.Errorf("%q: %+v", tt.seats, f)
		}
	}
}

// A letter is a vote: its person, then as in TestIndependence, then its weight.
func TestIndependence_persons(t *testing.T) {
	rule := Independence{Part: 4, Ties: []Tie{{Key: "m", Counts: true}, {Key: "n"}, {Key: "u", Counts: true, Unclear: "ZNOrg, 5. člen"}}}
	for _, tt := range []struct {
		votes                         string
		counted, unclear, unsaid, all int
		broken                        bool
	}{
		{"am1 am1 bn1 cn1 dn1 en1", 1, 0, 0, 5, false}, // one person on two seats is one vote
		{"am1 bn1 cn1 dn1", 1, 0, 0, 4, true},          // exactly a quarter
		{"am3 bn1 cn1 dn1 en1", 3, 0, 0, 7, true},      // weights
		{"am1 bn4 cn4", 1, 0, 0, 9, false},             // the other way round
		{"an1 am1 bn1 cn1", 1, 0, 0, 3, true},          // the tie that counts
		{"a?1 an1 bn1 cn1 dn1", 0, 0, 0, 4, false},     // what was said of one seat
		{"an1 a?1 bn1 cn1 dn1", 0, 0, 0, 4, false},     // in either order
		{"au1 a?1 bn1 cn1 dn1 en1", 0, 1, 0, 5, false}, // open stays open
		{"a?1 b?1 cn1 dn1", 0, 0, 2, 4, false},         // asked for, not guessed
		{"am1 am2 bn1 cn1 dn1 en1 fn1 gn1 hn1", 2, 0, 0, 9, false},
	} {
		var votes []Vote
		for _, v := range strings.Fields(tt.votes) {
			votes = append(votes, Vote{Who: v[:1], Tie: strings.ReplaceAll(v[1:2], "?", ""), Weight: int(v[2] - '0')})
		}
		if f := rule.Judge(votes); f.Counted != tt.counted || f.Unclear != tt.unclear || f.Unsaid != tt.unsaid || f.All != tt.all || f.Broken != tt.broken {
			t.Errorf("%s: %+v", tt.votes, f)
		}
	}
}

func TestElectors_Excludes(t *testing.T) {
	rule := Electors{Fixed: 1, Per: 100, Kinds: []string{"person"}, Proofs: []string{"self_employed"}}
	both := []string{"tax", "self_employed"}
	for want, c := range map[Reason]Claim{
		"":         {"person", both, []string{"self_employed"}},
		OtherKind:  {"organisation", both, both},
		NoPaper:    {"person", nil, nil},
		Undated:    {"person", both, nil},
		OtherPaper: {"person", both, []string{"tax"}},
	} {
		if got := rule.Excludes(c); got != want {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
	if got := (Electors{Fixed: 1}).Of(1_000); got.Electors != 1 || got.Short != 0 {
		t.Errorf("one whatever the size: %+v", got)
	}
}
