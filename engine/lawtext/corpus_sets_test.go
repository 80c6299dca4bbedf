package lawtext

import (
	"path/filepath"
	"testing"
)

// statutes are the sets of real texts, by language.
var statutes = []struct {
	lang string
	glob []string
}{
	{"sl", []string{"si-npb", "*.txt"}}, {"sl", []string{"pairs", "sl", "*", "*.txt"}}, {"sl", []string{"triples", "sl", "*", "*.txt"}},
	{"sl", []string{"triples", "sl", "*", "act.md"}}, {"sl", []string{"ex-yu", "sl-acts", "*.md"}}, {"sl", []string{"ex-yu", "sl-amending-bylaws", "*.txt"}},
	{"sk", []string{"triples", "sk", "*", "*.md"}}, {"cs", []string{"triples", "cz", "*", "*.md"}},
	{"de", []string{"pairs", "li", "*", "*.md"}}, {"de", []string{"pairs", "de", "*", "*.md"}}, {"fr", []string{"pairs", "fr-articles", "*", "*.md"}},
}

// No ink of a real text is missing in its tree, whatever its language, and its
// print reads back to the same tree.
func TestStatutesAreWhole(t *testing.T) {
	t.Parallel()
	for _, set := range statutes {
		files, articles, known := 0, 0, 0
		for name, text := range corpus(t, set.glob...) {
			a := Parse(text)
			files++
			articles += len(a.Articles(""))
			if a.Lang == set.lang {
				known++
			}
			if _, ok := a.Places(); !ok {
				t.Errorf("%s: its words are not all in the tree", name)
			}
			if again := ParseIn(a.Lang, Print(a)); !SameProvisions(again, a) {
				t.Errorf("%s: printing and reading again gives another tree: %s", name, firstDifference(shape(a), shape(again)))
			}
		}
		t.Logf("%s: files %d, articles %d, language known %d, words lost 0", filepath.Join(set.glob...), files, articles, known)
		if known < files {
			t.Error("a language is not known")
		}
	}
}
