package lawdiff

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

func TestChangedArticles(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, old, new, want string }{
		{"nothing", "1: a b", "1: a   b", ""},
		{"rewritten", "1: a\n2: b", "1: a\n2: c", "art_2"},
		{"new and gone", "1: a\n2: b", "1: a\n1.a: c", "art_1a art_2"},
		{"renumbered", "1: a\n2: b", "1: a\n2: c\n3: b", "art_2 art_3"},
		{"a paragraph", "1: /a/b/", "1: /a/", "art_1"},
		{"a label", "1: /a/b/", "1: /(1) a/(2) b/", ""},
		{"in another chapter", "1: a\n2: b", "1: a\n#I\n2: b", ""},
	} {
		if got := strings.Join(ChangedArticles(act(tt.old), act(tt.new)), " "); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// read returns a file as text.
func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestChangedArticles_liechtenstein compares with the lists that the collection of
// Liechtenstein law keeps. They were made by comparing lines of the later version:
// they name articles with nothing but another number of a footnote, or a space
// before it, and they do not name what is gone. Both are counted apart, found in
// the lines and not by what is tested.
func TestChangedArticles_liechtenstein(t *testing.T) {
	mark := regexp.MustCompile(` ?\[\^\w+\]`)
	found, missed, extra, gone, footnotes := 0, 0, 0, 0, 0
	for _, f := range shared(t, "pairs/li/*/meta.json") {
		var meta struct {
			Affected []string `json:"affected_articles"`
		}
		if err := json.Unmarshal([]byte(read(t, f)), &meta); err != nil {
			t.Fatal(err)
		}
		dir := filepath.Dir(f)
		before, after := read(t, filepath.Join(dir, "before.md")), read(t, filepath.Join(dir, "after.md"))
		old, new := lawtext.Parse(before), lawtext.Parse(after)
		was, is := sections(mark.ReplaceAllString(before, "")), sections(mark.ReplaceAllString(after, ""))
		got := make(map[string]bool)
		for _, id := range ChangedArticles(old, new) {
			num, _, _ := strings.Cut(strings.TrimPrefix(id, "art_"), "~")
			got[num] = true
		}
		listed := make(map[string]bool)
		for _, a := range meta.Affected {
			if num, ok := strings.CutPrefix(strings.ToLower(strings.NewReplacer(" ", "", ".", "", "-", "").Replace(a)), "art"); ok {
				listed[num] = true
			}
		}
		for num := range listed {
			switch {
			case got[num]:
				found++
			case was[num] == is[num]:
				footnotes++
			default:
				missed++
				t.Logf("%s: article %s is listed and not found", filepath.Base(dir), num)
			}
		}
		for num := range got {
			switch {
			case listed[num]:
			case is[num] == "" && was[num] != "":
				gone++
			default:
				extra++
				t.Logf("%s: article %s is found and not listed", filepath.Base(dir), num)
			}
		}
	}
	realtexts.Measured(t, "changed-article set", "0.99", "pairs/li", "listed and found %d, missed %d, found and not listed %d; not listed because gone %d; listed for a footnote alone %d",
		found, missed, extra, gone, footnotes)
	if recall, precision := float64(found)/float64(found+missed), float64(found)/float64(found+extra); recall < 0.99 || precision < 0.99 {
		t.Errorf("recall %.3f, precision %.3f", recall, precision)
	}
}

// sections cuts a text at its headings, and returns what stands under those of
// articles by number.
func sections(text string) map[string]string {
	head := regexp.MustCompile(`^#+ Art\. ?([^\s\[]+)`)
	list := make(map[string]string)
	num := ""
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			num = ""
			if m := head.FindStringSubmatch(line); m != nil {
				num = m[1]
				list[num] += " " // there, though it may be empty
			}
		} else if num != "" {
			list[num] += Unwrap(line) + " "
		}
	}
	return list
}

// TestChangedArticles_french: each file is one article, which a list says changed.
func TestChangedArticles_french(t *testing.T) {
	right, all := 0, 0
	for _, f := range shared(t, "pairs/fr-articles/*/meta.json") {
		dir := filepath.Dir(f)
		before, after := read(t, filepath.Join(dir, "before.md")), read(t, filepath.Join(dir, "after.md"))
		got := ChangedArticles(lawtext.Parse(before), lawtext.Parse(after))
		all++
		if len(got) == 1 {
			right++
			continue
		}
		t.Logf("%s: %v, the texts differ: %v", filepath.Base(dir), got, Unwrap(before) != Unwrap(after))
	}
	realtexts.Measured(t, "changed-article set", "0.99", "pairs/fr-articles", "%d of %d", right, all)
	if right*100 < all*99 {
		t.Errorf("%d of %d", right, all)
	}
}

// TestActs_rewrapped: official copies are wrapped anew with each version, and no
// change is of that alone: whatever is called rewritten has other letters.
func TestActs_rewrapped(t *testing.T) {
	changes, spaces := 0, 0
	versions(t, "pairs/sl/*/before.txt", func(name string, old, new *lawtext.Act) {
		for _, c := range Acts(old, new) {
			if changes++; c.Kind != Rewritten {
				continue
			}
			if was, is := strings.Fields(Own(c.Old)), strings.Fields(Own(c.New)); slices.Equal(was, is) {
				t.Errorf("%s: %s differs in wrapping alone", name, c.New.ID)
			} else if strings.Join(was, "") == strings.Join(is, "") {
				spaces++
				t.Logf("%s", fmt.Sprint(name, " ", c.New.ID, " ", hunksOf(c.Edits)))
			}
		}
	})
	t.Logf("%d changes, %d of a space that one version lacks", changes, spaces)
}

func hunksOf(edits []Edit) (list []Edit) {
	for _, e := range edits {
		if e.Op != Keep {
			list = append(list, e)
		}
	}
	return list
}
