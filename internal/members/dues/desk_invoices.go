package dues

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/paper"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Invoices reads a page of invoices, the latest number first.
func (d *Desk) Invoices(ctx context.Context, by auth.Actor, q Query) ([]Invoice, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) ([]Invoice, error) { return listInvoices(ctx, tx, q) })
}

// Invoice reads an invoice, and all that was booked on it.
func (d *Desk) Invoice(ctx context.Context, by auth.Actor, id InvoiceID) (i Invoice, rows []Row, err error) {
	if err := by.Must(Read); err != nil {
		return i, nil, err
	}
	err = d.db.Read(ctx, func(tx *store.Tx) error {
		if i, err = getInvoice(ctx, tx, id); err != nil {
			return err
		}
		rows, err = ledgerOf(ctx, tx, id)
		return err
	})
	return i, rows, err
}

// Letters are what became of the letters about an invoice, newest first.
func (d *Desk) Letters(ctx context.Context, by auth.Actor, id InvoiceID) ([]mail.Entry, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	return d.Mail.Ledger(ctx, auth.House, Subject(id))
}

// Noted is the credit note of a cancelled invoice, or a Missing fault.
func (d *Desk) Noted(ctx context.Context, by auth.Actor, id InvoiceID) (Invoice, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) (Invoice, error) {
		return invoiceWhere(ctx, tx, `i.cancels = $1`, id)
	})
}

// Paper is the PDF of an invoice, for the office, and for those who act for a member
// that it is about or whose payer they are. It is made if it is not there yet.
func (d *Desk) Paper(ctx context.Context, by auth.Actor, id InvoiceID) (Invoice, []byte, error) {
	i, err := store.Read(ctx, d.db, func(tx *store.Tx) (Invoice, error) { return getInvoice(ctx, tx, id) })
	if err != nil {
		return i, nil, err
	}
	if err := by.Must(Read); err != nil {
		if err := d.concerns(ctx, by, i); err != nil {
			return i, nil, err
		}
	}
	if i.Paper == "" {
		if i.Paper, err = d.printOne(ctx, i); err == nil {
			err = d.db.Write(ctx, func(tx *store.Tx) error { return setPaper(ctx, tx, id, i.Paper, false) })
		}
		if err != nil {
			return i, nil, err
		}
	}
	f, err := d.Files.Open(ctx, i.Paper)
	if err != nil {
		return i, nil, err
	}
	defer f.Close()
	whole, err := io.ReadAll(f)
	return i, whole, err
}

// concerns returns a Denied fault unless the actor acts for the payer, or for the only
// member on the invoice.
func (d *Desk) concerns(ctx context.Context, by auth.Actor, i Invoice) error {
	p, err := store.Read(ctx, d.db, func(tx *store.Tx) (Payer, error) { return getPayer(ctx, tx, i.Payer.ID) })
	if err != nil {
		return err
	}
	who := p.Member
	if who == "" && len(i.Lines) == 1 {
		who = i.Lines[0].Member
	}
	if who == "" {
		return by.Refused(Read)
	}
	return d.own(ctx, by, who)
}

// Document writes an invoice in another format than PDF: "docx" or "html".
func (d *Desk) Document(ctx context.Context, by auth.Actor, id InvoiceID, format string) (Invoice, []byte, error) {
	i, _, err := d.Invoice(ctx, by, id)
	if err != nil {
		return i, nil, err
	}
	var b bytes.Buffer
	doc := i.Compose(d.house.In(i.Payer.Lang))
	switch format {
	case "docx":
		err = paper.DOCX(&b, doc)
	case "html":
		err = paper.HTML(&b, doc)
	default:
		err = fault.New(fault.Missing, "dues.invoice.missing")
	}
	return i, b.Bytes(), err
}

// Send posts an invoice to its payer, once more if it was.
func (d *Desk) Send(ctx context.Context, by auth.Actor, id InvoiceID) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	i, _, err := d.Paper(ctx, by, id)
	switch {
	case err != nil:
		return err
	case i.State == Cancelled:
		return fault.New(fault.Conflict, "dues.invoice.cancelled")
	case i.Payer.Email == "":
		return fault.New(fault.Conflict, "dues.invoice.no_email")
	}
	letter := i
	if letter.Paper, err = d.current(ctx, i); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		switch now, err := getInvoice(ctx, tx, id); {
		case err != nil:
			return err
		case now.Open != i.Open || now.State != i.State:
			return fault.New(fault.Conflict, "dues.changed")
		}
		if _, err := d.Mail.Post(ctx, tx, d.house.invoiceLetter(letter)); err != nil {
			return err
		}
		if err := setPaper(ctx, tx, id, i.Paper, true); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.invoice.send", Subject(id), "number", i.Number)
	})
}

// current is the paper that asks for what is open now. That of the invoice asks for
// what was open when it was made, and would be paid twice.
func (d *Desk) current(ctx context.Context, i Invoice) (string, error) {
	if i.Paper != "" && (i.Open == i.Total || i.State == Note) {
		return i.Paper, nil
	}
	return d.printOne(ctx, i)
}

