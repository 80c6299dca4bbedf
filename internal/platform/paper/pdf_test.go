package paper_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/asociacija/asociacija/internal/platform/paper"
)

// pdf writes d and returns where it is.
func pdf(t *testing.T, d paper.Document) (string, paper.Report) {
	t.Helper()
	var b bytes.Buffer
	r, err := paper.PDF(&b, d)
	if err != nil {
		t.Fatal(err)
	}
	return file(t, "d.pdf", b.Bytes()), r
}

// TestPDF_isWhatOthersRead: programs that are not ours find the text in reading
// order, the tags, the fonts and the properties.
func TestPDF_isWhatOthersRead(t *testing.T) {
	t.Parallel()
	path, r := pdf(t, everyBlock())
	if len(r.Missing) > 0 {
		t.Errorf("missing: %q", r.Missing)
	}
	wants(t, run(t, "pdfinfo", path), "Title: Dopis ministrici: rok za pripombe", "Author: Mreža", "Tagged: yes", "Suspects: no",
		fmt.Sprint("Pages: ", r.Pages), "PDF version: 1.7", "CreationDate: Fri Nov 27 18:20:00 2026")
	wants(t, run(t, "pdfinfo", "-meta", path), "<pdfuaid:part>1</pdfuaid:part>", "<rdf:li>sl</rdf:li>")

	text := run(t, "pdftotext", path, "-")
	wants(t, text, hard...)
	at := 0
	for _, s := range []string{"Tesarska 9", "Živa Ćirić", "Ljubljana, 27.", "Zadeva:", "Spoštovana", "„Рок", "1.", "2.", "Ivo Tratar", "Odločil", "Upravni odbor",
		"Predlog 1", "tri leta", "dve leti", "Predlog 2", "• ", "Proračun", "Pripombe po členih", "Člen", "1. člen", "46", "20. člen"} {
		i := strings.Index(text[at:], s)
		if i < 0 {
			t.Fatalf("no %q after %q", s, text[:at])
		}
		at += i
	}
	wants(t, text, "1/5", "5/5")

	fonts := strings.Split(strings.TrimSpace(run(t, "pdffonts", path)), "\n")[2:]
	for _, f := range fonts {
		if !strings.Contains(f, "Identity-H       yes yes yes") {
			t.Errorf("a font is not embedded, cut and mapped: %s", f)
		}
	}
	if len(fonts) < 5 {
		t.Errorf("%d fonts", len(fonts))
	}
}

func TestPDF_isWellFormed(t *testing.T) {
	t.Parallel()
	path, _ := pdf(t, everyBlock())
	wants(t, run(t, "qpdf", "--check", path), "No syntax or stream encoding errors found")
}

// TestPDF_structure: a screen reader is told what is what, in what language, and
// nothing twice.
func TestPDF_structure(t *testing.T) {
	t.Parallel()
	path, _ := pdf(t, everyBlock())
	tags := run(t, "pdfinfo", "-struct-text", path)
	wants(t, tags,
		`H1 (block) "Stališče do drugega osnutka novele Zakona o podpori neodvisni kulturi"`,
		`Link (inline) "javni strani" Object`,
		`LI (block) Lbl (block) "2." LBody (block) "Objavi naj se ocena`,
		`L (block): /ListNumbering /Decimal`,
		`BlockQuote P (block) "(1) Za podporo`,
		`/TextDecorationType /LineThrough "tri leta"`,
		`/TextDecorationType /Underline "dve leti"`,
		`Table (block) Caption "Pripombe po členih, s podporo organizacij v posvetovanju" TR`,
		`TH: /Scope /Column "Predlog besedila"`,
		`TH: /Scope /Row "7. člen, prvi odstavek" TD P (block) "Znesek,`,
		`TR TD "đ" TD TR TD TD "ж"`, // an empty cell is a cell
	)
	if n := strings.Count(tags, "Predlog besedila"); n != 1 {
		t.Errorf("the header of a table is read %d times", n)
	}
	for _, artifact := range []string{"a41f 9c02", "/ 5"} {
		if strings.Contains(tags, artifact) {
			t.Errorf("the footer is read: %s", artifact)
		}
	}
}

// pageText is the text of each page, without the footer.
func pageText(t *testing.T, d paper.Document) []string {
	t.Helper()
	path, r := pdf(t, d)
	pages := strings.Split(run(t, "pdftotext", "-layout", path, "-"), "\f")
	return pages[:r.Pages]
}

// filler is n paragraphs of one line each.
func filler(n int) []paper.Block {
	var all []paper.Block
	for i := range n {
		all = append(all, paper.Paragraph{Text: paper.Plain(fmt.Sprintf("vrstica %d", i))})
	}
	return all
}

// TestPDF_keepsTogether: wherever on the page it falls, a heading is not the last
// on it, a signature is whole, and no line of a paragraph stands alone.
func TestPDF_keepsTogether(t *testing.T) {
	t.Parallel()
	words := func(first string, n int) paper.Text {
		return paper.Plain(first + strings.Repeat(" beseda", n) + " konec.")
	}
	for n := 18; n < 34; n++ {
		blocks := append([]paper.Block{paper.Heading{Level: 1, Text: paper.Plain("Vrh")}}, filler(n)...)
		blocks = append(blocks, paper.Heading{Level: 2, Text: paper.Plain("Naslov")}, paper.Paragraph{Text: words("Začetek", 62)})
		blocks = append(blocks, paper.Signature{Closing: "Pozdrav", Lines: []string{"Ime", "predsednik"}})
		for i, page := range pageText(t, paper.Document{Lang: "sl", Title: "T", Blocks: blocks}) {
			for _, pair := range [][2]string{{"Naslov", "Začetek"}, {"Pozdrav", "predsednik"}} {
				if strings.Contains(page, pair[0]) != strings.Contains(page, pair[1]) {
					t.Errorf("%d lines before: page %d parts %q:\n%s", n, i+1, pair, page)
				}
			}
			lines := 0
			for l := range strings.Lines(page) {
				if strings.Contains(l, "beseda") {
					lines++
				}
			}
			if lines == 1 {
				t.Errorf("%d lines before: page %d has one line of the paragraph", n, i+1)
			}
		}
	}
}

