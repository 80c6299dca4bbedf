package meetings

import (
	"slices"
	"time"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An AttendeeID names somebody at one meeting.
type AttendeeID string

// A Way is how somebody is at a meeting.
type Way string

// The ways.
const (
	Awaited  Way = ""         // nothing is noted yet
	InPerson Way = "inperson" // osebno
	Online   Way = "online"   // na daljavo
	ByProxy  Way = "proxy"    // another who is there votes for them
	Excused  Way = "excused"  // opravičeno odsotna
	Absent   Way = "absent"
)

// Ways are all that can be noted, in the order in which they are offered.
func Ways() []Way { return []Way{InPerson, Online, ByProxy, Excused, Absent} }

// There reports whether who comes this way is counted.
func (w Way) There() bool { return w == InPerson || w == Online || w == ByProxy }

// An Attendee is somebody who is called to a meeting, or who came to it.
type Attendee struct {
	ID      AttendeeID
	Meeting MeetingID
	Seat    bodies.SeatID
	Member  members.ID
	Name    string
	Email   string
	Lang    string
	Office  bodies.Office
	Votes   bool

	Reply   Way    // what they answered to the invitation: InPerson, Online, ByProxy, Excused
	Sends   string // who comes for an organisation, or votes for the member, as they said
	Word    string // and with which words
	Replied time.Time

	Way    Way
	Acts   string     // who came for an organisation
	Basis  string     // by what: "zakonita zastopnica", "pooblastilo z dne 3. 11. 2026"
	Holder AttendeeID // who votes for them
	Left   time.Time  // when they went before the end
	Lost   time.Time  // when their mandate ended in the middle of the meeting, and their vote with it

	Protest bool // wants a real meeting instead of letters
	Voted   time.Time
}

// Counts reports whether the attendee is one of a quorum now.
func (a Attendee) Counts() bool { return a.Votes && a.Way.There() && a.Left.IsZero() }

// key is where the attendee stands in lists.
func (a Attendee) key() string {
	key := textkit.SortKey(language.Slovenian, a.Name)
	return key[:min(len(key), 160)]
}

// Lose ends the mandate of the attendee in the middle of a meeting, or says that it
// did not end. What they voted on before stays.
func (a Attendee) Lose(at time.Time) (Attendee, error) {
	switch {
	case !at.IsZero() && !a.Votes:
		return a, fault.New(fault.Conflict, "bodies.attend.no_vote")
	case at.IsZero() && a.Lost.IsZero():
		return a, fault.New(fault.Conflict, "bodies.attend.not_lost")
	}
	a.Lost, a.Votes = at, at.IsZero()
	return a, nil
}

// A Coming is what is noted of how somebody is at a meeting.
type Coming struct {
	Way    Way
	Acts   string
	Basis  string
	Holder AttendeeID
}

// Come notes how the attendee is there. The holder, if there is one, must be there
// themself and have a vote of no more others than the rule lets them; held is how
// many others they vote for already.
func (a Attendee) Come(c Coming, rule bodies.Rule, holder Attendee, held int) (Attendee, error) {
	var wrong fault.Fields
	c.Acts, c.Basis = line(c.Acts), line(c.Basis)
	long(&wrong, "acts", c.Acts, longestLine)
	long(&wrong, "basis", c.Basis, longestLine)
	if c.Way != Awaited && !slices.Contains(Ways(), c.Way) {
		wrong.Add("way", "bodies.way.unknown")
	}
	if c.Way == ByProxy {
		switch {
		case rule.Proxies == 0:
			wrong.Add("way", "bodies.proxy.none")
		case c.Holder == "" || c.Holder == a.ID || holder.ID != c.Holder || !holder.Votes:
			wrong.Add("holder", "bodies.proxy.holder")
		case holder.Way != InPerson && holder.Way != Online || !holder.Left.IsZero():
			wrong.Add("holder", "bodies.proxy.away")
		case held >= rule.Proxies && a.Holder != c.Holder:
			wrong.Add("holder", "bodies.proxy.many", "most", rule.Proxies)
		case c.Basis == "":
			wrong.Add("basis", "bodies.proxy.basis")
		}
	} else {
		c.Holder = ""
	}
	if err := wrong.Err(); err != nil {
		return a, err
	}
	a.Way, a.Acts, a.Basis, a.Holder, a.Left = c.Way, c.Acts, c.Basis, c.Holder, time.Time{}
	return a, nil
}

// An Answer is what somebody says to an invitation.
type Answer struct {
	Way   Way
	Sends string // who comes for an organisation, or is to vote for the member
	Word  string
}

// Answer notes what the attendee says to the invitation. Another can be authorised
// where the rule knows proxies; an organisation always says who comes.
func (a Attendee) Answer(say Answer, rule bodies.Rule, organisation bool, at time.Time) (Attendee, error) {
	var wrong fault.Fields
	say.Word, say.Sends = prose(say.Word), line(say.Sends)
	long(&wrong, "word", say.Word, longestLine)
	long(&wrong, "sends", say.Sends, longestLine)
	switch {
	case say.Way == ByProxy && rule.Proxies == 0:
		wrong.Add("reply", "bodies.proxy.none")
	case say.Way == ByProxy && say.Sends == "":
		wrong.Add("proxy", "bodies.reply.sends")
	case say.Way != InPerson && say.Way != Online && say.Way != ByProxy && say.Way != Excused:
		wrong.Add("reply", "bodies.reply.unknown")
	}
	if say.Way == Excused || say.Way != ByProxy && !organisation {
		say.Sends = ""
	}
	a.Reply, a.Sends, a.Word, a.Replied = say.Way, say.Sends, say.Word, at
	return a, wrong.Err()
}
