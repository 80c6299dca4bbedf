package dues

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// standing is what is owed of a year, what of it is late, and the credit of all payers.
func standing(ctx context.Context, tx *store.Tx, year int, day civil.Date) (owed, late, credit int64, err error) {
	err = tx.QueryRowContext(ctx, `
		SELECT (SELECT CAST(COALESCE(SUM(unpaid), 0) AS BIGINT) FROM dues_invoices WHERE year = $1 AND unpaid > 0),
		       (SELECT CAST(COALESCE(SUM(unpaid), 0) AS BIGINT) FROM dues_invoices WHERE year = $1 AND unpaid > 0 AND due < $2),
		       (SELECT CAST(COALESCE(SUM(credit), 0) AS BIGINT) FROM dues_payers)`, year, day.String()).Scan(&owed, &late, &credit)
	if err != nil {
		err = fmt.Errorf("dues: how %d stands: %w", year, err)
	}
	return owed, late, credit, err
}

// ageing adds up what each payer owes; total is that of all.
func ageing(ctx context.Context, tx *store.Tx, today civil.Date, total *Ages) ([]Ages, error) {
	type one struct {
		payer Payer
		due   civil.Date
		open  money.Amount
	}
	list, err := store.List(ctx, tx, func(row store.Scanner) (o one, err error) {
		var due string
		var open int64
		var c money.Currency
		if err := row.Scan(&o.payer.ID, &o.payer.Name, &due, &open, &c); err != nil {
			return o, err
		}
		o.open = money.Of(open, c)
		o.due, err = civil.Parse(due)
		return o, err
	}, `SELECT payer, payer_name, due, unpaid, currency FROM dues_invoices WHERE unpaid > 0 ORDER BY due, number`)
	if err != nil {
		return nil, fmt.Errorf("dues: ageing: %w", err)
	}
	at := map[PayerID]int{}
	var all []Ages
	for _, o := range list {
		i, ok := at[o.payer.ID]
		if !ok {
			i = len(all)
			at[o.payer.ID], all = i, append(all, Ages{Payer: o.payer})
		}
		all[i].note(o.open, o.due, today)
		total.note(o.open, o.due, today)
	}
	slices.SortStableFunc(all, func(a, b Ages) int { return int(min(1, max(-1, b.Total.Minor()-a.Total.Minor()))) })
	return all, nil
}

// weights are the flags, of which the last counts if a member has several invoices.
var weights = []Flag{FlagNone, FlagWaived, FlagPaid, FlagOpen, FlagOwes}

// flags say of some members how they stand with the dues of a year.
func flags(ctx context.Context, tx *store.Tx, year int, day civil.Date, ids []members.ID) (map[members.ID]Flag, error) {
	of := make(map[members.ID]Flag, len(ids))
	for some := range slices.Chunk(ids, 500) {
		args, signs := []any{year}, []string{}
		for _, id := range some {
			of[id] = FlagNone
			args = append(args, id)
			signs = append(signs, fmt.Sprintf("$%d", len(args)))
		}
		in := strings.Join(signs, ", ")
		type flag struct {
			id    members.ID
			state State
			due   string
		}
		list, err := store.List(ctx, tx, func(row store.Scanner) (f flag, err error) { return f, row.Scan(&f.id, &f.state, &f.due) }, `
			SELECT l.member, i.state, i.due FROM dues_lines l JOIN dues_invoices i ON i.id = l.invoice WHERE l.year = $1 AND l.member IN (`+in+`)
			UNION ALL SELECT member, 'waived', '' FROM dues_waivers WHERE year = $1 AND member IN (`+in+`)`, args...)
		if err != nil {
			return nil, fmt.Errorf("dues: flags: %w", err)
		}
		for _, f := range list {
			flag := map[State]Flag{"waived": FlagWaived, WrittenOff: FlagWaived, Open: FlagOpen, Paid: FlagPaid}[f.state]
			if f.state == Open && f.due < day.String() {
				flag = FlagOwes
			}
			if slices.Index(weights, flag) > slices.Index(weights, of[f.id]) {
				of[f.id] = flag
			}
		}
	}
	return of, nil
}

// held are what is kept about a member, in places of which each keeps.
var held = []string{
	`dues_lines WHERE member`, `dues_declarations WHERE member`, `dues_waivers WHERE member`, `dues_payers WHERE member`,
}

