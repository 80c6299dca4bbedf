package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var steps = store.Steps{Desk: "words", FS: fstest.MapFS{"0001_words.sql": {Data: []byte(`-- +goose Up
CREATE TABLE words (id TEXT PRIMARY KEY, n BIGINT NOT NULL, word TEXT NOT NULL);
-- +goose Down
DROP TABLE words;
`)}}}

func put(ctx context.Context, tx *store.Tx, id string, n int, word string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO words (id, n, word) VALUES ($1, $2, $3)`, id, n, word)
	return err
}

// Arguments are bound by their number, not by where they first appear.
func TestArguments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.ExecContext(t.Context(), `INSERT INTO words (word, n, id) VALUES ($3, $2, $1)`, "a", 2, "čaj")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		word, err := store.Read(t.Context(), db, func(tx *store.Tx) (word string, err error) {
			return word, tx.QueryRowContext(t.Context(), `SELECT word FROM words WHERE n = $2 AND id = $1`, "a", 2).Scan(&word)
		})
		if err != nil || word != "čaj" {
			t.Errorf("got %q, %v", word, err)
		}
	}, steps)
}

// Text is compared byte for byte on both.
func TestOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return errors.Join(put(t.Context(), tx, "č", 1, ""), put(t.Context(), tx, "d", 2, ""), put(t.Context(), tx, "B", 3, ""), put(t.Context(), tx, "a", 4, ""))
		})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		_, err = store.Read(t.Context(), db, func(tx *store.Tx) ([]string, error) {
			return store.List(t.Context(), tx, func(row store.Scanner) (s string, err error) {
				err = row.Scan(&s)
				got += s
				return s, err
			}, `SELECT id FROM words ORDER BY id`)
		})
		if err != nil || got != "Badč" {
			t.Errorf("got %q, %v", got, err)
		}
	}, steps)
}

// Of many who count up at once, no count is lost.
func TestWrite_serial(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Write(t.Context(), func(tx *store.Tx) error { return put(t.Context(), tx, "n", 0, "") }); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				err := db.Write(t.Context(), func(tx *store.Tx) error {
					var n int
					if err := tx.QueryRowContext(t.Context(), `SELECT n FROM words WHERE id = 'n'`).Scan(&n); err != nil {
						return err
					}
					_, err := tx.ExecContext(t.Context(), `UPDATE words SET n = $1 WHERE id = 'n'`, n+1)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		n, err := store.Read(t.Context(), db, func(tx *store.Tx) (n int, err error) {
			return n, tx.QueryRowContext(t.Context(), `SELECT n FROM words WHERE id = 'n'`).Scan(&n)
		})
		if err != nil || n != 8 {
			t.Errorf("counted %d, %v", n, err)
		}
	}, steps)
}

// What fails leaves nothing, a reader cannot write, and a taken key is known.
func TestFailures(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, wrong := t.Context(), errors.New("wrong")
		err := db.Write(ctx, func(tx *store.Tx) error {
			return errors.Join(put(ctx, tx, "a", 1, ""), wrong)
		})
		if !errors.Is(err, wrong) {
			t.Errorf("got %v", err)
		}
		if err := db.Read(ctx, func(tx *store.Tx) error { return put(ctx, tx, "a", 1, "") }); err == nil {
			t.Error("a reader wrote")
		}
		if err := db.Write(ctx, func(tx *store.Tx) error { return put(ctx, tx, "a", 1, "") }); err != nil {
			t.Error("the failed write left its row:", err)
		}
		if err := db.Write(ctx, func(tx *store.Tx) error { return put(ctx, tx, "a", 1, "") }); !store.Taken(err) {
			t.Errorf("got %v", err)
		}
		err = db.Read(ctx, func(tx *store.Tx) error {
			var n int
			return tx.QueryRowContext(ctx, `SELECT n FROM words WHERE id = 'z'`).Scan(&n)
		})
		if !store.Missing(err) {
			t.Errorf("got %v", err)
		}
	}, steps)
}

// Identifiers sort by the time they were made, and times by time.
func TestNewID(t *testing.T) {
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	a, b := store.NewID(at), store.NewID(at.Add(time.Millisecond))
	if len(a) != 26 || a >= b || a == store.NewID(at) {
		t.Error(a, b)
	}
	if s := store.Time(at.Add(time.Microsecond)); s <= store.Time(at) {
		t.Error(s)
	}
	back, err := store.ParseTime(store.Time(at))
	if err != nil || !back.Equal(at) {
		t.Error(back, err)
	}
}
