package meetings

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A MotionID names a motion for good.
type MotionID = bodies.MotionID

// A Fate is what became of a motion.
type Fate string

// The fates.
const (
	Put       Fate = "put" // it has not been voted on
	Carried   Fate = "carried"
	Rejected  Fate = "rejected"
	Withdrawn Fate = "withdrawn"
)

// A Motion is a decision proposed to a meeting (predlog sklepa).
//
// These hold of every Motion that Check accepts:
//
//   - It has a title and a text.
//   - A motion that has been voted on has a Result, and no amendment of it is open.
type Motion struct {
	ID         MotionID
	Meeting    MeetingID
	Item       string // the point of the agenda; empty for none
	Ord        int
	Title      string
	Text       string // paragraphs, a line each
	Reasons    string
	Mover      string
	Special    bool // needs the larger majority of the rule
	Amendments []Amendment
	Fate       Fate
	Result     bodies.Count
	Needed     int
	ByName     bool // by roll-call: who voted how is kept
	Decision   bodies.DecisionID
	Number     string // of the decision

	// What the decision does beside saying what it says.
	Case    string
	Open    bodies.Openness
	Task    bodies.Task
	Minutes MeetingID         // approves the minutes of that meeting
	Repeals bodies.DecisionID // of an earlier decision

	Revision int
}

// A Change is what an amendment does to a paragraph of a motion.
type Change string

// The changes.
const (
	Replace Change = "replace"
	Insert  Change = "insert" // a new paragraph after it; after 0 is at the head
	Strike  Change = "strike"
)

// Changes are all of them in the order in which they are offered.
func Changes() []Change { return []Change{Replace, Insert, Strike} }

// A Taken is what became of an amendment.
type Taken string

// What may become of one.
const (
	Pending     Taken = "open"
	Accepted    Taken = "accepted"
	NotAccepted Taken = "rejected"
	TakenBack   Taken = "withdrawn"
	Moot        Taken = "moot" // another was accepted that changes the same paragraph
)

// mostAmending is how many amendments a motion may have.
const mostAmending = 200

// An Amendment changes one paragraph of a motion as it was put.
type Amendment struct {
	ID     string
	Change Change
	Para   int // from 1
	Text   string
	Mover  string
	Why    string
	State  Taken
	Result bodies.Count
}

