package meetings

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

//go:embed lang
var words embed.FS

// Words are the catalogues of letters and papers.
func Words() embed.FS { return words }

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "meetings", FS: sub}
}

// A House is what letters and papers say of the association.
type House struct {
	Name  string
	URL   string // public address, without a slash at the end
	Email string // of the house: who calls meetings, for calendars; may be empty
	Lang  string
	Zone  *time.Location
	In    func(lang string) *i18n.Printer
}

// Others are the desks and places that this room works with.
type Others struct {
	Members *members.Desk
	Bodies  *bodies.Desk
	Jobs    *jobs.Desk
	Mail    *mail.Desk
	Files   blob.Store
	Search  *search.Index // nil if nothing is to be found
	Pending pending.List  // what is to be done
}

// A Desk is where meetings are kept.
type Desk struct {
	db    *store.DB
	house House
	Others
}

// Kinds of jobs.
const (
	inviteKind  = "bodies.invite"
	sessionKind = "bodies.session"
	minutesKind = "bodies.minutes"
)

// New opens the desk, and has its work done by the queue.
func New(db *store.DB, house House, with Others) *Desk {
	d := &Desk{db: db, house: house, Others: with}
	d.Jobs.Handle(inviteKind, d.invite)
	d.Jobs.Handle(sessionKind, d.closeSessions)
	d.Jobs.Handle(minutesKind, d.fileMinutes)
	d.Jobs.Every(sessionKind, jobs.Minutes(10), sessionKind)
	d.Bodies.Used = func(ctx context.Context, tx *store.Tx, id bodies.SeatID) (bool, error) {
		n, err := calledTo(ctx, tx, id)
		return n > 0, err
	}
	return d
}

func (d *Desk) day(t time.Time) civil.Date { return civil.Of(t, d.house.Zone) }
