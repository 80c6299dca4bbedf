package own

import (
	"context"
	"embed"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed lang
var catalogues embed.FS

// Words are the catalogues of the letters.
func Words() embed.FS { return catalogues }

// A House is what letters say of the association.
type House struct {
	Name   string
	URL    string // public address, without a slash at the end
	Zone   *time.Location
	In     func(lang string) *i18n.Printer
	Office func() string // where the office reads its mail; empty for nowhere
}

// Others are the desks that this room works with.
type Others struct {
	Members   *members.Desk
	Admission *admission.Desk
	Accounts  *accounts.Desk
	Jobs      *jobs.Desk
	Mail      *mail.Desk
	Files     blob.Store
	Pending   pending.List // what is to be done
	// Kept are the kinds of things that go when their time is over, beside those of this
	// room.
	Kept []Kept
	// NoteErased writes an erasure down outside the database, for backups that are
	// restored; may be nil.
	NoteErased func(Erasure)
	// Places are the tables of the house.
	Places []Place
	// Index writes the page of an export that people read.
	Index func(io.Writer, Index) error
	// Uploads are the papers that an account has brought in; may be nil.
	Uploads func(context.Context, *store.Tx, auth.UserID) ([]members.HeldFile, error)
}

// A Desk is where members look after themselves, and where persons are erased.
type Desk struct {
	db    *store.DB
	house House
	Others
}

// Kinds of jobs.
const (
	exportKind  = "own.export"
	askKind     = "own.ask"
	remindKind  = "own.remind"
	sweepKind   = "own.sweep"
	retainKind  = "own.retain"
	exportDays  = 7
	mostExports = 3 // of a member in a day
)

// New opens the desk, and has its work done by the queue.
func New(db *store.DB, house House, with Others) *Desk {
	d := &Desk{db: db, house: house, Others: with}
	d.Kept = append([]Kept{d.former(), d.applications(), d.letters()}, append(d.Kept, d.wishes(), d.book())...)
	d.Jobs.Handle(exportKind, d.makeExport)
	d.Jobs.Handle(askKind, d.askAll)
	d.Jobs.Handle(remindKind, d.remindAll)
	d.Jobs.Handle(sweepKind, d.sweep)
	d.Jobs.Every(sweepKind, jobs.Daily(3, 40, house.Zone), sweepKind)
	d.Jobs.Handle(retainKind, d.retain)
	d.Jobs.Every(retainKind, jobs.Daily(4, 10, house.Zone), retainKind)
	return d
}

func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.house.Zone) }

// mayIn returns the member if the actor acts for them: a Missing fault otherwise,
// for what one does not act for is not there.
func (d *Desk) mayIn(ctx context.Context, tx *store.Tx, by auth.Actor, id members.ID) (members.Member, error) {
	list, err := d.Members.ActsForIn(ctx, tx, by)
	if err != nil {
		return members.Member{}, err
	}
	i := slices.IndexFunc(list, func(m members.Member) bool { return m.ID == id })
	if i < 0 {
		if !by.Known() {
			return members.Member{}, fault.New(fault.Denied, "auth.sign_in_first")
		}
		return members.Member{}, fault.New(fault.Missing, "own.not_yours")
	}
	return list[i], nil
}

// Mine lists those for whom the actor acts: themself first.
func (d *Desk) Mine(ctx context.Context, by auth.Actor) ([]Mine, error) {
	if by.User == "" {
		return nil, fault.New(fault.Denied, "auth.sign_in_first")
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Mine, error) {
		list, err := d.Members.ActsForIn(ctx, tx, by)
		if err != nil {
			return nil, err
		}
		var all []Mine
		for _, m := range list {
			one, err := d.mine(ctx, tx, m)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
		slices.SortStableFunc(all, func(a, b Mine) int { return strings.Compare(string(b.Kind), string(a.Kind)) }) // persons before organisations
		return all, nil
	})
}

func (d *Desk) mine(ctx context.Context, tx *store.Tx, m members.Member) (Mine, error) {
	m.Note = "" // of the office
	one := Mine{Member: m}
	var err error
	if one.Consents, err = listConsents(ctx, tx, m.ID); err != nil {
		return one, err
	}
	if one.Wishes, err = wishesOf(ctx, tx, m.ID); err != nil {
		return one, err
	}
	for _, w := range one.Wishes {
		one.Erasing = one.Erasing || w.Kind == Erasing && w.State == Open
	}
	if m.Kind == members.Organisation {
		one.Agents, err = d.Members.AgentsIn(ctx, tx, m.ID)
	}
	return one, err
}

// One is one of Mine.
func (d *Desk) One(ctx context.Context, by auth.Actor, id members.ID) (Mine, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Mine, error) {
		m, err := d.mayIn(ctx, tx, by, id)
		if err != nil {
			return Mine{}, err
		}
		return d.mine(ctx, tx, m)
	})
}

// Save changes what a member changes at once: how they are reached and in which
// field they work. Name, e-mail, note and all that the office decides stay.
func (d *Desk) Save(ctx context.Context, by auth.Actor, m members.Member) (members.Member, error) {
	return store.Write(ctx, d.db, func(tx *store.Tx) (members.Member, error) {
		old, err := d.mayIn(ctx, tx, by, m.ID)
		if err != nil {
			return old, err
		}
		next := old
		next.Place, next.Street, next.Postcode, next.Phone, next.Lang, next.Field, next.Revision = m.Place, m.Street, m.Postcode, m.Phone, m.Lang, m.Field, m.Revision
		return d.Members.SaveIn(ctx, tx, by, next)
	})
}

// AddAgent authorises somebody to act for one's own organisation.
func (d *Desk) AddAgent(ctx context.Context, by auth.Actor, a members.Agent) (members.Agent, error) {
	return store.Write(ctx, d.db, func(tx *store.Tx) (members.Agent, error) {
		if _, err := d.mayIn(ctx, tx, by, a.Member); err != nil {
			return a, err
		}
		a.Person = ""
		return d.Members.AddAgentIn(ctx, tx, by, a)
	})
}

// EndAgent ends the authority of an agent of one's own organisation. The last who
// may answer stays, for nobody could act for it any more.
func (d *Desk) EndAgent(ctx context.Context, by auth.Actor, id members.ID, agent string, last civil.Date) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return err
		}
		list, err := d.Members.AgentsIn(ctx, tx, id)
		if err != nil {
			return err
		}
		ours, answering := false, 0
		for _, a := range list {
			ours = ours || a.ID == agent
			if a.Until.IsZero() && a.Answers && a.ID != agent {
				answering++
			}
		}
		switch {
		case !ours:
			return fault.New(fault.Missing, "own.not_yours")
		case answering == 0:
			return fault.New(fault.Conflict, "own.agent.last")
		}
		_, err = d.Members.EndAgentIn(ctx, tx, by, agent, last)
		return err
	})
}

// Agree writes down that the member agrees to what they have read, or takes it back
// if text is empty. What was agreed to stays on record.
func (d *Desk) Agree(ctx context.Context, by auth.Actor, id members.ID, key, text string) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return err
		}
		if !slices.Contains(Consents(), key) {
			return fault.New(fault.Invalid, "own.consent.unknown")
		}
		return d.agree(ctx, tx, by, Consent{Member: id, Key: key, Text: text, By: by.Name})
	})
}

func (d *Desk) agree(ctx context.Context, tx *store.Tx, by auth.Actor, c Consent) error {
	if err := endConsents(ctx, tx, c.Member, c.Key); err != nil {
		return err
	}
	if c.Text == "" {
		return audit.Note(ctx, tx, by, "own.disagree", members.Subject(c.Member), "key", c.Key)
	}
	if err := addConsent(ctx, tx, c); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "own.agree", members.Subject(c.Member), "key", c.Key)
}

// Joined takes over what a new member agreed to when they applied.
func (d *Desk) Joined(ctx context.Context, tx *store.Tx, by auth.Actor, id members.ID, agreed []admission.Consent) error {
	for _, c := range agreed {
		if err := d.agree(ctx, tx, by, Consent{Member: id, Key: c.Key, Text: c.Text}); err != nil {
			return err
		}
	}
	return nil
}

// Agreed lists the members whose consent of the key holds: a page in the order of
// their IDs.
func (d *Desk) Agreed(ctx context.Context, by auth.Actor, key string, after members.ID, limit int) ([]members.ID, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]members.ID, error) { return agreed(ctx, tx, key, after, limit) })
}

// Holder is what this room keeps about members.
func (d *Desk) Holder() members.Holder {
	return members.Holder{
		Name: "own",
		Holds: func(ctx context.Context, tx *store.Tx, id members.ID) (bool, error) {
			list, err := listConsents(ctx, tx, id)
			return len(list) > 0, err
		},
		Tell: func(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
			consents, err := listConsents(ctx, tx, id)
			if err != nil {
				return nil, err
			}
			wishes, err := wishesOf(ctx, tx, id)
			if err != nil {
				return nil, err
			}
			asked, err := askedOf(ctx, tx, id)
			if err != nil {
				return nil, err
			}
			exports, err := exportsOf(ctx, tx, id)
			return map[string]any{"consents": consents, "wishes": wishes, "confirmations": asked, "exports": exports}, err
		},
		Merge: moveOwn,
		Erase: func(ctx context.Context, tx *store.Tx, id members.ID) error {
			m, err := d.Members.MemberIn(ctx, tx, id)
			if err != nil {
				return err
			}
			return eraseOwn(ctx, tx, m)
		},
	}
}