// Paragraphs are those of a text: its lines that are not empty.
func Paragraphs(text string) []string {
	var list []string
	for _, p := range strings.Split(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// Final is the text with the amendments that were accepted. Paragraphs are counted
// as they were put; what is inserted after one of them stands in the order in which
// it was accepted.
func (m Motion) Final() string {
	old := Paragraphs(m.Text)
	after := make([][]string, len(old)+1)
	for _, a := range m.Amendments {
		if a.State != Accepted || a.Para < 0 || a.Para > len(old) {
			continue
		}
		switch a.Change {
		case Insert:
			after[a.Para] = append(after[a.Para], Paragraphs(a.Text)...)
		case Replace:
			old[a.Para-1] = strings.Join(Paragraphs(a.Text), "\n")
		case Strike:
			old[a.Para-1] = ""
		}
	}
	out := slices.Clone(after[0])
	for i, p := range old {
		if p != "" {
			out = append(out, p)
		}
		out = append(out, after[i+1]...)
	}
	return strings.Join(out, "\n")
}

// Tidy returns m as it is kept.
func (m Motion) Tidy() Motion {
	m.Title, m.Mover, m.Case = line(m.Title), line(m.Mover), strings.ReplaceAll(line(m.Case), "/", "-")
	m.Text, m.Reasons = strings.Join(Paragraphs(m.Text), "\n"), strings.TrimSpace(m.Reasons)
	m.Task = m.Task.Tidy()
	if m.Open == "" {
		m.Open = bodies.ToMembers
	}
	return m
}

// Check returns the faults for the rules above that m breaks.
func (m Motion) Check() error {
	var wrong fault.Fields
	if m.Title == "" {
		wrong.Add("title", "bodies.motion.title.empty")
	}
	if m.Text == "" {
		wrong.Add("text", "bodies.motion.text.empty")
	}
	for field, text := range map[string]string{"title": m.Title, "mover": m.Mover, "case": m.Case, "owner": m.Task.OwnerIs, "task": m.Task.Note} {
		long(&wrong, field, text, longestLine)
	}
	long(&wrong, "text", m.Text, longestText)
	long(&wrong, "reasons", m.Reasons, longestText)
	if !slices.Contains(bodies.Opennesses(), m.Open) {
		wrong.Add("open", "bodies.open.unknown")
	}
	return wrong.Err()
}

// Amend puts an amendment to the motion.
func (m Motion) Amend(a Amendment) (Motion, error) {
	a.Text, a.Mover, a.Why, a.State = strings.Join(Paragraphs(a.Text), "\n"), line(a.Mover), strings.TrimSpace(a.Why), Pending
	var wrong fault.Fields
	n := len(Paragraphs(m.Text))
	switch {
	case m.Fate != Put:
		return m, fault.New(fault.Conflict, "bodies.motion.voted")
	case len(m.Amendments) >= mostAmending:
		return m, fault.New(fault.TooBig, "bodies.amendment.many")
	case !slices.Contains(Changes(), a.Change):
		wrong.Add("change", "bodies.amendment.change")
	case a.Para < 0 || a.Para > n || a.Para == 0 && a.Change != Insert:
		wrong.Add("para", "bodies.amendment.para", "last", n)
	case a.Change != Strike && a.Text == "":
		wrong.Add("text", "bodies.amendment.text")
	}
	long(&wrong, "text", a.Text, longestText)
	long(&wrong, "why", a.Why, longestText)
	if a.Change == Strike {
		a.Text = ""
	}
	if err := wrong.Err(); err != nil {
		return m, err
	}
	at := len(m.Amendments)
	for i, o := range m.Amendments {
		if a.before(o) {
			at = i
			break
		}
	}
	m.Amendments = slices.Insert(slices.Clone(m.Amendments), at, a)
	return m, nil
}

// reach is how far a change goes: the farthest first.
func (c Change) reach() int { return slices.Index([]Change{Strike, Replace, Insert}, c) }

// before reports whether a is voted on before o as a rule: paragraph by paragraph, and
// of the same paragraph what goes farther. People who know better put it otherwise.
func (a Amendment) before(o Amendment) bool {
	return cmp.Or(cmp.Compare(a.Para, o.Para), cmp.Compare(a.Change.reach(), o.Change.reach())) < 0
}

// rivals reports whether of the two only one can be accepted.
func (a Amendment) rivals(o Amendment) bool {
	return a.ID != o.ID && a.Para == o.Para && a.Change != Insert && o.Change != Insert
}

// Promote puts an amendment before the one that is voted on before it, for it goes
// farther than that.
func (m Motion) Promote(id string) (Motion, error) {
	at := m.amendment(id)
	switch {
	case at < 0:
		return m, fault.New(fault.Missing, "bodies.amendment.missing")
	case m.Fate != Put || m.Amendments[at].State != Pending:
		return m, fault.New(fault.Conflict, "bodies.motion.voted")
	}
	if at > 0 {
		m.Amendments = slices.Clone(m.Amendments)
		m.Amendments[at-1], m.Amendments[at] = m.Amendments[at], m.Amendments[at-1]
	}
	return m, nil
}

func (m Motion) amendment(id string) int {
	return slices.IndexFunc(m.Amendments, func(a Amendment) bool { return a.ID == id })
}

// Settle says what became of an amendment. A vote on it is computed by the rule, and
// is taken on what goes farthest first, and chair is how whoever presides decides a tie;
// without one the mover took it over. Of those
// that change the same paragraph one is accepted at most, and with it the others are
// moot. None is accepted that would leave nothing of the motion.
func (m Motion) Settle(id string, state Taken, c bodies.Count, rule bodies.Rule, chair bodies.Choice) (Motion, error) {
	at := m.amendment(id)
	switch {
	case at < 0:
		return m, fault.New(fault.Missing, "bodies.amendment.missing")
	case m.Fate != Put:
		return m, fault.New(fault.Conflict, "bodies.motion.voted")
	case state != Pending && state != Accepted && state != NotAccepted && state != TakenBack:
		return m, fault.In("state", "bodies.amendment.state")
	case state == NotAccepted && c.Cast() <= 0:
		return m, fault.In("for", "bodies.count.nobody")
	}
	one := m.Amendments[at]
	if c.Cast() > 0 {
		for i, o := range m.Amendments[:at] {
			if o.State == Pending && (o.rivals(one) || o.Para == one.Para && o.Change == one.Change) {
				return m, fault.New(fault.Conflict, "bodies.amendment.order", "number", i+1)
			}
		}
		if err := c.Check(); err != nil {
			return m, err
		}
		c.Abstained = max(c.Present-c.For-c.Against, c.Abstained)
		yes, _, err := bodies.Judge(rule.Majority, c, chair)
		if err != nil {
			return m, err
		}
		if state = NotAccepted; yes {
			state = Accepted
		}
	}
	was := one.State
	one.State, one.Result = state, c
	m.Amendments = slices.Clone(m.Amendments)
	m.Amendments[at] = one
	for i, o := range m.Amendments {
		switch {
		case !one.rivals(o):
		case state == Accepted && o.State == Accepted:
			return m, fault.New(fault.Conflict, "bodies.amendment.clash", "para", one.Para)
		case state == Accepted && o.State == Pending:
			m.Amendments[i].State = Moot
		case was == Accepted && o.State == Moot:
			m.Amendments[i].State = Pending
		}
	}
	if state == Accepted && m.Final() == "" {
		return m, fault.New(fault.Conflict, "bodies.amendment.nothing")
	}
	return m, nil
}

// settled returns a fault while an amendment is open.
func (m Motion) settled() error {
	if slices.ContainsFunc(m.Amendments, func(a Amendment) bool { return a.State == Pending }) {
		return fault.New(fault.Conflict, "bodies.motion.amendments")
	}
	return nil
}

// Decide counts the vote on the motion by the rule. Those of the present who said
// nothing have abstained; chair is how whoever presides decides a tie.
func (m Motion) Decide(c bodies.Count, rule bodies.Rule, chair bodies.Choice) (Motion, error) {
	if m.Fate != Put {
		return m, fault.New(fault.Conflict, "bodies.motion.voted")
	}
	if err := m.settled(); err != nil {
		return m, err
	}
	if err := c.Check(); err != nil {
		return m, err
	}
	if c.Cast() == 0 {
		return m, fault.In("for", "bodies.count.nobody")
	}
	c.Abstained = c.Present - c.For - c.Against
	yes, needed, err := bodies.Judge(rule.For(m.Special), c, chair)
	if err != nil {
		return m, err
	}
	m.Result, m.Needed, m.Fate = c, needed, Rejected
	if yes {
		m.Fate = Carried
	}
	return m, nil
}

// A Vote is what somebody said to a motion, by name.
type Vote struct {
	Motion   MotionID
	Attendee AttendeeID
	Choice   bodies.Choice
	Reason   string
	At       time.Time
}
