package ballots

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

//go:embed lang
var words embed.FS

// Words are the catalogues of letters and papers.
func Words() embed.FS { return words }

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "ballots", FS: sub}
}

// A House is what letters and papers say of the association.
type House struct {
	Name string
	URL  string // public address, without a slash at the end
	Lang string // in which the association writes
	Zone *time.Location
	In   func(lang string) *i18n.Printer
}

// A Seat is a person with a vote on a body or at a meeting.
type Seat struct {
	ID     string
	Holder string     // the seat that votes for this one; empty for themself
	Member members.ID // empty for who is no member
	Kind   members.Kind
	Name   string
	Person string // who casts the ballot
	Email  string
	Lang   string
	Weight int64
}

// Others are the desks that this room works with.
type Others struct {
	Members *members.Desk
	Jobs    *jobs.Desk
	Mail    *mail.Desk
	Search  *search.Index // nil if nothing is to be found
	Pending pending.List  // what is to be done
	Files   blob.Store    // where the other half of the key of an urn lies
	// Seats are who has a vote on a body (OfBody) or at a meeting (OfMeeting) on the
	// day; nil where there are neither.
	Seats func(ctx context.Context, tx *store.Tx, who Who, of string, day civil.Date) ([]Seat, error)
}

// A Desk is where votes are held.
type Desk struct {
	db    *store.DB
	house House
	Others

	mu     sync.Mutex
	lines  map[ID]*queue     // who waits to cast
	halves map[string]urnKey // of keys, by the names of their files
}

// Kinds of jobs.
const (
	lettersKind = "ballots.letters"
	remindKind  = "ballots.remind"
	turnKind    = "ballots.turn"
	callKind    = "ballots.call"
)

// New opens the desk, and has its work done by the queue: letters when they are
// asked for, and every five minutes what opens and closes by itself.
func New(db *store.DB, house House, with Others) *Desk {
	d := &Desk{db: db, house: house, Others: with, lines: map[ID]*queue{}, halves: map[string]urnKey{}}
	d.Jobs.Handle(lettersKind, d.letters)
	d.Jobs.Handle(remindKind, d.remind)
	d.Jobs.Handle(callKind, d.callAll)
	d.Jobs.Handle(turnKind, d.turn)
	d.Jobs.Every(turnKind, jobs.Minutes(5), turnKind)
	return d
}

// Subject names a vote in the book and in the ledger of letters.
func Subject(id ID) string { return "vote/" + string(id) }

// Link is the page of a vote.
func Link(id ID) string { return "/votes/" + string(id) }

func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.house.Zone) }

// Prepare writes a new vote.
func (d *Desk) Prepare(ctx context.Context, by auth.Actor, v Vote) (Vote, error) {
	if err := by.Must(Run); err != nil {
		return v, err
	}
	v = v.Tidy()
	if err := v.Check(); err != nil {
		return v, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Vote, error) {
		v := v
		v.ID, v.State, v.Made, v.Revision = ID(tx.ID()), Prepared, tx.Now, 1
		v.Over, v.Seed, v.SeedHash, v.Electors, v.Weight, v.Electorate, v.Voted, v.Void = false, "", "", 0, 0, "", 0, ""
		v.Opened, v.Ended, v.Chair, v.Accepted, v.Stopped = time.Time{}, time.Time{}, "", nil, nil
		if !v.Closes.After(tx.Now) {
			return v, fault.In("closes", "ballots.closes.past")
		}
		if err := d.put(ctx, tx, v); err != nil {
			return v, err
		}
		return v, audit.Note(ctx, tx, by, "ballots.prepare", Subject(v.ID), "kind", string(v.Kind))
	})
}

// alter changes a vote in one of the states. It is a Conflict in another.
func (d *Desk) alter(ctx context.Context, by auth.Actor, id ID, deed string, in State, f func(*store.Tx, *Vote) error, detail ...string) (Vote, error) {
	if err := by.Must(Run); err != nil {
		return Vote{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Vote, error) {
		v, err := getVote(ctx, tx, id)
		if err != nil {
			return v, err
		}
		if v.State != in {
			return v, fault.New(fault.Conflict, "ballots.in."+string(v.State))
		}
		if err := f(tx, &v); err != nil {
			return v, err
		}
		v.Revision++
		if err := d.put(ctx, tx, v); err != nil {
			return v, err
		}
		return v, audit.Note(ctx, tx, by, deed, Subject(id), detail...)
	})
}

// Change writes over what is said of a vote that is not open yet. If somebody
// changed it since v.Revision, nothing is written and the fault is a Conflict.
func (d *Desk) Change(ctx context.Context, by auth.Actor, v Vote) (Vote, error) {
	v = v.Tidy()
	if err := v.Check(); err != nil {
		return v, err
	}
	return d.alter(ctx, by, v.ID, "ballots.change", Prepared, func(tx *store.Tx, old *Vote) error {
		switch {
		case old.Revision != v.Revision:
			return fault.New(fault.Conflict, "ballots.changed")
		case !v.Closes.After(tx.Now):
			return fault.In("closes", "ballots.closes.past")
		}
		now := v
		now.State, now.Made, now.Repeats, now.Proxies = old.State, old.Made, old.Repeats, old.Proxies
		now.Accepted, now.Stopped, now.Chair = nil, nil, ""
		*old = now
		return nil
	})
}

