package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "clerk", Name: "Ana", Roles: auth.Office}
	member = auth.Actor{User: "member", Name: "Bor", Roles: auth.Member}
)

// each runs f on both databases, with a clock that stands until it is moved.
func each(t *testing.T, f func(t *testing.T, db *store.DB, c *clock)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := &clock{at: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)} // a Friday
		db.At(c.now)
		f(t, db, c)
	}, Steps(), audit.Steps())
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) move(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

func add(t *testing.T, d *Desk, j Job) ID {
	t.Helper()
	id, err := store.Write(t.Context(), d.db, func(tx *store.Tx) (ID, error) { return d.Add(t.Context(), tx, j) })
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func drain(t *testing.T, d *Desk) {
	t.Helper()
	if err := d.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, d *Desk, id ID) Entry {
	t.Helper()
	e, err := d.Get(t.Context(), clerk, id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A job is done exactly when its transaction is committed, in the order of due
// times, and not before it is due.
func TestDesk_Add(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		var got []string
		d := New(db, map[string]Work{"say": func(_ context.Context, r Run) error {
			got = append(got, r.Text())
			return nil
		}})
		undone := errors.New("undone")
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := d.Add(t.Context(), tx, Job{Kind: "say", Args: "never"}); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		add(t, d, Job{Kind: "say", Args: "later", Due: c.now().Add(time.Hour)})
		add(t, d, Job{Kind: "say", Args: "now"})
		id := add(t, d, Job{Kind: "say", Args: map[string]int{"n": 1}, Due: c.now().Add(-time.Hour), Title: "say.it", By: "member"})
		add(t, d, Job{Kind: "of another version"})
		drain(t, d)
		if want := []string{`{"n":1}`, "now"}; !slices.Equal(got, want) {
			t.Errorf("done: %q, want %q", got, want)
		}
		c.move(time.Hour)
		drain(t, d)
		if want := []string{`{"n":1}`, "now", "later"}; !slices.Equal(got, want) {
			t.Errorf("done after an hour: %q, want %q", got, want)
		}
		e := get(t, d, id)
		if e.State != Done || e.Tries != 1 || e.Title != "say.it" || e.By != "member" || e.Ended.IsZero() {
			t.Errorf("the job is %+v", e)
		}
	})
}

// Of jobs with the same key one waits, due at the earliest instant; one that is
// running is no hindrance.
func TestDesk_Add_unique(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		n := 0
		var d *Desk
		d = New(db, map[string]Work{"index": func(context.Context, Run) error {
			if n++; n == 1 {
				add(t, d, Job{Kind: "index", Unique: "u"})
			}
			return nil
		}})
		first := add(t, d, Job{Kind: "index", Unique: "u", Due: c.now().Add(time.Hour)})
		second := add(t, d, Job{Kind: "index", Unique: "u"})
		other := add(t, d, Job{Kind: "none", Unique: "v"})
		if first != second || first == other {
			t.Errorf("jobs %s, %s and %s; want two", first, second, other)
		}
		drain(t, d)
		if n != 2 {
			t.Errorf("done %d times, want 2", n)
		}
	})
}

// Failures are notated as what the work does on each try: f fails, s says stop,
// l says later, p panics, d is done.
func TestDesk_failures(t *testing.T) {
	for _, tt := range []struct {
		name, does string
		state      State
		tries      int
		words      string
	}{
		{"well on the third", "ffd", Done, 3, ""},
		{"stopped", "fs", Failed, 2, "no use"},
		{"a panic is a failure", "pd", Done, 2, ""},
		{"later is no try", "llld", Done, 1, ""},
		{"enough", "ffffffff", Failed, 8, "bad luck"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			each(t, func(t *testing.T, db *store.DB, c *clock) {
				n := 0
				d := New(db, map[string]Work{"try": func(context.Context, Run) error {
					does := tt.does[n]
					n++
					switch does {
					case 'f':
						return errors.New("bad luck \x00\xff")
					case 's':
						return fmt.Errorf("wrapped: %w", Stop(errors.New("no use")))
					case 'l':
						return Later(errors.New("not now"), c.now().Add(time.Minute))
					case 'p':
						panic("boom")
					}
					return nil
				}})
				id := add(t, d, Job{Kind: "try"})
				for i := range tt.does {
					if i > 0 {
						drain(t, d) // nothing is due yet
						if n != i {
							t.Fatalf("tried %d times at once, want %d", n, i)
						}
						c.move(longestDelay * 2)
					}
					drain(t, d)
				}
				e := get(t, d, id)
				if n != len(tt.does) || e.State != tt.state || e.Tries != tt.tries || !strings.Contains(e.Words, tt.words) || (tt.words == "" && e.Words != "") {
					t.Errorf("%d tries, then %+v", n, e)
				}
			})
		})
	}
}

