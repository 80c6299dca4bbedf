package cases

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
)

// titles lists the cases of a query over all its pages.
func titles(t *testing.T, d *Desk, q Query) string {
	t.Helper()
	var all []string
	for {
		list := must[[]Case](t)(d.List(t.Context(), neza, q))
		for _, c := range list {
			all = append(all, c.Title)
			q.After = c.ID
		}
		if len(list) < q.Limit || q.Limit == 0 {
			return strings.Join(all, " ")
		}
	}
}

func TestDesk_list(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		open(t, d, "A", "draft_published", "2026-10-29", "consultation_closes", "2026-12-10")
		open(t, d, "B")
		open(t, d, "C", "draft_published", "2026-10-29", "consultation_closes", "2026-11-30")
		x := must[Case](t)(d.Open(t.Context(), neza, Case{Title: "Žarišče", Short: "ŽAR", Kind: procedure.Call, Code: "JPR-100%", Act: "zujik", Owner: zala.User}))
		ok(t, d.SetState(t.Context(), neza, x.ID, Won))
		for _, one := range []struct {
			name string
			q    Query
			want string
		}{
			{"last changed first", Query{}, "Žarišče C B A"},
			{"in pages", Query{Limit: 1}, "Žarišče C B A"},
			{"by clock", Query{Order: ByNext}, "C A B Žarišče"},
			{"by clock in pages", Query{Order: ByNext, Limit: 2}, "C A B Žarišče"},
			{"state", Query{State: Open, Limit: 2}, "C B A"},
			{"kind", Query{Kind: procedure.Call}, "Žarišče"},
			{"owner", Query{Owner: neza.User}, "C B A"},
			{"act", Query{Act: "zujik"}, "Žarišče"},
			{"words without accents", Query{Text: "zarisce"}, "Žarišče"},
			{"a code with a sign", Query{Text: "jpr-100%"}, "Žarišče"},
			{"a sign alone is no word", Query{Text: "%"}, "Žarišče C B A"},
			{"a number", Query{Text: "2026/002"}, "B"},
			{"nothing", Query{Text: "zarisce", State: Lost}, ""},
		} {
			same(t, one.name, titles(t, d, one.q), one.want)
		}
	})
}

func TestDesk_today(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		c := open(t, d, "Zadeva", "draft_published", "2026-10-29", "consultation_closes", "2026-11-30")
		for title, on := range map[string]civil.Date{"včeraj": morning.AddDays(-1), "danes": morning, "jutri": morning.AddDays(1), "čez 14": morning.AddDays(14), "čez 15": morning.AddDays(15)} {
			ok(t, d.SetDeadline(t.Context(), neza, c.ID, title, on))
		}
		ok(t, d.db.Write(t.Context(), func(tx *store.Tx) error {
			return d.PutDue(t.Context(), tx, Due{ID: "letter/1", Case: c.ID, Kind: "dues.letter", On: morning.AddDays(-40), Waiting: true, Owner: zala.User})
		}))
		all := must[Today](t)(d.Today(t.Context(), neza, morning, false))
		same(t, "late", said(all.Overdue), "dues.own včeraj 2026-11-16 neza\ndues.own danes 2026-11-17 neza")
		same(t, "soon", said(all.Next14), "dues.own jutri 2026-11-18 neza\ndues.clock our_comments 2026-11-30 neza\ndues.own čez 14 2026-12-01 neza")
		same(t, "waiting", said(all.Waiting), "dues.letter  2026-10-08 zala")
		if all.Overdue[0].CaseIs != "Zadeva" || all.Longer.Overdue || all.Empty() {
			t.Errorf("today is %+v", all)
		}
		if now := must[Case](t)(d.Case(t.Context(), neza, c.ID)); now.NextKey != "own" || now.NextLabel != "danes" || now.NextDue != morning {
			t.Errorf("the next clock is %s %s %v", now.NextKey, now.NextLabel, now.NextDue)
		}

		ok(t, d.Snooze(t.Context(), neza, all.Overdue[0].ID, morning.AddDays(2), morning))
		ok(t, d.HandOver(t.Context(), neza, all.Next14[1].ID, zala))
		ok(t, d.Settle(t.Context(), neza, all.Overdue[1].ID))
		hers := must[Today](t)(d.Today(t.Context(), zala, morning, true))
		same(t, "hers", said(hers.Overdue)+said(hers.Next14)+said(hers.Waiting), "dues.clock our_comments 2026-11-30 zaladues.letter  2026-10-08 zala")
		left := must[Today](t)(d.Today(t.Context(), neza, morning, false))
		same(t, "late then", said(left.Overdue), "")
		shown := must[Today](t)(d.Today(t.Context(), neza, morning.AddDays(2), false))
		same(t, "put off until the day after tomorrow", said(shown.Overdue), "dues.own včeraj 2026-11-16 neza\ndues.own jutri 2026-11-18 neza")

		for name, err := range map[string]error{
			"put off to yesterday": d.Snooze(t.Context(), neza, all.Next14[0].ID, morning, morning),
			"given to nobody":      d.HandOver(t.Context(), neza, all.Next14[0].ID, nobody),
			"a clock settled":      d.Settle(t.Context(), neza, all.Next14[1].ID),
			"a member at work":     d.Snooze(t.Context(), member, all.Next14[0].ID, morning.AddDays(1), morning),
			"no such due":          d.Settle(t.Context(), neza, "own/ni"),
			"a day without a word": d.SetDeadline(t.Context(), neza, c.ID, "", morning),
		} {
			if fault.Of(err) == nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := d.Today(t.Context(), member, morning, true); !fault.Is(err, fault.Denied) {
			t.Errorf("a member reads Today: %v", err)
		}
	})
}

