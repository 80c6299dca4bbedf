package paper

import (
	_ "embed" // for the styles
	"fmt"
	"io"
	"strings"
	"time"
)

//go:embed odt_styles.xml
var odtStyles string

const odfNS = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"`

const odtMIME = "application/vnd.oasis.opendocument.text"

// ODT writes d as OpenDocument text 1.3 (ISO/IEC 26300).
func ODT(w io.Writer, d Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	p := odtBody{}
	for i, b := range d.Blocks {
		if t, ok := b.(PageBreak); ok || i == 0 {
			p.turn(t.Landscape)
		}
		p.block(b)
	}
	var content markup
	content.put(xmlHead + `<office:document-content ` + odfNS + `><office:automatic-styles>`)
	content.Write(p.styles.Bytes())
	content.put(`</office:automatic-styles><office:body><office:text>`)
	content.Write(p.Bytes())
	content.put(`</office:text></office:body></office:document-content>`)
	styles := strings.NewReplacer("{namespaces}", odfNS, "{language}", localeOf(d.Lang).odf(),
		"{footer}", escape(strings.ReplaceAll(d.Footer, "\n", " "))).Replace(odtStyles)
	err := archive(w, []part{
		{"mimetype", odtMIME},
		{"content.xml", content.String()},
		{"styles.xml", xmlHead + styles},
		{"meta.xml", odtMeta(d)},
		{"META-INF/manifest.xml", odtManifest},
	})
	if err != nil {
		return fmt.Errorf("paper: write odt: %w", err)
	}
	return nil
}

// odf are the attributes that name a locale in OpenDocument.
func (l locale) odf() string {
	s := fmt.Sprintf(`fo:language="%s" fo:country="%s"`, l.language, l.region)
	if l.script != "" {
		s += fmt.Sprintf(` fo:script="%s" style:rfc-language-tag="%s"`, l.script, l)
	}
	return s
}

// An odtBody is content.xml in the making: the text, and the automatic styles it
// has needed so far.
type odtBody struct {
	markup
	styles markup
	named  map[string]string // a definition of a style, to its name
	lying  bool
}

// style returns the name of the automatic style with the definition, in which %s
// stands for the name.
func (p *odtBody) style(definition string) string {
	if name, ok := p.named[definition]; ok {
		return name
	}
	if p.named == nil {
		p.named = map[string]string{}
	}
	name := fmt.Sprintf("A%d", len(p.named)+1)
	p.named[definition] = name
	fmt.Fprintf(&p.styles, definition, name)
	return name
}

// turn begins a page by a paragraph without height: tables cannot all begin one.
func (p *odtBody) turn(landscape bool) {
	p.lying = landscape
	master := "Upright"
	if landscape {
		master = "Lying"
	}
	p.paragraph(p.style(`<style:style style:name="%s" style:family="paragraph" style:parent-style-name="Seam" style:master-page-name="`+master+`"/>`), nil)
}

func (p *odtBody) block(b Block) {
	switch b := b.(type) {
	case Heading:
		fmt.Fprintf(p, `<text:h text:style-name="Heading_20_%d" text:outline-level="%[1]d">`, b.Level)
		p.text(b.Text)
		p.put("</text:h>\n")
	case Paragraph:
		style := "Standard"
		if b.Face == Sans {
			style = "Program"
		}
		p.paragraph(style, b.Text)
	case Address:
		style := "Addressee"
		if b.Sender {
			style = "Sender"
		}
		p.paragraph(style, Plain(strings.Join(b.Lines, "\n")))
	case Date:
		p.paragraph("Letter_20_Date", Plain(b.Text))
	case Subject:
		p.paragraph("Letter_20_Subject", Plain(b.Text))
	case Signature:
		p.paragraph("Closing", Plain(b.Closing))
		p.paragraph("Signature", Plain(strings.Join(b.Lines, "\n")))
	case List:
		p.list(b)
	case Table:
		p.table(b)
	case Facts:
		p.facts(b)
	case Slip:
		p.slip(b)
	case Norm:
		for _, t := range b {
			p.paragraph("Normative_20_Text", t)
		}
	}
}

func (p *odtBody) paragraph(style string, t Text) {
	p.put(`<text:p text:style-name="` + style + `">`)
	p.text(t)
	p.put("</text:p>\n")
}

func (p *odtBody) list(l List) {
	style := "Bullets"
	if l.Numbered {
		style = "Numbers"
	}
	p.put(`<text:list text:style-name="` + style + `">`)
	for _, item := range l.Items {
		p.put(`<text:list-item>`)
		p.paragraph("List_20_Item", item)
		p.put(`</text:list-item>`)
	}
	p.put("</text:list>\n")
}

func (p *odtBody) text(t Text) {
	for _, r := range t {
		end := ""
		if link := href(r.Link); link != "" {
			p.put(`<text:a xlink:type="simple" xlink:href="%s">`, link)
			end = `</text:a>`
		}
		if props := odtProps(r); props != "" {
			p.put(`<text:span text:style-name="%s">`, p.style(`<style:style style:name="%s" style:family="text"><style:text-properties`+props+`/></style:style>`))
			end = `</text:span>` + end
		}
		p.WriteString(odtSpaces(r.Text))
		p.put(end)
	}
}

