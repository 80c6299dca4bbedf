package dues

import (
	"context"
	"fmt"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const declarationColumns = `id, member, name, year, state, municipality, eu, other, currency, note, via, by_name, made_at, newest`

func readDeclaration(row store.Scanner) (d Declaration, err error) {
	var a [4]int64
	var c money.Currency
	var at string
	if err := row.Scan(&d.ID, &d.Member, &d.Name, &d.Year, &a[0], &a[1], &a[2], &a[3], &c, &d.Note, &d.Via, &d.By, &at, &d.Now); err != nil {
		return d, err
	}
	for i, s := range fees.Sources() {
		d.Funds = d.With(s, money.Of(a[i], c))
	}
	d.At, err = store.ParseTime(at)
	return d, err
}

// addDeclaration writes a declaration as the newest of its member and year.
func addDeclaration(ctx context.Context, tx *store.Tx, d Declaration, c money.Currency) error {
	_, err := tx.ExecContext(ctx, `UPDATE dues_declarations SET newest = 0 WHERE year = $1 AND member = $2 AND newest = 1`, d.Year, d.Member)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO dues_declarations (`+declarationColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`,
			d.ID, d.Member, d.Name, d.Year, d.State.Minor(), d.Municipality.Minor(), d.EU.Minor(), d.Other.Minor(), c, d.Note, d.Via, d.By, store.Time(d.At))
	}
	if err != nil {
		return fmt.Errorf("dues: add declaration of %s: %w", d.Member, err)
	}
	return nil
}

// declarationsOf are all declarations of a member for a year, for all years if it is
// zero, newest first.
func declarationsOf(ctx context.Context, tx *store.Tx, id members.ID, year int) ([]Declaration, error) {
	list, err := store.List(ctx, tx, readDeclaration, `
		SELECT `+declarationColumns+` FROM dues_declarations WHERE member = $1 AND ($2 = 0 OR year = $2) ORDER BY year DESC, newest DESC, made_at DESC, id DESC`, id, year)
	if err != nil {
		return nil, fmt.Errorf("dues: declarations of %s: %w", id, err)
	}
	return list, nil
}

// newest are the declarations of a year that count, by member.
func newest(ctx context.Context, tx *store.Tx, year int) (map[members.ID]Declaration, error) {
	list, err := store.List(ctx, tx, readDeclaration, `SELECT `+declarationColumns+` FROM dues_declarations WHERE year = $1 AND newest = 1`, year)
	if err != nil {
		return nil, fmt.Errorf("dues: declarations of %d: %w", year, err)
	}
	of := make(map[members.ID]Declaration, len(list))
	for _, d := range list {
		of[d.Member] = d
	}
	return of, nil
}

func countDeclared(ctx context.Context, tx *store.Tx, year int) (n int, err error) {
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM dues_declarations WHERE year = $1 AND newest = 1`, year).Scan(&n); err != nil {
		err = fmt.Errorf("dues: count declarations: %w", err)
	}
	return n, err
}

// askedOf are the letters that asked for the declarations of a year.
func askedOf(ctx context.Context, tx *store.Tx, year int) (map[members.ID]Asked, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (a Asked, err error) {
		var sent string
		if err := row.Scan(&a.Member, &a.Letters, &sent); err != nil {
			return a, err
		}
		a.Sent, err = store.ParseTime(sent)
		return a, err
	}, `SELECT member, letters, sent FROM dues_asked WHERE year = $1`, year)
	if err != nil {
		return nil, fmt.Errorf("dues: asked: %w", err)
	}
	of := make(map[members.ID]Asked, len(list))
	for _, a := range list {
		of[a.Member] = a
	}
	return of, nil
}

// noteAsked writes down a letter, and the link in it, which takes the place of those
// before it.
func noteAsked(ctx context.Context, tx *store.Tx, l Link, hash string) error {
	for _, s := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO dues_asked (year, member, letters, sent) VALUES ($1, $2, 1, $3)
			ON CONFLICT (year, member) DO UPDATE SET letters = dues_asked.letters + 1, sent = excluded.sent`, []any{l.Year, l.Member, store.Time(tx.Now)}},
		{`UPDATE dues_keys SET ended = 'replaced' WHERE member = $1 AND year = $2 AND ended = ''`, []any{l.Member, l.Year}},
		{`INSERT INTO dues_keys (hash, year, member, made, until, ended) VALUES ($1, $2, $3, $4, $5, '')`, []any{hash, l.Year, l.Member, store.Time(tx.Now), l.Until.String()}},
	} {
		if _, err := tx.ExecContext(ctx, s.text, s.args...); err != nil {
			return fmt.Errorf("dues: ask %s: %w", l.Member, err)
		}
	}
	return nil
}

// asked is when the last letter for a declaration went; zero if none did.
func asked(ctx context.Context, tx *store.Tx, id members.ID, year int) (at time.Time, err error) {
	var sent string
	err = tx.QueryRowContext(ctx, `SELECT sent FROM dues_asked WHERE year = $1 AND member = $2`, year, id).Scan(&sent)
	if store.Missing(err) {
		return at, nil
	}
	if err == nil {
		at, err = store.ParseTime(sent)
	}
	if err != nil {
		err = fmt.Errorf("dues: asked %s: %w", id, err)
	}
	return at, err
}

// openKey is what a link is for, or a Missing fault. Links from before there were terms
// have the term of most.
func openKey(ctx context.Context, tx *store.Tx, hash string) (l Link, err error) {
	var made, until string
	err = tx.QueryRowContext(ctx, `SELECT member, year, made, until, ended FROM dues_keys WHERE hash = $1`, hash).Scan(&l.Member, &l.Year, &made, &until, &l.Ended)
	if store.Missing(err) {
		return l, fault.New(fault.Missing, "dues.link.missing")
	}
	if err == nil && until == "" {
		var at time.Time
		at, err = store.ParseTime(made)
		l.Until = civil.Of(at, time.UTC).AddDays(linkDays)
	} else if err == nil {
		l.Until, err = civil.Parse(until)
	}
	if err != nil {
		err = fmt.Errorf("dues: key: %w", err)
	}
	return l, err
}

func endKey(ctx context.Context, tx *store.Tx, hash string, end End) error {
	if _, err := tx.ExecContext(ctx, `UPDATE dues_keys SET ended = $2 WHERE hash = $1`, hash, end); err != nil {
		return fmt.Errorf("dues: end key: %w", err)
	}
	return nil
}

// getTerm is how many days a thing holds, or the other if the house has not said.
func getTerm(ctx context.Context, tx *store.Tx, name string, other int) (days int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT days FROM dues_terms WHERE name = $1`, name).Scan(&days)
	switch {
	case store.Missing(err):
		return other, nil
	case err != nil:
		return 0, fmt.Errorf("dues: term of %s: %w", name, err)
	}
	return days, nil
}

func putTerm(ctx context.Context, tx *store.Tx, name string, days int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO dues_terms (name, days) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET days = excluded.days`, name, days)
	if err != nil {
		return fmt.Errorf("dues: term of %s: %w", name, err)
	}
	return nil
}
