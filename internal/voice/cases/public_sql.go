package cases

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// lastEvents finds the newest event with a key that has happened in each of the cases.
func lastEvents(ctx context.Context, tx *store.Tx, list []Case, today civil.Date) (map[voice.CaseID]Event, error) {
	var w where
	in := ""
	for _, c := range list {
		in += ", ?"
		w.args = append(w.args, c.ID)
	}
	args := w.args
	w.args = nil
	w.and(`case_id IN (`+in[2:]+`) AND event <> '' AND day <= ?`, append(args, today.String())...)
	events, err := store.List(ctx, tx, readEvent, `SELECT `+eventColumns+` FROM case_events WHERE `+w.parts[0]+` ORDER BY case_id, day, id`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("cases: last events: %w", err)
	}
	last := make(map[voice.CaseID]Event, len(list))
	for _, e := range events {
		last[e.Case] = e
	}
	return last, nil
}

// publicDeadlines reads the dues that clocks made. One for which we wait stands on
// an earlier day than the clock ends, so the day is looked at once it is read.
func publicDeadlines(ctx context.Context, tx *store.Tx, from civil.Date, limit int) ([]Deadline, error) {
	type row struct {
		Due
		changed string
	}
	list, err := store.List(ctx, tx, func(s store.Scanner) (r row, err error) {
		r.Due, err = readDue(further{s, []any{&r.changed}})
		return r, err
	}, `SELECT d.id, d.case_id, d.kind, d.args, d.day, d.waiting, d.owner, d.owner_is, d.link, d.force, d.snoozed,
			CASE WHEN c.short <> '' THEN c.short ELSE c.title END, c.changed
		FROM case_dues d JOIN cases c ON c.id = d.case_id AND c.public = 1
		WHERE d.kind IN ('dues.clock', 'dues.clock.ahead', 'dues.clock.wait') AND (d.day >= $1 OR d.waiting = 1)
		ORDER BY d.waiting, d.day, d.id LIMIT $2`, from.String(), limit)
	if err != nil {
		return nil, fmt.Errorf("cases: public deadlines: %w", err)
	}
	var out []Deadline
	for _, r := range list {
		one, ok := r.deadline()
		if !ok || one.On.Before(from) {
			continue
		}
		if one.Changed, err = store.ParseTime(r.changed); err != nil {
			return nil, fmt.Errorf("cases: public deadlines: %w", err)
		}
		out = append(out, one)
	}
	return out, nil
}

// further reads more columns behind those that a reader asks for.
type further struct {
	row  store.Scanner
	more []any
}

func (f further) Scan(into ...any) error { return f.row.Scan(append(into, f.more...)...) }

// publicBreaches reads the judgement of each public case of a year.
func publicBreaches(ctx context.Context, tx *store.Tx, year int) ([]procedure.Class, error) {
	list, err := store.List(ctx, tx, func(s store.Scanner) (c procedure.Class, err error) { return c, s.Scan(&c) },
		`SELECT breach FROM cases WHERE public = 1 AND breach_on >= $1 AND breach_on < $2`, fmt.Sprintf("%04d", year), fmt.Sprintf("%04d", year+1))
	if err != nil {
		return nil, fmt.Errorf("cases: public breaches: %w", err)
	}
	return list, nil
}
