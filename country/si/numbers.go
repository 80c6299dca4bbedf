package si

import "strings"

// TaxNumber reads a Slovenian tax number (davčna številka, of those who pay VAT
// with SI before it): eight digits, the last of which checks the others by their
// weights 8 to 2, modulo 11. It returns the eight digits, and false if they are
// none.
func TaxNumber(s string) (string, bool) {
	s = digits(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(s)), "SI"))
	if len(s) != 8 || s[0] == '0' {
		return "", false
	}
	sum := 0
	for i := range 7 {
		sum += int(s[i]-'0') * (8 - i)
	}
	check := 11 - sum%11
	if check == 10 {
		check = 0
	}
	return s, check == int(s[7]-'0') // 11 is never given
}

// RegistrationNumber reads the number of the business register (matična številka):
// seven digits, and three more for a unit, which are left out if they are zero.
func RegistrationNumber(s string) (string, bool) {
	s = digits(s)
	switch {
	case len(s) == 10:
		return strings.TrimSuffix(s, "000"), true
	case len(s) == 7:
		return s, true
	}
	return "", false
}

// digits is s without the spaces, dots and dashes that people put between digits;
// anything else stays, and makes it no number.
func digits(s string) string {
	s = strings.NewReplacer(" ", "", "\u00a0", "", ".", "", "-", "").Replace(s)
	for _, r := range s {
		if r < '0' || r > '9' {
			return ""
		}
	}
	return s
}
