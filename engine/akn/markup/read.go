package markup

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Limits of what is read. The longest official document known to us has 4 MB,
// 60,000 elements and 40 levels.
const (
	MaxBytes = 64 << 20
	MaxNodes = 1 << 20 // elements, attributes and pieces of text
	MaxDepth = 512
)

// Names of the namespaces that are bound without a declaration.
const (
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsSpace = "http://www.w3.org/2000/xmlns/"
)

// Read reads a document in UTF-8, UTF-16 with a mark of byte order, or an
// encoding of one byte that it declares. The error is a *SyntaxError.
func Read(data []byte) (*Tree, error) {
	if len(data) > MaxBytes {
		return nil, &SyntaxError{1, 1, "the document is too long"}
	}
	data, err := decode(data)
	if err != nil {
		return nil, &SyntaxError{1, 1, err.Error()}
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decode did it
	r := reader{d: d, tree: &Tree{}, bound: []Bind{{"xml", xmlSpace}}}
	if reason := r.run(); reason != "" {
		line, column := d.InputPos()
		return nil, &SyntaxError{line, column, reason}
	}
	return r.tree, nil
}

type reader struct {
	d     *xml.Decoder
	tree  *Tree
	open  []level
	bound []Bind // those in force, the nearest last
	nodes int
	said  strings.Builder // text that is not yet put: CDATA sections divide it
}

type level struct {
	element *Element
	bound   int // how many bindings were in force outside
}

// run reads all tokens and returns what is wrong with them.
func (r *reader) run() string {
	for {
		tok, err := r.d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return plain(err)
		}
		if r.nodes++; r.nodes > MaxNodes {
			return "the document has too many nodes"
		}
		text, is := tok.(xml.CharData)
		if is {
			r.said.Write(text)
			continue
		}
		reason := r.flush()
		if reason != "" {
			return reason
		}
		switch t := tok.(type) {
		case xml.StartElement:
			reason = r.start(t)
		case xml.EndElement:
			reason = r.end(t)
		case xml.Comment:
			reason = r.put(Node{Sort: Comment, Value: string(t)})
		case xml.ProcInst:
			if t.Target != "xml" {
				reason = r.put(Node{Sort: Instruction, Value: strings.TrimRight(t.Target+" "+string(t.Inst), " ")})
			}
		case xml.Directive:
			if len(r.open) > 0 || r.tree.Root != nil {
				return "a declaration stands inside of the document"
			}
			r.tree.Doctype = string(t)
		}
		if reason != "" {
			return reason
		}
	}
	if reason := r.flush(); reason != "" {
		return reason
	}
	switch {
	case len(r.open) > 0:
		return "<" + r.open[len(r.open)-1].element.Name + "> is not closed"
	case r.tree.Root == nil:
		return "there is no element"
	}
	return ""
}

// plain is the reason without the line, which a SyntaxError has of its own.
func plain(err error) string {
	var s *xml.SyntaxError
	if errors.As(err, &s) {
		return s.Msg
	}
	return strings.TrimPrefix(err.Error(), "xml: ")
}

// flush puts the text that was read.
func (r *reader) flush() string {
	text := r.said.String()
	r.said.Reset()
	switch {
	case text == "":
	case len(r.open) > 0:
		return r.put(Node{Sort: Text, Value: text})
	case strings.TrimLeft(text, " \t\r\n") != "":
		return "text stands outside of the root element"
	}
	return ""
}

// put adds a node where reading stands.
func (r *reader) put(n Node) string {
	switch {
	case len(r.open) > 0:
		e := r.open[len(r.open)-1].element
		e.Kids = append(e.Kids, n)
	case r.tree.Root == nil:
		r.tree.Before = append(r.tree.Before, n)
	default:
		r.tree.After = append(r.tree.After, n)
	}
	return ""
}

