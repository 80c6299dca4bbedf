package bodies

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// putDecision writes a decision, what is due because of it, and what is found.
func (d *Desk) putDecision(ctx context.Context, tx *store.Tx, dec Decision) error {
	if err := putDecision(ctx, tx, dec); err != nil {
		return err
	}
	id := "bodies/" + string(dec.ID) + "/task"
	var err error
	if dec.Waits() && !dec.Task.Due.IsZero() {
		err = d.Pending.Put(ctx, tx, pending.Due{
			ID: id, Kind: "dues.bodies.task", Args: []string{"number", dec.Number, "title", dec.Title}, On: dec.Task.Due,
			Owner: dec.Task.Owner, OwnerIs: dec.Task.OwnerIs, Link: "/decisions/" + string(dec.ID) + "/task",
		})
	} else {
		err = d.Pending.Drop(ctx, tx, id)
	}
	if err != nil {
		return err
	}
	audience := map[Openness]search.Audience{ToBody: search.For(Work.Roles), ToMembers: search.Open(false), ToEverybody: search.Open(true)}
	return d.Search.Put(ctx, tx, search.Doc{
		Kind: "decision", Subject: DecisionSubject(dec.ID), Title: dec.Number + " " + dec.Title, Body: dec.Text, Link: "/decisions/" + string(dec.ID), Lang: d.Lang,
		Audience: audience[dec.Open], At: search.On(dec.On),
	})
}

// EnactIn writes a decision of a meeting inside the deed that made it. What it
// repeals stays in the register, under its number.
func (d *Desk) EnactIn(ctx context.Context, tx *store.Tx, by auth.Actor, dec Decision, repeals DecisionID) (Decision, error) {
	dec = dec.Tidy()
	dec.ID, dec.Force, dec.Revision, dec.Changed = DecisionID(tx.ID()), InForce, 1, tx.Now
	if err := dec.Check(); err != nil {
		return dec, err
	}
	if err := d.putDecision(ctx, tx, dec); err != nil {
		return dec, err
	}
	if repeals != "" {
		old, err := getDecision(ctx, tx, repeals)
		if err != nil {
			return dec, err
		}
		old.Force, old.By, old.ByID, old.Changed = Repealed, dec.Number, dec.ID, tx.Now
		old.Revision++
		if err := d.putDecision(ctx, tx, old); err != nil {
			return dec, err
		}
		if err := audit.Note(ctx, tx, by, "bodies.decision.repeal", DecisionSubject(old.ID), "number", dec.Number); err != nil {
			return dec, err
		}
	}
	return dec, audit.Note(ctx, tx, by, "bodies.decision.add", DecisionSubject(dec.ID), "number", dec.Number)
}

// DecisionIn reads a decision inside another deed, whose room has asked for its own
// right.
func (d *Desk) DecisionIn(ctx context.Context, tx *store.Tx, id DecisionID) (Decision, error) {
	return getDecision(ctx, tx, id)
}

// ForgetIn takes out a decision whose vote was counted wrong, inside the deed that
// takes the vote back.
func (d *Desk) ForgetIn(ctx context.Context, tx *store.Tx, by auth.Actor, id DecisionID) error {
	if err := dropDecision(ctx, tx, id); err != nil {
		return err
	}
	if err := d.Pending.Drop(ctx, tx, "bodies/"+string(id)+"/task"); err != nil {
		return err
	}
	if err := d.Search.Drop(ctx, tx, DecisionSubject(id)); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "bodies.decision.void", DecisionSubject(id))
}

// TakenIn reports whether a decision of the register has the number.
func (d *Desk) TakenIn(ctx context.Context, tx *store.Tx, number string) (bool, error) {
	id, err := numbered(ctx, tx, number)
	return id != "", err
}

// AddDecision writes a decision from before the register was kept here, under the
// number it has.
func (d *Desk) AddDecision(ctx context.Context, by auth.Actor, dec Decision) (Decision, error) {
	dec = dec.Tidy()
	dec.Old, dec.Meeting, dec.Motion = true, "", ""
	if err := by.Must(Work); err != nil {
		return dec, err
	}
	if err := dec.Check(); err != nil {
		return dec, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Decision, error) {
		dec := dec
		b, err := getBody(ctx, tx, dec.Body)
		if err != nil {
			return dec, fault.In("body", "bodies.missing")
		}
		dec.ID, dec.BodyIs, dec.BodyKind, dec.Revision, dec.Changed = DecisionID(tx.ID()), b.Name, b.Kind, 1, tx.Now
		if err := d.putDecision(ctx, tx, dec); err != nil {
			return dec, err
		}
		return dec, audit.Note(ctx, tx, by, "bodies.decision.add", DecisionSubject(dec.ID), "number", dec.Number)
	})
}

