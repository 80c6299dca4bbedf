package positions

import (
	"strconv"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// A Stage is how far a version of a position is.
type Stage string

// The stages of a version.
const (
	Open       Stage = "draft"      // v pripravi: its proposals are being written
	Approved   Stage = "approved"   // potrjeno: a mandate stands behind it
	Frozen     Stage = "frozen"     // zamrznjeno: the newest that is
	Superseded Stage = "superseded" // frozen, and a newer version is frozen too
)

// Done reports whether the version can never change again.
func (s Stage) Done() bool { return s == Frozen || s == Superseded }

// Asked is how the members were asked: from when until when, how many, and how
// many of them answered.
type Asked struct {
	From     civil.Date `json:"from"`
	Until    civil.Date `json:"until"`
	Asked    Crowd      `json:"asked"`
	Answered Crowd      `json:"answered"`
}

// A Position is one version of what the association holds in a case.
//
// These hold of every Position that Check accepts:
//
//   - Title is not empty.
//   - An approved one has a Lead and a mandate.
type Position struct {
	ID        voice.PositionID // "2026-07": the year and the number in it
	Version   int              // from 1
	Case      voice.CaseID
	Title     string
	Lead      string // what we propose, in two sentences, for anyone
	Stage     Stage
	Mandate   Mandate
	Asked     Asked
	ApproveBy civil.Date // when it must be decided on, and when it must be out; may be none
	DeliverBy civil.Date
	Public    bool // anyone may read it once it is frozen
	Revision  int  // counts the changes
	Changed   time.Time
	// Of a version that is frozen.
	Proposals int
	Behind    Crowd // members who support at least one of its proposals
	FrozenAt  time.Time
	FrozenBy  string
	Hash      string // of the frozen text, SHA-256 in hex
}

// Check returns a fault for all of the rules above that p breaks.
func (p Position) Check() error {
	var wrong fault.Fields
	if fault.Empty(p.Title) {
		wrong.Add("title", "positions.title.empty")
	}
	if p.Stage != Open && fault.Empty(p.Lead) {
		wrong.Add("lead", "positions.lead.empty")
	}
	if err := wrong.Err(); err != nil || p.Stage == Open {
		return err
	}
	return p.Mandate.Check()
}

// Approve makes what the body decided of hold: the proposals are fixed.
func (p Position) Approve(carried []Proposal) (Position, error) {
	if p.Stage != Open {
		return p, fault.New(fault.Conflict, "positions.approve.not_draft")
	}
	if p.Mandate == (Mandate{}) {
		return p, fault.New(fault.Conflict, "positions.approve.no_mandate")
	}
	if len(carried) == 0 {
		return p, fault.New(fault.Conflict, "positions.approve.empty")
	}
	open := 0
	for _, one := range carried {
		if one.State != Ready {
			open++
		}
	}
	if open > 0 {
		return p, fault.New(fault.Conflict, "positions.approve.unfinished", "n", open)
	}
	p.Stage = Approved
	return p, p.Check()
}

// Reopen takes an approved version back into work. The mandate was for what it
// said then, and falls.
func (p Position) Reopen() (Position, error) {
	if p.Stage != Approved {
		return p, fault.New(fault.Conflict, "positions.reopen.not_approved")
	}
	p.Stage, p.Mandate = Open, Mandate{}
	return p, nil
}

// Next begins the version after a frozen one.
func (p Position) Next() (Position, error) {
	if !p.Stage.Done() {
		return p, fault.New(fault.Conflict, "positions.next.not_frozen")
	}
	return Position{
		ID: p.ID, Version: p.Version + 1, Case: p.Case, Title: p.Title, Lead: p.Lead, Stage: Open, Public: p.Public, Revision: 1,
		DeliverBy: p.DeliverBy,
	}, nil
}

// Label is how lists call a version: "2026-07 v3".
func (p Position) Label() string { return string(p.ID) + " v" + strconv.Itoa(p.Version) }

// Path is where a frozen version is read for good: "/s/2026-07/3".
func Path(id voice.PositionID, version int) string {
	return "/s/" + string(id) + "/" + strconv.Itoa(version)
}

// Subject names a position in the book and in the index.
func Subject(id voice.PositionID) string { return "position/" + string(id) }

// ProposalSubject names a proposal in the book.
func ProposalSubject(id voice.ProposalID) string { return "proposal/" + string(id) }
