package members

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// setMark puts a mark of a room on the member, or takes it off if the day is none. Who
// is erased gets none.
func setMark(ctx context.Context, tx *store.Tx, id ID, mark Mark, day civil.Date) (err error) {
	if day.IsZero() {
		err = dropMarks(ctx, tx, id, []string{mark.row()})
	} else {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO member_marks (mark, kind, here, sort_key, member, day) SELECT $2, kind, here, sort_key, id, $3 FROM members WHERE id = $1 AND name <> $4
			ON CONFLICT (mark, kind, here, sort_key, member) DO UPDATE SET day = excluded.day`, id, mark.row(), day.String(), store.Erased)
	}
	if err != nil {
		return fmt.Errorf("members: mark %s: %w", id, err)
	}
	return nil
}

// markDays are the days of a mark, of those of the members who have it.
func markDays(ctx context.Context, tx *store.Tx, mark Mark, ids ...ID) (map[ID]civil.Date, error) {
	of := map[ID]civil.Date{}
	if len(ids) == 0 {
		return of, nil
	}
	c := &clause{}
	_, err := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var id ID
		var day string
		err := row.Scan(&id, &day)
		if err == nil {
			of[id], err = civil.Parse(day)
		}
		return struct{}{}, err
	}, `SELECT member, day FROM member_marks WHERE mark = `+c.value(mark.row())+` AND member IN (`+values(c, ids)+`)`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: marks: %w", err)
	}
	return of, nil
}
