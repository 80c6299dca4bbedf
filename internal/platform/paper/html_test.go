package paper_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/internal/platform/paper"
)

// body is the text of a page as a reader finds it, <br> being a newline.
func body(t interface{ Fatal(...any) }, d paper.Document) string {
	var b bytes.Buffer
	if err := paper.HTML(&b, d); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		in = in || n.Data == "main"
		switch {
		case n.Type == html.TextNode && in:
			s.WriteString(n.Data)
		case n.Data == "br":
			s.WriteString("\n")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(root, false)
	return s.String()
}

// everywhere is a document that has s in each place where there can be text.
func everywhere(s string) paper.Document {
	x := paper.Text{{Text: s, Style: paper.Inserted | paper.Italic, Link: s, Lang: "sr"}}
	return paper.Document{Lang: "sl", Title: "T" + s, Author: s, Subject: s, Footer: s, Blocks: []paper.Block{
		paper.Address{Sender: true, Lines: []string{s}}, paper.Address{Lines: []string{s}},
		paper.Date{Text: s}, paper.Subject{Text: s}, paper.Heading{Level: 1, Text: x}, paper.Paragraph{Text: x},
		paper.Paragraph{Text: paper.Text{{Text: s, Style: paper.Bold | paper.Deleted}, {Text: s, Style: paper.Marked | paper.Muted}}, Face: paper.Sans},
		paper.List{Items: []paper.Text{x}}, paper.List{Numbered: true, Items: []paper.Text{x}},
		paper.Table{Caption: s, Columns: []paper.Column{{Head: s}, {Head: s, Numeric: true}}, RowHeads: true, Rows: [][]paper.Cell{{{x}, {x, x}}}},
		paper.Facts{{Label: s, Value: x}}, paper.PageBreak{Landscape: true}, paper.Norm{x},
		paper.Signature{Closing: s, Lines: []string{s}},
	}}
}

const places = 19 // of the text in the body of everywhere

// kept is what any file can keep of s.
func kept(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, s)
}

// TestHTML_losesNothing: whatever the text, a browser shows all of it, everywhere.
func TestHTML_losesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringN(1, 30, -1).Draw(t, "text") + "☂"
		if got := strings.Count(body(t, everywhere(s)), kept(s)); got < places {
			t.Fatalf("%q stands in %d places of %d:\n%q", s, got, places, body(t, everywhere(s)))
		}
	})
}

func TestHTML_isClosedToMarkup(t *testing.T) {
	t.Parallel()
	evil := `</style></title><script>alert("1")</script>`
	var b bytes.Buffer
	d := everywhere(evil)
	d.Blocks = append(d.Blocks, paper.Paragraph{Text: paper.Text{{Text: "klik", Link: "javascript:alert(1)"}}})
	if err := paper.HTML(&b, d); err != nil {
		t.Fatal(err)
	}
	for _, no := range []string{"<script", "javascript:"} {
		if strings.Contains(b.String(), no) {
			t.Errorf("the page has %q", no)
		}
	}
}

func TestHTML_page(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		d    paper.Document
		want []string
	}{
		{"letter", letter(), []string{`<html lang="sl">`, `<title>Dopis ministrici: rok za pripombe</title>`, `<span lang="sr-Cyrl">„Рок`, `<a href="https://mnk.example/d/2026-31">javni strani</a>`, `<ol><li>Rok`, "<footer"}},
		{"table", comments(2), []string{`<div class="sheet lying">`, `<caption>Pripombe`, `<th scope="col">Člen</th>`, `<th scope="row">1. člen`, `<td class="num">46</td>`, "</div>\n</main>"}},
		{"amendment", amendment(), []string{`<del><span class="vh">črtano: </span>tri leta</del> <ins><span class="vh">dodano: </span>dve leti</ins>`, `<dt>Odločil</dt><dd>`, `<h2>Predlog 1`, `<mark>ne more`}},
	} {
		var b bytes.Buffer
		if err := paper.HTML(&b, tt.d); err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.want {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: no %q", tt.name, want)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	doc := func(b ...paper.Block) paper.Document { return paper.Document{Lang: "sl", Title: "T", Blocks: b} }
	h := func(level int) paper.Block { return paper.Heading{Level: level, Text: paper.Plain("x")} }
	one := []paper.Column{{Head: "a"}}
	for _, tt := range []struct {
		name string
		d    paper.Document
		want string // part of the error; "" for none
	}{
		{"headings down and up", doc(h(1), h(2), h(3), h(2), h(1)), ""},
		{"no title", paper.Document{Lang: "sl", Title: " "}, "no title"},
		{"no language", paper.Document{Title: "T"}, "language"},
		{"foreign passage in no language", doc(paper.Norm{{{Text: "x", Lang: "not a tag"}}}), "language"},
		{"begins at level 2", doc(h(2)), "level 2 after level 0"},
		{"skips a level", doc(h(1), h(3)), "level 3 after level 1"},
		{"level 4", doc(h(1), h(2), h(3), h(4)), "level 4"},
		{"no block", doc(nil), "no block"},
		{"pointer to a block", doc(&paper.PageBreak{}), "no block"},
		{"long footer", paper.Document{Lang: "sl", Title: "T", Footer: strings.Repeat("č", 301)}, "301 characters"},
		{"table without columns", doc(paper.Table{}), "no columns"},
		{"short row", doc(paper.Table{Columns: one, Rows: [][]paper.Cell{{}}}), "0 cells for 1"},
		{"negative share", doc(paper.Table{Columns: []paper.Column{{Share: -1}}}), "share"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.d.Check()
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("Check() = %v, want %q", err, tt.want)
			}
			if got := paper.HTML(&bytes.Buffer{}, tt.d); (got == nil) != (err == nil) {
				t.Errorf("HTML() = %v", got)
			}
		})
	}
}

type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestHTML_saysWhenItCannotWrite(t *testing.T) {
	t.Parallel()
	if err := paper.HTML(full{}, letter()); !errors.Is(err, errFull) {
		t.Errorf("HTML() = %v", err)
	}
}
