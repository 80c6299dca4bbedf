package app_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// Bad input gets a clear word, and nothing is lost: whatever is dropped on the
// house is kept, says in one sentence what is wrong with it, and takes the text by
// hand.
func TestHard_files(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	neza := visit(t, h, h.Handler(), coordinator)
	const act = "Zakon o čebeljih šumih (ZČŠ)\n\n1. člen\n\n(1) Žlahtna čebela šumi.\n"
	garbage := make([]byte, 20_000)
	for i := range garbage {
		garbage[i] = byte(rand.New(rand.NewPCG(7, uint64(i))).Uint32())
	}
	docx := packed(t, "word/document.xml", []byte(`<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>1. člen</w:t></w:r></w:p></w:body></w:document>`))
	for _, c := range []struct {
		name  string
		file  []byte
		wants string // key of the sentence on the page; empty for none
		reads string // words of the text on the page
	}{
		{"cp1250.txt", encoded(t, charmap.Windows1250, act), "reader.note.encoding", "Žlahtna čebela šumi."},
		{"latin2.txt", encoded(t, charmap.ISO8859_2, act), "reader.note.encoding", "Žlahtna čebela šumi."},
		{"utf16le-bom.txt", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), act), "", "Žlahtna čebela šumi."},
		{"utf16be.txt", encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), act), "reader.note.encoding", "Žlahtna čebela šumi."},
		{"truncated.docx", docx[:len(docx)/2], "reader.docx_broken", ""},
		{"bomb.docx", bomb(t), "reader.bomb", ""},
		{"locked.pdf", pdf(`/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (` + strings.Repeat("o", 32) + `) /U (` + strings.Repeat("u", 32) + `) >> /ID [(a) (a)]`), "reader.encrypted", ""},
		{"scanned.pdf", pdf(""), "reader.scanned", ""},
		{"truncated.pdf", pdf("")[:200], "reader.pdf_broken", ""},
		{"garbage.bin", garbage, "reader.unknown_kind", ""},
		{"nuls.txt", bytes.Repeat([]byte{0}, 5000), "reader.unknown_kind", ""},
		{"spaces.txt", []byte(" \n\t\n "), "reader.empty", ""},
		{"picture.txt", []byte("\x89PNG\r\n\x1a\n0000"), "reader.image", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := exec.LookPath("pdftotext"); err != nil && strings.HasSuffix(c.name, ".pdf") {
				storetest.Need(t, "pdftotext is not installed here")
			}
			at := neza.send("/cases/new", c.name, c.file, "text", "", "source", "https://gov.example/osnutek").leads()
			p := neza.get(at).is(http.StatusOK).says(c.name, sentence(h, "cases.intake.kept"))
			if c.wants != "" {
				p.says(sentence(h, c.wants))
			}
			if c.reads != "" {
				p.says(c.reads)
				return
			}
			// What could not be read is there, and takes the text by hand.
			p.says(sentence(h, "cases.intake.problem"))
			neza.post(at+"/text", "text", act).is(http.StatusSeeOther)
			neza.get(at).is(http.StatusOK).says("Žlahtna čebela šumi.", c.name)
		})
	}
}

// What is pasted is taken as it is, or shown again with a word at its field.
func TestHard_texts(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	neza := visit(t, h, h.Handler(), coordinator)
	for _, c := range []struct{ name, text, reads string }{
		{"NULs", "Zakon\x00 o\x00 čebelah", "Zakon o čebelah"},
		{"no UTF-8", "Zakon o \xc8ebelah", "Zakon o �ebelah"},
		{"5 MB of one line", strings.Repeat("čebela šumi ", 5<<20/14), sentence(h, "cases.intake.more")},
		{"5 MB of one word", strings.Repeat("a", 5<<20), sentence(h, "cases.intake.more")},
		{"markup", `<script>alert(1)</script> & "zakon"`, `<script>alert(1)</script> & "zakon"`},
		{"a past deadline", "Osnutek Zakona o čebelah\n\nPripombe pošljite do 3. 2. 2020.\n\n1. člen\n\nČebela.\n", sentence(h, "cases.warn.past")},
		{"no articles", "Zakon o čebelah (ZČ)\n\nČebele šumijo.\n\nTo velja povsod.\n", sentence(h, "cases.warn.articles")},
	} {
		t.Run(c.name, func(t *testing.T) {
			begun := time.Now()
			at := neza.send("/cases/new", "", nil, "text", c.text).leads()
			p := neza.get(at).is(http.StatusOK).says(c.reads)
			if strings.Contains(p.raw, "<script>alert") {
				t.Error("what was pasted runs")
			}
			if took := time.Since(begun); took > 20*time.Second {
				t.Errorf("that took %v", took)
			}
		})
	}
	t.Run("nothing", func(t *testing.T) {
		neza.send("/cases/new", "", nil, "text", " \n ", "source", "https://gov.example/x").is(http.StatusUnprocessableEntity).
			says(sentence(h, "cases.intake.empty"), "https://gov.example/x")
	})
	t.Run("a broken address", func(t *testing.T) {
		neza.send("/cases/new", "", nil, "text", "Zakon o čebelah", "source", "to ni naslov").is(http.StatusUnprocessableEntity).
			says(sentence(h, "cases.link.broken"), "Zakon o čebelah", "to ni naslov")
	})
	t.Run("a form that breaks off", func(t *testing.T) {
		body, kind := multipartOf(t, "osnutek.txt", []byte(strings.Repeat("člen ", 2000)), "text", "Zakon o čebelah")
		r := httptest.NewRequest("POST", "/cases/new", bytes.NewReader(body.Bytes()[:body.Len()/2]))
		r.Header.Set("Content-Type", kind)
		neza.do(r).is(http.StatusUnprocessableEntity).says(sentence(h, "form.broken"), "Zakon o čebelah")
	})
}

