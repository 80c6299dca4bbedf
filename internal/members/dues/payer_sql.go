package dues

import (
	"context"
	"fmt"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const payerColumns = `p.id, p.member, p.name, p.street, p.place, p.email, p.lang, p.tax, p.credit, p.currency, p.revision, (SELECT COUNT(*) FROM dues_pays_for f WHERE f.payer = p.id)`

func readPayer(row store.Scanner) (p Payer, err error) {
	var credit int64
	var c money.Currency
	err = row.Scan(&p.ID, &p.Member, &p.Name, &p.Street, &p.Place, &p.Email, &p.Lang, &p.Tax, &credit, &c, &p.Revision, &p.Pays)
	p.Credit = money.Of(credit, c)
	return p, err
}

func payerWhere(ctx context.Context, tx *store.Tx, where string, args ...any) (Payer, error) {
	p, err := readPayer(tx.QueryRowContext(ctx, `SELECT `+payerColumns+` FROM dues_payers p WHERE `+where, args...))
	switch {
	case store.Missing(err):
		return p, fault.New(fault.Missing, "dues.payer.missing")
	case err != nil:
		return p, fmt.Errorf("dues: payer: %w", err)
	}
	return p, nil
}

func getPayer(ctx context.Context, tx *store.Tx, id PayerID) (Payer, error) {
	return payerWhere(ctx, tx, `p.id = $1`, id)
}

// payerMember is the payer that is the member, or a Missing fault.
func payerMember(ctx context.Context, tx *store.Tx, id members.ID) (Payer, error) {
	return payerWhere(ctx, tx, `p.member = $1 AND p.member <> ''`, id)
}

// putPayer writes a payer; the credit is written by the ledger alone.
func putPayer(ctx context.Context, tx *store.Tx, p Payer, c money.Currency) error {
	key := textkit.SortKey(language.Slovenian, p.Name)
	_, err := tx.ExecContext(ctx, `
		INSERT INTO dues_payers (id, member, name, sort_key, street, place, email, lang, tax, credit, currency, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, sort_key = excluded.sort_key, street = excluded.street, place = excluded.place,
			email = excluded.email, lang = excluded.lang, tax = excluded.tax, revision = excluded.revision`,
		p.ID, p.Member, p.Name, key[:min(len(key), 160)], p.Street, p.Place, p.Email, p.Lang, p.Tax, c, p.Revision)
	if err != nil {
		return fmt.Errorf("dues: put payer %s: %w", p.ID, err)
	}
	return nil
}

func listPayers(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Payer, error) {
	list, err := store.List(ctx, tx, readPayer, `SELECT `+payerColumns+` FROM dues_payers p WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("dues: payers: %w", err)
	}
	return list, nil
}

// paysFor says who pays for members, of those for whom another pays.
func paysFor(ctx context.Context, tx *store.Tx) (map[members.ID]PayerID, error) {
	type pair struct {
		m members.ID
		p PayerID
	}
	list, err := store.List(ctx, tx, func(row store.Scanner) (p pair, err error) { return p, row.Scan(&p.m, &p.p) }, `SELECT member, payer FROM dues_pays_for`)
	if err != nil {
		return nil, fmt.Errorf("dues: who pays: %w", err)
	}
	of := make(map[members.ID]PayerID, len(list))
	for _, p := range list {
		of[p.m] = p.p
	}
	return of, nil
}

// payerOf is who pays for the member; empty if they do themself.
func payerOf(ctx context.Context, tx *store.Tx, id members.ID) (p PayerID, err error) {
	err = tx.QueryRowContext(ctx, `SELECT payer FROM dues_pays_for WHERE member = $1`, id).Scan(&p)
	if err != nil && !store.Missing(err) {
		return "", fmt.Errorf("dues: who pays for %s: %w", id, err)
	}
	return p, nil
}

func paidBy(ctx context.Context, tx *store.Tx, p PayerID) ([]members.ID, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (id members.ID, err error) { return id, row.Scan(&id) }, `SELECT member FROM dues_pays_for WHERE payer = $1 ORDER BY member`, p)
	if err != nil {
		return nil, fmt.Errorf("dues: for whom %s pays: %w", p, err)
	}
	return list, nil
}

func setPayer(ctx context.Context, tx *store.Tx, id members.ID, p PayerID) (err error) {
	if p == "" {
		_, err = tx.ExecContext(ctx, `DELETE FROM dues_pays_for WHERE member = $1`, id)
	} else {
		_, err = tx.ExecContext(ctx, `INSERT INTO dues_pays_for (member, payer) VALUES ($1, $2) ON CONFLICT (member) DO UPDATE SET payer = excluded.payer`, id, p)
	}
	if err != nil {
		return fmt.Errorf("dues: set payer of %s: %w", id, err)
	}
	return nil
}
