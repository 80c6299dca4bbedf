// Package markup keeps an XML document whole: elements, attributes, text,
// comments and instructions in the order in which they stand.
//
// These hold:
//
//   - Read neither panics nor takes memory without bound (MaxBytes, MaxNodes,
//     MaxDepth). It reads no external entities and expands none that a document
//     declares.
//   - What Write writes is read back as the same tree, and written again as the
//     same bytes.
//
// Not kept are a document type declaration, the way characters were escaped
// (CDATA sections, character references) and the white space inside of tags:
// nothing of it is content. Names are kept with their namespaces; a prefix is
// kept as long as it is free.
package markup

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// A Tree is a document.
type Tree struct {
	Before  []Node // comments and instructions before the root
	Root    *Element
	After   []Node // and after it
	Doctype string // the declaration that stood there, which Write leaves out
}

// An Element is an element with all it holds.
type Element struct {
	Space  string // namespace; empty for none
	Name   string // local name
	Prefix string // under which it was read, and is written if that is free
	Attrs  []Attr
	Binds  []Bind // namespace declarations that stood on it
	Kids   []Node
	Line   int // in the source, from 1; zero if it was made
}

// An Attr is an attribute.
type Attr struct{ Space, Name, Prefix, Value string }

// A Bind is the declaration of a namespace: xmlns:Prefix="Space".
type Bind struct{ Prefix, Space string }

// A Sort says what a node is.
type Sort uint8

// The sorts of nodes.
const (
	Text Sort = iota
	Child
	Comment
	Instruction // Value is "target data"
)

// A Node is one thing that an element holds.
type Node struct {
	Sort    Sort
	Element *Element // of a Child
	Value   string   // of all others
}

// New returns an element with the given attributes: name, value, name, value.
// Those with an empty value are left out.
func New(space, name string, attrs ...string) *Element {
	e := &Element{Space: space, Name: name}
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			e.Attrs = append(e.Attrs, Attr{Name: attrs[i], Value: attrs[i+1]})
		}
	}
	return e
}

// Add puts elements at the end of e and returns e. It passes over nil.
func (e *Element) Add(kids ...*Element) *Element {
	for _, k := range kids {
		if k != nil {
			e.Kids = append(e.Kids, Node{Sort: Child, Element: k})
		}
	}
	return e
}

// Say puts text at the end of e and returns e.
func (e *Element) Say(text string) *Element {
	if text != "" {
		e.Kids = append(e.Kids, Node{Sort: Text, Value: text})
	}
	return e
}

// Get returns the value of an attribute without a namespace; empty if there is
// none.
func (e *Element) Get(name string) string {
	value, _ := e.Lookup(name)
	return value
}

// Lookup returns the value of an attribute without a namespace, and whether
// there is one.
func (e *Element) Lookup(name string) (string, bool) {
	for i := range e.Attrs {
		if e.Attrs[i].Name == name && e.Attrs[i].Space == "" {
			return e.Attrs[i].Value, true
		}
	}
	return "", false
}

// Set gives an attribute without a namespace a value.
func (e *Element) Set(name, value string) {
	for i := range e.Attrs {
		if e.Attrs[i].Name == name && e.Attrs[i].Space == "" {
			e.Attrs[i].Value = value
			return
		}
	}
	e.Attrs = append(e.Attrs, Attr{Name: name, Value: value})
}

// Clone is a copy that shares nothing with e.
func (e *Element) Clone() *Element {
	c := *e
	c.Attrs, c.Binds, c.Kids = slices.Clone(e.Attrs), slices.Clone(e.Binds), slices.Clone(e.Kids)
	for i := range c.Kids {
		if c.Kids[i].Sort == Child {
			c.Kids[i].Element = c.Kids[i].Element.Clone()
		}
	}
	return &c
}

// Elements are the elements that stand directly in e.
func (e *Element) Elements() iter.Seq[*Element] {
	return func(yield func(*Element) bool) {
		if e == nil {
			return
		}
		for _, k := range e.Kids {
			if k.Sort == Child && !yield(k.Element) {
				return
			}
		}
	}
}

// First is the first element of a name in e, and nil if there is none or e is
// nil. Several names are a path.
func (e *Element) First(path ...string) *Element {
	for _, name := range path {
		var found *Element
		for k := range e.Elements() {
			if k.Name == name {
				found = k
				break
			}
		}
		if e = found; e == nil {
			return nil
		}
	}
	return e
}

// All visits e and every element in it, in document order.
func (e *Element) All() iter.Seq[*Element] {
	return func(yield func(*Element) bool) { e.visit(yield) }
}

func (e *Element) visit(yield func(*Element) bool) bool {
	if e == nil {
		return true
	}
	if !yield(e) {
		return false
	}
	for _, k := range e.Kids {
		if k.Sort == Child && !k.Element.visit(yield) {
			return false
		}
	}
	return true
}

// String is all the text in e as it stands.
func (e *Element) String() string {
	var b strings.Builder
	e.text(&b)
	return b.String()
}

func (e *Element) text(b *strings.Builder) {
	if e == nil {
		return
	}
	for _, k := range e.Kids {
		switch k.Sort {
		case Text:
			b.WriteString(k.Value)
		case Child:
			k.Element.text(b)
		}
	}
}

// A SyntaxError says why a text is no XML document that is read.
type SyntaxError struct {
	Line, Column int // from 1, in bytes
	Reason       string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("markup: %d:%d: %s", e.Line, e.Column, e.Reason)
}
