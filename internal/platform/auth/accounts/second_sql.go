package accounts

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// An app is the row of one.
type app struct {
	secret, confirmed string
	used              int64
}

// getApp reads the app of the account; the zero app is none.
func getApp(ctx context.Context, tx *store.Tx, id auth.UserID) (a app, err error) {
	err = tx.QueryRowContext(ctx, `SELECT secret, confirmed, used FROM account_apps WHERE account = $1`, id).Scan(&a.secret, &a.confirmed, &a.used)
	if err != nil && !store.Missing(err) {
		return a, fmt.Errorf("accounts: app of %s: %w", id, err)
	}
	return a, nil
}

func putApp(ctx context.Context, tx *store.Tx, id auth.UserID, a app) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO account_apps (account, secret, confirmed, used) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, confirmed = excluded.confirmed, used = excluded.used`, id, a.secret, a.confirmed, a.used)
	if err != nil {
		return fmt.Errorf("accounts: put app of %s: %w", id, err)
	}
	return nil
}

// dropSecond takes out the app with its recovery codes, and the passkeys if they too.
func dropSecond(ctx context.Context, tx *store.Tx, id auth.UserID, passkeys bool) error {
	tables := []string{"account_apps", "account_recovery"}
	if passkeys {
		tables = append(tables, "account_passkeys")
	}
	for _, table := range tables {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE account = $1`, id); err != nil {
			return fmt.Errorf("accounts: drop second factor of %s: %w", id, err)
		}
	}
	return nil
}

// putRecovery keeps these codes in place of those that were.
func putRecovery(ctx context.Context, tx *store.Tx, id auth.UserID, codes []string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM account_recovery WHERE account = $1`, id); err != nil {
		return fmt.Errorf("accounts: recovery of %s: %w", id, err)
	}
	for _, c := range codes {
		if _, err := tx.ExecContext(ctx, `INSERT INTO account_recovery (hash, account) VALUES ($1, $2)`, tokenHash(tidyRecovery(c)), id); err != nil {
			return fmt.Errorf("accounts: recovery of %s: %w", id, err)
		}
	}
	return nil
}

// takeRecovery consumes a code, and reports whether it was one.
func takeRecovery(ctx context.Context, tx *store.Tx, id auth.UserID, code string) (bool, error) {
	done, err := tx.ExecContext(ctx, `DELETE FROM account_recovery WHERE account = $1 AND hash = $2`, id, tokenHash(tidyRecovery(code)))
	if err != nil {
		return false, fmt.Errorf("accounts: take recovery of %s: %w", id, err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

func countRecovery(ctx context.Context, tx *store.Tx, id auth.UserID) (n int, err error) {
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM account_recovery WHERE account = $1`, id).Scan(&n); err != nil {
		return 0, fmt.Errorf("accounts: count recovery of %s: %w", id, err)
	}
	return n, nil
}

// provedNow notes that the session has proved itself anew; second says that it was
// by a second factor.
func provedNow(ctx context.Context, tx *store.Tx, session string, second bool) error {
	now := store.Time(tx.Now)
	statement := `UPDATE account_sessions SET proved = $2 WHERE id = $1`
	if second {
		statement = `UPDATE account_sessions SET proved = $2, second = $2 WHERE id = $1`
	}
	if _, err := tx.ExecContext(ctx, statement, session, now); err != nil {
		return fmt.Errorf("accounts: proved: %w", err)
	}
	return nil
}

func readPasskey(row store.Scanner) (p Passkey, err error) {
	var made, used, credential string
	if err := row.Scan(&p.ID, &p.account, &p.Name, &credential, &made, &used); err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(credential), &p.credential); err != nil {
		return p, err
	}
	if p.Made, err = store.ParseTime(made); err == nil {
		p.Used, err = store.ParseTime(used)
	}
	return p, err
}

func listPasskeys(ctx context.Context, tx *store.Tx, id auth.UserID) ([]Passkey, error) {
	list, err := store.List(ctx, tx, readPasskey, `SELECT id, account, name, credential, made, used FROM account_passkeys WHERE account = $1 ORDER BY made, id LIMIT 50`, id)
	if err != nil {
		return nil, fmt.Errorf("accounts: passkeys of %s: %w", id, err)
	}
	return list, nil
}

func putPasskey(ctx context.Context, tx *store.Tx, p Passkey) error {
	credential, err := json.Marshal(p.credential)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO account_passkeys (id, account, name, credential, made, used) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (id) DO UPDATE SET credential = excluded.credential, used = excluded.used`,
			p.ID, p.account, p.Name, string(credential), store.Time(p.Made), store.Time(p.Used))
	}
	if err != nil {
		return fmt.Errorf("accounts: put passkey of %s: %w", p.account, err)
	}
	return nil
}

// namePasskey names a passkey of the account, or takes it out if the name is empty.
func namePasskey(ctx context.Context, tx *store.Tx, of auth.UserID, id, name string) error {
	statement, args := `UPDATE account_passkeys SET name = $3 WHERE account = $1 AND id = $2`, []any{of, id, name}
	if name == "" {
		statement, args = `DELETE FROM account_passkeys WHERE account = $1 AND id = $2`, args[:2]
	}
	done, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return fmt.Errorf("accounts: passkey of %s: %w", of, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return fault.New(fault.Missing, "accounts.passkey.missing")
	}
	return nil
}

func putCeremony(ctx context.Context, tx *store.Tx, hash string, of auth.UserID, s *webauthn.SessionData, until time.Time) error {
	whole, err := json.Marshal(s)
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO account_ceremonies (hash, account, session, until) VALUES ($1, $2, $3, $4)`, hash, of, string(whole), store.Time(until))
	}
	if err != nil {
		return fmt.Errorf("accounts: put ceremony: %w", err)
	}
	return nil
}

// takeCeremony consumes a challenge of the account: each is good for one answer.
func takeCeremony(ctx context.Context, tx *store.Tx, hash string, of auth.UserID) (s webauthn.SessionData, err error) {
	var whole string
	err = tx.QueryRowContext(ctx, `DELETE FROM account_ceremonies WHERE hash = $1 AND account = $2 AND until > $3 RETURNING session`,
		hash, of, store.Time(tx.Now)).Scan(&whole)
	switch {
	case store.Missing(err):
		return s, fault.New(fault.Missing, "accounts.passkey.late")
	case err != nil:
		return s, fmt.Errorf("accounts: take ceremony: %w", err)
	}
	return s, json.Unmarshal([]byte(whole), &s)
}

func putFirst(ctx context.Context, tx *store.Tx, hash, email string, until time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO account_firsts (hash, email, until) VALUES ($1, $2, $3)`, hash, email, store.Time(until))
	if err != nil {
		return fmt.Errorf("accounts: put first link: %w", err)
	}
	return nil
}

// firstOf finds for which address a first link is; take consumes it.
func firstOf(ctx context.Context, tx *store.Tx, hash string, take bool) (email string, err error) {
	statement := `SELECT email FROM account_firsts WHERE hash = $1 AND until > $2`
	if take {
		statement = `DELETE FROM account_firsts WHERE hash = $1 AND until > $2 RETURNING email`
	}
	err = tx.QueryRowContext(ctx, statement, hash, store.Time(tx.Now)).Scan(&email)
	switch {
	case store.Missing(err):
		return "", gone()
	case err != nil:
		return "", fmt.Errorf("accounts: first link: %w", err)
	}
	return email, nil
}
