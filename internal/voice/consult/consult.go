// Package consult asks the members: a draft is frozen, a few of its provisions are
// put in plain words, and every member of the audience gets a letter with a link
// of their own, by which they answer from a phone and without an account.
//
// What holds:
//
//   - What was asked does not change: the text of a provision is copied when it is
//     asked about, whatever becomes of the version.
//   - A member has at most one invitation to a consultation, and the letter is
//     posted in the transaction that makes it.
//   - The token of a link is in its letter and nowhere else; here is its hash.
//   - A comment is one per invitation and provision, and each version of it is
//     kept, also one that lost to a version that somebody else had saved.
//   - Comments count from the moment they are sent. What is only saved is a draft
//     of the member's, which the office does not read. Saving writes no line in
//     the book: the versions are its record.
package consult

import (
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// A State is where a consultation is.
type State string

// The states.
const (
	Prepared State = "prepared" // the office writes it
	Open     State = "open"     // members may answer through the day Closes
	Closed   State = "closed"   // it is over; answers can be read
)

// A Consultation (posvetovanje) puts provisions of one version to members.
//
// These hold of every Consultation that Check accepts:
//
//   - Title is not empty, and Lead is not empty.
//   - Opens and Closes are days, and Closes is not before Opens.
//   - Something is asked, each provision once, and each has a title.
type Consultation struct {
	ID       voice.ConsultationID
	Case     voice.CaseID
	Version  law.VersionID
	Title    string
	Lead     string // what it is about, in three sentences
	Opens    civil.Date
	Closes   civil.Date // the last day to answer
	State    State
	Public   bool // shown on the public page; answers come by links all the same
	Audience Audience
	Remind   []int // days before Closes on which those who are silent are reminded
	Made     time.Time
	Revision int

	// Counters, kept with what they count.
	Invited  int // asked: members with an invitation
	Opened   int // of them, those who have opened their link, or more
	Answered int
	Declined int
	Comments int // sent comments
	Unread   int // answers since the office last said that it has read them

	Asked []Asked // in order; not filled in lists
}

// An Asked is one provision that members are asked about.
type Asked struct {
	Provision string // eId of the version: "art_12__para_1"
	Ord       int    // from 1
	Title     string // in plain words: "Tri leta delovanja namesto petih"
	Explain   string // one sentence; may be empty
	Text      string // as it read when it was asked
	Cite      string // "12. člen, prvi odstavek"
	Tally     Tally
}

// A Tally counts sent comments of a provision by stance.
type Tally struct {
	Organisations map[voice.Stance]int
	Persons       map[voice.Stance]int
}

// Of is how many said s, all together.
func (t Tally) Of(s voice.Stance) int { return t.Organisations[s] + t.Persons[s] }

// Total is how many said anything.
func (t Tally) Total() (n int) {
	for _, s := range voice.Stances() {
		n += t.Of(s)
	}
	return n
}

// Bounds of what is typed, in bytes.
const (
	mostTitle = 300
	mostLead  = 3_000
	mostText  = 20_000
	mostAsked = 60
)

// Check returns faults for the rules above that c breaks.
func (c Consultation) Check() error {
	var wrong fault.Fields
	switch {
	case fault.Empty(c.Title):
		wrong.Add("title", "consult.title.empty")
	case len(c.Title) > mostTitle:
		wrong.Add("title", "consult.title.long")
	}
	switch {
	case fault.Empty(c.Lead):
		wrong.Add("lead", "consult.lead.empty")
	case len(c.Lead) > mostLead:
		wrong.Add("lead", "consult.lead.long")
	}
	if c.Opens.IsZero() {
		wrong.Add("opens", "consult.day.empty")
	}
	switch {
	case c.Closes.IsZero():
		wrong.Add("closes", "consult.day.empty")
	case c.Closes.Before(c.Opens):
		wrong.Add("closes", "consult.closes.early")
	}
	for _, days := range c.Remind {
		if days < 0 || days > 60 {
			wrong.Add("remind", "consult.remind.days")
			break
		}
	}
	c.checkAsked(&wrong)
	return wrong.Err()
}

func (c Consultation) checkAsked(wrong *fault.Fields) {
	if len(c.Asked) == 0 {
		wrong.Add("asked", "consult.asked.none")
	}
	if len(c.Asked) > mostAsked {
		wrong.Add("asked", "consult.asked.many", "n", mostAsked)
	}
	seen := map[string]bool{}
	for _, a := range c.Asked {
		if seen[a.Provision] {
			wrong.Add("asked", "consult.asked.twice", "cite", a.Cite)
		}
		seen[a.Provision] = true
		if fault.Empty(a.Title) || len(a.Title) > mostTitle || len(a.Explain) > mostLead {
			wrong.Add("title:"+a.Provision, "consult.asked.title")
		}
	}
}

// Takes reports whether members may answer on the day.
func (c Consultation) Takes(today civil.Date) bool {
	return c.State == Open && !today.Before(c.Opens) && !today.After(c.Closes)
}

// Begin opens the consultation.
func (c Consultation) Begin(today civil.Date) (Consultation, error) {
	if c.State != Prepared {
		return c, fault.New(fault.Conflict, "consult.not_prepared")
	}
	if err := c.ahead(today); err != nil {
		return c, err
	}
	if c.Opens.After(today) || c.Opens.Before(today) {
		c.Opens = today
	}
	c.State = Open
	return c, nil
}

// ahead returns a fault if its last day is past.
func (c Consultation) ahead(today civil.Date) error {
	if c.Closes.Before(today) {
		return fault.In("closes", "consult.closes.past")
	}
	return nil
}

// End closes the consultation.
func (c Consultation) End() (Consultation, error) {
	if c.State != Open {
		return c, fault.New(fault.Conflict, "consult.not_open")
	}
	c.State = Closed
	return c, nil
}

// Extend moves the last day; one that has closed is open again.
func (c Consultation) Extend(until, today civil.Date) (Consultation, error) {
	switch {
	case c.State == Prepared:
		return c, fault.New(fault.Conflict, "consult.not_open")
	case until.IsZero():
		return c, fault.In("closes", "consult.day.empty")
	case until.Before(today):
		return c, fault.In("closes", "consult.closes.past")
	}
	c.State, c.Closes = Open, until
	return c, nil
}

// dueReminder is the newest day, not after today, on which those who are silent
// are to be reminded; none if there is no such day.
func (c Consultation) dueReminder(today civil.Date) civil.Date {
	var due civil.Date
	for _, days := range c.Remind {
		if d := c.Closes.AddDays(-days); !d.After(today) && d.After(due) {
			due = d
		}
	}
	return due
}
