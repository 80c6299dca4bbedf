package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Forget strikes words out of the book, and the name of an account wherever it did
// something: that it was done stays. It is for the erasure of a person only.
func Forget(ctx context.Context, tx *store.Tx, who auth.UserID, words []string) error {
	if who != "" {
		if _, err := tx.ExecContext(ctx, `UPDATE audit_lines SET name = $2 WHERE who = $1`, who, store.Erased); err != nil {
			return fmt.Errorf("audit: forget %s: %w", who, err)
		}
	}
	var args []any
	list, err := store.List(ctx, tx, readLine, `
		SELECT id, at, who, name, deed, subject, detail FROM audit_lines WHERE `+store.Holding(&args, words, "name", "detail"), args...)
	if err != nil {
		return fmt.Errorf("audit: forget: %w", err)
	}
	for _, l := range list {
		for key, said := range l.Detail {
			l.Detail[key] = store.Struck(said, words)
		}
		whole, err := json.Marshal(l.Detail)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE audit_lines SET name = $2, detail = $3 WHERE id = $1`, l.ID, store.Struck(l.Name, words), string(whole))
		}
		if err != nil {
			return fmt.Errorf("audit: forget in %s: %w", l.ID, err)
		}
	}
	return nil
}

// Old counts the lines from before the instant that still say who did it.
func Old(ctx context.Context, tx *store.Tx, before time.Time) (n int, err error) {
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM audit_lines WHERE at < $1 AND (name <> '' OR detail <> '{}')`, store.Time(before)).Scan(&n); err != nil {
		return 0, fmt.Errorf("audit: old: %w", err)
	}
	return n, nil
}

// Fade takes out of the lines from before the instant who did it and the details; what
// was done, when and to what stays.
func Fade(ctx context.Context, tx *store.Tx, before time.Time) error {
	if _, err := tx.ExecContext(ctx, `UPDATE audit_lines SET who = '', name = '', detail = '{}' WHERE at < $1`, store.Time(before)); err != nil {
		return fmt.Errorf("audit: fade: %w", err)
	}
	return nil
}
