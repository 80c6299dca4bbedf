package tally

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	Chair      string   `json:"chair,omitempty"`     // "for" or "against": how the chair decided a tie
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
	Schema     string   `json:"$schema,omitempty"` // where the API describes it; of no matter
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
	if _, err := d.Token(); err != io.EOF {
		return r, errors.New("tally: record: there is more after its end")
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

// Check returns an error for a record that contradicts itself: a seed that was not
// the one told at the opening, a receipt that stands twice, more votes than electors have.
func (r Record) Check() error {
	// Where no lot decides, the seed is not told.
	sum := sha256.Sum256([]byte(r.Seed))
	if r.SeedHash != "" && (r.Seed != "" || r.Method == STV) && hex.EncodeToString(sum[:]) != r.SeedHash {
		return errors.New("tally: record: the seed is not that of which the hash was told at the opening")
	}
	cast, seen := int64(0), map[string]bool{}
	for _, b := range r.Ballots {
		if b.Receipt != "" && seen[b.Receipt] {
			return fmt.Errorf("tally: record: the receipt %q stands twice", b.Receipt)
		}
		seen[b.Receipt] = true
		cast += max(b.Weight, 1)
	}
	switch {
	case r.Chair != "" && r.Chair != "for" && r.Chair != "against":
		return fmt.Errorf("tally: record: the chair cannot decide %q", r.Chair)
	case r.Voted > r.Electors, cast > r.Weight:
		return errors.New("tally: record: more voted than may vote")
	case int64(len(r.Ballots)) < r.Voted, !r.Secret && int64(len(r.Ballots)) != r.Voted:
		return fmt.Errorf("tally: record: %d voted, and there are %d ballots", r.Voted, len(r.Ballots))
	}
	return nil
}

// Count counts the record. Without a quorum nobody is elected.
func (r Record) Count() (t Tally, err error) {
	e := r.Election()
	if err := e.Check(); err != nil {
		return t, err
	}
	if r.Weight < 0 || r.Weight > mostWeight {
		return t, fmt.Errorf("tally: record: electors weigh %d", r.Weight)
	}
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
		if t.Result, err = e.Count(r.Method, r.Seed); err == nil && !t.Quorum {
			t.Result.void(e.Seats)
		}
		return t, err
	case "motion":
		return t, r.judge(e, &t)
	}
	return t, fmt.Errorf("tally: record: no kind %q", r.Kind)
}

// void takes back that anybody was elected.
func (r *Result) void(seats int) {
	r.Elected, r.Tied, r.Second, r.Open = nil, nil, nil, seats
	for i := range r.Stages {
		r.Stages[i].Elected = nil
	}
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
	if t.Outcome, err = m.Outcome(t.Poll); t.Outcome == Tied && m.OnTie == Chair {
		switch r.Chair {
		case "for":
			t.Outcome = Passed
		case "against":
			t.Outcome = Failed
		}
	}
	return err
}
