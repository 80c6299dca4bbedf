package cases

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// lastEvents finds the newest event with a key that has happened in each of the cases.
func lastEvents(ctx context.Context, tx *store.Tx, list []Case, today civil.Date) (map[voice.CaseID]Event, error) {
	ids := make([]any, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	var w where
	w.and(`case_id IN (?`+strings.Repeat(`, ?`, len(ids)-1)+`)`, ids...)
	w.and(`event <> '' AND day <= ?`, today.String())
	events, err := store.List(ctx, tx, readEvent, `
		SELECT `+eventColumns+` FROM case_events WHERE `+strings.Join(w.parts, ` AND `)+` ORDER BY case_id, day, id`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("cases: last events: %w", err)
	}
	last := make(map[voice.CaseID]Event, len(list))
	for _, e := range events {
		last[e.Case] = e
	}
	return last, nil
}

// caseIs is what a deadline says of its case: its name, and when it changed.
const caseIs = `CASE WHEN c.short <> '' THEN c.short ELSE c.title END, c.changed`

// publicClocks reads the dues that clocks made. One for which we wait stands on an
// earlier day than its clock ends, so the day is looked at once it is read.
func publicClocks(ctx context.Context, tx *store.Tx, from civil.Date, limit int) ([]Deadline, error) {
	list, err := store.List(ctx, tx, func(s store.Scanner) (one Deadline, err error) {
		var changed string
		d, err := readDue(further{s, []any{&changed}})
		if err != nil {
			return one, err
		}
		if one, ok := d.deadline(); ok && !one.On.Before(from) {
			one.Changed, err = store.ParseTime(changed)
			return one, err
		}
		return one, nil
	}, `SELECT d.id, d.case_id, d.kind, d.args, d.day, d.waiting, d.owner, d.owner_is, d.link, d.force, d.snoozed, d.roles, `+caseIs+`
		FROM case_dues d JOIN cases c ON c.id = d.case_id AND c.public = 1
		WHERE d.kind IN ('dues.clock', 'dues.clock.ahead', 'dues.clock.wait') AND d.force <> 'own' AND (d.day >= $1 OR d.waiting = 1)
		ORDER BY d.waiting, d.day, d.id LIMIT $2`, from.String(), limit)
	if err != nil {
		return nil, fmt.Errorf("cases: public clocks: %w", err)
	}
	return slices.DeleteFunc(list, func(d Deadline) bool { return d.ID == "" }), nil
}

// publicEvents reads what is called to happen in public cases, and has a key.
func publicEvents(ctx context.Context, tx *store.Tx, from civil.Date, limit int) ([]Deadline, error) {
	list, err := store.List(ctx, tx, func(s store.Scanner) (one Deadline, err error) {
		var name, changed string
		e, err := readEvent(further{s, []any{&name, &changed}})
		if err != nil {
			return one, err
		}
		one = e.deadline()
		one.CaseIs = name
		one.Changed, err = store.ParseTime(changed)
		return one, err
	}, `SELECT e.id, e.case_id, e.event, e.day, '', '', '', `+caseIs+`
		FROM case_events e JOIN cases c ON c.id = e.case_id AND c.public = 1 AND c.state IN ('open', 'waiting')
		WHERE e.event NOT IN ('', $1) AND e.day >= $2 ORDER BY e.day, e.id LIMIT $3`, CommentsSent, from.String(), limit)
	if err != nil {
		return nil, fmt.Errorf("cases: public events: %w", err)
	}
	return list, nil
}

// further reads more columns behind those that a reader asks for.
type further struct {
	row  store.Scanner
	more []any
}

func (f further) Scan(into ...any) error { return f.row.Scan(append(into, f.more...)...) }

// publicBreaches reads the judgement of each public case of a year.
func publicBreaches(ctx context.Context, tx *store.Tx, year int) ([]procedure.Class, error) {
	list, err := store.List(ctx, tx, func(s store.Scanner) (same []procedure.Class, err error) {
		var class procedure.Class
		var n int
		err = s.Scan(&class, &n)
		return slices.Repeat([]procedure.Class{class}, n), err
	}, `SELECT breach, COUNT(*) FROM cases WHERE public = 1 AND breach_on >= $1 AND breach_on < $2 GROUP BY breach`,
		fmt.Sprintf("%04d", year), fmt.Sprintf("%04d", year+1))
	if err != nil {
		return nil, fmt.Errorf("cases: public breaches: %w", err)
	}
	return slices.Concat(list...), nil
}
