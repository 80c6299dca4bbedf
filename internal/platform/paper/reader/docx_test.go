package reader

import (
	"strings"
	"testing"
)

func docBody(s string) string {
	return `<w:document xmlns:w="w" xmlns:mc="mc" xmlns:wps="wps"><w:body>` + s + `</w:body></w:document>`
}

const docRels = `<Relationships>
	<Relationship Type="http://x/numbering" Target="numbering.xml"/><Relationship Type="http://x/styles" Target="styles.xml"/>
	<Relationship Type="http://x/footnotes" Target="footnotes.xml"/><Relationship Type="http://x/endnotes" Target="/word/endnotes.xml"/>
</Relationships>`

// level is one <w:lvl>.
func level(i, format, text string, more ...string) string {
	return `<w:lvl w:ilvl="` + i + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/>` + strings.Join(more, "") + `<w:lvlText w:val="` + text + `"/></w:lvl>`
}

// para makes a paragraph in list num at a level; num "" for none.
func para(num, level, text string) string {
	pr := ""
	if num != "" {
		pr = `<w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + num + `"/></w:numPr></w:pPr>`
	}
	return `<w:p>` + pr + `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func wantDOCX(t *testing.T, numbering, styles, body, want string) Text {
	t.Helper()
	return wantText(t, pack(t, "word/document.xml", docBody(body), "word/_rels/document.xml.rels", docRels,
		"word/numbering.xml", `<w:numbering xmlns:w="w">`+numbering+`</w:numbering>`,
		"word/styles.xml", `<w:styles xmlns:w="w">`+styles+`</w:styles>`), Limits{}, want)
}

// The numbers of a draft law, as Word draws them: articles by a style,
// paragraphs, points and indents by lists, each beginning anew.
func TestDOCX_lawNumbers(t *testing.T) {
	t.Parallel()
	numbering := `<w:abstractNum w:abstractNumId="7">` +
		level("0", "decimal", "%1. člen", `<w:pStyle w:val="Clen"/>`) + level("1", "decimal", "(%2)") +
		level("2", "lowerLetter", "%3)") + level("3", "bullet", "\uf02d") +
		`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`
	styles := `<w:style w:type="paragraph" w:styleId="Clen"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
		<w:style w:type="paragraph" w:styleId="ClenNaslov"><w:basedOn w:val="Clen"/></w:style>`
	article := `<w:p><w:pPr><w:pStyle w:val="Clen"/></w:pPr></w:p>`
	wantDOCX(t, numbering, styles, article+
		para("1", "1", "Ta zakon ureja:")+para("1", "2", "muzeje,")+para("1", "2", "arhive:")+para("1", "3", "javne")+para("1", "1", "Drugi.")+
		`<w:p><w:pPr><w:pStyle w:val="ClenNaslov"/></w:pPr><w:r><w:t>(namen)</w:t></w:r></w:p>`+para("1", "1", "Prvi.")+para("1", "2", "a")+para("", "", "brez"),
		"1. člen\n(1) Ta zakon ureja:\na) muzeje,\nb) arhive:\n– javne\n(2) Drugi.\n2. člen (namen)\n(1) Prvi.\na) a\nbrez")
}

func TestDOCX_numbering(t *testing.T) {
	t.Parallel()
	abstract := func(id string, levels ...string) string {
		return `<w:abstractNum w:abstractNumId="` + id + `">` + strings.Join(levels, "") + `</w:abstractNum>`
	}
	num := func(id, abstract, more string) string {
		return `<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + abstract + `"/>` + more + `</w:num>`
	}
	deep := abstract("1", level("0", "upperRoman", "%1."), level("1", "decimal", "%1.%2"), level("2", "decimal", "%1.%2.%3", "<w:isLgl/>"))
	for _, c := range []struct{ name, numbering, body, want string }{
		{"levels draw those above", deep + num("1", "1", ""), para("1", "0", "a") + para("1", "1", "b") + para("1", "2", "c") + para("1", "0", "d") + para("1", "1", "e"), "I. a\nI.1 b\n1.1.1 c\nII. d\nII.1 e"},
		{"a level above that never came", deep + num("1", "1", ""), para("1", "1", "a") + para("1", "1", "b"), "I.1 a\nI.2 b"},
		{"lists of one abstract count on", deep + num("1", "1", "") + num("2", "1", ""), para("1", "0", "a") + para("2", "0", "b"), "I. a\nII. b"},
		{"a start that is overridden", deep + num("1", "1", "") + num("2", "1", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>`), para("1", "0", "a") + para("2", "0", "b") + para("2", "0", "c"), "I. a\nV. b\nVI. c"},
		{"a level that is overridden", deep + num("1", "1", `<w:lvlOverride w:ilvl="0">`+level("0", "lowerLetter", "%1)")+`</w:lvlOverride>`), para("1", "0", "a") + para("1", "0", "b"), "a) a\nb) b"},
		{"never anew", abstract("1", level("0", "decimal", "%1."), level("1", "decimal", "%2.", `<w:lvlRestart w:val="0"/>`)) + num("1", "1", ""), para("1", "0", "a") + para("1", "1", "b") + para("1", "0", "c") + para("1", "1", "d"), "1. a\n1. b\n2. c\n2. d"},
		{"nothing between", abstract("1", level("0", "decimal", "%1/", `<w:suff w:val="nothing"/>`)) + num("1", "1", ""), para("1", "0", "a"), "1/a"},
		{"a space of its own", abstract("1", level("0", "decimal", "%1. ", `<w:suff w:val="nothing"/>`)) + num("1", "1", ""), para("1", "0", "a"), "1. a"},
		{"bullets", abstract("1", level("0", "bullet", "\uf0b7"), level("1", "bullet", "o"), level("2", "bullet", "–")) + num("1", "1", ""), para("1", "0", "a") + para("1", "1", "b") + para("1", "2", "c"), "• a\n• b\n– c"},
		{"no list", deep + num("1", "1", ""), para("0", "0", "a") + para("9", "0", "b") + para("1", "12", "c") + para("1", "-1", "d"), "a\nb\nc\nI. d"},
		{"an empty item is counted", deep + num("1", "1", ""), para("1", "0", "") + para("1", "0", "b"), "I.\nII. b"},
		{"a number past all letters", abstract("1", `<w:lvl w:ilvl="0"><w:start w:val="2000000000"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1 100%"/></w:lvl>`) + num("1", "1", ""), para("1", "0", "a"), "2000000000 100% a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantDOCX(t, c.numbering, "", c.body, c.want)
		})
	}
}

