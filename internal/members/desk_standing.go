package members

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Take does something to the standing of a member.
func (d *Desk) Take(ctx context.Context, by auth.Actor, id ID, st Step) (Member, error) {
	if err := by.Must(Write); err != nil {
		return Member{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Member, error) { return d.TakeIn(ctx, tx, by, id, st) })
}

// TakeIn is Take inside another deed, whose room has asked for its own right. What ends
// the membership stands in place of what was noted ahead; other steps are a Conflict
// with it.
func (d *Desk) TakeIn(ctx context.Context, tx *store.Tx, by auth.Actor, id ID, st Step) (Member, error) {
	return d.restand(ctx, tx, by, id, "members."+string(st.Do), func(m Member, s Spells) (Spells, error) {
		if m.Ahead != (Turn{}) && !st.Do.Last() {
			return s, fault.New(fault.Conflict, "members.step.ahead")
		}
		return s.begun(d.dayOf(tx)).Take(m.Kind, st)
	}, st.Do.Day(), st.Day.String())
}

// Admit makes an applicant a member from the day on.
func (d *Desk) Admit(ctx context.Context, by auth.Actor, id ID, from civil.Date) (Member, error) {
	return d.Take(ctx, by, id, Step{Do: Admit, Day: from})
}

// Leave ends a membership at the end of the given day.
func (d *Desk) Leave(ctx context.Context, by auth.Actor, id ID, last civil.Date) (Member, error) {
	return d.Take(ctx, by, id, Step{Do: Leave, Day: last})
}

// UndoStep takes back the last step: the member is again as before it.
func (d *Desk) UndoStep(ctx context.Context, by auth.Actor, id ID) (Member, error) {
	if err := by.Must(Write); err != nil {
		return Member{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Member, error) {
		return d.restand(ctx, tx, by, id, "members.undo_step", func(_ Member, s Spells) (Spells, error) { return s.Undo() })
	})
}

// Redate corrects the first day of the standing that a member is in.
func (d *Desk) Redate(ctx context.Context, by auth.Actor, id ID, from civil.Date) (Member, error) {
	if err := by.Must(Write); err != nil {
		return Member{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Member, error) {
		return d.restand(ctx, tx, by, id, "members.redate", func(_ Member, s Spells) (Spells, error) { return s.Redate(from) }, "from", from.String())
	})
}

// restand changes the spells of a member, and what follows from them.
func (d *Desk) restand(ctx context.Context, tx *store.Tx, by auth.Actor, id ID, deed string, f func(Member, Spells) (Spells, error), detail ...string) (Member, error) {
	old, err := getMember(ctx, tx, id)
	if err != nil {
		return Member{}, err
	}
	of, err := spellsOf(ctx, tx, id)
	if err != nil {
		return Member{}, err
	}
	s, err := f(old, of[id])
	if err != nil {
		return Member{}, err
	}
	s = s.noted(of[id], d.dayOf(tx))
	if err := putSpells(ctx, tx, id, s); err != nil {
		return Member{}, err
	}
	m := old.stand(s, d.dayOf(tx))
	m.Revision, m.Changed = m.Revision+1, tx.Now
	if err := d.putOne(ctx, tx, old, m); err != nil {
		return Member{}, err
	}
	return m, audit.Note(ctx, tx, by, deed, Subject(id), detail...)
}

// Turn brings all whose noted day has come into their new standing. It bears being
// done twice.
func (d *Desk) Turn(ctx context.Context, today civil.Date) error {
	for {
		n, err := store.Write(ctx, d.db, func(tx *store.Tx) (int, error) { return d.turnSome(ctx, tx, today) })
		if n < turnedAtATime || err != nil {
			return err
		}
	}
}

const turnedAtATime = 200

func (d *Desk) turnSome(ctx context.Context, tx *store.Tx, today civil.Date) (int, error) {
	list, err := turning(ctx, tx, today, turnedAtATime)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	t := newTally()
	for _, old := range list {
		of, err := spellsOf(ctx, tx, old.ID)
		if err != nil {
			return 0, err
		}
		m := old.stand(of[old.ID], today)
		m.Revision, m.Changed = m.Revision+1, tx.Now
		if err := d.put(ctx, tx, old, m, t); err != nil {
			return 0, err
		}
		if err := audit.Note(ctx, tx, auth.House, "members.turn", Subject(m.ID), "standing", string(m.Standing)); err != nil {
			return 0, err
		}
	}
	return len(list), t.write(ctx, tx)
}

