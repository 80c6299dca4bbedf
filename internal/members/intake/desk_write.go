package intake

import (
	"context"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Commit writes the import into the register, all of it or nothing: at once, or by
// a job if it is large. seen is the Seen of the plan that was agreed to; if the
// register has changed since so that the plan is another, that is a Conflict.
func (d *Desk) Commit(ctx context.Context, by auth.Actor, id, seen string, today civil.Date) (Import, error) {
	if err := by.Must(members.Write); err != nil {
		return Import{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Import, error) {
		i, err := getImport(ctx, tx, id)
		if err != nil {
			return i, err
		}
		if i.State != Looked {
			return i, fault.New(fault.Conflict, "members.import.over")
		}
		i.seen, i.Wrong = seen, ""
		p, err := d.agreed(ctx, tx, i, today)
		if err != nil {
			return i, err
		}
		if d.jobs == nil || p.Writes() <= mostAtOnce {
			i, err = d.writeSome(ctx, tx, by, i, p.Rows, len(p.Rows))
			if err != nil {
				return i, err
			}
			return i, d.finish(ctx, tx, by, &i)
		}
		i.State = Waiting
		i.Job, err = d.jobs.Add(ctx, tx, jobs.Job{Kind: ImportJob, Args: importArgs{i.ID, today}, By: by.User, Title: "members.import.job"})
		if err != nil {
			return i, err
		}
		return i, putImport(ctx, tx, i)
	})
}

type importArgs struct {
	Import string
	Today  civil.Date
}

// agreed is the preview of the import if it is still the one that was agreed to.
func (d *Desk) agreed(ctx context.Context, tx *store.Tx, i Import, today civil.Date) (Preview, error) {
	p, err := d.preview(ctx, tx, i, today)
	switch {
	case err != nil:
		return p, err
	case p.Blocked != nil:
		return p, p.Blocked
	case i.done > 0:
		return p, nil // another try had begun to write it
	case p.Seen != i.seen:
		return p, fault.New(fault.Conflict, "members.import.changed")
	case p.Writes() == 0:
		return p, fault.New(fault.Conflict, "members.import.nothing")
	}
	return p, nil
}

// atATime is how many rows a job writes in one transaction: others wait no longer
// than that takes.
const atATime = 400

// importWork writes a large import. What it cannot write goes back to be looked at,
// as it was before.
func (d *Desk) importWork(ctx context.Context, run jobs.Run) error {
	var args importArgs
	if err := run.Args(&args); err != nil {
		return err
	}
	p, err := store.Read(ctx, d.db, func(tx *store.Tx) (Preview, error) {
		i, err := getImport(ctx, tx, args.Import)
		if err != nil || i.State != Waiting {
			return Preview{Import: i}, err // another try has written it, or it was given up
		}
		return d.agreed(ctx, tx, i, args.Today)
	})
	for err == nil && p.State == Waiting {
		if err = ctx.Err(); err == nil {
			run.Progress(p.done, len(p.Rows), "members.import.step")
			p.Import, err = d.writeNext(ctx, args.Import, p.Rows)
		}
	}
	if err == nil && p.State == Done {
		d.planned.put("", Preview{}) // the plan of a large file is as large
		return nil
	}
	f := fault.Of(err)
	if run.Cancelled() {
		f = fault.New(fault.Conflict, "members.import.stopped")
	}
	if f == nil && err != nil {
		return err // another try goes on from here
	}
	ctx = context.WithoutCancel(ctx)
	if err := d.unwind(ctx, args.Import, true, func(int) {}); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		i, err := farImport(ctx, tx, args.Import)
		if err != nil || i.State != Waiting {
			return err
		}
		i.State, i.Wrong, i.Added, i.Changed, i.Passed = Looked, f.Key, 0, 0, 0
		return stepImport(ctx, tx, i, false)
	})
}

// writeNext writes the next rows of an import that a job writes.
func (d *Desk) writeNext(ctx context.Context, id string, rows []Row) (Import, error) {
	return store.Write(ctx, d.db, func(tx *store.Tx) (Import, error) {
		i, err := farImport(ctx, tx, id)
		if err != nil || i.State != Waiting {
			return i, err
		}
		by := auth.Actor{User: i.By, Name: i.ByName, Roles: members.Write.Roles}
		if i, err = d.writeSome(ctx, tx, by, i, rows, min(len(rows), i.done+atATime)); err != nil {
			return i, err
		}
		if i.done == len(rows) {
			return i, d.finish(ctx, tx, by, &i)
		}
		return i, stepImport(ctx, tx, i, false)
	})
}

