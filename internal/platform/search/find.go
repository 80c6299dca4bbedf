package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Find returns a page of what the actor may see. A query without any word finds
// nothing; one that is too long is a TooBig fault.
func (x *Index) Find(ctx context.Context, by auth.Actor, q Query) (Page, error) {
	if len(q.Text) > mostText {
		f := fault.In("text", "search.too_long", "most", mostText)
		f.Kind = fault.TooBig
		return Page{}, f
	}
	q.Text, q.Kind = nul.Replace(strings.ToValidUTF8(q.Text, "")), nul.Replace(strings.ToValidUTF8(q.Kind, ""))
	if q.Limit = min(q.Limit, 100); q.Limit <= 0 {
		q.Limit = 20
	}
	from, err := parsePlace(q.After)
	if err != nil {
		return Page{}, err
	}
	terms := parse(q)
	if len(terms) == 0 {
		return Page{}, nil
	}
	return store.Read(ctx, x.db, func(tx *store.Tx) (Page, error) {
		p, err := find(ctx, tx, Public|For(by.Roles), q, terms, from)
		if err != nil {
			err = fmt.Errorf("search: find: %w", err)
		}
		return p, err
	})
}

// A place is where a page ends: in the titles (field 0) or after them, at a
// document. Titles from floor on have been shown by then; where titles are many
// and hardly meet, older ones come among the others, by their date.
type place struct {
	field      int
	doc, floor int64
}

func parsePlace(s string) (p place, err error) {
	if s == "" {
		return place{doc: math.MaxInt64}, nil
	}
	if n, err := fmt.Sscanf(s, "%d-%d-%d", &p.field, &p.doc, &p.floor); err != nil || n != 3 || p.String() != s || p.field != 0 && p.field != 1 {
		return place{}, fault.In("after", "search.after.wrong")
	}
	return p, nil
}

func (p place) String() string { return fmt.Sprintf("%d-%d-%d", p.field, p.doc, p.floor) }

func find(ctx context.Context, tx *store.Tx, audience Audience, q Query, terms []term, from place) (Page, error) {
	// PostgreSQL would rather fetch all entries of a frequent word and sort them
	// than read the first of them in order. It knows no better from its averages.
	if s := tx.Pick(inOrder); s != "" {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			return Page{}, err
		}
	}
	for i := range terms {
		if err := weigh(ctx, tx, &terms[i]); err != nil || terms[i].count[1] == 0 {
			return Page{}, err
		}
	}
	var docs []int64
	next := ""
	for range rounds {
		want := q.Limit + 1 - len(docs)
		more, end, err := look(ctx, tx, audience, terms, from, want)
		if err != nil {
			return Page{}, err
		}
		if len(more) == want { // one more than the page holds: there is a next one
			if want > 1 {
				from.doc = more[want-2]
			}
			docs, next = append(docs, more[:want-1]...), from.String()
			break
		}
		docs = append(docs, more...)
		if from.field == 1 && end == 0 {
			next = ""
			break
		}
		if from.field == 0 {
			from = place{field: 1, doc: math.MaxInt64, floor: end}
		} else {
			from.doc = end
		}
		next = from.String()
	}
	hits, err := load(ctx, tx, docs, terms)
	return Page{Hits: hits, Next: next}, err
}

var inOrder = store.Text{store.Postgres: `SELECT set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true),
	set_config('enable_sort', 'off', true), set_config('jit', 'off', true)`}

// weigh finds out which entries lead to the term, and how many there are.
func weigh(ctx context.Context, tx *store.Tx, t *term) (err error) {
	t.words, t.complete = []string{t.stem}, true
	if t.prefix != "" {
		if t.words, err = kin(ctx, tx, t.prefix); err != nil {
			return err
		}
		if !slices.Contains(t.words, t.stem) {
			t.words = append(t.words, t.stem)
		}
	}
	if len(t.words) <= mostKin {
		if t.count, err = count(ctx, tx, t.words); err != nil {
			return err
		}
	}
	if t.prefix != "" && (len(t.words) > mostKin || t.count[1] > window) {
		t.words, t.complete = []string{head(t.prefix)}, head(t.prefix) == "*"+t.prefix
		t.count, err = count(ctx, tx, t.words)
	}
	return err
}

// kin lists the words that begin so, in leaps from each to the next; one too
// many if there are more than a search looks at.
func kin(ctx context.Context, tx *store.Tx, prefix string) ([]string, error) {
	return store.List(ctx, tx, func(row store.Scanner) (s string, err error) { return s, row.Scan(&s) }, `
		WITH RECURSIVE kin(word) AS (
			SELECT MIN(word) FROM search_words WHERE word >= $1 AND word < $2
			UNION ALL
			SELECT (SELECT MIN(w.word) FROM search_words w WHERE w.word > kin.word AND w.word < $2) FROM kin WHERE kin.word IS NOT NULL
		)
		SELECT word FROM kin WHERE word IS NOT NULL LIMIT $3`, prefix, prefix+"\U0010ffff", mostKin+1)
}

