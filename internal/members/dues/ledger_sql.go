package dues

import (
	"context"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const rowColumns = `r.id, r.day, r.kind, r.payer, r.invoice, r.amount, r.currency, r.payment, r.reason, r.reverses, r.by_name, r.made_at,
	COALESCE(i.number, ''), COALESCE(i.payer_name, p.name, ''), CASE WHEN u.id IS NULL THEN 0 ELSE 1 END`

const rowFrom = ` FROM dues_ledger r LEFT JOIN dues_invoices i ON i.id = r.invoice LEFT JOIN dues_payers p ON p.id = r.payer LEFT JOIN dues_ledger u ON u.reverses = r.id `

func readRow(row store.Scanner) (r Row, err error) {
	var day, at string
	var amount int64
	var c money.Currency
	if err := row.Scan(&r.ID, &day, &r.Kind, &r.Payer, &r.Invoice, &amount, &c, &r.Payment, &r.Reason, &r.Reverses, &r.By, &at, &r.Number, &r.PayerName, &r.Undone); err != nil {
		return r, err
	}
	r.Amount = money.Of(amount, c)
	if r.Day, err = civil.Parse(day); err != nil {
		return r, err
	}
	r.At, err = store.ParseTime(at)
	return r, err
}

// enter writes a row, and what follows from it: what is open on the invoice, or the
// credit of the payer, which is never below nothing. It reports whether the invoice is
// open from now on, or no longer.
func enter(ctx context.Context, tx *store.Tx, r Row) (turned bool, err error) {
	r.ID = tx.ID()
	_, err = tx.ExecContext(ctx, `
		INSERT INTO dues_ledger (id, day, kind, payer, invoice, amount, currency, payment, reason, reverses, by_name, made_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		r.ID, r.Day.String(), r.Kind, r.Payer, r.Invoice, r.Amount.Minor(), r.Amount.Currency(), r.Payment, r.Reason, r.Reverses, r.By, store.Time(tx.Now))
	switch {
	case store.Taken(err):
		return false, fault.New(fault.Conflict, "dues.undone")
	case err != nil:
		return false, fmt.Errorf("dues: enter %s: %w", r.Kind, err)
	}
	if r.Invoice == "" {
		var credit int64
		err = tx.QueryRowContext(ctx, `UPDATE dues_payers SET credit = credit - $2, currency = $3 WHERE id = $1 AND (currency = $3 OR credit = 0) RETURNING credit`,
			r.Payer, r.Amount.Minor(), r.Amount.Currency()).Scan(&credit)
		switch {
		case store.Missing(err):
			return false, fault.New(fault.Conflict, "dues.credit.currency")
		case err != nil:
			return false, fmt.Errorf("dues: credit of %s: %w", r.Payer, err)
		case credit < 0:
			return false, fault.New(fault.Conflict, "dues.credit.used")
		}
		return false, nil
	}
	written := 0
	if r.Kind == Forgone {
		if written = 1; r.Reverses != "" {
			written = -1
		}
	}
	var open, forgone int64
	var was State
	err = tx.QueryRowContext(ctx, `UPDATE dues_invoices SET unpaid = unpaid + $2, written = written + $3 WHERE id = $1 RETURNING unpaid, written, state`,
		r.Invoice, r.Amount.Minor(), written).Scan(&open, &forgone, &was)
	if err != nil {
		return false, fmt.Errorf("dues: open of %s: %w", r.Invoice, err)
	}
	turned = open > 0 != (open-r.Amount.Minor() > 0)
	if s := stand(money.Of(open, r.Amount.Currency()), forgone > 0, was); s != was {
		return turned, setState(ctx, tx, r.Invoice, s)
	}
	return turned, nil
}

func rowsWhere(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Row, error) {
	list, err := store.List(ctx, tx, readRow, `SELECT `+rowColumns+rowFrom+`WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("dues: ledger: %w", err)
	}
	return list, nil
}

// ledgerOf are the rows of some invoices, in order.
func ledgerOf(ctx context.Context, tx *store.Tx, id InvoiceID) ([]Row, error) {
	return rowsWhere(ctx, tx, `r.invoice = $1 ORDER BY r.id`, id)
}

// sumsOf adds up the rows of a year's invoices, by kind.
func sumsOf(ctx context.Context, tx *store.Tx, year int, c money.Currency) (map[Kind]money.Amount, error) {
	type sum struct {
		kind Kind
		n    int64
	}
	list, err := store.List(ctx, tx, func(row store.Scanner) (s sum, err error) { return s, row.Scan(&s.kind, &s.n) }, `
		SELECT r.kind, CAST(SUM(r.amount) AS BIGINT) FROM dues_ledger r JOIN dues_invoices i ON i.id = r.invoice WHERE i.year = $1 GROUP BY r.kind`, year)
	if err != nil {
		return nil, fmt.Errorf("dues: sums of %d: %w", year, err)
	}
	of := map[Kind]money.Amount{}
	for _, s := range list {
		of[s.kind] = money.Of(s.n, c)
	}
	return of, nil
}

func addPayment(ctx context.Context, tx *store.Tx, p Payment) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO dues_payments (id, day, amount, currency, payer, name, iban, purpose, entry, by_name, undone) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)`,
		p.ID, p.Day.String(), p.Amount.Minor(), p.Amount.Currency(), p.Payer, p.Name, p.IBAN, p.Purpose, p.Entry, p.By)
	if err != nil {
		return fmt.Errorf("dues: add payment: %w", err)
	}
	return nil
}

func getPayment(ctx context.Context, tx *store.Tx, id string) (Payment, error) {
	p, err := readPayment(tx.QueryRowContext(ctx, `SELECT `+paymentColumns+` FROM dues_payments WHERE id = $1`, id))
	switch {
	case store.Missing(err):
		return p, fault.New(fault.Missing, "dues.payment.missing")
	case err != nil:
		return p, fmt.Errorf("dues: payment %s: %w", id, err)
	}
	return p, nil
}

// A PaymentQuery asks for a page of payments, in the order in which they were booked.
type PaymentQuery struct {
	From, Last civil.Date
	Payer      PayerID // empty for any
	After      string  // the last of the page before
	Limit      int     // 100 if zero
}

func listPayments(ctx context.Context, tx *store.Tx, q PaymentQuery) ([]Payment, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = 100
	}
	list, err := store.List(ctx, tx, readPayment, `SELECT `+paymentColumns+` FROM dues_payments
		WHERE ($1 = '' OR day >= $1) AND ($2 = '' OR day <= $2) AND ($3 = '' OR payer = $3) AND ($4 = '' OR id > $4) ORDER BY id LIMIT $5`,
		q.From.String(), q.Last.String(), q.Payer, q.After, limit)
	if err != nil {
		return nil, fmt.Errorf("dues: payments: %w", err)
	}
	return list, nil
}

func undoPayment(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE dues_payments SET undone = 1 WHERE id = $1`, id); err != nil {
		return fmt.Errorf("dues: undo payment: %w", err)
	}
	return nil
}

