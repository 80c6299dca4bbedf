package corpus

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

const appended = first + `
Zakon o spremembah Zakona o klubih – ZKlub-A (Uradni list RS, št. 1/25) vsebuje naslednjo končno določbo:

»2. člen
(1) Ta zakon začne veljati takoj.
(2) Drugače ne.«.
`

// The tree of a version is the tree that was read, but for the places in the
// source: whatever the text, wrapped and cut anywhere.
func TestTree(t *testing.T) {
	t.Parallel()
	d := New(storetest.SQLite(t, Steps(), audit.Steps()), nil)
	lines := strings.SplitAfter(appended+demo(t, "zpnk-a-2.txt")+demo(t, "zpnk.txt")[:6000], "\n")
	rapid.Check(t, func(t *rapid.T) {
		text := "Zakon o poskusu\n" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(lines), 1, 60).Draw(t, "lines"), "")
		v, err := d.Add(t.Context(), clerk, Given{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.Tree(t.Context(), clerk, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(without(lawtext.Parse(text)), without(got)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// without forgets the places in the source, and the notes, which are kept apart.
func without(a *lawtext.Act) lawtext.Act {
	b := *a
	b.Notes, b.Components = nil, slices.Clone(a.Components)
	for i := range b.Components {
		b.Components[i].Span = lawtext.Span{}
		b.Components[i].Nodes = bare(b.Components[i].Nodes)
	}
	return b
}

func bare(nodes []*lawtext.Node) []*lawtext.Node {
	var list []*lawtext.Node
	for _, n := range nodes {
		m := *n
		m.Span, m.Children = lawtext.Span{}, bare(n.Children)
		list = append(list, &m)
	}
	return list
}

// A citation goes from the article down, names what was appended, and says what
// the engine says.
func TestCite(t *testing.T) {
	t.Parallel()
	p, err := Read(Given{Text: appended})
	if err != nil {
		t.Fatal(err)
	}
	all := p.text()
	for id, want := range map[string][2]string{
		"chp_I":                            {"I. SPLOŠNE DOLOČBE", "Chapter I"},
		"art_1":                            {"1. člen", "Article 1"},
		"art_1__para_1":                    {"1. člen", "Article 1"},
		"art_2__para_2":                    {"2. člen, drugi odstavek", "Article 2, paragraph 2"},
		"art_2__para_1__point_2__indent_1": {"2. člen, prvi odstavek, 2. točka, prva alineja", "Article 2, paragraph 1, point 2, indent 1"},
		"zklub-a/art_2__para_2":            {"2. člen, drugi odstavek (ZKlub-A)", "Article 2, paragraph 2 (ZKlub-A)"},
	} {
		i, ok := all.place[id]
		if !ok {
			t.Errorf("there is no %s", id)
			continue
		}
		for k, lang := range []string{"sl", "mk"} {
			if got := all.cite(lang, i); got != want[k] {
				t.Errorf("%s in %s is %q, want %q", id, lang, got, want[k])
			}
		}
		if engine := p.tree.Cite(id); engine != want[0] {
			t.Errorf("the engine calls %s %q", id, engine)
		}
	}
}

func TestComponentName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ id, title, want string }{
		{"zdavpr-b", "Zakon o spremembah – ZDavPR-B (Uradni list RS, št. 5/20) vsebuje: »", "ZDavPR-B"},
		{"ul-65-07", "Odločba Ustavnega sodišča (Uradni list RS, št. 65/07)", "UL 65/07"},
		{"del", "", "DEL"},
	} {
		if got := ComponentName(lawtext.Component{ID: c.id, Title: c.title}); got != c.want {
			t.Errorf("%q is called %q, want %q", c.title, got, c.want)
		}
	}
}

// What a text does not get told, it says itself.
func TestRead_complete(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		give               Given
		title, short, slug string
		kind               Kind
	}{
		{Given{Text: first}, "Zakon o klubih", "ZKl", "zkl", Statute},
		{Given{Text: first, Title: "Pravilnik o klubih"}, "Pravilnik o klubih", "", "pravilnik-o-klubih", Rulebook},
		{Given{Text: first, Short: "ZK2"}, "Zakon o klubih", "ZK2", "zk2", Statute},
		{Given{Text: "\n\n# Javni   razpis 2026\n\nVabimo."}, "Javni razpis 2026", "", "javni-razpis-2026", Call},
		{Given{Text: strings.Repeat("beseda ", 90)}, strings.Repeat("beseda ", 28) + "bese", "", "beseda-beseda-beseda-beseda-beseda-beseda-beseda-beseda", Other},
		{Given{Text: "x", Title: "New"}, "New", "", "act", Other},
		{Given{Text: "x", Title: "Закон о култури", Lang: "sr", Jurisdiction: "rs"}, "Закон о култури", "", "rs-zakon-o-kulturi", Statute},
	} {
		p, err := Read(c.give)
		if err != nil {
			t.Fatal(err)
		}
		if g := p.Given(); g.Title != c.title || g.Short != c.short || g.Kind != c.kind || g.Stage != InForce || string(actSlug(g)) != c.slug {
			t.Errorf("%.30q becomes %q, %q, %s, %s at %s", c.give.Text, g.Title, g.Short, g.Kind, g.Stage, actSlug(g))
		}
	}
}

// A cache keeps what was used last, and no more than its weight.
func TestCache(t *testing.T) {
	t.Parallel()
	c := newCache[string, int](10)
	loads := 0
	get := func(key string, weight int) {
		t.Helper()
		v, err := c.get(key, func() (int, int, error) { loads++; return weight, weight, nil })
		if err != nil || v != weight {
			t.Errorf("%s is %d, %v", key, v, err)
		}
	}
	for _, step := range []struct {
		key    string
		weight int
		loads  int
		used   int
	}{
		{"a", 4, 1, 4}, {"b", 4, 2, 8}, {"a", 4, 2, 8},
		{"c", 4, 3, 8}, // b was used longest ago, and goes
		{"a", 4, 3, 8}, {"b", 4, 4, 8},
		{"big", 11, 5, 8}, {"big", 11, 6, 8}, // never kept
	} {
		if get(step.key, step.weight); loads != step.loads || c.used != step.used {
			t.Errorf("after %s: %d loads, %d used; want %d and %d", step.key, loads, c.used, step.loads, step.used)
		}
	}
	wrong := errors.New("wrong")
	if _, err := c.get("x", func() (int, int, error) { return 0, 0, wrong }); err != wrong {
		t.Error("a failure is swallowed")
	}
	if len(c.items) != c.order.Len() {
		t.Error("the list and the map differ")
	}
}
