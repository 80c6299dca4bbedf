package payslip

import "github.com/asociacija/asociacija/engine/money"

// A Form is what is printed into the fields of the form UPN QR, as the standard has it:
// account numbers in groups of four, the amount behind three stars, days as 31.03.2026.
// What the payer fills in is empty. Words are as long as in the code, so that paper and
// code say the same.
type Form struct {
	Payer     [3]string // name, street, place
	Amount    string    // ***1.234,50
	Code      string
	Purpose   string
	Due       string
	IBAN      string
	Model     string // the first four characters of the reference
	Reference string // the rest of it
	Payee     [3]string
}

// Form fills the form in. It returns what Check does.
func (u UPN) Form() (Form, error) {
	if err := u.Check(); err != nil {
		return Form{}, err
	}
	f := Form{
		Payer: [3]string{fit(u.Payer, 33), fit(u.Street, 33), fit(u.Place, 33)}, Code: u.Code, Purpose: fit(u.Purpose, 42), Due: slipDay(u.Due),
		IBAN: u.IBAN.String(), Model: string(u.Reference[:4]), Reference: string(u.Reference[4:]), Payee: [3]string{fit(u.Name, 33), fit(u.Address, 33), fit(u.Town, 33)},
	}
	if !u.Amount.IsZero() {
		f.Amount = "***" + money.Of(u.Amount.Minor(), "").Format("sl")
	}
	return f, nil
}
