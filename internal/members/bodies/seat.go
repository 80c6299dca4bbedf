package bodies

import (
	"cmp"
	"net/mail"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A SeatID names a seat for good.
type SeatID string

// An Office is as what somebody sits in a body.
type Office string

// The offices.
const (
	Chair     Office = "chair"     // predsednica, vodja
	Deputy    Office = "deputy"    // podpredsednica
	Sitting   Office = "sitting"   // članica
	Secretary Office = "secretary" // tajnica
	Observer  Office = "observer"  // opazovalka
)

// Offices are all of them in the order in which they are shown.
func Offices() []Office { return []Office{Chair, Deputy, Sitting, Secretary, Observer} }

// A How is how somebody came to a seat.
type How string

// The ways.
const (
	Elected   How = "elected"   // izvoljena
	Appointed How = "appointed" // imenovana
	ExOfficio How = "exofficio" // po položaju
	Coopted   How = "coopted"   // kooptirana
)

// Hows are all ways in the order in which they are offered.
func Hows() []How { return []How{Elected, Appointed, ExOfficio, Coopted} }

// A Why is why a seat ended before its term, or with it.
type Why string

// The reasons.
const (
	TermOver Why = "term"     // the mandate ran out
	Resigned Why = "resigned" // odstop
	Recalled Why = "recalled" // razrešitev
	Lapsed   Why = "lapsed"   // with the minister who appointed
	Died     Why = "died"
	LeftUs   Why = "left" // is no longer a member
)

// Whys are all reasons in the order in which they are offered.
func Whys() []Why { return []Why{TermOver, Resigned, Recalled, Lapsed, LeftUs, Died} }

// A Seat is somebody in a body for some time.
//
// These hold of every Seat that Check accepts:
//
//   - It has a name, and a day on which it begins.
//   - Office and How are of the words above.
//   - It ends after it begins, if it ends.
type Seat struct {
	ID       SeatID
	Body     BodyID
	Member   members.ID // who sits, if they are in the register; else only the name
	Name     string
	Email    string // where invitations go; only for who may see it
	Lang     string // of letters
	Office   Office
	Votes    bool
	How      How
	Term     civil.Span // Until is the first day after the mandate; none for without end
	By       string     // who put them there: "Občni zbor", "ministrica za kulturo"
	Act      string     // by what: "OZ-1/2025-4", "sklep št. 024-8/2026"
	For      string     // on whose behalf, if not their own
	Falls    string     // whose end is the end of this seat too: the minister by name
	Tie      string     // whom they stand for or live by, as the rules on independence name it; empty if nobody asked
	Why      Why        // it has ended; empty while it runs
	Note     string
	Revision int
}

// Tidy returns s as it is kept.
func (s Seat) Tidy() Seat {
	s.Name, s.Email, s.By, s.Act, s.For, s.Falls = line(s.Name), strings.ToLower(line(s.Email)), line(s.By), line(s.Act), line(s.For), line(s.Falls)
	s.Lang, s.Office, s.How = cmp.Or(s.Lang, "sl"), cmp.Or(s.Office, Sitting), cmp.Or(s.How, Elected)
	s.Note = strings.TrimSpace(s.Note)
	return s
}

// Check returns the faults for the rules above that s breaks.
func (s Seat) Check() error {
	var wrong fault.Fields
	if s.Name == "" {
		wrong.Add("name", "bodies.seat.name.empty")
	}
	for field, text := range map[string]string{"name": s.Name, "by": s.By, "act": s.Act, "for": s.For, "falls": s.Falls} {
		long(&wrong, field, text, longestLine)
	}
	long(&wrong, "note", s.Note, longestText)
	if s.Email != "" && !address(s.Email) {
		wrong.Add("email", "bodies.email.wrong")
	}
	if !slices.Contains(Offices(), s.Office) {
		wrong.Add("office", "bodies.office.unknown")
	}
	if !slices.Contains(Hows(), s.How) {
		wrong.Add("how", "bodies.how.unknown")
	}
	switch {
	case s.Term.From.IsZero():
		wrong.Add("from", "bodies.day.empty")
	case !s.Term.Until.IsZero() && !s.Term.From.Before(s.Term.Until):
		wrong.Add("last", "bodies.seat.term")
	}
	return wrong.Err()
}

// doubles reports whether s would give a second vote in the body to who has one by o on
// some day. On behalf of somebody else they may have another.
func (s Seat) doubles(o Seat) bool {
	same := s.Member != "" && s.Member == o.Member || s.Email != "" && s.Email == o.Email && s.Name == o.Name
	ends := func(a, b civil.Date) bool { return !a.IsZero() && !b.Before(a) }
	return same && s.ID != o.ID && s.Votes && o.Votes && s.For == o.For && !ends(s.Term.Until, o.Term.From) && !ends(o.Term.Until, s.Term.From)
}

// Sits reports whether the seat is one on the day.
func (s Seat) Sits(day civil.Date) bool { return s.Term.Holds(day) }

// End takes the seat from who sits in it; last is the last day in it. A mandate
// may end early, and not late: for that it needs a new seat.
func (s Seat) End(last civil.Date, why Why) (Seat, error) {
	switch {
	case s.Why != "":
		return s, fault.New(fault.Conflict, "bodies.seat.ended")
	case !slices.Contains(Whys(), why):
		return s, fault.In("why", "bodies.why.unknown")
	case last.IsZero():
		return s, fault.In("last", "bodies.day.empty")
	case last.Before(s.Term.From):
		return s, fault.In("last", "bodies.seat.term")
	case !s.Term.Until.IsZero() && s.Term.Last().Before(last):
		return s, fault.In("last", "bodies.seat.later")
	}
	s.Term.Until, s.Why = last.AddDays(1), why
	return s, nil
}

// warnDays is how long before its end a mandate is spoken of.
const warnDays = 30

// Soon reports whether the mandate is over within the days in which that is spoken
// of, or was over without anybody saying how.
func (s Seat) Soon(today civil.Date) bool {
	return s.Why == "" && !s.Term.Until.IsZero() && !today.AddDays(warnDays).Before(s.Term.Last())
}

// Vacant is how many of the places of the body nobody has on the day. Those who
// only keep the minutes or look on take none.
func (b Body) Vacant(seats []Seat, day civil.Date) int {
	n := 0
	for _, s := range seats {
		if s.Sits(day) && s.Office != Observer && s.Office != Secretary {
			n++
		}
	}
	return max(b.Places-n, 0)
}

// address reports whether s is one e-mail address and nothing else.
func address(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254
}

// order is where the seat stands in lists: offices in their order, then names.
func (s Seat) order() string {
	key := textkit.SortKey(language.Slovenian, s.Name)
	return string(rune('a'+max(slices.Index(Offices(), s.Office), 0))) + key[:min(len(key), 160)]
}
