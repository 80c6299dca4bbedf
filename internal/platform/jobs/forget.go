package jobs

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// Forget strikes words out of jobs that are over. It is for the erasure of a person
// only.
func Forget(ctx context.Context, tx *store.Tx, words []string) error {
	type row struct{ id, args, words string }
	var args []any
	list, err := store.List(ctx, tx, func(s store.Scanner) (r row, err error) { return r, s.Scan(&r.id, &r.args, &r.words) },
		`SELECT id, args, words FROM jobs WHERE state IN ('done', 'failed', 'cancelled') AND `+store.Holding(&args, words, "args", "words"), args...)
	if err != nil {
		return fmt.Errorf("jobs: forget: %w", err)
	}
	for _, r := range list {
		if _, err := tx.ExecContext(ctx, `UPDATE jobs SET args = $2, words = $3 WHERE id = $1`, r.id, store.Struck(r.args, words), store.Struck(r.words, words)); err != nil {
			return fmt.Errorf("jobs: forget in %s: %w", r.id, err)
		}
	}
	return nil
}
