package payslip

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
)

// The symbol of UPN QR: the version of the QR code, and the number of its character
// set, ISO 8859-2, for the header that says so (ECI).
const (
	UPNVersion = 15
	UPNCharset = 4
)

// A UPN is a universal payment order (univerzalni plačilni nalog). What a slip of an
// invoice does not say, the payer fills in, is empty.
type UPN struct {
	PayerIBAN            string
	Deposit, Withdrawal  bool
	PayerReference       string
	Payer, Street, Place string
	Amount               money.Amount // zero leaves it to the payer
	Paid                 civil.Date
	Urgent               bool
	Code                 string // what for, of ISO 20022: "GDSV", "OTHR"
	Purpose              string
	Due                  civil.Date
	IBAN                 IBAN
	Reference            Reference
	Name, Address, Town  string
}

// Check returns why no slip can be printed of u: it lacks the account, the name, the
// purpose or its code, or has another currency or more than eleven digits.
func (u UPN) Check() error {
	no := func(what string) error { return fmt.Errorf("payslip: %s: %w", what, ErrSlip) }
	if _, err := ParseIBAN(string(u.IBAN)); err != nil {
		return err
	}
	if _, err := ParseReference(string(u.Reference)); err != nil {
		return err
	}
	switch {
	case u.Amount.Negative() || u.Amount.Minor() > 999_999_999_99 || u.Amount.Currency() != money.Euro && !u.Amount.IsZero():
		return no("amount")
	case len(u.Code) != 4 || !alphanumeric(u.Code):
		return no("purpose code")
	case fit(u.Purpose, 42) == "" || fit(u.Name, 33) == "":
		return no("purpose or name")
	}
	return nil
}

// Text writes the twenty lines. Words that are too long for their field are cut, and
// letters that ISO 8859-2 lacks are written by their nearest.
func (u UPN) Text() (string, error) {
	if err := u.Check(); err != nil {
		return "", err
	}
	amount := ""
	if !u.Amount.IsZero() {
		amount = fmt.Sprintf("%011d", u.Amount.Minor())
	}
	text := strings.Join([]string{
		"UPNQR", fit(u.PayerIBAN, 19), cross(u.Deposit), cross(u.Withdrawal), fit(u.PayerReference, 26),
		fit(u.Payer, 33), fit(u.Street, 33), fit(u.Place, 33), amount, slipDay(u.Paid), cross(u.Urgent), u.Code, fit(u.Purpose, 42), slipDay(u.Due),
		string(u.IBAN), string(u.Reference), fit(u.Name, 33), fit(u.Address, 33), fit(u.Town, 33), "",
	}, "\n")
	return text + fmt.Sprintf("%03d\n", controlSum(text)), nil
}

// controlSum counts the characters of the lines before it, with their ends.
func controlSum(text string) int { return len([]rune(text)) }

// Bytes writes the lines in ISO 8859-2, as the code has them.
func (u UPN) Bytes() ([]byte, error) {
	text, err := u.Text()
	if err != nil {
		return nil, err
	}
	raw, err := charmap.ISO8859_2.NewEncoder().Bytes([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("payslip: %w", err)
	}
	return raw, nil
}

// ReadUPN reads what stands in a code, in ISO 8859-2.
func ReadUPN(raw []byte) (UPN, error) {
	text, err := charmap.ISO8859_2.NewDecoder().Bytes(raw)
	if err != nil {
		return UPN{}, fmt.Errorf("payslip: %w", err)
	}
	return ParseUPN(string(text))
}

// ParseUPN reads what Text wrote. It is ErrSlip if the control sum is not right.
func ParseUPN(text string) (UPN, error) {
	no := func(what string) (UPN, error) { return UPN{}, fmt.Errorf("payslip: %s: %w", what, ErrSlip) }
	lines := strings.SplitN(text, "\n", 21)
	if len(lines) < 20 || lines[0] != "UPNQR" {
		return no("lines")
	}
	body := strings.Join(lines[:19], "\n") + "\n"
	if sum, err := strconv.Atoi(lines[19]); err != nil || len(lines[19]) != 3 || sum != controlSum(body) {
		return no("control sum")
	}
	u := UPN{
		PayerIBAN: lines[1], Deposit: lines[2] == "X", Withdrawal: lines[3] == "X", PayerReference: lines[4], Payer: lines[5], Street: lines[6], Place: lines[7],
		Urgent: lines[10] == "X", Code: lines[11], Purpose: lines[12], IBAN: IBAN(lines[14]), Reference: Reference(lines[15]),
		Name: lines[16], Address: lines[17], Town: lines[18],
	}
	if lines[8] != "" {
		n, err := strconv.ParseInt(lines[8], 10, 64)
		if err != nil || len(lines[8]) != 11 || !decimal(lines[8]) {
			return no("amount")
		}
		u.Amount = money.Cents(n)
	}
	for text, day := range map[string]*civil.Date{lines[9]: &u.Paid, lines[13]: &u.Due} {
		if text == "" {
			continue
		}
		d, err := civil.ParseHuman(text)
		if err != nil || slipDay(d) != text {
			return no("day")
		}
		*day = d
	}
	return u, u.Check()
}

func cross(is bool) string {
	if is {
		return "X"
	}
	return ""
}

func slipDay(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Date()
	return fmt.Sprintf("%02d.%02d.%04d", day, m, y)
}

// fit is s on one line of at most n characters that ISO 8859-2 has.
func fit(s string, n int) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.Join(strings.Fields(s), " ")) {
		for _, r := range latin2(r) {
			if n == 0 {
				return strings.TrimSpace(b.String())
			}
			b.WriteRune(r)
			n--
		}
	}
	return strings.TrimSpace(b.String())
}

// near are signs that have a neighbour in ISO 8859-2 which decomposition does not find.
var near = map[rune]string{'−': "-", '•': "-", '‹': "'", '›': "'", '»': `"`, '«': `"`, '„': `"`, '“': `"`, '”': `"`, '‟': `"`, '€': "EUR", 'æ': "ae", 'Æ': "AE", 'ø': "o", 'Ø': "O"}

// latin2 writes one character with those of ISO 8859-2.
func latin2(r rune) string {
	s, known := near[r]
	switch {
	case known:
		return s
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r):
		return "" // nobody sees it
	case has(r):
		return string(r)
	case unicode.Is(unicode.Pd, r):
		return "-"
	case unicode.In(r, unicode.Pi, unicode.Pf) || r == '‚':
		return "'"
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		if has(d) {
			b.WriteRune(d)
		}
	}
	if b.Len() == 0 {
		return "?"
	}
	return b.String()
}

func has(r rune) bool {
	if r < ' ' || r >= 0x7f && r < 0xa0 {
		return false
	}
	_, ok := charmap.ISO8859_2.EncodeRune(r)
	return ok
}
