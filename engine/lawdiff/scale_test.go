//go:build unix

package lawdiff

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// spent is the processor time of the program until now, so that other work on the
// machine does not count.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// oneOf repeats a provision n times; the words of %d are those of the place.
func oneOf(n int, form string) *lawtext.Act {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d: ", i)
		if strings.Contains(form, "%d") {
			fmt.Fprintf(&b, form, i)
		} else {
			b.WriteString(form)
		}
		b.WriteString("\n")
	}
	return act(b.String())
}

func reversed(a *lawtext.Act) *lawtext.Act {
	b := clone(a)
	slices.Reverse(b.Components[0].Nodes)
	return b
}

// A giant is an act of one paragraph of n words.
func giant(n int, form string) *lawtext.Act {
	var b strings.Builder
	for i := range n {
		if strings.Contains(form, "%d") {
			fmt.Fprintf(&b, form, i)
		} else {
			b.WriteString(form)
		}
		b.WriteString(" ")
	}
	return act("1: " + b.String())
}

// hard are versions that a careless method takes the square of their size for.
var hard = []struct {
	name string
	make func(n int) (old, new *lawtext.Act)
}{
	{"identical", func(n int) (old, new *lawtext.Act) {
		return oneOf(n, "enako besedilo"), oneOf(n+n/10, "enako besedilo")
	}},
	{"all different", func(n int) (old, new *lawtext.Act) { return oneOf(n, "a%d b c"), oneOf(n, "x%d b c") }},
	{"nearly identical", func(n int) (old, new *lawtext.Act) {
		return oneOf(n, "pravica iz prejšnjega odstavka št. %d se uveljavlja na zahtevo"), oneOf(n, "pravica iz prejšnjega odstavka št. %d se uveljavi na zahtevo")
	}},
	{"reversed", func(n int) (old, new *lawtext.Act) { a := oneOf(n, "člen številka a%d"); return a, reversed(a) }},
	{"one paragraph, all different", func(n int) (old, new *lawtext.Act) { return giant(20*n, "a%d"), giant(20*n, "b%d") }},
	{"one paragraph, one word", func(n int) (old, new *lawtext.Act) { return giant(20*n, "beseda"), giant(20*n+7, "beseda") }},
	{"one paragraph, every other word", func(n int) (old, new *lawtext.Act) { return giant(10*n, "a%d in"), giant(10*n, "b%d in") }},
	{"split in all places", func(n int) (old, new *lawtext.Act) {
		words := strings.Fields(strings.Repeat("pet besed ima vsak del ", n))
		for i := range words {
			words[i] += fmt.Sprint(i)
		}
		var b strings.Builder
		for i := 0; i < len(words); i += 5 {
			b.WriteString("/" + strings.Join(words[i:i+5], " "))
		}
		return act("1: " + strings.Join(words, " ")), act("1: " + b.String() + "/")
	}},
}

// TestHard: comparing and merging ten times the text takes no more than some twenty times the time, and
// the patch is exact, whatever the text.
func TestHard(t *testing.T) {
	for _, tt := range hard {
		var took [2]time.Duration
		for k, n := range []int{400, 4_000} {
			old, new := tt.make(n)
			took[k] = time.Hour
			for range 2 {
				start := spent()
				Acts(old, new)
				Merge(old, new, new)
				took[k] = min(took[k], spent()-start)
			}
			if k == 0 {
				checkPatch(t, old, new, ByText)
			}
		}
		t.Logf("%-32s %8.1f ms, ten times as much %8.1f ms", tt.name, took[0].Seconds()*1000, took[1].Seconds()*1000)
		if took[1] > 40*took[0]+200*time.Millisecond {
			t.Errorf("%s: %v and then %v", tt.name, took[0], took[1])
		}
	}
}

// BenchmarkSize: acts in which one provision in twenty changed, and such in which
// all did; a provision has 25 words. The metric is processor time.
func BenchmarkSize(b *testing.B) {
	for _, provisions := range []int{1_000, 10_000, 100_000} {
		run := func(name string, do func()) {
			b.Run(fmt.Sprintf("%s/%d", name, provisions), func(b *testing.B) {
				start := spent()
				for b.Loop() {
					do()
				}
				ms := (spent() - start).Seconds() * 1000 / float64(b.N)
				b.ReportMetric(ms, "cpu-ms")
				b.ReportMetric(ms*1000/float64(provisions), "cpu-µs/provision")
			})
		}
		articles := provisions / 4 // each with three paragraphs
		old, new, all := longAct(articles, 0), longAct(articles, 20), longAct(articles, 1)
		run("diff", func() { Acts(old, new) })
		run("diff-all", func() { Acts(old, all) })
		patch := Between(old, new)
		run("patch", func() {
			if _, err := patch.Apply(old); err != nil {
				b.Fatal(err)
			}
		})
		draft := longAct(articles, 7)
		run("merge", func() { Merge(old, new, draft) })
	}
}
