package members

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Larger imports are written by a job.
const mostAtOnce = 500

// ImportJob is the kind of the job that writes a large import.
const ImportJob = "members.import"

// anyDay stands where only the names and e-mails of rows are looked at.
var anyDay = civil.On(2000, 1, 1)

// Employ has large imports written by a job. Without it they are written at once.
func (d *Desk) Employ(j *jobs.Desk) {
	d.jobs = j
	j.Handle(ImportJob, d.importWork)
}

// A Preview is an import with its plan, and the head and first rows of its file.
type Preview struct {
	Import
	Plan
	Head    []string
	Sample  [][]string
	Blocked error // why there is no plan: what is wrong with the columns
}

// Upload takes in a CSV file and guesses what its columns hold. Its faults say
// what is wrong with the file, and on which line.
func (d *Desk) Upload(ctx context.Context, by auth.Actor, name string, raw []byte) (Import, error) {
	if err := by.Must(Write); err != nil {
		return Import{}, err
	}
	if len(raw) > MaxUpload {
		return Import{}, fault.In("file", "members.import.too_big", "most", MaxUpload>>20)
	}
	text, err := decode(raw)
	if err != nil {
		return Import{}, err
	}
	s, err := readSheet(text)
	if err != nil {
		return Import{}, err
	}
	i := Import{Name: beginning(line(name), longestLine), State: Looked, By: by.User, ByName: by.Name, upload: text}
	i.Mapping = Mapping{guess(s.Head), Organisation}
	if slices.Contains(i.Mapping.Columns, "family") {
		i.Mapping.Otherwise = Person
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Import, error) {
		i.ID, i.Made = tx.ID(), tx.Now
		if err := putImport(ctx, tx, i); err != nil {
			return i, err
		}
		return i, forgetImports(ctx, tx, i)
	})
}

// Import reads an import.
func (d *Desk) Import(ctx context.Context, by auth.Actor, id string) (Import, error) {
	if err := by.Must(Write); err != nil {
		return Import{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Import, error) { return getImport(ctx, tx, id) })
}

// LastImport reads the newest import that was written, or returns a Missing fault.
func (d *Desk) LastImport(ctx context.Context, by auth.Actor) (Import, error) {
	if err := by.Must(Write); err != nil {
		return Import{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Import, error) { return lastImport(ctx, tx) })
}

// Map says what the columns of the file hold, where that was guessed wrongly.
func (d *Desk) Map(ctx context.Context, by auth.Actor, id string, m Mapping) error {
	return d.change(ctx, by, id, []ImportState{Looked}, func(i *Import) error {
		if !slices.Contains(Kinds(), m.Otherwise) {
			return fault.In("otherwise", "members.kind.unknown")
		}
		n := len(i.Mapping.Columns)
		i.Mapping = m
		return checkColumns(m.Columns, n)
	})
}

// Choose says what is to be done with rows, by line; an empty choice is the plan's.
func (d *Desk) Choose(ctx context.Context, by auth.Actor, id string, choices map[int]Choice) error {
	return d.change(ctx, by, id, []ImportState{Looked}, func(i *Import) error {
		if i.Choices == nil {
			i.Choices = map[int]Choice{}
		}
		maps.Copy(i.Choices, choices)
		maps.DeleteFunc(i.Choices, func(_ int, c Choice) bool { return c != Skip && c != AsNew })
		return nil
	})
}

// Drop gives an import up before it is written, also one that waits for its job.
func (d *Desk) Drop(ctx context.Context, by auth.Actor, id string) error {
	return d.change(ctx, by, id, []ImportState{Looked, Waiting}, func(i *Import) error {
		i.State, i.upload = Dropped, ""
		return nil
	})
}

// change changes an import that is in one of the states.
func (d *Desk) change(ctx context.Context, by auth.Actor, id string, in []ImportState, f func(*Import) error) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		i, err := getImport(ctx, tx, id)
		if err != nil {
			return err
		}
		if !slices.Contains(in, i.State) {
			return fault.New(fault.Conflict, "members.import.over")
		}
		if err := f(&i); err != nil {
			return err
		}
		return putImport(ctx, tx, i)
	})
}

