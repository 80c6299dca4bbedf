package admission

import (
	"context"
	"fmt"
	"time"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const attachmentColumns = `id, application, hash, name, type, size, made`

func readAttachment(row store.Scanner) (a Attachment, err error) {
	var made string
	if err := row.Scan(&a.ID, &a.Of, &a.Hash, &a.Name, &a.Type, &a.Size, &made); err != nil {
		return a, err
	}
	a.Made, err = store.ParseTime(made)
	return a, err
}

func addAttachment(ctx context.Context, tx *store.Tx, a Attachment, ord int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO application_files (`+attachmentColumns+`, ord) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.ID, a.Of, a.Hash, a.Name, a.Type, a.Size, store.Time(a.Made), ord)
	if err != nil {
		return fmt.Errorf("admission: attach: %w", err)
	}
	return nil
}

// attachmentsOf are the files of an application, in the order in which they came.
func attachmentsOf(ctx context.Context, tx *store.Tx, of ID) ([]Attachment, error) {
	return attachmentsWhere(ctx, tx, `application = $1 ORDER BY ord, id`, of)
}

func attachmentsWhere(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Attachment, error) {
	list, err := store.List(ctx, tx, readAttachment, `SELECT `+attachmentColumns+` FROM application_files WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("admission: attachments: %w", err)
	}
	return list, nil
}

// held reads a file that waits for its form, or returns a Missing fault.
func held(ctx context.Context, tx *store.Tx, id string) (Attachment, error) {
	list, err := attachmentsWhere(ctx, tx, `id = $1 AND application = ''`, id)
	if err == nil && len(list) == 0 {
		return Attachment{}, fault.New(fault.Missing, "admission.file.missing")
	}
	if err != nil {
		return Attachment{}, err
	}
	return list[0], nil
}

// claim makes a file that waits be of the application.
func claim(ctx context.Context, tx *store.Tx, id string, of ID, ord int) error {
	if _, err := tx.ExecContext(ctx, `UPDATE application_files SET application = $2, ord = $3 WHERE id = $1 AND application = ''`, id, of, ord); err != nil {
		return fmt.Errorf("admission: claim: %w", err)
	}
	return nil
}

func countHeld(ctx context.Context, tx *store.Tx) (n int, err error) {
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM application_files WHERE application = ''`).Scan(&n); err != nil {
		return 0, fmt.Errorf("admission: held: %w", err)
	}
	return n, nil
}

// dropAttachments takes out files, and gives the hashes of what they hold.
func dropAttachments(ctx context.Context, tx *store.Tx, where string, args ...any) ([]string, error) {
	list, err := attachmentsWhere(ctx, tx, where, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	var hashes []string
	for _, a := range list {
		hashes = append(hashes, a.Hash)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM application_files WHERE `+where, args...); err != nil {
		return nil, fmt.Errorf("admission: drop attachments: %w", err)
	}
	return hashes, nil
}

// stale are files whose form was never sent, or whose application is gone.
func stale(ctx context.Context, tx *store.Tx, before time.Time) ([]string, error) {
	return dropAttachments(ctx, tx, `application = '' AND made < $1 OR application <> '' AND NOT EXISTS (SELECT 1 FROM applications a WHERE a.id = application_files.application)`, store.Time(before))
}

// attached reports whether any application, or any form, still has the file.
func attached(ctx context.Context, tx *store.Tx, hash string) (bool, error) {
	list, err := attachmentsWhere(ctx, tx, `hash = $1 LIMIT 1`, hash)
	return len(list) > 0, err
}
