package bodies

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/representation"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "bodies", FS: sub}
}

// Others are the desks and places that this room works with.
type Others struct {
	Members *members.Desk
	Country country.Pack
	Files   blob.Store
	Search  *search.Index // nil if nothing is to be found
	Lang    string        // in which the association writes
	Zone    *time.Location
	Pending pending.List // what is to be done
	// Used reports whether a seat has been called to a meeting; nil where there are none.
	Used func(context.Context, *store.Tx, SeatID) (bool, error)
}

// A Desk is where bodies, seats and decisions are kept.
type Desk struct {
	db *store.DB
	Others
}

// New opens the desk.
func New(db *store.DB, with Others) *Desk { return &Desk{db: db, Others: with} }

func (d *Desk) day(t time.Time) civil.Date { return civil.Of(t, d.Zone) }

// Ties are whom somebody may stand for or live by, as the rules on independence
// name it.
func (d *Desk) Ties() []representation.Tie {
	for _, one := range d.Country.Representation.Independence {
		return one.Ties
	}
	return nil
}

// A Person is who asks, as the rooms of the desk know them.
type Person struct {
	Known   bool
	Office  bool // may do the work of the desk
	User    auth.UserID
	Email   string
	Members []members.ID // for whom they may act
}

// Who says who asks. It reads the register, and must not be called inside a deed.
func (d *Desk) Who(ctx context.Context, by auth.Actor) (Person, error) {
	p := Person{Known: by.Known() || by.Can(See), Office: by.Can(Work), User: by.User, Email: strings.ToLower(strings.TrimSpace(by.Email))}
	if !by.Known() {
		return p, nil
	}
	list, err := d.Members.ActsFor(ctx, by)
	for _, m := range list {
		p.Members = append(p.Members, m.ID)
	}
	return p, err
}

// Is reports whether the person is who something is about: by their e-mail, or as
// one who acts for the member.
func (p Person) Is(email string, id members.ID) bool {
	return email != "" && email == p.Email || id != "" && slices.Contains(p.Members, id)
}

// Where is the condition that a row is about the person, by its columns email and
// member, and its arguments, which begin with $first.
func (p Person) Where(first int) (cond string, args []any) {
	args = []any{p.Email}
	cond = fmt.Sprintf(`(email <> '' AND email = $%d`, first)
	if len(p.Members) > 0 {
		var at []string
		for i, id := range p.Members {
			at = append(at, fmt.Sprintf("$%d", first+1+i))
			args = append(args, id)
		}
		cond += ` OR member IN (` + strings.Join(at, ", ") + `)`
	}
	return cond + `)`, args
}

// SitsIn lists the bodies in which the person sits today, inside another deed.
func (d *Desk) SitsIn(ctx context.Context, tx *store.Tx, p Person) ([]BodyID, error) {
	return sitsIn(ctx, tx, p, d.day(tx.Now))
}

// BodyIn reads a body inside another deed, whose room has asked for its own right.
func (d *Desk) BodyIn(ctx context.Context, tx *store.Tx, id BodyID) (Body, error) {
	return getBody(ctx, tx, id)
}

// SeatsIn is Seats inside another deed, whose room has asked for its own right.
func (d *Desk) SeatsIn(ctx context.Context, tx *store.Tx, body BodyID, day civil.Date) ([]Seat, error) {
	return seatsOn(ctx, tx, body, day)
}

// AddBody writes a new body.
func (d *Desk) AddBody(ctx context.Context, by auth.Actor, b Body) (Body, error) {
	b = b.Tidy()
	if err := by.Must(Work); err != nil {
		return b, err
	}
	if err := b.Check(); err != nil {
		return b, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Body, error) {
		b := b
		b.ID, b.Revision, b.Changed = BodyID(tx.ID()), 1, tx.Now
		if err := d.prefixFree(ctx, tx, b); err != nil {
			return b, err
		}
		if err := d.putBody(ctx, tx, b); err != nil {
			return b, err
		}
		return b, audit.Note(ctx, tx, by, "bodies.add", Subject(b.ID), "kind", string(b.Kind))
	})
}

// prefixFree returns a fault if another body of ours numbers its decisions alike.
func (d *Desk) prefixFree(ctx context.Context, tx *store.Tx, b Body) error {
	all, err := listBodies(ctx, tx)
	if err != nil {
		return err
	}
	for _, o := range all {
		if b.Prefix != "" && o.ID != b.ID && o.Prefix == b.Prefix {
			return fault.In("prefix", "bodies.prefix.taken", "body", o.Name)
		}
	}
	return nil
}

func (d *Desk) putBody(ctx context.Context, tx *store.Tx, b Body) error {
	if err := putBody(ctx, tx, b); err != nil {
		return err
	}
	return d.Search.Put(ctx, tx, search.Doc{
		Kind: "body", Subject: Subject(b.ID), Title: b.Name, Body: b.Of, Link: "/bodies/" + string(b.ID), Lang: d.Lang, Audience: search.Open(false), At: tx.Now,
	})
}

