package meetings

import (
	"context"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// mostMotions is how many a meeting may have.
const mostMotions = 300

// Motions lists the motions of a meeting in their order.
func (d *Desk) Motions(ctx context.Context, by auth.Actor, id MeetingID) ([]Motion, error) {
	if _, err := d.Meeting(ctx, by, id); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Motion, error) { return motionsOf(ctx, tx, id) })
}

// Votes lists who voted how, for those who may know: by name in a body; in an
// assembly they are for the office.
func (d *Desk) Votes(ctx context.Context, by auth.Actor, m Meeting) ([]Vote, error) {
	if _, err := d.Meeting(ctx, by, m.ID); err != nil {
		return nil, err
	}
	if m.BodyKind == bodies.Assembly && !by.Can(bodies.Work) || m.Letters && m.State == Open {
		return nil, nil
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Vote, error) { return votesOf(ctx, tx, m.ID, "") })
}

// moving is one change of the motions of a meeting by the office.
func (d *Desk) moving(ctx context.Context, by auth.Actor, id MotionID, revision int, deed string, step func(*store.Tx, Meeting, Motion) (Motion, error)) (Motion, error) {
	if err := by.Must(bodies.Work); err != nil {
		return Motion{}, err
	}
	var now Motion
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		one, err := getMotion(ctx, tx, id)
		if err != nil {
			return err
		}
		if now = one; revision > 0 && one.Revision != revision {
			return fault.New(fault.Conflict, "bodies.changed")
		}
		m, err := getMeeting(ctx, tx, one.Meeting)
		if err != nil {
			return err
		}
		if one, err = step(tx, m, one); err != nil {
			return err
		}
		one.Revision++
		if err := putMotion(ctx, tx, one); err != nil {
			return err
		}
		now = one
		return audit.Note(ctx, tx, by, deed, bodies.MeetingSubject(m.ID), "motion", strconv.Itoa(one.Ord), "fate", string(one.Fate))
	})
	return now, err
}

// writable returns a fault unless motions of the meeting may be written: before it
// and while it sits; of a correspondence session only before it is called, for
// votes would then be on something else.
func (m Meeting) writable() error {
	if m.State == Planned || !m.Letters && (m.State == Called || m.State == Open) {
		return nil
	}
	return fault.New(fault.Conflict, "bodies.meeting.fixed")
}

// PutMotion writes a motion: a new one if it has no ID.
func (d *Desk) PutMotion(ctx context.Context, by auth.Actor, one Motion) (Motion, error) {
	one = one.Tidy()
	if err := one.Check(); err != nil {
		return one, err
	}
	if one.ID == "" {
		return d.addMotion(ctx, by, one)
	}
	return d.moving(ctx, by, one.ID, one.Revision, "bodies.motion.save", func(tx *store.Tx, m Meeting, was Motion) (Motion, error) {
		if err := m.writable(); err != nil {
			return was, err
		}
		if was.Fate != Put || len(was.Amendments) > 0 && was.Text != one.Text {
			return was, fault.New(fault.Conflict, "bodies.motion.voted")
		}
		next := one
		next.Meeting, next.Ord, next.Amendments, next.Fate, next.Revision = was.Meeting, was.Ord, was.Amendments, Put, was.Revision
		return next, d.fits(ctx, tx, m, next)
	})
}

func (d *Desk) addMotion(ctx context.Context, by auth.Actor, one Motion) (Motion, error) {
	if err := by.Must(bodies.Work); err != nil {
		return one, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Motion, error) {
		one := one
		m, err := getMeeting(ctx, tx, one.Meeting)
		if err != nil {
			return one, err
		}
		if err := m.writable(); err != nil {
			return one, err
		}
		all, err := motionsOf(ctx, tx, m.ID)
		switch {
		case err != nil:
			return one, err
		case len(all) >= mostMotions:
			return one, fault.New(fault.TooBig, "bodies.motion.many")
		}
		one.ID, one.Ord, one.Fate, one.Amendments, one.Revision = MotionID(tx.ID()), 1, Put, nil, 1
		if len(all) > 0 {
			one.Ord = all[len(all)-1].Ord + 1
		}
		if err := d.fits(ctx, tx, m, one); err != nil {
			return one, err
		}
		if err := putMotion(ctx, tx, one); err != nil {
			return one, err
		}
		return one, audit.Note(ctx, tx, by, "bodies.motion.add", bodies.MeetingSubject(m.ID), "motion", strconv.Itoa(one.Ord))
	})
}

