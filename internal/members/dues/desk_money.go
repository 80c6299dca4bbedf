package dues

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Pay books money that came in for an invoice, and is not from a statement. What is
// more than the invoice asks is credit of its payer.
func (d *Desk) Pay(ctx context.Context, by auth.Actor, id InvoiceID, a money.Amount, day civil.Date, note string) (Payment, error) {
	if err := by.Must(Write); err != nil {
		return Payment{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Payment, error) {
		i, err := getInvoice(ctx, tx, id)
		if err != nil {
			return Payment{}, err
		}
		p := Payment{Day: day, Amount: a, Payer: i.Payer.ID, Purpose: note}
		if p, err = d.receive(ctx, tx, by, p, &i); err != nil {
			return p, err
		}
		return p, audit.Note(ctx, tx, by, "dues.pay", Subject(id), "number", i.Number)
	})
}

// receive books a payment on an invoice, or for none as credit of its payer.
func (d *Desk) receive(ctx context.Context, tx *store.Tx, by auth.Actor, p Payment, i *Invoice) (Payment, error) {
	var wrong fault.Fields
	if !p.Amount.Positive() || i != nil && p.Amount.Currency() != i.Total.Currency() {
		wrong.Add("amount", "dues.amount.wrong")
	}
	if p.Day.IsZero() {
		wrong.Add("day", "members.day.empty")
	} else if p.Day.After(d.today(tx)) {
		wrong.Add("day", "dues.day.late")
	}
	if err := wrong.Err(); err != nil {
		return p, err
	}
	p.ID, p.By = tx.ID(), by.Name
	if err := addPayment(ctx, tx, p); err != nil {
		return p, err
	}
	row := Row{Day: p.Day, Payer: p.Payer, Payment: p.ID, By: by.Name, Reason: p.Purpose}
	rest := p.Amount
	if i != nil && i.Open.Positive() && i.State != Note {
		part := money.Min(rest, i.Open)
		row.Kind, row.Invoice, row.Amount = Received, i.ID, part.Neg()
		if err := d.enter(ctx, tx, row); err != nil {
			return p, err
		}
		rest = rest.Minus(part)
	}
	if rest.Positive() {
		row.Kind, row.Invoice, row.Amount = Overpaid, "", rest.Neg()
		return p, d.enter(ctx, tx, row)
	}
	return p, nil
}

// Unpay takes a payment back that was booked by mistake. It is a Conflict if the
// credit that came of it was used since.
func (d *Desk) Unpay(ctx context.Context, by auth.Actor, id, reason string) error {
	return d.write(ctx, by, func(tx *store.Tx) error {
		if err := d.unpay(ctx, tx, by, id, reason); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.unpay", "payment/"+id)
	})
}

func (d *Desk) unpay(ctx context.Context, tx *store.Tx, by auth.Actor, id, reason string) error {
	p, err := getPayment(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case p.Undone:
		return fault.New(fault.Conflict, "dues.undone")
	}
	rows, err := rowsWhere(ctx, tx, `r.payment = $1 ORDER BY r.id`, id)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Reverses != "" || r.Undone {
			continue
		}
		if r.Invoice != "" {
			i, err := getInvoice(ctx, tx, r.Invoice)
			if err != nil {
				return err
			}
			// What was paid on an invoice cancelled since is credit now: it goes from there.
			if i.State == Cancelled {
				if err := d.move(ctx, tx, by, i.ID, r.Payer, r.Amount.Neg(), d.today(tx)); err != nil {
					return err
				}
			}
		}
		if err := d.reverse(ctx, tx, by, r, d.today(tx), reason); err != nil {
			return err
		}
	}
	if p.Entry != "" && d.Unpaid != nil {
		if err := d.Unpaid(ctx, tx, p.Entry); err != nil {
			return err
		}
	}
	return undoPayment(ctx, tx, id)
}

// reverse enters a row that makes another undone.
func (d *Desk) reverse(ctx context.Context, tx *store.Tx, by auth.Actor, r Row, day civil.Date, reason string) error {
	return d.enter(ctx, tx, Row{Day: day, Kind: r.Kind, Payer: r.Payer, Invoice: r.Invoice, Amount: r.Amount.Neg(), Payment: r.Payment, Reason: reason, Reverses: r.ID, By: by.Name})
}

