package lawtext

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// outline is the tree of an act, a line per node: two spaces for each level,
// the end of the ID, and the texts.
func outline(a *Act) string {
	var b strings.Builder
	var walk func(nodes []*Node, depth int)
	walk = func(nodes []*Node, depth int) {
		for _, n := range nodes {
			id := n.ID[strings.LastIndex(n.ID, "__")+1:]
			b.WriteString(strings.Repeat("  ", depth) + strings.TrimPrefix(id, "_"))
			for _, s := range []string{n.Heading, n.Intro} {
				if s != "" {
					b.WriteString(" " + s)
				}
			}
			if n.Deleted {
				b.WriteString(" †")
			}
			b.WriteString("\n")
			walk(n.Children, depth+1)
			if n.Tail != "" {
				b.WriteString(strings.Repeat("  ", depth) + "… " + n.Tail + "\n")
			}
		}
	}
	for _, c := range a.Components {
		if c.Title != "" {
			b.WriteString("= " + c.ID + "\n")
		}
		walk(c.Nodes, 0)
	}
	return b.String()
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"numbered paragraphs and points", `
1. člen
(vsebina)
(1) Prvi odstavek ureja:
1.     
gozdove,
2.     
vode.
(2) Drugi.`, `
art_1 (vsebina)
  para_1 Prvi odstavek ureja:
    point_1 gozdove,
    point_2 vode.
  para_2 Drugi.`},
		{"points inside points, and a wrap-up", `
2. člen
Člani so:
a) osebe:
1. domače,
2. tuje;
č) društva,

če so vpisana.`, `
art_2
  para_1 Člani so:
    point_a osebe:
      point_1 domače,
      point_2 tuje;
    point_č društva,
  … če so vpisana.`},
		{"unnumbered paragraphs are counted", `
3. člen

Prvi. Še vedno prvi.

Drugi:

- ena,

– dve.

Tretji.`, `
art_3
  para_1 Prvi. Še vedno prvi.
  para_2 Drugi:
    indent_1 ena,
    indent_2 dve.
  para_3 Tretji.`},
		{"wrapped rows join, hyphens stay", `
4. člen
Odstavek, ki se zlomi v vrstici sredi družbeno-
političnega stavka in se nadaljuje v naslednji vrstici do konca tega odstavka.
Nov odstavek se začne tukaj in
se prav tako zlomi.`, `
art_4
  para_1 Odstavek, ki se zlomi v vrstici sredi družbeno- političnega stavka in se nadaljuje v naslednji vrstici do konca tega odstavka.
  para_2 Nov odstavek se začne tukaj in se prav tako zlomi.`},
		{"tombstones and lettered articles", `
51.a člen
(črtan)
51.b člen
(naslov)
(1) (črtan)
(2) Velja.
a51.š člen
(prenehal
veljati)`, `
art_51a (črtan) †
art_51b (naslov)
  para_1 (črtan) †
  para_2 Velja.
art_a51š (prenehal veljati) †`},
		{"chapters, sections and bare headings", `
PRVI DEL
TEMELJNE DOLOČBE
I. POGLAVJE
Splošno
1. člen
Prvi.
2. Izjeme
2.1. Manjše
Pomen izrazov
2. člen
Drugi.
II. DRUGO POGLAVJE
3. člen
Tretji.`, `
part_1 TEMELJNE DOLOČBE
  chp_I Splošno
    art_1
      para_1 Prvi.
    sec_2 Izjeme
      sec_2-1 Manjše
        art_2 Pomen izrazov
          para_1 Drugi.
  chp_II DRUGO POGLAVJE
    art_3
      para_1 Tretji.`},
		{"the gazette: number and word on two lines, payload in guillemets", `
Z A K O N

O SPREMEMBAH ZAKONA O VODAH (ZV-1X)

1.
člen

V Zakonu o vodah se za 5. členom doda nov 5.a člen, ki se glasi:

»5.a člen

(nova raba)

(1) Raba »nove« vode.

(2) Drugi.«.

Dosedanji 6. člen se črta.

2. člen

Ta zakon začne veljati petnajsti dan po objavi.

Št. 1-2/2020

Ljubljana, dne 1. maja 2020`, `
text_1 Z A K O N
text_2 O SPREMEMBAH ZAKONA O VODAH (ZV-1X)
art_1
  para_1 V Zakonu o vodah se za 5. členom doda nov 5.a člen, ki se glasi:
    quote_1 »5.a člen
      text_1 (nova raba)
      text_2 (1) Raba »nove« vode.
      text_3 (2) Drugi.«.
  para_2 Dosedanji 6. člen se črta.
art_2
  para_1 Ta zakon začne veljati petnajsti dan po objavi.
text_3 Št. 1-2/2020
text_4 Ljubljana, dne 1. maja 2020`},
		{"a guillemet that is never closed ends before the next article", `
1. člen

2. člen se spremeni tako, da se glasi:

»2. člen

Novo besedilo.

2. člen

Začne veljati.`, `
art_1
  para_1 2. člen se spremeni tako, da se glasi:
    quote_1 »2. člen
      text_1 Novo besedilo.
art_2
  para_1 Začne veljati.`},
		{"a guillemet that is never opened", `
1. člen

V 2. členu se doda nov drugi odstavek, ki se glasi:

(2) Novo besedilo.«.

2. člen

Začne veljati.`, `
art_1
  para_1 V 2. členu se doda nov drugi odstavek, ki se glasi:
    quote_1 (2) Novo besedilo.«.
art_2
  para_1 Začne veljati.`},
		{"what amending acts left behind", `
1. člen
Velja.

Zakon o spremembah Zakona o vodah – ZV-1A
(Uradni list RS, št. 5/10) vsebuje naslednjo končno določbo:
»KONČNA DOLOČBA
1. člen
Začne veljati takoj.«.`, `
art_1
  para_1 Velja.
= zv-1a
zv-1a/chp_x1 KONČNA DOLOČBA
  zv-1a/art_1
    para_1 Začne veljati takoj.«.`},
		{"a number that comes twice", `
1. člen
Ena.
1. člen
Dve.`, `
art_1
  para_1 Ena.
art_1~2
  para_1 Dve.`},
		{"a reference on a row of its own is no article", `
1. člen
Z dnem uveljavitve preneha veljati
5. člen
zakona o vodah.`, `
art_1
  para_1 Z dnem uveljavitve preneha veljati 5. člen zakona o vodah.`},
		{"annexes", `
1. člen
Tabela je priloga.
Priloga 1: Tabela
A b c`, `
art_1
  para_1 Tabela je priloga.
annex_1
  text_1 A b c`},
		{"no law at all", `Pozdravljeni, pišem vam zaradi kosila.`, `
text_1 Pozdravljeni, pišem vam zaradi kosila.`},
		{"nothing", ``, ``},
	} {
		a := Parse(c.text)
		if got, want := outline(a), strings.TrimPrefix(c.want, "\n"); strings.TrimSuffix(got, "\n") != want {
			t.Errorf("%s:\n%s", c.name, got)
		}
		checkProperties(t, c.text)
	}
}

