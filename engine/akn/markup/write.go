package markup

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Write writes a document in UTF-8. Elements in the namespace home bear no
// prefix.
func Write(t *Tree, home string) []byte {
	w := writer{home: home}
	w.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	for _, n := range t.Before {
		w.node(n)
		w.WriteByte('\n')
	}
	w.element(t.Root)
	w.WriteByte('\n')
	for _, n := range t.After {
		w.node(n)
		w.WriteByte('\n')
	}
	return []byte(w.String())
}

type writer struct {
	strings.Builder
	home  string
	bound []Bind
}

func (w *writer) node(n Node) {
	switch n.Sort {
	case Text:
		escape(&w.Builder, n.Value, false)
	case Child:
		w.element(n.Element)
	case Comment:
		w.WriteString("<!--" + n.Value + "-->")
	case Instruction:
		w.WriteString("<?" + n.Value + "?>")
	}
}

func (w *writer) element(e *Element) {
	outside := len(w.bound)
	for _, b := range e.Binds {
		if b.Prefix == "" && b.Space != e.Space {
			continue // names without a prefix are bound where they stand
		}
		if b.Space != w.home && w.space(b.Prefix) != b.Space {
			w.bound = append(w.bound, b)
		}
	}
	name := w.prefixed(e.Space, e.Prefix, e.Name, true)
	w.WriteString("<" + name)
	names := make([]string, len(e.Attrs))
	for i, a := range e.Attrs {
		names[i] = a.Name
		if a.Space != "" {
			names[i] = w.prefixed(a.Space, a.Prefix, a.Name, false)
		}
	}
	for _, b := range w.bound[outside:] {
		if b.Prefix == "" {
			w.attr("xmlns", b.Space)
		} else {
			w.attr("xmlns:"+b.Prefix, b.Space)
		}
	}
	for i, a := range e.Attrs {
		w.attr(names[i], a.Value)
	}
	if len(e.Kids) == 0 {
		w.WriteString("/>")
	} else {
		w.WriteByte('>')
		for _, k := range e.Kids {
			w.node(k)
		}
		w.WriteString("</" + name + ">")
	}
	w.bound = w.bound[:outside]
}

func (w *writer) attr(name, value string) {
	w.WriteString(" " + name + `="`)
	escape(&w.Builder, value, true)
	w.WriteByte('"')
}

// prefixed is a name with a prefix that is bound to its namespace. It binds one
// if none is.
func (w *writer) prefixed(space, wish, name string, element bool) string {
	if space == xmlSpace {
		return "xml:" + name
	}
	if element && w.space("") == space {
		return name
	}
	if element && (space == w.home || space == "") {
		w.bound = append(w.bound, Bind{"", space})
		return name
	}
	if wish != "" && w.space(wish) == space {
		return wish + ":" + name
	}
	for i := len(w.bound) - 1; i >= 0; i-- {
		if b := w.bound[i]; b.Space == space && b.Prefix != "" && w.space(b.Prefix) == space {
			return b.Prefix + ":" + name
		}
	}
	taken := func(p string) bool { return slices.ContainsFunc(w.bound, func(b Bind) bool { return b.Prefix == p }) }
	for n := 1; wish == "" || wish == "xml" || wish == "xmlns" || taken(wish); n++ {
		wish = "ns" + strconv.Itoa(n)
	}
	w.bound = append(w.bound, Bind{wish, space})
	return wish + ":" + name
}

func (w *writer) space(prefix string) string {
	for i := len(w.bound) - 1; i >= 0; i-- {
		if w.bound[i].Prefix == prefix {
			return w.bound[i].Space
		}
	}
	return ""
}

// Allowed reports whether XML can say a character: not most of the controls, and
// nothing that is no character.
func Allowed(r rune) bool {
	return r >= ' ' && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
}

// escape writes text so that it is read back as it is, line ends and all. For
// what XML cannot say stands U+FFFD.
func escape(b *strings.Builder, s string, attr bool) {
	from := 0
	for i, c := range s {
		size := 1
		var out string
		switch {
		case c == '&':
			out = "&amp;"
		case c == '<':
			out = "&lt;"
		case c == '>':
			out = "&gt;"
		case c == '\r':
			out = "&#xD;"
		case attr && c == '"':
			out = "&quot;"
		case attr && c == '\n':
			out = "&#xA;"
		case attr && c == '\t':
			out = "&#x9;"
		case !Allowed(c):
			out, size = "\uFFFD", utf8.RuneLen(c)
		case c == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			out = "\uFFFD"
		default:
			continue
		}
		b.WriteString(s[from:i])
		b.WriteString(out)
		from = i + size
	}
	b.WriteString(s[from:])
}
