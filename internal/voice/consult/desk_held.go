package consult

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Holds reports whether a member was ever asked: then the register must keep them,
// for what they said stands under their name.
func (d *Desk) Holds(ctx context.Context, tx *store.Tx, id members.ID) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM consult_invitations WHERE member = $1 LIMIT 1) AS one`, id).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("consult: holds %s: %w", id, err)
	}
	return n > 0, nil
}
