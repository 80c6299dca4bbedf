package meetings

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"strconv"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// batch is for how many members letters are written in one transaction.
const batch = 200

// newToken makes the secret of a link.
func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// An inviting is the job of letters about a meeting. What is invite, moved,
// cancelled or remind; or enter, to enter an assembly's members without a letter.
type inviting struct {
	Meeting MeetingID
	What    string
	Round   int // tells the letters of one round from those of another
}

// askLetters has the letters about a meeting written once the deed is committed, by
// the job that it returns.
func (d *Desk) askLetters(ctx context.Context, tx *store.Tx, by auth.Actor, m Meeting, what string) (jobs.ID, error) {
	round := m.Sequence
	switch what {
	case "remind":
		round = -1 - int(tx.Now.Unix())
	case "invite":
		round = 0 // whoever has the invitation does not get it again
	}
	return d.Jobs.Add(ctx, tx, jobs.Job{
		Kind: inviteKind, Args: inviting{m.ID, what, round}, Unique: inviteKind + "/" + string(m.ID) + "/" + what + strconv.Itoa(round), By: by.User, Title: inviteKind,
	})
}

// Invite has invitations written to those who have none yet: where the work was
// stopped, where a meeting was called without letters, and to who came into the body
// since the call.
func (d *Desk) Invite(ctx context.Context, by auth.Actor, id MeetingID) (Meeting, error) {
	return d.alter(ctx, by, id, 0, "bodies.meeting.invite", func(tx *store.Tx, m Meeting) (Meeting, error) {
		if m.State != Called && !(m.Letters && m.State == Open && !m.Past(tx.Now)) {
			return m, fault.New(fault.Conflict, "bodies.invite.state")
		}
		if m.BodyKind != bodies.Assembly && !m.Letters {
			seats, err := d.Bodies.SeatsIn(ctx, tx, m.Body, d.day(m.At))
			if err == nil {
				err = d.enterSeats(ctx, tx, m, seats)
			}
			if err != nil {
				return m, err
			}
		}
		job, err := d.askLetters(ctx, tx, by, m, "invite")
		m.Job = job
		return m, err
	})
}

// Remind writes to those who have not voted in a correspondence session.
func (d *Desk) Remind(ctx context.Context, by auth.Actor, id MeetingID) error {
	_, err := d.alter(ctx, by, id, 0, "bodies.session.remind", func(tx *store.Tx, m Meeting) (Meeting, error) {
		if !m.Letters || m.State != Open || m.Past(tx.Now) {
			return m, fault.New(fault.Conflict, "bodies.session.over")
		}
		job, err := d.askLetters(ctx, tx, by, m, "remind")
		m.Job = job
		return m, err
	})
	return err
}

// Sent shows what became of the letters about a meeting.
func (d *Desk) Sent(ctx context.Context, by auth.Actor, id MeetingID) (map[mail.State]int, error) {
	if err := by.Must(bodies.Work); err != nil {
		return nil, err
	}
	return d.Mail.Counts(ctx, auth.House, bodies.MeetingSubject(id))
}

// Writing is the job that writes the letters about a meeting, for who may see jobs;
// false if there is none, or none any more, for what is done is forgotten in time.
func (d *Desk) Writing(ctx context.Context, by auth.Actor, m Meeting) (jobs.Entry, bool, error) {
	if m.Job == "" || !by.Can(jobs.See) {
		return jobs.Entry{}, false, nil
	}
	e, err := d.Jobs.Get(ctx, by, m.Job)
	if fault.Is(err, fault.Missing) {
		return e, false, nil
	}
	return e, err == nil, err
}