// writeSome writes the rows of the plan up to the given one.
func (d *Desk) writeSome(ctx context.Context, tx *store.Tx, by auth.Actor, i Import, rows []Row, until int) (Import, error) {
	b, err := d.members.BatchIn(ctx, tx, by)
	if err != nil {
		return i, err
	}
	var undo []written
	first := i.done
	for ; i.done < until; i.done++ {
		row := rows[i.done]
		if !row.does() {
			i.Passed++
			undo = append(undo, written{})
			continue
		}
		w, err := writeRow(ctx, tx, d.members, b, i, row)
		if f := fault.Of(err); f != nil {
			return i, fault.New(f.Kind, "members.import.row", "line", row.Line)
		}
		if err != nil {
			return i, err
		}
		if row.Old.ID == "" {
			i.Added++
		} else {
			i.Changed++
		}
		undo = append(undo, w)
	}
	if err := putUndo(ctx, tx, i.ID, first, undo); err != nil {
		return i, err
	}
	return i, b.Close(ctx)
}

// finish ends an import of which all rows are written.
func (d *Desk) finish(ctx context.Context, tx *store.Tx, by auth.Actor, i *Import) error {
	i.State, i.upload, i.Choices = Done, "", nil
	if err := stepImport(ctx, tx, *i, true); err != nil {
		return err
	}
	if err := forgetImports(ctx, tx, *i); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "members.import", "member-import/"+i.ID, "added", strconv.Itoa(i.Added), "changed", strconv.Itoa(i.Changed))
}

func writeRow(ctx context.Context, tx *store.Tx, desk *members.Desk, b *members.Batch, i Import, row Row) (w written, err error) {
	m := row.New
	if row.Agent != nil {
		m.Agents += store.Bit(row.Agent.Answers)
	}
	if row.Old.ID == "" {
		m, err = b.Add(ctx, m)
	} else {
		if w.Before, err = unchanged(ctx, tx, desk, row); err == nil {
			m, err = b.Change(ctx, row.Old, m)
		}
	}
	if err != nil {
		return w, err
	}
	w.ID, w.Revision = m.ID, m.Revision
	if row.Agent != nil {
		a := *row.Agent
		a.Member = m.ID
		if a, err = b.Agent(ctx, a); err != nil {
			return w, err
		}
		w.Agents = append(w.Agents, a.ID)
	}
	for _, r := range row.Register {
		r.Member = m.ID
		if r, err = b.Register(ctx, r); err != nil {
			return w, err
		}
		w.Registrations = append(w.Registrations, r.ID)
	}
	for _, name := range row.Tags {
		t, err := b.Tag(ctx, m, name)
		if err != nil {
			return w, err
		}
		w.Tags = append(w.Tags, t)
	}
	return w, b.Note(ctx, "members.imported", m.ID, "import", i.ID)
}

// unchanged is the entry as it stands, with those details only that the row changes,
// if nobody has changed it since the plan was made.
func unchanged(ctx context.Context, tx *store.Tx, desk *members.Desk, row Row) (members.Member, error) {
	list, err := desk.EntriesIn(ctx, tx, row.Old.ID)
	if err != nil {
		return members.Member{}, err
	}
	if len(list) == 0 || list[0].Revision != row.Old.Revision {
		return members.Member{}, fault.New(fault.Conflict, "members.import.changed")
	}
	m := list[0]
	was := m.Details
	m.Details = nil
	for id := range row.New.Details {
		if m.Details == nil {
			m.Details = members.Details{}
		}
		m.Details[id] = was[id]
	}
	return m, nil
}

// Undo takes back the last import: whom it added are taken out, whom it changed
// are as before. It is a Conflict if another import was written since, if any of
// those entries was changed since, or if others hold on to one that would go.
func (d *Desk) Undo(ctx context.Context, by auth.Actor, id string) (Import, error) {
	if err := by.Must(members.Write); err != nil {
		return Import{}, err
	}
	i, err := store.Write(ctx, d.db, func(tx *store.Tx) (Import, error) {
		i, err := lastImport(ctx, tx)
		if err != nil {
			return i, err
		}
		if i.ID != id {
			return i, fault.New(fault.Conflict, "members.undo.not_last")
		}
		if err := d.mayUndo(ctx, tx, by, i); err != nil {
			return i, err
		}
		i.State = Undoing
		if d.jobs != nil && i.Added+i.Changed > 4*mostAtOnce {
			i.Job, err = d.jobs.Add(ctx, tx, jobs.Job{Kind: UndoJob, Args: importArgs{Import: i.ID}, By: by.User, Title: "members.undo.job"})
			if err != nil {
				return i, err
			}
		} else if err := d.unwindIn(ctx, tx, by, &i, i.done); err != nil {
			return i, err
		} else {
			return i, d.undone(ctx, tx, by, &i)
		}
		return i, putImport(ctx, tx, i)
	})
	return i, err
}

