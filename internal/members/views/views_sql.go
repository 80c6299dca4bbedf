package views

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func listKept(ctx context.Context, tx *store.Tx, user auth.UserID) ([]Kept, error) {
	list, err := store.List(ctx, tx, readKept, `
		SELECT id, name, by_user, shared, filter, columns FROM kept_filters WHERE by_user = $1 OR shared = 1 ORDER BY sort_key, id`, user)
	if err != nil {
		return nil, fmt.Errorf("views: kept filters: %w", err)
	}
	return list, nil
}

func readKept(row store.Scanner) (k Kept, err error) {
	var filter, columns string
	err = row.Scan(&k.ID, &k.Name, &k.By, &k.Shared, &filter, &columns)
	k.Columns = strings.Fields(columns)
	return k, errors.Join(err, json.Unmarshal([]byte(filter), &k.Filter))
}

func getKept(ctx context.Context, tx *store.Tx, id string) (Kept, error) {
	k, err := readKept(tx.QueryRowContext(ctx, `SELECT id, name, by_user, shared, filter, columns FROM kept_filters WHERE id = $1`, id))
	if store.Missing(err) {
		return k, fault.New(fault.Missing, "members.kept.missing")
	}
	if err != nil {
		return k, fmt.Errorf("views: kept filter %s: %w", id, err)
	}
	return k, nil
}

func putKept(ctx context.Context, tx *store.Tx, k Kept) error {
	filter, err := json.Marshal(k.Filter)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO kept_filters (id, name, by_user, shared, filter, columns, sort_key) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, shared = excluded.shared, filter = excluded.filter, columns = excluded.columns, sort_key = excluded.sort_key`,
			k.ID, k.Name, k.By, store.Bit(k.Shared), string(filter), strings.Join(k.Columns, " "), textkit.SortKey(language.Slovenian, k.Name))
	}
	if err != nil {
		return fmt.Errorf("views: put kept filter %s: %w", k.ID, err)
	}
	return nil
}

func dropKept(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM kept_filters WHERE id = $1`, id); err != nil {
		return fmt.Errorf("views: drop kept filter %s: %w", id, err)
	}
	return nil
}

// chosen reads the columns that somebody chose for their lists; none if they did not.
func chosen(ctx context.Context, tx *store.Tx, user auth.UserID) ([]string, error) {
	var columns string
	err := tx.QueryRowContext(ctx, `SELECT columns FROM chosen_columns WHERE by_user = $1`, user).Scan(&columns)
	if err != nil && !store.Missing(err) {
		return nil, fmt.Errorf("views: columns of %s: %w", user, err)
	}
	return strings.Fields(columns), nil
}

func choose(ctx context.Context, tx *store.Tx, user auth.UserID, columns []string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO chosen_columns (by_user, columns) VALUES ($1, $2) ON CONFLICT (by_user) DO UPDATE SET columns = excluded.columns`, user, strings.Join(columns, " "))
	if err != nil {
		return fmt.Errorf("views: columns of %s: %w", user, err)
	}
	return nil
}
