package intake

import (
	"context"
	"embed"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/twins"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
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
	return store.Steps{Desk: "intake", FS: sub}
}

// Larger imports are written, and undone, by a job.
const mostAtOnce = 500

// The kinds of the jobs that write and undo a large import.
const (
	ImportJob = "members.import"
	UndoJob   = "members.undo"
)

// A Desk is where spreadsheets are brought into the register.
type Desk struct {
	db      *store.DB
	members *members.Desk
	jobs    *jobs.Desk // nil without Employ
	planned planned
}

// New opens the desk on a database that has the register.
func New(db *store.DB, m *members.Desk) *Desk { return &Desk{db: db, members: m} }

// Employ has large imports written by a job. Without it they are written at once.
func (d *Desk) Employ(j *jobs.Desk) {
	d.jobs = j
	j.Handle(ImportJob, d.importWork)
	j.Handle(UndoJob, d.undoWork)
}

// A Preview is an import with its plan, and the head and first rows of its file.
type Preview struct {
	Import
	Plan
	Head    []string
	Sample  [][]string
	Details []members.Detail // that a column may hold, too
	Blocked error            // why there is no plan: what is wrong with the columns
}

// Upload takes in a CSV file or an Excel workbook and guesses what its columns hold.
// Its faults say what is wrong with the file, and on which line.
func (d *Desk) Upload(ctx context.Context, by auth.Actor, name string, raw []byte) (Import, error) {
	if err := by.Must(members.Write); err != nil {
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
	i := Import{Name: beginning(line(name), 100), State: Looked, By: by.User, ByName: by.Name, upload: text}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Import, error) {
		i := i
		details, _, _, err := d.members.WordsIn(ctx, tx)
		if err != nil {
			return i, err
		}
		i.Mapping = Mapping{guess(s.Head, details), members.Organisation}
		if slices.Contains(i.Mapping.Columns, "family") {
			i.Mapping.Otherwise = members.Person
		}
		i.ID, i.Made = tx.ID(), tx.Now
		if err := putImport(ctx, tx, i); err != nil {
			return i, err
		}
		return i, forgetImports(ctx, tx, i)
	})
}

// Import reads an import.
func (d *Desk) Import(ctx context.Context, by auth.Actor, id string) (Import, error) {
	if err := by.Must(members.Write); err != nil {
		return Import{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Import, error) { return farImport(ctx, tx, id) })
}

// LastImport reads the newest import that was written, or returns a Missing fault.
func (d *Desk) LastImport(ctx context.Context, by auth.Actor) (Import, error) {
	if err := by.Must(members.Write); err != nil {
		return Import{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Import, error) { return lastImport(ctx, tx) })
}

// Map says what the columns of the file hold, where that was guessed wrongly.
func (d *Desk) Map(ctx context.Context, by auth.Actor, id string, m Mapping) error {
	return d.change(ctx, by, id, []State{Looked}, func(tx *store.Tx, i *Import) error {
		if !slices.Contains(members.Kinds(), m.Otherwise) {
			return fault.In("otherwise", "members.kind.unknown")
		}
		details, _, _, err := d.members.WordsIn(ctx, tx)
		if err != nil {
			return err
		}
		n := len(i.Mapping.Columns)
		i.Mapping = m
		return checkColumns(m.Columns, n, details)
	})
}

// Choose says what is to be done with rows, by line; an empty choice is the plan's.
func (d *Desk) Choose(ctx context.Context, by auth.Actor, id string, choices map[int]Choice) error {
	return d.change(ctx, by, id, []State{Looked}, func(_ *store.Tx, i *Import) error {
		if i.Choices == nil {
			i.Choices = map[int]Choice{}
		}
		maps.Copy(i.Choices, choices)
		maps.DeleteFunc(i.Choices, func(_ int, c Choice) bool { return c == "" || len(c) > 64 })
		return nil
	})
}

// Drop gives an import up before it is written. One that a job is writing is taken
// back by it.
func (d *Desk) Drop(ctx context.Context, by auth.Actor, id string) error {
	return d.change(ctx, by, id, []State{Looked, Waiting}, func(_ *store.Tx, i *Import) error {
		i.State, i.upload = Dropped, ""
		return nil
	})
}

// change changes an import that is in one of the states.
func (d *Desk) change(ctx context.Context, by auth.Actor, id string, in []State, f func(*store.Tx, *Import) error) error {
	if err := by.Must(members.Write); err != nil {
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
		if err := f(tx, &i); err != nil {
			return err
		}
		return putImport(ctx, tx, i)
	})
}

