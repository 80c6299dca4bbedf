package intake

import (
	"bytes"
	"fmt"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/platform/table"
)

var (
	given  = strings.Fields("Ana Marija Maja Mojca Irena Mateja Nina Nataša Andreja Barbara Franc Janez Marko Andrej Ivan Anton Jožef Jože Luka Peter Taja Urh Vid Izak Žiga Špela Čedo Đorđe")
	family = strings.Fields("Novak Horvat Kovačič Krajnc Zupančič Potočnik Kovač Mlakar Kos Vidmar Golob Turk Kralj Božič Korošec Bizjak Zupan Hribar Kotnik Rozman Benko Žagar Škrbec Čeh Arh")
	towns  = []string{"Ljubljana", "Ljubljana", "Ljubljana", "Maribor", "Celje", "Kranj", "Koper", "Nova Gorica", "Ptuj", "Murska Sobota", "Novo mesto", "Trbovlje", "Škofja Loka"}
	forms  = []string{"Zavod", "Društvo", "Kulturno društvo", "Kulturno-umetniško društvo", "Zavod za sodobne umetnosti", "Galerija", "Plesna zadruga", "Kino"}
	second = strings.Fields("Odmev Prelom Pesto Lom Prag Kresnica Bunker Narobu Tretjavrata Cikel Glasnik Mreža Okno Prizma Rob Svet Tir Ulica Vrt Zanka Čuk Šum Žar")
)

// demoMember is one of a register as large as one likes: a sixth are organisations.
func demoMember(i int) members.Member {
	m := members.Member{Kind: members.Person, Standing: members.Active, Term: civil.Span{From: civil.On(2004+i%22, 1, 1)}, Place: towns[i*7%len(towns)], Field: members.Fields()[i*3%10], Email: fmt.Sprintf("m%d@clan%d.example", i, i%97)}
	if i%6 == 0 {
		m.Kind, m.Name = members.Organisation, fmt.Sprintf("%s %s %d", forms[i/6%len(forms)], second[i/6*5%len(second)], i)
	} else {
		m.Name = fmt.Sprintf("%s, %s %d", family[i*11%len(family)], given[i*13%len(given)], i)
	}
	return m
}

func demoCSV(n int) string {
	var b strings.Builder
	b.WriteString("naziv;vrsta;kraj;e-pošta;področje;član od;davčna\n")
	for i := range n {
		m := demoMember(i)
		fmt.Fprintf(&b, "%s;%s;%s;%s;%s;%d;%s\n", m.Name, m.Kind, m.Place, m.Email, m.Field, m.Term.From.Year(), taxNumber(i))
	}
	return b.String()
}

// taxNumber is a tax number whose last digit checks the others.
func taxNumber(i int) string {
	for n := 1_000_000 + i*17; ; n++ {
		sum := 0
		for k, r := range fmt.Sprint(n) {
			sum += int(r-'0') * (8 - k)
		}
		if check := 11 - sum%11; check < 11 {
			return fmt.Sprintf("%d%d", n, check%10)
		}
	}
}

// BenchmarkImport looks at and writes files of 5,000 and 60,000 rows, CSV and Excel,
// by a job, with the search index of the house, and tells how much memory that takes:
//
//	go test ./internal/members/intake -run - -bench Import/.*/60000 -benchtime 1x
func BenchmarkImport(b *testing.B) {
	for name, open := range map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		for _, n := range []int{5_000, 60_000} {
			raw := []byte(demoCSV(n))
			b.Run(fmt.Sprintf("%s/%d/csv", name, n), func(b *testing.B) { importOnce(b, open, raw, n) })
			b.Run(fmt.Sprintf("%s/%d/xlsx", name, n), func(b *testing.B) { importOnce(b, open, bookOf(b, string(raw)), n) })
		}
	}
}

func importOnce(b *testing.B, open func(testing.TB, ...store.Steps) *store.DB, raw []byte, n int) {
	for b.Loop() {
		db := open(b, append(steps, search.Steps())...)
		m, j := members.New(db), jobs.New(db, nil)
		m.Search = search.New(db)
		d := New(db, m)
		d.Employ(j)
		peak := peakOf(b)
		start := time.Now()
		lap := func(what string) {
			b.ReportMetric(time.Since(start).Seconds(), what+"-s")
			start = time.Now()
		}
		i, err := d.Upload(b.Context(), clerk, "x", raw)
		if err != nil {
			b.Fatal(err)
		}
		lap("upload")
		p, err := d.Preview(b.Context(), clerk, i.ID, may)
		if err != nil {
			b.Fatal(err)
		}
		lap("preview")
		if _, err := d.Commit(b.Context(), clerk, i.ID, p.Seen, may); err != nil {
			b.Fatal(err)
		}
		if err := j.Drain(b.Context()); err != nil {
			b.Fatal(err)
		}
		lap("write")
		peak()
		runtime.GC()
		var after runtime.MemStats
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc)/1e6, "after-MB")
		if i, err = d.Import(b.Context(), clerk, i.ID); err != nil || i.Added != n {
			b.Fatalf("%d added, %s, %v", i.Added, i.Wrong, err)
		}
	}
}

// peakOf watches how much memory is held at once, the database on this side included,
// until what it returns is called.
func peakOf(b *testing.B) func() {
	held := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/total:bytes"}}
	most, end := make([]uint64, len(held)), make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for tick := time.Tick(10 * time.Millisecond); ; {
			metrics.Read(held)
			for i, h := range held {
				most[i] = max(most[i], h.Value.Uint64())
			}
			select {
			case <-end:
				return
			case <-tick:
			}
		}
	})
	return func() {
		close(end)
		watch.Wait()
		b.ReportMetric(float64(most[0])/1e6, "peak-heap-MB")
		b.ReportMetric(float64(most[1])/1e6, "peak-MB")
	}
}

// bookOf is a CSV file as a workbook.
func bookOf(t testing.TB, text string) []byte {
	var b bytes.Buffer
	err := table.WriteBook(&b, "", func(yield func([]string) bool) {
		for line := range strings.Lines(text) {
			if !yield(strings.Split(strings.TrimSpace(line), ";")) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