// An act without articles is kept, is addressable as a whole, and says so.
func TestHard_noArticles(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	neza := visit(t, h, h.Handler(), coordinator)
	at := neza.post("/cases/new", "text", "Zakon o čebelah (ZČ)\n\nČebele šumijo.\n\nTo velja povsod.\n").leads()
	p := neza.get(at).is(http.StatusOK).says(sentence(h, "cases.warn.articles"))
	form := fields(p.raw, at)
	form.Set("title", "Zakon o čebelah")
	form.Set("label", "osnutek")
	file := neza.post(at, pairs(form)...).leads()
	neza.get(file + "/drafts").is(http.StatusOK).says("osnutek")
	link := find(t, neza.get(file+"/drafts").raw, `href="(/acts/[^"/?]+/[^"/?]+)"`)
	act := neza.get(link).is(http.StatusOK).says("Čebele šumijo.")
	neza.get(find(t, act.raw, `href="(`+link+`/[^"?#.]+)"`)).is(http.StatusOK)
}

// A file of 200 MB is refused before it is read, with a word at its field, and one
// that does not say how big it is as soon as it has become too big; what was typed is
// in the form again, and the house keeps its size.
func TestHard_big(t *testing.T) {
	h, base := demoHouse(t)
	neza := visit(t, h, h.Handler(), coordinator)
	for _, c := range []struct {
		name string
		says bool  // how big it is
		most int64 // that may be sent
	}{{"known", true, 20 << 20}, {"unknown", false, 70 << 20}} {
		t.Run(c.name, func(t *testing.T) {
			file := &bigForm{left: 200 << 20, head: strings.NewReader("--meja\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n" +
				"--meja\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\nhttps://gov.example/veliko\r\n" +
				"--meja\r\nContent-Disposition: form-data; name=\"file\"; filename=\"veliko.pdf\"\r\n\r\n")}
			r, err := http.NewRequest("POST", base+"/cases/new", file)
			if err != nil {
				t.Fatal(err)
			}
			if c.says {
				r.ContentLength = int64(file.head.Len()) + file.left
			}
			r.Header.Set("Content-Type", "multipart/form-data; boundary=meja")
			r.Header.Set("Cookie", "session="+neza.cookies["session"]+"; lang=sl")
			got, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer got.Body.Close()
			whole, err := io.ReadAll(got.Body)
			if err != nil || got.StatusCode != http.StatusUnprocessableEntity {
				t.Fatal(got.Status, err)
			}
			for _, want := range []string{sentence(h, "cases.intake.big"), "https://gov.example/veliko"} {
				if !strings.Contains(string(whole), want) {
					t.Errorf("without %q", want)
				}
			}
			sent, heap := file.sent.Load(), file.heap.Load()
			t.Logf("%d MB were sent, the heap had %d MB at most", sent>>20, heap>>20)
			if sent > c.most || heap > 120<<20 {
				t.Error("that is too much")
			}
		})
	}
	left, err := filepath.Glob(filepath.Join(h.Config.Data, "files", "put-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%v is left of it (%v)", left, err)
	}
}

// A bigForm is a form that is made while it is read; it watches the heap of this
// program, which is the house's too.
type bigForm struct {
	head       *strings.Reader
	left       int64
	sent, heap atomic.Int64
}

// Read reads the fields, and then zeros.
func (f *bigForm) Read(p []byte) (int, error) {
	if n, _ := f.head.Read(p); n > 0 {
		f.weigh()
		return n, nil
	}
	if f.left == 0 {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), f.left))
	clear(p[:n])
	f.left -= int64(n)
	if sent := f.sent.Add(int64(n)); sent%(1<<20) < int64(n) {
		f.weigh()
	}
	return n, nil
}

func (f *bigForm) weigh() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	f.heap.Store(max(f.heap.Load(), int64(m.HeapInuse)))
}

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// packed is a ZIP of one file.
func packed(t *testing.T, name string, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a small DOCX that unpacks to 300 MB.
func bomb(t *testing.T) []byte {
	t.Helper()
	return packed(t, "word/document.xml", append([]byte(`<w:document xmlns:w="w"><w:body>`), make([]byte, 300<<20)...))
}

// pdf is a page with a picture and no text; the trailer has more.
func pdf(more string) []byte {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.4\n")
	const draw = "q 100 0 0 100 72 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
	for i, o := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(draw), draw),
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, more, table)
	return b.Bytes()
}
