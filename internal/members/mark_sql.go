package members

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// marks are what the entry itself is found by in lists.
func (m Member) marks() []string {
	var list []string
	for _, f := range append([]Field{m.Field}, m.Fields...) {
		if f != "" {
			list = append(list, "f:"+string(f))
		}
	}
	for mark, value := range map[string]string{"r:": m.Region, "c:": string(m.Category)} {
		if value != "" {
			list = append(list, mark+value)
		}
	}
	for _, l := range m.Languages {
		list = append(list, "l:"+l)
	}
	if !m.Interest.Since.IsZero() {
		list = append(list, "i")
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// writeMarks brings the marks of the entry up to m; those of tags and details move
// with it in the order of the register.
func writeMarks(ctx context.Context, tx *store.Tx, old, m Member) error {
	was, is := old.marks(), m.marks()
	if old.SortKey != m.SortKey || old.Standing.Here() != m.Standing.Here() {
		_, err := tx.ExecContext(ctx, `UPDATE member_marks SET sort_key = $2, here = $3 WHERE member = $1`, m.ID, m.SortKey, store.Bit(m.Standing.Here()))
		if err != nil {
			return fmt.Errorf("members: marks of %s: %w", m.ID, err)
		}
	}
	if slices.Equal(was, is) {
		return nil
	}
	gone := slices.DeleteFunc(was, func(s string) bool { return slices.Contains(is, s) })
	if err := dropMarks(ctx, tx, m.ID, gone); err != nil {
		return err
	}
	was = old.marks()
	return addMarks(ctx, tx, m, slices.DeleteFunc(is, func(s string) bool { return slices.Contains(was, s) }))
}

func addMarks(ctx context.Context, tx *store.Tx, m Member, marks []string) error {
	if len(marks) == 0 {
		return nil
	}
	c, rows := &clause{}, make([]string, len(marks))
	rest := `, ` + c.value(m.Kind) + `, ` + c.value(store.Bit(m.Standing.Here())) + `, ` + c.value(m.SortKey) + `, ` + c.value(m.ID) + `)`
	for i, mark := range marks {
		rows[i] = `(` + c.value(mark) + rest
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO member_marks (mark, kind, here, sort_key, member) VALUES `+strings.Join(rows, `, `)+` ON CONFLICT DO NOTHING`, c.args...)
	if err != nil {
		return fmt.Errorf("members: marks of %s: %w", m.ID, err)
	}
	return nil
}

func dropMarks(ctx context.Context, tx *store.Tx, id ID, marks []string) error {
	if len(marks) == 0 {
		return nil
	}
	c := &clause{}
	if _, err := tx.ExecContext(ctx, `DELETE FROM member_marks WHERE member = `+c.value(id)+` AND mark IN (`+values(c, marks)+`)`, c.args...); err != nil {
		return fmt.Errorf("members: marks of %s: %w", id, err)
	}
	return nil
}

// writeDetails writes what m says of its details. A value must be as Detail.Read
// gives it.
func writeDetails(ctx context.Context, tx *store.Tx, list detailList, old, m Member) error {
	if len(m.Details) == 0 {
		return nil
	}
	was := Details{}
	if old.ID != "" {
		of, err := detailsOf(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		was = of[m.ID]
	}
	var gone, come []string
	for id, value := range m.Details {
		d, _ := list.by(id)
		if was[id] == value {
			continue
		}
		if was[id] != "" {
			gone = append(gone, d.mark(""), d.mark(was[id]))
		}
		if value != "" {
			come = append(come, d.mark(""), d.mark(value))
		}
	}
	slices.Sort(come)
	if err := putDetails(ctx, tx, m.ID, m.Details); err != nil {
		return err
	}
	if err := dropMarks(ctx, tx, m.ID, gone); err != nil {
		return err
	}
	return addMarks(ctx, tx, m, slices.Compact(come))
}

// marks are the conditions of the filter that are kept as marks.
func (f Filter) marks() []string {
	var list []string
	for mark, value := range map[string]string{"f:": string(f.Field), "r:": f.Region, "c:": string(f.Category), "t:": string(f.Tag), "l:": f.Language} {
		if value != "" {
			list = append(list, mark+value)
		}
	}
	if f.Interest {
		list = append(list, "i")
	}
	if f.Owing != "" {
		list = append(list, OwesDues.row())
	}
	if f.Detail != "" {
		list = append(list, detailMark(f.Detail, Text, f.Value))
	}
	slices.Sort(list)
	return list
}

// fewestMarks is the mark that the fewest have, and how many, as far as a look at
// some hundreds of each tells.
func (f Filter) fewestMarks(ctx context.Context, tx *store.Tx, marks []string) (best string, n int, err error) {
	for _, mark := range marks {
		has := 0
		for _, k := range f.kinds() {
			var of int
			err := tx.QueryRowContext(ctx, `
				SELECT COUNT(*) FROM (SELECT 1 FROM member_marks WHERE mark = $1 AND kind = $2 AND here = $3 LIMIT $4) a`, mark, k, f.inRoll(), manyMarks).Scan(&of)
			if err != nil {
				return "", 0, fmt.Errorf("members: marks: %w", err)
			}
			has += of
		}
		if best == "" || has < n {
			best, n = mark, has
		}
	}
	return best, n, nil
}

// kinds are those that the filter lets through.
func (f Filter) kinds() []Kind {
	if f.Kind != "" {
		return []Kind{f.Kind}
	}
	return Kinds()
}

// manyMarks is from how many on a mark is not rare.
const manyMarks = 1_000
