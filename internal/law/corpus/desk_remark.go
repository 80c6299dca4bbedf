package corpus

import (
	"context"

	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Remark writes a remark, over the one that is there; an empty text takes it away.
func (d *Desk) Remark(ctx context.Context, by auth.Actor, at law.Address, words string) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	if words = plain(words); len(words) > MaxRemark {
		return fault.In("words", "law.remark.too_big", "most", MaxRemark)
	}
	if _, err := d.Provisions(ctx, by, at.Version, at.Provision); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := putRemark(ctx, tx, at, words, by.Name); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "law.remarked", "version/"+string(at.Version), "provision", at.Provision)
	})
}

// Remarks returns the remarks on a version, by the ID of the provision.
func (d *Desk) Remarks(ctx context.Context, by auth.Actor, id law.VersionID) (map[string]Remark, error) {
	if _, err := d.Version(ctx, by, id); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (map[string]Remark, error) { return getRemarks(ctx, tx, id) })
}
