package views

import (
	"context"
	"embed"
	"io/fs"
	"strconv"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "views", FS: sub}
}

// A Desk is where views of the register are kept.
type Desk struct{ db *store.DB }

// New opens the desk.
func New(db *store.DB) *Desk { return &Desk{db} }

// Kept lists the filters that the actor and others of the office have kept,
// by name.
func (d *Desk) Kept(ctx context.Context, by auth.Actor) ([]Kept, error) {
	if err := by.Must(members.Read); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Kept, error) { return listKept(ctx, tx, by.User) })
}

// Keep keeps a filter under a name, or changes the one with its ID.
func (d *Desk) Keep(ctx context.Context, by auth.Actor, k Kept) (Kept, error) {
	if err := by.Must(members.Read); err != nil {
		return Kept{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Kept, error) {
		k := k
		k.Name, k.By, k.Columns = line(k.Name), by.User, columnsOf(k.Columns)
		if err := k.check(); err != nil {
			return k, err
		}
		if k.ID == "" {
			k.ID = tx.ID()
		} else if err := mine(ctx, tx, by, k.ID); err != nil {
			return k, err
		}
		if err := putKept(ctx, tx, k); err != nil {
			return k, err
		}
		return k, audit.Note(ctx, tx, by, "members.filter.keep", "member-filter/"+k.ID)
	})
}

// Drop forgets a filter that the actor has kept, or that is shared.
func (d *Desk) Drop(ctx context.Context, by auth.Actor, id string) error {
	if err := by.Must(members.Read); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := mine(ctx, tx, by, id); err != nil {
			return err
		}
		if err := dropKept(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.filter.drop", "member-filter/"+id)
	})
}

// mine returns a fault unless the kept filter is the actor's, or shared.
func mine(ctx context.Context, tx *store.Tx, by auth.Actor, id string) error {
	k, err := getKept(ctx, tx, id)
	if err == nil && k.By != by.User && !k.Shared {
		err = fault.New(fault.Missing, "members.kept.missing")
	}
	return err
}

// Chosen are the columns that the actor chose for their lists; none for the usual.
func (d *Desk) Chosen(ctx context.Context, by auth.Actor) ([]string, error) {
	if err := by.Must(members.See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]string, error) { return chosen(ctx, tx, by.User) })
}

// Choose has the actor's lists show the columns.
func (d *Desk) Choose(ctx context.Context, by auth.Actor, columns []string) error {
	if err := by.Must(members.Read); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error { return choose(ctx, tx, by.User, columnsOf(columns)) })
}

// Exported notes that all that is known of so many members went out as a file, and by
// which filter, in words without a name.
func (d *Desk) Exported(ctx context.Context, by auth.Actor, as string, n int, filter string) error {
	if err := by.Must(members.Read); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		return audit.Note(ctx, tx, by, "members.export", "members", "as", as, "members", strconv.Itoa(n), "filter", filter)
	})
}
