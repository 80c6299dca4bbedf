package paper

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"html"
	"io"
	"strings"

	"golang.org/x/text/language"
)

// markup is a file of HTML or XML in the making.
type markup struct{ bytes.Buffer }

// put writes the format with the texts escaped.
func (m *markup) put(format string, texts ...string) {
	escaped := make([]any, len(texts))
	for i, s := range texts {
		escaped[i] = escape(s)
	}
	fmt.Fprintf(m, format, escaped...)
}

// escape is right for HTML and for XML, in text and in attributes.
func escape(s string) string { return html.EscapeString(clean(s)) }

// broken writes text with an element for each newline.
func (m *markup) broken(s, br string) {
	m.WriteString(strings.ReplaceAll(escape(s), "\n", br))
}

func (m *markup) to(w io.Writer, kind string) error {
	if _, err := m.WriteTo(w); err != nil {
		return fmt.Errorf("paper: write %s: %w", kind, err)
	}
	return nil
}

// A part is a file in an office document, which is a ZIP archive.
type part struct{ name, text string }

// archive writes parts in their order and without a date.
func archive(w io.Writer, parts []part) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := create(z, p)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

// create stores the mimetype of ODF plainly, with its size before it, so that the
// kind of file can be read at a fixed place (ODF 1.3, part 2, 3.3).
func create(z *zip.Writer, p part) (io.Writer, error) {
	if p.name != "mimetype" {
		return z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
	}
	n := uint64(len(p.text))
	return z.CreateRaw(&zip.FileHeader{
		Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(p.text)), CompressedSize64: n, UncompressedSize64: n,
	})
}

// A locale is a language as office programs know it: they want a region.
type locale struct{ language, script, region string }

// localeOf adds the region where the language is mostly at home, if none is given.
func localeOf(tag string) locale {
	t := language.Make(tag)
	base, script, _ := t.Raw()
	region, _ := t.Region()
	l := locale{language: base.String(), region: region.String()}
	if s := script.String(); s != "Zzzz" {
		l.script = s
	}
	return l
}

// String joins the parts to a tag: sl-SI, sr-Cyrl-RS.
func (l locale) String() string {
	if l.script != "" {
		return l.language + "-" + l.script + "-" + l.region
	}
	return l.language + "-" + l.region
}
