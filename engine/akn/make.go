package akn

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/akn/markup"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// emptyBody names the provision without text that a body must have when all
// the text of the act stands before or after it.
const emptyBody = "empty"

// wrapping names a provision that only gives a quotation or a table a place
// among provisions.
const wrapping = "block"

// structured is the class of a payload whose lines were read as provisions. In
// the tree it is lines again.
const structured = "provisions"

// wrapUpClass is the class of a wrap-up where only blocks may stand.
const wrapUpClass = "wrapup"

// Make makes a document of a tree: an act, or the bill, amendment, doc or
// statement that the URI of the work says it is. Components of the tree are
// attachments. What the act changes in others goes into the metadata and is
// marked in the text.
//
// Every provision has an eId by the naming convention, which for articles,
// paragraphs, points and indents is their address; where its Key is another,
// that is its wId.
func Make(a *lawtext.Act, m Meta, changes ...Change) *Document {
	kind := m.kind()
	mk := maker{lang: a.Lang, ids: map[string]int{}, marks: marksOf(a, changes), counted: map[*lawtext.Node]string{}, written: map[string]bool{}}
	for _, c := range a.Components {
		mk.count(c.Nodes)
	}
	main := markup.New(NS, kind, "name", m.name(), "contains", m.contains())
	var first []*lawtext.Node
	if len(a.Components) > 0 {
		first = a.Components[0].Nodes
	}
	parts := mk.parts(kind, first, "", a.Title)
	if len(a.Components) > 1 {
		attachments := markup.New(NS, "attachments")
		for i, c := range a.Components[1:] {
			attachments.Add(mk.attachment(c, m, i+1))
		}
		parts = append(parts, attachments)
	}
	active, lost := mk.active(changes)
	m.Active = slices.Concat(m.Active, active)
	meta := m.element()
	own := markup.New(NS, "proprietary", "source", m.source()).Add(keep(a).element())
	own.Add(mk.operations(changes)...)
	main.Add(meta.Add(own)).Add(parts...)
	root := markup.New(NS, "akomaNtoso").Add(main)
	root.Binds = []markup.Bind{{Prefix: "law", Space: Own}}
	indent(root, 0)
	return &Document{Version: "3.0", Tree: &markup.Tree{Root: root}, Main: main, Lost: append(unsayable(a), lost...), own: true}
}

// unsayable are the characters of an act that XML cannot say. U+FFFD stands for
// them.
func unsayable(a *lawtext.Act) []Loss {
	count := map[rune]int{}
	see := func(texts ...string) {
		for _, s := range texts {
			for i, r := range s {
				if !markup.Allowed(r) || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
					count[r]++
				}
			}
		}
	}
	see(a.Title, a.Short, a.Front)
	for _, c := range a.Components {
		see(c.Title)
	}
	for n := range a.All() {
		see(n.Label, n.Heading, n.Intro, n.Tail)
	}
	var out []Loss
	for _, r := range slices.Sorted(maps.Keys(count)) {
		out = append(out, Loss{What: "character", Name: fmt.Sprintf("%U", r), Many: count[r]})
	}
	return out
}

type maker struct {
	lang    string
	within  bool // a payload that is written as provisions
	ids     map[string]int
	marks   map[*lawtext.Node][]*mark
	counted map[*lawtext.Node]string // the count among its kind
	written map[string]bool          // eIds of modifications
}

// parts are preface, body and conclusions. Lines without a place of their own
// before the first provision are the preface, those after the last one the
// conclusions.
func (mk *maker) parts(kind string, nodes []*lawtext.Node, prefix, title string) []*markup.Element {
	from, to := 0, len(nodes)
	for from < to && isLine(nodes[from]) {
		from++
	}
	for to > from && isLine(nodes[to-1]) {
		to--
	}
	body, content := bodyOf(kind)
	out := []*markup.Element{body}
	if from > 0 {
		preface := markup.New(NS, "preface")
		for _, n := range nodes[:from] {
			preface.Add(mk.titled(n, title, mk.id(prefix+"preface__p", "")))
		}
		out = []*markup.Element{preface, body}
	}
	for _, n := range nodes[from:to] {
		if kind == "amendment" && mk.isText(n) {
			content.Add(mk.block(n, prefix+"content"))
		} else if kind == "amendment" {
			content.Add(mk.titledBlock(n, prefix, prefix))
		} else {
			content.Add(mk.provision(n, prefix, prefix))
		}
	}
	switch {
	case from < to:
	case kind == "amendment":
		content.Add(markup.New(NS, "p"))
	default:
		id := mk.id(prefix+"hcontainer", "")
		content.Add(markup.New(NS, "hcontainer", "name", emptyBody, "eId", id).Add(markup.New(NS, "content", "eId", id+"__content").Add(markup.New(NS, "p"))))
	}
	if to < len(nodes) {
		conclusions := markup.New(NS, "conclusions")
		for _, n := range nodes[to:] {
			conclusions.Add(mk.line(n, mk.id(prefix+"conclusions__p", "")))
		}
		out = append(out, conclusions)
	}
	return out
}

