// Package bank is what the bank says came in on the account of the house: statements
// taken in, matched with invoices by machine, and booked by a person.
//
// What holds:
//
//   - An entry counts once, however often its file is read and in whichever file it
//     stands. One that is like another of another file, by which the bank does not say
//     that it is the same, waits for a person.
//   - Nothing is booked before a person says so, and what is booked can be undone.
//   - Of money that went out, of other accounts and of other currencies nothing is kept
//     but that it was there.
package bank

import (
	"regexp"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/engine/statement"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members/dues"
)

// A Match says how sure we are whose money an entry is.
type Match string

// The matches.
const (
	ByReference Match = "reference" // the reference of an open invoice
	Suggested   Match = "suggested" // amount and payer fit
	Unknown     Match = "unknown"
	Booked      Match = "booked"
	Ignored     Match = "ignored" // somebody said that it is no payment of dues
)

// Matches are all matches in the order in which they are shown.
func Matches() []Match { return []Match{ByReference, Suggested, Unknown, Booked, Ignored} }

// A Statement is a file from a bank that was read.
type Statement struct {
	ID       string
	Name     string // of the file
	Account  string
	From, To civil.Date
	Made     time.Time
	By       string
	New      int // entries taken in
	Known    int // entries that had come with another file
	Out      int // money that went out: not kept
	Problems []statement.Problem
	Sheet    string // of CSV whose columns are not known yet: the file
	Columns  []statement.Column
	Waiting  int // entries not yet booked or ignored; read only
}

// An Entry is money that came in, by a statement.
type Entry struct {
	ID        string
	Statement string
	Line      int
	Day       civil.Date
	Amount    money.Amount
	Name      string
	IBAN      string
	Reference string
	Purpose   string
	Match     Match
	Invoice   dues.InvoiceID // that it is for, or may be
	Why       Hint           // of a suggestion
	Payment   string         // once it is booked

	Number, PayerName string // of the invoice; read only
	Open              money.Amount
	part              bool // of what the invoice with its reference asks: two of them can both be booked
}

// A Hint says what a suggestion rests on.
type Hint string

// The hints.
const (
	SameReference Hint = "reference"
	ByNumber      Hint = "number"
	ByAccount     Hint = "account"
	ByName        Hint = "name"
	ByAmount      Hint = "amount"
	Twin          Hint = "twin" // another file has one like it, on the same day
	TakenBack     Hint = "back" // it was booked by its reference, and taken back
)

// Hints are all hints.
func Hints() []Hint {
	return []Hint{SameReference, ByNumber, ByAccount, ByName, ByAmount, Twin, TakenBack}
}

// referencesOf are the references that an entry may bear, wherever the bank or the
// payer has put them. Who has none writes SI99 in the field, and ours in the purpose.
func referencesOf(e statement.Entry) (list []payslip.Reference) {
	if r, err := payslip.ParseReference(e.Reference); err == nil {
		list = append(list, r)
	}
	return append(list, payslip.FindReferences(e.Reference+" "+e.Purpose)...)
}

// numbers of invoices, which payers also write behind a model: SI00 2026-00014.
var numbers = regexp.MustCompile(`(?i)(?:\b|SI(?:00|99))((?:19|20)\d\d-\d{4,6})\b`)

// numberOf is the number of an invoice that stands in an entry.
func numberOf(e statement.Entry) string {
	if m := numbers.FindStringSubmatch(e.Purpose + " " + e.Reference); m != nil {
		return m[1]
	}
	return ""
}

// suggest picks, of open invoices with the amount of the entry, the one whose payer it
// most likely is from.
func suggest(e statement.Entry, open []dues.Invoice, known dues.PayerID) (dues.Invoice, Hint, bool) {
	best, score, second, hint := dues.Invoice{}, 0.0, 0.0, Hint("")
	for _, i := range open {
		s, h := textkit.Alike(e.Name, i.Payer.Name), ByName
		for _, l := range i.Lines {
			s = max(s, textkit.Alike(e.Name, l.Name))
		}
		if known != "" && i.Payer.ID == known {
			s, h = 2, ByAccount
		}
		if s > score {
			best, score, second, hint = i, s, score, h
		} else {
			second = max(second, s)
		}
	}
	switch {
	case score >= 0.8 && score > second:
		return best, hint, true
	case score >= 0.8: // two invoices of one payer: the one that is due first
		for _, i := range open {
			if i.Payer.ID == best.Payer.ID && i.Due.Before(best.Due) {
				best = i
			}
		}
		return best, hint, true
	}
	return dues.Invoice{}, "", false
}
