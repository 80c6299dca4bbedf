package paper_test

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/internal/platform/paper"
)

// upn is the example of the Bank Association.
const upn = "UPNQR\n\n\n\n\nJanez Novak\nDunajska 1\n1000 Ljubljana\n00000008105\n\n\nRENT\nPlačilo najemnine 10/2016\n15.11.2016\nSI56051008010486080\nRF45SBO2010\nNovo podjetje d.o.o.\nLepa cesta 15\n3698 Loški Potok\n188\n"

func slip(t *testing.T) paper.Document {
	t.Helper()
	raw, err := charmap.ISO8859_2.NewEncoder().Bytes([]byte(upn))
	if err != nil {
		t.Fatal(err)
	}
	return paper.Document{Lang: "sl", Title: "Račun", Blocks: []paper.Block{paper.Slip{
		Code:  paper.Code{Content: raw, Charset: payslip.UPNCharset, Version: payslip.UPNVersion, Alt: "Koda UPN QR: 81,05 €"},
		Facts: paper.Facts{{Label: "Sklic", Value: paper.Plain("RF45 SBO2 010")}, {Label: "Znesek", Value: paper.Plain("81,05 €")}},
	}}}
}

// The code on a printed page says what the standard asks: version 15, level M, the
// character set ISO 8859-2, and the lines.
func TestPDF_slip(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if _, err := paper.PDF(&b, slip(t)); err != nil {
		t.Fatal(err)
	}
	path := file(t, "slip.pdf", b.Bytes())
	run(t, "qpdf", "--check", path)
	wants(t, run(t, "pdftotext", "-layout", path, "-"), "Sklic RF45 SBO2 010", "Znesek 81,05 €")
	if got := fmt.Sprint(read(t, path).objects); !strings.Contains(got, "/Figure") || !strings.Contains(got, "/Alt:u:Koda UPN QR: 81,05 €") {
		t.Error("the code has no words for those who cannot see it")
	}
	dir := filepath.Dir(path)
	run(t, "pdftoppm", "-r", "600", "-png", path, filepath.Join(dir, "page"))
	names, _ := filepath.Glob(filepath.Join(dir, "page*.png"))
	raw, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	const dot = 600 / 25.4 // a millimetre
	dark := func(x, y float64) bool { r, _, _, _ := img.At(int(x), int(y)).RGBA(); return r < 0x8000 }
	top := 0.0
	for !dark(20*dot+3, top) {
		top++
	}
	level, charset, content := readQR(t, 77, func(x, y int) bool {
		return dark((20+0.42*(float64(x)+0.5))*dot, top+0.42*(float64(y)+0.5)*dot)
	})
	if level != "M" || charset != 4 || content != upn {
		t.Errorf("the code is of level %s, character set %d, and says %q", level, charset, content)
	}
}

// The same stands in the other kinds of files.
func TestOffice_slip(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := paper.HTML(&b, slip(t)); err != nil || !strings.Contains(b.String(), `<svg role="img" aria-label="Koda UPN QR: 81,05 €"`) {
		t.Errorf("no picture in the page, %v", err)
	}
	docx := parts(t, paper.DOCX, slip(t))
	img, err := png.Decode(bytes.NewReader(docx["word/media/code1.png"]))
	if err != nil || !strings.Contains(string(docx["word/document.xml"]), `descr="Koda UPN QR: 81,05 €"`) {
		t.Fatalf("no picture in the DOCX, %v", err)
	}
	_, _, content := readQR(t, 77, func(x, y int) bool { r, _, _, _ := img.At(4*(x+4)+2, 4*(y+4)+2).RGBA(); return r < 0x8000 })
	if content != upn {
		t.Errorf("the picture says %q", content)
	}
	if odt := string(parts(t, paper.ODT, slip(t))["content.xml"]); !strings.Contains(odt, "<office:binary-data>") || !strings.Contains(odt, "<svg:desc>Koda UPN QR") {
		t.Error("no picture in the ODT")
	}
}

