package dues

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func listRules(ctx context.Context, tx *store.Tx) (fees.Book, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (r fees.Rule, err error) {
		var counts string
		var least, most, flat int64
		var c money.Currency
		if err := row.Scan(&r.ID, &r.Year, &r.Kind, &r.Category, &r.Way, &r.Rate, &counts, &least, &most, &flat, &c, &r.FirstFree, &r.Basis); err != nil {
			return r, err
		}
		for _, s := range strings.Fields(counts) {
			r.Counts = append(r.Counts, fees.Source(s))
		}
		r.Least, r.Most, r.Flat = money.Of(least, c), money.Of(most, c), money.Of(flat, c)
		return r, nil
	}, `SELECT id, year, kind, category, way, rate, counts, least, most, flat, currency, first_free, basis FROM dues_rules ORDER BY year DESC, kind, category, id DESC`)
	if err != nil {
		return nil, fmt.Errorf("dues: rules: %w", err)
	}
	return list, nil
}

func putRule(ctx context.Context, tx *store.Tx, r fees.Rule, c money.Currency) error {
	var counts []string
	for _, s := range r.Counts {
		counts = append(counts, string(s))
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO dues_rules (id, year, kind, category, way, rate, counts, least, most, flat, currency, first_free, basis)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		r.ID, r.Year, r.Kind, r.Category, r.Way, int64(r.Rate), strings.Join(counts, " "), r.Least.Minor(), r.Most.Minor(), r.Flat.Minor(), c, store.Bit(r.FirstFree), r.Basis)
	if err != nil {
		return fmt.Errorf("dues: put rule: %w", err)
	}
	return nil
}

// ruleUsed reports whether an invoice was made by the rule.
func ruleUsed(ctx context.Context, tx *store.Tx, id string) (used bool, err error) {
	var n int
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM dues_lines WHERE rule = $1 LIMIT 1) one`, id).Scan(&n); err != nil {
		err = fmt.Errorf("dues: rule %s: %w", id, err)
	}
	return n > 0, err
}

func dropRule(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM dues_rules WHERE id = $1`, id); err != nil {
		return fmt.Errorf("dues: drop rule: %w", err)
	}
	return nil
}

func listWaivers(ctx context.Context, tx *store.Tx, where string, args ...any) ([]fees.Waiver, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (w fees.Waiver, err error) {
		return w, row.Scan(&w.Member, &w.Name, &w.Year, &w.Reason, &w.Decision, &w.By)
	}, `SELECT member, name, year, reason, decision, by_name FROM dues_waivers WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("dues: waivers: %w", err)
	}
	return list, nil
}

func putWaiver(ctx context.Context, tx *store.Tx, w fees.Waiver) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO dues_waivers (member, name, year, reason, decision, by_name) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (member, year) DO UPDATE SET name = excluded.name, reason = excluded.reason, decision = excluded.decision, by_name = excluded.by_name`,
		w.Member, w.Name, w.Year, w.Reason, w.Decision, w.By)
	if err != nil {
		return fmt.Errorf("dues: put waiver: %w", err)
	}
	return nil
}

func dropWaiver(ctx context.Context, tx *store.Tx, id members.ID, year int) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM dues_waivers WHERE member = $1 AND year = $2`, id, year); err != nil {
		return fmt.Errorf("dues: drop waiver: %w", err)
	}
	return nil
}

func listSteps(ctx context.Context, tx *store.Tx) (Ladder, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (s Step, err error) {
		var words string
		if err := row.Scan(&s.After, &s.Board, &words); err != nil {
			return s, err
		}
		return s, json.Unmarshal([]byte(words), &s.Words)
	}, `SELECT after_days, board, words FROM dues_steps ORDER BY n`)
	if err != nil {
		return nil, fmt.Errorf("dues: steps: %w", err)
	}
	return list, nil
}

func putSteps(ctx context.Context, tx *store.Tx, l Ladder) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM dues_steps`)
	for i, s := range l {
		var words []byte
		if err == nil {
			words, err = json.Marshal(s.Words)
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO dues_steps (n, after_days, board, words) VALUES ($1, $2, $3, $4)`, i+1, s.After, store.Bit(s.Board), string(words))
		}
	}
	if err != nil {
		return fmt.Errorf("dues: put steps: %w", err)
	}
	return nil
}
