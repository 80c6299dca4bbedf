package views

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var clerk = auth.Actor{User: "u1", Name: "Neža", Roles: auth.Office}

// What one keeps is for oneself, unless it is shared.
func TestDesk_Kept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := New(db)
		ctx, second := t.Context(), auth.Actor{User: "u9", Name: "Bor", Roles: auth.Office}
		own, err := d.Keep(ctx, clerk, Kept{Name: " Plesalci ", Filter: members.Filter{Field: "dance", Kind: members.Person}, Columns: []string{"place", "place", "d:1"}})
		if err != nil || own.Name != "Plesalci" {
			t.Fatal(own, err)
		}
		if _, err := d.Keep(ctx, clerk, Kept{Name: "Vsi", Shared: true}); err != nil {
			t.Fatal(err)
		}
		mine, err := d.Kept(ctx, clerk)
		theirs, err2 := d.Kept(ctx, second)
		if err != nil || err2 != nil || len(mine) != 2 || mine[0].Filter != own.Filter || len(mine[0].Columns) != 2 || len(theirs) != 1 {
			t.Errorf("%+v and %+v, %v, %v", mine, theirs, err, err2)
		}
		if err := d.Drop(ctx, second, own.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("another drops it: %v", err)
		}
		if err := d.Drop(ctx, clerk, own.ID); err != nil {
			t.Error(err)
		}
		if err := d.Choose(ctx, clerk, []string{"place", "tags"}); err != nil {
			t.Fatal(err)
		}
		if list, err := d.Chosen(ctx, clerk); err != nil || strings.Join(list, " ") != "place tags" {
			t.Errorf("%v, %v", list, err)
		}
	}, Steps(), audit.Steps())
}
