package cases

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const dueColumns = `id, case_id, kind, args, day, waiting, owner, owner_is, link, force, snoozed, roles`

// putDue writes a due. Over one of the same day it leaves as they are who has it
// and until when it is put off, for people may have changed that by hand.
func putDue(ctx context.Context, tx *store.Tx, d Due) error {
	args, err := json.Marshal(d.Args)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO case_dues (`+dueColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
			ON CONFLICT (id) DO UPDATE SET
				owner = CASE WHEN case_dues.day = excluded.day THEN case_dues.owner ELSE excluded.owner END,
				owner_is = CASE WHEN case_dues.day = excluded.day THEN case_dues.owner_is ELSE excluded.owner_is END,
				snoozed = CASE WHEN case_dues.day = excluded.day THEN case_dues.snoozed ELSE excluded.snoozed END,
				kind = excluded.kind, args = excluded.args, day = excluded.day, waiting = excluded.waiting, link = excluded.link, force = excluded.force, roles = excluded.roles`,
			d.ID, d.Case, d.Kind, string(args), d.On.String(), store.Bit(d.Waiting), d.Owner, d.OwnerIs, d.Link, d.Force, d.Snoozed.String(), d.For)
	}
	if err != nil {
		return fmt.Errorf("cases: put due %s: %w", d.ID, err)
	}
	return nil
}

// joined are the columns of a due with the name of its case.
const joined = `d.id, d.case_id, d.kind, d.args, d.day, d.waiting, d.owner, d.owner_is, d.link, d.force, d.snoozed, d.roles,
	COALESCE(CASE WHEN c.short <> '' THEN c.short ELSE c.title END, '') FROM case_dues d LEFT JOIN cases c ON c.id = d.case_id`

func readDue(row store.Scanner) (d Due, err error) {
	var args, day, snoozed string
	var waiting int
	if err := row.Scan(&d.ID, &d.Case, &d.Kind, &args, &day, &waiting, &d.Owner, &d.OwnerIs, &d.Link, &d.Force, &snoozed, &d.For, &d.CaseIs); err != nil {
		return d, err
	}
	d.Waiting = waiting != 0
	var e1, e2 error
	d.On, e1 = civil.Parse(day)
	d.Snoozed, e2 = civil.Parse(snoozed)
	return d, errors.Join(e1, e2, json.Unmarshal([]byte(args), &d.Args))
}

func getDue(ctx context.Context, tx *store.Tx, id string) (Due, error) {
	d, err := readDue(tx.QueryRowContext(ctx, `SELECT `+joined+` WHERE d.id = $1`, id))
	switch {
	case store.Missing(err):
		return d, fault.New(fault.Missing, "cases.due.missing")
	case err != nil:
		return d, fmt.Errorf("cases: get due %s: %w", id, err)
	}
	return d, nil
}

// listDues reads the dues of the cases from the first to the last, soonest first.
func listDues(ctx context.Context, tx *store.Tx, first, last voice.CaseID) ([]Due, error) {
	list, err := store.List(ctx, tx, readDue, `SELECT `+joined+` WHERE d.case_id >= $1 AND d.case_id <= $2 ORDER BY d.case_id, d.day, d.id`, first, last)
	if err != nil {
		return nil, fmt.Errorf("cases: dues of %s: %w", first, err)
	}
	return list, nil
}

// agenda reads dues of all cases, soonest first: those of a day after the first
// and up to the last, that nobody has put off, of one owner or of all.
func agenda(ctx context.Context, tx *store.Tx, by auth.Roles, owner auth.UserID, waiting bool, after, last, today civil.Date, limit int) ([]Due, error) {
	args := []any{store.Bit(waiting), after.String(), last.String(), today.String(), limit, by}
	mine := ""
	if owner != "" {
		args = append(args, owner)
		mine = ` AND d.owner = $` + strconv.Itoa(len(args))
	}
	list, err := store.List(ctx, tx, readDue, `SELECT `+joined+`
		WHERE d.waiting = $1 AND d.day > $2 AND d.day <= $3 AND d.snoozed <= $4 AND (d.roles = 0 OR d.roles & $6 <> 0)`+mine+` ORDER BY d.day, d.id LIMIT $5`, args...)
	if err != nil {
		return nil, fmt.Errorf("cases: agenda: %w", err)
	}
	return list, nil
}

func snoozeDue(ctx context.Context, tx *store.Tx, id string, until civil.Date) error {
	if _, err := tx.ExecContext(ctx, `UPDATE case_dues SET snoozed = $2 WHERE id = $1`, id, until.String()); err != nil {
		return fmt.Errorf("cases: snooze %s: %w", id, err)
	}
	return nil
}

func handDue(ctx context.Context, tx *store.Tx, id string, to auth.UserID, name string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE case_dues SET owner = $2, owner_is = $3 WHERE id = $1`, id, to, name); err != nil {
		return fmt.Errorf("cases: hand over %s: %w", id, err)
	}
	return nil
}

// handAll hands over the dues of a case that somebody had for caring for it.
func handAll(ctx context.Context, tx *store.Tx, id voice.CaseID, from, to auth.UserID, name string) error {
	_, err := tx.ExecContext(ctx, `UPDATE case_dues SET owner = $3, owner_is = $4 WHERE case_id = $1 AND owner = $2`, id, from, to, name)
	if err != nil {
		return fmt.Errorf("cases: hand over dues of %s: %w", id, err)
	}
	return nil
}

func dropDue(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM case_dues WHERE id = $1`, id); err != nil {
		return fmt.Errorf("cases: drop due %s: %w", id, err)
	}
	return nil
}
