package reader

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var fuzzLimits = Limits{Input: 1 << 20, Expanded: 4 << 20, Text: 1 << 20}

// checkRead reads what a fuzzer made. Whatever it is, the answer is a clean
// text within the limits, or a refusal.
func checkRead(t *testing.T, content []byte) {
	got, err := Read(t.Context(), Source{Bytes: content}, fuzzLimits)
	var no *Refusal
	switch {
	case err == nil && (got.Content == "" || !utf8.ValidString(got.Content) || !norm.NFC.IsNormalString(got.Content) ||
		strings.ContainsAny(got.Content, "\r\f\x00") || int64(len(got.Content)) > fuzzLimits.Text || got.Kind == "" || got.ReadBy == ""):
		t.Fatalf("Read = %+v", got)
	case err != nil && !errors.As(err, &no):
		t.Fatalf("Read = %v, not a refusal", err)
	}
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{"člen", "\xff\xfea\x00b\x00", "\x9aola \xe8", "\xb9ola", "a\x00b\x00c\x00", "\xef\xbb\xbf\xff", "a\u2028b\u0085c"} {
		f.Add([]byte(s))
	}
	f.Fuzz(checkRead)
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{"<p>a<ol type=a><li>b</ol>", "<main>a</main><nav>b", "<table><tr><td>a<td>b", "<pre> a\n b</pre>", "<title>a<p>b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkRead(t, []byte("<html>"+s)) })
}

func FuzzDOCX(f *testing.F) {
	f.Add(para("1", "0", "a")+para("1", "1", "b"), level("0", "decimal", "%1.")+level("1", "lowerLetter", "%1.%2)"))
	f.Add(`<w:tbl><w:tr><w:tc>`+para("", "", "a")+`</w:tc></w:tr></w:tbl>`, level("0", "bullet", "\uf0b7"))
	f.Add(`<w:p><w:r><w:txbxContent>`+para("1", "0", "a")+`</w:txbxContent></w:r></w:p>`, level("9", "upperRoman", "%9%"))
	f.Fuzz(func(t *testing.T, body, levels string) {
		checkRead(t, pack(t, "word/document.xml", docBody(body), "word/_rels/document.xml.rels", docRels,
			"word/numbering.xml", `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1">`+levels+`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`))
	})
}

func FuzzODT(f *testing.F) {
	f.Add(odfList(`text:style-name="L"`, "a", odfList("", "b")), lawList)
	f.Add("<text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body></text:note></text:p>", "")
	f.Fuzz(func(t *testing.T, body, styles string) { checkRead(t, odtOf(t, styles, body)) })
}

func FuzzZip(f *testing.F) {
	f.Add(pack(f, "word/document.xml", docBody(para("", "", "a"))))
	f.Add(odtOf(f, "", "<text:p>a</text:p>"))
	f.Fuzz(func(t *testing.T, b []byte) { checkRead(t, append([]byte("PK\x03\x04"), b[min(4, len(b)):]...)) })
}

// FuzzPage feeds the drawing of a page to the fallback. An error is an answer;
// a panic that gets out is not.
func FuzzPage(f *testing.F) {
	f.Add([]byte("a) Tj 1 0 0 1 2 3 Tm [(b) -300 (c)] TJ q Q ("))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 4096 {
			t.Skip("a page this long only takes time")
		}
		_ = writePages(pdfOf("", string(b)), bufio.NewWriter(io.Discard))
	})
}

func BenchmarkTXT10MB(b *testing.B) {
	text := []byte(strings.Repeat("Ministrstvo lahko sklene pogodbo o sofinanciranju žive kulture, če šola to želi.\r\n", 10<<20/84))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(b.Context(), Source{Bytes: text}, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDOCX500(b *testing.B) {
	var body strings.Builder
	for i := range 500 {
		body.WriteString(para("1", fmt.Sprint(i%3), "Ministrstvo lahko sklene pogodbo o sofinanciranju žive kulture, če šola to želi."))
	}
	file := pack(b, "word/document.xml", docBody(body.String()), "word/_rels/document.xml.rels", docRels, "word/numbering.xml",
		`<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1">`+level("0", "decimal", "%1. člen")+level("1", "decimal", "(%2)")+level("2", "lowerLetter", "%3)")+
			`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(b.Context(), Source{Bytes: file}, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
