package members

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// rolls are where a desk has its newest roll.
type rolls struct {
	newest atomic.Pointer[roll]
	making sync.Mutex
}

// rollIn is the roll at the version of the transaction, or a newer one. What a
// transaction has not committed stays with it.
func (d *Desk) rollIn(ctx context.Context, tx *store.Tx) (*roll, error) {
	version, err := readVersion(ctx, tx)
	if err != nil {
		return nil, err
	}
	r := d.newest.Load()
	if r != nil && r.version >= version {
		return r, nil
	}
	if !tx.ReadOnly() {
		return readRoll(ctx, tx, r, version)
	}
	d.making.Lock()
	defer d.making.Unlock()
	if r = d.newest.Load(); r != nil && r.version >= version {
		return r, nil
	}
	if r, err = readRoll(ctx, tx, r, version); err != nil {
		return nil, err
	}
	d.newest.Store(r)
	return r, nil
}

// Warm makes the roll before anybody asks for it.
func (d *Desk) Warm(ctx context.Context) error {
	return d.db.Read(ctx, func(tx *store.Tx) error {
		_, err := d.rollIn(ctx, tx)
		return err
	})
}

// ask is the roll, and the filter as it is asked; mail says whether e-mails are
// looked through.
func (d *Desk) ask(ctx context.Context, tx *store.Tx, f Filter, mail bool) (*roll, *wanted, error) {
	r, err := d.rollIn(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	var detail Detail
	if f.Detail != "" {
		list, err := listDetails(ctx, tx)
		if err != nil {
			return nil, nil, err
		}
		detail, _ = list.by(f.Detail)
	}
	w, err := f.wanted(detail, d.dayOf(tx), mail)
	return r, w, err
}

// listIn reads a page of the register; mail says whether e-mails are looked through.
func (d *Desk) listIn(ctx context.Context, tx *store.Tx, q Query, mail bool) ([]Member, error) {
	r, w, err := d.ask(ctx, tx, q.Filter, mail)
	if err != nil {
		return nil, err
	}
	at := 0
	switch {
	case q.After != "":
		after, err := getMember(ctx, tx, q.After)
		if err != nil {
			return nil, err
		}
		at = r.from(after.SortKey, after.ID)
	case q.From != "":
		at = r.from(sortKey(q.From), "")
	}
	var list []Member
	for len(list) < q.limit() { // who left the register since the roll was made is passed over
		var ids []ID
		if ids, at = r.next(w, at, q.limit()-len(list)); len(ids) == 0 {
			break
		}
		some, err := membersOf(ctx, tx, ids...)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// selected are the members of the selection.
func (d *Desk) selected(ctx context.Context, tx *store.Tx, of Selection) ([]ID, error) {
	var ids []ID
	for some := range slices.Chunk(of.IDs, 500) {
		list, err := membersOf(ctx, tx, some...)
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			ids = append(ids, m.ID)
		}
	}
	if len(of.IDs) > 0 {
		return ids, nil
	}
	if err := of.Filter.Check(); err != nil {
		return nil, err
	}
	r, w, err := d.ask(ctx, tx, of.Filter, true)
	if err != nil {
		return nil, err
	}
	ids, _ = r.next(w, 0, len(r.listings))
	return ids, nil
}
