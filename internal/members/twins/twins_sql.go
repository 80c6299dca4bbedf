package twins

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func putApart(ctx context.Context, tx *store.Tx, a, b members.ID) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO twins_apart (a, b) VALUES ($1, $2) ON CONFLICT DO NOTHING`, min(a, b), max(a, b))
	if err != nil {
		return fmt.Errorf("twins: put apart: %w", err)
	}
	return nil
}

func pairsApart(ctx context.Context, tx *store.Tx) (map[[2]members.ID]bool, error) {
	pairs := map[[2]members.ID]bool{}
	_, err := store.List(ctx, tx, func(row store.Scanner) (none struct{}, err error) {
		var a, b members.ID
		err = row.Scan(&a, &b)
		pairs[[2]members.ID{a, b}] = true
		return none, err
	}, `SELECT a, b FROM twins_apart`)
	if err != nil {
		return nil, fmt.Errorf("twins: pairs apart: %w", err)
	}
	return pairs, nil
}

// forget forgets from whom one who is merged was told apart.
func forget(ctx context.Context, tx *store.Tx, from, _ members.ID) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM twins_apart WHERE a = $1 OR b = $1`, from); err != nil {
		return fmt.Errorf("twins: forget %s: %w", from, err)
	}
	return nil
}