// An article keeps its addresses when chapters are put above it.
func TestAddressesSurviveMoves(t *testing.T) {
	t.Parallel()
	article := "5. člen\n(1) Prvi:\na) ena.\n"
	before, after := Parse(article), Parse("I. SPLOŠNE DOLOČBE\n1. Namen\n"+article)
	for n := range before.All() {
		if after.Find(n.ID) == nil {
			t.Errorf("%s is lost", n.ID)
		}
	}
	if before.Find("art_6") != nil {
		t.Error("an article is found that is not there")
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	a := Parse("Pogoji\n5. člen\n(1) Prvi:\na) ena;\nb) dve,\n\nče velja.\n(2) (črtan)")
	got := strings.Join(a.Find("art_5").Lines(), "|")
	equal(t, "lines", got, "Pogoji|5. člen|(1) Prvi:|a) ena;|b) dve,|če velja.|(2) (črtan)")
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, title, short string }{
		{"---\nkratica: ZV-1A\nnaziv: \"Zakon o spremembah Zakona o vodah\"\n---\n\n1. člen\nA.", "Zakon o spremembah Zakona o vodah", "ZV-1A"},
		{"Z A K O N\n\nO SPREMEMBAH IN DOPOLNITVAH ZAKONA O VODAH (ZV-1B)\n\n1. člen\nA.", "Zakon o spremembah in dopolnitvah Zakona o vodah", "ZV-1B"},
		{"PRAVILNIK\no strokovnih komisijah\n\n1. člen\nA.", "Pravilnik o strokovnih komisijah", ""},
		{"UREDBA o samozaposlenih v kulturi\n\n1. člen\nA.", "Uredba o samozaposlenih v kulturi", ""},
		{"# Zakon o vodah\n\nU K A Z\n\n## Z A K O N\nO VODAH (ZV-1)\n\n### 1. člen\nA.", "Zakon o vodah", "ZV-1"},
		{"PREDLOG ZAKONA O SPREMEMBI ZAKONA O VODAH\n\nZakon o gozdovih\n\n1. člen\nA.", "Zakon o spremembi Zakona o vodah", ""},
		{"1. člen\nZakon o vodah velja.", "", ""},
	} {
		a := Parse(c.text)
		equal(t, c.text, a.Title, c.title)
		equal(t, c.text, a.Short, c.short)
	}
}

