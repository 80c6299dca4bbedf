package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// BenchmarkFind asks what people ask, and what is hardest, of indexes of growing
// size, and prints the 95th percentile of each question: it may be 10 ms.
func BenchmarkFind(b *testing.B) {
	questions := []struct{ name, text string }{
		{"frequent", "pogosta "},
		{"frequent_pair", "pogosta polovica "},
		{"never_meet", "stara nova "},
		{"one_year_each", "leva desna "},
		{"rare_and_frequent", "beseda77 pogosta "},
		{"rare", "beseda123 "},
		{"typing_3", "bes"},
		{"typing_more", "pogosta beseda7"},
		{"nothing", "neznanka pogosta "},
	}
	for _, kind := range []store.Kind{store.SQLite, store.Postgres} {
		for _, n := range []int{12_000, 120_000} {
			var x *Index
			for _, q := range questions {
				house := b // outlives one question
				b.Run(fmt.Sprintf("%s/%d/%s", kind, n, q.name), func(b *testing.B) {
					if x == nil {
						x = filled(house, kind, n)
					}
					var times []time.Duration
					for range max(b.N, 60) {
						begun := time.Now()
						if _, err := x.Find(b.Context(), auth.Actor{Roles: auth.Member}, Query{Text: q.text}); err != nil {
							b.Fatal(err)
						}
						times = append(times, time.Since(begun))
					}
					slices.Sort(times)
					b.ReportMetric(0, "ns/op")
					b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "ms/p50")
					b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "ms/p95")
				})
			}
		}
	}
}

// filled makes an index of n documents of about twenty words, whose frequencies
// fall as they do in language. In each stands a word that is in all, and one of
// two that never meet: every other document, or the older and the newer half.
func filled(b *testing.B, kind store.Kind, n int) *Index {
	b.Helper()
	db := map[store.Kind]func(testing.TB, ...store.Steps) *store.DB{store.SQLite: storetest.SQLite, store.Postgres: storetest.Postgres}[kind](b, Steps())
	x, rnd := New(db), rand.New(rand.NewPCG(2, 7))
	zipf := rand.NewZipf(rnd, 1.1, 4, 30_000)
	for from := 0; from < n; from += 2_000 {
		err := db.Write(b.Context(), func(tx *store.Tx) error {
			for i := from; i < from+2_000; i++ {
				body := "pogosta " + []string{"stara ", "nova "}[i%2] + []string{"leva ", "desna "}[i*2/n]
				if rnd.IntN(2) == 0 {
					body += "polovica "
				}
				for range 14 {
					body += fmt.Sprintf("beseda%d ", zipf.Uint64())
				}
				audience := Public
				if i%10 == 0 {
					audience = For(auth.Staff)
				}
				d := Doc{Kind: "act", Subject: fmt.Sprint("act/", i), Title: fmt.Sprintf("naslov pogosta beseda%d", zipf.Uint64()),
					Body: body, Audience: audience, At: day.Add(time.Duration(i) * time.Hour)}
				if i%3 > 0 {
					d.Title = "naslov"
				}
				if err := put(b.Context(), tx, d); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return x
}

// BenchmarkSnippet is the worst body: as long as they are kept, and without any
// of the words. A page has twenty.
func BenchmarkSnippet(b *testing.B) {
	body := clip(strings.Repeat("Samozaposleni v kulturi uveljavljajo pravico do plačila prispevkov po časovnem členu. ", 40), bodyKept)
	terms := parse(Query{Text: "župan občine"})
	for b.Loop() {
		snippet("sl", body, terms)
	}
}
