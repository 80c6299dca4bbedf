package positions

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const positionColumns = `id, version, case_id, title, lead, stage, newer, mandate, asked, approve_by, deliver_by, public, revision,
	changed, proposals, behind, frozen_at, frozen_by, hash`

// What stands in the column newer.
const (
	newest       = 0 // there is no newer version
	newerOpen    = 1 // one is in the making
	newerIsFixed = 2 // one is frozen
)

func readPosition(row store.Scanner) (p Position, err error) {
	var mandate, asked, approve, deliver, changed, behind, frozen string
	var newer, public int
	err = row.Scan(&p.ID, &p.Version, &p.Case, &p.Title, &p.Lead, &p.Stage, &newer, &mandate, &asked, &approve, &deliver, &public,
		&p.Revision, &changed, &p.Proposals, &behind, &frozen, &p.FrozenBy, &p.Hash)
	if err != nil {
		return p, err
	}
	p.Public = public != 0
	if p.Stage == Frozen && newer == newerIsFixed {
		p.Stage = Superseded
	}
	var e1, e2, e3, e4 error
	p.ApproveBy, e1 = civil.Parse(approve)
	p.DeliverBy, e2 = civil.Parse(deliver)
	p.Changed, e3 = store.ParseTime(changed)
	p.FrozenAt, e4 = store.ParseTime(frozen)
	return p, errors.Join(e1, e2, e3, e4,
		json.Unmarshal([]byte(mandate), &p.Mandate), json.Unmarshal([]byte(asked), &p.Asked), json.Unmarshal([]byte(behind), &p.Behind))
}

