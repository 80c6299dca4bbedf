package bank

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/engine/statement"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// MaxStatement is the most that a file from a bank may weigh, in bytes.
const MaxStatement = statement.MaxBytes

// Upload takes in a file from a bank: camt.053, or CSV. Nothing is booked yet. A file
// that was taken in before is a Conflict, and its statement is returned. A CSV file
// whose columns are not known is kept with its Sheet until MapColumns.
func (d *Desk) Upload(ctx context.Context, by auth.Actor, name string, raw []byte) (Statement, error) {
	if err := by.Must(dues.Write); err != nil {
		return Statement{}, err
	}
	sum := sha256.Sum256(raw)
	hash := hex.EncodeToString(sum[:])
	s := Statement{Name: statement.Line(name), By: by.Name}
	if err := statement.Sniff(raw); err != nil {
		return s, wrongFile(err)
	}
	var parts []statement.Statement
	if statement.IsXML(raw) {
		list, err := statement.ReadCAMT(raw)
		if err != nil {
			return s, wrongFile(err)
		}
		parts = list
	} else {
		sheet, err := statement.ReadSheet(raw)
		if err != nil {
			return s, wrongFile(err)
		}
		if s.Columns = statement.Guess(sheet.Head); !statement.Fits(s.Columns) {
			s.Sheet = string(raw)
		} else if parts, err = d.rows(ctx, sheet, s.Columns); err != nil {
			return s, wrongFile(err)
		}
	}
	var before Statement
	fresh := s
	err := d.write(ctx, by, func(tx *store.Tx) (err error) {
		s = fresh // it may be done again
		if before, err = statementWhere(ctx, tx, `s.hash = $1`, hash); err == nil {
			return fault.New(fault.Conflict, "dues.statement.twice")
		} else if !fault.Is(err, fault.Missing) {
			return err
		}
		s.ID, s.Made = tx.ID(), tx.Now
		if s.Sheet != "" {
			s.Sheet = hex.EncodeToString(raw) // whatever its letters are
		}
		return d.take(ctx, tx, by, &s, hash, parts)
	})
	if before.ID != "" {
		return before, err
	}
	return s, err
}

func (d *Desk) rows(ctx context.Context, sheet statement.Sheet, m []statement.Column) ([]statement.Statement, error) {
	seller := d.dues.Seller(ctx)
	one, err := sheet.Statement(m, string(seller.IBAN), seller.Currency)
	return []statement.Statement{one}, err
}

func wrongFile(err error) error {
	switch {
	case errors.Is(err, statement.ErrBig):
		return fault.In("file", "dues.statement.big", "most", MaxStatement>>20)
	case errors.Is(err, statement.ErrUnsafe):
		return fault.In("file", "dues.statement.unsafe")
	case errors.Is(err, statement.ErrPacked):
		return fault.In("file", "dues.statement.packed")
	case errors.Is(err, statement.ErrPDF):
		return fault.In("file", "dues.statement.pdf")
	case errors.Is(err, statement.ErrFormat):
		return fault.In("file", "dues.statement.format")
	}
	return err
}

// Sheet is the file of a statement whose columns are not known yet.
func (d *Desk) Sheet(ctx context.Context, by auth.Actor, id string) (Statement, statement.Sheet, error) {
	s, err := read(ctx, d, by, dues.Write, func(tx *store.Tx) (Statement, error) { return statementWhere(ctx, tx, `s.id = $1`, id) })
	if err != nil {
		return s, statement.Sheet{}, err
	}
	raw, err := hex.DecodeString(s.Sheet)
	if err != nil || s.Sheet == "" {
		return s, statement.Sheet{}, fault.New(fault.Conflict, "dues.statement.mapped")
	}
	sheet, err := statement.ReadSheet(raw)
	return s, sheet, wrongFile(err)
}

// MapColumns says what the columns of a CSV file hold, and takes its entries in.
func (d *Desk) MapColumns(ctx context.Context, by auth.Actor, id string, m []statement.Column) (Statement, error) {
	s, sheet, err := d.Sheet(ctx, by, id)
	if err != nil {
		return s, err
	}
	if len(m) != len(sheet.Head) || !statement.Fits(m) {
		return s, fault.New(fault.Invalid, "dues.statement.columns")
	}
	parts, err := d.rows(ctx, sheet, m)
	if err != nil {
		return s, wrongFile(err)
	}
	err = d.write(ctx, by, func(tx *store.Tx) (err error) {
		if s, err = statementWhere(ctx, tx, `s.id = $1`, id); err != nil {
			return err
		}
		if s.Sheet == "" {
			return fault.New(fault.Conflict, "dues.statement.mapped")
		}
		s.Columns, s.Sheet = m, ""
		return d.take(ctx, tx, by, &s, "", parts)
	})
	return s, err
}

