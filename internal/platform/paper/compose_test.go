package paper

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// compose breaks a text set in 10-point serif into lines.
func compose(t interface{ Fatal(...any) }, text string, width float64) []line {
	s, err := newSetter()
	if err != nil {
		t.Fatal(err)
	}
	return breakLines(s.pieces(text, &look{cut: s.cut(Serif, 0), size: 10}), width)
}

// TestBreakLines: lines are written with | between them. An em of 10 points is as
// wide as two figures, so that 60 points hold twelve.
func TestBreakLines(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"short", "12345 67890", "12345 67890"},
		{"greedy", "1234 1234 1234 1234", "1234 1234 |1234 1234"},
		{"spaces hang over the edge", "123456789012    1", "123456789012    |1"},
		{"a no-break space holds", "1234 1234\u00A01234", "1234 |1234\u00A01234"},
		{"a narrow one too", "12345 12345\u202F123", "12345 |12345\u202F123"},
		{"a hyphen between words parts", "12345678 črno-bel", "12345678 |črno-bel"},
		{"and is left where it stands", "123456 črno-bel", "123456 črno-|bel"},
		{"one between figures does not", "1234567 2022–2026", "1234567 |2022–2026"},
		{"a soft hyphen is seen at the end", "1234567 na\u00ADslov", "1234567 na\u00AD|slov"},
		{"and nowhere else", "na\u00ADslov", "naslov"},
		{"and takes no room elsewhere", "12\u00AD34\u00AD56\u00AD78\u00AD9012", "123456789012"},
		{"a newline ends the line", "1\n2\n\n3", "1 |2 | |3"},
		{"a newline at the end", "1\n", "1 "},
		{"a long word is cut", "1 12345678901234567", "1 |123456789012|34567"},
		{"nothing is one line", "", ""},
		{"combining marks join", "c\u030C", "č"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, l := range compose(t, tt.text, 60.1) {
				got = append(got, said(l.pieces))
			}
			if s := strings.Join(got, "|"); s != tt.want {
				t.Errorf("%q is broken %q, want %q", tt.text, s, tt.want)
			}
		})
	}
}

