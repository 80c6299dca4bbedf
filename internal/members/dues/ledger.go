package dues

import (
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
)

// A Kind is what a row of the ledger is about.
type Kind string

// The kinds. An amount above nothing is owed to the house.
const (
	Billed   Kind = "billed"   // + an invoice is made
	Voided   Kind = "voided"   // − a credit note cancels one
	Received Kind = "received" // − money comes in for an invoice
	Overpaid Kind = "overpaid" // − money comes in for none: credit of the payer
	Moved    Kind = "moved"    // between an invoice and the credit of its payer; the two rows make nothing
	Returned Kind = "returned" // + credit is paid back
	Forgone  Kind = "forgone"  // − written off
)

// Kinds are all kinds.
func Kinds() []Kind { return []Kind{Billed, Voided, Received, Overpaid, Moved, Returned, Forgone} }

// A Row is a line of the ledger. It is never changed.
type Row struct {
	ID       string
	Day      civil.Date
	Kind     Kind
	Payer    PayerID
	Invoice  InvoiceID // empty for what is about the credit of the payer
	Amount   money.Amount
	Payment  string // the money that came, if it did
	Reason   string
	Reverses string // the row that this one makes undone
	By       string
	At       time.Time

	Number, PayerName string // read only, for lists
	Undone            bool   // read only: another row reverses it
}

// A Payment is money that came in.
type Payment struct {
	ID      string
	Day     civil.Date
	Amount  money.Amount
	Payer   PayerID
	Name    string // who paid, by the bank
	IBAN    string
	Purpose string
	Entry   string // of a statement; empty if it was typed in
	By      string
	Undone  bool
}
