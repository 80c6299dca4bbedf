package paper

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/go-fonts/liberation/liberationmonobold"
	"golang.org/x/text/unicode/norm"
)

// A look is how a stretch of text is drawn and which part of the structure has it.
type look struct {
	*cut
	size  float64
	style Style
	elem  *elem
	link  string
}

// A piece is text that no line break can fall into.
type piece struct {
	*look
	codes  []uint16
	width  float64
	space  bool   // has no width at the end of a line
	soft   bool   // a hyphen that is seen at the end of a line only
	mayEnd bool   // a line may end after it
	ends   bool   // the line ends after it
	actual string // what it stands for, if the font cannot show it
}

// A line is pieces side by side; its width is without the spaces at its end.
type line struct {
	pieces []piece
	width  float64
}

// A setter turns text into lines with the fonts of one PDF.
type setter struct {
	cuts [2][4]*cut
	mono *cut          // of payment slips
	lost map[rune]bool // characters that the fonts lack
}

func newSetter() (setter, error) {
	s := setter{lost: map[rune]bool{}}
	for face, files := range fontFiles {
		for i, file := range files {
			t, err := parseTypeface(file.ttf)
			if err != nil {
				return s, fmt.Errorf("paper: read %s: %w", file.name, err)
			}
			s.cuts[face][i] = newCut(4*face+i, file.name, t)
		}
	}
	t, err := parseTypeface(liberationmonobold.TTF)
	if err != nil {
		return s, fmt.Errorf("paper: read LiberationMono-Bold: %w", err)
	}
	s.mono = newCut(8, "LiberationMono-Bold", t)
	return s, nil
}

// cut returns the font of a face and a style.
func (s *setter) cut(face Face, style Style) *cut {
	i := 0
	if style&(Bold|Marked) != 0 {
		i |= 1
	}
	if style&Italic != 0 {
		i |= 2
	}
	return s.cuts[face][i]
}

// invisible reports whether r has no look of its own: joiners, marks of direction,
// variation selectors. They are left out of the PDF.
func invisible(r rune) bool {
	return r == '\uFEFF' || 0x200C <= r && r <= 0x200F || 0x202A <= r && r <= 0x202E || 0x2060 <= r && r <= 0x2064 || 0xFE00 <= r && r <= 0xFE0F
}

// pieces cuts a run where a line may end.
func (s *setter) pieces(text string, k *look) []piece {
	runes := []rune(norm.NFC.String(clean(text)))
	var all []piece
	p := piece{look: k}
	flush := func() {
		if len(p.codes) > 0 || p.mayEnd {
			all = append(all, p)
		}
		p = piece{look: k}
	}
	for i, r := range runes {
		switch {
		case r == '\n':
			flush()
			p.space, p.ends = true, true
			p.set(' ') // so that a screen reader does not join the words
			flush()
		case r == '\u200B':
			p.mayEnd = true
			flush()
		case r == '\u00AD':
			flush()
			p.soft, p.mayEnd = true, true
			p.set(r)
			flush()
		case isSpace(r):
			flush()
			p.space, p.mayEnd = true, true
			p.set(r)
			flush()
		case invisible(r):
		default:
			if _, ok := k.code(r); !ok {
				flush()
				p.actual = string(r)
				s.lost[r] = true
				r = '□'
			}
			p.set(r)
			if p.actual != "" {
				flush()
			} else if strings.ContainsRune("-–/", r) && between(runes, i) {
				p.mayEnd = true
				flush()
			}
		}
	}
	flush()
	return all
}

// isSpace reports whether a line may end at r. At a no-break space it may not.
func isSpace(r rune) bool {
	return r == ' ' || 0x2000 <= r && r <= 0x200A && r != 0x2007 || r == 0x3000
}

// between reports whether letters stand on both sides of a dash: one between
// figures stays with them.
func between(r []rune, i int) bool {
	return i > 0 && i+1 < len(r) && unicode.IsLetter(r[i-1]) && unicode.IsLetter(r[i+1])
}

// set adds a character that the font has to a piece.
func (p *piece) set(r rune) {
	code, _ := p.code(r)
	p.codes = append(p.codes, code)
	p.width += float64(p.widths[code]) * p.size / 1000
}

// breakLines fills lines of the given width, one after the other. A word that is
// wider than a line is cut.
func breakLines(pieces []piece, width float64) []line {
	b := breaker{width: width}
	for from := 0; from < len(pieces); {
		to := from
		for to < len(pieces)-1 && !pieces[to].mayEnd && !pieces[to].ends {
			to++
		}
		b.word(pieces[from : to+1])
		if pieces[to].ends {
			b.end()
		}
		from = to + 1
	}
	if len(b.line.pieces) > 0 || len(b.lines) == 0 {
		b.end()
	}
	return b.lines
}

type breaker struct {
	width float64
	lines []line
	line  line
	full  float64 // width with the spaces at the end
}

// end closes the line. A soft hyphen is seen only here.
func (b *breaker) end() {
	seen := b.line.pieces[:0]
	for i, p := range b.line.pieces {
		if !p.soft || i == len(b.line.pieces)-1 {
			seen = append(seen, p)
		}
	}
	b.line.pieces = seen
	b.lines = append(b.lines, b.line)
	b.line, b.full = line{}, 0
}

// word puts pieces that belong together on this line, the next, or as many as it takes.
func (b *breaker) word(pieces []piece) {
	need := 0.0
	for _, p := range pieces {
		if !p.space {
			need += p.width
		}
	}
	if need > 0 && b.full+need > b.width && len(b.line.pieces) > 0 {
		b.end()
	}
	if need <= b.width {
		for _, p := range pieces {
			b.add(p)
		}
		return
	}
	for _, p := range pieces {
		b.cutUp(p)
	}
}

func (b *breaker) add(p piece) {
	if len(p.codes) == 0 {
		return
	}
	b.line.pieces = append(b.line.pieces, p)
	if p.soft {
		return
	}
	b.full += p.width
	if !p.space {
		b.line.width = b.full
	}
}

func (b *breaker) cutUp(p piece) {
	part := p
	part.codes, part.width = nil, 0
	for _, code := range p.codes {
		w := float64(p.widths[code]) * p.size / 1000
		if b.full+part.width+w > b.width && !p.space && b.full+part.width > 0 {
			b.add(part)
			b.end()
			part.codes, part.width = nil, 0
		}
		part.codes = append(part.codes, code)
		part.width += w
	}
	b.add(part)
}
