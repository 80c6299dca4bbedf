package store

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// Steps are the tables of one desk, from the first version to the newest: files
// named 0001_words.sql, in goose's form.
type Steps struct {
	Desk string // names the table that remembers what was done
	FS   fs.FS
}

var dialect = map[Kind]goose.Dialect{SQLite: goose.DialectSQLite3, Postgres: goose.DialectPostgres}

// Migrate brings the tables of each desk to their newest version. It is safe to
// run again, and by many nodes at once.
func (db *DB) Migrate(ctx context.Context, all ...Steps) error {
	for _, s := range all {
		p, err := db.provider(s)
		if err != nil {
			return fmt.Errorf("store: steps of %s: %w", s.Desk, err)
		}
		if _, err := p.Up(ctx); err != nil {
			return fmt.Errorf("store: migrate %s: %w", s.Desk, err)
		}
	}
	return nil
}

// Pending counts the steps that Migrate would take.
func (db *DB) Pending(ctx context.Context, all ...Steps) (int, error) {
	n := 0
	for _, s := range all {
		p, err := db.provider(s)
		if err != nil {
			return 0, fmt.Errorf("store: steps of %s: %w", s.Desk, err)
		}
		status, err := p.Status(ctx)
		if err != nil {
			return 0, fmt.Errorf("store: status of %s: %w", s.Desk, err)
		}
		for _, st := range status {
			if st.State == goose.StatePending {
				n++
			}
		}
	}
	return n, nil
}

func (db *DB) provider(s Steps) (*goose.Provider, error) {
	return goose.NewProvider(dialect[db.Kind], db.write, s.FS,
		goose.WithTableName("steps_"+s.Desk), goose.WithDisableGlobalRegistry(true))
}
