package layout

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// statutes are the sets of real texts.
var statutes = []string{
	"si-npb/*.txt", "pairs/sl/*/*.txt", "triples/sl/*/*.txt", "triples/sl/*/act.md", "ex-yu/sl-acts/*.md", "ex-yu/sl-amending-bylaws/*.txt",
	"triples/sk/*/*.md", "triples/cz/*/*.md", "pairs/li/*/*.md", "pairs/de/*/*.md", "pairs/fr-articles/*/*.md",
}

// corpus returns the texts of a glob under the folder of laws, by path.
func corpus(t testing.TB, glob string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), filepath.FromSlash(glob)))
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	texts := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts[f] = string(b)
	}
	return texts
}

func equal(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %s", what, cmp.Diff(want, got))
	}
}

// A text that nobody changed is laid out as it was, byte for byte.
func TestUnchangedTexts(t *testing.T) {
	t.Parallel()
	for _, glob := range statutes {
		texts := corpus(t, glob)
		for name, text := range texts {
			a := lawtext.Parse(text)
			if Print(a) != text {
				t.Errorf("%s: the text is another", name)
			}
			if l, ok := newPrinter(a, a); !ok || l.write(a) != text {
				t.Errorf("%s: the text is put together in another way", name)
			}
		}
		realtexts.Measured(t, "printed back byte for byte", "all", "all statutes", "%s: files %d", glob, len(texts))
	}
}