// SaveDecision changes what may change of a decision: whether it is in force, its
// task, the case it is a mandate for, who may read it. What repeals it is found by
// its number, if it is in the register.
func (d *Desk) SaveDecision(ctx context.Context, by auth.Actor, to Decision) (Decision, error) {
	if err := by.Must(Work); err != nil {
		return to, err
	}
	to = to.Tidy()
	var now Decision
	err := d.db.Write(ctx, func(tx *store.Tx) (err error) {
		if now, err = getDecision(ctx, tx, to.ID); err != nil {
			return err
		}
		if now.Revision != to.Revision {
			return fault.New(fault.Conflict, "bodies.changed")
		}
		to := to
		if to.ByID = ""; to.Force == Repealed {
			if to.ByID, err = numbered(ctx, tx, to.By); err != nil {
				return err
			}
		} else {
			to.By = ""
		}
		next := now.Kept(to)
		if err := next.Check(); err != nil {
			return err
		}
		if next.Task.Owner != now.Task.Owner { // the list of today keeps who has a due, unless it is another due
			if err := d.Pending.Drop(ctx, tx, "bodies/"+string(to.ID)+"/task"); err != nil {
				return err
			}
		}
		next.Revision, next.Changed = now.Revision+1, tx.Now
		if err := d.putDecision(ctx, tx, next); err != nil {
			return err
		}
		now = next
		return audit.Note(ctx, tx, by, "bodies.decision.save", DecisionSubject(to.ID), "force", string(now.Force), "open", string(now.Open))
	})
	return now, err
}

// Finish notes that the task of a decision is done since the day, or not after all
// if it is none: by the office, or by whose task it is.
func (d *Desk) Finish(ctx context.Context, by auth.Actor, id DecisionID, done civil.Date) (Decision, error) {
	p, err := d.Who(ctx, by)
	if err == nil && !p.Known {
		err = by.Must(See)
	}
	if err != nil {
		return Decision{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Decision, error) {
		dec, err := getDecision(ctx, tx, id)
		if err != nil {
			return dec, err
		}
		if !p.Office && !dec.Task.Is(p) {
			return Decision{}, by.Must(Work)
		}
		if dec, err = dec.Finish(done); err != nil {
			return dec, err
		}
		dec.Revision, dec.Changed = dec.Revision+1, tx.Now
		if err := d.putDecision(ctx, tx, dec); err != nil {
			return dec, err
		}
		if done.IsZero() {
			return dec, audit.Note(ctx, tx, by, "bodies.task.reopen", DecisionSubject(id), "number", dec.Number)
		}
		return dec, audit.Note(ctx, tx, by, "bodies.task.done", DecisionSubject(id), "number", dec.Number)
	})
}

// MyTasks lists the decisions of which the actor has something to do, the nearest
// first.
func (d *Desk) MyTasks(ctx context.Context, by auth.Actor) ([]Decision, error) {
	p, err := d.Who(ctx, by)
	if err != nil || !p.Known {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Decision, error) { return doing(ctx, tx, p, 50) })
}

// Decision reads one decision for who may read it.
func (d *Desk) Decision(ctx context.Context, by auth.Actor, id DecisionID) (Decision, error) {
	p, err := d.Who(ctx, by)
	if err != nil {
		return Decision{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Decision, error) {
		dec, err := getDecision(ctx, tx, id)
		switch {
		case err != nil || p.Office || dec.Open == ToEverybody || p.Known && (dec.Open == ToMembers || dec.Task.Is(p)):
			return dec, err
		case !p.Known:
			return Decision{}, by.Must(See)
		}
		sits, err := sitsIn(ctx, tx, p, d.day(tx.Now))
		for _, b := range sits {
			if b == dec.Body {
				return dec, err
			}
		}
		if err == nil {
			err = fault.New(fault.Missing, "bodies.decision.missing")
		}
		return Decision{}, err
	})
}

// Decisions lists a page of the register as the actor may read it. Passers-by read
// what is public.
func (d *Desk) Decisions(ctx context.Context, by auth.Actor, q DecisionQuery) ([]Decision, error) {
	p, err := d.Who(ctx, by)
	if err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Decision, error) {
		var sits []BodyID
		if p.Known && !p.Office {
			if sits, err = sitsIn(ctx, tx, p, d.day(tx.Now)); err != nil {
				return nil, err
			}
		}
		return listDecisions(ctx, tx, q, p, sits)
	})
}

// DecisionsFor lists the decisions that stand as mandates for a case, the latest
// first.
func (d *Desk) DecisionsFor(ctx context.Context, by auth.Actor, number string) ([]Decision, error) {
	if number == "" {
		return nil, nil
	}
	all, err := d.Decisions(ctx, by, DecisionQuery{Case: number, Limit: 100})
	var stand []Decision
	for _, dec := range all {
		if dec.Force != Repealed {
			stand = append(stand, dec)
		}
	}
	return stand, err
}

// Tasks lists decisions of which something is to be done, the nearest first.
func (d *Desk) Tasks(ctx context.Context, by auth.Actor, limit int) ([]Decision, error) {
	if err := by.Must(Work); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Decision, error) { return tasks(ctx, tx, limit) })
}

// Years are those in which something was decided, the latest first.
func (d *Desk) Years(ctx context.Context, by auth.Actor) ([]int, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]int, error) { return years(ctx, tx) })
}
