package dues

import (
	"context"
	"errors"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// turnJob is the kind of the job that asks each night what the new day asks for.
const turnJob = "dues.job.turn"

// recount puts on the list of today the reminders that are to be written, and since when
// members who were asked have not declared. Both are counted at night and after each
// round of letters, not with each payment.
func (d *Desk) recount(ctx context.Context) error {
	day := civil.Of(d.db.Now(), d.house.Zone)
	late, err := d.Reminders(ctx, auth.House, day)
	if err != nil {
		return err
	}
	asked, err := d.Wanted(ctx, auth.House, day.Year(), day)
	if err != nil {
		return err
	}
	silent, since := 0, civil.Date{}
	for _, a := range asked {
		if a.Letters > 0 && !a.Declared {
			silent++
			if on := civil.Of(a.Sent, d.house.Zone); since.IsZero() || on.Before(since) {
				since = on
			}
		}
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(
			d.owed(ctx, tx, len(late), pending.Due{ID: "dues/remind", Kind: "dues.due.remind", On: day, Link: "/dues/reminders"}),
			d.owed(ctx, tx, silent, pending.Due{ID: "dues/declare", Kind: "dues.due.declare", On: since, Waiting: true, Link: "/dues/declarations?year=" + itoa(day.Year()) + "&show=missing"}))
	})
}

// owed puts the due of n things, or drops it if there are none.
func (d *Desk) owed(ctx context.Context, tx *store.Tx, n int, due pending.Due) error {
	if n == 0 {
		return d.Pending.Drop(ctx, tx, due.ID)
	}
	due.Args, due.For = []string{"n", strconv.Itoa(n)}, Read.Roles
	return d.Pending.Put(ctx, tx, due)
}