// payerByIBAN is who paid from the account before; empty if nobody, or several did.
func payerByIBAN(ctx context.Context, tx *store.Tx, iban string) (PayerID, error) {
	if iban == "" {
		return "", nil
	}
	list, err := store.List(ctx, tx, func(row store.Scanner) (id PayerID, err error) { return id, row.Scan(&id) },
		`SELECT DISTINCT payer FROM dues_payments WHERE iban = $1 AND iban <> '' AND undone = 0 LIMIT 2`, iban)
	if err != nil {
		return "", fmt.Errorf("dues: payer by account: %w", err)
	}
	if len(list) != 1 {
		return "", nil
	}
	return list[0], nil
}

// A Period asks for the rows of the ledger of some days, oldest first.
type Period struct {
	From, Last civil.Date
	Kind       Kind // empty for all
	After      Row  // the last of the page before
	Limit      int  // 100 if zero
}

func listRows(ctx context.Context, tx *store.Tx, p Period) ([]Row, error) {
	var args []any
	where := []string{`1 = 1`}
	add := func(text string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			text = strings.Replace(text, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		where = append(where, text)
	}
	if !p.From.IsZero() {
		add(`r.day >= ?`, p.From.String())
	}
	if !p.Last.IsZero() {
		add(`r.day <= ?`, p.Last.String())
	}
	if p.Kind != "" {
		add(`r.kind = ?`, p.Kind)
	}
	if p.After.ID != "" {
		add(`(r.day, r.id) > (?, ?)`, p.After.Day.String(), p.After.ID)
	}
	limit := p.Limit
	if limit <= 0 {
		limit = 100
	}
	args = append(args, limit)
	return rowsWhere(ctx, tx, strings.Join(where, ` AND `)+fmt.Sprintf(` ORDER BY r.day, r.id LIMIT $%d`, len(args)), args...)
}
