package paper

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansbolditalic"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
)

// fontFiles are the Liberation fonts by face, then plain, bold, italic, both.
var fontFiles = [2][4]struct {
	name string
	ttf  []byte
}{
	Serif: {
		{"LiberationSerif", liberationserifregular.TTF}, {"LiberationSerif-Bold", liberationserifbold.TTF},
		{"LiberationSerif-Italic", liberationserifitalic.TTF}, {"LiberationSerif-BoldItalic", liberationserifbolditalic.TTF},
	},
	Sans: {
		{"LiberationSans", liberationsansregular.TTF}, {"LiberationSans-Bold", liberationsansbold.TTF},
		{"LiberationSans-Italic", liberationsansitalic.TTF}, {"LiberationSans-BoldItalic", liberationsansbolditalic.TTF},
	},
}

// A cut is a font as one PDF uses it. Each character in use has a code of its own,
// given in order of first use; the subset has its glyph under the same number. So
// the code says exactly which character was meant, even where two look the same.
type cut struct {
	*typeface
	name   string
	number int // of its name /F… in the pages
	id     int // object number
	codes  map[rune]uint16
	runes  []rune // by code
	glyphs []uint16
	widths []int // thousandths of an em
}

func newCut(number int, name string, t *typeface) *cut {
	return &cut{
		typeface: t, name: name, number: number, codes: map[rune]uint16{},
		runes: []rune{0}, glyphs: []uint16{0}, widths: []int{t.advance(0)},
	}
}

// used reports whether any character is set in the font.
func (c *cut) used() bool { return len(c.runes) > 1 }

// twin is a character whose glyph may stand for r, if the font has none: of all the
// spaces and hyphens the fonts have few.
func twin(r rune) rune {
	switch {
	case isSpace(r), r == '\u00A0', r == '\u202F', r == '\u2007':
		return ' '
	case r == '\u00AD', r == '\u2010', r == '\u2011':
		return '-'
	}
	return r
}

// code returns the code of r; false if the font cannot show it.
func (c *cut) code(r rune) (uint16, bool) {
	if code, ok := c.codes[r]; ok {
		return code, true
	}
	g := c.glyph(r)
	if g == 0 {
		g = c.glyph(twin(r))
	}
	if g == 0 {
		return 0, false
	}
	code := uint16(len(c.runes))
	c.codes[r] = code
	c.runes, c.glyphs, c.widths = append(c.runes, r), append(c.glyphs, g), append(c.widths, c.advance(g))
	return code, true
}

// write adds the font to the file under its number.
func (c *cut) write(f *pdfFile) {
	name := c.tag() + "+" + c.name
	ttf := c.subset(c.glyphs)
	file := f.stream(fmt.Sprintf("/Length1 %d", len(ttf)), ttf)
	flags := 4 // symbolic: it is read by code
	if strings.Contains(c.name, "Italic") {
		flags |= 64
	}
	bbox := []int{c.metric("head", 36), c.metric("head", 38), c.metric("head", 40), c.metric("head", 42)}
	descriptor := f.add(fmt.Sprintf("<</Type /FontDescriptor /FontName /%s /Flags %d /FontBBox %d /ItalicAngle %.4g /Ascent %d /Descent %d /CapHeight %d /StemV %d /FontFile2 %d 0 R>>",
		name, flags, bbox, c.italicAngle(), c.metric("hhea", 4), c.metric("hhea", 6), c.metric("OS/2", 88), 80, file))
	cid := f.add(fmt.Sprintf("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /CIDToGIDMap /Identity /DW 1000 /W [0 %d] /FontDescriptor %d 0 R>>",
		name, c.widths, descriptor))
	unicode := f.stream("", []byte(c.toUnicode()))
	f.put(c.id, fmt.Sprintf("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>",
		name, cid, unicode))
}

// tag is the six letters by which a PDF tells subsets apart, made of what is in it.
func (c *cut) tag() string {
	sum := uint32(17)
	for _, r := range c.runes {
		sum = sum*31 + uint32(r)
	}
	var b [6]byte
	for i := range b {
		b[i] = 'A' + byte(sum%26)
		sum /= 26
	}
	return string(b[:])
}

// toUnicode is the CMap from codes to characters.
func (c *cut) toUnicode() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for from := 1; from < len(c.runes); from += 100 {
		to := min(from+100, len(c.runes))
		fmt.Fprintf(&b, "%d beginbfchar\n", to-from)
		for code := from; code < to; code++ {
			fmt.Fprintf(&b, "<%04X> <", code)
			for _, u := range utf16.Encode(c.runes[code : code+1]) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.String()
}
