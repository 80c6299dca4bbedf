// Package outcomes is what happens after a position is frozen, and what is
// remembered of it: deliveries, answers, the judgement of each proposal with the
// passage that proves it, and the numbers that nobody else publishes.
//
// What holds:
//
//   - A delivery hands over one frozen version of a position, with its papers as
//     they were on that day, and cannot be changed once it is sent.
//   - A judgement is a person's. The program proposes, and what it proposed is kept
//     beside it.
//   - Of the judgements of a proposal, the one of the newest text counts.
//   - Silence is a judgement too: nothing came back, for so and so many days.
package outcomes

import (
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/uptake"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// A Channel is the way on which something goes out or comes in.
type Channel string

// The channels.
const (
	Mail     Channel = "mail"    // e-pošta
	Post     Channel = "post"    // priporočena pošta
	Portal   Channel = "portal"  // e-Demokracija
	ByHand   Channel = "by_hand" // vložišče
	InPerson Channel = "in_person"
)

// Channels are all channels, in the order in which they are offered.
func Channels() []Channel { return []Channel{Mail, Portal, Post, ByHand, InPerson} }

// An ID names a delivery or an answer for good.
type ID string

// A Paper is one document of a delivery, as it was handed over.
type Paper struct {
	Kind, Lang, Format string // "letter", "sl", "pdf"
	Name               string
	Blob               string
	Size               int64
}

// A Delivery (pošiljka) is a frozen position handed over to somebody.
//
// These hold of every Delivery that Check accepts:
//
//   - To is not empty, and Channel is one of Channels.
//   - One that is sent has a day, and the day is not before the position was frozen.
type Delivery struct {
	ID       ID
	Case     voice.CaseID
	Position voice.PositionID
	Version  int
	Body     string // key of the authority, empty if none fits
	To       string // "Ministrstvo za kulturo"
	Address  string // e-mail or postal
	Channel  Channel
	SentOn   civil.Date // none while it is being prepared
	DueOn    civil.Date // by which we expect an answer, none if we do not
	DueRule  string     // why by then: "Poslovnik Vlade RS, 7.a člen", or our own
	Proof    string     // blob of the proof: receipt of the post, screenshot of the portal
	ProofIs  string     // its name
	Note     string
	Answered civil.Date // day of the first answer, none while we wait
	ByIs     string
	Made     time.Time
	Papers   []Paper
}

// Sent reports whether the delivery has gone out.
func (d Delivery) Sent() bool { return !d.SentOn.IsZero() }

// Waited is for how many days the authority was silent, until it answered or until
// today.
func (d Delivery) Waited(today civil.Date) int {
	switch {
	case !d.Sent():
		return 0
	case !d.Answered.IsZero():
		return max(0, d.Answered.Sub(d.SentOn))
	}
	return max(0, today.Sub(d.SentOn))
}

// Check returns a fault for all of the rules above that d breaks.
func (d Delivery) Check() error {
	var wrong fault.Fields
	if fault.Empty(d.To) {
		wrong.Add("to", "outcomes.to.empty")
	}
	if !known(Channels(), d.Channel) {
		wrong.Add("channel", "outcomes.channel.unknown")
	}
	if !d.DueOn.IsZero() && d.Sent() && d.DueOn.Before(d.SentOn) {
		wrong.Add("due", "outcomes.due.early")
	}
	return wrong.Err()
}

// A Tenor says what sort of answer came.
type Tenor string

// The tenors of answers.
const (
	Acknowledged Tenor = "acknowledged" // only that it was received: silence goes on
	Replied      Tenor = "replied"      // to the matter
	Refused      Tenor = "refused"
	Forwarded    Tenor = "forwarded" // to another authority
	NewText      Tenor = "new_text"  // a next draft, or the act itself
)

// Tenors are all tenors, in the order in which they are offered.
func Tenors() []Tenor { return []Tenor{Replied, Acknowledged, Forwarded, Refused, NewText} }

// Ends reports whether the answer ends the silence.
func (t Tenor) Ends() bool { return t != Acknowledged && t != Forwarded }

// An Answer (odgovor) is what came back.
//
// These hold of every Answer that Check accepts:
//
//   - From and Summary are not empty, On is a day, Tenor is one of Tenors.
type Answer struct {
	ID       ID
	Case     voice.CaseID
	Delivery ID // that it answers, empty if none
	From     string
	On       civil.Date
	Channel  Channel
	Tenor    Tenor
	Summary  string
	Blob     string // the letter itself
	BlobIs   string
	ByIs     string
	Made     time.Time
}

// Check returns a fault for all of the rules above that a breaks.
func (a Answer) Check() error {
	var wrong fault.Fields
	if fault.Empty(a.From) {
		wrong.Add("from", "outcomes.from.empty")
	}
	if a.On.IsZero() {
		wrong.Add("on", "outcomes.on.empty")
	}
	if !known(Tenors(), a.Tenor) {
		wrong.Add("tenor", "outcomes.tenor.unknown")
	}
	if fault.Empty(a.Summary) {
		wrong.Add("summary", "outcomes.summary.empty")
	}
	return wrong.Err()
}

// A Judgement (presoja) says what one text made of one proposal.
//
// These hold of every Judgement that Check accepts:
//
//   - Verdict is one of the verdicts.
//   - Taken and Partly have a passage, or a note that says why there is none.
type Judgement struct {
	Proposal  voice.ProposalID
	Position  voice.PositionID
	Edition   int // of the position
	Case      voice.CaseID
	Number    int           // of the proposal
	Title     string        // of the proposal
	Cite      string        // of the provision that it is about
	Version   law.VersionID // the text that was looked at, empty for silence
	TextIs    string        // its label
	TextOn    civil.Date
	Body      string // key of the authority
	Verdict   voice.Verdict
	Passage   string // the provision of the text
	PassageIs string // how people cite it
	Text      string // of the passage
	Marks     []uptake.Mark
	Note      string
	Suggested voice.Verdict // what the program proposed, empty if nothing
	Score     float64
	Evidence  bool // the proposal leans on a figure of ours
	By        auth.UserID
	ByIs      string
	On        civil.Date
}

// Check returns a fault for all of the rules above that j breaks.
func (j Judgement) Check() error {
	var wrong fault.Fields
	if !known(voice.Verdicts(), j.Verdict) {
		wrong.Add("verdict", "outcomes.verdict.unknown")
	}
	if (j.Verdict == voice.Taken || j.Verdict == voice.Partly) && fault.Empty(j.Text) && fault.Empty(j.Note) {
		wrong.Add("note", "outcomes.proof.missing")
	}
	return wrong.Err()
}

// A Suggestion is what the program thinks that a text made of a proposal.
type Suggestion struct {
	Judgement  // with Suggested, Passage, Text, Marks and Score filled in
	Reasons    []uptake.Reason
	Candidates []Passage
	Unclear    bool // a person has to look
}

// A Passage is a provision of the text that may prove something.
type Passage struct {
	ID, Cite, Text string
	Marks          []uptake.Mark
}

// A Ledger is what became of all proposals of one version of a position.
type Ledger struct {
	Position voice.PositionID
	Edition  int
	Rows     []Judgement // in the order of the proposals; without Verdict while nobody has judged
	Memory
}

// A Memory is the numbers of a case, a year or an authority.
type Memory struct {
	Taken, Partly, Not, Silence, Open int // of proposals
	WithFigure                        int // of those taken in whole or in part, how many leaned on a figure
	Deliveries, Unanswered            int
	Waited                            int // days of silence, over all deliveries
}

// Judged is how many proposals have a verdict.
func (m Memory) Judged() int { return m.Taken + m.Partly + m.Not + m.Silence }

// Proposals is how many there are.
func (m Memory) Proposals() int { return m.Judged() + m.Open }

// Up is how many were taken up, in whole or in part.
func (m Memory) Up() int { return m.Taken + m.Partly }

func (m *Memory) add(v voice.Verdict, n int) {
	switch v {
	case voice.Taken:
		m.Taken += n
	case voice.Partly:
		m.Partly += n
	case voice.Not:
		m.Not += n
	case voice.Silence:
		m.Silence += n
	default:
		m.Open += n
	}
}

func known[T comparable](list []T, v T) bool {
	for _, one := range list {
		if one == v {
			return true
		}
	}
	return false
}

// Subject names a delivery or an answer in the book.
func Subject(id ID) string { return "outcome/" + string(id) }