// bodyOf is the element that holds the provisions, and the one in it where they
// stand.
func bodyOf(kind string) (body, content *markup.Element) {
	switch kind {
	case "amendment":
		content = markup.New(NS, "amendmentContent")
		return markup.New(NS, "amendmentBody").Add(content), content
	case "act", "bill":
		body = markup.New(NS, "body")
	default:
		body = markup.New(NS, "mainBody")
	}
	return body, body
}

// titledBlock makes the element of a provision where only blocks may stand: the
// content of an amendment. Its class is the kind.
func (mk *maker) titledBlock(n *lawtext.Node, under, document string) *markup.Element {
	word := string(n.Kind)
	if w, ok := elements[n.Kind]; ok {
		word = w[1]
	}
	e := markup.New(NS, "tblock", "class", string(n.Kind))
	id := mk.start(e, word, n, under, document)
	p := markup.New(NS, "p")
	mod := mk.say(p, n, id)
	kids := n.Children
	for len(kids) > 0 && mk.isText(kids[0]) && kids[0].Kind == lawtext.Quote {
		mod = mk.payload(p, mod, n, kids[0], id)
		kids = kids[1:]
	}
	if len(p.Kids) > 0 || len(kids) == 0 && n.Tail == "" {
		e.Add(p)
	}
	for _, k := range kids {
		if mk.isText(k) && len(e.Kids) > 0 && (n.Intro != "" || !isLine(k)) {
			e.Add(mk.block(k, id))
		} else {
			e.Add(mk.titledBlock(k, id+"__", document))
		}
	}
	if n.Tail != "" {
		e.Add(markup.New(NS, "p", "class", wrapUpClass).Say(n.Tail))
	}
	return e
}

// isLine reports whether a provision is no more than a line of text.
func isLine(n *lawtext.Node) bool {
	return n.Kind == lawtext.Text && n.Label == "" && n.Heading == "" && n.Tail == "" && n.Intro != "" && !n.Deleted && len(n.Children) == 0
}

func (mk *maker) line(n *lawtext.Node, id string) *markup.Element {
	return mk.identified(markup.New(NS, "p"), id, n).Say(n.Intro)
}

// titled is a line of the preface, marked if it is the beginning or the end of
// the title: "Z A K O N", "O DRUŠTVIH (ZDru-1)".
func (mk *maker) titled(n *lawtext.Node, title, id string) *markup.Element {
	squeezed := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	says, _, _ := strings.Cut(n.Intro, " (")
	whole, part := squeezed(title), squeezed(says)
	p := mk.identified(markup.New(NS, "p"), id, n)
	switch {
	case part != "" && strings.HasSuffix(whole, part):
		return p.Add(markup.New(NS, "docTitle").Say(n.Intro))
	case part != "" && strings.HasPrefix(whole, part):
		return p.Add(markup.New(NS, "docType").Say(n.Intro))
	}
	return p.Say(n.Intro)
}

// attachment is what an amending act left behind: a document of its own.
func (mk *maker) attachment(c lawtext.Component, m Meta, i int) *markup.Element {
	id := "att_" + strconv.Itoa(i)
	e := markup.New(NS, "attachment", "eId", id)
	if c.Title != "" {
		e.Add(markup.New(NS, "heading", "eId", id+"__heading").Say(c.Title))
	}
	act := markup.New(NS, "act", "name", "transitional", "contains", "originalVersion").Add(m.part(c.ID).element())
	return e.Add(act.Add(mk.parts("act", c.Nodes, id+"__", "")...))
}

// elements of the kinds, and the words of their eIds by the naming convention.
var elements = map[lawtext.Kind][2]string{
	lawtext.Part: {"part", "part"}, lawtext.Chapter: {"chapter", "chp"}, lawtext.Section: {"section", "sec"},
	lawtext.Article: {"article", "art"}, lawtext.Paragraph: {"paragraph", "para"}, lawtext.Point: {"point", "point"},
	lawtext.Indent: {"indent", "indent"},
}

