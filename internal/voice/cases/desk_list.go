package cases

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// List reads a page of the cases: those that are public, and all of them for
// those who have signed in.
func (d *Desk) List(ctx context.Context, by auth.Actor, q Query) ([]Case, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Case, error) { return listCases(ctx, tx, q, by.Can(voice.See)) })
}

// Today reads what there is to do: all of it, or what is the actor's own.
func (d *Desk) Today(ctx context.Context, by auth.Actor, today civil.Date, mine bool) (Today, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return Today{}, err
	}
	t := Today{On: today, Mine: mine}
	owner := by.User
	if !mine {
		owner = ""
	}
	return t, d.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		ask := func(waiting bool, after, last civil.Date) ([]Due, bool) {
			if err != nil {
				return nil, false
			}
			var list []Due
			list, err = agenda(ctx, tx, by.Roles, owner, waiting, after, last, today, MostRows+1)
			return bound(list)
		}
		t.Overdue, t.Longer.Overdue = ask(false, civil.Date{}, today)
		t.Next14, t.Longer.Next14 = ask(false, today, today.AddDays(14))
		t.Waiting, t.Longer.Waiting = ask(true, civil.Date{}, today.AddDays(14))
		return err
	})
}

// Due reads one thing to do.
func (d *Desk) Due(ctx context.Context, by auth.Actor, id string) (Due, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return Due{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Due, error) { return getDue(ctx, tx, id) })
}

// Snooze puts a due off until a day, on which it is shown again.
func (d *Desk) Snooze(ctx context.Context, by auth.Actor, id string, until, today civil.Date) error {
	if !until.After(today) {
		return fault.In("until", "cases.snooze.past")
	}
	return d.onDue(ctx, by, id, func(tx *store.Tx, due Due) error {
		if err := snoozeDue(ctx, tx, id, until); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.snooze", Subject(due.Case), "due", due.Kind, "until", until.String())
	})
}

// HandOver gives a due to somebody else.
func (d *Desk) HandOver(ctx context.Context, by auth.Actor, id string, to auth.Actor) error {
	if to.User == "" {
		return fault.In("to", "cases.hand_over.who")
	}
	return d.onDue(ctx, by, id, func(tx *store.Tx, due Due) error {
		if err := handDue(ctx, tx, id, to.User, to.Name); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.hand_over", Subject(due.Case), "due", due.Kind, "to", to.Name)
	})
}

func (d *Desk) onDue(ctx context.Context, by auth.Actor, id string, deed func(*store.Tx, Due) error) error {
	if err := by.Must(voice.Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		due, err := getDue(ctx, tx, id)
		if err != nil {
			return err
		}
		return deed(tx, due)
	})
}

