package ballots

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Schedule has a vote open by itself at its hour. Whoever does so reads the warnings that
// they would if they opened it now, and Sure says that they have. Changing the vote takes it back.
func (d *Desk) Schedule(ctx context.Context, by auth.Actor, id ID, sure bool) (Vote, error) {
	return d.alter(ctx, by, id, "ballots.schedule", Prepared, func(tx *store.Tx, v *Vote) error {
		if !v.Opens.After(tx.Now) {
			return fault.New(fault.Conflict, "ballots.schedule.past")
		}
		if _, err := d.slate(ctx, tx, *v); err != nil && !v.proposing(tx.Now) {
			return err // while members propose, the list is judged at the opening
		}
		list, err := d.gather(ctx, tx, *v)
		if err != nil {
			return err
		}
		warnings, err := weigh(*v, list)
		if err == nil {
			err = read(warnings, sure)
		}
		if err != nil {
			return err
		}
		if warnings == nil {
			warnings = []Warning{}
		}
		v.Accepted, v.Stopped = &warnings, nil
		return d.Pending.Drop(ctx, tx, dueID(id))
	})
}

// openDue opens a vote whose hour has come, if nobody has to be asked. Else it stops,
// says why, and waits for the office.
func (d *Desk) openDue(ctx context.Context, id ID) error {
	_, err := d.alter(ctx, auth.House, id, "ballots.open", Prepared, func(tx *store.Tx, v *Vote) error {
		if v.Accepted == nil {
			return fault.New(fault.Conflict, "ballots.schedule.asked")
		}
		return d.open(ctx, tx, auth.House, v, func(now []Warning) error {
			if w, is := worse(now, *v.Accepted); is {
				return fault.New(fault.Conflict, w.Key, w.Args...)
			}
			return nil
		})
	})
	why := fault.Of(err)
	if why == nil {
		return err
	}
	_, err = d.alter(ctx, auth.House, id, "ballots.stop", Prepared, func(_ *store.Tx, v *Vote) error {
		v.Accepted, v.Stopped = nil, &Warning{why.Key, why.Args}
		return nil
	}, "why", why.Key)
	return err
}

// put writes a vote, where it is found, and what it has the office do.
func (d *Desk) put(ctx context.Context, tx *store.Tx, v Vote) error {
	if err := putVote(ctx, tx, v); err != nil {
		return err
	}
	audience := search.Open(v.State == Closed && v.Public)
	if v.State == Prepared && v.Proposals.IsZero() {
		audience = search.For(Run.Roles)
	}
	err := d.Search.Put(ctx, tx, search.Doc{
		Kind: "vote", Subject: Subject(v.ID), Title: v.Title, Body: v.Text, Link: Link(v.ID), Lang: d.house.Lang, Audience: audience, At: v.Made,
	})
	if err != nil {
		return err
	}
	due, on := "", d.today(tx)
	switch {
	case v.State == Prepared && v.Stopped != nil:
		due = "dues.ballots.stopped"
	case v.State == Open:
		due, on = "dues.ballots.close", civil.Of(v.Closes, d.house.Zone)
	case v.State == Closed && (v.Void == TooFew || v.Void == Restored):
		due = "dues.ballots.repeat"
	case v.State == Closed && v.Void == "":
		return nil
	default:
		return d.Pending.Drop(ctx, tx, dueID(v.ID))
	}
	return d.Pending.Put(ctx, tx, pending.Due{ID: dueID(v.ID), Kind: due, Args: []string{"title", v.Title}, On: on, Link: Link(v.ID)})
}

// publishDue has the office say who sees the result of a vote that is over.
func (d *Desk) publishDue(ctx context.Context, tx *store.Tx, v Vote) error {
	if v.Void != "" {
		return nil
	}
	return d.Pending.Put(ctx, tx, pending.Due{ID: dueID(v.ID), Kind: "dues.ballots.publish", Args: []string{"title", v.Title}, On: d.today(tx), Link: Link(v.ID) + "/result"})
}

// forget takes a vote out of what is found and what is to be done.
func (d *Desk) forget(ctx context.Context, tx *store.Tx, id ID) error {
	if err := d.Search.Drop(ctx, tx, Subject(id)); err != nil {
		return err
	}
	return d.Pending.Drop(ctx, tx, dueID(id))
}

func dueID(id ID) string { return "votes/" + string(id) }
