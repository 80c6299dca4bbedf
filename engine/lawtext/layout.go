package lawtext

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Layout writes an act in the layout of its Source: what the source has too
// keeps its bytes, with the white space and the marks around it, and what is
// changed or new is written as the source writes its like. Nodes are known by
// their Key. So an act that nobody changed is its source, byte for byte.
//
// The text reads back to the provisions of the act. Where no layout of the
// source allows that, it is Print that writes.
func Layout(a *Act) string {
	base := ParseIn(a.Lang, a.Source)
	if a.Front == base.Front && sameProvisions(a, base) {
		return a.Source
	}
	printed := Print(a)
	l, ok := newLayout(a, base)
	if !ok {
		return printed
	}
	out := l.write(a)
	want := ParseIn(a.Lang, printed)
	for range 4 {
		got := ParseIn(a.Lang, out)
		if sameProvisions(got, want) {
			return l.withoutReturns(a, out, want)
		}
		if !l.setApart(got) {
			break
		}
		out = l.write(a)
	}
	for i := range l.set {
		l.set[i] = l.set[i] || l.of[i] < 0 || i > 0 && l.of[i-1] != l.of[i]-1
	}
	if out = l.write(a); sameProvisions(ParseIn(a.Lang, out), want) {
		return out
	}
	return printed
}

// withoutReturns makes a text that reads the same when a tool on its way changes
// its ends of rows: in the texts of PISRS a carriage return tells a wrapped row from
// the end of a paragraph. Where that is lost with it, the piece stands in a row of its
// own.
func (l *layout) withoutReturns(a *Act, out string, want *Act) string {
	safe := out
	for range 4 {
		if !strings.Contains(safe, "\r\n") {
			return safe
		}
		got := ParseIn(a.Lang, strings.ReplaceAll(safe, "\r\n", "\n"))
		if sameProvisions(got, want) {
			break
		}
		if !l.setApart(got) {
			return out
		}
		safe = l.write(a)
	}
	if sameProvisions(ParseIn(a.Lang, safe), want) {
		return safe
	}
	return out
}

// A role is what a piece is within its node.
type role uint8

const (
	titleRole role = iota // of a component
	aboveRole             // a heading above the label
	labelRole
	headingRole
	introRole
	tailRole
)

// A piece is a run of words that a node has of its own.
type piece struct {
	key  string
	text string
	form form
	at   Span // in the source; of the base only
}

// A form is what pieces share that are laid out alike.
type form struct {
	kind   Kind
	role   role
	marked bool // the node has a label
	style  style
}

// piecesOf returns the words of an act in their order.
func piecesOf(a *Act) []piece {
	var out []piece
	d := DialectOf(a.Lang)
	for _, c := range a.Components {
		if c.Title != "" {
			out = append(out, piece{key: "=" + c.ID, text: c.Title})
		}
		for _, n := range c.Nodes {
			out = n.pieces(d, out)
		}
	}
	return out
}

func (n *Node) pieces(d *Dialect, out []piece) []piece {
	f := form{kind: n.Kind, marked: n.Label != ""}
	if f.marked && (n.Kind == Point || n.Kind == Paragraph) {
		f.style, _ = d.markStyle(n.Label)
	}
	put := func(r role, text string) {
		if text != "" {
			f.role = r
			out = append(out, piece{key: n.Key, text: text, form: f})
		}
	}
	if n.Above {
		put(aboveRole, n.Heading)
	}
	put(labelRole, n.Label)
	if !n.Above {
		put(headingRole, n.Heading)
	}
	put(introRole, n.Intro)
	for _, c := range n.Children {
		out = c.pieces(d, out)
	}
	put(tailRole, n.Tail)
	return out
}

type layout struct {
	src      string
	was, now []piece
	of       []int // for each piece of now the one of was, or -1
	set      []bool
	front    bool // the front matter is another

	forms map[form][]int // the pieces of was, in order
	sep   string         // between the rows of a piece; empty if the source does not wrap
	width int            // of a row, in characters
	first map[form]int   // of the first row
	blank bool           // a blank row between lines
}

// newLayout learns the layout of the source. It returns false if the source has
// no words, or words that the base has not.
func newLayout(a, base *Act) (*layout, bool) {
	l := &layout{src: a.Source, was: piecesOf(base), now: piecesOf(a), front: a.Front != base.Front}
	if len(l.was) == 0 || len(l.now) == 0 || !l.place(base) {
		return nil, false
	}
	l.learn()
	l.match()
	l.set = make([]bool, len(l.now))
	return l, true
}

