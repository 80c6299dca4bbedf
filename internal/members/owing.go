package members

import (
	"github.com/asociacija/asociacija/internal/platform/auth"
)

// SeeDues is to see who has paid and who owes; never how much was declared.
var SeeDues = auth.Right{Name: "dues.see", Roles: auth.Insider}

// An Owing says of whom dues are still asked for (odprte obveznosti).
type Owing string

// The owings.
const (
	Owes    Owing = "owes"    // late, or not yet
	Overdue Owing = "overdue" // late
)

// Owings are all owings in the order in which they are offered.
func Owings() []Owing { return []Owing{Owes, Overdue} }

// A Mark is what a room above knows of members and lists are filtered by (oznaka v kazalu). It
// changes no standing, and hides nobody who is not filtered away by it.
type Mark string

// OwesDues is on who stands on an open invoice, with the day by which the oldest was to
// be paid.
const OwesDues Mark = "owes"

// Asked is on who was asked whether their data are right and has not said so, with the
// day on which they were asked.
const Asked Mark = "asked"
