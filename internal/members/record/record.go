// Package record has the words for what stands in an entry of the register: numbers in
// the registries of others with what proves them, the status of public interest, what
// fields of the house hold, and what the entry said before.
package record

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

const longestLine = 100

// A Registry is where a member is registered.
type Registry string

// The registries.
const (
	Tax          Registry = "tax"           // davčna številka
	Business     Registry = "business"      // matična številka
	Associations Registry = "associations"  // register društev pri upravni enoti
	SelfEmployed Registry = "self_employed" // razvid samozaposlenih v kulturi
	Elsewhere    Registry = "other"
)

// Registries are all registries in the order in which they are offered.
func Registries() []Registry {
	return []Registry{Tax, Business, Associations, SelfEmployed, Elsewhere}
}

// Unique reports whether no two members share a number of the registry.
func (r Registry) Unique() bool { return r == Tax || r == Business }

// A Proof is what proves a registration.
type Proof string

// Proofs are all kinds of proof in the order in which they are offered.
func Proofs() []Proof { return []Proof{"extract", "decision", "copy", "viewed", "statement"} }

// Tidy is the number as it is kept: of tax and business without what people put
// between the digits.
func (r Registry) Tidy(number string) string {
	switch r {
	case Tax:
		if n, ok := si.TaxNumber(number); ok {
			return n
		}
		return strings.ToUpper(strings.ReplaceAll(number, " ", ""))
	case Business:
		if n, ok := si.RegistrationNumber(number); ok {
			return n
		}
	}
	return number
}

// Wrong is the key of what is wrong with the number, or empty. A tax number of
// another country begins with its two letters.
func (r Registry) Wrong(number string) string {
	switch {
	case number == "":
		return "members.registration.empty"
	case utf8.RuneCountInString(number) > longestLine:
		return "members.registration.long"
	case r == Tax && len(number) > 4 && !strings.HasPrefix(number, "SI") && unicode.IsLetter(rune(number[0])) && unicode.IsLetter(rune(number[1])):
		return ""
	case r == Tax:
		if _, ok := si.TaxNumber(number); !ok {
			return "members.registration.tax"
		}
	case r == Business:
		if _, ok := si.RegistrationNumber(number); !ok {
			return "members.registration.business"
		}
	}
	return ""
}

// An Interest is the status of those who act in the public interest in culture
// (status v javnem interesu). The zero Interest is none.
type Interest struct {
	Since    civil.Date
	Until    civil.Date // the first day without it; none while it lasts
	Decision string
}

// Check notes the faults of a status.
func (i Interest) Check(wrong *fault.Fields) {
	switch {
	case i.Since.IsZero() && (!i.Until.IsZero() || i.Decision != ""):
		wrong.Add("interest_since", "members.interest.since")
	case !i.Until.IsZero() && !i.Since.Before(i.Until):
		wrong.Add("interest_until", "members.interest.until")
	}
	if utf8.RuneCountInString(i.Decision) > longestLine {
		wrong.Add("interest_decision", "members.too_long", "most", longestLine)
	}
}
