package ballots

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Close ends a vote for good: the urn is opened, its key destroyed, the ballots are
// written out in the order of their receipts, and counted.
func (d *Desk) Close(ctx context.Context, by auth.Actor, id ID) (Vote, error) {
	return d.end(ctx, by, id, "ballots.close", "")
}

// Annul ends an open vote without counting it. Its ballots are destroyed.
func (d *Desk) Annul(ctx context.Context, by auth.Actor, id ID) (Vote, error) {
	return d.end(ctx, by, id, "ballots.annul", Annulled)
}

func (d *Desk) end(ctx context.Context, by auth.Actor, id ID, deed string, void Void) (Vote, error) {
	if err := by.Must(Run); err != nil {
		return Vote{}, err
	}
	v, err := store.Write(ctx, d.db, func(tx *store.Tx) (Vote, error) {
		v, err := getVote(ctx, tx, id)
		if err != nil {
			return v, err
		}
		if v.State != Open {
			return v, fault.New(fault.Conflict, "ballots.in."+string(v.State))
		}
		m, err := getMarks(ctx, tx, v)
		if err != nil {
			return v, err
		}
		papers, voters, err := d.emptied(ctx, tx, v, m)
		switch {
		case err == errNoKey:
			void = Restored
		case err != nil:
			return v, err
		case void == "" && v.Secret && len(papers) > 0 && tooFew(voters):
			void = TooFew
		}
		if void != "" {
			papers = nil
		}
		v.State, v.Over, v.Ended, v.Voted, v.Void, v.Revision = Closed, true, tx.Now, m.count(), void, v.Revision+1
		if err := d.put(ctx, tx, v); err != nil {
			return v, err
		}
		if err := d.publishDue(ctx, tx, v); err != nil {
			return v, err
		}
		if err := breakUrn(ctx, tx, id, m); err != nil {
			return v, err
		}
		if err := addBallots(ctx, tx, id, papers); err != nil {
			return v, err
		}
		if err := d.count(ctx, tx, v); err != nil {
			return v, err
		}
		return v, audit.Note(ctx, tx, by, deed, Subject(id), "voted", strconv.Itoa(v.Voted), "electors", strconv.Itoa(v.Electors), "void", string(void))
	})
	if err != nil {
		return v, err
	}
	return v, d.scour(context.WithoutCancel(ctx))
}

// scour takes out the halves of dead keys that are files, and has the database give up what it still keeps of urns in rows that are gone. A key that is
// written over stays in its row until that is done, so that it is done also after a crash.
func (d *Desk) scour(ctx context.Context) error {
	halves, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]string, error) { return dead(ctx, tx) })
	if err != nil {
		return err
	}
	for _, half := range halves {
		d.mu.Lock()
		delete(d.halves, half)
		d.mu.Unlock()
		if half == "" {
			continue
		}
		if err := d.Files.Drop(ctx, half); err != nil {
			return err
		}
	}
	if err := d.db.Scour(ctx, "fleeting_urn_keys", "vote_urns", "vote_marks", "vote_keys"); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error { return dropDead(ctx, tx) })
}

// emptied are all papers of the urn, which must be as many as were marked, and who voted.
func (d *Desk) emptied(ctx context.Context, tx *store.Tx, v Vote, m marks) (papers []leaf, voters []Elector, err error) {
	k, err := d.keyOf(ctx, tx, v.ID)
	if err != nil {
		return nil, nil, err
	}
	if papers, err = allPapers(ctx, tx, k, v); err != nil {
		return nil, nil, err
	}
	list, err := electorsOf(ctx, tx, v.ID, 0, v.Electors)
	if err != nil {
		return nil, nil, err
	}
	want := int64(0)
	for _, e := range list {
		if m.has(e.No) {
			voters = append(voters, e)
			want += v.papers(e)
		}
	}
	if int64(len(papers)) != want {
		return nil, nil, fmt.Errorf("ballots: the urn of %s has %d papers, and %d were cast", v.ID, len(papers), want)
	}
	return papers, voters, nil
}

