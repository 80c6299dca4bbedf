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
	had, e1 := store.List(ctx, tx, readID, `DELETE FROM member_tags WHERE tag = $1 RETURNING member`, id)
	_, e2 := tx.ExecContext(ctx, `DELETE FROM tags WHERE id = $1`, id)
	if err := errors.Join(e1, e2); err != nil {
		return fmt.Errorf("members: drop tag %s: %w", id, err)
	}
	return changed(ctx, tx, had...)
}

// tagAll puts the tag on the members, and returns those who did not have it.
func tagAll(ctx context.Context, tx *store.Tx, id TagID, tagging string, members []ID) (fresh []ID, err error) {
	for some := range slices.Chunk(members, 300) {
		c := &clause{}
		var rows []string
		tag, in := c.value(id), c.value(tagging)
		for _, m := range some {
			rows = append(rows, `(`+c.value(m)+`, `+tag+`, `+in+`)`)
		}
		list, err := store.List(ctx, tx, readID, `INSERT INTO member_tags (member, tag, tagging) VALUES `+strings.Join(rows, `, `)+` ON CONFLICT DO NOTHING RETURNING member`, c.args...)
		if err != nil {
			return nil, fmt.Errorf("members: tag %s: %w", id, err)
		}
		fresh = append(fresh, list...)
	}
	return fresh, nil
}

func readID(row store.Scanner) (id ID, err error) { return id, row.Scan(&id) }

// getTagging finds what a tagging has put on members, as far as it still stands.
func getTagging(ctx context.Context, tx *store.Tx, id string) (Tagging, error) {
	g := Tagging{ID: id}
	if id == "" {
		return g, fault.New(fault.Missing, "members.tagging.missing")
	}
	list, err := store.List(ctx, tx, readTag, `SELECT DISTINCT t.id, t.name FROM member_tags k JOIN tags t ON t.id = k.tag WHERE k.tagging = $1 AND k.tagging <> ''`, id)
	if err == nil && len(list) == 0 {
		return g, fault.New(fault.Missing, "members.tagging.missing")
	}
	if err == nil {
		g.Tag = list[0]
		g.New, err = store.List(ctx, tx, readID, `SELECT member FROM member_tags WHERE tag = $1 AND tagging = $2 ORDER BY member`, g.Tag.ID, id)
	}
	if err != nil {
		return g, fmt.Errorf("members: tagging %s: %w", id, err)
	}
	g.Of = len(g.New)
	return g, nil
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
