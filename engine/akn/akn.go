// Package akn reads and writes Akoma Ntoso, the XML of parliaments (OASIS
// LegalDocML, version 3.0): acts, bills, amendments and all other documents.
//
// A Document keeps its XML whole. What the house works with are views of it:
// Meta is who made it, when, and what it changes; Act is its text as a tree of
// provisions. Make turns such a tree into a document.
//
// These hold:
//
//   - Read(Write(d)) has the text, the eIds, the metadata and the modifications
//     of d, and Write writes it as the same bytes.
//   - Make(a).Act() is the tree of a.
//   - What a document has and the written one has not is in Lost.
//   - Read and Act neither panic nor take memory without bound: markup.MaxBytes,
//     MaxNodes, MaxDepth.
//
// Older forms are read (1.0, 2.0, the working drafts of 3.0, LegalDocML.de) and
// written as 3.0. Rules are those of the schema of 30 March 2017 (OASIS, CC BY
// 4.0) and of the naming convention 1.0; DESIGN.md says where each is used.
package akn

import (
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/akn/markup"
)

// NS is the namespace of Akoma Ntoso 3.0.
const NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

// A Document is an Akoma Ntoso document, or one that stands within another.
type Document struct {
	Version string          // as it was read: "3.0", "3.0/WD17", "2.0", "LegalDocML.de/1.8.2"; an unknown namespace as it is, empty for none
	Tree    *markup.Tree    // the whole XML, in the namespace NS; nil for a document within another
	Main    *markup.Element // act, bill, amendment, …
	Lost    []Loss

	own    bool            // Make made it
	holder *markup.Element // the attachment or component, of a document within another
}

// A Loss is something that the document has and Write leaves out or that has no
// meaning in version 3.0; of a document that was made, what Akoma Ntoso cannot
// say of the act, and instructions that are no modification of a known act.
type Loss struct {
	What string // "doctype", "unknown-element", "character", "instruction", "modification"
	Name string
	Line int // of the first one, in the source
	Many int
}

// A NotAKN says that an XML document is no Akoma Ntoso: its root is another, or
// holds no act, bill, … .
type NotAKN struct{ Root string }

func (e *NotAKN) Error() string { return "akn: <" + e.Root + "> is no document of Akoma Ntoso" }

// Read reads a document of any version. The error is a *markup.SyntaxError or
// a *NotAKN.
func Read(data []byte) (*Document, error) {
	tree, err := markup.Read(data)
	if err != nil {
		return nil, fmt.Errorf("akn: %w", err)
	}
	d := &Document{Version: versionOf(tree.Root.Space), Tree: tree}
	if tree.Root.Name == "akomaNtoso" {
		for e := range tree.Root.Elements() {
			if documents[e.Name] {
				d.Main = e
				break
			}
		}
	} else if documents[tree.Root.Name] && d.Version != "" {
		d.Main = tree.Root // a document without its wrapping
	}
	if d.Main == nil {
		return nil, &NotAKN{tree.Root.Name}
	}
	if tree.Doctype != "" {
		d.Lost = append(d.Lost, Loss{What: "doctype", Name: tree.Doctype, Line: 1, Many: 1})
	}
	d.lift(tree.Root)
	d.own = readKept(d.Main) != nil
	return d, nil
}

// Write writes a document as Akoma Ntoso 3.0.
func Write(d *Document) []byte {
	tree := d.Tree
	if tree == nil {
		tree = &markup.Tree{Root: markup.New(NS, "akomaNtoso").Add(d.Main)}
	}
	return markup.Write(tree, NS)
}

// Kind is the name of the document's element: "act", "bill", "amendment", "doc".
func (d *Document) Kind() string { return d.Main.Name }

// Parts are the documents that stand directly within the document: attachments,
// components, the items of a collection.
func (d *Document) Parts() []*Document {
	var out []*Document
	find := func(in *markup.Element) {
		for holder := range in.Elements() {
			if holder.Name != "component" && holder.Name != "attachment" {
				continue
			}
			for e := range holder.Elements() {
				if documents[e.Name] {
					out = append(out, &Document{Version: d.Version, Main: e, own: d.own || readKept(e) != nil, holder: holder})
				}
			}
		}
	}
	for e := range d.Main.Elements() {
		switch e.Name {
		case "collectionBody", "attachments", "components":
			find(e)
		}
	}
	if d.Tree != nil {
		find(d.Tree.Root.First("components"))
	}
	return out
}

// documents are the elements that are documents.
var documents = setOf("amendmentList officialGazette documentCollection act bill debateReport debate statement amendment judgment portion doc")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// versionOf is the version that a namespace stands for. One that we do not know
// stands for itself.
func versionOf(space string) string {
	for _, family := range [...][2]string{
		{"http://docs.oasis-open.org/legaldocml/ns/akn/", ""},
		{"http://www.akomantoso.org/", ""},
		{"http://Inhaltsdaten.LegalDocML.de/", "LegalDocML.de/"},
	} {
		if rest, ok := strings.CutPrefix(space, family[0]); ok {
			return family[1] + strings.TrimSuffix(rest, "/")
		}
	}
	return space
}

// lift brings a document of another version into the namespace of 3.0. Until
// 2.0 an eId was called id, and a wId evolvingId.
func (d *Document) lift(root *markup.Element) {
	old := d.Version == "1.0" || d.Version == "2.0"
	home := root.Space
	unknown := map[string]int{}
	for e := range root.All() {
		e.Binds = lifted(e.Binds, home)
		for i := range e.Attrs {
			if a := &e.Attrs[i]; a.Space == home && home != "" {
				a.Space = NS
			}
		}
		if e.Space != home {
			continue
		}
		e.Space = NS
		if old {
			rename(e, "id", "eId")
			rename(e, "evolvingId", "wId")
		}
		if known(e.Name) {
			continue
		}
		at, seen := unknown[e.Name]
		if !seen {
			at = len(d.Lost)
			unknown[e.Name] = at
			d.Lost = append(d.Lost, Loss{What: "unknown-element", Name: e.Name, Line: e.Line})
		}
		d.Lost[at].Many++
	}
}

// lifted are the bindings without those of the namespace that is left.
func lifted(binds []markup.Bind, home string) []markup.Bind {
	kept := binds[:0]
	for _, b := range binds {
		if b.Space != home && b.Space != "" {
			kept = append(kept, b)
		}
	}
	return kept
}

func rename(e *markup.Element, from, to string) {
	if e.Get(to) != "" {
		return
	}
	for i := range e.Attrs {
		if e.Attrs[i].Name == from && e.Attrs[i].Space == "" {
			e.Attrs[i].Name = to
		}
	}
}
