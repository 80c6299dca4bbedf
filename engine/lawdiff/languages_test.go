package lawdiff

import (
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// languages are real texts of each language.
var languages = []struct{ lang, pattern string }{
	{"sl", "triples/sl/*/before.txt"}, {"sk", "triples/sk/*/before.md"}, {"cs", "triples/cz/*/before.md"},
	{"de", "pairs/de/*/before.md"}, {"de-LI", "pairs/li/*/before.md"}, {"fr", "pairs/fr-articles/*/before.md"}, {"en", "triples/en-dc/*/before.xml"},
	{"sr", "ex-yu/sr-consolidated/*.json"},
}

// everyLanguage gives a test some acts of each language, of no more rows than most.
func everyLanguage(t *testing.T, most, count int, test func(t *testing.T, rnd *rand.Rand, a *lawtext.Act)) {
	for _, l := range languages {
		t.Run(l.lang, func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(5, 5))
			left := count
			for _, file := range shared(t, l.pattern) {
				a := readAct(t, file)
				if l.lang == "sr" {
					a = lawtext.ParseIn("sr", provisions(t, file))
				}
				if n := len(Rows(a)); left == 0 || n < 3 || n > most {
					continue
				}
				left--
				t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) { test(t, rnd, a) })
			}
			if left == count {
				t.Error("no text is short enough")
			}
		})
	}
}

// provisions is the text of a consolidated act in JSON, article by article.
func provisions(t *testing.T, file string) string {
	var doc struct {
		Title      string
		Provisions []struct{ Title, Content string }
	}
	if err := json.Unmarshal([]byte(read(t, file)), &doc); err != nil {
		t.Fatal(err)
	}
	text := doc.Title + "\n"
	for _, p := range doc.Provisions {
		text += "\n" + p.Title + "\n\n" + p.Content + "\n"
	}
	return text
}

// TestEdits_languages: of random changes to real texts the patch makes each version
// of the other, and two drafts join to the same from either side.
func TestEdits_languages(t *testing.T) {
	t.Parallel()
	cases := 0
	everyLanguage(t, 150, 3, func(t *testing.T, rnd *rand.Rand, a *lawtext.Act) {
		for range 2 {
			ours, theirs := edited(rnd, a, "čo"), edited(rnd, a, "žt")
			for _, how := range []Matching{ByText, ByKey} {
				checkPatch(t, a, ours, how)
				checkPatch(t, ours, theirs, how)
				checkMerge(t, a, ours, theirs, how)
			}
			cases++
		}
	})
	realtexts.Measured(t, "random changes of real texts: patch back and forth, merge of either side the same", "100 %", "all languages", "%d of %d", cases, cases)
}

// TestKeys_languages: a provision keeps its key when others come before it, when it
// gets another number and when it goes elsewhere, and the key of one that is gone is
// not given again.
func TestKeys_languages(t *testing.T) {
	t.Parallel()
	everyLanguage(t, 400, 4, func(t *testing.T, rnd *rand.Rand, a *lawtext.Act) {
		was := map[string]bool{}
		for n := range a.All() {
			was[n.Key] = true
		}
		b := clone(a)
		keys := map[*lawtext.Node]string{}
		for n := range b.All() {
			keys[n] = n.Key
		}
		articles := b.Articles("")
		for k, n := range articles { // every number moves on by one
			if next := k + 1; next < len(articles) {
				n.Num, n.Label = articles[next].Num, articles[next].Label
			}
		}
		for _, n := range articles { // and what an article holds stands in another order
			rnd.Shuffle(len(n.Children), func(i, k int) { n.Children[i], n.Children[k] = n.Children[k], n.Children[i] })
		}
		lawtext.Readdress(b)
		fresh := &lawtext.Node{Kind: lawtext.Paragraph, Intro: "Čisto nova določba."}
		if len(articles) > 0 {
			gone := articles[0]
			delete(keys, gone)
			for _, c := range gone.Children {
				delete(keys, c)
			}
			gone.Children = []*lawtext.Node{fresh}
			lawtext.Readdress(b)
		}
		got, err := Between(a, b, ByKey).Apply(a)
		if err != nil {
			t.Fatal(err)
		}
		in := map[string]*lawtext.Node{}
		for n := range got.All() {
			if in[n.Key] != nil {
				t.Errorf("two provisions have the key %s", n.Key)
			}
			in[n.Key] = n
			if n.Intro == fresh.Intro && was[n.Key] {
				t.Errorf("a new provision has the key %s of an old one", n.Key)
			}
		}
		for n := range b.All() {
			if key, ok := keys[n]; ok && (n.Key != key || in[key] == nil || Own(in[key]) != Own(n) || in[key].ID != n.ID) {
				t.Errorf("%s is no longer of the key %s", n.ID, key)
			}
		}
	})
}

// rewrapped writes a text anew in rows of a width. No row begins
// with what may be a label.
func rewrapped(a *lawtext.Act, width int) string {
	var b strings.Builder
	for line := range strings.Lines(lawtext.Print(a)) {
		column, room := 0, width
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "|") {
			room = len(line) // which is one row
		}
		for i, w := range strings.Split(strings.TrimSuffix(line, "\n"), " ") {
			first, _ := utf8.DecodeRuneInString(w)
			switch {
			case i == 0:
			case column > room && unicode.IsLower(first) && utf8.RuneCountInString(w) > 4 && !strings.ContainsAny(w, ".)"):
				b.WriteByte('\n')
				column = 0
			default:
				b.WriteByte(' ')
			}
			b.WriteString(w)
			column += 1 + utf8.RuneCountInString(w)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestActs_rewrapped_languages: a text wrapped anew is the same text.
func TestActs_rewrapped_languages(t *testing.T) {
	t.Parallel()
	everyLanguage(t, 1_000, 5, func(t *testing.T, _ *rand.Rand, a *lawtext.Act) {
		for _, width := range []int{70, 90} {
			again := lawtext.ParseIn(a.Lang, rewrapped(a, width))
			for k, c := range Acts(a, again) {
				if k < 3 {
					t.Errorf("in rows of %d: %s", width, list([]Change{c}))
				}
			}
		}
	})
}
