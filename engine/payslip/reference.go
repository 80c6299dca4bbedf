package payslip

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Reference names what is paid, without spaces: SI122026000013, RF18539007547034.
type Reference string

// RF makes the creditor reference of ISO 11649 for up to 21 letters and digits.
func RF(body string) (Reference, error) {
	text := compact(body)
	if text == "" || len(text) > 21 || !alphanumeric(text) {
		return "", fmt.Errorf("payslip: RF of %.40q: %w", body, ErrReference)
	}
	return Reference(fmt.Sprintf("RF%02d%s", 98-mod97(text+"RF00"), text)), nil
}

// SI12 makes a reference of the Slovenian model 12 for up to twelve digits, to which
// it adds the check digit.
func SI12(number string) (Reference, error) {
	if number == "" || len(number) > 12 || !decimal(number) {
		return "", fmt.Errorf("payslip: SI12 of %.40q: %w", number, ErrReference)
	}
	return Reference("SI12" + number + strconv.Itoa(check11(number))), nil
}

// SI00 makes a reference of the Slovenian model 00, without a check digit, of up to
// three parts of digits.
func SI00(parts ...string) (Reference, error) {
	r := Reference("SI00" + strings.Join(parts, "-"))
	if !r.valid() || len(parts) == 0 {
		return "", fmt.Errorf("payslip: SI00 of %.40q: %w", parts, ErrReference)
	}
	return r, nil
}

// ParseReference reads a reference as people and banks write it: spaces mean
// nothing, and letters may be of either size. One that has a check digit must have
// the right one.
func ParseReference(s string) (Reference, error) {
	r := Reference(compact(s))
	if !r.valid() {
		return "", fmt.Errorf("payslip: %.40q: %w", s, ErrReference)
	}
	return r, nil
}

func (r Reference) valid() bool {
	s := string(r)
	if len(s) < 4 || len(s) > 26 || !decimal(s[2:4]) {
		return false
	}
	body := s[4:]
	switch s[:2] {
	case "RF":
		return body != "" && len(s) <= 25 && alphanumeric(body) && checked(s)
	case "SI":
		parts := strings.Split(body, "-")
		for _, p := range parts {
			if !decimal(p) || len(parts) > 1 && p == "" {
				return false
			}
		}
		switch s[2:4] {
		case "99":
			return body == ""
		case "12":
			n := len(body) - 1
			return n >= 1 && n <= 12 && len(parts) == 1 && check11(body[:n]) == int(body[n]-'0')
		}
		return body != "" && len(parts) <= 3 && len(body) <= 22
	}
	return false
}

// check11 is the check digit of the Slovenian models: the digits from the right, by
// 2, 3, 4 …, added up; what is missing to the next multiple of 11, and 0 for 10 and 11.
func check11(digits string) int {
	sum := 0
	for i := range len(digits) {
		sum += int(digits[len(digits)-1-i]-'0') * (i + 2)
	}
	if k := 11 - sum%11; k < 10 {
		return k
	}
	return 0
}

// String writes the reference as it stands on paper: SI12 2026000013, RF18 5390 0754 7034.
func (r Reference) String() string {
	switch {
	case len(r) <= 4:
		return string(r)
	case strings.HasPrefix(string(r), "RF"):
		return grouped(string(r))
	}
	return string(r[:4] + " " + r[4:])
}

// FindReferences looks for references with a check digit, of RF or SI12, within what
// a payer typed, where a bank has no field for it or it was put into another. One that
// goes on with the next word, should it still be right, stands before its beginning.
func FindReferences(text string) (found []Reference) {
	words := strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') })
	for i, joined := range words {
		if !strings.HasPrefix(joined, "RF") && !strings.HasPrefix(joined, "SI12") && joined != "SI" {
			continue
		}
		at := len(found)
		for _, w := range append([]string{""}, words[i+1:min(i+9, len(words))]...) {
			joined += w
			if r := Reference(joined); r.valid() && (joined[:2] == "RF" || joined[2:4] == "12") {
				found = slices.Insert(found, at, r)
			}
		}
	}
	return found
}
