package dues

import (
	"context"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// What the bank asks inside a deed of its own. It has asked for the right.

// Seller is the house as its invoices have it now.
func (d *Desk) Seller(ctx context.Context) Seller { return d.house.Seller(ctx) }

// Billed is the invoice with the ID, or a Missing fault.
func (d *Desk) Billed(ctx context.Context, tx *store.Tx, id InvoiceID) (Invoice, error) {
	return getInvoice(ctx, tx, id)
}

// Referred is the invoice with the reference, or a Missing fault.
func (d *Desk) Referred(ctx context.Context, tx *store.Tx, r payslip.Reference) (Invoice, error) {
	return invoiceWhere(ctx, tx, `i.reference = $1`, r)
}

// Numbered is the invoice with the number, or a Missing fault.
func (d *Desk) Numbered(ctx context.Context, tx *store.Tx, number string) (Invoice, error) {
	return invoiceWhere(ctx, tx, `i.number = $1`, number)
}

// Likely are some open invoices on which just the amount is open, and that are for the
// payer or bear a word of the name; those that bear the most come first.
func (d *Desk) Likely(ctx context.Context, tx *store.Tx, a money.Amount, name string, p PayerID) ([]Invoice, error) {
	return likely(ctx, tx, a, name, p)
}

// Only is the one invoice on which just the amount is open; false if there are none, or
// several.
func (d *Desk) Only(ctx context.Context, tx *store.Tx, a money.Amount) (Invoice, bool, error) {
	list, err := listInvoices(ctx, tx, Query{Open: a, Limit: 2})
	if err != nil || len(list) != 1 {
		return Invoice{}, false, err
	}
	return list[0], true, nil
}

// PaidFrom is who paid from the account before; empty if nobody, or several did.
func (d *Desk) PaidFrom(ctx context.Context, tx *store.Tx, iban string) (PayerID, error) {
	return payerByIBAN(ctx, tx, iban)
}

// A Brief is an invoice in short.
type Brief struct {
	Number, Payer string
	Open          money.Amount
}

// Briefs are invoices in short, by ID.
func (d *Desk) Briefs(ctx context.Context, tx *store.Tx, ids ...InvoiceID) (map[InvoiceID]Brief, error) {
	return briefs(ctx, tx, ids)
}

// BilledTo are the invoices of which the member is the payer.
func (d *Desk) BilledTo(ctx context.Context, tx *store.Tx, id members.ID) ([]InvoiceID, error) {
	return billedTo(ctx, tx, id)
}

// Receive books a payment on an invoice. What is more than it asks is credit of its
// payer.
func (d *Desk) Receive(ctx context.Context, tx *store.Tx, by auth.Actor, p Payment, i Invoice) (Payment, error) {
	return d.receive(ctx, tx, by, p, &i)
}
