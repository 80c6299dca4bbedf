package meetings

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Plan writes a new meeting of a body; with a demand, the assembly that it asks for.
func (d *Desk) Plan(ctx context.Context, by auth.Actor, m Meeting) (Meeting, error) {
	m = m.Tidy()
	if err := by.Must(bodies.Work); err != nil {
		return m, err
	}
	if err := m.Check(); err != nil {
		return m, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Meeting, error) {
		m := m
		b, err := d.Bodies.BodyIn(ctx, tx, m.Body)
		if err != nil {
			return m, err
		}
		if !b.Here(d.day(tx.Now)) {
			return m, fault.New(fault.Conflict, "bodies.ended")
		}
		m.ID, m.State, m.Revision = MeetingID(tx.ID()), Planned, 1
		m.BodyIs, m.BodyKind, m.Prefix, m.Rule = b.Name, b.Kind, b.Prefix, b.Rule
		for i := range m.Agenda {
			m.Agenda[i].ID = tx.ID()
		}
		if m.Demand != "" {
			if err := d.Bodies.MetIn(ctx, tx, m.Demand, m.ID); err != nil {
				return m, err
			}
		}
		if err := d.putMeeting(ctx, tx, m, 0, 0); err != nil {
			return m, err
		}
		return m, audit.Note(ctx, tx, by, "bodies.meeting.plan", bodies.MeetingSubject(m.ID), "body", string(m.Body))
	})
}

// putMeeting writes the meeting, what is due because of it, and what is found.
func (d *Desk) putMeeting(ctx context.Context, tx *store.Tx, m Meeting, year, seq int) error {
	m.Changed = tx.Now
	if err := putMeeting(ctx, tx, m, year, seq); err != nil {
		return err
	}
	if err := d.dueMeeting(ctx, tx, m); err != nil {
		return err
	}
	if err := d.dueYearly(ctx, tx, m); err != nil {
		return err
	}
	return d.Search.Put(ctx, tx, search.Doc{
		Kind: "meeting", Subject: bodies.MeetingSubject(m.ID), Title: m.BodyIs + ": " + m.Title, Body: m.Number, Link: "/meetings/" + string(m.ID), Lang: d.house.Lang,
		Audience: search.For(bodies.Work.Roles), At: m.At,
	})
}

// minutesDays is within how many days after a meeting its minutes are asked for.
const minutesDays = 8

// dueMeeting tells of the next thing to be done about a meeting: to call it in
// time, to wait for the votes, to write the minutes.
func (d *Desk) dueMeeting(ctx context.Context, tx *store.Tx, m Meeting) error {
	id := "bodies/" + string(m.ID) + "/meeting"
	due := pending.Due{ID: id, Args: []string{"meeting", m.BodyIs + ": " + m.Title}, Link: "/meetings/" + string(m.ID)}
	switch {
	case m.State == Planned:
		due.Kind, due.On = "dues.bodies.call", d.day(m.At).AddDays(-m.Rule.Notice)
	case m.State == Open && m.Letters:
		due.Kind, due.On = "dues.bodies.session", d.day(m.Ends)
	case m.State == Called || m.State == Open:
		due.Kind, due.On = "dues.bodies.meeting", d.day(m.At)
	case m.State == Closed:
		due.Kind, due.On = "dues.bodies.minutes", d.day(m.Closed).AddDays(minutesDays)
	default:
		return d.Pending.Drop(ctx, tx, id)
	}
	return d.Pending.Put(ctx, tx, due)
}

// dueYearly tells when an assembly is to be called again, as the rule has it: so many
// months after the last one, if none is called.
func (d *Desk) dueYearly(ctx context.Context, tx *store.Tx, m Meeting) error {
	if m.BodyKind != bodies.Assembly {
		return nil
	}
	id := "bodies/" + string(m.Body) + "/yearly"
	b, err := d.Bodies.BodyIn(ctx, tx, m.Body)
	if err != nil {
		return err
	}
	last, ahead, err := lastHeld(ctx, tx, m.Body)
	if err != nil || ahead || last.IsZero() || b.Rule.Every == 0 || !b.Here(d.day(tx.Now)) {
		return errors.Join(err, d.Pending.Drop(ctx, tx, id))
	}
	by := d.day(last).AddMonths(b.Rule.Every)
	return d.Pending.Put(ctx, tx, pending.Due{ID: id, Kind: "dues.bodies.yearly", Args: []string{"body", b.Name, "by", by.String()}, On: by.AddDays(-b.Rule.Notice), Link: "/meetings/new?body=" + string(b.ID)})
}

