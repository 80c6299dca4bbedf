package paper

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// A Report says what came of a PDF.
type Report struct {
	Pages   int
	Missing []rune // characters the fonts lack, in order; drawn as □
}

// PDF writes d as PDF 1.7, tagged as PDF/UA-1 (ISO 14289-1) asks.
//
// Text is set from left to right, without kerning and without hyphenation but at
// soft hyphens. It is composed first (NFC), and joiners and marks of direction are
// left out.
func PDF(w io.Writer, d Document) (Report, error) {
	if err := d.Check(); err != nil {
		return Report{}, err
	}
	setter, err := newSetter()
	if err != nil {
		return Report{}, err
	}
	c := compositor{setter: setter, root: &elem{tag: "Document"}, width: a4Short - 2*sideMargin, spoken: d.Spoken}
	foot := &look{cut: c.cut(Sans, 0), size: footSize, style: Muted}
	f := flow{}
	footer := breakLines(c.pieces(strings.ReplaceAll(clean(d.Footer), "\n", " "), foot), c.width-50)
	f.bottom = 14*mm + footLeading*float64(len(footer))
	f.place(c.boxes(d.Blocks, &f))
	for i, p := range f.pages {
		c.foot(p, footer, foot, fmt.Sprintf("%d / %d", i+1, len(f.pages)))
	}
	r := Report{Pages: len(f.pages)}
	for ch := range c.lost {
		r.Missing = append(r.Missing, ch)
	}
	slices.Sort(r.Missing)
	if _, err := w.Write(c.file(d, f.pages)); err != nil {
		return r, fmt.Errorf("paper: write pdf: %w", err)
	}
	return r, nil
}

// boxes sets all blocks for the pages of f. What follows a table stands off from it.
func (c *compositor) boxes(blocks []Block, f *flow) []box {
	var all []box
	apart := 0.0
	for _, b := range blocks {
		c.room = f.room(c.width > a4Short)
		boxes := c.block(b)
		if len(boxes) == 0 {
			continue
		}
		boxes[0].before += apart
		all = append(all, boxes...)
		apart = 0
		switch b.(type) {
		case Table, Facts:
			apart = 8
		}
	}
	return all
}

// foot draws the footer and the number of the page below a hairline.
func (c *compositor) foot(p *page, footer []line, k *look, number string) {
	top := p.raised + 12*mm + footLeading*float64(len(footer))
	fill(&p.foot, hair, sideMargin, top, p.width-2*sideMargin, 0.6)
	for i, l := range footer {
		if len(l.pieces) > 0 {
			stretch(&p.foot, l.pieces, sideMargin, top-footLeading*float64(i+1)-1, true)
		}
	}
	n := breakLines(c.pieces(number, k), 100)[0]
	stretch(&p.foot, n.pieces, p.width-sideMargin-n.width, top-footLeading-1, true)
}

// file writes pages, structure, fonts and properties.
func (c *compositor) file(d Document, pages []*page) []byte {
	f := newPDFFile()
	tree, parents, catalog, root := f.reserve(), f.reserve(), f.reserve(), f.reserve()
	structure := f.reserve()
	var fonts strings.Builder
	var cuts []*cut
	for _, cut := range slices.Concat(c.cuts[0][:], c.cuts[1][:], []*cut{c.mono}) {
		if cut.used() {
			cut.id = f.reserve()
			cuts = append(cuts, cut)
			fmt.Fprintf(&fonts, "/F%d %d 0 R ", cut.number, cut.id)
		}
	}
	resources := f.add("<</Font <<" + fonts.String() + ">>>>")
	for _, p := range pages {
		p.id = f.reserve()
	}
	var kids, nums strings.Builder
	next := len(pages)
	for i, p := range pages {
		next = p.write(f, pageRefs{tree: tree, resources: resources, key: i}, next)
		fmt.Fprintf(&kids, "%d 0 R ", p.id)
	}
	c.root.id = root
	c.root.write(f, structure)
	writeParents(&nums, pages)
	f.put(parents, "<</Nums ["+nums.String()+"]>>")
	f.put(structure, fmt.Sprintf("<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d>>", root, parents, next))
	f.put(tree, fmt.Sprintf("<</Type /Pages /Kids [%s] /Count %d>>", kids.String(), len(pages)))
	for _, cut := range cuts {
		cut.write(f)
	}
	xmp := f.reserve()
	f.putStream(xmp, "/Type /Metadata /Subtype /XML", metadata(d))
	f.put(catalog, fmt.Sprintf("<</Type /Catalog /Pages %d 0 R /Lang %s /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /ViewerPreferences <</DisplayDocTitle true>> /Metadata %d 0 R>>",
		tree, pdfASCII(d.Lang), structure, xmp))
	return f.finish(catalog, f.add(information(d)))
}

type pageRefs struct{ tree, resources, key int }

// write adds the page and its links. Links have keys in the parent tree from next
// on; it returns the first that is free.
func (p *page) write(f *pdfFile, refs pageRefs, next int) int {
	var annots strings.Builder
	for i := range p.links {
		a := &p.links[i]
		id := f.add(fmt.Sprintf("<</Type /Annot /Subtype /Link /Rect [%.2f %.2f %.2f %.2f] /Border [0 0 0] /F 4 /Contents %s /A <</S /URI /URI %s>> /StructParent %d /P %d 0 R>>",
			a.rect[0], a.rect[1], a.rect[2], a.rect[3], pdfText(a.text), pdfASCII(a.link), next, p.id))
		a.elem.kids = append(a.elem.kids, kid{page: p, annot: id})
		a.key = next
		fmt.Fprintf(&annots, "%d 0 R ", id)
		next++
	}
	content := f.stream("", p.content())
	body := fmt.Sprintf("<</Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Resources %d 0 R /Contents %d 0 R /Tabs /S /StructParents %d",
		refs.tree, p.width, p.height, refs.resources, content, refs.key)
	if len(p.links) > 0 {
		body += " /Annots [" + annots.String() + "]"
	}
	f.put(p.id, body+">>")
	return next
}

// writeParents lists, for each page and each link, the elements its content is of.
func writeParents(nums *strings.Builder, pages []*page) {
	for i, p := range pages {
		fmt.Fprintf(nums, "%d [", i)
		for _, e := range p.owners {
			fmt.Fprintf(nums, "%d 0 R ", e.id)
		}
		nums.WriteString("] ")
	}
	for _, p := range pages {
		for _, a := range p.links {
			fmt.Fprintf(nums, "%d %d 0 R ", a.key, a.elem.id)
		}
	}
}

func information(d Document) string {
	var b strings.Builder
	b.WriteString("<</Producer (Asociacija)")
	for _, e := range []struct{ key, text string }{{"Title", d.Title}, {"Author", d.Author}, {"Subject", d.Subject}} {
		if e.text != "" {
			fmt.Fprintf(&b, " /%s %s", e.key, pdfText(e.text))
		}
	}
	if !d.Created.IsZero() {
		fmt.Fprintf(&b, " /CreationDate (D:%s)", d.Created.UTC().Format("20060102150405Z"))
	}
	return b.String() + ">>"
}

// metadata is the XMP packet: the same as information says, and that the file is
// made by the rules of PDF/UA-1.
func metadata(d Document) []byte {
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
		"<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n" +
		"<pdfuaid:part>1</pdfuaid:part>\n<pdf:Producer>Asociacija</pdf:Producer>\n")
	put := func(before, text, after string) {
		if text != "" {
			b.WriteString(before)
			xml.EscapeText(&b, []byte(clean(text))) // a bytes.Buffer takes all
			b.WriteString(after + "\n")
		}
	}
	put("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", d.Title, "</rdf:li></rdf:Alt></dc:title>")
	put("<dc:creator><rdf:Seq><rdf:li>", d.Author, "</rdf:li></rdf:Seq></dc:creator>")
	put("<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", d.Subject, "</rdf:li></rdf:Alt></dc:description>")
	put("<dc:language><rdf:Bag><rdf:li>", d.Lang, "</rdf:li></rdf:Bag></dc:language>")
	if !d.Created.IsZero() {
		put("<xmp:CreateDate>", d.Created.UTC().Format(time.RFC3339), "</xmp:CreateDate>")
	}
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.Bytes()
}
