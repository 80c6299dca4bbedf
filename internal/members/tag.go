package members

import (
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A TagID names a tag for good.
type TagID string

// A Tag is a word that the office puts on members to find them by (oznaka).
type Tag struct {
	ID   TagID
	Name string
}

// A Tagging is one time a tag was put on many members (dodelitev oznake).
type Tagging struct {
	ID  string
	Tag Tag
	Of  int  // members it was done to
	New []ID // those of them who did not have the tag before
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
	Owed          map[ID]civil.Date // by when those who owe dues were to pay the oldest
}

// maxTags bounds the tags of a house.
const maxTags = 1_000
