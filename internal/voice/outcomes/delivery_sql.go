package outcomes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const deliveryColumns = `id, case_id, position, version, body, recipient, address, channel, sent_on, clock, due_on, due_rule, due_force,
	proofs, note, answered, by_is, made, papers`

func readDelivery(row store.Scanner) (d Delivery, err error) {
	var sent, due, proofs, answered, made, papers string
	err = row.Scan(&d.ID, &d.Case, &d.Position, &d.Version, &d.Body, &d.To, &d.Address, &d.Channel, &sent, &d.Clock, &due, &d.DueRule, &d.DueForce,
		&proofs, &d.Note, &answered, &d.ByIs, &made, &papers)
	if err != nil {
		return d, err
	}
	var e1, e2, e3, e4 error
	d.SentOn, e1 = civil.Parse(sent)
	d.DueOn, e2 = civil.Parse(due)
	d.Answered, e3 = civil.Parse(answered)
	d.Made, e4 = store.ParseTime(made)
	return d, errors.Join(e1, e2, e3, e4, json.Unmarshal([]byte(proofs), &d.Proofs), json.Unmarshal([]byte(papers), &d.Papers))
}

// putDelivery writes d, over the one of the same ID if there is one.
func putDelivery(ctx context.Context, tx *store.Tx, d Delivery) error {
	papers, e1 := json.Marshal(d.Papers)
	proofs, e2 := json.Marshal(d.Proofs)
	err := errors.Join(e1, e2)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO deliveries (`+deliveryColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
			ON CONFLICT (id) DO UPDATE SET
				position = excluded.position, version = excluded.version, body = excluded.body, recipient = excluded.recipient,
				address = excluded.address, channel = excluded.channel, sent_on = excluded.sent_on, clock = excluded.clock,
				due_on = excluded.due_on, due_rule = excluded.due_rule, due_force = excluded.due_force, proofs = excluded.proofs,
				note = excluded.note, answered = excluded.answered, papers = excluded.papers`,
			d.ID, d.Case, d.Position, d.Version, d.Body, d.To, d.Address, d.Channel, d.SentOn.String(), d.Clock, d.DueOn.String(), d.DueRule,
			d.DueForce, string(proofs), d.Note, d.Answered.String(), d.ByIs, store.Time(d.Made), string(papers))
	}
	if err != nil {
		return fmt.Errorf("outcomes: put delivery %s: %w", d.ID, err)
	}
	return nil
}

func getDelivery(ctx context.Context, tx *store.Tx, id ID) (Delivery, error) {
	d, err := readDelivery(tx.QueryRowContext(ctx, `SELECT `+deliveryColumns+` FROM deliveries WHERE id = $1`, id))
	switch {
	case store.Missing(err):
		return d, fault.New(fault.Missing, "outcomes.delivery.missing")
	case err != nil:
		return d, fmt.Errorf("outcomes: get delivery %s: %w", id, err)
	}
	return d, nil
}

// listDeliveries reads the deliveries of a case, newest first.
func listDeliveries(ctx context.Context, tx *store.Tx, id voice.CaseID) ([]Delivery, error) {
	list, err := store.List(ctx, tx, readDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE case_id = $1 ORDER BY made DESC LIMIT 500`, id)
	if err != nil {
		return nil, fmt.Errorf("outcomes: deliveries of %s: %w", id, err)
	}
	return list, nil
}

func dropDelivery(ctx context.Context, tx *store.Tx, id ID) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM deliveries WHERE id = $1`, id); err != nil {
		return fmt.Errorf("outcomes: drop delivery %s: %w", id, err)
	}
	return nil
}

// waiting counts the deliveries of a case that wait for an answer.
func waiting(ctx context.Context, tx *store.Tx, id voice.CaseID) (n int, err error) {
	err = tx.QueryRowContext(ctx, `
		SELECT COUNT(*) FROM deliveries WHERE case_id = $1 AND sent_on <> '' AND due_on <> '' AND answered = ''`, id).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("outcomes: waiting of %s: %w", id, err)
	}
	return n, nil
}

// papersOf reads where positions keeps the papers of a frozen version.
func papersOf(ctx context.Context, tx *store.Tx, id voice.PositionID, version int) ([]Paper, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (p Paper, err error) {
		return p, row.Scan(&p.Kind, &p.Lang, &p.Format, &p.Blob, &p.Size)
	}, `SELECT kind, lang, format, blob, size FROM position_papers WHERE id = $1 AND version = $2 AND blob <> ''`, id, version)
	if err != nil {
		return nil, fmt.Errorf("outcomes: papers of %s: %w", id, err)
	}
	return list, nil
}

const answerColumns = `id, case_id, delivery, sender, day, channel, tenor, summary, file, by_is, made`

func readAnswer(row store.Scanner) (a Answer, err error) {
	var day, file, made string
	if err = row.Scan(&a.ID, &a.Case, &a.Delivery, &a.From, &day, &a.Channel, &a.Tenor, &a.Summary, &file, &a.ByIs, &made); err != nil {
		return a, err
	}
	var e1, e2 error
	a.On, e1 = civil.Parse(day)
	a.Made, e2 = store.ParseTime(made)
	return a, errors.Join(e1, e2, json.Unmarshal([]byte(file), &a.File))
}

func putAnswer(ctx context.Context, tx *store.Tx, a Answer) error {
	file, err := json.Marshal(a.File)
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO answers (`+answerColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			a.ID, a.Case, a.Delivery, a.From, a.On.String(), a.Channel, a.Tenor, a.Summary, string(file), a.ByIs, store.Time(a.Made))
	}
	if err != nil {
		return fmt.Errorf("outcomes: put answer %s: %w", a.ID, err)
	}
	return nil
}

func getAnswer(ctx context.Context, tx *store.Tx, id ID) (Answer, error) {
	a, err := readAnswer(tx.QueryRowContext(ctx, `SELECT `+answerColumns+` FROM answers WHERE id = $1`, id))
	switch {
	case store.Missing(err):
		return a, fault.New(fault.Missing, "outcomes.answer.missing")
	case err != nil:
		return a, fmt.Errorf("outcomes: get answer %s: %w", id, err)
	}
	return a, nil
}

// listAnswers reads the answers of a case, newest first.
func listAnswers(ctx context.Context, tx *store.Tx, id voice.CaseID) ([]Answer, error) {
	list, err := store.List(ctx, tx, readAnswer, `SELECT `+answerColumns+` FROM answers WHERE case_id = $1 ORDER BY day DESC, id DESC LIMIT 500`, id)
	if err != nil {
		return nil, fmt.Errorf("outcomes: answers of %s: %w", id, err)
	}
	return list, nil
}

func dropAnswer(ctx context.Context, tx *store.Tx, id ID) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM answers WHERE id = $1`, id); err != nil {
		return fmt.Errorf("outcomes: drop answer %s: %w", id, err)
	}
	return nil
}

// firstAnswer is the day of the first answer that ends the silence about a
// delivery, or none.
func firstAnswer(ctx context.Context, tx *store.Tx, id ID) (civil.Date, error) {
	var day string
	err := tx.QueryRowContext(ctx, `
		SELECT COALESCE(MIN(day), '') FROM answers WHERE delivery = $1 AND tenor IN ($2, $3, $4)`, id, Replied, Refused, NewText).Scan(&day)
	if err != nil {
		return civil.Date{}, fmt.Errorf("outcomes: first answer to %s: %w", id, err)
	}
	return civil.Parse(day)
}
