package paper

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
)

// A typeface is a TrueType font as far as a PDF needs it: which glyph a character
// has, how wide it is, its outline. It trusts the font, which is built in.
type typeface struct {
	tables  map[string][]byte
	upem    int // font units per em
	loca    []uint32
	hmetric int // glyphs with an advance of their own
	cmap    []segment
}

// A segment is a range of characters whose glyphs follow each other, or stand one
// by one in ids.
type segment struct {
	first, last rune
	delta       uint16
	ids         []byte
}

var be = binary.BigEndian

func parseTypeface(ttf []byte) (*typeface, error) {
	f := &typeface{tables: map[string][]byte{}}
	if len(ttf) < 12 {
		return nil, fmt.Errorf("paper: font of %d bytes", len(ttf))
	}
	for i := range int(be.Uint16(ttf[4:])) {
		e := ttf[12+16*i:]
		at, size := be.Uint32(e[8:]), be.Uint32(e[12:])
		f.tables[string(e[:4])] = ttf[at : at+size]
	}
	for _, name := range []string{"head", "hhea", "hmtx", "maxp", "cmap", "loca", "glyf", "OS/2", "post"} {
		if f.tables[name] == nil {
			return nil, fmt.Errorf("paper: font without table %s", name)
		}
	}
	f.upem = int(be.Uint16(f.tables["head"][18:]))
	f.hmetric = int(be.Uint16(f.tables["hhea"][34:]))
	loca, long := f.tables["loca"], be.Uint16(f.tables["head"][50:]) == 1
	for g := range int(be.Uint16(f.tables["maxp"][4:])) + 1 {
		if long {
			f.loca = append(f.loca, be.Uint32(loca[4*g:]))
		} else {
			f.loca = append(f.loca, 2*uint32(be.Uint16(loca[2*g:])))
		}
	}
	return f, f.readCmap(f.tables["cmap"])
}

// readCmap takes the Unicode table of format 4, which has all that lies in the
// basic plane; the fonts have nothing beyond it.
func (f *typeface) readCmap(t []byte) error {
	for i := range int(be.Uint16(t[2:])) {
		sub := t[be.Uint32(t[4+8*i+4:]):]
		if platform := be.Uint16(t[4+8*i:]); platform != 0 && platform != 3 || be.Uint16(sub) != 4 {
			continue
		}
		n := int(be.Uint16(sub[6:])) / 2
		ends := sub[14:]
		starts, deltas, offsets := ends[2*n+2:], ends[4*n+2:], ends[6*n+2:]
		for i := range n {
			s := segment{first: rune(be.Uint16(starts[2*i:])), last: rune(be.Uint16(ends[2*i:])), delta: be.Uint16(deltas[2*i:])}
			if off := int(be.Uint16(offsets[2*i:])); off != 0 {
				s.ids = offsets[2*i+off:]
			}
			f.cmap = append(f.cmap, s)
		}
		return nil
	}
	return fmt.Errorf("paper: font without a Unicode cmap of format 4")
}

// glyph returns the glyph of r, or 0 if the font has none.
func (f *typeface) glyph(r rune) uint16 {
	i := sort.Search(len(f.cmap), func(i int) bool { return f.cmap[i].last >= r })
	if i == len(f.cmap) || r < f.cmap[i].first {
		return 0
	}
	s := f.cmap[i]
	if s.ids == nil {
		return uint16(r) + s.delta // modulo 65536, as the format has it
	}
	if g := be.Uint16(s.ids[2*(r-s.first):]); g != 0 {
		return g + s.delta
	}
	return 0
}

// thousandths turns font units into thousandths of an em, the unit of PDF.
func (f *typeface) thousandths(units int) int {
	return int(math.Round(float64(units) * 1000 / float64(f.upem)))
}

// advance is the width of a glyph in thousandths of an em.
func (f *typeface) advance(g uint16) int {
	return f.thousandths(int(be.Uint16(f.tables["hmtx"][4*min(int(g), f.hmetric-1):])))
}

// metric reads a signed number of a table in thousandths of an em.
func (f *typeface) metric(table string, at int) int {
	return f.thousandths(int(int16(be.Uint16(f.tables[table][at:]))))
}

// italicAngle is in degrees, negative when leaning to the right.
func (f *typeface) italicAngle() float64 {
	return float64(int32(be.Uint32(f.tables["post"][4:]))) / 65536
}

