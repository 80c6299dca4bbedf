// Package layout prints an amended statute in the layout of its source: what the
// source has too keeps its bytes. DESIGN.md says how.
package layout

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// Fewer rows than fewRows do not tell a width less than leastWidth, nor of the
// first row of a piece one less than leastFirst; in characters.
const (
	fewRows    = 5
	leastWidth = 72
	leastFirst = 36
)

// longText is how many bytes of a piece do not fit in a row of a text that wraps.
const longText = 120

// Print writes an act in the layout of its Source: what the source has too
// keeps its bytes, with the white space and the marks around it, and what is
// changed or new is written as the source writes its like. Nodes are known by
// their Key. So an act that nobody changed is its source, byte for byte.
//
// The text reads back to the provisions of the act. Where no layout of the
// source allows that, it is lawtext.Print that writes. A source whose rows all end in
// CR LF has that in every row of what is written.
func Print(a *lawtext.Act) string {
	if n := strings.Count(a.Source, "\n"); n > 0 && n == strings.Count(a.Source, "\r\n") {
		b := *a
		b.Source, b.Front = strings.ReplaceAll(a.Source, "\r\n", "\n"), strings.ReplaceAll(a.Front, "\r\n", "\n")
		return strings.ReplaceAll(write(&b), "\n", "\r\n")
	}
	return write(a)
}

