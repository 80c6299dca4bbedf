package outcomesweb

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// fill has so many judgements in cases of five each, public every second, over
// twelve years and eight authorities, and the numbers that belong to them.
func (h *house) fill(n int) {
	h.t.Helper()
	ctx := h.t.Context()
	for from := 0; from < n; from += 10_000 {
		err := h.db.Write(ctx, func(tx *store.Tx) error {
			for i := from; i < min(n, from+10_000); i++ {
				id := fmt.Sprintf("1999-%06d", i/5)
				year, body, verdict := 2015+i/5%12, fmt.Sprintf("body_%d", i/5%8), voice.Verdicts()[i%4]
				if i%5 == 0 {
					if err := copyCase(h, tx, id, i/5%2); err != nil {
						return err
					}
				}
				_, err := tx.ExecContext(ctx, `
					INSERT INTO judgements SELECT $1, $1, 1, version, position, edition, $2, number, title, cite, text_is, text_on, body, $3, passage, passage_is,
						lang, text, marks, note, suggested, score, evidence, judged_by, judged_is, judged_on, 1 FROM judgements WHERE case_id = $4 LIMIT 1`,
					fmt.Sprintf("j%d", i), id, verdict, h.id)
				if err != nil {
					return err
				}
				for _, of := range []string{"", id} {
					_, err := tx.ExecContext(ctx, `
						INSERT INTO outcome_counts VALUES ($1, $2, $3, 1, 0, 0, 0, 0, 1, 1, 0, 9000)
						ON CONFLICT (case_id, year, body) DO UPDATE SET taken = outcome_counts.taken + 1, deliveries = outcome_counts.deliveries + 1`, of, year, body)
					if err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

// copyCase makes a case like the one of the house.
func copyCase(h *house, tx *store.Tx, id string, public int) error {
	columns := `title, short, kind, variant, lead, proposer, body, eva, epa, sop, code, act, state, owner, owner_is, opened, changed, revision, next_key,
		next_label, next_due, next_force, comments, proposals, taken, partly, members, position_now, words, texts, contacts, evidence, claimed, breach, breach_on,
		ruled, ruled_why, ruled_by, ruled_on`
	_, err := tx.ExecContext(h.t.Context(), `INSERT INTO cases (id, public, `+columns+`) SELECT $1, CAST($2 AS BIGINT), `+columns+` FROM cases WHERE id = $3`, id, public, h.id)
	return err
}

// The pages of a case and of memory cost the same however much was judged.
func BenchmarkPages(b *testing.B) {
	for _, n := range []int{50_000, 500_000} {
		h := newHouse(b)
		h.judgeAll()
		h.fill(n)
		for _, page := range []struct {
			name, path string
			who        auth.Actor
		}{
			{"ledger", h.path("/uptake"), neza}, {"judge", h.path("/uptake/" + string(h.proposals[0].ID) + "?text=" + string(h.v2)), neza},
			{"memory", "/uptake", neza}, {"memory-all", "/uptake?year=all", neza}, {"memory-public", "/uptake?year=all", nobody}, {"delivered", h.path("/delivered"), neza},
		} {
			b.Run(fmt.Sprintf("%s-%dk", page.name, n/1000), func(b *testing.B) {
				h.who = page.who
				for b.Loop() {
					if w := h.ask(httptest.NewRequest("GET", page.path, nil)); w.Code != http.StatusOK {
						b.Fatal(w.Code, w.Body.String())
					}
				}
			})
		}
		b.Run(fmt.Sprintf("memory-public-first-%dk", n/1000), func(b *testing.B) {
			h.who = nobody
			for i := 0; b.Loop(); i++ {
				h.now = h.now.AddDate(0, 0, 1)
				if w := h.ask(httptest.NewRequest("GET", "/uptake?year=all", nil)); w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
