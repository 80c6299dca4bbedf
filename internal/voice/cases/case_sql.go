package cases

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const caseColumns = `id, title, short, kind, variant, lead, proposer, body, eva, epa, sop, code, act, state, public, owner, owner_is,
	opened, changed, revision, next_key, next_label, next_due, next_force, comments, proposals, taken, partly, members, position_now`

func readCase(row store.Scanner) (c Case, err error) {
	var opened, changed, due string
	var public int
	err = row.Scan(&c.ID, &c.Title, &c.Short, &c.Kind, &c.Variant, &c.Lead, &c.Proposer, &c.Body, &c.EVA, &c.EPA, &c.SOP, &c.Code, &c.Act,
		&c.State, &public, &c.Owner, &c.OwnerIs, &opened, &changed, &c.Revision, &c.NextKey, &c.NextLabel, &due, &c.NextForce,
		&c.Comments, &c.Proposals, &c.Taken, &c.Partly, &c.Members, &c.PositionNow)
	if err != nil {
		return c, err
	}
	c.Public = public != 0
	var e1, e2, e3 error
	c.Opened, e1 = civil.Parse(opened)
	c.Changed, e2 = store.ParseTime(changed)
	c.NextDue, e3 = civil.Parse(due)
	return c, errors.Join(e1, e2, e3)
}

func getCase(ctx context.Context, tx *store.Tx, id voice.CaseID) (Case, error) {
	c, err := readCase(tx.QueryRowContext(ctx, `SELECT `+caseColumns+` FROM cases WHERE id = $1`, id))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return c, fault.New(fault.Missing, "cases.missing")
	case err != nil:
		return c, fmt.Errorf("cases: get %s: %w", id, err)
	}
	return c, nil
}

// putCase writes c, over the case of the same ID if there is one. The counters
// are the other rooms' and are left as they are.
func putCase(ctx context.Context, tx *store.Tx, c Case) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO cases (`+caseColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 0, 0, 0, 0, 0, '')
		ON CONFLICT (id) DO UPDATE SET
			title = excluded.title, short = excluded.short, kind = excluded.kind, variant = excluded.variant, lead = excluded.lead,
			proposer = excluded.proposer, body = excluded.body, eva = excluded.eva, epa = excluded.epa, sop = excluded.sop,
			code = excluded.code, act = excluded.act, state = excluded.state, public = excluded.public, owner = excluded.owner,
			owner_is = excluded.owner_is, opened = excluded.opened, changed = excluded.changed, revision = excluded.revision,
			next_key = excluded.next_key, next_label = excluded.next_label, next_due = excluded.next_due, next_force = excluded.next_force`,
		c.ID, c.Title, c.Short, c.Kind, c.Variant, c.Lead, c.Proposer, c.Body, c.EVA, c.EPA, c.SOP, c.Code, c.Act, c.State, bit(c.Public),
		c.Owner, c.OwnerIs, c.Opened.String(), store.Time(c.Changed), c.Revision, c.NextKey, c.NextLabel, c.NextDue.String(), c.NextForce)
	if err != nil {
		return fmt.Errorf("cases: put %s: %w", c.ID, err)
	}
	return nil
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// nextID is the first free number of the year.
func nextID(ctx context.Context, tx *store.Tx, year int) (voice.CaseID, error) {
	y := strconv.Itoa(year)
	var last sql.NullString
	err := tx.QueryRowContext(ctx, `SELECT MAX(id) FROM cases WHERE id > $1 AND id < $2`, y+"-", y+".").Scan(&last)
	if err != nil {
		return "", fmt.Errorf("cases: next number: %w", err)
	}
	n := 0
	if len(last.String) > 5 {
		if n, err = strconv.Atoi(last.String[5:]); err != nil {
			return "", fmt.Errorf("cases: next number: %w", err)
		}
	}
	return voice.CaseID(fmt.Sprintf("%s-%03d", y, n+1)), nil
}

func putDue(ctx context.Context, tx *store.Tx, d Due) error {
	args, err := json.Marshal(d.Args)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO case_dues (id, case_id, kind, args, day, waiting, owner, owner_is, link, force, snoozed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
			ON CONFLICT (id) DO UPDATE SET
				kind = excluded.kind, args = excluded.args, day = excluded.day, waiting = excluded.waiting, owner = excluded.owner,
				owner_is = excluded.owner_is, link = excluded.link, force = excluded.force, snoozed = excluded.snoozed`,
			d.ID, d.Case, d.Kind, string(args), d.On.String(), bit(d.Waiting), d.Owner, d.OwnerIs, d.Link, d.Force, d.Snoozed.String())
	}
	if err != nil {
		return fmt.Errorf("cases: put due %s: %w", d.ID, err)
	}
	return nil
}

const dueColumns = `id, case_id, kind, args, day, waiting, owner, owner_is, link, force, snoozed`

func readDue(row store.Scanner) (d Due, err error) {
	var args, day, snoozed string
	var waiting int
	if err := row.Scan(&d.ID, &d.Case, &d.Kind, &args, &day, &waiting, &d.Owner, &d.OwnerIs, &d.Link, &d.Force, &snoozed); err != nil {
		return d, err
	}
	d.Waiting = waiting != 0
	var e1, e2 error
	d.On, e1 = civil.Parse(day)
	d.Snoozed, e2 = civil.Parse(snoozed)
	return d, errors.Join(e1, e2, json.Unmarshal([]byte(args), &d.Args))
}