func TestPDF_table(t *testing.T) {
	t.Parallel()
	d := comments(40)
	long := paper.Cell{paper.Plain(strings.Repeat("dolga pripomba ", 900) + "KONEC")}
	table := d.Blocks[3].(paper.Table)
	table.Rows = slices.Insert(table.Rows, 20, []paper.Cell{{paper.Plain("Dolga vrsta")}, long, {}, {paper.Plain("7")}})
	d.Blocks[3] = table
	pages := pageText(t, d)
	if len(pages) < 5 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		if strings.Count(page, "Predlog besedila") != 1 {
			t.Errorf("page %d has no header", i+1)
		}
		// A row that fits on a page has all its lines on one.
		if a, b := strings.Count(page, "prvi"), strings.Count(page, "Formula to prepreči"); a != b {
			t.Errorf("page %d has %d beginnings and %d ends of rows", i+1, a, b)
		}
	}
	all := strings.Join(pages, "")
	if n := strings.Count(all, "dolga pripomba") + strings.Count(all, "dolga\n"); n < 800 || !strings.Contains(all, "KONEC") {
		t.Errorf("the long row has %d of its comments", n)
	}
}

// TestPDF_extremes: words longer than a line, columns narrower than a
// letter, headers higher than a page.
func TestPDF_extremes(t *testing.T) {
	t.Parallel()
	many := paper.Table{Columns: make([]paper.Column, 300), Rows: [][]paper.Cell{make([]paper.Cell, 300)}}
	for i := range many.Columns {
		many.Columns[i].Head = "abc"
		many.Rows[0][i] = paper.Cell{paper.Plain("x y")}
	}
	word := strings.Repeat("Donaudampfschifffahrt", 40)
	high := paper.Table{Columns: []paper.Column{{Head: strings.Repeat("Glava ", 3000)}}, Rows: [][]paper.Cell{{{paper.Plain("noga")}}}}
	d := paper.Document{Lang: "de", Title: "T", Footer: strings.Repeat("W", 300), Blocks: []paper.Block{
		many, paper.Paragraph{Text: paper.Plain(word)}, high, paper.List{}, paper.Facts{}, paper.Norm{}, paper.Address{}, paper.PageBreak{}, paper.PageBreak{Landscape: true},
	}}
	path, r := pdf(t, d)
	if r.Pages < 5 {
		t.Errorf("%d pages", r.Pages)
	}
	text := run(t, "pdftotext", "-raw", path, "-")
	if got := strings.ReplaceAll(text, "\n", ""); !strings.Contains(got, word) {
		t.Errorf("the long word is not whole in\n%s", text)
	}
	if n := strings.Count(text, "Glava"); n != 3000 {
		t.Errorf("the header has %d of 3000 words", n)
	}
	if _, r := pdf(t, paper.Document{Lang: "sl", Title: "T"}); r.Pages != 1 {
		t.Errorf("an empty document has %d pages", r.Pages)
	}
}

// TestPDF_missing: what the fonts lack is drawn as □, told, and read aloud as
// itself.
func TestPDF_missing(t *testing.T) {
	t.Parallel()
	path, r := pdf(t, paper.Document{Lang: "sl", Title: "T", Blocks: []paper.Block{
		paper.Paragraph{Text: paper.Plain("dež 漢字 in 🎻, pa 漢 še enkrat; c\u030C je č")},
	}})
	if got := string(r.Missing); got != "字漢🎻" {
		t.Errorf("missing: %q", got)
	}
	wants(t, run(t, "pdftotext", path, "-"), "dež 漢字 in 🎻, pa 漢 še enkrat; č je č")
}

// FuzzWriters: no text makes a writer fail, and PDF tells only of characters that
// are in the text.
func FuzzWriters(f *testing.F) {
	for _, s := range append(hard, "", "\x00\xff\u00AD\u200B\u2028", "a\r\nb\n\nc", "\u0301", strings.Repeat("W", 500), "🎻漢\uFEFF\U000E0041") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := everywhere(s)
		d.Title = "T" + s
		if utf8.RuneCountInString(s) > 300 {
			d.Footer = ""
		}
		r, err := paper.PDF(io.Discard, d)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Missing {
			if !strings.ContainsRune(norm.NFC.String(kept(s)), m) {
				t.Errorf("missing %q is not in %q", m, s)
			}
		}
		for _, write := range []func(io.Writer, paper.Document) error{paper.HTML, paper.DOCX, paper.ODT} {
			if err := write(io.Discard, d); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// fortyPages is a table of comments that has as many.
func fortyPages(b *testing.B) paper.Document {
	d := comments(507)
	r, err := paper.PDF(io.Discard, d)
	if err != nil || r.Pages != 40 {
		b.Fatalf("%d pages, %v", r.Pages, err)
	}
	b.ReportAllocs()
	return d
}

func BenchmarkPDF(b *testing.B) {
	d := fortyPages(b)
	for b.Loop() {
		if _, err := paper.PDF(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDOCX(b *testing.B) {
	d := fortyPages(b)
	for b.Loop() {
		if err := paper.DOCX(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}
