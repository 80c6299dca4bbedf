package app_test

import (
	"slices"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Of the freelancer of the demo house, who is asked in consultations, nothing is
// left; what was counted stays.
func TestErase_demo(t *testing.T) {
	c, err := config.Read([]string{"ASOCIACIJA_DATA=" + t.TempDir(), "ASOCIACIJA_DEMO=true", "ASOCIACIJA_NAME=" + app.DemoName}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := app.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := h.Furnish(t.Context()); err != nil {
		t.Fatal(err)
	}
	in, err := h.Accounts.Demo(t.Context(), h.Doors()[3])
	if err != nil {
		t.Fatal(err)
	}
	mine, err := h.Own.Mine(t.Context(), in.Account.Actor())
	if err != nil || len(mine) != 1 || mine[0].Kind != members.Person {
		t.Fatal(mine, err)
	}
	one := mine[0]
	words := []string{one.Name, members.Called(one.Name), one.Email}
	traces := func() (list []string) {
		err := h.DB.Read(t.Context(), func(tx *store.Tx) error {
			found, err := tx.Traces(t.Context(), words)
			for _, tr := range found {
				list = append(list, tr.Table)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if where := traces(); !slices.Contains(where, "consult_invitations") || !slices.Contains(where, "search_docs") {
		t.Fatalf("the demo house has them in %v only", where)
	}
	today := civil.Of(h.DB.Now(), c.TimeZone)
	if err := h.Own.Leave(t.Context(), in.Account.Actor(), one.ID, today, ""); err != nil {
		t.Fatal(err)
	}
	if err := h.Own.Erase(t.Context(), auth.House, one.ID); err != nil {
		t.Fatal(err)
	}
	if where := traces(); len(where) > 0 {
		t.Errorf("traces of %v are left in %v", words, where)
	}
}
