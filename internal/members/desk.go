package members

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"strconv"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the desk.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "members", FS: sub}
}

// A Desk is where the register is kept.
type Desk struct {
	Search *search.Index  // finds members by what they see of each other; may be nil
	Files  blob.Store     // where proofs are kept; without it none is taken
	Zone   *time.Location // in which days are counted; UTC if nil

	db      *store.DB
	holders []Holder
	rolls
}

// New opens the desk on a database.
func New(db *store.DB) *Desk { return &Desk{db: db} }

// Subject names a member in the book, the ledger of letters and the index.
func Subject(id ID) string { return "member/" + string(id) }

// put writes a member, what others are told of them, and the agents who are them.
// A new member must have come to their standing with begin.
func (d *Desk) put(ctx context.Context, tx *store.Tx, old, m Member, t *tally) error {
	if err := errors.Join(writeMember(ctx, tx, m), putDetails(ctx, tx, m.ID, m.Details)); err != nil {
		return err
	}
	t.move(old, m)
	if old.ID != "" && m.Kind == Person {
		if err := followPerson(ctx, tx, m); err != nil {
			return err
		}
	}
	audience := search.Open(false)
	if !m.Standing.Here() {
		audience = search.For(Past.Roles)
	}
	return d.Search.Put(ctx, tx, search.Doc{
		Kind: "member", Subject: Subject(m.ID), Title: m.Name, Body: m.Place, Link: "/members/" + string(m.ID), Lang: "sl", Audience: audience, At: tx.Now,
	})
}

// putOne is put where one member is written.
func (d *Desk) putOne(ctx context.Context, tx *store.Tx, old, m Member) error {
	t := newTally()
	if err := d.put(ctx, tx, old, m, t); err != nil {
		return err
	}
	return t.write(ctx, tx)
}

// Add writes a new member into the register: an applicant since m.Since, or since
// today if it is empty, or one who belongs since m.Term.From.
func (d *Desk) Add(ctx context.Context, by auth.Actor, m Member) (Member, error) {
	if err := by.Must(Write); err != nil {
		return Member{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Member, error) { return d.AddIn(ctx, tx, by, m) })
}

// AddIn is Add inside another deed.
func (d *Desk) AddIn(ctx context.Context, tx *store.Tx, by auth.Actor, m Member) (Member, error) {
	m = m.Tidy()
	m, err := m.detailed(ctx, tx)
	if err != nil {
		return m, err
	}
	if err := mayBe(ctx, tx, m.Category, m.Kind); err != nil {
		return m, err
	}
	m.ID, m.Agents, m.Revision, m.Changed = ID(tx.ID()), 0, 1, tx.Now
	m, err = begin(ctx, tx, m, d.dayOf(tx))
	if err != nil {
		return m, err
	}
	if err := d.putOne(ctx, tx, Member{}, m); err != nil {
		return m, err
	}
	return m, audit.Note(ctx, tx, by, "members.add", Subject(m.ID), "kind", string(m.Kind), "standing", string(m.Standing))
}

// Save changes what is written of a member: all but the ID, the kind, the standing
// with its days, and the category. If somebody changed the entry since m.Revision, nothing is written,
// the fault is a Conflict, and the member as it now stands is returned.
func (d *Desk) Save(ctx context.Context, by auth.Actor, m Member) (Member, error) {
	if err := by.Must(Write); err != nil {
		return Member{}, err
	}
	var now Member // outlives the refusal, for the page to show both
	err := d.db.Write(ctx, func(tx *store.Tx) (err error) {
		if now, err = getMember(ctx, tx, m.ID); err != nil {
			return err
		}
		if now.Revision != m.Revision {
			return fault.New(fault.Conflict, "members.save.changed")
		}
		old := now
		now, err = d.saveIn(ctx, tx, old, m)
		if err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.save", Subject(m.ID), "revision", strconv.Itoa(now.Revision))
	})
	return now, err
}