func write(a *lawtext.Act) string {
	base := lawtext.ParseIn(a.Lang, a.Source)
	if a.Front == base.Front && lawtext.SameProvisions(a, base) {
		return a.Source
	}
	printed := lawtext.Print(a)
	l, ok := newPrinter(a, base)
	if !ok {
		return printed
	}
	out := l.write(a)
	want := lawtext.ParseIn(a.Lang, printed)
	for range 4 {
		got := lawtext.ParseIn(a.Lang, out)
		if lawtext.SameProvisions(got, want) {
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
	if out = l.write(a); lawtext.SameProvisions(lawtext.ParseIn(a.Lang, out), want) {
		return out
	}
	return printed
}

// withoutReturns makes a text that reads the same when a tool on its way changes
// its ends of rows: in the texts of PISRS a carriage return tells a wrapped row from
// the end of a paragraph. Where that is lost with it, the piece stands in a row of its
// own.
func (l *printer) withoutReturns(a *lawtext.Act, out string, want *lawtext.Act) string {
	safe := out
	for range 4 {
		if !strings.Contains(safe, "\r\n") {
			return safe
		}
		got := lawtext.ParseIn(a.Lang, strings.ReplaceAll(safe, "\r\n", "\n"))
		if lawtext.SameProvisions(got, want) {
			break
		}
		if !l.setApart(got) {
			return out
		}
		safe = l.write(a)
	}
	if lawtext.SameProvisions(lawtext.ParseIn(a.Lang, safe), want) {
		return safe
	}
	return out
}

type printer struct {
	src      string
	was, now []lawtext.Piece
	of       []int // for each piece of now the one of was, or -1
	set      []bool
	front    bool // the front matter is another
	body     int  // where the source goes on after its own

	forms map[lawtext.Form][]int // the pieces of was, in order
	sep   string                 // between the rows of a piece; empty if the source does not wrap
	width int                    // of a row, in characters
	first map[lawtext.Form]int   // of the first row
	blank bool                   // a blank row between lines
}

// newPrinter learns the layout of the source. It returns false if the source has
// no words, or words that the base has not.
func newPrinter(a, base *lawtext.Act) (*printer, bool) {
	was, ok := base.Places()
	l := &printer{src: a.Source, was: was, now: a.Pieces(), front: a.Front != base.Front}
	if base.Front != "" {
		l.body = len("---\n---\n") + len(base.Front)
	}
	if !ok || len(l.was) == 0 || len(l.now) == 0 {
		return nil, false
	}
	l.learn()
	l.match()
	l.set = make([]bool, len(l.now))
	return l, true
}

// learn gathers how the source lays things out.
func (l *printer) learn() {
	l.forms, l.first = map[lawtext.Form][]int{}, map[lawtext.Form]int{}
	seps := map[string]int{}
	long, wrapped, lines, blank := 0, 0, 0, 0
	var widths []int // of the rows that wrap; of the last rows if there are none
	most := 0
	for i, p := range l.was {
		l.forms[p.Form] = append(l.forms[p.Form], i)
		if i > 0 {
			if gap := l.gap(i); strings.Contains(gap, "\n") {
				lines++
				if strings.Count(gap, "\n") > 1 {
					blank++
				}
			}
		}
		if len(p.Text) > longText {
			long++
		}
		body := l.src[p.Span.Start:p.Span.End]
		end := strings.IndexByte(body, '\n')
		if end < 0 {
			continue
		}
		wrapped++
		begin := strings.LastIndexByte(l.src[:p.Span.Start], '\n') + 1
		l.first[p.Form] = max(l.first[p.Form], utf8.RuneCountInString(strings.TrimSpace(l.src[begin:p.Span.Start+end])))
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
	if len(widths) < fewRows && !strings.HasPrefix(l.sep, "\r") { // which says that a row wraps
		l.width = max(l.width, leastWidth)
		for f, n := range l.first {
			l.first[f] = max(n, leastFirst)
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
func (l *printer) gap(i int) string {
	from := 0
	if i > 0 {
		from = l.was[i-1].Span.End
	}
	return l.src[from:l.was[i].Span.Start]
}

// match finds for each piece of the act its like in the base, by key and role.
func (l *printer) match() {
	type name struct {
		key  string
		role lawtext.Role
	}
	at := make(map[name]int, len(l.was))
	for i, p := range l.was {
		at[name{p.Key, p.Form.Role}] = i
	}
	l.of = make([]int, len(l.now))
	for i, p := range l.now {
		l.of[i] = -1
		if k, ok := at[name{p.Key, p.Form.Role}]; ok {
			l.of[i] = k
			delete(at, name{p.Key, p.Form.Role})
		}
	}
}

func (l *printer) write(a *lawtext.Act) string {
	var b strings.Builder
	b.Grow(len(l.src) + len(l.src)/8)
	head := l.src[:l.was[0].Span.Start]
	if l.front {
		head = "---\n" + a.Front + "---\n" + head[l.body:]
	}
	b.WriteString(head)
	anchor, column := 0, 0
	for i, p := range l.now {
		k := l.of[i]
		ref := k
		if k < 0 {
			ref = l.like(p.Form, anchor)
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
		body := p.Text
		switch {
		case k >= 0 && l.was[k].Text == p.Text && !l.set[i]:
			body = l.src[l.was[k].Span.Start:l.was[k].Span.End]
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
	end := l.src[l.was[len(l.was)-1].Span.End:]
	if l.of[len(l.now)-1] != len(l.was)-1 {
		end = l.close(len(l.now)-1) + "\n"
	}
	b.WriteString(end)
	return b.String()
}

// like returns the piece of the base of the same form that is nearest before a
// place, else the first after it, or -1 if the base has none.
func (l *printer) like(f lawtext.Form, anchor int) int {
	list := l.forms[f]
	if len(list) == 0 {
		f = f.Plain()
		for g, other := range l.forms {
			if g.Kind == f.Kind && g.Role == f.Role && g.Labelled == f.Labelled && (list == nil || other[0] < list[0]) {
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
func (l *printer) newGap(i, ref int) string {
	p := l.now[i]
	own := i > 0 && l.now[i-1].Key == p.Key && l.now[i-1].Form.Role == lawtext.LabelRole
	gap := ""
	if ref >= 0 && (!own || ref > 0 && l.was[ref-1].Form.Role == lawtext.LabelRole) {
		if !own && ref > 0 && l.was[ref-1].Form.Role == lawtext.LabelRole && l.was[ref-1].Key == l.was[ref].Key {
			ref-- // its like has a label, before which the row begins
		}
		gap = opening(l.gap(ref))
	}
	if own && gap != "" {
		return l.close(i-1) + gap
	}
	if own && p.Form.Kind != lawtext.Article && !strings.Contains(l.now[i-1].Text, " ") {
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
func (l *printer) marks(p lawtext.Piece) string {
	for f, list := range l.forms {
		if f.Kind != lawtext.Article || f.Role != lawtext.LabelRole {
			continue
		}
		switch gap := opening(l.gap(list[0])); {
		case !strings.Contains(gap, "#"):
		case p.Form.Kind == lawtext.Article && p.Form.Role <= lawtext.HeadingRole:
			return "##### "
		case p.Form.Kind == lawtext.Part, p.Form.Kind == lawtext.Chapter, p.Form.Kind == lawtext.Section:
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
func (l *printer) close(i int) string {
	k := l.of[i]
	if k < 0 {
		if k = l.like(l.now[i].Form, len(l.was)); k < 0 {
			return ""
		}
	}
	gap := l.src[l.was[k].Span.End:]
	if k+1 < len(l.was) {
		gap = l.gap(k + 1)
	}
	if !strings.Contains(gap, "\n") {
		return ""
	}
	return gap[:len(gap)-len(strings.TrimLeft(gap, "*_"))]
}

// wrap breaks a piece into rows as the base does, from a column on.
func (l *printer) wrap(p lawtext.Piece, column int) string {
	if l.sep == "" || p.Form.Kind == lawtext.Row || p.Form.Role == lawtext.LabelRole || p.Form.Role == lawtext.TitleRole {
		return p.Text
	}
	room := l.width
	if n := l.first[p.Form]; n > 0 {
		room = min(n, room)
	}
	var b strings.Builder
	indent := utf8.RuneCountInString(strings.TrimLeft(l.sep, "\r\n"))
	for w := range strings.FieldsSeq(p.Text) {
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
func (l *printer) setApart(got *lawtext.Act) bool {
	var starts []int // of the pieces that were read, in characters of ink
	at := 0
	for _, p := range got.Pieces() {
		starts = append(starts, at)
		at += inkLen(p.Text)
	}
	found := false
	from := 0
	for i, p := range l.now {
		end := from + inkLen(p.Text)
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