// mayUndo looks through all that the import wrote before any of it is taken back.
func (d *Desk) mayUndo(ctx context.Context, tx *store.Tx, by auth.Actor, i Import) error {
	b, err := d.members.BatchIn(ctx, tx, by)
	if err != nil {
		return err
	}
	for from := 0; from < i.done; from += 500 {
		list, err := readUndo(ctx, tx, i.ID, from, from+500)
		if err != nil {
			return err
		}
		now, err := d.entriesOf(ctx, tx, list)
		if err != nil {
			return err
		}
		for _, w := range list {
			m, is := now[w.ID]
			switch {
			case w.ID == "":
				continue
			case !is || m.Revision != w.Revision:
				return fault.New(fault.Conflict, "members.undo.changed", "name", m.Name)
			case w.Before.ID != "":
				continue
			}
			held, err := b.Held(ctx, w.ID)
			if err != nil {
				return err
			}
			if held {
				return fault.New(fault.Conflict, "members.undo.held", "name", m.Name)
			}
		}
	}
	return nil
}

func (d *Desk) entriesOf(ctx context.Context, tx *store.Tx, list []written) (map[members.ID]members.Member, error) {
	var ids []members.ID
	for _, w := range list {
		if w.ID != "" {
			ids = append(ids, w.ID)
		}
	}
	of := map[members.ID]members.Member{}
	found, err := d.members.EntriesIn(ctx, tx, ids...)
	for _, m := range found {
		of[m.ID] = m
	}
	return of, err
}

// undoWork takes back a large import.
func (d *Desk) undoWork(ctx context.Context, run jobs.Run) error {
	var args importArgs
	if err := run.Args(&args); err != nil {
		return err
	}
	i, err := store.Read(ctx, d.db, func(tx *store.Tx) (Import, error) { return getImport(ctx, tx, args.Import) })
	if err != nil || i.State != Undoing {
		return err
	}
	total := i.done
	err = d.unwind(ctx, args.Import, false, func(left int) { run.Progress(total-left, total, "members.undo.step") })
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		i, err := getImport(ctx, tx, args.Import)
		if err != nil || i.State != Undoing {
			return err
		}
		return d.undone(ctx, tx, auth.Actor{User: i.By, Name: i.ByName}, &i)
	})
}

func (d *Desk) undone(ctx context.Context, tx *store.Tx, by auth.Actor, i *Import) error {
	i.State = Undone
	if err := stepImport(ctx, tx, *i, true); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "members.undo", "member-import/"+i.ID)
}

// unwind takes back what was written, from the last row to the first, some at a
// time; whole says that none of it shall be left. An entry that somebody has changed
// meanwhile is theirs and stays.
func (d *Desk) unwind(ctx context.Context, id string, whole bool, left func(int)) error {
	for {
		i, err := store.Write(ctx, d.db, func(tx *store.Tx) (Import, error) {
			i, err := farImport(ctx, tx, id)
			if err != nil || i.done == 0 {
				return i, err
			}
			by := auth.Actor{User: i.By, Name: i.ByName, Roles: members.Write.Roles}
			if err := d.unwindIn(ctx, tx, by, &i, atATime); err != nil {
				return i, err
			}
			return i, stepImport(ctx, tx, i, false)
		})
		if err != nil || i.done == 0 {
			return err
		}
		left(i.done)
		if !whole && ctx.Err() != nil {
			return ctx.Err() // another try goes on from here
		}
	}
}

// unwindIn takes back the last n rows that were written.
func (d *Desk) unwindIn(ctx context.Context, tx *store.Tx, by auth.Actor, i *Import, n int) error {
	b, err := d.members.BatchIn(ctx, tx, by)
	if err != nil {
		return err
	}
	from := max(i.done-n, 0)
	for at := i.done; at > from; {
		begin := max(at-500, from)
		list, err := readUndo(ctx, tx, i.ID, begin, at)
		if err != nil {
			return err
		}
		now, err := d.entriesOf(ctx, tx, list)
		if err != nil {
			return err
		}
		for _, w := range slices.Backward(list) {
			if m, is := now[w.ID]; is && m.Revision == w.Revision {
				if err := unwriteRow(ctx, b, w, m); err != nil {
					return err
				}
			}
		}
		at = begin
	}
	if err := dropUndo(ctx, tx, i.ID, from); err != nil {
		return err
	}
	i.done = from
	return b.Close(ctx)
}

func unwriteRow(ctx context.Context, b *members.Batch, w written, now members.Member) error {
	if err := b.Unwrite(ctx, w.Agents, w.Registrations); err != nil {
		return err
	}
	if err := b.Untag(ctx, now, w.Tags...); err != nil {
		return err
	}
	if w.Before.ID == "" {
		err := b.Drop(ctx, now)
		if fault.Is(err, fault.Conflict) {
			return nil // somebody holds on to them since; they stay
		}
		return err
	}
	w.Before.Corrects = true
	if _, err := b.Change(ctx, now, w.Before); err != nil {
		return err
	}
	return b.Note(ctx, "members.unimported", w.ID)
}
