package lawtext

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// corpus returns the texts of a glob under the folder of laws, by path.
func corpus(t testing.TB, glob ...string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(append([]string{realtexts.Path(t, "law")}, glob...)...))
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	texts := map[string]string{}
	for _, f := range files {
		texts[f] = read(t, f)
	}
	return texts
}

// ink is what printing must keep: all but white space, marks of byte order and
// the # of headings at the start of a row.
func ink(text string) string {
	var b strings.Builder
	for l := range strings.Lines(text) {
		for _, r := range bare(l) {
			if !unicode.IsSpace(r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// shape is the tree of an act without places in the source.
func shape(a *Act) string {
	var b strings.Builder
	for _, c := range a.Components {
		b.WriteString("= " + c.ID + " | " + c.Title + "\n")
	}
	for n := range a.All() {
		b.WriteString(strings.Join([]string{n.ID, string(n.Kind), n.Label, n.Num, n.Heading, n.Intro, n.Tail}, "|"))
		if n.Above {
			b.WriteString("|above")
		}
		if n.Deleted {
			b.WriteString("|deleted")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "\n  " + x[max(i-1, 0)] + "\n- " + x[i] + "\n+ " + y[i]
		}
	}
	switch n := min(len(x), len(y)); {
	case len(x) > n:
		return "\n- " + x[n]
	case len(y) > n:
		return "\n+ " + y[n]
	}
	return "none"
}

func TestCorpusIsLossless(t *testing.T) {
	t.Parallel()
	for _, glob := range [][]string{
		{"si-npb", "*.txt"}, {"pairs", "sl", "*", "*.txt"}, {"triples", "sl", "*", "*.txt"}, {"triples", "sl", "*", "act.md"},
		{"ex-yu", "sl-acts", "*.md"}, {"ex-yu", "sl-amending-bylaws", "*.txt"},
	} {
		var articles, components, lost int
		texts := corpus(t, glob...)
		for name, text := range texts {
			a := Parse(text)
			printed := Print(a)
			if want, got := ink(text), ink(printed); got != want {
				lost += max(1, len(want)-len(got))
				t.Errorf("%s: printing changes the text", name)
			}
			if again := Parse(printed); shape(again) != shape(a) {
				t.Errorf("%s: printing and reading again gives another tree: %s", name, firstDifference(shape(a), shape(again)))
			}
			for n := range a.All() {
				if n.Kind == Article {
					articles++
				}
			}
			components += len(a.Components)
		}
		realtexts.Measured(t, "text lost by read and print", "0 characters", "Slovenian texts", "%s: files %d, components %d, articles %d, characters lost %d", filepath.Join(glob...), len(texts), components, articles, lost)
	}
}
