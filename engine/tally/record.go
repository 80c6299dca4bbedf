package tally

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Format is what a Record says of itself.
const Format = "asociacija-vote/1"

// The options of a motion, in the order in which its ballots mark them.
const (
	For     Candidate = iota // za
	Against                  // proti
	Abstain                  // vzdržan
)

// A Record is a vote as it is published: all that anybody needs to count it again.
// Of a motion Candidates are the words for its options, in the order of For, Against and Abstain.
type Record struct {
	Format     string   `json:"format"`
	Title      string   `json:"title"`
	Kind       string   `json:"kind"` // "motion" or "election"
	Secret     bool     `json:"secret"`
	Majority   string   `json:"majority,omitempty"` // of a motion, as ParseMajority reads it
	Quorum     string   `json:"quorum,omitempty"`   // as ParseQuorum reads it
	Method     Method   `json:"method,omitempty"`   // of an election
	Seats      int      `json:"seats,omitempty"`
	Seed       string   `json:"seed,omitempty"`      // of the lot
	SeedHash   string   `json:"seed_hash,omitempty"` // SHA-256 of the seed, which was told at the opening
	Electors   int64    `json:"electors"`
	Weight     int64    `json:"weight"` // of all electors
	Voted      int64    `json:"voted"`  // how many electors did
	Electorate string   `json:"electorate,omitempty"`
	Opened     string   `json:"opened,omitempty"`
	Closed     string   `json:"closed,omitempty"`
	Candidates []string `json:"candidates"`
	Ballots    []Ballot `json:"ballots"`
}

// A Ballot is one ballot of a Record. Marks are places in Candidates, from 1.
type Ballot struct {
	Receipt string `json:"receipt,omitempty"`
	Name    string `json:"name,omitempty"` // of whom it is, in an open vote
	Weight  int64  `json:"weight,omitempty"`
	Marks   []int  `json:"marks"`
}

// A Tally is what the count of a Record came to.
type Tally struct {
	Result  Result  // of an election; of a motion only Papers
	Poll    Poll    // of a motion
	Needs   int64   // votes that the motion needed
	Outcome Outcome // of a motion
	Quorum  bool    // whether enough voted
}

// ParseRecord reads a record, or returns an error for what is none.
func ParseRecord(raw []byte) (Record, error) {
	var r Record
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, fmt.Errorf("tally: record: %w", err)
	}
	if r.Format != Format {
		return r, fmt.Errorf("tally: record: the format %q is not %q", r.Format, Format)
	}
	return r, nil
}

// Election is the record as an election, of a motion too.
func (r Record) Election() Election {
	e := Election{Title: r.Title, Seats: max(r.Seats, 1), Candidates: r.Candidates}
	for _, b := range r.Ballots {
		p := Paper{Weight: max(b.Weight, 1)}
		for _, m := range b.Marks {
			p.Marks = append(p.Marks, Candidate(m-1))
		}
		e.Papers = append(e.Papers, p)
	}
	return e
}

// Count counts the record.
func (r Record) Count() (t Tally, err error) {
	e := r.Election()
	cast := int64(0)
	for _, p := range e.Papers {
		cast += p.Weight
	}
	if r.Quorum != "" {
		q, err := ParseQuorum(r.Quorum)
		if err != nil {
			return t, err
		}
		t.Quorum = q.Reached(1, cast, r.Weight)
	} else {
		t.Quorum = true
	}
	switch r.Kind {
	case "election":
		t.Result, err = e.Count(r.Method, r.Seed)
		return t, err
	case "motion":
		return t, r.judge(e, &t)
	}
	return t, fmt.Errorf("tally: record: no kind %q", r.Kind)
}

// judge counts a motion.
func (r Record) judge(e Election, t *Tally) error {
	if len(r.Candidates) != 3 {
		return errors.New("tally: record: a motion has three options")
	}
	m, err := ParseMajority(r.Majority)
	if err == nil {
		err = e.Check()
	}
	if err != nil {
		return err
	}
	t.Result = Result{Papers: map[Class]int64{}}
	t.Poll.All = r.Weight
	for _, p := range e.Papers {
		class := e.Class(Plurality, p)
		t.Result.Papers[class] += p.Weight
		t.Poll.Present += p.Weight
		if class != Valid {
			continue
		}
		switch p.Marks[0] {
		case For:
			t.Poll.For += p.Weight
		case Against:
			t.Poll.Against += p.Weight
		case Abstain:
			t.Poll.Abstained += p.Weight
		}
	}
	t.Needs = m.Needs(t.Poll)
	t.Outcome, err = m.Outcome(t.Poll)
	return err
}
