package bodies

import (
	"bufio"
	"context"
	"io"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// inside returns a fault unless the actor sits in the body or is of the office.
func (d *Desk) inside(ctx context.Context, by auth.Actor, body BodyID) error {
	if by.Can(Work) {
		return nil
	}
	if err := by.Must(See); err != nil {
		return err
	}
	sits, err := d.Sits(ctx, by, body)
	if err == nil && !sits {
		err = fault.New(fault.Denied, "bodies.inside")
	}
	return err
}

// NotesPage is how many notes Space reads at once.
const NotesPage = 30

// A Space is the papers and notes of a body.
type Space struct {
	Papers []Paper
	Notes  []Note
}

// Space reads the papers of a body and a page of its notes, newest first, for those
// who sit in it and the office.
func (d *Desk) Space(ctx context.Context, by auth.Actor, body BodyID, before string) (Space, error) {
	if err := d.inside(ctx, by, body); err != nil {
		return Space{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (s Space, err error) {
		if s.Papers, err = papersOf(ctx, tx, body, ""); err != nil {
			return s, err
		}
		s.Notes, err = notesOf(ctx, tx, body, before, NotesPage)
		return s, err
	})
}

// AddNote writes a note of a body.
func (d *Desk) AddNote(ctx context.Context, by auth.Actor, body BodyID, text string) error {
	if err := d.inside(ctx, by, body); err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	var wrong fault.Fields
	if text == "" {
		wrong.Add("text", "bodies.note.empty")
	}
	long(&wrong, "text", text, longestText)
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := getBody(ctx, tx, body); err != nil {
			return err
		}
		if err := addNote(ctx, tx, Note{ID: tx.ID(), Body: body, At: tx.Now, By: by.User, ByIs: by.Name, Text: text}); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "bodies.note", Subject(body))
	})
}

// AddPaper takes in a file of a body. It must be what its name says, and not too
// big.
func (d *Desk) AddPaper(ctx context.Context, by auth.Actor, p Paper, r io.Reader) (Paper, error) {
	if err := d.inside(ctx, by, p.Body); err != nil {
		return p, err
	}
	p.Meeting, p.Item = "", ""
	p, err := d.Keep(ctx, by, p, r)
	if err != nil {
		return p, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Paper, error) {
		if _, err := getBody(ctx, tx, p.Body); err != nil {
			return p, err
		}
		return d.AddPaperIn(ctx, tx, by, p, Subject(p.Body))
	})
}

// Keep puts the content of a file away, before the deed that says what it belongs
// to: it must be one of the kinds that are taken, what its name says, and not too
// big.
func (d *Desk) Keep(ctx context.Context, by auth.Actor, p Paper, r io.Reader) (Paper, error) {
	if err := by.Must(See); err != nil {
		return p, err
	}
	if p.Name = fileName(p.Name); p.Name == "" {
		return p, fault.In("file", "bodies.paper.empty")
	}
	buffered := bufio.NewReader(r)
	head, err := buffered.Peek(512)
	if len(head) == 0 {
		return p, fault.In("file", "bodies.paper.empty")
	}
	if err != nil && err != io.EOF {
		return p, err
	}
	if p.MIME, err = sniff(p.Name, head); err != nil {
		return p, err
	}
	ref, err := d.Files.Put(ctx, buffered, MaxPaper)
	p.Hash, p.Size, p.By, p.ByIs = ref.Hash, ref.Size, by.User, by.Name
	return p, err
}

// AddPaperIn writes down a file that was kept, inside another deed, whose room has
// asked for its own right.
func (d *Desk) AddPaperIn(ctx context.Context, tx *store.Tx, by auth.Actor, p Paper, subject string) (Paper, error) {
	p.ID, p.At = tx.ID(), tx.Now
	if err := addPaper(ctx, tx, p); err != nil {
		return p, err
	}
	return p, audit.Note(ctx, tx, by, "bodies.paper.add", subject)
}

// PaperIn reads a file inside another deed, whose room has asked for its own right.
func (d *Desk) PaperIn(ctx context.Context, tx *store.Tx, id string) (Paper, error) {
	return getPaper(ctx, tx, id)
}

// PapersIn lists the files of a meeting, or those of a body that belong to none.
func (d *Desk) PapersIn(ctx context.Context, tx *store.Tx, body BodyID, meeting MeetingID) ([]Paper, error) {
	return papersOf(ctx, tx, body, meeting)
}

// DropPaperIn takes a file away inside another deed.
func (d *Desk) DropPaperIn(ctx context.Context, tx *store.Tx, by auth.Actor, p Paper, subject string) error {
	if err := dropPaper(ctx, tx, p.ID); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "bodies.paper.drop", subject)
}

// OpenPaper opens a file of a body for who sits in it and the office.
func (d *Desk) OpenPaper(ctx context.Context, by auth.Actor, id string) (Paper, io.ReadSeekCloser, error) {
	p, err := store.Read(ctx, d.db, func(tx *store.Tx) (Paper, error) { return getPaper(ctx, tx, id) })
	if err == nil && p.Meeting != "" {
		err = fault.New(fault.Missing, "bodies.paper.missing")
	}
	if err == nil {
		err = d.inside(ctx, by, p.Body)
	}
	if err != nil {
		return p, nil, err
	}
	f, err := d.Files.Open(ctx, p.Hash)
	return p, f, err
}

// DropPaper takes a file of a body away: one's own, or any for the office.
func (d *Desk) DropPaper(ctx context.Context, by auth.Actor, id string) (Paper, error) {
	if err := by.Must(See); err != nil {
		return Paper{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Paper, error) {
		p, err := getPaper(ctx, tx, id)
		switch {
		case err != nil:
			return p, err
		case p.Meeting != "":
			return p, fault.New(fault.Missing, "bodies.paper.missing")
		case !by.Can(Work) && (p.By == "" || p.By != by.User):
			return p, fault.New(fault.Denied, "bodies.inside")
		}
		return p, d.DropPaperIn(ctx, tx, by, p, Subject(p.Body))
	})
}
