package ballots

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// makeUrn writes the empty urn of a vote that opens: its key, its cells, no marks.
func (d *Desk) makeUrn(ctx context.Context, tx *store.Tx, v Vote, options int) error {
	secret, half := newUrnKey(), newUrnKey()
	ref, err := d.Files.Put(ctx, bytes.NewReader(half), int64(len(half)))
	if err != nil {
		return fmt.Errorf("ballots: urn of %s: %w", v.ID, err)
	}
	k := secret.with(half)
	if _, err := tx.ExecContext(ctx, `INSERT INTO fleeting_urn_keys (vote, secret, half) VALUES ($1, $2, $3)`, v.ID, secret.String(), ref.Hash); err != nil {
		return fmt.Errorf("ballots: urn of %s: %w", v.ID, err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO vote_marks (vote, bits) VALUES ($1, $2)`, v.ID, newMarks(v.Electors).String()); err != nil {
		return fmt.Errorf("ballots: urn of %s: %w", v.ID, err)
	}
	for cell := range cells(v.Weight) {
		sealed, err := k.seal(place(v.ID, cell), []leaf{}, options)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO vote_urns (vote, cell, sealed) VALUES ($1, $2, $3)`, v.ID, cell, sealed); err != nil {
			return fmt.Errorf("ballots: urn of %s: %w", v.ID, err)
		}
	}
	return nil
}

// keyOf reads what opens the urn, or returns errNoKey.
func (d *Desk) keyOf(ctx context.Context, tx *store.Tx, id ID) (urnKey, error) {
	var text, half string
	err := tx.QueryRowContext(ctx, `SELECT secret, half FROM fleeting_urn_keys WHERE vote = $1`, id).Scan(&text, &half)
	if store.Missing(err) || err == nil && text == deadKey {
		return nil, errNoKey
	}
	if err != nil {
		return nil, fmt.Errorf("ballots: key of %s: %w", id, err)
	}
	secret, err := readUrnKey(text)
	if err != nil || half == "" {
		return secret, err
	}
	other, err := d.half(ctx, half)
	return secret.with(other), err
}