// WriteOff no longer asks for what is open on an invoice.
func (d *Desk) WriteOff(ctx context.Context, by auth.Actor, id InvoiceID, reason string, day civil.Date) error {
	if err := given(reason, day); err != nil {
		return err
	}
	return d.book(ctx, by, day, func(tx *store.Tx) error {
		i, err := getInvoice(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case !i.Open.Positive() || i.State != Open:
			return fault.New(fault.Conflict, "dues.invoice.not_open")
		}
		if err := d.enter(ctx, tx, Row{Day: day, Kind: Forgone, Payer: i.Payer.ID, Invoice: id, Amount: i.Open.Neg(), Reason: reason, By: by.Name}); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.write_off", Subject(id), "number", i.Number)
	})
}

// UndoWriteOff asks for it again.
func (d *Desk) UndoWriteOff(ctx context.Context, by auth.Actor, id InvoiceID, reason string, day civil.Date) error {
	if err := given(reason, day); err != nil {
		return err
	}
	return d.book(ctx, by, day, func(tx *store.Tx) error {
		rows, err := ledgerOf(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.Kind == Forgone && r.Reverses == "" && !r.Undone {
				if err := d.reverse(ctx, tx, by, r, day, reason); err != nil {
					return err
				}
				return audit.Note(ctx, tx, by, "dues.write_off.undo", Subject(id), "number", r.Number)
			}
		}
		return fault.New(fault.Conflict, "dues.undone")
	})
}

// UseCredit pays what it can of an invoice with the credit of its payer.
func (d *Desk) UseCredit(ctx context.Context, by auth.Actor, id InvoiceID, day civil.Date) error {
	return d.book(ctx, by, day, func(tx *store.Tx) error {
		i, err := getInvoice(ctx, tx, id)
		if err != nil {
			return err
		}
		p, err := getPayer(ctx, tx, i.Payer.ID)
		if err != nil {
			return err
		}
		a := money.Min(p.Credit, i.Open)
		if !a.Positive() || i.State != Open || p.Credit.Currency() != i.Total.Currency() {
			return fault.New(fault.Conflict, "dues.credit.none")
		}
		if err := d.move(ctx, tx, by, id, p.ID, a, day); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.credit.use", Subject(id), "number", i.Number)
	})
}

// come returns the fault of a day that is none, or still to come.
func (d *Desk) come(tx *store.Tx, day civil.Date) error {
	switch {
	case day.IsZero():
		return fault.In("day", "members.day.empty")
	case day.After(d.today(tx)):
		return fault.In("day", "dues.day.late")
	}
	return nil
}

// book writes what happened on a day.
func (d *Desk) book(ctx context.Context, by auth.Actor, day civil.Date, f func(*store.Tx) error) error {
	return d.write(ctx, by, func(tx *store.Tx) error {
		if err := d.come(tx, day); err != nil {
			return err
		}
		return f(tx)
	})
}

// Return pays credit of a payer back.
func (d *Desk) Return(ctx context.Context, by auth.Actor, id PayerID, a money.Amount, day civil.Date, reason string) error {
	if err := given(reason, day); err != nil {
		return err
	}
	return d.book(ctx, by, day, func(tx *store.Tx) error {
		p, err := getPayer(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case !a.Positive() || p.Credit.Less(a) || p.Credit.Currency() != a.Currency():
			return fault.In("amount", "dues.credit.more")
		}
		if err := d.enter(ctx, tx, Row{Day: day, Kind: Returned, Payer: id, Amount: a, Reason: reason, By: by.Name}); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.credit.return", "payer/"+string(id))
	})
}

// Ledger reads a page of the ledger, oldest first, for the accountant.
func (d *Desk) Ledger(ctx context.Context, by auth.Actor, p Period) ([]Row, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) ([]Row, error) { return listRows(ctx, tx, p) })
}

// Payments are a page of the money that came in.
func (d *Desk) Payments(ctx context.Context, by auth.Actor, q PaymentQuery) ([]Payment, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) ([]Payment, error) { return listPayments(ctx, tx, q) })
}

// PayerLedger are the rows about a payer, oldest first.
func (d *Desk) PayerLedger(ctx context.Context, by auth.Actor, id PayerID) ([]Row, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) ([]Row, error) {
		return rowsWhere(ctx, tx, `r.payer = $1 ORDER BY r.day, r.id LIMIT 1000`, id)
	})
}
