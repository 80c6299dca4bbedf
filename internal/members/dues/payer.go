package dues

import (
	"net/mail"
	"strings"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A PayerID names a payer for good.
type PayerID string

// A Payer (plačnik) gets the invoices of one member or of many. One that is a member
// has the name and the address of the register, but for what is written here.
type Payer struct {
	ID       PayerID
	Member   members.ID // the member that the payer is; empty for others
	Name     string
	Street   string
	Place    string // with the postcode
	Email    string
	Lang     string
	Tax      string
	Credit   money.Amount // overpaid, not yet used or returned
	Pays     int          // for how many members besides itself; read only
	Revision int
}

// Tidy is p as it is kept.
func (p Payer) Tidy() Payer {
	for _, s := range []*string{&p.Name, &p.Street, &p.Place, &p.Tax} {
		*s = strings.Join(strings.Fields(*s), " ")
	}
	p.Email = strings.ToLower(strings.TrimSpace(p.Email))
	return p
}

// Check returns the faults of a payer.
func (p Payer) Check() error {
	var wrong fault.Fields
	if p.Name == "" && p.Member == "" {
		wrong.Add("name", "dues.payer.name")
	}
	for field, s := range map[string]string{"name": p.Name, "street": p.Street, "place": p.Place, "tax": p.Tax} {
		if len(s) > 300 {
			wrong.Add(field, "dues.long")
		}
	}
	if p.Email != "" {
		if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email {
			wrong.Add("email", "members.email.wrong")
		}
	}
	return wrong.Err()
}

// filled is the payer as an invoice has it, with what the register says of the member.
func (p Payer) filled(m members.Member, email string) Payer {
	if p.Name == "" {
		p.Name = spoken(m)
	}
	if p.Street == "" && p.Place == "" {
		p.Street, p.Place = m.Street, strings.TrimSpace(m.Postcode+" "+m.Place)
	}
	if p.Email == "" {
		p.Email = email
	}
	if p.Lang == "" {
		p.Lang = m.Lang
	}
	return p
}

// spoken is the name as it is said: the register has "Benko, Taja".
func spoken(m members.Member) string {
	if family, given, ok := strings.Cut(m.Name, ", "); ok && m.Kind == members.Person {
		return given + " " + family
	}
	return m.Name
}
