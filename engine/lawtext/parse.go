package lawtext

import (
	"slices"
	"strings"
	"unicode"
)

// Parse reads a statute. It takes any text: what no rule places becomes nodes
// of kind Text, and every guess becomes a note.
func Parse(text string) *Act {
	fm, from := front(text)
	return recognise(fm, text[from:]).parse(text, fm, from)
}

// ParseIn reads a statute whose language is known: "sl", "cs". A language
// without a dialect is read as Slovenian.
func ParseIn(lang, text string) *Act {
	fm, from := front(text)
	a := DialectOf(lang).parse(text, fm, from)
	a.Lang = lang
	return a
}

func (d *Dialect) parse(text, fm string, from int) *Act {
	a := &Act{Lang: d.Lang, Source: text, Front: fm}
	var in []line
	markdown := a.markdown()
	if markdown {
		in = d.blocks(text, from)
	} else {
		in = d.lines(text, from)
		d.hang(in)
		in = d.cutQuotes(in, text)
	}
	r := &reader{d: d, act: a, in: in, markdown: markdown}
	r.quoteTo, a.Notes = d.quotes(in)
	if markdown {
		r.classifyMarkdown()
	} else {
		r.classify()
	}
	a.Components = []Component{{}}
	r.part = &a.Components[0]
	for r.at = 0; r.at < len(in); {
		r.next()
	}
	r.endComponent()
	d.readTitle(a, in)
	for _, c := range a.Components {
		for _, n := range c.Nodes {
			n.cover()
		}
	}
	number(a)
	for n := range a.All() {
		n.Key = n.ID
	}
	return a
}

// cover makes the span of n reach to the end of what stands under it.
func (n *Node) cover() {
	for _, c := range n.Children {
		c.cover()
		n.Span.End = max(n.Span.End, c.Span.End)
	}
}

// A class is what a line is in the structure of the act.
type class uint8

const (
	bodyLine class = iota
	articleLine
	divisionLine
	headingLine // a heading without a number
	captionLine // the heading of the article before it
	annexLine
	componentLine
	quotedLine  // part of a payload
	closingLine // date, place, numbers of the case, after which no article goes on; also the introduction of a bill
)

type reader struct {
	d       *Dialect
	act     *Act
	in      []line
	quoteTo []int
	class   []class
	at      int

	part     *Component
	stack    []open // divisions that are open, from the outermost
	host     *Node  // the article, annex or division that takes the body lines
	markdown bool
	loose    bool // the text after the closing line stands on its own
}

type open struct {
	node  *Node
	rank  int
	level int  // of the Markdown heading
	named bool // by a word
}

// classify finds the heads and headings. A numbered or bare heading is believed
// if a chain of headings leads from it to an article.
func (r *reader) classify() {
	r.class = make([]class, len(r.in))
	articles := false
	last := "0" // the number of the article before
	for i := range r.in {
		if r.class[i] != quotedLine {
			r.class[i] = r.firstClass(i, last)
		}
		if r.class[i] == articleLine {
			h, _ := r.d.readArticle(r.in[i].text)
			last = h.num
		}
		for k := i; k <= r.quoteTo[i]; k++ {
			r.class[k] = quotedLine
		}
		articles = articles || r.class[i] == articleLine
	}
	r.unwrap()
	leads := false
	for i := len(r.in) - 1; i >= 0; i-- {
		switch r.class[i] {
		case articleLine, divisionLine:
			leads = true
		case bodyLine:
			c := r.chained(i, leads, articles)
			r.class[i], leads = c, c != bodyLine
			switch c {
			case divisionLine:
				r.d.note(r.in[i].span, "chained-number", r.in[i].text)
			case headingLine:
				r.d.note(r.in[i].span, "chained-heading", r.in[i].text)
			}
		case componentLine:
			leads = len(r.d.Appends) > 0 && i > 0 && isCaps(r.in[i-1].text) // "ОДРЕДБЕ КОЈЕ НИСУ УНЕТЕ …"
		default:
			leads = false
		}
	}
	for i := range r.in {
		if i > 0 && r.class[i-1] == articleLine && r.captions(i) {
			r.class[i] = captionLine
		}
	}
	_, title := r.d.preamble(r.in)
	for i := range title {
		r.class[i] = bodyLine
	}
}

