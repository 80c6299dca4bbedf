package lawtext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Role is what a piece is within its node.
type Role uint8

// The roles of pieces.
const (
	TitleRole Role = iota // of a component
	AboveRole             // a heading above the label
	LabelRole
	HeadingRole
	IntroRole
	TailRole
)

// A Piece is a run of words that a node or a component has of its own.
type Piece struct {
	Key  string // of the node; of a component "=" and its ID
	Text string
	Form Form
	Span Span // in the source; set by Places alone
}

// A Form is what pieces share that are laid out alike.
type Form struct {
	Kind     Kind
	Role     Role
	Labelled bool // the node has a label
	style    style
}

// Plain is the form without the style of its mark.
func (f Form) Plain() Form {
	f.style = noStyle
	return f
}

// Pieces returns the words of an act in their order.
func (a *Act) Pieces() []Piece {
	var out []Piece
	d := DialectOf(a.Lang)
	for _, c := range a.Components {
		if c.Title != "" {
			out = append(out, Piece{Key: "=" + c.ID, Text: c.Title})
		}
		for _, n := range c.Nodes {
			out = n.pieces(d, out)
		}
	}
	return out
}

func (n *Node) pieces(d *Dialect, out []Piece) []Piece {
	f := Form{Kind: n.Kind, Labelled: n.Label != ""}
	if f.Labelled && (n.Kind == Point || n.Kind == Paragraph) {
		f.style, _ = d.markStyle(n.Label)
	}
	put := func(r Role, text string) {
		if text != "" {
			f.Role = r
			out = append(out, Piece{Key: n.Key, Text: text, Form: f})
		}
	}
	if n.Above {
		put(AboveRole, n.Heading)
	}
	put(LabelRole, n.Label)
	if !n.Above {
		put(HeadingRole, n.Heading)
	}
	put(IntroRole, n.Intro)
	for _, c := range n.Children {
		out = c.pieces(d, out)
	}
	put(TailRole, n.Tail)
	return out
}

// Places returns the pieces of an act that was read and not changed, with their
// places in the source. All ink of the source is in them, but for marks of
// Markdown and of byte order; if it is not, Places returns false.
func (a *Act) Places() ([]Piece, bool) {
	out := a.Pieces()
	s := scanner{src: a.Source}
	_, s.at = front(a.Source)
	if a.markdown() {
		s.skip = DialectOf(a.Lang).unprinted(a.Source, s.at)
	}
	for i := range out {
		at, ok := s.find(out[i].Text)
		if !ok {
			return nil, false
		}
		if len(s.skip) > 0 {
			at = linked(a.Source, at)
		}
		out[i].Span = at
	}
	return out, true
}

// linked widens a place over the marks of the links that begin or end there.
func linked(src string, at Span) Span {
	for at.Start > 0 && src[at.Start-1] == '[' {
		at.Start--
	}
	for strings.HasPrefix(src[at.End:], "](") {
		n := target(src[at.End+1:])
		if n == 0 {
			break
		}
		at.End += 1 + n
	}
	return at
}

// unprinted returns the places of a Markdown text of which no line has the words.
func (d *Dialect) unprinted(text string, from int) []Span {
	var skip []Span
	at := from
	for _, l := range d.blocks(text, from) {
		if l.span.Start < at {
			continue // the second line of a row
		}
		skip = append(skip, Span{at, l.span.Start})
		for _, m := range markup(text[l.span.Start:l.span.End]) {
			skip = append(skip, Span{l.span.Start + m.Start, l.span.Start + m.End})
		}
		at = l.span.End
	}
	return append(skip, Span{at, len(text)})
}

// A scanner walks through the ink of a source.
type scanner struct {
	src  string
	at   int
	skip []Span
}

// find returns where the ink of text stands next.
func (s *scanner) find(text string) (Span, bool) {
	span := Span{-1, s.at}
	for _, want := range text {
		if unicode.IsSpace(want) {
			continue
		}
		at, ok := s.next(want)
		if !ok {
			return span, false
		}
		if span.Start < 0 {
			span.Start = at
		}
		span.End = s.at
	}
	return span, span.Start >= 0
}

func (s *scanner) next(want rune) (at int, ok bool) {
	for s.at < len(s.src) {
		for len(s.skip) > 0 && s.at >= s.skip[0].End {
			s.skip = s.skip[1:]
		}
		if len(s.skip) > 0 && s.at >= s.skip[0].Start {
			s.at = s.skip[0].End
			continue
		}
		r, n := utf8.DecodeRuneInString(s.src[s.at:])
		at = s.at
		switch {
		case r == want:
			s.at += n
			return at, true
		case unicode.IsSpace(r) || r == '#' || r == '-' || r == '=' || r == '\ufeff':
			s.at += n
		default:
			return 0, false
		}
	}
	return 0, false
}

// SameProvisions reports whether two acts have the same provisions, wherever
// they stand.
func SameProvisions(a, b *Act) bool {
	if a.Title != b.Title || len(a.Components) != len(b.Components) {
		return false
	}
	for i, c := range a.Components {
		if d := b.Components[i]; c.ID != d.ID || c.Title != d.Title || !sameNodes(c.Nodes, d.Nodes) {
			return false
		}
	}
	return true
}

func sameNodes(a, b []*Node) bool {
	if len(a) != len(b) {
		return false
	}
	for i, n := range a {
		m := b[i]
		if n.ID != m.ID || n.Kind != m.Kind || n.Label != m.Label || n.Num != m.Num || n.Heading != m.Heading || n.Above != m.Above ||
			n.Intro != m.Intro || n.Tail != m.Tail || n.Deleted != m.Deleted || !sameNodes(n.Children, m.Children) {
			return false
		}
	}
	return true
}
