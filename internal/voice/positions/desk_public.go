package positions

import (
	"context"
	"slices"

	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// PublicOf lists the frozen versions of the positions of a case that anyone may
// read, newest first.
func (d *Desk) PublicOf(ctx context.Context, id voice.CaseID) ([]Position, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Position, error) {
		list, err := listVersions(ctx, tx, id)
		return slices.DeleteFunc(list, func(p Position) bool { return !p.Public || !p.Stage.Done() }), err
	})
}
