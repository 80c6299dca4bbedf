package ballots

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/paper"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Query asks for a page of votes, newest first.
type Query struct {
	State   State  // empty for any
	Meeting string // empty for any
	Before  ID     // last vote of the page before
	Limit   int    // 50 if zero

	prepared bool
}

func (q Query) limit() int {
	if q.Limit <= 0 {
		return 50
	}
	return min(q.Limit, 200)
}

// List reads a page of votes; those that are only prepared are for who runs votes.
func (d *Desk) List(ctx context.Context, by auth.Actor, q Query) ([]Vote, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	q.prepared = by.Can(Run)
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Vote, error) {
		list, err := listVotes(ctx, tx, q)
		for i := range list {
			list[i] = list[i].shown()
		}
		return list, err
	})
}

// shown is v without what is told only when it is closed.
func (v Vote) shown() Vote {
	if v.State != Closed {
		v.Seed = ""
	}
	return v
}

// visible reads a vote as the actor may see it: a closed one that is public for
// anybody, a prepared one for who runs votes.
func (d *Desk) visible(ctx context.Context, tx *store.Tx, by auth.Actor, id ID) (Vote, error) {
	v, err := getVote(ctx, tx, id)
	if err != nil {
		return v, err
	}
	if !v.Public || v.State != Closed {
		if err := by.Must(See); err != nil {
			return Vote{}, err
		}
	}
	if v.State == Prepared && v.Proposals.IsZero() && !by.Can(Run) {
		return Vote{}, missing()
	}
	return v.shown(), nil
}

// A Whole is a vote with who stands in it and how far it has come.
type Whole struct {
	Vote
	Candidates []Candidate
	Voted      int  // so far, or in all
	Broken     bool // its urn cannot be opened: the house was restored meanwhile
	Thin       int  // of an open secret vote: so few people of one weight have voted that it would not be counted now
	ThinWeight int64
}

// Vote reads a vote.
func (d *Desk) Vote(ctx context.Context, by auth.Actor, id ID) (Whole, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (w Whole, err error) {
		if w.Vote, err = d.visible(ctx, tx, by, id); err != nil {
			return w, err
		}
		if w.Candidates, err = candidatesOf(ctx, tx, id); err != nil {
			return w, err
		}
		w.Voted = w.Vote.Voted
		if w.State != Open {
			return w, nil
		}
		m, err := getMarks(ctx, tx, w.Vote)
		if err != nil {
			return w, err
		}
		w.Voted = m.count()
		if _, err = d.keyOf(ctx, tx, id); err == errNoKey {
			w.Broken, err = true, nil
		}
		if err == nil && w.Secret && by.Can(Run) {
			w.ThinWeight, w.Thin, err = d.thinNow(ctx, tx, w.Vote, m)
		}
		return w, err
	})
}

// thinNow is the weight of which so few have voted so far that the result could not be told.
func (d *Desk) thinNow(ctx context.Context, tx *store.Tx, v Vote, m marks) (int64, int, error) {
	if v.Electors > 5_000 {
		return 0, 0, nil // among so many it is left to the closing
	}
	list, err := electorsOf(ctx, tx, v.ID, 0, v.Electors)
	list = slices.DeleteFunc(list, func(e Elector) bool { return !m.has(e.No) })
	w, n := thin(list)
	return w, n, err
}

// HistoryPage is how many lines History reads at most.
const HistoryPage = 50

// History reads what was done to the vote, newest first. It has no line of a cast.
func (d *Desk) History(ctx context.Context, by auth.Actor, id ID) ([]audit.Line, error) {
	if err := by.Must(Run); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]audit.Line, error) {
		return audit.Read(ctx, tx, audit.Query{Subject: Subject(id), Limit: HistoryPage})
	})
}

// ElectorPage is how many electors Electors reads at most.
const ElectorPage = 100

