package lawcite

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
	"pgregory.net/rapid"
)

// show writes a reference in a small notation: "article 386 > point 2".
func show(r Ref) string {
	var parts []string
	for _, s := range r.Steps {
		w := string(s.Unit)
		for _, n := range s.Numbers {
			w += " " + n.From
			if n.To != "" {
				w += "-" + n.To
			}
		}
		if s.Relation != "" {
			w += " " + string(s.Relation)
		}
		parts = append(parts, w)
	}
	return strings.Join(parts, " > ")
}

func TestReadsReferencesInBothOrders(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"v drugi alineji 2. točke prvega odstavka 386. člena": "article 386 > paragraph 1 > point 2 > indent 2",
		"11. do 14. člen":                                              "article 11-14",
		"10., 11. in 12. člen":                                         "article 10 11 12",
		"iz prejšnjega odstavka":                                       "paragraph previous",
		"386.a člen":                                                   "article 386.a",
		"a51.š člen":                                                   "article a51.š",
		"V 4. členu se v prvem odstavku črta":                          "article 4 > paragraph 1",
		"v 4. členu v prvem odstavku v 3. točki":                       "article 4 > paragraph 1 > point 3",
		"prvega odstavka tega člena":                                   "article same > paragraph 1",
		"točka a) prvega odstavka 3. člena":                            "article 3 > paragraph 1 > point a",
		"v točki 7) drugega odstavka":                                  "paragraph 2 > point 7",
		"zadnji stavek tretjega odstavka":                              "paragraph 3 > sentence -1",
		"v napovednem stavku 65. člena":                                "article 65 > intro",
		"enaindvajsete alineje":                                        "indent 21",
		"za stoprvim odstavkom":                                        "paragraph 101",
		"v tretji alinei 6. člena":                                     "article 6 > indent 3",
		"prvega in drugega odstavka 5. člena, tretji alineji 6. člena": "article 5 > paragraph 1 2 | article 6 > indent 3",
		"drugi predpisi in prvi dan":                                   "",
		"Prvi odstavek velja. Drugi odstavek ne":                       "paragraph 1 | paragraph 2",
	} {
		var got []string
		for _, f := range Read(text) {
			got = append(got, show(f.Ref))
		}
		if g := strings.Join(got, " | "); g != want {
			t.Errorf("%s\n got %s\nwant %s", text, g, want)
		}
	}
}

func TestWritesInAnyCase(t *testing.T) {
	t.Parallel()
	ref := func(s string) Ref { return Read(s)[0].Ref }
	for _, c := range []struct {
		ref  string
		in   Case
		want string
	}{
		{"druga alineja 2. točke prvega odstavka 386. člena", Locative, "drugi alineji 2. točke prvega odstavka 386. člena"},
		{"prvi odstavek 5.a člena", Genitive, "prvega odstavka 5.a člena"},
		{"prvi odstavek 5.a člena", Instrumental, "prvim odstavkom 5.a člena"},
		{"tretji in četrti odstavek", Locative, "tretjem in četrtem odstavku"},
		{"četrti do šesti odstavek", Locative, "četrtem do šestem odstavku"},
		{"10., 11. in 12. člen", Instrumental, "10., 11. in 12. členom"},
		{"zadnja alineja prejšnjega odstavka", Accusative, "zadnjo alinejo prejšnjega odstavka"},
		{"točki a) in b) tega člena", Locative, "točki a) in b) tega člena"},
		{"napovedni stavek 3. člena", Locative, "napovednem stavku 3. člena"},
	} {
		if got := ref(c.ref).Write(c.in); got != c.want {
			t.Errorf("%s in case %d\n got %s\nwant %s", c.ref, c.in, got, c.want)
		}
	}
}

func TestInflectsByCaseAndNumber(t *testing.T) {
	t.Parallel()
	odstavek, _ := NounOf(lawtext.Paragraph)
	alineja, _ := NounOf(lawtext.Indent)
	for _, c := range [][2]string{
		{Adjective("nov", Masculine, Nominative, Singular), "nov"},
		{Adjective("nov", Masculine, Nominative, Dual), "nova"},
		{Adjective("nov", Feminine, Nominative, Dual), "novi"},
		{Adjective("dosedanj", Feminine, Nominative, Plural), "dosedanje"},
		{Adjective("dosedanj", Neuter, Nominative, Singular), "dosedanje"},
		{Ordinal(3, Masculine, Instrumental, Singular), "tretjim"},
		{Ordinal(22, Feminine, Accusative, Singular), "dvaindvajseto"},
		{Ordinal(100, Masculine, Genitive, Singular), "stotega"},
		{Ordinal(199, Feminine, Locative, Singular), "stodevetindevetdeseti"},
		{odstavek.Form(Instrumental, Dual), "odstavkoma"},
		{odstavek.Form(Genitive, Plural), "odstavkov"},
		{alineja.Form(Instrumental, Plural), "alinejami"},
		{alineja.Form(Genitive, Dual), "alinej"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %s, want %s", c[0], c[1])
		}
	}
}