// SaveBody changes a body, its rule with it. It is a Conflict if somebody has
// changed it since b.Revision; then the body as it stands is returned.
func (d *Desk) SaveBody(ctx context.Context, by auth.Actor, b Body) (Body, error) {
	b = b.Tidy()
	if err := by.Must(Work); err != nil {
		return b, err
	}
	if err := b.Check(); err != nil {
		return b, err
	}
	var now Body // outlives the refusal, for the page to show both
	err := d.db.Write(ctx, func(tx *store.Tx) (err error) {
		if now, err = getBody(ctx, tx, b.ID); err != nil {
			return err
		}
		if now.Revision != b.Revision {
			return fault.New(fault.Conflict, "bodies.changed")
		}
		if err := d.prefixFree(ctx, tx, b); err != nil {
			return err
		}
		next := b
		next.Kind, next.Revision, next.Changed = now.Kind, now.Revision+1, tx.Now
		if err := d.putBody(ctx, tx, next); err != nil {
			return err
		}
		now = next
		return audit.Note(ctx, tx, by, "bodies.save", Subject(b.ID))
	})
	return now, err
}

// An Overview is a body as lists show it.
type Overview struct {
	Body
	Chair  string
	Seats  []Seat // in them on the day
	Vacant int
	Soon   []Seat // whose mandate ends soon, or is over without anybody saying how
}

// Bodies lists all bodies with who sits in them on the day: those there are, and if
// asked, those there were.
func (d *Desk) Bodies(ctx context.Context, by auth.Actor, day civil.Date, all bool) ([]Overview, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Overview, error) {
		bodies, err := listBodies(ctx, tx)
		if err != nil {
			return nil, err
		}
		seats, err := seatsOf(ctx, tx, "")
		if err != nil {
			return nil, err
		}
		of := map[BodyID][]Seat{}
		for _, s := range seats {
			of[s.Body] = append(of[s.Body], s.seen(by))
		}
		var list []Overview
		for _, b := range bodies {
			if all || b.Here(day) {
				list = append(list, b.overview(of[b.ID], day))
			}
		}
		return list, nil
	})
}

// overview sums a body up on the day.
func (b Body) overview(seats []Seat, day civil.Date) Overview {
	o := Overview{Body: b, Vacant: b.Vacant(seats, day)}
	for _, s := range seats {
		if s.Soon(day) {
			o.Soon = append(o.Soon, s)
		}
		if !s.Sits(day) {
			continue
		}
		o.Seats = append(o.Seats, s)
		if s.Office == Chair && o.Chair == "" {
			o.Chair = s.Name
		}
	}
	return o
}

// seen is the seat as the actor sees it: addresses, notes and ties are for the
// office.
func (s Seat) seen(by auth.Actor) Seat {
	if !by.Can(Work) {
		s.Email, s.Note, s.Tie = "", "", ""
	}
	return s
}

// Body reads one body and all seats it has or had.
func (d *Desk) Body(ctx context.Context, by auth.Actor, id BodyID) (Body, []Seat, error) {
	if err := by.Must(See); err != nil {
		return Body{}, nil, err
	}
	var b Body
	seats, err := store.Read(ctx, d.db, func(tx *store.Tx) (seats []Seat, err error) {
		if b, err = getBody(ctx, tx, id); err != nil {
			return nil, err
		}
		return seatsOf(ctx, tx, id)
	})
	for i, s := range seats {
		seats[i] = s.seen(by)
	}
	return b, seats, err
}

// Seats lists who sits in a body on a day, with what ties them to others.
func (d *Desk) Seats(ctx context.Context, by auth.Actor, body BodyID, day civil.Date) ([]Seat, error) {
	if err := by.Must(Work); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Seat, error) { return seatsOn(ctx, tx, body, day) })
}

// Sits reports whether the actor sits in the body today.
func (d *Desk) Sits(ctx context.Context, by auth.Actor, body BodyID) (bool, error) {
	mine, err := d.MyBodies(ctx, by)
	return slices.Contains(mine, body), err
}

// MyBodies are those in which the actor sits today.
func (d *Desk) MyBodies(ctx context.Context, by auth.Actor) ([]BodyID, error) {
	p, err := d.Who(ctx, by)
	if err != nil || p.Email == "" && len(p.Members) == 0 {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]BodyID, error) { return sitsIn(ctx, tx, p, d.day(tx.Now)) })
}

// HistoryPage is how many lines History reads at once.
const HistoryPage = 40

// History reads a page of what was done to a body, a meeting or a decision, newest
// first.
func (d *Desk) History(ctx context.Context, by auth.Actor, subject, before string) ([]audit.Line, error) {
	if err := by.Must(Work); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]audit.Line, error) {
		return audit.Read(ctx, tx, audit.Query{Subject: subject, Before: before, Limit: HistoryPage})
	})
}
