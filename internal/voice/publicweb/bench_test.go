package publicweb

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
)

// crowd copies what a filled house has: each case, its events, consultations,
// positions and judgements, ten thousand times. Every second copy is not public.
const crowd = `
	WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
	INSERT INTO cases (id, title, short, kind, variant, lead, proposer, body, eva, epa, sop, code, act, state, public, owner, owner_is, opened, changed,
		revision, next_key, next_label, next_due, next_force, comments, proposals, taken, partly, members, position_now, words, texts, contacts, evidence,
		claimed, breach, breach_on, ruled, ruled_why, ruled_by, ruled_on)
	SELECT '2019-' || i, title, short, kind, variant, lead, proposer, body, eva, epa, sop, code, act, state, i % 2, owner, owner_is, opened, changed,
		revision, next_key, next_label, next_due, next_force, comments, proposals, taken, partly, members, position_now, words, texts, contacts, evidence,
		claimed, breach, breach_on, ruled, ruled_why, ruled_by, ruled_on
	FROM n, cases WHERE id = '2026-001';
	INSERT INTO case_events (id, case_id, event, day, note, who, who_is)
	SELECT c.id || '/' || e.id, c.id, e.event, e.day, e.note, e.who, e.who_is FROM cases c, case_events e WHERE c.id LIKE '2019-%' AND e.case_id = '2026-001';
	INSERT INTO consultations (id, case_id, version, title, lead, opens, closes, state, public, audience, remind, made_at, revision, invited, opened, answered, declined, comments, unread)
	SELECT c.id, c.id, k.version, k.title, k.lead, k.opens, k.closes, CASE WHEN c.id LIKE '%9' THEN 'open' ELSE 'closed' END, 1, k.audience, k.remind, k.made_at,
		k.revision, k.invited, k.opened, k.answered, k.declined, k.comments, k.unread
	FROM cases c, consultations k WHERE c.id LIKE '2019-%' AND k.case_id = '2026-001' AND k.public = 1 AND k.state = 'open';
	INSERT INTO positions (id, version, case_id, title, lead, stage, newer, mandate, asked, approve_by, deliver_by, public, revision, changed, proposals, behind, frozen_at, frozen_by, hash)
	SELECT c.id, 1, c.id, p.title, p.lead, p.stage, p.newer, p.mandate, p.asked, p.approve_by, p.deliver_by, c.public, p.revision, p.changed, p.proposals, p.behind, p.frozen_at, p.frozen_by, p.hash
	FROM cases c, positions p WHERE c.id LIKE '2019-%' AND p.case_id = '2026-001' AND p.public = 1;
	INSERT INTO outcome_counts (case_id, year, body, taken, partly, refused, silence, figures, deliveries, unanswered, waited, since)
	SELECT c.id, 2026, k.body, k.taken, k.partly, k.refused, k.silence, k.figures, k.deliveries, k.unanswered, k.waited, k.since FROM cases c, outcome_counts k WHERE c.id LIKE '2019-%' AND k.case_id = '2026-001'`

// With 10,000 cases, half of them public, each with a consultation and a position.
func BenchmarkPages(b *testing.B) {
	for name, open := range map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		h := newHouse(b, open(b, steps()...)).fill()
		h.must(h.db.Write(b.Context(), func(tx *store.Tx) error {
			for one := range strings.SplitSeq(crowd, ";\n") {
				if _, err := tx.ExecContext(b.Context(), one); err != nil {
					return err
				}
			}
			_, err := tx.ExecContext(b.Context(), `ANALYZE`)
			return err
		}))
		for page, path := range map[string]string{
			"home": "/", "case": "/z/" + string(h.id), "consultation": "/o/" + string(h.asked), "cases": "/z", "feed": "/feeds/all.atom", "calendar": "/calendar.ics", "sitemap": "/sitemap.xml",
		} {
			b.Run(name+"/"+page, func(b *testing.B) {
				h.t = b
				h.get(path) // the first who comes pays for what is kept in memory
				var times []time.Duration
				for b.Loop() {
					start := time.Now()
					h.get(path)
					times = append(times, time.Since(start))
				}
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
			})
		}
		// What is kept for a minute is counted anew for whoever comes first.
		b.Run(name+"/memory", func(b *testing.B) {
			for b.Loop() {
				d := outcomes.New(h.db, h.site.Cases, h.site.Positions, outcomes.Parts{})
				must(d.Memory(b.Context(), nobody, 2026, h.site.site.Today()))(b)
			}
		})
	}
}
