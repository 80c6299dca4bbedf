package cases

import (
	"context"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// A Notice is a public case with the newest thing that has happened in it. The
// event has a key; what is told in a note only is the office's own.
type Notice struct {
	Case
	Last Event // zero if nothing has happened yet
}

// Public lists a page of the cases that anyone may read, the last changed first;
// after is the last one of the page before, if any.
func (d *Desk) Public(ctx context.Context, after voice.CaseID, today civil.Date, limit int) ([]Notice, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Notice, error) {
		list, err := listCases(ctx, tx, Query{After: after, Limit: limit}, false)
		if err != nil || len(list) == 0 {
			return nil, err
		}
		last, err := lastEvents(ctx, tx, list, today)
		notices := make([]Notice, len(list))
		for i, c := range list {
			notices[i] = Notice{Case: c, Last: last[c.ID]}
		}
		return notices, err
	})
}

// A Deadline is the end of a clock of a public case. Days that the office set for
// itself are none.
type Deadline struct {
	ID      string // stable: "clock/2026-014/our_comments"
	Case    voice.CaseID
	CaseIs  string
	Key     string // of the clock
	On      civil.Date
	Changed time.Time // of the case
}

// Deadlines lists what ends in public cases from the day on, soonest first.
func (d *Desk) Deadlines(ctx context.Context, from civil.Date, limit int) ([]Deadline, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Deadline, error) { return publicDeadlines(ctx, tx, from, limit) })
}

// Deadlines are the ends of the clocks of the case that still run.
func (f File) Deadlines() (list []Deadline) {
	for _, due := range f.clockDues() {
		if one, ok := due.deadline(); ok {
			one.CaseIs, one.Changed = f.Name(), f.Changed
			list = append(list, one)
		}
	}
	return list
}

// deadline is the end of the clock that the due is about. A due for which we wait
// stands on the day since when, and says the day of the clock beside it.
func (d Due) deadline() (Deadline, bool) {
	on, err := civil.Parse(d.Arg("due"))
	return Deadline{ID: d.ID, Case: d.Case, CaseIs: d.CaseIs, Key: d.Arg("clock"), On: on}, err == nil && !on.IsZero() && d.Arg("clock") != ""
}

// PublicHeard is Heard of public cases only, for anyone: whoever reads the number
// can look at each case that it counts.
func (d *Desk) PublicHeard(ctx context.Context, year int) (procedure.Tally, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (procedure.Tally, error) {
		classes, err := publicBreaches(ctx, tx, year)
		return procedure.Count(classes...), err
	})
}
