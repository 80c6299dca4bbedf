package table

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"strings"
	"testing"
)

// What people write is no formula.
func TestWrite_formulas(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a=1": "a=1", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", "＝1": "'＝1", "＠a": "'＠a", "– alineja": "– alineja", "- prva": "'- prva", "člen": "člen",
	} {
		var b strings.Builder
		if err := Write(&b, [][]string{{"glava", "rep"}, {in, "x"}}); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 2 || rows[0][0] != "glava" || rows[1][0] != want {
			t.Errorf("%q is written %q, read %q, %v", in, b.String(), rows, err)
		}
	}
}

// What spreadsheets here need to open a file rightly stands at its beginning.
func TestWrite(t *testing.T) {
	var b strings.Builder
	rows := [][]string{{"naziv", "opomba"}, {"Kino; Lom", "prva\n\"druga\""}, {"=1", "-2", "2", ""}}
	if err := Write(&b, rows); err != nil {
		t.Fatal(err)
	}
	if want := "\ufeffnaziv;opomba\n\"Kino; Lom\";\"prva\n\"\"druga\"\"\"\n'=1;'-2;2;\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
	if rows[2][0] != "=1" {
		t.Errorf("the rows of whoever called are changed: %q", rows)
	}
}

func TestWrite_fails(t *testing.T) {
	for n := range 2 {
		if err := Write(&full{n}, [][]string{{"a"}}); !errors.Is(err, errFull) {
			t.Errorf("after %d writes: %v", n, err)
		}
	}
}

var errFull = errors.New("full")

// A full disk takes n more writes.
type full struct{ n int }

func (f *full) Write(p []byte) (int, error) {
	if f.n--; f.n < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// What is written reads as words and numbers, and nothing as a formula.
func TestXLSX(t *testing.T) {
	var b bytes.Buffer
	if err := XLSX(&b, "knjiga: 1/2", [][]any{{"ime", "znesek"}, {"=1+1 & <č>", Number("-12.50")}}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := fs.ReadFile(z, "xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`t="inlineStr"><is><t xml:space="preserve">=1+1 &amp; &lt;č&gt;</t>`, `<c r="B2" s="2"><v>-12.50</v></c>`} {
		if !strings.Contains(string(whole), want) {
			t.Errorf("no %s in %s", want, whole)
		}
	}
	if book, err := fs.ReadFile(z, "xl/workbook.xml"); err != nil || !strings.Contains(string(book), `name="knjiga  1 2"`) {
		t.Errorf("the workbook is %s, %v", book, err)
	}
}
