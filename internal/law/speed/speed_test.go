package speed

import (
	"os"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// novela changes a number in one article of Act.
const novela = "Zakon o spremembi Zakona o izmišljenih predpisih\n\n1. člen\n\nV Zakonu o izmišljenih predpisih (Uradni list RS, št. 1/26) se v 7. členu v prvem odstavku število »30« nadomesti s številom »45«.\n"

// fastest is the least of three tries, as the machine may be busy.
func fastest(do func()) time.Duration {
	least := time.Hour
	for range 3 {
		from := time.Now()
		do()
		least = min(least, time.Since(from))
	}
	return least
}

// The time for a provision does not grow with the act: from a thousand provisions
// to a hundred thousand by less than a factor of six, where a quadratic engine
// would take a hundred times as long.
func TestGrowth(t *testing.T) {
	articles := []int{143, 1_429, 14_286}
	if os.Getenv("ASOCIACIJA_PLOT") == "" {
		articles = articles[:2]
	}
	curves := []Curve{{Name: "read"}, {Name: "print"}, {Name: "compare"}, {Name: "carry out"}, {Name: "draft"}}
	var sizes []int
	for _, n := range articles {
		text, other := Act(n, 0), Act(n, 20)
		a, b := lawtext.Parse(text), lawtext.Parse(other)
		ins, _ := reader.Read(lawtext.Parse(novela))
		if got := len(lawdiff.Acts(a, b)); got != n/20 {
			t.Fatalf("%d articles: %d changes, want %d", n, got, n/20)
		}
		if res := amend.Apply(a, ins); res.Outcomes[0].Status != amend.Applied {
			t.Fatalf("%d articles: %v", n, res.Outcomes[0].Refused)
		}
		sizes = append(sizes, Provisions(n))
		for i, do := range []func(){
			func() { lawtext.Parse(text) },
			func() { lawtext.Print(a) },
			func() { lawdiff.Acts(a, b) },
			func() { amend.Apply(a, ins) },
			func() { write(t, a, b) },
		} {
			curves[i].Took = append(curves[i].Took, fastest(do))
		}
	}
	for _, c := range curves {
		for i, took := range c.Took {
			each, least := float64(took)/float64(sizes[i]), float64(c.Took[0])/float64(sizes[0])
			t.Logf("%-10s %7d provisions %10v, %5.0f ns each", c.Name, sizes[i], took.Round(time.Microsecond), each)
			if each > 6*least {
				t.Errorf("%s: %.0f ns for each of %d provisions, %.0f of %d", c.Name, each, sizes[i], least, sizes[0])
			}
		}
	}
	if path := os.Getenv("ASOCIACIJA_PLOT"); path != "" {
		if err := os.WriteFile(path, []byte(Plot(sizes, curves)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func write(t *testing.T, a, b *lawtext.Act) {
	t.Helper()
	if d, err := drafting.Write(a, b, drafting.Options{}); err != nil || len(d.Articles) == 0 {
		t.Fatal(err)
	}
}

// An act of a thousand articles of which fifty changed is read, compared and drafted
// within 150 ms. The test bounds it at ten times that, for machines are busy.
func TestThousandArticles(t *testing.T) {
	text, other := Act(1000, 0), Act(1000, 20)
	took := fastest(func() {
		a, b := lawtext.Parse(text), lawtext.Parse(other)
		lawdiff.Acts(a, b)
		write(t, a, b)
	})
	realtexts.Measured(t, "a thousand articles read twice, compared, drafted", "150 ms", "an invented act", "%v", took.Round(time.Millisecond))
	if took > 1500*time.Millisecond {
		t.Errorf("%v", took)
	}
}

// An act counts as many provisions as it says.
func TestAct(t *testing.T) {
	for _, n := range []int{1, 99, 100, 101, 250} {
		got := 0
		for range lawtext.Parse(Act(n, 7)).All() {
			got++
		}
		if got != Provisions(n) {
			t.Errorf("%d articles have %d provisions, want %d", n, got, Provisions(n))
		}
	}
}
