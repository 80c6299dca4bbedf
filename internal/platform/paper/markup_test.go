package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                   "",
		"čist\n«tekst» 🎻":    "čist\n«tekst» 🎻",
		"a\r\nb\rc\n":        "a\nb\nc\n",
		"a\tb":               "a b",
		"\x00\x1b[1m":        "\uFFFD\uFFFD[1m",
		"\xffa":              "\uFFFDa",
		"\uFFFE\uFFFF\uFFFD": "\uFFFD\uFFFD\uFFFD",
		"\u00A0\u00AD\u200D": "\u00A0\u00AD\u200D",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

// Spaces are written so that a reader of ODF, who folds them, has as many.
func TestOdtSpaces(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a b":      "a b",
		"a  b":     "a <text:s/>b",
		" a":       "<text:s/>a",
		"a   b":    "a <text:s/><text:s/>b",
		"a \n b":   "a <text:line-break/><text:s/>b",
		"<\u00A0>": "&lt;\u00A0&gt;",
	} {
		if got := odtSpaces(in); got != want {
			t.Errorf("odtSpaces(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPDFStrings(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "<FEFF>", "č": "<FEFF010D>", "🎻": "<FEFFD83CDFBB>", "\x01": "<FEFFFFFD>"} {
		if got := pdfText(in); got != want {
			t.Errorf("pdfText(%q) = %s, want %s", in, got, want)
		}
	}
	if got := pdfASCII(`a(b)\c`); got != `(a\(b\)\\c)` {
		t.Errorf("pdfASCII: %s", got)
	}
}

// Shares are of the sum, and 0 is as 1.
func TestTable_share(t *testing.T) {
	t.Parallel()
	table := Table{Columns: []Column{{Share: 2}, {}, {Share: 1}}}
	for i, want := range []float64{0.5, 0.25, 0.25} {
		if got := table.share(i); got != want {
			t.Errorf("share(%d) = %v, want %v", i, got, want)
		}
	}
}

// TestMetadata: whatever the title, the packet is XML and says what the document
// says.
func TestMetadata(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := Document{Lang: "sl", Title: rapid.String().Draw(t, "title"), Created: time.Unix(0, 0)}
		var packet struct {
			Title   string `xml:"RDF>Description>title>Alt>li"`
			Part    int    `xml:"RDF>Description>part"`
			Created string `xml:"RDF>Description>CreateDate"`
		}
		if err := xml.Unmarshal(metadata(d), &packet); err != nil {
			t.Fatal(err)
		}
		if packet.Title != clean(d.Title) || packet.Part != 1 || packet.Created != "1970-01-01T00:00:00Z" {
			t.Fatalf("%+v", packet)
		}
	})
}

// Without a date of the document there is none in the file.
func TestWriters_withoutDate(t *testing.T) {
	t.Parallel()
	d := Document{Lang: "sl", Title: "T"}
	for name, s := range map[string]string{"pdf": information(d) + string(metadata(d)), "docx": docxCore(d), "odt": odtMeta(d)} {
		for _, word := range []string{"Date", "date>", "created"} {
			if strings.Contains(s, word) {
				t.Errorf("%s: %s in %s", name, word, s)
			}
		}
	}
}

// An archive has its parts in order and no dates.
func TestArchive(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	want := []part{{"mimetype", "x/y"}, {"b", "čšž"}, {"a", ""}}
	if err := archive(&b, want); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil || f.Name != want[i].name || string(text) != want[i].text {
			t.Errorf("part %d is %s, %q, %v", i, f.Name, text, err)
		}
		if f.ModifiedDate != 0 || f.ModifiedTime != 0 || (f.Method == zip.Store) != (i == 0) {
			t.Errorf("%s has date %d %d, method %d", f.Name, f.ModifiedDate, f.ModifiedTime, f.Method)
		}
	}
}

func TestHref(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"https://mnk.example/s?a=1&b=č#d": "https://mnk.example/s?a=1&b=%C4%8D#d",
		"HTTP://mnk.example":              "http://mnk.example",
		"mailto:živa kr@mnk.example":      "mailto:%C5%BEiva%20kr@mnk.example",
		"javascript:alert(1)":             "",
		"https:///etc":                    "",
		"/cases/1":                        "",
		"file:///etc/passwd":              "",
		"https://a b/":                    "",
		"":                                "",
	} {
		if got := href(link); got != want {
			t.Errorf("href(%q) = %q, want %q", link, got, want)
		}
	}
}

func TestLocaleOf(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{"sl": "sl-SI", "sr": "sr-RS", "sr-Cyrl": "sr-Cyrl-RS", "mk": "mk-MK", "sq": "sq-AL", "de-AT": "de-AT", "bs-Latn-BA": "bs-Latn-BA"} {
		if got := localeOf(tag).String(); got != want {
			t.Errorf("localeOf(%s) = %s, want %s", tag, got, want)
		}
	}
}
