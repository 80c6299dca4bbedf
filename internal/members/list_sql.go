package members

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// A clause is a condition in the making: its text and its arguments.
type clause struct {
	and  []string
	args []any
}

// add adds a condition, in which each ? stands for one of the values.
func (c *clause) add(text string, values ...any) {
	for _, v := range values {
		c.args = append(c.args, v)
		text = strings.Replace(text, "?", fmt.Sprintf("$%d", len(c.args)), 1)
	}
	c.and = append(c.and, text)
}

// where are the conditions of the filter, beside the text. Each leads to an index
// that is in the order of the register.
func (f Filter) where(c *clause) {
	if f.Standing != "" {
		c.add(`m.standing = ?`, f.Standing)
	} else {
		c.add(`m.here = ?`, 1)
	}
	if f.Kind != "" {
		c.add(`m.kind = ?`, f.Kind)
	}
	if f.Field != "" {
		c.add(`m.field = ?`, f.Field)
	}
	if f.Silent {
		c.add(`m.silent = ?`, 1)
	}
}

// byWord goes from the words to the members. PostgreSQL would rather read all
// members, for it takes a LIKE to be rare; OFFSET 0 has it look them up one by one,
// in the order of the words, until the page is full.
var byWord = store.Text{
	store.SQLite:   `FROM member_words w JOIN members m ON m.id = w.member WHERE w.word = `,
	store.Postgres: `FROM member_words w CROSS JOIN LATERAL (SELECT * FROM members WHERE id = w.member OFFSET 0) m WHERE w.word = `,
}

// listMembers reads a page of the register. With a text it goes along the index of
// the rarest word's beginning, which is in the order of the register too, and
// looks through what stands there; mail says whether e-mails are looked through.
func listMembers(ctx context.Context, tx *store.Tx, q Query, mail bool) ([]Member, error) {
	after := Member{}
	if q.After != "" {
		var err error
		if after, err = getMember(ctx, tx, q.After); err != nil {
			return nil, err
		}
	}
	words := terms(q.Text)
	c := &clause{}
	var query string
	switch {
	case len(words) == 0 && strings.TrimSpace(q.Text) != "":
		return nil, nil // signs alone are in no name
	case len(words) == 0:
		query = q.along(c, `FROM members m`, `m.sort_key, m.id`, after, nil, false)
	default:
		begin, err := rarest(ctx, tx, words, mail)
		if err != nil {
			return nil, err
		}
		one := func(w string) string {
			return q.along(c, tx.Pick(byWord)+c.value(w), `w.sort_key, w.member`, after, words, mail)
		}
		query = one(begin)
		if mail {
			query = `SELECT * FROM (` + query + `) a UNION SELECT * FROM (` + one("@"+begin) + `) b ORDER BY sort_key, id LIMIT ` + c.value(q.limit())
		}
	}
	list, err := store.List(ctx, tx, readMember, query, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: list: %w", err)
	}
	return list, nil
}

// value notes an argument and gives its sign.
func (c *clause) value(v any) string {
	c.args = append(c.args, v)
	return fmt.Sprintf("$%d", len(c.args))
}

// along writes the query that goes along one index, in the order of the register.
func (q Query) along(c *clause, from, order string, after Member, words []string, mail bool) string {
	c.and = nil
	q.where(c)
	if len(words) > 0 && q.Kind != "" {
		c.add(`w.kind = ?`, q.Kind)
	}
	if len(words) > 0 && q.Field != "" {
		c.add(`w.field = ?`, q.Field)
	}
	for _, w := range words {
		if mail {
			c.add(`(m.found_by LIKE ? OR m.found_mail LIKE ?)`, "% "+w+"%", "% "+w+"%")
		} else {
			c.add(`m.found_by LIKE ?`, "% "+w+"%")
		}
	}
	if after.ID != "" {
		c.add(`(`+order+`) > (?, ?)`, after.SortKey, after.ID)
	}
	join := ` WHERE `
	if len(words) > 0 {
		join = ` AND `
	}
	return `SELECT ` + memberColumns + ` ` + from + join + strings.Join(c.and, ` AND `) + ` ORDER BY ` + order + ` LIMIT ` + c.value(q.limit())
}

// rarest is the beginning of the word that the fewest members have, as far as a
// look at some hundreds of each tells.
func rarest(ctx context.Context, tx *store.Tx, words []string, mail bool) (string, error) {
	best, fewest := beginning(words[0], 3), -1
	for _, w := range words {
		begin := beginning(w, 3)
		if len(words) == 1 || utf8.RuneCountInString(w) < 3 {
			break // one or two letters stand only for how a name begins; what comes is no longer
		}
		var n, m int
		err := tx.QueryRowContext(ctx, `
			SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM member_words WHERE word = $1 LIMIT 500) a),
			       (SELECT COUNT(*) FROM (SELECT 1 FROM member_words WHERE word = $2 LIMIT 500) b)`, begin, "@"+begin).Scan(&n, &m)
		if err != nil {
			return "", fmt.Errorf("members: rarest: %w", err)
		}
		if mail {
			n += m
		}
		if fewest < 0 || n < fewest {
			best, fewest = begin, n
		}
	}
	return best, nil
}
