package akn

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/asociacija/asociacija/engine/akn/markup"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// shape is all of a tree but the places in its source.
func shape(a *lawtext.Act) string {
	var b strings.Builder
	b.WriteString(strings.Join([]string{"act", a.Title, a.Short, a.Lang, a.Front}, "|") + "\n")
	for _, c := range a.Components {
		b.WriteString("= " + c.ID + "|" + c.Title + "\n")
	}
	for n := range a.All() {
		b.WriteString(strings.Join([]string{n.ID, n.Key, string(n.Kind), n.Label, n.Num, n.Heading, n.Intro, n.Tail}, "|"))
		if n.Above {
			b.WriteString("|above")
		}
		if n.Deleted {
			b.WriteString("|deleted")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// The tree of every document of others makes a correct document of our form, with
// the same tree.
func TestCorpus_foreignTrees(t *testing.T) {
	t.Parallel()
	var docs, same int
	for name, data := range corpus(t) {
		d, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		docs++
		a := d.Act()
		made, err := Read(Write(Make(a, dated(Identity{Country: "si", Lang: a.Lang}).Meta())))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := shape(made.Act()), shape(a); got != want {
			t.Errorf("%s: %s", name, firstDifference(want, got))
		} else if p := Check(made); len(p) > 0 {
			t.Errorf("%s: %d problems, the first %v", name, len(p), p[0])
		} else {
			same++
		}
	}
	realtexts.Measured(t, "Akoma Ntoso: import, export, import", "100 %", "trees of all documents", "documents %d, remade with the same tree and no problem %d", docs, same)
}

// dated is an identity with a day and a number, which texts without front matter
// do not tell.
func dated(i Identity) Identity {
	if i.Date == "" {
		i.Date = "2004-04-24"
	}
	if i.Number == "" {
		i.Number = "54"
	}
	return i
}

// Every statute in our languages is the same tree after it was written and
// read: kinds, labels, numbers, headings, texts, keys, components.
func TestCorpus_tree(t *testing.T) {
	t.Parallel()
	for _, glob := range [][]string{
		{"si-npb", "*.txt"}, {"ex-yu", "sl-acts", "*.md"}, {"triples", "sl", "*", "*.md"}, {"triples", "sl", "*", "*.txt"}, {"ex-yu", "sl-amending-bylaws", "*.txt"},
		{"triples", "sk", "*1*", "act.md"}, {"triples", "cz", "*1*", "before.md"},
	} {
		files, err := filepath.Glob(filepath.Join(append([]string{realtexts.Path(t, "law")}, glob...)...))
		if err != nil || len(files) == 0 {
			t.Fatal("no texts", glob, err)
		}
		var same, nodes int
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			a := lawtext.Parse(string(data))
			for range a.All() {
				nodes++
			}
			want := shape(a)
			made := Make(a, dated(IdentityOf(a)).Meta())
			if shape(a) != want {
				t.Errorf("%s: Make changes the tree", f)
			}
			out := Write(made)
			d, err := Read(out)
			if err != nil {
				t.Errorf("%s: %v", f, err)
				continue
			}
			if got := shape(d.Act()); got != want {
				t.Errorf("%s: %s", filepath.Base(f), firstDifference(want, got))
				continue
			}
			if p := Check(d); len(p) > 0 {
				t.Errorf("%s: %d problems, the first %v", f, len(p), p[0])
			}
			if string(Write(d)) != string(out) {
				t.Errorf("%s: is written differently the second time", f)
			}
			same++
		}
		realtexts.Measured(t, "Akoma Ntoso: statute to document to tree", "100 %", "statutes", "%s: statutes %d, provisions %d, the same tree %d", filepath.Join(glob...), len(files), nodes, same)
	}
}

// The tree of every document of others has each visible character of it.
func TestCorpus_ink(t *testing.T) {
	t.Parallel()
	var docs, ordered, whole, chars, provisions int
	for name, data := range corpus(t) {
		d, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		docs++
		a := d.Act()
		var got strings.Builder
		for _, c := range a.Components {
			got.WriteString(c.Title)
			for _, n := range c.Nodes {
				says(&got, n)
			}
		}
		ids := map[string]bool{}
		for n := range a.All() {
			provisions++
			if ids[n.ID] || n.ID == "" {
				t.Errorf("%s: the address %q is not the only one", name, n.ID)
			}
			ids[n.ID] = true
			if says := a.Source[n.Span.Start:n.Span.End]; !strings.Contains(says, n.Intro) || !strings.Contains(says, n.Label) {
				t.Errorf("%s: %s is placed at %q", name, n.ID, says)
			}
		}
		w, g := sorted(visible(d)), sorted(got.String())
		chars += len([]rune(w))
		if ink(visible(d)) == ink(got.String()) {
			ordered++
		} else if !bytes.Contains(data, []byte("authorialNote")) {
			t.Errorf("%s: the tree has the characters in another order", name)
		}
		if w != g {
			t.Errorf("%s: the tree has other characters than the document: %d for %d", name, len(g), len(w))
			continue
		}
		whole++
	}
	t.Logf("documents %d, with every character in the tree %d, in the same order %d; characters %d, provisions %d", docs, whole, ordered, chars, provisions)
}

// says writes what a provision says in the order in which it is printed.
func says(b *strings.Builder, n *lawtext.Node) {
	if n.Above {
		b.WriteString(n.Heading + n.Label)
	} else {
		b.WriteString(n.Label + n.Heading)
	}
	b.WriteString(n.Intro)
	for _, k := range n.Children {
		says(b, k)
	}
	b.WriteString(n.Tail)
}

// visible is all text of a document, and what attributes show: the signs of
// quotations, the marks of notes.
func visible(d *Document) string {
	var b strings.Builder
	var under func(e *markup.Element)
	under = func(e *markup.Element) {
		if e.Name == "meta" {
			return
		}
		b.WriteString(e.Get("startQuote"))
		if e.Name == "authorialNote" {
			b.WriteString(e.Get("marker"))
		}
		for _, k := range e.Kids {
			switch k.Sort {
			case markup.Text:
				b.WriteString(k.Value)
			case markup.Child:
				under(k.Element)
			}
		}
		if end, told := e.Lookup("endQuote"); told {
			b.WriteString(end)
		} else {
			b.WriteString(e.Get("startQuote"))
		}
	}
	under(d.Tree.Root)
	return b.String()
}

// sorted are the visible characters in the order of their codes: the tree has
// notes after the text in which they stand.
func sorted(s string) string {
	r := []rune(ink(s))
	slices.Sort(r)
	return string(r)
}

func ink(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// Footnotes of a document stay footnotes when it is made anew.
func TestMake_notes(t *testing.T) {
	const p = `<p>Bees<authorialNote marker="1" eId="n1"><p>Apis.</p></authorialNote> live.</p>`
	d, err := Read([]byte(`<akomaNtoso xmlns="` + NS + `"><act name="act"><meta/><body><article eId="art_1"><num>1</num><content>` + p + `</content></article></body></act></akomaNtoso>`))
	if err != nil {
		t.Fatal(err)
	}
	text := string(Write(Make(d.Act(), Meta{})))
	if want := `<p>Bees live.<authorialNote marker="1" eId="art_1__note_1" wId="n1"><p>Apis.</p></authorialNote></p>`; !strings.Contains(text, want) {
		t.Errorf("%s is not in %s", want, text)
	}
}

// A Serbian act that says it is English is Serbian, with a note.
func TestDocument_Act_language(t *testing.T) {
	for _, tt := range []struct{ code, text, want string }{
		{"eng", strings.Repeat("Ноћ и међа. ", 20), "sr"},
		{"bos", strings.Repeat("Ноћ и међа. ", 20), "bs"},
		{"eng", strings.Repeat("A night. ", 20), "en"},
		{"", strings.Repeat("Ноќ и меѓа. ", 20), "mk"},
		{"slv", "Noč in meja.", "sl"},
	} {
		d, err := Read([]byte(`<akomaNtoso xmlns="` + NS + `"><act name="act"><meta><identification><FRBRExpression><FRBRlanguage language="` + tt.code + `"/></FRBRExpression></identification></meta><body><article><content><p>` + tt.text + `</p></content></article></body></act></akomaNtoso>`))
		if err != nil {
			t.Fatal(err)
		}
		a := d.Act()
		noted := false
		for _, n := range a.Notes {
			noted = noted || n.Key == "language"
		}
		if a.Lang != tt.want || noted == (tagOf([]string{tt.code}) == tt.want) {
			t.Errorf("%q of %.20q is %q, noted %v", tt.code, tt.text, a.Lang, noted)
		}
	}
}

// A payload in which a payload is announced ends: the inner one stays lines.
func TestMake_payloadInPayload(t *testing.T) {
	a := lawtext.Parse("1. člen\n\nZa 3. členom se doda nov 3.a člen, ki se glasi:\n\n»3.a člen\n\nV zakonu se 5. člen spremeni tako, da se glasi:\n\n»5. člen\n\nPanj.«.«.\n")
	d := Make(a, dated(IdentityOf(a)).Meta())
	if got, want := shape(d.Act()), shape(a); got != want {
		t.Error(firstDifference(want, got))
	}
	if text := string(Write(d)); !strings.Contains(text, "<article eId=\"art_1__para_1__mod_1__qstr_1__art_3a\">") {
		t.Errorf("the payload is no article: %s", text)
	}
	if p := Check(d); len(p) > 0 {
		t.Error(p)
	}
}
