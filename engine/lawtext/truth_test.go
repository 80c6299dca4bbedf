package lawtext

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
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
	law := realtexts.Path(t, "law")
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

// TestWrappedAnew wraps the structured copies as PISRS wraps, the first row of
// a paragraph short and the others long, and reads them back: every line must
// come out again. It measures the wraps alone, for the marks are given away by
// their rows; the paragraphs without numbers are the hard ones.
func TestWrappedAnew(t *testing.T) {
	t.Parallel()
	keys, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "ex-yu", "sl-consolidated", "*.json"))
	if err != nil || len(keys) == 0 {
		t.Fatal("no copies", err)
	}
	for _, first := range []int{44, 60} {
		var articles, exact, unnumbered, exactUnnumbered int
		for _, key := range keys {
			for num, want := range provisions(t, key) {
				if len(want) == 0 || !slovene.isArticleNumber(num) {
					continue
				}
				text := num + dot(num) + " člen\n"
				for _, l := range want {
					text += wrap(l, first, 80)
				}
				a := Parse(text)
				same := len(a.Articles("")) == 1 && strings.Join(bodyLines(a.Articles("")[0]), "\n") == strings.Join(want, "\n")
				hard := len(want) > 1 && !strings.Contains(strings.Join(want, ""), "(2)")
				articles++
				if same {
					exact++
				}
				if hard {
					unnumbered++
					if same {
						exactUnnumbered++
					}
				}
			}
		}
		t.Logf("first row %d: articles %d, with the same lines %d; of %d without numbers %d", first, articles, exact, unnumbered, exactUnnumbered)
		if exact*100 < articles*97 {
			t.Error("worse than it was")
		}
	}
}

// wrap breaks a line into rows of at most first and then width characters. The
// mark of an item gets a row of its own.
func wrap(l string, first, width int) string {
	var b strings.Builder
	if m := slovene.readMark(l); m.style != noStyle && m.style != paraStyle && m.rest != "" {
		b.WriteString(m.label + "     \n")
		l = m.rest
	}
	room, used := first, 0
	for w := range strings.FieldsSeq(l) {
		n := len([]rune(w))
		if used > 0 && used+1+n > room {
			b.WriteByte('\n')
			room, used = width, 0
		} else if used > 0 {
			b.WriteByte(' ')
			used++
		}
		b.WriteString(w)
		used += n
	}
	b.WriteByte('\n')
	return b.String()
}
