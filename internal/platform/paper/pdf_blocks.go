package paper

import (
	"fmt"
	"strings"
)

// A form is how the lines of a paragraph are set.
type form struct {
	face    Face
	style   Style // of all its runs
	size    float64
	leading float64
	before  float64
	indent  float64
}

var (
	bodyForm    = form{face: Serif, size: 10.5, leading: 15, before: 7}
	sansForm    = form{face: Sans, size: 9.5, leading: 13.5, before: 6}
	tableForm   = form{face: Sans, size: 8.5, leading: 11.5}
	captionForm = form{face: Sans, style: Muted, size: 9.5, leading: 12, before: 12}
	fromForm    = form{face: Sans, style: Muted, size: 9.5, leading: 12.5}
	toForm      = form{face: Serif, size: 10.5, leading: 14.5, before: 34}
	dateForm    = form{face: Sans, size: 9.5, leading: 13.5, before: 26}
	subjectForm = form{face: Serif, style: Bold, size: 11.5, leading: 15.5, before: 22}
	headForms   = [4]form{
		1: {face: Serif, size: 21, leading: 26, before: 6},
		2: {face: Serif, size: 14, leading: 18, before: 18},
		3: {face: Sans, style: Bold, size: 9.5, leading: 13.5, before: 12},
	}
)

// A compositor turns blocks into boxes.
type compositor struct {
	setter
	root  *elem
	width float64 // of the column of text
	room  float64 // height of a page

	spoken Spoken
}

// looks makes the pieces of a text that belongs to e; runs that are more than
// letters get an element of their own.
func (c *compositor) looks(t Text, f form, e *elem) []piece {
	var all []piece
	for _, r := range t {
		style := r.Style | f.style
		k := &look{cut: c.cut(f.face, style), size: f.size, style: style, elem: e, link: href(r.Link)}
		if r.Style&Muted != 0 {
			k.size *= 0.88
		}
		switch {
		case k.link != "":
			k.elem = e.child("Link")
		case r.Lang != "", r.Style&(Inserted|Deleted) != 0:
			k.elem = e.child("Span")
		}
		if k.elem != e {
			k.elem.lang = r.Lang
			k.elem.attrs, k.elem.alt = c.change(r)
		}
		all = append(all, c.pieces(r.Text, k)...)
	}
	return all
}

// change says to a screen reader that a run is inserted or deleted: as an attribute,
// which few read out, and in words, if there are.
func (c *compositor) change(r Run) (attrs, alt string) {
	word := c.spoken.of(r.Style)
	if word != "" {
		alt = word + ": " + r.Text
	}
	switch {
	case r.Style&Inserted != 0:
		return "<</O /Layout /TextDecorationType /Underline>>", alt
	case r.Style&Deleted != 0:
		return "<</O /Layout /TextDecorationType /LineThrough>>", alt
	}
	return "", ""
}

func (c *compositor) lines(t Text, f form, e *elem, width float64) []line {
	return breakLines(c.looks(t, f, e), width-f.indent)
}

// paragraph makes a box per line. A first or a last line is never alone on a page.
func (c *compositor) paragraph(t Text, f form, e *elem) []box {
	lines := c.lines(t, f, e, c.width)
	boxes := make([]box, len(lines))
	for i, l := range lines {
		boxes[i] = box{height: f.leading, keep: len(lines) > 1 && (i == 0 || i == len(lines)-2)}
		boxes[i].draw = func(p *page, y float64, artifact bool) {
			p.line(l, sideMargin+f.indent, y-baseline(f), artifact)
		}
	}
	boxes[0].before = f.before
	return boxes
}

// baseline is how far below its upper edge a line of a form stands.
func baseline(f form) float64 { return (f.leading-f.size)/2 + 0.8*f.size }

func keepTogether(boxes []box) []box {
	for i := range boxes[:len(boxes)-1] {
		boxes[i].keep = true
	}
	return boxes
}

