package dues

import (
	"fmt"
	"slices"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An InvoiceID names an invoice for good.
type InvoiceID string

// A State says what became of an invoice.
type State string

// The states.
const (
	Open       State = "open"
	Paid       State = "paid"
	WrittenOff State = "written_off"
	Cancelled  State = "cancelled"
	Note       State = "note" // it is a credit note
)

// States are all states in the order in which they are offered.
func States() []State { return []State{Open, Paid, WrittenOff, Cancelled, Note} }

// A Line is what one member owes for one year.
type Line struct {
	Member members.ID
	Name   string
	Kind   members.Kind
	Year   int
	Rule   string // its ID
	Amount money.Amount
}

// A Seller is the house as its invoices have it.
type Seller struct {
	Name, Street, Place string
	Email, URL          string
	IBAN                payslip.IBAN
	BIC, Bank, Tax      string
	Purpose             string // code of ISO 20022
	Remark              string
	Signer, Office      string
	Currency            money.Currency
}

// Domestic reports whether the account is in Slovenia, whose payers use UPN slips.
func (s Seller) Domestic() bool { return s.IBAN.Country() == "SI" }

// Check returns a Conflict if the house cannot send invoices yet.
func (s Seller) Check() error {
	if s.IBAN == "" || s.Street == "" {
		return fault.New(fault.Conflict, "dues.seller.missing")
	}
	return nil
}

// An Invoice (račun) is what a payer is asked to pay, or the credit note (dobropis)
// that cancels one.
type Invoice struct {
	ID        InvoiceID
	Number    string // "2026-00014"
	Year      int    // whose dues these are
	Run       string
	Of        InvoiceID // of a credit note: the invoice that it cancels
	Payer     Payer     // as it was
	Seller    Seller    // as it was
	Issued    civil.Date
	Due       civil.Date
	Lines     []Line
	Total     money.Amount
	Open      money.Amount
	State     State
	Reference payslip.Reference
	Paper     string // hash of its PDF; empty until it is made
	Step      int    // reminders sent
	Reminded  civil.Date
	Sent      time.Time // put into a letter
	Reason    string    // of a credit note
}

// number and reference of the n-th invoice of a year.
func number(year, n int) string { return fmt.Sprintf("%d-%05d", year, n) }

func reference(domestic bool, year, n int) (payslip.Reference, error) {
	digits := fmt.Sprintf("%d%06d", year, n)
	if domestic {
		return payslip.SI12(digits)
	}
	return payslip.RF(digits)
}

// Late is by how many days the invoice is late.
func (i Invoice) Late(today civil.Date) int {
	if !i.Open.Positive() {
		return 0
	}
	return max(0, today.Sub(i.Due))
}

// stand is the state that follows from the rows of the ledger.
func stand(open money.Amount, written bool, was State) State {
	switch {
	case was == Cancelled || was == Note:
		return was
	case open.Positive():
		return Open
	case written:
		return WrittenOff
	}
	return Paid
}

// An Ages is what is owed, by how late it is.
type Ages struct {
	Payer    Payer
	NotDue   money.Amount
	By       [4]money.Amount // 0–30, 31–60, 61–90, over 90 days
	Total    money.Amount
	Oldest   civil.Date // due
	Invoices int
}

// Bands are the last days of the bands of an ageing.
func Bands() []int { return []int{30, 60, 90} }

// note adds an open invoice.
func (a *Ages) note(open money.Amount, due, today civil.Date) {
	a.Total, a.Invoices = a.Total.Plus(open), a.Invoices+1
	if a.Oldest.IsZero() || due.Before(a.Oldest) {
		a.Oldest = due
	}
	late := today.Sub(due)
	if late <= 0 {
		a.NotDue = a.NotDue.Plus(open)
		return
	}
	i := slices.IndexFunc(Bands(), func(last int) bool { return late <= last })
	if i < 0 {
		i = len(Bands())
	}
	a.By[i] = a.By[i].Plus(open)
}
