package cases

import (
	"cmp"
	"context"
	"slices"
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

// A Deadline is a day of a public case: the end of a clock that runs, or something
// that the procedure knows and that is called to happen. What the association does,
// and the days that it set for itself, are none.
type Deadline struct {
	ID      string // stable: "clock/2026-014/answer_to_public", "event/01k…"
	Case    voice.CaseID
	CaseIs  string
	Clock   string          // key of the clock, or
	Event   procedure.Event // the event
	On      civil.Date
	Changed time.Time // of the case
}

// Deadlines lists the days of public cases that somebody works on, from the day on
// and soonest first.
func (d *Desk) Deadlines(ctx context.Context, from civil.Date, limit int) ([]Deadline, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Deadline, error) {
		list, err := publicClocks(ctx, tx, from, limit)
		if err != nil {
			return nil, err
		}
		events, err := publicEvents(ctx, tx, from, limit)
		list = append(list, events...)
		slices.SortFunc(list, func(a, b Deadline) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID)) })
		return list[:min(len(list), limit)], err
	})
}

// Deadlines are the days of the case from the day on, as Desk.Deadlines has them.
func (f File) Deadlines(from civil.Date) (list []Deadline) {
	for _, due := range f.clockDues() {
		if one, ok := due.deadline(); ok && !one.On.Before(from) {
			list = append(list, one)
		}
	}
	for _, e := range f.Events {
		if e.Key != "" && e.Key != CommentsSent && !e.On.Before(from) && !f.State.Over() {
			list = append(list, e.deadline())
		}
	}
	for i := range list {
		list[i].CaseIs, list[i].Changed = f.Name(), f.Changed
	}
	return list
}

// deadline is the end of the clock that the due is about. A due for which we wait
// stands on the day since when, and says the day of the clock beside it.
func (d Due) deadline() (Deadline, bool) {
	on, err := civil.Parse(d.Arg("due"))
	one := Deadline{ID: d.ID, Case: d.Case, CaseIs: d.CaseIs, Clock: d.Arg("clock"), On: on}
	return one, err == nil && !on.IsZero() && one.Clock != "" && d.Force != procedure.Own
}

func (e Event) deadline() Deadline {
	return Deadline{ID: "event/" + e.ID, Case: e.Case, Event: e.Key, On: e.On}
}

// PublicHeard is Heard of public cases only, for anyone: whoever reads the number
// can look at each case that it counts.
func (d *Desk) PublicHeard(ctx context.Context, year int) (procedure.Tally, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (procedure.Tally, error) {
		classes, err := publicBreaches(ctx, tx, year)
		return procedure.Count(classes...), err
	})
}
