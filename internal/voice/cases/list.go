package cases

import (
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice"
)

// An Order is how a list of cases is sorted.
type Order string

// The orders.
const (
	ByChange Order = ""    // the last changed first
	ByNext   Order = "due" // the soonest clock first; those without one at the end
)

// A Query asks for a page of the cases. The zero Query asks for the first page of
// all that the actor may see, the last changed first.
type Query struct {
	State State          // empty for any
	Kind  procedure.Kind // empty for any
	Act   law.ActID      // empty for any
	Owner auth.UserID    // empty for any
	Text  string         // words of the title, the numbers or the proposer, in this order
	Order Order
	After voice.CaseID // last case of the page before
	Limit int          // 50 if zero
}
