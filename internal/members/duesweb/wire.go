package duesweb

import (
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members/dues"
)

// Amounts are decimal numbers in a string, 240.00, so that no reader makes fractions
// of them; the currency stands beside them.

// An invoiceWire is an invoice as the API and the export write one.
type invoiceWire struct {
	ID        string     `json:"id"`
	Number    string     `json:"number"`
	Year      int        `json:"year" doc:"whose dues these are"`
	Issued    string     `json:"issued" format:"date"`
	Due       string     `json:"due" format:"date"`
	PayerID   string     `json:"payer_id"`
	Payer     string     `json:"payer" doc:"as they were called when it was made"`
	Total     string     `json:"total"`
	Open      string     `json:"open"`
	Currency  string     `json:"currency"`
	State     string     `json:"state" enum:"open,paid,written_off,cancelled,note"`
	Reference string     `json:"reference,omitempty"`
	Cancels   string     `json:"cancels,omitempty" doc:"of a credit note: id of the invoice that it cancels"`
	Lines     []lineWire `json:"lines"`
	Ledger    []rowWire  `json:"ledger,omitempty" doc:"what was booked on it; of one invoice only"`
}

type lineWire struct {
	Member string `json:"member"`
	Name   string `json:"name"`
	Year   int    `json:"year"`
	Amount string `json:"amount"`
}

type rowWire struct {
	Day     string `json:"day" format:"date"`
	Kind    string `json:"kind" enum:"billed,voided,received,overpaid,moved,returned,forgone"`
	Amount  string `json:"amount" doc:"above nothing it is owed to the house"`
	Reason  string `json:"reason,omitempty"`
	By      string `json:"by,omitempty"`
	Payment string `json:"payment,omitempty"`
	Undoes  bool   `json:"undoes,omitempty" doc:"it takes an earlier row back"`
}

func invoiceOf(i dues.Invoice, rows []dues.Row) invoiceWire {
	out := invoiceWire{
		ID: string(i.ID), Number: i.Number, Year: i.Year, Issued: i.Issued.String(), Due: i.Due.String(), PayerID: string(i.Payer.ID), Payer: i.Payer.Name,
		Total: i.Total.Plain(), Open: i.Open.Plain(), Currency: string(i.Total.Currency()), State: string(i.State), Reference: string(i.Reference), Cancels: string(i.Of), Lines: []lineWire{},
	}
	for _, l := range i.Lines {
		out.Lines = append(out.Lines, lineWire{string(l.Member), l.Name, l.Year, l.Amount.Plain()})
	}
	for _, x := range rows {
		out.Ledger = append(out.Ledger, rowWire{x.Day.String(), string(x.Kind), x.Amount.Plain(), x.Reason, x.By, x.Payment, x.Reverses != ""})
	}
	return out
}

// A paymentWire is money that came in.
type paymentWire struct {
	ID       string `json:"id"`
	Day      string `json:"day" format:"date"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	PayerID  string `json:"payer_id"`
	Name     string `json:"name,omitempty" doc:"who paid, as the bank has it"`
	IBAN     string `json:"iban,omitempty"`
	Purpose  string `json:"purpose,omitempty"`
	Entry    string `json:"entry,omitempty" doc:"of a bank statement; none if it was typed in"`
	By       string `json:"by,omitempty"`
	Undone   bool   `json:"undone"`
}

func paymentOf(p dues.Payment) paymentWire {
	return paymentWire{p.ID, p.Day.String(), p.Amount.Plain(), string(p.Amount.Currency()), string(p.Payer), p.Name, p.IBAN, p.Purpose, p.Entry, p.By, p.Undone}
}

// An agesWire is what is owed, by how late it is.
type agesWire struct {
	PayerID string    `json:"payer_id,omitempty"`
	Payer   string    `json:"payer,omitempty"`
	NotDue  string    `json:"not_due"`
	Late    [4]string `json:"late" doc:"by 1 to 30, 31 to 60, 61 to 90 and more than 90 days"`
	Total   string    `json:"total"`
	Oldest  string    `json:"oldest_due,omitempty" format:"date"`
}

func agesOf(a dues.Ages) agesWire {
	out := agesWire{PayerID: string(a.Payer.ID), Payer: a.Payer.Name, NotDue: a.NotDue.Plain(), Total: a.Total.Plain(), Oldest: a.Oldest.String()}
	for i, b := range a.By {
		out.Late[i] = b.Plain()
	}
	return out
}

// A declarationWire is what a member declared for a year.
type declarationWire struct {
	Member       string    `json:"member"`
	Name         string    `json:"name"`
	Year         int       `json:"year" doc:"in which the money came"`
	State        string    `json:"state" doc:"public funds of the state"`
	Municipality string    `json:"municipality"`
	EU           string    `json:"eu"`
	Other        string    `json:"other"`
	Currency     string    `json:"currency"`
	Via          string    `json:"via" enum:"link,office,self"`
	At           time.Time `json:"at"`
}

func declarationOf(d dues.Declaration, c money.Currency) declarationWire {
	return declarationWire{string(d.Member), d.Name, d.Year, d.State.Plain(), d.Municipality.Plain(), d.EU.Plain(), d.Other.Plain(), string(c), string(d.Via), d.At.UTC()}
}

// dayOf reads a day of the API; none is fine.
func dayOf(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		return civil.Date{} // the document says what a day is, and who asks is held to it
	}
	return d
}
