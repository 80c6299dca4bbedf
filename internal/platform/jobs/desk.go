package jobs

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Rights over jobs. Whoever asked for a job may see and cancel it without them.
var (
	See  = auth.Right{Name: "jobs.see", Roles: auth.Staff}
	Mend = auth.Right{Name: "jobs.mend", Roles: auth.Staff}
)

// Work does the jobs of one kind. Its context ends when the job is cancelled, when
// another process has taken it, and when the house has waited long enough at
// shutdown.
type Work func(ctx context.Context, r Run) error

// A Desk takes in jobs and does them.
type Desk struct {
	db    *store.DB
	wake  chan struct{}
	lease time.Duration // how long a job is held without a sign of life
	beat  time.Duration // how often a running job looks up
	grace time.Duration // how long running work has at shutdown

	mu      sync.Mutex
	kinds   map[string]Work
	running map[ID]*attempt

	planning sync.Mutex // held while slots are claimed, which may take a while
	plans    []*planned
}

const sweepKind = "jobs.sweep"

// New makes a desk that does these kinds of work, and sweeps its own old jobs.
func New(db *store.DB, kinds map[string]Work) *Desk {
	d := &Desk{
		db: db, wake: make(chan struct{}, 1),
		lease: time.Minute, beat: time.Second, grace: 20 * time.Second,
		kinds: map[string]Work{}, running: map[ID]*attempt{},
	}
	for kind, w := range kinds {
		d.Handle(kind, w)
	}
	d.Handle(sweepKind, d.sweep)
	d.Every(sweepKind, Daily(3, 15, time.UTC), sweepKind)
	return d
}

// Handle says who does jobs of the kind. It panics if somebody does already. Call
// it before Run.
func (d *Desk) Handle(kind string, w Work) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kinds[kind] != nil {
		panic("jobs: two handle " + kind)
	}
	d.kinds[kind] = w
}

func (d *Desk) known() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.kinds))
}

// sweep forgets what was done or cancelled 30 days ago. Failed jobs stay until
// somebody has looked at them.
func (d *Desk) sweep(ctx context.Context, _ Run) error {
	return d.db.Write(ctx, func(tx *store.Tx) error { return sweepJobs(ctx, tx, tx.Now.AddDate(0, 0, -30)) })
}

// Add has the job done once the transaction is committed. If one with the same
// Unique key waits, that is the one, and it is due at the earlier instant.
func (d *Desk) Add(ctx context.Context, tx *store.Tx, j Job) (ID, error) {
	if j.Kind == "" {
		return "", fmt.Errorf("jobs: add: no kind")
	}
	id, err := addJob(ctx, tx, j)
	if err == nil && !j.Due.After(tx.Now) {
		tx.Then(d.poke)
	}
	return id, err
}

// poke wakes a worker of this process, which wakes the next if it finds a job.
func (d *Desk) poke() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// Get shows one job to the office, or to whoever asked for it.
func (d *Desk) Get(ctx context.Context, by auth.Actor, id ID) (Entry, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Entry, error) { return d.get(ctx, tx, by, See, id) })
}

func (d *Desk) get(ctx context.Context, tx *store.Tx, by auth.Actor, right auth.Right, id ID) (Entry, error) {
	e, err := getEntry(ctx, tx, id)
	if denied := by.Must(right); denied != nil && (err != nil || e.By == "" || e.By != by.User) {
		return Entry{}, denied
	}
	return e, err
}

// A Query asks for a page of the jobs, newest first. The zero Query asks for the
// first page of all.
type Query struct {
	State  State  // empty for any
	Kind   string // empty for any
	Before ID     // last job of the page before
	Limit  int    // 50 if zero
}

// List shows a page of the jobs.
func (d *Desk) List(ctx context.Context, by auth.Actor, q Query) ([]Entry, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Entry, error) { return listEntries(ctx, tx, q) })
}

// Retry has a job that failed or was cancelled done once more, with all its tries.
// It is a Conflict if it is neither, or if one with its Unique key waits.
func (d *Desk) Retry(ctx context.Context, by auth.Actor, id ID) error {
	if err := by.Must(Mend); err != nil {
		return err
	}
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		e, err := getEntry(ctx, tx, id)
		if err != nil {
			return err
		}
		if e.State != Failed && e.State != Cancelled {
			return fault.New(fault.Conflict, "jobs.retry.not_over")
		}
		_, err = tx.ExecContext(ctx, `
			UPDATE jobs SET state = 'waiting', due_at = $2, ended_at = '', tries = 0 WHERE id = $1`, id, store.Time(tx.Now))
		if err != nil {
			return fmt.Errorf("jobs: retry %s: %w", id, err)
		}
		tx.Then(d.poke)
		return audit.Note(ctx, tx, by, "jobs.retry", "job/"+string(id), "kind", e.Kind)
	})
	if store.Taken(err) {
		return fault.New(fault.Conflict, "jobs.retry.another_waits")
	}
	return err
}

// Cancel stops a job. One that waits is cancelled at once; one that runs is asked
// to stop, within ten seconds if another process has it, and is done all the same
// if it is too late. It is a Conflict if the job is over.
func (d *Desk) Cancel(ctx context.Context, by auth.Actor, id ID) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		e, err := d.get(ctx, tx, by, Mend, id)
		if err != nil {
			return err
		}
		switch e.State {
		case Waiting:
			_, err = tx.ExecContext(ctx, `
				UPDATE jobs SET state = 'cancelled', ended_at = $2 WHERE id = $1`, id, store.Time(tx.Now))
		case Running:
			_, err = tx.ExecContext(ctx, `UPDATE jobs SET stopping = 1 WHERE id = $1`, id)
			tx.Then(func() { d.stop(id) })
		default:
			return fault.New(fault.Conflict, "jobs.cancel.over")
		}
		if err != nil {
			return fmt.Errorf("jobs: cancel %s: %w", id, err)
		}
		return audit.Note(ctx, tx, by, "jobs.cancel", "job/"+string(id), "kind", e.Kind)
	})
}
