package lawtext

import (
	"slices"
	"strings"
)

// body reads lines from to end into the host: an article, or a division or the
// component itself, whose paragraphs do not count.
func (r *reader) body(from, end int) {
	b := &body{r: r, host: r.host}
	if r.loose && (b.host == nil || b.host.Kind != Annex) {
		b.host = nil
	}
	b.counted = b.host != nil && b.host.Kind == Article
	b.flat = r.loose
	for i := from; i < end; i = max(i, r.quoteTo[i]) + 1 {
		m := b.r.d.readMark(r.in[i].text)
		if m.style == paraStyle && r.quoteTo[i] < 0 && (i == from || m.num == "1" && !(r.d.Subpoints && strings.HasSuffix(r.in[i-1].text, ":"))) {
			b.numbered = true
			break
		}
		if r.d.Subpoints && m.style != noStyle {
			break
		}
	}
	for i := from; i < end; {
		i = b.read(i, end)
	}
}

type body struct {
	r        *reader
	host     *Node // nil for the component
	para     *Node
	items    []item // the list that is open, from the outermost item
	counted  bool   // unmarked text makes a paragraph that counts
	numbered bool   // paragraphs carry numbers
	flat     bool   // no marks are read: annexes and signatures
}

type item struct {
	node  *Node
	style style
}

// read places line i and returns the line after it.
func (b *body) read(i, end int) int {
	l, to := b.r.in[i], b.r.quoteTo[i]
	if to >= i {
		return b.quote(i, to)
	}
	if isRow(l.text) {
		return b.table(i, end)
	}
	if b.flat {
		b.child(&Node{Kind: Text, Intro: l.text, Span: l.span})
		return i + 1
	}
	m := b.readMark(l.text)
	if lettered := b.r.d.readLettered(l.text); m.style == noStyle && lettered.style != noStyle && b.continues(lettered) {
		m = lettered
	}
	if capital := readCapital(l.text); (m.style == noStyle || m.style == upperStyle && !b.isOpen(upperStyle)) && capital.style != noStyle && b.para != nil &&
		(b.isOpen(capitalStyle) || capital.num == "I" && len(b.items) == 0 && strings.HasSuffix(b.para.Intro, ":")) {
		m = capital
	}
	switch {
	case l.level > 0:
		b.child(&Node{Kind: Text, Heading: l.text, Span: l.span})
		b.items = b.items[:0]
	case b.r.d.isRemark(l.text):
		b.begin(&Node{Kind: Text, Intro: l.text, Span: l.span})
		b.para = nil
	case m.style == paraStyle, m.style == parenStyle && b.beginsParagraph(m):
		b.begin(&Node{Kind: Paragraph, Label: m.label, Num: m.num, Intro: m.rest, Deleted: b.r.d.isTombstone(m.rest), Span: l.span})
	case m.style != noStyle:
		b.item(m, l)
	default:
		b.plain(i, end)
	}
	return i + 1
}

// readMark reads the mark of a line. Where the dialect has subpoints, "(1)"
// below a point is one.
func (b *body) readMark(s string) mark {
	m := b.r.d.readMark(s)
	if m.style == paraStyle && b.r.d.Subpoints && !b.numbered && (len(b.items) > 0 || b.para != nil && strings.HasSuffix(b.para.Intro, ":")) {
		m.style = subStyle
	}
	if m.style == noStyle && len(b.items) > 0 {
		m = b.between(s)
	}
	return m
}

// between reads the mark of a point that an amending act has put between two of
// a list, "2.a" after "2.", which has no full stop of its own.
func (b *body) between(s string) mark {
	label, rest, _ := strings.Cut(s, " ")
	last := b.items[len(b.items)-1]
	base, letters, _ := strings.Cut(label, ".")
	open, _, _ := strings.Cut(last.node.Num, ".")
	if last.style != numStyle || letters == "" || base != open || !b.r.d.isNumber(label) || !follows(last.node.Num, label) || rest == "" || b.r.d.isReference(rest) {
		return mark{}
	}
	return mark{numStyle, label, label, rest}
}

// beginsParagraph reports whether "1)" counts paragraphs here: it stands first
// in the article, or goes on from a paragraph of its kind.
func (b *body) beginsParagraph(m mark) bool {
	if b.numbered || !b.counted || b.r.d.Subpoints {
		return false
	}
	if k := len(b.items); k > 0 { // a full stop ends the list, and "2)" is none of its items
		for _, it := range b.items {
			if it.style == parenStyle {
				return false
			}
		}
		return strings.HasSuffix(b.para.Label, ")") && follows(b.para.Num, m.num) && startsUpper(m.rest) &&
			strings.HasSuffix(b.items[k-1].node.Intro, ".")
	}
	if b.para == nil {
		return m.num == "1"
	}
	return strings.HasSuffix(b.para.Label, ")") && follows(b.para.Num, m.num) && !strings.HasSuffix(b.para.Intro, ":")
}

func (b *body) begin(n *Node) {
	b.place(n)
	b.para, b.items = n, b.items[:0]
}

func (b *body) place(n *Node) {
	if b.host == nil {
		b.r.part.Nodes = append(b.r.part.Nodes, n)
		return
	}
	b.host.Children = append(b.host.Children, n)
}

// child puts n under the paragraph that is open, or under the host. Nothing
// stands under a paragraph after its wrap-up.
func (b *body) child(n *Node) {
	if b.para == nil || b.para.Tail != "" {
		b.place(n)
		return
	}
	b.para.Children = append(b.para.Children, n)
}

