package cases

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

//go:embed sql
var files embed.FS

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "cases", FS: sub}
}

// A Desk is where cases are worked on.
type Desk struct {
	db    *store.DB
	parts Parts
}

// Parts are what the desk works with. Each may be left out: without a country no
// clock runs, without a corpus no text is taken in, without an index nothing is
// found by search.
type Parts struct {
	Country country.Pack
	Zone    *time.Location // of the house; UTC if nil
	Corpus  *corpus.Desk
	Search  *search.Index
	// TextAdded is told of each text that joins a case, inside the deed: later rooms
	// have work with it.
	TextAdded func(ctx context.Context, tx *store.Tx, by auth.Actor, t Text) error
	// Shown is told that a case is for anyone from now on, or no more, inside the deed:
	// what later rooms have told search of it is so too.
	Shown func(ctx context.Context, tx *store.Tx, id voice.CaseID) error
}

// New opens the desk on a database, without any parts.
func New(db *store.DB) *Desk { return &Desk{db: db, parts: Parts{Zone: time.UTC}} }

// With is the desk with these parts.
func (d *Desk) With(p Parts) *Desk {
	if p.Zone == nil {
		p.Zone = time.UTC
	}
	return &Desk{db: d.db, parts: p}
}

// Country is the pack whose procedures the desk follows.
func (d *Desk) Country() country.Pack { return d.parts.Country }

// today is the day of the deed in the zone of the house.
func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.parts.Zone) }

// Open opens a case with the next number of the year of c.Opened.
func (d *Desk) Open(ctx context.Context, by auth.Actor, c Case, texts ...Text) (Case, error) {
	if err := by.Must(voice.Work); err != nil {
		return Case{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Case, error) { return d.OpenIn(ctx, tx, by, c, texts...) })
}

// OpenIn opens a case inside another deed.
func (d *Desk) OpenIn(ctx context.Context, tx *store.Tx, by auth.Actor, c Case, texts ...Text) (Case, error) {
	if c.State == "" {
		c.State = Open
	}
	if c.Opened.IsZero() {
		c.Opened = d.today(tx)
	}
	if err := c.Check(); err != nil {
		return c, err
	}
	if c.Variant == "" {
		c.Variant = d.usual(c.Kind)
	}
	var err error
	if c.ID, err = nextID(ctx, tx, c.Opened.Year()); err != nil {
		return c, err
	}
	c.Changed, c.Revision = tx.Now, 1
	if err := putCase(ctx, tx, c); err != nil {
		return c, err
	}
	for _, t := range texts {
		t.Case = c.ID
		if err := putText(ctx, tx, t); err != nil {
			return c, err
		}
	}
	if err := d.refreshed(ctx, tx, c.ID); err != nil {
		return c, err
	}
	return c, audit.Note(ctx, tx, by, "cases.open", Subject(c.ID), "title", c.Title)
}

// usual is the variant that comes first where nobody says how it is made.
func (d *Desk) usual(kind procedure.Kind) procedure.Variant {
	for _, v := range []procedure.Variant{procedure.Ordinary, procedure.Ranked} {
		if _, ok := d.parts.Country.Procedure(kind, v); ok {
			return v
		}
	}
	return ""
}

// Subject names a case in the book, the ledger of letters and the index.
func Subject(id voice.CaseID) string { return "case/" + string(id) }

// Case reads one case; one that is not public only for those who have signed in.
func (d *Desk) Case(ctx context.Context, by auth.Actor, id voice.CaseID) (Case, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Case, error) { return d.CaseIn(ctx, tx, by, id) })
}

// CaseIn reads one case inside another deed.
func (d *Desk) CaseIn(ctx context.Context, tx *store.Tx, by auth.Actor, id voice.CaseID) (Case, error) {
	c, err := getCase(ctx, tx, id)
	if err == nil && !c.Public {
		err = by.Must(voice.See)
	}
	if err != nil {
		return Case{}, err
	}
	return c, nil
}

