package members

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func listDetails(ctx context.Context, tx *store.Tx) (detailList, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (d Detail, err error) {
		var choices string
		err = row.Scan(&d.ID, &d.Label, &d.Hint, &d.Form, &choices, &d.Seen, &d.Kind, &d.Required, &d.Closed, &d.Place)
		return d, errors.Join(err, json.Unmarshal([]byte(choices), &d.Choices))
	}, `SELECT id, label, hint, form, choices, seen, kind, required, closed, place FROM details ORDER BY closed, place, id`)
	if err != nil {
		return nil, fmt.Errorf("members: details: %w", err)
	}
	return list, nil
}

func putDetail(ctx context.Context, tx *store.Tx, d Detail) error {
	choices, err := json.Marshal(d.Choices)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO details (id, label, hint, form, choices, seen, kind, required, closed, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			ON CONFLICT (id) DO UPDATE SET label = excluded.label, hint = excluded.hint, choices = excluded.choices, seen = excluded.seen,
				kind = excluded.kind, required = excluded.required, closed = excluded.closed, place = excluded.place`,
			d.ID, d.Label, d.Hint, d.Form, string(choices), d.Seen, d.Kind, store.Bit(d.Required), store.Bit(d.Closed), d.Place)
	}
	switch {
	case store.Taken(err):
		return fault.In("label", "members.detail.taken")
	case err != nil:
		return fmt.Errorf("members: put detail %s: %w", d.ID, err)
	}
	return nil
}

// dropDetail takes a detail out that nobody has a value of.
func dropDetail(ctx context.Context, tx *store.Tx, id DetailID) error {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM detail_values WHERE detail = $1 LIMIT 1) a`, id).Scan(&n); err != nil {
		return fmt.Errorf("members: drop detail %s: %w", id, err)
	}
	if n > 0 {
		return fault.New(fault.Conflict, "members.detail.used")
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM details WHERE id = $1`, id); err != nil {
		return fmt.Errorf("members: drop detail %s: %w", id, err)
	}
	return nil
}

// detailsOf reads the details of each of the members.
func detailsOf(ctx context.Context, tx *store.Tx, ids ...ID) (map[ID]Details, error) {
	of := make(map[ID]Details, len(ids))
	if len(ids) == 0 {
		return of, nil
	}
	c := &clause{}
	_, err := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var id ID
		var detail DetailID
		var value string
		err := row.Scan(&id, &detail, &value)
		if of[id] == nil {
			of[id] = Details{}
		}
		of[id][detail] = value
		return struct{}{}, err
	}, `SELECT member, detail, value FROM detail_values WHERE member IN (`+values(c, ids)+`)`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: details of members: %w", err)
	}
	return of, nil
}

// putDetails writes the details that are given, and takes out the empty ones. A value
// must be as Detail.Read gives it.
func putDetails(ctx context.Context, tx *store.Tx, id ID, given Details) error {
	for _, detail := range slices.Sorted(maps.Keys(given)) {
		var err error
		if given[detail] == "" {
			_, err = tx.ExecContext(ctx, `DELETE FROM detail_values WHERE member = $1 AND detail = $2`, id, detail)
		} else {
			_, err = tx.ExecContext(ctx, `
				INSERT INTO detail_values (member, detail, value) VALUES ($1, $2, $3)
				ON CONFLICT (member, detail) DO UPDATE SET value = excluded.value`, id, detail, given[detail])
		}
		if err != nil {
			return fmt.Errorf("members: details of %s: %w", id, err)
		}
	}
	return nil
}