func TestDOCX_text(t *testing.T) {
	t.Parallel()
	run := func(s string) string { return "<w:r><w:t>" + s + "</w:t></w:r>" }
	cell := func(s string) string { return "<w:tc>" + s + "</w:tc>" }
	for _, c := range []struct{ name, body, want, notes string }{
		{"breaks", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>`, "a\tb\nc-d", ""},
		{"table", `<w:tbl><w:tr>` + cell(para("", "", "a")) + cell(para("", "", "")) + cell(para("", "", "c")) + `</w:tr></w:tbl>` + para("", "", "d"), "a\t\tc\nd", ""},
		{"table with long cells", `<w:tbl><w:tr>` + cell(para("", "", "a")+para("", "", "b")) + cell(para("", "", "c")) + `</w:tr></w:tbl>`, "a\nb\nc", ""},
		{"insertion and deletion", `<w:p>` + run("a") + `<w:ins>` + run("b") + `</w:ins><w:del><w:r><w:delText>c</w:delText><w:tab/></w:r></w:del>` + run("d") + `</w:p>`, "abd", NoteInserted + " " + NoteDeleted},
		{"moved", `<w:p><w:moveFrom>` + run("a") + `</w:moveFrom>` + run("b") + `<w:moveTo>` + run("a") + `</w:moveTo></w:p>`, "ba", NoteDeleted + " " + NoteInserted},
		{"deleted end", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("a") + `</w:p><w:p>` + run("b") + `</w:p>`, "ab", NoteDeleted},
		{"deleted row", `<w:tbl><w:tr><w:trPr><w:del/></w:trPr>` + cell(para("", "", "a")) + `</w:tr><w:tr>` + cell(para("", "", "b")) + `</w:tr></w:tbl>`, "b", NoteDeleted},
		{"old properties", `<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>` + run("a") + `</w:p>`, "a", ""},
		{"field", `<w:p><w:r><w:fldChar/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:fldChar/></w:r>` + run("12") + `<w:fldSimple w:instr="DATE">` + run(" maj") + `</w:fldSimple></w:p>`, "12 maj", ""},
		{"content control and link", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:p><w:hyperlink>` + run("a") + `</w:hyperlink></w:p></w:sdtContent></w:sdt>`, "a", ""},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>` + run("b") + `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>c</w:t></w:r></w:p>`, "bc", NoteHidden},
		{"text box", `<w:p>` + run("a") + `<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>` + para("", "", "box") + `</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent>` + para("", "", "box") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>` + run("b") + `</w:p>`, "ab\nbox", ""},
		{"symbol", `<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t> a</w:t></w:r></w:p>`, "• a", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			numbering := `<w:abstractNum w:abstractNumId="1">` + level("0", "decimal", "%1.") + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`
			got := wantDOCX(t, numbering, "", c.body, c.want)
			if notes := strings.Join(got.Notes, " "); notes != c.notes || got.Kind != DOCX {
				t.Errorf("%s with notes %q, want %q", got.Kind, notes, c.notes)
			}
		})
	}
}

func TestDOCX_footnotesAndTitle(t *testing.T) {
	t.Parallel()
	ref := func(kind, id string) string { return `<w:r><w:` + kind + `Reference w:id="` + id + `"/></w:r>` }
	got := wantText(t, pack(t,
		"_rels/.rels", `<Relationships><Relationship Type="http://x/officeDocument" Target="/word/glavni.xml"/></Relationships>`,
		"word/glavni.xml", docBody(`<w:p><w:r><w:t>a</w:t></w:r>`+ref("endnote", "2")+`</w:p><w:p><w:r><w:t>b</w:t></w:r>`+ref("footnote", "3")+`</w:p>`),
		"word/_rels/glavni.xml.rels", docRels,
		"word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="3">`+para("", "", "spodaj")+`</w:footnote></w:footnotes>`,
		"word/endnotes.xml", `<w:endnotes xmlns:w="w"><w:endnote w:id="2">`+para("", "", "na")+para("", "", "koncu")+`</w:endnote></w:endnotes>`,
		"docProps/core.xml", `<c:p xmlns:c="c" xmlns:dc="dc"><dc:title> Osnutek
			zakona</dc:title></c:p>`), Limits{}, "a[1]\nb[2]\n[1] na koncu\n[2] spodaj")
	if got.Title != "Osnutek zakona" || got.ReadBy != "built-in" {
		t.Errorf("title %q, read by %q", got.Title, got.ReadBy)
	}
}