// crowd fills a house with cases, each with three dues.
func crowd(t testing.TB, db *store.DB, n int) *Desk {
	t.Helper()
	d := New(db).With(Parts{Country: slovenia(t), Corpus: corpus.New(db, nil)})
	random := rand.New(rand.NewPCG(1, 2))
	states := append(slices.Repeat([]State{Open}, 3), States()...)
	for from := 0; from < n; from += 500 {
		ok(t, db.Write(t.Context(), func(tx *store.Tx) error {
			for i := from; i < min(from+500, n); i++ {
				c := Case{
					ID: voice.CaseID(fmt.Sprintf("%d-%03d", 2000+i%25, i/25+1)), Title: fmt.Sprintf("Zakon o spremembah zakona številka %d", i), Short: fmt.Sprintf("Z%d-A", i), Kind: procedure.Law, Variant: procedure.Ordinary,
					State: states[random.IntN(len(states))], Owner: neza.User, OwnerIs: neza.Name, Opened: morning, Changed: tx.Now.Add(-time.Duration(random.IntN(1e6)) * time.Second), Revision: 1,
					NextDue: morning.AddDays(random.IntN(300)), NextKey: "our_comments",
				}
				if i%3 == 0 {
					c.Owner, c.OwnerIs = zala.User, zala.Name
				}
				if err := putCase(t.Context(), tx, c); err != nil {
					return err
				}
				for k := range 3 {
					due := Due{
						ID: fmt.Sprintf("own/%d/%d", i, k), Case: c.ID, Kind: OwnDue, Args: []string{"title", "Pošlji pismo"}, On: morning.AddDays(random.IntN(400) - 100),
						Waiting: k == 2, Owner: c.Owner, OwnerIs: c.OwnerIs, Link: "/cases/" + string(c.ID), Force: procedure.Own,
					}
					if random.IntN(4) == 0 {
						due.Snoozed = morning.AddDays(20)
					}
					if err := putDue(t.Context(), tx, due); err != nil {
						return err
					}
				}
				if err := putEvent(t.Context(), tx, Event{ID: fmt.Sprint("e", i), Case: c.ID, Key: DraftPublished, On: morning.AddDays(-10)}); err != nil {
					return err
				}
				if err := putEvent(t.Context(), tx, Event{ID: fmt.Sprint("f", i), Case: c.ID, Key: ConsultationCloses, On: morning.AddDays(random.IntN(60))}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	return d
}

func TestDesk_todayIsBounded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := crowd(t, db, 600)
		today := must[Today](t)(d.Today(t.Context(), neza, morning, false))
		if len(today.Overdue) != MostRows || !today.Longer.Overdue || !today.Longer.Waiting {
			t.Errorf("%d late, longer %+v", len(today.Overdue), today.Longer)
		}
		for _, due := range today.Overdue {
			if due.On.After(morning) || due.Snoozed.After(morning) || due.Waiting {
				t.Errorf("%+v is not late", due)
			}
		}
	}, Steps(), corpus.Steps(), audit.Steps())
}

// BenchmarkDesk prints the 95th percentile of what a page asks for, with 10,000
// cases and 30,000 dues.
func BenchmarkDesk(b *testing.B) {
	for _, database := range []struct {
		name string
		open func(testing.TB, ...store.Steps) *store.DB
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		d := crowd(b, database.open(b, Steps(), corpus.Steps(), audit.Steps()), 10_000)
		for _, one := range []struct {
			name string
			ask  func() error
		}{
			{"today/all", func() error { return second(d.Today(b.Context(), neza, morning, false)) }},
			{"today/mine", func() error { return second(d.Today(b.Context(), neza, morning, true)) }},
			{"list", func() error { return second(d.List(b.Context(), neza, Query{})) }},
			{"list/state", func() error { return second(d.List(b.Context(), neza, Query{State: Waiting})) }},
			{"list/state-by-clock", func() error { return second(d.List(b.Context(), neza, Query{State: Open, Order: ByNext})) }},
			{"list/deep", func() error { return second(d.List(b.Context(), neza, Query{After: "2010-200"})) }},
			{"list/text", func() error { return second(d.List(b.Context(), neza, Query{Text: "številka 9999"})) }},
			{"list/no-match", func() error { return second(d.List(b.Context(), neza, Query{Text: "nikjer"})) }},
			{"file", func() error { return second(d.File(b.Context(), neza, "2010-200", morning)) }},
		} {
			b.Run(one.name+"/"+database.name, func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					start := time.Now()
					if err := one.ask(); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(start))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			})
		}
		b.Run("refresh/"+database.name, func(b *testing.B) {
			for b.Loop() {
				if err := d.Refresh(b.Context(), morning); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Of a case that is over nothing is due any more, whichever room had put it.
func TestDesk_overIsNotDue(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		c := open(t, d, "Sklad za prostore")
		ok(t, d.db.Write(t.Context(), func(tx *store.Tx) error {
			return d.PutDue(t.Context(), tx, Due{ID: "letter/1", Case: c.ID, Kind: "dues.letter", On: morning.AddDays(-40), Waiting: true})
		}))
		ok(t, d.SetState(t.Context(), neza, c.ID, NoEffect))
		if got := must[Today](t)(d.Today(t.Context(), neza, morning, false)); !got.Empty() {
			t.Errorf("still due: %s", said(append(got.Waiting, got.Overdue...)))
		}
	})
}
