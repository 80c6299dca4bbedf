package outcomes

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// A count is how the numbers of one case, year and authority change. Since is the
// sum of the day numbers on which those deliveries went out that wait: with it,
// their days of silence until any day are one subtraction.
type count struct {
	Memory
	since int
}

// dayNumber counts days from a fixed day.
func dayNumber(d civil.Date) int { return d.Sub(civil.On(2000, 1, 1)) }

// minus takes back what was counted before.
func (c count) minus() count {
	return count{Memory{
		-c.Taken, -c.Partly, -c.Not, -c.Silence, -c.Open, -c.WithFigure, -c.Deliveries, -c.Unanswered, -c.Waited,
	}, -c.since}
}

// house is the case under which the numbers of all cases are summed.
const house voice.CaseID = ""

// bump changes the numbers of a case, and those of the house.
func bump(ctx context.Context, tx *store.Tx, id voice.CaseID, year int, body string, c count) error {
	for _, of := range []voice.CaseID{house, id} {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO outcome_counts (case_id, year, body, taken, partly, refused, silence, figures, deliveries, unanswered, waited, since)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
			ON CONFLICT (case_id, year, body) DO UPDATE SET
				taken = outcome_counts.taken + excluded.taken, partly = outcome_counts.partly + excluded.partly,
				refused = outcome_counts.refused + excluded.refused, silence = outcome_counts.silence + excluded.silence,
				figures = outcome_counts.figures + excluded.figures, deliveries = outcome_counts.deliveries + excluded.deliveries,
				unanswered = outcome_counts.unanswered + excluded.unanswered, waited = outcome_counts.waited + excluded.waited,
				since = outcome_counts.since + excluded.since`,
			of, year, body, c.Taken, c.Partly, c.Not, c.Silence, c.WithFigure, c.Deliveries, c.Unanswered, c.Waited, c.since)
		if err != nil {
			return fmt.Errorf("outcomes: count %s: %w", id, err)
		}
	}
	return nil
}

// counted reads rows of numbers as they stand today.
func counted(ctx context.Context, tx *store.Tx, today civil.Date, query string, args ...any) ([]Row, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (r Row, err error) {
		var since int
		err = row.Scan(&r.Year, &r.Body, &r.Taken, &r.Partly, &r.Not, &r.Silence, &r.WithFigure, &r.Deliveries, &r.Unanswered, &r.Waited, &since)
		r.Waited += r.Unanswered*dayNumber(today) - since
		return r, err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("outcomes: memory: %w", err)
	}
	return list, nil
}

const sums = `SELECT k.year, k.body, CAST(SUM(k.taken) AS BIGINT), CAST(SUM(k.partly) AS BIGINT), CAST(SUM(k.refused) AS BIGINT),
	CAST(SUM(k.silence) AS BIGINT), CAST(SUM(k.figures) AS BIGINT), CAST(SUM(k.deliveries) AS BIGINT), CAST(SUM(k.unanswered) AS BIGINT),
	CAST(SUM(k.waited) AS BIGINT), CAST(SUM(k.since) AS BIGINT) FROM outcome_counts k `

// ofCase reads the numbers of one case, or of the house, the newest year first.
func ofCase(ctx context.Context, tx *store.Tx, id voice.CaseID, today civil.Date) ([]Row, error) {
	return counted(ctx, tx, today, sums+`WHERE k.case_id = $1 GROUP BY k.year, k.body ORDER BY k.year DESC, k.body`, id)
}

// ofPublic reads the numbers of all public cases, the newest year first.
func ofPublic(ctx context.Context, tx *store.Tx, today civil.Date) ([]Row, error) {
	return counted(ctx, tx, today, sums+`JOIN cases c ON c.id = k.case_id WHERE c.public = 1 GROUP BY k.year, k.body ORDER BY k.year DESC, k.body`)
}
