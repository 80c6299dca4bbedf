package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// Forget makes documents unfindable by the names of a person, and strikes these out of
// what is shown of them. What the documents are made of is not touched: once that is
// saved it is indexed as it is then. It is for the erasure of a person only.
func (x *Index) Forget(ctx context.Context, tx *store.Tx, names []string) error {
	if x == nil {
		return nil
	}
	type found struct {
		doc                                int64
		lang, title, body, inTitle, inBody string
	}
	for _, name := range names {
		var args []any
		where := store.Holding(&args, []string{name}, "title", "body")
		var tokens []string
		for _, w := range entries("", name) {
			args = append(args, "% "+w+" %")
			tokens = append(tokens, fmt.Sprintf("words LIKE $%d", len(args)))
		}
		if len(tokens) > 1 { // one word alone may be anybody's
			where += " OR " + strings.Join(tokens, " AND ")
		}
		list, err := store.List(ctx, tx, func(row store.Scanner) (f found, err error) {
			return f, row.Scan(&f.doc, &f.lang, &f.title, &f.body, &f.inTitle, &f.inBody)
		}, `SELECT doc, lang, title, body, title_words, words FROM search_docs WHERE `+where, args...)
		if err != nil {
			return fmt.Errorf("search: forget: %w", err)
		}
		for _, f := range list {
			if err := forgetIn(ctx, tx, name, f.doc, f.lang, [2]string{f.title, f.body}, [2]string{f.inTitle, f.inBody}); err != nil {
				return fmt.Errorf("search: forget in %d: %w", f.doc, err)
			}
		}
	}
	return nil
}

// forgetIn takes the name out of one document: its texts are title and body, its words
// those of the title and those of both.
func forgetIn(ctx context.Context, tx *store.Tx, name string, doc int64, lang string, texts, words [2]string) error {
	for i := range texts {
		texts[i] = store.Struck(texts[i], []string{name})
	}
	left := [2][]string{entries(lang, texts[0]), entries(lang, texts[0]+"\n"+texts[1])}
	for i := range words {
		var stay []string
		for _, w := range strings.Fields(words[i]) {
			if slices.Contains(entries(lang, name), w) && !slices.Contains(left[i], w) {
				if _, err := tx.ExecContext(ctx, `DELETE FROM search_words WHERE doc = $1 AND field = $2 AND word = $3`, doc, i, w); err != nil {
					return err
				}
				continue
			}
			stay = append(stay, w)
		}
		words[i] = row(stay)
	}
	_, err := tx.ExecContext(ctx, `UPDATE search_docs SET title = $2, body = $3, title_words = $4, words = $5 WHERE doc = $1`, doc, texts[0], texts[1], words[0], words[1])
	return err
}
