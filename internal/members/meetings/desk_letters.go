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
const batch = 100

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

// askLetters has the letters about a meeting written once the deed is committed.
func (d *Desk) askLetters(ctx context.Context, tx *store.Tx, by auth.Actor, m Meeting, what string) error {
	round := m.Sequence
	if what == "remind" {
		round = -1 - int(tx.Now.Unix())
	}
	_, err := d.Jobs.Add(ctx, tx, jobs.Job{
		Kind: inviteKind, Args: inviting{m.ID, what, round}, Unique: inviteKind + "/" + string(m.ID) + "/" + what + strconv.Itoa(round), By: by.User, Title: inviteKind,
	})
	return err
}

// Remind writes to those who have not voted in a correspondence session.
func (d *Desk) Remind(ctx context.Context, by auth.Actor, id MeetingID) error {
	_, err := d.alter(ctx, by, id, 0, "bodies.session.remind", func(tx *store.Tx, m Meeting) (Meeting, error) {
		if !m.Letters || m.State != Open || m.Past(tx.Now) {
			return m, fault.New(fault.Conflict, "bodies.session.over")
		}
		return m, d.askLetters(ctx, tx, by, m, "remind")
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

// invite writes the letters of one round. What has been posted is not posted again,
// should the work be done twice.
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
	for after, done := AttendeeID(""), 0; ; {
		var list []Attendee
		err := d.db.Write(ctx, func(tx *store.Tx) (err error) {
			list, err = listAttendees(ctx, tx, AttendeeQuery{Meeting: m.ID, After: after, Limit: batch}, "")
			if err != nil {
				return err
			}
			return d.postAll(ctx, tx, m, job, list)
		})
		if err != nil || ctx.Err() != nil || r.Cancelled() {
			return err
		}
		done += len(list)
		r.Progress(done, 0, "bodies.step.letters")
		if len(list) < batch {
			return nil
		}
		after = list[len(list)-1].ID
	}
}

// enterAll enters all who have a vote in the register on the day of the assembly.
func (d *Desk) enterAll(ctx context.Context, r jobs.Run, m Meeting) error {
	for after, done := members.ID(""), 0; ; {
		var roll []members.Entry
		err := d.db.Write(ctx, func(tx *store.Tx) (err error) {
			if roll, err = d.Members.RollOnIn(ctx, tx, d.day(m.At), after, batch); err != nil {
				return err
			}
			for _, e := range roll {
				if !e.Votes {
					continue
				}
				_, ok, err := attendeeOf(ctx, tx, m.ID, "", e.ID)
				if err != nil {
					return err
				}
				if ok {
					continue
				}
				if err := putAttendee(ctx, tx, Attendee{ID: AttendeeID(tx.ID()), Meeting: m.ID, Member: e.ID, Name: e.Name, Office: bodies.Sitting, Votes: true}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || ctx.Err() != nil || r.Cancelled() {
			return err
		}
		done += len(roll)
		r.Progress(done, 0, "bodies.step.roll")
		if len(roll) < batch {
			return nil
		}
		after = roll[len(roll)-1].ID
	}
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
