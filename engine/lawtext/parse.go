package lawtext

import (
	"strings"
	"unicode"
)

// Parse reads a statute. It takes any text: what no rule places becomes nodes
// of kind Text, and every guess becomes a note.
func Parse(text string) *Act {
	a := &Act{Source: text}
	var from int
	a.Front, from = front(text)
	in := lines(text, from)
	hang(in)
	r := &reader{act: a, in: in}
	r.quoteTo, a.Notes = quotes(in)
	r.classify()
	a.Components = []Component{{}}
	r.part = &a.Components[0]
	for r.at = 0; r.at < len(in); {
		r.next()
	}
	r.endComponent()
	a.readTitle(in)
	for _, c := range a.Components {
		for _, n := range c.Nodes {
			n.cover()
		}
	}
	number(a)
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
	annexLine
	componentLine
	quotedLine  // part of a payload
	closingLine // date, place, numbers of the case, after which no article goes on; also the introduction of a bill
)

type reader struct {
	act     *Act
	in      []line
	quoteTo []int
	class   []class
	at      int

	part  *Component
	stack []open // divisions that are open, from the outermost
	host  *Node  // the article, annex or division that takes the body lines
	loose bool   // the text after the closing line stands on its own
}

type open struct {
	node *Node
	rank int
}

// classify finds the heads and headings. A numbered or bare heading is believed
// if a chain of headings leads from it to an article.
func (r *reader) classify() {
	r.class = make([]class, len(r.in))
	articles := false
	for i := range r.in {
		if r.class[i] != quotedLine {
			r.class[i] = r.firstClass(i)
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
		default:
			leads = false
		}
	}
	_, title := preamble(r.in)
	for i := range title {
		r.class[i] = bodyLine
	}
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

func (r *reader) firstClass(i int) class {
	s := r.in[i].text
	if _, ok := readArticle(s); ok && (i+1 == len(r.in) || !startsLower(r.in[i+1].text)) {
		return articleLine
	}
	switch {
	case isComponent(s):
		return componentLine
	case isAnnex(s):
		return annexLine
	case isClosing(s):
		return closingLine
	}
	if d, ok := readDivision(s); ok && d.sure {
		return divisionLine
	}
	return bodyLine
}

// chained classifies a line that could be a heading. It leads to an article if
// the line after it does.
func (r *reader) chained(i int, leads, articles bool) class {
	s := r.in[i].text
	if len(s) > 300 || endsText(s) || endsSentence(s) && !isCaps(s) || states(s) {
		return bodyLine
	}
	if i > 0 && r.class[i-1] == divisionLine && startsUpper(s) {
		if d, _ := readDivision(r.in[i-1].text); d.named {
			return headingLine
		}
	}
	follows := i > 0 && r.continuesList(i)
	if d, ok := readDivision(s); ok && !follows && (leads || !articles && len(s) < 160 && d.rank < letterRank) {
		return divisionLine
	}
	if i > 0 && r.class[i-1] == articleLine || !leads {
		return bodyLine
	}
	if isCaps(s) || startsUpper(s) && readMark(s).style == noStyle && articles && !strings.Contains(s, ". (") && len(s) < 200 {
		return headingLine
	}
	return bodyLine
}

// states reports whether s has the verb of a main clause, which no heading has:
// a sentence whose full stop is missing. What headings do have are clauses after
// a comma, as in "Beg osebe, ki ji je vzeta prostost".
func states(s string) bool {
	main, _, _ := strings.Cut(s, ", ")
	for w := range strings.FieldsSeq(main) {
		switch w {
		case "se", "je", "so", "mora", "morajo", "lahko":
			return true
		}
	}
	return false
}

// continuesList reports whether line i has the number after that of the line
// before it, so that both are items of one list.
func (r *reader) continuesList(i int) bool {
	m, p := readMark(r.in[i].text), readMark(r.in[i-1].text)
	return m.style == p.style && follows(p.num, m.num)
}

// acts are the words with which the name of a legal act begins.
var acts = [...]string{"Zakon", "Odločb", "Spremembe", "Uredb", "Pravilnik", "Poslovnik", "Sklep", "Odlok",
	"Popravek", "Kazenski", "Družinski", "Stvarnopravni", "Obligacijski", "Energetski", "Ustavni", "Dopolnitv", "Navodil", "Resolucij", "Odredb", "Statut", "Akt ", "Avtentična"}

// isComponent reports whether s introduces what an amending act left behind:
// "Zakon o … – ZUJIK-G (Uradni list RS, št. 61/17) vsebuje naslednje … določbe: »".
func isComponent(s string) bool {
	body := strings.TrimRight(s, "» ")
	if !strings.HasSuffix(body, ":") || len(s) > 1500 || !strings.Contains(s, "(Uradni ") {
		return false
	}
	named := false
	for _, w := range acts {
		named = named || strings.HasPrefix(s, w)
	}
	if !named {
		return false
	}
	for _, w := range [...]string{"vsebuje", "določa", "spreminja", "spremeni", "dopolnjuje", "razveljavlja", "ugotavlja", "se glasi"} {
		if strings.Contains(body[strings.Index(s, "(Uradni "):], w) {
			return true
		}
	}
	return false
}

func isAnnex(s string) bool {
	rest, ok := strings.CutPrefix(s, "Priloga")
	if !ok {
		rest, ok = strings.CutPrefix(s, "PRILOGA")
	}
	if !ok || len(s) > 200 || rest != "" && rest[0] != ' ' && rest[0] != ':' {
		return false
	}
	if rest == "" || rest[0] == ':' {
		return true
	}
	return annexNumber(s) != ""
}

// annexNumber reads the number of "Priloga 1", "Priloga II", "Priloga A".
func annexNumber(s string) string {
	_, rest, _ := strings.Cut(s, " ")
	first, _, _ := strings.Cut(rest, " ")
	first = strings.TrimRight(first, ":.–-")
	if _, ok := roman(first); ok || isNumber(first) || isLetters(first, unicode.IsUpper, 1) {
		return first
	}
	return ""
}

func isClosing(s string) bool {
	if len(s) > 120 {
		return false
	}
	for _, w := range [...]string{"Št. ", "EVA ", "EPA ", "Ljubljana, ", "V Ljubljani, "} {
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
			c.ID = slug(l.text)
		}
		r.act.Components = append(r.act.Components, c)
		r.part = &r.act.Components[len(r.act.Components)-1]
		r.at++
	case divisionLine:
		d, _ := readDivision(l.text)
		r.divide(&Node{Kind: d.kind, Label: label(l.text, d.label), Num: d.num, Heading: d.heading, Span: l.span}, d.rank)
		r.at++
	case headingLine:
		r.heading()
	case articleLine:
		r.article(nil)
	case annexLine:
		r.stack = r.stack[:0]
		r.add(&Node{Kind: Annex, Label: l.text, Num: annexNumber(l.text), Span: l.span})
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
func label(s, l string) string {
	if strings.HasPrefix(s, "»") && !strings.HasPrefix(l, "»") {
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

func (r *reader) divide(n *Node, rank int) {
	for k := len(r.stack); k > 0 && r.stack[k-1].rank >= rank; k-- {
		r.stack = r.stack[:k-1]
	}
	r.add(n)
	r.stack = append(r.stack, open{n, rank})
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
	if !isCaps(l.text) && r.class[r.at+1] == articleLine && !r.hasOwnHeading(r.at+1) {
		r.at++
		r.article(&l)
		return
	}
	if isCaps(l.text) {
		r.divide(&Node{Kind: Chapter, Heading: l.text, Span: l.span}, chapterRank)
	} else {
		r.divide(&Node{Kind: Section, Heading: l.text, Span: l.span}, plainRank)
	}
	r.at++
}

// hasOwnHeading reports whether the article at line i has a heading after it.
func (r *reader) hasOwnHeading(i int) bool {
	return i+1 < len(r.in) && r.class[i+1] == bodyLine && isParen(r.in[i+1].text) && !isTombstone(r.in[i+1].text)
}

// article reads an article whose head is the current line, under the bare
// heading if there is one.
func (r *reader) article(above *line) {
	l := r.in[r.at]
	h, _ := readArticle(l.text)
	n := &Node{Kind: Article, Label: h.label, Num: h.num, Span: l.span}
	r.at++
	if r.loose {
		r.stack, r.loose = r.stack[:0], false
	}
	r.add(n)
	end := r.bodyEnd(r.at)
	switch {
	case above != nil:
		n.Heading, n.Above, n.Span.Start = above.text, true, above.span.Start
	case r.at < end && isParen(r.in[r.at].text) && r.class[r.at] == bodyLine:
		n.Heading, n.Span.End = r.in[r.at].text, r.in[r.at].span.End
		r.at++
	}
	n.Deleted = isTombstone(n.Heading) || r.at < end && isParen(r.in[r.at].text) && isTombstone(r.in[r.at].text)
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
