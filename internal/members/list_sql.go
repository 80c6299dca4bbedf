package members

import (
	"context"
	"fmt"
	"slices"
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
	if f.Silent {
		c.add(`m.silent = ?`, 1)
	}
}

// inRoll is 1 for those who are members or would be, and 0 for others.
func (f Filter) inRoll() int { return store.Bit(f.Standing == "" || f.Standing.Here()) }

// marked are conditions that each look one mark up. They are written so that
// PostgreSQL does not read all that have the mark.
func (f Filter) marked(c *clause, marks []string) {
	for _, mark := range marks {
		c.add(`(SELECT COUNT(*) FROM member_marks k WHERE k.mark = ? AND k.kind = m.kind AND k.here = ? AND k.sort_key = m.sort_key AND k.member = m.id`+f.late(c, mark, "k")+`) = 1`, mark, f.inRoll())
	}
}

// late is the condition on the day of a mark, if the filter has one.
func (f Filter) late(c *clause, mark, row string) string {
	if f.Owing != Overdue || mark != OwesDues.row() {
		return ""
	}
	return ` AND ` + row + `.day <> '' AND ` + row + `.day < ` + c.value(f.today.String())
}

// byWord goes from the words to the members. PostgreSQL would rather read all
// members, for it takes a LIKE to be rare; OFFSET 0 has it look them up one by one,
// in the order of the words, until the page is full.
var byWord = store.Text{
	store.SQLite:   `FROM member_words w JOIN members m ON m.id = w.member WHERE w.word = `,
	store.Postgres: `FROM member_words w CROSS JOIN LATERAL (SELECT * FROM members WHERE id = w.member OFFSET 0) m WHERE w.word = `,
}

// byMark goes from a mark to the members, as byWord from a word.
var byMark = store.Text{
	store.SQLite:   `FROM member_marks w CROSS JOIN members m ON m.id = w.member WHERE w.mark = `,
	store.Postgres: `FROM member_marks w CROSS JOIN LATERAL (SELECT * FROM members WHERE id = w.member OFFSET 0) m WHERE w.mark = `,
}

// listMembers reads a page of the register; mail says whether e-mails are looked
// through.
func listMembers(ctx context.Context, tx *store.Tx, q Query, mail bool) ([]Member, error) {
	after := Member{}
	q.today = dayOf(tx)
	if q.From != "" {
		after.SortKey = sortKey(q.From)
	}
	if q.After != "" {
		var err error
		if after, err = getMember(ctx, tx, q.After); err != nil {
			return nil, err
		}
	}
	c := &clause{}
	paths, err := q.paths(ctx, tx, c, mail)
	if err != nil || len(paths) == 0 {
		return nil, err
	}
	query := q.along(c, paths[0], after)
	if len(paths) > 1 {
		query = `SELECT * FROM (` + query + `) a UNION SELECT * FROM (` + q.along(c, paths[1], after) + `) b ORDER BY sort_key, id LIMIT ` + c.value(q.limit())
	}
	list, err := store.List(ctx, tx, readMember, query, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: list: %w", err)
	}
	return list, nil
}

// paths are the one or two indexes in the order of the register that lead to all of
// the query, by the shortest way: along the beginning of the rarest word, along the
// rarest mark, or along the register itself. There is none for a text of signs
// alone, which are in no name.
func (q Query) paths(ctx context.Context, tx *store.Tx, c *clause, mail bool) ([]path, error) {
	words, marks := terms(q.Text), q.marks()
	if len(words) == 0 && strings.TrimSpace(q.Text) != "" {
		return nil, nil
	}
	begin, fewest := "", 0
	var err error
	if len(words) > 0 {
		if begin, fewest, err = rarest(ctx, tx, words, mail, len(marks) > 0); err != nil {
			return nil, err
		}
	}
	if q.Silent || q.Standing != "" && q.Standing != Active || len(marks) == 0 {
		return q.unmarked(tx, c, words, begin, mail), nil
	}
	best, n, err := q.fewestMarks(ctx, tx, marks)
	if err != nil {
		return nil, err
	}
	if len(words) > 0 && fewest <= n {
		return q.unmarked(tx, c, words, begin, mail), nil
	}
	rest := slices.DeleteFunc(marks, func(m string) bool { return m == best })
	var list []path
	for _, k := range q.kinds() {
		from := tx.Pick(byMark) + c.value(best) + ` AND w.kind = ` + c.value(k) + ` AND w.here = ` + c.value(q.inRoll()) + q.late(c, best, "w")
		list = append(list, path{from, `w.sort_key, w.member`, words, mail, rest})
	}
	return list, nil
}

