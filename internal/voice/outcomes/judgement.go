package outcomes

import (
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/uptake"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// A Judgement (presoja) says what one text made of one proposal.
//
// These hold of every Judgement that Check accepts:
//
//   - Verdict is one of the verdicts.
//   - Taken and Partly have a passage, or a note that says why there is none.
type Judgement struct {
	ID        string
	Proposal  voice.ProposalID
	Position  voice.PositionID
	Edition   int // of the position
	Case      voice.CaseID
	Number    int           // of the proposal
	Title     string        // of the proposal
	Cite      string        // of the provision that it is about
	Version   law.VersionID // the text that was looked at; empty if none was
	TextIs    string        // its label
	TextOn    civil.Date
	Body      string // key of the authority
	Verdict   voice.Verdict
	Passage   string // the provision of the text
	PassageIs string // how people cite it
	Lang      string // of the text, else of the proposal
	Text      string // of the passage
	Marks     []uptake.Mark
	Note      string
	Suggested voice.Verdict // what the program proposed, empty if nothing
	Score     float64       // how much of what we asked for was done, 0 to 1, by the program's count
	Evidence  bool          // the proposal leans on a figure of ours
	By        auth.UserID
	ByIs      string
	On        civil.Date
}

// Check returns a fault for all of the rules above that j breaks.
func (j Judgement) Check() error {
	var wrong fault.Fields
	if !slices.Contains(voice.Verdicts(), j.Verdict) {
		wrong.Add("verdict", "outcomes.verdict.unknown")
	}
	if (j.Verdict == voice.Taken || j.Verdict == voice.Partly) && fault.Empty(j.Text) && fault.Empty(j.Note) {
		wrong.Add("note", "outcomes.proof.missing")
	}
	if len(j.Note) > maxWords {
		wrong.Add("note", "outcomes.note.long")
	}
	return wrong.Err()
}

// Up reports whether something of the proposal was taken up.
func (j Judgement) Up() bool { return j.Verdict == voice.Taken || j.Verdict == voice.Partly }

// Year is the year that the judgement counts for: that of the text, else of the
// day on which it was judged.
func (j Judgement) Year() int {
	if !j.TextOn.IsZero() {
		return j.TextOn.Year()
	}
	return j.On.Year()
}

// A Suggestion is what the program thinks that a text made of a proposal. Of the
// Judgement all but Verdict, Note, By and On is filled in.
type Suggestion struct {
	Judgement
	Reasons    []uptake.Reason
	Candidates []Passage // others that may prove it, the likeliest first
	Unclear    bool      // a person has to look
}

// A Passage is a provision of the text that may prove something.
type Passage struct {
	ID, Cite, Text string
	Marks          []uptake.Mark
}

// SameText is the reason of a suggestion about the very text that the proposal
// was written against: it can have taken nothing up.
const SameText = "outcomes.same_text"

// A Line is one proposal of a ledger.
type Line struct {
	Judgement             // the one that counts; without Verdict while nobody has judged
	Earlier   []Judgement // all others, the last one first
}

// A Ledger (knjiga upoštevanja) is what became of all proposals of one version of
// a position.
type Ledger struct {
	Position voice.PositionID
	Edition  int
	Title    string // of the position
	Lines    []Line // in the order of the proposals
	Memory
}

// A Memory is the numbers of a case, a year or an authority.
type Memory struct {
	Taken, Partly, Not, Silence, Open int // of proposals; Open only of ledgers and cases
	WithFigure                        int // of those taken in whole or in part, how many leaned on a figure
	Deliveries, Unanswered            int // of those sent; Unanswered of those that wait
	Waited                            int // days of silence, over all deliveries
}

// A Row is the memory of one authority in one year.
type Row struct {
	Year int
	Body string // key of the authority, empty for all that have none
	Memory
}

// Judged is how many proposals have a verdict.
func (m Memory) Judged() int { return m.Taken + m.Partly + m.Not + m.Silence }

// Proposals is how many there are.
func (m Memory) Proposals() int { return m.Judged() + m.Open }

// Up is how many were taken up, in whole or in part.
func (m Memory) Up() int { return m.Taken + m.Partly }

// Plus is both together.
func (m Memory) Plus(n Memory) Memory {
	return Memory{
		m.Taken + n.Taken, m.Partly + n.Partly, m.Not + n.Not, m.Silence + n.Silence, m.Open + n.Open, m.WithFigure + n.WithFigure,
		m.Deliveries + n.Deliveries, m.Unanswered + n.Unanswered, m.Waited + n.Waited,
	}
}

// of is the memory of one judgement.
func (j Judgement) of() (m Memory) {
	switch j.Verdict {
	case voice.Taken:
		m.Taken = 1
	case voice.Partly:
		m.Partly = 1
	case voice.Not:
		m.Not = 1
	case voice.Silence:
		m.Silence = 1
	default:
		m.Open = 1
	}
	if j.Up() && j.Evidence {
		m.WithFigure = 1
	}
	return m
}

// Ending is how a case of these numbers may be said to have ended: won if most
// proposals were taken up, lost if none was, else only closed. That it was won
// without effect is for a person to see.
func (m Memory) Ending() cases.State {
	switch {
	case m.Judged() == 0:
		return cases.Closed
	case 2*m.Up() > m.Proposals():
		return cases.Won
	case m.Up() == 0 && m.Open == 0:
		return cases.Lost
	}
	return cases.Closed
}
