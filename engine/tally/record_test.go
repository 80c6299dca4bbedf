package tally

import (
	"encoding/json"
	"testing"
)

func TestRecord_Count(t *testing.T) {
	raw := `{"format":"asociacija-vote/1","title":"Pravila","kind":"motion","secret":true,"majority":">= 2/3 present","quorum":"> 1/2",
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
