package meetings

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// SaveMinutes writes what the minutes tell beside votes and decisions: how the
// meeting began and ended, and what was said to each point. It is a Conflict if
// somebody has changed the meeting since the revision; then it is returned as it
// stands.
func (d *Desk) SaveMinutes(ctx context.Context, by auth.Actor, id MeetingID, revision int, opening, closing string, said map[string]string) (Meeting, error) {
	var wrong fault.Fields
	long(&wrong, "opening", opening, longestText)
	long(&wrong, "closing", closing, longestText)
	if err := wrong.Err(); err != nil {
		return Meeting{}, err
	}
	return d.alter(ctx, by, id, revision, "bodies.minutes.save", func(_ *store.Tx, m Meeting) (Meeting, error) {
		if m.Fixed() || m.State == Planned {
			return m, fault.New(fault.Conflict, "bodies.meeting.fixed")
		}
		m.Minutes.Opening, m.Minutes.Closing = prose(opening), prose(closing)
		m.Agenda = slices.Clone(m.Agenda)
		for i, item := range m.Agenda {
			text, ok := said[item.ID]
			if !ok {
				continue
			}
			item.Said = prose(text)
			var err error
			if m, err = m.Put(item); err != nil {
				return m, fault.In("said:"+m.Agenda[i].ID, fault.Of(err).Key, fault.Of(err).Args...)
			}
		}
		return m, nil
	})
}

// Approve fixes the minutes of a meeting that ended: by whom is the number of the
// meeting, or of the decision, that approved them.
func (d *Desk) Approve(ctx context.Context, by auth.Actor, id MeetingID, with string, on civil.Date) error {
	if err := by.Must(bodies.Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error { return d.approveIn(ctx, tx, by, id, with, on) })
}

// approveIn is Approve inside another deed. Minutes that are approved stay so.
func (d *Desk) approveIn(ctx context.Context, tx *store.Tx, by auth.Actor, id MeetingID, with string, on civil.Date) error {
	m, err := getMeeting(ctx, tx, id)
	if err != nil || m.State == Approved {
		return err
	}
	if m, err = m.Approve(with, on); err != nil {
		return err
	}
	m.Revision++
	if err := d.putMeeting(ctx, tx, m, 0, 0); err != nil {
		return err
	}
	if _, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: minutesKind, Args: string(id), Unique: minutesKind + "/" + string(id), By: by.User, Title: minutesKind}); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "bodies.minutes.approve", bodies.MeetingSubject(id), "on", on.String())
}

// fileMinutes is the job that makes the files of minutes that were approved. They
// are kept as they are made, and handed out so for good.
func (d *Desk) fileMinutes(ctx context.Context, r jobs.Run) error {
	p, err := d.protocol(ctx, MeetingID(r.Text()), MinutesSheet)
	if err != nil || p.Meeting.State != Approved || p.Meeting.Minutes.PDF != "" {
		return err
	}
	hashes := map[string]string{}
	for _, format := range []string{"pdf", "docx"} {
		f, err := fileOf(d.house.Compose(p, MinutesSheet, d.house.In(d.house.Lang)), format)
		if err != nil {
			return err
		}
		ref, err := d.Files.Put(ctx, bytes.NewReader(f.Bytes), -1)
		if err != nil {
			return err
		}
		hashes[format] = ref.Hash
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		m, err := getMeeting(ctx, tx, p.Meeting.ID)
		if err != nil || m.Minutes.PDF != "" {
			return err
		}
		m.Minutes.PDF, m.Minutes.DOCX = hashes["pdf"], hashes["docx"]
		return putMeeting(ctx, tx, m, 0, 0)
	})
}

// protocol reads all of a meeting that a paper tells. The list to sign on has all who
// are called; the minutes of an assembly those of whom something is noted.
func (d *Desk) protocol(ctx context.Context, id MeetingID, s Sheet) (Protocol, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (p Protocol, err error) {
		if p.Meeting, err = getMeeting(ctx, tx, id); err != nil {
			return p, err
		}
		q := AttendeeQuery{Meeting: id, Limit: 1_000}
		if p.Meeting.BodyKind == bodies.Assembly && s != AttendanceSheet {
			q.Way = "noted"
		}
		for {
			some, err := listAttendees(ctx, tx, q)
			if err != nil {
				return p, err
			}
			p.Attendees = append(p.Attendees, some...)
			if len(some) < q.Limit {
				break
			}
			q.After = some[len(some)-1].ID
		}
		if p.Motions, err = motionsOf(ctx, tx, id); err != nil {
			return p, err
		}
		if p.Papers, err = d.Bodies.PapersIn(ctx, tx, p.Meeting.Body, id); err != nil {
			return p, err
		}
		votes, err := votesOf(ctx, tx, id, "")
		p.Votes = map[MotionID][]Vote{}
		for _, v := range votes {
			p.Votes[v.Motion] = append(p.Votes[v.Motion], v)
		}
		return p, err
	})
}

// Sheet is a paper of a meeting as a file: pdf, docx or html. Minutes that were
// approved are the file that was kept then. The list of attendance and minutes that
// are not approved are for the office.
func (d *Desk) Sheet(ctx context.Context, by auth.Actor, id MeetingID, s Sheet, format string, words *i18n.Printer) (File, error) {
	m, err := d.Meeting(ctx, by, id)
	if err != nil {
		return File{}, err
	}
	switch {
	case !slices.Contains(Sheets(), s):
		return File{}, fault.New(fault.Missing, "bodies.sheet.missing")
	case s == AttendanceSheet || s == MinutesSheet && m.State != Approved:
		if err := by.Must(bodies.Work); err != nil {
			return File{}, err
		}
	}
	name := words.T("bodies.sheet.name."+string(s)) + "-" + strings.ReplaceAll(strings.ToLower(first(m.Number, string(m.ID))), "/", "-") + "." + format
	kept := map[string]string{"pdf": m.Minutes.PDF, "docx": m.Minutes.DOCX}[format]
	if s == MinutesSheet && kept != "" {
		f, err := d.Files.Open(ctx, kept)
		if err != nil {
			return File{}, err
		}
		defer f.Close()
		whole, err := io.ReadAll(f)
		return File{name, mimes[format], whole}, err
	}
	p, err := d.protocol(ctx, id, s)
	if err != nil {
		return File{}, err
	}
	f, err := fileOf(d.house.Compose(p, s, words), format)
	f.Name = name
	return f, err
}

// Found says in a sentence what a headcount of a meeting found.
func (d *Desk) Found(words *i18n.Printer, m Meeting, h Headcount) string {
	return d.house.Found(words, m, h)
}

// Calendar is a meeting as a file for the actor's calendar.
func (d *Desk) Calendar(ctx context.Context, by auth.Actor, id MeetingID) (string, error) {
	m, err := d.Meeting(ctx, by, id)
	return d.house.Calendar(m, "", "", d.house.URL+"/meetings/"+string(id)), err
}
