package outcomes

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// upshots counts the judgements that count of the positions, and reads how their
// public cases stand.
func upshots(ctx context.Context, tx *store.Tx, list []positions.Position) (map[voice.PositionID]Upshot, error) {
	var ids []any
	for _, p := range list {
		ids = append(ids, p.Case)
	}
	in := places(len(ids))
	type row struct {
		position voice.PositionID
		verdict  voice.Verdict
	}
	judged, err := store.List(ctx, tx, func(s store.Scanner) (r row, err error) { return r, s.Scan(&r.position, &r.verdict) },
		`SELECT position, verdict FROM judgements WHERE case_id IN (`+in+`) AND newest = 1`, ids...)
	if err != nil {
		return nil, fmt.Errorf("outcomes: upshots: %w", err)
	}
	type standing struct {
		id    voice.CaseID
		state cases.State
	}
	states, err := store.List(ctx, tx, func(s store.Scanner) (r standing, err error) { return r, s.Scan(&r.id, &r.state) },
		`SELECT id, state FROM cases WHERE public = 1 AND id IN (`+in+`)`, ids...)
	if err != nil {
		return nil, fmt.Errorf("outcomes: upshots: %w", err)
	}
	out := map[voice.PositionID]Upshot{}
	for _, p := range list {
		var u Upshot
		for _, j := range judged {
			if j.position == p.ID {
				u.Memory = u.Plus(Judgement{Verdict: j.verdict}.of())
			}
		}
		for _, s := range states {
			if s.id == p.Case {
				u.State = s.state
			}
		}
		u.Open = max(0, p.Proposals-u.Judged())
		out[p.ID] = u
	}
	return out, nil
}

// places are n arguments for a list: "$1, $2, $3".
func places(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "$" + strconv.Itoa(i+1)
	}
	return strings.Join(list, ", ")
}
