package paper_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/internal/platform/paper"
)

// hard is what writers of files like to lose.
var hard = []string{"čaša žeja Ćup đak ČŠŽĆĐ", "Рок за јавну расправу", "– »narekovaji« — „дома“", "10.000\u00A0€", "A & B < C > \"D\"", "prva  vrstica"}

// everyBlock has all kinds of blocks, with the hard texts in a paragraph, a cell
// and a footer.
func everyBlock() paper.Document {
	d := letter()
	d.Spoken = amendment().Spoken
	for _, more := range []paper.Document{amendment(), comments(20)} {
		d.Blocks = append(d.Blocks, more.Blocks...)
	}
	for _, s := range hard {
		d.Blocks = append(d.Blocks, paper.Paragraph{Text: paper.Plain(s)})
	}
	d.Blocks = append(d.Blocks, paper.PageBreak{}, paper.Table{
		Columns: []paper.Column{{Head: "Črka"}, {Head: "Буква"}},
		Rows:    [][]paper.Cell{{{paper.Plain("đ")}, {}}, {{}, {paper.Plain("ж")}}},
	})
	return d
}

// TestOffice_opensInLibreOffice: both kinds of file are read, laid out and printed
// by LibreOffice with all that is in them.
func TestOffice_opensInLibreOffice(t *testing.T) {
	t.Parallel()
	d, dir := everyBlock(), t.TempDir()
	for _, tt := range []struct {
		name  string
		write func(io.Writer, paper.Document) error
	}{{"docx", paper.DOCX}, {"odt", paper.ODT}} {
		var b bytes.Buffer
		if err := tt.write(&b, d); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, tt.name+"."+tt.name)
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		run(t, "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, path)
		pdf := filepath.Join(dir, tt.name+".pdf")
		text := run(t, "pdftotext", "-layout", pdf, "-")
		wants(t, text, hard...)
		wants(t, text, "Živa Ćirić Đurđević", "tri leta dve leti", "1. Rok za pripombe", "• Proračun", "Zadeva: rok", "predsednik", "Odločil", "Буква")
		info := run(t, "pdfinfo", "-l", "99", pdf)
		wants(t, info, "Title: Dopis ministrici: rok za pripombe", "Author: Mreža", "Page 1 size: 595", "Page 3 size: 841")
		pages, lying := strings.Count(info, " pts "), strings.Count(info, "size:  841")
		if n := strings.Count(text, "Predlog besedila"); n != lying || n < 2 {
			t.Errorf("%s: the header of a table on %d pages stands %d times", tt.name, lying, n)
		}
		if last := fmt.Sprintf("stanje27.11.2026%d/%[1]d", pages); !strings.Contains(strings.ReplaceAll(text, " ", ""), last) {
			t.Errorf("%s: no footer %s", tt.name, last)
		}
	}
}

// parts are the files in an archive.
func parts(t interface{ Fatal(...any) }, write func(io.Writer, paper.Document) error, d paper.Document) map[string][]byte {
	var b bytes.Buffer
	if err := write(&b, d); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// said is the text of an office file, with the elements for white space as such.
func said(t interface{ Fatal(...any) }, part []byte) string {
	var s strings.Builder
	dec := xml.NewDecoder(bytes.NewReader(part))
	for {
		tok, err := dec.Token()
		switch {
		case errors.Is(err, io.EOF):
			return s.String()
		case err != nil:
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			s.Write(tok)
		case xml.StartElement:
			switch tok.Name.Local {
			case "br", "line-break":
				s.WriteString("\n")
			case "s":
				s.WriteString(" ")
			}
		}
	}
}

// TestOffice_losesNothing: whatever the text, the files are well formed and have
// it everywhere.
func TestOffice_losesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringN(1, 30, -1).Draw(t, "text") + "☂"
		for name, content := range map[string][]byte{
			"docx": parts(t, paper.DOCX, everywhere(s))["word/document.xml"],
			"odt":  parts(t, paper.ODT, everywhere(s))["content.xml"],
		} {
			if got := strings.Count(said(t, content), kept(s)); got < places {
				t.Fatalf("%s: %q stands in %d places of %d", name, s, got, places)
			}
		}
		for _, all := range []map[string][]byte{parts(t, paper.DOCX, everywhere(s)), parts(t, paper.ODT, everywhere(s))} {
			for name, p := range all {
				if name != "mimetype" {
					said(t, p)
				}
			}
		}
	})
}

