package members

import (
	"context"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Merged is an entry that was merged into another. Its ID leads there.
type Merged struct {
	ID   ID
	Name string
	Made time.Time
}

// SharedNumbersIn are numbers that more than one member has in the same registry.
func (d *Desk) SharedNumbersIn(ctx context.Context, tx *store.Tx) (map[string][]ID, error) {
	return sharedNumbers(ctx, tx)
}

// UniteIn makes one entry of two for the room that has looked at both. What any room
// has kept about the one that is gone is about the one that is kept, and its ID leads
// there. With standing, the standing over time and the category are those of the other.
func (d *Desk) UniteIn(ctx context.Context, tx *store.Tx, by auth.Actor, into, gone Member, standing bool) (Member, error) {
	kept, err := getMember(ctx, tx, into.ID)
	if err != nil {
		return kept, err
	}
	if err := d.hand(ctx, tx, gone, kept.ID); err != nil {
		return kept, err
	}
	m, err := d.becomeOne(ctx, tx, kept, gone, into, standing)
	if err != nil {
		return m, err
	}
	if err := audit.Note(ctx, tx, by, "members.merged", Subject(gone.ID), "into", string(kept.ID)); err != nil {
		return m, err
	}
	return m, audit.Note(ctx, tx, by, "members.merge", Subject(kept.ID), "other", string(gone.ID))
}

// hand gives what others keep about the member to another. Who holds on to them and
// cannot do so keeps the merge from being made.
func (d *Desk) hand(ctx context.Context, tx *store.Tx, from Member, to ID) error {
	for _, h := range d.holders {
		if h.Merge != nil {
			if err := h.Merge(ctx, tx, from.ID, to); err != nil {
				return err
			}
			continue
		}
		if h.Holds == nil {
			continue
		}
		held, err := h.Holds(ctx, tx, from.ID)
		if err != nil {
			return err
		}
		if held {
			return fault.New(fault.Conflict, "members.merge.held", "name", from.Name)
		}
	}
	return nil
}

// becomeOne writes the entry that is kept as m, and takes the other out.
func (d *Desk) becomeOne(ctx context.Context, tx *store.Tx, kept, gone, m Member, standing bool) (Member, error) {
	m.Kind, m.Standing, m.Since, m.Term, m.Ahead, m.Category, m.Former = kept.Kind, kept.Standing, kept.Since, kept.Term, kept.Ahead, kept.Category, kept.Former
	if standing {
		spells, err := spellsOf(ctx, tx, gone.ID)
		if err != nil {
			return m, err
		}
		courses, err := coursesOf(ctx, tx, gone.ID)
		if err != nil {
			return m, err
		}
		if err := putSpells(ctx, tx, kept.ID, spells[gone.ID]); err != nil {
			return m, err
		}
		if err := putCourse(ctx, tx, kept.ID, courses[gone.ID]); err != nil {
			return m, err
		}
		m.Standing, m.Since, m.Term, m.Ahead, m.Category = gone.Standing, gone.Since, gone.Term, gone.Ahead, gone.Category
	}
	m, err := m.Tidy().detailed(ctx, tx)
	if err != nil {
		return m, err
	}
	if err := moveRows(ctx, tx, gone.ID, kept.ID); err != nil {
		return m, err
	}
	if err := moveRegistrations(ctx, tx, gone.ID, kept.ID); err != nil {
		return m, err
	}
	t := newTally()
	t.move(gone, Member{})
	if err := d.Search.Drop(ctx, tx, Subject(gone.ID)); err != nil {
		return m, err
	}
	if err := dropMember(ctx, tx, gone.ID); err != nil {
		return m, err
	}
	if err := addMerge(ctx, tx, gone, kept.ID); err != nil {
		return m, err
	}
	if m.Agents, err = answering(ctx, tx, kept.ID); err != nil {
		return m, err
	}
	m.Revision, m.Changed = kept.Revision+1, tx.Now
	if err := d.put(ctx, tx, kept, m, t); err != nil {
		return m, err
	}
	return m, t.write(ctx, tx)
}

// MergedInto lists the entries that were merged into the member.
func (d *Desk) MergedInto(ctx context.Context, by auth.Actor, id ID) ([]Merged, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Merged, error) { return mergedInto(ctx, tx, id) })
}