// Spells reads the standing of a member over time.
func (d *Desk) Spells(ctx context.Context, by auth.Actor, id ID) (Spells, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Spells, error) {
		of, err := spellsOf(ctx, tx, id)
		return of[id], err
	})
}

// rollPage is the most entries that RollOn reads.
const rollPage = 1_000

// RollOnIn reads a page of those who belonged on the day, in the order of the
// register as it is now: up to limit (1,000 at most and if zero) after the member,
// inside another deed, whose room has asked for its own right.
func (d *Desk) RollOnIn(ctx context.Context, tx *store.Tx, day civil.Date, after ID, limit int) ([]Entry, error) {
	if limit <= 0 || limit > rollPage {
		limit = rollPage
	}
	var last Entry
	if after != "" {
		m, err := getMember(ctx, tx, after)
		if err != nil {
			return nil, err
		}
		last = Entry{ID: m.ID, key: m.SortKey}
	}
	votes, err := voting(ctx, tx)
	if err != nil {
		return nil, err
	}
	return rollOnPage(ctx, tx, day, last, limit, votes)
}

// EachOnIn hands all who belonged on the day to f, in the order of the register.
func (d *Desk) EachOnIn(ctx context.Context, tx *store.Tx, day civil.Date, f func(Entry) error) error {
	votes, err := voting(ctx, tx)
	if err != nil {
		return err
	}
	for last := (Entry{}); ; {
		list, err := rollOnPage(ctx, tx, day, last, rollPage, votes)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := f(e); err != nil {
				return err
			}
		}
		if len(list) < rollPage {
			return nil
		}
		last = list[len(list)-1]
	}
}

func rollOnPage(ctx context.Context, tx *store.Tx, day civil.Date, after Entry, limit int, votes map[CategoryID]bool) ([]Entry, error) {
	list, err := entriesOn(ctx, tx, day, after, limit)
	if err != nil {
		return nil, err
	}
	return list, fillEntries(ctx, tx, day, list, votes)
}

// fillEntries adds what the spells of the members say of the day.
func fillEntries(ctx context.Context, tx *store.Tx, day civil.Date, list []Entry, votes map[CategoryID]bool) error {
	ids := make([]ID, len(list))
	for i, e := range list {
		ids[i] = e.ID
	}
	spells, err := spellsOf(ctx, tx, ids...)
	if err != nil {
		return err
	}
	courses, err := coursesOf(ctx, tx, ids...)
	if err != nil {
		return err
	}
	for i := range list {
		e := &list[i]
		now, _ := spells[e.ID].On(day)
		joined, _ := spells[e.ID].Joined(day)
		category := courses[e.ID].on(day)
		e.Standing, e.Since, e.First, e.Decision, e.Category = now.Standing, joined.From, spells[e.ID].First(), joined.Decision, category.Category
		e.Noted = slices.MaxFunc([]civil.Date{e.Noted, now.Noted, joined.Noted, category.Noted}, civil.Date.Compare)
		e.Votes = e.Standing == Active && votes[e.Category]
	}
	return nil
}

// voting are the categories that vote; none is one of them.
func voting(ctx context.Context, tx *store.Tx) (map[CategoryID]bool, error) {
	list, err := listCategories(ctx, tx)
	if err != nil {
		return nil, err
	}
	votes := map[CategoryID]bool{"": true}
	for _, c := range list {
		votes[c.ID] = c.Votes
	}
	return votes, nil
}

// StandingOn is the member as they stood on the day. The Standing is empty if they
// were not in the register yet.
func (d *Desk) StandingOn(ctx context.Context, by auth.Actor, id ID, day civil.Date) (Entry, error) {
	if err := by.Must(Read); err != nil {
		return Entry{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Entry, error) { return d.StandingOnIn(ctx, tx, id, day) })
}

// StandingOnIn is StandingOn inside another deed, whose room has asked for its own
// right.
func (d *Desk) StandingOnIn(ctx context.Context, tx *store.Tx, id ID, day civil.Date) (Entry, error) {
	id, err := keptFor(ctx, tx, id)
	if err != nil {
		return Entry{}, err
	}
	m, err := getMember(ctx, tx, id)
	if err != nil {
		return Entry{}, err
	}
	votes, err := voting(ctx, tx)
	if err != nil {
		return Entry{}, err
	}
	list := []Entry{m.On(day)}
	err = fillEntries(ctx, tx, day, list, votes)
	return list[0], err
}