// captions reports whether line i is the heading of the article before it, in
// languages where that stands below the number and without parentheses.
func (r *reader) captions(i int) bool {
	s := r.in[i].text
	return r.d.HeadTitles && r.class[i] == bodyLine && len(s) < 250 && startsUpper(s) && !endsSentence(s) &&
		r.d.readMark(s).style == noStyle && i+1 < len(r.in) && (r.class[i+1] == bodyLine || r.class[i+1] == quotedLine)
}

// unwrap sets the introduction of a bill and what follows its articles apart.
func (r *reader) unwrap() {
	from, to := introduction(r.in)
	for i := range r.in {
		switch {
		case to < 0 || i < from:
		case i <= to:
			r.class[i] = closingLine
		case r.class[i] != quotedLine && enclosure(r.in[i].text) != "":
			r.class[i] = componentLine
		}
	}
}

// firstClass classifies a line by itself. A head before a small letter could be
// the end of a sentence, unless it has the next number.
func (r *reader) firstClass(i int, last string) class {
	s := r.in[i].text
	if h, ok := r.d.readArticle(s); ok && (i+1 == len(r.in) || !startsLower(r.in[i+1].text) || follows(last, h.num)) {
		return articleLine
	}
	switch {
	case r.d.isComponent(s):
		return componentLine
	case r.d.isAnnex(s):
		return annexLine
	case r.d.isClosing(s):
		return closingLine
	}
	if d, ok := r.d.readDivision(s); ok && d.sure {
		return divisionLine
	}
	return bodyLine
}

// chained classifies a line that could be a heading. It leads to an article if
// the line after it does.
func (r *reader) chained(i int, leads, articles bool) class {
	s := r.in[i].text
	if r.d.size(s) > 300 || endsText(s) || endsSentence(s) && !isCaps(s) || r.d.states(s) {
		return bodyLine
	}
	if i > 0 && r.class[i-1] == divisionLine && startsUpper(s) {
		if d, _ := r.d.readDivision(r.in[i-1].text); d.named {
			return headingLine
		}
	}
	follows := i > 0 && r.continuesList(i)
	if d, ok := r.d.readDivision(s); ok && !follows && (leads || !articles && len(s) < 160 && d.rank < letterRank) {
		return divisionLine
	}
	if i > 0 && r.class[i-1] == articleLine || !leads {
		return bodyLine
	}
	if isCaps(s) || startsUpper(s) && r.d.readMark(s).style == noStyle && articles && !strings.Contains(s, ". (") && r.d.size(s) < 200 {
		return headingLine
	}
	return bodyLine
}

// states reports whether s has the verb of a main clause, which no heading has:
// a sentence whose full stop is missing. What headings do have are clauses after
// a comma, as in "Beg osebe, ki ji je vzeta prostost".
func (d *Dialect) states(s string) bool {
	main, _, _ := strings.Cut(s, ", ")
	for w := range strings.FieldsSeq(main) {
		if slices.Contains(d.Verbs, w) {
			return true
		}
	}
	return false
}

// continuesList reports whether line i has the number after that of the line
// before it, so that both are items of one list.
func (r *reader) continuesList(i int) bool {
	m, p := r.d.readMark(r.in[i].text), r.d.readMark(r.in[i-1].text)
	return m.style == p.style && follows(p.num, m.num)
}

// isComponent reports whether s introduces what an amending act left behind:
// "Zakon o … – ZUJIK-G (Uradni list RS, št. 61/17) vsebuje naslednje … določbe: »".
func (d *Dialect) isComponent(s string) bool {
	if d.appends(s) {
		return true
	}
	body := strings.TrimRight(s, "» ")
	if !strings.HasSuffix(body, ":") || len(s) > 1500 || !hasAnyPrefix(s, d.Acts) {
		return false
	}
	at := strings.Index(s, d.Gazette)
	return at >= 0 && at < len(body) && containsAny(body[at:], d.Leaves)
}

