// Package speed measures how the time of the law engine grows with the size of an
// act, as a whole: read, print, compare, carry out, draft. The plot in
// docs/law-speed.svg is made of it:
//
//	ASOCIACIJA_PLOT=$PWD/docs/law-speed.svg go test -count=1 -run Growth -v ./internal/law/speed
package speed

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Act is an invented act of so many articles: each has three paragraphs, the last
// with a list of three points, and no two say the same. Changed articles differ in
// one number, every so many articles; 0 changes none.
func Act(articles, every int) string {
	var b strings.Builder
	b.WriteString("Zakon o izmišljenih predpisih (ZIP)\n\n")
	for i := 1; i <= articles; i++ {
		if i%100 == 1 {
			fmt.Fprintf(&b, "%s. POGLAVJE\nIzmišljeno poglavje\n\n", roman(i/100+1))
		}
		days := 30
		if every > 0 && i%every == 0 {
			days = 45
		}
		fmt.Fprintf(&b, "%d. člen\n(izmišljena zadeva %d)\n\n", i, i)
		fmt.Fprintf(&b, "(1) Organ z oznako %d odloči o vlogi v %d dneh od dneva, ko je vloga popolna.\n\n", 7*i, days)
		fmt.Fprintf(&b, "(2) Zoper odločitev organa z oznako %d je dovoljena pritožba, ki ne zadrži izvršitve.\n\n", 7*i)
		fmt.Fprintf(&b, "(3) Vloga z oznako %d vsebuje:\n\n1. ime in naslov vlagatelja,\n\n2. opis zadeve %d in\n\n3. dokazilo o plačilu takse.\n\n", 11*i, 13*i)
	}
	return b.String()
}

// Provisions is how many provisions an act of so many articles has, the title
// among them.
func Provisions(articles int) int { return 1 + articles*7 + (articles+99)/100 }

func roman(n int) string {
	var b strings.Builder
	for _, s := range []struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= s.v; n -= s.v {
			b.WriteString(s.s)
		}
	}
	return b.String()
}

// A Curve is what one kind of work takes at each size.
type Curve struct {
	Name string
	Took []time.Duration
}

// Plot draws curves against the number of provisions, both axes logarithmic: what
// grows with the size and no faster is parallel to the dashed line.
func Plot(sizes []int, curves []Curve) string {
	const w, h, left, bottom = 760, 460, 80, 60
	x := func(n float64) float64 {
		lo, hi := math.Log10(float64(sizes[0])), math.Log10(float64(sizes[len(sizes)-1]))
		return left + (math.Log10(n)-lo)/(hi-lo)*(w-left-190)
	}
	y := func(ms float64) float64 { // 0.1 ms to 10 s
		return h - bottom - (math.Log10(max(ms, 0.1))+1)/5*(h-bottom-20)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img"><title>Time against provisions of an act</title>`+"\n", w, h)
	b.WriteString(`<style>text{fill:#1a1a1a}path,line{fill:none}@media(prefers-color-scheme:dark){text{fill:#eceae4}}</style>` + "\n")
	for ms := 0.1; ms <= 10_000; ms *= 10 {
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#b5b0a6" stroke-width=".5"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n",
			left, w-190, y(ms), y(ms), left-8, y(ms)+4, time.Duration(ms*float64(time.Millisecond)))
	}
	for _, n := range sizes {
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%d</text>`+"\n", x(float64(n)), h-bottom+20, n)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">provisions</text>`+"\n", (left+w-190)/2, h-14)
	first, last := float64(sizes[0]), float64(sizes[len(sizes)-1])
	fmt.Fprintf(&b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="#55524b" stroke-dasharray="4 4"/>`+"\n", x(first), y(0.5), x(last), y(0.5*last/first))
	var taken []float64 // heights of names that stand
	for i, c := range curves {
		color := [...]string{"#0b4f8a", "#b4451f", "#6b7a00", "#7a3e9d", "#00727a", "#8a5a00"}[i%6]
		d := ""
		for k, t := range c.Took {
			d += fmt.Sprintf("%c%.1f %.1f", "ML"[min(k, 1)], x(float64(sizes[k])), y(float64(t)/1e6))
		}
		end := y(float64(c.Took[len(c.Took)-1]) / 1e6)
		for slices.ContainsFunc(taken, func(at float64) bool { return math.Abs(at-end) < 15 }) {
			end++
		}
		taken = append(taken, end)
		fmt.Fprintf(&b, `<path d="%s" stroke="%s" stroke-width="2"/><text x="%d" y="%.1f" style="fill:%s">%s</text>`+"\n", d, color, w-182, end+4, color, c.Name)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
