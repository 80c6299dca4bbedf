package cases

import (
	"context"
	"fmt"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// File reads a case with its procedure, as it stands today.
func (d *Desk) File(ctx context.Context, by auth.Actor, id voice.CaseID, today civil.Date) (File, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (File, error) {
		c, err := d.CaseIn(ctx, tx, by, id)
		if err != nil {
			return File{}, err
		}
		return d.file(ctx, tx, c, today)
	})
}

func (d *Desk) file(ctx context.Context, tx *store.Tx, c Case, today civil.Date) (File, error) {
	events, err := listEvents(ctx, tx, c.ID, c.ID)
	if err != nil {
		return File{}, err
	}
	f := fileOf(d.parts.Country, c, events, today)
	f.Dues, err = listDues(ctx, tx, c.ID, c.ID)
	return f, err
}

// AddEvent notes what happened in a case, or will, and moves its clocks.
func (d *Desk) AddEvent(ctx context.Context, by auth.Actor, e Event) (Event, error) {
	if err := by.Must(voice.Work); err != nil {
		return Event{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Event, error) { return d.AddEventIn(ctx, tx, by, e) })
}

// AddEventIn is AddEvent inside another deed, such as the sending of comments. It
// writes over the event of the same ID if there is one in the case.
func (d *Desk) AddEventIn(ctx context.Context, tx *store.Tx, by auth.Actor, e Event) (Event, error) {
	if err := e.Check(); err != nil {
		return e, err
	}
	if _, err := getCase(ctx, tx, e.Case); err != nil {
		return e, err
	}
	deed := "cases.event.change"
	if e.ID == "" {
		e.ID, deed = tx.ID(), "cases.event"
	} else if _, err := getEvent(ctx, tx, e.Case, e.ID); err != nil {
		return e, err
	}
	e.By, e.ByIs = by.User, by.Name
	if err := putEvent(ctx, tx, e); err != nil {
		return e, err
	}
	if err := d.refreshed(ctx, tx, e.Case); err != nil {
		return e, err
	}
	return e, audit.Note(ctx, tx, by, deed, Subject(e.Case), "event", string(e.Key), "day", e.On.String(), "note", e.Note)
}

