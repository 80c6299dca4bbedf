package app

import (
	"context"
	"encoding/xml"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/signal"
	"github.com/asociacija/asociacija/internal/platform/paper/reader"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// The texts of the ordinary run, and those that ASOCIACIJA_ALL=1 adds: laws, a
// decree, a rulebook, rules of procedure, a programme, and acts that amend.
var (
	fewTexts = []string{"si-npb/ZAKO3370.txt", "si-npb/PRAV14791.txt", "triples/sl/KZ-1J__ZAKO5050/act.md", "ex-yu/sl-acts/ZUJIK-D.md"}
	allTexts = append(slices.Clone(fewTexts), "si-npb/ZAKO4242.txt", "si-npb/ZAKO7129.txt", "si-npb/URED4732.txt", "si-npb/POSL32.txt",
		"si-npb/RESO141.txt", "triples/sl/ZFU-B__ZAKO6792/act.md", "ex-yu/sl-acts/ZLS-R.md", "ex-yu/sl-acts/ZVKD-1D.md")
)

// The forms in which a text comes, with what must come through, in thousandths:
// articles with their numbers, provisions with their address and every letter.
// No word is lost or added, but for one of a thousand where words are cut: a PDF
// does not tell the hyphen of a cut from that of a compound.
var forms = []struct {
	name                          string
	articles, provisions, changed int
}{
	{"html", 1000, 995, 0}, {"docx", 1000, 995, 0}, {"odt", 1000, 995, 0},
	{"pdf", 1000, 980, 0}, {"paged.pdf", 1000, 980, 0}, {"hyphens.pdf", 1000, 980, 1},
	{"cp1250.txt", 1000, 1000, 0}, {"utf16.txt", 1000, 1000, 0}, {"rows.txt", 1000, 1000, 0},
}

// TestFidelity lays real acts out as ministries publish them, reads the files
// back, and compares the trees.
func TestFidelity(t *testing.T) {
	law := realtexts.Path(t, "law")
	office := programOf(t, "soffice")
	programOf(t, "pdftotext")
	names := fewTexts
	if os.Getenv("ASOCIACIJA_ALL") == "1" {
		names = allTexts
	}
	dir := t.TempDir()
	sources := map[string]*lawtext.Act{}
	for i, name := range names {
		b, err := os.ReadFile(filepath.Join(law, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		stem := fmt.Sprintf("t%02d", i)
		sources[stem] = layOut(t, dir, stem, asRead(withoutFront(string(b))))
	}
	convert(t, office, dir)

	for _, form := range forms {
		var all score
		for i, name := range names {
			stem := fmt.Sprintf("t%02d", i)
			text := readFile(t, filepath.Join(dir, stem+"."+form.name))
			one := compare(t, sources[stem], lawtext.Parse(text))
			one.signal = sameSignal(t, form.name+" "+name, sources[stem], text)
			t.Logf("%-12s %-34s %v", form.name, name, one)
			all.add(one)
		}
		t.Logf("%-12s %-34s %v", form.name, "ALL", all)
		if all.articlesRight*1000 < all.articles*form.articles || all.right*1000 < all.provisions*form.provisions {
			t.Errorf("%s: articles or provisions are lost", form.name)
		}
		if (all.lost+all.added)*1000 > all.words*form.changed || all.disorder+all.signal > 0 {
			t.Errorf("%s: words are lost, added or out of order, or the signal reads otherwise", form.name)
		}
	}
}

// A score is what came through of an act.
type score struct {
	articles, articlesRight int // right: the same address, at the same place
	provisions, right       int // right: the same address and the same letters
	words, lost, added      int
	disorder                int // 1 if the words are the same in another order
	signal                  int // 1 if what signal.Read finds differs
}

func (s *score) add(o score) {
	s.articles += o.articles
	s.articlesRight += o.articlesRight
	s.provisions += o.provisions
	s.right += o.right
	s.words += o.words
	s.lost += o.lost
	s.added += o.added
	s.disorder += o.disorder
	s.signal += o.signal
}

func (s score) String() string {
	return fmt.Sprintf("articles %d/%d provisions %d/%d (%.2f %%) words %d lost %d added %d disorder %d signal %d", s.articlesRight, s.articles,
		s.right, s.provisions, 100*float64(s.right)/float64(max(1, s.provisions)), s.words, s.lost, s.added, s.disorder, s.signal)
}

// compare scores got against want.
func compare(t *testing.T, want, got *lawtext.Act) score {
	var s score
	var heads, read []string
	letters := map[string]string{}
	for n := range got.All() {
		letters[n.ID] = ownLetters(n)
		if n.Kind == lawtext.Article {
			read = append(read, n.ID)
		}
	}
	shown := 0
	for n := range want.All() {
		switch n.Kind {
		case lawtext.Article:
			heads = append(heads, n.ID)
		case lawtext.Paragraph, lawtext.Point, lawtext.Indent:
			s.provisions++
			if letters[n.ID] == ownLetters(n) {
				s.right++
			} else if shown++; shown <= 3 {
				t.Logf("%s\n want %.200q\n  got %.200q", n.ID, ownLetters(n), letters[n.ID])
			}
		}
	}
	s.articles = len(heads)
	for i, id := range heads {
		if i < len(read) && read[i] == id {
			s.articlesRight++
		} else if shown++; shown <= 3 {
			t.Logf("article %s is not at place %d", id, i)
		}
	}
	a, b := printedWords(want), printedWords(got)
	s.words = len(a)
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	for _, w := range b {
		count[w]--
	}
	for w, n := range count {
		if n != 0 {
			t.Logf("word %q: %+d", w, -n)
		}
		s.lost += max(n, 0)
		s.added += max(-n, 0)
	}
	if s.lost+s.added == 0 && !slices.Equal(a, b) {
		s.disorder = 1
	}
	return s
}

func ownLetters(n *lawtext.Node) string {
	return strings.Join(strings.Fields(n.Intro+n.Tail), "")
}

// printedWords are all words of an act in order. What marks an indent is none: a
// bullet stands for a dash where a word processor draws it.
func printedWords(a *lawtext.Act) []string {
	return slices.DeleteFunc(strings.Fields(lawtext.Print(a)), func(w string) bool {
		return slices.Contains([]string{"-", "–", "—", "•"}, w)
	})
}

// sameSignal returns 1 if the text is another signal than its source.
func sameSignal(t *testing.T, name string, source *lawtext.Act, text string) int {
	want, got := signal.Read(lawtext.Print(source)), signal.Read(text)
	if x, y := fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got); x != y {
		t.Logf("%s: the signal reads\n%s\nand not\n%s", name, y, x)
		return 1
	}
	return 0
}

func programOf(t *testing.T, name string) string {
	path, err := exec.LookPath(name)
	switch {
	case err == nil:
	case os.Getenv("ASOCIACIJA_REQUIRE_ALL") == "1":
		t.Fatalf("%s is not installed", name)
	default:
		t.Skipf("%s is not installed", name)
	}
	return path
}

func withoutFront(text string) string {
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		_, text, _ = strings.Cut(rest, "\n---\n")
	}
	return text
}

// asRead is text without what a reader must take off: letters put together from
// two characters, and hyphens that nobody sees.
func asRead(text string) string {
	return norm.NFC.String(strings.ReplaceAll(text, "\u00ad", ""))
}

func readFile(t *testing.T, path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := reader.Read(t.Context(), reader.Source{Name: filepath.Base(path), Bytes: b}, reader.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return got.Content
}

// layOut writes the forms that no word processor makes, and what the others are
// made from. It returns the tree that all of them show.
func layOut(t *testing.T, dir, stem, text string) *lawtext.Act {
	source := lawtext.Parse(text)
	a := lawtext.Parse(strings.TrimSpace(lawtext.Print(source)))
	blocks := blocksOf(a)
	cp1250, err := charmap.Windows1250.NewEncoder().String(strings.ReplaceAll(lawtext.Print(a), "\n", "\r\n"))
	if err != nil {
		t.Logf("%s has letters that windows-1250 lacks: %v", stem, err)
		cp1250 = lawtext.Print(a)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(lawtext.Print(a))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"html": asHTML(blocks), "paged.fodt": asPages(blocks, false), "hyphens.fodt": asPages(blocks, true),
		"cp1250.txt": cp1250, "utf16.txt": wide, "rows.txt": text,
	} {
		if err := os.WriteFile(filepath.Join(dir, stem+"."+name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// convert makes the files of word processors.
func convert(t *testing.T, office, dir string) {
	run := func(to string, glob string, more ...string) {
		files, err := filepath.Glob(filepath.Join(dir, glob))
		if err != nil || len(files) == 0 {
			t.Fatal("nothing to convert", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless"}, more...)
		args = append(args, "--convert-to", to, "--outdir", dir)
		if said, err := exec.CommandContext(ctx, office, append(args, files...)...).CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v: %s", err, said)
		}
	}
	for _, to := range []string{"docx", "odt", "pdf"} {
		run(to, "t??.html", "--infilter=HTML (StarWriter)")
	}
	run("pdf", "t??.*.fodt")
}

// A block is a printed line of an act. Items of a real list have no label in
// their text: the list draws it.
type block struct {
	text  string
	level int  // of the list; 0 for none
	list  byte // 'o' and 'u' for real lists, 0 for text
	head  bool
}

// blocksOf lays an act out. Every second list whose marks a word processor can
// draw is a real one.
func blocksOf(a *lawtext.Act) []block {
	var out []block
	lists := 0
	var node func(n *lawtext.Node, level int, list byte)
	node = func(n *lawtext.Node, level int, list byte) {
		bare := *n
		bare.Children, bare.Tail = nil, ""
		for i, l := range bare.Lines() {
			if list != 0 && i == 0 {
				l = strings.TrimSpace(strings.TrimPrefix(l, n.Label))
			}
			head := n.Kind != lawtext.Text && (l == n.Heading || l == n.Label || n.Kind == lawtext.Chapter || n.Kind == lawtext.Section)
			out = append(out, block{l, level, list, head && level == 0})
		}
		real := byte(0)
		if items := n.Children; len(items) > 0 {
			if real = drawn(items); real != 0 {
				if lists++; lists%2 == 0 {
					real = 0
				}
			}
		}
		for _, c := range n.Children {
			switch c.Kind {
			case lawtext.Point, lawtext.Indent:
				node(c, level+1, real)
			default:
				node(c, 0, 0)
			}
		}
		if n.Tail != "" {
			out = append(out, block{text: n.Tail})
		}
	}
	for _, c := range a.Components {
		if c.Title != "" {
			out = append(out, block{text: c.Title})
		}
		for _, n := range c.Nodes {
			node(n, 0, 0)
		}
	}
	return out
}

// drawn tells the list that draws the marks of items, or 0: bullets, or the
// numbers 1., 2., 3. Items within items are left to typed text.
func drawn(items []*lawtext.Node) byte {
	list := byte('u')
	for i, n := range items {
		switch {
		case len(n.Children) > 0 || n.Tail != "":
			return 0
		case n.Kind == lawtext.Indent && n.Label != "*" && list == 'u':
		case n.Kind == lawtext.Point && n.Label == fmt.Sprintf("%d.", i+1) && (i == 0 || list == 'o'):
			list = 'o'
		default:
			return 0
		}
	}
	return list
}

func asHTML(blocks []block) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="sl"><head><meta charset="utf-8"><title>Akt</title></head><body>` + "\n")
	open := byte(0)
	for i, k := range blocks {
		fresh := i == 0 || blocks[i-1].level != k.level || blocks[i-1].list != k.list
		if open != 0 && (k.list != open || fresh) {
			fmt.Fprintf(&b, "</%cl>\n", open)
			open = 0
		}
		text := html.EscapeString(k.text)
		switch {
		case k.list != 0:
			if open == 0 {
				fmt.Fprintf(&b, "<%cl>\n", k.list)
				open = k.list
			}
			fmt.Fprintf(&b, "<li>%s</li>\n", text)
		case k.head:
			fmt.Fprintf(&b, "<p align=\"center\"><b>%s</b></p>\n", text)
		default:
			fmt.Fprintf(&b, "<p style=\"margin-left:%dcm\">%s</p>\n", k.level, text)
		}
	}
	if open != 0 {
		fmt.Fprintf(&b, "</%cl>\n", open)
	}
	return b.String() + "</body></html>\n"
}

// asPages is a flat ODT in the manner of the Official Gazette: A4, justified, no
// gaps between paragraphs but a first line that is set in, with a running head
// and page numbers; and, if asked for, with words that may be cut at the end of
// a line.
func asPages(blocks []block, hyphens bool) string {
	var b strings.Builder
	b.WriteString(pagedHead)
	place := 0 // in a list
	for i, k := range blocks {
		if place++; i == 0 || blocks[i-1].list != k.list || blocks[i-1].level != k.level {
			place = 1
		}
		var text strings.Builder
		if hyphens {
			k.text = softened(k.text)
		}
		if err := xml.EscapeText(&text, []byte(k.text)); err != nil {
			panic(err) // a strings.Builder takes everything
		}
		s := text.String()
		switch {
		case k.list == 'u':
			s = "– " + s
		case k.list == 'o':
			s = fmt.Sprintf("%d. %s", place, s)
		}
		style := "body"
		if k.head {
			style = "head"
		} else if k.level > 0 {
			style = fmt.Sprintf("item%d", min(k.level, 3))
		}
		fmt.Fprintf(&b, `<text:p text:style-name="%s">%s</text:p>`+"\n", style, s)
	}
	return b.String() + "</office:text></office:body></office:document>\n"
}

// softened puts soft hyphens into the middle of long words.
func softened(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if r := []rune(w); len(r) > 8 && !strings.ContainsAny(w, "0123456789-–/().»«") {
			words[i] = string(r[:len(r)/2]) + "\u00ad" + string(r[len(r)/2:])
		}
	}
	return strings.Join(words, " ")
}

const pagedHead = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:page-layout style:name="a4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm"/><style:header-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-bottom="0.5cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>
<style:style style:name="body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:text-indent="0.8cm"/><style:text-properties fo:font-size="10pt"/></style:style>
<style:style style:name="head" style:family="paragraph"><style:paragraph-properties fo:text-align="center" fo:margin-top="0.3cm" fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold" fo:font-size="10pt"/></style:style>
<style:style style:name="item1" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-left="0.8cm" fo:text-indent="-0.5cm"/><style:text-properties fo:font-size="10pt"/></style:style>
<style:style style:name="item2" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-left="1.6cm" fo:text-indent="-0.5cm"/><style:text-properties fo:font-size="10pt"/></style:style>
<style:style style:name="item3" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-left="2.4cm" fo:text-indent="-0.5cm"/><style:text-properties fo:font-size="10pt"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="a4"><style:header><text:p>Uradni list Republike Slovenije, št. 12</text:p></style:header><style:footer><text:p>Stran <text:page-number/></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>
`
