package own

import (
	"cmp"
	"strings"
)

// What a table of the house may hold about a member.
type Holding string

// The holdings.
const (
	Nothing Holding = "nothing" // names, counts and marks of which none is a word about somebody
	Record  Holding = "record"  // about a member: told to them and erased with them by its room
	Copy    Holding = "copy"    // made from records, to find or to send them: erased with them
	Writing Holding = "writing" // what people wrote about anything, perhaps by name
)

// A Place is a table of the house and what it may hold about a member. Every table
// has one: a test walks the schema.
type Place struct {
	Table string
	Holds Holding
	Room  string // key of what it is called: "cases" for own.place.cases
	// Link is the page on which a row is seen: "/cases/{case_id}".
	Link string
	// Kept is the key of why words in it stay where they are, if they must.
	Kept string
	// Folded are columns that hold words of the row once more, to find it by.
	Folded []string
}

// Key is the key of the name of the place.
func (p Place) Key() string { return "own.place." + cmp.Or(p.Room, "house") }

// wants are the columns that the link is made of.
func (p Place) wants() (columns []string) {
	for _, part := range strings.Split(p.Link, "{")[1:] {
		column, _, _ := strings.Cut(part, "}")
		columns = append(columns, column)
	}
	return columns
}

// at is the link to the row with these values.
func (p Place) at(values map[string]string) string {
	link := p.Link
	for column, v := range values {
		link = strings.ReplaceAll(link, "{"+column+"}", v)
	}
	return link
}