// provision makes the element of a provision. Articles are counted through the
// whole document, all others under the provision in which they stand.
func (mk *maker) provision(n *lawtext.Node, under, document string) *markup.Element {
	word, named := elements[n.Kind]
	if !named {
		word = [2]string{"hcontainer", string(n.Kind)}
	}
	if n.Kind != lawtext.Text && mk.isText(n) {
		id := mk.id(under+"hcontainer", "")
		content := markup.New(NS, "content", "eId", id+"__content").Add(mk.block(n, id))
		return markup.New(NS, "hcontainer", "name", wrapping, "eId", id).Add(content)
	}
	e := markup.New(NS, word[0])
	if !named {
		e.Set("name", string(n.Kind))
	}
	mk.fill(e, n, mk.start(e, word[1], n, under, document), document)
	return e
}

// start gives the element of a provision its identifiers, state, number and
// heading. It returns the eId.
func (mk *maker) start(e *markup.Element, word string, n *lawtext.Node, under, document string) string {
	if n.Kind == lawtext.Article {
		under = document
	}
	id := mk.id(under+word, number(n))
	keyed(e, id, n.Key)
	if n.Num != "" && numOf(n.Label, id) != n.Num {
		numbered(e, n.Num)
	}
	if n.Deleted {
		e.Set("status", "removed")
	}
	mk.head(e, n, id)
	return id
}

func keyed(e *markup.Element, id, key string) {
	e.Set("eId", id)
	if key = strings.Join(strings.Fields(key), "_"); key != "" && key != id {
		e.Set("wId", key)
	}
}

// numbered keeps a number that neither label nor eId tells.
func numbered(e *markup.Element, num string) {
	e.Attrs = append(e.Attrs, markup.Attr{Space: Own, Prefix: "law", Name: "num", Value: num})
}

// identified gives a line, quotation, table or row its identifiers. Its number
// is the count of its kind, but for one whose neighbours an amendment took.
func (mk *maker) identified(e *markup.Element, id string, n *lawtext.Node) *markup.Element {
	keyed(e, id, n.Key)
	if n.Num != "" && n.Num != mk.counted[n] {
		numbered(e, n.Num)
	}
	return e
}

// count counts provisions among their kind.
func (mk *maker) count(nodes []*lawtext.Node) {
	kinds := map[lawtext.Kind]int{}
	for _, n := range nodes {
		kinds[n.Kind]++
		mk.counted[n] = strconv.Itoa(kinds[n.Kind])
		mk.count(n.Children)
	}
}

func (mk *maker) head(e *markup.Element, n *lawtext.Node, id string) {
	heading := func() {
		if n.Heading != "" {
			e.Add(markup.New(NS, "heading", "eId", id+"__heading").Say(n.Heading))
		}
	}
	if n.Above {
		heading()
	}
	if n.Label != "" {
		e.Add(markup.New(NS, "num").Say(n.Label))
	}
	if !n.Above {
		heading()
	}
}

// fill writes what a provision says and what stands under it: a content, or an
// introduction, provisions and a wrap-up.
func (mk *maker) fill(e *markup.Element, n *lawtext.Node, id, document string) {
	own := 0 // so many children are lines, quotations and notes of the introduction
	for own < len(n.Children) && (own > 0 || n.Intro != "" || n.Children[own].Kind == lawtext.Quote) {
		k := n.Children[own]
		noted := isNote(k) && (own == 0 || n.Children[own-1].Kind != lawtext.Table)
		if !noted && !mk.isText(k) {
			break
		}
		own++
	}
	if own == len(n.Children) && n.Tail == "" {
		e.Add(mk.text(markup.New(NS, "content", "eId", id+"__content"), n, own, id))
		return
	}
	if n.Intro != "" || own > 0 {
		e.Add(mk.text(markup.New(NS, "intro", "eId", id+"__intro"), n, own, id))
	}
	for _, k := range n.Children[own:] {
		e.Add(mk.provision(k, id+"__", document))
	}
	if n.Tail != "" {
		e.Add(markup.New(NS, "wrapUp", "eId", id+"__wrapup").Add(markup.New(NS, "p").Say(n.Tail)))
	}
}

// isText reports whether a provision can stand among the blocks of a text.
func (mk *maker) isText(n *lawtext.Node) bool {
	return isLine(n) || n.Kind == lawtext.Quote && !n.Deleted && n.Label == "" && n.Heading == "" && n.Tail == "" || n.Kind == lawtext.Table && isTable(n)
}