// place finds where the pieces of the base stand in the source. All ink of the
// source is in them, but for marks of Markdown and of byte order.
func (l *layout) place(base *Act) bool {
	s := scanner{src: l.src}
	_, s.at = front(l.src)
	if base.markdown() {
		s.skip = DialectOf(base.Lang).unprinted(l.src, s.at)
	}
	for i := range l.was {
		at, ok := s.find(l.was[i].text)
		if !ok {
			return false
		}
		if len(s.skip) > 0 {
			at = linked(l.src, at)
		}
		l.was[i].at = at
	}
	return true
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
		case unicode.IsSpace(r) || r == '#' || r == '-' || r == '\ufeff':
			s.at += n
		default:
			return 0, false
		}
	}
	return 0, false
}

// learn gathers how the source lays things out.
func (l *layout) learn() {
	l.forms, l.first = map[form][]int{}, map[form]int{}
	seps := map[string]int{}
	long, wrapped, lines, blank := 0, 0, 0, 0
	var widths []int // of the rows that wrap; of the last rows if there are none
	most := 0
	for i, p := range l.was {
		l.forms[p.form] = append(l.forms[p.form], i)
		if i > 0 {
			if gap := l.gap(i); strings.Contains(gap, "\n") {
				lines++
				if strings.Count(gap, "\n") > 1 {
					blank++
				}
			}
		}
		if len(p.text) > longWidth {
			long++
		}
		body := l.src[p.at.Start:p.at.End]
		end := strings.IndexByte(body, '\n')
		if end < 0 {
			continue
		}
		wrapped++
		begin := strings.LastIndexByte(l.src[:p.at.Start], '\n') + 1
		l.first[p.form] = max(l.first[p.form], utf8.RuneCountInString(strings.TrimSpace(l.src[begin:p.at.Start+end])))
		seps[separator(body, end)]++
		for row := range strings.Lines(body[end+1:]) {
			n := utf8.RuneCountInString(strings.TrimRight(row, " \r\n"))
			if most = max(most, n); strings.HasSuffix(row, "\n") {
				widths = append(widths, n)
			}
		}
	}
	l.blank = 2*blank > lines
	if wrapped == 0 || 2*wrapped < long {
		return
	}
	if len(widths) == 0 {
		widths = []int{most}
	}
	sort.Ints(widths)
	l.width = widths[len(widths)*95/100]
	for s, n := range seps {
		if n > seps[l.sep] || n == seps[l.sep] && s < l.sep {
			l.sep = s
		}
	}
}

// separator is the white space around the end of a row, with the indent of the next.
func separator(body string, end int) string {
	from := end
	if from > 0 && body[from-1] == '\r' {
		from--
	}
	to := end + 1
	for to < len(body) && (body[to] == ' ' || body[to] == '\t') {
		to++
	}
	return body[from:to]
}

// gap is what stands before piece i of the base.
func (l *layout) gap(i int) string {
	from := 0
	if i > 0 {
		from = l.was[i-1].at.End
	}
	return l.src[from:l.was[i].at.Start]
}

// match finds for each piece of the act its like in the base, by key and role.
func (l *layout) match() {
	type name struct {
		key  string
		role role
	}
	at := make(map[name]int, len(l.was))
	for i, p := range l.was {
		at[name{p.key, p.form.role}] = i
	}
	l.of = make([]int, len(l.now))
	for i, p := range l.now {
		l.of[i] = -1
		if k, ok := at[name{p.key, p.form.role}]; ok {
			l.of[i] = k
			delete(at, name{p.key, p.form.role})
		}
	}
}

func (l *layout) write(a *Act) string {
	var b strings.Builder
	b.Grow(len(l.src) + len(l.src)/8)
	head := l.src[:l.was[0].at.Start]
	if l.front {
		_, from := front(l.src)
		head = "---\n" + a.Front + "---\n" + head[from:]
	}
	b.WriteString(head)
	anchor, column := 0, 0
	for i, p := range l.now {
		k := l.of[i]
		ref := k
		if k < 0 {
			ref = l.like(p.form, anchor)
		} else {
			anchor = k
		}
		gap := ""
		switch {
		case i == 0:
		case k > 0 && l.of[i-1] == k-1 && !l.set[i]:
			gap = l.gap(k)
		default:
			gap = l.newGap(i, ref)
		}
		b.WriteString(gap)
		if at := strings.LastIndexByte(gap, '\n'); at >= 0 {
			column = 0
			gap = gap[at+1:]
		}
		column += utf8.RuneCountInString(gap)
		body := p.text
		switch {
		case k >= 0 && l.was[k].text == p.text && !l.set[i]:
			body = l.src[l.was[k].at.Start:l.was[k].at.End]
		case !l.set[i]:
			body = l.wrap(p, column)
		}
		b.WriteString(body)
		if at := strings.LastIndexByte(body, '\n'); at >= 0 {
			column = 0
			body = body[at+1:]
		}
		column += utf8.RuneCountInString(body)
	}
	end := l.src[l.was[len(l.was)-1].at.End:]
	if l.of[len(l.now)-1] != len(l.was)-1 {
		end = l.close(len(l.now)-1) + "\n"
	}
	b.WriteString(end)
	return b.String()
}

