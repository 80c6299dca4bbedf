package jobs

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// addJob writes a job. If one with the same unique key waits already it is that
// one, due at the earlier of the two instants.
func addJob(ctx context.Context, tx *store.Tx, j Job) (id ID, err error) {
	args, err := writeArgs(j.Args)
	if err != nil {
		return "", err
	}
	if j.Due.IsZero() {
		j.Due = tx.Now
	}
	err = tx.QueryRowContext(ctx, `
		INSERT INTO jobs (id, kind, args, only_one, title, by_user, state, added_at, due_at,
			ended_at, taken_by, tries, steps_done, steps_all, step, stopping, words)
		VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, '', '', 0, 0, 0, '', 0, '')
		ON CONFLICT (only_one) WHERE state = 'waiting' AND only_one <> '' DO UPDATE SET
			due_at = CASE WHEN excluded.due_at < jobs.due_at THEN excluded.due_at ELSE jobs.due_at END
		RETURNING id`,
		tx.ID(), j.Kind, args, j.Unique, j.Title, j.By, store.Time(tx.Now), store.Time(j.Due)).Scan(&id)
	if err != nil {
		return "", fmt.Errorf("jobs: add %s: %w", j.Kind, err)
	}
	return id, nil
}

const entryColumns = `id, kind, args, only_one, title, by_user, state, added_at, due_at, ended_at,
	tries, steps_done, steps_all, step, stopping, words`

func readEntry(row store.Scanner) (e Entry, err error) {
	var args, added, due, over string
	var stopping int
	if err := row.Scan(&e.ID, &e.Kind, &args, &e.Unique, &e.Title, &e.By, &e.State, &added, &due, &over,
		&e.Tries, &e.Done, &e.Total, &e.Step, &stopping, &e.Words); err != nil {
		return e, err
	}
	e.Args, e.Stopping = args, stopping != 0
	for _, t := range []struct {
		to   *time.Time
		text string
	}{{&e.Added, added}, {&e.Due, due}, {&e.Ended, over}} {
		if *t.to, err = store.ParseTime(t.text); err != nil {
			return e, err
		}
	}
	return e, nil
}

// PostgreSQL has many workers at once, and each must pass over what another
// holds. SQLite has one writer, so whoever runs this statement is alone. A running
// job is due again when its lease ends.
const takeHead = `
	UPDATE jobs SET state = 'running', due_at = $2, taken_by = $3, tries = tries + 1, stopping =
		CASE WHEN state = 'running' THEN stopping ELSE 0 END
	WHERE id = (SELECT id FROM jobs WHERE state IN ('waiting', 'running') AND due_at <= $1 AND kind IN (`

var takeTail = store.Text{
	store.SQLite:   `) ORDER BY due_at, id LIMIT 1) RETURNING ` + entryColumns,
	store.Postgres: `) ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING ` + entryColumns,
}

// takeJob marks the next job of the kinds that is due as taken by the token. It
// returns false if there is none.
func takeJob(ctx context.Context, tx *store.Tx, kinds []string, token string, lease time.Duration) (Entry, bool, error) {
	args := []any{store.Time(tx.Now), store.Time(tx.Now.Add(lease)), token}
	var marks []string
	for _, k := range kinds {
		args = append(args, k)
		marks = append(marks, "$"+strconv.Itoa(len(args)))
	}
	e, err := readEntry(tx.QueryRowContext(ctx, takeHead+strings.Join(marks, ", ")+tx.Pick(takeTail), args...))
	switch {
	case store.Missing(err):
		return Entry{}, false, nil
	case err != nil:
		return Entry{}, false, fmt.Errorf("jobs: take: %w", err)
	}
	return e, true, nil
}

// beatJob writes how far a running job is and lengthens its lease. It returns
// whether the token still has the job, and whether it is to stop.
func beatJob(ctx context.Context, tx *store.Tx, id ID, token string, p progress, lease time.Duration) (ours, stopping bool, err error) {
	var stop int
	err = tx.QueryRowContext(ctx, `
		UPDATE jobs SET due_at = $3, steps_done = $4, steps_all = $5, step = $6
		WHERE id = $1 AND taken_by = $2 AND state = 'running' RETURNING stopping`,
		id, token, store.Time(tx.Now.Add(lease)), p.done, p.total, p.step).Scan(&stop)
	if store.Missing(err) {
		return false, false, nil
	}
	if err != nil {
		return false, false, fmt.Errorf("jobs: beat %s: %w", id, err)
	}
	return true, stop != 0, nil
}

// endJob writes what became of a try. It returns false if the token has lost the job.
func endJob(ctx context.Context, tx *store.Tx, id ID, token string, p progress, e ended) (bool, error) {
	uncounted, due, over := 1, e.due, ""
	if e.counted {
		uncounted = 0
	}
	if e.state != Waiting {
		due, over = tx.Now, store.Time(tx.Now)
	}
	res, err := tx.ExecContext(ctx, `
		UPDATE jobs SET state = $3, due_at = $4, ended_at = $5, words = $6, tries = tries - $7,
			steps_done = $8, steps_all = $9, step = $10, taken_by = '', stopping = 0
		WHERE id = $1 AND taken_by = $2 AND state = 'running'`,
		id, token, e.state, store.Time(due), over, e.words, uncounted, p.done, p.total, p.step)
	if err != nil {
		return false, fmt.Errorf("jobs: end %s: %w", id, err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// getEntry reads one job, or returns a Missing fault.
func getEntry(ctx context.Context, tx *store.Tx, id ID) (Entry, error) {
	e, err := readEntry(tx.QueryRowContext(ctx, `SELECT `+entryColumns+` FROM jobs WHERE id = $1`, id))
	if store.Missing(err) {
		return Entry{}, fault.New(fault.Missing, "jobs.missing")
	}
	if err != nil {
		return Entry{}, fmt.Errorf("jobs: get %s: %w", id, err)
	}
	return e, nil
}

func listEntries(ctx context.Context, tx *store.Tx, q Query) ([]Entry, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	list, err := store.List(ctx, tx, readEntry, `
		SELECT `+entryColumns+` FROM jobs
		WHERE ($1 = '' OR state = $1) AND ($2 = '' OR kind = $2) AND ($3 = '' OR id < $3)
		ORDER BY id DESC LIMIT $4`, q.State, q.Kind, q.Before, q.Limit)
	if err != nil {
		return nil, fmt.Errorf("jobs: list: %w", err)
	}
	return list, nil
}

// claimSlot returns whether the slot has come now, and nobody has run it. The
// first slot that is ever seen of a schedule is only remembered.
func claimSlot(ctx context.Context, tx *store.Tx, schedule string, slot time.Time) (bool, error) {
	var last string
	err := tx.QueryRowContext(ctx, `SELECT slot FROM jobs_slots WHERE schedule = $1`, schedule).Scan(&last)
	first := store.Missing(err)
	if err != nil && !first {
		return false, fmt.Errorf("jobs: slot of %s: %w", schedule, err)
	}
	if last >= store.Time(slot) {
		return false, nil
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO jobs_slots (schedule, slot) VALUES ($1, $2)
		ON CONFLICT (schedule) DO UPDATE SET slot = excluded.slot`, schedule, store.Time(slot))
	if err != nil {
		return false, fmt.Errorf("jobs: slot of %s: %w", schedule, err)
	}
	return !first, nil
}

func sweepJobs(ctx context.Context, tx *store.Tx, before time.Time) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM jobs WHERE state IN ('done', 'cancelled') AND ended_at < $1`, store.Time(before))
	if err != nil {
		return fmt.Errorf("jobs: sweep: %w", err)
	}
	return nil
}
