// Package kept reads and writes things that are kept as JSON in the last column of
// their row, beside the columns by which they are found. A thing is a struct whose
// fields come and go without a migration.
package kept

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// whole reads a thing from the one column of a row.
func whole[T any](row store.Scanner) (one T, err error) {
	var text string
	if err := row.Scan(&text); err != nil {
		return one, err
	}
	return one, json.Unmarshal([]byte(text), &one)
}

// One reads one thing, or returns a Missing fault with the key. The query selects
// the column of the JSON alone.
func One[T any](ctx context.Context, tx *store.Tx, missing, query string, args ...any) (T, error) {
	it, err := whole[T](tx.QueryRowContext(ctx, query, args...))
	if store.Missing(err) {
		return it, fault.New(fault.Missing, missing)
	}
	if err != nil {
		return it, fmt.Errorf("kept: read %T: %w", it, err)
	}
	return it, nil
}

// List reads things. The query selects the column of the JSON alone.
func List[T any](ctx context.Context, tx *store.Tx, query string, args ...any) ([]T, error) {
	them, err := store.List(ctx, tx, whole[T], query, args...)
	if err != nil {
		return nil, fmt.Errorf("kept: list %T: %w", them, err)
	}
	return them, nil
}

// Write runs a statement whose last argument is the thing.
func Write(ctx context.Context, tx *store.Tx, query string, it any, args ...any) error {
	text, err := json.Marshal(it)
	if err == nil {
		_, err = tx.ExecContext(ctx, query, append(args, string(text))...)
	}
	if err != nil {
		return fmt.Errorf("kept: write %T: %w", it, err)
	}
	return nil
}

// Run runs a statement.
func Run(ctx context.Context, tx *store.Tx, query string, args ...any) error {
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("kept: run: %w", err)
	}
	return nil
}

// Number reads one whole number.
func Number(ctx context.Context, tx *store.Tx, query string, args ...any) (n int, err error) {
	if err := tx.QueryRowContext(ctx, query, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("kept: count: %w", err)
	}
	return n, nil
}