// quote reads a payload as one node, its first line as the intro.
func (b *body) quote(from, to int) int {
	b.r.d.note(b.r.in[from].span, "payload", b.r.in[from].text)
	n := &Node{Kind: Quote, Intro: b.r.in[from].text, Span: Span{b.r.in[from].span.Start, b.r.in[to].span.End}}
	for _, l := range b.r.in[from+1 : to+1] {
		n.Children = append(n.Children, &Node{Kind: Text, Intro: l.text, Span: l.span})
	}
	if k := len(b.items); k > 0 && (b.r.d.Balanced || b.r.d.Enclosed) { // the payload of an item of the amending act
		up := b.items[k-1].node
		up.Children = append(up.Children, n)
		return to + 1
	}
	b.child(n)
	b.items = b.items[:0]
	return to + 1
}

// item reads a point or an indent. It joins the innermost open list that it
// continues, else begins a list under the innermost item.
func (b *body) item(m mark, l line) {
	n := &Node{Kind: Point, Label: m.label, Num: m.num, Intro: m.rest, Deleted: b.r.d.isTombstone(m.rest), Span: l.span}
	if m.style == dashStyle || m.style == bulletStyle {
		n.Kind = Indent
	}
	if b.para == nil && !b.numbered {
		kind := Text
		if b.counted {
			kind = Paragraph
		}
		b.begin(&Node{Kind: kind, Span: l.span})
	}
	b.disambiguate(&m)
	k := b.level(m)
	if k < len(b.items) && !b.continues(m) {
		b.r.d.note(l.span, "list-level", l.text)
	}
	b.items = append(b.items[:k], item{n, m.style})
	if k == 0 {
		b.child(n)
		return
	}
	up := b.items[k-1].node
	up.Children = append(up.Children, n)
}

// disambiguate takes "(i)" after "(h)" for a letter, and "aa)" after "z)".
func (b *body) disambiguate(m *mark) {
	if m.style != romanStyle && m.style != doubleStyle {
		return
	}
	for k := len(b.items) - 1; k >= 0 && b.items[k].style != m.style; k-- {
		if it := b.items[k]; it.style == letterStyle && letterIndex(m.num) == letterIndex(it.node.Num)+1 {
			m.style = letterStyle
		}
	}
}

// isOpen reports whether a list of a style is open.
func (b *body) isOpen(s style) bool {
	return slices.ContainsFunc(b.items, func(it item) bool { return it.style == s })
}

// continues reports whether an item with mark m goes on with an open list.
func (b *body) continues(m mark) bool {
	for _, it := range b.items {
		if it.style == m.style && (m.num == "" || follows(it.node.Num, m.num)) {
			return true
		}
	}
	return false
}

// deepest is how far lists nest. Real ones have three levels; without a bound
// a hostile text would have addresses as long as itself.
const deepest = 6

// level returns the level of the open lists that an item with mark m belongs to.
func (b *body) level(m mark) int {
	same := -1
	for k := len(b.items) - 1; k >= 0; k-- {
		if b.items[k].style != m.style {
			continue
		}
		if m.num == "" || follows(b.items[k].node.Num, m.num) {
			return k
		}
		if same < 0 {
			same = k
		}
	}
	if len(b.items) == deepest {
		return deepest - 1
	}
	first := m.num == "1" || m.num == "a"
	if same < 0 || first && same < len(b.items)-1 {
		return len(b.items)
	}
	return same
}

// plain places unmarked text: a new paragraph, the wrap-up of a list, or text
// that goes on within the paragraph.
func (b *body) plain(i, end int) {
	l := b.r.in[i]
	if k := b.closesInner(i, end); k >= 0 {
		n := b.items[k].node
		n.Tail, n.Span.End, b.items = l.text, l.span.End, b.items[:k+1]
		return
	}
	if b.para != nil && (b.numbered || b.goesOn(l.text)) {
		if len(b.items) > 0 && b.lastOfParagraph(i+1, end) {
			b.para.Tail, b.para.Span.End = l.text, l.span.End
			b.r.d.note(l.span, "wrap-up", l.text)
		} else {
			b.child(&Node{Kind: Text, Intro: l.text, Span: l.span})
			b.r.d.note(l.span, "goes-on", l.text)
		}
		b.items = b.items[:0]
		return
	}
	n := &Node{Kind: Text, Intro: l.text, Deleted: b.r.d.isTombstone(l.text), Span: l.span}
	if b.counted && !b.numbered {
		n.Kind = Paragraph
	}
	b.begin(n)
}

// closesInner returns the item of whose list line i is the wrap-up, or -1: the
// next line goes on with a list that is further out.
func (b *body) closesInner(i, end int) int {
	if !b.r.d.Doubles && !b.r.d.Dots || len(b.items) < 2 || i+1 >= end || b.r.quoteTo[i+1] > i || !startsLower(b.r.in[i].text) {
		return -1
	}
	m := b.r.d.readMark(b.r.in[i+1].text)
	for k := len(b.items) - 2; k >= 0; k-- {
		if it := b.items[k]; m.num != "" && it.style == m.style && follows(it.node.Num, m.num) && it.node.Tail == "" {
			return k
		}
	}
	return -1
}

// goesOn reports whether unmarked text continues an unnumbered paragraph.
func (b *body) goesOn(s string) bool {
	return startsLower(s) && (len(b.items) > 0 || len(b.para.Children) > 0)
}

// lastOfParagraph reports whether the paragraph has nothing more from line i on.
func (b *body) lastOfParagraph(i, end int) bool {
	if i >= end {
		return true
	}
	m := b.readMark(b.r.in[i].text)
	switch {
	case b.r.quoteTo[i] >= i:
		return false
	case m.style == paraStyle:
		return true
	}
	return !b.numbered && m.style == noStyle && !startsLower(b.r.in[i].text)
}
