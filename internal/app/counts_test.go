package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// stands are what others have counted, decided, signed or been handed: none of it may
// change because somebody is erased.
var stands = []string{
	`SELECT id, state, electors, weight, electorate, seed_hash, voted, result FROM votes`,
	`SELECT vote, no, weight, holder, hash FROM vote_electors`,
	`SELECT vote, receipt, marks, no FROM vote_ballots`,
	`SELECT vote, bits FROM vote_marks`,
	`SELECT vote, id, ord, name FROM vote_candidates`,
	`SELECT id, whole FROM meetings`,
	`SELECT id, meeting, seat, way, votes, counts, protest FROM meeting_attendees`,
	`SELECT id, whole FROM motions`,
	`SELECT motion, attendee, choice, at FROM motion_votes`,
	`SELECT number, on_day, force, whole FROM decisions`,
	`SELECT id, body, term_from, term_until FROM body_seats`,
	`SELECT demand, member, on_day FROM body_signatures`,
	`SELECT id, as_of, organisations, persons, proven, before, token FROM proof_extracts`,
	`SELECT extract, format, hash, size FROM proof_files`,
	`SELECT number, issued, due, total, unpaid, state, reference FROM dues_invoices`,
	`SELECT id, day, kind, amount, invoice FROM dues_ledger`,
	`SELECT consultation, provision, kind, stance, n FROM consult_tallies`,
}

// counted reads all of that.
func counted(ctx context.Context, t *testing.T, h *app.House) map[string]string {
	t.Helper()
	all := map[string]string{}
	if err := h.DB.Read(ctx, func(tx *store.Tx) error {
		for _, query := range stands {
			rows, err := tx.QueryContext(ctx, query+` ORDER BY 1, 2`)
			if err != nil {
				return fmt.Errorf("%s: %w", query, err)
			}
			defer rows.Close()
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			var text strings.Builder
			for rows.Next() {
				values, into := make([]any, len(columns)), make([]any, len(columns))
				for i := range values {
					into[i] = &values[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				fmt.Fprintln(&text, values...)
			}
			if all[query] = text.String(); rows.Err() != nil {
				return rows.Err()
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// Of a person who was called to meetings, voted, stood on extracts and was billed, the
// counts of past votes, the quorum of past meetings, decisions, the chain of extracts
// and the sums of invoices are after the erasure what they were before it.
func TestErase_countsStayTrue(t *testing.T) {
	ctx, h := t.Context(), full(t, "")
	before := counted(ctx, t, h)
	for _, query := range stands {
		if before[query] == "" && !strings.Contains(query, "vote_ballots") && !strings.Contains(query, "proof_files") && !strings.Contains(query, "consult_tallies") {
			t.Errorf("nothing is planted that %s reads", query)
		}
	}
	if _, err := h.Members.Take(ctx, auth.House, "m1", members.Step{Do: members.Leave, Day: civil.Of(h.DB.Now(), h.Config.TimeZone).AddDays(-1)}); err != nil {
		t.Fatal(err)
	}
	if err := h.Own.Erase(ctx, auth.House, "m1"); err != nil {
		t.Fatal(err)
	}
	if err := h.Jobs.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	after := counted(ctx, t, h)
	for _, query := range stands {
		if before[query] != after[query] {
			t.Errorf("%s has changed:\n%s\nwas\n%s", query, after[query], before[query])
		}
	}
}
