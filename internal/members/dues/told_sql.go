package dues

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// read fills in what is kept about a member beside declarations and invoices.
func (t *told) read(ctx context.Context, tx *store.Tx, id members.ID) (err error) {
	if t.Waivers, err = listWaivers(ctx, tx, `member = $1 ORDER BY year`, id); err != nil {
		return err
	}
	if t.Asked, err = store.List(ctx, tx, func(row store.Scanner) (year int, err error) { return year, row.Scan(&year) }, `SELECT year FROM dues_asked WHERE member = $1 ORDER BY year`, id); err != nil {
		return fmt.Errorf("dues: tell asked: %w", err)
	}
	p, err := payerMember(ctx, tx, id)
	switch {
	case fault.Is(err, fault.Missing):
		return nil
	case err != nil:
		return err
	}
	t.Payer = &p
	if t.Payments, err = store.List(ctx, tx, readPayment, `SELECT `+paymentColumns+` FROM dues_payments WHERE payer = $1 ORDER BY day, id`, p.ID); err != nil {
		return fmt.Errorf("dues: tell payments: %w", err)
	}
	t.Ledger, err = rowsWhere(ctx, tx, `r.payer = $1 ORDER BY r.day, r.id`, p.ID)
	return err
}

const paymentColumns = `id, day, amount, currency, payer, name, iban, purpose, entry, by_name, undone`

func readPayment(row store.Scanner) (p Payment, err error) {
	var day string
	var amount int64
	var c money.Currency
	if err = row.Scan(&p.ID, &day, &amount, &c, &p.Payer, &p.Name, &p.IBAN, &p.Purpose, &p.Entry, &p.By, &p.Undone); err != nil {
		return p, err
	}
	p.Amount = money.Of(amount, c)
	p.Day, err = civil.Parse(day)
	return p, err
}
