package representation

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Case G14 of the dossier: ZDSve, 36. člen.
func TestElectors(t *testing.T) {
	rule := Electors{Fixed: 1, Per: 100}
	for _, tt := range []struct{ members, electors, short int }{
		{-3, 1, 100}, {0, 1, 100}, {93, 1, 7}, {99, 1, 1}, {100, 2, 100}, {250, 3, 50},
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