// Preview says what an import would do now.
func (d *Desk) Preview(ctx context.Context, by auth.Actor, id string, today civil.Date) (Preview, error) {
	if err := by.Must(Write); err != nil {
		return Preview{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Preview, error) {
		i, err := getImport(ctx, tx, id)
		if err != nil {
			return Preview{}, err
		}
		return preview(ctx, tx, i, today)
	})
}

func preview(ctx context.Context, tx *store.Tx, i Import, today civil.Date) (Preview, error) {
	p := Preview{Import: i}
	if i.upload == "" {
		return p, fault.New(fault.Conflict, "members.import.over")
	}
	s, err := readSheet(i.upload)
	if err != nil {
		return p, err
	}
	p.Head = s.Head
	for _, r := range s.Rows[:min(3, len(s.Rows))] {
		p.Sample = append(p.Sample, r.Cells)
	}
	if p.Blocked = checkColumns(i.Mapping.Columns, len(s.Head)); p.Blocked != nil {
		return p, nil
	}
	k, err := knownFor(ctx, tx, s, i.Mapping)
	if err != nil {
		return p, err
	}
	p.Plan = k.plan(s, i.Mapping, i.Choices, today)
	return p, nil
}

// Commit writes the import into the register, all of it or nothing: at once, or by
// a job if it is large. seen is the Seen of the plan that was agreed to; if the
// register has changed since so that the plan is another, that is a Conflict.
func (d *Desk) Commit(ctx context.Context, by auth.Actor, id, seen string, today civil.Date) (Import, error) {
	if err := by.Must(Write); err != nil {
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
		p, err := agreed(ctx, tx, i, today)
		if err != nil {
			return i, err
		}
		if d.jobs == nil || p.Writes() <= mostAtOnce {
			return d.write(ctx, tx, by, p, func(int) {})
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
func agreed(ctx context.Context, tx *store.Tx, i Import, today civil.Date) (Preview, error) {
	p, err := preview(ctx, tx, i, today)
	switch {
	case err != nil:
		return p, err
	case p.Blocked != nil:
		return p, p.Blocked
	case p.Seen != i.seen:
		return p, fault.New(fault.Conflict, "members.import.changed")
	case p.Writes() == 0:
		return p, fault.New(fault.Conflict, "members.import.nothing")
	}
	return p, nil
}

// importWork writes a large import. What it cannot write goes back to be looked at.
func (d *Desk) importWork(ctx context.Context, run jobs.Run) error {
	var args importArgs
	if err := run.Args(&args); err != nil {
		return err
	}
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		i, err := getImport(ctx, tx, args.Import)
		if err != nil || i.State != Waiting {
			return err // another try has written it
		}
		p, err := agreed(ctx, tx, i, args.Today)
		if err != nil {
			return err
		}
		by := auth.Actor{User: i.By, Name: i.ByName, Roles: Write.Roles}
		_, err = d.write(ctx, tx, by, p, func(n int) { run.Progress(n, p.Writes(), "members.import.step") })
		return err
	})
	f := fault.Of(err)
	if f == nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		i, err := getImport(ctx, tx, args.Import)
		if err != nil {
			return err
		}
		i.State, i.Wrong = Looked, f.Key
		return putImport(ctx, tx, i)
	})
}

