package accounts

import (
	"context"
	"net/netip"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Link opens an account once. The web makes an address of the token; whoever
// follows it sees a button, for mail scanners follow links too.
type Link struct {
	Account Account
	Token   string // a secret
	Until   time.Time
	Invited bool   // the account is new
	Next    string // where the person was going; a path of the house
}

// SignedIn is a session that has just begun.
type SignedIn struct {
	Account Account
	Token   string // a secret, for the cookie
}

// Tries that a mail address or a network address has in tryWindow.
const (
	mostTries = 10
	mostAsked = 5
	mostLinks = 60    // that a network address asks for, for many addresses; a hall of people is one
	mostNext  = 1_000 // bytes of where somebody was going
)

func slowDown() error {
	return fault.New(fault.Busy, "auth.slow_down", "minutes", int(tryWindow/time.Minute))
}

func wrong() error { return fault.New(fault.Denied, "auth.sign_in.wrong") }

func gone() error { return fault.New(fault.Missing, "auth.link.gone") }

// SignIn begins a session for address and password; from is the network address
// of whoever asks, empty if unknown. The faults are Denied, whatever was wrong,
// and Busy after ten tries in fifteen minutes for one mail address or network. A
// mail link still works then, so that nobody can be kept out by strangers.
func (d *Desk) SignIn(ctx context.Context, email, password, from string) (SignedIn, error) {
	p, err := d.prove(ctx, email, password, from)
	if err != nil {
		return SignedIn{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (SignedIn, error) {
		// The account may have been closed, or its password changed, meanwhile.
		id, kept, err := findEnabled(ctx, tx, email)
		switch {
		case err != nil:
			return SignedIn{}, err
		case id != p.id || kept != p.kept:
			return SignedIn{}, wrong()
		}
		a, err := getAccount(ctx, tx, id)
		if err != nil {
			return SignedIn{}, err
		}
		if err := forgive(ctx, tx, p.try, triesOf(email)); err != nil {
			return SignedIn{}, err
		}
		if err := audit.Note(ctx, tx, a.Actor(), "accounts.sign_in", subject(a.ID)); err != nil {
			return SignedIn{}, err
		}
		return open(ctx, tx, a, byPassword, from)
	})
}

// A proof says that somebody knows the password that is kept as this hash.
type proof struct {
	id   auth.UserID
	kept string
	try  string // the try it took
}

// prove finds whose address and password these are. The try is counted before
// the work, so that a thousand at once are not a thousand guesses.
func (d *Desk) prove(ctx context.Context, email, password, from string) (p proof, err error) {
	if len(email) > 254 {
		return p, wrong()
	}
	err = d.db.Write(ctx, func(tx *store.Tx) (err error) {
		whose := []string{triesOf(email)}
		if from != "" {
			whose = append(whose, "from "+network(from))
		}
		if p.try, err = tryOnce(ctx, tx, mostTries, whose...); err != nil {
			return err
		}
		p.id, p.kept, err = findEnabled(ctx, tx, email)
		return err
	})
	if err != nil {
		return p, err
	}
	same, err := d.matches(ctx, password, p.kept)
	if err == nil && !same {
		err = wrong()
	}
	return p, err
}

func triesOf(email string) string { return "as " + emailKey(email) }

// network is what one subscriber has: an IPv4 address, or a /64 of IPv6.
func network(from string) string {
	a, err := netip.ParseAddr(from)
	if err != nil {
		return from
	}
	if a = a.Unmap(); a.Is4() {
		return a.String()
	}
	p, _ := a.WithZone("").Prefix(64)
	return p.String()
}

// AskLink sends a link to sign in with, good for half an hour and once, if the
// address is an account's or a member's. The answer is the same if it is not; the
// Busy fault of one who asks too often is, too, be it for one address or from one
// network address. Next is where the person was going:
// the letter says it, so that they get there on another device too.
func (d *Desk) AskLink(ctx context.Context, email, next, from string) error {
	if len(email) > 254 {
		return nil
	}
	if len(next) > mostNext {
		next = ""
	}
	token, hash := newToken()
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if from != "" {
			if _, err := tryOnce(ctx, tx, mostLinks, "links "+network(from)); err != nil {
				return err
			}
		}
		if _, err := tryOnce(ctx, tx, mostAsked, "link "+emailKey(email)); err != nil {
			return err
		}
		id, _, err := findEnabled(ctx, tx, email)
		if err != nil {
			return err
		}
		if id == "" {
			return d.askFirst(ctx, tx, email, Link{Token: token, Next: next})
		}
		a, err := getAccount(ctx, tx, id)
		if err != nil {
			return err
		}
		l := Link{Account: a, Token: token, Next: next, Until: tx.Now.Add(linkSpan)}
		if err := putLink(ctx, tx, hash, l); err != nil {
			return err
		}
		if err := audit.Note(ctx, tx, auth.Actor{}, "accounts.ask_link", subject(id)); err != nil {
			return err
		}
		return d.post(ctx, tx, l)
	})
}

// Peek says whose link it is and changes nothing, for the page with the button.
// A link that is used, too old or nobody's is a Missing fault.
func (d *Desk) Peek(ctx context.Context, token string) (Account, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Account, error) {
		id, err := getLink(ctx, tx, tokenHash(token))
		if fault.Is(err, fault.Missing) {
			email, err := firstOf(ctx, tx, tokenHash(token), false)
			if err != nil {
				return Account{}, err
			}
			p, err := d.knows(ctx, tx, email)
			return Account{Name: p.Name, Email: email}, err
		}
		if err != nil {
			return Account{}, err
		}
		return getAccount(ctx, tx, id)
	})
}

// UseLink consumes the link and begins a session; its faults are those of Peek.
func (d *Desk) UseLink(ctx context.Context, token, from string) (SignedIn, error) {
	return store.Write(ctx, d.db, func(tx *store.Tx) (SignedIn, error) {
		id, err := takeLink(ctx, tx, tokenHash(token))
		if fault.Is(err, fault.Missing) {
			return d.useFirst(ctx, tx, token, from)
		}
		if err != nil {
			return SignedIn{}, err
		}
		a, err := getAccount(ctx, tx, id)
		if err != nil {
			return SignedIn{}, err
		}
		if err := audit.Note(ctx, tx, a.Actor(), "accounts.use_link", subject(id)); err != nil {
			return SignedIn{}, err
		}
		return open(ctx, tx, a, byLink, from)
	})
}

// Demo begins a session for an account without asking who is there. It works
// only in a house that was opened as a demo; elsewhere it is a Denied fault.
func (d *Desk) Demo(ctx context.Context, id auth.UserID) (SignedIn, error) {
	if !d.demo {
		return SignedIn{}, fault.New(fault.Denied, "auth.demo.off")
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (SignedIn, error) {
		a, err := getAccount(ctx, tx, id)
		switch {
		case err != nil:
			return SignedIn{}, err
		case a.Disabled:
			return SignedIn{}, wrong()
		}
		return open(ctx, tx, a, byDemo, "")
	})
}
