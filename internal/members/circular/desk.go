package circular

import (
	"context"
	"embed"
	"io/fs"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "circular", FS: sub}
}

// PostJob is the kind of the job that posts a circular.
const PostJob = "members.circular"

// A Desk is where circulars are written.
type Desk struct {
	db      *store.DB
	members *members.Desk
	jobs    *jobs.Desk
	mail    *mail.Desk
}

// New opens the desk.
func New(db *store.DB, m *members.Desk, j *jobs.Desk, post *mail.Desk) *Desk {
	d := &Desk{db, m, j, post}
	j.Handle(PostJob, d.work)
	return d
}

// Send has the circular posted to all of its selection who have an address.
func (d *Desk) Send(ctx context.Context, by auth.Actor, c Circular) (Circular, error) {
	if err := by.Must(members.Write); err != nil {
		return Circular{}, err
	}
	c.Subject, c.Body = strings.Join(strings.Fields(c.Subject), " "), strings.TrimSpace(c.Body)
	c.By, c.ByName, c.ReplyTo = by.User, by.Name, by.Email
	if err := c.check(); err != nil {
		return c, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Circular, error) {
		c := c
		c.ID, c.Made = tx.ID(), tx.Now
		var err error
		if c.Job, err = d.jobs.Add(ctx, tx, jobs.Job{Kind: PostJob, Args: c.ID, By: by.User, Title: "members.circular.job"}); err != nil {
			return c, err
		}
		if err := addCircular(ctx, tx, c); err != nil {
			return c, err
		}
		return c, audit.Note(ctx, tx, by, "members.circular", Subject(c.ID))
	})
}

// Circular reads a circular.
func (d *Desk) Circular(ctx context.Context, by auth.Actor, id string) (Circular, error) {
	if err := by.Must(members.Write); err != nil {
		return Circular{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Circular, error) { return getCircular(ctx, tx, id) })
}

// atATime is how many members are written to in one transaction.
const atATime = 100

// work posts a circular.
func (d *Desk) work(ctx context.Context, run jobs.Run) error {
	for {
		c, err := store.Read(ctx, d.db, func(tx *store.Tx) (Circular, error) { return getCircular(ctx, tx, run.Text()) })
		if err != nil || c.Over {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		run.Progress(c.Letters, 0, "members.circular.step")
		list, next, err := d.page(ctx, c)
		if err != nil {
			return err
		}
		if err := d.post(ctx, c, list, next); err != nil {
			return err
		}
	}
}

// page are the next who are written to, and how far that is; empty at the end.
func (d *Desk) page(ctx context.Context, c Circular) ([]members.Answerer, string, error) {
	if len(c.To.IDs) == 0 {
		list, next, err := d.members.AnswerersWhere(ctx, auth.House, c.To.Filter, members.ID(c.cursor), atATime)
		return list, string(next), err
	}
	from, _ := strconv.Atoi(c.cursor)
	until := min(from+atATime, len(c.To.IDs))
	list, err := d.members.Answerers(ctx, auth.House, c.To.IDs[min(from, until):until]...)
	if until == len(c.To.IDs) {
		return list, "", err
	}
	return list, strconv.Itoa(until), err
}

func (d *Desk) post(ctx context.Context, c Circular, list []members.Answerer, next string) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		now, err := getCircular(ctx, tx, c.ID)
		if err != nil || now.Over || now.cursor != c.cursor {
			return err // somebody else has posted these
		}
		for _, a := range list {
			fresh, err := first(ctx, tx, c.ID, a.Email)
			if err != nil {
				return err
			}
			if !fresh {
				continue
			}
			_, err = d.mail.Post(ctx, tx, mail.Letter{To: a.Email, ToName: a.PersonName, Lang: a.Lang, Subject: c.Subject, Text: c.Body, About: Subject(c.ID), Kind: mail.Digest, ReplyTo: c.ReplyTo})
			switch {
			case fault.Is(err, fault.Invalid):
				continue // an address that cannot be written to
			case err != nil:
				return err
			}
			now.Letters++
		}
		now.cursor, now.Over = next, next == ""
		return stepCircular(ctx, tx, now)
	})
}

// Holder tells which circulars went to a member, and forgets the address of who is
// erased.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "circulars", Tell: d.told, Erase: func(ctx context.Context, tx *store.Tx, id members.ID) error {
		list, err := d.members.EntriesIn(ctx, tx, id)
		if err != nil || len(list) == 0 || list[0].Email == "" {
			return err
		}
		return forget(ctx, tx, list[0].Email)
	}}
}

func (d *Desk) told(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	list, err := d.members.EntriesIn(ctx, tx, id)
	if err != nil || len(list) == 0 || list[0].Email == "" {
		return nil, err
	}
	got, err := sentTo(ctx, tx, list[0].Email)
	if err != nil || len(got) == 0 {
		return nil, err
	}
	return got, nil
}
