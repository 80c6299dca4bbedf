// Package money counts amounts of money in their smallest unit, and reads and
// writes them as people do.
//
// What holds:
//
//   - An Amount is a whole number of hundredths of one currency. There are no
//     fractions of a cent, so sums lose none.
//   - Amounts of two currencies are never added: Add refuses them, Plus and Minus
//     panic. A sum that no int64 holds is refused alike.
//   - A share is rounded to the nearest cent, and half a cent away from zero, as
//     merchants do.
//   - What Format writes, Parse reads back in the same language.
package money

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A Currency is a code of ISO 4217. Only those are known whose smallest unit is a
// hundredth.
type Currency string

// Euro is the currency of most houses.
const Euro Currency = "EUR"

// Currencies are those that a house may keep its accounts in.
func Currencies() []Currency {
	return []Currency{Euro, "BAM", "RSD", "MKD", "ALL", "HUF", "CZK", "CHF", "GBP", "USD"}
}

// Known reports whether the currency is one of Currencies.
func (c Currency) Known() bool { return slices.Contains(Currencies(), c) }

// The reasons for which an amount is refused.
var (
	ErrAmount   = errors.New("not an amount of money")
	ErrCurrency = errors.New("amounts of two currencies")
	ErrRange    = errors.New("amount out of range")
)

// An Amount is a sum of money; the zero Amount is nothing, in any currency.
type Amount struct {
	minor    int64
	currency Currency
}

// Of is so many hundredths of a currency.
func Of(minor int64, c Currency) Amount { return Amount{minor, c} }

// Cents is so many euro cents.
func Cents(n int64) Amount { return Amount{n, Euro} }

// Minor is the amount in hundredths.
func (a Amount) Minor() int64 { return a.minor }

// Currency is that of the amount; empty for the zero Amount.
func (a Amount) Currency() Currency { return a.currency }

// IsZero reports whether the amount is nothing.
func (a Amount) IsZero() bool { return a.minor == 0 }

// Positive reports whether the amount is more than nothing.
func (a Amount) Positive() bool { return a.minor > 0 }

// Negative reports whether the amount is less than nothing.
func (a Amount) Negative() bool { return a.minor < 0 }

// Neg is the amount with the other sign.
func (a Amount) Neg() Amount { return Amount{-a.minor, a.currency} }

// Less reports whether a is less than b.
func (a Amount) Less(b Amount) bool { return a.minor < b.minor }

// Min is the smaller of two amounts.
func Min(a, b Amount) Amount {
	if b.minor < a.minor {
		return b
	}
	return a
}

// Add is the sum of amounts; ErrCurrency and ErrRange say why there is none.
func Add(list ...Amount) (Amount, error) {
	var sum Amount
	for _, a := range list {
		switch {
		case a.currency == "":
		case sum.currency == "":
			sum.currency = a.currency
		case sum.currency != a.currency:
			return Amount{}, fmt.Errorf("money: %s and %s: %w", sum.currency, a.currency, ErrCurrency)
		}
		n := sum.minor + a.minor
		if (n > sum.minor) != (a.minor > 0) {
			return Amount{}, fmt.Errorf("money: add: %w", ErrRange)
		}
		sum.minor = n
	}
	return sum, nil
}

// Plus is a + b of one currency, for amounts that are known to be alike.
func (a Amount) Plus(b Amount) Amount {
	sum, err := Add(a, b)
	if err != nil {
		panic(err)
	}
	return sum
}

// Minus is a − b of one currency.
func (a Amount) Minus(b Amount) Amount { return a.Plus(b.Neg()) }

// A Rate is a share in parts of a million: 3 ‰ is 3000.
type Rate int64

// PerMille is a rate of so many thousandths.
func PerMille(n int64) Rate { return Rate(n * 1000) }

const million = 1_000_000

// Share is the part of the amount that the rate says, rounded to the nearest cent,
// half a cent away from zero. It is ErrRange if no amount is so large.
func (a Amount) Share(r Rate) (Amount, error) {
	negative := (a.minor < 0) != (r < 0)
	hi, lo := bits.Mul64(size(a.minor), size(int64(r)))
	lo, carry := bits.Add64(lo, million/2, 0)
	if hi += carry; hi >= million {
		return Amount{}, fmt.Errorf("money: share: %w", ErrRange)
	}
	n, _ := bits.Div64(hi, lo, million)
	if n > 1<<63-1 {
		return Amount{}, fmt.Errorf("money: share: %w", ErrRange)
	}
	if negative {
		return Amount{-int64(n), a.currency}, nil
	}
	return Amount{int64(n), a.currency}, nil
}

