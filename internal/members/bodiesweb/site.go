// Package bodiesweb has the pages of bodies, meetings and the register of decisions,
// and the page of whoever is called to a meeting by a letter.
package bodiesweb

import "embed"

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }
