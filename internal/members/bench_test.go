package members

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	given  = strings.Fields("Ana Marija Maja Mojca Irena Mateja Nina Nataša Andreja Barbara Franc Janez Marko Andrej Ivan Anton Jožef Jože Luka Peter Taja Urh Vid Izak Žiga Špela Čedo Đorđe")
	family = strings.Fields("Novak Horvat Kovačič Krajnc Zupančič Potočnik Kovač Mlakar Kos Vidmar Golob Turk Kralj Božič Korošec Bizjak Zupan Hribar Kotnik Rozman Benko Žagar Škrbec Čeh Arh")
	towns  = []string{"Ljubljana", "Ljubljana", "Ljubljana", "Maribor", "Celje", "Kranj", "Koper", "Nova Gorica", "Ptuj", "Murska Sobota", "Novo mesto", "Trbovlje", "Škofja Loka"}
	forms  = []string{"Zavod", "Društvo", "Kulturno društvo", "Kulturno-umetniško društvo", "Zavod za sodobne umetnosti", "Galerija", "Plesna zadruga", "Kino"}
	second = strings.Fields("Odmev Prelom Pesto Lom Prag Kresnica Bunker Narobu Tretjavrata Cikel Glasnik Mreža Okno Prizma Rob Svet Tir Ulica Vrt Zanka Čuk Šum Žar")
)

// demoMember is one of a register as large as one likes: one in 31 is an organisation.
func demoMember(i int) Member {
	m := Member{Kind: Person, Standing: Active, Term: civil.Span{From: civil.On(2004+i%22, 1, 1)}, Place: towns[i*7%len(towns)], Field: Fields()[i*3%10], Region: Regions()[i%13], Email: fmt.Sprintf("m%d@clan%d.example", i, i%97)}
	if i%31 == 0 {
		m.Kind, m.Name = Organisation, fmt.Sprintf("%s %s %d", forms[i/31%len(forms)], second[i/31*5%len(second)], i)
	} else {
		m.Name = fmt.Sprintf("%s, %s %d", family[i*11%len(family)], given[i*13%len(given)], i)
	}
	m.ID = ID(fmt.Sprintf("m%06d", i))
	return m
}

var demoCategories = []CategoryID{"full", "supporting"}

// fill writes members with categories, a detail of the house, a tag on one in
// seven and another on few, and who knows what else one may filter by.
func fill(b testing.TB, db *store.DB, n int) {
	err := db.Write(b.Context(), func(tx *store.Tx) error {
		for i, c := range demoCategories {
			if err := putCategory(b.Context(), tx, Category{ID: c, Name: string(c), Votes: i == 0}); err != nil {
				return err
			}
		}
		for _, det := range []Detail{
			{ID: "seats", Label: "Dvorana", Form: Pick, Choices: []string{"velika", "mala", "nobena"}}, {ID: "size", Label: "Zaposlenih", Form: Number},
			{ID: "born", Label: "Rojen", Form: Day}, {ID: "story", Label: "Zgodba", Form: Long},
		} {
			det.Seen = OfOffice
			if err := putDetail(b.Context(), tx, det); err != nil {
				return err
			}
		}
		return errors.Join(putTag(b.Context(), tx, Tag{"festival", "festival"}), putTag(b.Context(), tx, Tag{"rare", "rare"}))
	})
	if err != nil {
		b.Fatal(err)
	}
	for at := 0; at < n; at += 2_000 {
		err := db.Write(b.Context(), func(tx *store.Tx) error {
			t := newTally()
			for i := at; i < min(at+2_000, n); i++ {
				m := demoMember(i).Tidy()
				m.Category, m.Languages = demoCategories[i%2], []string{"sl", []string{"hr", "sr", "en", "de", "it"}[i%5]}
				m.Details = Details{"seats": []string{"velika", "mala", "nobena"}[i%3], "size": fmt.Sprint(i % 90), "born": civil.On(1950+i%60, time.Month(1+i%12), 1+i%28).String()}
				if i%4 == 0 {
					m.Details["story"] = "Nastopa po vaseh, poučuje otroke in " + towns[i%len(towns)] + " " + fmt.Sprint(i)
				}
				if i%9 == 0 {
					m.Interest.Since = may
				}
				m.Revision, m.Changed = 1, tx.Now
				m, err := begin(b.Context(), tx, m, may)
				if err != nil {
					return err
				}
				if err := New(db).put(b.Context(), tx, Member{}, m, t); err != nil {
					return err
				}
				for tag, each := range map[TagID]int{"festival": 7, "rare": 3_001} {
					if i%each == 0 {
						if _, err := tagAll(b.Context(), tx, tag, "", []ID{m.ID}); err != nil {
							return err
						}
					}
				}
				if i%11 == 0 {
					if err := New(db).MarkIn(b.Context(), tx, m.ID, OwesDues, may.AddDays(i%400)); err != nil {
						return err
					}
				}
				if m.Kind == Organisation && i%62 == 0 {
					a := Agent{ID: tx.ID(), Member: m.ID, Name: "Vid Arh", Email: fmt.Sprintf("vid%d@x.example", i), Lang: "sl", Since: may, Answers: true}
					if err := putAgent(b.Context(), tx, a); err != nil {
						return err
					}
				}
			}
			return t.write(b.Context(), tx)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	err = db.Write(b.Context(), func(tx *store.Tx) error {
		_, err := tx.ExecContext(b.Context(), `ANALYZE`)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// asked are all that one may filter by: of each, what few have, what many have and
// what nobody has.
var asked = map[string][]Filter{
	"text":     {{Text: "benko špela"}, {Text: "društvo"}, {Text: "ljublj"}, {Text: "z"}, {Text: "m4242@clan"}, {Text: "zavod za"}, {Text: "ljubljana qqq"}},
	"kind":     {{Kind: Organisation}, {Kind: Person}},
	"standing": {{Standing: Active}, {Standing: Left}},
	"field":    {{Field: "dance"}},
	"region":   {{Region: "goriska"}},
	"language": {{Language: "hr"}, {Language: "mk"}},
	"category": {{Category: "supporting"}},
	"tag":      {{Tag: "festival"}, {Tag: "rare"}},
	"interest": {{Interest: true}},
	"silent":   {{Silent: true}},
	"owing":    {{Owing: Owes}, {Owing: Overdue}},
	"choice":   {{Detail: "seats", Value: "mala"}, {Detail: "seats"}},
	"number":   {{Detail: "size", Least: "10", Most: "20"}, {Detail: "size", Least: "-5", Most: "-5"}, {Detail: "size", Least: "100"}},
	"day":      {{Detail: "born", Least: "1. 1. 1990", Most: "31. 12. 1994"}},
	"words":    {{Detail: "story", Value: "otoška"}, {Detail: "story", Value: "ničesar"}},
}

// both is what both filters ask for; false if one word would stand over another.
func both(a, b Filter) (Filter, bool) {
	x, y := reflect.ValueOf(&a).Elem(), reflect.ValueOf(b)
	for i := range x.NumField() {
		if y.Field(i).IsZero() {
			continue
		}
		if !x.Field(i).IsZero() {
			return a, false
		}
		x.Field(i).Set(y.Field(i))
	}
	return a, true
}

// filters are all that can be asked for with one, two or three things, by name.
func filters(most int) map[string]Filter {
	single := map[string]Filter{}
	for what, list := range asked {
		for i, f := range list {
			single[fmt.Sprintf("%s %d", what, i)] = f
		}
	}
	all := maps.Clone(single)
	for range most - 1 {
		for name, f := range maps.Clone(all) {
			for also, g := range single {
				if h, ok := both(f, g); ok && !strings.Contains(name, strings.Fields(also)[0]) {
					parts := append(strings.Split(name, ", "), also)
					slices.Sort(parts)
					all[strings.Join(parts, ", ")] = h
				}
			}
		}
	}
	return all
}

// BenchmarkDesk asks for pages of registers in which one in 31 is an organisation,
// and changes one entry before each third of the questions:
//
//	go test ./internal/members -run - -bench Desk/.*/62000 -benchtime 40x
func BenchmarkDesk(b *testing.B) {
	for name, open := range map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		for _, n := range []int{6_200, 62_000, 248_000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				db := open(b, Steps(), audit.Steps())
				fill(b, db, n)
				d := New(db)
				b.Run("first", func(b *testing.B) {
					var before, after runtime.MemStats
					runtime.GC()
					runtime.ReadMemStats(&before)
					timed(b, func() error {
						d = New(db)
						return d.Warm(b.Context())
					})
					runtime.GC()
					runtime.ReadMemStats(&after)
					b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
				})
				places := map[string]Query{"start": {}, "middle": {After: demoMember(n / 2).ID}, "letter": {From: "Š"}, "end": {From: "Žž"}}
				for name, place := range places {
					b.Run("roll from the "+name, func(b *testing.B) {
						timed(b, func() error { return err1(d.List(b.Context(), clerk, place)) })
					})
				}
				for kinds, name := range []string{"one", "pairs", "triples"} {
					b.Run(name, func(b *testing.B) { worst(b, d, filters(kinds+1), places) })
				}
				b.Run("after a change", func(b *testing.B) {
					timed(b, func() error {
						m, err := d.Member(b.Context(), clerk, demoMember(7).ID)
						if err == nil {
							_, err = d.Save(b.Context(), clerk, m)
						}
						if err != nil {
							return err
						}
						start := time.Now()
						_, err = d.List(b.Context(), clerk, Query{Filter: Filter{Tag: "rare"}})
						b.ReportMetric(float64(time.Since(start).Microseconds())/1000, "list-ms")
						return err
					})
				})
				b.Run("answerers", func(b *testing.B) {
					timed(b, func() error {
						_, _, err := d.AnswerersWhere(b.Context(), clerk, Filter{Standing: Active}, places["middle"].After, 200)
						return err
					})
				})
				b.Run("count", func(b *testing.B) {
					timed(b, func() error {
						if r := d.newest.Load(); r != nil {
							r.counted = nil // as after a change of the register
						}
						return err1(d.Count(b.Context(), clerk, Filter{Tag: "festival", Field: "dance"}))
					})
				})
				b.Run("all on a past day", func(b *testing.B) {
					timed(b, func() error {
						return db.Read(b.Context(), func(tx *store.Tx) error {
							return d.EachOnIn(b.Context(), tx, may, func(Entry) error { return nil })
						})
					})
				})
				b.Run("strength", func(b *testing.B) {
					timed(b, func() error {
						return db.Read(b.Context(), func(tx *store.Tx) error { return err1(d.StrengthOnIn(b.Context(), tx, may)) })
					})
				})
				b.Run("counts", func(b *testing.B) { timed(b, func() error { return err1(d.Counts(b.Context())) }) })
			})
		}
	}
}

// worst asks for each of the filters from each place of the register, and tells within
// which time 95 of 100 are answered, of all questions and of the slowest one.
func worst(b *testing.B, d *Desk, all map[string]Filter, places map[string]Query) {
	names := slices.Sorted(maps.Keys(all))
	if len(names) > 600 { // triples are many: every so many of them
		some := names[:0]
		for i := 0; i < len(names); i += len(names)/600 + 1 {
			some = append(some, names[i])
		}
		names = some
	}
	var times []time.Duration
	of := map[string][]time.Duration{}
	for b.Loop() {
		for _, name := range names {
			for from, q := range places {
				q.Filter = all[name]
				start := time.Now()
				if _, err := d.List(b.Context(), clerk, q); err != nil {
					b.Fatal(name, err)
				}
				took := time.Since(start)
				times, of[name+" from the "+from] = append(times, took), append(of[name+" from the "+from], took)
			}
		}
	}
	at := func(percent int, list []time.Duration) float64 {
		slices.Sort(list)
		return float64(list[len(list)*percent/100].Microseconds()) / 1000
	}
	slowest, median, longest := "", 0.0, 0.0
	for name, list := range of {
		longest = max(longest, at(95, list))
		if t := at(50, list); t > median {
			slowest, median = name, t
		}
	}
	b.ReportMetric(at(95, times), "p95-ms")
	b.ReportMetric(longest, "worst-p95-ms")
	b.ReportMetric(median, "worst-p50-ms")
	b.Logf("%d questions; slowest is %s", len(of), slowest)
}

// timed runs f and tells the time within which it is done in 95 of 100 cases.
func timed(b *testing.B, f func() error) {
	var times []time.Duration
	for b.Loop() {
		start := time.Now()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
}