func TestOrdinal(t *testing.T) {
	t.Parallel()
	for num, want := range map[string]string{"1": "prvi", "3": "tretji", "7": "sedmi", "12": "dvanajsti", "20": "dvajseti",
		"24": "štiriindvajseti", "31": "enaintrideseti", "50": "50.", "0": "0.", "3.a": "3.a", "": ""} {
		if got := Ordinal(num, false); got != want && num != "" {
			t.Errorf("%s is %s, wanted %s", num, got, want)
		}
	}
	equal(t, "alineja", Ordinal("2", true), "druga")
}

func TestCite(t *testing.T) {
	t.Parallel()
	a := Parse("12. člen\n(1) Prvi:\n1. ena,\n2. dve:\n- x,\n- y.\n(2) Drugi:\na) ena.\n13.a člen\nSam.")
	for id, want := range map[string]string{
		"art_12__para_1__point_2":           "12. člen, prvi odstavek, 2. točka",
		"art_12__para_1__point_2__indent_2": "12. člen, prvi odstavek, 2. točka, druga alineja",
		"art_12__para_2__point_a":           "12. člen, drugi odstavek, točka a)",
		"art_13a__para_1":                   "13.a člen",
		"art_99":                            "art_99",
	} {
		equal(t, id, a.Cite(id), want)
	}
}

// checkProperties states what holds of every text.
func checkProperties(t *testing.T, text string) {
	t.Helper()
	a := Parse(text)
	printed := Print(a)
	if got, want := ink(printed), ink(text); got != want {
		t.Fatalf("printing changes the text\n got %q\nwant %q\nfrom %q", got, want, text)
	}
	if x, y := shape(a), shape(Parse(printed)); x != y {
		t.Fatalf("printing and reading again gives another tree: %s\nfrom %q", firstDifference(x, y), text)
	}
	seen := map[string]bool{}
	for n := range a.All() {
		if n.ID == "" || seen[n.ID] {
			t.Fatalf("the ID %q is empty or comes twice, from %q", n.ID, text)
		}
		seen[n.ID] = true
		for _, c := range n.Children {
			if c.Span.Start < n.Span.Start || c.Span.End > n.Span.End {
				t.Fatalf("%s %v does not hold %s %v, from %q", n.ID, n.Span, c.ID, c.Span, text)
			}
		}
		if n.Span.Start < 0 || n.Span.End > len(text) || n.Span.Start > n.Span.End {
			t.Fatalf("%s has the span %v, from %q", n.ID, n.Span, text)
		}
	}
}

