package paper

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"rsc.io/qr/coding"

	"github.com/asociacija/asociacija/engine/payslip"
)

// A Slip (plačilni nalog) is what a payer needs: a code for a telephone to read, and
// the same in words beside it. It is never split over two pages. With a Form it is, in
// print, the form of the banks at the foot of the last page, and the words in a few lines
// where the slip stands.
type Slip struct {
	Code  Code
	Facts Facts
	Form  *payslip.Form
}

func (Slip) block() {}

// A Code is a QR code (ISO/IEC 18004) of level M.
type Code struct {
	Content []byte
	Charset int    // number of the character set, for the header that says so (ECI); 0 for none
	Version int    // 1 to 40; 0 for the smallest that fits
	Alt     string // what it is, for who cannot see it; must be given
}

// The size in print: modules of 0.42 mm, as banks ask, and no smaller than 32 mm.
const (
	module   = 0.42 * mm
	leastQR  = 32 * mm
	quiet    = 4 // modules of white around it
	slipForm = 6 // points above each fact
)

// framed is the content with the header of its character set.
type framed struct{ Code }

func (s framed) Check() error { return nil }

func (s framed) Bits(v coding.Version) int {
	n := 4 + countBits(v) + 8*len(s.Content)
	if s.Charset > 0 {
		n += 12
	}
	return n
}

func (s framed) Encode(b *coding.Bits, v coding.Version) {
	if s.Charset > 0 {
		b.Write(7, 4)
		b.Write(uint(s.Charset), 8)
	}
	b.Write(4, 4)
	b.Write(uint(len(s.Content)), countBits(v))
	for _, c := range s.Content {
		b.Write(uint(c), 8)
	}
}

func countBits(v coding.Version) int {
	if v <= 9 {
		return 8
	}
	return 16
}

// fits is the version in which the code has room.
func (c Code) fits() (coding.Version, error) {
	if len(c.Content) == 0 || c.Alt == "" || c.Charset < 0 || c.Charset > 127 || c.Version < 0 || c.Version > 40 {
		return 0, fmt.Errorf("paper: a code without content or words")
	}
	from, to := coding.Version(1), coding.Version(40)
	if c.Version > 0 {
		from, to = coding.Version(c.Version), coding.Version(c.Version)
	}
	for v := from; v <= to; v++ {
		if plan, err := coding.NewPlan(v, coding.M, 0); err == nil && (framed{c}).Bits(v) <= 8*plan.DataBytes {
			return v, nil
		}
	}
	return 0, fmt.Errorf("paper: %d bytes are too many for the code", len(c.Content))
}

// symbol draws the code with the mask of which readers make out the most.
func (c Code) symbol() (best *coding.Code, err error) {
	v, err := c.fits()
	if err != nil {
		return nil, err
	}
	least := 0
	for mask := range coding.Mask(8) {
		plan, err := coding.NewPlan(v, coding.M, mask)
		if err != nil {
			return nil, fmt.Errorf("paper: code: %w", err)
		}
		drawn, err := plan.Encode(framed{c})
		if err != nil {
			return nil, fmt.Errorf("paper: code: %w", err)
		}
		if p := penalty(drawn); best == nil || p < least {
			best, least = drawn, p
		}
	}
	return best, nil
}

// penalty counts what confuses readers: long runs, blocks, false finders, and more of
// one colour than of the other (ISO/IEC 18004, 7.8.3).
func penalty(c *coding.Code) int {
	sum, dark, n := 0, 0, c.Size
	at := [2]func(i, j int) bool{c.Black, func(i, j int) bool { return c.Black(j, i) }}
	for i := range n {
		for _, black := range at {
			run, bits := 0, 0
			for j := range n {
				is := black(j, i)
				if j > 0 && is == black(j-1, i) {
					run++
				} else {
					run = 1
				}
				switch {
				case run == 5:
					sum += 3
				case run > 5:
					sum++
				}
				if bits = bits << 1 & 0x7ff; is {
					bits |= 1
				}
				if j >= 10 && (bits == 0x5d || bits == 0x5d0) {
					sum += 40
				}
			}
		}
		for j := range n {
			is := c.Black(j, i)
			if is {
				dark++
			}
			if i > 0 && j > 0 && is == c.Black(j-1, i) && is == c.Black(j, i-1) && is == c.Black(j-1, i-1) {
				sum += 3
			}
		}
	}
	off := 100*dark/(n*n) - 50
	return sum + 10*(max(off, -off)/5)
}

// runs hands over each horizontal run of dark modules.
func runs(c *coding.Code, f func(x, y, length int)) {
	for y := range c.Size {
		for x := 0; x < c.Size; {
			from := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			if x > from {
				f(from, y, x-from)
			}
			x++
		}
	}
}

// modules draws the code with its upper left corner at the point.
func (p *page) modules(code *coding.Code, x, y, unit float64) {
	p.text.WriteString("0 0 0 rg ")
	runs(code, func(column, row, n int) {
		fmt.Fprintf(&p.text, "%.3f %.3f %.3f %.3f re ", x+float64(column)*unit, y-float64(row+1)*unit, float64(n)*unit, unit)
	})
	p.text.WriteString("f\n")
}

// side is the length in print, without the white around.
func side(c *coding.Code) float64 { return max(leastQR, float64(c.Size)*module) }