func size(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// String writes the amount as data do: 1234.50 EUR.
func (a Amount) String() string {
	return strings.TrimSpace(a.Plain() + " " + string(a.currency))
}

// Plain writes the number as data do: 1234.50.
func (a Amount) Plain() string {
	n := size(a.minor)
	s := fmt.Sprintf("%d.%02d", n/100, n%100)
	if a.minor < 0 {
		s = "-" + s
	}
	return s
}

const nb = "\u00a0"

// Format writes the amount as people of the language do: 1.234,50 € or €1,234.50.
func (a Amount) Format(lang string) string {
	n := size(a.minor)
	whole, sep, point := strconv.FormatUint(n/100, 10), ".", ","
	if lang == "en" {
		sep, point = ",", "."
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + sep + whole[i:]
	}
	sign, number := "", fmt.Sprintf("%s%s%02d", whole, point, n%100)
	if a.minor < 0 {
		sign = "−"
	}
	switch {
	case a.currency == "":
		return sign + number
	case lang == "en" && a.currency == Euro:
		return sign + "€" + number
	case lang == "en":
		return sign + string(a.currency) + nb + number
	case a.currency == Euro:
		return sign + number + nb + "€"
	}
	return sign + number + nb + string(a.currency)
}

// Parse reads an amount as people of the language write it, with its currency or
// without: 1.234,50 €, 80.000, 80000, 1 234,5, −20; in English €1,234.50, 80,000.
// A single point or comma with one or two digits behind it parts cents in either
// language, and so does the last where both stand: 80,000.00. What could be meant in two ways is refused, as is another currency
// than c.
func Parse(s, lang string, c Currency) (Amount, error) {
	no := func() (Amount, error) { return Amount{}, fmt.Errorf("money: %.40q: %w", s, ErrAmount) }
	text, negative, ok := bare(s, c)
	if !ok {
		return no()
	}
	whole, cents, ok := split(text, lang)
	if !ok || len(whole) > 15 {
		return no()
	}
	n, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	if err != nil {
		return no()
	}
	if negative {
		n = -n
	}
	return Amount{n, c}, nil
}

// bare takes off the sign, the currency and the spaces.
func bare(s string, c Currency) (text string, negative, ok bool) {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u202f', r == '\'', r == '’':
			return -1
		case r == '−' || r == '–':
			return '-'
		}
		return r
	}, s)
	for range 2 {
		if rest, found := strings.CutPrefix(text, "-"); found {
			if negative {
				return "", false, false
			}
			text, negative = rest, true
		}
		for _, sign := range []string{"€", string(Euro), string(c)} {
			if (sign == "€" || sign == string(Euro)) && c != Euro || sign == "" {
				continue
			}
			if len(text) >= len(sign) && strings.EqualFold(text[:len(sign)], sign) {
				text = text[len(sign):]
			} else if n := len(text) - len(sign); n >= 0 && strings.EqualFold(text[n:], sign) {
				text = text[:n]
			}
		}
	}
	return text, negative, text != ""
}

// split parts the whole from the cents, and takes out the signs between thousands.
func split(text, lang string) (whole, cents string, ok bool) {
	thousand, point := ".", ","
	if lang == "en" {
		thousand, point = ",", "."
	}
	last := strings.LastIndexAny(text, ".,")
	if last >= 0 && strings.Count(text, thousand) == 1 && text[last:last+1] == thousand {
		if behind := len(text) - last - 1; behind == 1 || behind == 2 || strings.Contains(text, point) {
			thousand, point = point, thousand
		}
	}
	whole, cents, found := strings.Cut(text, point)
	if found && (len(cents) == 0 || len(cents) > 2) || !digits(cents) {
		return "", "", false
	}
	if groups := strings.Split(whole, thousand); len(groups) > 1 {
		if len(groups[0]) == 0 || len(groups[0]) > 3 {
			return "", "", false
		}
		for _, g := range groups[1:] {
			if len(g) != 3 {
				return "", "", false
			}
		}
		whole = strings.Join(groups, "")
	}
	return whole, cents, whole != "" && digits(whole)
}

func digits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// Format writes the rate in per cent as people of the language do: 0,3 % or 0.3%.
func (r Rate) Format(lang string) string {
	n := size(int64(r))
	s := fmt.Sprintf("%d.%04d", n/10_000, n%10_000)
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	if r < 0 {
		s = "−" + s
	}
	if lang == "en" {
		return s + "%"
	}
	return strings.Replace(s, ".", ",", 1) + nb + "%"
}

// ParseRate reads a rate in per cent, or in per mille if it says so: 0,3 %, 3 ‰,
// 0.3. It has at most four decimals and is from 0 to 100 per cent.
func ParseRate(s string) (Rate, error) {
	no := func() (Rate, error) { return 0, fmt.Errorf("money: rate %.40q: %w", s, ErrAmount) }
	text := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	unit := int64(10_000)
	if rest, ok := strings.CutSuffix(text, "‰"); ok {
		text, unit = rest, 1000
	} else {
		text = strings.TrimSuffix(text, "%")
	}
	whole, part, found := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if whole == "" || found && part == "" || len(whole) > 4 || len(part) > 4 || !digits(whole) || !digits(part) {
		return no()
	}
	w, _ := strconv.ParseInt(whole, 10, 64)
	p, _ := strconv.ParseInt((part + "0000")[:4], 10, 64)
	r := w*unit + p*unit/10_000
	if p*unit%10_000 != 0 || r > million {
		return no()
	}
	return Rate(r), nil
}