// Drop takes out a vote that was never opened.
func (d *Desk) Drop(ctx context.Context, by auth.Actor, id ID) error {
	if err := by.Must(Run); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		v, err := getVote(ctx, tx, id)
		if err != nil {
			return err
		}
		if v.State != Prepared {
			return fault.New(fault.Conflict, "ballots.in."+string(v.State))
		}
		if err := dropVote(ctx, tx, id); err != nil {
			return err
		}
		if err := d.forget(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "ballots.drop", Subject(id))
	})
}

// Stand puts a candidate on the list of an election that is not open yet, or
// changes the one with its ID.
func (d *Desk) Stand(ctx context.Context, by auth.Actor, c Candidate) (Candidate, error) {
	c = c.Tidy()
	if err := c.Check(); err != nil {
		return c, err
	}
	_, err := d.alter(ctx, by, c.Vote, "ballots.candidate", Prepared, func(tx *store.Tx, v *Vote) error {
		if v.Kind != Election {
			return fault.New(fault.Conflict, "ballots.no_election")
		}
		list, err := candidatesOf(ctx, tx, v.ID)
		if err != nil {
			return err
		}
		if c.ID == "" && len(list) >= mostRivals {
			return fault.In("name", "ballots.candidate.many", "most", mostRivals)
		}
		for _, o := range list {
			if o.ID != c.ID && o.Name == c.Name {
				return fault.In("name", "ballots.candidate.twice")
			}
		}
		if c.ID == "" {
			c.ID, c.Ord = tx.ID(), len(list)+1
		} else if i := slices.IndexFunc(list, func(o Candidate) bool { return o.ID == c.ID }); i >= 0 {
			c.Ord = list[i].Ord
		} else {
			return missing()
		}
		return putCandidate(ctx, tx, c)
	})
	return c, err
}

// Withdraw takes a candidate off the list of an election that is not open yet.
func (d *Desk) Withdraw(ctx context.Context, by auth.Actor, id ID, candidate string) error {
	_, err := d.alter(ctx, by, id, "ballots.withdraw", Prepared, func(tx *store.Tx, _ *Vote) error {
		return dropCandidate(ctx, tx, id, candidate)
	})
	return err
}

// Entrust notes that a member has another vote for them.
func (d *Desk) Entrust(ctx context.Context, by auth.Actor, id ID, p Proxy) error {
	_, err := d.alter(ctx, by, id, "ballots.proxy", Prepared, func(_ *store.Tx, v *Vote) error {
		held := 0
		for _, o := range v.Proxies {
			switch {
			case o.From == p.From:
				return fault.In("from", "ballots.proxy.twice")
			case o.From == p.To, o.To == p.From:
				return fault.In("to", "ballots.proxy.chain", "name", p.ToName)
			case o.To == p.To:
				held++
			}
		}
		switch {
		case p.From == p.To:
			return fault.In("to", "ballots.proxy.self")
		case held >= v.ProxyLimit:
			return fault.In("to", "ballots.proxy.many", "name", p.ToName, "most", v.ProxyLimit)
		}
		v.Proxies = append(v.Proxies, p)
		return nil
	})
	return err
}

// Revoke takes a proxy back.
func (d *Desk) Revoke(ctx context.Context, by auth.Actor, id ID, from members.ID) error {
	_, err := d.alter(ctx, by, id, "ballots.proxy.revoke", Prepared, func(_ *store.Tx, v *Vote) error {
		v.Proxies = slices.DeleteFunc(v.Proxies, func(p Proxy) bool { return p.From == from })
		return nil
	})
	return err
}

// Publish says whether anybody may see the result of a closed vote.
func (d *Desk) Publish(ctx context.Context, by auth.Actor, id ID, public bool) error {
	_, err := d.alter(ctx, by, id, "ballots.publish", Closed, func(tx *store.Tx, v *Vote) error {
		v.Public = public
		return d.Pending.Drop(ctx, tx, dueID(v.ID))
	}, "public", strconv.FormatBool(public))
	return err
}

// Extend gives an open vote more time, once its time is not over.
func (d *Desk) Extend(ctx context.Context, by auth.Actor, id ID, closes time.Time) error {
	_, err := d.alter(ctx, by, id, "ballots.extend", Open, func(tx *store.Tx, v *Vote) error {
		switch {
		case v.over(tx.Now):
			return fault.New(fault.Conflict, "ballots.over")
		case !closes.After(v.Closes):
			return fault.In("closes", "ballots.extend.early")
		}
		v.Closes = closes.UTC().Truncate(time.Minute)
		return nil
	}, "closes", store.Time(closes))
	return err
}

// over reports whether the time of an open vote is over.
func (v Vote) over(now time.Time) bool { return v.Over || !now.Before(v.Closes) }
