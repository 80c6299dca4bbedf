package dues

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// OldInvoicesIn are the invoices issued before the day that still say whose they are:
// the first hundred, and how many there are.
func (d *Desk) OldInvoicesIn(ctx context.Context, tx *store.Tx, before civil.Date) ([]Invoice, int, error) {
	return oldInvoices(ctx, tx, before, d.house.In("").T("dues.erased"), 100)
}

// BlankInvoices takes who pays out of up to a hundred of them, with their papers;
// numbers, days and sums stay. It returns how many there were.
func (d *Desk) BlankInvoices(ctx context.Context, by auth.Actor, before civil.Date) (n int, err error) {
	name := d.house.In("").T("dues.erased")
	err = d.write(ctx, by, func(tx *store.Tx) error {
		list, _, err := oldInvoices(ctx, tx, before, name, 100)
		if err != nil {
			return err
		}
		var gone []string
		for _, i := range list {
			i.Payer, i.Lines = Payer{Name: name, Lang: i.Payer.Lang}, nil
			papers, err := blank(ctx, tx, i)
			if err != nil {
				return err
			}
			if err := blankRows(ctx, tx, i.ID, name); err != nil {
				return err
			}
			gone = append(gone, papers...)
		}
		n = len(list)
		return d.forget(ctx, tx, gone)
	})
	return n, err
}

// OldDeclarationsIn counts the declarations of years before the day's that have a name.
func (d *Desk) OldDeclarationsIn(ctx context.Context, tx *store.Tx, before civil.Date) (int, error) {
	return oldDeclarations(ctx, tx, before.Year(), false)
}

// BlankDeclarations takes out of them who declared; the sums stay as evidence.
func (d *Desk) BlankDeclarations(ctx context.Context, by auth.Actor, before civil.Date) (n int, err error) {
	err = d.write(ctx, by, func(tx *store.Tx) (err error) {
		n, err = oldDeclarations(ctx, tx, before.Year(), true)
		return err
	})
	return n, err
}
