package lawtext

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
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

// A text that nobody changed is laid out as it was, byte for byte.
func TestLayoutOfUnchangedTexts(t *testing.T) {
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
			if got := Layout(a); got != text {
				t.Errorf("%s: %s", name, firstDifference(text, got))
			}
			if l, ok := newLayout(a, a); !ok || l.write(a) != text {
				t.Errorf("%s: its words are not all in the tree", name)
			}
		}
		t.Logf("%s: files %d, articles %d, language known %d", filepath.Join(set.glob...), files, articles, known)
		if known < files {
			t.Error("a language is not known")
		}
	}
}

// A text that was changed anywhere keeps the rows of all else, and reads back to
// its provisions.
func TestLayoutOfChangedTexts(t *testing.T) {
	t.Parallel()
	for _, set := range statutes {
		r := rand.New(rand.NewPCG(7, 1))
		texts := corpus(t, set.glob...)
		names := make([]string, 0, len(texts))
		for name := range texts {
			names = append(names, name)
		}
		slices.Sort(names)
		acts, rows, kept, printed := 0, 0, 0, 0
		for i, name := range names {
			if i%4 != 1 || len(texts[name]) > 200_000 {
				continue
			}
			a := Parse(texts[name])
			for k := range 1 + r.IntN(4) {
				change(r, a, k)
			}
			got := Layout(a)
			if !sameProvisions(Parse(got), Parse(Print(a))) {
				t.Errorf("%s: other provisions: %s", name, firstDifference(shape(Parse(Print(a))), shape(Parse(got))))
			}
			acts++
			if got == Print(a) {
				printed++
				t.Logf("%s is printed", name)
			}
			there := map[string]int{}
			for l := range strings.Lines(got) {
				there[l]++
			}
			for l := range strings.Lines(a.Source) {
				rows++
				if there[l]--; there[l] >= 0 {
					kept++
				}
			}
		}
		t.Logf("%s: acts changed %d, printed without their layout %d; rows that stayed %d of %d", filepath.Join(set.glob...), acts, printed, kept, rows)
		if kept*100 < rows*80 || printed*10 > acts {
			t.Error("worse than it was")
		}
	}
}

// change removes, replaces or adds a provision of an act.
func change(r *rand.Rand, a *Act, k int) {
	var parents []*Node
	for n := range a.All() {
		if len(n.Children) > 0 && n.Kind != Quote {
			parents = append(parents, n)
		}
	}
	if len(parents) == 0 {
		return
	}
	up := parents[r.IntN(len(parents))]
	at := r.IntN(len(up.Children))
	old := *up.Children[at]
	switch r.IntN(4) {
	case 0:
		up.Children = slices.Delete(up.Children, at, at+1)
	case 1:
		old.Intro = strings.TrimSpace(old.Intro + " Slika je nova in velja tudi za vse druge, ki jih ta zakon imenuje na drugih mestih.")
		up.Children[at] = &old
	case 2:
		old.Intro = "Povsem nova vsebina, ki je dolga natanko toliko, da je v eni vrstici ni mogoče zapisati."
		old.Key, old.Tail, old.Children = fmt.Sprint("new-", k), "", nil
		up.Children = slices.Insert(up.Children, at+1, &old)
	case 3:
		old.Label = strings.Replace(old.Label, old.Num, "77", 1)
		up.Children[at] = &old
	}
}

// What is changed or new is written as the text writes its like.
func TestLayoutWritesAsTheSource(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, want string
		change           func(*Act)
	}{
		{"wraps and marks of PISRS",
			"1. člen\nKlub ima člane, ki plačujejo\r\nčlanarino in prihajajo na sestanke kluba redno.\nČlan je, kdor se\r\nvpiše.\nKlub:\n-     \nvodi;\n-     \npoje.\n",
			"1. člen\nKlub ima člane, ki plačujejo\r\nčlanarino in prihajajo na sestanke kluba redno.\nNov je, kdor pride na\r\nsestanek kluba in se predstavi drugim članom\r\nkluba.\nKlub:\n-     \nvodi;\n-     \npoje;\n-     \npleše.\n",
			func(a *Act) {
				art := a.Find("art_1")
				art.Children[1].Intro = "Nov je, kdor pride na sestanek kluba in se predstavi drugim članom kluba."
				list := art.Children[2]
				list.Children[1].Intro = "poje;"
				list.Children = append(list.Children, &Node{Kind: Indent, Label: "-", Num: "3", Intro: "pleše."})
			}},
		{"Markdown of Slov-Lex",
			"##### § 1\n\n##### Klub\n\n(1)\n\nKlub vedie [§ 2](../2/) predseda.\n\n##### § 2\n\n##### Koniec\n\n(1)\n\nPlatí.\n",
			"##### § 1\n\n##### Klub\n\n(1)\n\nKlub vedie [§ 2](../2/) predseda.\n\n(2)\n\nNové.\n\n##### § 1a\n\n##### Nadpis\n\n(1)\n\nPlatí.\n\n##### § 2\n\n##### Koniec\n\n(1)\n\nPlatí.\n",
			func(a *Act) {
				nodes := a.Components[0].Nodes
				nodes[0].Children = append(nodes[0].Children, &Node{Kind: Paragraph, Label: "(2)", Num: "2", Intro: "Nové."})
				added := &Node{Kind: Article, Label: "§ 1a", Num: "1a", Heading: "Nadpis",
					Children: []*Node{{Kind: Paragraph, Label: "(1)", Num: "1", Intro: "Platí."}}}
				a.Components[0].Nodes = slices.Insert(nodes, 1, added)
			}},
		{"list marks and bold headings of Liechtenstein",
			"---\ncountry: \"li\"\n---\n##### Art. 1[^1]\n\n**Zweck**\n\n1) Der Klub:\n\n- a) singt;\n\n- b) tanzt.\n\n##### Art. 2\n\n**Ende**\n\nGilt.\n",
			"---\ncountry: \"li\"\n---\n##### Art. 1[^1]\n\n**Sinn**\n\n1) Der Klub:\n\n- a) singt;\n\n- c) tanzt.\n\n2) Neu.\n\n##### Art. 2\n\n**Ende**\n\nGilt.\n",
			func(a *Act) {
				art := a.Find("art_1")
				art.Heading = "Sinn"
				b := art.Children[0].Children[1]
				b.Label, b.Num = "c)", "c"
				art.Children = append(art.Children, &Node{Kind: Paragraph, Label: "2)", Num: "2", Intro: "Neu."})
			}},
	} {
		a := Parse(c.text)
		equal(t, c.name+", unchanged", Layout(a), c.text)
		c.change(a)
		equal(t, c.name, Layout(a), c.want)
	}
}

// A text in which carriage returns tell wraps from paragraphs is written such that
// it reads the same without them.
func TestLayoutWithoutReturns(t *testing.T) {
	path := filepath.Join(realtexts.Path(t, "law"), "triples/sl")
	dirs, err := filepath.Glob(path + "/*")
	if err != nil || len(dirs) == 0 {
		t.Fatal(len(dirs), err)
	}
	for _, dir := range dirs {
		src, err := os.ReadFile(filepath.Join(dir, "before.txt"))
		if err != nil {
			t.Fatal(err)
		}
		a := Parse(string(src))
		a.Articles("")[0].Children[0].Intro = "Vsebina je nova."
		out := Layout(a)
		if !sameProvisions(Parse(out), Parse(strings.ReplaceAll(out, "\r\n", "\n"))) {
			t.Errorf("%s reads otherwise without carriage returns", filepath.Base(dir))
		}
	}
}
