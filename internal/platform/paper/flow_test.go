package paper

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// flowOf reads boxes from a notation and says how they fall on pages, which have
// room for 100 points. A box is its height; +5 before it is room above; k after it
// keeps it with the next; h gives it a header of 10. L and P turn the page.
// Pages are written between |, a header as H, a lying page with L in front.
func flowOf(t interface{ Fatal(...any) }, notation string) string {
	f := flow{bottom: a4Long - topMargin - 100}
	drawn := map[*page][]string{}
	mark := func(s string) func(*page, float64, bool) {
		return func(p *page, _ float64, artifact bool) {
			if artifact != (s == "H") {
				t.Fatal("header and box are mixed up")
			}
			drawn[p] = append(drawn[p], s)
		}
	}
	var boxes []box
	for _, word := range strings.Fields(notation) {
		if word == "L" || word == "P" {
			boxes = append(boxes, box{turn: &PageBreak{Landscape: word == "L"}})
			continue
		}
		b := box{draw: mark(word), keep: strings.Contains(word, "k")}
		if strings.Contains(word, "h") {
			b.header = &box{height: 10, draw: mark("H")}
		}
		above, height, ok := strings.Cut(strings.Trim(word, "+kh"), "+")
		if ok {
			b.before, _ = strconv.ParseFloat(above, 64)
		} else {
			height = above
		}
		b.height, _ = strconv.ParseFloat(height, 64)
		boxes = append(boxes, b)
	}
	f.place(boxes)
	var pages []string
	for _, p := range f.pages {
		s := strings.Join(drawn[p], " ")
		if p.width > p.height {
			s = "L " + s
		}
		pages = append(pages, strings.TrimSpace(s))
	}
	return strings.Join(pages, "|")
}

func TestFlow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, boxes, want string }{
		{"nothing is a page", "", ""},
		{"one", "10", "10"},
		{"full to the brim", "50 50", "50 50"},
		{"over the brim", "50 50 1", "50 50|1"},
		{"room above counts", "50 10+45", "50|10+45"},
		{"but not on top", "50 50 40+100", "50 50|40+100"},
		{"kept with the next", "80 10k 20", "80|10k 20"},
		{"a chain", "60 10k 10k 30", "60|10k 10k 30"},
		{"a chain that fits", "60 10k 10k 20", "60 10k 10k 20"},
		{"a chain longer than a page", "50 60k 60k 60", "50|60k|60k|60"},
		{"kept at the end", "50 50k", "50 50k"},
		{"a box higher than a page", "10 150 10", "10|150|10"},
		{"a header is repeated on top only", "50h 50h 50h 40h 1h", "H 50h|H 50h|H 50h 40h|H 1h"},
		{"pages turn", "10 L 10 P 10", "10|L 10|10"},
		{"the first turn makes no page", "L 10", "L 10"},
		{"a second one does", "P P 10", "|10"},
		{"a turn ends a chain", "90 10k P 10", "90 10k|10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := flowOf(t, tt.boxes); got != tt.want {
				t.Errorf("%q falls %q, want %q", tt.boxes, got, tt.want)
			}
		})
	}
}

// TestFlow_order: whatever the boxes, each is drawn once, in order, and none that
// could stand on a page hangs over its edge.
func TestFlow_order(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		heights := rapid.SliceOf(rapid.IntRange(1, 120)).Draw(t, "heights")
		keeps := rapid.SliceOfN(rapid.Bool(), len(heights), len(heights)).Draw(t, "keeps")
		f := flow{bottom: a4Long - topMargin - 100}
		var boxes []box
		var order []int
		for i, h := range heights {
			boxes = append(boxes, box{before: 3, height: float64(h), keep: keeps[i], draw: func(p *page, y float64, _ bool) {
				order = append(order, i)
				if h <= 100 && y-float64(h) < f.bottom-0.1 {
					t.Errorf("box %d ends at %.1f", i, y-float64(h))
				}
			}})
		}
		f.place(boxes)
		if len(order) != len(heights) {
			t.Fatalf("%d of %d boxes are drawn", len(order), len(heights))
		}
		for i, at := range order {
			if i != at {
				t.Fatalf("drawn in the order %v", order)
			}
		}
	})
}

// tree writes the structure as tag(kids), with marked content as its text.
func tree(e *elem) string {
	var kids []string
	for _, k := range e.kids {
		switch {
		case k.elem != nil:
			kids = append(kids, tree(k.elem))
		case k.annot != 0:
			kids = append(kids, "link")
		default:
			kids = append(kids, "·")
		}
	}
	s := e.tag
	if _, scope, ok := strings.Cut(e.attrs, "/Scope /"); ok {
		s += ":" + strings.TrimSuffix(scope, ">>")
	}
	if e.lang != "" {
		s += "@" + e.lang
	}
	if len(kids) == 0 {
		return s
	}
	return s + "(" + strings.Join(kids, " ") + ")"
}

// TestCompositor_structure: what each block is to a screen reader. A · is text.
func TestCompositor_structure(t *testing.T) {
	t.Parallel()
	x := Plain("x")
	for _, tt := range []struct {
		name  string
		block Block
		want  string
	}{
		{"heading", Heading{Level: 2, Text: x}, "H2(·)"},
		{"paragraph", Paragraph{Text: Plain("a\nb")}, "P(·)"},
		{"bold stays in the paragraph", Paragraph{Text: Text{{Text: "a"}, {Text: "b", Style: Bold}}}, "P(·)"},
		{"inserted stands apart", Paragraph{Text: Text{{Text: "a"}, {Text: "b", Style: Inserted}, {Text: "c"}}}, "P(· Span(·) ·)"},
		{"foreign", Paragraph{Text: Text{{Text: "рок", Lang: "sr"}}}, "P(Span@sr(·))"},
		{"foreign link", Paragraph{Text: Text{{Text: "рок", Lang: "sr", Link: "https://mnk.example/"}}}, "P(Link@sr(·))"},
		{"an unsafe link is text", Paragraph{Text: Text{{Text: "x", Link: "javascript:x"}}}, "P(·)"},
		{"sender", Address{Sender: true, Lines: []string{"a", "b"}}, "P(·)"},
		{"date", Date{"1. 1. 2027"}, "P(·)"},
		{"subject", Subject{"Zadeva"}, "P(·)"},
		{"signature", Signature{Closing: "a", Lines: []string{"b", "c"}}, "P(·) P(·)"},
		{"list", List{Items: []Text{x, x}}, "L(LI(Lbl(·) LBody(·)) LI(Lbl(·) LBody(·)))"},
		{"norm", Norm{x, x}, "BlockQuote(P(·) P(·))"},
		{"facts", Facts{{Label: "a", Value: x}}, "Table(TR(TH:Row(·) TD(·)))"},
		{"no facts", Facts{}, ""},
		{"table", Table{Caption: "c", Columns: []Column{{Head: "a"}, {Head: "b"}}, RowHeads: true, Rows: [][]Cell{{{x}, {x, x}}, {{}, {}}}},
			"Table(Caption(·) TR(TH:Column(·) TH:Column(·)) TR(TH:Row(·) TD(P(·) P(·))) TR(TH:Row TD))"},
		{"page break", PageBreak{}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := newSetter()
			if err != nil {
				t.Fatal(err)
			}
			c := compositor{setter: s, root: &elem{tag: "Document"}, width: 300, room: 500}
			var f flow
			f.place(c.block(tt.block))
			want := "Document"
			if tt.want != "" {
				want = fmt.Sprintf("Document(%s)", tt.want)
			}
			if got := tree(c.root); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}
