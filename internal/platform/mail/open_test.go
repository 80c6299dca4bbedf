package mail

import (
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
)

// A link to sign in that has not gone yet, or stays in a house without a server, is
// not for the office to read: anybody can ask for one in an administrator's name.
func TestDesk_Get_link(t *testing.T) {
	each(t, func(s *SMTP) { *s = SMTP{} }, func(t *testing.T, h *house) {
		l := plain("skrbnik@primer.si")
		l.Kind, l.HTML = Link, "<p>Pozdravljeni.</p>"
		id := h.post(l)
		if e := h.get(id); e.Text != "" || e.HTML != "" || e.To != "skrbnik@primer.si" {
			t.Errorf("the office reads %+v", e)
		}
		keeper := auth.Actor{User: "keeper", Roles: auth.Administrator}
		if e, err := h.Get(t.Context(), keeper, id); err != nil || e.Text == "" {
			t.Errorf("who keeps the house reads %+v, %v", e, err)
		}
	})
}

// A letter for some readers tells others only that it went.
func TestDesk_Get_readers(t *testing.T) {
	each(t, func(s *SMTP) { *s = SMTP{} }, func(t *testing.T, h *house) {
		l := plain("clan@primer.si")
		l.Readers, l.HTML = auth.Office, "<p>Pozdravljeni.</p>"
		id := h.post(l)
		if e := h.get(id); e.Text == "" {
			t.Errorf("the office reads %+v", e)
		}
		keeper := auth.Actor{User: "keeper", Roles: auth.Administrator}
		if e, err := h.Get(t.Context(), keeper, id); err != nil || e.Text != "" || e.HTML != "" || e.To != "clan@primer.si" {
			t.Errorf("who keeps the house reads %+v, %v", e, err)
		}
	})
}
