package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"rsc.io/qr/coding"

	"github.com/asociacija/asociacija/engine/payslip"
)

// The form UPN QR (univerzalni plačilni nalog) of the Bank Association of Slovenia, true
// to size: 210 by 99 mm at the foot of a page, the receipt to the left of 60 mm, the
// order to the right. All lengths here are millimetres from the upper left corner. What
// is filled in is set in a face with the measures of Courier New, bold, twelve
// characters to the inch, on the receipt seventeen.
//
// The words of the form are those of the standard, hence Slovenian on any paper. A
// screen reader is told the order once; the receipt and all that is empty is decoration.
const (
	formHigh  = 99.0
	formSplit = 60.0
	payeeTop  = 54.5 // where the colour of the payee begins
	cell      = 3.75
	formQR    = 32.6 // 77 modules of 0.4233 mm
	formLabel = 6.5  // points; the face of the standard, with 7, is narrower than ours
)

// The colours of the form: Pantone 172 U, a fifth of it, and a fifth of 116 U.
const (
	formInk   = "1 0.4 0.3"
	formPink  = "0.996 0.902 0.886"
	formSand  = "1 0.949 0.859"
	formWhite = "1 1 1"
)

// A formPart is a field of the form: its frame, and the groups of cells in it, if it is
// parted into cells; above it its label.
type formPart struct {
	label      string
	x, y, w, h float64
	groups     []int // of cells, beside each other
	dashes     int   // rows parted by dashes
	crossed    bool
}

var formParts = []formPart{
	{label: "Ime plačnika", x: 4, y: 6, w: 52.5, h: 13.5},
	{label: "Namen in rok plačila", x: 4, y: 22.5, w: 52.5, h: 9},
	{label: "Znesek", x: 16.5, y: 34.5, w: 40, h: 5},
	{label: "IBAN in referenca prejemnika", x: 4, y: 42.5, w: 52.5, h: 13.5},
	{label: "Ime prejemnika", x: 4, y: 59, w: 52.5, h: 13.5},
	{label: "Koda QR", x: 63.5, y: 6, w: 40, h: 39.5},
	{label: "IBAN plačnika", x: 106.5, y: 6, h: 5, groups: []int{4, 4, 4, 4, 3}},
	{label: "Polog", x: 185.2, y: 6.5, w: 4, h: 4, crossed: true},
	{label: "Dvig", x: 196.5, y: 6.5, w: 4, h: 4, crossed: true},
	{label: "Referenca plačnika", x: 106.5, y: 14, h: 5, groups: []int{4}},
	{x: 123.5, y: 14, h: 5, groups: []int{22}},
	{label: "Ime, ulica in kraj plačnika", x: 106.5, y: 22, w: 99.5, h: 15, dashes: 3},
	{label: "Znesek", x: 114.2, y: 40.5, h: 5, groups: []int{3, 3, 3, 2}},
	{label: "Datum plačila", x: 161.2, y: 40.5, h: 5, groups: []int{2, 2, 4}},
	{label: "Nujno", x: 196.5, y: 41, w: 4, h: 4, crossed: true},
	{label: "Koda namena", x: 63.5, y: 49, h: 5, groups: []int{4}},
	{label: "Namen plačila", x: 80.5, y: 49, h: 5, groups: []int{25}},
	{label: "Rok plačila", x: 176.2, y: 49, h: 5, groups: []int{2, 2, 4}},
	{label: "IBAN prejemnika", x: 63.5, y: 58, h: 5, groups: []int{4, 4, 4, 4, 4, 4, 4, 4, 2}},
	{label: "Referenca prejemnika", x: 63.5, y: 66, h: 5, groups: []int{4}},
	{x: 80.5, y: 66, h: 5, groups: []int{22}},
	{x: 166, y: 66, w: 40, h: 23},
	{label: "Ime, ulica in kraj prejemnika", x: 63.5, y: 74, w: 99.5, h: 15, dashes: 3},
}

// A formDrawing draws one form onto a page.
type formDrawing struct {
	c    *compositor
	p    *page
	said map[string]bool // labels of the order that are read out
}

// at is a length from above as PDF has it, from below.
func (formDrawing) at(y float64) float64 { return (formHigh - y) * mm }

func (d formDrawing) fill(colour string, x, y, w, h float64) {
	fill(&d.p.under, colour, x*mm, d.at(y+h), w*mm, h*mm)
}

// stroke draws lines, each of four numbers, after the setting of the pen.
func (d formDrawing) stroke(pen string, lines ...float64) {
	b := &d.p.under
	fmt.Fprintf(b, "q %s ", pen)
	for i := 0; i+3 < len(lines); i += 4 {
		fmt.Fprintf(b, "%.2f %.2f m %.2f %.2f l ", lines[i]*mm, d.at(lines[i+1]), lines[i+2]*mm, d.at(lines[i+3]))
	}
	b.WriteString("S Q\n")
}

const (
	thinPen = formInk + " RG 0.25 w"
	boldPen = formInk + " RG 0.5 w"
)

