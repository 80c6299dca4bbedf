package members

import (
	"context"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func putCategory(ctx context.Context, tx *store.Tx, c Category) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO categories (id, name, note, kind, votes, closed, sort_key, former) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, note = excluded.note, kind = excluded.kind,
			votes = excluded.votes, closed = excluded.closed, sort_key = excluded.sort_key, former = excluded.former`,
		c.ID, c.Name, c.Note, c.Kind, store.Bit(c.Votes), store.Bit(c.Closed), sortKey(c.Name), c.Former)
	switch {
	case store.Taken(err):
		return fault.In("name", "members.category.taken")
	case err != nil:
		return fmt.Errorf("members: put category %s: %w", c.ID, err)
	}
	return nil
}

func listCategories(ctx context.Context, tx *store.Tx) ([]Category, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (c Category, err error) {
		return c, row.Scan(&c.ID, &c.Name, &c.Note, &c.Kind, &c.Votes, &c.Closed, &c.Former)
	}, `SELECT id, name, note, kind, votes, closed, former FROM categories ORDER BY closed, sort_key, id`)
	if err != nil {
		return nil, fmt.Errorf("members: categories: %w", err)
	}
	return list, nil
}

func getCategory(ctx context.Context, tx *store.Tx, id CategoryID) (c Category, err error) {
	err = tx.QueryRowContext(ctx, `SELECT id, name, note, kind, votes, closed, former FROM categories WHERE id = $1`, id).
		Scan(&c.ID, &c.Name, &c.Note, &c.Kind, &c.Votes, &c.Closed, &c.Former)
	if store.Missing(err) {
		return c, fault.In("category", "members.category.missing")
	}
	if err != nil {
		return c, fmt.Errorf("members: get category %s: %w", id, err)
	}
	return c, nil
}

// dropCategory takes a category out that nobody is or was of.
func dropCategory(ctx context.Context, tx *store.Tx, id CategoryID) error {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM category_spells WHERE category = $1 LIMIT 1) a`, id).Scan(&n); err != nil {
		return fmt.Errorf("members: drop category %s: %w", id, err)
	}
	if n > 0 {
		return fault.New(fault.Conflict, "members.category.used")
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM categories WHERE id = $1`, id); err != nil {
		return fmt.Errorf("members: drop category %s: %w", id, err)
	}
	return nil
}

// putCourse writes the category of a member over time, in place of what there was.
func putCourse(ctx context.Context, tx *store.Tx, id ID, s categoryCourse) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM category_spells WHERE member = $1`, id); err != nil {
		return fmt.Errorf("members: category of %s: %w", id, err)
	}
	if len(s) == 0 {
		return nil
	}
	return addCourse(ctx, tx, id, s)
}

func addCourse(ctx context.Context, tx *store.Tx, id ID, s categoryCourse) error {
	c, rows := &clause{}, make([]string, len(s))
	member := c.value(id)
	for i, sp := range s {
		rows[i] = `(` + strings.Join([]string{member, c.value(i + 1), c.value(sp.Category), c.value(sp.From.String()), c.value(sp.Until.String()), c.value(sp.Noted.String())}, `, `) + `)`
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO category_spells (member, n, category, from_day, until_day, noted) VALUES `+strings.Join(rows, `, `), c.args...)
	if err != nil {
		return fmt.Errorf("members: category of %s: %w", id, err)
	}
	return nil
}

// coursesOf reads the category over time of each of the members.
func coursesOf(ctx context.Context, tx *store.Tx, ids ...ID) (map[ID]categoryCourse, error) {
	of := make(map[ID]categoryCourse, len(ids))
	if len(ids) == 0 {
		return of, nil
	}
	c := &clause{}
	_, err := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var id ID
		var s CategorySpell
		var from, until, noted string
		if err := row.Scan(&id, &s.Category, &from, &until, &noted); err != nil {
			return struct{}{}, err
		}
		var err error
		if s.Span, s.Noted, err = spanNoted(from, until, noted); err != nil {
			return struct{}{}, err
		}
		of[id] = append(of[id], s)
		return struct{}{}, nil
	}, `SELECT member, category, from_day, until_day, noted FROM category_spells WHERE member IN (`+values(c, ids)+`) ORDER BY member, n`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: category spells: %w", err)
	}
	return of, nil
}
