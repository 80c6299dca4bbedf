package corpus

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A part is what is kept of a component besides its provisions.
type part struct{ ID, Title string }

// putText writes what was read. The tree is kept as rows, so that its addresses
// stay as they are.
func putText(ctx context.Context, tx *store.Tx, v Version, p Parsed) error {
	parts := make([]part, len(p.tree.Components))
	for i, c := range p.tree.Components {
		parts[i] = part{c.ID, c.Title}
	}
	components, err := json.Marshal(parts)
	if err != nil {
		return fmt.Errorf("corpus: put text: %w", err)
	}
	notes, err := json.Marshal(p.tree.Notes)
	if err != nil {
		return fmt.Errorf("corpus: put text: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO law_texts (version, title, short, front, components, notes, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		v.ID, p.tree.Title, p.tree.Short, p.tree.Front, string(components), string(notes), p.given.Text); err != nil {
		return fmt.Errorf("corpus: put text of %s: %w", v.ID, err)
	}
	// A few rows at once: SQLite looks for each $n among all that stand before it,
	// so that a statement with thousands takes seconds.
	const most = 16
	for from := 0; from < len(p.rows); from += most {
		if err := putRows(ctx, tx, v, from, p.rows[from:min(from+most, len(p.rows))]); err != nil {
			return fmt.Errorf("corpus: put provisions of %s: %w", v.ID, err)
		}
	}
	return nil
}

func putRows(ctx context.Context, tx *store.Tx, v Version, from int, rows []row) error {
	var b strings.Builder
	b.WriteString(`INSERT INTO law_provisions (version, ord, id, act, component, depth, kind, label, num, heading, above, intro, tail, deleted, hash) VALUES `)
	args := make([]any, 0, 15*len(rows))
	for i, r := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for k := range 15 {
			if k > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "$%d", 15*i+k+1)
		}
		b.WriteByte(')')
		args = append(args, v.ID, from+i, r.ID, v.Act, r.component, r.depth, r.Kind, r.Label, r.Num, r.Heading,
			store.Bit(r.Above), r.Intro, r.Tail, store.Bit(r.Deleted), r.hash)
	}
	_, err := tx.ExecContext(ctx, b.String(), args...)
	return err
}

// getText reads the tree of a version back from its rows.
func getText(ctx context.Context, tx *store.Tx, id law.VersionID) (*text, error) {
	a := &lawtext.Act{}
	var components, notes string
	err := tx.QueryRowContext(ctx, `
		SELECT v.lang, t.title, t.short, t.front, t.components, t.notes, t.body
		FROM law_texts t JOIN law_versions v ON v.id = t.version WHERE t.version = $1`, id).
		Scan(&a.Lang, &a.Title, &a.Short, &a.Front, &components, &notes, &a.Source)
	var parts []part
	if err == nil {
		err = json.Unmarshal([]byte(components), &parts)
	}
	if err == nil {
		err = json.Unmarshal([]byte(notes), &a.Notes)
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: get text of %s: %w", id, err)
	}
	rows, err := store.List(ctx, tx, readRow, `
		SELECT id, component, depth, kind, label, num, heading, above, intro, tail, deleted, hash
		FROM law_provisions WHERE version = $1 ORDER BY ord`, id)
	if err != nil {
		return nil, fmt.Errorf("corpus: get provisions of %s: %w", id, err)
	}
	for _, c := range parts {
		a.Components = append(a.Components, lawtext.Component{ID: c.ID, Title: c.Title})
	}
	return newText(a, rows), nil
}

func readRow(s store.Scanner) (r row, err error) {
	r.Node = &lawtext.Node{}
	err = s.Scan(&r.ID, &r.component, &r.depth, &r.Kind, &r.Label, &r.Num, &r.Heading, &r.Above, &r.Intro, &r.Tail, &r.Deleted, &r.hash)
	r.Key = r.ID
	return r, err
}

// An Occurrence is a provision of the same address in a version.
type Occurrence struct {
	Version Version
	There   bool // the version has such a provision
	Changed bool // its text is another than in the version before; so is one that came or went
}

// history reads which versions have the provision, and with what text.
func history(ctx context.Context, tx *store.Tx, act law.ActID, id string) (map[law.VersionID]string, error) {
	type found struct {
		version law.VersionID
		hash    string
	}
	list, err := store.List(ctx, tx, func(s store.Scanner) (f found, err error) {
		err = s.Scan(&f.version, &f.hash)
		return f, err
	}, `SELECT version, hash FROM law_provisions WHERE act = $1 AND id = $2`, act, id)
	if err != nil {
		return nil, fmt.Errorf("corpus: history of %s %s: %w", act, id, err)
	}
	hashes := make(map[law.VersionID]string, len(list))
	for _, f := range list {
		hashes[f.version] = f.hash
	}
	return hashes, nil
}

// goneArticles lists the articles that other versions of the act have, and this
// one has not.
func goneArticles(ctx context.Context, tx *store.Tx, v Version) ([]string, error) {
	list, err := store.List(ctx, tx, func(s store.Scanner) (id string, err error) {
		err = s.Scan(&id)
		return id, err
	}, `
		SELECT DISTINCT id FROM law_provisions WHERE act = $1 AND kind = 'article'
		EXCEPT SELECT id FROM law_provisions WHERE version = $2`, v.Act, v.ID)
	if err != nil {
		return nil, fmt.Errorf("corpus: articles gone with %s: %w", v.ID, err)
	}
	return list, nil
}
