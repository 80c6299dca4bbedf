package corpus

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

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
