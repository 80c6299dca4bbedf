package dues

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// enter writes a row of the ledger. Where it opens an invoice or closes it, the register
// learns who owes.
func (d *Desk) enter(ctx context.Context, tx *store.Tx, r Row) error {
	turned, err := enter(ctx, tx, r)
	if err != nil || !turned {
		return err
	}
	return d.mark(ctx, tx, r.Invoice)
}

// mark tells the register of the members on an invoice whether they owe, and by when
// they were to pay.
func (d *Desk) mark(ctx context.Context, tx *store.Tx, id InvoiceID) error {
	list, err := oldestDue(ctx, tx, `member IN (SELECT member FROM dues_lines WHERE invoice = $1)`, id)
	return d.markAll(ctx, tx, list, err)
}

// handMark does the same where the invoices of one member are now those of another.
func (d *Desk) handMark(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	if err := d.Members.MarkIn(ctx, tx, from, members.OwesDues, civil.Date{}); err != nil {
		return err
	}
	list, err := oldestDue(ctx, tx, `member = $1`, to)
	return d.markAll(ctx, tx, list, err)
}

func (d *Desk) markAll(ctx context.Context, tx *store.Tx, list []dueMember, err error) error {
	if err != nil {
		return err
	}
	for _, m := range list {
		if err := d.Members.MarkIn(ctx, tx, m.id, members.OwesDues, m.day); err != nil {
			return err
		}
	}
	return nil
}
