package lawdiff

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// shared is a file of the legislative test data beside the repository, which is
// public but not ours to store here.
func shared(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no %s among the real texts", pattern)
	}
	return files
}

func readAct(t *testing.T, file string) *lawtext.Act {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return lawtext.Parse(string(b))
}

// TestActs_real: between two official versions of a statute few provisions
// change, whatever the wrapping, and the changes carry every word of both.
func TestActs_real(t *testing.T) {
	for _, pattern := range []string{"triples/sl/*/before.txt", "pairs/sl/*/before.txt"} {
		provisions, changed := 0, 0
		kinds := make(map[Kind]int)
		files := shared(t, pattern)
		for _, f := range files {
			old, new := readAct(t, f), readAct(t, filepath.Join(filepath.Dir(f), "after.txt"))
			checkActs(t, old, new)
			for _, c := range All(old, new) {
				provisions++
				if kinds[c.Kind]++; c.Kind != Unchanged {
					changed++
				}
			}
		}
		t.Logf("%d pairs, %d provisions, %d changed: %v", len(files), provisions, changed, kinds)
		if changed*4 > provisions {
			t.Errorf("%d of %d provisions changed", changed, provisions)
		}
	}
}
