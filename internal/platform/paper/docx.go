package paper

import (
	_ "embed" // for the styles
	"fmt"
	"io"
	"strings"
	"time"
)

//go:embed docx_styles.xml
var docxStyles string

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relsNS   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	wordMIME = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
)

// DOCX writes d for Word and LibreOffice (ISO/IEC 29500, transitional). Inserted
// and deleted text is underlined and struck, not tracked: it is a proposal, not a
// change of this file.
func DOCX(w io.Writer, d Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	p := docxBody{}
	p.put(xmlHead + `<w:document ` + wordNS + `><w:body>`)
	blocks := d.Blocks
	if len(blocks) > 0 {
		if br, ok := blocks[0].(PageBreak); ok {
			p.lying, blocks = br.Landscape, blocks[1:]
		}
	}
	for _, b := range blocks {
		p.block(b)
	}
	p.section()
	p.put(`</w:body></w:document>`)
	styles := strings.ReplaceAll(docxStyles, "{lang}", localeOf(d.Lang).String())
	list := []part{
		{"[Content_Types].xml", docxTypes},
		{"_rels/.rels", docxRoot},
		{"docProps/core.xml", docxCore(d)},
		{"word/document.xml", p.String()},
		{"word/_rels/document.xml.rels", p.relations()},
		{"word/styles.xml", xmlHead + styles},
		{"word/numbering.xml", p.numbering()},
		{"word/settings.xml", docxSettings},
		{"word/footer1.xml", docxFooter(d.Footer, twips(a4Short-2*sideMargin))},
		{"word/footer2.xml", docxFooter(d.Footer, twips(a4Long-2*sideMargin))},
	}
	for i, raw := range p.pictures {
		list = append(list, part{fmt.Sprintf("word/media/code%d.png", i+1), raw})
	}
	if err := archive(w, list); err != nil {
		return fmt.Errorf("paper: write docx: %w", err)
	}
	return nil
}

// twips are twentieths of a point, the unit of WordprocessingML.
func twips(points float64) int { return int(points*20 + 0.5) }

// A docxBody is word/document.xml in the making.
type docxBody struct {
	markup
	lying    bool
	links    []string // by number of their relation, from firstLink
	numbers  int      // numbered lists so far; each begins at 1
	pictures []string // PNG files
}

const firstLink = 10

