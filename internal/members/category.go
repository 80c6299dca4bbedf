package members

import (
	"slices"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A CategoryID names a category for good; empty for none.
type CategoryID string

// A Category is a kind of membership that the statute knows (kategorija članstva):
// full, supporting, honorary. Each house has its own. Who is of none votes.
type Category struct {
	ID     CategoryID
	Name   string
	Note   string // what the statute says of it
	Kind   Kind   // only for these; empty for both
	Votes  bool
	Closed bool           // stays with whom it has been given, and is given no more
	Former record.History // its names before; read only
}

// Tidy returns c as it is kept.
func (c Category) Tidy() Category {
	c.Name, c.Note = line(c.Name), line(c.Note)
	return c
}

// Check returns the faults of a category.
func (c Category) Check() error {
	var wrong fault.Fields
	switch {
	case c.Name == "":
		wrong.Add("name", "members.name.empty")
	case utf8.RuneCountInString(c.Name) > longestLine:
		wrong.Add("name", "members.too_long", "most", longestLine)
	}
	if utf8.RuneCountInString(c.Note) > longestReason {
		wrong.Add("note", "members.too_long", "most", longestReason)
	}
	if c.Kind != "" && !slices.Contains(Kinds(), c.Kind) {
		wrong.Add("kind", "members.kind.unknown")
	}
	return wrong.Err()
}

// fits returns a fault if a member of the kind cannot be put into the category now.
func (c Category) fits(k Kind) error {
	switch {
	case c.Closed:
		return fault.In("category", "members.category.closed")
	case c.Kind != "" && c.Kind != k:
		return fault.In("category", "members.category.kind")
	}
	return nil
}

// Called is its name on the day.
func (c Category) Called(day civil.Date) string {
	if f, is := c.Former.On(day); is {
		return f.Name
	}
	return c.Name
}

// A CategorySpell is a run of days in one category, or in none.
type CategorySpell struct {
	Category CategoryID
	civil.Span
	Noted civil.Date // as in a Spell
}

// A categoryCourse is the category of a member over time, as Spells.
type categoryCourse []CategorySpell

func (s categoryCourse) on(day civil.Date) CategorySpell {
	for _, sp := range slices.Backward(s) {
		if sp.Holds(day) {
			return sp
		}
	}
	return CategorySpell{}
}

// put is s with the category from the day on. The day of the last change again
// corrects that change.
func (s categoryCourse) put(c CategoryID, from civil.Date) (categoryCourse, error) {
	if from.IsZero() {
		return s, fault.In("from", "members.day.empty")
	}
	s = slices.Clone(s)
	if n := len(s) - 1; n >= 0 {
		switch last := &s[n]; {
		case from.Before(last.From):
			return s, fault.In("from", "members.step.too_early")
		case from == last.From:
			last.Category = c
			return s, nil
		default:
			last.Until = from
		}
	}
	return append(s, CategorySpell{Category: c, Span: civil.Span{From: from}}), nil
}