// text writes the introduction of a provision and the first children, which
// are lines, quotations and tables.
func (mk *maker) text(e *markup.Element, n *lawtext.Node, own int, id string) *markup.Element {
	p := markup.New(NS, "p")
	mods := mk.say(p, n, id)
	kids := n.Children[:own]
	for len(kids) > 0 && kids[0].Kind == lawtext.Quote {
		mods = mk.payload(p, mods, n, kids[0], id)
		kids = kids[1:]
	}
	e.Add(p)
	for _, k := range kids {
		if isNote(k) {
			p.Add(mk.note(k, id))
			continue
		}
		p = mk.block(k, id)
		e.Add(p)
	}
	return e
}

// isNote reports whether a provision is a footnote: a line with a mark, as
// reading makes one of an authorialNote.
func isNote(n *lawtext.Node) bool {
	for _, k := range n.Children {
		if !isLine(k) {
			return false
		}
	}
	return n.Kind == lawtext.Text && n.Label != "" && len(n.Label) < 9 && strings.Trim(n.Label, "0123456789*†‡[]") == "" &&
		n.Heading == "" && n.Intro != "" && n.Tail == "" && !n.Deleted
}

// note writes a footnote into the block before it.
func (mk *maker) note(n *lawtext.Node, under string) *markup.Element {
	id := mk.id(under+"__note", "")
	e := mk.identified(markup.New(NS, "authorialNote", "marker", n.Label), id, n).Add(markup.New(NS, "p").Say(n.Intro))
	for _, k := range n.Children {
		e.Add(mk.line(k, mk.id(id+"__p", "")))
	}
	return e
}

// payload writes a quotation at the end of the mod that announces it, or of a
// new one. It returns that.
func (mk *maker) payload(p, mod *markup.Element, n, quote *lawtext.Node, id string) *markup.Element {
	if mod == nil {
		mod = markup.New(NS, "mod", "eId", mk.id(id+"__mod", ""))
		p.Add(mod)
	}
	whole := mk.quote(mod, quote)
	if marks := mk.marks[n]; len(marks) > 0 {
		marks[len(marks)-1].payload = append(marks[len(marks)-1].payload, whole)
	}
	return mod
}

// block writes a child that is a line, a quotation or a table.
func (mk *maker) block(n *lawtext.Node, id string) *markup.Element {
	switch n.Kind {
	case lawtext.Quote:
		mod := markup.New(NS, "mod", "eId", mk.id(id+"__mod", ""))
		mk.quote(mod, n)
		return markup.New(NS, "p").Add(mod)
	case lawtext.Table:
		return mk.table(n, mk.id(id+"__table", ""))
	}
	return mk.line(n, mk.id(id+"__text", number(n)))
}

// quote writes a payload at the end of a mod. Its signs become attributes, what
// follows the last one stands after it. It returns the payload's eId.
func (mk *maker) quote(mod *markup.Element, quote *lawtext.Node) (id string) {
	id = mk.id(mod.Get("eId")+"__qstr", "")
	n := mk.copied(quote)
	first := begins(n)
	open := openQuote(*first)
	*first = strings.TrimPrefix(*first, open)
	last := ends(n)
	shut, after := closeQuote(*last)
	*last = strings.TrimSuffix(*last, shut+after)
	q := mk.identified(markup.New(NS, "quotedStructure"), id, n)
	if open != "" {
		q.Set("startQuote", open)
	}
	if open != shut {
		q.Set("endQuote", shut) // without it, endQuote would be startQuote
	}
	if nodes := mk.provisions(n); nodes != nil {
		q.Set("class", structured)
		mk.within = true
		for _, k := range nodes {
			q.Add(mk.provision(k, id+"__", id+"__"))
		}
		mk.within = false
		mod.Add(q).Say(after)
		return id
	}
	if n.Intro != "" || len(n.Children) == 0 {
		q.Add(markup.New(NS, "p").Say(n.Intro))
	}
	for i, k := range n.Children {
		if isLine(k) && (i > 0 || n.Intro != "") {
			q.Add(mk.line(k, mk.id(id+"__p", "")))
		} else {
			q.Add(mk.provision(k, id+"__", id+"__"))
		}
	}
	mod.Add(q).Say(after)
	return id
}