// Electors reads a page of the electorate after a number, with who has voted.
func (d *Desk) Electors(ctx context.Context, by auth.Actor, id ID, after int) ([]Elector, error) {
	if err := by.Must(Run); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Elector, error) {
		v, err := getVote(ctx, tx, id)
		if err != nil || v.State == Prepared {
			return nil, err
		}
		m, err := getMarks(ctx, tx, v)
		if err != nil {
			return nil, err
		}
		list, err := electorsOf(ctx, tx, id, after, ElectorPage)
		for i := range list {
			list[i].Voted, list[i].Salt = m.has(list[i].No), ""
		}
		return list, err
	})
}

// A Drift is what has become of the register since a vote opened. It changes
// nothing in the vote.
type Drift struct {
	Gone, New, Moved []string // names: no electors any more, would be, reached otherwise
}

// Drift compares the electorate of an open vote with what it would be today.
func (d *Desk) Drift(ctx context.Context, by auth.Actor, id ID) (Drift, error) {
	if err := by.Must(Run); err != nil {
		return Drift{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (drift Drift, err error) {
		v, err := getVote(ctx, tx, id)
		if err != nil || v.State != Open || v.Electors > 5_000 {
			return drift, err
		}
		then, err := electorsOf(ctx, tx, id, 0, v.Electors)
		if err != nil {
			return drift, err
		}
		now, err := d.gather(ctx, tx, v)
		if err != nil && fault.Of(err) == nil {
			return drift, err
		}
		at := map[string]Elector{}
		for _, e := range now {
			at[key(e)] = e
		}
		for _, e := range then {
			n, ok := at[key(e)]
			switch {
			case !ok && e.Name != "":
				drift.Gone = append(drift.Gone, e.Name)
			case ok && (n.Person != e.Person || n.Email != e.Email):
				drift.Moved = append(drift.Moved, e.Name)
			}
			delete(at, key(e))
		}
		for _, e := range now {
			if _, ok := at[key(e)]; ok {
				drift.New = append(drift.New, e.Name)
			}
		}
		return drift, nil
	})
}

func key(e Elector) string {
	if e.Member != "" {
		return string(e.Member)
	}
	return e.Name + "|" + e.Email
}

// A Turn is a ballot that a person may cast.
type Turn struct {
	Vote    Vote
	Elector Elector
}

// Mine lists the ballots of open votes that the actor may cast: their own, those
// of organisations that they act for, and those entrusted to them.
func (d *Desk) Mine(ctx context.Context, by auth.Actor) ([]Turn, error) {
	email := strings.ToLower(strings.TrimSpace(by.Email))
	if email == "" {
		return nil, nil
	}
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (turns []Turn, err error) {
		list, err := castBy(ctx, tx, email)
		if err != nil {
			return nil, err
		}
		votes, done := map[ID]Vote{}, map[ID]marks{}
		for _, e := range list {
			if _, ok := votes[e.Vote]; !ok {
				v, err := getVote(ctx, tx, e.Vote)
				if err != nil {
					return nil, err
				}
				if done[e.Vote], err = getMarks(ctx, tx, v); err != nil {
					return nil, err
				}
				votes[e.Vote] = v.shown()
			}
			e.Voted = done[e.Vote].has(e.No)
			turns = append(turns, Turn{votes[e.Vote], e})
		}
		return turns, nil
	})
}

// Record is a closed vote as it is published. Of a vote that is void it has no
// ballots.
func (d *Desk) Record(ctx context.Context, by auth.Actor, id ID) (tally.Record, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (tally.Record, error) {
		v, err := d.visible(ctx, tx, by, id)
		if err != nil {
			return tally.Record{}, err
		}
		if v.State != Closed {
			return tally.Record{}, fault.New(fault.Conflict, "ballots.not_closed")
		}
		return d.record(ctx, tx, v)
	})
}

