// Package views keeps how people of the office look at the register: filters under
// a name, and the columns that somebody's lists show.
//
// What holds: what one keeps is for oneself, unless it is shared with the office.
package views

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

const longestName, longestColumn = 60, 100

// A Kept is a filter of the register under a name, for whoever made it or for all of the
// office (shranjeni filter).
type Kept struct {
	ID      string
	Name    string
	By      auth.UserID
	Shared  bool
	Filter  members.Filter
	Columns []string // that the list shows with it; none for one's own choice
}

func (k Kept) check() error {
	var wrong fault.Fields
	switch n := utf8.RuneCountInString(k.Name); {
	case n == 0:
		wrong.Add("name", "members.name.empty")
	case n > longestName:
		wrong.Add("name", "members.too_long", "most", longestName)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return k.Filter.Check()
}

// columnsOf are known columns without repetition, at most a hundred.
func columnsOf(list []string) []string {
	var out []string
	for _, c := range list {
		if c = line(c); c != "" && len(c) <= longestColumn && !slices.Contains(out, c) && len(out) < 100 {
			out = append(out, c)
		}
	}
	return out
}

// line is s on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }
