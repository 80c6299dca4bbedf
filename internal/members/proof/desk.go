package proof

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/base32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

//go:embed lang
var words embed.FS

// Words are the catalogues of the papers.
func Words() embed.FS { return words }

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "proof", FS: sub}
}

// Parts are what the room works with.
type Parts struct {
	Members *members.Desk
	Jobs    *jobs.Desk
	Files   blob.Store
	Words   *i18n.Book
	Rules   country.Representation
	Zone    *time.Location
	URL     string // public address of the house, without a slash at the end
	// Issuer is who issues an extract, as its head and its foot say.
	Issuer func(context.Context) Issuer
}

// An Issuer is the association as an extract names it.
type Issuer struct{ Name, Address, Place, Signer, Office string }

// A Desk issues extracts and counts by them.
type Desk struct {
	db   *store.DB
	gate gate
	Parts
}

// Job is the kind of the job that makes the files of an extract.
const Job = "proof.job"

// New opens the desk, and has extracts made by the queue.
func New(db *store.DB, with Parts) *Desk {
	d := &Desk{db: db, Parts: with}
	d.Jobs.Handle(Job, d.work)
	return d
}

func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.Zone) }

// Subject names an extract in the book.
func Subject(id ID) string { return "extract/" + string(id) }

// Ask gives an extract its number and has it made.
func (d *Desk) Ask(ctx context.Context, by auth.Actor, e Extract) (Extract, error) {
	if err := by.Must(Issue); err != nil {
		return e, err
	}
	return d.ask(ctx, by, e)
}

// AskOwn has a certificate made for a member for whom the actor may act.
func (d *Desk) AskOwn(ctx context.Context, by auth.Actor, e Extract) (Extract, error) {
	ours, err := d.Members.ActsFor(ctx, by)
	if err != nil {
		return e, err
	}
	if e.Member == "" || !slices.ContainsFunc(ours, func(m members.Member) bool { return m.ID == e.Member }) {
		return e, by.Refused(Issue)
	}
	return d.ask(ctx, by, e)
}

func (d *Desk) ask(ctx context.Context, by auth.Actor, e Extract) (Extract, error) {
	e.Purpose = strings.Join(strings.Fields(e.Purpose), " ")
	if !slices.Contains(i18n.Spoken(), e.Lang) {
		e.Lang = "sl"
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Extract, error) {
		e := e
		err := e.Check(d.today(tx))
		if err != nil {
			return e, err
		}
		if e.Member != "" {
			m, err := d.Members.StandingOnIn(ctx, tx, e.Member, e.On)
			if err != nil {
				return e, err
			}
			if !m.Standing.Belongs() {
				return e, fault.In("on", "proof.member.not")
			}
		}
		if err := d.fits(ctx, tx, e); err != nil {
			return e, err
		}
		if e.ID, err = nextID(ctx, tx, d.today(tx).Year()); err != nil {
			return e, err
		}
		e.State, e.Made, e.By, e.ByName, e.Token, e.Instead = Making, tx.Now, by.User, by.Name, newToken(), ""
		e.Job, err = d.Jobs.Add(ctx, tx, jobs.Job{Kind: Job, Args: e.ID, Unique: Job + "/" + string(e.ID), By: by.User, Title: "proof.job"})
		if err != nil {
			return e, err
		}
		if err := putExtract(ctx, tx, e); err != nil {
			return e, err
		}
		return e, audit.Note(ctx, tx, by, "proof.ask", Subject(e.ID), "on", e.On.String())
	})
}

// fits returns a fault if the extract names a category, a rule or another extract that
// it cannot be of.
func (d *Desk) fits(ctx context.Context, tx *store.Tx, e Extract) error {
	if e.Category != "" {
		_, list, _, err := d.Members.WordsIn(ctx, tx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(list, func(c members.Category) bool { return c.ID == e.Category }) {
			return fault.In("category", "members.category.missing")
		}
	}
	if e.Rule != "" {
		if _, err := d.ruleIn(ctx, tx, e.Rule); err != nil {
			return err
		}
	}
	if e.Replaces == "" {
		return nil
	}
	old, err := oneExtract(ctx, tx, "id", e.Replaces)
	switch {
	case err != nil:
		return err
	case old.State != Ready || old.Member != e.Member:
		return fault.New(fault.Conflict, "proof.replaces")
	}
	return nil
}

// newToken is 100 bits in letters that are told apart on paper.
func newToken() string {
	var b [13]byte
	rand.Read(b[:])
	return base32.NewEncoding("23456789abcdefghijkmnpqrstuvwxyz").WithPadding(base32.NoPadding).EncodeToString(b[:])[:20]
}

// Withdraw says that an extract is wrong, and why. Whoever checks it is told.
func (d *Desk) Withdraw(ctx context.Context, by auth.Actor, id ID, reason string) (Extract, error) {
	if err := by.Must(Issue); err != nil {
		return Extract{}, err
	}
	reason = strings.Join(strings.Fields(reason), " ")
	return store.Write(ctx, d.db, func(tx *store.Tx) (Extract, error) {
		e, err := oneExtract(ctx, tx, "id", id)
		switch {
		case err != nil:
			return e, err
		case e.State == Withdrawn:
			return e, fault.New(fault.Conflict, "proof.withdrawn.already")
		case reason == "" || len(reason) > 1000:
			return e, fault.In("reason", "proof.reason")
		}
		e.State, e.Withdrawn, e.Reason = Withdrawn, d.today(tx), reason
		if err := putExtract(ctx, tx, e); err != nil {
			return e, err
		}
		return e, audit.Note(ctx, tx, by, "proof.withdraw", Subject(id))
	})
}

// Page is how many extracts List reads at most.
const Page = 50

// List reads a page of the extracts, newest first.
func (d *Desk) List(ctx context.Context, by auth.Actor, before ID) ([]Extract, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Extract, error) { return listExtracts(ctx, tx, "", before, Page) })
}

// Own lists the newest certificates of a member for whom the actor may act.
func (d *Desk) Own(ctx context.Context, by auth.Actor, member members.ID) ([]Extract, error) {
	ours, err := d.Members.ActsFor(ctx, by)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(ours, func(m members.Member) bool { return m.ID == member }) {
		return nil, by.Refused(See)
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Extract, error) { return listExtracts(ctx, tx, member, "", Page) })
}

// Extract reads one extract: of the house for insiders, of a member also for those
// who may act for them.
func (d *Desk) Extract(ctx context.Context, by auth.Actor, id ID) (Extract, error) {
	e, err := store.Read(ctx, d.db, func(tx *store.Tx) (Extract, error) { return oneExtract(ctx, tx, "id", id) })
	if by.Can(See) {
		return e, err
	}
	if err != nil || e.Member == "" {
		return Extract{}, by.Must(See)
	}
	ours, err := d.Members.ActsFor(ctx, by)
	if err != nil {
		return Extract{}, err
	}
	if !slices.ContainsFunc(ours, func(m members.Member) bool { return m.ID == e.Member }) {
		return Extract{}, by.Must(See)
	}
	return e, nil
}

// File opens an extract as one kind of file.
func (d *Desk) File(ctx context.Context, by auth.Actor, id ID, format string) (Extract, io.ReadSeekCloser, error) {
	e, err := d.Extract(ctx, by, id)
	if err != nil {
		return e, nil, err
	}
	for _, f := range e.Files {
		if f.Format == format && !f.Gone {
			r, err := d.Files.Open(ctx, f.Hash)
			return e, r, err
		}
	}
	return e, nil, fault.New(fault.Missing, "proof.file.missing")
}

// Checked is what anybody who holds the token is told of an extract: numbers, and no
// names.
func (d *Desk) Checked(ctx context.Context, token string) (Extract, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Extract, error) {
		e, err := oneExtract(ctx, tx, "token", CodeOf(token))
		if err != nil {
			return e, err
		}
		return e.public()
	})
}

// CheckedFile finds the extract of which the file is one, and as which kind of file.
// Of a file that names an extract of ours and is none of its files, the format is
// empty: it was altered.
func (d *Desk) CheckedFile(ctx context.Context, file Reading) (Extract, string, error) {
	var e Extract
	var format string
	err := d.db.Read(ctx, func(tx *store.Tx) (err error) {
		e, format, err = byHash(ctx, tx, file.Hash)
		if err != nil && file.Code != "" && fault.Of(err) != nil {
			if named, other := oneExtract(ctx, tx, "token", file.Code); other == nil {
				e, err = named, nil
			}
		}
		if err == nil {
			e, err = e.public()
		}
		return err
	})
	return e, format, err
}

// public is e without what is not for everybody.
func (e Extract) public() (Extract, error) {
	if e.State == Making {
		return Extract{}, fault.New(fault.Missing, "proof.missing")
	}
	e.By, e.ByName, e.Member, e.Job, e.Purpose = "", "", "", "", ""
	return e, nil
}