func (d formDrawing) frame(x, y, w, h float64) {
	d.fill(formWhite, x, y, w, h)
	fmt.Fprintf(&d.p.under, "q %s %.2f %.2f %.2f %.2f re S Q\n", boldPen, x*mm, d.at(y+h), w*mm, h*mm)
}

func (d formDrawing) part(f formPart) {
	x := f.x
	for _, n := range f.groups {
		w := cell * float64(n)
		d.frame(x, f.y, w, f.h)
		for i := 1; i < n; i++ {
			at := x + cell*float64(i)
			d.stroke(thinPen, at, f.y, at, f.y+1.5, at, f.y+f.h-1.5, at, f.y+f.h)
		}
		x += w
	}
	if f.groups == nil {
		d.frame(f.x, f.y, f.w, f.h)
	}
	for i := 1; i < f.dashes; i++ {
		y := f.y + f.h*float64(i)/float64(f.dashes)
		d.stroke(thinPen+" [0.5 0.7] 0 d", f.x, y, f.x+f.w, y)
	}
	left := f.x
	if f.crossed {
		d.stroke(thinPen, f.x, f.y, f.x+f.w, f.y+f.h, f.x, f.y+f.h, f.x+f.w, f.y)
		left += (f.w - d.wide(f.label, formLabel)) / 2
	}
	if f.x < formSplit || !d.said[f.label] {
		d.label(f.label, left, f.y-0.6, formLabel, formInk)
	}
}

// empty is the form before anything is filled in.
func (d formDrawing) empty() {
	d.fill(formWhite, 0, 0, formSplit, formHigh)
	d.fill(formPink, formSplit, 0, 210-formSplit, payeeTop)
	d.fill(formSand, formSplit, payeeTop, 210-formSplit, formHigh-payeeTop)
	d.stroke("0.4 G 0.25 w [2 2] 0 d", 0, 0, 210, 0, formSplit, 0, formSplit, formHigh)
	for _, at := range [][2]float64{{61, 1}, {207.5, 1}, {207.5, 96.5}} {
		d.fill("0 0 0", at[0], at[1], 1.5, 1.5)
	}
	for _, f := range formParts {
		d.part(f)
	}
	const x, y, w, h, near, far = 63.5, 6.0, 40.0, 39.5, 0.6, 1.8 // guides for the code
	for _, corner := range [][4]float64{{x, y, 1, 1}, {x + w, y, -1, 1}, {x, y + h, 1, -1}, {x + w, y + h, -1, -1}} {
		cx, cy, sx, sy := corner[0], corner[1], corner[2], corner[3]
		d.stroke(thinPen, cx, cy+far*sy, cx+near*sx, cy+far*sy, cx+far*sx, cy, cx+far*sx, cy+near*sy)
	}
	d.stroke(thinPen, 168.6, 85.3, 203.6, 85.3)
	const black, provider, sign = "0 0 0", "Prostor za vpise ponudnika plačilnih storitev", "Podpis plačnika (neobvezno žig)"
	d.label("UPN QR - potrdilo", 56.5-d.wide("UPN QR - potrdilo", 9), 4.8, 9, black)
	d.label("EUR", 15.7-d.wide("EUR", 9.5), 38.2, 9.5, black)
	d.label("EUR", 113.4-d.wide("EUR", 9.5), 44.2, 9.5, black)
	d.label("UPN QR", 206-d.wide("UPN QR", 10), 62, 10, black)
	d.label(sign, 186-d.wide(sign, 6)/2, 88, 6, formInk)
	d.label(provider, 30-d.wide(provider, 5)/2, 98.4, 5, formInk)
	d.label(provider, 135-d.wide(provider, 5)/2, 98.4, 5, formInk)
}

// text makes the pieces of one line, which nothing breaks.
func (d formDrawing) text(s string, k *look) []piece {
	var all []piece
	for _, l := range breakLines(d.c.pieces(s, k), 1e6) {
		all = append(all, l.pieces...)
	}
	return all
}

func (d formDrawing) wide(s string, size float64) (mms float64) {
	for _, p := range d.text(s, d.bold(size)) {
		mms += p.width / mm
	}
	return mms
}

func (d formDrawing) bold(size float64) *look {
	return &look{cut: d.c.cut(Sans, Bold), size: size, style: Bold}
}

// label writes words of the form itself.
func (d formDrawing) label(s string, x, y, size float64, colour string) {
	d.write(&d.p.under, d.text(s, d.bold(size)), x, y, colour, 100)
}

func (d formDrawing) write(out *bytes.Buffer, pieces []piece, x, y float64, colour string, stretched float64) {
	if len(pieces) == 0 {
		return
	}
	fmt.Fprintf(out, "BT %s rg /F%d %.2f Tf %.2f Tz %.2f %.2f Td <", colour, pieces[0].number, pieces[0].size, stretched, x*mm, d.at(y))
	for _, p := range pieces {
		for _, c := range p.codes {
			fmt.Fprintf(out, "%04X", c)
		}
	}
	out.WriteString("> Tj 100 Tz ET\n")
}

