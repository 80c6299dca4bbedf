package meetings

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// An Entry is how somebody comes to their place at a meeting: by the link of a
// letter, or signed in.
type Entry struct {
	Token    string
	By       auth.Actor
	Attendee AttendeeID
}

// A Place is what somebody who is called to a meeting sees of it.
type Place struct {
	Meeting  Meeting
	Attendee Attendee
	Motions  []Motion
	Papers   []bodies.Paper
	Votes    map[MotionID]Vote // their own
	Over     bool              // no votes are taken any more
	Org      bool              // the place of an organisation, for which somebody comes
}

// Place reads the page of somebody who is called. It changes nothing, for programs
// that look into mail open links too.
func (d *Desk) Place(ctx context.Context, e Entry) (Place, error) {
	p, err := d.enter(ctx, e)
	if err != nil {
		return Place{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Place, error) {
		a, err := find(ctx, tx, e, p)
		if err != nil {
			return Place{}, err
		}
		return d.place(ctx, tx, a)
	})
}

func (d *Desk) enter(ctx context.Context, e Entry) (bodies.Person, error) {
	if e.Token != "" {
		return bodies.Person{}, nil
	}
	if err := e.By.Must(bodies.See); err != nil {
		return bodies.Person{}, err
	}
	return d.Bodies.Who(ctx, e.By)
}

func find(ctx context.Context, tx *store.Tx, e Entry, p bodies.Person) (Attendee, error) {
	if e.Token != "" {
		return attendeeByKey(ctx, tx, hashOf(e.Token))
	}
	a, err := getAttendee(ctx, tx, e.Attendee)
	if err == nil && !p.Is(a.Email, a.Member) {
		err = fault.New(fault.Missing, "bodies.attendee.missing")
	}
	return a, err
}

func (d *Desk) place(ctx context.Context, tx *store.Tx, a Attendee) (pl Place, err error) {
	pl = Place{Attendee: a, Votes: map[MotionID]Vote{}}
	if pl.Meeting, err = getMeeting(ctx, tx, a.Meeting); err != nil {
		return pl, err
	}
	if a.Member != "" {
		m, err := d.Members.MemberIn(ctx, tx, a.Member)
		if err != nil && !fault.Is(err, fault.Missing) {
			return pl, err
		}
		pl.Org = m.Kind == members.Organisation
	}
	pl.Over = pl.Meeting.State != Open || pl.Meeting.Past(tx.Now)
	if pl.Motions, err = motionsOf(ctx, tx, a.Meeting); err != nil {
		return pl, err
	}
	if pl.Papers, err = d.Bodies.PapersIn(ctx, tx, pl.Meeting.Body, a.Meeting); err != nil {
		return pl, err
	}
	votes, err := votesOf(ctx, tx, a.Meeting, a.ID)
	for _, v := range votes {
		pl.Votes[v.Motion] = v
	}
	return pl, err
}

// Reply notes what somebody says to the invitation: they come, online, or not, or
// another votes for them.
func (d *Desk) Reply(ctx context.Context, e Entry, say Answer) (Place, error) {
	p, err := d.enter(ctx, e)
	if err != nil {
		return Place{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Place, error) {
		a, err := find(ctx, tx, e, p)
		if err != nil {
			return Place{}, err
		}
		pl, err := d.place(ctx, tx, a)
		if err != nil {
			return pl, err
		}
		if pl.Meeting.State != Called || pl.Meeting.Letters {
			return pl, fault.New(fault.Conflict, "bodies.reply.late")
		}
		if a, err = a.Answer(say, pl.Meeting.Rule, pl.Org, tx.Now); err != nil {
			return pl, err
		}
		if err := putAttendee(ctx, tx, a); err != nil {
			return pl, err
		}
		pl.Attendee = a
		return pl, audit.Note(ctx, tx, e.By, "bodies.reply", bodies.MeetingSubject(a.Meeting))
	})
}

// A Ballot is what somebody says to the motions of a correspondence session.
type Ballot struct {
	Choices map[MotionID]bodies.Choice
	Reasons map[MotionID]string
	Protest bool // wants a real meeting
}

