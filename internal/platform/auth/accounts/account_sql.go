package accounts

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the desk.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "accounts", FS: sub}
}

const accountColumns = `id, name, email, roles, lang, digest, disabled, created`

func readAccount(row store.Scanner) (a Account, err error) {
	var created string
	if err := row.Scan(&a.ID, &a.Name, &a.Email, &a.Roles, &a.Lang, &a.Digest, &a.Disabled, &created); err != nil {
		return a, err
	}
	a.Created, err = store.ParseTime(created)
	return a, err
}

// putAccount writes a, over the account of the same ID if there is one; its
// password is left alone.
func putAccount(ctx context.Context, tx *store.Tx, a Account) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO accounts (id, name, sort_key, email, email_key, roles, lang, digest, disabled, password, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10)
		ON CONFLICT (id) DO UPDATE SET
			name = excluded.name, sort_key = excluded.sort_key, email = excluded.email, email_key = excluded.email_key,
			roles = excluded.roles, lang = excluded.lang, digest = excluded.digest, disabled = excluded.disabled`,
		a.ID, a.Name, textkit.SortKey(language.Slovenian, a.Name), a.Email, emailKey(a.Email), int(a.Roles), a.Lang,
		a.Digest, a.Disabled, store.Time(a.Created))
	switch {
	case store.Taken(err):
		f := fault.In("email", "accounts.email.taken")
		f.Kind = fault.Conflict
		return f
	case err != nil:
		return fmt.Errorf("accounts: put %s: %w", a.ID, err)
	}
	return nil
}

// getAccount reads one account, or returns a Missing fault.
func getAccount(ctx context.Context, tx *store.Tx, id auth.UserID) (Account, error) {
	a, err := readAccount(tx.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM accounts WHERE id = $1`, id))
	switch {
	case store.Missing(err):
		return a, fault.New(fault.Missing, "accounts.missing")
	case err != nil:
		return a, fmt.Errorf("accounts: get %s: %w", id, err)
	}
	return a, nil
}

// findEnabled reads who can sign in with the address, and the hash of their
// password; the zero ID says that there is nobody.
func findEnabled(ctx context.Context, tx *store.Tx, email string) (id auth.UserID, password string, err error) {
	err = tx.QueryRowContext(ctx, `SELECT id, password FROM accounts WHERE email_key = $1 AND NOT disabled`,
		emailKey(email)).Scan(&id, &password)
	if err != nil && !store.Missing(err) {
		return "", "", fmt.Errorf("accounts: find: %w", err)
	}
	return id, password, nil
}

// hasAccount reports whether the address is of an account, also of one that cannot
// sign in.
func hasAccount(ctx context.Context, tx *store.Tx, email string) (bool, error) {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM accounts WHERE email_key = $1`, emailKey(email)).Scan(&n); err != nil {
		return false, fmt.Errorf("accounts: find: %w", err)
	}
	return n > 0, nil
}

func setPassword(ctx context.Context, tx *store.Tx, id auth.UserID, hash string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE accounts SET password = $2 WHERE id = $1`, id, hash); err != nil {
		return fmt.Errorf("accounts: set password of %s: %w", id, err)
	}
	return nil
}

// A Query asks for a page of the accounts, by name. The zero Query asks for the
// first fifty.
type Query struct {
	Roles auth.Roles  // accounts that have one of them; all if none
	After auth.UserID // last account of the page before
	Limit int         // 50 if zero, at most 200
}

func listAccounts(ctx context.Context, tx *store.Tx, q Query) ([]Account, error) {
	if q.Limit <= 0 {
		q.Limit = 50
	}
	list, err := store.List(ctx, tx, readAccount, `
		SELECT `+accountColumns+` FROM accounts
		WHERE ($1 = '' OR (sort_key, id) > (SELECT sort_key, id FROM accounts WHERE id = $1))
		  AND (CAST($3 AS BIGINT) = 0 OR roles & $3 <> 0)
		ORDER BY sort_key, id LIMIT $2`, q.After, min(q.Limit, 200), int(q.Roles))
	if err != nil {
		return nil, fmt.Errorf("accounts: list: %w", err)
	}
	return list, nil
}

// countAccounts counts all, and the administrators who can sign in.
func countAccounts(ctx context.Context, tx *store.Tx) (all, administrators int, err error) {
	err = tx.QueryRowContext(ctx, `
		SELECT COUNT(*), COUNT(CASE WHEN roles & $1 <> 0 AND NOT disabled THEN 1 END) FROM accounts`,
		int(auth.Administrator)).Scan(&all, &administrators)
	if err != nil {
		return 0, 0, fmt.Errorf("accounts: count: %w", err)
	}
	return all, administrators, nil
}

// tryOnce counts a try for each of whose, or returns a Busy fault if one of them
// has had its share. It returns the name of the try, to take it back by.
func tryOnce(ctx context.Context, tx *store.Tx, most int, whose ...string) (id string, err error) {
	id = tx.ID()
	for _, w := range whose {
		var n int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM account_tries WHERE whose = $1 AND at > $2`,
			w, store.Time(tx.Now.Add(-tryWindow))).Scan(&n)
		if err != nil {
			return "", fmt.Errorf("accounts: count tries: %w", err)
		}
		if n >= most {
			return "", slowDown()
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO account_tries (id, whose, at) VALUES ($1, $2, $3)`,
			id, w, store.Time(tx.Now)); err != nil {
			return "", fmt.Errorf("accounts: note try: %w", err)
		}
	}
	return id, nil
}

// forgive takes a try back, and forgets all others of the address.
func forgive(ctx context.Context, tx *store.Tx, id, address string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM account_tries WHERE whose = $1`, address); err != nil {
		return fmt.Errorf("accounts: forget tries: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM account_tries WHERE id = $1 AND at > $2`,
		id, store.Time(tx.Now.Add(-tryWindow))); err != nil {
		return fmt.Errorf("accounts: take back try: %w", err)
	}
	return nil
}

// sweep deletes what has run out.
func sweep(ctx context.Context, tx *store.Tx) error {
	for _, s := range []struct {
		statement string
		before    time.Time
	}{
		{`DELETE FROM account_tries WHERE at < $1`, tx.Now.Add(-tryWindow)},
		{`DELETE FROM account_links WHERE until < $1`, tx.Now},
		{`DELETE FROM account_setup WHERE until < $1`, tx.Now},
		{`DELETE FROM account_firsts WHERE until < $1`, tx.Now},
		{`DELETE FROM account_ceremonies WHERE until < $1`, tx.Now},
		{`DELETE FROM account_sessions WHERE seen < $1`, tx.Now.Add(-sessionSpan)},
	} {
		if _, err := tx.ExecContext(ctx, s.statement, store.Time(s.before)); err != nil {
			return fmt.Errorf("accounts: sweep: %w", err)
		}
	}
	return nil
}
