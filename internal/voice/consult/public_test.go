package consult

import (
	"testing"

	"github.com/asociacija/asociacija/internal/voice/cases"
)

// Anyone learns of public consultations on public cases once they have begun: of
// those that take answers, and of those that are over.
func TestPublic(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.prepare(t)
		wanted := func(when string, open, all int) {
			t.Helper()
			now, err := r.PublicOpen(t.Context(), monday.AddDays(1), 10)
			if err != nil {
				t.Fatal(err)
			}
			list, err := r.Public(t.Context(), 10)
			if err != nil {
				t.Fatal(err)
			}
			if len(now) != open || len(list) != all {
				t.Errorf("%s: %d open and %d in all, want %d and %d", when, len(now), len(list), open, all)
			}
			if all > 0 && (list[0].CaseIs != "Novela ZPNK" || list[0].Kind != cases.Other || list[0].Provisions != 2) {
				t.Errorf("%s: %+v", when, list[0])
			}
		}
		if err := r.Show(t.Context(), clerk, c.ID, true, nil); err != nil {
			t.Fatal(err)
		}
		wanted("prepared", 0, 0)
		r.begin(t, c)
		wanted("open", 1, 1)
		if err := r.Show(t.Context(), clerk, c.ID, false, nil); err != nil {
			t.Fatal(err)
		}
		wanted("for members only", 0, 0)
		if err := r.Show(t.Context(), clerk, c.ID, true, nil); err != nil {
			t.Fatal(err)
		}
		if err := r.Cases.Publish(t.Context(), clerk, c.Case, false); err != nil {
			t.Fatal(err)
		}
		wanted("of a case that is not public", 0, 0)
		if err := r.Cases.Publish(t.Context(), clerk, c.Case, true); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(t.Context(), clerk, c.ID); err != nil {
			t.Fatal(err)
		}
		wanted("closed", 0, 1)
	})
}
