package cases

import (
	"github.com/asociacija/asociacija/engine/civil"
)

// A Today is what there is to do. Each list holds at most MostRows, soonest first;
// whether there is more says the Longer of the list.
type Today struct {
	On      civil.Date
	Mine    bool
	Overdue []Due // late, or due today
	Next14  []Due
	Waiting []Due // that others owe us, the longest wait first
	Longer  struct{ Overdue, Next14, Waiting bool }
}

// MostRows is the most that a list of Today holds.
const MostRows = 50

// Empty reports whether there is nothing to do and nothing to wait for.
func (t Today) Empty() bool { return len(t.Overdue)+len(t.Next14)+len(t.Waiting) == 0 }

func bound(list []Due) ([]Due, bool) {
	if len(list) > MostRows {
		return list[:MostRows], true
	}
	return list, false
}