func TestDelay(t *testing.T) {
	var last time.Duration
	for try := 1; try <= 40; try++ {
		low, high := delay(try, 0), delay(try, 0.999)
		if low < 8*time.Second || high > longestDelay*12/10 || low > high || low < last {
			t.Errorf("try %d: %v to %v", try, low, high)
		}
		last = low
	}
}

// Of many workers of many nodes one does a job, and they start without a poll.
func TestDesk_Run_once_each(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		const jobs = 40
		var mu sync.Mutex
		done, all := map[string]int{}, make(chan struct{})
		work := map[string]Work{"count": func(_ context.Context, r Run) error {
			mu.Lock()
			defer mu.Unlock()
			if done[r.Text()]++; len(done) == jobs {
				close(all)
			}
			return nil
		}}
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		nodes := []*Desk{New(db, work), New(db, work)}
		for _, d := range nodes {
			wg.Go(func() { d.Run(ctx, 3) })
		}
		for i := range jobs {
			add(t, nodes[i%2], Job{Kind: "count", Args: fmt.Sprint(i)})
		}
		<-all
		cancel()
		wg.Wait()
		for what, n := range done {
			if n != 1 {
				t.Errorf("job %s was done %d times", what, n)
			}
		}
	})
}

// A job whose process died is taken again when its lease ends, and what the dead
// one says afterwards does not count. One that kills its process each time fails.
func TestDesk_lease(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		n := 0
		d := New(db, map[string]Work{"deadly": func(context.Context, Run) error { n++; return nil }})
		first := add(t, d, Job{Kind: "deadly"})
		dead, err := d.take(t.Context(), t.Context())
		if err != nil || dead.entry.ID != first {
			t.Fatal(dead, err)
		}
		drain(t, d)
		if n != 0 {
			t.Error("a job was taken within its lease")
		}
		c.move(d.lease)
		drain(t, d)
		if err := d.settle(dead, errors.New("late")); err != nil {
			t.Error(err)
		}
		if e := get(t, d, first); n != 1 || e.State != Done || e.Tries != 2 {
			t.Errorf("done %d times: %+v", n, e)
		}
		second := add(t, d, Job{Kind: "deadly"})
		for range maxTries {
			if _, err := d.take(t.Context(), t.Context()); err != nil {
				t.Fatal(err)
			}
			c.move(d.lease)
		}
		drain(t, d)
		if e := get(t, d, second); n != 1 || e.State != Failed || !strings.Contains(e.Words, "died") {
			t.Errorf("the deadly job is %+v", e)
		}
	})
}

// A job that waits for another try gives way to one with the same key.
func TestDesk_gives_way(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		var d *Desk
		n := 0
		d = New(db, map[string]Work{"index": func(context.Context, Run) error {
			if n++; n > 1 {
				return nil
			}
			add(t, d, Job{Kind: "index", Unique: "u"})
			return errors.New("halfway")
		}})
		id := add(t, d, Job{Kind: "index", Unique: "u"})
		drain(t, d)
		if e := get(t, d, id); n != 2 || e.State != Cancelled || e.Words != "halfway" {
			t.Errorf("done %d times, the first is %+v", n, e)
		}
	})
}

// Progress can be seen while the work runs; cancelling ends its context.
func TestDesk_Cancel(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		seen := make(chan struct{})
		var told atomic.Bool
		d := New(db, map[string]Work{"long": func(ctx context.Context, r Run) error {
			r.Progress(3, 10, "long.step")
			<-seen
			<-ctx.Done()
			told.Store(r.Cancelled())
			return ctx.Err()
		}})
		d.beat = time.Millisecond
		id := add(t, d, Job{Kind: "long", By: member.User})
		over := make(chan error, 1)
		go func() { over <- d.Drain(context.WithoutCancel(t.Context())) }()
		for {
			if e := get(t, d, id); e.Done == 3 && e.Total == 10 && e.Step == "long.step" && e.State == Running {
				break
			}
		}
		close(seen)
		stranger := auth.Actor{User: "other", Roles: auth.Member}
		if err := d.Cancel(t.Context(), stranger, id); !fault.Is(err, fault.Denied) {
			t.Errorf("a stranger cancels: %v", err)
		}
		if err := d.Cancel(t.Context(), member, id); err != nil {
			t.Fatal(err)
		}
		if err := <-over; err != nil {
			t.Fatal(err)
		}
		if e := get(t, d, id); e.State != Cancelled || !told.Load() {
			t.Errorf("after cancelling: %+v, told %v", e, told.Load())
		}
		if err := d.Cancel(t.Context(), clerk, id); !fault.Is(err, fault.Conflict) {
			t.Errorf("cancelled again: %v", err)
		}
	})
}

