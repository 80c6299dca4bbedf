package accounts

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// EraseIn takes what is personal out of the account of the address, and keeps it out
// for good; its ID stays, for deeds were done under it. It returns the ID, empty if
// there is no such account. An account of the office or of an administrator is a
// Conflict: their role has to be taken from them first.
func (d *Desk) EraseIn(ctx context.Context, tx *store.Tx, by auth.Actor, email string) (auth.UserID, error) {
	a, err := accountOf(ctx, tx, email)
	if err != nil || a.ID == "" {
		return "", err
	}
	if a.Roles&auth.Staff != 0 {
		return "", fault.New(fault.Conflict, "accounts.erase.staff")
	}
	for _, s := range []string{
		`DELETE FROM account_sessions WHERE account = $1`, `DELETE FROM account_links WHERE account = $1`, `DELETE FROM account_apps WHERE account = $1`,
		`DELETE FROM account_recovery WHERE account = $1`, `DELETE FROM account_passkeys WHERE account = $1`, `DELETE FROM account_ceremonies WHERE account = $1`,
	} {
		if _, err := tx.ExecContext(ctx, s, a.ID); err != nil {
			return "", fmt.Errorf("accounts: erase %s: %w", a.ID, err)
		}
	}
	for _, s := range []string{`DELETE FROM account_firsts WHERE email = $1`, `DELETE FROM account_tries WHERE whose IN ('as ' || $1, 'link ' || $1)`} {
		if _, err := tx.ExecContext(ctx, s, emailKey(email)); err != nil {
			return "", fmt.Errorf("accounts: erase %s: %w", a.ID, err)
		}
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE accounts SET name = $2, sort_key = $2, email = $3, email_key = $3, password = '', disabled = $4, digest = $5 WHERE id = $1`,
		a.ID, store.Erased, "erased-"+string(a.ID)+"@invalid.example", true, false)
	if err != nil {
		return "", fmt.Errorf("accounts: erase %s: %w", a.ID, err)
	}
	return a.ID, audit.Note(ctx, tx, by, "accounts.erase", subject(a.ID))
}

// TellIn is all that is kept about the account of the address, ready for JSON; nil
// for nothing.
func (d *Desk) TellIn(ctx context.Context, tx *store.Tx, email string) (any, error) {
	a, err := accountOf(ctx, tx, email)
	if err != nil || a.ID == "" {
		return nil, err
	}
	open, err := listSessions(ctx, tx, a.ID)
	if err != nil {
		return nil, err
	}
	keys, err := listPasskeys(ctx, tx, a.ID)
	return struct {
		Account  Account
		Roles    string
		Sessions []Open
		Passkeys []Passkey
	}{a, a.Roles.String(), open, keys}, err
}

// UserIn is the ID of the account of the address; empty for none.
func (d *Desk) UserIn(ctx context.Context, tx *store.Tx, email string) (auth.UserID, error) {
	a, err := accountOf(ctx, tx, email)
	return a.ID, err
}

// accountOf reads the account of the address; the zero Account is none.
func accountOf(ctx context.Context, tx *store.Tx, email string) (Account, error) {
	if emailKey(email) == "" {
		return Account{}, nil
	}
	a, err := readAccount(tx.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM accounts WHERE email_key = $1`, emailKey(email)))
	if err != nil && !store.Missing(err) {
		return a, fmt.Errorf("accounts: of an address: %w", err)
	}
	if err != nil {
		return Account{}, nil
	}
	return a, nil
}

// MoveIn gives the account of an address another one; without an account nothing is
// done. A new address that has an account is a Conflict.
func (d *Desk) MoveIn(ctx context.Context, tx *store.Tx, by auth.Actor, from, to string) error {
	a, err := accountOf(ctx, tx, from)
	if err != nil || a.ID == "" || emailKey(from) == emailKey(to) {
		return err
	}
	a.Email = clean(to)
	if err := a.Check(); err != nil {
		return err
	}
	if err := putAccount(ctx, tx, a); err != nil {
		return err
	}
	// A link that was sent to the old address must not open the account.
	if err := dropLinks(ctx, tx, a.ID); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "accounts.move", subject(a.ID))
}
