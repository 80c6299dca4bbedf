// Package ballots holds votes and elections (glasovanja in volitve): who may vote is
// frozen when one opens, each votes once by a personal link, a printed code or
// signed in, and when it closes anybody can count again what was published.
//
// What holds:
//
//   - A vote is prepared, then open, then closed, and never goes back. Its time is
//     over once and for all when it was first seen to be over, whatever the clock
//     says later.
//   - Its electorate is a numbered list with a hash, written when it opens. What
//     becomes of the register later changes nothing in it.
//   - An elector votes once. The mark that they have and the ballot are written in
//     one transaction: there is neither without the other.
//   - Nobody sees a ballot before the vote is closed: ballots lie in an urn, whose
//     cells are sealed as a whole.
//   - Of a secret vote the tie between elector and ballot is never written. Marks
//     are one row and ballots lie in cells of hundreds, both written anew with each
//     ballot; there is no time, number, audit line, job or letter of a cast. At the
//     closing the key of the urn is destroyed, and marks and ballots are written out
//     in one transaction, ballots in the order of their receipts. A voter who weighs three
//     casts three papers alike, so that no weight stands on a paper. See
//     docs/decisions on the secrecy of ballots.
//   - Each ballot has a receipt, told to the voter before they cast it and
//     published with the ballot.
package ballots

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An ID names a vote for good.
type ID string

// A Kind is what is decided.
type Kind string

// The kinds.
const (
	Motion   Kind = "motion"   // predlog: for, against, abstained
	Election Kind = "election" // volitve
)

// Kinds are all kinds in the order in which they are offered.
func Kinds() []Kind { return []Kind{Motion, Election} }

// A State is where a vote is.
type State string

// The states.
const (
	Prepared State = "prepared"
	Open     State = "open"
	Closed   State = "closed"
)

// A Void is why a vote counts for nothing.
type Void string

// Why.
const (
	Annulled Void = "annulled" // somebody said so
	TooFew   Void = "few"      // so few voted in secret that the result would say how each did
	Restored Void = "restored" // the house was restored from a backup made while it was open
)

// A Who is whom an audience takes in.
type Who string

// The audiences.
const (
	All           Who = "all" // of the register, who have a vote
	Organisations Who = "organisations"
	Persons       Who = "persons"
	Named         Who = "named"
	OfBody        Who = "body"    // who sits on a body
	OfMeeting     Who = "meeting" // who is at a meeting, with the proxies given there
)

// Whos are all audiences in the order in which they are offered.
func Whos() []Who { return []Who{All, Organisations, Persons, OfBody, OfMeeting, Named} }

// An Audience is who may vote, as the office says it before the opening.
type Audience struct {
	Who   Who       `json:"who"`
	Of    string    `json:"of,omitempty"`    // the body or the meeting
	Names []Invited `json:"names,omitempty"` // of Named
}

// An Invited is one named elector: a member, or somebody who is none.
type Invited struct {
	Member members.ID `json:"member,omitempty"`
	Name   string     `json:"name"`
	Email  string     `json:"email,omitempty"` // of who is no member
	Weight int64      `json:"weight,omitempty"`
}

// Weights are how much the ballots of members weigh.
type Weights struct {
	Organisation int64 `json:"organisation"`
	Person       int64 `json:"person"`
}

// A Proxy is a member who has another vote for them (pooblastilo).
type Proxy struct {
	From     members.ID `json:"from"`
	FromName string     `json:"from_name"`
	To       members.ID `json:"to"`
	ToName   string     `json:"to_name"`
}

// A Vote is a motion voted on, or an election.
//
// These hold of every Vote that Check accepts:
//
//   - Title is not empty and at most 300 letters, Text is at most 20,000.
//   - A motion has a majority; an election has a method and from 1 to 50 seats, one
//     if one mark wins it. A quorum may be 0.
//   - Weights are from 1 to 100.
//   - Closes is a time, and after Opens if there is one. Candidates of an election are proposed
//     before either.
type Vote struct {
	ID         ID
	Kind       Kind
	Secret     bool
	Title      string
	Text       string
	Method     tally.Method
	Seats      int
	Lot        bool // ties for the last seats are decided by lot, and not left open; by STV they always are
	Majority   tally.Majority
	Quorum     tally.Quorum
	Audience   Audience
	Weights    Weights
	Proxies    []Proxy
	ProxyLimit int       // how many one may vote for besides themself
	Opens      time.Time // by itself; zero for by hand
	Closes     time.Time
	Proposals  time.Time // until when members propose candidates; zero if they do not
	Public     bool      // whether anybody may see the result
	Meeting    string
	Repeats    ID // the vote that this one repeats

	// Read only.
	State      State
	Over       bool
	Opened     time.Time
	Ended      time.Time
	Electors   int
	Weight     int64 // of all electors
	Electorate string
	Seed       string // once it is closed
	SeedHash   string
	Voted      int // once it is closed
	Void       Void
	Accepted   *[]Warning // what whoever has it open by itself has accepted; nil for nobody has
	Stopped    *Warning   // why it did not open by itself
	Chair      string     // "for" or "against": how the chair decided a tie
	Made       time.Time
	Revision   int
}

