package proof

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func putRule(ctx context.Context, tx *store.Tx, r Rule) error {
	text, err := json.Marshal(r)
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO proof_rules (id, rule, made) VALUES ($1, $2, $3)`, r.Key, string(text), store.Time(tx.Now))
	}
	if err != nil {
		return fmt.Errorf("proof: put rule %s: %w", r.Key, err)
	}
	return nil
}

// ownRules are those of the office, the oldest first.
func ownRules(ctx context.Context, tx *store.Tx) ([]Rule, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (r Rule, err error) {
		var text string
		if err := row.Scan(&text); err != nil {
			return r, err
		}
		return r, json.Unmarshal([]byte(text), &r)
	}, `SELECT rule FROM proof_rules ORDER BY made, id`)
	if err != nil {
		return nil, fmt.Errorf("proof: rules: %w", err)
	}
	return list, nil
}

func dropRule(ctx context.Context, tx *store.Tx, key string) error {
	gone, err := tx.ExecContext(ctx, `DELETE FROM proof_rules WHERE id = $1`, key)
	if err != nil {
		return fmt.Errorf("proof: drop rule %s: %w", key, err)
	}
	if n, err := gone.RowsAffected(); err != nil || n == 0 {
		return fault.New(fault.Missing, "proof.rule.missing")
	}
	return nil
}
