// Package voice is the desk where the association speaks: a case is opened on a
// signal, members are consulted, a position of proposals is formed, delivered and
// answered, and for each proposal it is judged what came of it.
//
// This package holds the words that its rooms share. The rooms stand in a row,
// and each imports only those before it: cases, consult, positions, outcomes.
package voice

import (
	"github.com/asociacija/asociacija/internal/platform/auth"
)

// A CaseID names a case (zadeva) for good: "2026-014", its year and number.
type CaseID string

// A ConsultationID names a consultation of members (posvetovanje).
type ConsultationID string

// A ProposalID names a proposal of ours (predlog), through all its revisions.
type ProposalID string

// A PositionID names a position (stališče) for good: "2026-07".
type PositionID string

// A Stance is what a member says to a provision.
type Stance string

// The stances.
const (
	Support Stance = "support" // podpiram
	Object  Stance = "object"  // nasprotujem
	Rewrite Stance = "rewrite" // popravljam, with own wording
	Ask     Stance = "ask"     // sprašujem
)

// Stances are all stances in the order in which they are offered.
func Stances() []Stance { return []Stance{Support, Object, Rewrite, Ask} }

// A Verdict is what became of a proposal.
type Verdict string

// The verdicts. A proposal that nobody has judged has none.
const (
	Taken   Verdict = "taken"   // upoštevano
	Partly  Verdict = "partly"  // delno upoštevano
	Not     Verdict = "not"     // ni upoštevano
	Silence Verdict = "silence" // molk: nothing came back
)

// Verdicts are all verdicts in the order in which they are shown.
func Verdicts() []Verdict { return []Verdict{Taken, Partly, Not, Silence} }

// The rights of the desk.
var (
	// See is to see cases that are not public, consultations and positions in the making.
	See = auth.Right{Name: "voice.see", Roles: auth.Anyone}
	// Work is to open cases, consult, write proposals, deliver and judge.
	Work = auth.Right{Name: "voice.work", Roles: auth.Staff}
	// Decide is to approve a position.
	Decide = auth.Right{Name: "voice.decide", Roles: auth.Staff | auth.Board}
	// SeeAnswers is to see what members answered under their names.
	SeeAnswers = auth.Right{Name: "voice.answers", Roles: auth.Insider}
)