// appends reports whether s names an amending act with its gazette, as a
// publisher does above the provisions that he did not work in:
// "Закон о изменама …: „Службени гласник РС”, број 13/2016-3".
func (d *Dialect) appends(s string) bool {
	if !hasAnyPrefix(s, d.Appends) || len(s) > 800 {
		return false
	}
	_, rest, ok := strings.Cut(s, ": ")
	rest, _ = d.unquoted(rest)
	latin := inLatin.Replace(strings.ToLower(rest))
	return ok && strings.HasPrefix(latin, "službeni glasnik") && strings.ContainsAny(latin, "0123456789") && !endsText(s)
}

func (d *Dialect) isAnnex(s string) bool {
	rest, ok := "", false
	for _, w := range d.Annexes {
		if rest, ok = strings.CutPrefix(s, w); ok {
			break
		}
	}
	if !ok || len(s) > 200 || rest != "" && rest[0] != ' ' && rest[0] != ':' {
		return false
	}
	if rest == "" || rest[0] == ':' {
		return true
	}
	words := strings.Fields(rest)
	verb := len(words) > 1 && slices.Contains(d.Verbs, words[1]) // "Priloga 1 se nadomesti"
	return d.annexNumber(s) != "" && !verb
}

// annexNumber reads the number of "Priloga 1", "Priloga II", "Priloga A".
func (d *Dialect) annexNumber(s string) string {
	_, rest, _ := strings.Cut(s, " ")
	rest = strings.TrimPrefix(rest, "č. ")
	first, _, _ := strings.Cut(rest, " ")
	first = strings.TrimRight(first, ":.–-")
	if _, ok := roman(first); ok || d.isNumber(first) || isLetters(first, unicode.IsUpper, 1) {
		return first
	}
	return ""
}

func (d *Dialect) isClosing(s string) bool {
	if d.size(s) > 120 {
		return false
	}
	for _, w := range d.Closings {
		if rest, ok := strings.CutPrefix(s, w); ok && strings.ContainsAny(rest, "0123456789") && !strings.HasSuffix(s, ",") {
			return true
		}
	}
	return false
}

// next reads one structure: a head with all lines of its body.
func (r *reader) next() {
	l := r.in[r.at]
	switch r.class[r.at] {
	case componentLine:
		r.endComponent()
		c := Component{ID: enclosure(l.text), Title: l.text, Span: l.span}
		if r.loose = c.ID != ""; !r.loose {
			c.ID = r.d.slug(l.text)
		}
		r.act.Components = append(r.act.Components, c)
		r.part = &r.act.Components[len(r.act.Components)-1]
		r.at++
	case divisionLine:
		v, _ := r.d.readDivision(l.text)
		if h, ok := r.d.readArticle(l.text); ok {
			v = division{kind: Part, label: h.label, num: h.num, named: true, rank: groupRank}
		}
		r.divide(&Node{Kind: v.kind, Label: r.d.label(l.text, v.label), Num: v.num, Heading: v.heading, Span: l.span}, v.rank, v.named)
		r.at++
	case headingLine:
		r.heading()
	case articleLine:
		r.article(nil)
	case annexLine:
		r.stack = r.stack[:0]
		r.add(&Node{Kind: Annex, Label: l.text, Num: r.d.annexNumber(l.text), Span: l.span})
		r.at++
		r.loose = true
	case closingLine:
		r.stack, r.host = r.stack[:0], nil
		r.loose = true
		r.add(&Node{Kind: Text, Intro: l.text, Span: l.span})
		r.host = nil
		r.at++
	default:
		end := r.bodyEnd(r.at)
		r.body(r.at, end)
		r.at = end
	}
}

