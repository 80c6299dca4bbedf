package mail

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// Forget empties the letters to an address, and strikes words out of letters to
// others. That a letter went, when and about what stays. What has not gone does not
// go any more. It is for the erasure of a person only.
func Forget(ctx context.Context, tx *store.Tx, address string, words []string) error {
	if address != "" {
		for _, s := range []string{
			`UPDATE mail_letters SET state = 'refused' WHERE lower(to_address) = $1 AND state IN ('queued', 'waiting')`,
			`UPDATE mail_letters SET to_address = '', to_name = '', subject = '', text = '', html = '', calendar = '', files = '', reply_to = '', unsubscribe = '', words = '' WHERE lower(to_address) = $1`,
		} {
			if _, err := tx.ExecContext(ctx, s, address); err != nil {
				return fmt.Errorf("mail: forget: %w", err)
			}
		}
	}
	var args []any
	list, err := store.List(ctx, tx, readEntry, `SELECT `+entryColumns+` FROM mail_letters WHERE `+
		store.Holding(&args, words, "to_name", "subject", "text", "html", "calendar", "files", "words"), args...)
	if err != nil {
		return fmt.Errorf("mail: forget: %w", err)
	}
	for _, e := range list {
		files := ""
		if len(e.Files) > 0 {
			whole, err := json.Marshal(e.Files)
			if err != nil {
				return fmt.Errorf("mail: forget in %s: %w", e.ID, err)
			}
			files = string(whole)
		}
		_, err := tx.ExecContext(ctx, `UPDATE mail_letters SET to_name = $2, subject = $3, text = $4, html = $5, words = $6, calendar = $7, files = $8 WHERE id = $1`, e.ID,
			store.Struck(e.ToName, words), store.Struck(e.Subject, words), store.Struck(e.Text, words), store.Struck(e.HTML, words), store.Struck(e.Words, words), store.Struck(e.Calendar, words), store.Struck(files, words))
		if err != nil {
			return fmt.Errorf("mail: forget in %s: %w", e.ID, err)
		}
	}
	return nil
}

// Detach takes the files away from letters about a subject that are over, and returns
// their hashes. It is for the erasure of a person only.
func Detach(ctx context.Context, tx *store.Tx, about string) (hashes []string, err error) {
	list, err := store.List(ctx, tx, readEntry, `SELECT `+entryColumns+` FROM mail_letters WHERE about = $1 AND files <> '' AND state IN ('sent', 'refused', 'kept')`, about)
	if err != nil {
		return nil, fmt.Errorf("mail: detach: %w", err)
	}
	for _, e := range list {
		for _, f := range e.Files {
			hashes = append(hashes, f.Hash)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE mail_letters SET files = '' WHERE id = $1`, e.ID); err != nil {
			return nil, fmt.Errorf("mail: detach from %s: %w", e.ID, err)
		}
	}
	return hashes, nil
}

// Old counts the letters over since before the instant whose words are still kept.
func Old(ctx context.Context, tx *store.Tx, before time.Time) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM mail_letters WHERE `+over, store.Time(before)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("mail: old: %w", err)
	}
	return n, nil
}

const over = `state IN ('sent', 'refused', 'kept') AND state_at < $1 AND (text <> '' OR to_address <> '')`

// Empty takes the words and the address out of letters over since before the
// instant: what stays is that one went, when, and about what.
func Empty(ctx context.Context, tx *store.Tx, before time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE mail_letters SET to_address = '', to_name = '', subject = '', text = '', html = '', calendar = '', files = '', reply_to = '', unsubscribe = '', words = '' WHERE `+over, store.Time(before))
	if err != nil {
		return fmt.Errorf("mail: empty: %w", err)
	}
	return nil
}

// To lists the letters to an address with their words, for whom they were written to.
func To(ctx context.Context, tx *store.Tx, address string) ([]Entry, error) {
	list, err := store.List(ctx, tx, readEntry, `SELECT `+entryColumns+` FROM mail_letters WHERE lower(to_address) = $1 ORDER BY id`, strings.ToLower(address))
	if err != nil {
		return nil, fmt.Errorf("mail: to an address: %w", err)
	}
	return list, nil
}