func (c *compositor) block(b Block) []box {
	switch b := b.(type) {
	case Heading:
		return c.heading(b)
	case Paragraph:
		f := bodyForm
		if b.Face == Sans {
			f = sansForm
		}
		return c.paragraph(b.Text, f, c.root.child("P"))
	case Address:
		f := toForm
		if b.Sender {
			f = fromForm
		}
		return keepTogether(c.paragraph(Plain(strings.Join(b.Lines, "\n")), f, c.root.child("P")))
	case Date:
		return c.paragraph(Plain(b.Text), dateForm, c.root.child("P"))
	case Subject:
		return c.paragraph(Plain(b.Text), subjectForm, c.root.child("P"))
	case Signature:
		return c.signature(b)
	case List:
		return c.list(b)
	case Norm:
		return c.norm(b)
	case Facts:
		return c.facts(b)
	case Table:
		return c.table(b)
	case Slip:
		return c.slip(b)
	case PageBreak:
		w, _ := size(b.Landscape)
		c.width = w - 2*sideMargin
		return []box{{turn: &b}}
	}
	return nil // Check lets no other kind pass
}

// heading stays with what follows. One of level 2 has a rule above.
func (c *compositor) heading(h Heading) []box {
	boxes := c.paragraph(h.Text, headForms[h.Level], c.root.child(fmt.Sprintf("H%d", h.Level)))
	boxes[len(boxes)-1].keep = true
	if h.Level == 2 {
		const gap = 7
		width, draw := c.width, boxes[0].draw
		boxes[0].height += gap
		boxes[0].draw = func(p *page, y float64, artifact bool) {
			fill(&p.under, ink, sideMargin, y-1.5, width, 1.5)
			draw(p, y-gap, artifact)
		}
	}
	return keepTogether(boxes)
}

func (c *compositor) signature(s Signature) []box {
	const hand = 40 // room to sign
	closing := c.paragraph(Plain(s.Closing), bodyForm, c.root.child("P"))
	lines := c.paragraph(Plain(strings.Join(s.Lines, "\n")), bodyForm, c.root.child("P"))
	closing[0].before, lines[0].before = 22, hand
	return keepTogether(append(closing, lines...))
}

func (c *compositor) list(l List) []box {
	e := c.root.child("L")
	e.attrs = "<</O /List /ListNumbering /Disc>>"
	if l.Numbered {
		e.attrs = "<</O /List /ListNumbering /Decimal>>"
	}
	var all []box
	for i, item := range l.Items {
		f := bodyForm
		f.indent, f.before = 18, 4
		label := "•"
		if l.Numbered {
			label = fmt.Sprintf("%d.", i+1)
			f.indent = 24
		}
		li := e.child("LI")
		mark := c.lines(Plain(label), bodyForm, li.child("Lbl"), c.width)
		boxes := c.paragraph(item, f, li.child("LBody"))
		draw := boxes[0].draw
		boxes[0].draw = func(p *page, y float64, artifact bool) {
			p.line(mark[0], sideMargin+4, y-baseline(f), artifact)
			draw(p, y, artifact)
		}
		all = append(all, boxes...)
	}
	return all
}

// norm draws a rule to the left of all its paragraphs, and of the room between them.
func (c *compositor) norm(n Norm) []box {
	quote := c.root.child("BlockQuote")
	var all []box
	for i, t := range n {
		f := bodyForm
		f.indent = 14
		boxes := c.paragraph(t, f, quote.child("P"))
		if i > 0 {
			boxes[0].before = 0
			boxes[0].height += f.before
			draw := boxes[0].draw
			boxes[0].draw = func(p *page, y float64, artifact bool) { draw(p, y-f.before, artifact) }
		} else {
			boxes[0].before += 3
		}
		all = append(all, boxes...)
	}
	for i := range all {
		draw, height := all[i].draw, all[i].height
		all[i].draw = func(p *page, y float64, artifact bool) {
			fill(&p.under, edge, sideMargin, y-height, 2, height)
			draw(p, y, artifact)
		}
	}
	return all
}
