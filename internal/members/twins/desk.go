// Package twins finds entries of the register that are the same member (dvojniki), and
// makes one entry of two.
//
// What holds:
//
//   - Nobody is merged without somebody who looked at both entries as they are.
//   - What any room has kept about either is about the one that is kept.
//   - Two who were told apart are not found again.
package twins

import (
	"cmp"
	"context"
	"embed"
	"io/fs"
	"maps"
	"slices"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "twins", FS: sub}
}

// A Desk is where twins are found and merged.
type Desk struct {
	db      *store.DB
	members *members.Desk
}

// New opens the desk.
func New(db *store.DB, m *members.Desk) *Desk { return &Desk{db, m} }

// Holder is what the register asks of the room.
func (d *Desk) Holder() members.Holder { return members.Holder{Name: "twins", Merge: forget} }

// A Pair is two entries that may be the same member.
type Pair struct {
	A, B   members.Brief
	Number bool // they share a number in a registry
}

// mostPairs is how many pairs Pairs finds at most.
const mostPairs = 200

// Pairs looks through the whole register for those who may be there twice: names that
// are recognised by the same words in the same place, and shared numbers.
func (d *Desk) Pairs(ctx context.Context, by auth.Actor) ([]Pair, error) {
	if err := by.Must(members.Write); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Pair, error) {
		apart, err := pairsApart(ctx, tx)
		if err != nil {
			return nil, err
		}
		alike, of := map[string][]members.ID{}, map[members.ID]members.Brief{}
		err = d.members.BriefsIn(ctx, tx, func(b members.Brief) {
			key := string(b.Kind) + " " + Alike(b.Name)
			alike[key], of[b.ID] = append(alike[key], b.ID), b
		})
		if err != nil {
			return nil, err
		}
		shared, err := d.members.SharedNumbersIn(ctx, tx)
		if err != nil {
			return nil, err
		}
		var list []Pair
		seen := map[[2]members.ID]bool{}
		add := func(a, b members.ID, number bool) {
			key := [2]members.ID{min(a, b), max(a, b)}
			if a != b && !apart[key] && !seen[key] && (number || nearby(of[a], of[b])) {
				seen[key], list = true, append(list, pairOf(of[a], of[b], number))
			}
		}
		for i, groups := range []map[string][]members.ID{shared, alike} {
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

func pairOf(a, b members.Brief, number bool) Pair {
	key := func(b members.Brief) string { return textkit.SortKey(language.Slovenian, b.Name) }
	if cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a.ID, b.ID)) > 0 {
		a, b = b, a
	}
	return Pair{a, b, number}
}

// nearby reports whether two whose names are recognised by the same words may be the
// same: where both say the place, it is the same one, or the names are nearly.
func nearby(a, b members.Brief) bool {
	return a.Place == "" || b.Place == "" || slices.Equal(words(a.Place), words(b.Place)) || a.Kind == members.Organisation && textkit.Similarity(a.Name, b.Name) > 0.9
}

// TellApart says that two who look alike are not the same.
func (d *Desk) TellApart(ctx context.Context, by auth.Actor, a, b members.ID) error {
	if err := by.Must(members.Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := putApart(ctx, tx, a, b); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.distinct", members.Subject(a), "other", string(b))
	})
}

// A Merge says how two entries become one.
type Merge struct {
	Into         members.Member // the one that is kept, as it shall be, with the Revision that was seen
	Gone         members.ID
	GoneRevision int
	Standing     bool // the standing over time, and the category, are those of the other
}

// Merge makes one entry of two. The ID of the other leads to the one that is kept for
// good. If either was changed since it was looked at, that is a Conflict and nothing is
// written.
func (d *Desk) Merge(ctx context.Context, by auth.Actor, mg Merge) (members.Member, error) {
	if err := by.Must(members.Write); err != nil {
		return members.Member{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (members.Member, error) {
		kept, err := d.members.MemberIn(ctx, tx, mg.Into.ID)
		if err != nil {
			return kept, err
		}
		gone, err := d.members.MemberIn(ctx, tx, mg.Gone)
		switch {
		case err != nil:
			return kept, err
		case kept.ID == gone.ID, kept.Kind != gone.Kind:
			return kept, fault.New(fault.Conflict, "members.merge.kinds")
		case kept.Revision != mg.Into.Revision, gone.Revision != mg.GoneRevision:
			return kept, fault.New(fault.Conflict, "members.merge.changed")
		}
		return d.members.UniteIn(ctx, tx, by, mg.Into, gone, mg.Standing)
	})
}