// label is the label of a division with the guillemet that may open its line.
func (d *Dialect) label(s, l string) string {
	if _, quoted := d.unquoted(s); quoted && !strings.HasPrefix(s, l) {
		return s[:strings.Index(s, l)+len(l)]
	}
	return l
}

func (r *reader) endComponent() {
	if r.at > 0 && r.at <= len(r.in) {
		r.part.Span.End = r.in[r.at-1].span.End
	}
	r.stack, r.host, r.loose = r.stack[:0], nil, false
}

// add puts n under the innermost open division and makes it the host of what follows.
func (r *reader) add(n *Node) {
	if k := len(r.stack); k > 0 {
		up := r.stack[k-1].node
		up.Children = append(up.Children, n)
	} else {
		r.part.Nodes = append(r.part.Nodes, n)
	}
	r.host = n
}

func (r *reader) divide(n *Node, rank int, named bool) {
	v := open{n, rank, r.in[r.at].level, named}
	for k := len(r.stack); k > 0; k-- {
		if o := r.stack[k-1]; !r.markdown && o.rank < rank || r.markdown && !o.closes(v) {
			break
		}
		r.stack = r.stack[:k-1]
	}
	r.add(n)
	r.stack = append(r.stack, v)
	r.loose = false
}

// heading reads a heading without a number. It belongs to the division before
// it that has none, or to the article after it, or begins a division itself.
func (r *reader) heading() {
	l := r.in[r.at]
	if k := len(r.stack); k > 0 && r.host == r.stack[k-1].node && r.host.Heading == "" && len(r.host.Children) == 0 && r.host.Label != "" {
		r.host.Heading, r.host.Span.End = l.text, l.span.End
		r.at++
		return
	}
	if !r.markdown && !isCaps(l.text) && r.class[r.at+1] == articleLine && !r.hasOwnHeading(r.at+1) {
		r.d.note(l.span, "bare-heading", l.text)
		r.at++
		r.article(&l)
		return
	}
	if isCaps(l.text) {
		r.divide(&Node{Kind: Chapter, Heading: l.text, Span: l.span}, chapterRank, false)
	} else {
		r.divide(&Node{Kind: Section, Heading: l.text, Span: l.span}, plainRank, false)
	}
	r.at++
}

// hasOwnHeading reports whether the article at line i has a heading after it.
func (r *reader) hasOwnHeading(i int) bool {
	return i+1 < len(r.in) && r.class[i+1] == bodyLine && r.d.isParen(r.in[i+1].text) && !r.d.isTombstone(r.in[i+1].text)
}

// article reads an article whose head is the current line, under the bare
// heading if there is one.
func (r *reader) article(above *line) {
	l := r.in[r.at]
	h, _ := r.d.readArticle(l.text)
	n := &Node{Kind: Article, Label: h.label, Num: h.num, Span: l.span}
	r.at++
	if r.loose {
		r.stack, r.loose = r.stack[:0], false
	}
	r.add(n)
	if r.at < len(r.in) && (r.class[r.at] == captionLine || r.boldCaption(r.at)) {
		n.Heading, n.Span.End = r.in[r.at].text, r.in[r.at].span.End
		r.d.note(r.in[r.at].span, "caption", n.Heading)
		r.at++
	}
	end := r.bodyEnd(r.at)
	switch {
	case n.Heading != "":
	case above != nil:
		n.Heading, n.Above, n.Span.Start = above.text, true, above.span.Start
	case r.at < end && r.d.isParen(r.in[r.at].text) && r.class[r.at] == bodyLine:
		n.Heading, n.Span.End = r.in[r.at].text, r.in[r.at].span.End
		r.at++
	}
	n.Deleted = r.d.isTombstone(n.Heading) || r.at < end && r.d.isParen(r.in[r.at].text) && r.d.isTombstone(r.in[r.at].text)
	r.body(r.at, end)
	r.at = end
}

// bodyEnd returns the line after the body that begins at line i.
func (r *reader) bodyEnd(i int) int {
	for i < len(r.in) && (r.class[i] == bodyLine || r.class[i] == quotedLine) {
		i++
	}
	return i
}
