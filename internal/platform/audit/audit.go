// Package audit is the book of the house: who did what, when, to what. A line is
// written in the transaction of the deed, so that there is no deed without one.
package audit

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the book.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "audit", FS: sub}
}

// A Line says that somebody did something.
type Line struct {
	ID      string
	At      time.Time
	Who     auth.UserID // empty for the house itself and for people without an account
	Name    string      // as it was then
	Deed    string      // "members.leave": also the key of its sentence
	Subject string      // "case/2026-014": what it was done to
	Detail  map[string]string
}

// Note writes a line. The detail is name, value, name, value …; it never holds a
// secret, nor what a member wants kept private.
func Note(ctx context.Context, tx *store.Tx, by auth.Actor, deed, subject string, detail ...string) error {
	words := make(map[string]string, len(detail)/2)
	for i := 0; i+1 < len(detail); i += 2 {
		words[detail[i]] = detail[i+1]
	}
	whole, err := json.Marshal(words)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO audit_lines (id, at, who, name, deed, subject, detail)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			tx.ID(), store.Time(tx.Now), by.User, by.Name, deed, subject, string(whole))
	}
	if err != nil {
		return fmt.Errorf("audit: note %s: %w", deed, err)
	}
	return nil
}

// A Query asks for a page of the book, newest first.
type Query struct {
	Subject string // empty for all
	Before  string // last line of the page before
	Limit   int    // 50 if zero
}

// Read reads a page of the book. Who may read it is the desk's to ask.
func Read(ctx context.Context, tx *store.Tx, q Query) ([]Line, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	list, err := store.List(ctx, tx, readLine, `
		SELECT id, at, who, name, deed, subject, detail FROM audit_lines
		WHERE ($1 = '' OR subject = $1) AND ($2 = '' OR id < $2)
		ORDER BY id DESC LIMIT $3`, q.Subject, q.Before, q.Limit)
	if err != nil {
		return nil, fmt.Errorf("audit: read: %w", err)
	}
	return list, nil
}

func readLine(row store.Scanner) (l Line, err error) {
	var at, detail string
	if err := row.Scan(&l.ID, &at, &l.Who, &l.Name, &l.Deed, &l.Subject, &detail); err != nil {
		return l, err
	}
	if l.At, err = store.ParseTime(at); err != nil {
		return l, err
	}
	return l, json.Unmarshal([]byte(detail), &l.Detail)
}

// Said writes the detail in one line, names in order.
func (l Line) Said() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(l.Detail)) {
		if b.Len() > 0 {
			b.WriteString(" · ")
		}
		b.WriteString(name + ": " + l.Detail[name])
	}
	return b.String()
}
