// Package cases keeps the files of the association's advocacy: one case (zadeva)
// for one arc, often many years long, with the texts it is about, its phases and
// clocks, and everyone it was spoken of with.
//
// What holds:
//
//   - A case has a number of its year, and keeps it.
//   - What somebody pasted or dropped is kept as an Intake before anything is
//     made of it, so that it cannot be lost by a mistake of ours or theirs.
//   - A Due is one thing that somebody has to do, or that others owe us. The
//     rooms of the desk put and drop dues in the transaction of their own deeds,
//     so that Today is never behind.
package cases

import (
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// A State is how a case stands.
type State string

// The states of a case.
const (
	Open     State = "open"      // we work on it
	Waiting  State = "waiting"   // an answer is owed to us
	Won      State = "won"       // uspelo
	Lost     State = "lost"      // ni uspelo
	NoEffect State = "no_effect" // uspelo, brez učinka
	Closed   State = "closed"    // ended otherwise
)

// States are all states in the order of the filters.
func States() []State { return []State{Open, Waiting, Won, NoEffect, Lost, Closed} }

// A Case is one file of advocacy.
//
// These hold of every Case that Check accepts:
//
//   - Title is not empty.
//   - Kind is one that the country has a procedure for, or Other.
type Case struct {
	ID       voice.CaseID
	Title    string // "Novela Zakona o podpori neodvisni kulturi"
	Short    string // "ZPNK-A"
	Kind     procedure.Kind
	Variant  procedure.Variant
	Lead     string // what it is about, in three sentences, for anyone
	Proposer string // who put the text forward, in words
	Body     string // key of the authority of the country, empty if none fits
	EVA      string
	EPA      string
	SOP      string
	Code     string    // of a call: JPR-PROG-2018-2021
	Act      law.ActID // the act in force that it is about
	State    State
	Public   bool // anyone may read it
	Owner    auth.UserID
	OwnerIs  string // the owner's name
	Opened   civil.Date
	Changed  time.Time
	Revision int // counts the changes, so that two editors notice each other

	// What the lists show, kept by the rooms that know it.
	NextKey     string // of the clock that ends next
	NextLabel   string
	NextDue     civil.Date
	NextForce   procedure.Force
	Comments    int
	Proposals   int
	Taken       int
	Partly      int
	Members     int    // members behind the newest position
	PositionNow string // "2026-07 v3", or empty
	Texts       int
	Contacts    int
	Evidence    int

	// Whether the public was heard.
	Claimed  string          // key of an exemption that a person found to apply
	Breach   procedure.Class // as counted, or as ruled; empty if nothing is known of it
	BreachOn civil.Date      // the day it is counted under: published, else sent on
	Ruled    procedure.Override
}

// Other is the kind of a case for which no procedure runs: a promise, an incident.
const Other procedure.Kind = "other"

// Kinds are the kinds that a case may have.
func Kinds() []procedure.Kind {
	return []procedure.Kind{procedure.Law, procedure.Bylaw, procedure.Rulebook, procedure.Call, procedure.Strategy, procedure.NationalProgramme, Other}
}

// Check returns a fault for the first of the rules above that c breaks.
func (c Case) Check() error {
	var wrong fault.Fields
	if fault.Empty(c.Title) {
		wrong.Add("title", "cases.title.empty")
	}
	if len(c.Title) > 500 {
		wrong.Add("title", "cases.title.long")
	}
	known := false
	for _, k := range Kinds() {
		known = known || k == c.Kind
	}
	if !known {
		wrong.Add("kind", "cases.kind.unknown")
	}
	return wrong.Err()
}

// Name is what the case is called in a line: its short title, else its title.
func (c Case) Name() string {
	if c.Short != "" {
		return c.Short
	}
	return c.Title
}

// Over reports whether nobody works on the case any more.
func (s State) Over() bool { return s != Open && s != Waiting }

// Number is how people write the ID: 2026/014.
func Number(id voice.CaseID) string {
	if len(id) < 5 {
		return string(id)
	}
	return string(id[:4]) + "/" + string(id[5:])
}

// A Role says what a text is to a case.
type Role string

// The roles of texts.
const (
	InForce Role = "inforce" // the act that is to change
	Draft   Role = "draft"   // what the authority put forward
	Adopted Role = "adopted" // what became of it
)

// A Text is a version of an act that belongs to a case.
type Text struct {
	Case    voice.CaseID
	Version law.VersionID
	Role    Role
	Label   string // "2. osnutek"
	On      civil.Date
}

// A Due is one thing to do, or one thing that others owe us.
//
// The sentence of a due stands in the catalogues under its Kind: what to do, with
// a verb. Under Kind + ".text" may stand what is good to know, and under
// Kind + ".do" the words of the button.
type Due struct {
	ID      string // made by the room that puts it: "consult/01…/close"
	Case    voice.CaseID
	CaseIs  string     // name of the case, filled in by lists
	Kind    string     // key of the sentence: "dues.consult.close"
	Args    []string   // name, value … for the sentence
	On      civil.Date // the day it is due
	Waiting bool       // others owe it to us; On is then the day since when
	Owner   auth.UserID
	OwnerIs string
	Link    string // where it is done
	Force   procedure.Force
	Snoozed civil.Date // not shown before this day, if any
	For     auth.Roles // who alone sees it on the list; 0 for all who have one
}

// ParseNumber reads what Number wrote, or the ID itself. It does not ask whether
// there is such a case.
func ParseNumber(s string) voice.CaseID {
	return voice.CaseID(strings.ReplaceAll(strings.TrimSpace(s), "/", "-"))
}