func (d *Desk) saveIn(ctx context.Context, tx *store.Tx, old, m Member) (Member, error) {
	m.Kind, m.Standing, m.Since, m.Term, m.Ahead, m.Category, m.Agents = old.Kind, old.Standing, old.Since, old.Term, old.Ahead, old.Category, old.Agents
	m, err := m.Tidy().detailed(ctx, tx)
	if err != nil {
		return m, err
	}
	if m, err = m.after(old, d.dayOf(tx)); err != nil {
		return m, err
	}
	if old.Email != "" && m.Email == "" {
		answers, err := isAgent(ctx, tx, m.ID, true)
		if err != nil {
			return m, err
		}
		if answers {
			return m, fault.In("email", "members.email.agent")
		}
	}
	m.Revision, m.Changed = old.Revision+1, tx.Now
	return m, d.putOne(ctx, tx, old, m)
}

// detailed is m with its details as they are kept, or the faults of both.
func (m Member) detailed(ctx context.Context, tx *store.Tx) (Member, error) {
	wrong := m.Check()
	if m.Details != nil {
		list, err := listDetails(ctx, tx)
		if err != nil {
			return m, err
		}
		var also error
		if m.Details, also = list.read(m.Kind, m.Details); also != nil {
			var all fault.Fields
			if f := fault.Of(wrong); f != nil {
				all = append(all, f.All()...)
			}
			wrong = append(all, fault.Of(also).All()...).Err()
		}
	}
	return m, wrong
}

// Member reads one entry: all of it for the office, otherwise what members see of
// each other. The ID of an entry that was merged into another gives that.
func (d *Desk) Member(ctx context.Context, by auth.Actor, id ID) (Member, error) {
	if err := by.Must(See); err != nil {
		return Member{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Member, error) {
		id, err := keptFor(ctx, tx, id)
		if err != nil {
			return Member{}, err
		}
		m, err := getMember(ctx, tx, id)
		if err != nil {
			return m, err
		}
		if !m.Standing.Here() && !by.Can(Past) {
			return Member{}, fault.New(fault.Missing, "members.missing")
		}
		of, err := detailsOf(ctx, tx, id)
		if m.Details = of[id]; err != nil || by.Can(Read) {
			return m, err
		}
		list, err := listDetails(ctx, tx)
		m = m.public(by)
		m.Details = list.open(of[id])
		return m, err
	})
}

// Members reads up to 1,000 entries by their IDs, in the order of the register.
func (d *Desk) Members(ctx context.Context, by auth.Actor, ids ...ID) ([]Member, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Member, error) { return d.MembersIn(ctx, tx, by, ids...) })
}

// List reads a page of the register in alphabetical order, as much of each entry
// as the actor may see.
func (d *Desk) List(ctx context.Context, by auth.Actor, q Query) ([]Member, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	if err := q.may(by); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Member, error) {
		list, err := d.listIn(ctx, tx, q, by.Can(Read))
		if err != nil || by.Can(Read) {
			return list, err
		}
		for i, m := range list {
			list[i] = m.public(by)
		}
		return list, nil
	})
}

// Counts are how many members there are. Anyone may know.
func (d *Desk) Counts(ctx context.Context) (Counts, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Counts, error) { return readCounts(ctx, tx) })
}

// Count counts those of the filter.
func (d *Desk) Count(ctx context.Context, by auth.Actor, f Filter) (int, error) {
	if err := by.Must(Read); err != nil {
		return 0, err
	}
	if err := f.Check(); err != nil {
		return 0, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (int, error) {
		r, w, err := d.ask(ctx, tx, f, true)
		if err != nil {
			return 0, err
		}
		return r.count(w), nil
	})
}

// HistoryPage is how many lines History reads at most.
const HistoryPage = 20

// History reads a page of what was done to the entry, newest first.
func (d *Desk) History(ctx context.Context, by auth.Actor, id ID, before string) ([]audit.Line, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]audit.Line, error) {
		return audit.Read(ctx, tx, audit.Query{Subject: Subject(id), Before: before, Limit: HistoryPage})
	})
}
