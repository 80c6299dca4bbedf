package reader

import (
	"strings"
	"testing"
)

const odfNames = ` xmlns:office="office" xmlns:text="text" xmlns:style="style" xmlns:table="table" xmlns:draw="draw" xmlns:dc="dc" xmlns:loext="loext"`

func odtOf(t testing.TB, styles, body string) []byte {
	return pack(t, "mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<office:document-content`+odfNames+`><office:automatic-styles>`+styles+`</office:automatic-styles><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`,
		"styles.xml", `<s`+odfNames+`><text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style></s>`,
		"meta.xml", `<m`+odfNames+`><dc:title>Osnutek</dc:title></m>`)
}

const spaced = `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="space"/></style:list-level-properties>`

// lawList has the levels "1. člen", "(1)", "a)" and "–", and M the levels "1."
// and "1.1.".
const lawList = `<text:list-style style:name="L">
	<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=". člen">` + spaced + `</text:list-level-style-number>
	<text:list-level-style-number text:level="2" style:num-format="1" loext:num-list-format="(%2%)" style:num-suffix="x">` + spaced + `</text:list-level-style-number>
	<text:list-level-style-number text:level="3" style:num-format="a" style:num-suffix=")">` + spaced + `</text:list-level-style-number>
	<text:list-level-style-bullet text:level="4" text:bullet-char="–">` + spaced + `</text:list-level-style-bullet></text:list-style>
	<text:list-style style:name="M"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="." text:start-value="3"/>
	<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/></text:list-style>`

// odfList writes a list of items; "<" at the start of an item makes it a list.
func odfList(attrs string, items ...string) string {
	var b strings.Builder
	for _, item := range items {
		if !strings.HasPrefix(item, "<") {
			item = "<text:p>" + item + "</text:p>"
		}
		b.WriteString("<text:list-item>" + item + "</text:list-item>")
	}
	return "<text:list " + attrs + ">" + b.String() + "</text:list>"
}

func TestODT_lists(t *testing.T) {
	t.Parallel()
	const l, m = `text:style-name="L"`, `text:style-name="M"`
	for _, c := range []struct{ name, body, want string }{
		{"a law", odfList(l, "<text:p/>"+odfList("", "Zakon ureja:", "<text:p>Drugi:</text:p>"+odfList("", "muzeje", "<text:p>arhive</text:p>"+odfList("", "javne"))), "<text:p/>"+odfList("", "Prvi")),
			"1. člen\n(1) Zakon ureja:\n(2) Drugi:\na) muzeje\nb) arhive\n– javne\n2. člen\n(1) Prvi"},
		{"anew and on", odfList(m, "a", "b") + odfList(m, "c") + odfList(m+` text:continue-numbering="true"`, "d"), "3. a\n4. b\n3. c\n4. d"},
		{"on by its ID", odfList(m+` xml:id="x"`, "a") + odfList(m, "b") + odfList(m+` text:continue-list="x"`, "c"), "3. a\n3. b\n4. c"},
		{"a deeper level alone", odfList(m, "a") + odfList(m+` text:continue-numbering="true"`, odfList("", "b")) + odfList(m+` text:continue-numbering="true"`, "c"), "3. a\n3.1. b\n4. c"},
		{"second paragraph", odfList(m, "<text:p>a</text:p><text:p>b</text:p>", "c"), "3. a\nb\n4. c"},
		{"a start of its own", `<text:list text:style-name="M"><text:list-item text:start-value="9"><text:p>a</text:p></text:list-item><text:list-header><text:p>b</text:p></text:list-header></text:list>`, "9. a\nb"},
		{"headings", `<text:h text:outline-level="1">A</text:h><text:h text:outline-level="2">B</text:h><text:h text:outline-level="1">C</text:h>`, "I. A\nB\nII. C"},
		{"no style", odfList(`text:style-name="?"`, "a"), "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantText(t, odtOf(t, lawList, c.body), Limits{}, c.want)
		})
	}
}

func TestODT_text(t *testing.T) {
	t.Parallel()
	p := func(s string) string { return "<text:p>" + s + "</text:p>" }
	cell := func(s string) string { return "<table:table-cell>" + s + "</table:table-cell>" }
	for _, c := range []struct{ name, body, want, notes string }{
		{"spaces", p("a <text:span> b</text:span>\n c<text:s text:c=\"2\"/>d<text:tab/>e<text:line-break/>f"), "a b c  d\te\nf", ""},
		{"deletion", `<text:tracked-changes><text:changed-region><text:deletion><text:p>x</text:p></text:deletion></text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>` + p("a<text:change/>b"), "ab", NoteDeleted + " " + NoteInserted},
		{"footnote", p("a<text:note><text:note-citation>1</text:note-citation><text:note-body>"+p("n")+"</text:note-body></text:note>b") + p("c"), "a[1]b\nc\n[1] n", NoteFootnotes},
		{"table", "<table:table><table:table-row>" + cell(p("a")) + cell("") + cell(p("c")) + "</table:table-row></table:table>" + p("d"), "a\t\tc\nd", ""},
		{"text box", p("a<draw:frame><draw:text-box>"+p("box")+"</draw:text-box><svg:desc xmlns:svg=\"s\">slika</svg:desc></draw:frame>b") + p("c"), "ab\nbox\nc", ""},
		{"comment and field", p("a<office:annotation>" + p("x") + "</office:annotation><text:date>1. maj</text:date>"), "a1. maj", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := wantText(t, odtOf(t, "", c.body), Limits{}, c.want)
			if notes := strings.Join(got.Notes, " "); got.Kind != ODT || got.Title != "Osnutek" || notes != c.notes {
				t.Errorf("%s %q with notes %q, want %q", got.Kind, got.Title, notes, c.notes)
			}
		})
	}
}

// realODT is an ODT that programs open: with a manifest and the namespaces of
// ODF.
func realODT(t testing.TB, styles, body string) []byte {
	const oasis = "urn:oasis:names:tc:opendocument:xmlns:"
	names := ` office:version="1.3" xmlns:office="` + oasis + `office:1.0" xmlns:text="` + oasis + `text:1.0" xmlns:style="` + oasis +
		`style:1.0" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"`
	return pack(t, "mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<office:document-content`+names+`><office:automatic-styles>`+styles+`</office:automatic-styles><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`,
		"META-INF/manifest.xml", `<m:manifest xmlns:m="`+oasis+`manifest:1.0"><m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>`)
}
