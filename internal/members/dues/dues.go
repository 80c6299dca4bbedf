// Package dues is what belonging costs: the rules by which dues are reckoned, what
// members declare, the invoices of a year, what was paid, and what is still owed.
//
// What holds:
//
//   - A standing never depends on a payment. Who pays may be another than the member,
//     and one payer may pay for many.
//   - An invoice is frozen when it is made: its number, its lines, the payer's and
//     the house's address, and its paper. It is cancelled by a credit note, and never
//     changed or taken out. The numbers of a year have no gaps.
//   - All that moves money is a row of the ledger, and no row is changed: a mistake is
//     made good by a row that reverses it. What is open on an invoice, and the credit
//     of a payer, are the sums of their rows.
//   - A declaration that is corrected stays; the newest counts. What a member declared
//     is for the office alone, and so is what follows from it; that somebody owes is
//     for the board too.
package dues

import (
	"slices"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
)

// The rights of the desk.
var (
	// See is to see who has paid and who owes, and the sums of a year.
	See = members.SeeDues
	// Read is to see the invoices.
	Read = auth.Right{Name: "dues.read", Roles: auth.Office}
	// Write is to make invoices and book payments.
	Write = auth.Right{Name: "dues.write", Roles: auth.Office}
	// Declared is to see what members declared.
	Declared = auth.Right{Name: "dues.funds", Roles: auth.Office}
)

// A Source is whose public money a member received.
type Source string

// The sources.
const (
	FromState        Source = "state"
	FromMunicipality Source = "municipality"
	FromEU           Source = "eu"
	FromOthers       Source = "other"
)

// Sources are all sources in the order in which they are asked for.
func Sources() []Source { return []Source{FromState, FromMunicipality, FromEU, FromOthers} }

// Funds is the public money of a year, by source.
type Funds struct{ State, Municipality, EU, Other money.Amount }

// at is the place of a source.
func (f *Funds) at(s Source) *money.Amount {
	switch s {
	case FromState:
		return &f.State
	case FromMunicipality:
		return &f.Municipality
	case FromEU:
		return &f.EU
	}
	return &f.Other
}

// Of is what came from the source.
func (f Funds) Of(s Source) money.Amount { return *f.at(s) }

// With is f with another amount of the source.
func (f Funds) With(s Source, a money.Amount) Funds {
	*f.at(s) = a
	return f
}

// Sum is what came from the sources, all if none is named.
func (f Funds) Sum(of ...Source) (money.Amount, error) {
	var list []money.Amount
	for _, s := range Sources() {
		if len(of) == 0 || slices.Contains(of, s) {
			list = append(list, f.Of(s))
		}
	}
	return money.Add(list...)
}

// Subject names an invoice in the book and the ledger of letters.
func Subject(id InvoiceID) string { return "invoice/" + string(id) }

func aboutMember(id members.ID) string { return members.Subject(id) }
