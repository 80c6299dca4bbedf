package consult

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Notice is a consultation that anyone may see, with what its case is called
// and how much it asks. Asked is empty.
type Notice struct {
	Consultation
	CaseIs     string
	Kind       procedure.Kind // of the case
	Provisions int
}

// PublicOpen lists the public consultations that take answers on the day, those
// that close first at the head.
func (d *Desk) PublicOpen(ctx context.Context, today civil.Date, limit int) ([]Notice, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Notice, error) {
		return listNotices(ctx, tx, `state = 'open' AND opens <= $1 AND closes >= $1`, `closes, id`, limit, today.String())
	})
}

// Public lists the public consultations, open and closed, newest first.
func (d *Desk) Public(ctx context.Context, limit int) ([]Notice, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Notice, error) {
		return listNotices(ctx, tx, `state <> 'prepared'`, `id DESC`, limit)
	})
}