func TestOrdinalsAreReadInEveryForm(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 999; n++ {
		for g := Masculine; g <= Neuter; g++ {
			for c := Nominative; c <= Instrumental; c++ {
				for k := Singular; k <= Plural; k++ {
					w := Ordinal(n, g, c, k)
					if got, ok := ReadOrdinal(w); !ok || got != n {
						t.Fatalf("%s is read as %d, want %d", w, got, n)
					}
				}
			}
		}
	}
}

// What is written in any case is read back as the same reference.
func TestWrittenReferencesAreReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var r Ref
		for _, u := range []Unit{lawtext.Article, lawtext.Paragraph, lawtext.Point, lawtext.Indent, Sentence} {
			if !rapid.Bool().Draw(t, "has") {
				continue
			}
			s := Step{Unit: u}
			figures := rapid.SampledFrom([]string{"%d", "%d", "%d.a", "%d.č"})
			if u != lawtext.Article && u != lawtext.Point {
				figures = rapid.Just("%d")
			}
			for range rapid.IntRange(1, 3).Draw(t, "count") {
				num := func() string { return fmt.Sprintf(figures.Draw(t, "form"), rapid.IntRange(1, 199).Draw(t, "n")) }
				n := Range{From: num()}
				if rapid.IntRange(0, 4).Draw(t, "range") == 0 {
					n.To = num()
				}
				s.Numbers = append(s.Numbers, n)
			}
			r.Steps = append(r.Steps, s)
		}
		if len(r.Steps) == 0 {
			return
		}
		c := Case(rapid.IntRange(0, 5).Draw(t, "case"))
		text := r.Write(c)
		got := Read(text)
		if len(got) != 1 || show(got[0].Ref) != show(r) || !got[0].Forms.Has(c) {
			t.Fatalf("%s\n read %v\n want %s", text, got, show(r))
		}
	})
}

const law = `1. člen

(1) Prvi:

1. ena,

2. dve.

(2) Drugi.

2. člen

Uvod:

– prva,

– druga.

Drugi odstavek.

2.a člen

Vrinjeni.
`

func TestResolves(t *testing.T) {
	t.Parallel()
	a := lawtext.Parse(law)
	from := a.Find("art_1__para_2")
	for ref, want := range map[string]string{
		"2. točka prvega odstavka 1. člena": "art_1__para_1__point_2",
		"2. točka 1. člena":                 "art_1__para_1__point_2",
		"druga alineja 2. člena":            "art_2__para_1__indent_2",
		"drugi odstavek 2. člena":           "art_2__para_2",
		"1. do 2.a člen":                    "art_1 art_2 art_2a",
		"prejšnji odstavek":                 "art_1__para_1",
		"prvi odstavek":                     "art_1__para_1",
		"prvi odstavek tega člena":          "art_1__para_1",
		"zadnja alineja 2. člena":           "art_2__para_1__indent_2",
		"napovedni stavek prvega odstavka":  "art_1__para_1",
		"tretji odstavek 1. člena":          "! art_1__para_1 art_1__para_2",
		"7. člen":                           "! art_1 art_2 art_2a",
	} {
		nodes, err := Read(ref)[0].Resolve(a, from)
		got := strings.Join(ids(nodes), " ")
		var lost *Unresolved
		if errors.As(err, &lost) {
			got = "! " + strings.Join(lost.Among, " ")
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", ref, got, want)
		}
	}
}

func TestGazettesAreReadAndWritten(t *testing.T) {
	t.Parallel()
	text := "Uradni list RS, št. 16/07 – uradno prečiščeno besedilo, 36/08, 21/18 – ZNOrg, 6/16 – popr. in 94/22 – odl. US"
	got, ok := ReadGazettes("(" + text + ")")
	want := []Gazette{{"16/07", "uradno prečiščeno besedilo"}, {"36/08", ""}, {"21/18", "ZNOrg"}, {"6/16", "popr."}, {"94/22", "odl. US"}}
	if !ok || !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if back := WriteGazettes(got); back != text {
		t.Errorf("got %s", back)
	}
	if _, ok := ReadGazettes("Uradni list RS, št. 16/07 in drugi"); ok {
		t.Error("a list with a word in it is read")
	}
}

func TestIdentifiers(t *testing.T) {
	t.Parallel()
	var got []string
	for _, d := range ReadIdents("EPA 440-IX, EVA 2021-2711-0031; objava.jsp?sop=2023-01-0302 in /eli/ZAKO/2023-01-0302/3") {
		got = append(got, d.Register+" "+d.Number)
	}
	if want := []string{"EPA 440-IX", "EVA 2021-2711-0031", "SOP 2023-01-0302", "ELI ZAKO/2023-01-0302/3"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("v 4. členu v prvem odstavku »(1)« (a)")
	f.Add("a51.š do 14. »„ člen")
	f.Add("١. člen")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, r := range Read(text) {
			if r.Start < end || r.End <= r.Start || r.End > len(text) || len(r.Steps) == 0 {
				t.Fatalf("%q: %+v", text, r)
			}
			end = r.End
		}
		ReadGazettes(text)
		ReadIdents(text)
	})
}
