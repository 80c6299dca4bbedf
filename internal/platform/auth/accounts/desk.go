package accounts

import (
	"context"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Desk looks after the accounts of one house.
type Desk struct {
	// What the house says of itself, for apps and devices that know it by name.
	Name string
	URL  string
	// Required asks the office and administrators for a second factor, from RequiredFrom
	// on: until then they are reminded.
	Required     bool
	RequiredFrom time.Time
	// Knows says whom the register knows behind an address; may be nil.
	Knows func(ctx context.Context, tx *store.Tx, email string) (Person, error)
	// Former says whether the register knows an address from the past only: what members
	// may is no more for whoever reads its mail. May be nil.
	Former func(ctx context.Context, tx *store.Tx, email string) (bool, error)

	db      *store.DB
	post    Post
	demo    bool
	hashing chan struct{} // two places
}

// A Post has a letter with the link sent, in the transaction that made the link.
type Post func(ctx context.Context, tx *store.Tx, l Link) error

// New is the desk over a database that has Steps and those of audit. In a demo
// house anybody may be anybody.
func New(db *store.DB, post Post, demo bool) *Desk {
	return &Desk{Name: "Asociacija", URL: "http://localhost", db: db, post: post, demo: demo, hashing: make(chan struct{}, 2)}
}

// Setup makes a token, good for half an hour, with which First makes the first
// administrator. It returns a Conflict fault once there is any account.
func (d *Desk) Setup(ctx context.Context) (token string, err error) {
	token, hash := newToken()
	err = d.db.Write(ctx, func(tx *store.Tx) error {
		all, _, err := countAccounts(ctx, tx)
		switch {
		case err != nil:
			return err
		case all > 0:
			return alreadySetUp()
		}
		return putSetup(ctx, tx, hash, tx.Now.Add(linkSpan))
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

func alreadySetUp() error { return fault.New(fault.Conflict, "accounts.setup.done") }

// First makes the first account, an administrator who also does the work of the
// office, and signs them in. Of several who try, one succeeds; the others get a
// Conflict fault. A wrong token is a Missing fault.
func (d *Desk) First(ctx context.Context, token, name, email, password, origin string) (SignedIn, error) {
	a := Account{Name: name, Email: email, Roles: auth.Staff, Digest: true}.tidy()
	if err := a.Check(); err != nil {
		return SignedIn{}, err
	}
	if err := checkPassword(password, a); err != nil {
		return SignedIn{}, err
	}
	// Hashing is work, and not for passers-by.
	if err := d.db.Read(ctx, func(tx *store.Tx) error { return checkSetup(ctx, tx, tokenHash(token)) }); err != nil {
		return SignedIn{}, err
	}
	hash, err := d.hash(ctx, password)
	if err != nil {
		return SignedIn{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (SignedIn, error) {
		if err := checkSetup(ctx, tx, tokenHash(token)); err != nil {
			return SignedIn{}, err
		}
		a.ID, a.Created = auth.UserID(tx.ID()), tx.Now
		if err := putAccount(ctx, tx, a); err != nil {
			return SignedIn{}, err
		}
		if err := setPassword(ctx, tx, a.ID, hash); err != nil {
			return SignedIn{}, err
		}
		if err := audit.Note(ctx, tx, a.Actor(), "accounts.first", subject(a.ID)); err != nil {
			return SignedIn{}, err
		}
		return open(ctx, tx, a, byPassword, origin)
	})
}

// Invite makes an account and sends a link, good for a week, to sign in with.
func (d *Desk) Invite(ctx context.Context, by auth.Actor, a Account) (Account, error) {
	a = a.tidy()
	if err := by.Must(Keep); err != nil {
		return Account{}, err
	}
	if err := a.Check(); err != nil {
		return Account{}, err
	}
	token, hash := newToken()
	return store.Write(ctx, d.db, func(tx *store.Tx) (Account, error) {
		a.ID, a.Created, a.Disabled = auth.UserID(tx.ID()), tx.Now, false
		if err := putAccount(ctx, tx, a); err != nil {
			return Account{}, err
		}
		l := Link{Account: a, Token: token, Until: tx.Now.Add(inviteSpan), Invited: true}
		if err := putLink(ctx, tx, hash, l); err != nil {
			return Account{}, err
		}
		if err := d.post(ctx, tx, l); err != nil {
			return Account{}, err
		}
		return a, audit.Note(ctx, tx, by, "accounts.invite", subject(a.ID), "roles", a.Roles.String())
	})
}

// Save writes name, address, roles, language and digest of the account of a.ID.
// The last administrator stays one: else a Conflict fault.
func (d *Desk) Save(ctx context.Context, by auth.Actor, a Account) (Account, error) {
	if err := by.Must(Keep); err != nil {
		return Account{}, err
	}
	return d.change(ctx, by, a.ID, "accounts.save", func(old Account) Account {
		old.Name, old.Email, old.Roles, old.Lang, old.Digest = a.Name, a.Email, a.Roles, a.Lang, a.Digest
		return old
	})
}

// Disable keeps somebody out from now on, and ends their sessions and links.
func (d *Desk) Disable(ctx context.Context, by auth.Actor, id auth.UserID) (Account, error) {
	if err := by.Must(Keep); err != nil {
		return Account{}, err
	}
	return d.change(ctx, by, id, "accounts.disable", func(a Account) Account { a.Disabled = true; return a })
}

// Enable lets somebody in again.
func (d *Desk) Enable(ctx context.Context, by auth.Actor, id auth.UserID) (Account, error) {
	if err := by.Must(Keep); err != nil {
		return Account{}, err
	}
	return d.change(ctx, by, id, "accounts.enable", func(a Account) Account { a.Disabled = false; return a })
}

// Settle writes what somebody decides about their own account.
func (d *Desk) Settle(ctx context.Context, by auth.Actor, name, lang string, digest bool) (Account, error) {
	if by.User == "" {
		return Account{}, fault.New(fault.Denied, "auth.sign_in_first")
	}
	return d.change(ctx, by, by.User, "accounts.settle", func(a Account) Account {
		a.Name, a.Lang, a.Digest = name, lang, digest
		return a
	})
}

func (d *Desk) change(ctx context.Context, by auth.Actor, id auth.UserID, deed string, step func(Account) Account) (Account, error) {
	return store.Write(ctx, d.db, func(tx *store.Tx) (Account, error) {
		old, err := getAccount(ctx, tx, id)
		if err != nil {
			return Account{}, err
		}
		a := step(old).tidy()
		if err := a.Check(); err != nil {
			return Account{}, err
		}
		if err := putAccount(ctx, tx, a); err != nil {
			return Account{}, err
		}
		if _, left, err := countAccounts(ctx, tx); err != nil || left == 0 {
			if err == nil {
				err = fault.New(fault.Conflict, "accounts.last_administrator")
			}
			return Account{}, err
		}
		// A link that was sent to the old address must not open the account.
		if a.Disabled || emailKey(a.Email) != emailKey(old.Email) {
			if err := dropLinks(ctx, tx, id); err != nil {
				return Account{}, err
			}
		}
		if a.Disabled {
			if err := dropSessions(ctx, tx, id, ""); err != nil {
				return Account{}, err
			}
		}
		return a, audit.Note(ctx, tx, by, deed, subject(id), "roles", a.Roles.String())
	})
}

// List reads a page of the accounts by name.
func (d *Desk) List(ctx context.Context, by auth.Actor, q Query) ([]Account, error) {
	if err := by.Must(Keep); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Account, error) { return listAccounts(ctx, tx, q) })
}

// Account reads one account: one's own, or any for those who keep them.
func (d *Desk) Account(ctx context.Context, by auth.Actor, id auth.UserID) (Account, error) {
	if by.User == "" || by.User != id {
		if err := by.Must(Keep); err != nil {
			return Account{}, err
		}
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Account, error) { return getAccount(ctx, tx, id) })
}

// Sweep deletes what has run out: an hourly job.
func (d *Desk) Sweep(ctx context.Context) error {
	return d.db.Write(ctx, func(tx *store.Tx) error { return sweep(ctx, tx) })
}

// How long things are good for.
const (
	linkSpan    = 30 * time.Minute
	inviteSpan  = 7 * 24 * time.Hour
	sessionSpan = 30 * 24 * time.Hour // since it was last seen
	seenEvery   = time.Hour           // how exactly that is known
	freshSpan   = 30 * time.Minute    // a link proves its reader for so long
	tryWindow   = 15 * time.Minute
)
