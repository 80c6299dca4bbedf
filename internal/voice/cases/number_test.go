package cases

import (
	"fmt"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// The thousandth case of a year has a number of its own, and so has the next: the
// number decides, and not how it sorts as text.
func TestDesk_beyondThreeDigits(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		first := open(t, d, "Prva")
		ok(t, d.db.Write(t.Context(), func(tx *store.Tx) error {
			first.ID = "2026-999"
			return putCase(t.Context(), tx, first)
		}))
		a, b := open(t, d, "Tisoča"), open(t, d, "Tisoč prva")
		same(t, "numbers", fmt.Sprint(a.ID, " ", b.ID), "2026-1000 2026-1001")
		same(t, "the thousandth", must[Case](t)(d.Case(t.Context(), neza, "2026-1000")).Title, "Tisoča")
	})
}
