// Package pending is what the rooms of the register put on the list of what is to be
// done. The list itself is kept above them.
//
// What holds: a due is put and dropped in the transaction of the deed that makes or
// settles it, so that the list never asks for what has been done.
package pending

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Due (opravilo z rokom) is what is to be done by a day.
type Due struct {
	ID      string   // made by the room that puts it: "bodies/01…/task"
	Kind    string   // key of its sentence
	Args    []string // name, value … for the sentence
	On      civil.Date
	Waiting bool // others owe it to us; On is then the day since when
	Owner   auth.UserID
	OwnerIs string
	Link    string     // where it is done
	For     auth.Roles // who alone sees it; 0 for all who have the list
}

// A List takes dues. The zero List is that of a house without one, and takes nothing.
type List struct {
	Puts  func(context.Context, *store.Tx, Due) error
	Drops func(ctx context.Context, tx *store.Tx, id string) error
}

// Put writes a due, over the one with its ID if there is one.
func (l List) Put(ctx context.Context, tx *store.Tx, d Due) error {
	if l.Puts == nil {
		return nil
	}
	return l.Puts(ctx, tx, d)
}

// Drop takes a due away, if there is one.
func (l List) Drop(ctx context.Context, tx *store.Tx, id string) error {
	if l.Drops == nil {
		return nil
	}
	return l.Drops(ctx, tx, id)
}

// Into is a list kept in a map by ID, for tests of rooms.
func Into(list map[string]Due) List {
	return List{
		Puts:  func(_ context.Context, _ *store.Tx, d Due) error { list[d.ID] = d; return nil },
		Drops: func(_ context.Context, _ *store.Tx, id string) error { delete(list, id); return nil },
	}
}
