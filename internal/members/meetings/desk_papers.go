package meetings

import (
	"context"
	"io"

	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Papers lists the files of a meeting.
func (d *Desk) Papers(ctx context.Context, by auth.Actor, id MeetingID) ([]bodies.Paper, error) {
	m, err := d.Meeting(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]bodies.Paper, error) { return d.Bodies.PapersIn(ctx, tx, m.Body, id) })
}

// AddPaper takes in a file of a meeting, or of a point of its agenda.
func (d *Desk) AddPaper(ctx context.Context, by auth.Actor, id MeetingID, item, name string, r io.Reader) (bodies.Paper, error) {
	if err := by.Must(bodies.Work); err != nil {
		return bodies.Paper{}, err
	}
	p, err := d.Bodies.Keep(ctx, by, bodies.Paper{Meeting: id, Item: item, Name: name}, r)
	if err != nil {
		return p, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (bodies.Paper, error) {
		p := p
		m, err := getMeeting(ctx, tx, id)
		if err != nil {
			return p, err
		}
		if _, ok := m.Item(item); item != "" && !ok {
			return p, fault.New(fault.Missing, "bodies.item.missing")
		}
		if m.Fixed() {
			return p, fault.New(fault.Conflict, "bodies.meeting.fixed")
		}
		p.Body = m.Body
		return d.Bodies.AddPaperIn(ctx, tx, by, p, bodies.MeetingSubject(id))
	})
}

// OpenPaper opens a file of a meeting for who may see the meeting.
func (d *Desk) OpenPaper(ctx context.Context, by auth.Actor, id MeetingID, paper string) (bodies.Paper, io.ReadSeekCloser, error) {
	if _, err := d.Meeting(ctx, by, id); err != nil {
		return bodies.Paper{}, nil, err
	}
	return d.open(ctx, paper, func(*store.Tx) (MeetingID, error) { return id, nil })
}

// OpenPaperBy opens a file of a meeting for whoever has a link to it.
func (d *Desk) OpenPaperBy(ctx context.Context, token, paper string) (bodies.Paper, io.ReadSeekCloser, error) {
	return d.open(ctx, paper, func(tx *store.Tx) (MeetingID, error) {
		a, err := attendeeByKey(ctx, tx, hashOf(token))
		return a.Meeting, err
	})
}

func (d *Desk) open(ctx context.Context, paper string, of func(*store.Tx) (MeetingID, error)) (bodies.Paper, io.ReadSeekCloser, error) {
	p, err := store.Read(ctx, d.db, func(tx *store.Tx) (bodies.Paper, error) {
		id, err := of(tx)
		if err != nil {
			return bodies.Paper{}, err
		}
		p, err := d.Bodies.PaperIn(ctx, tx, paper)
		if err == nil && p.Meeting != id {
			err = fault.New(fault.Missing, "bodies.paper.missing")
		}
		return p, err
	})
	if err != nil {
		return p, nil, err
	}
	f, err := d.Files.Open(ctx, p.Hash)
	return p, f, err
}

// DropPaper takes a file of a meeting away.
func (d *Desk) DropPaper(ctx context.Context, by auth.Actor, id MeetingID, paper string) error {
	if err := by.Must(bodies.Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		m, err := getMeeting(ctx, tx, id)
		if err != nil {
			return err
		}
		p, err := d.Bodies.PaperIn(ctx, tx, paper)
		switch {
		case err != nil:
			return err
		case p.Meeting != id:
			return fault.New(fault.Missing, "bodies.paper.missing")
		case m.Fixed():
			return fault.New(fault.Conflict, "bodies.meeting.fixed")
		}
		return d.Bodies.DropPaperIn(ctx, tx, by, p, bodies.MeetingSubject(id))
	})
}
