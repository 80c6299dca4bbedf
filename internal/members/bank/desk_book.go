package bank

import (
	"context"
	"slices"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// BookEntry books an entry on an invoice, on the one that it was matched with if none
// is named.
func (d *Desk) BookEntry(ctx context.Context, by auth.Actor, id string, invoice dues.InvoiceID) error {
	return d.write(ctx, by, func(tx *store.Tx) error { return d.bookEntry(ctx, tx, by, id, invoice) })
}

func (d *Desk) bookEntry(ctx context.Context, tx *store.Tx, by auth.Actor, id string, invoice dues.InvoiceID) error {
	e, err := d.entry(ctx, tx, id)
	if err != nil {
		return err
	}
	if e.Match == Booked {
		return fault.New(fault.Conflict, "dues.entry.booked")
	}
	if invoice == "" {
		invoice = e.Invoice
	}
	if invoice == "" {
		return fault.New(fault.Conflict, "dues.entry.unknown")
	}
	i, err := d.dues.Billed(ctx, tx, invoice)
	if err != nil {
		return err
	}
	p, err := d.dues.Receive(ctx, tx, by, dues.Payment{Day: e.Day, Amount: e.Amount, Payer: i.Payer.ID, Name: e.Name, IBAN: e.IBAN, Purpose: e.Purpose, Entry: e.ID}, i)
	if err != nil {
		return err
	}
	if invoice != e.Invoice {
		e.Why = ""
	}
	e.Match, e.Invoice, e.Payment = Booked, invoice, p.ID
	if err := setMatch(ctx, tx, e); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "dues.entry.book", dues.Subject(i.ID), "number", i.Number, "entry", e.ID)
}

// BookAll books all entries of a statement that bear the reference of an invoice, and
// says how many. Those of which a person must decide are suggested from now on.
func (d *Desk) BookAll(ctx context.Context, by auth.Actor, statement string) (n int, err error) {
	if err := by.Must(dues.Write); err != nil {
		return 0, err
	}
	for {
		list, err := d.Entries(ctx, by, EntryQuery{Statement: statement, Matches: []Match{ByReference}, Limit: 100})
		if err != nil || len(list) == 0 {
			return n, err
		}
		booked := 0
		err = d.write(ctx, by, func(tx *store.Tx) error {
			booked = 0
			for _, e := range list {
				is, err := d.bookSure(ctx, tx, by, e.ID)
				if err != nil {
					return err
				}
				if is {
					booked++
				}
			}
			return nil
		})
		if err != nil {
			return n, err
		}
		n += booked
	}
}

// bookSure books an entry on the invoice whose reference it bears. If that is paid or
// cancelled meanwhile, the entry was taken back, or has a day to come, it is left for a
// person.
func (d *Desk) bookSure(ctx context.Context, tx *store.Tx, by auth.Actor, id string) (bool, error) {
	e, err := d.entry(ctx, tx, id)
	if err != nil || e.Match != ByReference {
		return false, err // somebody was faster
	}
	if !e.Open.Positive() || e.Why == TakenBack || e.Day.After(d.today(tx)) {
		e.Match = Suggested
		return false, setMatch(ctx, tx, e)
	}
	return true, d.bookEntry(ctx, tx, by, id, "")
}

// Ignore says that an entry is no payment of dues; Heed takes that back.
func (d *Desk) Ignore(ctx context.Context, by auth.Actor, id string) error {
	return d.rematch(ctx, by, id, "dues.entry.ignore", []Match{ByReference, Suggested, Unknown}, func(e *Entry) { e.Match = Ignored })
}

// Heed takes an Ignore back.
func (d *Desk) Heed(ctx context.Context, by auth.Actor, id string) error {
	return d.rematch(ctx, by, id, "dues.entry.heed", []Match{Ignored}, func(e *Entry) {
		if e.Match = Unknown; e.Invoice != "" {
			e.Match = Suggested
		}
	})
}

func (d *Desk) rematch(ctx context.Context, by auth.Actor, id, deed string, from []Match, f func(*Entry)) error {
	return d.write(ctx, by, func(tx *store.Tx) error {
		e, err := d.entry(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case !slices.Contains(from, e.Match):
			return fault.New(fault.Conflict, "dues.entry.booked")
		}
		f(&e)
		if err := setMatch(ctx, tx, e); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, deed, "entry/"+id)
	})
}

// A Search is how a person looks for the invoice that an entry is for.
type Search struct {
	Text   string       // number, reference, or beginnings of words of payer and members
	Amount money.Amount // that is open; zero for any
	All    bool         // also invoices on which nothing is open
	Before string       // number of the last of the page before
}

// PageOf is how many invoices a search finds at a time.
const PageOf = 25

// Candidates are invoices that an entry may be for: a page of those that the search
// finds; or if it asks for nothing, those with the amount of the entry, first such as
// bear a name of who paid.
func (d *Desk) Candidates(ctx context.Context, by auth.Actor, id string, s Search) ([]dues.Invoice, error) {
	e, err := d.Entry(ctx, by, id)
	if err != nil {
		return nil, err
	}
	q := dues.Query{Text: s.Text, Open: s.Amount, Stands: true, Before: s.Before, Limit: PageOf}
	if !s.All {
		q.State = dues.Open
	}
	if s.Text == "" && s.Amount.IsZero() {
		likely, err := read(ctx, d, by, dues.Read, func(tx *store.Tx) ([]dues.Invoice, error) {
			known, err := d.dues.PaidFrom(ctx, tx, e.IBAN)
			if err != nil {
				return nil, err
			}
			return d.dues.Likely(ctx, tx, e.Amount, e.Name, known)
		})
		if err != nil || len(likely) > 0 {
			return likely, err
		}
		q.Open = e.Amount
	}
	return d.dues.Invoices(ctx, by, q)
}

// unpaid has an entry wait for a person again when its payment is taken back.
func (d *Desk) unpaid(ctx context.Context, tx *store.Tx, id string) error {
	e, err := getEntry(ctx, tx, id)
	if err != nil {
		return err
	}
	e.Match, e.Payment = Unknown, ""
	if e.Invoice != "" {
		e.Match = Suggested
	}
	if e.Why == SameReference {
		e.Match, e.Why = ByReference, TakenBack
	}
	if err := setMatch(ctx, tx, e); err != nil {
		return err
	}
	return d.tell(ctx, tx)
}