// like returns the piece of the base of the same form that is nearest before a
// place, else the first after it, or -1 if the base has none.
func (l *layout) like(f form, anchor int) int {
	list := l.forms[f]
	if len(list) == 0 {
		f.style = noStyle
		for g, other := range l.forms {
			if g.kind == f.kind && g.role == f.role && g.marked == f.marked && (list == nil || other[0] < list[0]) {
				list = other
			}
		}
	}
	if len(list) == 0 {
		return -1
	}
	k := sort.SearchInts(list, anchor+1)
	return list[max(k-1, 0)]
}

// newGap writes what stands before piece i where the base has nothing to copy:
// what closes the piece before, then white space and what opens pieces like this.
func (l *layout) newGap(i, ref int) string {
	p := l.now[i]
	own := i > 0 && l.now[i-1].key == p.key && l.now[i-1].form.role == labelRole
	gap := ""
	if ref >= 0 && (!own || ref > 0 && l.was[ref-1].form.role == labelRole) {
		gap = opening(l.gap(ref))
	}
	if own && gap != "" {
		return l.close(i-1) + gap
	}
	if own && p.form.kind != Article && !strings.Contains(l.now[i-1].text, " ") {
		return " "
	}
	if !strings.Contains(gap, "\n") {
		gap = "\n" + gap
		if ref < 0 {
			gap += l.marks(p)
		}
		if l.blank {
			gap = "\n" + gap
		}
	}
	if l.set[i] || l.set[i-1] {
		if strings.Count(gap, "\n") < 2 {
			gap = "\n" + gap
		}
	}
	return l.close(i-1) + gap
}

// marks are those of a heading in Markdown that has no like in the base.
func (l *layout) marks(p piece) string {
	for f, list := range l.forms {
		if f.kind != Article || f.role != labelRole {
			continue
		}
		switch gap := opening(l.gap(list[0])); {
		case !strings.Contains(gap, "#"):
		case p.form.kind == Article && p.form.role <= headingRole:
			return "##### "
		case p.form.kind == Part, p.form.kind == Chapter, p.form.kind == Section:
			return "#### "
		}
	}
	return ""
}

// opening is the part of a gap that belongs to what follows it: the last white
// space with the end of a row, and the marks after it.
func opening(gap string) string {
	last := strings.LastIndexByte(gap, '\n')
	if last < 0 {
		return gap
	}
	from := last
	for from > 0 && strings.IndexByte(" \t\r\n", gap[from-1]) >= 0 {
		from--
	}
	return gap[from:]
}

// close returns the marks that close piece i of the act, as in "**Title**".
func (l *layout) close(i int) string {
	k := l.of[i]
	if k < 0 {
		if k = l.like(l.now[i].form, len(l.was)); k < 0 {
			return ""
		}
	}
	gap := l.src[l.was[k].at.End:]
	if k+1 < len(l.was) {
		gap = l.gap(k + 1)
	}
	if !strings.Contains(gap, "\n") {
		return ""
	}
	return gap[:len(gap)-len(strings.TrimLeft(gap, "*_"))]
}

// wrap breaks a piece into rows as the base does, from a column on.
func (l *layout) wrap(p piece, column int) string {
	if l.sep == "" || p.form.kind == Row || p.form.role == labelRole || p.form.role == titleRole {
		return p.text
	}
	room := l.width
	if n := l.first[p.form]; n > 0 {
		room = min(n, room)
	}
	var b strings.Builder
	indent := utf8.RuneCountInString(strings.TrimLeft(l.sep, "\r\n"))
	for w := range strings.FieldsSeq(p.text) {
		n := utf8.RuneCountInString(w)
		if b.Len() > 0 {
			if column+1+n > room {
				b.WriteString(l.sep)
				room, column = l.width, indent
			} else {
				b.WriteByte(' ')
				column++
			}
		}
		b.WriteString(w)
		column += n
	}
	return b.String()
}

// setApart finds where a text was read in other pieces than it was written from,
// and sets these apart with blank rows. It returns false if there are none.
func (l *layout) setApart(got *Act) bool {
	var starts []int // of the pieces that were read, in characters of ink
	at := 0
	for _, p := range piecesOf(got) {
		starts = append(starts, at)
		at += inkLen(p.text)
	}
	found := false
	from := 0
	for i, p := range l.now {
		end := from + inkLen(p.text)
		whole := len(starts) > 0 && starts[0] == from
		for len(starts) > 0 && starts[0] < end {
			whole = whole && starts[0] == from
			starts = starts[1:]
		}
		if !whole && !l.set[i] {
			l.set[i], found = true, true
		}
		from = end
	}
	return found
}

func inkLen(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// sameProvisions reports whether two acts have the same provisions, wherever
// they stand.
func sameProvisions(a, b *Act) bool {
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
