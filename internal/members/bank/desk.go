package bank

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"strconv"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the room. Those of dues come first.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "bank", FS: sub}
}

// A Desk is where statements are taken in and booked.
type Desk struct {
	db      *store.DB
	dues    *dues.Desk
	pending pending.List
	zone    *time.Location
}

// New opens the desk, and has dues tell it what is taken back.
func New(db *store.DB, d *dues.Desk, list pending.List, zone *time.Location) *Desk {
	b := &Desk{db, d, list, zone}
	d.Unpaid = b.unpaid
	return b
}

// Holder is what the register asks of this desk when a member goes.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "bank", Tell: d.told, Erase: func(ctx context.Context, tx *store.Tx, id members.ID) error {
		list, err := d.dues.BilledTo(ctx, tx, id)
		if err != nil {
			return err
		}
		return forget(ctx, tx, list)
	}}
}

// A toldEntry is a line of a statement that was found to be about a member.
type toldEntry struct {
	Day     string `json:"day"`
	Amount  string `json:"amount"`
	Name    string `json:"name"`
	IBAN    string `json:"iban"`
	Purpose string `json:"purpose"`
}

func (d *Desk) told(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	list, err := d.dues.BilledTo(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	all, err := linesFor(ctx, tx, list)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all, nil
}

// OldIn counts the lines of statements of before the day that still name who paid.
func (d *Desk) OldIn(ctx context.Context, tx *store.Tx, before civil.Date) (int, error) {
	return countOld(ctx, tx, before)
}

// BlankOld takes out of them who paid, from where and for what; days, sums and
// references stay.
func (d *Desk) BlankOld(ctx context.Context, by auth.Actor, before civil.Date) (n int, err error) {
	err = d.write(ctx, by, func(tx *store.Tx) (err error) {
		if n, err = countOld(ctx, tx, before); err != nil || n == 0 {
			return err
		}
		return blankOld(ctx, tx, before)
	})
	return n, err
}

func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.zone) }

// read asks for the right and reads.
func read[T any](ctx context.Context, d *Desk, by auth.Actor, right auth.Right, f func(*store.Tx) (T, error)) (T, error) {
	if err := by.Must(right); err != nil {
		var none T
		return none, err
	}
	return store.Read(ctx, d.db, f)
}

// write asks for the right to write, writes, and tells the list of today what is left.
func (d *Desk) write(ctx context.Context, by auth.Actor, f func(*store.Tx) error) error {
	if err := by.Must(dues.Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return d.tell(ctx, tx)
	})
}

// tell has the list of today ask for a look at the entries that wait, if any do.
func (d *Desk) tell(ctx context.Context, tx *store.Tx) error {
	const id = "bank/waiting"
	n, err := countWaiting(ctx, tx)
	if err != nil || n == 0 {
		return errors.Join(err, d.pending.Drop(ctx, tx, id))
	}
	return d.pending.Put(ctx, tx, pending.Due{ID: id, Kind: "dues.due.bank", Args: []string{"n", strconv.Itoa(n)}, On: d.today(tx), Link: "/dues/bank", For: dues.Read.Roles})
}

// Statements are a page of the files taken in, newest first: up to limit before the one.
func (d *Desk) Statements(ctx context.Context, by auth.Actor, before string, limit int) ([]Statement, error) {
	return read(ctx, d, by, dues.Read, func(tx *store.Tx) ([]Statement, error) { return listStatements(ctx, tx, before, limit) })
}

// Statement reads one of them.
func (d *Desk) Statement(ctx context.Context, by auth.Actor, id string) (Statement, error) {
	return read(ctx, d, by, dues.Read, func(tx *store.Tx) (Statement, error) { return statementWhere(ctx, tx, `s.id = $1`, id) })
}

// Entries reads a page of entries.
func (d *Desk) Entries(ctx context.Context, by auth.Actor, q EntryQuery) ([]Entry, error) {
	return read(ctx, d, by, dues.Read, func(tx *store.Tx) ([]Entry, error) { return d.entries(ctx, tx, q) })
}

// Entry reads one entry.
func (d *Desk) Entry(ctx context.Context, by auth.Actor, id string) (Entry, error) {
	return read(ctx, d, by, dues.Read, func(tx *store.Tx) (Entry, error) { return d.entry(ctx, tx, id) })
}

// Waiting is how many entries are neither booked nor ignored.
func (d *Desk) Waiting(ctx context.Context, by auth.Actor) (int, error) {
	return read(ctx, d, by, dues.Read, func(tx *store.Tx) (int, error) { return countWaiting(ctx, tx) })
}

// entries are entries with what their invoices say now.
func (d *Desk) entries(ctx context.Context, tx *store.Tx, q EntryQuery) ([]Entry, error) {
	list, err := listEntries(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	return list, d.fill(ctx, tx, list)
}

func (d *Desk) entry(ctx context.Context, tx *store.Tx, id string) (Entry, error) {
	e, err := getEntry(ctx, tx, id)
	if err != nil {
		return e, err
	}
	one := []Entry{e}
	err = d.fill(ctx, tx, one)
	return one[0], err
}

// fill adds what the invoices of the entries say now.
func (d *Desk) fill(ctx context.Context, tx *store.Tx, list []Entry) error {
	var ids []dues.InvoiceID
	for _, e := range list {
		if e.Invoice != "" {
			ids = append(ids, e.Invoice)
		}
	}
	of, err := d.dues.Briefs(ctx, tx, ids...)
	for i, e := range list {
		b := of[e.Invoice]
		list[i].Number, list[i].PayerName, list[i].Open = b.Number, b.Payer, b.Open
	}
	return err
}
