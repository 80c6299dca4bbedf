package accounts

import (
	"context"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Person is who reads mail at an address, as the register knows them.
type Person struct {
	Name string // as it is spoken; empty for nobody
	Lang string
}

// askFirst sends a link to a member who has no account yet. It is made when the
// link is used, so that asking makes nothing.
func (d *Desk) askFirst(ctx context.Context, tx *store.Tx, email string, l Link) error {
	p, err := d.knows(ctx, tx, email)
	if err != nil || p.Name == "" {
		return err
	}
	l.Account, l.Until = Account{Name: p.Name, Email: emailKey(email), Lang: p.Lang}, tx.Now.Add(linkSpan)
	if err := putFirst(ctx, tx, tokenHash(l.Token), l.Account.Email, l.Until); err != nil {
		return err
	}
	if err := audit.Note(ctx, tx, auth.Actor{}, "accounts.ask_first", "accounts"); err != nil {
		return err
	}
	return d.post(ctx, tx, l)
}

// knows says whom the register knows behind an address that is no account's, be it
// of one who was kept out.
func (d *Desk) knows(ctx context.Context, tx *store.Tx, email string) (Person, error) {
	if d.Knows == nil {
		return Person{}, nil
	}
	taken, err := hasAccount(ctx, tx, email)
	if err != nil || taken {
		return Person{}, err
	}
	return d.Knows(ctx, tx, emailKey(email))
}

// useFirst makes the account of a member who comes by their first link.
func (d *Desk) useFirst(ctx context.Context, tx *store.Tx, token, from string) (SignedIn, error) {
	email, err := firstOf(ctx, tx, tokenHash(token), true)
	if err != nil {
		return SignedIn{}, err
	}
	a, err := d.welcome(ctx, tx, email)
	if err != nil {
		return SignedIn{}, err
	}
	return open(ctx, tx, a, byLink, from)
}

// welcome makes the account of a member, or returns a Missing fault for an address
// that is no member's.
func (d *Desk) welcome(ctx context.Context, tx *store.Tx, email string) (Account, error) {
	p, err := d.knows(ctx, tx, email)
	switch {
	case err != nil:
		return Account{}, err
	case p.Name == "":
		return Account{}, gone()
	}
	a := Account{ID: auth.UserID(tx.ID()), Name: p.Name, Email: emailKey(email), Roles: auth.Member, Created: tx.Now}.tidy()
	if err := a.Check(); err != nil {
		return a, err
	}
	if err := putAccount(ctx, tx, a); err != nil {
		return a, err
	}
	return a, audit.Note(ctx, tx, a.Actor(), "accounts.welcome", subject(a.ID))
}

// ByProvider begins a session for an address that a provider of sign-in has
// vouched for: of an account, or of a member. The fault is Denied for any other.
func (d *Desk) ByProvider(ctx context.Context, email, from string) (SignedIn, error) {
	return store.Write(ctx, d.db, func(tx *store.Tx) (SignedIn, error) {
		id, _, err := findEnabled(ctx, tx, email)
		if err != nil {
			return SignedIn{}, err
		}
		var a Account
		if id != "" {
			a, err = getAccount(ctx, tx, id)
		} else if a, err = d.welcome(ctx, tx, email); fault.Of(err) != nil {
			err = fault.New(fault.Denied, "auth.provider.unknown")
		}
		if err != nil {
			return SignedIn{}, err
		}
		if err := audit.Note(ctx, tx, a.Actor(), "accounts.by_provider", subject(a.ID)); err != nil {
			return SignedIn{}, err
		}
		return open(ctx, tx, a, byProvider, from)
	})
}
