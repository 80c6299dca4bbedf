package outcomesweb

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/engine/uptake"
)

func join(list []run) string {
	var b strings.Builder
	for _, one := range list {
		b.WriteString(one.Text)
	}
	return b.String()
}

// Marks cut a passage and lose none of it, also marks that do not fit.
func TestRuns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 40, 80).Draw(t, "text")
		var marks []uptake.Mark
		for range rapid.IntRange(0, 5).Draw(t, "marks") {
			start := rapid.IntRange(-3, 90).Draw(t, "start")
			marks = append(marks, uptake.Mark{Start: max(0, start), End: start + rapid.IntRange(-2, 20).Draw(t, "length"), Whose: uptake.Ours})
		}
		if got := join(runs(text, marks)); got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

// What is quoted of a long passage is a part of it, not too long, and holds the
// first mark.
func TestExcerpt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(rapid.StringMatching(`[a-zčšž]{1,12}`).Draw(t, "word")+" ", rapid.IntRange(1, 200).Draw(t, "words")) + "konec"
		start := strings.LastIndex(text[:rapid.IntRange(0, len(text)).Draw(t, "near")], " ") + 1
		end := start + strings.IndexAny(text[start:]+" ", " ")
		list := excerpt(text, []uptake.Mark{{Start: start, End: end, Whose: uptake.Others}})
		got := strings.TrimSuffix(strings.TrimPrefix(join(list), "… "), " …")
		if !strings.Contains(text, got) || !utf8.ValidString(got) {
			t.Fatalf("%q is no part of %q", got, text)
		}
		if len(got) > longQuote+2*around {
			t.Fatalf("%d bytes are quoted", len(got))
		}
		marked := false
		for _, one := range list {
			marked = marked || one.Whose == uptake.Others && one.Text == text[start:end]
		}
		if !marked {
			t.Fatalf("%q has lost its mark on %q", got, text[start:end])
		}
	})
}
