package tally

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"
)

func TestRecord_Count(t *testing.T) {
	raw := `{"$schema":"https://example.org/record.json","format":"asociacija-vote/1","title":"Pravila","kind":"motion","secret":true,"majority":">= 2/3 present","quorum":"> 1/2",
		"electors":7,"weight":7,"voted":4,"candidates":["za","proti","vzdržan"],
		"ballots":[{"receipt":"a","marks":[1]},{"receipt":"b","marks":[1]},{"receipt":"c","marks":[1]},{"receipt":"d","marks":[3]}]}`
	r, err := ParseRecord([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.Count()
	want := Poll{For: 3, Abstained: 1, Present: 4, All: 7}
	if err != nil || got.Poll != want || got.Outcome != Passed || !got.Quorum || got.Needs != 3 {
		t.Errorf("%+v, %v", got, err)
	}
	r.Ballots = r.Ballots[:3]
	if got, _ := r.Count(); got.Quorum {
		t.Error("three of seven are no quorum of more than a half")
	}
}

// Whatever is read as a record is counted or refused.
func FuzzParseRecord(f *testing.F) {
	whole, _ := json.Marshal(Record{Format: Format, Kind: "election", Method: STV, Seats: 2, Candidates: []string{"A", "B"}, Ballots: []Ballot{{Marks: []int{1, 2}, Weight: 3}}})
	f.Add(whole)
	f.Add([]byte(`{"format":"asociacija-vote/1","kind":"motion","majority":"> 1/2 cast","candidates":["a","b","c"],"ballots":[{"marks":[9]},{"marks":[-5,0]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if r, err := ParseRecord(raw); err == nil && len(r.Candidates) < 60 {
			r.Count()
		}
	})
}

// A record that an operator has tampered with says so.
func TestRecord_Check(t *testing.T) {
	sum := sha256.Sum256([]byte("lot"))
	whole := func() Record {
		return Record{Seed: "lot", SeedHash: hex.EncodeToString(sum[:]), Secret: true, Electors: 3, Weight: 5, Voted: 2, Ballots: []Ballot{{Receipt: "a"}, {Receipt: "b"}, {Receipt: "c"}}}
	}
	if err := whole().Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Record){
		"no seed":                func(r *Record) { r.Seed, r.Method = "", STV },
		"another seed":           func(r *Record) { r.Seed = "better" },
		"a receipt twice":        func(r *Record) { r.Ballots[2].Receipt = "a" },
		"a ballot taken out":     func(r *Record) { r.Ballots = r.Ballots[:1] },
		"more than may":          func(r *Record) { r.Voted = 4 },
		"a ballot of much":       func(r *Record) { r.Ballots[0].Weight = 4 },
		"an open vote with more": func(r *Record) { r.Secret = false },
	} {
		r := whole()
		if spoil(&r); r.Check() == nil {
			t.Errorf("%s goes unnoticed", name)
		}
	}
}

// Without a quorum nobody is elected, whatever the papers say; and what cannot be
// is refused before it is counted.
func TestRecord_noQuorum(t *testing.T) {
	r := Record{Kind: "election", Method: STV, Seats: 1, Quorum: "> 1/2", Weight: 6, Candidates: []string{"A", "B"}, Ballots: []Ballot{{Marks: []int{1}, Weight: 3}}}
	got, err := r.Count()
	if err != nil || got.Quorum || len(got.Result.Elected) != 0 || len(got.Result.Stages[0].Elected) != 0 || got.Result.Open != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	r.Weight = 1 << 62
	if _, err := r.Count(); err == nil {
		t.Error("a weight that overflows is counted")
	}
}

// The chair decides a tie where the rule says so, and nothing else.
func TestRecord_chair(t *testing.T) {
	for _, tt := range []struct {
		majority, chair string
		against         int
		want            Outcome
	}{
		{"> 1/2 cast, chair", "", 1, Tied}, {"> 1/2 cast, chair", "for", 1, Passed}, {"> 1/2 cast, chair", "against", 1, Failed},
		{"> 1/2 cast, chair", "for", 2, Failed}, {"> 1/2 cast, repeat", "for", 1, Tied}, {"> 1/2 cast", "for", 1, Failed},
	} {
		r := Record{Kind: "motion", Majority: tt.majority, Chair: tt.chair, Weight: 9, Candidates: []string{"za", "proti", "vzdržan"}, Ballots: []Ballot{{Marks: []int{1}}}}
		for range tt.against {
			r.Ballots = append(r.Ballots, Ballot{Marks: []int{2}})
		}
		if got, err := r.Count(); err != nil || got.Outcome != tt.want {
			t.Errorf("%+v: %s, %v", tt, got.Outcome, err)
		}
	}
	r := Record{Chair: "maybe"}
	if r.Check() == nil {
		t.Error("a chair who decides neither for nor against")
	}
}

// A file that says something else besides is no record.
func TestParseRecord_more(t *testing.T) {
	for after, want := range map[string]bool{"": true, "\n ": true, "{}": false, "x": false, `{"seats":2}`: false} {
		if _, err := ParseRecord([]byte(`{"format":"asociacija-vote/1"}` + after)); (err == nil) != want {
			t.Errorf("followed by %q: %v", after, err)
		}
	}
}