// SetDeadline adds a day that the office sets for itself, under the case's owner.
func (d *Desk) SetDeadline(ctx context.Context, by auth.Actor, id voice.CaseID, title string, on civil.Date) error {
	var wrong fault.Fields
	if fault.Empty(title) || len(title) > 300 {
		wrong.Add("title", "cases.deadline.title")
	}
	if on.IsZero() {
		wrong.Add("day", "cases.event.day")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.work(ctx, by, id, func(tx *store.Tx, c Case) error {
		due := Due{
			ID: "own/" + tx.ID(), Case: id, Kind: OwnDue, Args: []string{"title", title}, On: on,
			Owner: c.Owner, OwnerIs: c.OwnerIs, Link: "/cases/" + string(id), Force: "own",
		}
		if due.Owner == "" {
			due.Owner, due.OwnerIs = by.User, by.Name
		}
		if err := putDue(ctx, tx, due); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.deadline", Subject(id), "title", title, "day", on.String())
	})
}

// Settle says that a day of our own is kept. Other dues are settled by the deeds
// that they ask for.
func (d *Desk) Settle(ctx context.Context, by auth.Actor, id string) error {
	return d.onDue(ctx, by, id, func(tx *store.Tx, due Due) error {
		if due.Kind != OwnDue {
			return fault.New(fault.Conflict, "cases.settle.not_own")
		}
		if err := dropDue(ctx, tx, id); err != nil {
			return err
		}
		if err := d.refreshed(ctx, tx, due.Case); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.settle", Subject(due.Case), "title", due.Arg("title"), "day", due.On.String())
	})
}

// Save writes what a person changed of a case. Its Revision says which one they
// saw; if somebody was faster it is a Conflict, and nothing is written. State,
// publicity and the judgement of the consultation have deeds of their own.
func (d *Desk) Save(ctx context.Context, by auth.Actor, c Case) (Case, error) {
	if err := c.Check(); err != nil {
		return c, err
	}
	err := d.work(ctx, by, c.ID, func(tx *store.Tx, old Case) error {
		if old.Revision != c.Revision {
			return fault.New(fault.Conflict, "cases.save.conflict")
		}
		saved := old
		saved.Title, saved.Short, saved.Kind, saved.Variant, saved.Lead, saved.Proposer = c.Title, c.Short, c.Kind, c.Variant, c.Lead, c.Proposer
		saved.Body, saved.EVA, saved.EPA, saved.SOP, saved.Code, saved.Act = c.Body, c.EVA, c.EPA, c.SOP, c.Code, c.Act
		saved.Owner, saved.OwnerIs, saved.Claimed = c.Owner, c.OwnerIs, c.Claimed
		saved.Changed, saved.Revision = tx.Now, old.Revision+1
		if err := putCase(ctx, tx, saved); err != nil {
			return err
		}
		if old.Owner != c.Owner {
			if err := handAll(ctx, tx, c.ID, old.Owner, c.Owner, c.OwnerIs); err != nil {
				return err
			}
		}
		return audit.Note(ctx, tx, by, "cases.save", Subject(c.ID), changes(old, saved)...)
	})
	if err != nil {
		return c, err
	}
	return d.Case(ctx, by, c.ID)
}

// changes are the fields that differ, for the book.
func changes(old, now Case) (list []string) {
	for _, f := range []struct{ name, old, now string }{
		{"title", old.Title, now.Title}, {"short", old.Short, now.Short}, {"kind", string(old.Kind) + " " + string(old.Variant), string(now.Kind) + " " + string(now.Variant)},
		{"proposer", old.Proposer, now.Proposer}, {"body", old.Body, now.Body}, {"eva", old.EVA, now.EVA}, {"epa", old.EPA, now.EPA}, {"sop", old.SOP, now.SOP},
		{"code", old.Code, now.Code}, {"act", string(old.Act), string(now.Act)}, {"owner", old.OwnerIs, now.OwnerIs}, {"claimed", old.Claimed, now.Claimed},
	} {
		if f.old != f.now {
			list = append(list, f.name, f.old+" → "+f.now)
		}
	}
	if old.Lead != now.Lead {
		list = append(list, "lead", "…")
	}
	return list
}

// Publish shows a case to anyone, or withdraws it.
func (d *Desk) Publish(ctx context.Context, by auth.Actor, id voice.CaseID, public bool) error {
	deed := map[bool]string{true: "cases.publish", false: "cases.withdraw"}[public]
	return d.work(ctx, by, id, func(tx *store.Tx, c Case) error {
		if c.Public == public {
			return nil
		}
		c.Public, c.Changed, c.Revision = public, tx.Now, c.Revision+1
		if err := putCase(ctx, tx, c); err != nil {
			return err
		}
		if d.parts.Shown != nil {
			if err := d.parts.Shown(ctx, tx, id); err != nil {
				return err
			}
		}
		return audit.Note(ctx, tx, by, deed, Subject(id))
	})
}

// SetState says how a case stands: that it is over and how it ended, or that it
// is open again.
func (d *Desk) SetState(ctx context.Context, by auth.Actor, id voice.CaseID, s State) error {
	known := false
	for _, one := range States() {
		known = known || one == s
	}
	if !known {
		return fault.In("state", "cases.state.unknown")
	}
	if err := by.Must(voice.Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error { return d.StateIn(ctx, tx, by, id, s) })
}
