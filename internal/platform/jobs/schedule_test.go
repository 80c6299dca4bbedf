package jobs

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	_ "time/tzdata" // the place of the house, wherever the test runs

	"github.com/asociacija/asociacija/internal/platform/store"
)

func TestSchedule_slot(t *testing.T) {
	place, err := time.LoadLocation("Europe/Ljubljana")
	if err != nil {
		t.Fatal(err)
	}
	workdays := func(day time.Time) bool { return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday }
	for _, tt := range []struct {
		name      string
		s         Schedule
		now, want string // UTC; want is empty for none
	}{
		{"before today's time", Daily(8, 0, place), "2026-11-20 06:59", "2026-11-19 07:00"},
		{"at today's time", Daily(8, 0, place), "2026-11-20 07:00", "2026-11-20 07:00"},
		{"in summer", Daily(8, 0, place), "2026-07-01 12:00", "2026-07-01 06:00"},
		{"another day there", Daily(0, 30, place), "2026-11-20 23:45", "2026-11-20 23:30"},
		{"the skipped hour", Daily(2, 30, place), "2026-03-29 10:00", "2026-03-29 01:30"},
		{"ten minutes", Minutes(10), "2026-11-20 06:59", "2026-11-20 06:50"},
		{"a working day", Daily(8, 0, place).On(workdays), "2026-11-20 12:00", "2026-11-20 07:00"},
		{"Friday's, on Saturday before eight", Daily(8, 0, place).On(workdays), "2026-11-21 06:00", "2026-11-20 07:00"},
		{"Saturday", Daily(8, 0, place).On(workdays), "2026-11-21 08:00", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			const layout = "2006-01-02 15:04"
			now, err := time.Parse(layout, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if at := tt.s.slot(now); !at.IsZero() {
				got = at.UTC().Format(layout)
			}
			if got != tt.want {
				t.Errorf("slot at %s is %q, want %q", tt.now, got, tt.want)
			}
		})
	}
}

// Each slot is run once by all nodes together; of what was missed the newest is
// run; a new house begins with the next slot.
func TestDesk_Every(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		var n atomic.Int32
		start := func() *Desk {
			d := New(db, map[string]Work{"digest": func(context.Context, Run) error { n.Add(1); return nil }})
			d.Every("digest", Daily(9, 0, time.UTC), "digest")
			return d
		}
		nodes := []*Desk{start(), start(), start()}
		for i, step := range []struct {
			move time.Duration
			want int32
		}{{0, 0}, {22 * time.Hour, 0}, {time.Hour, 1}, {time.Hour, 1}, {24 * time.Hour, 2}} {
			c.move(step.move)
			var wg sync.WaitGroup
			for _, d := range nodes {
				wg.Go(func() { drain(t, d) })
			}
			wg.Wait()
			drain(t, nodes[0])
			if n.Load() != step.want {
				t.Fatalf("step %d: run %d times, want %d", i, n.Load(), step.want)
			}
		}
		c.move(5 * 24 * time.Hour)
		again := start()
		drain(t, again)
		drain(t, again)
		if n.Load() != 3 {
			t.Errorf("run %d times after five days down, want 3", n.Load())
		}
	})
}