// Cancel makes a credit note (dobropis) that cancels an invoice. What was paid on it
// becomes credit of the payer.
func (d *Desk) Cancel(ctx context.Context, by auth.Actor, id InvoiceID, reason string, day civil.Date) (Invoice, error) {
	if err := by.Must(Write); err != nil {
		return Invoice{}, err
	}
	if err := given(reason, day); err != nil {
		return Invoice{}, err
	}
	seller := d.house.Seller(ctx)
	return store.Write(ctx, d.db, func(tx *store.Tx) (Invoice, error) {
		old, err := getInvoice(ctx, tx, id)
		switch {
		case err != nil:
			return old, err
		case old.State == Cancelled || old.State == Note:
			return old, fault.New(fault.Conflict, "dues.invoice.cancelled")
		case day.Before(old.Issued):
			return old, fault.In("day", "dues.day.early")
		case day != old.Issued && day.After(d.today(tx)): // one of a day to come can be cancelled on it
			return old, fault.In("day", "dues.day.late")
		}
		rows, err := ledgerOf(ctx, tx, id)
		if err != nil {
			return old, err
		}
		for _, r := range rows {
			if r.Kind == Forgone && r.Reverses == "" && !r.Undone {
				if err := d.reverse(ctx, tx, by, r, day, reason); err != nil {
					return old, err
				}
				old.Open = old.Open.Minus(r.Amount)
			}
		}
		if err := setState(ctx, tx, id, Cancelled); err != nil {
			return old, err
		}
		n, err := nextNumber(ctx, tx, day.Year())
		if err != nil {
			return old, err
		}
		note := Invoice{ID: InvoiceID(tx.ID()), Number: number(day.Year(), n), Year: old.Year, Of: id, Payer: old.Payer, Seller: seller, Issued: day, Due: day, State: Note, Reason: reason, Total: old.Total.Neg()}
		for _, l := range old.Lines {
			l.Amount = l.Amount.Neg()
			note.Lines = append(note.Lines, l)
		}
		if err := addInvoice(ctx, tx, note); err != nil {
			return note, err
		}
		if err := d.enter(ctx, tx, Row{Day: day, Kind: Voided, Payer: old.Payer.ID, Invoice: id, Amount: old.Total.Neg(), Reason: reason, By: by.Name}); err != nil {
			return note, err
		}
		if paid := old.Total.Minus(old.Open); paid.Positive() {
			if err := d.move(ctx, tx, by, id, old.Payer.ID, paid.Neg(), day); err != nil {
				return note, err
			}
		}
		return note, audit.Note(ctx, tx, by, "dues.invoice.cancel", Subject(id), "number", old.Number, "note", note.Number)
	})
}

// given returns the faults of a reason and a day.
func given(reason string, day civil.Date) error {
	var wrong fault.Fields
	if fault.Empty(reason) || len(reason) > 1000 {
		wrong.Add("reason", "dues.reason.empty")
	}
	if day.IsZero() {
		wrong.Add("day", "members.day.empty")
	}
	return wrong.Err()
}

// A Year is the dues of a year in short.
type Year struct {
	Year     int
	Wanted   int // declarations
	Declared int
	Sums     map[Kind]money.Amount // of its invoices
	Owed     money.Amount          // open now
	Late     money.Amount          // open and due before the day
	Credit   money.Amount          // of all payers
}

// Of is the sum of the rows of some kinds, in the direction in which people speak of
// them: what was paid is more than nothing.
func (y Year) Of(kinds ...Kind) money.Amount {
	sum := money.Of(0, y.Owed.Currency())
	for _, k := range kinds {
		sum = sum.Plus(y.Sums[k])
	}
	if len(kinds) > 0 && kinds[0] != Billed {
		return sum.Neg()
	}
	return sum
}

// Overview is the dues of a year as they stand on the day. How many declarations are
// wanted is told by the counters of the register as it is now.
func (d *Desk) Overview(ctx context.Context, by auth.Actor, year int, day civil.Date) (Year, error) {
	c := d.Currency(ctx)
	counts, err := d.Members.Counts(ctx)
	if err != nil {
		return Year{}, err
	}
	return read(ctx, d, by, See, func(tx *store.Tx) (Year, error) {
		y := Year{Year: year}
		rules, err := listRules(ctx, tx)
		if err != nil {
			return y, err
		}
		for _, k := range members.Kinds() {
			if r, ok := rules.For(k, "", year); ok && r.Way == fees.Share {
				y.Wanted += counts.In(k, members.Active)
			}
		}
		declared, err := countDeclared(ctx, tx, year-1)
		if err != nil {
			return y, err
		}
		y.Declared = min(declared, y.Wanted)
		if y.Sums, err = sumsOf(ctx, tx, year, c); err != nil {
			return y, err
		}
		owed, late, credit, err := standing(ctx, tx, year, day)
		y.Owed, y.Late, y.Credit = money.Of(owed, c), money.Of(late, c), money.Of(credit, c)
		return y, err
	})
}

