package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
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

// A Spot is where in a text some words stand: bytes From up to Until.
type Spot struct{ From, Until int }

// A Find is a row in which words stand: which, and where in each of its columns. The
// words themselves are not in it, so that it may be kept after they are forgotten.
type Find struct {
	Table string
	Key   map[string]string // column of the primary key, and its value
	Spots map[string][]Spot // by column
	Sum   string            // of the texts, to see whether they are still the same
}

var keyColumns = Text{
	SQLite: `SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk`,
	Postgres: `
		SELECT k.column_name FROM information_schema.table_constraints c
		JOIN information_schema.key_column_usage k ON k.constraint_name = c.constraint_name AND k.table_schema = c.table_schema AND k.table_name = c.table_name
		WHERE c.table_schema = current_schema() AND c.table_name = $1 AND c.constraint_type = 'PRIMARY KEY' ORDER BY k.ordinal_position`,
}

// Finds looks through the whole house for words, however they are capitalised, and
// hands over each row in which one stands, with the text of its columns. It takes as
// long as a backup does.
func (t *Tx) Finds(ctx context.Context, words []string, f func(Find, map[string]string) error) error {
	one, tables, err := pattern(words), []Table(nil), error(nil)
	if one == nil {
		return nil
	}
	if tables, err = t.Tables(ctx); err != nil {
		return err
	}
	for _, table := range tables {
		keys, err := List(ctx, t, name, t.Pick(keyColumns), table.Name)
		if err != nil {
			return fmt.Errorf("store: key of %s: %w", table.Name, err)
		}
		type hit struct {
			Find
			texts map[string]string
		}
		var hits []hit // handed over once the rows are read: f may write
		err = t.Rows(ctx, table, func(values []any) error {
			found, texts := Find{Table: table.Name, Key: map[string]string{}, Spots: map[string][]Spot{}}, map[string]string{}
			for i, v := range values {
				text, ok := v.(string)
				if !ok {
					text = fmt.Sprint(v)
				}
				if slices.Contains(keys, table.Columns[i]) {
					found.Key[table.Columns[i]] = text
				}
				if !ok {
					continue
				}
				for _, at := range one.FindAllStringIndex(text, -1) {
					found.Spots[table.Columns[i]] = append(found.Spots[table.Columns[i]], Spot{at[0], at[1]})
					texts[table.Columns[i]] = text
				}
			}
			if len(texts) > 0 {
				found.Sum = sumOf(texts)
				hits = append(hits, hit{found, texts})
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, h := range hits {
			if err := f(h.Find, h.texts); err != nil {
				return err
			}
		}
	}
	return nil
}

// pattern matches any of the words, the longest first; nil for none.
func pattern(words []string) *regexp.Regexp {
	var quoted []string
	for _, w := range words {
		if w != "" {
			quoted = append(quoted, regexp.QuoteMeta(w))
		}
	}
	if len(quoted) == 0 {
		return nil
	}
	slices.SortStableFunc(quoted, func(a, b string) int { return len(b) - len(a) })
	return regexp.MustCompile(`(?i)` + strings.Join(quoted, "|"))
}

func sumOf(texts map[string]string) string {
	h := sha256.New()
	for _, column := range slices.Sorted(maps.Keys(texts)) {
		fmt.Fprintf(h, "%s %d %s\n", column, len(texts[column]), texts[column])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// At reads the texts of a find as they are now. It reports false if the row is gone,
// or its texts are others than when they were found.
func (t *Tx) At(ctx context.Context, f Find) (texts map[string]string, same bool, err error) {
	columns := slices.Sorted(maps.Keys(f.Spots))
	where, args := f.where(nil)
	values := make([]string, len(columns))
	var into []any
	for i := range values {
		into = append(into, &values[i])
	}
	err = t.QueryRowContext(ctx, `SELECT `+strings.Join(columns, ", ")+` FROM `+f.Table+` WHERE `+where, args...).Scan(into...)
	switch {
	case Missing(err):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("store: row of %s: %w", f.Table, err)
	}
	texts = map[string]string{}
	for i, c := range columns {
		texts[c] = values[i]
	}
	return texts, sumOf(texts) == f.Sum, nil
}

// Strike blacks out what was found. It reports false, and changes nothing, if the
// texts are others than when they were found.
func (t *Tx) Strike(ctx context.Context, f Find) (bool, error) {
	texts, same, err := t.At(ctx, f)
	if err != nil || !same {
		return false, err
	}
	var set []string
	var args []any
	for _, c := range slices.Sorted(maps.Keys(f.Spots)) {
		text, b, from := texts[c], strings.Builder{}, 0
		for _, s := range f.Spots[c] {
			b.WriteString(text[from:s.From] + Erased)
			from = s.Until
		}
		args = append(args, b.String()+text[from:])
		set = append(set, c+" = "+sign(len(args)))
	}
	where, args := f.where(args)
	if _, err := t.ExecContext(ctx, `UPDATE `+f.Table+` SET `+strings.Join(set, ", ")+` WHERE `+where, args...); err != nil {
		return false, fmt.Errorf("store: strike in %s: %w", f.Table, err)
	}
	return true, nil
}

// where names the row; values are compared as text, for a key may have numbers.
func (f Find) where(args []any) (string, []any) {
	var and []string
	for _, c := range slices.Sorted(maps.Keys(f.Key)) {
		args = append(args, f.Key[c])
		and = append(and, `CAST(`+c+` AS TEXT) = `+sign(len(args)))
	}
	if len(and) == 0 {
		return "1 = 0", args
	}
	return strings.Join(and, " AND "), args
}

// Values reads columns of the row of a find, as text.
func (t *Tx) Values(ctx context.Context, f Find, columns []string) (map[string]string, error) {
	of := map[string]string{}
	if len(columns) == 0 {
		return of, nil
	}
	where, args := f.where(nil)
	values, into, as := make([]string, len(columns)), []any(nil), []string(nil)
	for i, c := range columns {
		into, as = append(into, &values[i]), append(as, `CAST(`+c+` AS TEXT)`)
	}
	err := t.QueryRowContext(ctx, `SELECT `+strings.Join(as, ", ")+` FROM `+f.Table+` WHERE `+where, args...).Scan(into...)
	if err != nil && !Missing(err) {
		return nil, fmt.Errorf("store: values of %s: %w", f.Table, err)
	}
	for i, c := range columns {
		of[c] = values[i]
	}
	return of, nil
}

// Widen adds to a find where in other columns of its row single words stand: columns
// by which the row is found hold the words of its texts folded, in another order.
func (t *Tx) Widen(ctx context.Context, f Find, columns, words []string) (Find, error) {
	one := pattern(words)
	if one == nil {
		return f, nil
	}
	more, err := t.Values(ctx, f, columns)
	if err != nil {
		return f, err
	}
	for c, text := range more {
		delete(f.Spots, c)
		for _, at := range one.FindAllStringIndex(text, -1) {
			f.Spots[c] = append(f.Spots[c], Spot{at[0], at[1]})
		}
	}
	texts, _, err := t.At(ctx, f)
	f.Sum = sumOf(texts)
	return f, err
}
