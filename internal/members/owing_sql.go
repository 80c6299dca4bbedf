package members

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// setMark puts a mark of a room on the member, or takes it off if the day is none. Who
// is erased gets none.
func setMark(ctx context.Context, tx *store.Tx, id ID, mark Mark, day civil.Date) (err error) {
	var res sql.Result
	if day.IsZero() {
		res, err = tx.ExecContext(ctx, `DELETE FROM room_marks WHERE member = $1 AND mark = $2`, id, mark)
	} else {
		res, err = tx.ExecContext(ctx, `
			INSERT INTO room_marks (member, mark, day) SELECT id, $2, $3 FROM members WHERE id = $1 AND name <> $4
			ON CONFLICT (member, mark) DO UPDATE SET day = excluded.day WHERE room_marks.day <> excluded.day`, id, mark, day.String(), store.Erased)
	}
	if err != nil {
		return fmt.Errorf("members: mark %s: %w", id, err)
	}
	if n, err := res.RowsAffected(); n == 0 || err != nil {
		return err
	}
	return changed(ctx, tx, id)
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
	}, `SELECT member, day FROM room_marks WHERE mark = `+c.value(mark)+` AND member IN (`+values(c, ids)+`)`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: marks: %w", err)
	}
	return of, nil
}
