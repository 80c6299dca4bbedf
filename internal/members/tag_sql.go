package members

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func readTag(row store.Scanner) (t Tag, err error) { return t, row.Scan(&t.ID, &t.Name) }

func listTags(ctx context.Context, tx *store.Tx) ([]Tag, error) {
	list, err := store.List(ctx, tx, readTag, `SELECT id, name FROM tags ORDER BY sort_key, id`)
	if err != nil {
		return nil, fmt.Errorf("members: tags: %w", err)
	}
	return list, nil
}

func putTag(ctx context.Context, tx *store.Tx, t Tag) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO tags (id, name, sort_key) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, sort_key = excluded.sort_key`, t.ID, t.Name, sortKey(t.Name))
	switch {
	case store.Taken(err):
		return fault.In("tag", "members.tag.taken")
	case err != nil:
		return fmt.Errorf("members: put tag %s: %w", t.ID, err)
	}
	return nil
}

// dropTag takes a tag out, from all who have it.
func dropTag(ctx context.Context, tx *store.Tx, id TagID) error {
	had, e1 := store.List(ctx, tx, func(row store.Scanner) (m ID, err error) { return m, row.Scan(&m) }, `DELETE FROM member_tags WHERE tag = $1 RETURNING member`, id)
	_, e2 := tx.ExecContext(ctx, `DELETE FROM tags WHERE id = $1`, id)
	if err := errors.Join(e1, e2); err != nil {
		return fmt.Errorf("members: drop tag %s: %w", id, err)
	}
	return changed(ctx, tx, had...)
}

// tagAll puts the tag on the members.
func tagAll(ctx context.Context, tx *store.Tx, id TagID, members []ID) error {
	for some := range slices.Chunk(members, 300) {
		c := &clause{}
		var rows []string
		tag := c.value(id)
		for _, m := range some {
			rows = append(rows, `(`+c.value(m)+`, `+tag+`)`)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO member_tags (member, tag) VALUES `+strings.Join(rows, `, `)+` ON CONFLICT DO NOTHING`, c.args...); err != nil {
			return fmt.Errorf("members: tag %s: %w", id, err)
		}
	}
	return nil
}

// untagAll takes the tag off the members.
func untagAll(ctx context.Context, tx *store.Tx, id TagID, members []ID) error {
	for some := range slices.Chunk(members, 300) {
		c := &clause{}
		if _, err := tx.ExecContext(ctx, `DELETE FROM member_tags WHERE tag = `+c.value(id)+` AND member IN (`+values(c, some)+`)`, c.args...); err != nil {
			return fmt.Errorf("members: untag %s: %w", id, err)
		}
	}
	return nil
}

// tagsOf lists the tags of each of the members.
func tagsOf(ctx context.Context, tx *store.Tx, ids ...ID) (map[ID][]Tag, error) {
	of := make(map[ID][]Tag, len(ids))
	if len(ids) == 0 {
		return of, nil
	}
	c := &clause{}
	_, err := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var id ID
		var t Tag
		err := row.Scan(&id, &t.ID, &t.Name)
		of[id] = append(of[id], t)
		return struct{}{}, err
	}, `SELECT k.member, t.id, t.name FROM member_tags k JOIN tags t ON t.id = k.tag WHERE k.member IN (`+values(c, ids)+`) ORDER BY t.sort_key, t.id`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: tags of members: %w", err)
	}
	return of, nil
}
