package drafting_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// versions are two versions of an act of n articles, of which every twentieth
// has changed in one of several ways.
func versions(n int) (base, target *lawtext.Act) {
	var a, b strings.Builder
	for i := 1; i <= n; i++ {
		article := fmt.Sprintf("%d. člen\n\n(naslov %d)\n\n(1) Panj številka %d je lesen, dovolj velik za roj in stoji na sončnem travniku, če zbor ne odloči drugače.\n\n"+
			"(2) Vanj se spomladi %d naseli roj, ki ga čebelar popiše:\n\n1. po številu čebel,\n\n2. po starosti matice,\n\n3. po izvoru.\n\n"+
			"(3) Med se iztoči jeseni in se shrani v posodi, ki jo predpiše pravilnik iz %d. člena.\n\n", i, i, i, i, i)
		a.WriteString(article)
		if i%20 == 0 {
			switch i / 20 % 5 {
			case 0:
				article = strings.Replace(article, "sončnem", "senčnem", 1)
			case 1:
				article = strings.Replace(article, "2. po starosti matice,", "2. po barvi matice,\n\n2.a po teži,", 1)
			case 2:
				article = strings.Replace(article, "(3)", "(3) Roj se ne seli.\n\n(4)", 1)
			case 3:
				article += fmt.Sprintf("%d.a člen\n\nPanj je nov.\n\n", i)
			default:
				article = fmt.Sprintf("%d. člen\n\n(črtan)\n\n", i)
			}
		}
		b.WriteString(article)
	}
	return lawtext.Parse(a.String()), lawtext.Parse(b.String())
}

// BenchmarkWrite compares and drafts; its time grows with the act.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{250, 500, 1_000, 2_000, 4_000} {
		base, target := versions(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				d, err := drafting.Write(base, target, drafting.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if len(d.Articles) != n/20 {
					b.Fatalf("%d articles", len(d.Articles))
				}
			}
		})
	}
}
