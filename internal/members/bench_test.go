package members

import (
	"fmt"
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

// fill writes members with categories, a detail of the house, and a tag on one in
// seven.
func fill(b *testing.B, db *store.DB, n int) {
	err := db.Write(b.Context(), func(tx *store.Tx) error {
		for i, c := range demoCategories {
			if err := putCategory(b.Context(), tx, Category{ID: c, Name: string(c), Votes: i == 0}); err != nil {
				return err
			}
		}
		if err := putTag(b.Context(), tx, Tag{"festival", "festival"}); err != nil {
			return err
		}
		return putDetail(b.Context(), tx, Detail{ID: "seats", Label: "Dvorana", Form: Pick, Choices: []string{"velika", "mala", "nobena"}, Seen: OfOffice})
	})
	if err != nil {
		b.Fatal(err)
	}
	for at := 0; at < n; at += 2_000 {
		err := db.Write(b.Context(), func(tx *store.Tx) error {
			t, err := newTally(b.Context(), tx)
			if err != nil {
				return err
			}
			for i := at; i < min(at+2_000, n); i++ {
				m := demoMember(i).Tidy()
				m.Category, m.Details = demoCategories[i%2], Details{"seats": []string{"velika", "mala", "nobena"}[i%3]}
				m.Revision, m.Changed = 1, tx.Now
				m, err := begin(b.Context(), tx, m, may)
				if err != nil {
					return err
				}
				if err := New(db).put(b.Context(), tx, Member{}, m, t); err != nil {
					return err
				}
				if i%7 == 0 {
					if err := tagAll(b.Context(), tx, "festival", []Member{m}); err != nil {
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

// BenchmarkDesk asks for pages of a register of 6,000 persons and 200 organisations,
// and of 60,000 and 2,000:
//
//	go test ./internal/members -run - -bench Desk/.*/62000
func BenchmarkDesk(b *testing.B) {
	for name, open := range map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		for _, n := range []int{6_200, 62_000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				db := open(b, Steps(), audit.Steps())
				fill(b, db, n)
				d := New(db)
				middle := demoMember(n / 2).ID
				for _, q := range []struct {
					name string
					q    Query
				}{
					{"roll", Query{}}, {"roll from the middle", Query{After: middle}}, {"organisations", Query{Filter: Filter{Kind: Organisation}}},
					{"field and kind", Query{Filter: Filter{Kind: Organisation, Field: "dance"}}}, {"silent", Query{Filter: Filter{Silent: true}}},
					{"text: rare", Query{Filter: Filter{Text: "benko špela"}}}, {"text: a town", Query{Filter: Filter{Text: "ljublj"}}}, {"text: the last letters", Query{Filter: Filter{Text: "zavod za"}}},
					{"text: one letter", Query{Filter: Filter{Text: "ž"}}}, {"text: e-mail", Query{Filter: Filter{Text: "m4242@clan"}}}, {"text: nobody", Query{Filter: Filter{Text: "ljubljana qqq"}}},
					{"tag", Query{Filter: Filter{Tag: "festival"}}}, {"category", Query{Filter: Filter{Category: "supporting"}}}, {"detail", Query{Filter: Filter{Detail: "seats", Value: "mala"}}},
					{"tag, category and detail", Query{Filter: Filter{Tag: "festival", Category: "supporting", Detail: "seats", Value: "mala", Kind: Organisation}}},
					{"region from the middle", Query{Filter: Filter{Region: "goriska"}, After: middle}}, {"from a letter", Query{From: "Š"}}, {"tag and text", Query{Filter: Filter{Tag: "festival", Text: "novak"}}},
					{"text and filter", Query{Filter: Filter{Text: "maribor", Kind: Organisation, Field: "film"}}},
				} {
					b.Run(q.name, func(b *testing.B) {
						timed(b, func() error { return err1(d.List(b.Context(), clerk, q.q)) })
					})
				}
				b.Run("answerers", func(b *testing.B) {
					timed(b, func() error {
						_, _, err := d.AnswerersWhere(b.Context(), clerk, Filter{Standing: Active}, middle, 200)
						return err
					})
				})
				b.Run("count", func(b *testing.B) {
					timed(b, func() error {
						d.counted = counted{} // as after a change of the register
						return err1(d.Count(b.Context(), clerk, Filter{Tag: "festival", Field: "dance"}))
					})
				})
				b.Run("duplicates", func(b *testing.B) { timed(b, func() error { return err1(d.Duplicates(b.Context(), clerk)) }) })
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
