package reader

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// pdfOf makes a PDF of pages, each of lines of ASCII. The trailer has more.
func pdfOf(more string, pages ...string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(at)}, args...)...)
	}
	b.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), kids.String())
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for i, page := range pages {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", 5+2*i)
		draw := "BT /F1 12 Tf 14 TL 72 770 Td"
		for line := range strings.Lines(page) {
			draw += " (" + strings.TrimRight(line, "\n") + ") Tj T*"
		}
		draw += " ET"
		if page == "" {
			draw = "q 100 0 0 100 72 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
		}
		object("<< /Length %d >>\nstream\n%s\nendstream", len(draw), draw)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, more, xref)
	return b.Bytes()
}

// locked is the trailer of a PDF whose password is not the empty one.
var locked = `/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (` + strings.Repeat("o", 32) + `) /U (` + strings.Repeat("u", 32) + `) >> /ID [(a) (a)]`

// eachWay runs a test with pdftotext and with the fallback.
func eachWay(t *testing.T, do func(t *testing.T, lim Limits)) {
	t.Parallel()
	t.Run("pdftotext", func(t *testing.T) {
		t.Parallel()
		do(t, Limits{PDFToText: require(t, "pdftotext")})
	})
	t.Run("fallback", func(t *testing.T) {
		t.Parallel()
		do(t, simple(t))
	})
}

func TestPDF_text(t *testing.T) {
	eachWay(t, func(t *testing.T, lim Limits) {
		got := wantText(t, pdfOf("/Info << /Title (Osnutek zakona) >>", "Prva stran\ndruga vrstica", "Druga stran"), lim, "Prva stran\ndruga vrstica\nDruga stran")
		by := map[bool]string{true: "ledongthuc/pdf", false: "pdftotext "}[lim.PDFToText == "-"]
		if got.Kind != PDF || got.Pages != 2 || got.Title != "Osnutek zakona" || !strings.HasPrefix(got.ReadBy, by) {
			t.Errorf("%s, %d pages, title %q, read by %q", got.Kind, got.Pages, got.Title, got.ReadBy)
		}
	})
}

func TestPDF_refuses(t *testing.T) {
	eachWay(t, func(t *testing.T, lim Limits) {
		wantRefusal(t, pdfOf("", "", ""), lim, Scanned)
		wantRefusal(t, []byte("%PDF-1.4\nni nič"), lim, PDFBroken)
		wantRefusal(t, pdfOf(locked, "skrito"), lim, Encrypted)
		small := lim
		small.Text = 1000
		wantRefusal(t, pdfOf("", strings.Repeat("vrstica besedila\n", 40), strings.Repeat("vrstica besedila\n", 40)), small, TooLarge)
		got := wantText(t, pdfOf("", "samo tu", ""), lim, "samo tu")
		if got.Notes[len(got.Notes)-1] != NoteBlankPages {
			t.Errorf("notes %q", got.Notes)
		}
	})
}

func TestPDF_password(t *testing.T) {
	eachWay(t, func(t *testing.T, lim Limits) {
		qpdf, dir := require(t, "qpdf"), t.TempDir()
		plain := filepath.Join(dir, "in.pdf")
		if err := os.WriteFile(plain, pdfOf("", "skrito"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, bits := range []string{"128", "256"} {
			out := filepath.Join(dir, bits+".pdf")
			args := []string{"--allow-weak-crypto", "--encrypt", "uporabnik", "lastnik", bits, "--", plain, out}
			if said, err := exec.CommandContext(t.Context(), qpdf, args...).CombinedOutput(); err != nil {
				t.Fatalf("qpdf: %v: %s", err, said)
			}
			secret, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			wantRefusal(t, secret, lim, Encrypted)
		}
	})
}

// A reader that hangs or eats memory is ended, and the reason is told.
func TestPDF_childIsBounded(t *testing.T) {
	t.Parallel()
	lim := simple(t)
	lim.PDFChild[1], lim.Time = "hang", 300*time.Millisecond
	begun := time.Now()
	wantRefusal(t, pdfOf("", "a"), lim, Timeout)
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
	lim = simple(t)
	lim.PDFChild = nil
	wantRefusal(t, pdfOf("", "a"), lim, NoPDF)
	if runtime.GOOS != "linux" {
		t.Skip("only Linux bounds the memory of another process")
	}
	lim = simple(t)
	lim.PDFChild[1], lim.Memory = "eat", 128<<20
	wantRefusal(t, pdfOf("", "a"), lim, Memory)
}

// Lines that every page has are page lines, and numbers that merely look alike
// are text: "1. člen" at the head of page one, "2. člen" of page two.
func TestTidyPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, pages, want, notes string }{
		{"header and number", "Uradni list\na\n1|Uradni list\nb\n2|Uradni list\nc\n3|Uradni list\nd\n4", "a\nb\nc\nd", NotePageLines},
		{"title page without", "NASLOV\nx|GLAVA\na|GLAVA\nb|GLAVA\nc", "NASLOV\nx\na\nb\nc", NotePageLines},
		{"page with total", "a\nStran 1 od 4|b\nStran 2 od 4|c\nStran 3 od 4|d\nStran 4 od 4", "a\nb\nc\nd", NotePageLines},
		{"articles", "1. člen\na|2. člen\nb|3. člen\nc|4. člen\nd", "1. člen\na\n2. člen\nb\n3. člen\nc\n4. člen\nd", ""},
		{"numbers that do not follow", "a\n7|b\n3|c\n9|d\n1", "a\n7\nb\n3\nc\n9\nd\n1", ""},
		{"two pages", "GLAVA\na|GLAVA\nb", "GLAVA\na\nGLAVA\nb", ""},
		{"one page", "a", "a", ""},
		{"cut word known whole", "kul-\nturnik\nin kulturnik", "kulturnik\nin kulturnik", NoteHyphens},
		{"cut word known with hyphen", "kulturno-\numetniški, kulturno-umetniški", "kulturno-umetniški, kulturno-umetniški", NoteHyphens},
		{"cut word not known", "kulturno-\numetniški", "kulturno-\numetniški", ""},
		{"soft hyphen", "kul\u00ad\nturnik", "kulturnik", NoteHyphens},
		{"a name", "Novak-\nKranjc, Novakkranjc", "Novak-\nKranjc, Novakkranjc", ""},
		{"an indent", "ure -\nprva", "ure -\nprva", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got Text
			tidyPages(plainPages(strings.Split(c.pages, "|")), &got)
			if notes := strings.Join(got.Notes, " "); got.Content != c.want || notes != c.notes {
				t.Errorf("tidyPages(%q) = %q with notes %q, want %q with %q", c.pages, got.Content, notes, c.want, c.notes)
			}
		})
	}
}