func TestCheck_slip(t *testing.T) {
	for name, bad := range map[string]func(*paper.Code){
		"no words": func(c *paper.Code) { c.Alt = "" }, "no content": func(c *paper.Code) { c.Content = nil }, "too long": func(c *paper.Code) { c.Content = make([]byte, 412) },
	} {
		d := slip(t)
		s := d.Blocks[0].(paper.Slip)
		bad(&s.Code)
		d.Blocks[0] = s
		if d.Check() == nil {
			t.Errorf("a code with %s passes", name)
		}
	}
}

// readQR reads a code of version 15 by ISO/IEC 18004, without mending errors.
func readQR(t *testing.T, n int, dark func(x, y int) bool) (level string, charset int, content string) {
	t.Helper()
	format := 0
	for i := range 6 { // the fifteen bits of format around the upper left finder, from the most significant
		format = format<<1 | bit(dark(i, 8))
	}
	format = format<<3 | bit(dark(7, 8))<<2 | bit(dark(8, 8))<<1 | bit(dark(8, 7))
	for i := range 6 {
		format = format<<1 | bit(dark(8, 5-i))
	}
	format ^= 0x5412
	level, mask := []string{"M", "L", "H", "Q"}[format>>13], format>>10&7
	masked := func(x, y int) bool {
		return []bool{(y+x)%2 == 0, y%2 == 0, x%3 == 0, (y+x)%3 == 0, (y/2+x/3)%2 == 0, y*x%2+y*x%3 == 0, (y*x%2+y*x%3)%2 == 0, ((y+x)%2+y*x%3)%2 == 0}[mask]
	}
	centres := []int{6, 26, 48, 70}
	function := func(x, y int) bool {
		if x < 9 && y < 9 || x >= n-8 && y < 9 || x < 9 && y >= n-8 || x == 6 || y == 6 || x >= n-11 && y < 6 || y >= n-11 && x < 6 {
			return true
		}
		for _, cx := range centres {
			for _, cy := range centres {
				corner := cx == 6 && cy == 6 || cx == 6 && cy == 70 || cx == 70 && cy == 6
				if !corner && x >= cx-2 && x <= cx+2 && y >= cy-2 && y <= cy+2 {
					return true
				}
			}
		}
		return false
	}
	var words []byte
	bits, have := 0, 0
	for right, up := n-1, true; right > 0; right, up = right-2, !up {
		if right == 6 {
			right--
		}
		for i := range n {
			y := i
			if up {
				y = n - 1 - i
			}
			for _, x := range []int{right, right - 1} {
				if function(x, y) {
					continue
				}
				if bits, have = bits<<1|bit(dark(x, y) != masked(x, y)), have+1; have == 8 {
					words, bits, have = append(words, byte(bits)), 0, 0
				}
			}
		}
	}
	// Level M of version 15 has five blocks of 41 words and five of 42, interleaved.
	var plain []byte
	for block := range 10 {
		for i := range 41 {
			plain = append(plain, words[10*i+block])
		}
		if block >= 5 {
			plain = append(plain, words[410+block-5])
		}
	}
	at := 0
	take := func(n int) (v int) {
		for range n {
			v = v<<1 | int(plain[at/8]>>(7-at%8)&1)
			at++
		}
		return v
	}
	mode := take(4)
	if mode == 7 {
		charset, mode = take(8), take(4)
	}
	if mode != 4 {
		t.Fatalf("the mode is %d", mode)
	}
	raw := make([]byte, take(16))
	for i := range raw {
		raw[i] = byte(take(8))
	}
	text, err := charmap.ISO8859_2.NewDecoder().Bytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	return level, charset, string(text)
}

func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// go test ./internal/platform/paper -run xxx -bench Slip
func BenchmarkPDF_slip(b *testing.B) {
	var t testing.T
	d := slip(&t)
	for b.Loop() {
		if _, err := paper.PDF(&bytes.Buffer{}, d); err != nil {
			b.Fatal(err)
		}
	}
}
