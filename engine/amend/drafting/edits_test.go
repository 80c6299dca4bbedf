package drafting_test

import (
	"fmt"
	"math/rand"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// An editor makes random changes of a statute, as people make them and as they
// do not: the adversary of the writer.
type editor struct {
	*rand.Rand
	act *lawtext.Act
}

// edited is a copy of an act with some random changes, read from its print.
func edited(rng *rand.Rand, a *lawtext.Act, changes int) (*lawtext.Act, []string) {
	e := editor{rng, lawtext.Parse(lawtext.Print(a))}
	var log []string
	for range changes {
		what := edits[rng.Intn(len(edits))]
		if what.do(e) {
			log = append(log, what.name)
		}
	}
	return lawtext.Parse(lawtext.Print(e.act)), log
}

var edits = []struct {
	name string
	do   func(editor) bool
}{
	{"word", editor.word}, {"word", editor.word}, {"words", editor.words}, {"drop words", editor.drop}, {"repeat a word", editor.repeat},
	{"number", editor.number}, {"quotation", editor.quotation}, {"sentence", editor.sentence}, {"drop sentence", editor.dropSentence},
	{"rewrite", editor.rewrite}, {"delete item", editor.deleteItem}, {"delete item", editor.deleteItem}, {"insert item", editor.insertItem}, {"insert item", editor.insertItem},
	{"twin item", editor.twinItem}, {"swap items", editor.swapItems}, {"tombstone item", editor.tombItem}, {"revive", editor.revive},
	{"heading", editor.heading}, {"no heading", editor.noHeading}, {"delete article", editor.deleteArticle}, {"tombstone article", editor.tombArticle},
	{"insert article", editor.insertArticle}, {"insert article", editor.insertArticle}, {"insert and count anew", editor.insertAndCount}, {"swap articles", editor.swapArticles},
	{"division", editor.division}, {"new division", editor.newDivision}, {"delete division", editor.deleteDivision}, {"text outside", editor.outside},
	{"annex", editor.annex}, {"component", editor.component}, {"appended", editor.appended}, {"list in list", editor.listInList}, {"abbreviation", editor.abbreviation},
}

var vocabulary = strings.Fields("čebela panj roj travnik med vosek satje čebelar trot matica cvet medenje 12. 20.000 14.a npr. in ali ter razen zakon člena")

func (e editor) some(n int) string {
	var w []string
	for range n {
		w = append(w, vocabulary[e.Intn(len(vocabulary))])
	}
	return strings.Join(w, " ")
}

func (e editor) phrase() string { return "Novo " + e.some(3+e.Intn(8)) + " velja." }

// node picks a provision for which ok holds, anywhere in the act.
func (e editor) node(ok func(*lawtext.Node) bool) *lawtext.Node {
	var all []*lawtext.Node
	for n := range e.act.All() {
		if ok(n) {
			all = append(all, n)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[e.Intn(len(all))]
}

// text picks the own text of a provision.
func (e editor) text() *string {
	n := e.node(func(n *lawtext.Node) bool { return len(strings.Fields(n.Intro)) > 3 })
	if n == nil {
		return nil
	}
	if n.Tail != "" && e.Intn(3) == 0 {
		return &n.Tail
	}
	return &n.Intro
}

func (e editor) onWords(do func(w []string) []string) bool {
	s := e.text()
	if s == nil {
		return false
	}
	w := strings.Fields(*s)
	if len(w) < 3 {
		return false
	}
	*s = strings.Join(do(w), " ")
	return true
}

func (e editor) word() bool {
	return e.onWords(func(w []string) []string { w[e.Intn(len(w))] = e.some(1); return w })
}

func (e editor) words() bool {
	return e.onWords(func(w []string) []string {
		i := e.Intn(len(w))
		return append(append(append([]string{}, w[:i]...), e.some(1+e.Intn(6))), w[i:]...)
	})
}

func (e editor) drop() bool {
	return e.onWords(func(w []string) []string {
		i := 1 + e.Intn(len(w)-1)
		return append(append([]string{}, w[:i]...), w[min(len(w), i+1+e.Intn(4)):]...)
	})
}

func (e editor) repeat() bool {
	return e.onWords(func(w []string) []string {
		i, k := e.Intn(len(w)), e.Intn(len(w))
		w[i] = strings.Trim(w[k], ".,;:()")
		return w
	})
}

func (e editor) number() bool {
	n := e.node(func(n *lawtext.Node) bool { return strings.ContainsAny(n.Intro, "0123456789") })
	if n == nil {
		return false
	}
	i := strings.IndexAny(n.Intro, "0123456789")
	n.Intro = n.Intro[:i] + strconv.Itoa(e.Intn(9)) + n.Intro[i+1:]
	return true
}

func (e editor) quotation() bool {
	forms := []string{"»%s«", "»%s »%s« %s«", "(%s)", "„%s“", "»%s", "%s«"}
	return e.onWords(func(w []string) []string {
		i := e.Intn(len(w))
		f := forms[e.Intn(len(forms))]
		args := make([]any, strings.Count(f, "%s"))
		for k := range args {
			args[k] = e.some(1)
		}
		return append(append(append([]string{}, w[:i]...), fmt.Sprintf(f, args...)), w[i:]...)
	})
}

func (e editor) sentence() bool {
	s := e.text()
	if s == nil || !strings.HasSuffix(*s, ".") {
		return false
	}
	if i := strings.Index(*s, ". "); i > 0 && e.Intn(2) == 0 {
		*s = (*s)[:i+2] + e.phrase() + " " + (*s)[i+2:]
	} else {
		*s += " " + e.phrase()
	}
	return true
}

func (e editor) dropSentence() bool {
	n := e.node(func(n *lawtext.Node) bool { return strings.Count(n.Intro, ". ") > 0 })
	if n == nil {
		return false
	}
	n.Intro = n.Intro[strings.Index(n.Intro, ". ")+2:]
	return true
}

func (e editor) rewrite() bool {
	s := e.text()
	if s == nil {
		return false
	}
	*s = e.phrase()
	return true
}

func (e editor) abbreviation() bool {
	return e.onWords(func(w []string) []string {
		i := e.Intn(len(w))
		return append(append(append([]string{}, w[:i]...), "npr. d. o. o., št. 5/12, 3. t. m."), w[i:]...)
	})
}

// list picks a provision with items.
func (e editor) list() *lawtext.Node {
	return e.node(func(n *lawtext.Node) bool {
		return len(n.Children) > 1 && (n.Kind == lawtext.Article || n.Kind == lawtext.Paragraph || n.Kind == lawtext.Point)
	})
}

// count numbers the items of a list anew, mostly.
func (e editor) count(n *lawtext.Node) {
	if e.Intn(5) == 0 {
		return
	}
	at := 0
	for _, c := range n.Children {
		if _, err := strconv.Atoi(c.Num); err != nil || c.Kind == lawtext.Indent || c.Kind == lawtext.Text {
			continue
		}
		at++
		c.Label = strings.Replace(c.Label, c.Num, strconv.Itoa(at), 1)
		c.Num = strconv.Itoa(at)
	}
}

func (e editor) deleteItem() bool {
	n := e.list()
	if n == nil {
		return false
	}
	i := e.Intn(len(n.Children))
	n.Children = append(append([]*lawtext.Node{}, n.Children[:i]...), n.Children[i+1:]...)
	e.count(n)
	return true
}

func (e editor) put(n *lawtext.Node, i int, c *lawtext.Node) {
	n.Children = append(append(append([]*lawtext.Node{}, n.Children[:i]...), c), n.Children[i:]...)
	e.count(n)
}

func (e editor) insertItem() bool {
	n := e.list()
	if n == nil {
		return false
	}
	i := e.Intn(len(n.Children))
	c := *n.Children[i]
	c.Children, c.Tail, c.Intro, c.Deleted, c.Heading = nil, "", e.phrase(), false, ""
	if c.Kind == lawtext.Indent || c.Kind == lawtext.Point {
		c.Intro = e.some(4) + ","
	}
	e.put(n, i+e.Intn(2), &c)
	return true
}

func (e editor) twinItem() bool {
	n := e.list()
	if n == nil {
		return false
	}
	i := e.Intn(len(n.Children))
	c := *n.Children[i]
	e.put(n, i+1, &c)
	return true
}

func (e editor) swapItems() bool {
	n := e.list()
	if n == nil {
		return false
	}
	i, k := e.Intn(len(n.Children)), e.Intn(len(n.Children))
	n.Children[i], n.Children[k] = n.Children[k], n.Children[i]
	e.count(n)
	return true
}

func (e editor) tombItem() bool {
	n := e.list()
	if n == nil {
		return false
	}
	c := n.Children[e.Intn(len(n.Children))]
	if c.Label == "" || c.Kind == lawtext.Indent {
		return false
	}
	c.Intro, c.Children, c.Tail = []string{"(črtan)", "(črtana)", "(prenehal veljati)", "(razveljavljen)"}[e.Intn(4)], nil, ""
	return true
}

func (e editor) revive() bool {
	n := e.node(func(n *lawtext.Node) bool { return n.Deleted })
	if n == nil {
		return false
	}
	if n.Kind == lawtext.Article {
		n.Heading, n.Intro, n.Children = "", "", nil
		n.Children = []*lawtext.Node{{Kind: lawtext.Paragraph, Intro: e.phrase()}}
		return true
	}
	n.Intro = e.phrase()
	return true
}

func (e editor) listInList() bool {
	n := e.node(func(n *lawtext.Node) bool { return n.Kind == lawtext.Point && len(n.Children) == 0 && !n.Deleted })
	if n == nil {
		return false
	}
	n.Intro = strings.TrimRight(n.Intro, ".,;") + ":"
	n.Children = []*lawtext.Node{{Kind: lawtext.Indent, Label: "-", Intro: e.some(3) + ","}, {Kind: lawtext.Indent, Label: "-", Intro: e.some(3) + ";"}}
	return true
}

func (e editor) article(i int) *lawtext.Node {
	arts := e.act.Articles("")
	if len(arts) == 0 {
		return nil
	}
	return arts[(i+e.Intn(len(arts)))%len(arts)]
}

func (e editor) heading() bool {
	n := e.node(func(n *lawtext.Node) bool { return n.Kind == lawtext.Article && n.Heading != "" && !n.Deleted })
	if n == nil {
		return false
	}
	if n.Heading = e.some(3); !n.Above {
		n.Heading = "(" + n.Heading + ")"
	}
	return true
}

func (e editor) noHeading() bool {
	n := e.article(0)
	if n == nil || n.Deleted {
		return false
	}
	if n.Heading == "" {
		n.Heading, n.Above = "("+e.some(2)+")", false
	} else {
		n.Heading, n.Above = "", false
	}
	return true
}

// siblings finds the list in which a node stands.
func (e editor) siblings(n *lawtext.Node) (*[]*lawtext.Node, int) {
	var find func(list *[]*lawtext.Node) (*[]*lawtext.Node, int)
	find = func(list *[]*lawtext.Node) (*[]*lawtext.Node, int) {
		for i, c := range *list {
			if c == n {
				return list, i
			}
			if l, i := find(&c.Children); l != nil {
				return l, i
			}
		}
		return nil, 0
	}
	for i := range e.act.Components {
		if l, k := find(&e.act.Components[i].Nodes); l != nil {
			return l, k
		}
	}
	return nil, 0
}

func (e editor) remove(n *lawtext.Node) bool {
	if n == nil {
		return false
	}
	l, i := e.siblings(n)
	*l = append(append([]*lawtext.Node{}, (*l)[:i]...), (*l)[i+1:]...)
	return true
}

func (e editor) beside(n *lawtext.Node, fresh ...*lawtext.Node) bool {
	if n == nil {
		return false
	}
	l, i := e.siblings(n)
	*l = append(append(append([]*lawtext.Node{}, (*l)[:i+1]...), fresh...), (*l)[i+1:]...)
	return true
}

func (e editor) deleteArticle() bool { return e.remove(e.article(0)) }

func (e editor) tombArticle() bool {
	n := e.article(0)
	if n == nil {
		return false
	}
	n.Heading, n.Above, n.Intro, n.Tail, n.Children = []string{"(črtan)", "(črtan)", "(prenehal veljati)"}[e.Intn(3)], false, "", "", nil
	return true
}

func (e editor) fresh(num string) *lawtext.Node {
	dot := "."
	if strings.Contains(num, ".") {
		dot = ""
	}
	n := &lawtext.Node{Kind: lawtext.Article, Num: num, Label: num + dot + " člen"}
	for i := range 1 + e.Intn(3) {
		n.Children = append(n.Children, &lawtext.Node{Kind: lawtext.Paragraph, Label: fmt.Sprintf("(%d)", i+1), Intro: e.phrase()})
	}
	if e.Intn(2) == 0 {
		n.Heading = "(" + e.some(2) + ")"
	}
	return n
}

func (e editor) insertArticle() bool {
	n := e.article(0)
	if n == nil {
		return false
	}
	num := n.Num + ".a"
	switch {
	case e.Intn(6) == 0:
		num = "a" + strings.TrimLeft(n.Num, "abcčdefg")
	case strings.Contains(n.Num, "."):
		num = n.Num + "b"
	}
	fresh := []*lawtext.Node{e.fresh(num)}
	if e.Intn(3) == 0 && !strings.Contains(n.Num, ".") {
		fresh = append(fresh, e.fresh(n.Num+".b"))
	}
	return e.beside(n, fresh...)
}

func (e editor) insertAndCount() bool {
	arts := e.act.Articles("")
	if len(arts) == 0 || !e.beside(arts[e.Intn(len(arts))], e.fresh("1")) {
		return false
	}
	for i, n := range e.act.Articles("") {
		num := strconv.Itoa(i + 1)
		n.Num, n.Label = num, num+". člen"
	}
	return true
}

func (e editor) swapArticles() bool {
	a, b := e.article(0), e.article(1)
	if a == nil || a == b {
		return false
	}
	*a, *b = *b, *a
	return true
}

func divides(n *lawtext.Node) bool {
	return n.Kind == lawtext.Part || n.Kind == lawtext.Chapter || n.Kind == lawtext.Section
}

func (e editor) division() bool {
	n := e.node(divides)
	if n == nil {
		return false
	}
	n.Heading = strings.ToUpper(e.some(3))
	return true
}

func (e editor) newDivision() bool {
	n := e.article(0)
	return e.beside(n, &lawtext.Node{Kind: lawtext.Chapter, Label: "X.a", Heading: "ČEBELE IN ROJI", Children: []*lawtext.Node{e.fresh("900.a")}})
}

func (e editor) deleteDivision() bool { return e.remove(e.node(divides)) }

func (e editor) outside() bool {
	n := e.node(func(n *lawtext.Node) bool { return n.Kind == lawtext.Text && n.Intro != "" })
	if n == nil {
		return false
	}
	if e.Intn(3) == 0 {
		return e.remove(n)
	}
	n.Intro += " " + e.some(2)
	return true
}

func (e editor) annex() bool {
	nodes := &e.act.Components[0].Nodes
	*nodes = append(*nodes, &lawtext.Node{Kind: lawtext.Annex, Label: "Priloga 7", Children: []*lawtext.Node{{Kind: lawtext.Text, Intro: e.phrase()}}})
	return true
}

// component changes something in what an amending act left behind.
func (e editor) component() bool {
	if len(e.act.Components) < 2 {
		return false
	}
	c := &e.act.Components[1+e.Intn(len(e.act.Components)-1)]
	if e.Intn(4) == 0 || len(c.Nodes) == 0 {
		i := 1 + e.Intn(len(e.act.Components)-1)
		e.act.Components = append(append([]lawtext.Component{}, e.act.Components[:i]...), e.act.Components[i+1:]...)
		return true
	}
	for _, n := range c.Nodes {
		for _, p := range n.Children {
			if p.Intro != "" && e.Intn(2) == 0 {
				p.Intro = e.phrase()
				return true
			}
		}
	}
	return false
}

func (e editor) appended() bool {
	e.act.Components = append(e.act.Components, lawtext.Component{
		Title: "Zakon o spremembah Zakona o čebelah – ZČeb-X (Uradni list RS, št. 1/30) vsebuje naslednjo končno določbo: »",
		Nodes: []*lawtext.Node{{Kind: lawtext.Article, Label: "9. člen", Children: []*lawtext.Node{{Kind: lawtext.Paragraph, Intro: "Ta zakon velja.«."}}}}})
	return true
}
