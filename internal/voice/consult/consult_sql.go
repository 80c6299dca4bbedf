package consult

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const consultationColumns = `id, case_id, version, title, lead, opens, closes, state, public, audience, remind, made_at, revision,
	invited, opened, answered, declined, comments, unread`

func readConsultation(row store.Scanner) (c Consultation, err error) {
	var opens, closes, audience, remind, made string
	var public int
	err = row.Scan(&c.ID, &c.Case, &c.Version, &c.Title, &c.Lead, &opens, &closes, &c.State, &public, &audience, &remind, &made, &c.Revision,
		&c.Invited, &c.Opened, &c.Answered, &c.Declined, &c.Comments, &c.Unread)
	if err != nil {
		return c, err
	}
	c.Public = public != 0
	var e1, e2, e3 error
	c.Opens, e1 = civil.Parse(opens)
	c.Closes, e2 = civil.Parse(closes)
	c.Made, e3 = store.ParseTime(made)
	return c, errors.Join(e1, e2, e3, json.Unmarshal([]byte(audience), &c.Audience), json.Unmarshal([]byte(remind), &c.Remind))
}

// putConsultation writes c without its counters, over the one of the same ID.
func putConsultation(ctx context.Context, tx *store.Tx, c Consultation) error {
	audience, err := json.Marshal(c.Audience)
	if err != nil {
		return fmt.Errorf("consult: put %s: %w", c.ID, err)
	}
	if c.Remind == nil {
		c.Remind = []int{}
	}
	remind, err := json.Marshal(c.Remind)
	if err != nil {
		return fmt.Errorf("consult: put %s: %w", c.ID, err)
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO consultations (`+consultationColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, 0, 0, 0, 0)
		ON CONFLICT (id) DO UPDATE SET
			title = excluded.title, lead = excluded.lead, opens = excluded.opens, closes = excluded.closes, state = excluded.state,
			public = excluded.public, audience = excluded.audience, remind = excluded.remind, revision = excluded.revision`,
		c.ID, c.Case, c.Version, c.Title, c.Lead, c.Opens.String(), c.Closes.String(), c.State, store.Bit(c.Public), string(audience), string(remind),
		store.Time(c.Made), c.Revision)
	if err != nil {
		return fmt.Errorf("consult: put %s: %w", c.ID, err)
	}
	return nil
}

// getConsultation reads one with what it asks, or returns a Missing fault.
func getConsultation(ctx context.Context, tx *store.Tx, id voice.ConsultationID) (Consultation, error) {
	c, err := readConsultation(tx.QueryRowContext(ctx, `SELECT `+consultationColumns+` FROM consultations WHERE id = $1`, id))
	if store.Missing(err) {
		return c, fault.New(fault.Missing, "consult.missing")
	}
	if err == nil {
		c.Asked, err = listAsked(ctx, tx, `consultation = $1`, id)
	}
	if err != nil {
		return c, fmt.Errorf("consult: get %s: %w", id, err)
	}
	return c, nil
}

func listConsultations(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Consultation, error) {
	list, err := store.List(ctx, tx, readConsultation, `SELECT `+consultationColumns+` FROM consultations WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("consult: list: %w", err)
	}
	return list, nil
}

func putAsked(ctx context.Context, tx *store.Tx, id voice.ConsultationID, list []Asked) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM consult_asked WHERE consultation = $1`, id)
	for i, a := range list {
		if err != nil {
			break
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO consult_asked (consultation, provision, ord, title, explain, text, cite) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			id, a.Provision, i+1, a.Title, a.Explain, a.Text, a.Cite)
	}
	if err != nil {
		return fmt.Errorf("consult: put asked of %s: %w", id, err)
	}
	return nil
}

// listAsked reads provisions asked about, in order, with their tallies. The
// condition is on one consultation.
func listAsked(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Asked, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (a Asked, err error) {
		a.Tally = Tally{map[voice.Stance]int{}, map[voice.Stance]int{}}
		return a, row.Scan(&a.Provision, &a.Ord, &a.Title, &a.Explain, &a.Text, &a.Cite)
	}, `SELECT provision, ord, title, explain, text, cite FROM consult_asked WHERE `+where+` ORDER BY ord`, args...)
	if err != nil {
		return nil, err
	}
	at := map[string]Tally{}
	for _, a := range list {
		at[a.Provision] = a.Tally
	}
	_, err = store.List(ctx, tx, func(row store.Scanner) (_ struct{}, err error) {
		var provision string
		var kind members.Kind
		var stance voice.Stance
		var n int
		if err = row.Scan(&provision, &kind, &stance, &n); err != nil {
			return
		}
		if t, ok := at[provision]; ok {
			t.add(kind, stance, n)
		}
		return
	}, `SELECT provision, kind, stance, n FROM consult_tallies WHERE `+where, args...)
	return list, err
}

func (t Tally) add(kind members.Kind, s voice.Stance, n int) {
	if kind == members.Organisation {
		t.Organisations[s] += n
	} else {
		t.Persons[s] += n
	}
}

// A change of the counters of a consultation.
type change struct{ invited, opened, answered, declined, comments, unread int }

func countIn(ctx context.Context, tx *store.Tx, id voice.ConsultationID, n change) error {
	if n == (change{}) {
		return nil
	}
	_, err := tx.ExecContext(ctx, `
		UPDATE consultations SET invited = invited + $2, opened = opened + $3, answered = answered + $4, declined = declined + $5,
			comments = comments + $6, unread = unread + $7
		WHERE id = $1`, id, n.invited, n.opened, n.answered, n.declined, n.comments, n.unread)
	if err != nil {
		return fmt.Errorf("consult: count %s: %w", id, err)
	}
	return nil
}

func tallyIn(ctx context.Context, tx *store.Tx, c Comment, by int) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO consult_tallies (consultation, provision, kind, stance, n) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (consultation, provision, kind, stance) DO UPDATE SET n = consult_tallies.n + excluded.n`,
		c.Consultation, c.Provision, c.Kind, c.Stance, by)
	if err != nil {
		return fmt.Errorf("consult: tally %s: %w", c.Provision, err)
	}
	return nil
}