// Cast takes somebody's votes in a correspondence session. Until its end they may
// be changed. Once the end was reached, it is noted, and stays reached.
func (d *Desk) Cast(ctx context.Context, e Entry, b Ballot) (Place, error) {
	p, err := d.enter(ctx, e)
	if err != nil {
		return Place{}, err
	}
	late := false
	pl, err := store.Write(ctx, d.db, func(tx *store.Tx) (Place, error) {
		late = false
		a, err := find(ctx, tx, e, p)
		if err != nil {
			return Place{}, err
		}
		pl, err := d.place(ctx, tx, a)
		if err != nil {
			return pl, err
		}
		switch m := pl.Meeting; {
		case !m.Letters || !a.Votes:
			return pl, fault.New(fault.Conflict, "bodies.session.none")
		case m.Past(tx.Now) && m.State == Open && m.Over.IsZero():
			m.Over, late = tx.Now, true
			return pl, putMeeting(ctx, tx, m, 0, 0)
		case pl.Over:
			late = true
			return pl, nil
		}
		if sits, err := d.mayVote(ctx, tx, pl.Meeting, a, d.day(tx.Now)); err != nil {
			return pl, err
		} else if !sits {
			return pl, fault.New(fault.Conflict, "bodies.session.unseated")
		}
		a.Protest, a.Voted = b.Protest, tx.Now
		if err := castIn(ctx, tx, pl, a, b); err != nil {
			return pl, err
		}
		if err := putAttendee(ctx, tx, a); err != nil {
			return pl, err
		}
		if err := audit.Note(ctx, tx, e.By, "bodies.vote", bodies.MeetingSubject(a.Meeting)); err != nil {
			return pl, err
		}
		return d.place(ctx, tx, a)
	})
	if err == nil && late {
		err = fault.New(fault.Conflict, "bodies.session.over")
	}
	return pl, err
}

// mayVote reports whether somebody who was called still has the vote on the day: they
// sit in the body, or are a member with one.
func (d *Desk) mayVote(ctx context.Context, tx *store.Tx, m Meeting, a Attendee, day civil.Date) (bool, error) {
	switch {
	case a.Seat != "":
		seats, err := d.Bodies.SeatsIn(ctx, tx, m.Body, day)
		return slices.ContainsFunc(seats, func(s bodies.Seat) bool { return s.ID == a.Seat && s.Votes }), err
	case a.Member != "":
		e, err := d.Members.StandingOnIn(ctx, tx, a.Member, day)
		return e.Votes, err
	}
	return true, nil
}

// unseat takes the vote from those of a body whose mandate ended before the end of the
// session, and who had not voted by then.
func (d *Desk) unseat(ctx context.Context, tx *store.Tx, m Meeting) error {
	if m.BodyKind == bodies.Assembly {
		return nil
	}
	all, err := listAttendees(ctx, tx, AttendeeQuery{Meeting: m.ID, Limit: 1_000})
	for _, a := range all {
		if err != nil {
			return err
		}
		if !a.Votes || !a.Voted.IsZero() {
			continue
		}
		sits := false
		if sits, err = d.mayVote(ctx, tx, m, a, d.day(m.Ends)); err == nil && !sits {
			a.Votes, a.Lost = false, m.Ends
			err = putAttendee(ctx, tx, a)
		}
	}
	return err
}

func castIn(ctx context.Context, tx *store.Tx, pl Place, a Attendee, b Ballot) error {
	var wrong fault.Fields
	for _, m := range pl.Motions {
		choice, reason := b.Choices[m.ID], prose(b.Reasons[m.ID])
		switch {
		case m.Fate != Put:
			continue
		case choice == "" && !b.Protest:
			wrong.Add("vote:"+string(m.ID), "bodies.vote.choose")
			continue
		case choice != "" && !slices.Contains(bodies.Choices(), choice):
			wrong.Add("vote:"+string(m.ID), "bodies.vote.choose")
			continue
		}
		long(&wrong, "reason:"+string(m.ID), reason, 5_000)
		var err error
		if choice == "" {
			err = dropVote(ctx, tx, m.ID, a.ID)
		} else {
			err = putVote(ctx, tx, Vote{m.ID, a.ID, choice, reason, tx.Now})
		}
		if err != nil {
			return err
		}
	}
	return wrong.Err()
}

// Turnout is how a correspondence session stands: how many of all have voted, how
// many are needed, and how many want a real meeting instead.
type Turnout struct {
	Headcount
	Protests, Stops int // Stops is how many protests end the session; 0 for any number not
}

// Turnout reads how a correspondence session stands.
func (d *Desk) Turnout(ctx context.Context, by auth.Actor, id MeetingID) (Turnout, error) {
	m, err := d.Meeting(ctx, by, id)
	if err != nil {
		return Turnout{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Turnout, error) {
		t, _, err := d.turnout(ctx, tx, m)
		return t, err
	})
}