// TestBreakLines_losesNothing: whatever the text and the width, the lines have each
// character that has a look, in order, and only a single one is wider than the width.
func TestBreakLines_losesNothing(t *testing.T) {
	t.Parallel()
	seen := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r == '\n':
				return ' '
			case invisible(r), r == '\u00AD', r == '\u200B':
				return -1
			}
			return r
		}, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-zčšž \n\x{00AD}\x{00A0}-]{0,60}`)).Draw(t, "text")
		width := rapid.Float64Range(20, 200).Draw(t, "width")
		var got strings.Builder
		for _, l := range compose(t, text, width) {
			got.WriteString(said(l.pieces))
			if l.width > width+0.01 {
				t.Fatalf("%q is %.1f wide, not %.1f", said(l.pieces), l.width, width)
			}
		}
		if got, want := seen(got.String()), seen(norm.NFC.String(clean(text))); got != want {
			t.Fatalf("set %q, want %q", got, want)
		}
	})
}

// TestSubset: the font that is left has the same glyphs, the parts of composed ones
// included, and is a font.
func TestSubset(t *testing.T) {
	t.Parallel()
	for _, face := range fontFiles {
		for _, f := range face {
			all, err := parseTypeface(f.ttf)
			if err != nil {
				t.Fatal(f.name, err)
			}
			glyphs := []uint16{0}
			for _, r := range "Čšž ćđ Љубљана€□" {
				if all.glyph(r) == 0 {
					t.Errorf("%s lacks %q", f.name, r)
				}
				glyphs = append(glyphs, all.glyph(r))
			}
			small := all.subset(glyphs)
			if sum := checksum(small); sum != 0xB1B0AFBA {
				t.Errorf("%s: checksum %x", f.name, sum)
			}
			got := reread(t, small)
			if n := len(got.loca) - 1; n <= len(glyphs) || n > len(glyphs)+20 {
				t.Errorf("%s: %d glyphs for %d characters", f.name, n, len(glyphs))
			}
			for i, g := range glyphs {
				if got.advance(uint16(i)) != all.advance(g) || flat(got, uint16(i)) != flat(all, g) {
					t.Errorf("%s: glyph %d is not that of %d", f.name, i, g)
				}
			}
		}
	}
}

// reread parses a subset, which has none of the tables that only text needs.
func reread(t *testing.T, ttf []byte) *typeface {
	t.Helper()
	cmap := make([]byte, 4+8+14+12)
	be.PutUint16(cmap[2:], 1)
	be.PutUint16(cmap[6:], 3)
	be.PutUint32(cmap[8:], 12)
	be.PutUint16(cmap[12:], 4)
	names, tables := []string{"OS/2", "cmap"}, [][]byte{make([]byte, 96), cmap}
	for i := range int(be.Uint16(ttf[4:])) {
		e := ttf[12+16*i:]
		names = append(names, string(e[:4]))
		tables = append(tables, clone(ttf[be.Uint32(e[8:]):][:be.Uint32(e[12:])]))
	}
	f, err := parseTypeface(sfnt(append(names, "post"), append(tables, make([]byte, 32))))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// flat is the outline of g with its parts written out instead of numbered.
func flat(f *typeface, g uint16) string {
	var parts []string
	d := renumber(f.outline(g), func(part uint16) uint16 {
		parts = append(parts, flat(f, part))
		return 0
	})
	return strings.TrimRight(string(d), "\x00") + strings.Join(parts, "/")
}

// TestRenumber: the parts 1, 2, 3, 4 of a composed glyph become 11, 12, 13, 14,
// whatever else is said of them, and the hints behind the last are cut off.
func TestRenumber(t *testing.T) {
	t.Parallel()
	var d, want []byte
	put := func(values ...uint16) {
		for _, v := range values {
			d = be.AppendUint16(d, v)
			if v >= 1 && v <= 4 {
				v += 10
			}
			want = be.AppendUint16(want, v)
		}
	}
	put(0xFFFF, 500, 500, 500, 500)                     // composed; its box
	put(moreParts|argsAreWords|hasScale, 1, 50, 60, 70) // flags, part, two words, a scale
	put(moreParts|hasXYScale, 2, 50, 60, 70)            // two bytes, two scales
	put(moreParts|hasMatrix, 3, 50, 60, 70, 80, 90)     // two bytes, a matrix
	put(0, 4, 50)
	got := renumber(append(d, 0xAA, 0xBB), func(g uint16) uint16 { return g + 10 })
	if !bytes.Equal(got, want) {
		t.Errorf("renumbered\n% x, want\n% x", got, want)
	}
}

// A range whose glyphs stand one by one: A and C have glyphs 7 and 9, B has none.
func TestReadCmap_ids(t *testing.T) {
	t.Parallel()
	var table []byte
	for _, v := range []uint16{
		0, 1, 3, 1, 0, 12, // version, one table: platform 3, encoding 1, at 12
		4, 0, 0, 4, 0, 0, 0, // format, length, language, twice the two ranges, search
		'C', 0xFFFF, 0, 'A', 0xFFFF, 2, 1, 4, 0, // ends, pad, starts, deltas, offsets
		5, 0, 7,
	} {
		table = be.AppendUint16(table, v)
	}
	var f typeface
	if err := f.readCmap(table); err != nil {
		t.Fatal(err)
	}
	for r, want := range map[rune]uint16{'@': 0, 'A': 7, 'B': 0, 'C': 9, 'D': 0, 0x1F3BB: 0} {
		if got := f.glyph(r); got != want {
			t.Errorf("glyph(%q) = %d, want %d", r, got, want)
		}
	}
}

func TestParseTypeface_refuses(t *testing.T) {
	t.Parallel()
	for name, ttf := range map[string][]byte{
		"nothing":     nil,
		"few tables":  sfnt([]string{"head"}, [][]byte{make([]byte, 54)}),
		"no font yet": make([]byte, 64),
	} {
		if _, err := parseTypeface(ttf); err == nil {
			t.Errorf("%s is taken for a font", name)
		}
	}
}

// TestPage_allIsMarked: whatever is drawn is content of an element or an artifact,
// marks are closed before others are opened, and no text is without.
func TestPage_allIsMarked(t *testing.T) {
	t.Parallel()
	s, err := newSetter()
	if err != nil {
		t.Fatal(err)
	}
	c := compositor{setter: s, root: &elem{tag: "Document"}, width: 300, room: 500}
	text := Text{{Text: "navadno 漢 "}, {Text: "dodano", Style: Inserted}, {Text: " in "}, {Text: "povezava", Link: "https://mnk.example/"}}
	var f flow
	for _, b := range []Block{Heading{Level: 1, Text: text}, Norm{text, text}, List{Items: []Text{text}}, Facts{{Label: "a", Value: text}},
		Table{Columns: []Column{{Head: "x"}}, Rows: [][]Cell{{{text, text}}, {{}}}}} {
		f.place(c.block(b))
	}
	token := regexp.MustCompile(`\b(BDC|BMC|EMC|BT|ET|Tj|re f)`)
	for _, p := range f.pages {
		depth, texts := 0, 0
		for _, op := range token.FindAllString(string(p.content()), -1) {
			switch op {
			case "BDC", "BMC":
				depth++
			case "EMC":
				depth--
			case "BT", "Tj", "re f":
				if op == "BT" {
					texts++
				}
				if depth == 0 {
					t.Fatalf("%s outside of marked content", op)
				}
			}
			if depth > 2 || depth < 0 {
				t.Fatalf("marks are %d deep", depth)
			}
		}
		if texts == 0 || len(p.owners) == 0 {
			t.Errorf("%d texts, %d of them marked", texts, len(p.owners))
		}
		for i, e := range p.owners {
			if !bytes.Contains(p.text.Bytes(), fmt.Appendf(nil, "/%s <</MCID %d>> BDC", e.tag, i)) {
				t.Errorf("no mark %d of %s", i, e.tag)
			}
		}
	}
}

// TestPage_adorns: a line runs under inserted text, through deleted text, and not
// under the space behind it; figures end at the right.
func TestPage_adorns(t *testing.T) {
	t.Parallel()
	s, err := newSetter()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		style    Style
		from, to float64 // of the line, above the baseline
		tints    int
	}{
		{"inserted", Inserted, -3, -0.5, 1},
		{"deleted", Deleted, 1.5, 4, 1},
		{"marked", Marked, 0, 0, 1},
		{"plain", 0, 0, 0, 0},
	} {
		var p page
		k := &look{cut: s.cut(Serif, 0), size: 10, style: tt.style, elem: &elem{tag: "P"}}
		p.line(breakLines(s.pieces("1234 ", k), 100)[0], 50, 500, false)
		var x, y, w, h float64
		_, err := fmt.Sscanf(p.over.String(), ink+" rg %f %f %f %f re f", &x, &y, &w, &h)
		switch {
		case tt.from == tt.to:
			if p.over.Len() > 0 {
				t.Errorf("%s: %s", tt.name, p.over.String())
			}
		case err != nil, x != 50, w != 20, y-500 < tt.from, y+h-500 > tt.to:
			t.Errorf("%s: a line at %v %v, %v wide, %v high, %v", tt.name, x, y, w, h, err)
		}
		if n := strings.Count(p.under.String(), "re f"); n != tt.tints {
			t.Errorf("%s: %d tints", tt.name, n)
		}
	}
	c := compositor{setter: s, root: &elem{tag: "Document"}, width: 300, room: 500}
	var f flow
	f.place(c.block(Table{Columns: []Column{{Head: "a"}, {Head: "b", Numeric: true}}, Rows: [][]Cell{{{Plain("1")}, {Plain("123")}}}}))
	var at []float64
	for _, m := range regexp.MustCompile(`Tf ([\d.]+) `).FindAllStringSubmatch(f.pages[0].text.String(), -1) {
		x, _ := strconv.ParseFloat(m[1], 64)
		at = append(at, x)
	}
	right := sideMargin + 300 - 3*0.556*tableForm.size // a figure is 0.556 em wide
	if len(at) != 4 || at[2] > sideMargin+0.01 || at[3] < right-0.05 || at[3] > right+0.05 {
		t.Errorf("the cells begin at %v, the last not at %.2f", at, right)
	}
}

// A redline is told in words, if the document has them.
func TestCompositor_change(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		spoken      Spoken
		style       Style
		attrs, want string
	}{
		{"inserted", Spoken{"dodano", "črtano"}, Inserted | Bold, "Underline", "dodano: x"},
		{"deleted", Spoken{"dodano", "črtano"}, Deleted, "LineThrough", "črtano: x"},
		{"plain", Spoken{"dodano", "črtano"}, Italic, "", ""},
		{"without words", Spoken{}, Deleted, "LineThrough", ""},
	} {
		c := compositor{spoken: tt.spoken}
		if attrs, alt := c.change(Run{Text: "x", Style: tt.style}); alt != tt.want || !strings.Contains(attrs, tt.attrs) || (attrs == "") != (tt.attrs == "") {
			t.Errorf("%s: %s, %q", tt.name, attrs, alt)
		}
	}
}
