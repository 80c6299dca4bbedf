package reader

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth is how deep elements may stand in each other. Word stays below 100.
const maxDepth = 500

// maxToken is how long one tag or piece of text in XML may be.
const maxToken = 4 * megabyte

// maxNamed is how many styles, lists and the like are kept of a document. Of
// more than that, the rest is as if it were not there.
const maxNamed = 20000

// cellCost is how much of the limit of text a table cell uses up, for empty
// ones take memory too.
const cellCost = 64

// maxDirectory is how much of a ZIP its table of contents may take.
const maxDirectory = 4 * megabyte

// maxRatio is how many times larger than packed a part may be once it is past
// a megabyte. XML of real documents stays below 50.
const maxRatio = 250

// A patient reader stops when the context ends.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}

// A sheet collects lines up to a size.
type sheet struct {
	strings.Builder
	max int64
}

func (s *sheet) add(line string) error {
	if int64(s.Len()+len(line)) > s.max {
		return &Refusal{Key: TooLarge, Limit: s.max}
	}
	s.WriteString(line)
	s.WriteByte('\n')
	return nil
}

// A box is a DOCX or ODT as a ZIP.
type box struct {
	file   *file
	zip    *zip.Reader
	left   int64 // bytes that may still be unpacked
	broken string
}

// rationed reads the table of contents of a ZIP, which archive/zip would take
// at any length.
type rationed struct {
	io.ReaderAt
	left int64 // negative for no limit
}

func (r *rationed) ReadAt(b []byte, off int64) (int, error) {
	if r.left >= 0 {
		if r.left -= int64(len(b)); r.left < 0 {
			r.left = 0
			return 0, errors.New("long table of contents")
		}
	}
	return r.ReaderAt.ReadAt(b, off)
}

func (f *file) readZip() (Text, error) {
	src := &rationed{f, maxDirectory}
	z, err := zip.NewReader(src, f.size)
	if err != nil {
		if f.ctx.Err() == nil && f.startsAsODT() {
			return Text{}, refuse(ODTBroken, err)
		}
		return Text{}, refuse(DOCXBroken, err)
	}
	src.left = -1
	b := &box{file: f, zip: z, left: f.lim.Expanded, broken: DOCXBroken}
	var total uint64
	for _, part := range z.File {
		if total += part.UncompressedSize64; total > uint64(f.lim.Expanded) || part.UncompressedSize64 > uint64(f.lim.Expanded) {
			return Text{}, &Refusal{Key: Bomb, Limit: f.lim.Expanded}
		}
	}
	var t Text
	switch {
	case b.has("[Content_Types].xml"), b.has("_rels/.rels"), b.has("word/document.xml"):
		t, err = b.readDOCX()
	case b.has("mimetype"), b.has("content.xml"):
		b.broken = ODTBroken
		t, err = b.readODT()
	case b.has("EncryptedPackage"), b.has("encrypted-package"):
		return Text{}, refuse(Encrypted, nil)
	default:
		return Text{}, refuse(UnknownKind, nil)
	}
	t.ReadBy = "built-in"
	return t, err
}

// startsAsODT reports a ZIP whose first entry says that it is ODF, as the
// format asks for. It still says so when the rest is missing.
func (f *file) startsAsODT() bool {
	head := make([]byte, min(128, f.size))
	n, _ := f.ReadAt(head, 0)
	return strings.Contains(string(head[:n]), "mimetypeapplication/vnd.oasis.opendocument.text")
}

func (b *box) find(name string) *zip.File {
	for _, f := range b.zip.File {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

func (b *box) has(name string) bool { return b.find(name) != nil }

// open returns a part as XML. A part that is not there is an error.
func (b *box) open(name string) (*part, error) {
	f := b.find(name)
	if f == nil {
		return nil, refuse(b.broken, fmt.Errorf("no %s", name))
	}
	if f.Flags&1 != 0 {
		return nil, refuse(Encrypted, nil)
	}
	if f.UncompressedSize64 > megabyte && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
		return nil, &Refusal{Key: Bomb, Limit: b.file.lim.Expanded}
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse(b.broken, err)
	}
	m := &meter{box: b, r: r, packed: int64(f.CompressedSize64)}
	return &part{dec: xml.NewDecoder(m), meter: m, broken: b.broken}, nil
}

// A meter counts what a part unpacks to.
type meter struct {
	box    *box
	r      io.ReadCloser
	packed int64
	read   int64
	token  int64 // since the last token
}

func (m *meter) Read(b []byte) (int, error) {
	if err := m.box.file.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(b)
	m.read += int64(n)
	m.token += int64(n)
	m.box.left -= int64(n)
	switch {
	case m.box.left < 0, m.read > megabyte && m.read/maxRatio > m.packed:
		return n, &Refusal{Key: Bomb, Limit: m.box.file.lim.Expanded}
	case m.token > maxToken:
		return n, refuse(m.box.broken, errors.New("token too long"))
	}
	return n, err
}

// A part is XML read as a stream. Names are compared without their namespace:
// the strict and the usual form of DOCX differ in nothing else.
type part struct {
	dec    *xml.Decoder
	meter  *meter
	depth  int
	broken string
}

func (p *part) close() { _ = p.meter.r.Close() }

func (p *part) next() (xml.Token, error) {
	p.meter.token = 0
	tok, err := p.dec.Token()
	var no *Refusal
	switch {
	case err == nil, errors.As(err, &no), p.meter.box.file.ctx.Err() != nil, errors.Is(err, io.EOF):
		return tok, err
	}
	return nil, refuse(p.broken, err)
}

// children hands each child of the element just begun to do, which must read
// it to its end with children or skip, and the text between them to chars,
// which may be nil.
func (p *part) children(do func(xml.StartElement) error, chars func(string)) error {
	if p.depth++; p.depth > maxDepth {
		return refuse(p.broken, errors.New("elements too deep"))
	}
	defer func() { p.depth-- }()
	for {
		tok, err := p.next()
		if errors.Is(err, io.EOF) && p.depth == 1 {
			return nil
		}
		if err != nil {
			return err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if err := do(tok); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if chars != nil {
				chars(string(tok))
			}
		}
	}
}

// skip reads an element to its end.
func (p *part) skip() error {
	for open := 1; open > 0; {
		tok, err := p.next()
		if err != nil {
			return err
		}
		switch tok.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
	return nil
}

// text returns the text in an element, at any depth.
func (p *part) text() (string, error) {
	var b strings.Builder
	var do func(xml.StartElement) error
	chars := func(s string) {
		if b.Len() < maxToken {
			b.WriteString(s)
		}
	}
	do = func(xml.StartElement) error { return p.children(do, chars) }
	err := p.children(do, chars)
	return b.String(), err
}

// attr returns an attribute by its name without namespace.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// each calls do for every element of a part, however deep. Do must not read on.
func (b *box) each(name string, do func(xml.StartElement)) error {
	p, err := b.open(name)
	if err != nil {
		return err
	}
	defer p.close()
	for {
		tok, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := tok.(xml.StartElement); ok {
			do(e)
		}
	}
}

// title returns the title that a part with metadata gives, if it is there.
func (b *box) title(name string) (string, error) {
	if !b.has(name) {
		return "", nil
	}
	p, err := b.open(name)
	if err != nil {
		return "", err
	}
	defer p.close()
	title := ""
	var do func(xml.StartElement) error
	do = func(e xml.StartElement) (err error) {
		if e.Name.Local == "title" && title == "" {
			title, err = p.text()
			return err
		}
		return p.children(do, nil)
	}
	return title, p.children(do, nil)
}