// pieces are the parts of law texts from which random ones are put together.
var pieces = []string{
	"1. člen", "2. člen", "2.a člen", "a2.š člen", "»3. člen", "1.", "člen", "(naslov)", "(črtan)", "(prenehal", "veljati)",
	"(1) Prvi.", "(2) Drugi:", "(3)", "1) Ena.", "2) dve,", "a)", "a) ena,", "b) dve;", "č) tri.", "(a) x", "-      ", "- ena,", "– dve",
	"1.     ", "2. dve,", "1.1. Ena", "I. SPLOŠNE DOLOČBE", "II. Drugo", "IX.a TRETJE", "PRVI DEL", "1. oddelek", "POGLAVJE II", "KONČNA DOLOČBA",
	"A. Prvo", "Pomen izrazov", "Besedilo odstavka, ki teče", "naprej in se konča.", "V 5. členu se doda nov odstavek, ki se glasi:", "»Novo.«.",
	"»(2) Novo", "novo.«.", "«", "»", "Zakon o vodah – ZV-1A (Uradni list RS, št. 1/10) vsebuje naslednjo končno določbo:", "»1. člen",
	"ter vsebuje naslednjo končno določbo:", "Priloga 1", "Št. 1-2/20", "Ljubljana, dne 1. maja 2020", "---", "# Zakon", "ZAKON o vodah", "Z A K O N", "",
	"", "\u00a0", "\ufeff", "1. maja 2020 se začne.", "Zelo dolga vrstica, ki jo je zlomil program, ker je imela več kot osemdeset znakov in",
}

func TestRandomTexts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var b strings.Builder
		for range 1 + r.IntN(14) {
			b.WriteString(pieces[r.IntN(len(pieces))])
			b.WriteString([]string{"\n", "\n", "\n\n", " ", "\r\n"}[r.IntN(5)])
		}
		checkProperties(t, b.String())
	}
}

// TestHostileTexts reads texts that would take a careless reader far more than
// linear time. It fails by the time limit of the test run.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"1.\na)\n", "»", "«\n", "se glasi:\n»x\n", "se glasi:\nx\n", "1. člen\n", "I. A\n1. B\n", "(1)\n", "-\n", "Zakon\n"} {
		text := strings.Repeat(piece, 200_000/len(piece))
		if a := Parse(text); ink(Print(a)) != ink(text) {
			t.Errorf("%q: printing changes the text", piece)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, p := range pieces {
		f.Add(p)
	}
	f.Add(strings.Join(pieces, "\n"))
	f.Add("---\na: b\n---\n1. člen\nA.")
	f.Fuzz(checkProperties)
}

func TestOddities(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"paragraphs 1) and 2) with a list between them",
			"1. člen\n1) Klub ima:\n\n- pečat,\n\n- ime.\n\n2) Če imena nima, ga dobi.\n",
			"art_1\n  para_1 Klub ima:\n    indent_1 pečat,\n    indent_2 ime.\n  para_2 Če imena nima, ga dobi."},
		{"a heading with a letter and no full stop after it",
			"1. člen\n\nVelja.\n\n6.a Posebna ureditev za klube\n\n2. člen\n\nVelja.\n",
			"art_1\n  para_1 Velja.\nsec_6a Posebna ureditev za klube\n  art_2\n    para_1 Velja."},
		{"a point with a letter and no full stop after it",
			"1. člen\n\nProsto je:\n\n6. vse;\n\n6.a uvoz;\n\n7. izvoz.\n", "art_1\n  para_1 Prosto je:\n    point_6 vse;\n    point_6a uvoz;\n    point_7 izvoz."},
		{"points with Roman numbers",
			"1. člen\n\nSodišča so pristojna:\n\nI. v kazenskih zadevah:\n\n1. za prve;\n\n2. za druge;\n\nI.a v novih zadevah;\n\nII. v civilnih zadevah.\n\nTo velja.\n",
			"art_1\n  para_1 Sodišča so pristojna:\n    point_I v kazenskih zadevah:\n      point_1 za prve;\n      point_2 za druge;\n    point_Ia v novih zadevah;\n    point_II v civilnih zadevah.\n  para_2 To velja."},
		{"an article that begins with a small letter",
			"1. člen\n\nVelja.\n\n2. člen\n\nse ne uporablja več.\n\n3. člen\n\nVelja.\n",
			"art_1\n  para_1 Velja.\nart_2\n  para_1 se ne uporablja več.\nart_3\n  para_1 Velja."},
	} {
		a := Parse(c.text)
		equal(t, c.name, strings.TrimSpace(outline(a)), c.want)
		equal(t, c.name+", again", shape(Parse(Print(a))), shape(a))
	}
}
