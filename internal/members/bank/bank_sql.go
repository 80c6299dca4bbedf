package bank

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const statementColumns = `s.id, s.name, s.account, s.day_from, s.day_to, s.made, s.by_name, s.fresh, s.known, s.gone_out, s.problems, s.sheet, s.heads,
	(SELECT COUNT(*) FROM bank_entries e WHERE e.statement = s.id AND e.matched IN ('reference', 'suggested', 'unknown'))`

func readStatement(row store.Scanner) (s Statement, err error) {
	var from, to, made, problems, heads string
	if err := row.Scan(&s.ID, &s.Name, &s.Account, &from, &to, &made, &s.By, &s.New, &s.Known, &s.Out, &problems, &s.Sheet, &heads, &s.Waiting); err != nil {
		return s, err
	}
	var errs [5]error
	s.From, errs[0] = civil.Parse(from)
	s.To, errs[1] = civil.Parse(to)
	s.Made, errs[2] = store.ParseTime(made)
	errs[3] = json.Unmarshal([]byte(problems), &s.Problems)
	errs[4] = json.Unmarshal([]byte(heads), &s.Columns)
	return s, errors.Join(errs[:]...)
}

func putStatement(ctx context.Context, tx *store.Tx, s Statement, hash string) error {
	problems, err1 := json.Marshal(s.Problems)
	heads, err2 := json.Marshal(s.Columns)
	_, err := tx.ExecContext(ctx, `
		INSERT INTO bank_statements (id, hash, name, account, day_from, day_to, made, by_name, fresh, known, gone_out, problems, sheet, heads)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET account = excluded.account, day_from = excluded.day_from, day_to = excluded.day_to, fresh = excluded.fresh, known = excluded.known,
			gone_out = excluded.gone_out, problems = excluded.problems, sheet = excluded.sheet, heads = excluded.heads`,
		s.ID, hash, s.Name, s.Account, s.From.String(), s.To.String(), store.Time(s.Made), s.By, s.New, s.Known, s.Out, string(problems), s.Sheet, string(heads))
	if err = errors.Join(err1, err2, err); err != nil {
		return fmt.Errorf("bank: put statement: %w", err)
	}
	return nil
}

func statementWhere(ctx context.Context, tx *store.Tx, where string, args ...any) (Statement, error) {
	s, err := readStatement(tx.QueryRowContext(ctx, `SELECT `+statementColumns+` FROM bank_statements s WHERE `+where, args...))
	switch {
	case store.Missing(err):
		return s, fault.New(fault.Missing, "dues.statement.missing")
	case err != nil:
		return s, fmt.Errorf("bank: statement: %w", err)
	}
	return s, nil
}

func dropStatement(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM bank_statements WHERE id = $1`, id); err != nil {
		return fmt.Errorf("bank: drop statement: %w", err)
	}
	return nil
}

func listStatements(ctx context.Context, tx *store.Tx, before string, limit int) ([]Statement, error) {
	list, err := store.List(ctx, tx, readStatement, `SELECT `+statementColumns+` FROM bank_statements s WHERE ($1 = '' OR s.id < $1) ORDER BY s.id DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("bank: statements: %w", err)
	}
	return list, nil
}

const entryColumns = `e.id, e.statement, e.line, e.day, e.amount, e.currency, e.name, e.iban, e.reference, e.purpose, e.matched, e.invoice, e.why, e.payment`

func readEntry(row store.Scanner) (e Entry, err error) {
	var day string
	var amount int64
	var c money.Currency
	if err := row.Scan(&e.ID, &e.Statement, &e.Line, &day, &amount, &c, &e.Name, &e.IBAN, &e.Reference, &e.Purpose, &e.Match, &e.Invoice, &e.Why, &e.Payment); err != nil {
		return e, err
	}
	e.Amount = money.Of(amount, c)
	e.Day, err = civil.Parse(day)
	return e, err
}

