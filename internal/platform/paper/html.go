package paper

import (
	_ "embed" // for html.css
	"fmt"
	"io"
	"strings"
	"time"
)

//go:embed html.css
var stylesheet string

// HTML writes d as a whole page, with a stylesheet for screen and A4.
func HTML(w io.Writer, d Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	p := htmlPage{spoken: d.Spoken}
	p.put("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", d.Lang)
	p.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n", d.Title)
	p.meta("author", d.Author)
	p.meta("description", d.Subject)
	if !d.Created.IsZero() {
		p.meta("dcterms.created", d.Created.UTC().Format(time.RFC3339))
	}
	p.WriteString("<style>\n" + stylesheet + "</style>\n</head>\n<body>\n<main class=\"paper\">\n")
	p.blocks(d.Blocks)
	p.WriteString("</main>\n")
	if d.Footer != "" {
		p.put("<footer class=\"paper-foot\">%s</footer>\n", d.Footer)
	}
	p.WriteString("</body>\n</html>\n")
	return p.to(w, "html")
}

// Fragment writes the blocks of d alone, in a <div class="paper">, to stand in a
// page that has its own head. It leaves out the footer and the stylesheet: the page
// has one, in which .vh hides what is only for screen readers.
func Fragment(w io.Writer, d Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	p := htmlPage{spoken: d.Spoken}
	p.put("<div class=\"paper\" lang=\"%s\">\n", d.Lang)
	p.blocks(d.Blocks)
	p.WriteString("</div>\n")
	return p.to(w, "html")
}

type htmlPage struct {
	markup
	spoken Spoken
}

func (p *htmlPage) meta(name, content string) {
	if content != "" {
		p.put("<meta name=\"%s\" content=\"%s\">\n", name, content)
	}
}

func (p *htmlPage) lines(s string) { p.broken(s, "<br>") }

// inline are the styles as elements, the outermost first.
var inline = []struct {
	style Style
	tag   string
}{{Inserted, "ins"}, {Deleted, "del"}, {Marked, "mark"}, {Bold, "strong"}, {Italic, "em"}, {Muted, "small"}}

func (p *htmlPage) text(t Text) {
	for _, r := range t {
		link, end := href(r.Link), ""
		if link != "" {
			p.put(`<a href="%s">`, link)
			end = "</a>"
		}
		for _, in := range inline {
			if r.Style&in.style != 0 {
				p.put("<" + in.tag + ">")
				end = "</" + in.tag + ">" + end
			}
		}
		if word := p.spoken.of(r.Style); word != "" {
			p.put(`<span class="vh">%s: </span>`, word)
		}
		if r.Lang != "" {
			p.put(`<span lang="%s">`, r.Lang)
			end = "</span>" + end
		}
		p.lines(r.Text)
		p.WriteString(end)
	}
}

func (p *htmlPage) blocks(blocks []Block) {
	sheet := false
	for _, b := range blocks {
		if br, ok := b.(PageBreak); ok {
			if sheet {
				p.put("</div>\n")
			}
			sheet = true
			if br.Landscape {
				p.put("<div class=\"sheet lying\">\n")
			} else {
				p.put("<div class=\"sheet\">\n")
			}
			continue
		}
		p.block(b)
	}
	if sheet {
		p.put("</div>\n")
	}
}

func (p *htmlPage) block(b Block) {
	switch b := b.(type) {
	case Heading:
		tag := fmt.Sprintf("h%d", b.Level)
		p.element(tag, "", func() { p.text(b.Text) })
	case Paragraph:
		class := ""
		if b.Face == Sans {
			class = "sans"
		}
		p.element("p", class, func() { p.text(b.Text) })
	case Address:
		class := "to"
		if b.Sender {
			class = "from"
		}
		p.element("address", class, func() { p.lines(strings.Join(b.Lines, "\n")) })
	case Date:
		p.element("p", "date", func() { p.lines(b.Text) })
	case Subject:
		p.element("p", "subject", func() { p.lines(b.Text) })
	case Signature:
		p.element("div", "signature", func() {
			p.element("p", "", func() { p.lines(b.Closing) })
			p.element("p", "", func() { p.lines(strings.Join(b.Lines, "\n")) })
		})
	case List:
		tag := "ul"
		if b.Numbered {
			tag = "ol"
		}
		p.element(tag, "", func() {
			for _, item := range b.Items {
				p.element("li", "", func() { p.text(item) })
			}
		})
	case Table:
		p.table(b)
	case Facts:
		p.element("dl", "", func() {
			for _, f := range b {
				p.put("<div><dt>%s</dt>", f.Label)
				p.element("dd", "", func() { p.text(f.Value) })
				p.put("</div>\n")
			}
		})
	case Slip:
		p.slip(b)
	case Norm:
		p.element("blockquote", "norm", func() {
			for _, t := range b {
				p.element("p", "", func() { p.text(t) })
			}
		})
	}
}

func (p *htmlPage) element(tag, class string, inside func()) {
	if class != "" {
		p.put("<"+tag+` class="%s">`, class)
	} else {
		p.put("<" + tag + ">")
	}
	inside()
	p.put("</" + tag + ">\n")
}

func (p *htmlPage) table(t Table) {
	p.put("<table>\n")
	if t.Caption != "" {
		p.put("<caption>%s</caption>\n", t.Caption)
	}
	p.put("<colgroup>")
	for i := range t.Columns {
		p.put(`<col style="width:%s">`, fmt.Sprintf("%.2f%%", 100*t.share(i)))
	}
	p.put("</colgroup>\n<thead><tr>")
	for _, c := range t.Columns {
		p.put("<th scope=\"col\""+numeric(c)+">%s</th>", c.Head)
	}
	p.put("</tr></thead>\n<tbody>\n")
	for _, row := range t.Rows {
		p.put("<tr>")
		for i, c := range row {
			tag, scope := "td", ""
			if i == 0 && t.RowHeads {
				tag, scope = "th", ` scope="row"`
			}
			p.put("<" + tag + scope + numeric(t.Columns[i]) + ">")
			p.cell(c)
			p.put("</" + tag + ">")
		}
		p.put("</tr>\n")
	}
	p.put("</tbody>\n</table>\n")
}

func (p *htmlPage) cell(c Cell) {
	if len(c) == 1 {
		p.text(c[0])
		return
	}
	for _, t := range c {
		p.element("p", "", func() { p.text(t) })
	}
}

func numeric(c Column) string {
	if c.Numeric {
		return ` class="num"`
	}
	return ""
}
