package consult

import (
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// searched is each with an index; found counts what somebody finds.
func searched(t *testing.T, f func(t *testing.T, r *room, found func(auth.Actor, string) int)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db, three)
		r.Search = search.New(db)
		r.Cases = cases.New(db).With(cases.Parts{Zone: time.UTC, Shown: r.CaseShown})
		f(t, r, func(by auth.Actor, text string) int {
			t.Helper()
			p, err := r.Search.Find(t.Context(), by, search.Query{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			return len(p.Hits)
		})
	}, append(steps, search.Steps())...)
}

// A consultation is found by anyone as long as its case is for anyone, and no longer.
func TestSearch_withdrawn(t *testing.T) {
	searched(t, func(t *testing.T, r *room, found func(auth.Actor, string) int) {
		ctx := t.Context()
		c := r.begin(t, r.prepare(t))
		if err := r.Show(ctx, clerk, c.ID, true, nil); err != nil {
			t.Fatal(err)
		}
		for _, public := range []bool{true, false, true} {
			if err := r.Cases.Publish(ctx, clerk, c.Case, public); err != nil {
				t.Fatal(err)
			}
			if n := found(nobody, c.Title); (n > 0) != public {
				t.Errorf("of a case that is public: %v, a passer-by finds %d", public, n)
			}
			if found(dancer, c.Title) == 0 {
				t.Error("a member finds nothing")
			}
		}
	})
}

// What a member has saved and not sent is not found by the office, though it has
// typed in something else for the same member.
func TestSearch_draft(t *testing.T) {
	searched(t, func(t *testing.T, r *room, found func(auth.Actor, string) int) {
		ctx := t.Context()
		r.begin(t, r.prepare(t))
		way := r.way(t, "pia@pesto.si")
		saved, err := r.Save(ctx, way, Saving{Given: []Given{say("art_12__para_1", voice.Support, "premišljujem", 0)}})
		if err != nil {
			t.Fatal(err)
		}
		heard := Saving{Channel: Meeting, Given: []Given{say("art_18", voice.Object, "nasprotujemo", 0)}}
		if _, err := r.TypeIn(ctx, clerk, saved.Invitation.ID, heard); err != nil {
			t.Fatal(err)
		}
		if found(clerk, "nasprotujemo ") != 1 || found(clerk, "premišljujem ") != 0 {
			t.Errorf("the office finds %d of what it typed, %d of the draft", found(clerk, "nasprotujemo "), found(clerk, "premišljujem "))
		}
		if _, err := r.Send(ctx, way, Saving{}); err != nil {
			t.Fatal(err)
		}
		if found(clerk, "premišljujem ") != 1 {
			t.Error("the office does not find what was sent")
		}
	})
}
