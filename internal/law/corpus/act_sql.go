package corpus

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Query asks for a page of the acts, in alphabetical order.
type Query struct {
	Text  string    // words that stand in the short title or in the title; empty for all
	Kind  Kind      // empty for any
	After law.ActID // last act of the page before
	Limit int       // 50 if zero
}

const actColumns = `id, title, short, jurisdiction, lang, kind, created`

// actAs reads an act as those see it who may read all of it, or what is open.
func actAs(known bool) (columns string, read func(store.Scanner) (Act, error)) {
	columns = actColumns + `, open_versions, open_latest`
	if known {
		columns = actColumns + `, versions, latest`
	}
	return columns, func(row store.Scanner) (a Act, err error) {
		var created string
		err = row.Scan(&a.ID, &a.Title, &a.Short, &a.Jurisdiction, &a.Lang, &a.Kind, &created, &a.Versions, &a.Latest)
		if err == nil {
			a.Created, err = store.ParseTime(created)
		}
		return a, err
	}
}

// getAct reads one act, or returns a Missing fault. An act without an open
// version is missing for a passer-by.
func getAct(ctx context.Context, tx *store.Tx, id law.ActID, known bool) (Act, error) {
	columns, read := actAs(known)
	a, err := read(tx.QueryRowContext(ctx, `SELECT `+columns+` FROM law_acts WHERE id = $1`, id))
	switch {
	case store.Missing(err), err == nil && a.Versions == 0:
		return Act{}, fault.New(fault.Missing, "law.act.missing")
	case err != nil:
		return Act{}, fmt.Errorf("corpus: get act %s: %w", id, err)
	}
	return a, nil
}

// listActs reads a page of the acts.
func listActs(ctx context.Context, tx *store.Tx, q Query, known bool) ([]Act, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	columns, read := actAs(known)
	list, err := store.List(ctx, tx, read, `
		SELECT `+columns+` FROM law_acts
		WHERE ($1 = '' OR kind = $1)
		  AND ($2 = '' OR words LIKE $2 ESCAPE '!')
		  AND (open_versions > 0 OR CAST($3 AS BIGINT) = 1)
		  AND (sort_key, id) > (COALESCE((SELECT sort_key FROM law_acts WHERE id = $4), ''), $4)
		ORDER BY sort_key, id LIMIT $5`,
		q.Kind, like(q.Text), store.Bit(known), q.After, q.Limit)
	if err != nil {
		return nil, fmt.Errorf("corpus: list acts: %w", err)
	}
	return list, nil
}

// like is the pattern that finds the words anywhere, in their order.
func like(text string) string {
	words := textkit.Words(textkit.Fold(text))
	if len(words) == 0 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		b.WriteByte('%')
		b.WriteString(strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w.Text))
	}
	return b.String() + "%"
}

// findAct returns the act that a text belongs to, which it makes if there is none.
func findAct(ctx context.Context, tx *store.Tx, g Given) (law.ActID, error) {
	if g.Act != "" {
		a, err := getAct(ctx, tx, g.Act, true)
		return a.ID, err
	}
	key := textkit.SortKey(language.Make(g.Lang), g.Title)
	id := actSlug(g)
	for n := 1; ; n++ {
		try := id
		if n > 1 {
			try = law.ActID(fmt.Sprintf("%s-%d", id, n))
		}
		var short, sorted string
		err := tx.QueryRowContext(ctx, `SELECT short, sort_key FROM law_acts WHERE id = $1`, try).Scan(&short, &sorted)
		switch {
		case store.Missing(err):
			return try, makeAct(ctx, tx, try, key, g)
		case err != nil:
			return "", fmt.Errorf("corpus: find act %s: %w", try, err)
		case g.Short != "" && textkit.Slug(short) == textkit.Slug(g.Short), sorted == key:
			return try, nil
		}
	}
}

// actSlug is the address of an act that is called so.
func actSlug(g Given) law.ActID {
	name := g.Short
	if name == "" {
		name = g.Title
	}
	slug := textkit.Slug(name)
	if len(slug) > 60 {
		slug = slug[:60]
		if k := strings.LastIndexByte(slug, '-'); k > 0 {
			slug = slug[:k]
		}
	}
	switch {
	case slug == "", slug == "new": // /acts/new is a page
		slug = "act"
	case g.Jurisdiction != "si":
		slug = textkit.Slug(g.Jurisdiction) + "-" + slug
	}
	return law.ActID(slug)
}

