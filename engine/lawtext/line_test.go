package lawtext

import (
	"strings"
	"testing"
)

// TestRowsJoin joins rows: a bar stands for the end of a row in the text and of a
// line in what is wanted.
func TestRowsJoin(t *testing.T) {
	t.Parallel()
	const full = "Vrstica, ki sega skoraj do roba strani in ima zato več kot sedemdeset znakov."
	for _, c := range []struct{ name, rows, want string }{
		{"a head and its paragraph", "5. člen|Besedilo.", "5. člen|Besedilo."},
		{"number and word on two rows", "5.|člen|Besedilo.", "5. člen|Besedilo."},
		{"a space that does not break", "5.\u00a0člen|Besedilo.", "5. člen|Besedilo."},
		{"a heading of two rows under a head of two", "5.|člen|(začetek|veljavnosti)|Zakon velja.", "5. člen|(začetek veljavnosti)|Zakon velja."},
		{"a heading of two rows", "5. člen|(začetek|veljavnosti)|Zakon velja.", "5. člen|(začetek veljavnosti)|Zakon velja."},
		{"a heading on the row of the head", "5. člen (naslov)|Besedilo.", "5. člen|(naslov)|Besedilo."},
		{"marks on rows of their own", "1.     |prva|a)    |črka|-      |alineja", "1. prva|a) črka|- alineja"},
		{"marks beside their text", "Našteto:|1. prva,|2. druga.", "Našteto:|1. prva,|2. druga."},
		{"a list of numbers in running text", "kazniva dejanja iz 332.,|333. in 334. člena zakonika", "kazniva dejanja iz 332., 333. in 334. člena zakonika"},
		{"a date at the start of a row", "začne veljati|1. januarja 2007.", "začne veljati 1. januarja 2007."},
		{"a reference at the start of a row", "iz prvega odstavka|5. člena tega zakona.", "iz prvega odstavka 5. člena tega zakona."},
		{"a dash in running text", "št. 77/07|– ZNOrg", "št. 77/07 – ZNOrg"},
		{"a sentence that ends at the margin", "Prvi odstavek, ki se zlomi že zgodaj zaradi|" + full + "|" + full + " Tudi tu", "Prvi odstavek, ki se zlomi že zgodaj zaradi " + full + " " + full + " Tudi tu"},
		{"a paragraph that wraps early", full + "|Nov odstavek se začne tu in|se nadaljuje.", full + "|Nov odstavek se začne tu in se nadaljuje."},
		{"a capital after a short row", "Kratek odstavek.|Nov odstavek.", "Kratek odstavek.|Nov odstavek."},
		{"a name at the start of a row", "predlog je dala|Vlada Republike Slovenije.", "predlog je dala Vlada Republike Slovenije."},
		{"capitals over two rows", "II. NADZOR NAD|PREMOŽENJEM|5. člen", "II. NADZOR NAD PREMOŽENJEM|5. člen"},
		{"capitals after a sentence", "Zakon velja.|KONČNA DOLOČBA|5. člen", "Zakon velja.|KONČNA DOLOČBA|5. člen"},
		{"a section before an article", "Prejšnji odstavek brez pike|2.1. Umetniški delež v|projektih|79.a člen", "Prejšnji odstavek brez pike|2.1. Umetniški delež v projektih|79.a člen"},
		{"part and heading", "PRVI DEL|SPLOŠNO|1. člen", "PRVI DEL|SPLOŠNO|1. člen"},
		{"a tombstone and a paragraph", full + " (razveljavljen)|Nov odstavek.", full + " (razveljavljen)|Nov odstavek."},
		{"decree and date", "Št. 007-1/2020|Ljubljana, dne 1. maja 2020|EVA 2020-3340-0001", "Št. 007-1/2020|Ljubljana, dne 1. maja 2020|EVA 2020-3340-0001"},
		{"a blank row", "ena||dve", "ena|dve"},
		{"Markdown", "# Zakon o vodah|## Z A K O N|### 1. člen|Velja.", "Zakon o vodah|Z A K O N|1. člen|Velja."},
		{"nothing but white space", " | \t|", ""},
	} {
		var got []string
		for _, l := range slovene.lines(strings.ReplaceAll(c.rows, "|", "\n"), 0) {
			got = append(got, l.text)
		}
		equal(t, c.name, strings.Join(got, "|"), c.want)
	}
}

// TestLongRows shows that a text with rows of any length is not wrapped.
func TestLongRows(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("beseda ", 40) + "konec"
	got := slovene.lines(long+"\n"+"drugi odstavek z malo začetnico\n1.\nčlen\n-\nalineja", 0)
	var texts []string
	for _, l := range got {
		texts = append(texts, l.text)
	}
	equal(t, "lines", strings.Join(texts, "|"), long+"|drugi odstavek z malo začetnico|1. člen|- alineja")
}

