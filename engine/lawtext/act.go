// Package lawtext reads a statute as a tree of provisions and prints it back.
//
// An Act has one main component, and one more for each amending act whose
// transitional and final provisions a consolidated text appends. DESIGN.md
// states the layouts that are read and the scheme of the addresses.
//
// These hold of every text, whatever its bytes:
//
//   - Parse neither fails nor panics, and its time grows with the text.
//   - Print(Parse(text)) has the ink of text: every character that is not
//     white space, in order, but for the marks of Markdown.
//   - Parse(Print(a)) is the tree of a, but for the spans and notes; of a
//     Markdown text it is so unless its marks are broken.
//   - No two nodes of an act have the same ID.
package lawtext

import "iter"

// A Kind says what a provision is.
type Kind string

// The kinds of provisions, with the Slovenian terms.
const (
	Part      Kind = "part"      // del
	Chapter   Kind = "chapter"   // poglavje
	Section   Kind = "section"   // oddelek, podpoglavje
	Article   Kind = "article"   // člen
	Paragraph Kind = "paragraph" // odstavek
	Point     Kind = "point"     // točka
	Indent    Kind = "indent"    // alineja
	Annex     Kind = "annex"     // priloga
	Quote     Kind = "quote"     // text in guillemets that an amending act puts into another; never its own provision
	Table     Kind = "table"     // tabela
	Row       Kind = "row"       // vrstica
	Text      Kind = "text"      // anything that no rule places: preamble, signatures
)

// A Node is one provision and all that stands under it.
//
// Own text is Intro, then the children, then Tail. A leaf has Intro alone.
type Node struct {
	ID       string // address within the act: "art_5__para_2__point_a", "zujik-b/art_4"
	Key      string // permanent: the ID when the provision was first read, kept through renumbering and amendment
	Kind     Kind
	Label    string // as printed: "5. člen", "(2)", "a)", "-"; empty when the number is only implied
	Num      string // as counted: "5", "7.a", "2"; implied for unnumbered paragraphs and indents
	Heading  string // "(pomen izrazov)" or "Vsebina zakona"; unwrapped to one line
	Above    bool   // the heading stands above the label, as bare headings of articles do
	Intro    string // text before the children; unwrapped to one line
	Tail     string // text after the children, the wrap-up
	Deleted  bool   // a tombstone: "(črtan)", "(prenehal veljati)"
	Children []*Node
	Span     Span
}

// A Span is a place in the source, in bytes.
type Span struct{ Start, End int }

// A Component is the body of the act, or what one amending act left behind.
type Component struct {
	ID    string // empty for the main one, else a slug of the amending act: "zujik-b"
	Title string // the sentence that introduces it, with the guillemet that opens it; empty for the main one
	Nodes []*Node
	Span  Span
}

// An Act is a statute, a by-law or an amending act as a tree.
type Act struct {
	Title      string // "Zakon o uresničevanju javnega interesa za kulturo"; empty if the text has none
	Short      string // "ZUJIK"
	Lang       string // BCP 47: "sl", "cs"
	Front      string // the lines between the --- fences, as they stood; empty if the text has none
	Components []Component
	Notes      []Note // every guess that reading made
	Source     string // the text that was read, whole
}

// A Note is one guess of the reader, for a person to check.
type Note struct {
	Span Span
	Key  string // "implied-number", "repeated-number", "quoted-article", …
	Text string
}

// All visits every node of the act in document order.
func (a *Act) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for _, c := range a.Components {
			for _, n := range c.Nodes {
				if !n.visit(yield) {
					return
				}
			}
		}
	}
}

func (n *Node) visit(yield func(*Node) bool) bool {
	if !yield(n) {
		return false
	}
	for _, c := range n.Children {
		if !c.visit(yield) {
			return false
		}
	}
	return true
}