// Preview says what an import would do now.
func (d *Desk) Preview(ctx context.Context, by auth.Actor, id string, today civil.Date) (Preview, error) {
	if err := by.Must(members.Write); err != nil {
		return Preview{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Preview, error) {
		i, err := getImport(ctx, tx, id)
		if err != nil {
			return Preview{}, err
		}
		return d.preview(ctx, tx, i, today)
	})
}

func (d *Desk) preview(ctx context.Context, tx *store.Tx, i Import, today civil.Date) (Preview, error) {
	p := Preview{Import: i}
	if i.upload == "" {
		return p, fault.New(fault.Conflict, "members.import.over")
	}
	version, err := d.members.VersionIn(ctx, tx)
	if err != nil {
		return p, err
	}
	var voc vocabulary
	if voc.details, voc.categories, _, err = d.members.WordsIn(ctx, tx); err != nil {
		return p, err
	}
	key := planKey(i, version, today, voc)
	if ready, is := d.planned.get(key); is {
		ready.Import = i
		return ready, nil
	}
	s, err := readSheet(i.upload)
	if err != nil {
		return p, err
	}
	p.Head, p.Details = s.Head, slices.DeleteFunc(voc.details, func(d members.Detail) bool { return d.Closed })
	for _, r := range s.Rows[:min(3, len(s.Rows))] {
		p.Sample = append(p.Sample, r.Cells)
	}
	if p.Blocked = checkColumns(i.Mapping.Columns, len(s.Head), p.Details); p.Blocked != nil {
		return p, nil
	}
	k, err := d.known(ctx, tx, s, i.Mapping, voc)
	if err != nil {
		return p, err
	}
	p.Plan = k.plan(s, i.Mapping, i.Choices, today)
	d.planned.put(key, p)
	return p, nil
}

// known reads what the register has that rows of the sheet may be about.
func (d *Desk) known(ctx context.Context, tx *store.Tx, s sheet, mp Mapping, voc vocabulary) (known, error) {
	k := known{vocabulary: voc, email: map[string]members.Brief{}, name: map[string][]members.Brief{}, alike: map[string][]members.Brief{}, number: map[string]members.ID{}, entry: map[members.ID]members.Member{}}
	emails, names, alike, numbers := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range s.Rows {
		rec, _ := r.read(mp.Columns, anyDay, voc) // what is wrong with the row is for plan to say
		emails[rec.Email], names[folded(rec.Name)], alike[twins.Alike(rec.Name)] = true, true, true
		for _, n := range rec.register {
			numbers[n.Number] = true
		}
	}
	var ids []members.ID
	err := d.members.BriefsIn(ctx, tx, func(b members.Brief) {
		name, like := folded(b.Name), twins.Alike(b.Name)
		if b.Email != "" && emails[b.Email] {
			k.email[b.Email] = b
		}
		if names[name] {
			k.name[name] = append(k.name[name], b)
		}
		if alike[like] {
			k.alike[like] = append(k.alike[like], b)
		}
		if emails[b.Email] && b.Email != "" || names[name] || alike[like] {
			ids = append(ids, b.ID)
		}
	})
	if err != nil {
		return k, err
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(numbers)), 500) {
		list, err := d.members.NumberedIn(ctx, tx, some...)
		if err != nil {
			return k, err
		}
		for _, r := range list {
			k.number[numberKey(r)] = r.Member
			ids = append(ids, r.Member)
		}
	}
	return k, d.entries(ctx, tx, &k, ids)
}

// entries reads the entries of those whom rows may be about.
func (d *Desk) entries(ctx context.Context, tx *store.Tx, k *known, ids []members.ID) error {
	slices.Sort(ids)
	k.more = members.More{Agents: map[members.ID][]members.Agent{}, Tags: map[members.ID][]members.Tag{}, Registrations: map[members.ID][]members.Registration{}}
	for some := range slices.Chunk(slices.Compact(ids), 500) {
		list, err := d.members.EntriesIn(ctx, tx, some...)
		if err != nil {
			return err
		}
		for _, m := range list {
			k.entry[m.ID] = m
		}
		more, err := d.members.MoreIn(ctx, tx, some...)
		if err != nil {
			return err
		}
		maps.Copy(k.more.Agents, more.Agents)
		maps.Copy(k.more.Tags, more.Tags)
		maps.Copy(k.more.Registrations, more.Registrations)
	}
	return nil
}

// anyDay stands where only the names and numbers of rows are looked at.
var anyDay = civil.On(2000, 1, 1)

// A planned remembers the last plan, for the pages of a large one.
type planned struct {
	mu  sync.Mutex
	key string
	p   Preview
}

func (c *planned) get(key string) (Preview, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.p, c.key == key && key != ""
}

func (c *planned) put(key string, p Preview) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.key, c.p = key, p
}
