package members

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Batch writes many entries in one deed, for a room that has asked for its own
// right. What it writes stands once it is closed.
type Batch struct {
	desk *Desk
	tx   *store.Tx
	by   auth.Actor
	t    *tally
	tags map[string]Tag
}

// BatchIn begins a batch.
func (d *Desk) BatchIn(ctx context.Context, tx *store.Tx, by auth.Actor) (*Batch, error) {
	return &Batch{d, tx, by, newTally(), map[string]Tag{}}, nil
}

// Add writes a new entry, which must be tidy and checked, with its details as they
// are kept.
func (b *Batch) Add(ctx context.Context, m Member) (Member, error) {
	m.ID, m.Revision, m.Changed = ID(b.tx.ID()), 1, b.tx.Now
	today := b.desk.dayOf(b.tx)
	s := first(m, today)
	m = m.stand(s, today)
	b.t.spells = append(b.t.spells, s.rows(m.ID)...)
	if m.Category != "" {
		if err := addCourse(ctx, b.tx, m.ID, categoryCourse{{m.Category, civil.Span{From: s[0].From}, today}}); err != nil {
			return m, err
		}
	}
	return m, b.desk.put(ctx, b.tx, Member{}, m, b.t)
}

// Change writes m over old.
func (b *Batch) Change(ctx context.Context, old, m Member) (Member, error) {
	m, err := m.after(old, b.desk.dayOf(b.tx))
	if err != nil {
		return m, err
	}
	m.Revision, m.Changed = old.Revision+1, b.tx.Now
	return m, b.desk.put(ctx, b.tx, old, m, b.t)
}

// Agent authorises somebody; how many agents there are is for the entry to say.
func (b *Batch) Agent(ctx context.Context, a Agent) (Agent, error) {
	a.ID, a.Until, a.Noted = b.tx.ID(), civil.Date{}, b.desk.dayOf(b.tx)
	return a, putAgent(ctx, b.tx, a)
}

// Register writes a registration that is tidy and checked.
func (b *Batch) Register(ctx context.Context, r Registration) (Registration, error) {
	r.ID, r.Noted = b.tx.ID(), b.desk.dayOf(b.tx)
	return r, putRegistration(ctx, b.tx, r)
}

// Tag puts the tag of the name on the member, and makes it if there is none.
func (b *Batch) Tag(ctx context.Context, m Member, name string) (TagID, error) {
	t, is := b.tags[name]
	if !is {
		var err error
		if t, err = tagNamed(ctx, b.tx, name); err != nil {
			return "", err
		}
		b.tags[name] = t
	}
	b.t.members = append(b.t.members, m.ID)
	_, err := tagAll(ctx, b.tx, t.ID, "", []ID{m.ID})
	return t.ID, err
}

// Untag takes tags off the member again.
func (b *Batch) Untag(ctx context.Context, m Member, tags ...TagID) error {
	for _, t := range tags {
		b.t.members = append(b.t.members, m.ID)
		if err := untagAll(ctx, b.tx, t, []ID{m.ID}); err != nil {
			return err
		}
	}
	return nil
}

// Unwrite takes agents and registrations out again that the batch, or one before
// it, had written.
func (b *Batch) Unwrite(ctx context.Context, agents, registrations []string) error {
	for _, id := range agents {
		if err := dropAgent(ctx, b.tx, id); err != nil {
			return err
		}
	}
	for _, id := range registrations {
		if err := dropRegistration(ctx, b.tx, id); err != nil {
			return err
		}
	}
	return nil
}

// Drop takes an entry out again that the batch, or one before it, had added. It is
// a Conflict if somebody holds on to it.
func (b *Batch) Drop(ctx context.Context, m Member) error {
	held, err := b.desk.heldIn(ctx, b.tx, m.ID)
	switch {
	case err != nil:
		return err
	case held:
		return fault.New(fault.Conflict, "members.undo.held", "name", m.Name)
	}
	b.t.move(m, Member{})
	if err := b.desk.Search.Drop(ctx, b.tx, Subject(m.ID)); err != nil {
		return err
	}
	return dropMember(ctx, b.tx, m.ID)
}

// heldIn reports whether the member is an agent, or somebody else holds on to them.
func (d *Desk) heldIn(ctx context.Context, tx *store.Tx, id ID) (bool, error) {
	held, err := isAgent(ctx, tx, id, false)
	if err != nil || held {
		return held, err
	}
	return d.Held(ctx, tx, id)
}

// Held reports of each entry whether it could not be taken out.
func (b *Batch) Held(ctx context.Context, id ID) (bool, error) { return b.desk.heldIn(ctx, b.tx, id) }

// Note writes a line into the book about the member.
func (b *Batch) Note(ctx context.Context, deed string, id ID, detail ...string) error {
	return audit.Note(ctx, b.tx, b.by, deed, Subject(id), detail...)
}

// Close writes how many there now are.
func (b *Batch) Close(ctx context.Context) error { return b.t.write(ctx, b.tx) }

// A Brief is what tells one member from another.
type Brief struct {
	ID          ID
	Kind        Kind
	Name, Place string
	Email       string
}

// BriefsIn hands every entry of the register to f, in no order.
func (d *Desk) BriefsIn(ctx context.Context, tx *store.Tx, f func(Brief)) error {
	return briefs(ctx, tx, f)
}

// EntriesIn reads entries with their details by up to 1,000 IDs, in the order of
// the register.
func (d *Desk) EntriesIn(ctx context.Context, tx *store.Tx, ids ...ID) ([]Member, error) {
	list, err := membersOf(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	of, err := detailsOf(ctx, tx, ids...)
	for i, m := range list {
		list[i].Details = of[m.ID]
	}
	return list, err
}

// MoreIn is MoreOf inside another deed, whose room has asked for its own right.
func (d *Desk) MoreIn(ctx context.Context, tx *store.Tx, ids ...ID) (More, error) {
	return moreOf(ctx, tx, ids...)
}

// NumberedIn lists the registrations of up to 1,000 numbers.
func (d *Desk) NumberedIn(ctx context.Context, tx *store.Tx, numbers ...string) ([]Registration, error) {
	return numbered(ctx, tx, numbers)
}

// WordsIn are the details, the categories and the tags of the house.
func (d *Desk) WordsIn(ctx context.Context, tx *store.Tx) (details []Detail, categories []Category, tags []Tag, err error) {
	if details, err = listDetails(ctx, tx); err != nil {
		return nil, nil, nil, err
	}
	if categories, err = listCategories(ctx, tx); err != nil {
		return nil, nil, nil, err
	}
	tags, err = listTags(ctx, tx)
	return details, categories, tags, err
}

// VersionIn is a number that grows with each change of the register.
func (d *Desk) VersionIn(ctx context.Context, tx *store.Tx) (int, error) { return readVersion(ctx, tx) }