func holds(ctx context.Context, tx *store.Tx, id members.ID) (bool, error) {
	for _, place := range held {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM `+place+` = $1 LIMIT 1) one`, id).Scan(&n); err != nil {
			return false, fmt.Errorf("dues: holds %s: %w", id, err)
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, nil
}

// merge makes what is kept about one member be about the other. Where both have the
// like, that of the other stays.
func merge(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	return execAll(ctx, tx, from, to,
		`UPDATE dues_lines SET member = $2 WHERE member = $1`,
		`UPDATE dues_charges SET member = $2 WHERE member = $1`,
		`UPDATE dues_declarations SET newest = 0 WHERE member = $1 AND newest = 1 AND year IN (SELECT year FROM dues_declarations WHERE member = $2 AND newest = 1)`,
		`UPDATE dues_declarations SET member = $2 WHERE member = $1`,
		`DELETE FROM dues_waivers WHERE member = $1 AND year IN (SELECT year FROM dues_waivers WHERE member = $2)`,
		`UPDATE dues_waivers SET member = $2 WHERE member = $1`,
		`DELETE FROM dues_asked WHERE member = $1 AND year IN (SELECT year FROM dues_asked WHERE member = $2)`,
		`UPDATE dues_asked SET member = $2 WHERE member = $1`,
		`UPDATE dues_keys SET member = $2 WHERE member = $1`,
		`DELETE FROM dues_pays_for WHERE member = $1 AND EXISTS (SELECT 1 FROM dues_pays_for WHERE member = $2)`,
		`UPDATE dues_pays_for SET member = $2 WHERE member = $1`,
		`UPDATE dues_payers SET member = $2 WHERE member = $1`,
		`DELETE FROM dues_pays_for WHERE member = $2 AND $1 <> '' AND payer IN (SELECT id FROM dues_payers WHERE member = $2)`,
		`UPDATE dues_charges SET payer = COALESCE((SELECT id FROM dues_payers WHERE member = $2), 'm:' || $2) WHERE invoice = '' AND payer IN ('m:' || $1, 'm:' || $2)`,
	)
}

// mergePayers makes one payer of two, in one currency: all that is the one's is the
// other's, with the credit that comes of it.
func mergePayers(ctx context.Context, tx *store.Tx, from, to PayerID) error {
	return execAll(ctx, tx, from, to,
		`UPDATE dues_payers SET credit = credit + (SELECT credit FROM dues_payers WHERE id = $1) WHERE id = $2`,
		`UPDATE dues_invoices SET payer = $2 WHERE payer = $1`,
		`UPDATE dues_ledger SET payer = $2 WHERE payer = $1`,
		`UPDATE dues_payments SET payer = $2 WHERE payer = $1`,
		`UPDATE dues_pays_for SET payer = $2 WHERE payer = $1`,
		`UPDATE dues_charges SET payer = $2 WHERE payer = $1`,
		`DELETE FROM dues_payers WHERE id = $1 AND $2 <> ''`,
	)
}

// erase takes the name, the address and the account of a member out. Numbers, sums and
// days stay: the books must. Those for whom they paid pay for themselves from now on.
func erase(ctx context.Context, tx *store.Tx, id members.ID, name string) error {
	return execAll(ctx, tx, id, name,
		`UPDATE dues_lines SET name = $2 WHERE member = $1`,
		`UPDATE dues_charges SET name = $2 WHERE member = $1`,
		`UPDATE dues_charges SET payer = 'm:' || member, pays = '' WHERE invoice = '' AND payer IN (SELECT id FROM dues_payers WHERE member = $1) AND $2 <> ''`,
		`UPDATE dues_charges SET pays = $2 WHERE payer IN (SELECT id FROM dues_payers WHERE member = $1)`,
		`DELETE FROM dues_pays_for WHERE (member = $1 OR payer IN (SELECT id FROM dues_payers WHERE member = $1)) AND $2 <> ''`,
		`UPDATE dues_declarations SET name = $2, note = '', by_name = CASE WHEN via = 'office' THEN by_name ELSE $2 END WHERE member = $1`,
		`UPDATE dues_waivers SET name = $2, reason = '' WHERE member = $1`,
		`UPDATE dues_payments SET name = $2, iban = '', purpose = '' WHERE payer IN (SELECT id FROM dues_payers WHERE member = $1)`,
		`UPDATE dues_ledger SET reason = '' WHERE payer IN (SELECT id FROM dues_payers WHERE member = $1) AND $2 <> ''`,
		`DELETE FROM dues_keys WHERE member = $1 AND $2 <> ''`,
	)
}

// execAll does the statements one after another, each with both arguments.
func execAll(ctx context.Context, tx *store.Tx, a, b any, statements ...string) error {
	for _, s := range statements {
		if _, err := tx.ExecContext(ctx, s, a, b); err != nil {
			return fmt.Errorf("dues: of %s: %w", a, err)
		}
	}
	return nil
}

// refreeze writes what an invoice shows of its payer, when they are erased; its paper
// is made anew when it is asked for.
func refreeze(ctx context.Context, tx *store.Tx, i Invoice) error {
	whole, err := i.freeze()
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE dues_invoices SET payer_name = $2, found_by = $4, frozen = $3, paper = '', reason = '' WHERE id = $1`, i.ID, i.Payer.Name, whole, i.foundBy())
	}
	if err != nil {
		return fmt.Errorf("dues: refreeze %s: %w", i.ID, err)
	}
	return nil
}
