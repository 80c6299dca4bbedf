package dues

import (
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
)

// A Link (osebna povezava) is in the letter that asks a member for its declaration.
//
//   - It takes one declaration. For a correction there is another link.
//   - A newer one for the same member and year takes its place.
//   - It opens until its last day: so many days after it was made as the house has set,
//     but not beyond the year whose dues follow from the declaration.
//   - Whoever has it sees for whom and for which year it is, and whether a declaration
//     was given; never what was declared.
type Link struct {
	Member   members.ID
	Name     string // of the member
	Year     int    // in which the money came
	Until    civil.Date
	Ended    End
	Declared time.Time // when the declaration that counts was given; zero if none was
}

// An End is why a link takes no declaration any more.
type End string

// The ends.
const (
	Valid    End = ""
	Used     End = "used"
	Replaced End = "replaced" // by a newer one
	Expired  End = "expired"
)

// Ends are all ends.
func Ends() []End { return []End{Used, Replaced, Expired} }

// The term of links, unless the house has set another; and the least time between two
// that their holder asks for.
const (
	linkDays  = 90
	linkApart = 10 * time.Minute
)

// lastDay is that of a link made today for the declaration of a year.
func lastDay(year, days int, today civil.Date) civil.Date {
	until, end := today.AddDays(days), civil.On(year+1, 12, 31)
	if today.Before(end) && end.Before(until) {
		return end
	}
	return until
}
