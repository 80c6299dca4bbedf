package meetings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/kept"
)

// putWords brings up to date by what the attendee is found, before their row is
// written.
func putWords(ctx context.Context, tx *store.Tx, a Attendee) error {
	key, found := a.key(), a.found()
	var oldKey, oldFound string
	err := tx.QueryRowContext(ctx, `SELECT sort_key, found_by FROM meeting_attendees WHERE id = $1`, a.ID).Scan(&oldKey, &oldFound)
	switch {
	case store.Missing(err):
	case err != nil:
		return fmt.Errorf("meetings: words: %w", err)
	case oldKey == key && oldFound == found:
		return nil
	default:
		if err := kept.Run(ctx, tx, `DELETE FROM meeting_words WHERE attendee = $1`, a.ID); err != nil {
			return err
		}
	}
	words := beginnings(found)
	if len(words) == 0 {
		return nil
	}
	args, rows := []any{a.Meeting, key, a.ID}, make([]string, len(words))
	for i, w := range words {
		args = append(args, w)
		rows[i] = fmt.Sprintf(`($1, $%d, $2, $3)`, len(args))
	}
	return kept.Run(ctx, tx, `INSERT INTO meeting_words (meeting, word, sort_key, attendee) VALUES `+strings.Join(rows, `, `)+` ON CONFLICT DO NOTHING`, args...)
}

// An AttendeeQuery asks for a page of those at a meeting, by name.
type AttendeeQuery struct {
	Meeting MeetingID
	Way     string // "there" for who is counted, "noted" for whoever something is noted of, or a Way; empty for all
	Text    string // beginnings of words of the name
	After   AttendeeID
	Limit   int // 50 if zero
}

func (q AttendeeQuery) limit() int {
	if q.Limit <= 0 || q.Limit > 1_000 {
		return 50
	}
	return q.Limit
}

// byWord goes from the words to the attendees, one by one in the order of the list
// until the page is full. OFFSET 0 keeps PostgreSQL from reading all of the meeting
// instead, for it takes a LIKE to be rare.
var byWord = store.Text{
	store.SQLite:   `FROM meeting_words w CROSS JOIN meeting_attendees a ON a.id = w.attendee`,
	store.Postgres: `FROM meeting_words w CROSS JOIN LATERAL (SELECT * FROM meeting_attendees WHERE id = w.attendee OFFSET 0) a`,
}

// listAttendees reads a page of the list. A text of signs alone finds nobody.
func listAttendees(ctx context.Context, tx *store.Tx, q AttendeeQuery) ([]Attendee, error) {
	words := terms(q.Text)
	if len(words) == 0 && strings.TrimSpace(q.Text) != "" {
		return nil, nil
	}
	args := []any{q.Meeting}
	value := func(v any) string { args = append(args, v); return fmt.Sprintf("$%d", len(args)) }
	from, order, and := `FROM meeting_attendees a WHERE a.meeting = $1`, `a.sort_key, a.id`, ``
	if len(words) > 0 {
		begins, err := rarest(ctx, tx, q.Meeting, words)
		if err != nil {
			return nil, err
		}
		from, order = tx.Pick(byWord)+` WHERE w.meeting = $1 AND w.word = `+value(begins[0]), `w.sort_key, w.attendee`
		if len(begins) > 1 {
			and = ` AND EXISTS (SELECT 1 FROM meeting_words o WHERE o.meeting = w.meeting AND o.word = ` + value(begins[1]) + ` AND o.sort_key = w.sort_key AND o.attendee = w.attendee)`
		}
		for _, w := range words {
			and += ` AND a.found_by LIKE ` + value("% "+w+"%")
		}
	}
	switch q.Way {
	case "":
	case "there":
		and += ` AND a.counts = 1`
	case "noted":
		and += ` AND a.way <> ''`
	default:
		and += ` AND a.way = ` + value(q.Way)
	}
	if q.After != "" {
		and += ` AND (` + order + `) > (SELECT sort_key, id FROM meeting_attendees WHERE id = ` + value(q.After) + `)`
	}
	return kept.List[Attendee](ctx, tx, `SELECT a.whole `+from+and+` ORDER BY `+order+` LIMIT `+value(q.limit()), args...)
}

// rarest are the beginnings of the one or two words that the fewest of the list have,
// as far as a look at some hundreds of each tells. One or two letters stand only for how
// a name begins.
func rarest(ctx context.Context, tx *store.Tx, id MeetingID, words []string) ([]string, error) {
	begins, has := []string{lookup(words[0])}, map[string]int{}
	for _, w := range words[1:] {
		if len([]rune(w)) >= 3 {
			begins = append(begins, lookup(w))
		}
	}
	if len(begins) == 1 {
		return begins, nil
	}
	for _, b := range begins {
		n, err := kept.Number(ctx, tx, `SELECT COUNT(*) FROM (SELECT 1 FROM meeting_words WHERE meeting = $1 AND word = $2 LIMIT 1000) a`, id, b)
		if err != nil {
			return nil, err
		}
		has[b] = n
	}
	slices.SortStableFunc(begins, func(a, b string) int { return has[a] - has[b] })
	return begins[:2], nil
}