// The rights of the room. Nobody has a right to see ballots before the closing:
// there is none.
var (
	// See is to see votes, and results once they are closed.
	See = auth.Right{Name: "ballots.see", Roles: auth.Anyone}
	// Run is to prepare, open and close votes, and to see who has not voted yet.
	Run = auth.Right{Name: "ballots.run", Roles: auth.Insider}
)

// The bounds.
const (
	longestTitle  = 300
	longestText   = 20_000
	mostSeats     = 50
	mostWeight    = 100
	mostNames     = 2_000
	mostRivals    = 60 // candidates
	mostElectors  = 100_000
	fewestSecret  = 3  // electors of a secret vote, and ballots of which the result is told
	fewestAlike   = 5  // electors of each weight in a secret vote
	fewestAnybody = 10 // electors below whom whoever opens a secret vote is warned
)

// Tidy returns v as it is kept.
func (v Vote) Tidy() Vote {
	v.Title, v.Text = line(v.Title), strings.TrimSpace(v.Text)
	v.Opens, v.Closes = v.Opens.UTC().Truncate(time.Minute), v.Closes.UTC().Truncate(time.Minute)
	v.Proposals = v.Proposals.UTC().Truncate(time.Minute)
	v.Weights.Organisation, v.Weights.Person = max(v.Weights.Organisation, 1), max(v.Weights.Person, 1)
	if v.Kind == Motion {
		v.Method, v.Seats, v.Lot, v.Proposals = "", 0, false, time.Time{}
	} else {
		v.Majority, v.Lot = tally.Majority{}, v.Lot || v.Method == tally.STV
	}
	return v
}

// line is s on one line, with single spaces and without control characters.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// Check returns the faults for the rules above that v breaks.
func (v Vote) Check() error {
	var wrong fault.Fields
	switch {
	case v.Title == "":
		wrong.Add("title", "ballots.title.empty")
	case utf8.RuneCountInString(v.Title) > longestTitle:
		wrong.Add("title", "ballots.too_long", "most", longestTitle)
	}
	if utf8.RuneCountInString(v.Text) > longestText {
		wrong.Add("text", "ballots.too_long", "most", longestText)
	}
	if !slices.Contains(Kinds(), v.Kind) {
		wrong.Add("kind", "ballots.kind.unknown")
	}
	if v.Kind == Election {
		v.checkElection(&wrong)
	} else if _, err := tally.ParseMajority(v.Majority.String()); err != nil {
		wrong.Add("majority", "ballots.majority.wrong")
	}
	for name, w := range map[string]int64{"weight_organisation": v.Weights.Organisation, "weight_person": v.Weights.Person} {
		if w < 1 || w > mostWeight {
			wrong.Add(name, "ballots.weight.wrong", "most", mostWeight)
		}
	}
	if v.ProxyLimit < 0 || v.ProxyLimit > 100 {
		wrong.Add("proxy_limit", "ballots.proxy.limit.wrong")
	}
	if v.Closes.IsZero() {
		wrong.Add("closes", "ballots.closes.empty")
	} else if !v.Opens.IsZero() && !v.Closes.After(v.Opens) {
		wrong.Add("closes", "ballots.closes.early")
	}
	if !v.Proposals.IsZero() && (v.Kind != Election || !v.Opens.IsZero() && v.Proposals.After(v.Opens) || !v.Proposals.Before(v.Closes)) {
		wrong.Add("proposals", "ballots.proposals.late")
	}
	v.Audience.check(&wrong)
	return wrong.Err()
}