// provisions are what the lines of a payload are: "5.a člen", "(roj)" and so on
// an article. Nil if the lines are none, or others than those of the provisions.
func (mk *maker) provisions(n *lawtext.Node) []*lawtext.Node {
	if n.Intro == "" || mk.within {
		return nil // a payload in a payload stays lines, lest one is read without end
	}
	for _, k := range n.Children {
		if !isLine(k) || k.Key != "" && k.Key != k.ID || k.Num != "" && k.Num != mk.counted[k] {
			return nil
		}
	}
	lines := n.Lines()
	read := lawtext.ParseIn(mk.lang, strings.Join(lines, "\n\n"))
	if len(read.Components) != 1 {
		return nil
	}
	var again []string
	nodes := read.Components[0].Nodes
	for _, k := range nodes {
		if again = append(again, k.Lines()...); k.Kind == lawtext.Text || k.Kind == lawtext.Quote {
			return nil
		}
	}
	if !slices.Equal(again, lines) {
		return nil
	}
	for k := range read.All() {
		k.Key = ""
	}
	mk.count(nodes)
	return nodes
}

func (mk *maker) copied(n *lawtext.Node) *lawtext.Node {
	c := *n
	mk.counted[&c] = mk.counted[n]
	c.Children = make([]*lawtext.Node, len(n.Children))
	for i, k := range n.Children {
		c.Children[i] = mk.copied(k)
	}
	return &c
}

// isTable reports whether a table is made of rows alone.
func isTable(n *lawtext.Node) bool {
	for _, r := range n.Children {
		if r.Kind != lawtext.Row || r.Label != "" || r.Heading != "" || r.Tail != "" || r.Deleted || len(r.Children) > 0 {
			return false
		}
	}
	return len(n.Children) > 0 && n.Label == "" && n.Heading == "" && n.Intro == "" && n.Tail == "" && !n.Deleted
}

// table writes a table. Its cells stand between tabs.
func (mk *maker) table(n *lawtext.Node, id string) *markup.Element {
	e := mk.identified(markup.New(NS, "table"), id, n)
	for _, r := range n.Children {
		tr := mk.identified(markup.New(NS, "tr"), mk.id(id+"__tr", ""), r)
		for cell := range strings.SplitSeq(r.Intro, "\t") {
			tr.Add(markup.New(NS, "td").Add(markup.New(NS, "p").Say(cell)))
		}
		e.Add(tr)
	}
	return e
}

// number is the number of a provision as eIds have it. One that is only counted
// is told from a printed one where another may have that.
func number(n *lawtext.Node) string {
	num := strings.Join(strings.Fields(addressed(n.Num)), "-")
	switch n.Kind {
	case lawtext.Part, lawtext.Chapter, lawtext.Section:
		if n.Label == "" && num != "" {
			return "x" + num
		}
	}
	return num
}

// id is an eId that is free: the word with the number, or with the next one if
// it has none. One that is taken gets ~2, as our addresses do.
func (mk *maker) id(word, num string) string {
	if num == "" {
		mk.ids[word]++
		num = strconv.Itoa(mk.ids[word])
	}
	id := word + "_" + num
	if mk.ids["#"+id]++; mk.ids["#"+id] > 1 {
		for k := mk.ids["#"+id]; ; k++ {
			if next := id + "~" + strconv.Itoa(k); mk.ids["#"+next] == 0 {
				mk.ids["#"+next]++
				return next
			}
		}
	}
	return id
}

// openQuote is the sign with which a quotation begins, closeQuote the one with
// which it ends and what punctuation follows that.
func openQuote(s string) string {
	for _, sign := range []string{"»", "„", "“", "«", "\""} {
		if rest, ok := strings.CutPrefix(s, sign); ok && rest != "" && rest[0] != ' ' {
			return sign
		}
	}
	return ""
}

func closeQuote(s string) (sign, after string) {
	body := strings.TrimRight(s, ".,;:")
	for _, sign := range []string{"«", "“", "”", "»", "\""} {
		if rest, ok := strings.CutSuffix(body, sign); ok && rest != "" && rest[len(rest)-1] != ' ' {
			return sign, s[len(body):]
		}
	}
	return "", ""
}

// indent puts elements that hold no text on lines of their own.
func indent(e *markup.Element, depth int) {
	if len(e.Kids) == 0 || depth > 64 {
		return
	}
	for _, k := range e.Kids {
		if k.Sort == markup.Text || inlines[k.Element.Name] {
			return
		}
	}
	pad := "\n" + strings.Repeat(" ", depth+1)
	kids := make([]markup.Node, 0, 2*len(e.Kids)+1)
	for _, k := range e.Kids {
		kids = append(kids, markup.Node{Sort: markup.Text, Value: pad}, k)
		indent(k.Element, depth+1)
	}
	e.Kids = append(kids, markup.Node{Sort: markup.Text, Value: "\n" + strings.Repeat(" ", depth)})
}

var inlines = setOf("mod quotedText quotedStructure docTitle docType ref authorialNote")
