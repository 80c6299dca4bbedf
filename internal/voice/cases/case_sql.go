package cases

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const caseColumns = `id, title, short, kind, variant, lead, proposer, body, eva, epa, sop, code, act, state, public, owner, owner_is,
	opened, changed, revision, next_key, next_label, next_due, next_force, comments, proposals, taken, partly, members, position_now,
	words, texts, contacts, evidence, claimed, breach, breach_on, ruled, ruled_why, ruled_by, ruled_on`

// never stands for no day where lists are sorted by it.
const never = "9999-12-31"

func readCase(row store.Scanner) (c Case, err error) {
	var opened, changed, due, words, breachOn, ruledOn string
	var public int
	err = row.Scan(&c.ID, &c.Title, &c.Short, &c.Kind, &c.Variant, &c.Lead, &c.Proposer, &c.Body, &c.EVA, &c.EPA, &c.SOP, &c.Code, &c.Act,
		&c.State, &public, &c.Owner, &c.OwnerIs, &opened, &changed, &c.Revision, &c.NextKey, &c.NextLabel, &due, &c.NextForce,
		&c.Comments, &c.Proposals, &c.Taken, &c.Partly, &c.Members, &c.PositionNow,
		&words, &c.Texts, &c.Contacts, &c.Evidence, &c.Claimed, &c.Breach, &breachOn, &c.Ruled.Class, &c.Ruled.Reason, &c.Ruled.By, &ruledOn)
	if err != nil {
		return c, err
	}
	c.Public = public != 0
	if due == never {
		due = ""
	}
	var errs [5]error
	c.Opened, errs[0] = civil.Parse(opened)
	c.Changed, errs[1] = store.ParseTime(changed)
	c.NextDue, errs[2] = civil.Parse(due)
	c.BreachOn, errs[3] = civil.Parse(breachOn)
	c.Ruled.On, errs[4] = civil.Parse(ruledOn)
	return c, errors.Join(errs[:]...)
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
// are the other rooms' and are left as they are, and so is what was judged.
func putCase(ctx context.Context, tx *store.Tx, c Case) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO cases (`+caseColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 0, 0, 0, 0, 0, '',
			$25, 0, 0, 0, $26, '', '', '', '', '', '')
		ON CONFLICT (id) DO UPDATE SET
			title = excluded.title, short = excluded.short, kind = excluded.kind, variant = excluded.variant, lead = excluded.lead,
			proposer = excluded.proposer, body = excluded.body, eva = excluded.eva, epa = excluded.epa, sop = excluded.sop,
			code = excluded.code, act = excluded.act, state = excluded.state, public = excluded.public, owner = excluded.owner,
			owner_is = excluded.owner_is, opened = excluded.opened, changed = excluded.changed, revision = excluded.revision,
			next_key = excluded.next_key, next_label = excluded.next_label, next_due = excluded.next_due, next_force = excluded.next_force,
			words = excluded.words, claimed = excluded.claimed`,
		c.ID, c.Title, c.Short, c.Kind, c.Variant, c.Lead, c.Proposer, c.Body, c.EVA, c.EPA, c.SOP, c.Code, c.Act, c.State, store.Bit(c.Public),
		c.Owner, c.OwnerIs, c.Opened.String(), store.Time(c.Changed), c.Revision, c.NextKey, c.NextLabel, orNever(c.NextDue), c.NextForce, c.words(), c.Claimed)
	if err != nil {
		return fmt.Errorf("cases: put %s: %w", c.ID, err)
	}
	return nil
}

// words are what the list of cases is searched in.
func (c Case) words() string {
	return textkit.Fold(strings.Join([]string{string(c.ID), Number(c.ID), c.Short, c.Title, c.EVA, c.EPA, c.SOP, c.Code, c.Proposer}, " "))
}

func orNever(d civil.Date) string {
	if d.IsZero() {
		return never
	}
	return d.String()
}

// nextID is the first free number of the year. Numbers are compared as numbers: as
// text, the thousandth would stand before the 999th, and be given twice.
func nextID(ctx context.Context, tx *store.Tx, year int) (voice.CaseID, error) {
	var last int
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(CAST(SUBSTR(id, 6) AS BIGINT)), 0) FROM cases WHERE id > $1 AND id < $2`,
		fmt.Sprintf("%04d-", year), fmt.Sprintf("%04d-", year+1)).Scan(&last)
	if err != nil {
		return "", fmt.Errorf("cases: next number: %w", err)
	}
	return voice.CaseID(fmt.Sprintf("%04d-%03d", year, last+1)), nil
}

// openCases reads cases that somebody works on, by number.
func openCases(ctx context.Context, tx *store.Tx, after voice.CaseID, limit int) ([]Case, error) {
	list, err := store.List(ctx, tx, readCase, `
		SELECT `+caseColumns+` FROM cases WHERE id > $1 AND state IN ('open', 'waiting') ORDER BY id LIMIT $2`, after, limit)
	if err != nil {
		return nil, fmt.Errorf("cases: open cases after %s: %w", after, err)
	}
	return list, nil
}

// countBreaches counts the judgements of a year, of all years if it is 0.
func countBreaches(ctx context.Context, tx *store.Tx, year int) (map[procedure.Class]int, error) {
	from, until := "0000", "9999"
	if year != 0 {
		from, until = fmt.Sprintf("%04d", year), fmt.Sprintf("%04d", year+1)
	}
	type row struct {
		class procedure.Class
		n     int
	}
	list, err := store.List(ctx, tx, func(s store.Scanner) (r row, err error) { return r, s.Scan(&r.class, &r.n) },
		`SELECT breach, COUNT(*) FROM cases WHERE breach_on >= $1 AND breach_on < $2 GROUP BY breach`, from, until)
	if err != nil {
		return nil, fmt.Errorf("cases: count breaches: %w", err)
	}
	counts := map[procedure.Class]int{}
	for _, r := range list {
		counts[r.class] = r.n
	}
	return counts, nil
}
