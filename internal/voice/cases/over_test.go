package cases

import (
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// What other rooms still do in a case that is over, such as closing a consultation or
// noting a late delivery, makes nothing due in it.
func TestDesk_PutDue_over(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		c := open(t, d, "Zakon")
		put := func() {
			t.Helper()
			ok(t, d.db.Write(t.Context(), func(tx *store.Tx) error {
				return d.PutDue(t.Context(), tx, Due{ID: "consult/1/review", Case: c.ID, Kind: "dues.consult.review", On: morning})
			}))
		}
		dues := func() string {
			return said(must[File](t)(d.File(t.Context(), neza, c.ID, morning)).Dues)
		}
		put()
		same(t, "due in a case that is open", dues(), "dues.consult.review  2026-11-17")
		ok(t, d.SetState(t.Context(), neza, c.ID, Won))
		put()
		same(t, "due in a case that is over", dues(), "")
		ok(t, d.SetState(t.Context(), neza, c.ID, Open))
		put()
		same(t, "due in a case that is open again", dues(), "dues.consult.review  2026-11-17")
	})
}

// What only the office may do is not on the list of the board.
func TestDesk_PutDue_for(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ok(t, d.db.Write(t.Context(), func(tx *store.Tx) error {
			return d.PutDue(t.Context(), tx, Due{ID: "bank/waiting", Kind: "dues.due.bank", On: morning, For: auth.Office})
		}))
		for who, want := range map[auth.Roles]string{auth.Office: "dues.due.bank  2026-11-17", auth.Board: "", auth.Office | auth.Board: "dues.due.bank  2026-11-17"} {
			today := must[Today](t)(d.Today(t.Context(), auth.Actor{User: "u", Roles: who}, morning, false))
			same(t, who.String(), said(today.Overdue), want)
		}
	})
}