// addEntry writes an entry; it returns false if it is known already.
func addEntry(ctx context.Context, tx *store.Tx, e Entry, key string) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		INSERT INTO bank_entries (id, known_by, statement, line, day, amount, currency, name, iban, reference, purpose, matched, invoice, why, payment)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '') ON CONFLICT (known_by) DO NOTHING`,
		e.ID, key, e.Statement, e.Line, e.Day.String(), e.Amount.Minor(), e.Amount.Currency(), e.Name, e.IBAN, e.Reference, e.Purpose, e.Match, e.Invoice, e.Why)
	if err != nil {
		return false, fmt.Errorf("bank: add entry: %w", err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func setMatch(ctx context.Context, tx *store.Tx, e Entry) error {
	_, err := tx.ExecContext(ctx, `UPDATE bank_entries SET matched = $2, invoice = $3, why = $4, payment = $5 WHERE id = $1`, e.ID, e.Match, e.Invoice, e.Why, e.Payment)
	if err != nil {
		return fmt.Errorf("bank: match %s: %w", e.ID, err)
	}
	return nil
}

func getEntry(ctx context.Context, tx *store.Tx, id string) (Entry, error) {
	e, err := readEntry(tx.QueryRowContext(ctx, `SELECT `+entryColumns+` FROM bank_entries e WHERE e.id = $1`, id))
	switch {
	case store.Missing(err):
		return e, fault.New(fault.Missing, "dues.entry.missing")
	case err != nil:
		return e, fmt.Errorf("bank: entry %s: %w", id, err)
	}
	return e, nil
}

// An EntryQuery asks for a page of entries, in the order in which they came.
type EntryQuery struct {
	Statement string // empty for all
	Matches   []Match
	After     string
	Limit     int // 100 if zero
}

func listEntries(ctx context.Context, tx *store.Tx, q EntryQuery) ([]Entry, error) {
	args := []any{q.Statement, q.After}
	where := `($1 = '' OR e.statement = $1) AND ($2 = '' OR e.id > $2)`
	if len(q.Matches) > 0 {
		var signs []string
		for _, m := range q.Matches {
			args = append(args, m)
			signs = append(signs, fmt.Sprintf("$%d", len(args)))
		}
		where += ` AND e.matched IN (` + strings.Join(signs, ", ") + `)`
	}
	limit := q.Limit
	if limit <= 0 {
		limit = 100
	}
	args = append(args, limit)
	list, err := store.List(ctx, tx, readEntry, `SELECT `+entryColumns+` FROM bank_entries e WHERE `+where+fmt.Sprintf(` ORDER BY e.id LIMIT $%d`, len(args)), args...)
	if err != nil {
		return nil, fmt.Errorf("bank: entries: %w", err)
	}
	return list, nil
}

func countWaiting(ctx context.Context, tx *store.Tx) (n int, err error) {
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM bank_entries WHERE matched IN ('reference', 'suggested', 'unknown')`).Scan(&n); err != nil {
		err = fmt.Errorf("bank: waiting: %w", err)
	}
	return n, err
}

// linesFor lists the lines that are about one of the invoices.
func linesFor(ctx context.Context, tx *store.Tx, ids []dues.InvoiceID) (all []toldEntry, err error) {
	for _, id := range ids {
		list, err := store.List(ctx, tx, func(row store.Scanner) (e toldEntry, err error) {
			var n int64
			var c money.Currency
			err = row.Scan(&e.Day, &n, &c, &e.Name, &e.IBAN, &e.Purpose)
			e.Amount = money.Of(n, c).String()
			return e, err
		}, `SELECT day, amount, currency, name, iban, purpose FROM bank_entries WHERE invoice = $1 ORDER BY day, id`, id)
		if err != nil {
			return nil, fmt.Errorf("bank: lines for %s: %w", id, err)
		}
		all = append(all, list...)
	}
	return all, nil
}

// forget takes out who paid the invoices. Sums and days stay: the books must.
func forget(ctx context.Context, tx *store.Tx, ids []dues.InvoiceID) error {
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, `UPDATE bank_entries SET name = $2, iban = '', purpose = '' WHERE invoice = $1`, id, store.Erased); err != nil {
			return fmt.Errorf("bank: forget: %w", err)
		}
	}
	return nil
}

// hasTwin reports whether an entry of another file is of the same day and amount, for the
// same invoice, and from the same account or name or with the same reference; of two that
// are a part of the invoice, however the reference is written.
func hasTwin(ctx context.Context, tx *store.Tx, e Entry) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (
			SELECT 1 FROM bank_entries WHERE invoice = $1 AND day = $2 AND amount = $3 AND currency = $4 AND statement <> $5 AND matched <> 'ignored'
			AND (why = $9 AND $10 = 1 OR reference = $6 AND $6 <> '' OR iban = $7 AND $7 <> '' OR name = $8 AND $8 <> '') LIMIT 1) one`,
		e.Invoice, e.Day.String(), e.Amount.Minor(), e.Amount.Currency(), e.Statement, e.Reference, e.IBAN, e.Name, SameReference, store.Bit(e.part)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("bank: twin: %w", err)
	}
	return n > 0, nil
}

func countOld(ctx context.Context, tx *store.Tx, before civil.Date) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM bank_entries WHERE day < $1 AND (name NOT IN ('', $2) OR purpose <> '')`, before.String(), store.Erased).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("bank: old lines: %w", err)
	}
	return n, nil
}

func blankOld(ctx context.Context, tx *store.Tx, before civil.Date) error {
	if _, err := tx.ExecContext(ctx, `UPDATE bank_entries SET name = $2, iban = '', purpose = '' WHERE day < $1`, before.String(), store.Erased); err != nil {
		return fmt.Errorf("bank: blank old lines: %w", err)
	}
	return nil
}