// fits returns a fault for what the motion names and is not there: its point of the
// agenda, the minutes it approves, the decision it repeals.
func (d *Desk) fits(ctx context.Context, tx *store.Tx, m Meeting, one Motion) error {
	if _, ok := m.Item(one.Item); one.Item != "" && !ok {
		return fault.In("item", "bodies.item.missing")
	}
	if one.Minutes != "" {
		old, err := getMeeting(ctx, tx, one.Minutes)
		if err != nil || old.Body != m.Body || old.State != Closed && old.State != Approved {
			return fault.In("minutes", "bodies.minutes.not_closed")
		}
	}
	if one.Repeals != "" {
		if _, err := d.Bodies.DecisionIn(ctx, tx, one.Repeals); err != nil {
			return fault.In("repeals", "bodies.decision.missing")
		}
	}
	return nil
}

// DropMotion takes out a motion that nobody has voted on.
func (d *Desk) DropMotion(ctx context.Context, by auth.Actor, id MotionID) (MeetingID, error) {
	if err := by.Must(bodies.Work); err != nil {
		return "", err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (MeetingID, error) {
		one, err := getMotion(ctx, tx, id)
		if err != nil {
			return "", err
		}
		m, err := getMeeting(ctx, tx, one.Meeting)
		if err != nil {
			return "", err
		}
		if err := m.writable(); err != nil {
			return m.ID, err
		}
		if one.Fate == Carried || one.Fate == Rejected {
			return m.ID, fault.New(fault.Conflict, "bodies.motion.voted")
		}
		if err := dropMotion(ctx, tx, id); err != nil {
			return m.ID, err
		}
		return m.ID, audit.Note(ctx, tx, by, "bodies.motion.drop", bodies.MeetingSubject(m.ID))
	})
}

// Withdraw notes that the mover took the motion back.
func (d *Desk) Withdraw(ctx context.Context, by auth.Actor, id MotionID) (Motion, error) {
	return d.moving(ctx, by, id, 0, "bodies.motion.withdraw", func(_ *store.Tx, m Meeting, one Motion) (Motion, error) {
		if one.Fate != Put || m.Fixed() || m.Letters && m.State != Planned {
			return one, fault.New(fault.Conflict, "bodies.motion.voted")
		}
		one.Fate = Withdrawn
		return one, nil
	})
}

// Amend puts an amendment to a motion.
func (d *Desk) Amend(ctx context.Context, by auth.Actor, id MotionID, a Amendment) (Motion, error) {
	return d.moving(ctx, by, id, 0, "bodies.amendment.add", func(tx *store.Tx, m Meeting, one Motion) (Motion, error) {
		if err := m.writable(); err != nil {
			return one, err
		}
		a.ID = tx.ID()
		return one.Amend(a)
	})
}

// Settle says what became of an amendment: by a vote if c has one; chair is how whoever
// presides decides a tie.
func (d *Desk) Settle(ctx context.Context, by auth.Actor, id MotionID, amendment string, state Taken, c bodies.Count, chair bodies.Choice) (Motion, error) {
	return d.moving(ctx, by, id, 0, "bodies.amendment.settle", func(tx *store.Tx, m Meeting, one Motion) (Motion, error) {
		if err := m.writable(); err != nil {
			return one, err
		}
		if c.Cast() > 0 {
			var err error
			if c, err = d.sitting(ctx, tx, m, c); err != nil {
				return one, err
			}
		}
		return one.Settle(amendment, state, c, m.Rule, chair)
	})
}

