package lawtext

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// TestWrapsDoNotMatter compares the articles that two versions of a law have in
// the same ink: their lines must be the same however the rows are wrapped.
func TestWrapsDoNotMatter(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "pairs", "sl", "*"))
	if err != nil || len(dirs) == 0 {
		t.Fatal("no pairs", err)
	}
	var same, rewrapped, exact int
	for _, dir := range dirs {
		before := articleRows(Parse(read(t, filepath.Join(dir, "before.txt"))))
		after := articleRows(Parse(read(t, filepath.Join(dir, "after.txt"))))
		for id, x := range before {
			y, ok := after[id]
			if !ok || ink(x.lines) != ink(y.lines) {
				continue
			}
			same++
			if x.source == y.source {
				continue
			}
			rewrapped++
			if x.lines == y.lines {
				exact++
			} else {
				t.Logf("%s %s: %s", filepath.Base(dir), id, firstDifference(x.lines, y.lines))
			}
		}
	}
	t.Logf("articles of the same ink %d, wrapped anew %d, of these with the same lines %d", same, rewrapped, exact)
	if exact*1000 < rewrapped*990 {
		t.Error("worse than it was")
	}
}

type written struct{ lines, source string }

// articleRows returns the articles of an act by ID, with the rows they come from.
func articleRows(a *Act) map[string]written {
	out := map[string]written{}
	for n := range a.All() {
		if n.Kind == Article {
			rows := strings.ReplaceAll(a.Source[n.Span.Start:n.Span.End], "\r", "")
			out[n.ID] = written{strings.Join(n.Lines(), "\n"), rows}
		}
	}
	return out
}
