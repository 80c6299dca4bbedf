package members

import (
	"context"
	"fmt"
	"io"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Holder is a room or a desk that keeps something about members. What it cannot
// do is nil.
type Holder struct {
	Name string // what it is in the export of all that is held: "invoices"
	// Holds says whether it keeps what cannot lose the member: an answer given, an
	// invoice, a seat. Such a member is not taken out, only erased.
	Holds func(ctx context.Context, tx *store.Tx, id ID) (bool, error)
	// Tell is all that is kept about the member, ready for JSON; nil for nothing.
	Tell func(ctx context.Context, tx *store.Tx, id ID) (any, error)
	// Files are the papers that are kept about the member.
	Files func(ctx context.Context, tx *store.Tx, id ID) ([]HeldFile, error)
	// Merge makes what was kept about one member be about the other.
	Merge func(ctx context.Context, tx *store.Tx, from, to ID) error
	// Erase takes out what is personal. What was decided and counted stays true.
	Erase func(ctx context.Context, tx *store.Tx, id ID) error
}

// A HeldFile is a paper that is kept about a member.
type HeldFile struct {
	Name string // with its ending
	Hash string // of its content
	// Print writes a paper that is made when it is asked for; nil for one that is kept.
	Print func(io.Writer) error
}

// FilesIn are all papers that are kept about the member.
func (d *Desk) FilesIn(ctx context.Context, tx *store.Tx, id ID) (all []HeldFile, err error) {
	numbers, err := registrationsOf(ctx, tx, true, id)
	if err != nil {
		return nil, err
	}
	for _, r := range numbers[id] {
		if r.File.Hash != "" {
			all = append(all, HeldFile{Name: r.File.Name, Hash: r.File.Hash})
		}
	}
	for _, h := range d.holders {
		if h.Files == nil {
			continue
		}
		list, err := h.Files(ctx, tx, id)
		if err != nil {
			return nil, fmt.Errorf("members: files of %s: %w", h.Name, err)
		}
		all = append(all, list...)
	}
	return all, nil
}

// Join has the desk ask the holder too. Call it before the house opens its doors.
func (d *Desk) Join(h Holder) { d.holders = append(d.holders, h) }

// Held reports whether somebody holds on to the member.
func (d *Desk) Held(ctx context.Context, tx *store.Tx, id ID) (bool, error) {
	for _, h := range d.holders {
		if h.Holds == nil {
			continue
		}
		if is, err := h.Holds(ctx, tx, id); is || err != nil {
			return is, err
		}
	}
	return false, nil
}