// half reads the half of a key that is kept as a file, once for all casts.
func (d *Desk) half(ctx context.Context, name string) (urnKey, error) {
	d.mu.Lock()
	half := d.halves[name]
	d.mu.Unlock()
	if half != nil {
		return half, nil
	}
	f, err := d.Files.Open(ctx, name)
	if fault.Is(err, fault.Missing) {
		return nil, errNoKey
	}
	if err != nil {
		return nil, fmt.Errorf("ballots: half of a key: %w", err)
	}
	defer f.Close()
	if half, err = io.ReadAll(io.LimitReader(f, 33)); err != nil || len(half) != 32 {
		return nil, errors.Join(errNoKey, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.halves[name] = half
	return half, nil
}

func getMarks(ctx context.Context, tx *store.Tx, v Vote) (marks, error) {
	var text string
	if err := tx.QueryRowContext(ctx, `SELECT bits FROM vote_marks WHERE vote = $1`, v.ID).Scan(&text); err != nil {
		return nil, fmt.Errorf("ballots: marks of %s: %w", v.ID, err)
	}
	return readMarks(text, v.Electors)
}

func setMarks(ctx context.Context, tx *store.Tx, id ID, m marks) error {
	if _, err := tx.ExecContext(ctx, `UPDATE vote_marks SET bits = $2 WHERE vote = $1`, id, m.String()); err != nil {
		return fmt.Errorf("ballots: marks of %s: %w", id, err)
	}
	return nil
}

func getCell(ctx context.Context, tx *store.Tx, k urnKey, id ID, cell int) ([]leaf, error) {
	var sealed string
	if err := tx.QueryRowContext(ctx, `SELECT sealed FROM vote_urns WHERE vote = $1 AND cell = $2`, id, cell).Scan(&sealed); err != nil {
		return nil, fmt.Errorf("ballots: cell %s: %w", place(id, cell), err)
	}
	return k.open(place(id, cell), sealed)
}

func setCell(ctx context.Context, tx *store.Tx, k urnKey, id ID, cell int, papers []leaf, options int) error {
	sealed, err := k.seal(place(id, cell), papers, options)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE vote_urns SET sealed = $3 WHERE vote = $1 AND cell = $2`, id, cell, sealed); err != nil {
		return fmt.Errorf("ballots: cell %s: %w", place(id, cell), err)
	}
	return nil
}

// allPapers opens the whole urn.
func allPapers(ctx context.Context, tx *store.Tx, k urnKey, v Vote) (all []leaf, err error) {
	for cell := range cells(v.Weight) {
		papers, err := getCell(ctx, tx, k, v.ID, cell)
		if err != nil {
			return nil, err
		}
		all = append(all, papers...)
	}
	return all, nil
}

// deadKey stands where the key of an urn was, until the database has given up the key.
var deadKey = strings.Repeat("0", 64)

// breakUrn takes out the urn, the links, and how electors were reached, and writes over what opens it.
// The marks are written out anew, so that nothing tells when the last was made.
func breakUrn(ctx context.Context, tx *store.Tx, id ID, m marks) error {
	for _, statement := range []string{
		`UPDATE fleeting_urn_keys SET secret = '` + deadKey + `' WHERE vote = $1`,
		`DELETE FROM vote_urns WHERE vote = $1`,
		`DELETE FROM vote_marks WHERE vote = $1`,
		`UPDATE vote_electors SET person = '', email = '', lang = '' WHERE vote = $1`,
	} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return fmt.Errorf("ballots: break the urn of %s: %w", id, err)
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO vote_marks (vote, bits) VALUES ($1, $2)`, id, m.String()); err != nil {
		return fmt.Errorf("ballots: marks of %s: %w", id, err)
	}
	return dropKeys(ctx, tx, id, 0)
}

// dead are the halves of keys that were written over, which the database may still keep.
func dead(ctx context.Context, tx *store.Tx) ([]string, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (half string, err error) { return half, row.Scan(&half) }, `SELECT half FROM fleeting_urn_keys WHERE secret = $1`, deadKey)
	if err != nil {
		return nil, fmt.Errorf("ballots: dead keys: %w", err)
	}
	return list, nil
}

func dropDead(ctx context.Context, tx *store.Tx) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM fleeting_urn_keys WHERE secret = $1`, deadKey); err != nil {
		return fmt.Errorf("ballots: dead keys: %w", err)
	}
	return nil
}

// addBallots writes the ballots of a vote that is over, in the order of their
// receipts.
func addBallots(ctx context.Context, tx *store.Tx, id ID, papers []leaf) error {
	slices.SortFunc(papers, func(a, b leaf) int { return strings.Compare(a.Receipt, b.Receipt) })
	for some := range slices.Chunk(papers, 200) {
		var rows []string
		var args []any
		for _, p := range some {
			n := len(args)
			args = append(args, id, p.Receipt, writeJSON(p.Marks), p.No)
			rows = append(rows, fmt.Sprintf("($%d, $%d, $%d, $%d)", n+1, n+2, n+3, n+4))
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO vote_ballots (vote, receipt, marks, no) VALUES `+strings.Join(rows, ", "), args...); err != nil {
			return fmt.Errorf("ballots: ballots of %s: %w", id, err)
		}
	}
	return nil
}

// ballotsOf reads ballots after a receipt, in the order of receipts.
func ballotsOf(ctx context.Context, tx *store.Tx, id ID, after string, limit int) ([]leaf, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (p leaf, err error) {
		var text string
		if err := row.Scan(&p.Receipt, &text, &p.No); err != nil {
			return p, err
		}
		return p, json.Unmarshal([]byte(text), &p.Marks)
	}, `SELECT receipt, marks, no FROM vote_ballots WHERE vote = $1 AND receipt > $2 ORDER BY receipt LIMIT $3`, id, after, limit)
	if err != nil {
		return nil, fmt.Errorf("ballots: ballots of %s: %w", id, err)
	}
	return list, nil
}