// invite writes the letters of one round. What has been posted is not posted again,
// should the work be done twice, or go on after it was stopped.
func (d *Desk) invite(ctx context.Context, r jobs.Run) error {
	var job inviting
	if err := r.Args(&job); err != nil {
		return err
	}
	m, err := store.Read(ctx, d.db, func(tx *store.Tx) (Meeting, error) { return getMeeting(ctx, tx, job.Meeting) })
	if err != nil {
		return err
	}
	if m.BodyKind == bodies.Assembly && (job.What == "invite" || job.What == "enter") {
		if err := d.enterAll(ctx, r, m); err != nil {
			return err
		}
	}
	if job.What == "enter" {
		return nil
	}
	all, err := store.Read(ctx, d.db, func(tx *store.Tx) (int, error) { return called(ctx, tx, m.ID) })
	for after, done := AttendeeID(""), 0; err == nil; {
		var list []Attendee
		err = d.db.Write(ctx, func(tx *store.Tx) (err error) {
			list, err = nil, nil
			if m, err = getMeeting(ctx, tx, job.Meeting); err != nil || m.State == Cancelled && job.What != "cancelled" {
				return err // it was called off meanwhile
			}
			if list, err = listAttendees(ctx, tx, AttendeeQuery{Meeting: m.ID, After: after, Limit: batch}); err != nil {
				return err
			}
			return d.postAll(ctx, tx, m, job, list)
		})
		done += len(list)
		r.Progress(done, all, "bodies.step.letters")
		if err == nil && len(list) < batch {
			return nil
		}
		if err == nil {
			after, err = list[len(list)-1].ID, ctx.Err()
		}
	}
	return err
}

// enterAll enters all who have a vote in the register on the day of the assembly.
func (d *Desk) enterAll(ctx context.Context, r jobs.Run, m Meeting) error {
	all, err := store.Read(ctx, d.db, func(tx *store.Tx) (int, error) { return d.electorate(ctx, tx, m, d.day(m.At)) })
	for after, done := members.ID(""), 0; err == nil; {
		var roll []members.Entry
		err = d.db.Write(ctx, func(tx *store.Tx) (err error) {
			if roll, err = d.Members.RollOnIn(ctx, tx, d.day(m.At), after, batch); err != nil {
				return err
			}
			there, err := entered(ctx, tx, m.ID, roll)
			for _, e := range roll {
				if err == nil && e.Votes && !there[e.ID] {
					err = putAttendee(ctx, tx, Attendee{ID: AttendeeID(tx.ID()), Meeting: m.ID, Member: e.ID, Name: e.Name, Office: bodies.Sitting, Votes: true})
				}
			}
			return err
		})
		done += len(roll)
		r.Progress(done, max(all, done), "bodies.step.roll")
		if err == nil && len(roll) < batch {
			return nil
		}
		if err == nil {
			after, err = roll[len(roll)-1].ID, ctx.Err()
		}
	}
	return err
}

// A recipient is where one letter goes.
type recipient struct{ email, name, lang string }

// postAll posts the letters of a batch: to the address of a seat, else to those who
// may answer for the member.
func (d *Desk) postAll(ctx context.Context, tx *store.Tx, m Meeting, job inviting, list []Attendee) error {
	var ids []members.ID
	for _, a := range list {
		if a.Email == "" && a.Member != "" {
			ids = append(ids, a.Member)
		}
	}
	to := map[members.ID][]recipient{}
	if len(ids) > 0 {
		answerers, err := d.Members.AnswerersIn(ctx, tx, auth.House, ids...)
		if err != nil {
			return err
		}
		for _, one := range answerers {
			to[one.Member] = append(to[one.Member], recipient{one.Email, one.PersonName, one.Lang})
		}
	}
	for _, a := range list {
		if job.What == "remind" && (!a.Votes || !a.Voted.IsZero()) {
			continue
		}
		all := to[a.Member]
		if a.Email != "" {
			all = []recipient{{a.Email, a.Name, a.Lang}}
		}
		for _, one := range all {
			if err := d.postOne(ctx, tx, m, job, a, one); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *Desk) postOne(ctx context.Context, tx *store.Tx, m Meeting, job inviting, a Attendee, to recipient) error {
	done, err := posted(ctx, tx, a.ID, to.email, job.Round)
	if err != nil || done {
		return err
	}
	token := newToken()
	if err := addKey(ctx, tx, hashOf(token), a.ID, to.email); err != nil {
		return err
	}
	_, err = d.Mail.Post(ctx, tx, d.house.letter(job.What, m, a, to.email, to.name, to.lang, d.house.URL+"/b/"+token))
	if fault.Is(err, fault.Invalid) { // an address that is none: the office sees who was not written to
		return audit.Note(ctx, tx, auth.House, "bodies.letter.unsendable", bodies.MeetingSubject(m.ID))
	}
	return err
}
