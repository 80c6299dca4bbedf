package lawtext

import (
	"fmt"
	"strings"
	"testing"
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