func TestDOCX_isWhatWordExpects(t *testing.T) {
	t.Parallel()
	list := paper.List{Numbered: true, Items: []paper.Text{paper.Plain("x")}}
	d := comments(2)
	d.Blocks = append(d.Blocks, list, list, paper.PageBreak{}, paper.Paragraph{Text: paper.Text{
		{Text: "in", Style: paper.Inserted}, {Text: "out", Style: paper.Deleted}, {Text: "рок", Lang: "sr-Cyrl", Link: "https://mnk.example/?a=1&b=2"},
	}})
	all := parts(t, paper.DOCX, d)
	for name, want := range map[string][]string{
		"word/document.xml": {
			`<w:pStyle w:val="Heading1"/>`, `<w:tblHeader/>`, `<w:jc w:val="right"/>`, `w:orient="landscape"`, `w:w="11906" w:h="16838"/>`, `<w:numId w:val="2"/>`, `<w:numId w:val="3"/>`,
			`<w:u w:val="single"/>`, `<w:strike/>`, `<w:lang w:val="sr-Cyrl-RS"/>`, `<w:hyperlink r:id="rId10">`, `<w:tblCaption w:val="Pripombe`,
		},
		"word/_rels/document.xml.rels": {`Target="https://mnk.example/?a=1&amp;b=2" TargetMode="External"`},
		"word/numbering.xml":           {`<w:num w:numId="3">`, `<w:startOverride w:val="1"/>`, `<w:lvlText w:val="%1."/>`},
		"word/styles.xml":              {`<w:lang w:val="sl-SI"`, `<w:outlineLvl w:val="2"/>`},
		"word/footer2.xml":             {"Stališče 2026-07", " PAGE ", " NUMPAGES "},
		"docProps/core.xml":            {`<dc:title>Pripombe k osnutku po členih</dc:title>`, `2026-11-27T18:20:00Z`},
	} {
		for _, w := range want {
			if !strings.Contains(string(all[name]), w) {
				t.Errorf("no %s in %s", w, name)
			}
		}
	}
	for _, no := range []string{"<w:ins ", "<w:del "} {
		if strings.Contains(string(all["word/document.xml"]), no) {
			t.Errorf("changes are tracked: %s", no)
		}
	}
}

// The kind of an ODT file stands at byte 38, plainly.
func TestODT_tellsItsKind(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := paper.ODT(&b, letter()); err != nil {
		t.Fatal(err)
	}
	const want = "mimetypeapplication/vnd.oasis.opendocument.text"
	if got := b.String()[30 : 30+len(want)]; got != want {
		t.Errorf("at 30 stands %q", got)
	}
	content := string(parts(t, paper.ODT, everyBlock())["content.xml"])
	for _, want := range []string{`text:outline-level="3"`, `<table:table-header-rows>`, `style:master-page-name="Lying"`, `fo:language="sr" fo:country="RS" fo:script="Cyrl"`, `xlink:href="https://mnk.example/d/2026-31"`} {
		if !strings.Contains(content, want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestWriters_repeat: the same document gives the same bytes, and a full disk is
// said.
func TestWriters_repeat(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer, paper.Document) error{
		"html": paper.HTML, "fragment": paper.Fragment, "docx": paper.DOCX, "odt": paper.ODT,
		"pdf": func(w io.Writer, d paper.Document) error { _, err := paper.PDF(w, d); return err },
	} {
		var first, second bytes.Buffer
		if err := errors.Join(write(&first, everyBlock()), write(&second, everyBlock())); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) || first.Len() == 0 {
			t.Errorf("%s: two files of one document differ", name)
		}
		if err := write(full{}, letter()); !errors.Is(err, errFull) {
			t.Errorf("%s to a full disk: %v", name, err)
		}
		if err := write(&first, paper.Document{}); err == nil {
			t.Errorf("%s writes a document without title and language", name)
		}
	}
}
