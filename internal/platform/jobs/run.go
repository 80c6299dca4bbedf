package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Run is one try of a job, as its Work sees it.
type Run struct {
	ID   ID
	Kind string
	By   auth.UserID
	Try  int // 1 for the first
	args string
	try  *attempt
}

// Text is the Args as they are kept.
func (r Run) Text() string { return r.args }

// Args reads the Args, kept as JSON, into v. Its error is not worth another try.
func (r Run) Args(v any) error {
	if err := json.Unmarshal([]byte(r.args), v); err != nil {
		return Stop(fmt.Errorf("jobs: args of %s: %w", r.Kind, err))
	}
	return nil
}

// Progress says how far the work is, and the key of what it is at. It costs
// nothing: what is said is written down about once a second.
func (r Run) Progress(done, total int, step string) {
	if r.try == nil {
		return // work that no queue has begun
	}
	r.try.mu.Lock()
	defer r.try.mu.Unlock()
	r.try.progress = progress{done, total, step}
}

// Cancelled reports whether somebody wants the work stopped.
func (r Run) Cancelled() bool { return errors.Is(context.Cause(r.try.ctx), errCancelled) }

type progress struct {
	done, total int
	step        string
}

func (e Entry) progress() progress { return progress{e.Done, e.Total, e.Step} }

// Why the context of an attempt ended.
var (
	errCancelled = errors.New("jobs: cancelled")
	errLost      = errors.New("jobs: another process has taken it")
	errShutdown  = errors.New("jobs: the house closes")
)

// An attempt is what this process knows of a job it runs.
type attempt struct {
	entry Entry
	token string // tells our hold on the job from that of others
	ctx   context.Context
	end   context.CancelCauseFunc

	mu       sync.Mutex
	progress progress
}

func (a *attempt) far() progress {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.progress
}

func (d *Desk) stop(id ID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if a := d.running[id]; a != nil {
		a.end(errCancelled)
	}
}

// Run does jobs, n at once, until the context ends. Running work then has some
// time to finish; what has not is told to stop, and waits for another process.
func (d *Desk) Run(ctx context.Context, n int) {
	working, end := context.WithCancelCause(context.WithoutCancel(ctx))
	defer end(nil)
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { d.work(ctx, working, n) })
	}
	wg.Go(func() {
		for {
			d.plan(ctx)
			if !pause(ctx, time.Second) {
				return
			}
		}
	})
	<-ctx.Done()
	hurry := time.AfterFunc(d.grace, func() { end(errShutdown) })
	defer hurry.Stop()
	wg.Wait()
}

