package meetings

import (
	"context"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Attendees lists a page of those at a meeting. Addresses and what they answered
// are for the office.
func (d *Desk) Attendees(ctx context.Context, by auth.Actor, q AttendeeQuery) ([]Attendee, error) {
	if _, err := d.Meeting(ctx, by, q.Meeting); err != nil {
		return nil, err
	}
	all, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Attendee, error) {
		return listAttendees(ctx, tx, q)
	})
	for i := range all {
		if !by.Can(bodies.Work) {
			all[i].Email, all[i].Word, all[i].Sends, all[i].Basis = "", "", "", ""
		}
	}
	return all, err
}

// AttendeesIn lists those who count at a meeting now, inside another deed, whose
// room has asked for its own right: a page of them after one.
func (d *Desk) AttendeesIn(ctx context.Context, tx *store.Tx, id MeetingID, after AttendeeID) ([]Attendee, error) {
	return listAttendees(ctx, tx, AttendeeQuery{Meeting: id, Way: "there", After: after, Limit: 1_000})
}

// Mine lists the attendees of a meeting that are the actor, or for whom they act.
func (d *Desk) Mine(ctx context.Context, by auth.Actor, id MeetingID) ([]Attendee, error) {
	p, err := d.Bodies.Who(ctx, by)
	if err != nil || p.Email == "" && len(p.Members) == 0 {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Attendee, error) { return attendeesOf(ctx, tx, id, p) })
}

// Presence is how it stands with the quorum now: at the second call if that is how
// it was or can be found.
func (d *Desk) Presence(ctx context.Context, by auth.Actor, id MeetingID, second bool) (Headcount, error) {
	m, err := d.Meeting(ctx, by, id)
	if err != nil {
		return Headcount{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Headcount, error) { return d.count(ctx, tx, m, second) })
}

func (d *Desk) count(ctx context.Context, tx *store.Tx, m Meeting, second bool) (h Headcount, err error) {
	h = Headcount{At: tx.Now, Second: second}
	if h.All, err = d.electorate(ctx, tx, m, d.day(m.At)); err != nil {
		return h, err
	}
	h.Needed = m.Rule.Needs(h.All, second)
	h.Present, h.Proxies, err = present(ctx, tx, m.ID)
	return h, err
}

// Admit enters somebody at a meeting who is not on its list yet: a member of the
// register, who has a vote in an assembly if they have one there on the day, or a
// guest by name.
func (d *Desk) Admit(ctx context.Context, by auth.Actor, id MeetingID, member members.ID, name string) (Attendee, error) {
	if err := by.Must(bodies.Work); err != nil {
		return Attendee{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Attendee, error) {
		m, err := getMeeting(ctx, tx, id)
		if err != nil {
			return Attendee{}, err
		}
		if m.Fixed() || m.State == Planned {
			return Attendee{}, fault.New(fault.Conflict, "bodies.attend.state")
		}
		a := Attendee{Meeting: id, Member: member, Name: line(name), Office: bodies.Observer}
		if member != "" {
			was, ok, err := attendeeOf(ctx, tx, id, "", member)
			if err != nil || ok {
				return was, err
			}
			e, err := d.Members.StandingOnIn(ctx, tx, member, d.day(m.At))
			if err != nil {
				return a, err
			}
			a.Name = e.Name
			if m.BodyKind == bodies.Assembly {
				a.Votes, a.Office = e.Votes, bodies.Sitting
			}
		}
		if a.Name == "" {
			return a, fault.In("name", "bodies.seat.name.empty")
		}
		a.ID = AttendeeID(tx.ID())
		if err := putAttendee(ctx, tx, a); err != nil {
			return a, err
		}
		return a, audit.Note(ctx, tx, by, "bodies.attend.admit", bodies.MeetingSubject(id))
	})
}