// putPosition writes p, over the version that is there unless it is frozen: then
// it is a Conflict, whoever asks.
func putPosition(ctx context.Context, tx *store.Tx, p Position) error {
	mandate, e1 := json.Marshal(p.Mandate)
	asked, e2 := json.Marshal(p.Asked)
	behind, e3 := json.Marshal(p.Behind)
	err := errors.Join(e1, e2, e3)
	var n int64
	if err == nil {
		var res sql.Result
		res, err = tx.ExecContext(ctx, `
			INSERT INTO positions (`+positionColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
			ON CONFLICT (id, version) DO UPDATE SET
				title = excluded.title, lead = excluded.lead, stage = excluded.stage, mandate = excluded.mandate, asked = excluded.asked,
				approve_by = excluded.approve_by, deliver_by = excluded.deliver_by, public = excluded.public,
				revision = excluded.revision, changed = excluded.changed, proposals = excluded.proposals, behind = excluded.behind,
				frozen_at = excluded.frozen_at, frozen_by = excluded.frozen_by, hash = excluded.hash
			WHERE positions.stage <> 'frozen'`,
			p.ID, p.Version, p.Case, p.Title, p.Lead, p.Stage, string(mandate), string(asked), p.ApproveBy.String(), p.DeliverBy.String(),
			store.Bit(p.Public), p.Revision, store.Time(p.Changed), p.Proposals, string(behind), store.Time(p.FrozenAt), p.FrozenBy, p.Hash)
		if err == nil {
			n, err = res.RowsAffected()
		}
	}
	if err != nil {
		return fmt.Errorf("positions: put %s: %w", p.Label(), err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "positions.frozen")
	}
	return nil
}

// getPosition reads a version, or the newest if version is 0.
func getPosition(ctx context.Context, tx *store.Tx, id voice.PositionID, version int) (Position, error) {
	p, err := readPosition(tx.QueryRowContext(ctx, `
		SELECT `+positionColumns+` FROM positions WHERE id = $1 AND ($2 = 0 OR version = $2) ORDER BY version DESC LIMIT 1`, id, version))
	return p, missingPosition(err)
}

// newestFirst sorts positions by year and number: as text, the hundredth of a year
// would stand before the 99th.
const newestFirst = `SUBSTR(id, 1, 4) DESC, LENGTH(id) DESC, id DESC, version DESC`

// currentPosition reads the newest version of the newest position of a case.
func currentPosition(ctx context.Context, tx *store.Tx, id voice.CaseID) (Position, error) {
	p, err := readPosition(tx.QueryRowContext(ctx, `
		SELECT `+positionColumns+` FROM positions WHERE case_id = $1 ORDER BY `+newestFirst+` LIMIT 1`, id))
	return p, missingPosition(err)
}

func missingPosition(err error) error {
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.Missing, "positions.missing")
	case err != nil:
		return fmt.Errorf("positions: get: %w", err)
	}
	return nil
}

// listVersions reads all versions of the positions of a case, newest first.
func listVersions(ctx context.Context, tx *store.Tx, id voice.CaseID) ([]Position, error) {
	list, err := store.List(ctx, tx, readPosition, `
		SELECT `+positionColumns+` FROM positions WHERE case_id = $1 ORDER BY `+newestFirst, id)
	if err != nil {
		return nil, fmt.Errorf("positions: versions of %s: %w", id, err)
	}
	return list, nil
}

// listNewest reads a page of the newest version of each position, newest first.
func listNewest(ctx context.Context, tx *store.Tx, before voice.PositionID, limit int) ([]Position, error) {
	list, err := store.List(ctx, tx, readPosition, `
		SELECT `+positionColumns+` FROM positions WHERE newer = 0 AND ($1 = '' OR id < $1) ORDER BY id DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("positions: list: %w", err)
	}
	return list, nil
}

// listPublic reads a page of the frozen versions that anyone may read, newest
// first; those that a newer frozen version took the place of are left out.
func listPublic(ctx context.Context, tx *store.Tx, before string, limit int) ([]Position, error) {
	list, err := store.List(ctx, tx, readPosition, `
		SELECT `+positionColumns+` FROM positions
		WHERE public = 1 AND stage = 'frozen' AND newer <> 2 AND ($1 = '' OR frozen_at < $1)
		ORDER BY frozen_at DESC, id DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("positions: public: %w", err)
	}
	return list, nil
}

// setNewer tells the versions before one that it is there, or that it is frozen.
func setNewer(ctx context.Context, tx *store.Tx, p Position, how int) error {
	_, err := tx.ExecContext(ctx, `UPDATE positions SET newer = $3 WHERE id = $1 AND version < $2 AND newer < $3`, p.ID, p.Version, how)
	if err != nil {
		return fmt.Errorf("positions: newer than %s: %w", p.Label(), err)
	}
	return nil
}

// setPublic says for all versions who may read them; it is no part of what is
// frozen.
func setPublic(ctx context.Context, tx *store.Tx, id voice.PositionID, public bool) error {
	if _, err := tx.ExecContext(ctx, `UPDATE positions SET public = $2 WHERE id = $1`, id, store.Bit(public)); err != nil {
		return fmt.Errorf("positions: public %s: %w", id, err)
	}
	return nil
}

// nextPosition is the first free number of the year.
func nextPosition(ctx context.Context, tx *store.Tx, year int) (voice.PositionID, error) {
	var last int
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(CAST(SUBSTR(id, 6) AS BIGINT)), 0) FROM positions WHERE id > $1 AND id < $2`,
		fmt.Sprintf("%04d-", year), fmt.Sprintf("%04d-", year+1)).Scan(&last)
	if err != nil {
		return "", fmt.Errorf("positions: next number: %w", err)
	}
	return voice.PositionID(fmt.Sprintf("%04d-%02d", year, last+1)), nil
}

// putFrozen keeps the text of a frozen version. There is no statement that
// changes one: a second is refused by the key.
func putFrozen(ctx context.Context, tx *store.Tx, p Position, whole []byte) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO position_frozen (id, version, hash, whole) VALUES ($1, $2, $3, $4)`, p.ID, p.Version, p.Hash, string(whole))
	switch {
	case store.Taken(err):
		return fault.New(fault.Conflict, "positions.frozen")
	case err != nil:
		return fmt.Errorf("positions: freeze %s: %w", p.Label(), err)
	}
	return nil
}

// getFrozen reads the text of a frozen version and its hash.
func getFrozen(ctx context.Context, tx *store.Tx, id voice.PositionID, version int) (whole, hash string, err error) {
	err = tx.QueryRowContext(ctx, `SELECT whole, hash FROM position_frozen WHERE id = $1 AND version = $2`, id, version).Scan(&whole, &hash)
	return whole, hash, missingPosition(err)
}
