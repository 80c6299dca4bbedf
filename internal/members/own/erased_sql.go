package own

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const erasedColumns = `member, email, on_day, reason, by_name, closed, closed_by`

func readErased(row store.Scanner) (e Erasure, err error) {
	var on, closed string
	if err = row.Scan(&e.Member, &e.Email, &on, &e.Reason, &e.By, &closed, &e.ClosedBy); err != nil {
		return e, err
	}
	var e1, e2 error
	e.On, e1 = civil.Parse(on)
	e.Closed, e2 = store.ParseTime(closed)
	return e, errors.Join(e1, e2)
}

func putErased(ctx context.Context, tx *store.Tx, e Erasure) error {
	return exec(ctx, tx, "put erasure", `
		INSERT INTO own_erased (member, email, on_day, reason, by_name, traces) VALUES ($1, $2, $3, $4, $5, '[]')
		ON CONFLICT (member) DO NOTHING`, e.Member, e.Email, e.On.String(), e.Reason, e.By)
}

func closeErased(ctx context.Context, tx *store.Tx, e Erasure) error {
	return exec(ctx, tx, "close erasure", `UPDATE own_erased SET closed = $2, closed_by = $3 WHERE member = $1`, e.Member, store.Time(e.Closed), e.ClosedBy)
}

func getErased(ctx context.Context, tx *store.Tx, id members.ID) (Erasure, error) {
	e, err := readErased(tx.QueryRowContext(ctx, `SELECT `+erasedColumns+` FROM own_erased WHERE member = $1`, id))
	if store.Missing(err) {
		return e, fault.New(fault.Missing, "own.erasure.missing")
	}
	if err != nil {
		return e, failed("erasure", err)
	}
	list := []Erasure{e}
	err = countLeft(ctx, tx, list)
	return list[0], err
}

func listErased(ctx context.Context, tx *store.Tx, after members.ID, limit int) ([]Erasure, error) {
	list, err := store.List(ctx, tx, readErased, `SELECT `+erasedColumns+` FROM own_erased
		WHERE $1 = '' OR (on_day, member) < (SELECT on_day, member FROM own_erased WHERE member = $1) ORDER BY on_day DESC, member DESC LIMIT $2`, after, limit)
	if err != nil {
		return nil, failed("erasures", err)
	}
	return list, countLeft(ctx, tx, list)
}

// countLeft fills in how many rows named each, and in which tables some are open.
func countLeft(ctx context.Context, tx *store.Tx, list []Erasure) error {
	type count struct {
		member members.ID
		place  string
		state  HitState
		n      int
	}
	if len(list) == 0 {
		return nil
	}
	one := members.ID("")
	if len(list) == 1 {
		one = list[0].Member
	}
	counts, err := store.List(ctx, tx, func(row store.Scanner) (c count, err error) { return c, row.Scan(&c.member, &c.place, &c.state, &c.n) },
		`SELECT member, place, state, COUNT(*) FROM own_traces WHERE $1 = '' OR member = $1 GROUP BY member, place, state ORDER BY member, place, state`, one)
	if err != nil {
		return failed("traces", err)
	}
	at := map[members.ID]*Erasure{}
	for i := range list {
		list[i].Left = map[HitState]int{}
		at[list[i].Member] = &list[i]
	}
	for _, c := range counts {
		e := at[c.member]
		if e == nil {
			continue
		}
		if e.Left[c.state] += c.n; c.state == HitOpen {
			e.Traces = append(e.Traces, store.Trace{Table: c.place, Rows: c.n})
		}
	}
	return nil
}

const hitColumns = `id, member, spots, state, reason, by_name, settled`

func readHit(row store.Scanner) (h Hit, err error) {
	var spots, settled string
	if err = row.Scan(&h.ID, &h.Member, &spots, &h.State, &h.Reason, &h.By, &settled); err != nil {
		return h, err
	}
	h.Settled, err = store.ParseTime(settled)
	return h, errors.Join(err, json.Unmarshal([]byte(spots), &h.Find))
}

func putHit(ctx context.Context, tx *store.Tx, h Hit) error {
	spots, err := json.Marshal(h.Find)
	if err != nil {
		return failed("put hit", err)
	}
	return exec(ctx, tx, "put hit", `
		INSERT INTO own_traces (id, member, place, spots, state, reason, by_name, settled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, reason = excluded.reason, by_name = excluded.by_name, settled = excluded.settled`,
		h.ID, h.Member, h.Table, string(spots), h.State, h.Reason, h.By, store.Time(h.Settled))
}

func getHit(ctx context.Context, tx *store.Tx, id members.ID, hit string) (Hit, error) {
	h, err := readHit(tx.QueryRowContext(ctx, `SELECT `+hitColumns+` FROM own_traces WHERE id = $1 AND member = $2`, hit, id))
	if store.Missing(err) {
		return h, fault.New(fault.Missing, "own.hit.missing")
	}
	return h, failed("hit", err)
}

func listHits(ctx context.Context, tx *store.Tx, id members.ID, s HitState, limit int) ([]Hit, error) {
	list, err := store.List(ctx, tx, readHit, `SELECT `+hitColumns+` FROM own_traces WHERE member = $1 AND ($2 = '' OR state = $2) ORDER BY place, id LIMIT $3`, id, s, limit)
	return list, failed("hits", err)
}

// struckRows are the rows that were blacked out.
func struckRows(ctx context.Context, tx *store.Tx, id members.ID) ([]Row, error) {
	list, err := listHits(ctx, tx, id, Struck, 100_000)
	var rows []Row
	for _, h := range list {
		rows = append(rows, Row{h.Table, h.Key})
	}
	return rows, err
}
