package reader

import (
	"bufio"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// A matrix is [a b c d e f] of ISO 32000-1, §8.3.3.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// A pen writes the text of a page in the order in which it is drawn: a line
// feed where the height changes, a space where a gap is. The library's own ways
// lose either the lines or the spaces.
type pen struct {
	w             *bufio.Writer
	page          pdf.Page
	fonts         map[string]*pdf.Font
	font          *pdf.Font
	enc           pdf.TextEncoding
	ctm           matrix
	saved         []matrix
	text, line    matrix
	size, leading float64
	x, y          float64 // where the text last drawn ends, on the page
	begun, spaced bool    // text has been drawn; the last of it is a space
}

func writePage(page pdf.Page, w *bufio.Writer) {
	p := &pen{w: w, page: page, fonts: map[string]*pdf.Font{}, ctm: identity, text: identity, line: identity, size: 1}
	if contents := page.V.Key("Contents"); contents.Kind() != pdf.Null {
		pdf.Interpret(contents, p.do)
	}
}

// do carries out one operator (ISO 32000-1, §9.4). Operands that are missing
// are null, and null is 0.
func (p *pen) do(stk *pdf.Stack, op string) {
	var args [6]pdf.Value
	n := min(stk.Len(), 6)
	for i := n - 1; i >= 0; i-- {
		args[i] = stk.Pop()
	}
	for stk.Len() > 0 {
		stk.Pop()
	}
	last := args[max(n-1, 0)]
	f := func(i int) float64 { return args[i].Float64() }
	switch op {
	case "q":
		p.saved = append(p.saved, p.ctm)
	case "Q":
		if k := len(p.saved); k > 0 {
			p.ctm, p.saved = p.saved[k-1], p.saved[:k-1]
		}
	case "cm":
		p.ctm = matrix{f(0), f(1), f(2), f(3), f(4), f(5)}.times(p.ctm)
	case "BT":
		p.text, p.line = identity, identity
	case "Tm":
		p.line = matrix{f(0), f(1), f(2), f(3), f(4), f(5)}
		p.text = p.line
	case "TD":
		p.leading = -f(1)
		p.move(f(0), f(1))
	case "Td":
		p.move(f(0), f(1))
	case "TL":
		p.leading = f(0)
	case "T*":
		p.move(0, -p.leading)
	case "Tf":
		p.choose(args[0].Name())
		p.size = f(1)
	case "'", "\"":
		p.move(0, -p.leading)
		p.show(last.RawString())
	case "Tj":
		p.show(last.RawString())
	case "TJ":
		for i := range last.Len() {
			if v := last.Index(i); v.Kind() == pdf.String {
				p.show(v.RawString())
			} else {
				p.text = matrix{1, 0, 0, 1, -v.Float64() / 1000 * p.size, 0}.times(p.text)
			}
		}
	}
}

func (p *pen) move(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.times(p.line)
	p.text = p.line
}

func (p *pen) choose(name string) {
	if p.fonts[name] == nil {
		font := p.page.Font(name)
		p.fonts[name] = &font
	}
	p.font = p.fonts[name]
	p.enc = p.font.Encoder()
}

// show draws a string. Fonts of two bytes do not tell their widths here, and
// half the size is taken for each character; a gap must then be wider to count.
func (p *pen) show(raw string) {
	if p.enc == nil || raw == "" {
		return
	}
	s := p.enc.Decode(raw)
	width, enough := 0.0, 0.2
	for i := range len(raw) {
		width += p.font.Width(int(raw[i])) / 1000
	}
	if width == 0 || utf8.RuneCountInString(s) < len(raw) {
		width, enough = float64(utf8.RuneCountInString(s))/2, 1
	}
	at := p.text.times(p.ctm)
	size := max(math.Abs(p.size)*math.Hypot(at[2], at[3]), 0.1)
	switch {
	case !p.begun:
	case math.Abs(at[5]-p.y) > size/2:
		p.w.WriteByte('\n')
	case !p.spaced && math.Abs(at[4]-p.x) > enough*size && !strings.HasPrefix(s, " "):
		p.w.WriteByte(' ')
	}
	p.w.WriteString(strings.ReplaceAll(s, "\f", "\n"))
	p.text = matrix{1, 0, 0, 1, width * p.size, 0}.times(p.text)
	end := p.text.times(p.ctm)
	p.x, p.y, p.begun, p.spaced = end[4], end[5], true, strings.HasSuffix(s, " ")
}