// alter is one change of a meeting by the office: right, step, row, line. A
// revision above 0 must be that of the meeting as it stands.
func (d *Desk) alter(ctx context.Context, by auth.Actor, id MeetingID, revision int, deed string, step func(*store.Tx, Meeting) (Meeting, error)) (Meeting, error) {
	if err := by.Must(bodies.Work); err != nil {
		return Meeting{}, err
	}
	var now Meeting // outlives a refusal, for the page to show both
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		m, err := getMeeting(ctx, tx, id)
		if err != nil {
			return err
		}
		if now = m; revision > 0 && m.Revision != revision {
			return fault.New(fault.Conflict, "bodies.changed")
		}
		if m, err = step(tx, m); err != nil {
			return err
		}
		m.Revision++
		if err := d.putMeeting(ctx, tx, m, 0, 0); err != nil {
			return err
		}
		now = m
		return audit.Note(ctx, tx, by, deed, bodies.MeetingSubject(id), "state", string(m.State))
	})
	return now, err
}

// Change moves a meeting to another hour, place or title. Who has been invited gets
// a letter about it.
func (d *Desk) Change(ctx context.Context, by auth.Actor, to Meeting) (Meeting, error) {
	to = to.Tidy()
	return d.alter(ctx, by, to.ID, to.Revision, "bodies.meeting.change", func(tx *store.Tx, m Meeting) (Meeting, error) {
		m, tell, err := m.Move(to)
		if err == nil && tell {
			m.Job, err = d.askLetters(ctx, tx, by, m, "moved")
		}
		return m, err
	})
}

// Call sends a meeting out: it gets its number and its rule, those who sit in the
// body are its attendees, and letters go to them if silent is false.
func (d *Desk) Call(ctx context.Context, by auth.Actor, id MeetingID, short string, silent bool) (Meeting, error) {
	if err := by.Must(bodies.Work); err != nil {
		return Meeting{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Meeting, error) {
		m, err := getMeeting(ctx, tx, id)
		if err != nil {
			return m, err
		}
		b, err := d.Bodies.BodyIn(ctx, tx, m.Body)
		if err != nil {
			return m, err
		}
		if b.Prefix == "" {
			return m, fault.New(fault.Conflict, "bodies.call.prefix")
		}
		year := m.At.In(d.house.Zone).Year()
		n, err := nextSeq(ctx, tx, m.Body, year)
		if err != nil {
			return m, err
		}
		m.Rule, m.Prefix, m.BodyIs, m.Short = b.Rule, b.Prefix, b.Name, line(short)
		if m, err = m.Call(n, tx.Now, d.house.Zone); err != nil {
			return m, err
		}
		if m, err = d.summon(ctx, tx, b, m); err != nil {
			return m, err
		}
		if !silent || !b.Seated() {
			what := "invite"
			if silent {
				what = "enter"
			}
			if m.Job, err = d.askLetters(ctx, tx, by, m, what); err != nil {
				return m, err
			}
		}
		m.Revision++
		if err := d.putMeeting(ctx, tx, m, year, n); err != nil {
			return m, err
		}
		return m, audit.Note(ctx, tx, by, "bodies.meeting.call", bodies.MeetingSubject(id), "number", m.Number, "short", strconv.FormatBool(m.Short != ""))
	})
}