func makeAct(ctx context.Context, tx *store.Tx, id law.ActID, key string, g Given) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO law_acts (id, title, short, jurisdiction, lang, kind, sort_key, words, versions, latest, open_versions, open_latest, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', 0, '', $9)`,
		id, g.Title, g.Short, g.Jurisdiction, g.Lang, g.Kind, key, textkit.Fold(g.Short+" "+g.Title), store.Time(tx.Now))
	if err != nil {
		return fmt.Errorf("corpus: make act %s: %w", id, err)
	}
	return nil
}

// count brings the counters of an act in line with its versions.
func count(ctx context.Context, tx *store.Tx, act law.ActID) error {
	const latest = `COALESCE((SELECT id FROM law_versions WHERE act = $1 AND is_open >= $2
		ORDER BY CASE stage WHEN 'in_force' THEN 1 ELSE 0 END DESC, on_day DESC, id DESC LIMIT 1), '')`
	for i, columns := range []string{"versions = %s, latest = %s", "open_versions = %s, open_latest = %s"} {
		set := fmt.Sprintf(columns, `(SELECT COUNT(*) FROM law_versions WHERE act = $1 AND is_open >= $2)`, latest)
		if _, err := tx.ExecContext(ctx, `UPDATE law_acts SET `+set+` WHERE id = $1`, act, i); err != nil {
			return fmt.Errorf("corpus: count %s: %w", act, err)
		}
	}
	return nil
}

const versionColumns = `id, act, stage, label, on_day, source, blob, hash, lang, is_open, articles, notes, created`

func readVersion(row store.Scanner) (v Version, err error) {
	var on, created string
	if err := row.Scan(&v.ID, &v.Act, &v.Stage, &v.Label, &on, &v.Source, &v.Blob, &v.Hash, &v.Lang, &v.Open, &v.Articles, &v.Notes, &created); err != nil {
		return v, err
	}
	if v.On, err = civil.Parse(on); err == nil {
		v.Created, err = store.ParseTime(created)
	}
	return v, err
}

// oneVersion reads the version that the condition finds, or returns a Missing
// fault.
func oneVersion(ctx context.Context, tx *store.Tx, where string, args ...any) (Version, error) {
	v, err := readVersion(tx.QueryRowContext(ctx, `SELECT `+versionColumns+` FROM law_versions WHERE `+where, args...))
	switch {
	case store.Missing(err):
		return Version{}, fault.New(fault.Missing, "law.version.missing")
	case err != nil:
		return Version{}, fmt.Errorf("corpus: get version: %w", err)
	}
	return v, nil
}

// listVersions reads the versions of an act, newest first.
func listVersions(ctx context.Context, tx *store.Tx, act law.ActID, known bool) ([]Version, error) {
	list, err := store.List(ctx, tx, readVersion, `
		SELECT `+versionColumns+` FROM law_versions
		WHERE act = $1 AND (is_open = 1 OR CAST($2 AS BIGINT) = 1)
		ORDER BY on_day DESC, id DESC`, act, store.Bit(known))
	if err != nil {
		return nil, fmt.Errorf("corpus: list versions of %s: %w", act, err)
	}
	return list, nil
}

func putVersion(ctx context.Context, tx *store.Tx, v Version) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO law_versions (`+versionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		v.ID, v.Act, v.Stage, v.Label, v.On.String(), v.Source, v.Blob, v.Hash, v.Lang, store.Bit(v.Open), v.Articles, v.Notes, store.Time(v.Created))
	if err != nil {
		return fmt.Errorf("corpus: put version %s: %w", v.ID, err)
	}
	return nil
}

func openVersion(ctx context.Context, tx *store.Tx, id law.VersionID) error {
	if _, err := tx.ExecContext(ctx, `UPDATE law_versions SET is_open = 1 WHERE id = $1`, id); err != nil {
		return fmt.Errorf("corpus: open %s: %w", id, err)
	}
	return nil
}