// turnout counts who has voted. The votes come with it, by motion.
func (d *Desk) turnout(ctx context.Context, tx *store.Tx, m Meeting) (t Turnout, byMotion map[MotionID][]Vote, err error) {
	t.At = tx.Now
	if t.All, err = d.electorate(ctx, tx, m, d.day(m.At)); err != nil {
		return t, nil, err
	}
	t.Needed = m.Rule.Needs(t.All, false)
	if !m.Rule.Protest.IsZero() {
		t.Stops = max(int(m.Rule.Protest.Needs(int64(t.All))), 1)
	}
	if t.Protests, err = protests(ctx, tx, m.ID); err != nil {
		return t, nil, err
	}
	votes, err := votesOf(ctx, tx, m.ID, "")
	if err != nil {
		return t, nil, err
	}
	byMotion, seen := map[MotionID][]Vote{}, map[AttendeeID]bool{}
	for _, v := range votes {
		byMotion[v.Motion] = append(byMotion[v.Motion], v)
		seen[v.Attendee] = true
	}
	t.Present = len(seen)
	return t, byMotion, nil
}

// closeSessions is the job that closes correspondence sessions whose end has come.
func (d *Desk) closeSessions(ctx context.Context, _ jobs.Run) error {
	due, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Meeting, error) { return ended(ctx, tx) })
	for _, m := range due {
		err = errors.Join(err, d.db.Write(ctx, func(tx *store.Tx) error { return d.closeSession(ctx, tx, m.ID) }))
	}
	return err
}

// closeSession counts the votes of one session by the rule, and numbers what
// carried. It bears being done twice.
func (d *Desk) closeSession(ctx context.Context, tx *store.Tx, id MeetingID) error {
	m, err := getMeeting(ctx, tx, id)
	if err != nil || m.State != Open || !m.Past(tx.Now) {
		return err
	}
	if err := d.unseat(ctx, tx, m); err != nil {
		return err
	}
	t, votes, err := d.turnout(ctx, tx, m)
	if err != nil {
		return err
	}
	chair, err := d.chairOf(ctx, tx, m)
	if err != nil {
		return err
	}
	if m.Over.IsZero() {
		m.Over = tx.Now
	}
	m.Protests, m.Stopped = t.Protests, t.Stops > 0 && t.Protests >= t.Stops
	m.Counts = append(slices.Clone(m.Counts), t.Headcount)
	motions, err := motionsOf(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, one := range motions {
		if one.Fate != Put {
			continue
		}
		c := bodies.Count{All: t.All, Present: len(votes[one.ID])}
		tie := bodies.Choice("")
		for _, v := range votes[one.ID] {
			if c = c.Add(v.Choice); v.Attendee == chair {
				tie = v.Choice
			}
		}
		one, m, err = d.closeMotion(ctx, tx, m, one, c, t.Reached() && !m.Stopped, tie)
		if err != nil {
			return err
		}
	}
	m.State, m.Closed = Closed, tx.Now
	m.Revision++
	if err := d.putMeeting(ctx, tx, m, 0, 0); err != nil {
		return err
	}
	return audit.Note(ctx, tx, auth.House, "bodies.session", bodies.MeetingSubject(id), "number", m.Number)
}

func (d *Desk) closeMotion(ctx context.Context, tx *store.Tx, m Meeting, one Motion, c bodies.Count, counts bool, tie bodies.Choice) (Motion, Meeting, error) {
	next, err := one.Decide(c, m.Rule, tie)
	if !counts || err != nil { // no quorum, or no vote, or a tie that nobody decides: it has not carried
		next = one
		_, next.Needed, _ = bodies.Judge(m.Rule.For(one.Special), c, "")
		next.Result, next.Fate = c, Rejected
	}
	next.ByName = true
	next.Revision++
	next, m, err = d.enact(ctx, tx, auth.House, m, next)
	if err != nil {
		return next, m, err
	}
	return next, m, putMotion(ctx, tx, next)
}

// chairOf is the attendee who presides over the body, or none.
func (d *Desk) chairOf(ctx context.Context, tx *store.Tx, m Meeting) (AttendeeID, error) {
	if m.BodyKind == bodies.Assembly {
		return "", nil
	}
	all, err := listAttendees(ctx, tx, AttendeeQuery{Meeting: m.ID, Limit: 1_000})
	for _, a := range all {
		if a.Office == bodies.Chair && a.Votes {
			return a.ID, err
		}
	}
	return "", err
}
