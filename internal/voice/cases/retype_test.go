package cases

import (
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// Recognition comes after the keeping, and may be late: it neither writes over a text
// that was typed anew, nor brings back one that was deleted.
func TestDesk_recognise_late(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		old := must[Intake](t)(d.TakeIn(ctx, neza, Raw{Text: "osnutek"}))
		must[Intake](t)(d.Retype(ctx, neza, old.ID, draft))
		must[Intake](t)(d.recognise(ctx, old))
		same(t, "text", must[Intake](t)(d.Intake(ctx, neza, old.ID)).Text, draft)
		ok(t, d.DropIntake(ctx, neza, old.ID))
		must[Intake](t)(d.recognise(ctx, old))
		if _, err := d.Intake(ctx, neza, old.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("what was deleted is there again: %v", err)
		}
	})
}

// A case is not opened with a text that somebody types anew at the same moment.
func TestDesk_FromIntake_meanwhile(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		i := must[Intake](t)(d.TakeIn(ctx, neza, Raw{Text: "Prepis s telefona."}))
		// The clock is asked as each transaction begins: the text changes as the act is
		// looked for, after the intake was read.
		now, asked := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC), 0
		d.db.At(func() time.Time {
			now = now.Add(time.Second)
			if asked++; asked == 2 {
				must[Intake](t)(d.Retype(ctx, zala, i.ID, draft))
			}
			return now
		})
		_, err := d.FromIntake(ctx, neza, i.ID, Case{Title: "Zakon", Kind: procedure.Law}, TextOptions{Base: "ZPNK"})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("a case of the old text: %v", err)
		}
		if i = must[Intake](t)(d.Intake(ctx, neza, i.ID)); i.Made != "" || i.Text != draft {
			t.Errorf("the intake is %+v", i.Raw)
		}
	})
}