// A text that was changed anywhere keeps the rows of all else, and reads back to
// its provisions.
func TestChangedTexts(t *testing.T) {
	t.Parallel()
	for _, glob := range statutes {
		r := rand.New(rand.NewPCG(7, 1))
		texts := corpus(t, glob)
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
			a := lawtext.Parse(texts[name])
			for k := range 1 + r.IntN(4) {
				change(r, a, k)
			}
			got := Print(a)
			if !lawtext.SameProvisions(lawtext.Parse(got), lawtext.Parse(lawtext.Print(a))) {
				t.Errorf("%s: other provisions: %s", name, cmp.Diff(lawtext.Print(lawtext.Parse(lawtext.Print(a))), lawtext.Print(lawtext.Parse(got))))
			}
			acts++
			if got == lawtext.Print(a) {
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
		t.Logf("%s: acts changed %d, printed without their layout %d; rows that stayed %d of %d", glob, acts, printed, kept, rows)
		if kept*100 < rows*80 || printed*10 > acts {
			t.Error("worse than it was")
		}
	}
}

// change removes, replaces or adds a provision of an act.
func change(r *rand.Rand, a *lawtext.Act, k int) {
	var parents []*lawtext.Node
	for n := range a.All() {
		if len(n.Children) > 0 && n.Kind != lawtext.Quote {
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
func TestWritesAsTheSource(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, want string
		change           func(*lawtext.Act)
	}{
		{"wraps and marks of PISRS",
			"1. člen\nKlub ima člane, ki plačujejo\r\nčlanarino in prihajajo na sestanke kluba redno.\nČlan je, kdor se\r\nvpiše.\nKlub:\n-     \nvodi;\n-     \npoje.\n",
			"1. člen\nKlub ima člane, ki plačujejo\r\nčlanarino in prihajajo na sestanke kluba redno.\nNov je, kdor pride na\r\nsestanek kluba in se predstavi drugim članom\r\nkluba.\nKlub:\n-     \nvodi;\n-     \npoje;\n-     \npleše.\n",
			func(a *lawtext.Act) {
				art := a.Find("art_1")
				art.Children[1].Intro = "Nov je, kdor pride na sestanek kluba in se predstavi drugim članom kluba."
				list := art.Children[2]
				list.Children[1].Intro = "poje;"
				list.Children = append(list.Children, &lawtext.Node{Kind: lawtext.Indent, Label: "-", Num: "3", Intro: "pleše."})
			}},
		{"a text too short to tell how wide it is",
			"1. člen\n\n(1) Klub stoji\npri gozdu.\n\n2. člen\n\nDve.\n",
			"1. člen\n\nKlub stoji na robu velikega travnika in pri gozdu, kjer ni nikogar.\n\n2. člen\n\nDve.\n",
			func(a *lawtext.Act) {
				p := a.Components[0].Nodes[0].Children[0]
				p.Label, p.Intro = "", "Klub stoji na robu velikega travnika in pri gozdu, kjer ni nikogar."
			}},
		{"Markdown of Slov-Lex",
			"##### § 1\n\n##### Klub\n\n(1)\n\nKlub vedie [§ 2](../2/) predseda.\n\n##### § 2\n\n##### Koniec\n\n(1)\n\nPlatí.\n",
			"##### § 1\n\n##### Klub\n\n(1)\n\nKlub vedie [§ 2](../2/) predseda.\n\n(2)\n\nNové.\n\n##### § 1a\n\n##### Nadpis\n\n(1)\n\nPlatí.\n\n##### § 2\n\n##### Koniec\n\n(1)\n\nPlatí.\n",
			func(a *lawtext.Act) {
				nodes := a.Components[0].Nodes
				nodes[0].Children = append(nodes[0].Children, &lawtext.Node{Kind: lawtext.Paragraph, Label: "(2)", Num: "2", Intro: "Nové."})
				added := &lawtext.Node{Kind: lawtext.Article, Label: "§ 1a", Num: "1a", Heading: "Nadpis",
					Children: []*lawtext.Node{{Kind: lawtext.Paragraph, Label: "(1)", Num: "1", Intro: "Platí."}}}
				a.Components[0].Nodes = slices.Insert(nodes, 1, added)
			}},
		{"list marks and bold headings of Liechtenstein",
			"---\ncountry: \"li\"\n---\n##### Art. 1[^1]\n\n**Zweck**\n\n1) Der Klub:\n\n- a) singt;\n\n- b) tanzt.\n\n##### Art. 2\n\n**Ende**\n\nGilt.\n",
			"---\ncountry: \"li\"\n---\n##### Art. 1[^1]\n\n**Sinn**\n\n1) Der Klub:\n\n- a) singt;\n\n- c) tanzt.\n\n2) Neu.\n\n##### Art. 2\n\n**Ende**\n\nGilt.\n",
			func(a *lawtext.Act) {
				art := a.Find("art_1")
				art.Heading = "Sinn"
				b := art.Children[0].Children[1]
				b.Label, b.Num = "c)", "c"
				art.Children = append(art.Children, &lawtext.Node{Kind: lawtext.Paragraph, Label: "2)", Num: "2", Intro: "Neu."})
			}},
	} {
		a := lawtext.Parse(c.text)
		equal(t, c.name+", unchanged", Print(a), c.text)
		c.change(a)
		equal(t, c.name, Print(a), c.want)
	}
}

// A text in which carriage returns tell wraps from paragraphs is written such that
// it reads the same without them.
func TestWithoutReturns(t *testing.T) {
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
		a := lawtext.Parse(string(src))
		a.Articles("")[0].Children[0].Intro = "Vsebina je nova."
		out := Print(a)
		if !lawtext.SameProvisions(lawtext.Parse(out), lawtext.Parse(strings.ReplaceAll(out, "\r\n", "\n"))) {
			t.Errorf("%s reads otherwise without carriage returns", filepath.Base(dir))
		}
	}
}

func FuzzPrint(f *testing.F) {
	f.Add("1. člen\n(naslov)\n(1) Klub je\r\nprost:\n- vodi;\n- poje.\n\nPriloga 1\n", uint64(1))
	f.Add("# §0\n**[§0]()**", uint64(0))
	f.Add("##### § 1\n\n**[§ 2](x)**\n\n(1)\n\nPlatí [^1] text.\n\n- a) x\n", uint64(2))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		a := lawtext.Parse(text)
		equal(t, "unchanged", Print(a), text)
		change(rand.New(rand.NewPCG(seed, 1)), a, 0)
		got, want := lawtext.ParseIn(a.Lang, Print(a)), lawtext.ParseIn(a.Lang, lawtext.Print(a))
		if !lawtext.SameProvisions(got, want) {
			t.Errorf("other provisions: %s", cmp.Diff(lawtext.Print(want), lawtext.Print(got)))
		}
	})
}

// Three shapes of real acts that were once misread.

// A source whose rows all end in CR LF has no other row in what is written.
func TestPrint_returns(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		"1. člen\n\nKlub vodi:\n\n1. panje,\n\n2. roje.\n",
		"---\ntitle: \"Zakon o čebelah\"\n---\n\n# Zakon o čebelah\n\n1. člen\n\nKlub vodi:\n\n1. panje.\n",
		"1. člen\nKlub vodi:",
	} {
		act, dos := lawtext.Parse(src), lawtext.Parse(strings.ReplaceAll(src, "\n", "\r\n"))
		if act.Title != dos.Title || act.Front != strings.ReplaceAll(dos.Front, "\r", "") {
			t.Errorf("%q: title %q, %q", src, act.Title, dos.Title)
		}
		equal(t, src, Print(dos), dos.Source)
		for _, a := range []*lawtext.Act{act, dos} {
			p := a.Find("art_1__para_1")
			p.Children = append(p.Children, &lawtext.Node{Kind: lawtext.Point, Num: "3", Label: "3.", Intro: "med."})
		}
		equal(t, src, Print(dos), strings.ReplaceAll(Print(act), "\n", "\r\n"))
	}
}
