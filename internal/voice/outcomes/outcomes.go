// Package outcomes is what happens after a position is frozen, and what is
// remembered of it: deliveries, answers, the judgement of each proposal with the
// passage that proves it, and the numbers that nobody else publishes.
//
// What holds:
//
//   - A delivery hands over one frozen version of a position, with its papers as
//     they were on that day. Once it is sent, only proofs are added to it.
//   - A judgement is a person's. The program proposes, and what it proposed is kept
//     beside it. None is ever written over: to judge again adds one.
//   - Of the judgements of a proposal, the last one of the newest text counts; one
//     that rests on no text counts only while there is none that does.
//   - Silence is a judgement too: nothing came back, for so and so many days.
//   - The numbers of memory change in the transaction of the deed that they count.
package outcomes

import (
	"slices"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// A Channel is the way on which something goes out or comes in.
type Channel string

// The channels.
const (
	Mail     Channel = "mail"      // e-pošta
	Post     Channel = "post"      // priporočena pošta
	Portal   Channel = "portal"    // e-Demokracija
	ByHand   Channel = "by_hand"   // vložišče
	InPerson Channel = "in_person" // na sestanku
)

// Channels are all channels, in the order in which they are offered.
func Channels() []Channel { return []Channel{Mail, Portal, Post, ByHand, InPerson} }

// An ID names a delivery or an answer for good.
type ID string

// Subject names a delivery or an answer in the book.
func Subject(id ID) string { return "outcome/" + string(id) }

// A File is a kept file: a proof, or the letter that came.
type File struct {
	Blob string     `json:"blob"`
	Name string     `json:"name"` // as it was called when it was handed in
	Size int64      `json:"size"`
	On   civil.Date `json:"on"` // the day on which it was added
}

// MaxFile is the most that a file may weigh, in bytes.
const MaxFile = 25 << 20

// A Paper is one document of a delivery, as it was handed over.
type Paper struct {
	Kind, Lang, Format string // "letter", "sl", "pdf"
	Name               string // of the file
	Blob               string
	Size               int64
}

func (p Paper) is(q Paper) bool {
	return p.Kind == q.Kind && p.Lang == q.Lang && p.Format == q.Format
}

// A Delivery (pošiljka) is a frozen position handed over to somebody.
//
// These hold of every Delivery that Check accepts:
//
//   - To is not empty, and Channel is one of Channels.
//   - An answer is not due before it was sent.
type Delivery struct {
	ID       ID
	Case     voice.CaseID
	Position voice.PositionID
	Version  int
	Body     string // key of the authority, empty if none fits
	To       string // "Ministrstvo za kulturo"
	Address  string // e-mail or postal
	Channel  Channel
	SentOn   civil.Date      // none while it is being prepared
	Clock    string          // key of the country's clock for the answer; empty if the day is our own or none
	DueOn    civil.Date      // by which we expect an answer, none if we do not
	DueRule  string          // why by then: "Poslovnik Vlade RS, 7.a člen", or empty for a day of our own
	DueForce procedure.Force // of the rule
	Proofs   []File          // receipt of the post, screenshot of the portal
	Note     string
	Answered civil.Date // day of the first answer that ends the silence, none while we wait
	ByIs     string     // who prepared it
	Made     time.Time
	Papers   []Paper
}

// Sent reports whether the delivery has gone out.
func (d Delivery) Sent() bool { return !d.SentOn.IsZero() }

// Expects reports whether an answer is expected. What was sent for information
// waits for none, and nobody is silent about it.
func (d Delivery) Expects() bool { return !d.DueOn.IsZero() }

// Waits reports whether the answer that is expected has not come.
func (d Delivery) Waits() bool { return d.Sent() && d.Expects() && d.Answered.IsZero() }

// Waited is for how many days the authority was silent, until it answered or until
// today.
func (d Delivery) Waited(today civil.Date) int {
	switch {
	case !d.Sent() || !d.Expects():
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
	if !slices.Contains(Channels(), d.Channel) {
		wrong.Add("channel", "outcomes.channel.unknown")
	}
	if d.Sent() && d.Expects() && d.DueOn.Before(d.SentOn) {
		wrong.Add("due", "outcomes.due.early")
	}
	if len(d.To)+len(d.Address)+len(d.Note) > maxWords {
		wrong.Add("note", "outcomes.note.long")
	}
	return wrong.Err()
}

// maxWords is the most that the words of one thing may weigh, in bytes.
const maxWords = 20_000

// A Tenor says what sort of answer came.
type Tenor string

// The tenors of answers.
const (
	Acknowledged Tenor = "acknowledged" // only that it was received: silence goes on
	Replied      Tenor = "replied"      // to the matter
	Refused      Tenor = "refused"
	Forwarded    Tenor = "forwarded" // to another authority: silence goes on
	NewText      Tenor = "new_text"  // a next draft, or the act itself
)

// Tenors are all tenors, in the order in which they are offered.
func Tenors() []Tenor { return []Tenor{Replied, Acknowledged, Forwarded, Refused, NewText} }

// Ends reports whether the answer ends the silence.
func (t Tenor) Ends() bool { return t == Replied || t == Refused || t == NewText }

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
	File     File // the letter itself; none if Blob is empty
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
	if !slices.Contains(Channels(), a.Channel) {
		wrong.Add("channel", "outcomes.channel.unknown")
	}
	if !slices.Contains(Tenors(), a.Tenor) {
		wrong.Add("tenor", "outcomes.tenor.unknown")
	}
	if fault.Empty(a.Summary) {
		wrong.Add("summary", "outcomes.summary.empty")
	}
	if len(a.From)+len(a.Summary) > maxWords {
		wrong.Add("summary", "outcomes.note.long")
	}
	return wrong.Err()
}
