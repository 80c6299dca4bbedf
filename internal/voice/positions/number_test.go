package positions

import (
	"testing"

	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// The hundredth position of a year is newer than the 99th, though as text it stands
// before it.
func TestDesk_beyondTwoDigits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, Parts{})
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return putPosition(t.Context(), tx, Position{ID: "2026-99", Version: 1, Case: w.id, Title: "Staro", Lead: "Staro.", Stage: Frozen, Mandate: decided})
		})
		if err != nil {
			t.Fatal(err)
		}
		w.propose(t, w.at.Provision, "Dve leti")
		p := must(w.Begin(t.Context(), clerk, Position{Case: w.id, Title: "Novo", Lead: "Novo."}))(t)
		if p.ID != "2026-100" {
			t.Errorf("the next position is %s", p.ID)
		}
		if now := must(w.Current(t.Context(), clerk, w.id))(t); now.ID != p.ID {
			t.Errorf("the current position is %s, though %s is newer", now.ID, p.ID)
		}
		if list := must(w.Versions(t.Context(), clerk, w.id))(t); len(list) != 2 || list[0].ID != p.ID {
			t.Errorf("the versions are %v", list)
		}
	}, steps()...)
}