// A job cannot be had once more while another does the same; one that waits is
// cancelled at once.
func TestDesk_Retry_unique(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		d := New(db, nil)
		first := add(t, d, Job{Kind: "index", Unique: "u"})
		if err := d.Cancel(t.Context(), clerk, first); err != nil || get(t, d, first).State != Cancelled {
			t.Fatal(err)
		}
		second := add(t, d, Job{Kind: "index", Unique: "u"})
		if err := d.Retry(t.Context(), clerk, first); first == second || !fault.Is(err, fault.Conflict) {
			t.Errorf("retried beside %s: %v", second, err)
		}
	})
}

// Args come back as they were given; what cannot be read is not tried again.
func TestRun_Args(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		type args struct{ Name string }
		var got args
		d := New(db, map[string]Work{"read": func(_ context.Context, r Run) error { return r.Args(&got) }})
		good, bad := add(t, d, Job{Kind: "read", Args: args{"Čaša"}}), add(t, d, Job{Kind: "read", Args: "{"})
		drain(t, d)
		if got.Name != "Čaša" || get(t, d, good).State != Done || get(t, d, bad).State != Failed {
			t.Errorf("%+v, then %+v", got, get(t, d, bad))
		}
	})
}

// Who may do what, what the office sees, and that a job can be had once more.
func TestDesk_office(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		bad := true
		d := New(db, map[string]Work{"x": func(context.Context, Run) error {
			if bad {
				return Stop(errors.New("bad"))
			}
			return nil
		}})
		var ids []ID
		for range 3 {
			ids = append(ids, add(t, d, Job{Kind: "x"}))
			c.move(time.Second)
		}
		drain(t, d)
		page, err := d.List(t.Context(), clerk, Query{State: Failed, Kind: "x", Limit: 2})
		if err != nil || len(page) != 2 || page[0].ID != ids[2] || page[0].Words != "bad" {
			t.Fatal(page, err)
		}
		page, err = d.List(t.Context(), clerk, Query{Before: page[1].ID})
		if err != nil || len(page) != 1 || page[0].ID != ids[0] {
			t.Fatal(page, err)
		}
		if err := d.Retry(t.Context(), member, ids[0]); !fault.Is(err, fault.Denied) {
			t.Errorf("a member retries: %v", err)
		}
		if _, err := d.List(t.Context(), member, Query{}); !fault.Is(err, fault.Denied) {
			t.Errorf("a member lists: %v", err)
		}
		if _, err := d.Get(t.Context(), clerk, "nothing"); !fault.Is(err, fault.Missing) {
			t.Errorf("nothing is got: %v", err)
		}
		bad = false
		if err := d.Retry(t.Context(), clerk, ids[0]); err != nil {
			t.Fatal(err)
		}
		drain(t, d)
		if err := d.Retry(t.Context(), clerk, ids[0]); !fault.Is(err, fault.Conflict) || get(t, d, ids[0]).State != Done {
			t.Errorf("retried when done: %v", err)
		}
		c.move(40 * 24 * time.Hour)
		add(t, d, Job{Kind: sweepKind})
		drain(t, d)
		left, err := d.List(t.Context(), clerk, Query{Kind: "x"})
		if err != nil || len(left) != 2 || left[0].State != Failed {
			t.Errorf("after forty days: %+v, %v", left, err)
		}
	})
}

// At shutdown work may finish; work that takes too long is told to stop, waits for
// another process, and has lost no try. No goroutine stays.
func TestDesk_Run_shutdown(t *testing.T) {
	db := storetest.SQLite(t, Steps(), audit.Steps())
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for _, tt := range []struct {
		name  string
		grace time.Duration
		state State
		tries int
	}{{"finishes", time.Hour, Done, 1}, {"is released", time.Microsecond, Waiting, 0}} {
		ctx, cancel := context.WithCancel(t.Context())
		d := New(db, map[string]Work{tt.name: func(work context.Context, _ Run) error {
			cancel()
			if tt.state == Done {
				return work.Err() // the work's own context still lives
			}
			<-work.Done()
			return work.Err()
		}})
		d.grace = tt.grace
		id := add(t, d, Job{Kind: tt.name})
		d.Run(ctx, 2)
		if e := get(t, d, id); e.State != tt.state || e.Tries != tt.tries {
			t.Errorf("%s: %+v", tt.name, e)
		}
	}
}

// BenchmarkDesk_Drain is a job from being asked for to being done.
func BenchmarkDesk_Drain(b *testing.B) {
	for name, open := range map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := New(open(b, Steps(), audit.Steps()), map[string]Work{"x": func(context.Context, Run) error { return nil }})
			for b.Loop() {
				err := d.db.Write(b.Context(), func(tx *store.Tx) error { _, err := d.Add(b.Context(), tx, Job{Kind: "x"}); return err })
				if err == nil {
					err = d.Drain(b.Context())
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