const typed = 10.0 // points: twelve characters to the inch

// pitch is the width of a character, on the receipt of a narrow one.
const (
	pitch      = 25.4 / 12
	narrow     = 70.58 // per cent: seventeen to the inch
	receiptFit = 34    // characters in a line of the receipt
)

// receipt fills in the left side, which says again what the right one does.
func (d formDrawing) receipt(f payslip.Form) {
	put := func(s string, x, y float64) {
		d.write(&d.p.under, d.text(s, &look{cut: d.c.mono, size: typed}), x, y, "0 0 0", narrow)
	}
	for i := range 3 {
		put(f.Payer[i], 5, 9.6+4.1*float64(i))
		put(f.Payee[i], 5, 62.6+4.1*float64(i))
	}
	for i, l := range wrapped(strings.Trim(f.Purpose+", "+f.Due, ", "), receiptFit) { // at most three
		put(l, 5, 25.5+2.7*float64(i))
	}
	put(f.IBAN, 5, 47.2)
	put(strings.TrimSpace(f.Model+" "+f.Reference), 5, 52.6)
	put(f.Amount, 55.5-pitch*narrow/100*float64(len([]rune(f.Amount))), 38.2)
}

// wrapped parts s into lines of at most n characters, between words where it can.
func wrapped(s string, n int) (lines []string) {
	for r := []rune(s); len(r) > 0; {
		if len(r) <= n {
			return append(lines, string(r))
		}
		at := strings.LastIndexByte(string(r[:n+1]), ' ')
		if at <= 0 {
			at = len(string(r[:n]))
		}
		lines = append(lines, string(r)[:at])
		r = []rune(strings.TrimSpace(string(r)[at:]))
	}
	return lines
}

// A typedIn is what stands in a field of the order.
type typedIn struct {
	label string
	x, y  float64
	lines []string
}

// order is what stands on the right side, without what is empty.
func order(f payslip.Form) (list []typedIn) {
	right := 114.2 + 11*cell - 1 - pitch*float64(len([]rune(f.Amount)))
	for _, in := range []typedIn{
		{"Ime, ulica in kraj plačnika", 107.5, 25.5, f.Payer[:]}, {"Znesek", right, 44, []string{f.Amount}}, {"Koda namena", 64.5, 52.5, []string{f.Code}},
		{"Namen plačila", 81.5, 52.5, []string{f.Purpose}}, {"Rok plačila", 177.2, 52.5, []string{f.Due}}, {"IBAN prejemnika", 64.5, 61.5, []string{f.IBAN}},
		{"Referenca prejemnika", 64.5, 69.5, []string{f.Model, f.Reference}}, {"Ime, ulica in kraj prejemnika", 64.5, 77.5, f.Payee[:]},
	} {
		if strings.Join(in.lines, "") != "" {
			list = append(list, in)
		}
	}
	return list
}

// fillIn writes a field of the order, as a row of the table for whoever cannot see it.
func (d formDrawing) fillIn(in typedIn, table *elem) {
	tr := table.child("TR")
	th, td := tr.child("TH"), tr.child("TD")
	th.attrs = "<</O /Table /Scope /Row>>"
	i := slices.IndexFunc(formParts, func(f formPart) bool { return f.label == in.label && f.x > formSplit })
	d.p.mark(th)
	d.write(&d.p.text, d.text(in.label, d.bold(formLabel)), formParts[i].x, formParts[i].y-0.6, formInk, 100)
	d.p.mark(td)
	for n, s := range in.lines {
		x, y := in.x, in.y+5*float64(n)
		if in.label == "Referenca prejemnika" {
			x, y = in.x+17*float64(n), in.y
		}
		d.write(&d.p.text, d.text(s, &look{cut: d.c.mono, size: typed}), x, y, "0 0 0", 100)
	}
}

// form is the form at the foot of a page.
func (c *compositor) form(s Slip, code *coding.Code) box {
	figure, sect := c.root.child("Figure"), c.root.child("Sect")
	figure.alt, sect.lang = s.Code.Alt, "sl"
	table := sect.child("Table")
	return box{height: formHigh * mm, docked: true, draw: func(p *page, _ float64, _ bool) {
		d, fields := formDrawing{c, p, map[string]bool{}}, order(*s.Form)
		for _, in := range fields {
			d.said[in.label] = true
		}
		d.empty()
		d.receipt(*s.Form)
		const x, y = 63.5 + (40-formQR)/2, 6 + (39.5-formQR)/2
		unit := formQR * mm / float64(code.Size)
		figure.attrs = fmt.Sprintf("<</O /Layout /Placement /Block /BBox [%.2f %.2f %.2f %.2f]>>", x*mm, d.at(y+formQR), (x+formQR)*mm, d.at(y))
		p.mark(figure)
		p.modules(code, x*mm, d.at(y), unit)
		for _, in := range fields {
			d.fillIn(in, table)
		}
	}}
}