// DropStatement forgets a file of which nothing was taken in.
func (d *Desk) DropStatement(ctx context.Context, by auth.Actor, id string) error {
	return d.write(ctx, by, func(tx *store.Tx) error {
		s, err := statementWhere(ctx, tx, `s.id = $1`, id)
		if err != nil {
			return err
		}
		if s.New > 0 {
			return fault.New(fault.Conflict, "dues.statement.has")
		}
		if err := dropStatement(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.statement.drop", "statement/"+id)
	})
}

// take writes the entries of a statement that are new, each with its match. Statements
// of other accounts, and money of other currencies, are passed over and told.
func (d *Desk) take(ctx context.Context, tx *store.Tx, by auth.Actor, s *Statement, hash string, parts []statement.Statement) error {
	seller, others := d.dues.Seller(ctx), 0
	for _, part := range parts {
		if seller.IBAN != "" && !seller.IBAN.Is(part.Account) {
			if others++; others == len(parts) {
				return fault.In("file", "dues.statement.account", "account", part.Account)
			}
			s.Problems = append(s.Problems, statement.Problem{Kind: statement.OtherHouse, Said: part.Account})
			continue
		}
		if part.Account == "" && seller.IBAN != "" {
			s.Problems = append(s.Problems, statement.Problem{Kind: statement.NoAccount})
		}
		s.Account, s.Problems = string(cmp.Or(seller.IBAN, payslip.IBAN(part.Account))), append(s.Problems, part.Problems...)
		for _, e := range part.Entries {
			if err := d.takeEntry(ctx, tx, s, seller, e); err != nil {
				return err
			}
		}
	}
	if len(s.Problems) > 500 {
		s.Problems = s.Problems[:500]
	}
	if err := putStatement(ctx, tx, *s, hash); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "dues.statement", "statement/"+s.ID, "new", strconv.Itoa(s.New), "known", strconv.Itoa(s.Known))
}

func (d *Desk) takeEntry(ctx context.Context, tx *store.Tx, s *Statement, seller dues.Seller, e statement.Entry) error {
	if s.From.IsZero() || e.Day.Before(s.From) {
		s.From = e.Day
	}
	if s.To.Before(e.Day) {
		s.To = e.Day
	}
	switch {
	case !e.Amount.Positive():
		s.Out++
		return nil
	case e.Amount.Currency() != seller.Currency:
		s.Problems = append(s.Problems, statement.Problem{Line: e.Line, Kind: statement.OtherMoney, Said: e.Amount.String()})
		return nil
	}
	one := Entry{
		ID: fmt.Sprintf("%s-%06d", s.ID, s.New+s.Known), Statement: s.ID, Line: e.Line, Day: e.Day, Amount: e.Amount,
		Name: e.Name, IBAN: e.IBAN, Reference: e.Reference, Purpose: e.Purpose,
	}
	if err := d.match(ctx, tx, &one, e); err != nil {
		return err
	}
	if one.Match == ByReference || one.Match == Suggested {
		twin, err := hasTwin(ctx, tx, one)
		if err != nil {
			return err
		}
		if twin { // perhaps the same in another file: a person decides
			one.Match, one.Why = Suggested, Twin
		}
	}
	fresh, err := addEntry(ctx, tx, one, s.Account+" "+e.Key)
	if fresh {
		s.New++
	} else {
		s.Known++
	}
	return err
}

// match finds the invoice that an entry is for: by its reference; or else, as a
// suggestion, by the number of one, or by amount and payer.
func (d *Desk) match(ctx context.Context, tx *store.Tx, one *Entry, e statement.Entry) error {
	one.Match = Unknown
	for _, r := range referencesOf(e) {
		i, err := d.dues.Referred(ctx, tx, r)
		if err != nil && !fault.Is(err, fault.Missing) {
			return err
		}
		if err == nil && i.State != dues.Note {
			one.Match, one.Invoice, one.Why, one.part = ByReference, i.ID, SameReference, e.Amount.Less(i.Total)
			if !i.Open.Positive() || e.Reversal { // paid already, cancelled, or ours that came back: a person decides
				one.Match = Suggested
			}
			return nil
		}
	}
	if n := numberOf(e); n != "" {
		i, err := d.dues.Numbered(ctx, tx, n)
		if err != nil && !fault.Is(err, fault.Missing) {
			return err
		}
		if err == nil && i.Open.Positive() {
			one.Match, one.Invoice, one.Why = Suggested, i.ID, ByNumber
			return nil
		}
	}
	known, err := d.dues.PaidFrom(ctx, tx, e.IBAN)
	if err != nil {
		return err
	}
	open, err := d.dues.Likely(ctx, tx, e.Amount, e.Name, known)
	if err != nil {
		return err
	}
	i, why, ok := suggest(e, open, known)
	if !ok && e.Amount.Minor()%100 != 0 { // an amount with cents that only one owes
		why = ByAmount
		if i, ok, err = d.dues.Only(ctx, tx, e.Amount); err != nil {
			return err
		}
	}
	if ok {
		one.Match, one.Invoice, one.Why = Suggested, i.ID, why
	}
	return nil
}