// StrengthOnIn counts those who belonged on the day. The number of members is no
// secret.
func (d *Desk) StrengthOnIn(ctx context.Context, tx *store.Tx, day civil.Date) (Strength, error) {
	return strengthOn(ctx, tx, day)
}

// Categories lists the categories, those that are given no more at the end.
func (d *Desk) Categories(ctx context.Context, by auth.Actor) ([]Category, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Category, error) { return listCategories(ctx, tx) })
}

// PutCategory adds a category, or changes the one with its ID.
func (d *Desk) PutCategory(ctx context.Context, by auth.Actor, c Category) (Category, error) {
	if err := by.Must(Write); err != nil {
		return Category{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Category, error) {
		c := c.Tidy()
		if err := c.Check(); err != nil {
			return c, err
		}
		if c.ID == "" {
			c.ID = CategoryID(tx.ID())
		} else {
			old, err := getCategory(ctx, tx, c.ID)
			if err != nil {
				return c, err
			}
			if c.Former = old.Former; old.Name != c.Name {
				c.Former = append(c.Former, record.Former{Until: d.dayOf(tx), Name: old.Name, Noted: d.dayOf(tx)})
			}
		}
		if err := putCategory(ctx, tx, c); err != nil {
			return c, err
		}
		return c, audit.Note(ctx, tx, by, "members.category", "category/"+string(c.ID), "name", c.Name)
	})
}

// DropCategory takes a category out that nobody is or ever was of.
func (d *Desk) DropCategory(ctx context.Context, by auth.Actor, id CategoryID) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := dropCategory(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.category.drop", "category/"+string(id))
	})
}

// Categorise puts a member into a category from the day on, or into none.
func (d *Desk) Categorise(ctx context.Context, by auth.Actor, id ID, c CategoryID, from civil.Date) (Member, error) {
	if err := by.Must(Write); err != nil {
		return Member{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Member, error) { return d.categorise(ctx, tx, by, id, c, from) })
}

func (d *Desk) categorise(ctx context.Context, tx *store.Tx, by auth.Actor, id ID, c CategoryID, from civil.Date) (Member, error) {
	old, err := getMember(ctx, tx, id)
	if err != nil {
		return old, err
	}
	if err := mayBe(ctx, tx, c, old.Kind); err != nil {
		return old, err
	}
	of, err := coursesOf(ctx, tx, id)
	if err != nil {
		return old, err
	}
	course, err := of[id].put(c, from)
	if err != nil {
		return old, err
	}
	course[len(course)-1].Noted = d.dayOf(tx)
	if err := putCourse(ctx, tx, id, course); err != nil {
		return old, err
	}
	m := old
	m.Category, m.Revision, m.Changed = c, old.Revision+1, tx.Now
	if err := d.putOne(ctx, tx, old, m); err != nil {
		return old, err
	}
	return m, audit.Note(ctx, tx, by, "members.categorise", Subject(id), "category", string(c), "from", from.String())
}

// mayBe returns a fault if a member of the kind cannot be put into the category.
func mayBe(ctx context.Context, tx *store.Tx, c CategoryID, k Kind) error {
	if c == "" {
		return nil
	}
	category, err := getCategory(ctx, tx, c)
	if err != nil {
		return err
	}
	return category.fits(k)
}

// CategoriesOf reads the category of a member over time.
func (d *Desk) CategoriesOf(ctx context.Context, by auth.Actor, id ID) ([]CategorySpell, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]CategorySpell, error) {
		of, err := coursesOf(ctx, tx, id)
		return of[id], err
	})
}

// begin writes the first spells of a new member.
func begin(ctx context.Context, tx *store.Tx, m Member, today civil.Date) (Member, error) {
	s := first(m, today)
	m = m.stand(s, today)
	if err := addSpells(ctx, tx, m.ID, s); err != nil {
		return m, err
	}
	if m.Category == "" {
		return m, nil
	}
	from := s[0].From
	return m, addCourse(ctx, tx, m.ID, categoryCourse{{m.Category, civil.Span{From: from}, today}})
}

// dayOf is the day of the transaction in the house's zone.
func (d *Desk) dayOf(tx *store.Tx) civil.Date { return civil.Of(tx.Now, cmp.Or(d.Zone, time.UTC)) }
