// Package fees is how dues are reckoned: rules by year, kind and category, the public
// money that members declare, and waivers.
//
// What holds: a rule is data, and what it comes to depends on nothing but the year, the
// first day of the first membership and the funds declared for the year before.
package fees

import (
	"cmp"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Way is how a rule reckons.
type Way string

// The ways.
const (
	Share Way = "share" // a share of the public money of the year before
	Flat  Way = "flat"  // the same for all
	Free  Way = "free"  // nothing
)

// Ways are all ways in the order in which they are offered.
func Ways() []Way { return []Way{Share, Flat, Free} }

// A Rule (pravilo o članarini) says what dues are, for whom, and from which year on.
// It holds until a later rule for the same members.
type Rule struct {
	ID        string
	Year      int                // the first for which it holds
	Kind      members.Kind       // empty for both
	Category  members.CategoryID // empty for any
	Way       Way
	Rate      money.Rate // of Share
	Counts    []Source   // of Share: whose money
	Least     money.Amount
	Most      money.Amount // of Share; zero for no limit
	Flat      money.Amount
	FirstFree bool   // nothing in the calendar year in which they became a member for the first time
	Basis     string // who decided so, and when
}

// most is what dues may be set to, in hundredths, so that those of all members can be
// added up.
const most = 1_000_000_000_00

// Check returns the faults of a rule.
func (r Rule) Check() error {
	var wrong fault.Fields
	if r.Year < 1990 || r.Year > 2200 {
		wrong.Add("year", "dues.year.wrong")
	}
	if r.Kind != "" && !slices.Contains(members.Kinds(), r.Kind) {
		wrong.Add("kind", "members.kind.unknown")
	}
	switch r.Way {
	case Share:
		if r.Rate <= 0 {
			wrong.Add("rate", "dues.rate.wrong")
		}
		if len(r.Counts) == 0 {
			wrong.Add("counts", "dues.counts.none")
		}
		if r.Least.Negative() || r.Least.Minor() > most || r.Most.Negative() || r.Most.Positive() && r.Most.Less(r.Least) {
			wrong.Add("most", "dues.most.wrong")
		}
	case Flat:
		if !r.Flat.Positive() || r.Flat.Minor() > most {
			wrong.Add("flat", "dues.amount.wrong")
		}
	case Free:
	default:
		wrong.Add("way", "dues.way.wrong")
	}
	if fault.Empty(r.Basis) || len(r.Basis) > 500 {
		wrong.Add("basis", "dues.basis.empty")
	}
	return wrong.Err()
}

// A Book is all rules.
type Book []Rule

// For is the rule for a member in a year: of those that hold, one for its category
// before one for its kind before one for all, and the latest of these.
func (b Book) For(k members.Kind, c members.CategoryID, year int) (Rule, bool) {
	var best Rule
	found := false
	for _, r := range b {
		if r.Year > year || r.Kind != "" && r.Kind != k || r.Category != "" && r.Category != c {
			continue
		}
		if !found || cmp.Or(cmp.Compare(r.narrow(), best.narrow()), cmp.Compare(r.Year, best.Year), cmp.Compare(r.ID, best.ID)) > 0 {
			best, found = r, true
		}
	}
	return best, found
}

// narrow is more for a rule that is for fewer.
func (r Rule) narrow() (n int) {
	if r.Category != "" {
		n += 2
	}
	if r.Kind != "" {
		n++
	}
	return n
}

// A Why says why a member gets no invoice.
type Why string

// The reasons.
const (
	Charged       Why = "" // there is none: the member is charged
	NoRule        Why = "no_rule"
	FreeByRule    Why = "free"
	FirstYear     Why = "first_year"
	Waived        Why = "waived"
	NotDeclared   Why = "not_declared"
	NothingToPay  Why = "nothing"
	AlreadyBilled Why = "billed"
	Resting       Why = "suspended"
)

// Whys are all reasons.
func Whys() []Why {
	return []Why{NotDeclared, Waived, FirstYear, FreeByRule, NothingToPay, AlreadyBilled, Resting, NoRule}
}

// Reckon is what a member since the first day owes for a year by the rule, or why
// nothing. The funds are those that they declared for the year before, nil if they have
// not.
func (r Rule) Reckon(year int, first civil.Date, funds *Funds) (money.Amount, Why, error) {
	none := money.Amount{}
	switch {
	case r.Way == Free:
		return none, FreeByRule, nil
	case r.FirstFree && first.Year() == year:
		return none, FirstYear, nil
	case r.Way == Flat:
		return r.Flat, Charged, nil
	case funds == nil:
		return none, NotDeclared, nil
	}
	sum, err := funds.Sum(r.Counts...)
	if err != nil {
		return none, "", err
	}
	due, err := sum.Share(r.Rate)
	if err != nil {
		return none, "", err
	}
	if due.Less(r.Least) {
		due = r.Least
	}
	if r.Most.Positive() {
		due = money.Min(due, r.Most)
	}
	if !due.Positive() {
		return none, NothingToPay, nil
	}
	return due, Charged, nil
}

// A Waiver (oprostitev) is a decision that a member owes nothing for a year.
type Waiver struct {
	Member   members.ID
	Name     string // of the member; read only
	Year     int
	Reason   string
	Decision string // number or date of the decision
	By       string // who wrote it down; read only
}

// Check returns the faults of a waiver.
func (w Waiver) Check() error {
	var wrong fault.Fields
	if fault.Empty(w.Reason) || len(w.Reason) > 1000 {
		wrong.Add("reason", "dues.reason.empty")
	}
	if fault.Empty(w.Decision) || len(w.Decision) > 200 {
		wrong.Add("decision", "dues.decision.empty")
	}
	return wrong.Err()
}