func (v Vote) checkElection(wrong *fault.Fields) {
	if !slices.Contains(tally.Methods(), v.Method) {
		wrong.Add("method", "ballots.method.unknown")
	}
	if v.Seats < 1 || v.Seats > mostSeats || v.Method.Single() && v.Seats != 1 {
		wrong.Add("seats", "ballots.seats.wrong", "most", mostSeats)
	}
}

func (a Audience) check(wrong *fault.Fields) {
	switch {
	case !slices.Contains(Whos(), a.Who):
		wrong.Add("who", "ballots.who.unknown")
	case a.Who == Named && len(a.Names) == 0:
		wrong.Add("names", "ballots.names.empty")
	case len(a.Names) > mostNames:
		wrong.Add("names", "ballots.names.many", "most", mostNames)
	case (a.Who == OfBody || a.Who == OfMeeting) && a.Of == "":
		wrong.Add("of", "ballots.of.empty")
	}
	for _, n := range a.Names {
		if n.Weight < 0 || n.Weight > mostWeight {
			wrong.Add("names", "ballots.weight.wrong", "most", mostWeight)
			return
		}
	}
}

// A Candidate stands in an election.
type Candidate struct {
	ID        string
	Vote      ID
	Ord       int // place on the ballot, drawn by lot when the vote opens
	Member    members.ID
	Name      string
	Statement string
	Consent   string // how it was given: "on 12 November, by e-mail"; empty for not yet
	Email     string // where a proposed candidate is asked
	Proposer  string // the name of the member who proposed them; empty for the office
	Ruling    Ruling // of the office, on who was proposed by members
	Reason    string // why they may not stand
	Gone      bool   // withdrew, or declined
	link      string // hash of the link by which they consent
}

// A Ruling says whether a candidate whom members proposed may stand.
type Ruling string

// The rulings.
const (
	Waits    Ruling = "waits"    // the office has not judged yet
	Eligible Ruling = "eligible" // may stand
	Barred   Ruling = "barred"   // may not, for a reason
)

// Stands reports whether c is on the list: neither gone nor barred.
func (c Candidate) Stands() bool { return !c.Gone && c.Ruling != Barred }

// Tidy returns c as it is kept.
func (c Candidate) Tidy() Candidate {
	c.Name, c.Statement, c.Consent = line(c.Name), strings.TrimSpace(c.Statement), line(c.Consent)
	return c
}

// Check returns the faults of a candidate.
func (c Candidate) Check() error {
	var wrong fault.Fields
	switch {
	case c.Name == "":
		wrong.Add("name", "ballots.candidate.name.empty")
	case utf8.RuneCountInString(c.Name) > longestTitle:
		wrong.Add("name", "ballots.too_long", "most", longestTitle)
	}
	if utf8.RuneCountInString(c.Statement) > 5_000 {
		wrong.Add("statement", "ballots.too_long", "most", 5_000)
	}
	if utf8.RuneCountInString(c.Consent) > longestTitle {
		wrong.Add("consent", "ballots.too_long", "most", longestTitle)
	}
	return wrong.Err()
}

// options is how many things a ballot can mark.
func (v Vote) options(candidates int) int {
	if v.Kind == Motion {
		return 3
	}
	return candidates
}

// CheckMarks returns a fault for a ballot that would not be valid. An election
// takes an empty one, for to vote for nobody is to vote; a motion does not.
func (v Vote) CheckMarks(marks []int, candidates int) error {
	seen := map[int]bool{}
	for _, m := range marks {
		if m < 1 || m > v.options(candidates) {
			return fault.In("marks", "ballots.marks.unknown")
		}
		if seen[m] {
			return fault.In("marks", "ballots.marks.twice")
		}
		seen[m] = true
	}
	switch {
	case v.Kind == Motion && len(marks) != 1:
		return fault.In("marks", "ballots.marks.one")
	case v.Kind == Election && v.Method.Single() && len(marks) > 1:
		return fault.In("marks", "ballots.marks.one")
	case v.Kind == Election && v.Method == tally.Block && len(marks) > v.Seats:
		return fault.In("marks", "ballots.marks.many", "n", v.Seats)
	}
	return nil
}

// sorted are the marks as they are kept: in order of preference where that is the
// method, and else in the order of the candidates, so that how they were marked
// tells nobody apart.
func (v Vote) sorted(marks []int) []int {
	marks = slices.Clone(marks)
	if v.Kind == Motion || v.Method != tally.STV {
		slices.Sort(marks)
	}
	return marks
}

func writeJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // of strings and numbers
	}
	return string(raw)
}
