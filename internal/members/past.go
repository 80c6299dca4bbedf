package members

import (
	"cmp"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// after is m with what it said before: of a change of the name or the place on a day,
// what they were until then. Who corrects remembers nothing. A change on the day of
// the last one corrects that.
func (m Member) after(old Member, today civil.Date) (Member, error) {
	from, corrects := cmp.Or(m.From, today), m.Corrects
	m.Former, m.From, m.Corrects = slices.Clone(old.Former), civil.Date{}, false
	if old.Interest.Since.Before(m.Interest.Since) && !old.Interest.Since.IsZero() {
		was := old.Interest
		was.Until = cmp.Or(was.Until, m.Interest.Since)
		m.Former = append(m.Former, record.Former{Until: was.Until, Interest: was, Noted: today})
	}
	if old.Name == m.Name && old.Place == m.Place {
		return m, nil
	}
	i := m.Former.Last()
	switch {
	case !corrects && today.Before(from):
		return m, fault.In("changed", "members.changed.later")
	case !corrects && i >= 0 && from.Before(m.Former[i].Until):
		return m, fault.In("changed", "members.changed.before", "day", m.Former[i].Until.String())
	case i >= 0 && m.Former[i].Name == m.Name && m.Former[i].Place == m.Place && (corrects || from == m.Former[i].Until):
		m.Former = slices.Delete(m.Former, i, i+1)
	case !corrects && (i < 0 || from != m.Former[i].Until):
		m.Former = append(m.Former, record.Former{Until: from, Name: old.Name, Place: old.Place, Noted: today})
	}
	return m, nil
}

// interestOn is the status on the day: the present one, or one before it.
func (m Member) interestOn(day civil.Date) record.Interest {
	for _, f := range append(m.Former[:len(m.Former):len(m.Former)], record.Former{Interest: m.Interest}) {
		if i := f.Interest; !i.Since.IsZero() && (civil.Span{From: i.Since, Until: i.Until}).Holds(day) {
			return i
		}
	}
	return record.Interest{}
}

// follows reports from which day on r is what old was, if old has to be remembered:
// a newer proof, or another number since a later day.
func (r Registration) follows(old Registration) (civil.Date, bool) {
	if old.Proof != "" && old.ProofDay.Before(r.ProofDay) {
		return r.ProofDay, true
	}
	return r.Since, (old.In != r.In || old.Number != r.Number) && old.Since.Before(r.Since) && !old.Since.IsZero()
}
