package lawtext

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// checkDialect states what holds of every text in every language.
func checkDialect(t *testing.T, d *Dialect, text string) {
	t.Helper()
	a := ParseIn(d.Lang, text)
	if _, ok := a.Places(); !ok {
		t.Fatalf("%s: words are missing in the tree, from %q:\n%s", d.Lang, text, shape(a))
	}
	seen := map[string]bool{}
	for n := range a.All() {
		if n.ID == "" || seen[n.ID] || n.Key != n.ID {
			t.Fatalf("%s: the ID %q (key %q) is empty or comes twice, from %q", d.Lang, n.ID, n.Key, text)
		}
		seen[n.ID] = true
		if n.Span.Start < 0 || n.Span.End > len(text) || n.Span.Start >= n.Span.End {
			t.Fatalf("%s: %s has the span %v, from %q", d.Lang, n.ID, n.Span, text)
		}
		for _, c := range n.Children {
			if c.Span.Start < n.Span.Start || c.Span.End > n.Span.End {
				t.Fatalf("%s: %s %v does not hold %s %v, from %q", d.Lang, n.ID, n.Span, c.ID, c.Span, text)
			}
		}
	}
	Observations(a)
	a.Words("art_1__sent_1")
}

// dialectPieces are the parts of texts in Markdown and in other languages.
var dialectPieces = []string{
	"##### § 1", "##### § 2a", "##### Čl. I", "##### Art. 5bis[^1]", "### § 3 Begriffe", "# Titel", "## ČÁST PRVNÍ", "#### Nadpis", "**Zweck**", "Art. 1",
	"(1)", "(2) Text.", "1) Der Klub:", "- a) singt;", "- 1. číslo", "a)", "aa) x", "- ", "| a | b |", "| --- | --- |", "[§ 7](../x)", "[^1]: LGBl. 2020",
	"Text [a](b) **c** [^2].", "zní:", "„§ 5", "Nové.“", "\"neu\"", "Příloha č. 1", "Anhang 1", "Члан 1.", "Članak 2.", "(црта)", "1. Prvi;", "I. DIO", "Article 3",
	"`x`", "---", "====", "[", "](", "**", "****", "Zrušen.", "<br>", "    code", "\tA\tB", "x\ty", "",
}

func TestDialectsOnRandomTexts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 4000 {
		var b strings.Builder
		for range 1 + r.IntN(14) {
			list := dialectPieces
			if r.IntN(4) == 0 {
				list = pieces
			}
			b.WriteString(list[r.IntN(len(list))])
			b.WriteString([]string{"\n", "\n\n", "\n\n", " ", "\r\n"}[r.IntN(5)])
		}
		checkDialect(t, dialects[r.IntN(len(dialects))], b.String())
	}
}

func FuzzDialects(f *testing.F) {
	for i, p := range dialectPieces {
		f.Add(uint8(i), p)
	}
	f.Add(uint8(1), strings.Join(dialectPieces, "\n\n"))
	f.Fuzz(func(t *testing.T, k uint8, text string) { checkDialect(t, dialects[int(k)%len(dialects)], text) })
}
