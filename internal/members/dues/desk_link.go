package dues

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// OpenLink shows what a personal link is for, also one that has ended. It changes
// nothing.
func (d *Desk) OpenLink(ctx context.Context, token string) (Link, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Link, error) { return d.link(ctx, tx, token) })
}

func (d *Desk) link(ctx context.Context, tx *store.Tx, token string) (Link, error) {
	l, err := openKey(ctx, tx, hashOf(token))
	if err != nil {
		return l, err
	}
	if l.Ended == Valid && l.Until.Before(d.today(tx)) {
		l.Ended = Expired
	}
	m, err := d.member(ctx, tx, l.Member)
	if err != nil {
		return l, err
	}
	l.Name = spoken(m)
	given, err := declarationsOf(ctx, tx, l.Member, l.Year)
	if len(given) > 0 {
		l.Declared = given[0].At
	}
	return l, err
}

// DeclareByLink writes what the holder of a personal link declares, under the name
// that they sign with. The link is used then.
func (d *Desk) DeclareByLink(ctx context.Context, token, name string, f fees.Funds, note string) (Declaration, error) {
	if fault.Empty(name) || len(name) > 200 {
		return Declaration{}, fault.In("name", "dues.declare.name")
	}
	return d.declare(ctx, auth.Actor{}, Declaration{Funds: f, Note: note, Via: ByLink, By: name}, func(tx *store.Tx, dec *Declaration) error {
		l, err := d.link(ctx, tx, token)
		if err != nil {
			return err
		}
		if l.Ended != Valid {
			return fault.New(fault.Conflict, "dues.link."+string(l.Ended))
		}
		dec.Member, dec.Year = l.Member, l.Year
		return endKey(ctx, tx, hashOf(token), Used)
	})
}

// RenewLink posts another link to who answers for the member, for the holder of one
// that has ended. It is a Conflict where nobody has an address, or a letter has just
// gone.
func (d *Desk) RenewLink(ctx context.Context, token string) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		l, err := d.link(ctx, tx, token)
		if err != nil {
			return err
		}
		last, err := asked(ctx, tx, l.Member, l.Year)
		if err != nil {
			return err
		}
		if tx.Now.Sub(last) < linkApart {
			return fault.New(fault.Conflict, "dues.link.soon")
		}
		answerers, err := d.Members.AnswerersIn(ctx, tx, auth.House, l.Member)
		if err != nil {
			return err
		}
		if len(answerers) == 0 {
			return fault.New(fault.Conflict, "dues.link.nobody")
		}
		if err := d.post(ctx, tx, answerers[0], asking{Year: l.Year + 1}); err != nil {
			return err
		}
		return audit.Note(ctx, tx, auth.Actor{}, "dues.link.renew", aboutMember(l.Member), "year", itoa(l.Year))
	})
}

// Link makes a personal link for a member, to be handed over, and says until when it
// opens.
func (d *Desk) Link(ctx context.Context, by auth.Actor, id members.ID, year int) (link string, until civil.Date, err error) {
	if err := by.Must(Declared); err != nil {
		return "", until, err
	}
	var token string
	err = d.db.Write(ctx, func(tx *store.Tx) error {
		if token, until, err = d.newLink(ctx, tx, id, year); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.link", aboutMember(id), "year", itoa(year))
	})
	return d.house.URL + "/declare/" + token, until, err
}

// post writes a letter that asks for a declaration, with its link.
func (d *Desk) post(ctx context.Context, tx *store.Tx, to members.Answerer, a asking) error {
	token, until, err := d.newLink(ctx, tx, to.Member, a.Year-1)
	if err != nil {
		return err
	}
	if _, err := d.Mail.Post(ctx, tx, d.house.askLetter(to, a, token, until)); err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	return nil
}

// newLink makes a link; those before it open nothing any more.
func (d *Desk) newLink(ctx context.Context, tx *store.Tx, id members.ID, year int) (token string, until civil.Date, err error) {
	days, err := getTerm(ctx, tx, "link", linkDays)
	if err != nil {
		return "", until, err
	}
	token, until = newToken(), lastDay(year, days, d.today(tx))
	return token, until, noteAsked(ctx, tx, Link{Member: id, Year: year, Until: until}, hashOf(token))
}

// LinkDays is for how many days links open.
func (d *Desk) LinkDays(ctx context.Context, by auth.Actor) (int, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) (int, error) { return getTerm(ctx, tx, "link", linkDays) })
}

// SetLinkDays says for how many days the links to come open.
func (d *Desk) SetLinkDays(ctx context.Context, by auth.Actor, days int) error {
	if days < 1 || days > 400 {
		return fault.In("days", "dues.link.days")
	}
	return d.write(ctx, by, func(tx *store.Tx) error {
		if err := putTerm(ctx, tx, "link", days); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.link.days", "dues/steps", "days", itoa(days))
	})
}

func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