// count counts a closed vote.
func (d *Desk) count(ctx context.Context, tx *store.Tx, v Vote) error {
	if v.Void != "" {
		return nil
	}
	r, err := d.record(ctx, tx, v)
	if err != nil {
		return err
	}
	t, err := r.Count()
	if err != nil {
		return err
	}
	return putResult(ctx, tx, v.ID, t)
}

// Repeat prepares a vote like one that is closed: a motion that tied or had no
// quorum, or an election with seats left open, in which then only those stand who
// tied for them.
func (d *Desk) Repeat(ctx context.Context, by auth.Actor, id ID, closes time.Time) (Vote, error) {
	if err := by.Must(Run); err != nil {
		return Vote{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Vote, error) {
		old, err := getVote(ctx, tx, id)
		if err != nil {
			return old, err
		}
		if old.State != Closed {
			return old, fault.New(fault.Conflict, "ballots.not_closed")
		}
		t, err := getResult(ctx, tx, id)
		if err != nil {
			return old, err
		}
		v := old
		v.ID, v.State, v.Made, v.Revision, v.Repeats, v.Proxies = ID(tx.ID()), Prepared, tx.Now, 1, id, nil
		v.Chair, v.Accepted, v.Stopped, v.Proposals = "", nil, nil, time.Time{}
		v.Over, v.Seed, v.SeedHash, v.Electors, v.Weight, v.Electorate, v.Voted, v.Void, v.Public = false, "", "", 0, 0, "", 0, "", false
		v.Opens, v.Opened, v.Ended, v.Closes = time.Time{}, time.Time{}, time.Time{}, closes.UTC().Truncate(time.Minute)
		if !v.Closes.After(tx.Now) {
			return v, fault.In("closes", "ballots.closes.past")
		}
		list, err := candidatesOf(ctx, tx, id)
		if err != nil {
			return v, err
		}
		switch again := t.Result; {
		case len(again.Second) > 0: // of two rounds the second
			v.Method, list = tally.Plurality, among(list, again.Second)
		case len(again.Tied) > 0:
			v.Seats, list = again.Open, among(list, again.Tied)
		case again.Open > 0 && len(again.Elected) > 0 && len(again.Elected) < len(list):
			v.Seats, list = again.Open, besides(list, again.Elected)
		}
		for i, c := range list {
			c.Vote, c.ID, c.Ord = v.ID, tx.ID(), i+1
			if err := putCandidate(ctx, tx, c); err != nil {
				return v, err
			}
		}
		if err := d.put(ctx, tx, v); err != nil {
			return v, err
		}
		return v, audit.Note(ctx, tx, by, "ballots.repeat", Subject(v.ID), "of", string(id))
	})
}

// Decide notes how the chair has decided a tie, where the majority leaves it to them.
func (d *Desk) Decide(ctx context.Context, by auth.Actor, id ID, chair string) (Vote, error) {
	return d.alter(ctx, by, id, "ballots.chair", Closed, func(tx *store.Tx, v *Vote) error {
		t, err := getResult(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case v.Kind != Motion || v.Void != "" || !t.Quorum || t.Outcome != tally.Tied || v.Majority.OnTie != tally.Chair:
			return fault.New(fault.Conflict, "ballots.chair.no")
		case chair != "for" && chair != "against":
			return fault.In("chair", "ballots.chair.empty")
		}
		v.Chair = chair
		return d.count(ctx, tx, *v)
	}, "chair", chair)
}

func among(list []Candidate, tied []tally.Candidate) (some []Candidate) {
	for _, c := range tied {
		some = append(some, list[c])
	}
	return some
}

func besides(list []Candidate, elected []tally.Candidate) (some []Candidate) {
	for i, c := range list {
		if !slices.Contains(elected, tally.Candidate(i)) {
			some = append(some, c)
		}
	}
	return some
}
