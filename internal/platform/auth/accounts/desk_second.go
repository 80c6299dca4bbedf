package accounts

import (
	"context"
	"slices"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Second is what an account has beside its password and its mail.
type Second struct {
	App      bool // shows codes
	Codes    int  // recovery codes that are left
	Passkeys []Passkey
	Password bool
	Needed   bool // the house asks it of those who have the account's roles
}

// Any reports whether there is a second factor at all.
func (s Second) Any() bool { return s.App || len(s.Passkeys) > 0 }

// SureSpan is for how long who has proved themself may do what cannot be undone.
const SureSpan = 10 * time.Minute

// Half reports whether the session waits for a second factor: until it has come,
// Session knows nobody.
func (d *Desk) Half(ctx context.Context, token string) bool {
	s, err := d.any(ctx, token)
	return err == nil && s.half(d.required())
}

// required reports whether the day has come from which the house asks for a second
// factor. A session that began before it waits from then on, too.
func (d *Desk) required() bool { return d.Required && !d.db.Now().Before(d.RequiredFrom) }

// reminded is the day from which the session will need a second factor that its account
// does not have; empty if it will not.
func (d *Desk) reminded(s session) string {
	if !d.Required || d.required() || s.account.Roles&auth.Staff == 0 || s.hasApp || s.hasPasskey || s.how == byDemo {
		return ""
	}
	return d.RequiredFrom.Format("2006-01-02")
}

// half reports whether the session still has to prove itself by a second factor:
// who has an app is always asked, the office and administrators where the house
// says so.
func (s session) half(required bool) bool {
	needed := s.hasApp || required && s.account.Roles&auth.Staff != 0
	return needed && s.second == "" && s.how != byDemo
}

// Second reads what the account of the session has; a half session may ask too.
func (d *Desk) Second(ctx context.Context, token string) (Second, error) {
	s, err := d.any(ctx, token)
	if err != nil {
		return Second{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Second, error) {
		out := Second{App: s.hasApp, Password: s.hasPassword, Needed: d.Required && s.account.Roles&auth.Staff != 0}
		var err error
		if out.Passkeys, err = listPasskeys(ctx, tx, s.account.ID); err == nil {
			out.Codes, err = countRecovery(ctx, tx, s.account.ID)
		}
		return out, err
	})
}

// enrolling is the session of somebody who may add a second factor: a whole one, or
// a half one of an account that has none yet.
func (d *Desk) enrolling(ctx context.Context, token string) (session, error) {
	s, err := d.any(ctx, token)
	if err == nil && s.half(d.required()) && (s.hasApp || s.hasPasskey) {
		err = fault.New(fault.Denied, "auth.sign_in_first")
	}
	return s, err
}

// planting is enrolling for the first step: a whole session must have proved itself
// just now, for a factor that is planted in a session left open signs in for ever.
func (d *Desk) planting(ctx context.Context, token string) (session, error) {
	s, err := d.enrolling(ctx, token)
	if err == nil && !s.half(d.required()) {
		return d.sure(ctx, token, 2*SureSpan)
	}
	return s, err
}

// BeginApp makes the secret of a new app. It is shown now and never again; it
// counts once a code of it is confirmed. An app that is confirmed is a Conflict:
// it must be taken out first.
func (d *Desk) BeginApp(ctx context.Context, token string) (secret, address string, err error) {
	s, err := d.planting(ctx, token)
	if err != nil {
		return "", "", err
	}
	secret = newSecret()
	err = d.db.Write(ctx, func(tx *store.Tx) error {
		old, err := getApp(ctx, tx, s.account.ID)
		switch {
		case err != nil:
			return err
		case old.confirmed != "":
			return fault.New(fault.Conflict, "accounts.app.there")
		}
		return putApp(ctx, tx, s.account.ID, app{secret: secret})
	})
	if err != nil {
		return "", "", err
	}
	return secret, appAddress(d.Name, s.account.Email, secret), nil
}

// ConfirmApp takes the first code of a new app and gives the recovery codes, which
// are shown this once. The other sessions of the account end.
func (d *Desk) ConfirmApp(ctx context.Context, token, code string) ([]string, error) {
	s, err := d.enrolling(ctx, token)
	if err != nil {
		return nil, err
	}
	codes := newCodes()
	err = d.guess(ctx, s, code, func(tx *store.Tx, a app) error {
		if a.secret == "" || a.confirmed != "" {
			return fault.New(fault.Conflict, "accounts.app.there")
		}
		a.confirmed = store.Time(tx.Now)
		if err := d.pass(ctx, tx, s, a, code, false); err != nil {
			return err
		}
		if err := dropSessions(ctx, tx, s.account.ID, s.id); err != nil {
			return err
		}
		if err := putRecovery(ctx, tx, s.account.ID, codes); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.account.Actor(), "accounts.app.add", subject(s.account.ID))
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

func newCodes() []string {
	codes := make([]string, 10)
	for i := range codes {
		codes[i] = newRecovery()
	}
	return codes
}

// Prove takes a code of the app, or a recovery code, and makes the session whole
// and sure.
func (d *Desk) Prove(ctx context.Context, token, code string) error {
	s, err := d.any(ctx, token)
	if err != nil {
		return err
	}
	return d.guess(ctx, s, code, func(tx *store.Tx, a app) error {
		if a.confirmed == "" {
			return fault.In("code", "accounts.code.wrong")
		}
		return d.pass(ctx, tx, s, a, code, true)
	})
}

// guess counts the try before it is made, so that codes cannot be tried out.
func (d *Desk) guess(ctx context.Context, s session, code string, try func(*store.Tx, app) error) error {
	if len(code) > 100 {
		return fault.In("code", "accounts.code.wrong")
	}
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tryOnce(ctx, tx, mostTries, "code "+string(s.account.ID))
		return err
	})
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		a, err := getApp(ctx, tx, s.account.ID)
		if err != nil {
			return err
		}
		if err := try(tx, a); err != nil {
			return err
		}
		return forgive(ctx, tx, "", "code "+string(s.account.ID))
	})
}