// sentence is the facts one after another: the form says them too.
func (f Facts) sentence() Paragraph {
	p := Paragraph{Face: Sans}
	for i, one := range f {
		if i > 0 {
			p.Text = append(p.Text, Run{Text: " · ", Style: Muted})
		}
		p.Text = append(append(p.Text, Run{Text: one.Label + ": ", Style: Muted}), one.Value...)
	}
	return p
}

// slip sets the code, and the facts to its right.
func (c *compositor) slip(s Slip) []box {
	code, err := s.Code.symbol()
	if err != nil {
		return nil // Check lets no such code pass
	}
	if s.Form != nil {
		return append(c.block(s.Facts.sentence()), c.form(s, code))
	}
	length := side(code)
	unit := length / float64(code.Size)
	figure := c.root.child("Figure")
	figure.alt = s.Code.Alt
	at := length + 2*quiet*unit
	table := c.root.child("Table")
	label, value := sansForm, sansForm
	label.style = Muted
	left := min(100, (c.width-at)/3)
	type fact struct {
		label, value []line
		height       float64
	}
	var facts []fact
	high := 0.0
	for _, one := range s.Facts {
		tr := table.child("TR")
		th := tr.child("TH")
		th.attrs = "<</O /Table /Scope /Row>>"
		f := fact{label: c.lines(Plain(one.Label), label, th, left), value: c.lines(one.Value, value, tr.child("TD"), c.width-at-left-gutter)}
		f.height = value.leading*float64(max(len(f.label), len(f.value))) + slipForm
		facts, high = append(facts, f), high+f.height
	}
	b := box{before: 14, height: max(length, high) + 2*quiet*unit}
	b.draw = func(p *page, y float64, _ bool) {
		figure.attrs = fmt.Sprintf("<</O /Layout /Placement /Block /BBox [%.2f %.2f %.2f %.2f]>>", sideMargin, y-quiet*unit-length, sideMargin+length, y-quiet*unit)
		p.mark(figure)
		p.modules(code, sideMargin, y-quiet*unit, unit)
		top := y - quiet*unit
		for _, f := range facts {
			for i, l := range f.label {
				p.line(l, sideMargin+at, top-float64(i)*value.leading-baseline(value), false)
			}
			for i, l := range f.value {
				p.line(l, sideMargin+at+left+gutter, top-float64(i)*value.leading-baseline(value), false)
			}
			top -= f.height
		}
	}
	return []box{b}
}

// svg is the code as a picture of HTML.
func (p *htmlPage) slip(s Slip) {
	code, err := s.Code.symbol()
	if err != nil {
		return
	}
	n := code.Size + 2*quiet
	var path strings.Builder
	runs(code, func(x, y, length int) { fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, length, length) })
	p.put("<div class=\"slip\">\n")
	p.put(`<svg role="img" aria-label="%s" viewBox="0 0 `+fmt.Sprintf(`%d %d" width="%.0fmm`, n, n, side(code)/mm+2*quiet*side(code)/mm/float64(code.Size))+`" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h`+fmt.Sprintf("%dv%dh-%dz", n, n, n)+`"/><path d="`+path.String()+"\"/></svg>\n", s.Code.Alt)
	p.block(s.Facts)
	p.put("</div>\n")
}

// picture is the code as a PNG, four pixels to a module.
func (c Code) picture() (raw []byte, length float64) {
	const pixels = 4
	code, err := c.symbol()
	if err != nil {
		return nil, 0
	}
	n := (code.Size + 2*quiet) * pixels
	img := image.NewPaletted(image.Rect(0, 0, n, n), color.Palette{color.White, color.Black})
	runs(code, func(x, y, length int) {
		for dy := range pixels {
			for dx := range length * pixels {
				img.SetColorIndex((x+quiet)*pixels+dx, (y+quiet)*pixels+dy, 1)
			}
		}
	})
	var b bytes.Buffer
	if png.Encode(&b, img) != nil { // a bytes.Buffer takes all
		return nil, 0
	}
	return b.Bytes(), side(code) * float64(n) / float64(code.Size*pixels)
}

// slip is a picture in a paragraph of its own, and the facts below it.
func (p *docxBody) slip(s Slip) {
	raw, length := s.Code.picture()
	p.pictures = append(p.pictures, string(raw))
	n, size := fmt.Sprint(len(p.pictures)), fmt.Sprint(int(length*12700))
	p.put(`<w:p><w:pPr><w:pStyle w:val="Program"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">`+
		`<wp:extent cx="`+size+`" cy="`+size+`"/><wp:docPr id="`+n+`" name="QR `+n+`" descr="%s"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">`+
		`<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="`+n+`" name="QR `+n+`" descr="%[1]s"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="rIdQR`+n+`"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="`+size+`" cy="`+size+`"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`+
		"</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>\n", s.Code.Alt)
	p.facts(s.Facts)
}

// slip is a picture in the text itself, which no part of the archive is needed for.
func (p *odtBody) slip(s Slip) {
	raw, length := s.Code.picture()
	p.put(`<text:p text:style-name="Program"><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" text:anchor-type="as-char" svg:width="`+fmt.Sprintf("%.1fpt", length)+`" svg:height="`+fmt.Sprintf("%.1fpt", length)+`">`+
		`<draw:image draw:mime-type="image/png"><office:binary-data>`+base64.StdEncoding.EncodeToString(raw)+"</office:binary-data></draw:image><svg:desc>%s</svg:desc></draw:frame></text:p>\n", s.Code.Alt)
	p.facts(s.Facts)
}
