package table

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"
)

// What people write is no formula.
func TestWrite_formulas(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a=1": "a=1", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\t=1": "'\t=1", "\r=1": "'\r=1", "– alineja": "– alineja", "- prva": "'- prva", "člen": "člen",
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
