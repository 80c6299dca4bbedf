package members

import (
	"slices"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Standing is where a member is between applying and leaving.
type Standing string

// The standings.
const (
	Applied   Standing = "applied" // has asked to join; nobody has decided yet
	Active    Standing = "active"
	Suspended Standing = "suspended" // belongs, and has no vote (mirovanje)
	Left      Standing = "left"      // gave notice
	Expelled  Standing = "expelled"  // by a decision, with reasons
	Rejected  Standing = "rejected"  // was not admitted
	Deceased  Standing = "deceased"  // of persons
	Dissolved Standing = "dissolved" // of organisations
)

// Standings are all standings in the order in which they are gone through.
func Standings() []Standing {
	return []Standing{Applied, Active, Suspended, Left, Expelled, Rejected, Deceased, Dissolved}
}

// Belongs reports whether those in the standing are members.
func (s Standing) Belongs() bool { return s == Active || s == Suspended }

// Here reports whether those in the standing are in the roll unless it is asked
// for others: members, and who would be.
func (s Standing) Here() bool { return s == Applied || s.Belongs() }

// over reports whether those in the standing were members until the day before it.
func (s Standing) over() bool { return !s.Here() && s != Rejected }

// A Deed is what moves a member from one standing to another.
type Deed string

// The deeds.
const (
	Apply    Deed = "apply" // again, by who had left or was not admitted
	Admit    Deed = "admit"
	Reject   Deed = "reject"
	Suspend  Deed = "suspend"
	Resume   Deed = "resume"
	Leave    Deed = "leave"
	Expel    Deed = "expel"
	Decease  Deed = "decease"
	Dissolve Deed = "dissolve"
)

// rules say from which standings a deed leads to which, and what must be said.
var rules = map[Deed]struct {
	from    []Standing
	to      Standing
	last    bool // its day is the last one before, and not the first one after
	reasons bool // it needs a reason and a decision
}{
	Apply:    {[]Standing{Left, Expelled, Rejected}, Applied, false, false},
	Admit:    {[]Standing{Applied}, Active, false, false},
	Reject:   {[]Standing{Applied}, Rejected, false, false},
	Suspend:  {[]Standing{Active}, Suspended, false, false},
	Resume:   {[]Standing{Suspended}, Active, false, false},
	Leave:    {[]Standing{Active, Suspended}, Left, true, false},
	Expel:    {[]Standing{Active, Suspended}, Expelled, true, true},
	Decease:  {[]Standing{Applied, Active, Suspended, Left, Expelled, Rejected}, Deceased, true, false},
	Dissolve: {[]Standing{Applied, Active, Suspended, Left, Expelled, Rejected}, Dissolved, true, false},
}

// Deeds are all deeds in the order in which they are offered.
func Deeds() []Deed {
	return []Deed{Apply, Admit, Reject, Suspend, Resume, Leave, Expel, Decease, Dissolve}
}

// Deeds are what may be done to the member now. While a change is noted ahead, it is
// only what ends the membership otherwise.
func (m Member) Deeds() []Deed {
	var list []Deed
	for _, d := range Deeds() {
		if slices.Contains(rules[d].from, m.Standing) && d.fits(m.Kind) && (m.Ahead == Turn{} || d.Last()) {
			list = append(list, d)
		}
	}
	return list
}

func (d Deed) fits(k Kind) bool {
	return !(d == Decease && k == Organisation || d == Dissolve && k == Person)
}

// Last reports whether the day of the deed is the last one in the standing before:
// of membership, or of life. Otherwise it is the first one in the standing after.
func (d Deed) Last() bool { return rules[d].last }

// Reasoned reports whether the deed needs a reason and a decision.
func (d Deed) Reasoned() bool { return rules[d].reasons }

// Day is the name of the field that has the day of the deed.
func (d Deed) Day() string {
	if d.Last() {
		return "last"
	}
	return "from"
}

// A Step is a deed on a day, by a decision or for a reason.
type Step struct {
	Do       Deed
	Day      civil.Date // see Deed.Last
	Reason   string
	Decision string // its number, or who decided and when
}

// A Spell is a run of days in one standing, and what began it.
type Spell struct {
	Standing Standing
	civil.Span
	Reason   string
	Decision string
	Noted    civil.Date // when we learned that it began; none if that was not kept
}

// Spells are the standing of a member over time. Each begins where the one before
// it ends, the last has no end, so that from the first on there is one standing
// for each day.
type Spells []Spell

// first are the spells of a member who is newly written into the register.
func first(m Member, today civil.Date) Spells {
	var s Spells
	if !m.Term.From.IsZero() {
		s = Spells{{Standing: Active, Span: m.Term}}
	}
	switch {
	case !m.Term.Until.IsZero():
		s = append(s, Spell{Standing: m.Standing, Span: civil.Span{From: m.Term.Until}})
	case len(s) > 0:
		s[0].Standing = m.Standing
	case m.Since.IsZero():
		s = Spells{{Standing: m.Standing, Span: civil.Span{From: today}}}
	default:
		s = Spells{{Standing: m.Standing, Span: civil.Span{From: m.Since}}}
	}
	return s.noted(nil, today)
}

// noted is s, in which what was not in old is learned today.
func (s Spells) noted(old Spells, today civil.Date) Spells {
	for i, sp := range s {
		if i >= len(old) || old[i].Standing != sp.Standing || old[i].From != sp.From || old[i].Decision != sp.Decision {
			s[i].Noted = today
		}
	}
	return s
}

// Now is the last of the spells.
func (s Spells) Now() Spell {
	if len(s) == 0 {
		return Spell{}
	}
	return s[len(s)-1]
}

// On is the spell that holds the day; false before the first.
func (s Spells) On(day civil.Date) (Spell, bool) {
	for _, sp := range slices.Backward(s) {
		if sp.Holds(day) {
			return sp, true
		}
	}
	return Spell{}, false
}

// Joined is the spell that began the membership which holds the day; false if none
// does.
func (s Spells) Joined(day civil.Date) (Spell, bool) {
	for i, sp := range slices.Backward(s) {
		if sp.Holds(day) && sp.Standing.Belongs() {
			return s[s.run(i)], true
		}
	}
	return Spell{}, false
}

// First is the first day of the first membership; none if there was none.
func (s Spells) First() civil.Date {
	for _, sp := range s {
		if sp.Standing.Belongs() {
			return sp.From
		}
	}
	return civil.Date{}
}

// run is the first of the spells of membership that lead up to the i-th.
func (s Spells) run(i int) int {
	for i > 0 && s[i-1].Standing.Belongs() {
		i--
	}
	return i
}

// term is the membership that holds or that the last spell ended.
func (s Spells) term() civil.Span {
	now := s.Now().Standing
	if now == Applied || now == Rejected {
		return civil.Span{}
	}
	for i, sp := range slices.Backward(s) {
		if sp.Standing.Belongs() {
			return civil.Span{From: s[s.run(i)].From, Until: sp.Until}
		}
	}
	return civil.Span{}
}

// A Turn is a change of standing that is noted ahead of its day.
type Turn struct {
	To Standing
	On civil.Date // the first day in it
}

// begun are the spells that have begun by the day, the first of them in any case. Who
// leaves, dies or is expelled with this day as the last one has left.
func (s Spells) begun(today civil.Date) Spells {
	n := len(s)
	for n > 1 && s[n-1].From.After(today) && (!s[n-1].Standing.over() || s[n-1].From.AddDays(-1).After(today)) {
		n--
	}
	if n == len(s) {
		return s
	}
	s = slices.Clone(s[:n])
	s[n-1].Until = civil.Date{}
	return s
}

// stand is m in the standing to which the spells have come by the day.
func (m Member) stand(s Spells, today civil.Date) Member {
	now := s.begun(today)
	m.Standing, m.Since, m.Term, m.Ahead = now.Now().Standing, now.Now().From, now.term(), Turn{}
	if len(now) < len(s) {
		next, _ := s.On(s[len(now)].From)
		m.Ahead = Turn{next.Standing, s[len(now)].From}
	}
	return m
}

// Take is s after the step.
func (s Spells) Take(k Kind, st Step) (Spells, error) {
	rule, known := rules[st.Do]
	now := s.Now()
	st.Reason, st.Decision = line(st.Reason), line(st.Decision)
	var wrong fault.Fields
	switch {
	case !known, !st.Do.fits(k), !slices.Contains(rule.from, now.Standing):
		return s, fault.New(fault.Conflict, cannot(st.Do))
	case st.Day.IsZero():
		wrong.Add(st.Do.Day(), "members.day.empty")
	case rule.reasons && st.Reason == "":
		wrong.Add("reason", "members.step.reason")
	case rule.reasons && st.Decision == "":
		wrong.Add("decision", "members.step.decision")
	}
	for name, said := range map[string]string{"reason": st.Reason, "decision": st.Decision} {
		if utf8.RuneCountInString(said) > longestReason {
			wrong.Add(name, "members.too_long", "most", longestReason)
		}
	}
	if err := wrong.Err(); err != nil {
		return s, err
	}
	from := st.Day
	if rule.last {
		from = from.AddDays(1)
	}
	s = slices.Clone(s)
	at := &s[len(s)-1]
	if from.Before(at.From) && len(s) == 1 && at.Standing == Applied {
		at.From = from // who applied is written down later than they did
	}
	switch {
	case rule.last && now.Standing.Belongs() && st.Day.Before(s.term().From):
		return s, fault.In(st.Do.Day(), "members.leave.too_early")
	case from.Before(at.From), rule.last && now.Standing.Belongs() && st.Day.Before(at.From):
		return s, fault.In(st.Do.Day(), "members.step.too_early")
	}
	at.Until = from
	return append(s, Spell{Standing: rule.to, Span: civil.Span{From: from}, Reason: st.Reason, Decision: st.Decision}), nil
}

func cannot(d Deed) string {
	switch d {
	case Admit:
		return "members.admit.not_applied"
	case Leave:
		return "members.leave.not_active"
	}
	return "members.step.cannot"
}

// Undo is s without the last step.
func (s Spells) Undo() (Spells, error) {
	if len(s) < 2 {
		return s, fault.New(fault.Conflict, "members.step.first")
	}
	s = slices.Clone(s[:len(s)-1])
	s[len(s)-1].Until = civil.Date{}
	return s, nil
}

// Redate is s with another first day of the last spell.
func (s Spells) Redate(from civil.Date) (Spells, error) {
	n := len(s) - 1
	switch {
	case from.IsZero():
		return s, fault.In("from", "members.day.empty")
	case n > 0 && from.Before(s[n-1].From), n > 0 && !s[n].Standing.Belongs() && s[n-1].Standing.Belongs() && from == s[n-1].From:
		return s, fault.In("from", "members.step.too_early")
	}
	s = slices.Clone(s)
	if s[n].From = from; n > 0 {
		s[n-1].Until = from
	}
	return s, nil
}

// An Entry is a member as they were on a day.
type Entry struct {
	ID       ID
	Kind     Kind
	Name     string
	SortKey  string
	Place    string
	Interest record.Interest
	Field    Field      // as the register has it now
	Standing Standing   // empty if they were not in the register yet
	Since    civil.Date // when the membership of that day began
	First    civil.Date // when they became a member for the first time
	Decision string     // by which it began
	Noted    civil.Date // when we learned the newest of this; none if that was not kept
	Category CategoryID
	Votes    bool   // active, and of no category without a vote
	key      string // where they are in the order of the register now
}

// On is m on the day, as far as the entry itself knows.
func (m Member) On(day civil.Date) Entry {
	e := Entry{ID: m.ID, Kind: m.Kind, Name: m.Name, SortKey: m.SortKey, Place: m.Place, Field: m.Field, Interest: m.interestOn(day), key: m.SortKey}
	for _, f := range m.Former {
		switch {
		case f.Name == "":
		case day.Before(f.Until):
			e.Name, e.SortKey, e.Place = f.Name, sortKey(f.Name), f.Place
			return e
		default:
			e.Noted = f.Noted // of the change to the name that followed
		}
	}
	return e
}

// A Strength is how many members there are on a day.
type Strength struct {
	Members, Organisations, Persons int
	Voters                          int
}
