package payslip

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/money"
)

// An EPC is a SEPA credit transfer as a code has it (EPC069-12, version 002).
type EPC struct {
	BIC       string // may be empty within the European Economic Area
	Name      string
	IBAN      IBAN
	Amount    money.Amount
	Code      string    // what for, of ISO 20022; may be empty
	Reference Reference // of ISO 11649; or else Purpose
	Purpose   string
	Note      string // from whom it is for to whom it is; not sent to the bank
}

// Text writes the lines. Words that are too long for their field are cut. It is
// ErrSlip if the name or the amount cannot be sent, or the reference is not of ISO
// 11649 or stands beside a purpose.
func (e EPC) Text() (string, error) {
	no := func(what string) (string, error) { return "", fmt.Errorf("payslip: %s: %w", what, ErrSlip) }
	if _, err := ParseIBAN(string(e.IBAN)); err != nil {
		return "", err
	}
	if e.Reference != "" {
		if _, err := ParseReference(string(e.Reference)); err != nil || e.Reference[:2] != "RF" {
			return no("reference")
		}
	}
	name, purpose, note := short(e.Name, 70), short(e.Purpose, 140), short(e.Note, 70)
	switch {
	case name == "":
		return no("name")
	case e.Amount.Currency() != money.Euro || !e.Amount.Positive() || e.Amount.Minor() > 999_999_999_99:
		return no("amount")
	case e.Reference != "" && purpose != "":
		return no("reference and purpose")
	case e.BIC != "" && (len(e.BIC) != 8 && len(e.BIC) != 11 || !alphanumeric(e.BIC)), len(e.Code) > 4 || !alphanumeric(e.Code):
		return no("bank or purpose code")
	}
	amount := strings.TrimSuffix(strings.TrimRight(e.Amount.Plain(), "0"), ".")
	text := strings.Join([]string{"BCD", "002", "1", "SCT", e.BIC, name, string(e.IBAN), "EUR" + amount, e.Code, string(e.Reference), purpose, note}, "\n")
	if text = strings.TrimRight(text, "\n"); len(text) > 331 {
		return no("more than 331 bytes")
	}
	return text, nil
}

// ParseEPC reads what Text wrote, and version 001.
func ParseEPC(text string) (EPC, error) {
	no := func(what string) (EPC, error) { return EPC{}, fmt.Errorf("payslip: %s: %w", what, ErrSlip) }
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if len(lines) < 8 || len(lines) > 12 || lines[0] != "BCD" || lines[1] != "001" && lines[1] != "002" || lines[2] != "1" || lines[3] != "SCT" {
		return no("head")
	}
	lines = append(lines, make([]string, 12-len(lines))...)
	amount, ok := strings.CutPrefix(lines[7], "EUR")
	a, err := money.Parse(amount, "en", money.Euro)
	if !ok || err != nil || strings.ContainsAny(amount, ",€EUR ") {
		return no("amount")
	}
	e := EPC{BIC: lines[4], Name: lines[5], IBAN: IBAN(lines[6]), Amount: a, Code: lines[8], Reference: Reference(lines[9]), Purpose: lines[10], Note: lines[11]}
	_, err = e.Text()
	return e, err
}

// short is s on one line of at most n characters.
func short(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if r := []rune(strings.Join(strings.Fields(s), " ")); len(r) > n {
		return strings.TrimSpace(string(r[:n]))
	} else {
		return string(r)
	}
}
