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

// OpenWith are open invoices on which just the amount is open, the one due first.
func (d *Desk) OpenWith(ctx context.Context, tx *store.Tx, a money.Amount) ([]Invoice, error) {
	return openWith(ctx, tx, a)
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