func (r *reader) start(t xml.StartElement) string {
	if len(r.open) == MaxDepth {
		return "elements are nested too deep"
	}
	if len(r.open) == 0 && r.tree.Root != nil {
		return "there is a second root element"
	}
	if r.nodes += len(t.Attr); r.nodes > MaxNodes {
		return "the document has too many nodes"
	}
	line, _ := r.d.InputPos()
	e := &Element{Name: t.Name.Local, Prefix: t.Name.Space, Line: line}
	r.open = append(r.open, level{e, len(r.bound)})
	for _, a := range t.Attr {
		prefix, declares := a.Name.Local, a.Name.Space == "xmlns"
		if a.Name.Space == "" && a.Name.Local == "xmlns" {
			prefix, declares = "", true
		}
		if !declares {
			e.Attrs = append(e.Attrs, Attr{Name: a.Name.Local, Prefix: a.Name.Space, Value: a.Value})
			continue
		}
		switch {
		case prefix == "xmlns" || a.Value == xmlnsSpace || (prefix == "xml") != (a.Value == xmlSpace):
			return "a reserved namespace is bound"
		case prefix != "" && a.Value == "":
			return "the prefix " + prefix + " is bound to nothing"
		case prefix != "xml":
			e.Binds = append(e.Binds, Bind{prefix, a.Value})
			r.bound = append(r.bound, Bind{prefix, a.Value})
		}
	}
	if reason := r.resolve(e); reason != "" {
		return reason
	}
	if len(r.open) == 1 {
		r.tree.Root = e
	} else {
		up := r.open[len(r.open)-2].element
		up.Kids = append(up.Kids, Node{Sort: Child, Element: e})
	}
	return ""
}

// resolve finds the namespaces of an element and its attributes.
func (r *reader) resolve(e *Element) string {
	space, ok := r.space(e.Prefix)
	if !ok || strings.Contains(e.Name, ":") {
		return "<" + e.Prefix + ":" + e.Name + "> has a prefix that is not declared"
	}
	e.Space = space
	for i := range e.Attrs {
		a := &e.Attrs[i]
		if a.Prefix != "" {
			if a.Space, ok = r.space(a.Prefix); !ok {
				return a.Prefix + ":" + a.Name + " has a prefix that is not declared"
			}
		}
		if strings.Contains(a.Name, ":") {
			return a.Name + " is no name"
		}
	}
	if repeats(e.Attrs) || repeatsBind(e.Binds) {
		return "<" + e.Name + "> has an attribute twice"
	}
	return ""
}

func repeats(attrs []Attr) bool {
	if len(attrs) > 16 {
		seen := make(map[[2]string]bool, len(attrs))
		for _, a := range attrs {
			seen[[2]string{a.Space, a.Name}] = true
		}
		return len(seen) < len(attrs)
	}
	for i, a := range attrs {
		for _, b := range attrs[:i] {
			if a.Name == b.Name && a.Space == b.Space {
				return true
			}
		}
	}
	return false
}

func repeatsBind(binds []Bind) bool {
	seen := map[string]bool{}
	for _, b := range binds {
		seen[b.Prefix] = true
	}
	return len(seen) < len(binds)
}

func (r *reader) space(prefix string) (string, bool) {
	for i := len(r.bound) - 1; i >= 0; i-- {
		if r.bound[i].Prefix == prefix {
			return r.bound[i].Space, true
		}
	}
	return "", prefix == ""
}

func (r *reader) end(t xml.EndElement) string {
	if len(r.open) == 0 {
		return "</" + t.Name.Local + "> closes nothing"
	}
	top := r.open[len(r.open)-1]
	if top.element.Name != t.Name.Local || top.element.Prefix != t.Name.Space {
		return "</" + t.Name.Local + "> closes <" + top.element.Name + ">"
	}
	r.open, r.bound = r.open[:len(r.open)-1], r.bound[:top.bound]
	return ""
}

var declared = regexp.MustCompile(`^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']`)

// decode returns the document in UTF-8 without a mark of byte order. A text
// that says it is UTF-16 and is plain bytes was written by a careless program:
// it is read as what it is.
func decode(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return data[3:], nil
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return wide(data[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return wide(data[2:], binary.BigEndian), nil
	}
	m := declared.FindSubmatch(data[:min(len(data), 300)])
	if m == nil {
		return data, nil
	}
	name := strings.ToLower(string(m[1]))
	if name == "utf-8" || name == "us-ascii" || strings.HasPrefix(name, "utf-16") && utf8.Valid(data) {
		return data, nil
	}
	enc, ok := encodings[name]
	if !ok {
		return nil, errors.New("the encoding " + string(m[1]) + " is not read")
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return nil, errors.New("the text is not in its encoding " + string(m[1]))
	}
	return out, nil
}

// encodings of one byte in which parliaments of Europe have published.
var encodings = map[string]*charmap.Charmap{
	"iso-8859-1": charmap.ISO8859_1, "latin1": charmap.ISO8859_1, "iso-8859-2": charmap.ISO8859_2,
	"iso-8859-5": charmap.ISO8859_5, "iso-8859-15": charmap.ISO8859_15, "windows-1250": charmap.Windows1250,
	"windows-1251": charmap.Windows1251, "windows-1252": charmap.Windows1252,
}

func wide(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
