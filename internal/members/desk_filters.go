package members

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Details lists the fields that the house has added, in their order, those that are
// asked for no more at the end.
func (d *Desk) Details(ctx context.Context, by auth.Actor) ([]Detail, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Detail, error) { return listDetails(ctx, tx) })
}

// PutDetail adds a field to the entries of the register, or changes the one with
// its ID: all but what it holds.
func (d *Desk) PutDetail(ctx context.Context, by auth.Actor, det Detail) (Detail, error) {
	if err := by.Must(Write); err != nil {
		return Detail{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Detail, error) {
		det := det.Tidy()
		list, err := listDetails(ctx, tx)
		if err != nil {
			return det, err
		}
		if old, is := list.by(det.ID); is {
			det.Form = old.Form
		} else if det.ID != "" {
			return det, fault.New(fault.Missing, "members.detail.missing")
		}
		if err := det.Check(); err != nil {
			return det, err
		}
		if det.ID == "" {
			if len(list) >= mostDetails {
				return det, fault.New(fault.TooBig, "members.detail.many", "most", mostDetails)
			}
			det.ID = DetailID(tx.ID())
		}
		if err := putDetail(ctx, tx, det); err != nil {
			return det, err
		}
		return det, audit.Note(ctx, tx, by, "members.detail", "detail/"+string(det.ID), "label", det.Label)
	})
}

// DropDetail takes out a field that no entry has anything in.
func (d *Desk) DropDetail(ctx context.Context, by auth.Actor, id DetailID) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := dropDetail(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.detail.drop", "detail/"+string(id))
	})
}

// MoreOf reads what a page of the register shows beside the entries of up to 1,000
// members.
func (d *Desk) MoreOf(ctx context.Context, by auth.Actor, ids ...ID) (More, error) {
	if err := by.Must(Read); err != nil {
		return More{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (More, error) { return moreOf(ctx, tx, ids...) })
}

func moreOf(ctx context.Context, tx *store.Tx, ids ...ID) (m More, err error) {
	if m.Agents, err = inOffice(ctx, tx, ids...); err != nil {
		return m, err
	}
	if m.Tags, err = tagsOf(ctx, tx, ids...); err != nil {
		return m, err
	}
	if m.Details, err = detailsOf(ctx, tx, ids...); err != nil {
		return m, err
	}
	if m.Registrations, err = registrationsOf(ctx, tx, false, ids...); err != nil {
		return m, err
	}
	m.Owed, err = markDays(ctx, tx, OwesDues, ids...)
	return m, err
}

// Tags lists all tags by name.
func (d *Desk) Tags(ctx context.Context, by auth.Actor) ([]Tag, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Tag, error) { return listTags(ctx, tx) })
}

// tagNamed finds the tag of the name, or makes it.
func tagNamed(ctx context.Context, tx *store.Tx, name string) (Tag, error) {
	t := Tag{Name: line(name)}
	if err := t.check(); err != nil {
		return t, err
	}
	list, err := listTags(ctx, tx)
	if err != nil {
		return t, err
	}
	for _, old := range list {
		if folded(old.Name) == folded(t.Name) {
			return old, nil
		}
	}
	if len(list) >= maxTags {
		return t, fault.New(fault.TooBig, "members.tag.many", "most", maxTags)
	}
	t.ID = TagID(tx.ID())
	return t, putTag(ctx, tx, t)
}

// Tag puts the tag of the name on all of the selection, and makes it if there is
// none. It returns who is newly tagged, so that just that can be undone.
func (d *Desk) Tag(ctx context.Context, by auth.Actor, of Selection, name string) (Tagging, error) {
	if err := by.Must(Write); err != nil {
		return Tagging{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (g Tagging, err error) {
		g.ID = tx.ID()
		if g.Tag, err = tagNamed(ctx, tx, name); err != nil {
			return g, err
		}
		ids, err := d.selected(ctx, tx, of)
		if err != nil {
			return g, err
		}
		g.Of = len(ids)
		if g.New, err = tagAll(ctx, tx, g.Tag.ID, g.ID, ids); err != nil {
			return g, err
		}
		if err := changed(ctx, tx, g.New...); err != nil {
			return g, err
		}
		return g, audit.Note(ctx, tx, by, "members.tag", "tag/"+string(g.Tag.ID), "members", strconv.Itoa(len(g.New)))
	})
}

// Tagging finds a tagging by its id, as far as it still stands.
func (d *Desk) Tagging(ctx context.Context, by auth.Actor, id string) (Tagging, error) {
	if err := by.Must(Write); err != nil {
		return Tagging{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Tagging, error) { return getTagging(ctx, tx, id) })
}

// UndoTag takes the tag off those who have it of the tagging, and off nobody else.
func (d *Desk) UndoTag(ctx context.Context, by auth.Actor, id string) (Tagging, error) {
	if err := by.Must(Write); err != nil {
		return Tagging{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Tagging, error) {
		g, err := getTagging(ctx, tx, id)
		if err != nil {
			return g, err
		}
		if err := errors.Join(untagAll(ctx, tx, g.Tag.ID, g.New), changed(ctx, tx, g.New...)); err != nil {
			return g, err
		}
		return g, audit.Note(ctx, tx, by, "members.untag", "tag/"+string(g.Tag.ID), "members", strconv.Itoa(len(g.New)))
	})
}

// Untag takes the tag off all of the selection.
func (d *Desk) Untag(ctx context.Context, by auth.Actor, of Selection, id TagID) (int, error) {
	if err := by.Must(Write); err != nil {
		return 0, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (int, error) {
		ids, err := d.selected(ctx, tx, of)
		if err != nil {
			return 0, err
		}
		if err := errors.Join(untagAll(ctx, tx, id, ids), changed(ctx, tx, ids...)); err != nil {
			return 0, err
		}
		return len(ids), audit.Note(ctx, tx, by, "members.untag", "tag/"+string(id), "members", strconv.Itoa(len(ids)))
	})
}

// PutTags gives a member the tags of the names, and no others.
func (d *Desk) PutTags(ctx context.Context, by auth.Actor, id ID, names []string) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := getMember(ctx, tx, id); err != nil {
			return err
		}
		of, err := tagsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		was := of[id]
		for _, name := range names {
			if line(name) == "" {
				continue
			}
			t, err := tagNamed(ctx, tx, name)
			if err == nil {
				_, err = tagAll(ctx, tx, t.ID, "", []ID{id})
			}
			if err != nil {
				return err
			}
			was = slices.DeleteFunc(was, func(o Tag) bool { return o.ID == t.ID })
		}
		for _, gone := range was {
			if err := untagAll(ctx, tx, gone.ID, []ID{id}); err != nil {
				return err
			}
		}
		if err := changed(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.tags", Subject(id))
	})
}

// RenameTag gives a tag another name.
func (d *Desk) RenameTag(ctx context.Context, by auth.Actor, t Tag) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		t := Tag{t.ID, line(t.Name)}
		if err := t.check(); err != nil {
			return err
		}
		list, err := listTags(ctx, tx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(list, func(o Tag) bool { return o.ID == t.ID }) {
			return fault.New(fault.Missing, "members.tag.missing")
		}
		if err := putTag(ctx, tx, t); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.tag.rename", "tag/"+string(t.ID))
	})
}

// DropTag takes a tag out of the house, and off all who have it.
func (d *Desk) DropTag(ctx context.Context, by auth.Actor, id TagID) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := dropTag(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.tag.drop", "tag/"+string(id))
	})
}