// unmarked are the paths along a word, or along the register if there is none.
func (q Query) unmarked(tx *store.Tx, c *clause, words []string, begin string, mail bool) []path {
	if len(words) == 0 {
		return []path{{from: `FROM members m`, order: `m.sort_key, m.id`, marks: q.marks()}}
	}
	list := []path{{tx.Pick(byWord) + c.value(begin), `w.sort_key, w.member`, words, mail, q.marks()}}
	if mail {
		list = append(list, path{tx.Pick(byWord) + c.value("@"+begin), `w.sort_key, w.member`, words, mail, q.marks()})
	}
	return list
}

// value notes an argument and gives its sign.
func (c *clause) value(v any) string {
	c.args = append(c.args, v)
	return fmt.Sprintf("$%d", len(c.args))
}

// A path is an index in the order of the register along which a query goes, and
// what is looked at on the way.
type path struct {
	from, order string
	words       []string
	mail        bool
	marks       []string
}

// along writes the query that goes along the path.
func (q Query) along(c *clause, p path, after Member) string {
	c.and = nil
	q.where(c)
	if strings.Contains(p.from, `w.word`) && q.Kind != "" {
		c.add(`w.kind = ?`, q.Kind)
	}
	for _, w := range p.words {
		if p.mail {
			c.add(`(m.found_by LIKE ? OR m.found_mail LIKE ?)`, "% "+w+"%", "% "+w+"%")
		} else {
			c.add(`m.found_by LIKE ?`, "% "+w+"%")
		}
	}
	q.marked(c, p.marks)
	switch {
	case after.ID != "":
		c.add(`(`+p.order+`) > (?, ?)`, after.SortKey, after.ID)
	case after.SortKey != "":
		c.add(`(`+p.order+`) >= (?, ?)`, after.SortKey, "")
	}
	with := ` WHERE `
	if strings.Contains(p.from, `WHERE w.`) {
		with = ` AND `
	}
	return `SELECT ` + memberColumns + ` ` + p.from + with + strings.Join(c.and, ` AND `) + ` ORDER BY ` + p.order + ` LIMIT ` + c.value(q.limit())
}

// countMembers counts those of the filter, up to most.
func countMembers(ctx context.Context, tx *store.Tx, f Filter, most int) (int, error) {
	c, q := &clause{}, Query{Filter: f, Limit: most}
	q.today = dayOf(tx)
	paths, err := q.paths(ctx, tx, c, true)
	if err != nil || len(paths) == 0 {
		return 0, err
	}
	var parts []string
	for _, p := range paths {
		parts = append(parts, `SELECT id FROM (`+strings.Replace(q.along(c, p, Member{}), memberColumns, `m.id`, 1)+`) p`)
	}
	var n int
	err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (`+strings.Join(parts, ` UNION `)+`) a`, c.args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("members: count: %w", err)
	}
	return min(n, most), nil
}

// rarest is the beginning of the word that the fewest members have, and how many,
// as far as a look at some hundreds of each tells. How many a single word has is
// not looked up unless it must.
func rarest(ctx context.Context, tx *store.Tx, words []string, mail, must bool) (string, int, error) {
	best, fewest := beginning(words[0], 3), -1
	for _, w := range words {
		begin := beginning(w, 3)
		if fewest >= 0 && utf8.RuneCountInString(w) < 3 || len(words) == 1 && !must {
			break // one or two letters stand only for how a name begins; what comes is no longer
		}
		var n, m int
		err := tx.QueryRowContext(ctx, `
			SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM member_words WHERE word = $1 LIMIT $3) a),
			       (SELECT COUNT(*) FROM (SELECT 1 FROM member_words WHERE word = $2 LIMIT $3) b)`, begin, "@"+begin, manyMarks).Scan(&n, &m)
		if err != nil {
			return "", 0, fmt.Errorf("members: rarest: %w", err)
		}
		if mail {
			n += m
		}
		if fewest < 0 || n < fewest {
			best, fewest = begin, n
		}
	}
	return best, fewest, nil
}
