package paper

import (
	"bytes"
	"fmt"
	"strings"
)

// An elem is an element of the structure tree: what a screen reader goes by.
type elem struct {
	tag, lang, attrs string // attrs is a PDF dictionary, or ""
	alt              string // read instead of the text, or ""
	parent           *elem
	kids             []kid
	attached         bool
	id               int // object number
}

// A kid is an element, or marked content of a page, or an annotation.
type kid struct {
	elem  *elem
	page  *page
	mcid  int
	annot int // object number
}

func (e *elem) child(tag string) *elem { return &elem{tag: tag, parent: e} }

// attach makes e a kid of its parent when its first content is drawn, so that the
// tree is in reading order.
func (e *elem) attach() {
	if e.attached || e.parent == nil {
		return
	}
	e.attached = true
	e.parent.attach()
	e.parent.kids = append(e.parent.kids, kid{elem: e})
}

// write puts e and all below it in the file. Deep trees do not occur.
func (e *elem) write(f *pdfFile, parent int) {
	var b strings.Builder
	fmt.Fprintf(&b, "<</S /%s /P %d 0 R", e.tag, parent)
	if e.lang != "" {
		fmt.Fprintf(&b, " /Lang %s", pdfText(e.lang))
	}
	if e.attrs != "" {
		fmt.Fprintf(&b, " /A %s", e.attrs)
	}
	if e.alt != "" {
		fmt.Fprintf(&b, " /Alt %s", pdfText(e.alt))
	}
	b.WriteString(" /K [")
	for _, k := range e.kids {
		switch {
		case k.elem != nil:
			k.elem.id = f.reserve()
			k.elem.write(f, e.id)
			fmt.Fprintf(&b, "%d 0 R ", k.elem.id)
		case k.annot != 0:
			fmt.Fprintf(&b, "<</Type /OBJR /Pg %d 0 R /Obj %d 0 R>> ", k.page.id, k.annot)
		default:
			fmt.Fprintf(&b, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", k.page.id, k.mcid)
		}
	}
	b.WriteString("]>>")
	f.put(e.id, b.String())
}

// A page has what is drawn under the text, the text with its marks, what is drawn
// over it, and its footer. All but the marked text is an artifact.
type page struct {
	id            int
	width, height float64
	raised        float64 // the footer, by what is docked below it
	under, over   bytes.Buffer
	text, foot    bytes.Buffer
	open          *elem   // whose marked content is open in text
	owners        []*elem // by MCID
	links         []annotation
}

type annotation struct {
	rect       [4]float64
	link, text string
	elem       *elem
	key        int // in the parent tree
}

// mark says that the text to come is content of e.
func (p *page) mark(e *elem) {
	if p.open == e {
		return
	}
	if p.open != nil {
		p.text.WriteString("EMC\n")
	}
	p.open = e
	if e == nil {
		return
	}
	e.attach()
	e.kids = append(e.kids, kid{page: p, mcid: len(p.owners)})
	fmt.Fprintf(&p.text, "/%s <</MCID %d>> BDC\n", e.tag, len(p.owners))
	p.owners = append(p.owners, e)
}

// content is the stream of the page.
func (p *page) content() []byte {
	p.mark(nil)
	var b bytes.Buffer
	fmt.Fprintf(&b, "/Artifact <</Type /Layout>> BDC\n%sEMC\n%s", p.under.Bytes(), p.text.Bytes())
	fmt.Fprintf(&b, "/Artifact <</Type /Layout>> BDC\n%sEMC\n", p.over.Bytes())
	fmt.Fprintf(&b, "/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n%sEMC\n", p.foot.Bytes())
	return b.Bytes()
}

// The colours of print, as those of the pages.
const (
	ink     = "0.102 0.102 0.102"
	grey    = "0.333 0.322 0.294"
	hair    = "0.847 0.831 0.796"
	edge    = "0.435 0.416 0.376"
	blue    = "0.043 0.310 0.541"
	tintIns = "0.867 0.953 0.878"
	tintDel = "0.984 0.878 0.871"
	tintMrk = "0.984 0.918 0.690"
)

func fill(b *bytes.Buffer, colour string, x, y, w, h float64) {
	fmt.Fprintf(b, "%s rg %.2f %.2f %.2f %.2f re f\n", colour, x, y, w, h)
}

// line draws a line of text. An artifact is not for the screen reader: it is there
// a second time, as the header of a table on its second page is.
func (p *page) line(l line, x, y float64, artifact bool) {
	for from := 0; from < len(l.pieces); {
		k, to, width, seen := l.pieces[from].look, from, 0.0, 0.0
		for to < len(l.pieces) && l.pieces[to].look == k {
			width += l.pieces[to].width
			if !l.pieces[to].space || to < len(l.pieces)-1 {
				seen = width
			}
			to++
		}
		if artifact {
			stretch(&p.over, l.pieces[from:to], x, y, true)
		} else {
			p.mark(k.elem)
			stretch(&p.text, l.pieces[from:to], x, y, false)
		}
		p.adorn(k, x, y, seen)
		if k.link != "" && !artifact {
			p.links = append(p.links, annotation{
				rect: [4]float64{x, y - 0.25*k.size, x + seen, y + 0.85*k.size},
				link: k.link, text: said(l.pieces[from:to]), elem: k.elem,
			})
		}
		x += width
		from = to
	}
}

// stretch draws pieces of one look.
func stretch(out *bytes.Buffer, pieces []piece, x, y float64, artifact bool) {
	k, colour := pieces[0].look, ink
	switch {
	case k.link != "":
		colour = blue
	case k.style&Muted != 0:
		colour = grey
	}
	fmt.Fprintf(out, "BT %s rg /F%d %.2f Tf %.2f %.2f Td ", colour, k.number, k.size, x, y)
	for i := 0; i < len(pieces); i++ {
		if a := pieces[i].actual; a != "" && !artifact {
			fmt.Fprintf(out, "/Span <</ActualText %s>> BDC <%04X> Tj EMC ", pdfText(a), pieces[i].codes[0])
			continue
		}
		out.WriteByte('<')
		for ; ; i++ {
			for _, c := range pieces[i].codes {
				fmt.Fprintf(out, "%04X", c)
			}
			if i+1 == len(pieces) || pieces[i+1].actual != "" {
				break
			}
		}
		out.WriteString("> Tj ")
	}
	out.WriteString("ET\n")
}

// adorn draws what a style has besides letters.
func (p *page) adorn(k *look, x, y, width float64) {
	if width <= 0 {
		return
	}
	weight := k.size / 14
	for _, s := range []struct {
		style Style
		tint  string
	}{{Inserted, tintIns}, {Deleted, tintDel}, {Marked, tintMrk}} {
		if k.style&s.style != 0 {
			fill(&p.under, s.tint, x, y-0.25*k.size, width, 1.15*k.size)
		}
	}
	if k.style&Inserted != 0 {
		fill(&p.over, ink, x, y-0.17*k.size, width, weight)
	}
	if k.style&Deleted != 0 {
		fill(&p.over, ink, x, y+0.24*k.size, width, weight)
	}
	if k.link != "" && k.style&Inserted == 0 {
		fill(&p.over, blue, x, y-0.14*k.size, width, weight/2)
	}
}

// said is the text of pieces, for the description of a link.
func said(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.actual != "" {
			b.WriteString(p.actual)
			continue
		}
		for _, c := range p.codes {
			b.WriteRune(p.runes[c])
		}
	}
	return b.String()
}
