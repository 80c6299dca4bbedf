package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Schedule is a row of instants, its slots, that never ends.
type Schedule struct {
	every        time.Duration // zero for daily
	hour, minute int
	in           *time.Location
	days         func(time.Time) bool
}

// Minutes has a slot each n minutes, counted from midnight UTC of the year 1.
func Minutes(n int) Schedule { return Schedule{every: time.Duration(max(n, 1)) * time.Minute} }

// Daily has a slot each day at that time of the place. In the night when the clock
// skips that time, the slot is an hour off.
func Daily(hour, minute int, in *time.Location) Schedule {
	return Schedule{hour: hour, minute: minute, in: in}
}

// On leaves only slots of the days for which f is true, for example working days.
// It is given the slot, in the place of the schedule (UTC for Minutes).
func (s Schedule) On(f func(time.Time) bool) Schedule {
	s.days = f
	return s
}

// slot is the newest slot at or before now that is younger than the period, or
// zero if its day is left out.
func (s Schedule) slot(now time.Time) time.Time {
	var at time.Time
	if s.every > 0 {
		at = now.UTC().Truncate(s.every)
	} else {
		y, m, d := now.In(s.in).Date()
		at = time.Date(y, m, d, s.hour, s.minute, 0, 0, s.in)
		if at.After(now) {
			at = time.Date(y, m, d-1, s.hour, s.minute, 0, 0, s.in)
		}
	}
	if s.days != nil && !s.days(at) {
		return time.Time{}
	}
	return at
}

type planned struct {
	key, kind string
	when      Schedule
	seen      time.Time // newest slot that is settled, as far as this process knows
}

// Every has the kind done at each slot of the schedule, with the slot as Args. A
// slot that was missed while the house was down is run once on start if it is
// younger than the period. A schedule that the house has never seen begins with
// its next slot. Call it before Run.
func (d *Desk) Every(key string, when Schedule, kind string) {
	d.planning.Lock()
	defer d.planning.Unlock()
	d.plans = append(d.plans, &planned{key: key, kind: kind, when: when})
}

// plan puts down the jobs of the slots that have come.
func (d *Desk) plan(ctx context.Context) {
	d.planning.Lock()
	defer d.planning.Unlock()
	for _, p := range d.plans {
		slot := p.when.slot(d.db.Now())
		if slot.IsZero() || !slot.After(p.seen) {
			continue
		}
		err := d.db.Write(ctx, func(tx *store.Tx) error {
			fresh, err := claimSlot(ctx, tx, p.key, slot)
			if err != nil || !fresh {
				return err
			}
			_, err = d.Add(ctx, tx, Job{Kind: p.kind, Args: store.Time(slot), Title: p.kind})
			return err
		})
		if err != nil {
			if ctx.Err() == nil {
				slog.ErrorContext(ctx, "schedule", "key", p.key, "err", err)
			}
			continue
		}
		p.seen = slot
	}
}