// Ageing is what each payer owes on the day, by how late it is, the most first.
func (d *Desk) Ageing(ctx context.Context, by auth.Actor, today civil.Date) ([]Ages, Ages, error) {
	var total Ages
	list, err := read(ctx, d, by, Read, func(tx *store.Tx) ([]Ages, error) { return ageing(ctx, tx, today, &total) })
	return list, total, err
}

// Owing are members on open invoices that were due before the day, in the order of
// their IDs: up to limit after the member.
func (d *Desk) Owing(ctx context.Context, by auth.Actor, day civil.Date, after members.ID, limit int) ([]members.ID, error) {
	if limit <= 0 || limit > 1_000 {
		limit = 1_000
	}
	return read(ctx, d, by, See, func(tx *store.Tx) ([]members.ID, error) { return owing(ctx, tx, day, after, limit) })
}

// Owers are Owing as the register has them, and the member to go on after, empty at
// the end.
func (d *Desk) Owers(ctx context.Context, by auth.Actor, day civil.Date, after members.ID, limit int) (list []members.Member, next members.ID, err error) {
	if err := by.Must(See); err != nil {
		return nil, "", err
	}
	err = d.db.Read(ctx, func(tx *store.Tx) error {
		ids, err := owing(ctx, tx, day, after, limit)
		if err != nil {
			return err
		}
		if len(ids) == limit {
			next = ids[limit-1]
		}
		list, err = d.Members.MembersIn(ctx, tx, auth.House, ids...)
		return err
	})
	return list, next, err
}

// OwingIn is Owing inside another deed, all of them: which members owe on the day.
func (d *Desk) OwingIn(ctx context.Context, tx *store.Tx, day civil.Date) (map[members.ID]bool, error) {
	of := map[members.ID]bool{}
	for after := members.ID(""); ; {
		list, err := owing(ctx, tx, day, after, 1_000)
		if err != nil {
			return nil, err
		}
		for _, id := range list {
			of[id], after = true, id
		}
		if len(list) < 1_000 {
			return of, nil
		}
	}
}

// A Flag says how a member stands with the dues of a year.
type Flag string

// The flags.
const (
	FlagPaid   Flag = "paid"
	FlagOpen   Flag = "open"   // billed, and not late yet
	FlagOwes   Flag = "owes"   // late
	FlagWaived Flag = "waived" // or written off
	FlagNone   Flag = "none"   // not billed
)

// Flags are how members stand with the dues of a year on the day, for lists of the
// register.
func (d *Desk) Flags(ctx context.Context, by auth.Actor, year int, day civil.Date, ids ...members.ID) (map[members.ID]Flag, error) {
	return read(ctx, d, by, See, func(tx *store.Tx) (map[members.ID]Flag, error) { return flags(ctx, tx, year, day, ids) })
}

// Mine is what those who act for members see of their dues.
type Mine struct {
	Member       members.Member
	Declarations []Declaration
	Invoices     []Invoice // that they pay
	Credit       money.Amount
	Payer        string // another who pays for them
	Declare      bool   // their declaration of last year is wanted and not given
	Year         int    // of it
}

// Mine is what the actor sees of the dues of those for whom they act.
func (d *Desk) Mine(ctx context.Context, by auth.Actor) ([]Mine, error) {
	who, err := d.Members.ActsFor(ctx, by)
	if err != nil || len(who) == 0 {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (list []Mine, err error) {
		for _, m := range who {
			one, err := d.mine(ctx, tx, m)
			if err != nil {
				return nil, err
			}
			list = append(list, one)
		}
		return list, nil
	})
}

func (d *Desk) mine(ctx context.Context, tx *store.Tx, m members.Member) (Mine, error) {
	one := Mine{Member: m, Year: d.today(tx).Year() - 1}
	var err1, err2, err3 error
	one.Declarations, err1 = declarationsOf(ctx, tx, m.ID, 0)
	p, err := payerMember(ctx, tx, m.ID)
	if err == nil {
		one.Credit = p.Credit
		one.Invoices, err2 = listInvoices(ctx, tx, Query{Payer: p.ID, Limit: 200})
	} else if !fault.Is(err, fault.Missing) {
		err3 = err
	}
	other, err4 := payerOf(ctx, tx, m.ID)
	if other != "" && err4 == nil {
		if p, err4 = getPayer(ctx, tx, other); p.Member == "" {
			one.Payer = p.Name
		}
	}
	rules, err5 := listRules(ctx, tx)
	if r, ok := rules.For(m.Kind, m.Category, one.Year+1); ok && r.Way == fees.Share {
		one.Declare = true
		for _, dec := range one.Declarations {
			one.Declare = one.Declare && dec.Year != one.Year
		}
	}
	return one, errors.Join(err1, err2, err3, err4, err5)
}
