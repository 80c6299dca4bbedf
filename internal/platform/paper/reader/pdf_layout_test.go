package reader

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// typed sets a text as a typewriter would: a character is 6 points wide and a
// row 14 high, the column is 40 characters, and | ends a page.
func typed(text string) [][]printed {
	var pages [][]printed
	for n, page := range strings.Split(text, "|") {
		var lines []printed
		for i, row := range strings.Split(strings.Trim(page, "\n"), "\n") {
			words := strings.TrimLeft(row, " ")
			if words == "" {
				continue
			}
			first, _, _ := strings.Cut(words, " ")
			x, y := float64(60+6*(len(row)-len(words))), float64(100+14*i)
			lines = append(lines, printed{
				text: strings.Join(strings.Fields(words), " "), x0: x, y0: y, x1: x + 6*float64(utf8.RuneCountInString(words)), y1: y + 12,
				first: 6 * float64(utf8.RuneCountInString(first)), page: n + 1, width: 360, height: 800,
			})
		}
		pages = append(pages, lines)
	}
	return pages
}

func TestJoinLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, page, want string }{
		{"a row with room ends its paragraph", `
Samozaposleni v kulturi ima pravico do
prispevkov.
Pravica traja tri leta od dneva, ko je
bila priznana.`, "Samozaposleni v kulturi ima pravico do prispevkov.\nPravica traja tri leta od dneva, ko je bila priznana."},
		{"first lines that stand in", `
    Samozaposleni v kulturi ima pravico.
    Pravica traja vse od dneva, ko je bila
priznana po tem zakonu.`, "Samozaposleni v kulturi ima pravico.\nPravica traja vse od dneva, ko je bila priznana po tem zakonu."},
		{"a gap", `
Samozaposleni v kulturi ima te pravice.

Pravica traja tri leta od dneva, ko je
bila dana. Vlada jo lahko tudi podaljša
za tri leta.`, "Samozaposleni v kulturi ima te pravice.\nPravica traja tri leta od dneva, ko je bila dana. Vlada jo lahko tudi podaljša za tri leta."},
		{"items that hang", `
Pravica se prizna tistemu, ki vlogi da:
-   dokazilo o delu, ki ga je opravil v
    zadnjih letih,
-   potrdilo o tem, da nima drugih virov
    dohodka.`, "Pravica se prizna tistemu, ki vlogi da:\n- dokazilo o delu, ki ga je opravil v zadnjih letih,\n- potrdilo o tem, da nima drugih virov dohodka."},
		{"a day is no item", `
Ta zakon začne veljati najpozneje, torej
1. januarja 2027, uporabljati pa pozneje.`, "Ta zakon začne veljati najpozneje, torej 1. januarja 2027, uporabljati pa pozneje."},
		{"the head of an article", `
               5. člen
        (pravica do prispevkov)
Samozaposleni v kulturi ima vse pravice.`, "5. člen\n(pravica do prispevkov)\nSamozaposleni v kulturi ima vse pravice."},
		{"over the end of a page", `
Samozaposleni v kulturi ima pravico do|
prispevkov iz državnega proračuna.`, "Samozaposleni v kulturi ima pravico do prispevkov iz državnega proračuna."},
		{"a payload", `
Drugi odstavek se spremeni tako in glasi:
»(2) Pravica traja.«.`, "Drugi odstavek se spremeni tako in glasi:\n»(2) Pravica traja.«."},
		{"years, short titles and addresses", `
Program velja za obdobje v letih 2027–
2030, kakor ga določa zakon z oznako ZKE-
B, in je objavljen na https://a.si/zakon-
o-evru.`, "Program velja za obdobje v letih 2027–2030, kakor ga določa zakon z oznako ZKE-B, in je objavljen na https://a.si/zakon-o-evru."},
		{"cut words and a hyphen that hangs", `
Strokovna komisija obravnava vlogo druž-
be in društva, komisija pa je strokovno-
administrativna ter kulturno- in umet-
niško dejavna. Družbe so umetniško enake.`, "Strokovna komisija obravnava vlogo družbe in društva, komisija pa je strokovno-administrativna ter kulturno- in umetniško dejavna. Družbe so umetniško enake."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got Text
			tidyPages(typed(c.page), &got)
			if got.Content != c.want {
				t.Errorf("got\n%s\nwant\n%s", got.Content, c.want)
			}
		})
	}
}

// Marks that a tab sets off stand before what they mark, and two columns are
// read one after the other.
func TestReadLayout(t *testing.T) {
	t.Parallel()
	word := func(x, y, text string) string {
		return `<word xMin="` + x + `" yMin="` + y + `" xMax="` + x + `9" yMax="` + y + `9">` + text + "</word>\n"
	}
	line := func(x, y, text string) string {
		return `<line xMin="` + x + `" yMin="` + y + `" xMax="` + x + `9" yMax="` + y + `9">` + "\n" + word(x, y, text) + "</line>\n"
	}
	pages := readLayout(`<page width="600" height="800">` + "\n" + line("1", "20", "a)") + line("1", "30", "b)") + line("40", "20", "prva &amp; druga;") + line("40", "30", "tretja") +
		"</page>\n<page width=\"NaN\">\n<line xMin=\"x\">\n</line>\n")
	var got []string
	for _, p := range pages {
		for _, l := range p {
			got = append(got, l.text)
		}
	}
	if strings.Join(got, "|") != "a) prva & druga;|b) tretja" || len(pages) != 2 {
		t.Errorf("got %q", got)
	}
}

// Wherever lines stand, every one is in the text once and in order.
func TestJoinLinesLosesNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var all []printed
		var want strings.Builder
		for i := range r.IntN(40) {
			x, y := 600*r.Float64(), 800*r.Float64()
			text := []string{"člen", "(1) Beseda", "– in", "5. člen", "a)", "Konec."}[r.IntN(6)]
			all = append(all, printed{text: text, x0: x, y0: y, x1: x + 300*r.Float64(), y1: y + 12, first: 30, page: 1 + i/20, width: 600, height: 800})
			want.WriteString(text)
		}
		blank := strings.NewReplacer(" ", "", "\n", "")
		if got := blank.Replace(strings.Join(joinLines(all), "")); got != blank.Replace(want.String()) {
			t.Fatalf("got %q, wanted %q", got, want.String())
		}
	}
}
