// Package reader reads amending acts in whatever language they are written: it
// hands the act to the reader of its language.
package reader

import (
	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/czechoslovak"
	"github.com/asociacija/asociacija/engine/amend/european"
	"github.com/asociacija/asociacija/engine/amend/german"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/amend/southslavic"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Read reads the instructions of an amending act, article by article. It
// returns false for an act in a language that nobody here reads.
func Read(a *lawtext.Act) ([]amend.Instruction, bool) {
	switch a.Lang {
	case "", "sl":
		return slovene.Read(a), true
	case "en":
		return european.Read(a), true
	case "de":
		return german.Read(a), true
	case "hr", "sr", "bs", "cnr", "mk":
		return southslavic.Read(a), true
	case "sk", "cs":
		return czechoslovak.Read(a), true
	}
	return nil, false
}