// Texts lists the texts of a case, oldest first.
func (d *Desk) Texts(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Text, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Text, error) {
		if _, err := d.CaseIn(ctx, tx, by, id); err != nil {
			return nil, err
		}
		return listTexts(ctx, tx, id)
	})
}

// AddText joins a version of an act to a case.
func (d *Desk) AddText(ctx context.Context, by auth.Actor, t Text) error {
	if err := by.Must(voice.Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error { return d.AddTextIn(ctx, tx, by, t) })
}

// AddTextIn joins a version of an act to a case inside another deed.
func (d *Desk) AddTextIn(ctx context.Context, tx *store.Tx, by auth.Actor, t Text) error {
	if _, err := getCase(ctx, tx, t.Case); err != nil {
		return err
	}
	if err := putText(ctx, tx, t); err != nil {
		return err
	}
	if err := touch(ctx, tx, t.Case); err != nil {
		return err
	}
	if d.parts.TextAdded != nil {
		if err := d.parts.TextAdded(ctx, tx, by, t); err != nil {
			return err
		}
	}
	return audit.Note(ctx, tx, by, "cases.text", Subject(t.Case), "version", string(t.Version), "role", string(t.Role))
}

// PutDue writes a due inside the deed that makes it. Rooms of the desk call it. In a
// case that is over nothing is due.
func (d *Desk) PutDue(ctx context.Context, tx *store.Tx, due Due) error {
	var s State
	err := tx.QueryRowContext(ctx, `SELECT state FROM cases WHERE id = $1`, due.Case).Scan(&s)
	switch {
	case err != nil && !store.Missing(err):
		return fmt.Errorf("cases: put due %s: %w", due.ID, err)
	case err == nil && s.Over():
		return dropDue(ctx, tx, due.ID)
	}
	return putDue(ctx, tx, due)
}

// DropDue takes a due away inside the deed that settles it; none is no mistake.
func (d *Desk) DropDue(ctx context.Context, tx *store.Tx, id string) error {
	return dropDue(ctx, tx, id)
}

// A Count says which counter of a case changes by how much.
type Count struct{ Comments, Proposals, Taken, Partly int }

// CountIn changes the counters that lists of cases show, inside the deed that
// changes what is counted.
func (d *Desk) CountIn(ctx context.Context, tx *store.Tx, id voice.CaseID, n Count) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE cases SET comments = comments + $2, proposals = proposals + $3, taken = taken + $4, partly = partly + $5, changed = $6
		WHERE id = $1`, id, n.Comments, n.Proposals, n.Taken, n.Partly, store.Time(tx.Now))
	if err != nil {
		return fmt.Errorf("cases: count %s: %w", id, err)
	}
	return nil
}

// PositionIn notes the newest position of a case and how many members stand
// behind it, inside the deed that froze it.
func (d *Desk) PositionIn(ctx context.Context, tx *store.Tx, id voice.CaseID, label string, members int) error {
	_, err := tx.ExecContext(ctx, `UPDATE cases SET position_now = $2, members = $3, changed = $4 WHERE id = $1`, id, label, members, store.Time(tx.Now))
	if err != nil {
		return fmt.Errorf("cases: position %s: %w", id, err)
	}
	return nil
}

// StateIn changes how a case stands, inside the deed that decides it. Of a case that
// is over nothing is due any more.
func (d *Desk) StateIn(ctx context.Context, tx *store.Tx, by auth.Actor, id voice.CaseID, s State) error {
	res, err := tx.ExecContext(ctx, `UPDATE cases SET state = $2, changed = $3, revision = revision + 1 WHERE id = $1`, id, s, store.Time(tx.Now))
	if err != nil {
		return fmt.Errorf("cases: state %s: %w", id, err)
	}
	if n, err := res.RowsAffected(); err == nil && n == 0 {
		return fault.New(fault.Missing, "cases.missing")
	}
	if s.Over() {
		if _, err := tx.ExecContext(ctx, `DELETE FROM case_dues WHERE case_id = $1`, id); err != nil {
			return fmt.Errorf("cases: dues of %s: %w", id, err)
		}
	}
	if err := d.refreshed(ctx, tx, id); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "cases.state", Subject(id), "state", string(s))
}
