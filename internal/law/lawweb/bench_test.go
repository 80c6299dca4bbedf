package lawweb

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law/corpus"
)

// thousand is an act of 1,000 articles, about 7,000 provisions.
func thousand(changed bool) string {
	var b strings.Builder
	b.WriteString("Zakon o vsem (ZVse)\n")
	for i := range 1000 {
		if i%50 == 0 {
			fmt.Fprintf(&b, "\n%d. POGLAVJE: POGLAVJE O STVAREH\n", i/50+1)
		}
		limit := 30 + i%60
		if changed && i%7 == 0 {
			limit++
		}
		fmt.Fprintf(&b, "\n%d. člen\n(naslov %d. člena)\n\n(1) Pristojni organ o zahtevi za vpis v register št. %d odloči v %d dneh po prejemu popolne vloge.\n\n(2) Vloga obsega:\n", i+1, i+1, i*37%1009, limit)
		for k := range 4 {
			fmt.Fprintf(&b, "%d. podatek %d o vlagateljici ali vlagatelju in o namenu vpisa;\n", k+1, i*k)
		}
	}
	return b.String()
}

// measure reports the 95th percentile of serving a page, whole.
func measure(b *testing.B, h *house, path string) {
	b.Helper()
	h.get(clerk, path) // the first who comes pays for reading from the database
	var times []time.Duration
	size := 0
	for b.Loop() {
		start := time.Now()
		size = len(h.get(clerk, path))
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(size)/1000, "kB")
}

func BenchmarkPages(b *testing.B) {
	h := newHouse(b)
	var v [2]corpus.Version
	for i := range v {
		var err error
		if v[i], err = h.desk.Add(b.Context(), clerk, corpus.Given{Text: thousand(i == 1), On: civil.On(2024+i, 1, 1)}); err != nil {
			b.Fatal(err)
		}
	}
	compare := "/acts/zvse/compare?a=" + string(v[0].ID) + "&b=" + string(v[1].ID)
	for name, path := range map[string]string{
		"act": "/acts/zvse", "provision": "/acts/zvse/" + string(v[1].ID) + "/art_500__para_2", "compare": compare, "compare-all": compare + "&all=1",
		"list": "/acts",
	} {
		b.Run(name, func(b *testing.B) { measure(b, h, path) })
	}
}