// outline is the glyf entry of g without its hints; empty for a space.
func (f *typeface) outline(g uint16) []byte {
	d := f.tables["glyf"][f.loca[g]:f.loca[g+1]]
	if len(d) == 0 {
		return nil
	}
	contours := int(int16(be.Uint16(d)))
	if contours < 0 {
		return append([]byte(nil), d...)
	}
	at := 10 + 2*contours
	hints := int(be.Uint16(d[at:]))
	plain := append([]byte(nil), d[:at]...)
	return append(append(plain, 0, 0), d[at+2+hints:]...)
}

// The flags of a component of a composite glyph.
const (
	argsAreWords = 0x0001
	hasScale     = 0x0008
	moreParts    = 0x0020
	hasXYScale   = 0x0040
	hasMatrix    = 0x0080
	hasHints     = 0x0100
)

// renumber gives the parts of a composite glyph the numbers that number returns,
// and cuts its hints off.
func renumber(d []byte, number func(uint16) uint16) []byte {
	if len(d) == 0 || int16(be.Uint16(d)) >= 0 {
		return d
	}
	for at := 10; ; {
		flags := be.Uint16(d[at:])
		be.PutUint16(d[at:], flags&^hasHints)
		be.PutUint16(d[at+2:], number(be.Uint16(d[at+2:])))
		at += 6
		if flags&argsAreWords != 0 {
			at += 2
		}
		switch {
		case flags&hasScale != 0:
			at += 2
		case flags&hasXYScale != 0:
			at += 4
		case flags&hasMatrix != 0:
			at += 8
		}
		if flags&moreParts == 0 {
			return d[:at]
		}
	}
}

// subset writes a font whose glyph i is glyphs[i] of f, followed by the parts of
// those that are composed. A PDF needs no other tables than these of it.
func (f *typeface) subset(glyphs []uint16) []byte {
	glyphs = append([]uint16(nil), glyphs...)
	parts := map[uint16]uint16{}
	part := func(old uint16) uint16 {
		if _, ok := parts[old]; !ok {
			parts[old] = uint16(len(glyphs))
			glyphs = append(glyphs, old)
		}
		return parts[old]
	}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(glyphs); i++ { // glyphs grows
		g := glyphs[i]
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, renumber(f.outline(g), part)...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		all, at := f.tables["hmtx"], min(int(g), f.hmetric-1)
		bearing := all[4*at+2 : 4*at+4]
		if int(g) >= f.hmetric {
			bearing = all[4*f.hmetric+2*(int(g)-f.hmetric):][:2]
		}
		hmtx = append(append(hmtx, all[4*at:4*at+2]...), bearing...)
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))

	head, hhea, maxp := clone(f.tables["head"]), clone(f.tables["hhea"]), clone(f.tables["maxp"])
	be.PutUint32(head[8:], 0)
	be.PutUint16(head[50:], 1)
	be.PutUint16(hhea[34:], uint16(len(glyphs)))
	be.PutUint16(maxp[4:], uint16(len(glyphs)))
	be.PutUint16(maxp[26:], 0) // no hints
	return sfnt([]string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"}, [][]byte{glyf, head, hhea, hmtx, loca, maxp})
}

func clone(b []byte) []byte { return append([]byte(nil), b...) }

// sfnt joins tables, given in order of their names, to a font file.
func sfnt(names []string, tables [][]byte) []byte {
	power := 1
	for power*2 <= len(names) {
		power *= 2
	}
	log := int(math.Log2(float64(power)))
	out := be.AppendUint32(nil, 0x00010000)
	for _, v := range []int{len(names), power * 16, log, (len(names) - power) * 16} {
		out = be.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*len(names)
	var body []byte
	head := 0
	for i, t := range tables {
		if names[i] == "head" {
			head = at + len(body)
		}
		out = append(out, names[i]...)
		size := len(t)
		for len(t)%4 != 0 {
			t = append(t, 0)
		}
		out = be.AppendUint32(out, checksum(t))
		out = be.AppendUint32(out, uint32(at+len(body)))
		out = be.AppendUint32(out, uint32(size))
		body = append(body, t...)
	}
	out = append(out, body...)
	be.PutUint32(out[head+8:], 0xB1B0AFBA-checksum(out))
	return out
}

// checksum is the sum of the words of b, whose length is a multiple of four.
func checksum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += be.Uint32(b)
	}
	return sum
}
