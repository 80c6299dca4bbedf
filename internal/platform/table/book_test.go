package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// What is written as a workbook is read as it was, and nothing of it is a formula.
func TestBook(t *testing.T) {
	want := [][]string{{"naziv", "opomba", "št."}, {"Šum", "=1+1", "007"}, {"+cmd", "-2\nvrstica", "@x"}, {"a\x00b", "", "konec"}}
	var b bytes.Buffer
	if err := WriteBook(&b, "Člani", slices.Values(want)); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if f, err := book.GetCellFormula("Člani", "B2"); f != "" || err != nil {
		t.Errorf("a formula: %q, %v", f, err)
	}
	want[3][0] = "ab"
	if got := read(t, b.Bytes()); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("read %q, want %q", got, want)
	}
}

func read(t *testing.T, raw []byte) (rows [][]string) {
	t.Helper()
	if err := Book(raw, 10<<20, func(row []string) error { rows = append(rows, row); return nil }); err != nil {
		t.Fatal(err)
	}
	return rows
}

// Days and numbers come as they are meant.
func TestBook_values(t *testing.T) {
	book := excelize.NewFile()
	style, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A1": "dan", "A2": 46356, "B2": 1234.5, "C2": true, "D2": 12345678} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellStyle("Sheet1", "A2", "A2", style); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := book.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(read(t, b.Bytes())); got != "[[dan] [2026-11-30 1234.5 TRUE 12345678]]" {
		t.Errorf("read %s", got)
	}
}

// What is no workbook, or one that unpacks to more than is taken, is refused.
func TestBook_refuses(t *testing.T) {
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, strings.NewReader(strings.Repeat("<row/>", 1<<20))); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	var other bytes.Buffer
	z = zip.NewWriter(&other)
	z.Create("word/document.xml")
	z.Close()
	for name, tt := range map[string]struct {
		raw  []byte
		want error
	}{
		"nothing": {nil, ErrBook}, "a text": {[]byte("naziv;kraj"), ErrBook}, "half a file": {bomb.Bytes()[:200], ErrBook}, "a bomb": {bomb.Bytes(), ErrBig}, "another archive": {other.Bytes(), ErrBook},
	} {
		if err := Book(tt.raw, 8<<20, func([]string) error { return nil }); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func FuzzBook(f *testing.F) {
	var b bytes.Buffer
	if err := WriteBook(&b, "", slices.Values([][]string{{"a", "b"}, {"1", "2"}})); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		err := Book(raw, 1<<20, func([]string) error { return nil })
		if err != nil && !errors.Is(err, ErrBook) && !errors.Is(err, ErrBig) {
			t.Fatal(err)
		}
	})
}
