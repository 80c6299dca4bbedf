package members

import (
	"slices"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A TagID names a tag for good.
type TagID string

// A Tag is a word that the office puts on members to find them by (oznaka).
type Tag struct {
	ID   TagID
	Name string
}

const longestTag = 60

func (t Tag) check() error {
	switch n := utf8.RuneCountInString(t.Name); {
	case n == 0:
		return fault.In("tag", "members.tag.empty")
	case n > longestTag:
		return fault.In("tag", "members.too_long", "most", longestTag)
	}
	return nil
}

// A KeptFilter is a filter under a name, for whoever made it or for all of the
// office (shranjeni filter).
type KeptFilter struct {
	ID      string
	Name    string
	By      auth.UserID
	Shared  bool
	Filter  Filter
	Columns []string // that the list shows with it; none for one's own choice
}

func (k KeptFilter) check() error {
	var wrong fault.Fields
	switch n := utf8.RuneCountInString(k.Name); {
	case n == 0:
		wrong.Add("name", "members.name.empty")
	case n > longestTag:
		wrong.Add("name", "members.too_long", "most", longestTag)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return k.Filter.Check()
}

// A Selection is which members something is done to: those named, or, if none are,
// all of a filter.
type Selection struct {
	IDs    []ID
	Filter Filter
}

// More is what lists, cards and exports show of members beside their entries.
type More struct {
	Agents        map[ID][]Agent // in office
	Tags          map[ID][]Tag
	Details       map[ID]Details
	Registrations map[ID][]Registration
}

// maxTags bounds the tags of a house.
const maxTags = 1_000

// columnsOf are known columns without repetition, at most a hundred.
func columnsOf(list []string) []string {
	var out []string
	for _, c := range list {
		if c = line(c); c != "" && len(c) <= longestLine && !slices.Contains(out, c) && len(out) < 100 {
			out = append(out, c)
		}
	}
	return out
}