func pause(ctx context.Context, t time.Duration) bool {
	timer := time.NewTimer(t)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// work is one worker of n. All together they poll about once a second.
func (d *Desk) work(ctx, working context.Context, n int) {
	for ctx.Err() == nil {
		some, err := d.next(ctx, working)
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "taking a job", "err", err)
		}
		if some {
			continue
		}
		timer := time.NewTimer(time.Duration(float64(n) * float64(time.Second) * (0.5 + rand.Float64())))
		select {
		case <-ctx.Done():
		case <-d.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Drain does all that is due, and what that asks for, one after another. Work that
// fails is put off, and is no error of Drain.
func (d *Desk) Drain(ctx context.Context) error {
	d.plan(ctx)
	for {
		if some, err := d.next(ctx, ctx); err != nil || !some {
			return err
		}
	}
}

// next takes a job and does it; it returns false if none is due.
func (d *Desk) next(ctx, working context.Context) (bool, error) {
	a, err := d.take(ctx, working)
	if err != nil || a == nil {
		return false, err
	}
	d.poke() // there may be more: let another worker look
	defer a.end(nil)
	err = d.try(a)
	return true, d.settle(a, err)
}

// take returns nil if no job is due.
func (d *Desk) take(ctx, working context.Context) (*attempt, error) {
	a := &attempt{token: store.NewID(time.Now())}
	var some bool
	kinds := d.known()
	err := d.db.Write(ctx, func(tx *store.Tx) (err error) {
		a.entry, some, err = takeJob(ctx, tx, kinds, a.token, d.lease)
		return err
	})
	if err != nil || !some {
		return nil, err
	}
	a.progress = a.entry.progress()
	a.ctx, a.end = context.WithCancelCause(working)
	if a.entry.Stopping {
		a.end(errCancelled)
	}
	d.mu.Lock()
	d.running[a.entry.ID] = a
	d.mu.Unlock()
	return a, nil
}

// try does the work while a second goroutine keeps the lease.
func (d *Desk) try(a *attempt) error {
	if a.ctx.Err() != nil {
		return context.Cause(a.ctx)
	}
	if a.entry.Tries > maxTries {
		return Stop(fmt.Errorf("jobs: the process died each time it was tried"))
	}
	over := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { d.keep(a, over) })
	d.mu.Lock()
	w := d.kinds[a.entry.Kind]
	d.mu.Unlock()
	args, _ := a.entry.Args.(string)
	err := guard(a.ctx, w, Run{a.entry.ID, a.entry.Kind, a.entry.By, a.entry.Tries, args, a})
	close(over)
	wg.Wait()
	return err
}

// guard makes a panic a failure.
func guard(ctx context.Context, w Work, r Run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.ErrorContext(ctx, "job panics", "kind", r.Kind, "id", r.ID, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("jobs: panic: %v", p)
		}
	}()
	return w(ctx, r)
}

// keep writes progress and lengthens the lease until the work is over.
func (d *Desk) keep(a *attempt, over <-chan struct{}) {
	ticker := time.NewTicker(d.beat)
	defer ticker.Stop()
	written, wrote := a.entry.progress(), time.Now()
	// The work may go on for a while after its context ended.
	ctx := context.WithoutCancel(a.ctx)
	for {
		select {
		case <-over:
			return
		case <-ticker.C:
		}
		p := a.far()
		if p == written && time.Since(wrote) < d.lease/6 {
			continue
		}
		var ours, stopping bool
		err := d.db.Write(ctx, func(tx *store.Tx) (err error) {
			ours, stopping, err = beatJob(ctx, tx, a.entry.ID, a.token, p, d.lease)
			return err
		})
		switch {
		case err != nil:
			slog.ErrorContext(ctx, "keeping a job", "id", a.entry.ID, "err", err)
			continue
		case !ours:
			a.end(errLost)
		case stopping:
			a.end(errCancelled)
		}
		written, wrote = p, time.Now()
	}
}

// settle writes what became of the attempt.
func (d *Desk) settle(a *attempt, err error) error {
	d.mu.Lock()
	delete(d.running, a.entry.ID)
	d.mu.Unlock()
	e := judge(err, d.db.Now(), a.entry.Tries, rand.Float64())
	switch cause := context.Cause(a.ctx); {
	case err == nil:
	case errors.Is(cause, errCancelled):
		e = ended{state: Cancelled, counted: true}
	case cause != nil: // the house closes, or the caller of Drain does
		e = ended{state: Waiting, due: d.db.Now(), words: cause.Error()}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(a.ctx), 30*time.Second)
	defer cancel()
	if e.words != "" && e.counted {
		slog.WarnContext(ctx, "job did not succeed", "kind", a.entry.Kind, "id", a.entry.ID,
			"try", a.entry.Tries, "then", e.state, "err", e.words)
	}
	failed := d.end(ctx, a, e)
	if store.Taken(failed) {
		// Another that does the same waits already: this one gives way.
		failed = d.end(ctx, a, ended{state: Cancelled, words: e.words, counted: true})
	}
	return failed
}

func (d *Desk) end(ctx context.Context, a *attempt, e ended) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		ours, err := endJob(ctx, tx, a.entry.ID, a.token, a.far(), e)
		if err == nil && !ours {
			slog.WarnContext(ctx, "job was taken by another process meanwhile", "id", a.entry.ID)
		}
		return err
	})
}
