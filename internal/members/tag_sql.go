package members

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/auth"
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
	_, e1 := tx.ExecContext(ctx, `DELETE FROM member_tags WHERE tag = $1`, id)
	_, e2 := tx.ExecContext(ctx, `DELETE FROM member_marks WHERE mark = $1`, "t:"+string(id))
	_, e3 := tx.ExecContext(ctx, `DELETE FROM tags WHERE id = $1`, id)
	if err := errors.Join(e1, e2, e3); err != nil {
		return fmt.Errorf("members: drop tag %s: %w", id, err)
	}
	return nil
}

// tagAll puts the tag on the members.
func tagAll(ctx context.Context, tx *store.Tx, id TagID, list []Member) error {
	for some := range slices.Chunk(list, 300) {
		tagged, marked := &clause{}, &clause{}
		var rows, marks []string
		tag, mark := tagged.value(id), marked.value("t:"+string(id))
		for _, m := range some {
			rows = append(rows, `(`+tagged.value(m.ID)+`, `+tag+`)`)
			marks = append(marks, `(`+mark+`, `+marked.value(m.Kind)+`, `+marked.value(store.Bit(m.Standing.Here()))+`, `+marked.value(m.SortKey)+`, `+marked.value(m.ID)+`)`)
		}
		_, e1 := tx.ExecContext(ctx, `INSERT INTO member_tags (member, tag) VALUES `+strings.Join(rows, `, `)+` ON CONFLICT DO NOTHING`, tagged.args...)
		_, e2 := tx.ExecContext(ctx, `INSERT INTO member_marks (mark, kind, here, sort_key, member) VALUES `+strings.Join(marks, `, `)+` ON CONFLICT DO NOTHING`, marked.args...)
		if err := errors.Join(e1, e2); err != nil {
			return fmt.Errorf("members: tag %s: %w", id, err)
		}
	}
	return changed(ctx, tx)
}

// untagAll takes the tag off the members.
func untagAll(ctx context.Context, tx *store.Tx, id TagID, list []Member) error {
	for some := range slices.Chunk(list, 300) {
		tagged, marked := &clause{}, &clause{}
		tag, mark := tagged.value(id), marked.value("t:"+string(id))
		_, e1 := tx.ExecContext(ctx, `DELETE FROM member_tags WHERE tag = `+tag+` AND member IN (`+values(tagged, idsOf(some))+`)`, tagged.args...)
		_, e2 := tx.ExecContext(ctx, `DELETE FROM member_marks WHERE mark = `+mark+` AND member IN (`+values(marked, idsOf(some))+`)`, marked.args...)
		if err := errors.Join(e1, e2); err != nil {
			return fmt.Errorf("members: untag %s: %w", id, err)
		}
	}
	return changed(ctx, tx)
}

func idsOf(list []Member) []ID {
	ids := make([]ID, len(list))
	for i, m := range list {
		ids[i] = m.ID
	}
	return ids
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

func listKept(ctx context.Context, tx *store.Tx, user auth.UserID) ([]KeptFilter, error) {
	list, err := store.List(ctx, tx, readKept, `
		SELECT id, name, by_user, shared, filter, columns FROM kept_filters WHERE by_user = $1 OR shared = 1 ORDER BY sort_key, id`, user)
	if err != nil {
		return nil, fmt.Errorf("members: kept filters: %w", err)
	}
	return list, nil
}

func readKept(row store.Scanner) (k KeptFilter, err error) {
	var filter, columns string
	err = row.Scan(&k.ID, &k.Name, &k.By, &k.Shared, &filter, &columns)
	k.Columns = strings.Fields(columns)
	return k, errors.Join(err, json.Unmarshal([]byte(filter), &k.Filter))
}

func getKept(ctx context.Context, tx *store.Tx, id string) (KeptFilter, error) {
	k, err := readKept(tx.QueryRowContext(ctx, `SELECT id, name, by_user, shared, filter, columns FROM kept_filters WHERE id = $1`, id))
	if store.Missing(err) {
		return k, fault.New(fault.Missing, "members.kept.missing")
	}
	if err != nil {
		return k, fmt.Errorf("members: kept filter %s: %w", id, err)
	}
	return k, nil
}

func putKept(ctx context.Context, tx *store.Tx, k KeptFilter) error {
	filter, err := json.Marshal(k.Filter)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO kept_filters (id, name, by_user, shared, filter, columns, sort_key) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, shared = excluded.shared, filter = excluded.filter, columns = excluded.columns, sort_key = excluded.sort_key`,
			k.ID, k.Name, k.By, store.Bit(k.Shared), string(filter), strings.Join(k.Columns, " "), sortKey(k.Name))
	}
	if err != nil {
		return fmt.Errorf("members: put kept filter %s: %w", k.ID, err)
	}
	return nil
}

func dropKept(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM kept_filters WHERE id = $1`, id); err != nil {
		return fmt.Errorf("members: drop kept filter %s: %w", id, err)
	}
	return nil
}

// chosen reads the columns that somebody chose for their lists; none if they did not.
func chosen(ctx context.Context, tx *store.Tx, user auth.UserID) ([]string, error) {
	var columns string
	err := tx.QueryRowContext(ctx, `SELECT columns FROM chosen_columns WHERE by_user = $1`, user).Scan(&columns)
	if err != nil && !store.Missing(err) {
		return nil, fmt.Errorf("members: columns of %s: %w", user, err)
	}
	return strings.Fields(columns), nil
}

func choose(ctx context.Context, tx *store.Tx, user auth.UserID, columns []string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO chosen_columns (by_user, columns) VALUES ($1, $2) ON CONFLICT (by_user) DO UPDATE SET columns = excluded.columns`, user, strings.Join(columns, " "))
	if err != nil {
		return fmt.Errorf("members: columns of %s: %w", user, err)
	}
	return nil
}