// Promote puts an amendment before the one that is voted on before it.
func (d *Desk) Promote(ctx context.Context, by auth.Actor, id MotionID, amendment string) (Motion, error) {
	return d.moving(ctx, by, id, 0, "bodies.amendment.promote", func(_ *store.Tx, m Meeting, one Motion) (Motion, error) {
		if err := m.writable(); err != nil {
			return one, err
		}
		return one.Promote(amendment)
	})
}

// sitting fills in of a count how many have a vote and how many are there; it is a
// Conflict unless the meeting sits with a quorum. One that was found is lost when too
// many leave, unless the rule has it stay.
func (d *Desk) sitting(ctx context.Context, tx *store.Tx, m Meeting, c bodies.Count) (bodies.Count, error) {
	if _, found := m.Quorum(); m.State != Open || m.Letters {
		return c, fault.New(fault.Conflict, "bodies.meeting.not_open")
	} else if !found {
		return c, fault.New(fault.Conflict, "bodies.motion.quorum")
	}
	h, err := d.still(ctx, tx, m)
	if err == nil && !m.Rule.Stays && !h.Reached() {
		err = fault.New(fault.Conflict, "bodies.quorum.lost", "present", h.Present, "needed", h.Needed)
	}
	c.All, c.Present = h.All, h.Present
	return c, err
}

// still is how it stands with a quorum that was found. In a body those have a vote
// who still sit in it; of an assembly the register of the day was counted.
func (d *Desk) still(ctx context.Context, tx *store.Tx, m Meeting) (h Headcount, err error) {
	h, _ = m.Quorum()
	h.At = tx.Now
	if m.BodyKind != bodies.Assembly {
		if h.All, err = voters(ctx, tx, m.ID); err != nil {
			return h, err
		}
		h.Needed = m.Rule.Needs(h.All, h.Second)
	}
	h.Present, h.Proxies, err = present(ctx, tx, m.ID)
	return h, err
}

// Still reads how it stands with a quorum that was found, and whether votes can be
// taken.
func (d *Desk) Still(ctx context.Context, by auth.Actor, m Meeting) (Headcount, bool, error) {
	if _, err := d.Meeting(ctx, by, m.ID); err != nil {
		return Headcount{}, false, err
	}
	h, err := store.Read(ctx, d.db, func(tx *store.Tx) (Headcount, error) { return d.still(ctx, tx, m) })
	return h, m.Rule.Stays || h.Reached(), err
}

// Decide counts the vote on a motion as it was called out. What carries becomes a
// decision at once; chair is how whoever presides decides a tie.
func (d *Desk) Decide(ctx context.Context, by auth.Actor, id MotionID, c bodies.Count, chair bodies.Choice) (Motion, error) {
	return d.moving(ctx, by, id, 0, "bodies.motion.decide", func(tx *store.Tx, m Meeting, one Motion) (Motion, error) {
		c, err := d.sitting(ctx, tx, m, c)
		if err != nil {
			return one, err
		}
		one, err = one.Decide(c, m.Rule, chair)
		if err != nil {
			return one, err
		}
		one.ByName = false
		one, m, err = d.enact(ctx, tx, by, m, one)
		if err == nil {
			err = d.putMeeting(ctx, tx, m, 0, 0)
		}
		return one, err
	})
}

// RollCall counts a vote by name: of those who are there, who said what.
func (d *Desk) RollCall(ctx context.Context, by auth.Actor, id MotionID, said map[AttendeeID]bodies.Choice, chair bodies.Choice) (Motion, error) {
	return d.moving(ctx, by, id, 0, "bodies.motion.rollcall", func(tx *store.Tx, m Meeting, one Motion) (Motion, error) {
		c, err := d.sitting(ctx, tx, m, bodies.Count{})
		if err != nil {
			return one, err
		}
		for id, choice := range said {
			if choice == "" {
				continue
			}
			a, err := getAttendee(ctx, tx, AttendeeID(prose(string(id))))
			if err != nil || a.Meeting != m.ID || !a.Counts() || !slices.Contains(bodies.Choices(), choice) {
				return one, fault.In("vote", "bodies.vote.who")
			}
			c = c.Add(choice)
			if err := putVote(ctx, tx, Vote{one.ID, id, choice, "", tx.Now}); err != nil {
				return one, err
			}
		}
		if one, err = one.Decide(c, m.Rule, chair); err != nil {
			return one, err
		}
		one.ByName = true
		if one, m, err = d.enact(ctx, tx, by, m, one); err != nil {
			return one, err
		}
		return one, d.putMeeting(ctx, tx, m, 0, 0)
	})
}

