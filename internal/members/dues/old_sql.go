package dues

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func oldInvoices(ctx context.Context, tx *store.Tx, before civil.Date, erased string, limit int) (list []Invoice, n int, err error) {
	const where = ` FROM dues_invoices i WHERE i.issued < $1 AND i.payer_name <> $2`
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*)`+where, before.String(), erased).Scan(&n); err == nil {
		list, err = store.List(ctx, tx, readInvoice, `SELECT `+invoiceColumns+where+` ORDER BY i.number LIMIT $3`, before.String(), erased, limit)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("dues: old invoices: %w", err)
	}
	return list, n, nil
}

// blankRows takes names out of what belongs to an invoice.
func blankRows(ctx context.Context, tx *store.Tx, id InvoiceID, name string) error {
	return execAll(ctx, tx, id, name,
		`UPDATE dues_lines SET name = $2 WHERE invoice = $1`,
		`UPDATE dues_charges SET name = $2, pays = CASE WHEN pays = '' THEN '' ELSE $2 END WHERE invoice = $1`,
		`UPDATE dues_payments SET name = $2, iban = '', purpose = '' WHERE id IN (SELECT payment FROM dues_ledger WHERE invoice = $1 AND payment <> '')`,
		`UPDATE dues_ledger SET reason = '' WHERE invoice = $1 AND $2 <> ''`)
}

// oldDeclarations counts them, and if blank leaves of each the sums, under a name of
// its own that is nobody's.
func oldDeclarations(ctx context.Context, tx *store.Tx, year int, blank bool) (n int, err error) {
	const where = ` WHERE year < $1 AND member <> id`
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM dues_declarations`+where, year).Scan(&n); err == nil && blank {
		_, err = tx.ExecContext(ctx, `UPDATE dues_declarations SET member = id, name = '', note = '', by_name = ''`+where, year)
	}
	if err != nil {
		return 0, fmt.Errorf("dues: old declarations: %w", err)
	}
	return n, nil
}
