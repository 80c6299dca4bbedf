// Package store is the database: SQLite in a file of the house, or PostgreSQL
// when users outgrow one machine. Both run the same SQL text; the rare statement
// that cannot be shared is a Text.
//
// What holds:
//
//   - Everything happens in a transaction. A Write is serializable, and is run
//     again when the database asks for it, so that its function must do nothing
//     but talk to the transaction.
//   - Times are text in UTC of fixed width, days are text as 2026-11-30, and the
//     empty text is none: they sort alike everywhere.
//   - SQLite has one writer and many readers, and syncs on every commit.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // registers pgx
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Kind is one of the two databases.
type Kind string

// The databases.
const (
	SQLite   Kind = "sqlite"
	Postgres Kind = "postgres"
)

// A Text is a statement that the databases write differently.
type Text map[Kind]string

// A DB is an open database.
type DB struct {
	Kind  Kind
	write *sql.DB
	read  *sql.DB
	now   func() time.Time
}

// Open opens the database at the address: a path for SQLite, a postgres:// URL
// for PostgreSQL.
func Open(ctx context.Context, address string) (*DB, error) {
	db := &DB{Kind: SQLite, now: time.Now}
	var err error
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		db.Kind = Postgres
		if db.write, err = sql.Open("pgx", address); err == nil {
			db.write.SetMaxOpenConns(20)
			db.write.SetMaxIdleConns(20)
			db.write.SetConnMaxIdleTime(5 * time.Minute)
			db.read = db.write
		}
	} else {
		err = db.openFile(address)
	}
	if err == nil {
		err = db.read.PingContext(ctx)
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("store: open: %w", err)
	}
	return db, nil
}

func (db *DB) openFile(path string) (err error) {
	pragmas := []string{"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(10000)", "foreign_keys(1)", "cache_size(-8000)", "temp_store(MEMORY)", "secure_delete(1)"}
	writing := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}
	if db.write, err = sql.Open("sqlite", "file:"+escape(path)+"?"+writing.Encode()); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	// The writer goes first: it makes the file and sets the journal.
	if err := db.write.Ping(); err != nil {
		return err
	}
	reading := url.Values{"_pragma": append(pragmas[1:len(pragmas):len(pragmas)], "query_only(1)")}
	if db.read, err = sql.Open("sqlite", "file:"+escape(path)+"?"+reading.Encode()); err != nil {
		return err
	}
	n := max(4, runtime.NumCPU())
	db.read.SetMaxOpenConns(n)
	db.read.SetMaxIdleConns(n)
	return nil
}

// A path stands in a URI, where these have a meaning.
func escape(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

// Close closes the database.
func (db *DB) Close() error {
	var errs []error
	if db.read != nil && db.read != db.write {
		errs = append(errs, db.read.Close())
	}
	if db.write != nil {
		errs = append(errs, db.write.Close())
	}
	return errors.Join(errs...)
}

// At sets the clock, for tests and for the demo house.
func (db *DB) At(now func() time.Time) { db.now = now }

// Now is the instant by the clock of the database's house.
func (db *DB) Now() time.Time { return db.now().UTC() }

// A Tx is a transaction. All that happens in it happens at one instant, Now.
type Tx struct {
	Now  time.Time
	kind Kind
	tx   *sql.Tx
	only bool
	then []func()
}

// ReadOnly reports whether the transaction cannot write, so that all it sees stands.
func (t *Tx) ReadOnly() bool { return t.only }

// Pick returns the statement for the database of the transaction.
func (t *Tx) Pick(s Text) string { return s[t.kind] }

// Then has f run once the transaction is committed.
func (t *Tx) Then(f func()) { t.then = append(t.then, f) }

// ExecContext runs a statement.
func (t *Tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.tx.ExecContext(ctx, query, args...)
}

// QueryContext runs a query.
func (t *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.tx.QueryContext(ctx, query, args...)
}

// QueryRowContext runs a query for one row.
func (t *Tx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return t.tx.QueryRowContext(ctx, query, args...)
}

// patience is for how long a write is run again before it is given up.
const patience = 10 * time.Second

// Write runs f in a transaction that may write. It is a Busy fault if there is no
// room on the disk, or if too many write the same at once.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	for begun, wait := time.Now(), time.Millisecond; ; wait = min(2*wait, 64*time.Millisecond) {
		err := db.once(ctx, db.write, &sql.TxOptions{Isolation: isolation[db.Kind]}, f)
		switch {
		case full(err):
			return fault.New(fault.Busy, "store.full")
		case err == nil || !again(err):
			return err
		case time.Since(begun) > patience:
			return fault.New(fault.Busy, "store.busy")
		}
		// Those who clash wait for times of their own, or they would clash again.
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait/2 + mathrand.N(wait)):
		}
	}
}

// SQLite has one writer, who is alone by nature.
var isolation = map[Kind]sql.IsolationLevel{SQLite: sql.LevelDefault, Postgres: sql.LevelSerializable}

// Read runs f in a transaction that only reads, and sees one state of the house.
func (db *DB) Read(ctx context.Context, f func(*Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if db.Kind == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return db.once(ctx, db.read, opts, f)
}

func (db *DB) once(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, f func(*Tx) error) error {
	tx, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer tx.Rollback() // does nothing after a commit
	t := &Tx{Now: db.Now(), kind: db.Kind, tx: tx, only: opts.ReadOnly}
	if err := f(t); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	for _, then := range t.then {
		then()
	}
	return nil
}

// again reports whether PostgreSQL asks to run the transaction once more.
func again(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// full reports whether the database has no room to write.
func full(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code()&0xff == sqlite3.SQLITE_FULL || lite.Code() == sqlite3.SQLITE_IOERR_SHMSIZE
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "53100"
}

// Write runs f in a transaction that may write, and returns what it made.
func Write[T any](ctx context.Context, db *DB, f func(*Tx) (T, error)) (T, error) {
	return with(ctx, db.Write, f)
}

// Read runs f in a transaction that only reads, and returns what it found.
func Read[T any](ctx context.Context, db *DB, f func(*Tx) (T, error)) (T, error) {
	return with(ctx, db.Read, f)
}

func with[T any](ctx context.Context, run func(context.Context, func(*Tx) error) error, f func(*Tx) (T, error)) (T, error) {
	var out, none T
	err := run(ctx, func(tx *Tx) (err error) {
		out, err = f(tx)
		return err
	})
	if err != nil {
		return none, err
	}
	return out, nil
}

// A Scanner is a row.
type Scanner interface{ Scan(...any) error }

// List reads all rows of a query.
func List[T any](ctx context.Context, tx *Tx, read func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := read(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// Missing reports whether err says that a query found no row.
func Missing(err error) bool { return errors.Is(err, sql.ErrNoRows) || errors.Is(err, pgx.ErrNoRows) }

// Taken reports whether err says that a unique key is in use already.
func Taken(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	return err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed")
}

// timeLayout has a fixed width, so that text sorts as time does.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// Bit writes a truth for the database, which has no type for it that both kinds
// share.
func Bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Time writes an instant for the database; the zero time is empty.
func Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(timeLayout)
}

// ParseTime reads what Time wrote.
func ParseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(timeLayout, s)
}

var idAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// ID makes a new identifier: 26 letters that sort by the time they were made.
func (t *Tx) ID() string { return NewID(t.Now) }

// NewID makes a new identifier for something made at the instant.
func NewID(at time.Time) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(at.UnixMilli())<<16)
	rand.Read(b[6:])
	return idAlphabet.EncodeToString(b[:])
}
