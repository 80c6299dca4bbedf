package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A session is one that has not run out, of an account that can sign in.
type session struct {
	id, how       string
	created, seen string // as store.Time has them
	second        string // when it proved itself by a second factor; empty if it has not
	proved        string // when it last proved itself anew
	hasPassword   bool
	hasApp        bool
	hasPasskey    bool
	account       Account
}

func (s session) needsOld(now time.Time) bool {
	fresh := s.how == byLink && s.created > store.Time(now.Add(-freshSpan))
	return s.hasPassword && !fresh
}

// open begins a session.
func open(ctx context.Context, tx *store.Tx, a Account, how, origin string) (SignedIn, error) {
	token, hash := newToken()
	second := "" // a passkey is one
	if how == byPasskey {
		second = store.Time(tx.Now)
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO account_sessions (hash, id, account, how, origin, created, seen, second, proved) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, '')`,
		hash, tx.ID(), a.ID, how, origin, store.Time(tx.Now), second)
	if err != nil {
		return SignedIn{}, fmt.Errorf("accounts: open session of %s: %w", a.ID, err)
	}
	return SignedIn{Account: a, Token: token}, nil
}

func getSession(ctx context.Context, tx *store.Tx, hash string) (s session, err error) {
	a := &s.account
	err = tx.QueryRowContext(ctx, `
		SELECT s.id, s.how, s.created, s.seen, s.second, s.proved, a.password <> '',
			EXISTS (SELECT 1 FROM account_apps p WHERE p.account = a.id AND p.confirmed <> ''), EXISTS (SELECT 1 FROM account_passkeys k WHERE k.account = a.id), a.id, a.name, a.email, a.roles, a.lang
		FROM account_sessions s JOIN accounts a ON a.id = s.account
		WHERE s.hash = $1 AND s.seen > $2 AND NOT a.disabled`, hash, store.Time(tx.Now.Add(-sessionSpan))).
		Scan(&s.id, &s.how, &s.created, &s.seen, &s.second, &s.proved, &s.hasPassword, &s.hasApp, &s.hasPasskey, &a.ID, &a.Name, &a.Email, &a.Roles, &a.Lang)
	switch {
	case store.Missing(err):
		return s, fault.New(fault.Denied, "auth.sign_in_first")
	case err != nil:
		return s, fmt.Errorf("accounts: get session: %w", err)
	}
	return s, nil
}

func touchSession(ctx context.Context, tx *store.Tx, hash string) error {
	_, err := tx.ExecContext(ctx, `UPDATE account_sessions SET seen = $2 WHERE hash = $1`, hash, store.Time(tx.Now))
	if err != nil {
		return fmt.Errorf("accounts: touch session: %w", err)
	}
	return nil
}

func listSessions(ctx context.Context, tx *store.Tx, id auth.UserID) ([]Open, error) {
	list, err := store.List(ctx, tx, readOpen, `
		SELECT id, how, origin, created, seen FROM account_sessions
		WHERE account = $1 AND seen > $2 ORDER BY seen DESC, id DESC LIMIT 100`, id, store.Time(tx.Now.Add(-sessionSpan)))
	if err != nil {
		return nil, fmt.Errorf("accounts: list sessions of %s: %w", id, err)
	}
	return list, nil
}

func readOpen(row store.Scanner) (o Open, err error) {
	var created, seen string
	if err = row.Scan(&o.ID, &o.How, &o.Origin, &created, &seen); err != nil {
		return o, err
	}
	if o.Created, err = store.ParseTime(created); err == nil {
		o.Seen, err = store.ParseTime(seen)
	}
	return o, err
}

// dropSession ends one session of the account, or returns a Missing fault.
func dropSession(ctx context.Context, tx *store.Tx, of auth.UserID, id string) error {
	done, err := tx.ExecContext(ctx, `DELETE FROM account_sessions WHERE account = $1 AND id = $2`, of, id)
	if err != nil {
		return fmt.Errorf("accounts: drop session: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return fault.New(fault.Missing, "accounts.session.missing")
	}
	return nil
}

// dropSessions ends the sessions of the account, but for the one to keep.
func dropSessions(ctx context.Context, tx *store.Tx, id auth.UserID, keep string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM account_sessions WHERE account = $1 AND id <> $2`, id, keep); err != nil {
		return fmt.Errorf("accounts: drop sessions of %s: %w", id, err)
	}
	return nil
}

func putLink(ctx context.Context, tx *store.Tx, hash string, l Link) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO account_links (hash, account, until) VALUES ($1, $2, $3)`,
		hash, l.Account.ID, store.Time(l.Until))
	if err != nil {
		return fmt.Errorf("accounts: put link of %s: %w", l.Account.ID, err)
	}
	return nil
}

// getLink finds whose link it is; takeLink also consumes it.
func getLink(ctx context.Context, tx *store.Tx, hash string) (auth.UserID, error) {
	return linkOf(ctx, tx, `SELECT account FROM account_links WHERE hash = $1 AND until > $2`, hash)
}

func takeLink(ctx context.Context, tx *store.Tx, hash string) (auth.UserID, error) {
	return linkOf(ctx, tx, `DELETE FROM account_links WHERE hash = $1 AND until > $2 RETURNING account`, hash)
}

func linkOf(ctx context.Context, tx *store.Tx, statement, hash string) (id auth.UserID, err error) {
	err = tx.QueryRowContext(ctx, statement, hash, store.Time(tx.Now)).Scan(&id)
	switch {
	case store.Missing(err):
		return "", gone()
	case err != nil:
		return "", fmt.Errorf("accounts: link: %w", err)
	}
	return id, nil
}

func dropLinks(ctx context.Context, tx *store.Tx, id auth.UserID) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM account_links WHERE account = $1`, id); err != nil {
		return fmt.Errorf("accounts: drop links of %s: %w", id, err)
	}
	return nil
}

func putSetup(ctx context.Context, tx *store.Tx, hash string, until time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO account_setup (hash, until) VALUES ($1, $2)`, hash, store.Time(until))
	if err != nil {
		return fmt.Errorf("accounts: put setup token: %w", err)
	}
	return nil
}

// checkSetup returns a fault if the house has an account already, or if the
// token is not one of its own.
func checkSetup(ctx context.Context, tx *store.Tx, hash string) error {
	all, _, err := countAccounts(ctx, tx)
	switch {
	case err != nil:
		return err
	case all > 0:
		return alreadySetUp()
	}
	var until string
	err = tx.QueryRowContext(ctx, `SELECT until FROM account_setup WHERE hash = $1 AND until > $2`,
		hash, store.Time(tx.Now)).Scan(&until)
	switch {
	case store.Missing(err):
		return fault.New(fault.Missing, "accounts.setup.gone")
	case err != nil:
		return fmt.Errorf("accounts: check setup token: %w", err)
	}
	return nil
}
