package search

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// An Index finds what the desks have put into it. A desk that has a nil one puts
// its documents nowhere.
type Index struct{ db *store.DB }

// New is the index in a database that has Steps.
func New(db *store.DB) *Index { return &Index{db} }

// Put makes the document findable, in place of what had its subject before.
func (x *Index) Put(ctx context.Context, tx *store.Tx, d Doc) error {
	if x == nil {
		return nil
	}
	if err := x.Drop(ctx, tx, d.Subject); err != nil {
		return err
	}
	if err := put(ctx, tx, d); err != nil {
		return fmt.Errorf("search: put %s: %w", d.Subject, err)
	}
	return nil
}

func put(ctx context.Context, tx *store.Tx, d Doc) error {
	d.Title, d.Body = nul.Replace(clip(d.Title, bodyKept)), nul.Replace(clip(d.Body, bodyRead))
	title, all := entries(d.Lang, d.Title), entries(d.Lang, d.Title+"\n"+d.Body)
	doc, err := number(ctx, tx, d)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO search_docs (doc, subject, kind, lang, title, body, link, audience, at, title_words, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		doc, d.Subject, d.Kind, d.Lang, d.Title, clip(d.Body, bodyKept), d.Link, int(d.Audience), store.Time(d.At), row(title), row(all))
	if err != nil {
		return err
	}
	for field, words := range [][]string{title, all} {
		if err := enter(ctx, tx, doc, field, d.Audience, withHeads(d.Kind, words)); err != nil {
			return err
		}
	}
	return nil
}

// nul takes out what PostgreSQL has no place for.
var nul = strings.NewReplacer("\x00", "")

// row writes words so that LIKE '% kul%' finds a beginning.
func row(words []string) string { return " " + strings.Join(words, " ") + " " }

func withHeads(kind string, words []string) []string {
	list := append([]string{":" + kind}, words...)
	for _, w := range words {
		if h := head(w); h != "" {
			list = append(list, h)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func enter(ctx context.Context, tx *store.Tx, doc int64, field int, audience Audience, words []string) error {
	for some := range slices.Chunk(words, 500) {
		args := []any{field, doc, int(audience)}
		var b strings.Builder
		b.WriteString(`INSERT INTO search_words (word, field, doc, audience) VALUES `)
		for i, w := range some {
			args = append(args, w)
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString("($" + strconv.Itoa(len(args)) + ",$1,$2,$3)")
		}
		if _, err := tx.ExecContext(ctx, b.String(), args...); err != nil {
			return err
		}
	}
	return nil
}

// number gives the document a number that grows with its date: seconds since
// 1970 in the upper 34 bits, the subject's hash in the lower 29. The few that
// meet there move on by one.
func number(ctx context.Context, tx *store.Tx, d Doc) (int64, error) {
	h := fnv.New32a()
	h.Write([]byte(d.Subject))
	var sec int64
	if !d.At.IsZero() {
		sec = min(max(d.At.Unix(), 0), 1<<34-1)
	}
	for doc := sec<<29 | int64(h.Sum32()>>3); ; doc++ {
		var one int
		err := tx.QueryRowContext(ctx, `SELECT 1 FROM search_docs WHERE doc = $1`, doc).Scan(&one)
		if store.Missing(err) {
			return doc, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

// Drop makes the subject's document unfindable. It is no fault if there is none.
func (x *Index) Drop(ctx context.Context, tx *store.Tx, subject string) error {
	if x == nil {
		return nil
	}
	if err := drop(ctx, tx, subject); err != nil {
		return fmt.Errorf("search: drop %s: %w", subject, err)
	}
	return nil
}

func drop(ctx context.Context, tx *store.Tx, subject string) error {
	var doc int64
	var kind, words string
	err := tx.QueryRowContext(ctx, `DELETE FROM search_docs WHERE subject = $1 RETURNING doc, kind, words`, subject).Scan(&doc, &kind, &words)
	if store.Missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for some := range slices.Chunk(withHeads(kind, strings.Fields(words)), 500) {
		args := []any{doc}
		in := places(&args, some)
		if _, err := tx.ExecContext(ctx, `DELETE FROM search_words WHERE word IN (`+in+`) AND field IN (0, 1) AND doc = $1`, args...); err != nil {
			return err
		}
	}
	return nil
}

// places adds the words to the arguments, and returns "$2,$3,$4".
func places[T any](args *[]any, list []T) string {
	var b strings.Builder
	for i, v := range list {
		*args = append(*args, v)
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("$" + strconv.Itoa(len(*args)))
	}
	return b.String()
}
