package app

import (
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// The morning letter comes once to those who want it, on working days.
func TestDigest(t *testing.T) {
	h := furnished(t)
	for range 2 {
		if err := h.digest(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	list, err := h.Mail.Outbox(t.Context(), auth.House, mail.Query{Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	var to []string
	for _, e := range list {
		if e.Kind == mail.Digest {
			to = append(to, e.To)
		}
	}
	if len(to) != 1 || to[0] != "neza.skrbec@mnk.example" {
		t.Errorf("the morning letter went to %v", to)
	}
	christmas := time.Date(2026, 12, 25, 6, 30, 0, 0, time.UTC)
	if h.working(christmas) || !h.working(christmas.AddDate(0, 0, -1)) {
		t.Error("a holiday is a working day, or the day before is none")
	}
}

// The register keeps whom a consultation has asked: an import that brought them in
// cannot be undone over their heads.
func TestHeld(t *testing.T) {
	h := furnished(t)
	list, err := h.Members.List(t.Context(), auth.House, members.Query{Limit: 1})
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	for _, tt := range []struct {
		id   members.ID
		want bool
	}{{list[0].ID, true}, {"nobody", false}} {
		got, err := store.Read(t.Context(), h.DB, func(tx *store.Tx) (bool, error) { return h.Members.Held(t.Context(), tx, tt.id) })
		if err != nil || got != tt.want {
			t.Errorf("%s is held: %v, %v", tt.id, got, err)
		}
	}
}

// What members answered is found by the office and the board, in any form of its
// words, and by nobody else; the consultation itself by everyone when it is public.
func TestSearch_answers(t *testing.T) {
	h := furnished(t)
	for _, tt := range []struct {
		who        auth.Roles
		text, kind string
		found      bool
	}{
		{auth.Office, "meril zamrznjenega zneska", "answer", true},
		{auth.Office, "zamrzniti znesek", "answer", true},
		{auth.Board, "mlade organizacije", "answer", true},
		{auth.Member, "zamrzniti znesek", "answer", false},
		{auth.Nobody, "zamrzniti znesek", "answer", false},
		{auth.Nobody, "strokovnih komisij", "consultation", true},
	} {
		found, err := h.Search.Find(t.Context(), auth.Actor{User: "x", Roles: tt.who}, search.Query{Text: tt.text, Kind: tt.kind})
		if err != nil || (len(found.Hits) > 0) != tt.found {
			t.Errorf("%v looks for %q: %d found, %v", tt.who, tt.text, len(found.Hits), err)
		}
	}
}
