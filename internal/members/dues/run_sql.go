package dues

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const runColumns = `id, year, issued, due, send, state, made, by_name, job, planned, billed, papers, unsent, total, currency`

func readRun(row store.Scanner) (r Run, err error) {
	var issued, due, made string
	var total int64
	var c money.Currency
	if err := row.Scan(&r.ID, &r.Year, &issued, &due, &r.Send, &r.State, &made, &r.By, &r.Job, &r.Planned, &r.Billed, &r.Papers, &r.Unsent, &total, &c); err != nil {
		return r, err
	}
	r.Total = money.Of(total, c)
	if r.Issued, err = civil.Parse(issued); err != nil {
		return r, err
	}
	if r.Due, err = civil.Parse(due); err != nil {
		return r, err
	}
	r.Made, err = store.ParseTime(made)
	return r, err
}

func putRun(ctx context.Context, tx *store.Tx, r Run) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO dues_runs (`+runColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, job = excluded.job, billed = excluded.billed, papers = excluded.papers, unsent = excluded.unsent`,
		r.ID, r.Year, r.Issued.String(), r.Due.String(), store.Bit(r.Send), r.State, store.Time(r.Made), r.By, r.Job, r.Planned, r.Billed, r.Papers, r.Unsent, r.Total.Minor(), r.Total.Currency())
	if err != nil {
		return fmt.Errorf("dues: put run: %w", err)
	}
	return nil
}

func getRun(ctx context.Context, tx *store.Tx, id string) (Run, error) {
	r, err := readRun(tx.QueryRowContext(ctx, `SELECT `+runColumns+` FROM dues_runs WHERE id = $1`, id))
	switch {
	case store.Missing(err):
		return r, fault.New(fault.Missing, "dues.run.missing")
	case err != nil:
		return r, fmt.Errorf("dues: run %s: %w", id, err)
	}
	return r, nil
}

func listRuns(ctx context.Context, tx *store.Tx, before string, limit int) ([]Run, error) {
	list, err := store.List(ctx, tx, readRun, `SELECT `+runColumns+` FROM dues_runs WHERE ($1 = '' OR id < $1) ORDER BY id DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("dues: runs: %w", err)
	}
	return list, nil
}

// addCharges freezes what a run does, some rows in a statement.
func addCharges(ctx context.Context, tx *store.Tx, run string, list []Charge) error {
	ord := 0
	for some := range slices.Chunk(list, 200) {
		var args []any
		var rows []string
		for _, c := range some {
			ord++
			n := len(args)
			rows = append(rows, fmt.Sprintf("($%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, '')", n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8, n+9, n+10))
			args = append(args, run, ord, c.Member, c.Name, c.Kind, payerKey(c.Member, c.Payer), c.By, c.Rule.ID, c.Amount.Minor(), c.Why)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO dues_charges (run, ord, member, name, kind, payer, pays, rule, amount, why, invoice) VALUES `+strings.Join(rows, ", "), args...); err != nil {
			return fmt.Errorf("dues: charges: %w", err)
		}
	}
	return nil
}

// A charged is a charge of a run that waits for its invoice.
type charged struct {
	ord int
	key string
	Line
}

// chargesLeft are the charges of the next n payers, those of one payer together.
func chargesLeft(ctx context.Context, tx *store.Tx, r Run, n int) ([]charged, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (c charged, err error) {
		var amount int64
		err = row.Scan(&c.ord, &c.key, &c.Member, &c.Name, &c.Kind, &c.Rule, &amount)
		c.Amount, c.Year = money.Of(amount, r.Total.Currency()), r.Year
		return c, err
	}, `
		SELECT c.ord, c.payer, c.member, c.name, c.kind, c.rule, c.amount FROM dues_charges c
		WHERE c.run = $1 AND c.why = '' AND c.invoice = '' AND c.payer IN (
			SELECT payer FROM (SELECT payer, MIN(ord) AS first FROM dues_charges WHERE run = $1 AND why = '' AND invoice = '' GROUP BY payer ORDER BY first LIMIT $2) few)
		ORDER BY c.ord`, r.ID, n)
	if err != nil {
		return nil, fmt.Errorf("dues: charges of %s: %w", r.ID, err)
	}
	return list, nil
}

func chargeBilled(ctx context.Context, tx *store.Tx, run, key string, id InvoiceID) error {
	_, err := tx.ExecContext(ctx, `UPDATE dues_charges SET invoice = $3 WHERE run = $1 AND payer = $2 AND why = '' AND invoice = ''`, run, key, id)
	if err != nil {
		return fmt.Errorf("dues: charge: %w", err)
	}
	return nil
}

// passOver says why a charge comes to no invoice after all.
func passOver(ctx context.Context, tx *store.Tx, run string, ord int, why fees.Why) error {
	if _, err := tx.ExecContext(ctx, `UPDATE dues_charges SET why = $3 WHERE run = $1 AND ord = $2`, run, ord, why); err != nil {
		return fmt.Errorf("dues: pass over: %w", err)
	}
	return nil
}

// runLines are members of a run in their order: all, or those who got no invoice.
func runLines(ctx context.Context, tx *store.Tx, r Run, passed bool, after, limit int) ([]RunLine, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (l RunLine, err error) {
		var amount int64
		err = row.Scan(&l.Ord, &l.Member, &l.Name, &l.Kind, &l.Why, &amount, &l.By, &l.Invoice, &l.Number)
		l.Amount = money.Of(amount, r.Total.Currency())
		return l, err
	}, `SELECT c.ord, c.member, c.name, c.kind, c.why, c.amount, c.pays, c.invoice, COALESCE(i.number, '')
		FROM dues_charges c LEFT JOIN dues_invoices i ON i.id = c.invoice
		WHERE c.run = $1 AND c.ord > $2 AND ($3 = 0 OR c.why <> '') ORDER BY c.ord LIMIT $4`, r.ID, after, store.Bit(passed), limit)
	if err != nil {
		return nil, fmt.Errorf("dues: lines of %s: %w", r.ID, err)
	}
	return list, nil
}

// billed are the members with an invoice for the year that stands.
func billed(ctx context.Context, tx *store.Tx, year int) (map[members.ID]bool, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (id members.ID, err error) { return id, row.Scan(&id) }, `
		SELECT l.member FROM dues_lines l JOIN dues_invoices i ON i.id = l.invoice WHERE l.year = $1 AND i.state NOT IN ('cancelled', 'note')`, year)
	if err != nil {
		return nil, fmt.Errorf("dues: billed: %w", err)
	}
	of := make(map[members.ID]bool, len(list))
	for _, id := range list {
		of[id] = true
	}
	return of, nil
}

// busyRun reports whether a run is at work: two at once would bill twice.
func busyRun(ctx context.Context, tx *store.Tx) (bool, error) {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM dues_runs WHERE state = 'working'`).Scan(&n); err != nil {
		return false, fmt.Errorf("dues: runs at work: %w", err)
	}
	return n > 0, nil
}