func TestSpansOfLines(t *testing.T) {
	t.Parallel()
	text := "  Prva vrstica se\n  nadaljuje.  \n\n5.\nčlen\n"
	var got []string
	for _, l := range slovene.lines(text, 0) {
		got = append(got, text[l.span.Start:l.span.End])
	}
	equal(t, "spans", strings.Join(got, "|"), "Prva vrstica se\n  nadaljuje.|5.\nčlen")
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Zakon o spremembah Zakona o vodah – ZV-1G (Uradni list RS, št. 61/17) vsebuje:":  "zv-1g",
		"Zakon o nevladnih organizacijah – ZNOrg (Uradni list RS, št. 21/18) vsebuje:":    "znorg",
		"Zakon za zmanjšanje škode – ZZNŠPP (Uradni list RS, št. 105/22) vsebuje:":        "zznšpp",
		"Odločba o razveljavitvi 42. člena (Uradni list RS, št. 65/07) določa:":           "ul-65-07",
		"Uredba o vodah (Uradni list RS, št. 45/10) vsebuje:":                             "ul-45-10",
		"Zakon o javno-zasebnem partnerstvu (Uradni list RS, št. 127/06) vsebuje:":        "ul-127-06",
		"Zakon brez številke (Uradni list) vsebuje naslednjo končno določbo:":             "del",
		"Spremembe in dopolnitve poslovnika – PoDZ-1A (Uradni list RS, št. 9/06) vsebuje": "podz-1a",
	} {
		equal(t, title, slovene.slug(title), want)
	}
}

func TestTwoComponentsOfOneName(t *testing.T) {
	t.Parallel()
	intro := "Odločba (Uradni list RS, št. 1/10) določa:\n\n»Prva.«.\n\n"
	a := Parse("1. člen\nA.\n\nOdločba US " + intro + "Odločba US " + intro)
	var ids []string
	for _, c := range a.Components {
		ids = append(ids, c.ID)
	}
	equal(t, "components", strings.Join(ids, " "), " ul-1-10 ul-1-10~2")
	equal(t, "cite", a.Cite("ul-1-10/text_1"), "1. besedilo (Uradni list, št. 1/10)")
}

// PISRS ends the rows of a paragraph with CR LF where they wrap, and its last
// row with LF: neither a full row nor a short one misleads.
func TestLineEndsTellWraps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"1. člen\r\nPrvi stavek je kratek in se konča s piko.\r\nDrugi stavek je v istem odstavku.\nDrugi odstavek.\n",
			"1. člen/Prvi stavek je kratek in se konča s piko. Drugi stavek je v istem odstavku./Drugi odstavek."},
		{"1. člen\nKlub vodi predsednik (v nadaljnjem besedilu:\r\nVodja), ki ga izvolijo člani.\nKlub ima pečat.\n",
			"1. člen/Klub vodi predsednik (v nadaljnjem besedilu: Vodja), ki ga izvolijo člani./Klub ima pečat."},
		{"1. člen\nKlub ima:\r\n-     \r\npečat;\n-     \r\nime, ki ga določi\nskupščina kluba.\n",
			"1. člen/Klub ima:/- pečat;/- ime, ki ga določi skupščina kluba."},
	} {
		var got []string
		for _, n := range Parse(c.text).Articles("") {
			got = append(got, n.Lines()...)
		}
		equal(t, c.text, strings.Join(got, "/"), c.want)
	}
}

// An item may end with the word before the last one; a reference that wraps there
// is none.
func TestItemsThatEndWithAJoin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"Vloga obsega:\n1. ime,\n2. opis in\n3. dokazilo.", "art_1__para_1 Vloga obsega: | art_1__para_1__point_1 ime, | art_1__para_1__point_2 opis in | art_1__para_1__point_3 dokazilo."},
		{"Vloga obsega:\na) ime,\nb) opis ali\nc) dokazilo.", "art_1__para_1 Vloga obsega: | art_1__para_1__point_a ime, | art_1__para_1__point_b opis ali | art_1__para_1__point_c dokazilo."},
		{"Vloga obsega:\n1. ime,\n2. opis iz 2. in\n3. točke prejšnjega odstavka.", "art_1__para_1 Vloga obsega: | art_1__para_1__point_1 ime, | art_1__para_1__point_2 opis iz 2. in 3. točke prejšnjega odstavka."},
	} {
		var got []string
		for n := range Parse("1. člen\n\n" + c.text + "\n").All() {
			if n.Kind != Article {
				got = append(got, n.ID+" "+n.Intro)
			}
		}
		equal(t, c.text, strings.Join(got, " | "), c.want)
	}
}
