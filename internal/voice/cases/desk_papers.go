package cases

import (
	"context"
	"fmt"
	"slices"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// AddContact writes down a talk with an official.
func (d *Desk) AddContact(ctx context.Context, by auth.Actor, c Contact) error {
	if err := c.Check(); err != nil {
		return err
	}
	if !slices.Contains(Channels(), c.Channel) {
		return fault.In("channel", "cases.contact.channel")
	}
	return d.work(ctx, by, c.Case, func(tx *store.Tx, _ Case) error {
		c.ID, c.WhoIs = tx.ID(), by.Name
		if err := putContact(ctx, tx, c); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.contact", Subject(c.Case), "official", c.Official, "organisation", c.Organisation, "day", c.On.String())
	})
}

// Contacts lists the talks about a case, newest first. They are for the office
// and the board, for they name people.
func (d *Desk) Contacts(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Contact, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Contact, error) { return listContacts(ctx, tx, id) })
}

// AddEvidence adds something that the case rests on.
func (d *Desk) AddEvidence(ctx context.Context, by auth.Actor, e Evidence) error {
	if err := e.Check(); err != nil {
		return err
	}
	return d.work(ctx, by, e.Case, func(tx *store.Tx, _ Case) error {
		e.ID, e.WhoIs = tx.ID(), by.Name
		if err := putEvidence(ctx, tx, e); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.evidence", Subject(e.Case), "title", e.Title)
	})
}

// EvidenceOf lists what a case rests on, newest first.
func (d *Desk) EvidenceOf(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Evidence, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Evidence, error) {
		if _, err := d.CaseIn(ctx, tx, by, id); err != nil {
			return nil, err
		}
		return listEvidence(ctx, tx, id)
	})
}

// DropEvidence takes evidence away that is wrong.
func (d *Desk) DropEvidence(ctx context.Context, by auth.Actor, id voice.CaseID, evidence string) error {
	return d.work(ctx, by, id, func(tx *store.Tx, _ Case) error {
		list, err := listEvidence(ctx, tx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(e Evidence) bool { return e.ID == evidence })
		if i < 0 {
			return fault.New(fault.Missing, "cases.evidence.missing")
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM case_evidence WHERE id = $1`, evidence); err != nil {
			return fmt.Errorf("cases: drop evidence %s: %w", evidence, err)
		}
		return audit.Note(ctx, tx, by, "cases.evidence.drop", Subject(id), "title", list[i].Title, "link", list[i].Link)
	})
}

// Relate joins two cases that belong together.
func (d *Desk) Relate(ctx context.Context, by auth.Actor, id, other voice.CaseID, note string) error {
	return d.work(ctx, by, id, func(tx *store.Tx, _ Case) error {
		if id == other {
			return fault.In("other", "cases.relate.self")
		}
		if _, err := getCase(ctx, tx, other); fault.Is(err, fault.Missing) {
			return fault.In("other", "cases.relate.missing")
		} else if err != nil {
			return err
		}
		if err := relate(ctx, tx, id, other, note, true); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.relate", Subject(id), "other", Number(other))
	})
}

// Part undoes Relate.
func (d *Desk) Part(ctx context.Context, by auth.Actor, id, other voice.CaseID) error {
	return d.work(ctx, by, id, func(tx *store.Tx, _ Case) error {
		if err := relate(ctx, tx, id, other, "", false); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.part", Subject(id), "other", Number(other))
	})
}

// Related lists the cases that belong together with this one, newest first.
func (d *Desk) Related(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Relative, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Relative, error) {
		if _, err := d.CaseIn(ctx, tx, by, id); err != nil {
			return nil, err
		}
		return listRelated(ctx, tx, id, by.Can(voice.See))
	})
}

// History reads a page of the book about a case, newest first; before is the last
// line of the page before.
func (d *Desk) History(ctx context.Context, by auth.Actor, id voice.CaseID, before string) ([]audit.Line, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]audit.Line, error) {
		return audit.Read(ctx, tx, audit.Query{Subject: Subject(id), Before: before})
	})
}
