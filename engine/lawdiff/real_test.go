package lawdiff

import (
	"encoding/xml"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
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
	if strings.HasSuffix(file, ".xml") {
		return lawtext.Parse(plain(string(b)))
	}
	return lawtext.Parse(string(b))
}

// plain is the text of a document in XML, a line for each piece.
func plain(doc string) string {
	var b strings.Builder
	for d := xml.NewDecoder(strings.NewReader(doc)); ; {
		token, err := d.Token()
		if err != nil {
			return b.String()
		}
		if text, ok := token.(xml.CharData); ok {
			if s := Unwrap(string(text)); s != "" {
				b.WriteString(s + "\n\n")
			}
		}
	}
}

// pairs are all official versions before and after a change, by set.
var pairs = []string{
	"triples/sl/*/before.txt", "pairs/sl/*/before.txt", "triples/sk/*/before.md", "triples/cz/*/before.md",
	"pairs/de/*/before.md", "pairs/li/*/before.md", "pairs/fr-articles/*/before.md", "triples/en-dc/*/before.xml",
}

// versions reads a set, and gives each pair to a test.
func versions(t *testing.T, pattern string, test func(name string, old, new *lawtext.Act)) int {
	t.Helper()
	files := shared(t, pattern)
	for _, f := range files {
		dir := filepath.Dir(f)
		test(filepath.Base(dir), readAct(t, f), readAct(t, filepath.Join(dir, "after"+filepath.Ext(f))))
	}
	return len(files)
}

// TestActs_real: between two official versions of a statute few provisions
// change, whatever the wrapping, and the changes carry every word of both.
func TestActs_real(t *testing.T) {
	for _, pattern := range []string{"triples/sl/*/before.txt", "pairs/sl/*/before.txt"} {
		provisions, changed := 0, 0
		kinds := make(map[Kind]int)
		count := versions(t, pattern, func(_ string, old, new *lawtext.Act) {
			checkActs(t, old, new)
			for _, c := range All(old, new) {
				provisions++
				if kinds[c.Kind]++; c.Kind != Unchanged {
					changed++
				}
			}
		})
		t.Logf("%d pairs, %d provisions, %d changed: %v", count, provisions, changed, kinds)
		if changed*4 > provisions {
			t.Errorf("%d of %d provisions changed", changed, provisions)
		}
	}
}

// TestPatch_real: the patch between any two official versions makes each of the
// other, in every language, also when it is printed and read again.
func TestPatch_real(t *testing.T) {
	for _, pattern := range pairs {
		rows := 0
		count := versions(t, pattern, func(_ string, old, new *lawtext.Act) {
			checkPatch(t, old, new, ByText)
			got, err := Between(old, new).Apply(old)
			if err != nil {
				t.Fatal(err)
			}
			wantRows(t, lawtext.Parse(lawtext.Print(got)), new)
			rows += len(Rows(new))
		})
		realtexts.Measured(t, "patch(before, diff) = after", "100 %", "all pairs", "%-28s %3d of %3d pairs exact, %d rows", filepath.Dir(filepath.Dir(pattern)), count, count, rows)
	}
}

// TestMerge_real: a draft, made by chance from a version, goes together with the
// version that followed, and nothing that either says is lost.
func TestMerge_real(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 4))
	for _, pattern := range []string{"triples/sl/*/before.txt", "pairs/sl/*[02]/before.txt", "triples/sk/*[02]/before.md", "pairs/li/*[02]/before.md"} {
		conflicts := make(map[ConflictKind]int)
		count := 0
		versions(t, pattern, func(_ string, base, later *lawtext.Act) {
			if len(Rows(base)) > 400 {
				return
			}
			count++
			draft := edited(rnd, base, "čž")
			checkMerge(t, base, draft, later, ByText)
			for _, c := range Merge(base, draft, later).Conflicts {
				conflicts[c.Kind]++
			}
		})
		t.Logf("%-28s %3d pairs, conflicts: %v", filepath.Dir(filepath.Dir(pattern)), count, conflicts)
	}
}