// DropEvent takes away an event that was noted by mistake.
func (d *Desk) DropEvent(ctx context.Context, by auth.Actor, id voice.CaseID, event string) error {
	return d.work(ctx, by, id, func(tx *store.Tx, _ Case) error {
		e, err := getEvent(ctx, tx, id, event)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM case_events WHERE id = $1`, event); err != nil {
			return fmt.Errorf("cases: drop event %s: %w", event, err)
		}
		return audit.Note(ctx, tx, by, "cases.event.drop", Subject(id), "event", string(e.Key), "day", e.On.String(), "note", e.Note)
	})
}

// work is a deed on one case by those who may: its clocks are counted again
// afterwards.
func (d *Desk) work(ctx context.Context, by auth.Actor, id voice.CaseID, deed func(tx *store.Tx, c Case) error) error {
	if err := by.Must(voice.Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		c, err := getCase(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := deed(tx, c); err != nil {
			return err
		}
		return d.refreshed(ctx, tx, id)
	})
}

// refreshed counts the clocks of a case again after a deed, and tells search.
func (d *Desk) refreshed(ctx context.Context, tx *store.Tx, id voice.CaseID) error {
	if err := touch(ctx, tx, id); err != nil {
		return err
	}
	c, err := getCase(ctx, tx, id)
	if err != nil {
		return err
	}
	f, err := d.file(ctx, tx, c, d.today(tx))
	if err != nil {
		return err
	}
	if err := settle(ctx, tx, c, f); err != nil {
		return err
	}
	return d.tell(ctx, tx, c)
}

// settle writes what follows from the file: the next clock, the judgement of the
// consultation, and a due for each clock.
func settle(ctx context.Context, tx *store.Tx, old Case, f File) error {
	wanted := f.clockDues()
	for _, have := range f.Dues {
		is := func(d Due) bool { return d.ID == have.ID }
		if len(have.ID) > len(clockPrefix) && have.ID[:len(clockPrefix)] == clockPrefix && !slices.ContainsFunc(wanted, is) {
			if err := dropDue(ctx, tx, have.ID); err != nil {
				return err
			}
		}
	}
	for _, due := range wanted {
		i := slices.IndexFunc(f.Dues, func(d Due) bool { return d.ID == due.ID })
		if i >= 0 && f.Dues[i].On == due.On && f.Dues[i].Kind == due.Kind && slices.Equal(f.Dues[i].Args, due.Args) {
			continue
		}
		if err := putDue(ctx, tx, due); err != nil {
			return err
		}
	}
	return putStanding(ctx, tx, old, f)
}

// Refresh counts the clocks of all cases that are worked on as they stand today.
// A job calls it each night; it is no deed, and writes only what has changed.
func (d *Desk) Refresh(ctx context.Context, today civil.Date) error {
	const batch = 100
	for last := voice.CaseID(""); ; {
		list, err := store.Write(ctx, d.db, func(tx *store.Tx) ([]Case, error) {
			list, err := openCases(ctx, tx, last, batch)
			if err != nil || len(list) == 0 {
				return nil, err
			}
			return list, d.refreshBatch(ctx, tx, list, today)
		})
		if err != nil || len(list) < batch {
			return err
		}
		last = list[len(list)-1].ID // not before it is written: a write may run again
	}
}

func (d *Desk) refreshBatch(ctx context.Context, tx *store.Tx, list []Case, today civil.Date) error {
	first, last := list[0].ID, list[len(list)-1].ID
	events, err := listEvents(ctx, tx, first, last)
	if err != nil {
		return err
	}
	dues, err := listDues(ctx, tx, first, last)
	if err != nil {
		return err
	}
	for _, c := range list {
		own := slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return e.Case != c.ID })
		f := fileOf(d.parts.Country, c, own, today)
		f.Dues = slices.DeleteFunc(slices.Clone(dues), func(due Due) bool { return due.Case != c.ID })
		if err := settle(ctx, tx, c, f); err != nil {
			return err
		}
	}
	return nil
}

// Rule puts a person's judgement of the consultation in place of the counted one,
// and with an empty class takes it back.
func (d *Desk) Rule(ctx context.Context, by auth.Actor, id voice.CaseID, class procedure.Class, reason string) error {
	return d.work(ctx, by, id, func(tx *store.Tx, c Case) error {
		o := procedure.Override{Class: class, Reason: reason, By: by.Name, On: d.today(tx)}
		switch {
		case class == "":
			o = procedure.Override{}
		case !slices.Contains(Classes(), class):
			return fault.In("class", "cases.breach.unknown")
		case fault.Empty(reason):
			return fault.In("reason", "cases.breach.reason")
		case o.Check() != nil:
			return fault.New(fault.Invalid, "cases.breach.who")
		}
		_, err := tx.ExecContext(ctx, `
			UPDATE cases SET ruled = $2, ruled_why = $3, ruled_by = $4, ruled_on = $5, revision = revision + 1 WHERE id = $1`,
			id, o.Class, o.Reason, o.By, o.On.String())
		if err != nil {
			return fmt.Errorf("cases: rule on %s: %w", id, err)
		}
		return audit.Note(ctx, tx, by, "cases.breach", Subject(id), "class", string(class), "before", string(c.Breach), "reason", reason)
	})
}

// Classes are the classes that a person may rule.
func Classes() []procedure.Class {
	return []procedure.Class{procedure.Respected, procedure.NoDeadline, procedure.TooShort, procedure.NotPutOut, procedure.NotCounted}
}

// Heard counts the consultations of a year, by the day on which the draft was put
// out, or sent on if it never was. Year 0 is all years.
func (d *Desk) Heard(ctx context.Context, by auth.Actor, year int) (procedure.Tally, error) {
	if err := by.Must(voice.See); err != nil {
		return procedure.Tally{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (procedure.Tally, error) {
		counts, err := countBreaches(ctx, tx, year)
		var t procedure.Tally
		for class, n := range counts {
			one := procedure.Count(class)
			t.Total += n * one.Total
			t.Respected += n * one.Respected
			t.Violated += n * one.Violated
			t.NoDeadline += n * one.NoDeadline
			t.TooShort += n * one.TooShort
			t.NotPutOut += n * one.NotPutOut
			t.Pending += n * one.Pending
			t.NotCounted += n * one.NotCounted
		}
		return t, err
	})
}
