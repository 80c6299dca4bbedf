package lawtext

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A provision is an article of the structured copies, whose content has a line
// for each paragraph and item.
type provision struct{ Article, Content string }

func provisions(t *testing.T, path string) map[string][]string {
	t.Helper()
	var doc struct{ Provisions []provision }
	if err := json.Unmarshal([]byte(read(t, path)), &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, p := range doc.Provisions {
		var lines []string
		for l := range strings.Lines(p.Content) {
			if s := oneSpace(strings.TrimSpace(l)); s != "" {
				lines = append(lines, s)
			}
		}
		out[p.Article] = lines
	}
	return out
}

// TestAgainstStructuredCopies compares what is read from wrapped text with
// copies of the same laws in which every paragraph is a line. The copies are
// newer, so only articles of the same ink are compared by their lines.
func TestAgainstStructuredCopies(t *testing.T) {
	t.Parallel()
	law := shared(t, "law")
	keys, err := filepath.Glob(filepath.Join(law, "ex-yu", "sl-consolidated", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var laws, wanted, found, same, exact int
	for _, key := range keys {
		name := strings.TrimSuffix(filepath.Base(key), ".json")
		text := wrapped(t, law, name)
		if text == "" {
			continue
		}
		laws++
		a := Parse(text)
		got := map[string]*Node{}
		for _, c := range slices.Backward(a.Components) {
			if strings.Contains(c.Title, "sprem") {
				continue
			}
			for _, n := range a.Articles(c.ID) {
				got[n.Num] = n
			}
		}
		for num, want := range provisions(t, key) {
			wanted++
			n := got[num]
			if n == nil {
				t.Logf("%s: article %s is not found", name, num)
				continue
			}
			found++
			lines := bodyLines(n)
			if ink(strings.Join(lines, "")) != ink(strings.Join(want, "")) {
				continue
			}
			same++
			if strings.Join(lines, "\n") == strings.Join(want, "\n") {
				exact++
			} else {
				t.Logf("%s %s: %s", name, num, firstDifference(strings.Join(want, "\n"), strings.Join(lines, "\n")))
			}
		}
	}
	t.Logf("laws %d: articles found %d of %d; of %d with the same ink %d have the same lines", laws, found, wanted, same, exact)
	if found*100 < wanted*98 || exact*100 < same*97 {
		t.Error("worse than it was")
	}
}

// bodyLines is the text of an article without its label and heading.
func bodyLines(n *Node) []string {
	var out []string
	for _, c := range n.Children {
		out = append(out, c.Lines()...)
	}
	return out
}

func wrapped(t *testing.T, law, name string) string {
	t.Helper()
	for _, glob := range []string{"si-npb/" + name + ".txt", "triples/sl/*__" + name + "/after.txt"} {
		if m, _ := filepath.Glob(filepath.Join(law, filepath.FromSlash(glob))); len(m) > 0 {
			b, err := os.ReadFile(m[0])
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
	}
	return ""
}
