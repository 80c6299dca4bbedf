package paper

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf16"
)

// A pdfFile gathers the objects of a PDF 1.7 file (ISO 32000-1). Streams are
// written as they come; the small objects, which are many, are packed in object
// streams at the end.
type pdfFile struct {
	out   bytes.Buffer
	at    []int    // by object: offset of a stream, or 0
	small []string // by object: the body of a small object, or ""
	zip   *zlib.Writer
}

func newPDFFile() *pdfFile {
	f := &pdfFile{at: make([]int, 1), small: make([]string, 1), zip: zlib.NewWriter(nil)}
	f.out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	return f
}

// reserve returns the number of an object that is put later.
func (f *pdfFile) reserve() int {
	f.at, f.small = append(f.at, 0), append(f.small, "")
	return len(f.at) - 1
}

func (f *pdfFile) put(id int, body string) { f.small[id] = body }

func (f *pdfFile) add(body string) int {
	id := f.reserve()
	f.put(id, body)
	return id
}

// stream adds a compressed stream; dict is what its dictionary has besides.
func (f *pdfFile) stream(dict string, content []byte) int {
	id := f.reserve()
	f.putStream(id, dict+" /Filter /FlateDecode", f.deflate(content))
	return id
}

func (f *pdfFile) putStream(id int, dict string, content []byte) {
	f.at[id] = f.out.Len()
	fmt.Fprintf(&f.out, "%d 0 obj\n<<%s /Length %d>>\nstream\n", id, dict, len(content))
	f.out.Write(content)
	f.out.WriteString("\nendstream\nendobj\n")
}

func (f *pdfFile) deflate(b []byte) []byte {
	var out bytes.Buffer
	f.zip.Reset(&out)
	f.zip.Write(b) // a bytes.Buffer takes all
	f.zip.Close()
	return out.Bytes()
}

// finish packs the small objects, writes the cross-references and returns the file.
func (f *pdfFile) finish(root, info int) []byte {
	type place struct{ kind, a, b int }
	places := make([]place, len(f.at), len(f.at)+len(f.at)/packed+2)
	places[0] = place{0, 0, 0xFFFF}
	var ids []int
	for id := 1; id < len(places); id++ {
		if f.at[id] == 0 {
			ids = append(ids, id)
		}
	}
	for len(ids) > 0 {
		n := min(packed, len(ids))
		pack := f.pack(ids[:n])
		for i, id := range ids[:n] {
			places[id] = place{2, pack, i}
		}
		places = append(places, place{})
		ids = ids[n:]
	}
	for id, at := range f.at {
		if at != 0 {
			places[id] = place{1, at, 0}
		}
	}
	xref, start := f.reserve(), f.out.Len()
	places = append(places, place{1, start, 0})
	var table []byte
	for _, p := range places {
		table = append(table, byte(p.kind))
		table = be.AppendUint32(table, uint32(p.a))
		table = be.AppendUint16(table, uint16(p.b))
	}
	sum := sha256.Sum256(f.out.Bytes())
	f.putStream(xref, fmt.Sprintf("/Type /XRef /Size %d /W [1 4 2] /Root %d 0 R /Info %d 0 R /ID [<%x> <%[4]x>] /Filter /FlateDecode",
		len(places), root, info, sum[:16]), f.deflate(table))
	fmt.Fprintf(&f.out, "startxref\n%d\n%%%%EOF\n", start)
	return f.out.Bytes()
}

// packed is the number of objects in one object stream.
const packed = 200

func (f *pdfFile) pack(ids []int) int {
	var index, body strings.Builder
	for _, id := range ids {
		fmt.Fprintf(&index, "%d %d ", id, body.Len())
		body.WriteString(f.small[id] + "\n")
	}
	return f.stream(fmt.Sprintf("/Type /ObjStm /N %d /First %d", len(ids), index.Len()), []byte(index.String()+body.String()))
}

// pdfText writes a text string in UTF-16 with a byte order mark.
func pdfText(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(clean(s))) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

// pdfASCII writes an ASCII string, such as an address.
func pdfASCII(s string) string {
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s) + ")"
}
