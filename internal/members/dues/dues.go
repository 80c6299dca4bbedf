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

// Subject names an invoice in the book and the ledger of letters.
func Subject(id InvoiceID) string { return "invoice/" + string(id) }

func aboutMember(id members.ID) string { return members.Subject(id) }