// summon enters those who sit in the body on the day of the meeting. Of an assembly
// a job does it, for it may be thousands. A correspondence session needs motions
// without open amendments, and has itself closed at its end.
func (d *Desk) summon(ctx context.Context, tx *store.Tx, b bodies.Body, m Meeting) (Meeting, error) {
	if m.Letters {
		all, err := motionsOf(ctx, tx, m.ID)
		if err != nil {
			return m, err
		}
		all = slices.DeleteFunc(all, func(one Motion) bool { return one.Fate != Put })
		if len(all) == 0 {
			return m, fault.New(fault.Conflict, "bodies.session.motions")
		}
		for _, one := range all {
			if err := one.settled(); err != nil {
				return m, err
			}
		}
		if _, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: sessionKind, Args: string(m.ID), Unique: sessionKind + "/" + string(m.ID), Due: m.Ends, Title: sessionKind}); err != nil {
			return m, err
		}
	}
	if !b.Seated() {
		return m, nil
	}
	seats, err := d.Bodies.SeatsIn(ctx, tx, b.ID, d.day(m.At))
	if err != nil {
		return m, err
	}
	if len(seats) == 0 {
		return m, fault.New(fault.Conflict, "bodies.call.nobody")
	}
	for _, s := range seats {
		if m.Chair == "" && s.Office == bodies.Chair {
			m.Chair = s.Name
		}
		if m.Recorder == "" && s.Office == bodies.Secretary {
			m.Recorder = s.Name
		}
	}
	return m, d.enterSeats(ctx, tx, m, seats)
}

// enterSeats makes the attendees those who sit in the body: who has come into it
// since the call is entered, and who has left it has no vote, nor those for whom they
// voted.
func (d *Desk) enterSeats(ctx context.Context, tx *store.Tx, m Meeting, seats []bodies.Seat) error {
	sits := map[bodies.SeatID]bool{}
	for _, s := range seats {
		sits[s.ID] = true
		_, ok, err := attendeeOf(ctx, tx, m.ID, s.ID, "")
		if err == nil && !ok {
			err = putAttendee(ctx, tx, Attendee{ID: AttendeeID(tx.ID()), Meeting: m.ID, Seat: s.ID, Member: s.Member, Name: s.Name, Email: s.Email, Lang: s.Lang, Office: s.Office, Votes: s.Votes})
		}
		if err != nil {
			return err
		}
	}
	all, err := listAttendees(ctx, tx, AttendeeQuery{Meeting: m.ID, Limit: 1_000})
	for _, a := range all {
		if a.Votes = a.Votes && sits[a.Seat]; err == nil && a.Seat != "" && !sits[a.Seat] {
			err = errors.Join(putAttendee(ctx, tx, a), d.letGo(ctx, tx, a.ID))
		}
	}
	return err
}

// Cancel calls a meeting off, and tells who was invited.
func (d *Desk) Cancel(ctx context.Context, by auth.Actor, id MeetingID) (Meeting, error) {
	return d.alter(ctx, by, id, 0, "bodies.meeting.cancel", func(tx *store.Tx, m Meeting) (Meeting, error) {
		called := m.State != Planned
		m, err := m.Cancel()
		if err == nil && m.Demand != "" {
			err = d.Bodies.UnmetIn(ctx, tx, m.Demand, m.ID)
		}
		if err == nil && called {
			m.Job, err = d.askLetters(ctx, tx, by, m, "cancelled")
		}
		return m, err
	})
}

// Drop takes out a meeting that nobody has been called to yet.
func (d *Desk) Drop(ctx context.Context, by auth.Actor, id MeetingID) (bodies.BodyID, error) {
	if err := by.Must(bodies.Work); err != nil {
		return "", err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (bodies.BodyID, error) {
		m, err := getMeeting(ctx, tx, id)
		if err != nil {
			return "", err
		}
		if m.State != Planned {
			return "", fault.New(fault.Conflict, "bodies.call.not_planned")
		}
		papers, err := d.Bodies.PapersIn(ctx, tx, m.Body, id)
		for _, p := range papers {
			if err == nil {
				err = d.Bodies.DropPaperIn(ctx, tx, by, p, bodies.MeetingSubject(id))
			}
		}
		if err == nil && m.Demand != "" {
			err = d.Bodies.UnmetIn(ctx, tx, m.Demand, id)
		}
		if err == nil {
			err = dropMeeting(ctx, tx, id)
		}
		if err != nil {
			return "", err
		}
		if err := d.Pending.Drop(ctx, tx, "bodies/"+string(id)+"/meeting"); err != nil {
			return "", err
		}
		if err := d.dueYearly(ctx, tx, m); err != nil {
			return "", err
		}
		if err := d.Search.Drop(ctx, tx, bodies.MeetingSubject(id)); err != nil {
			return "", err
		}
		return m.Body, audit.Note(ctx, tx, by, "bodies.meeting.drop", bodies.MeetingSubject(id))
	})
}

