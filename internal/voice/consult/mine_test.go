package consult

import (
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
)

// Who was handed an invitation finds it when they sign in, however the address is
// capitalised there and here.
func TestDesk_Mine_handedOver(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.begin(t, r.prepare(t))
		if err := r.HandOver(t.Context(), r.way(t, "pia@pesto.si"), "Zala Mirt", "Zala@Pesto.si"); err != nil {
			t.Fatal(err)
		}
		for _, email := range []string{"zala@pesto.si", "Zala@Pesto.si", "ZALA@pesto.si"} {
			list, err := r.Mine(t.Context(), auth.Actor{User: "zala", Email: email, Roles: auth.Member})
			if err != nil || len(list) != 1 {
				t.Errorf("%s finds %d invitations, %v", email, len(list), err)
			}
		}
	})
}