func count(ctx context.Context, tx *store.Tx, words []string) (n [2]int, err error) {
	for field := range n {
		args := []any{window + 1, field}
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM search_words WHERE word IN (`+places(&args, words)+`) AND field = $2 LIMIT $1) AS first`,
			args...).Scan(&n[field])
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// look does one round: it reads a window of the leading term's entries before
// from, and returns the documents among them that the audience may see and that
// have all terms. The end is where the window ended, or 0 if nothing follows.
func look(ctx context.Context, tx *store.Tx, audience Audience, terms []term, from place, limit int) (docs []int64, end int64, err error) {
	// The rarest leads; of equals one without a beginning, whose entries are it.
	terms = slices.SortedStableFunc(slices.Values(terms), func(a, b term) int {
		return cmp.Or(a.count[from.field]-b.count[from.field], len(a.prefix)-len(b.prefix))
	})
	lead, rest := terms[0], terms[1:]
	if !lead.complete {
		rest = terms
	}
	args := []any{from.field, from.doc, int(audience)}
	entries := `SELECT DISTINCT doc, audience FROM search_words WHERE word IN (` + places(&args, lead.words) + `) AND field = $1 AND doc < $2`
	whole := lead.count[from.field] <= window
	if !whole {
		entries = `SELECT doc, audience FROM search_words WHERE word = $4 AND field = $1 AND doc < $2 ORDER BY doc DESC LIMIT ` + strconv.Itoa(window)
	}
	where := `d.audience & $3 <> 0`
	for _, t := range rest {
		where += ` AND ` + t.occurs(&args, from.field)
	}
	if from.field == 1 {
		args = append(args, from.floor)
		shown := `d.doc >= $` + strconv.Itoa(len(args))
		for _, t := range terms {
			shown += ` AND ` + t.occurs(&args, 0)
		}
		where += ` AND NOT (` + shown + `)`
	}
	docs, err = store.List(ctx, tx, func(row store.Scanner) (n int64, err error) { return n, row.Scan(&n) },
		`SELECT d.doc FROM (`+entries+`) AS d WHERE `+where+` ORDER BY d.doc DESC LIMIT `+strconv.Itoa(limit), args...)
	if err != nil || whole || len(docs) == limit {
		return docs, 0, err
	}
	err = tx.QueryRowContext(ctx, `
		SELECT doc FROM search_words WHERE word = $1 AND field = $2 AND doc < $3 ORDER BY doc DESC LIMIT 1 OFFSET `+strconv.Itoa(window-1),
		lead.words[0], from.field, from.doc).Scan(&end)
	if store.Missing(err) {
		err = nil
	}
	return docs, end, err
}

// occurs asks whether the term is in the field of document d. It counts where
// EXISTS would be usual: PostgreSQL turns that into a join that reads all entries
// of the term.
func (t term) occurs(args *[]any, field int) string {
	if t.prefix == "" {
		return `(SELECT COUNT(*) FROM search_words w WHERE w.word = ` + places(args, []string{t.stem}) +
			` AND w.field = ` + strconv.Itoa(field) + ` AND w.doc = d.doc) = 1`
	}
	column := [...]string{"s.title_words", "s.words"}[field]
	like := strings.Split(places(args, []string{"% " + t.prefix + "%", "% " + t.stem + " %"}), ",")
	return `(SELECT COUNT(*) FROM search_docs s WHERE s.doc = d.doc AND (` +
		column + ` LIKE ` + like[0] + ` OR ` + column + ` LIKE ` + like[1] + `)) = 1`
}

// load reads the documents, in the order given.
func load(ctx context.Context, tx *store.Tx, docs []int64, terms []term) ([]Hit, error) {
	if len(docs) == 0 {
		return nil, nil
	}
	var args []any
	type found struct {
		doc int64
		hit Hit
	}
	list, err := store.List(ctx, tx, func(row store.Scanner) (f found, err error) {
		var title, body, at string
		h := &f.hit
		if err = row.Scan(&f.doc, &h.Kind, &h.Subject, &h.Link, &h.Lang, &title, &body, &at); err != nil {
			return f, err
		}
		h.Title, _ = mark(h.Lang, title, terms)
		h.Snippet = snippet(h.Lang, body, terms)
		h.At, err = store.ParseTime(at)
		return f, err
	}, `SELECT doc, kind, subject, link, lang, title, body, at FROM search_docs WHERE doc IN (`+places(&args, docs)+`)`, args...)
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, len(docs))
	for _, f := range list {
		hits[slices.Index(docs, f.doc)] = f.hit
	}
	return hits, nil
}