// number gives a motion that carried the next number of its meeting. One that had a
// number before its vote was taken back has it again, and no other motion gets it.
func (d *Desk) number(ctx context.Context, tx *store.Tx, m Meeting, one Motion) (Motion, Meeting, error) {
	if one.Number != "" {
		return one, m, nil
	}
	for m.Numbers = max(m.Numbers, m.Given); ; {
		m.Numbers++
		one.Number = m.Number + "-" + strconv.Itoa(m.Numbers)
		if taken, err := d.Bodies.TakenIn(ctx, tx, one.Number); err != nil || !taken {
			return one, m, err
		}
	}
}

// enact makes a decision of a motion that carried, and does what it does.
func (d *Desk) enact(ctx context.Context, tx *store.Tx, by auth.Actor, m Meeting, one Motion) (Motion, Meeting, error) {
	if one.Fate != Carried {
		return one, m, nil
	}
	one, m, err := d.number(ctx, tx, m, one)
	if err != nil {
		return one, m, err
	}
	m.Given++
	m.Revision++
	dec := bodies.Decision{
		Number: one.Number, Body: m.Body, BodyIs: m.BodyIs, BodyKind: m.BodyKind, Meeting: m.ID, MeetingN: m.Number, Motion: one.ID,
		Title: one.Title, Text: one.Final(), On: d.day(m.At), Count: one.Result, Needed: one.Needed, Cite: m.Rule.Cite, Letters: m.Letters,
		Open: one.Open, Case: one.Case, Task: one.Task,
	}
	if m.Letters {
		dec.On = d.day(m.Ends)
	}
	if dec, err = d.Bodies.EnactIn(ctx, tx, by, dec, one.Repeals); err != nil {
		return one, m, err
	}
	one.Decision = dec.ID
	if one.Minutes != "" {
		if err := d.approveIn(ctx, tx, by, one.Minutes, dec.Number, dec.On); err != nil {
			return one, m, err
		}
	}
	return one, m, nil
}

// Undo takes back the vote on a motion that was counted wrong, while the meeting
// sits. Its number stays its own.
func (d *Desk) Undo(ctx context.Context, by auth.Actor, id MotionID) (Motion, error) {
	return d.moving(ctx, by, id, 0, "bodies.motion.undo", func(tx *store.Tx, m Meeting, one Motion) (Motion, error) {
		switch {
		case m.State != Open || m.Letters:
			return one, fault.New(fault.Conflict, "bodies.meeting.not_open")
		case one.Fate == Put:
			return one, nil
		case one.Fate == Carried && (one.Minutes != "" || one.Repeals != ""):
			return one, fault.New(fault.Conflict, "bodies.undo.effect")
		}
		votes, err := votesOf(ctx, tx, m.ID, "")
		if err != nil {
			return one, err
		}
		for _, v := range votes {
			if v.Motion == id {
				if err := dropVote(ctx, tx, id, v.Attendee); err != nil {
					return one, err
				}
			}
		}
		if one.Fate == Carried {
			if err := d.Bodies.ForgetIn(ctx, tx, by, one.Decision); err != nil {
				return one, err
			}
			m.Given--
			m.Revision++
			if err := d.putMeeting(ctx, tx, m, 0, 0); err != nil {
				return one, err
			}
		}
		one.Fate, one.Result, one.Needed, one.ByName, one.Decision = Put, bodies.Count{}, 0, false, ""
		return one, nil
	})
}
