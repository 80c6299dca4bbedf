package members

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// readVersion is a number that grows with each change of the register.
func readVersion(ctx context.Context, tx *store.Tx) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT n FROM member_counts WHERE kind = '' AND standing = 'version'`).Scan(&n)
	if err != nil && !store.Missing(err) {
		return 0, fmt.Errorf("members: version: %w", err)
	}
	return n, nil
}

// News of more than mostNews members in one version are news of all. News are kept
// for oldNews versions; a roll that is older is made anew.
const mostNews, oldNews = 1_000, 1_000

// changed notes whom a deed changed, as far as lists may be others for it.
func changed(ctx context.Context, tx *store.Tx, members ...ID) error {
	if len(members) == 0 {
		return nil
	}
	var n int
	err := tx.QueryRowContext(ctx, `
		INSERT INTO member_counts (kind, standing, n) VALUES ('', 'version', 1)
		ON CONFLICT (kind, standing) DO UPDATE SET n = member_counts.n + 1 RETURNING n`).Scan(&n)
	if err != nil {
		return fmt.Errorf("members: version: %w", err)
	}
	members = slices.Compact(slices.Sorted(slices.Values(members)))
	if len(members) > mostNews {
		members = []ID{""}
	}
	rows := make([][]any, len(members))
	for i, id := range members {
		rows[i] = []any{n, id}
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM member_news WHERE version < $1`, n-oldNews)
	return errors.Join(err, addRows(ctx, tx, `INSERT INTO member_news (version, member) VALUES `, rows))
}

// newsSince are the members who changed after the version up to now; false if it is
// not known of all of them.
func newsSince(ctx context.Context, tx *store.Tx, version, now int) (map[ID]bool, bool, error) {
	ids, known := map[ID]bool{}, version
	_, err := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var at int
		var id ID
		err := row.Scan(&at, &id)
		if ids[id] = true; at == known+1 {
			known = at
		}
		return struct{}{}, err
	}, newsQuery, version)
	if err != nil {
		return nil, false, fmt.Errorf("members: news: %w", err)
	}
	return ids, known == now && !ids[""] && len(ids) <= 5*mostNews, nil
}

const newsQuery = `SELECT version, member FROM member_news WHERE version > $1 ORDER BY version, member`

// readRoll reads the roll as it is in the transaction; r is one that was read before,
// or nil.
func readRoll(ctx context.Context, tx *store.Tx, r *roll, version int) (*roll, error) {
	if r != nil {
		news, whole, err := newsSince(ctx, tx, r.version, version)
		if err != nil {
			return nil, err
		}
		if whole {
			var fresh []*listing
			ids := make([]ID, 0, len(news))
			for id := range news {
				ids = append(ids, id)
			}
			for some := range slices.Chunk(ids, 500) {
				c := &clause{}
				list, err := readListings(ctx, tx, values(c, some), c.args)
				if err != nil {
					return nil, err
				}
				fresh = append(fresh, list...)
			}
			return r.with(version, news, fresh), nil
		}
	}
	list, err := readListings(ctx, tx, ``, nil)
	if err != nil {
		return nil, err
	}
	return newRoll(version, list), nil
}

// listingQueries read entries, their tags, their details and the marks of rooms: of
// the IDs in signs, or of all if there are none.
func listingQueries(signs string) (entries, tags, details, marks string) {
	entries = `SELECT id, kind, sort_key, standing, agents, email, found_by, found_mail, field, fields, region, languages, category, interest_since FROM members`
	tags, details, marks = `SELECT member, tag FROM member_tags`, `SELECT member, detail, value FROM detail_values`, `SELECT member, mark, day FROM room_marks`
	if signs != "" {
		of := ` WHERE member IN (` + signs + `)`
		entries, tags, details, marks = entries+` WHERE id IN (`+signs+`)`, tags+of, details+of, marks+of
	}
	return entries, tags, details, marks
}

func readListings(ctx context.Context, tx *store.Tx, signs string, args []any) ([]*listing, error) {
	entries, tags, details, marks := listingQueries(signs)
	list, err := store.List(ctx, tx, readListing, entries, args...)
	if err != nil {
		return nil, fmt.Errorf("members: roll: %w", err)
	}
	known, err := listDetails(ctx, tx)
	if err != nil {
		return nil, err
	}
	of := make(map[ID]*listing, len(list))
	for _, e := range list {
		of[e.id] = e
	}
	_, e1 := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var id ID
		var tag string
		err := row.Scan(&id, &tag)
		if e := of[id]; e != nil {
			e.marks = append(e.marks, marked("t:", tag))
		}
		return struct{}{}, err
	}, tags, args...)
	_, e2 := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var id ID
		var detail DetailID
		var value string
		err := row.Scan(&id, &detail, &value)
		d, _ := known.by(detail)
		if e := of[id]; e != nil {
			e.held = append(e.held, held{marked("d:", string(detail)), marked("", d.Form.Held(value))})
		}
		return struct{}{}, err
	}, details, args...)
	_, e3 := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var id ID
		var m Mark
		var day string
		err := row.Scan(&id, &m, &day)
		if e := of[id]; e != nil {
			e.held = append(e.held, held{marked("m:", string(m)), marked("", day)})
		}
		return struct{}{}, err
	}, marks, args...)
	if err := errors.Join(e1, e2, e3); err != nil {
		return nil, fmt.Errorf("members: roll: %w", err)
	}
	return list, nil
}

func readListing(row store.Scanner) (*listing, error) {
	var m Member
	var words, mail, fields, languages, interest string
	err := row.Scan(&m.ID, &m.Kind, &m.SortKey, &m.Standing, &m.Agents, &m.Email, &words, &mail, &m.Field, &fields, &m.Region, &languages, &m.Category, &interest)
	if err != nil {
		return nil, err
	}
	for _, f := range strings.Fields(fields) {
		m.Fields = append(m.Fields, Field(f))
	}
	m.Languages = strings.Fields(languages)
	m.Interest.Since, err = civil.Parse(interest)
	return listingOf(m, words, mail), err
}
