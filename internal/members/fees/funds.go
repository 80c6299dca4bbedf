package fees

import (
	"slices"

	"github.com/asociacija/asociacija/engine/money"
)

// A Source is whose public money a member received.
type Source string

// The sources.
const (
	FromState        Source = "state"
	FromMunicipality Source = "municipality"
	FromEU           Source = "eu"
	FromOthers       Source = "other"
)

// Sources are all sources in the order in which they are asked for.
func Sources() []Source { return []Source{FromState, FromMunicipality, FromEU, FromOthers} }

// Funds is the public money of a year, by source.
type Funds struct{ State, Municipality, EU, Other money.Amount }

// at is the place of a source.
func (f *Funds) at(s Source) *money.Amount {
	switch s {
	case FromState:
		return &f.State
	case FromMunicipality:
		return &f.Municipality
	case FromEU:
		return &f.EU
	}
	return &f.Other
}

// Of is what came from the source.
func (f Funds) Of(s Source) money.Amount { return *f.at(s) }

// With is f with another amount of the source.
func (f Funds) With(s Source, a money.Amount) Funds {
	*f.at(s) = a
	return f
}

// Sum is what came from the sources, all if none is named.
func (f Funds) Sum(of ...Source) (money.Amount, error) {
	var list []money.Amount
	for _, s := range Sources() {
		if len(of) == 0 || slices.Contains(of, s) {
			list = append(list, f.Of(s))
		}
	}
	return money.Add(list...)
}