// Attend notes how somebody is at a meeting. Who was there by proxy through one who
// is not there any more is not there either.
func (d *Desk) Attend(ctx context.Context, by auth.Actor, meeting MeetingID, id AttendeeID, c Coming) (Attendee, error) {
	return d.attendee(ctx, by, meeting, id, "bodies.attend", func(tx *store.Tx, m Meeting, a Attendee) (Attendee, error) {
		var holder Attendee
		held := 0
		if c.Way == ByProxy && c.Holder != "" {
			var err error
			if holder, err = getAttendee(ctx, tx, c.Holder); err != nil || holder.Meeting != meeting {
				return a, fault.In("holder", "bodies.proxy.holder")
			}
			others, err := heldBy(ctx, tx, c.Holder)
			if err != nil {
				return a, err
			}
			held = len(others)
		}
		if m.BodyKind == bodies.Assembly && a.Member != "" { // who has left since the call has no vote
			e, err := d.Members.StandingOnIn(ctx, tx, a.Member, d.day(m.At))
			if err != nil {
				return a, err
			}
			a.Votes = e.Votes && a.Lost.IsZero()
			if c, err = d.sends(ctx, tx, m, e, a, c); err != nil {
				return a, err
			}
		}
		now, err := a.Come(c, m.Rule, holder, held)
		if err != nil || now.Votes && (now.Way == InPerson || now.Way == Online) {
			return now, err
		}
		return now, d.letGo(ctx, tx, a.ID)
	})
}

// sends fills in who comes for an organisation: whom it named in its answer, or the
// one person who may answer for it. Where there are more, or none, it has to be said
// (ZDru-1, 11. člen).
func (d *Desk) sends(ctx context.Context, tx *store.Tx, m Meeting, e members.Entry, a Attendee, c Coming) (Coming, error) {
	if e.Kind != members.Organisation || c.Way != InPerson && c.Way != Online || line(c.Acts) != "" {
		return c, nil
	}
	if c.Acts = a.Sends; c.Acts != "" {
		return c, nil
	}
	agents, err := d.Members.AgentsIn(ctx, tx, a.Member)
	n := 0
	for _, one := range agents {
		if (civil.Span{From: one.Since, Until: one.Until}).Holds(d.day(m.At)) {
			n, c.Acts = n+1, one.Name
		}
	}
	if err == nil && n != 1 {
		err = fault.In("acts", "bodies.attend.acts.who")
	}
	return c, err
}

// letGo takes from the quorum those for whom somebody voted.
func (d *Desk) letGo(ctx context.Context, tx *store.Tx, holder AttendeeID) error {
	others, err := heldBy(ctx, tx, holder)
	for _, o := range others {
		o.Way, o.Holder = Awaited, ""
		if err == nil {
			err = putAttendee(ctx, tx, o)
		}
	}
	return err
}

// Gone notes that somebody left before the end, or came back.
func (d *Desk) Gone(ctx context.Context, by auth.Actor, meeting MeetingID, id AttendeeID, gone bool) (Attendee, error) {
	return d.attendee(ctx, by, meeting, id, "bodies.attend.left", func(tx *store.Tx, _ Meeting, a Attendee) (Attendee, error) {
		if !a.Way.There() {
			return a, fault.New(fault.Conflict, "bodies.attend.not_there")
		}
		if !gone {
			a.Left = time.Time{}
			return a, nil
		}
		a.Left = tx.Now
		return a, d.letGo(ctx, tx, a.ID)
	})
}

// Lose notes that the mandate of somebody ended in the middle of the meeting, or that
// it did not. They have no vote from then on, nor those for whom they voted.
func (d *Desk) Lose(ctx context.Context, by auth.Actor, meeting MeetingID, id AttendeeID, lost bool) (Attendee, error) {
	return d.attendee(ctx, by, meeting, id, "bodies.attend.lost", func(tx *store.Tx, m Meeting, a Attendee) (Attendee, error) {
		if m.State != Open {
			return a, fault.New(fault.Conflict, "bodies.meeting.not_open")
		}
		if !lost {
			return a.Lose(time.Time{})
		}
		a, err := a.Lose(tx.Now)
		if err != nil {
			return a, err
		}
		return a, d.letGo(ctx, tx, a.ID)
	})
}

