package members

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// A clause is a condition in the making: its arguments.
type clause struct{ args []any }

// value notes an argument and gives its sign.
func (c *clause) value(v any) string {
	c.args = append(c.args, v)
	return fmt.Sprintf("$%d", len(c.args))
}

// values notes the arguments and gives their signs with commas between.
func values[T ~string](c *clause, list []T) string {
	var signs []string
	for _, v := range list {
		signs = append(signs, c.value(v))
	}
	return strings.Join(signs, ", ")
}

// addRows writes many rows by few statements.
func addRows(ctx context.Context, tx *store.Tx, into string, rows [][]any) error {
	for some := range slices.Chunk(rows, 100) {
		c := &clause{}
		var all []string
		for _, row := range some {
			var one []string
			for _, v := range row {
				one = append(one, c.value(v))
			}
			all = append(all, `(`+strings.Join(one, `, `)+`)`)
		}
		if _, err := tx.ExecContext(ctx, into+strings.Join(all, `, `), c.args...); err != nil {
			return fmt.Errorf("members: rows: %w", err)
		}
	}
	return nil
}
