package intake

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func putImport(ctx context.Context, tx *store.Tx, i Import) error {
	mapping, e1 := json.Marshal(i.Mapping)
	choices, e2 := json.Marshal(i.Choices)
	_, e3 := tx.ExecContext(ctx, `
		INSERT INTO imports (id, name, upload, state, by_user, by_name, made, mapping, choices, seen, done, added, changed, passed, job, wrong)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE SET upload = excluded.upload, state = excluded.state, mapping = excluded.mapping, choices = excluded.choices, seen = excluded.seen, done = excluded.done, added = excluded.added,
			changed = excluded.changed, passed = excluded.passed, job = excluded.job, wrong = excluded.wrong`,
		i.ID, i.Name, i.upload, i.State, i.By, i.ByName, store.Time(i.Made), string(mapping), string(choices), i.seen, i.done, i.Added, i.Changed, i.Passed, i.Job, i.Wrong)
	if err := errors.Join(e1, e2, e3); err != nil {
		return fmt.Errorf("intake: put import %s: %w", i.ID, err)
	}
	return nil
}

const importColumns = `id, name, upload, state, by_user, by_name, made, mapping, choices, seen, done, added, changed, passed, job, wrong`

func readImport(row store.Scanner) (i Import, err error) {
	var made, mapping, choices string
	err = row.Scan(&i.ID, &i.Name, &i.upload, &i.State, &i.By, &i.ByName, &made, &mapping, &choices, &i.seen, &i.done, &i.Added, &i.Changed, &i.Passed, &i.Job, &i.Wrong)
	if err != nil {
		return i, err
	}
	i.Made, err = store.ParseTime(made)
	return i, errors.Join(err, json.Unmarshal([]byte(mapping), &i.Mapping), json.Unmarshal([]byte(choices), &i.Choices))
}

// stepImport writes how far an import is that was read without its upload; over says
// that the upload is no longer needed.
func stepImport(ctx context.Context, tx *store.Tx, i Import, over bool) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE imports SET state = $2, done = $3, added = $4, changed = $5, passed = $6, job = $7, wrong = $8,
			upload = CASE WHEN $9 = 1 THEN '' ELSE upload END, choices = CASE WHEN $9 = 1 THEN 'null' ELSE choices END
		WHERE id = $1`, i.ID, i.State, i.done, i.Added, i.Changed, i.Passed, i.Job, i.Wrong, store.Bit(over))
	if err != nil {
		return fmt.Errorf("intake: step of import %s: %w", i.ID, err)
	}
	return nil
}

// farImport reads an import without its upload.
func farImport(ctx context.Context, tx *store.Tx, id string) (Import, error) {
	return oneImport(tx.QueryRowContext(ctx, `SELECT `+strings.Replace(importColumns, "upload", "''", 1)+` FROM imports WHERE id = $1`, id))
}

func getImport(ctx context.Context, tx *store.Tx, id string) (Import, error) {
	return oneImport(tx.QueryRowContext(ctx, `SELECT `+importColumns+` FROM imports WHERE id = $1`, id))
}

// lastImport reads the newest import that was written and stands.
func lastImport(ctx context.Context, tx *store.Tx) (Import, error) {
	return oneImport(tx.QueryRowContext(ctx, `SELECT `+importColumns+` FROM imports WHERE state = 'done' ORDER BY id DESC LIMIT 1`))
}

func oneImport(row store.Scanner) (Import, error) {
	i, err := readImport(row)
	if store.Missing(err) {
		return i, fault.New(fault.Missing, "members.import.missing")
	}
	if err != nil {
		return i, fmt.Errorf("intake: get import: %w", err)
	}
	return i, nil
}

// forgetImports takes out what older imports hold of private things: uploads that
// the person left lying, and what it took to undo imports before the last.
func forgetImports(ctx context.Context, tx *store.Tx, i Import) error {
	_, e1 := tx.ExecContext(ctx, `
		UPDATE imports SET upload = '', state = 'dropped'
		WHERE state = 'open' AND id <> $1 AND (by_user = $2 OR made < $3)`, i.ID, i.By, store.Time(i.Made.AddDate(0, 0, -7)))
	var e2 error
	if i.State == Done {
		_, e2 = tx.ExecContext(ctx, `DELETE FROM import_rows WHERE import <> $1 AND import NOT IN (SELECT id FROM imports WHERE state IN ('waiting', 'undoing'))`, i.ID)
	}
	if err := errors.Join(e1, e2); err != nil {
		return fmt.Errorf("intake: forget imports: %w", err)
	}
	return nil
}

// putUndo keeps what was written for the rows of the plan from the given one on.
func putUndo(ctx context.Context, tx *store.Tx, id string, from int, list []written) error {
	for some := range slices.Chunk(list, 200) {
		args, rows := []any{id}, make([]string, len(some))
		for k, w := range some {
			undo, err := json.Marshal(w)
			if err != nil {
				return fmt.Errorf("intake: undo of %s: %w", id, err)
			}
			args = append(args, from+k, string(undo))
			rows[k] = "($1, $" + strconv.Itoa(len(args)-1) + ", $" + strconv.Itoa(len(args)) + ")"
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO import_rows (import, n, undo) VALUES `+strings.Join(rows, ", "), args...); err != nil {
			return fmt.Errorf("intake: undo of %s: %w", id, err)
		}
		from += len(some)
	}
	return nil
}

// readUndo reads what was written for the rows of the plan from one until another.
func readUndo(ctx context.Context, tx *store.Tx, id string, from, until int) ([]written, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (w written, err error) {
		var undo string
		if err := row.Scan(&undo); err != nil {
			return w, err
		}
		return w, json.Unmarshal([]byte(undo), &w)
	}, `SELECT undo FROM import_rows WHERE import = $1 AND n >= $2 AND n < $3 ORDER BY n`, id, from, until)
	if err != nil {
		return nil, fmt.Errorf("intake: undo of %s: %w", id, err)
	}
	return list, nil
}

func dropUndo(ctx context.Context, tx *store.Tx, id string, from int) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM import_rows WHERE import = $1 AND n >= $2`, id, from); err != nil {
		return fmt.Errorf("intake: undo of %s: %w", id, err)
	}
	return nil
}

// planKey names all that a plan depends on.
func planKey(i Import, version int, today civil.Date, voc vocabulary) string {
	sum := sha256.New()
	enc := json.NewEncoder(sum)
	for _, part := range []any{i.ID, i.Mapping, i.Choices, version, today, voc.details, voc.categories} {
		if err := enc.Encode(part); err != nil {
			return "" // nothing is kept under it
		}
	}
	return string(sum.Sum(nil))
}
