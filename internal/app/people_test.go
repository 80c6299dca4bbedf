package app

import (
	"fmt"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/config"
)

// A case can be given to everyone of the office and the board, however many members
// have accounts and stand before them in the alphabet.
func TestPeople(t *testing.T) {
	c, err := config.Read([]string{"ASOCIACIJA_DATA=" + t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	for i := range 201 {
		a := accounts.Account{Name: fmt.Sprintf("Ana %03d", i), Email: fmt.Sprintf("ana%d@mreza.example", i), Roles: auth.Member}
		if i == 200 {
			a.Name, a.Roles = "Žiga", auth.Office|auth.Member
		}
		if _, err := h.Accounts.Invite(t.Context(), auth.House, a); err != nil {
			t.Fatal(err)
		}
	}
	list, err := h.people(t.Context())
	if err != nil || len(list) != 1 || list[0].Name != "Žiga" {
		t.Errorf("a case can be given to %v, %v", list, err)
	}
}
