package dues

import (
	"context"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// remindJob is the kind of the job that writes reminders.
const remindJob = "dues.remind"

// A Reminder is an invoice that is to be reminded of, and with which step.
type Reminder struct {
	Invoice
	Step int // 1 for the first
}

// Reminders are those that are to be written on the day.
func (d *Desk) Reminders(ctx context.Context, by auth.Actor, day civil.Date) ([]Reminder, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) ([]Reminder, error) {
		ladder, err := d.ladder(ctx, tx)
		if err != nil {
			return nil, err
		}
		var list []Reminder
		for q := (Query{Late: day, Limit: 1_000, forward: true}); ; {
			some, err := listInvoices(ctx, tx, q)
			if err != nil {
				return nil, err
			}
			for _, i := range some {
				if step := ladder.next(i, day); step > 0 {
					list = append(list, Reminder{i, step})
				}
			}
			if len(some) < q.Limit {
				return list, nil
			}
			q.Before = some[len(some)-1].Number
		}
	})
}

// Remind has the reminders of the day written.
func (d *Desk) Remind(ctx context.Context, by auth.Actor, day civil.Date) (jobs.ID, error) {
	if err := by.Must(Write); err != nil {
		return "", err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (jobs.ID, error) {
		id, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: remindJob, Args: day.String(), Unique: remindJob, By: by.User, Title: "dues.job.remind"})
		if err != nil {
			return "", err
		}
		return id, audit.Note(ctx, tx, by, "dues.remind", "dues/reminders", "day", day.String())
	})
}

// remindWork writes the reminders, and tells the board of those who got the last.
// Done twice, it writes none twice: an invoice says which it got.
func (d *Desk) remindWork(ctx context.Context, r jobs.Run) error {
	day, err := civil.Parse(r.Text())
	if err != nil {
		return jobs.Stop(err)
	}
	ladder, err := d.Ladder(ctx, auth.House)
	if err != nil {
		return err
	}
	list, err := d.Reminders(ctx, auth.House, day)
	if err != nil {
		return err
	}
	for i, some := range slices.Collect(slices.Chunk(list, batch)) {
		r.Progress(i*batch, len(list), "dues.job.remind.step")
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := d.remindSome(ctx, ladder, some, day); err != nil {
			return err
		}
	}
	r.Progress(len(list), len(list), "dues.job.remind.step")
	return d.recount(ctx)
}

func (d *Desk) remindSome(ctx context.Context, ladder Ladder, some []Reminder, day civil.Date) error {
	sheets := make([]string, len(some))
	for n, one := range some {
		var err error
		if sheets[n], err = d.current(ctx, one.Invoice); err != nil {
			return err
		}
		if one.Paper == "" {
			some[n].Paper = sheets[n]
		}
	}
	var again []Reminder
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		var last []Reminder
		again = nil
		for n, one := range some {
			now, err := getInvoice(ctx, tx, one.ID)
			if err != nil {
				return err
			}
			if ladder.next(now, day) != one.Step {
				continue // paid meanwhile, or written to
			}
			if now.Open != one.Open {
				again = append(again, Reminder{now, one.Step}) // its paper asks for what was open before
				continue
			}
			now.Paper = sheets[n]
			step := ladder[one.Step-1]
			if now.Payer.Email != "" {
				if _, err := d.Mail.Post(ctx, tx, d.house.reminder(now, step, day)); err != nil && !fault.Is(err, fault.Invalid) {
					return err
				}
			}
			if err := setPaper(ctx, tx, one.ID, one.Paper, false); err != nil {
				return err
			}
			if err := setStep(ctx, tx, one.ID, one.Step, day); err != nil {
				return err
			}
			if step.Board {
				last = append(last, Reminder{now, one.Step})
			}
		}
		return d.tellBoard(ctx, tx, last)
	})
	if err != nil || len(again) == 0 {
		return err
	}
	return d.remindSome(ctx, ladder, again, day)
}

// tellBoard writes to the board who got the last reminder: names and numbers, for the
// sums follow from what members declared.
func (d *Desk) tellBoard(ctx context.Context, tx *store.Tx, last []Reminder) error {
	if len(last) == 0 || d.house.Board == nil {
		return nil
	}
	board, err := d.house.Board(ctx)
	if err != nil {
		return err
	}
	for _, to := range board {
		if to.Email == "" {
			continue
		}
		if _, err := d.Mail.Post(ctx, tx, d.house.boardLetter(to, last)); err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	return nil
}
