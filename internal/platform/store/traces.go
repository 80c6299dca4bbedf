package store

import (
	"context"
	"strconv"
	"strings"
)

// Erased stands where a name stood.
const Erased = "—"

// A Trace says in how many rows of a table some words stand.
type Trace struct {
	Table string
	Rows  int
}

// Traces looks through the whole house for words, however they are capitalised, and
// tells in which tables they stand. It takes as long as a backup does.
func (t *Tx) Traces(ctx context.Context, words []string) ([]Trace, error) {
	tables, err := t.Tables(ctx)
	if err != nil {
		return nil, err
	}
	var low []string
	for _, w := range words {
		low = append(low, strings.ToLower(w))
	}
	var list []Trace
	for _, table := range tables {
		n := 0
		err := t.Rows(ctx, table, func(values []any) error {
			for _, v := range values {
				if s, ok := v.(string); ok && holdsAny(strings.ToLower(s), low) {
					n++
					return nil
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			list = append(list, Trace{table.Name, n})
		}
	}
	return list, nil
}

func holdsAny(s string, words []string) bool {
	for _, w := range words {
		if w != "" && strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// Struck is the text with each of the words struck out.
func Struck(text string, words []string) string {
	for _, w := range words {
		text = strings.ReplaceAll(text, w, Erased)
	}
	return text
}

// Holding is a condition for rows in which one of the columns has one of the words;
// the arguments go on from those that are given.
func Holding(args *[]any, words []string, columns ...string) string {
	var or []string
	for _, w := range words {
		*args = append(*args, "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(w)+"%")
		for _, c := range columns {
			or = append(or, c+" LIKE "+sign(len(*args))+` ESCAPE '\'`)
		}
	}
	if len(or) == 0 {
		return "1 = 0"
	}
	return "(" + strings.Join(or, " OR ") + ")"
}

func sign(n int) string { return "$" + strconv.Itoa(n) }
