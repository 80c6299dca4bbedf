package akn

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// statute is one of so many articles, with paragraphs and points.
func statute(articles int) *lawtext.Act {
	var b strings.Builder
	b.WriteString("ZAKON\n\nO ČEBELAH\n\n")
	for i := range articles {
		fmt.Fprintf(&b, "%d. člen\n\n(panj)\n\n(1) Čebele, ki živijo v panju številka %d, se vpišejo v register čebelnjakov. Vpis opravi čebelar.\n\n(2) V register se vpišejo:\n\n1. ime čebelarja,\n\n2. število panjev in\n\n3. vrsta čebel.\n\n", i+1, i+1)
	}
	return lawtext.Parse(b.String())
}

func BenchmarkRead(b *testing.B) {
	data := Write(Make(statute(1000), dated(Identity{Country: "si"}).Meta()))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	d := Make(statute(1000), dated(Identity{Country: "si"}).Meta())
	b.SetBytes(int64(len(Write(d))))
	for b.Loop() {
		Write(d)
	}
}

// The tree of a document, by the bytes of the document.
func BenchmarkDocument_Act(b *testing.B) {
	d := Make(statute(1000), dated(Identity{Country: "si"}).Meta())
	b.SetBytes(int64(len(Write(d))))
	for b.Loop() {
		d.Act()
	}
}

// A document of a tree, by its size: the time per article stays the same.
func BenchmarkMake(b *testing.B) {
	for _, articles := range []int{100, 1_000, 10_000} {
		a := statute(articles)
		m := dated(Identity{Country: "si"}).Meta()
		b.Run(fmt.Sprint(articles), func(b *testing.B) {
			b.SetBytes(int64(len(Write(Make(a, m)))))
			for b.Loop() {
				Make(a, m)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	d := Make(statute(1000), dated(Identity{Country: "si"}).Meta())
	b.SetBytes(int64(len(Write(d))))
	for b.Loop() {
		if p := Check(d); len(p) > 0 {
			b.Fatal(p)
		}
	}
}
