package meetings

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// whole reads a thing that is kept as JSON in the one column of a row.
func whole[T any](row store.Scanner) (one T, err error) {
	var text string
	if err := row.Scan(&text); err != nil {
		return one, err
	}
	return one, json.Unmarshal([]byte(text), &one)
}

// one reads one thing, or returns a Missing fault with the key.
func one[T any](ctx context.Context, tx *store.Tx, missing, query string, args ...any) (T, error) {
	it, err := whole[T](tx.QueryRowContext(ctx, query, args...))
	if store.Missing(err) {
		return it, fault.New(fault.Missing, missing)
	}
	if err != nil {
		return it, fmt.Errorf("meetings: read: %w", err)
	}
	return it, nil
}

// list reads things.
func list[T any](ctx context.Context, tx *store.Tx, query string, args ...any) ([]T, error) {
	them, err := store.List(ctx, tx, whole[T], query, args...)
	if err != nil {
		return nil, fmt.Errorf("meetings: list: %w", err)
	}
	return them, nil
}

// write runs a statement whose last argument is a thing kept as JSON.
func write(ctx context.Context, tx *store.Tx, query string, it any, args ...any) error {
	text, err := json.Marshal(it)
	if err == nil {
		_, err = tx.ExecContext(ctx, query, append(args, string(text))...)
	}
	if err != nil {
		return fmt.Errorf("meetings: write: %w", err)
	}
	return nil
}

// run runs a statement.
func run(ctx context.Context, tx *store.Tx, query string, args ...any) error {
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("meetings: %w", err)
	}
	return nil
}

// number reads one whole number.
func number(ctx context.Context, tx *store.Tx, query string, args ...any) (n int, err error) {
	if err := tx.QueryRowContext(ctx, query, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("meetings: count: %w", err)
	}
	return n, nil
}
