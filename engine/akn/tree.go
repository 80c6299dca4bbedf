package akn

import (
	"strings"

	"github.com/asociacija/asociacija/engine/akn/markup"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// maxLevels is how deep provisions nest in an Act; what lies deeper stands side
// by side. IDs grow with every level.
const maxLevels = 32

// maxNumber is how long a number or the name of a component may be, for every
// ID below has it.
const maxNumber = 64

// Act is the text of the document as a tree of provisions: every visible
// character of preface, preamble, body and conclusions in order, notes after
// the provision in which they stand. The documents within it are components.
//
// A provision's Key is its wId, else its eId or xml:id. Its ID is our address,
// for the schemes of eIds are many. Source is the tree printed, and spans are
// places in that. The tree shares nothing with the document.
func (d *Document) Act() *lawtext.Act {
	m := d.Meta()
	a := &lawtext.Act{Title: d.title(), Lang: tagOf(m.Expression.Languages)}
	if k := readKept(d.Main); k != nil {
		k.give(a)
	}
	a.Components = []lawtext.Component{{Nodes: d.nodes()}}
	for _, p := range d.Parts() {
		p.components(a, 0)
	}
	lawtext.Readdress(a)
	for n := range a.All() {
		if n.Key == "" {
			n.Key = n.ID
		}
	}
	a.Source = lawtext.Print(a)
	locate(a)
	if lang := letters(a.Source); lang != "" && a.Lang != lang && !cyrillic[a.Lang] {
		a.Notes = append(a.Notes, lawtext.Note{Key: "language", Text: a.Lang + " is said, the letters are those of " + lang})
		a.Lang = lang
	}
	return a
}

// cyrillic are the languages that are written in both scripts, or in that one.
var cyrillic = map[string]bool{"sr": true, "bs": true, "cnr": true, "mk": true}

// letters is the language whose letters a text has, and no other that we read
// has: đ and ć of the Serbian azbuka, gj and kj of the Macedonian. Empty if it
// has few of them. Documents with a wrong language are common: it is copied.
func letters(text string) string {
	serbian, macedonian := 0, 0
	for _, r := range text {
		switch r {
		case 'ђ', 'Ђ', 'ћ', 'Ћ':
			serbian++
		case 'ѓ', 'Ѓ', 'ќ', 'Ќ', 'ѕ', 'Ѕ':
			macedonian++
		}
	}
	switch {
	case serbian > 10 && macedonian == 0:
		return "sr"
	case macedonian > 10 && serbian == 0:
		return "mk"
	}
	return ""
}

// locate gives provisions their places in the source, which says them in order.
func locate(a *lawtext.Act) {
	at := 0
	find := func(s string) lawtext.Span {
		near := a.Source[at:min(len(a.Source), at+len(s)+256)] // what stands between is marks and line ends
		k := strings.Index(near, s)
		if k < 0 || s == "" {
			return lawtext.Span{Start: at, End: at}
		}
		at += k + len(s)
		return lawtext.Span{Start: at - len(s), End: at}
	}
	var under func(n *lawtext.Node)
	under = func(n *lawtext.Node) {
		own := []string{n.Label, n.Heading, n.Intro}
		if n.Above && n.Kind == lawtext.Article {
			own = []string{n.Heading, n.Label, n.Intro}
		}
		start := -1
		for _, s := range own {
			if span := find(s); start < 0 && s != "" {
				start = span.Start
			}
		}
		if start < 0 {
			start = at
		}
		for _, k := range n.Children {
			under(k)
		}
		find(n.Tail)
		n.Span = lawtext.Span{Start: start, End: at}
	}
	for i := range a.Components {
		c := &a.Components[i]
		c.Span = find(c.Title)
		for _, n := range c.Nodes {
			under(n)
		}
		c.Span.End = at
	}
}

// components adds a document within another, and those within it.
func (d *Document) components(a *lawtext.Act, depth int) {
	c := lawtext.Component{ID: d.slug(), Nodes: d.nodes()}
	if d.holder != nil {
		for _, name := range []string{"num", "heading", "subheading"} {
			c.Title = joined(c.Title, line(plain(d.holder.First(name))))
		}
	}
	a.Components = append(a.Components, c)
	if depth < maxLevels {
		for _, p := range d.Parts() {
			p.components(a, depth+1)
		}
	}
}

// slug is the name of a component: what follows ! in its URI, as
// /akn/si/act/2004-04-24/54/!zxy-b, else the eId of what holds it.
func (d *Document) slug() string {
	name := ""
	if _, rest, ok := strings.Cut(d.Meta().Work.This, "!"); ok {
		name = rest
	} else if d.holder != nil {
		name = idOf(d.holder)
	}
	name = strings.Map(func(r rune) rune {
		if r == '/' || r == '#' || r <= ' ' {
			return '-'
		}
		return r
	}, name)
	if name == "" || name == "main" {
		return "del"
	}
	return short(name, maxNumber)
}

// title is the title that the document itself marks, else the alias that has it.
func (d *Document) title() string {
	for _, part := range []string{"preface", "coverPage"} {
		in := d.Main.First(part)
		for _, name := range []string{"docTitle", "shortTitle", "longTitle"} {
			for e := range in.All() {
				if e.Name == name && line(plain(e)) != "" {
					return line(plain(e))
				}
			}
		}
	}
	for _, a := range d.Meta().Work.Aliases {
		if a.Name == "title" {
			return line(a.Value)
		}
	}
	return ""
}

// nodes are the provisions of this document alone.
func (d *Document) nodes() []*lawtext.Node {
	g := grower{own: d.own, unit: unitOf(d.Main)}
	top := &lawtext.Node{}
	for e := range d.Main.Elements() {
		switch e.Name {
		case "meta":
		case "attachments", "components", "collectionBody":
			for holder := range e.Elements() {
				if !holdsDocument(holder) {
					g.fill(top, holder, place{})
				}
			}
		default:
			g.fill(top, e, place{})
		}
	}
	return top.Children
}

// holdsDocument reports whether an attachment or component is a document of its
// own, and not lines between documents or a reference to one elsewhere.
func holdsDocument(holder *markup.Element) bool {
	for e := range holder.Elements() {
		if documents[e.Name] {
			return true
		}
	}
	return false
}

// unitOf is the element that is the basic unit of a document: articles, or
// sections where there are none, as in common law.
func unitOf(main *markup.Element) string {
	best := len(units)
	for e := range main.All() {
		for i, name := range units[:best] {
			if e.Name == name {
				best = i
			}
		}
	}
	if best == len(units) {
		return "article"
	}
	return units[best]
}

var units = []string{"article", "section", "rule", "clause"}

// A grower makes provisions of elements.
type grower struct {
	own  bool   // Make made the document: every kind has its element
	unit string // the element that is an article
}

// A place is where in the tree an element stands.
type place struct {
	level  int
	within bool // an article
	inner  bool // the element is not the last of its provision
}

func (p place) after(last bool) place {
	p.inner = p.inner || !last
	return p
}

// fill puts what an element holds into a provision. The one without a kind
// holds all others and has no text of its own.
func (g *grower) fill(n *lawtext.Node, e *markup.Element, at place) {
	left := 0
	for range e.Elements() {
		left++
	}
	for _, k := range e.Kids {
		switch k.Sort {
		case markup.Text:
			g.say(n, line(k.Value), nil) // a container should have none, yet some do
		case markup.Child:
			left--
			g.put(n, k.Element, at.after(left == 0))
		}
	}
}

func (g *grower) put(n *lawtext.Node, e *markup.Element, at place) {
	switch {
	case e.Space != NS:
		g.say(n, line(e.String()), nil)
	case e.Name == "num" || e.Name == "heading" || e.Name == "subheading":
		g.head(n, e)
	case e.Name == "wrapUp" || e.Name == "listWrapUp":
		g.wrap(n, e, at)
	case e.Name == "table":
		t := &lawtext.Node{Kind: lawtext.Table, Key: idOf(e), Num: toldNum(e)}
		g.fill(t, e, at.deeper())
		n.Children = append(n.Children, t)
	case e.Name == "tr":
		n.Children = append(n.Children, g.row(e))
	case g.own && e.Get("class") == wrapUpClass && n.Kind != "" && n.Tail == "":
		n.Tail = e.String()
	case blocks[e.Name]:
		g.block(n, e, at)
	case e.Name == "hcontainer" && (e.Get("name") == emptyBody || e.Get("name") == wrapping):
		g.fill(n, e, at)
	case provisions[e.Name] && at.level < maxLevels, headed(e) && n.Kind != "" && at.level < maxLevels:
		n.Children = append(n.Children, g.grow(e, n.Kind, at))
	default:
		g.fill(n, e, at)
	}
}

// line is text on one line. Make writes it as it is.
func (g *grower) line(s string) string {
	if g.own && !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return line(s)
}

// deeper is a place one level down, where everything is the last until told.
func (p place) deeper() place { return place{level: p.level + 1, within: p.within} }

// blocks hold text and what may stand between it.
var blocks = setOf("p block listIntroduction from scene narrative summary tocItem caption crossHeading li foreign docTitle docType docNumber")

// provisions become nodes of their own.
var provisions = setOf(`clause section part paragraph chapter title article book tome division point indent alinea rule subrule proviso
	subsection subpart subparagraph subchapter subtitle subdivision subclause level transitional hcontainer
	item recital citation tblock`)

// headed reports whether a container has a number or heading of its own. One
// without, such as a list, adds nothing to the tree.
func headed(e *markup.Element) bool { return e.First("num") != nil || e.First("heading") != nil }

// grow makes a provision.
func (g *grower) grow(e *markup.Element, up lawtext.Kind, at place) *lawtext.Node {
	n := &lawtext.Node{Key: idOf(e), Deleted: e.Get("status") == "removed"}
	label := g.line(plain(e.First("num")))
	n.Kind = g.kind(e, up, label, at.within)
	at = at.deeper()
	at.within = at.within || n.Kind == lawtext.Article
	g.fill(n, e, at)
	g.headNotes(n, e)
	if n.Num = toldNum(e); n.Num == "" {
		n.Num = numOf(n.Label, e.Get("eId"))
	}
	return n
}

// head gives a provision its label and heading. What comes too late is text.
func (g *grower) head(n *lawtext.Node, e *markup.Element) {
	text := g.line(plain(e))
	switch {
	case text == "":
	case n.Kind == "" || n.Intro != "" || len(n.Children) > 0:
		g.say(n, text, nil)
	case e.Name == "num" && n.Label == "":
		n.Label, n.Above = text, n.Heading != ""
	case e.Name != "num" && len(n.Heading) < 1000: // a subheading, not hundreds
		n.Heading = joined(n.Heading, text)
	default:
		g.say(n, text, nil)
	}
	if n.Kind == "" {
		g.notes(n, e)
	}
}

// wrap makes the end of a provision its wrap-up, if it is one block of text.
func (g *grower) wrap(n *lawtext.Node, e *markup.Element, at place) {
	only := e
	if e.Name == "wrapUp" {
		if only = e.First("p"); only == nil || len(e.Kids) > 1 && moreThan(e, only) {
			g.fill(n, e, at)
			return
		}
	}
	pieces := flow(only)
	if at.inner || n.Kind == "" || n.Tail != "" || len(pieces) != 1 || pieces[0].block != nil {
		g.block(n, only, at)
		return
	}
	n.Tail = g.line(pieces[0].text)
}

func moreThan(e, only *markup.Element) bool {
	for k := range e.Elements() {
		if k != only {
			return true
		}
	}
	return false
}

// block puts the text of a block into a provision, and what interrupts it.
func (g *grower) block(n *lawtext.Node, e *markup.Element, at place) {
	var notes []*markup.Element
	var quote *lawtext.Node
	pieces := flow(e)
	for i, p := range pieces {
		switch {
		case p.block == nil:
			text := g.line(p.text)
			if end := ends(quote); end != nil && isClosing(text) {
				*end += text
			} else {
				g.say(n, text, e)
			}
			quote = nil
		case p.block.Name == "authorialNote":
			notes = append(notes, p.block)
		case quoted[p.block.Name]:
			quote = g.quote(p.block, at)
			n.Children = append(n.Children, quote)
		default:
			g.put(n, p.block, at.after(i == len(pieces)-1))
		}
	}
	for _, k := range notes {
		g.note(n, k, at)
	}
}

// say puts a line of text into a provision: its own if it has none yet.
// E is the block in which it stands, nil if none does.
func (g *grower) say(n *lawtext.Node, text string, e *markup.Element) {
	switch {
	case text == "":
	case n.Intro != "" || len(n.Children) > 0 || silent[n.Kind]:
		n.Children = append(n.Children, &lawtext.Node{Kind: lawtext.Text, Intro: text, Key: idOf(e), Num: toldNum(e)})
	default:
		n.Intro = text
	}
}

// silent are the kinds that have no text of their own: divisions, and what holds
// all provisions.
var silent = map[lawtext.Kind]bool{"": true, lawtext.Part: true, lawtext.Chapter: true, lawtext.Section: true}

// quote makes a payload, with its quotation marks as the text shows them.
func (g *grower) quote(e *markup.Element, at place) *lawtext.Node {
	q := &lawtext.Node{Kind: lawtext.Quote, Key: idOf(e), Num: toldNum(e)}
	in := place{level: at.level + 1}
	if in.level < maxLevels {
		g.fill(q, e, in)
		g.headNotes(q, e)
	} else {
		q.Intro = line(e.String())
	}
	if g.own && e.Get("class") == structured {
		unstructure(q)
	}
	start, end := signs(e)
	first := begins(q)
	*first = start + *first
	if last := ends(q); last != nil {
		*last += end
	}
	return q
}

// unstructure makes provisions lines.
func unstructure(q *lawtext.Node) {
	var lines []string
	for _, k := range q.Children {
		lines = append(lines, k.Lines()...)
	}
	q.Children = nil
	for i, l := range lines {
		if i == 0 {
			q.Intro = l
		} else {
			q.Children = append(q.Children, &lawtext.Node{Kind: lawtext.Text, Intro: l})
		}
	}
}

// headNotes makes the notes within number and headings of a provision, which
// come after all that stands in it.
func (g *grower) headNotes(n *lawtext.Node, e *markup.Element) {
	for k := range e.Elements() {
		if k.Space == NS && (k.Name == "num" || k.Name == "heading" || k.Name == "subheading") {
			g.notes(n, k)
		}
	}
}

// notes makes the notes within a heading.
func (g *grower) notes(n *lawtext.Node, e *markup.Element) {
	for _, p := range flow(e) {
		if p.block != nil && p.block.Name == "authorialNote" {
			g.note(n, p.block, place{level: maxLevels})
		}
	}
}

func (g *grower) note(n *lawtext.Node, e *markup.Element, at place) {
	note := &lawtext.Node{Kind: lawtext.Text, Label: line(e.Get("marker")), Key: idOf(e), Num: toldNum(e)}
	if at.level < maxLevels {
		g.fill(note, e, at.deeper())
	} else {
		note.Intro = line(e.String())
	}
	n.Children = append(n.Children, note)
}

// row is a row of a table. Tabs stand between its cells.
func (g *grower) row(e *markup.Element) *lawtext.Node {
	var cells []string
	for c := range e.Elements() {
		cells = append(cells, flat(c))
	}
	return &lawtext.Node{Kind: lawtext.Row, Intro: strings.Join(cells, "\t"), Key: idOf(e), Num: toldNum(e)}
}

// kind is what a provision is in our tree.
func (g *grower) kind(e *markup.Element, up lawtext.Kind, label string, within bool) lawtext.Kind {
	name := e.Name
	if g.own && name == "tblock" {
		name = e.Get("class")
		for k, words := range elements {
			if string(k) == name {
				name = words[0]
			}
		}
	}
	if g.own && name != "hcontainer" {
		for k, words := range elements {
			if words[0] == name {
				return k
			}
		}
	}
	if name == "hcontainer" {
		name = e.Get("name")
	}
	if e.Name == "hcontainer" || g.own {
		switch k := lawtext.Kind(name); k {
		case lawtext.Annex, lawtext.Text, lawtext.Quote, lawtext.Table, lawtext.Row:
			return k
		case "schedule", "appendix", "attachment":
			return lawtext.Annex
		}
	}
	if name == g.unit {
		return lawtext.Article
	}
	switch name {
	case "article":
		return lawtext.Article
	case "part", "book", "tome", "title":
		return lawtext.Part
	case "chapter", "subpart", "subtitle":
		return lawtext.Chapter
	case "section", "subchapter", "division", "subdivision", "level", "transitional", "crossheading":
		return lawtext.Section
	case "rule", "clause":
		if !within {
			return lawtext.Article
		}
	case "indent":
		return lawtext.Indent
	case "point", "item", "li":
		return item(label)
	case "recital", "citation", "proviso", "tblock":
		return lawtext.Text
	case "paragraph", "alinea", "subparagraph", "subsection", "subrule", "subclause":
	default: // a container of another name
		if within || e.First("content") != nil {
			return lawtext.Text
		}
		return lawtext.Section
	}
	switch up {
	case lawtext.Paragraph, lawtext.Point, lawtext.Indent:
		if label == "" {
			return lawtext.Text
		}
		return item(label)
	}
	return lawtext.Paragraph
}

// item tells a point from an indent by its label.
func item(label string) lawtext.Kind {
	if strings.Trim(label, "-–—−•*·○◦▪■ ") == "" {
		return lawtext.Indent
	}
	return lawtext.Point
}

// idOf is the permanent identifier of an element: wId, else eId, else xml:id.
func idOf(e *markup.Element) string {
	if e == nil {
		return ""
	}
	id := shown(e.Get("wId"), e.Get("eId"))
	for _, a := range e.Attrs {
		if id == "" && a.Name == "id" && a.Space != NS {
			id = a.Value
		}
	}
	if strings.ContainsAny(id, " \t\r\n") {
		return strings.Join(strings.Fields(id), "_") // as it should have been
	}
	return id
}

// toldNum is the number that Make kept because nothing else tells it.
func toldNum(e *markup.Element) string {
	if e != nil {
		for _, a := range e.Attrs {
			if a.Space == Own && a.Name == "num" && len(a.Value) <= maxNumber {
				return a.Value
			}
		}
	}
	return ""
}
