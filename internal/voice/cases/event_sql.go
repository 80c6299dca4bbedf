package cases

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const eventColumns = `id, case_id, event, day, note, who, who_is`

func readEvent(row store.Scanner) (e Event, err error) {
	var day string
	if err := row.Scan(&e.ID, &e.Case, &e.Key, &day, &e.Note, &e.By, &e.ByIs); err != nil {
		return e, err
	}
	e.On, err = civil.Parse(day)
	return e, err
}

func putEvent(ctx context.Context, tx *store.Tx, e Event) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO case_events (`+eventColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET event = excluded.event, day = excluded.day, note = excluded.note, who = excluded.who, who_is = excluded.who_is`,
		e.ID, e.Case, e.Key, e.On.String(), e.Note, e.By, e.ByIs)
	if err != nil {
		return fmt.Errorf("cases: put event of %s: %w", e.Case, err)
	}
	return nil
}

func getEvent(ctx context.Context, tx *store.Tx, id voice.CaseID, event string) (Event, error) {
	e, err := readEvent(tx.QueryRowContext(ctx, `SELECT `+eventColumns+` FROM case_events WHERE id = $1 AND case_id = $2`, event, id))
	switch {
	case store.Missing(err):
		return e, fault.New(fault.Missing, "cases.event.missing")
	case err != nil:
		return e, fmt.Errorf("cases: get event %s: %w", event, err)
	}
	return e, nil
}

// listEvents reads the events of the cases from the first to the last.
func listEvents(ctx context.Context, tx *store.Tx, first, last voice.CaseID) ([]Event, error) {
	list, err := store.List(ctx, tx, readEvent, `
		SELECT `+eventColumns+` FROM case_events WHERE case_id >= $1 AND case_id <= $2 ORDER BY case_id, day, id`, first, last)
	if err != nil {
		return nil, fmt.Errorf("cases: events of %s: %w", first, err)
	}
	return list, nil
}

// putStanding writes what follows from the events, if it differs.
func putStanding(ctx context.Context, tx *store.Tx, old Case, f File) error {
	key, label, on, force := f.next()
	if old.NextKey == key && old.NextLabel == label && old.NextDue == on && old.NextForce == force && old.Breach == f.Breach && old.BreachOn == f.BreachOn {
		return nil
	}
	_, err := tx.ExecContext(ctx, `
		UPDATE cases SET next_key = $2, next_label = $3, next_due = $4, next_force = $5, breach = $6, breach_on = $7 WHERE id = $1`,
		f.ID, key, label, orNever(on), force, f.Breach, f.BreachOn.String())
	if err != nil {
		return fmt.Errorf("cases: put standing of %s: %w", f.ID, err)
	}
	return nil
}

// touch notes that something of the case has changed.
func touch(ctx context.Context, tx *store.Tx, id voice.CaseID) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE cases SET changed = $2,
			texts = (SELECT COUNT(*) FROM case_texts WHERE case_id = $1),
			contacts = (SELECT COUNT(*) FROM case_contacts WHERE case_id = $1),
			evidence = (SELECT COUNT(*) FROM case_evidence WHERE case_id = $1)
		WHERE id = $1`, id, store.Time(tx.Now))
	if err != nil {
		return fmt.Errorf("cases: touch %s: %w", id, err)
	}
	return nil
}
