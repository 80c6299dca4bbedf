package dues

import (
	"time"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Via is how a declaration came.
type Via string

// The ways.
const (
	ByLink   Via = "link"
	ByOffice Via = "office" // typed in by the office
	BySelf   Via = "self"   // by one who has signed in
)

// Vias are all ways.
func Vias() []Via { return []Via{ByLink, ByOffice, BySelf} }

// A Declaration (izjava o javnih sredstvih) is what a member says it received in a year.
type Declaration struct {
	ID     string
	Member members.ID
	Name   string // of the member; read only
	Year   int    // in which the money came
	fees.Funds
	Note string
	Via  Via
	By   string // who declared, as they are named
	At   time.Time
	Now  bool // the newest of its member and year
}

// Check returns the faults of a declaration: amounts are not below nothing, not
// beyond a thousand million, and of one currency.
func (d Declaration) Check(thisYear int) error {
	var wrong fault.Fields
	for _, s := range fees.Sources() {
		if a := d.Of(s); a.Negative() || a.Minor() > 1_000_000_000_00 {
			wrong.Add(string(s), "dues.amount.wrong")
		}
	}
	if _, err := d.Sum(); err != nil {
		wrong.Add(string(fees.FromOthers), "dues.amount.wrong")
	}
	if d.Year < 1990 || d.Year > thisYear {
		wrong.Add("year", "dues.year.wrong")
	}
	if len(d.Note) > 2000 {
		wrong.Add("note", "dues.note.long")
	}
	return wrong.Err()
}

// An Asked is a member whose declaration is wanted, and how far they are.
type Asked struct {
	Member   members.ID
	Name     string
	Kind     members.Kind
	Declared bool
	Sum      money.Amount // only for who may see it
	Via      Via
	At       time.Time // declared
	Sent     time.Time // the last letter that asked for it
	Letters  int
	SortKey  string
}
