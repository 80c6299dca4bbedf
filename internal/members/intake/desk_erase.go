package intake

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Holder has imports forget whom they could bring back: an upload that is not written,
// and how entries were before one that is. After an erasure no import can be undone.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "imports", Erase: func(ctx context.Context, tx *store.Tx, _ members.ID) error {
		for _, s := range []string{
			`UPDATE imports SET state = 'dropped', choices = '{}', mapping = '{}' WHERE state = 'open'`,
			`UPDATE imports SET upload = '' WHERE state NOT IN ('waiting', 'undoing')`, `DELETE FROM import_rows`,
		} {
			if _, err := tx.ExecContext(ctx, s); err != nil {
				return fmt.Errorf("intake: erase: %w", err)
			}
		}
		return nil
	}}
}
