package cases

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

func putText(ctx context.Context, tx *store.Tx, t Text) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO case_texts (case_id, version, role, label, day) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (case_id, version) DO UPDATE SET role = excluded.role, label = excluded.label, day = excluded.day`,
		t.Case, t.Version, t.Role, t.Label, t.On.String())
	if err != nil {
		return fmt.Errorf("cases: put text of %s: %w", t.Case, err)
	}
	return nil
}

func listTexts(ctx context.Context, tx *store.Tx, id voice.CaseID) ([]Text, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (t Text, err error) {
		var day string
		if err := row.Scan(&t.Case, &t.Version, &t.Role, &t.Label, &day); err != nil {
			return t, err
		}
		t.On, err = civil.Parse(day)
		return t, err
	}, `SELECT case_id, version, role, label, day FROM case_texts WHERE case_id = $1 ORDER BY day, version`, id)
	if err != nil {
		return nil, fmt.Errorf("cases: texts of %s: %w", id, err)
	}
	return list, nil
}
