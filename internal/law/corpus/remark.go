package corpus

import (
	"context"
	"fmt"
	"time"

	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Remark is what the office says beside a provision of a version: why it reads
// so, what it lacks. It is as public as the version.
type Remark struct {
	Text string
	Name string // who wrote it
	At   time.Time
}

// MaxRemark is the most that a remark may weigh, in bytes.
const MaxRemark = 4000

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

func putRemark(ctx context.Context, tx *store.Tx, at law.Address, words, name string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM law_remarks WHERE version = $1 AND provision = $2`, at.Version, at.Provision)
	if err == nil && !fault.Empty(words) {
		_, err = tx.ExecContext(ctx, `INSERT INTO law_remarks (version, provision, words, name, at) VALUES ($1, $2, $3, $4, $5)`,
			at.Version, at.Provision, words, name, store.Time(tx.Now))
	}
	if err != nil {
		return fmt.Errorf("corpus: put remark at %s: %w", at, err)
	}
	return nil
}

func getRemarks(ctx context.Context, tx *store.Tx, id law.VersionID) (map[string]Remark, error) {
	remarks := map[string]Remark{}
	_, err := store.List(ctx, tx, func(s store.Scanner) (none struct{}, err error) {
		var r Remark
		var provision, at string
		if err = s.Scan(&provision, &r.Text, &r.Name, &at); err == nil {
			r.At, err = store.ParseTime(at)
		}
		remarks[provision] = r
		return none, err
	}, `SELECT provision, words, name, at FROM law_remarks WHERE version = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("corpus: get remarks of %s: %w", id, err)
	}
	return remarks, nil
}