func (p *docxBody) block(b Block) {
	switch b := b.(type) {
	case Heading:
		p.paragraph(fmt.Sprintf("Heading%d", b.Level), "", b.Text)
	case Paragraph:
		style := "Normal"
		if b.Face == Sans {
			style = "Program"
		}
		p.paragraph(style, "", b.Text)
	case Address:
		style := "Addressee"
		if b.Sender {
			style = "Sender"
		}
		p.paragraph(style, "", Plain(strings.Join(b.Lines, "\n")))
	case Date:
		p.paragraph("LetterDate", "", Plain(b.Text))
	case Subject:
		p.paragraph("LetterSubject", "", Plain(b.Text))
	case Signature:
		p.paragraph("Closing", "", Plain(b.Closing))
		p.paragraph("Signature", "", Plain(strings.Join(b.Lines, "\n")))
	case List:
		num := 1
		if b.Numbered {
			p.numbers++
			num += p.numbers
		}
		for _, item := range b.Items {
			p.paragraph("ListParagraph", fmt.Sprintf(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>`, num), item)
		}
	case Table:
		p.table(b)
	case Facts:
		p.facts(b)
	case Slip:
		p.slip(b)
	case Norm:
		for _, t := range b {
			p.paragraph("Norm", "", t)
		}
	case PageBreak:
		p.put(`<w:p><w:pPr><w:pStyle w:val="Seam"/>`)
		p.section()
		p.put(`</w:pPr></w:p>`)
		p.lying = b.Landscape
	}
}

// section ends the pages that lie as they do.
func (p *docxBody) section() {
	short, long := twips(a4Short), twips(a4Long)
	footer, size := "rId4", fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"/>`, short, long)
	if p.lying {
		footer, size = "rId5", fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/>`, long, short)
	}
	fmt.Fprintf(p, `<w:sectPr><w:footerReference w:type="default" r:id="%s"/>%s`, footer, size)
	fmt.Fprintf(p, `<w:pgMar w:top="%d" w:right="%d" w:bottom="%[3]d" w:left="%[2]d" w:header="%[4]d" w:footer="%[4]d" w:gutter="0"/></w:sectPr>`,
		twips(topMargin), twips(sideMargin), twips(24*mm), twips(12*mm))
}

// width is that of the column of text in twips.
func (p *docxBody) width() float64 {
	w, _ := size(p.lying)
	return float64(twips(w - 2*sideMargin))
}

func (p *docxBody) paragraph(style, props string, t Text) {
	p.put(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + props + `</w:pPr>`)
	p.text(t)
	p.put("</w:p>\n")
}

func (p *docxBody) text(t Text) {
	for _, r := range t {
		link := href(r.Link)
		if link != "" {
			fmt.Fprintf(p, `<w:hyperlink r:id="rId%d">`, firstLink+len(p.links))
			p.links = append(p.links, link)
		}
		p.put(`<w:r>`)
		p.runStyle(r, link != "")
		p.put(`<w:t xml:space="preserve">`)
		p.broken(r.Text, `</w:t><w:br/><w:t xml:space="preserve">`)
		p.put(`</w:t></w:r>`)
		if link != "" {
			p.put(`</w:hyperlink>`)
		}
	}
}

// runStyle writes the properties of a run in the order that the schema asks.
func (p *docxBody) runStyle(r Run, link bool) {
	has := func(s Style, props string) {
		if r.Style&s != 0 {
			p.WriteString(props)
		}
	}
	p.put(`<w:rPr>`)
	if link {
		p.put(`<w:rStyle w:val="Hyperlink"/>`)
	}
	has(Bold|Marked, `<w:b/>`)
	has(Italic, `<w:i/>`)
	has(Deleted, `<w:strike/>`)
	has(Muted, `<w:color w:val="55524B"/><w:sz w:val="17"/>`)
	has(Inserted, `<w:u w:val="single"/>`)
	switch {
	case r.Style&Marked != 0:
		p.put(`<w:shd w:val="clear" w:color="auto" w:fill="FBEAB0"/>`)
	case r.Style&Deleted != 0:
		p.put(`<w:shd w:val="clear" w:color="auto" w:fill="FBE0DE"/>`)
	case r.Style&Inserted != 0:
		p.put(`<w:shd w:val="clear" w:color="auto" w:fill="DDF3E0"/>`)
	}
	if r.Lang != "" {
		p.put(`<w:lang w:val="%s"/>`, localeOf(r.Lang).String())
	}
	p.put(`</w:rPr>`)
}

const docxHair = ` w:val="single" w:sz="4" w:space="0" w:color="D8D4CB"/>`

// openTable writes the properties and the grid of a table.
func (p *docxBody) openTable(caption string, widths []int) {
	p.put(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders><w:top` + docxHair + `<w:bottom` + docxHair + `<w:insideH` + docxHair + `</w:tblBorders><w:tblLayout w:type="fixed"/>` +
		`<w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="70" w:type="dxa"/><w:right w:w="160" w:type="dxa"/></w:tblCellMar>` +
		`<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`)
	if caption != "" {
		p.put(`<w:tblCaption w:val="%s"/>`, caption)
	}
	p.put(`</w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(p, `<w:gridCol w:w="%d"/>`, w)
	}
	p.put("</w:tblGrid>\n")
}

// closeTable also writes the paragraph that keeps it apart from a table after it.
func (p *docxBody) closeTable() {
	p.put(`</w:tbl>`)
	p.paragraph("Seam", "", nil)
}

func (p *docxBody) cell(width int, style, props string, c Cell) {
	borders := ""
	if style == "TableHead" {
		borders = `<w:tcBorders><w:top w:val="nil"/><w:bottom w:val="single" w:sz="10" w:space="0" w:color="1A1A1A"/></w:tcBorders>`
	}
	fmt.Fprintf(p, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, width, borders)
	if len(c) == 0 {
		c = Cell{nil} // a cell has a paragraph
	}
	for _, t := range c {
		p.paragraph(style, props, t)
	}
	p.put(`</w:tc>`)
}

func (p *docxBody) table(t Table) {
	if t.Caption != "" {
		p.paragraph("Caption", "", Plain(t.Caption))
	}
	widths, props := make([]int, len(t.Columns)), make([]string, len(t.Columns))
	for i, col := range t.Columns {
		widths[i] = int(p.width() * t.share(i))
		if col.Numeric {
			props[i] = `<w:jc w:val="right"/>`
		}
	}
	p.openTable(t.Caption, widths)
	p.put(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, col := range t.Columns {
		p.cell(widths[i], "TableHead", props[i], Cell{Plain(col.Head)})
	}
	p.put("</w:tr>\n")
	for _, row := range t.Rows {
		p.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, c := range row {
			p.cell(widths[i], "TableText", props[i], c)
		}
		p.put("</w:tr>\n")
	}
	p.closeTable()
}

func (p *docxBody) facts(facts Facts) {
	if len(facts) == 0 {
		return
	}
	left := twips(119)
	widths := []int{left, int(p.width()) - left}
	p.openTable("", widths)
	for _, f := range facts {
		p.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		p.cell(widths[0], "FactLabel", "", Cell{Plain(f.Label)})
		p.cell(widths[1], "FactValue", "", Cell{f.Value})
		p.put("</w:tr>\n")
	}
	p.closeTable()
}

func (p *docxBody) relations() string {
	var m markup
	m.put(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, r := range []struct{ kind, target string }{
		{"styles", "styles.xml"}, {"numbering", "numbering.xml"}, {"settings", "settings.xml"}, {"footer", "footer1.xml"}, {"footer", "footer2.xml"},
	} {
		m.put(`<Relationship Id="%s" Type="`+relsNS+`/%s" Target="%s"/>`, fmt.Sprintf("rId%d", i+1), r.kind, r.target)
	}
	for i, link := range p.links {
		m.put(`<Relationship Id="%s" Type="`+relsNS+`/hyperlink" Target="%s" TargetMode="External"/>`, fmt.Sprintf("rId%d", firstLink+i), link)
	}
	for i := range p.pictures {
		m.put(`<Relationship Id="%s" Type="`+relsNS+`/image" Target="%s"/>`, fmt.Sprintf("rIdQR%d", i+1), fmt.Sprintf("media/code%d.png", i+1))
	}
	m.put(`</Relationships>`)
	return m.String()
}

// numbering has bullets as 1 and each numbered list after it.
func (p *docxBody) numbering() string {
	var m markup
	level := func(id, format, text string) {
		m.put(`<w:abstractNum w:abstractNumId="` + id + `"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="` + format +
			`"/><w:lvlText w:val="` + text + `"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="374"/></w:pPr></w:lvl></w:abstractNum>`)
	}
	m.put(xmlHead + `<w:numbering ` + wordNS + `>`)
	level("0", "bullet", "•")
	level("1", "decimal", "%%1.")
	m.put(`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	for i := range p.numbers {
		fmt.Fprintf(&m, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`, i+2)
	}
	m.put(`</w:numbering>`)
	return m.String()
}

func docxFooter(text string, right int) string {
	field := func(name string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	var m markup
	m.put(xmlHead + `<w:ftr ` + wordNS + `><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="` + fmt.Sprint(right) + `"/></w:tabs></w:pPr>`)
	m.put(`<w:r><w:t xml:space="preserve">%s</w:t></w:r><w:r><w:tab/></w:r>`, strings.ReplaceAll(text, "\n", " "))
	m.put(field("PAGE") + `<w:r><w:t xml:space="preserve"> / </w:t></w:r>` + field("NUMPAGES") + `</w:p></w:ftr>`)
	return m.String()
}

func docxCore(d Document) string {
	var m markup
	m.put(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	m.put(`<dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:subject>%s</dc:subject><dc:language>%s</dc:language>`, d.Title, d.Author, d.Subject, d.Lang)
	if !d.Created.IsZero() {
		m.put(`<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created>`, d.Created.UTC().Format(time.RFC3339))
	}
	m.put(`</cp:coreProperties>`)
	return m.String()
}

const (
	docxTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordMIME + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + wordMIME + `styles+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="` + wordMIME + `numbering+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + wordMIME + `settings+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="` + wordMIME + `footer+xml"/>` +
		`<Override PartName="/word/footer2.xml" ContentType="` + wordMIME + `footer+xml"/></Types>`
	docxRoot = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relsNS + `/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	docxSettings = xmlHead + `<w:settings ` + wordNS + `><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
)
