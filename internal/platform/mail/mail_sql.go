package mail

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Lists leave out the bodies: a ledger may be of thousands.
const (
	entryColumns = `id, to_address, to_name, lang, subject, text, html, calendar, files, ` + lastColumns
	listColumns  = `id, to_address, to_name, lang, subject, '', '', '', '', ` + lastColumns
	lastColumns  = `about, kind, reply_to, unsubscribe, posted_at, state, state_at, tries, words, readers`
)

func readEntry(row store.Scanner) (e Entry, err error) {
	var posted, at, files string
	if err := row.Scan(&e.ID, &e.To, &e.ToName, &e.Lang, &e.Subject, &e.Text, &e.HTML, &e.Calendar, &files, &e.About, &e.Kind, &e.ReplyTo,
		&e.Unsubscribe, &posted, &e.State, &at, &e.Tries, &e.Words, &e.Readers); err != nil {
		return e, err
	}
	if files != "" {
		if err := json.Unmarshal([]byte(files), &e.Files); err != nil {
			return e, err
		}
	}
	if e.Posted, err = store.ParseTime(posted); err != nil {
		return e, err
	}
	e.At, err = store.ParseTime(at)
	return e, err
}

func addLetter(ctx context.Context, tx *store.Tx, id ID, l Letter, s State) error {
	files := ""
	if len(l.Files) > 0 {
		whole, err := json.Marshal(l.Files)
		if err != nil {
			return fmt.Errorf("mail: add %s: %w", id, err)
		}
		files = string(whole)
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO mail_letters (`+entryColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14, 0, '', $16)`,
		id, l.To, l.ToName, l.Lang, l.Subject, l.Text, l.HTML, l.Calendar, files, l.About, l.Kind, l.ReplyTo, l.Unsubscribe,
		store.Time(tx.Now), s, l.Readers)
	if err != nil {
		return fmt.Errorf("mail: add %s: %w", id, err)
	}
	return nil
}

// setState writes what became of a letter. A letter that was sent stays sent,
// whatever a second process has met with.
func setState(ctx context.Context, tx *store.Tx, id ID, s State, tries int, words string) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE mail_letters SET state = $2, state_at = $3, tries = tries + $4, words = $5 WHERE id = $1 AND state <> 'sent'`,
		id, s, store.Time(tx.Now), tries, words)
	if err == nil && (s == Sent || s == Refused) {
		err = forget(ctx, tx, id)
	}
	if err != nil {
		return fmt.Errorf("mail: %s is %s: %w", id, s, err)
	}
	return nil
}

// secrets are the ends of personal links: 32 bytes in base64.
var secrets = regexp.MustCompile(`/[A-Za-z0-9_-]{43}\b`)

// forget takes the secrets out of a letter that has gone: from then on they are with
// whom it was written to, and nowhere else. Of a link to sign in nothing is kept.
func forget(ctx context.Context, tx *store.Tx, id ID) error {
	var kind Kind
	var text, html, calendar string
	if err := tx.QueryRowContext(ctx, `SELECT kind, text, html, calendar FROM mail_letters WHERE id = $1`, id).Scan(&kind, &text, &html, &calendar); err != nil {
		return err
	}
	calendar = secrets.ReplaceAllString(strings.ReplaceAll(calendar, "\r\n ", ""), "/…") // a link may be folded over two rows
	if text, html = secrets.ReplaceAllString(text, "/…"), secrets.ReplaceAllString(html, "/…"); kind == Link {
		text, html, calendar = "", "", ""
	}
	_, err := tx.ExecContext(ctx, `UPDATE mail_letters SET text = $2, html = $3, calendar = $4 WHERE id = $1`, id, text, html, calendar)
	return err
}

// getEntry reads one letter, or returns a Missing fault.
func getEntry(ctx context.Context, tx *store.Tx, id ID) (Entry, error) {
	e, err := readEntry(tx.QueryRowContext(ctx, `SELECT `+entryColumns+` FROM mail_letters WHERE id = $1`, id))
	if store.Missing(err) {
		return Entry{}, fault.New(fault.Missing, "mail.missing")
	}
	if err != nil {
		return Entry{}, fmt.Errorf("mail: get %s: %w", id, err)
	}
	return e, nil
}

func listEntries(ctx context.Context, tx *store.Tx, q Query) ([]Entry, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	list, err := store.List(ctx, tx, readEntry, `
		SELECT `+listColumns+` FROM mail_letters
		WHERE ($1 = '' OR about = $1) AND ($2 = '' OR state = $2) AND ($3 = '' OR id < $3)
		ORDER BY id DESC LIMIT $4`, q.About, q.State, q.Before, q.Limit)
	if err != nil {
		return nil, fmt.Errorf("mail: list: %w", err)
	}
	return list, nil
}

func countStates(ctx context.Context, tx *store.Tx, about string) (map[State]int, error) {
	type row struct {
		state State
		n     int
	}
	list, err := store.List(ctx, tx, func(s store.Scanner) (r row, err error) { return r, s.Scan(&r.state, &r.n) },
		`SELECT state, COUNT(*) FROM mail_letters WHERE about = $1 GROUP BY state`, about)
	if err != nil {
		return nil, fmt.Errorf("mail: count %s: %w", about, err)
	}
	counts := map[State]int{}
	for _, r := range list {
		counts[r.state] = r.n
	}
	return counts, nil
}

// traffic counts the letters sent since the instant, and those that were queued
// before this one.
func traffic(ctx context.Context, tx *store.Tx, id ID, since time.Time) (sent, ahead int, err error) {
	err = tx.QueryRowContext(ctx, `
		SELECT (SELECT COUNT(*) FROM mail_letters WHERE state = 'sent' AND state_at > $1),
		       (SELECT COUNT(*) FROM mail_letters WHERE state = 'queued' AND id < $2)`,
		store.Time(since), id).Scan(&sent, &ahead)
	if err != nil {
		return 0, 0, fmt.Errorf("mail: traffic: %w", err)
	}
	return sent, ahead, nil
}
