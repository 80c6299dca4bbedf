package lawtext

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// The consolidated laws of the two collections: every head of an article is an
// article, every mark of a paragraph under it is one of its paragraphs, and no
// ink is lost.
func TestSlovakAndCzechLaws(t *testing.T) {
	heads := regexp.MustCompile(`(?m)^#+ *(§ *[0-9]+ ?[a-z]{0,2})\s*$`)
	para := regexp.MustCompile(`(?m)^\(([0-9]+[a-z]?)\)(?: |$)`)
	for _, c := range []struct {
		folder, lang string
		texts, same  int // files, and how many at least have the same articles with the same paragraphs
	}{{"sk", "sk", 210, 190}, {"cz", "cs", 210, 180}} {
		var files []string
		for _, name := range []string{"before.md", "after.md"} {
			more, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law", "triples", c.folder), "*", name))
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, more...)
		}
		if len(files) < c.texts {
			t.Errorf("%s: %d texts", c.folder, len(files))
		}
		same, articles, paragraphs := 0, 0, 0
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			text := string(b)
			a := Parse(text)
			if a.Lang != c.lang {
				t.Errorf("%s: read as %s", f, a.Lang)
			}
			var want, got []string
			at := heads.FindAllStringSubmatchIndex(text, -1)
			for i, m := range at {
				end := len(text)
				if i+1 < len(at) {
					end = at[i+1][0]
				}
				want = append(want, strings.ReplaceAll(text[m[2]:m[3]], " ", ""))
				articles++
				if i+1 == len(at) {
					break // annexes stand behind the last one
				}
				for _, p := range para.FindAllStringSubmatch(text[m[1]:end], -1) {
					want = append(want, p[1])
					paragraphs++
				}
			}
			list := a.Articles("")
			for i, n := range list {
				if !strings.HasPrefix(n.Label, "§") {
					continue
				}
				got = append(got, strings.ReplaceAll(n.Label, " ", ""))
				for _, p := range n.Children {
					if p.Kind == Paragraph && p.Label != "" && i+1 < len(list) {
						got = append(got, p.Num)
					}
				}
			}
			if strings.Join(want, " ") == strings.Join(got, " ") {
				same++
			}
		}
		realtexts.Measured(t, "article and paragraph structure", "", "Slovak and Czech sets", "%s: %d texts, %d with the same articles and paragraphs; %d articles, %d paragraphs", c.folder, len(files), same, articles, paragraphs)
		if same < c.same {
			t.Errorf("%s: %d of %d texts have the same articles and paragraphs", c.folder, same, len(files))
		}
	}
}

// Signatures and footnotes behind the last article are no part of it.
func TestClosingsOfMarkdown(t *testing.T) {
	a := ParseIn("cs", "##### § 1\n\n(1) Text.^1)\n\n**Předseda:**\n\n**Novák v. r.**\n\n^1) § 5 zákona.\n")
	if n := a.Articles("")[0]; len(n.Children) != 1 {
		t.Errorf("%d children of the article", len(n.Children))
	}
}