// odtSpaces writes text with an element for each newline, and for each space that
// a reader would otherwise fold into the one before (ODF 1.3, part 3, 6.1.2).
func odtSpaces(s string) string {
	var b strings.Builder
	fold := true
	for _, r := range escape(s) {
		switch {
		case r == '\n':
			b.WriteString(`<text:line-break/>`)
			fold = true
		case r == ' ' && fold:
			b.WriteString(`<text:s/>`)
		default:
			b.WriteRune(r)
			fold = r == ' '
		}
	}
	return b.String()
}

// odtProps are the properties of the text of a run; none for a plain one.
func odtProps(r Run) string {
	var b strings.Builder
	for _, s := range []struct {
		style Style
		props string
	}{
		{Bold | Marked, ` fo:font-weight="bold"`},
		{Italic, ` fo:font-style="italic"`},
		{Inserted, ` style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"`},
		{Deleted, ` style:text-line-through-style="solid" style:text-line-through-type="single"`},
		{Muted, ` fo:color="#55524b" fo:font-size="88%%"`},
	} {
		if r.Style&s.style != 0 {
			b.WriteString(s.props)
		}
	}
	switch {
	case r.Style&Marked != 0:
		b.WriteString(` fo:background-color="#fbeab0"`)
	case r.Style&Deleted != 0:
		b.WriteString(` fo:background-color="#fbe0de"`)
	case r.Style&Inserted != 0:
		b.WriteString(` fo:background-color="#ddf3e0"`)
	}
	if r.Lang != "" {
		b.WriteString(" " + localeOf(r.Lang).odf())
	}
	return b.String()
}

// openTable writes the columns of a table; shares are of 1.
func (p *odtBody) openTable(shares []float64) {
	w, _ := size(p.lying)
	width := w - 2*sideMargin
	p.put(`<table:table table:style-name="%s">`, p.style(fmt.Sprintf(
		`<style:style style:name="%%s" style:family="table"><style:table-properties style:width="%.1fpt" table:align="left" fo:margin-top="0pt" fo:margin-bottom="6pt"/></style:style>`, width)))
	for _, share := range shares {
		p.put(`<table:table-column table:style-name="%s"/>`, p.style(fmt.Sprintf(
			`<style:style style:name="%%s" style:family="table-column"><style:table-column-properties style:column-width="%.1fpt"/></style:style>`, width*share)))
	}
}

// row writes the start of a row that no page break falls into.
func (p *odtBody) row() {
	p.put(`<table:table-row table:style-name="%s">`, p.style(
		`<style:style style:name="%s" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>`))
}

func (p *odtBody) cell(style, border string, c Cell) {
	p.put(`<table:table-cell office:value-type="string" table:style-name="%s">`, p.style(
		`<style:style style:name="%s" style:family="table-cell"><style:table-cell-properties fo:padding-top="3.5pt" fo:padding-bottom="3.5pt" fo:padding-left="0pt" fo:padding-right="8pt" `+border+`/></style:style>`))
	if len(c) == 0 {
		c = Cell{nil} // a cell has a paragraph
	}
	for _, t := range c {
		p.paragraph(style, t)
	}
	p.put(`</table:table-cell>`)
}

const (
	odtHair = `fo:border-bottom="0.5pt solid #d8d4cb"`
	odtInk  = `fo:border-bottom="1.25pt solid #1a1a1a"`
)

func (p *odtBody) table(t Table) {
	if t.Caption != "" {
		p.paragraph("Caption", Plain(t.Caption))
	}
	shares, right := make([]float64, len(t.Columns)), make([]string, len(t.Columns))
	for i, col := range t.Columns {
		shares[i] = t.share(i)
		if col.Numeric {
			right[i] = "_20_Right"
		}
	}
	p.openTable(shares)
	p.put(`<table:table-header-rows>`)
	p.row()
	for i, col := range t.Columns {
		p.cell("Table_20_Head"+right[i], odtInk, Cell{Plain(col.Head)})
	}
	p.put("</table:table-row></table:table-header-rows>\n")
	for _, row := range t.Rows {
		p.row()
		for i, c := range row {
			p.cell("Table_20_Text"+right[i], odtHair, c)
		}
		p.put("</table:table-row>\n")
	}
	p.put("</table:table>\n")
	p.paragraph("Seam", nil)
}

func (p *odtBody) facts(facts Facts) {
	if len(facts) == 0 {
		return
	}
	p.openTable([]float64{0.25, 0.75})
	for i, f := range facts {
		border := odtHair
		if i == 0 {
			border += ` fo:border-top="0.5pt solid #d8d4cb"`
		}
		p.row()
		p.cell("Fact_20_Label", border, Cell{Plain(f.Label)})
		p.cell("Fact_20_Value", border, Cell{f.Value})
		p.put("</table:table-row>\n")
	}
	p.put("</table:table>\n")
	p.paragraph("Seam", nil)
}

func odtMeta(d Document) string {
	var m markup
	m.put(xmlHead + `<office:document-meta ` + odfNS + `><office:meta><meta:generator>Asociacija</meta:generator>`)
	m.put(`<dc:title>%s</dc:title><dc:subject>%s</dc:subject><meta:initial-creator>%s</meta:initial-creator><dc:creator>%[3]s</dc:creator><dc:language>%[4]s</dc:language>`,
		d.Title, d.Subject, d.Author, d.Lang)
	if !d.Created.IsZero() {
		m.put(`<meta:creation-date>%s</meta:creation-date>`, d.Created.UTC().Format(time.RFC3339))
	}
	m.put(`</office:meta></office:document-meta>`)
	return m.String()
}

const odtManifest = xmlHead + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
	`<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="` + odtMIME + `"/>` +
	`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>` +
	`<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>` +
	`<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>`
