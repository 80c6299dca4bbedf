package members

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/asociacija/asociacija/engine/textkit"
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

// A Pair is two entries that may be the same member.
type Pair struct {
	A, B   Brief
	Number bool // they share a number in a registry
}

// mostPairs is how many pairs Duplicates finds at most.
const mostPairs = 200

// Duplicates looks through the whole register for those who may be there twice:
// names that are recognised by the same words in the same place, and shared numbers.
// Pairs that somebody has told apart are left out.
func (d *Desk) Duplicates(ctx context.Context, by auth.Actor) ([]Pair, error) {
	if err := by.Must(Write); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Pair, error) {
		apart, err := distinctPairs(ctx, tx)
		if err != nil {
			return nil, err
		}
		alike, of := map[string][]ID{}, map[ID]Brief{}
		err = briefs(ctx, tx, func(b Brief) {
			key := string(b.Kind) + " " + Alike(b.Name)
			alike[key], of[b.ID] = append(alike[key], b.ID), b
		})
		if err != nil {
			return nil, err
		}
		shared, err := sharedNumbers(ctx, tx)
		if err != nil {
			return nil, err
		}
		var list []Pair
		seen := map[[2]ID]bool{}
		add := func(a, b ID, number bool) {
			key := [2]ID{min(a, b), max(a, b)}
			if a != b && !apart[key] && !seen[key] && (number || nearby(of[a], of[b])) {
				seen[key], list = true, append(list, pairOf(of[a], of[b], number))
			}
		}
		for i, groups := range []map[string][]ID{shared, alike} {
			for _, key := range slices.Sorted(maps.Keys(groups)) {
				for k, a := range groups[key] {
					for _, b := range groups[key][k+1 : min(len(groups[key]), k+10)] {
						add(a, b, i == 0)
					}
				}
			}
		}
		return list[:min(len(list), mostPairs)], nil
	})
}

func pairOf(a, b Brief, number bool) Pair {
	if cmp.Or(cmp.Compare(sortKey(a.Name), sortKey(b.Name)), cmp.Compare(a.ID, b.ID)) > 0 {
		a, b = b, a
	}
	return Pair{a, b, number}
}

// nearby reports whether two whose names are recognised by the same words may be the
// same: where both say the place, it is the same one, or the names are nearly.
func nearby(a, b Brief) bool {
	return a.Place == "" || b.Place == "" || folded(a.Place) == folded(b.Place) || a.Kind == Organisation && textkit.Similarity(a.Name, b.Name) > 0.9
}

// TellApart says that two who look alike are not the same.
func (d *Desk) TellApart(ctx context.Context, by auth.Actor, a, b ID) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := putDistinct(ctx, tx, a, b); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.distinct", Subject(a), "other", string(b))
	})
}

// A Merge says how two entries become one.
type Merge struct {
	Into         Member // the one that is kept, as it shall be, with the Revision that was seen
	Gone         ID
	GoneRevision int
	Standing     bool // the standing over time, and the category, are those of the other
}

// Merge makes one entry of two. What any room has kept about the other is about the
// one that is kept, and the ID of the other leads to it for good. If either was
// changed since it was looked at, that is a Conflict and nothing is written.
func (d *Desk) Merge(ctx context.Context, by auth.Actor, mg Merge) (Member, error) {
	if err := by.Must(Write); err != nil {
		return Member{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Member, error) {
		kept, err := getMember(ctx, tx, mg.Into.ID)
		if err != nil {
			return kept, err
		}
		gone, err := getMember(ctx, tx, mg.Gone)
		switch {
		case err != nil:
			return kept, err
		case kept.ID == gone.ID, kept.Kind != gone.Kind:
			return kept, fault.New(fault.Conflict, "members.merge.kinds")
		case kept.Revision != mg.Into.Revision, gone.Revision != mg.GoneRevision:
			return kept, fault.New(fault.Conflict, "members.merge.changed")
		}
		if err := d.hand(ctx, tx, gone, kept.ID); err != nil {
			return kept, err
		}
		m, err := d.becomeOne(ctx, tx, kept, gone, mg)
		if err != nil {
			return m, err
		}
		if err := audit.Note(ctx, tx, by, "members.merged", Subject(gone.ID), "into", string(kept.ID)); err != nil {
			return m, err
		}
		return m, audit.Note(ctx, tx, by, "members.merge", Subject(kept.ID), "other", string(gone.ID))
	})
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

// becomeOne writes the entry that is kept, and takes the other out.
func (d *Desk) becomeOne(ctx context.Context, tx *store.Tx, kept, gone Member, mg Merge) (Member, error) {
	m := mg.Into
	m.Kind, m.Standing, m.Since, m.Term, m.Category, m.Former = kept.Kind, kept.Standing, kept.Since, kept.Term, kept.Category, kept.Former
	if mg.Standing {
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
		m.Standing, m.Since, m.Term, m.Category = gone.Standing, gone.Since, gone.Term, gone.Category
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
