package lawtext

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func BenchmarkParse(b *testing.B) {
	var all strings.Builder
	for _, text := range corpus(b, "si-npb", "*.txt") {
		all.WriteString(text)
	}
	text := all.String()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Parse(text)
	}
}

func BenchmarkPrint(b *testing.B) {
	var all strings.Builder
	for _, text := range corpus(b, "si-npb", "*.txt") {
		all.WriteString(text)
	}
	a := Parse(all.String())
	b.SetBytes(int64(all.Len()))
	for b.Loop() {
		Print(a)
	}
}

func BenchmarkParseSynthetic(b *testing.B) {
	text := synthetic(1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Parse(text)
	}
}

// synthetic is an act of so many articles, each with ten provisions.
func synthetic(articles int) string {
	var b strings.Builder
	for i := range articles {
		if i%20 == 0 {
			fmt.Fprintf(&b, "%d. poglavje\nPOGLAVJE O ŠTEVILKI\n", i/20+1)
		}
		fmt.Fprintf(&b, "%d. člen\n(naslov)\n", i%9999+1)
		for p := range 3 {
			fmt.Fprintf(&b, "(%d) Kdor želi postati član kluba, mora\nizpolniti vlogo, plačati članarino in priti na skupščino, in sicer prinese:\n", p+1)
			b.WriteString("-     \nvlogo, ki jo podpišeta\ndva člana kluba;\n-     \npotrdilo o plačilu.\n")
		}
	}
	return b.String()
}

// The time for one provision does not grow with the act.
func TestGrowth(t *testing.T) {
	per := map[int]time.Duration{}
	for _, provisions := range []int{1_000, 10_000, 100_000} {
		text := synthetic(provisions / 10)
		least := time.Hour
		for range 3 {
			begin := time.Now()
			a := Parse(text)
			least = min(least, time.Since(begin))
			if n := len(a.Articles("")); n != provisions/10 {
				t.Fatalf("%d articles", n)
			}
		}
		per[provisions] = least / time.Duration(provisions)
		t.Logf("%d provisions: %v, %v each", provisions, least, per[provisions])
	}
	if per[100_000] > 6*max(per[1_000], 500*time.Nanosecond) {
		t.Error("reading slows down with the size of the act")
	}
}
