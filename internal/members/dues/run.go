package dues

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
)

// A RunState is how far a fee run is.
type RunState string

// The states.
const (
	Working RunState = "working"
	Stopped RunState = "stopped" // by somebody; it can go on
	Done    RunState = "done"
)

// A Run (obračun) makes the invoices of a year.
type Run struct {
	ID      string
	Year    int
	Issued  civil.Date
	Due     civil.Date
	Send    bool // by mail
	State   RunState
	Made    time.Time
	By      string
	Job     jobs.ID
	Planned int // invoices
	Billed  int // made
	Papers  int // of which have their paper, and their letter if they get one
	Total   money.Amount
	Unsent  int // have nobody to write to
}

// A Charge is one member in a plan: how much by which rule, or why nothing.
type Charge struct {
	Member members.ID
	Name   string
	Kind   members.Kind
	Payer  PayerID // another than the member; empty for the member
	By     string  // name of that payer
	Rule   fees.Rule
	Amount money.Amount
	Why    fees.Why
}

// A RunLine is one member in a run: on which invoice, or why on none.
type RunLine struct {
	Ord int
	Charge
	Invoice InvoiceID
	Number  string // of the invoice
}

// A Plan is what a run would do.
type Plan struct {
	Year        int
	Issued, Due civil.Date
	Charges     []Charge
	Total       money.Amount
	Invoices    int
	Charged     int
	Whys        map[fees.Why]int
	Seen        string // the plan in short, to tell if it has changed since it was looked at
}

// Page is up to limit charges with the reason, from behind the member on, and whether
// there are more. A member who is not there any more begins the first page.
func (p Plan) Page(why fees.Why, after members.ID, limit int) (list []Charge, more bool) {
	from := slices.IndexFunc(p.Charges, func(c Charge) bool { return c.Member == after }) + 1
	for _, c := range p.Charges[from:] {
		if c.Why != why {
			continue
		}
		if len(list) == limit {
			return list, true
		}
		list = append(list, c)
	}
	return list, false
}

// sum counts the plan up.
func (p *Plan) sum() error {
	p.Whys, p.Total = map[fees.Why]int{}, money.Amount{}
	payers := map[string]bool{}
	h := sha256.New()
	for _, c := range p.Charges {
		fmt.Fprintf(h, "%s %s %d %s\n", c.Member, c.Payer, c.Amount.Minor(), c.Why)
		if c.Why != fees.Charged {
			p.Whys[c.Why]++
			continue
		}
		total, err := money.Add(p.Total, c.Amount)
		if err != nil {
			return err
		}
		p.Total, p.Charged = total, p.Charged+1
		payers[payerKey(c.Member, c.Payer)] = true
	}
	p.Invoices = len(payers)
	fmt.Fprintf(h, "%d %s %s", p.Year, p.Issued, p.Due)
	p.Seen = hex.EncodeToString(h.Sum(nil)[:12])
	return nil
}

// payerKey names who pays, a payer of ours or the member, before they have a PayerID.
func payerKey(m members.ID, p PayerID) string {
	if p != "" {
		return string(p)
	}
	return "m:" + string(m)
}

func memberOf(key string) (members.ID, bool) {
	id, ok := strings.CutPrefix(key, "m:")
	return members.ID(id), ok
}

// checkDays returns the faults of the days of a run.
func checkDays(year int, issued, due civil.Date) error {
	var wrong fault.Fields
	if year < 1990 || year > 2200 {
		wrong.Add("year", "dues.year.wrong")
	}
	switch {
	case issued.IsZero():
		wrong.Add("issued", "members.day.empty")
	case due.IsZero():
		wrong.Add("due", "members.day.empty")
	case due.Before(issued):
		wrong.Add("due", "dues.due.early")
	}
	return wrong.Err()
}