// Refresh makes the list of a meeting of a body that of those who sit in it on the
// day, where somebody was elected or has resigned since it began.
func (d *Desk) Refresh(ctx context.Context, by auth.Actor, id MeetingID) error {
	_, err := d.alter(ctx, by, id, 0, "bodies.attend.refresh", func(tx *store.Tx, m Meeting) (Meeting, error) {
		if m.BodyKind == bodies.Assembly || m.Letters || m.State != Called && m.State != Open {
			return m, fault.New(fault.Conflict, "bodies.attend.state")
		}
		seats, err := d.Bodies.SeatsIn(ctx, tx, m.Body, d.day(m.At))
		if err == nil {
			err = d.enterSeats(ctx, tx, m, seats)
		}
		return m, err
	})
	return err
}

// attendee is one change of an attendee by the office while the meeting can still
// change.
func (d *Desk) attendee(ctx context.Context, by auth.Actor, meeting MeetingID, id AttendeeID, deed string, step func(*store.Tx, Meeting, Attendee) (Attendee, error)) (Attendee, error) {
	if err := by.Must(bodies.Work); err != nil {
		return Attendee{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Attendee, error) {
		m, err := getMeeting(ctx, tx, meeting)
		if err != nil {
			return Attendee{}, err
		}
		a, err := getAttendee(ctx, tx, id)
		switch {
		case err != nil:
			return a, err
		case a.Meeting != meeting:
			return a, fault.New(fault.Missing, "bodies.attendee.missing")
		case m.State != Called && m.State != Open && m.State != Closed || m.Letters:
			return a, fault.New(fault.Conflict, "bodies.attend.state")
		}
		if a, err = step(tx, m, a); err != nil {
			return a, err
		}
		if err := putAttendee(ctx, tx, a); err != nil {
			return a, err
		}
		return a, audit.Note(ctx, tx, by, deed, bodies.MeetingSubject(meeting))
	})
}

// Begin opens a meeting that was called.
func (d *Desk) Begin(ctx context.Context, by auth.Actor, id MeetingID) (Meeting, error) {
	return d.alter(ctx, by, id, 0, "bodies.meeting.begin", func(tx *store.Tx, m Meeting) (Meeting, error) {
		if d.day(tx.Now).Before(d.day(m.At)) {
			return m, fault.New(fault.Conflict, "bodies.open.early")
		}
		if m.BodyKind != bodies.Assembly {
			seats, err := d.Bodies.SeatsIn(ctx, tx, m.Body, d.day(m.At))
			if err == nil {
				err = d.enterSeats(ctx, tx, m, seats)
			}
			if err != nil {
				return m, err
			}
		}
		return m.Begin(tx.Now)
	})
}

// Establish counts who is there against the register of the day and keeps what was
// found. A meeting that is written down later was counted at its own hour.
func (d *Desk) Establish(ctx context.Context, by auth.Actor, id MeetingID, second bool) (Headcount, error) {
	var found Headcount
	_, err := d.alter(ctx, by, id, 0, "bodies.quorum", func(tx *store.Tx, m Meeting) (Meeting, error) {
		h, err := d.count(ctx, tx, m, second)
		if err != nil {
			return m, err
		}
		if d.day(tx.Now).After(d.day(m.At)) {
			h.At = m.At
			if second {
				h.At = m.secondCall()
			}
		}
		m, err = m.Find(h)
		if err == nil {
			found = m.Counts[len(m.Counts)-1]
		}
		return m, err
	})
	return found, err
}

// Close ends a meeting. Motions that nobody has voted on stay as they are.
func (d *Desk) Close(ctx context.Context, by auth.Actor, id MeetingID) (Meeting, error) {
	return d.alter(ctx, by, id, 0, "bodies.meeting.close", func(tx *store.Tx, m Meeting) (Meeting, error) {
		if m.Letters {
			return m, fault.New(fault.Conflict, "bodies.session.itself")
		}
		return m.End(tx.Now)
	})
}

// Attendee reads one attendee of a meeting for the office.
func (d *Desk) Attendee(ctx context.Context, by auth.Actor, meeting MeetingID, id AttendeeID) (Attendee, error) {
	if err := by.Must(bodies.Work); err != nil {
		return Attendee{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Attendee, error) {
		a, err := getAttendee(ctx, tx, id)
		if err == nil && a.Meeting != meeting {
			err = fault.New(fault.Missing, "bodies.attendee.missing")
		}
		return a, err
	})
}
