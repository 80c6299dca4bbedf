package mail

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the ledger.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "mail", FS: sub}
}

// See is the right to look into the ledger and the outbox.
var See = auth.Right{Name: "mail.see", Roles: auth.Staff}

// Open is the right to read a link to sign in or to vote that has not gone yet:
// whoever reads it can be the one it was written to.
var Open = auth.Right{Name: "mail.open", Roles: auth.Administrator}

const (
	sendKind = "mail.send"
	patience = 3 * 24 * time.Hour // how long a letter is tried
)

// A Desk posts letters.
type Desk struct {
	db    *store.DB
	queue *jobs.Desk
	smtp  SMTP

	// Blobs has the files that go with letters; without it none can go.
	Blobs blob.Store
}

// New makes a desk that sends through the server, by the queue. It returns an
// error if the configuration cannot be right.
func New(db *store.DB, queue *jobs.Desk, s SMTP) (*Desk, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	d := &Desk{db: db, queue: queue, smtp: s}
	queue.Handle(sendKind, d.send)
	return d, nil
}

// Post has the letter sent once the transaction is committed. Its faults are those
// of Check.
func (d *Desk) Post(ctx context.Context, tx *store.Tx, l Letter) (ID, error) {
	l, err := l.Check()
	if err != nil {
		return "", err
	}
	id, state := ID(tx.ID()), Queued
	if d.smtp.Address == "" {
		state = Kept
	}
	if err := addLetter(ctx, tx, id, l, state); err != nil || state == Kept {
		return id, err
	}
	_, err = d.queue.Add(ctx, tx, jobs.Job{Kind: sendKind, Args: string(id), Title: sendKind})
	return id, err
}

// send tries one letter. A letter that is refused is no failed job: the ledger has it.
func (d *Desk) send(ctx context.Context, r jobs.Run) error {
	id := ID(r.Text())
	e, err := store.Read(ctx, d.db, func(tx *store.Tx) (Entry, error) {
		e, err := getEntry(ctx, tx, id)
		if err != nil || e.Kind == Link || d.smtp.PerMinute == 0 {
			return e, err
		}
		sent, ahead, err := traffic(ctx, tx, id, tx.Now.Add(-time.Minute))
		if err == nil && sent >= d.smtp.PerMinute {
			turn := time.Duration(ahead+d.smtp.PerMinute) * time.Minute / time.Duration(d.smtp.PerMinute)
			err = jobs.Later(errors.New("mail: not so fast"), tx.Now.Add(turn))
		}
		return e, err
	})
	switch {
	case fault.Is(err, fault.Missing):
		return jobs.Stop(err)
	case err != nil:
		return err
	case e.State == Sent || e.State == Refused:
		return nil
	}
	state, words := Kept, ""
	if d.smtp.Address != "" {
		files, err := d.files(ctx, e)
		defer func() {
			for _, f := range files {
				f.Close()
			}
		}()
		if err != nil {
			return err
		}
		readers := make([]io.Reader, len(files))
		for i, f := range files {
			readers[i] = f
		}
		state, words = d.smtp.deliver(ctx, e, readers, d.db.Now())
	}
	next := d.db.Now().Add(min(time.Minute<<min(e.Tries, 10), time.Hour))
	if state == Waiting && next.After(e.Posted.Add(patience)) {
		state = Refused
	}
	// What the server took must be written even if the house closes.
	err = d.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		return setState(ctx, tx, id, state, 1, words)
	})
	if err == nil && state == Waiting {
		return jobs.Later(errors.New(words), next)
	}
	return err
}

// files opens what goes with the letter.
func (d *Desk) files(ctx context.Context, e Entry) (list []io.ReadSeekCloser, err error) {
	for _, f := range e.Files {
		if d.Blobs == nil {
			return list, jobs.Stop(errors.New("mail: nowhere to take files from"))
		}
		one, err := d.Blobs.Open(ctx, f.Hash)
		if err != nil {
			return list, fmt.Errorf("mail: file of %s: %w", e.ID, err)
		}
		list = append(list, one)
	}
	return list, nil
}

// A Query asks for a page of letters, newest first.
type Query struct {
	About  string // empty for any
	State  State  // empty for any
	Before ID     // last letter of the page before
	Limit  int    // 50 if zero
}

// Outbox shows a page of the letters, without their bodies.
func (d *Desk) Outbox(ctx context.Context, by auth.Actor, q Query) ([]Entry, error) {
	return see(ctx, d, by, func(tx *store.Tx) ([]Entry, error) { return listEntries(ctx, tx, q) })
}

// Ledger shows what became of all letters about the subject, newest first,
// without their bodies.
func (d *Desk) Ledger(ctx context.Context, by auth.Actor, about string) ([]Entry, error) {
	const all = 1_000_000
	return d.Outbox(ctx, by, Query{About: about, Limit: all})
}

// Counts says how many letters about the subject are in each state.
func (d *Desk) Counts(ctx context.Context, by auth.Actor, about string) (map[State]int, error) {
	return see(ctx, d, by, func(tx *store.Tx) (map[State]int, error) { return countStates(ctx, tx, about) })
}

// Get shows one letter; of a link to sign in or to vote, the words to those only who
// may open it, and of one that has its readers, to these.
func (d *Desk) Get(ctx context.Context, by auth.Actor, id ID) (Entry, error) {
	e, err := see(ctx, d, by, func(tx *store.Tx) (Entry, error) { return getEntry(ctx, tx, id) })
	if (e.Kind == Link || e.Kind == Ballot) && !by.Can(Open) {
		e.Text, e.HTML = "", ""
	}
	if e.Readers != auth.Nobody && !by.Can(auth.Right{Roles: e.Readers}) {
		e.Text, e.HTML, e.Files = "", "", nil
	}
	return e, err
}

func see[T any](ctx context.Context, d *Desk, by auth.Actor, f func(*store.Tx) (T, error)) (T, error) {
	if err := by.Must(See); err != nil {
		var none T
		return none, err
	}
	return store.Read(ctx, d.db, f)
}