// write writes all rows of the plan.
func (d *Desk) write(ctx context.Context, tx *store.Tx, by auth.Actor, p Preview, progress func(int)) (Import, error) {
	i := p.Import
	t, err := newTally(ctx, tx)
	if err != nil {
		return i, err
	}
	for _, row := range p.Rows {
		if !row.does() {
			i.Passed++
			continue
		}
		w, err := d.writeRow(ctx, tx, by, i, row, t)
		if f := fault.Of(err); f != nil {
			return i, fault.New(f.Kind, "members.import.row", "line", row.Line)
		}
		if err != nil {
			return i, err
		}
		if row.Verdict == WillAdd {
			i.Added++
		} else {
			i.Changed++
		}
		i.undo = append(i.undo, w)
		progress(len(i.undo))
	}
	if err := t.write(ctx, tx); err != nil {
		return i, err
	}
	i.State, i.upload, i.Choices = Done, "", nil
	if err := putImport(ctx, tx, i); err != nil {
		return i, err
	}
	if err := forgetImports(ctx, tx, i); err != nil {
		return i, err
	}
	return i, audit.Note(ctx, tx, by, "members.import", "member-import/"+i.ID, "added", strconv.Itoa(i.Added), "changed", strconv.Itoa(i.Changed))
}

func (d *Desk) writeRow(ctx context.Context, tx *store.Tx, by auth.Actor, i Import, row Row, t *tally) (written, error) {
	m := row.New
	if row.Verdict == WillAdd {
		m.ID = ID(tx.ID())
	}
	w := written{ID: m.ID, Before: row.Old}
	if row.Agent != nil {
		a := *row.Agent
		w.Agent = tx.ID()
		a.ID, a.Member = w.Agent, m.ID
		m.Agents += store.Bit(a.Answers)
		if err := putAgent(ctx, tx, a); err != nil {
			return w, err
		}
	}
	m.Revision, m.Changed = row.Old.Revision+1, tx.Now
	w.Revision = m.Revision
	if row.Verdict == WillAdd {
		var err error
		if m, err = begin(ctx, tx, m, dayOf(tx)); err != nil {
			return w, err
		}
	}
	if err := d.put(ctx, tx, row.Old, m, t); err != nil {
		return w, err
	}
	return w, audit.Note(ctx, tx, by, "members.imported", Subject(m.ID), "import", i.ID)
}

// Undo takes back the last import: whom it added are taken out, whom it changed
// are as before. It is a Conflict if another import was written since, if any of
// those entries was changed since, or if others hold on to one that would go.
func (d *Desk) Undo(ctx context.Context, by auth.Actor, id string) (Import, error) {
	if err := by.Must(Write); err != nil {
		return Import{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Import, error) {
		i, err := lastImport(ctx, tx)
		if err != nil {
			return i, err
		}
		if i.ID != id {
			return i, fault.New(fault.Conflict, "members.undo.not_last")
		}
		t, err := newTally(ctx, tx)
		if err != nil {
			return i, err
		}
		for _, w := range i.undo {
			if err := d.unwrite(ctx, tx, by, w, t); err != nil {
				return i, err
			}
		}
		if err := t.write(ctx, tx); err != nil {
			return i, err
		}
		i.State, i.undo = Undone, nil
		if err := putImport(ctx, tx, i); err != nil {
			return i, err
		}
		return i, audit.Note(ctx, tx, by, "members.undo", "member-import/"+i.ID)
	})
}

func (d *Desk) unwrite(ctx context.Context, tx *store.Tx, by auth.Actor, w written, t *tally) error {
	now, err := getMember(ctx, tx, w.ID)
	if err != nil {
		return err
	}
	if now.Revision != w.Revision {
		return fault.New(fault.Conflict, "members.undo.changed", "name", now.Name)
	}
	if w.Agent != "" {
		if err := dropAgent(ctx, tx, w.Agent); err != nil {
			return err
		}
	}
	if w.Before.ID != "" {
		m := w.Before
		m.Revision, m.Changed = now.Revision+1, tx.Now
		if err := d.put(ctx, tx, now, m, t); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.unimported", Subject(w.ID))
	}
	held, err := isAgent(ctx, tx, w.ID, false)
	if err == nil && !held {
		held, err = d.Held(ctx, tx, w.ID)
	}
	switch {
	case err != nil:
		return err
	case held:
		return fault.New(fault.Conflict, "members.undo.held", "name", now.Name)
	}
	t.move(now, Member{})
	if err := d.Search.Drop(ctx, tx, Subject(w.ID)); err != nil {
		return err
	}
	return dropMember(ctx, tx, w.ID)
}
