package circular

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func addCircular(ctx context.Context, tx *store.Tx, c Circular) error {
	to, err := json.Marshal(c.To)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO circulars (id, subject, body, chosen, by_user, by_name, reply_to, made, job, cursor, over, letters)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 0, 0)`,
			c.ID, c.Subject, c.Body, string(to), c.By, c.ByName, c.ReplyTo, store.Time(c.Made), c.Job)
	}
	if err != nil {
		return fmt.Errorf("circular: add %s: %w", c.ID, err)
	}
	return nil
}

func getCircular(ctx context.Context, tx *store.Tx, id string) (c Circular, err error) {
	var to, made string
	err = tx.QueryRowContext(ctx, `
		SELECT id, subject, body, chosen, by_user, by_name, reply_to, made, job, cursor, over, letters FROM circulars WHERE id = $1`, id).
		Scan(&c.ID, &c.Subject, &c.Body, &to, &c.By, &c.ByName, &c.ReplyTo, &made, &c.Job, &c.cursor, &c.Over, &c.Letters)
	if store.Missing(err) {
		return c, fault.New(fault.Missing, "members.circular.missing")
	}
	if err == nil {
		c.Made, err = store.ParseTime(made)
		err = errors.Join(err, json.Unmarshal([]byte(to), &c.To))
	}
	if err != nil {
		return c, fmt.Errorf("circular: get %s: %w", id, err)
	}
	return c, nil
}

func stepCircular(ctx context.Context, tx *store.Tx, c Circular) error {
	_, err := tx.ExecContext(ctx, `UPDATE circulars SET cursor = $2, over = $3, letters = $4 WHERE id = $1`, c.ID, c.cursor, store.Bit(c.Over), c.Letters)
	if err != nil {
		return fmt.Errorf("circular: step of %s: %w", c.ID, err)
	}
	return nil
}

// first notes that the address gets the circular; false if it has got it.
func first(ctx context.Context, tx *store.Tx, circular, email string) (bool, error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO circular_addresses (circular, email) VALUES ($1, $2) ON CONFLICT DO NOTHING`, circular, email)
	if err != nil {
		return false, fmt.Errorf("circular: address: %w", err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// A Got is a circular that somebody got.
type Got struct {
	Subject string `json:"subject"`
	Made    string `json:"made"`
}

// sentTo lists the circulars that went to an address.
func sentTo(ctx context.Context, tx *store.Tx, email string) ([]Got, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (g Got, err error) { return g, row.Scan(&g.Subject, &g.Made) },
		`SELECT c.subject, c.made FROM circular_addresses a JOIN circulars c ON c.id = a.circular WHERE a.email = $1 ORDER BY c.made, c.id`, email)
	if err != nil {
		return nil, fmt.Errorf("circular: sent to: %w", err)
	}
	return list, nil
}

// forget takes an address out of all circulars.
func forget(ctx context.Context, tx *store.Tx, email string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM circular_addresses WHERE email = $1`, email); err != nil {
		return fmt.Errorf("circular: forget: %w", err)
	}
	return nil
}
