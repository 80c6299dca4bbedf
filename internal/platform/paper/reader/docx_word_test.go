package reader

import (
	"strings"
	"testing"
)

// What Word itself writes around the words of a draft law.
func TestDOCX_asWordWrites(t *testing.T) {
	t.Parallel()
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	styled := func(style, inner string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + inner + `</w:p>`
	}
	for _, c := range []struct{ name, body, want, notes string }{
		{"smart tags", `<w:p>` + run("V ") + `<w:smartTag w:uri="urn:x" w:element="place"><w:smartTagPr><w:attr w:name="y" w:val="z"/></w:smartTagPr>` + run("Ljubljani") + `</w:smartTag>` + run(" velja.") + `</w:p>`, "V Ljubljani velja.", ""},
		{"content control within a line", `<w:p>` + run("Rok je ") + `<w:sdt><w:sdtPr><w:placeholder><w:docPart w:val="x"/></w:placeholder></w:sdtPr><w:sdtContent>` + run("5. maj") + `</w:sdtContent></w:sdt>` + run(".") + `</w:p>`, "Rok je 5. maj.", ""},
		{"a word in runs of spelling and revision", `<w:p w:rsidR="00A1"><w:proofErr w:type="spellStart"/>` + run("samo") + `<w:proofErr w:type="spellEnd"/><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>` + run("zaposleni") + `</w:p>`, "samozaposleni", ""},
		{"a tab after a typed number", `<w:p>` + run("(1)") + `<w:r><w:tab/></w:r>` + run("Besedilo.") + `</w:p>`, "(1)\tBesedilo.", ""},
		{"a page that was broken here", `<w:p>` + run("pred ") + `<w:r><w:lastRenderedPageBreak/></w:r>` + run("za") + `</w:p>`, "pred za", ""},
		{"a comment", `<w:p><w:commentRangeStart w:id="1"/>` + run("a") + `<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>`, "a", ""},
		{"a paragraph moved away and here", `<w:p><w:pPr><w:rPr><w:moveFrom w:id="1"/></w:rPr></w:pPr><w:moveFromRangeStart w:id="1"/><w:moveFrom w:id="2">` + run("selil se je") + `</w:moveFrom></w:p><w:moveFromRangeEnd w:id="1"/>` + para("", "", "stoji") +
			`<w:p><w:pPr><w:rPr><w:moveTo w:id="3"/></w:rPr></w:pPr><w:moveTo w:id="4">` + run("selil se je") + `</w:moveTo></w:p>`, "stoji\nselil se je", NoteDeleted + " " + NoteInserted},
		{"superscript and small capitals", `<w:p>` + run("10 m") + `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:smallCaps/></w:rPr><w:t xml:space="preserve"> Člen</w:t></w:r></w:p>`, "10 m2 Člen", ""},
		{"a hard space, a soft hyphen, a letter and its caron", `<w:p>` + run("5.\u00a0c\u030clen samo\u00adzaposlenih ") + `<w:r><w:softHyphen/><w:t>»in« „tako“</w:t></w:r></w:p>`, "5.\u00a0člen samozaposlenih »in« „tako“", ""},
		{"a picture with a text box beside its old form", `<w:p>` + run("a") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>` + para("", "", "okvir") + `</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + para("", "", "okvir") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "a\nokvir", ""},
		{"articles by a style, paragraphs that begin anew", styled("Clen", "") + styled("Odstavek", run("prvi")) + styled("Odstavek", run("drugi")) + styled("Tocka", run("ena")) + styled("Clen", "") + styled("Odstavek", run("spet prvi")) + styled("Tocka", run("spet ena")), "1. člen\n(1) prvi\n(2) drugi\n1. ena\n2. člen\n(1) spet prvi\n1. spet ena", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			numbering := `<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>` +
				level("0", "decimal", "%1. člen", `<w:pStyle w:val="Clen"/>`, `<w:suff w:val="nothing"/>`) +
				level("1", "decimal", "(%2)", `<w:pStyle w:val="Odstavek"/>`, `<w:suff w:val="space"/>`) +
				level("2", "decimal", "%3.", `<w:pStyle w:val="Tocka"/>`, `<w:suff w:val="tab"/>`) +
				`</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>`
			var styles string
			for i, id := range []string{"Clen", "Odstavek", "Tocka"} {
				styles += `<w:style w:type="paragraph" w:styleId="` + id + `"><w:pPr><w:numPr><w:ilvl w:val="` + string(rune('0'+i)) + `"/><w:numId w:val="4"/></w:numPr></w:pPr></w:style>`
			}
			got := wantDOCX(t, numbering, styles, c.body, c.want)
			if notes := strings.Join(got.Notes, " "); notes != c.notes {
				t.Errorf("notes %q, want %q", notes, c.notes)
			}
		})
	}
}
