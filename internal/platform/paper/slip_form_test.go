package paper_test

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/internal/platform/paper"
)

var order = payslip.UPN{
	Payer: "Žiga Čšćđ", Street: "Dolga ulica 1", Place: "6000 Koper", Amount: money.Cents(1_240_50), Code: "OTHR", Purpose: "Članarina 2026, račun 2026-00001",
	Due: civil.On(2026, 3, 31), IBAN: "SI56051008010486080", Reference: "SI1220260000019", Name: "Mreža neodvisne kulture", Address: "Tesarska 9", Town: "1000 Ljubljana",
}

// form is an invoice with the form at its foot, below as many lines.
func form(t *testing.T, u payslip.UPN, lines int) paper.Document {
	t.Helper()
	f, err := u.Form()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := u.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	d := paper.Document{Lang: "en", Title: "Invoice", Footer: "Mreža", Blocks: []paper.Block{paper.Slip{
		Code:  paper.Code{Content: raw, Charset: payslip.UPNCharset, Version: payslip.UPNVersion, Alt: "UPN QR code: 1.240,50 €"},
		Facts: paper.Facts{{Label: "IBAN", Value: paper.Plain(u.IBAN.String())}}, Form: &f,
	}}}
	for range lines {
		d.Blocks = append(d.Blocks, paper.Paragraph{Text: paper.Plain("Zahvaljujemo se vam.")})
	}
	return d
}

func pdfOf(t *testing.T, d paper.Document) (path string, pages int) {
	t.Helper()
	var b bytes.Buffer
	r, err := paper.PDF(&b, d)
	if err != nil || len(r.Missing) > 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	return file(t, "form.pdf", b.Bytes()), r.Pages
}

// page is the last page at 600 dots to the inch, and how dark it is at a place, in
// millimetres from its upper left corner.
func picture(t *testing.T, path string) (png string, dark func(x, y float64) bool) {
	t.Helper()
	dir := filepath.Dir(path)
	run(t, "pdftoppm", "-r", "600", "-png", path, filepath.Join(dir, "page"))
	names, _ := filepath.Glob(filepath.Join(dir, "page*.png"))
	return names[len(names)-1], inked(t, names[len(names)-1])
}

func inked(t *testing.T, name string) func(x, y float64) bool {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return func(x, y float64) bool {
		r, _, _, _ := img.At(int(x*600/25.4), int(y*600/25.4)).RGBA()
		return r < 0x8000
	}
}

// The words stand in their fields of the form, to the millimetre, at the foot of the
// page; those of the order twelve to the inch, those of the receipt seventeen.
func TestPDF_form(t *testing.T) {
	t.Parallel()
	path, pages := pdfOf(t, form(t, order, 0))
	if pages != 1 {
		t.Errorf("it has %d pages", pages)
	}
	run(t, "qpdf", "--check", path)
	word := regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>`)
	const mm, top = 72 / 25.4, 297 - 99
	type place struct{ x, y, wide float64 }
	found := map[string][]place{}
	for _, m := range word.FindAllStringSubmatch(run(t, "pdftotext", "-bbox", path, "-"), -1) {
		var n [4]float64
		for i := range n {
			n[i], _ = strconv.ParseFloat(m[i+1], 64)
		}
		found[m[5]] = append(found[m[5]], place{n[0] / mm, (n[1]+n[3])/2/mm - top, (n[2] - n[0]) / mm})
	}
	for _, tt := range []struct {
		word                  string
		left, right, from, to float64 // of the field
		pitch                 float64
	}{
		{"Žiga", 4, 56.5, 6, 10.5, 17}, {"Žiga", 106.5, 206, 22, 27, 12}, {"Dolga", 106.5, 206, 27, 32, 12}, {"Koper", 106.5, 206, 32, 37, 12},
		{"***1.240,50", 16.5, 56.5, 34.5, 39.5, 17}, {"***1.240,50", 114.2, 155.5, 40.5, 45.5, 12}, {"OTHR", 63.5, 78.5, 49, 54, 12}, {"2026-00001", 80.5, 174.3, 49, 54, 12},
		{"31.03.2026", 176.2, 206.2, 49, 54, 12}, {"SI56", 63.5, 191, 58, 63, 12}, {"SI12", 63.5, 78.5, 66, 71, 12}, {"20260000019", 80.5, 163, 66, 71, 12},
		{"neodvisne", 63.5, 163, 74, 79, 12}, {"neodvisne", 4, 56.5, 59, 72.5, 17}, {"Tesarska", 63.5, 163, 79, 84, 12}, {"Ljubljana", 63.5, 163, 84, 89, 12},
	} {
		is := false
		for _, p := range found[tt.word] {
			is = is || p.x >= tt.left && p.x+p.wide <= tt.right && p.y >= tt.from && p.y <= tt.to && math.Abs(p.wide-25.4/tt.pitch*float64(len([]rune(tt.word)))) < 0.1
		}
		if !is {
			t.Errorf("%q is not from %v to %v, %v to %v; it is at %v", tt.word, tt.left, tt.right, tt.from, tt.to, found[tt.word])
		}
	}
}

// A reader of codes finds in the form what the standard wants, to the byte, and the
// code is where the standard has it.
func TestPDF_form_code(t *testing.T) {
	t.Parallel()
	path, _ := pdfOf(t, form(t, order, 0))
	name, dark := picture(t, path)
	const x, y, unit = 63.5 + (40-32.6)/2, 297 - 99 + 6 + (39.5-32.6)/2, 32.6 / 77
	level, charset, content := readQR(t, 77, func(i, j int) bool { return dark(x+unit*(float64(i)+0.5), y+unit*(float64(j)+0.5)) })
	want, err := order.Text()
	if err != nil {
		t.Fatal(err)
	}
	if level != "M" || charset != 4 || content != want {
		t.Errorf("level %s, character set %d, %q; want M, 4, %q", level, charset, content, want)
	}
	if read, err := payslip.ParseUPN(content); err != nil || read != order {
		t.Errorf("it is read back %+v, %v", read, err)
	}
	lines := strings.Split(content, "\n")
	if sum := len([]rune(strings.Join(lines[:19], "\n") + "\n")); len(lines) != 21 || lines[19] != fmt.Sprintf("%03d", sum) {
		t.Errorf("%d lines with the sum %s, counted %d", len(lines), lines[19], sum)
	}
	if got := run(t, "zbarimg", "--raw", "-q", "--nodbus", name); strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("zbarimg reads %q, want %q", got, want)
	}
}

// A screen reader is told the order as a table in Slovenian, once, after the code; what
// has no room above the form leaves it to a page of its own.
func TestPDF_form_tags(t *testing.T) {
	t.Parallel()
	path, _ := pdfOf(t, form(t, order, 1))
	var said []string
	for _, n := range read(t, path).root().kids {
		said = append(said, n.tag+n.tags())
	}
	if got := strings.Join(said, " "); got != "/P /P /Figure /Sect/Table" {
		t.Errorf("it is tagged %s", got)
	}
	if text := run(t, "pdftotext", "-layout", path, "-"); strings.Count(text, "Podpis plačnika") != 1 {
		t.Errorf("it says %s", text)
	}
	long := order
	long.Amount, long.Due = money.Amount{}, civil.Date{}
	long.Purpose, long.Payer, long.Name = strings.Repeat("Š", 50), strings.Repeat("W", 40), strings.Repeat("Ž", 40)
	if _, pages := pdfOf(t, form(t, long, 30)); pages != 2 {
		t.Errorf("a long letter has %d pages", pages)
	}
}
