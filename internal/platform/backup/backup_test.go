package backup_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/asociacija/asociacija/internal/platform/backup"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

const first = `-- +goose Up
CREATE TABLE notes (id TEXT PRIMARY KEY, n BIGINT NOT NULL, text TEXT);
-- +goose Down
DROP TABLE notes;
`

const second = `-- +goose Up
ALTER TABLE notes ADD COLUMN tone TEXT NOT NULL DEFAULT 'calm';
-- +goose Down
ALTER TABLE notes DROP COLUMN tone;
`

func steps(files ...string) store.Steps {
	fsys := fstest.MapFS{}
	for i, f := range files {
		fsys[[]string{"0001_notes.sql", "0002_tone.sql"}[i]] = &fstest.MapFile{Data: []byte(f)}
	}
	return store.Steps{Desk: "notes", FS: fsys}
}

func disk(t *testing.T) blob.Store {
	t.Helper()
	d, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// fill puts some rows that are hard to carry, and a file.
func fill(t *testing.T, h backup.House) blob.Ref {
	t.Helper()
	err := h.DB.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.ExecContext(t.Context(), `INSERT INTO notes (id, n, text) VALUES
			('a', 9007199254740993, 'č "š"	ž <&> \u'), ('b', -1, NULL), ('c', 0, '')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ref, err := h.Files.Put(t.Context(), strings.NewReader("a file"), -1)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func rows(t *testing.T, db *store.DB) string {
	t.Helper()
	var b strings.Builder
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		_, err := store.List(t.Context(), tx, func(row store.Scanner) (s string, err error) {
			var id string
			var n int64
			var text *string
			if err := row.Scan(&id, &n, &text); err != nil {
				return "", err
			}
			b.WriteString(id)
			if n == 9007199254740993 {
				b.WriteString("!")
			}
			if text != nil {
				b.WriteString(*text)
			}
			b.WriteString(";")
			return "", nil
		}, `SELECT id, n, text FROM notes ORDER BY id`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A house goes from either database to either, whole, and from an earlier version
// to today's.
func TestRestore(t *testing.T) {
	open := map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}
	for from := range open {
		for to := range open {
			t.Run(from+" to "+to, func(t *testing.T) {
				old := backup.House{DB: open[from](t, steps(first)), Files: disk(t), Steps: []store.Steps{steps(first)}}
				ref, want := fill(t, old), rows(t, old.DB)
				var file bytes.Buffer
				n, err := backup.Write(t.Context(), old, &file)
				if err != nil || n.Rows != 3 || n.Files != 1 {
					t.Fatal(n, err)
				}

				fresh := backup.House{DB: open[to](t), Files: disk(t), Steps: []store.Steps{steps(first, second)}}
				if _, _, err := backup.Restore(t.Context(), fresh, bytes.NewReader(file.Bytes())); err != nil {
					t.Fatal(err)
				}
				if got := rows(t, fresh.DB); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				if f, err := fresh.Files.Open(t.Context(), ref.Hash); err != nil {
					t.Error(err)
				} else if whole, err := io.ReadAll(f); err != nil || string(whole) != "a file" {
					t.Errorf("%q, %v", whole, err)
				}
				if _, _, err := backup.Restore(t.Context(), fresh, bytes.NewReader(file.Bytes())); !errors.Is(err, backup.ErrNotEmpty) {
					t.Errorf("restored over a house: %v", err)
				}
			})
		}
	}
}

// A file that was cut off anywhere is refused.
func TestRestore_cut(t *testing.T) {
	old := backup.House{DB: storetest.SQLite(t, steps(first)), Files: disk(t), Steps: []store.Steps{steps(first)}}
	fill(t, old)
	var file bytes.Buffer
	if _, err := backup.Write(t.Context(), old, &file); err != nil {
		t.Fatal(err)
	}
	for _, keep := range []int{0, 1, file.Len() / 4, file.Len() / 2, file.Len() - 1} {
		fresh := backup.House{DB: storetest.SQLite(t), Files: disk(t), Steps: old.Steps}
		if _, _, err := backup.Restore(context.Background(), fresh, bytes.NewReader(file.Bytes()[:keep])); err == nil {
			t.Errorf("restored the first %d of %d bytes", keep, file.Len())
		}
	}
}
