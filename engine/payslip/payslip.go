// Package payslip has what a payment order says, as banks check it: account
// numbers, references, and the texts that stand in the codes on a slip.
//
//   - An IBAN (ISO 13616) is checked by length and by ISO 7064, MOD 97-10.
//   - A Reference (sklic) is a creditor reference of ISO 11649 ("RF…"), or one of
//     the Slovenian models: SI00 without a check digit, SI12 with one by modulo 11,
//     SI99 for none. Other models are taken as they are.
//   - UPN is the text of the code UPN QR, by the technical standard of the Bank
//     Association of Slovenia (ZBS): twenty lines in ISO 8859-2, each ended by LF,
//     the last with the control sum, which is the length of the nineteen before it
//     with their ends. The symbol is of version 15, level M, with ECI 4.
//   - EPC is the text of the code for SEPA credit transfers by EPC069-12: level M,
//     at most version 13, at most 331 bytes in UTF-8.
//
// What Text writes, Read reads back.
package payslip

import (
	"errors"
	"fmt"
	"strings"
)

// The reasons for which something is refused.
var (
	ErrIBAN      = errors.New("not an account number")
	ErrReference = errors.New("not a reference")
	ErrSlip      = errors.New("not a payment slip")
)

// An IBAN is an account number without spaces: SI56263300012039086.
type IBAN string

// lengths of account numbers by country, from the registry of ISO 13616.
var lengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22,
	"CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22,
	"GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30,
	"KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27,
	"MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18,
	"SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}

// ParseIBAN reads an account number as people write it, with spaces or without, in
// letters of either size.
func ParseIBAN(s string) (IBAN, error) {
	text := compact(s)
	if len(text) < 5 || lengths[text[:2]] != len(text) || !alphanumeric(text) || !checked(text) {
		return "", fmt.Errorf("payslip: %.40q: %w", s, ErrIBAN)
	}
	return IBAN(text), nil
}

// String writes the number in groups of four: SI56 2633 0001 2039 086.
func (i IBAN) String() string { return grouped(string(i)) }

// Country is the country of the bank: "SI".
func (i IBAN) Country() string {
	if len(i) < 2 {
		return ""
	}
	return string(i[:2])
}

// Is reports whether a bank that writes so means the account: it writes nothing, the
// number, or its end as it is written at home, 05100-8010486080.
func (i IBAN) Is(account string) bool {
	s := strings.ReplaceAll(compact(account), "-", "")
	return s == "" || s == string(i) || len(s) > 8 && strings.HasSuffix(string(i), s)
}

// compact is s in capitals, without spaces.
func compact(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(s), ""))
}

func grouped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i += 4 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s[i:min(i+4, len(s))])
	}
	return b.String()
}

func decimal(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

func alphanumeric(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }) < 0
}

// checked reports whether the two digits behind the first two letters are right. They
// are 02 to 98: 00, 01 and 99 have the remainder of others, and are never given out.
func checked(s string) bool {
	return decimal(s[2:4]) && s[2:4] >= "02" && s[2:4] <= "98" && mod97(s[4:]+s[:4]) == 1
}

// mod97 is the remainder of ISO 7064, in which A is 10 and Z is 35.
func mod97(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if c >= 'A' {
			n = (n*100 + int(c-'A') + 10) % 97
		} else {
			n = (n*10 + int(c-'0')) % 97
		}
	}
	return n
}
