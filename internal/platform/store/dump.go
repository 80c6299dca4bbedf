package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Table is the rows of one table as a backup carries them from either database
// to either.
type Table struct {
	Name    string
	Columns []string
}

// What a table holds whose name begins with fleeting_ must not outlive its use, and
// goes into no backup.
var tableNames = Text{
	SQLite:   `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'steps_%' AND name NOT LIKE 'fleeting_%' ORDER BY name`,
	Postgres: `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name NOT LIKE 'steps\_%' AND table_name NOT LIKE 'fleeting\_%' ORDER BY table_name`,
}

var columnNames = Text{
	SQLite:   `SELECT name FROM pragma_table_info($1) ORDER BY name`,
	Postgres: `SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 ORDER BY column_name`,
}

// references are pairs of tables, of which the first has rows that name rows of the
// second.
var references = Text{
	SQLite:   `SELECT m.name, f."table" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`,
	Postgres: `SELECT a.relname, b.relname FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace`,
}

func name(row Scanner) (s string, err error) { return s, row.Scan(&s) }

// Tables lists the tables of the house, without those that remember migrations and
// those that are fleeting: by
// name, but those that others refer to before these, so that they can be filled in
// this order.
func (t *Tx) Tables(ctx context.Context) ([]Table, error) {
	names, err := List(ctx, t, name, t.Pick(tableNames))
	if err != nil {
		return nil, fmt.Errorf("store: tables: %w", err)
	}
	pairs, err := List(ctx, t, func(row Scanner) (p [2]string, err error) { return p, row.Scan(&p[0], &p[1]) }, t.Pick(references))
	if err != nil {
		return nil, fmt.Errorf("store: references: %w", err)
	}
	var list []Table
	for _, n := range inOrder(names, pairs) {
		columns, err := List(ctx, t, name, t.Pick(columnNames), n)
		if err != nil {
			return nil, fmt.Errorf("store: columns of %s: %w", n, err)
		}
		slices.Sort(columns)
		list = append(list, Table{Name: n, Columns: columns})
	}
	return list, nil
}

// inOrder puts the names such that of each pair the second comes first.
func inOrder(names []string, pairs [][2]string) (list []string) {
	for len(names) > 0 {
		i := slices.IndexFunc(names, func(n string) bool {
			return !slices.ContainsFunc(pairs, func(p [2]string) bool { return p[0] == n && p[1] != n && slices.Contains(names, p[1]) })
		})
		i = max(i, 0) // tables that refer to each other have no order
		list, names = append(list, names[i]), slices.Delete(names, i, i+1)
	}
	return list
}

// Rows hands every row of the table to f, values in the order of Columns: text,
// whole numbers, or nil.
func (t *Tx) Rows(ctx context.Context, table Table, f func([]any) error) error {
	rows, err := t.QueryContext(ctx, `SELECT `+strings.Join(table.Columns, ", ")+` FROM `+table.Name)
	if err != nil {
		return fmt.Errorf("store: rows of %s: %w", table.Name, err)
	}
	defer rows.Close()
	values, into := make([]any, len(table.Columns)), make([]any, len(table.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("store: row of %s: %w", table.Name, err)
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = string(b)
			}
		}
		if err := f(values); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("store: rows of %s: %w", table.Name, err)
	}
	return nil
}

// Insert writes a row of a backup into the table.
func (t *Tx) Insert(ctx context.Context, table Table, values []any) error {
	values = slices.Clone(values)
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = fmt.Sprintf("$%d", i+1)
		// SQLite has whole numbers for truth values. As text PostgreSQL takes them for
		// what the column holds.
		if n, whole := v.(int64); whole && t.kind == Postgres {
			values[i] = strconv.FormatInt(n, 10)
		}
	}
	_, err := t.ExecContext(ctx, `INSERT INTO `+table.Name+` (`+strings.Join(table.Columns, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`, values...)
	if err != nil {
		return fmt.Errorf("store: insert into %s: %w", table.Name, err)
	}
	return nil
}

// Versions says how far the tables of each desk have come.
func (db *DB) Versions(ctx context.Context, all ...Steps) (map[string]int64, error) {
	out := make(map[string]int64, len(all))
	for _, s := range all {
		p, err := db.provider(s)
		if err != nil {
			return nil, fmt.Errorf("store: steps of %s: %w", s.Desk, err)
		}
		if out[s.Desk], err = p.GetDBVersion(ctx); err != nil {
			return nil, fmt.Errorf("store: version of %s: %w", s.Desk, err)
		}
	}
	return out, nil
}

// MigrateTo brings the tables of a desk to a version that a backup was made at.
func (db *DB) MigrateTo(ctx context.Context, s Steps, version int64) error {
	p, err := db.provider(s)
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	if err != nil {
		return fmt.Errorf("store: migrate %s to %d: %w", s.Desk, version, err)
	}
	return nil
}

// Empty reports whether the database has no tables of a house yet.
func (db *DB) Empty(ctx context.Context) (bool, error) {
	tables, err := Read(ctx, db, func(tx *Tx) ([]Table, error) { return tx.Tables(ctx) })
	return len(tables) == 0, err
}

// Compact has SQLite fold its journal into the file; PostgreSQL does so itself.
func (db *DB) Compact(ctx context.Context) error {
	if db.Kind != SQLite {
		return nil
	}
	var busy, pages, done sql.NullInt64
	if err := db.write.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &done); err != nil {
		return fmt.Errorf("store: compact: %w", err)
	}
	return nil
}

// Analyze has the database look at its tables anew, after many rows have come.
func (db *DB) Analyze(ctx context.Context) error {
	if _, err := db.write.ExecContext(ctx, `ANALYZE`); err != nil {
		return fmt.Errorf("store: analyze: %w", err)
	}
	return nil
}

// Scour has the database give up what it keeps of rows of the tables that were
// deleted or written over: PostgreSQL in its pages, SQLite in its journal. A fleeting
// table, which has few rows, PostgreSQL writes into a new file: a page keeps the bytes of rows it has
// given up, beside those of rows that stay.
func (db *DB) Scour(ctx context.Context, tables ...string) error {
	if db.Kind == SQLite {
		return db.Compact(ctx)
	}
	for _, table := range tables {
		how := `VACUUM `
		if strings.HasPrefix(table, "fleeting_") {
			how = `VACUUM (FULL) `
		}
		if _, err := db.write.ExecContext(ctx, how+table); err != nil {
			return fmt.Errorf("store: scour %s: %w", table, err)
		}
	}
	return nil
}
