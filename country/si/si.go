// Package si is Slovenia as data: holidays, procedures with their clocks, whom
// the association writes to, and the words for how things end.
//
// Cases that a lawyer can write and read stand in the folder cases; they are the
// test of this package.
package si

import (
	"embed"

	"github.com/asociacija/asociacija/country"
)

//go:embed pack.json holidays.json consultation.json representation.json procedures/*.json
var files embed.FS

// Pack reads the data of Slovenia. It fails only if the program was built wrong.
func Pack() (country.Pack, error) { return country.Read(files) }
