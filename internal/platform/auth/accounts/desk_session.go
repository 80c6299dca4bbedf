package accounts

import (
	"context"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// An Open is a session as its owner sees it.
type Open struct {
	ID      string
	How     string // "password", "link", "passkey", "provider" or "demo"
	Origin  string // network address it began at
	Created time.Time
	Seen    time.Time // within the hour
	This    bool      // the one that asks
}

// How a session began.
const (
	byPassword = "password"
	byLink     = "link"
	byDemo     = "demo"
	byPasskey  = "passkey"
	byProvider = "provider"
)

// Session says whose session it is. The fault of a token that is nobody's, was
// signed out or has not been seen for thirty days is Denied.
func (d *Desk) Session(ctx context.Context, token string) (auth.Actor, error) {
	s, err := d.session(ctx, token)
	if err != nil {
		return auth.Actor{}, err
	}
	who := s.account.Actor()
	who.Second = d.reminded(s)
	if who.Roles&auth.Member == 0 || d.Former == nil {
		return who, nil
	}
	// An account outlives the membership, and says no more then who is a member.
	former, err := store.Read(ctx, d.db, func(tx *store.Tx) (bool, error) { return d.Former(ctx, tx, who.Email) })
	if former {
		who.Roles &^= auth.Member
	}
	return who, err
}

// session is a whole one: one that waits for a second factor is nobody's.
func (d *Desk) session(ctx context.Context, token string) (session, error) {
	s, err := d.any(ctx, token)
	if err == nil && s.half(d.required()) {
		return session{}, fault.New(fault.Denied, "auth.sign_in_first")
	}
	return s, err
}

// any is a session, be it half of one.
func (d *Desk) any(ctx context.Context, token string) (session, error) {
	if token == "" {
		return session{}, fault.New(fault.Denied, "auth.sign_in_first")
	}
	hash, old := tokenHash(token), false
	s, err := store.Read(ctx, d.db, func(tx *store.Tx) (session, error) {
		s, err := getSession(ctx, tx, hash)
		old = err == nil && s.seen < store.Time(tx.Now.Add(-seenEvery))
		return s, err
	})
	if err == nil && old {
		err = d.db.Write(ctx, func(tx *store.Tx) error { return touchSession(ctx, tx, hash) })
	}
	// Who cannot be noted is still who they are: a full disk shuts nobody out.
	if s.id != "" && fault.Is(err, fault.Busy) {
		err = nil
	}
	return s, err
}

// Sessions lists one's own open sessions, the last seen first.
func (d *Desk) Sessions(ctx context.Context, token string) ([]Open, error) {
	s, err := d.session(ctx, token)
	if err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Open, error) {
		list, err := listSessions(ctx, tx, s.account.ID)
		for i := range list {
			list[i].This = list[i].ID == s.id
		}
		return list, err
	})
}

// SignOut ends the session. A session that is none is out already.
func (d *Desk) SignOut(ctx context.Context, token string) error {
	s, err := d.any(ctx, token)
	if fault.Is(err, fault.Denied) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.end(ctx, s, "accounts.sign_out", s.id)
}

// End ends another of one's own sessions; what is not one's own is Missing.
func (d *Desk) End(ctx context.Context, token, id string) error {
	s, err := d.session(ctx, token)
	if err != nil {
		return err
	}
	return d.end(ctx, s, "accounts.end_session", id)
}

func (d *Desk) end(ctx context.Context, s session, deed, id string) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := dropSession(ctx, tx, s.account.ID, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.account.Actor(), deed, subject(s.account.ID))
	})
}

// SignOutEverywhere ends all sessions of whoever asks, this one too, and makes
// their links useless.
func (d *Desk) SignOutEverywhere(ctx context.Context, token string) error {
	s, err := d.session(ctx, token)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := dropSessions(ctx, tx, s.account.ID, ""); err != nil {
			return err
		}
		if err := dropLinks(ctx, tx, s.account.ID); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.account.Actor(), "accounts.sign_out_everywhere", subject(s.account.ID))
	})
}

// NeedsOld reports whether ChangePassword will ask this session for the password
// that was: not where there is none, nor soon after a mail link was used, which
// is how a forgotten password is replaced.
func (d *Desk) NeedsOld(ctx context.Context, token string) (bool, error) {
	s, err := d.session(ctx, token)
	return s.needsOld(d.db.Now()), err
}

// ChangePassword sets a new password, and ends all other sessions and links.
// A wrong old one is a fault of that field, and counts as a try to sign in.
func (d *Desk) ChangePassword(ctx context.Context, token, old, password string) error {
	s, err := d.session(ctx, token)
	if err != nil {
		return err
	}
	if err := checkPassword(password, s.account); err != nil {
		return err
	}
	if s.needsOld(d.db.Now()) {
		switch p, err := d.prove(ctx, s.account.Email, old, ""); {
		case fault.Is(err, fault.Denied), err == nil && p.id != s.account.ID:
			return fault.In("old", "accounts.password.wrong")
		case err != nil:
			return err
		}
	}
	hash, err := d.hash(ctx, password)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		id := s.account.ID
		if err := setPassword(ctx, tx, id, hash); err != nil {
			return err
		}
		if err := dropSessions(ctx, tx, id, s.id); err != nil {
			return err
		}
		if err := dropLinks(ctx, tx, id); err != nil {
			return err
		}
		if err := forgive(ctx, tx, "", triesOf(s.account.Email)); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.account.Actor(), "accounts.change_password", subject(id))
	})
}