// pass checks a code, and notes that the session has proved itself. A code is taken
// once: whoever looks over a shoulder comes too late.
func (d *Desk) pass(ctx context.Context, tx *store.Tx, s session, a app, code string, recovery bool) error {
	step := stepOf(a.secret, code, a.used, tx.Now)
	switch {
	case step > 0:
		a.used = step
		if err := putApp(ctx, tx, s.account.ID, a); err != nil {
			return err
		}
	case recovery:
		ok, err := takeRecovery(ctx, tx, s.account.ID, code)
		if err != nil {
			return err
		}
		if !ok {
			return fault.In("code", "accounts.code.wrong")
		}
		if err := audit.Note(ctx, tx, s.account.Actor(), "accounts.recovery", subject(s.account.ID)); err != nil {
			return err
		}
	default:
		return fault.In("code", "accounts.code.wrong")
	}
	return provedNow(ctx, tx, s.id, true)
}

// DropApp takes the app out, with its recovery codes. Who has just proved themself
// may; the house may need another factor from then on.
func (d *Desk) DropApp(ctx context.Context, token string) error {
	s, err := d.sure(ctx, token, SureSpan)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := dropSecond(ctx, tx, s.account.ID, false); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.account.Actor(), "accounts.app.drop", subject(s.account.ID))
	})
}

// NewCodes makes new recovery codes in place of the old ones.
func (d *Desk) NewCodes(ctx context.Context, token string) ([]string, error) {
	s, err := d.sure(ctx, token, SureSpan)
	if err != nil {
		return nil, err
	}
	codes := newCodes()
	return codes, d.db.Write(ctx, func(tx *store.Tx) error {
		if err := putRecovery(ctx, tx, s.account.ID, codes); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.account.Actor(), "accounts.codes", subject(s.account.ID))
	})
}

// Forget takes out all second factors of somebody who has lost theirs, and ends
// their sessions: a deed of those who keep accounts.
func (d *Desk) Forget(ctx context.Context, by auth.Actor, id auth.UserID) error {
	if err := by.Must(Keep); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := getAccount(ctx, tx, id); err != nil {
			return err
		}
		if err := dropSecond(ctx, tx, id, true); err != nil {
			return err
		}
		if err := dropSessions(ctx, tx, id, ""); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "accounts.forget_second", subject(id))
	})
}

// Sure returns a Denied fault unless the session has proved itself within the span,
// by signing in or anew. It is asked before deeds that cannot be undone.
func (d *Desk) Sure(ctx context.Context, token string, within time.Duration) error {
	_, err := d.sure(ctx, token, within)
	return err
}

func (d *Desk) sure(ctx context.Context, token string, within time.Duration) (session, error) {
	s, err := d.session(ctx, token)
	if err != nil {
		return s, err
	}
	last := slices.Max([]string{s.created, s.proved})
	if !d.demo && last < store.Time(d.db.Now().Add(-within)) {
		return s, fault.New(fault.Denied, "auth.sure_first")
	}
	return s, nil
}

// ProvePassword makes the session sure by the password. A wrong one is a fault of
// that field, and counts as a try to sign in. Who has an app gives its code instead.
func (d *Desk) ProvePassword(ctx context.Context, token, password string) error {
	s, err := d.session(ctx, token)
	if err != nil {
		return err
	}
	if s.hasApp {
		return fault.In("code", "accounts.code.wrong")
	}
	switch p, err := d.prove(ctx, s.account.Email, password, ""); {
	case fault.Is(err, fault.Denied), err == nil && p.id != s.account.ID:
		return fault.In("password", "accounts.password.wrong")
	case err != nil:
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := forgive(ctx, tx, "", triesOf(s.account.Email)); err != nil {
			return err
		}
		return provedNow(ctx, tx, s.id, false)
	})
}