// PutItem writes a point of the agenda: a new one if it has no ID.
func (d *Desk) PutItem(ctx context.Context, by auth.Actor, id MeetingID, revision int, i Item) (Meeting, error) {
	return d.alter(ctx, by, id, revision, "bodies.item.save", func(tx *store.Tx, m Meeting) (Meeting, error) {
		if was, ok := m.Item(i.ID); ok {
			i.Said = was.Said
		} else if i.ID != "" {
			return m, fault.New(fault.Missing, "bodies.item.missing")
		} else {
			i.ID = tx.ID()
		}
		return m.Put(i)
	})
}

// ShiftItem moves a point of the agenda one place up or down.
func (d *Desk) ShiftItem(ctx context.Context, by auth.Actor, id MeetingID, item string, down bool) (Meeting, error) {
	return d.alter(ctx, by, id, 0, "bodies.item.shift", func(_ *store.Tx, m Meeting) (Meeting, error) { return m.Shift(item, down) })
}

// TakeItem takes a point off the agenda; its motions stay without a point.
func (d *Desk) TakeItem(ctx context.Context, by auth.Actor, id MeetingID, item string) (Meeting, error) {
	return d.alter(ctx, by, id, 0, "bodies.item.take", func(tx *store.Tx, m Meeting) (Meeting, error) {
		all, err := motionsOf(ctx, tx, id)
		if err != nil {
			return m, err
		}
		for _, one := range all {
			if one.Item == item {
				one.Item = ""
				if err := putMotion(ctx, tx, one); err != nil {
					return m, err
				}
			}
		}
		return m.Take(item)
	})
}

// Meeting reads a meeting for who may see it: the office, who sits in the body, and
// who is called to it. For others it is missing.
func (d *Desk) Meeting(ctx context.Context, by auth.Actor, id MeetingID) (Meeting, error) {
	if err := by.Must(bodies.See); err != nil {
		return Meeting{}, err
	}
	p, err := d.Bodies.Who(ctx, by)
	if err != nil {
		return Meeting{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Meeting, error) { return d.meetingFor(ctx, tx, p, id) })
}

func (d *Desk) meetingFor(ctx context.Context, tx *store.Tx, p bodies.Person, id MeetingID) (Meeting, error) {
	m, err := getMeeting(ctx, tx, id)
	if err != nil || p.Office {
		return m, err
	}
	sits, err := d.Bodies.SitsIn(ctx, tx, p)
	if err != nil || slices.Contains(sits, m.Body) {
		return m, err
	}
	mine, err := attendeesOf(ctx, tx, id, p)
	if err == nil && (len(mine) == 0 || m.State == Planned) {
		err = fault.New(fault.Missing, "bodies.meeting.missing")
	}
	return m, err
}

// Meetings lists a page of the meetings that the actor may see.
func (d *Desk) Meetings(ctx context.Context, by auth.Actor, q MeetingQuery) ([]Meeting, error) {
	if err := by.Must(bodies.See); err != nil {
		return nil, err
	}
	p, err := d.Bodies.Who(ctx, by)
	if err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Meeting, error) {
		sits, err := d.Bodies.SitsIn(ctx, tx, p)
		if err != nil {
			return nil, err
		}
		return listMeetings(ctx, tx, q, p, sits)
	})
}

// electorate is how many have a vote: in a body those who sit in it with one, in an
// assembly all who have one in the register, on the day.
func (d *Desk) electorate(ctx context.Context, tx *store.Tx, m Meeting, day civil.Date) (int, error) {
	if m.BodyKind != bodies.Assembly {
		return voters(ctx, tx, m.ID)
	}
	n, err := d.Members.StrengthOnIn(ctx, tx, day)
	return n.Voters, err
}
