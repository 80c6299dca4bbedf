package cases

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A where gathers the conditions of a query, with their arguments.
type where struct {
	parts []string
	args  []any
}

// and adds a condition; each ? stands for the next of its arguments.
func (w *where) and(condition string, args ...any) {
	for _, a := range args {
		w.args = append(w.args, a)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(w.args)), 1)
	}
	w.parts = append(w.parts, condition)
}

// listCases reads a page of the cases. Only the conditions that are asked for
// stand in the statement, so that each filter can go by an index of its own.
func listCases(ctx context.Context, tx *store.Tx, q Query, all bool) ([]Case, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	var w where
	if !all {
		w.and(`public = 1`)
	}
	for column, value := range map[string]string{"state": string(q.State), "kind": string(q.Kind), "act": string(q.Act), "owner": string(q.Owner)} {
		if value != "" {
			w.and(column+` = ?`, value)
		}
	}
	if words := textkit.Words(textkit.Fold(q.Text)); len(words) > 0 {
		like := "%"
		for _, one := range words {
			like += strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(one.Text) + "%"
		}
		w.and(`words LIKE ? ESCAPE '!'`, like)
	}
	order := `changed DESC, id DESC`
	if q.Order == ByNext {
		order = `next_due, id`
	}
	if q.After != "" {
		if q.Order == ByNext {
			w.and(`(next_due, id) > (SELECT next_due, id FROM cases WHERE id = ?)`, q.After)
		} else {
			w.and(`(changed, id) < (SELECT changed, id FROM cases WHERE id = ?)`, q.After)
		}
	}
	query := `SELECT ` + caseColumns + ` FROM cases`
	if len(w.parts) > 0 {
		query += ` WHERE ` + strings.Join(w.parts, ` AND `)
	}
	query += ` ORDER BY ` + order + ` LIMIT $` + strconv.Itoa(len(w.args)+1)
	list, err := store.List(ctx, tx, readCase, query, append(w.args, q.Limit)...)
	if err != nil {
		return nil, fmt.Errorf("cases: list: %w", err)
	}
	return list, nil
}
