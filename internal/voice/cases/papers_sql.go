package cases

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const contactColumns = `id, case_id, day, ours, official, office, organisation, place, channel, field, aim, attachments, who_is`

func readContact(row store.Scanner) (c Contact, err error) {
	var day string
	err = row.Scan(&c.ID, &c.Case, &day, &c.Ours, &c.Official, &c.Office, &c.Organisation, &c.Place, &c.Channel, &c.Field, &c.Aim, &c.Attachments, &c.WhoIs)
	if err != nil {
		return c, err
	}
	c.On, err = civil.Parse(day)
	return c, err
}

func putContact(ctx context.Context, tx *store.Tx, c Contact) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO case_contacts (`+contactColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		c.ID, c.Case, c.On.String(), c.Ours, c.Official, c.Office, c.Organisation, c.Place, c.Channel, c.Field, c.Aim, c.Attachments, c.WhoIs)
	if err != nil {
		return fmt.Errorf("cases: put contact of %s: %w", c.Case, err)
	}
	return nil
}

// mostPapers bounds what one page of a case shows.
const mostPapers = 500

func listContacts(ctx context.Context, tx *store.Tx, id voice.CaseID) ([]Contact, error) {
	list, err := store.List(ctx, tx, readContact, `
		SELECT `+contactColumns+` FROM case_contacts WHERE case_id = $1 ORDER BY day DESC, id DESC LIMIT $2`, id, mostPapers)
	if err != nil {
		return nil, fmt.Errorf("cases: contacts of %s: %w", id, err)
	}
	return list, nil
}

const evidenceColumns = `id, case_id, title, link, citation, note, who_is`

func readEvidence(row store.Scanner) (e Evidence, err error) {
	return e, row.Scan(&e.ID, &e.Case, &e.Title, &e.Link, &e.Citation, &e.Note, &e.WhoIs)
}

func putEvidence(ctx context.Context, tx *store.Tx, e Evidence) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO case_evidence (`+evidenceColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		e.ID, e.Case, e.Title, e.Link, e.Citation, e.Note, e.WhoIs)
	if err != nil {
		return fmt.Errorf("cases: put evidence of %s: %w", e.Case, err)
	}
	return nil
}

func listEvidence(ctx context.Context, tx *store.Tx, id voice.CaseID) ([]Evidence, error) {
	list, err := store.List(ctx, tx, readEvidence, `
		SELECT `+evidenceColumns+` FROM case_evidence WHERE case_id = $1 ORDER BY id DESC LIMIT $2`, id, mostPapers)
	if err != nil {
		return nil, fmt.Errorf("cases: evidence of %s: %w", id, err)
	}
	return list, nil
}

// relate joins two cases from both sides, or parts them.
func relate(ctx context.Context, tx *store.Tx, a, b voice.CaseID, note string, join bool) error {
	for _, pair := range [][2]voice.CaseID{{a, b}, {b, a}} {
		var err error
		if join {
			_, err = tx.ExecContext(ctx, `INSERT INTO case_related (case_id, other, note) VALUES ($1, $2, $3)
				ON CONFLICT (case_id, other) DO UPDATE SET note = excluded.note`, pair[0], pair[1], note)
		} else {
			_, err = tx.ExecContext(ctx, `DELETE FROM case_related WHERE case_id = $1 AND other = $2`, pair[0], pair[1])
		}
		if err != nil {
			return fmt.Errorf("cases: relate %s and %s: %w", a, b, err)
		}
	}
	return nil
}

func listRelated(ctx context.Context, tx *store.Tx, id voice.CaseID, known bool) ([]Relative, error) {
	notes, err := store.List(ctx, tx, func(row store.Scanner) (n [2]string, err error) { return n, row.Scan(&n[0], &n[1]) },
		`SELECT other, note FROM case_related WHERE case_id = $1 ORDER BY other DESC LIMIT $2`, id, mostPapers)
	if err != nil {
		return nil, fmt.Errorf("cases: related to %s: %w", id, err)
	}
	cases, err := store.List(ctx, tx, readCase, `SELECT `+caseColumns+` FROM cases
		WHERE id IN (SELECT other FROM case_related WHERE case_id = $1) AND (public = 1 OR CAST($2 AS BIGINT) = 1) ORDER BY id DESC`, id, store.Bit(known))
	if err != nil {
		return nil, fmt.Errorf("cases: related to %s: %w", id, err)
	}
	var list []Relative
	for _, c := range cases {
		r := Relative{Case: c}
		for _, n := range notes {
			if voice.CaseID(n[0]) == c.ID {
				r.Note = n[1]
			}
		}
		list = append(list, r)
	}
	return list, nil
}