func (d *Desk) record(ctx context.Context, tx *store.Tx, v Vote) (tally.Record, error) {
	r := tally.Record{
		Format: tally.Format, Title: v.Title, Kind: string(v.Kind), Secret: v.Secret, Quorum: v.Quorum.String(), Method: v.Method, Seats: v.Seats, Chair: v.Chair,
		SeedHash: v.SeedHash, Electors: int64(v.Electors), Weight: v.Weight, Voted: int64(v.Voted), Electorate: v.Electorate,
		Opened: store.Time(v.Opened), Closed: store.Time(v.Ended), Ballots: []tally.Ballot{},
	}
	if v.Lot {
		r.Seed = v.Seed
	}
	if v.Kind == Motion {
		p := d.house.In(d.house.Lang)
		r.Majority, r.Candidates = v.Majority.String(), []string{p.T("ballots.for"), p.T("ballots.against"), p.T("ballots.abstain")}
	} else {
		list, err := candidatesOf(ctx, tx, v.ID)
		if err != nil {
			return r, err
		}
		for _, c := range list {
			r.Candidates = append(r.Candidates, c.Name)
		}
	}
	papers, err := ballotsOf(ctx, tx, v.ID, "", mostElectors*mostWeight)
	if err != nil {
		return r, err
	}
	var of []Elector
	if !v.Secret {
		if of, err = electorsOf(ctx, tx, v.ID, 0, v.Electors); err != nil {
			return r, err
		}
	}
	for _, p := range papers {
		b := tally.Ballot{Receipt: p.Receipt, Weight: 1, Marks: p.Marks}
		if p.No > 0 {
			b.Name, b.Weight = named(of[p.No-1]), of[p.No-1].Weight
		}
		r.Ballots = append(r.Ballots, b)
	}
	if !v.Secret {
		slices.SortStableFunc(r.Ballots, func(a, b tally.Ballot) int { return strings.Compare(a.Name, b.Name) })
	}
	return r, nil
}

// named is the name of an elector, or their number once it is erased.
func named(e Elector) string {
	if e.Name == "" {
		return "#" + grouped(e.Hash[:8], 4)
	}
	return e.Name
}

// Result is what a closed vote came to.
func (d *Desk) Result(ctx context.Context, by auth.Actor, id ID) (tally.Tally, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (tally.Tally, error) {
		v, err := d.visible(ctx, tx, by, id)
		if err != nil {
			return tally.Tally{}, err
		}
		if v.State != Closed {
			return tally.Tally{}, fault.New(fault.Conflict, "ballots.not_closed")
		}
		return getResult(ctx, tx, id)
	})
}

// memberOf finds the one member of ours whose name is written so.
func (d *Desk) memberOf(ctx context.Context, name string) (members.Member, bool, error) {
	list, err := d.Members.List(ctx, auth.House, members.Query{Filter: members.Filter{Standing: members.Active, Text: name}, Limit: 2})
	if err != nil || len(list) != 1 {
		return members.Member{}, false, err
	}
	return list[0], true, nil
}

// Member finds the one member of ours whose name begins with these words, for forms.
func (d *Desk) Member(ctx context.Context, by auth.Actor, name string) (members.Member, bool, error) {
	if err := by.Must(Run); err != nil {
		return members.Member{}, false, err
	}
	return d.memberOf(ctx, name)
}

// Protocol is the paper of a closed vote for the minutes, as a PDF.
func (d *Desk) Protocol(ctx context.Context, by auth.Actor, id ID, in *i18n.Printer) ([]byte, error) {
	w, err := d.Vote(ctx, by, id)
	if err != nil {
		return nil, err
	}
	p := protocol{Printer: in, house: d.house, vote: w.Vote, candidates: w.Candidates}
	if p.record, err = d.Record(ctx, by, id); err != nil {
		return nil, err
	}
	if p.tally, err = d.Result(ctx, by, id); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := paper.PDF(&b, p.document()); err != nil {
		return nil, fmt.Errorf("ballots: protocol of %s: %w", id, err)
	}
	return b.Bytes(), nil
}
