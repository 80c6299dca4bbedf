package paper_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/paper"
)

var (
	plain = paper.Plain("a & b")
	table = paper.Table{
		Caption: "C", Columns: []paper.Column{{Head: "H", Share: 3}, {Head: "N", Numeric: true}}, RowHeads: true,
		Rows: [][]paper.Cell{{{plain}, {paper.Plain("1"), paper.Plain("2")}}},
	}
)

// TestFragment_blocks: each block as HTML.
func TestFragment_blocks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		block paper.Block
		want  string
	}{
		{"heading", paper.Heading{Level: 1, Text: plain}, "<h1>a &amp; b</h1>"},
		{"paragraph", paper.Paragraph{Text: paper.Plain("a\nb")}, "<p>a<br>b</p>"},
		{"of the program", paper.Paragraph{Text: plain, Face: paper.Sans}, `<p class="sans">a &amp; b</p>`},
		{"sender", paper.Address{Sender: true, Lines: []string{"a", "b"}}, `<address class="from">a<br>b</address>`},
		{"addressee", paper.Address{Lines: []string{"a"}}, `<address class="to">a</address>`},
		{"date", paper.Date{Text: "1."}, `<p class="date">1.</p>`},
		{"subject", paper.Subject{Text: "Z"}, `<p class="subject">Z</p>`},
		{"signature", paper.Signature{Closing: "L", Lines: []string{"I", "T"}}, "<div class=\"signature\"><p>L</p>\n<p>I<br>T</p>\n</div>"},
		{"bullets", paper.List{Items: []paper.Text{plain}}, "<ul><li>a &amp; b</li>\n</ul>"},
		{"numbers", paper.List{Numbered: true, Items: []paper.Text{plain}}, "<ol><li>a &amp; b</li>\n</ol>"},
		{"norm", paper.Norm{plain}, "<blockquote class=\"norm\"><p>a &amp; b</p>\n</blockquote>"},
		{"facts", paper.Facts{{Label: "<", Value: plain}}, "<dl><div><dt>&lt;</dt><dd>a &amp; b</dd>\n</div>\n</dl>"},
		{"table", table, "<table>\n<caption>C</caption>\n<colgroup><col style=\"width:75.00%\"><col style=\"width:25.00%\"></colgroup>\n" +
			"<thead><tr><th scope=\"col\">H</th><th scope=\"col\" class=\"num\">N</th></tr></thead>\n<tbody>\n" +
			"<tr><th scope=\"row\">a &amp; b</th><td class=\"num\"><p>1</p>\n<p>2</p>\n</td></tr>\n</tbody>\n</table>"},
		{"page break", paper.PageBreak{Landscape: true}, "<div class=\"sheet lying\">\n</div>"},
		{"all styles", paper.Paragraph{Text: paper.Text{{
			Text: "x", Style: paper.Bold | paper.Italic | paper.Inserted | paper.Deleted | paper.Marked | paper.Muted, Link: "https://a.example/", Lang: "en",
		}}}, `<p><a href="https://a.example/"><ins><del><mark><strong><em><small><span lang="en">x</span></small></em></strong></mark></del></ins></a></p>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := paper.Fragment(&b, paper.Document{Lang: "sl", Title: "T", Blocks: []paper.Block{tt.block}}); err != nil {
				t.Fatal(err)
			}
			if want := "<div class=\"paper\" lang=\"sl\">\n" + tt.want + "\n</div>\n"; b.String() != want {
				t.Errorf("got\n%s\nwant\n%s", b.String(), want)
			}
		})
	}
}

// TestOffice_blocks: what makes each block that block in a word processor.
func TestOffice_blocks(t *testing.T) {
	t.Parallel()
	styled := func(s paper.Style) paper.Block {
		return paper.Paragraph{Text: paper.Text{{Text: "x", Style: s}}}
	}
	for _, tt := range []struct {
		name      string
		block     paper.Block
		docx, odt string
	}{
		{"heading", paper.Heading{Level: 1, Text: plain}, `<w:pStyle w:val="Heading1"/>`, `<text:h text:style-name="Heading_20_1" text:outline-level="1">a &amp; b</text:h>`},
		{"paragraph", paper.Paragraph{Text: paper.Plain("a\nb")}, `<w:t xml:space="preserve">a</w:t><w:br/><w:t xml:space="preserve">b</w:t>`, `a<text:line-break/>b</text:p>`},
		{"of the program", paper.Paragraph{Text: plain, Face: paper.Sans}, `"Program"`, `"Program"`},
		{"sender", paper.Address{Sender: true, Lines: []string{"a"}}, `"Sender"`, `"Sender"`},
		{"addressee", paper.Address{Lines: []string{"a"}}, `"Addressee"`, `"Addressee"`},
		{"date", paper.Date{Text: "1."}, `"LetterDate"`, `"Letter_20_Date"`},
		{"subject", paper.Subject{Text: "Z"}, `"LetterSubject"`, `"Letter_20_Subject"`},
		{"signature", paper.Signature{Closing: "L"}, `"Signature"`, `"Signature"`},
		{"bullets", paper.List{Items: []paper.Text{plain}}, `<w:numId w:val="1"/>`, `<text:list text:style-name="Bullets"><text:list-item>`},
		{"numbers", paper.List{Numbered: true, Items: []paper.Text{plain}}, `<w:numId w:val="2"/>`, `<text:list text:style-name="Numbers">`},
		{"norm", paper.Norm{plain}, `"Norm"`, `"Normative_20_Text"`},
		{"facts", paper.Facts{{Label: "l", Value: plain}}, `"FactLabel"`, `"Fact_20_Label"`},
		{"header of a table", table, `<w:cantSplit/><w:tblHeader/>`, `<table:table-header-rows>`},
		{"widths", table, `<w:gridCol w:w="7228"/><w:gridCol w:w="2409"/>`, `style:column-width="361.4pt"`},
		{"figures", table, `<w:pStyle w:val="TableText"/><w:jc w:val="right"/>`, `Table_20_Text_20_Right`},
		{"caption", table, `"Caption"`, `"Caption"`},
		{"page break", paper.PageBreak{Landscape: true}, `w:orient="landscape"`, `style:master-page-name="Lying"`},
		{"bold", styled(paper.Bold), `<w:b/>`, `fo:font-weight="bold"`},
		{"italic", styled(paper.Italic), `<w:i/>`, `fo:font-style="italic"`},
		{"inserted", styled(paper.Inserted), `<w:u w:val="single"/><w:shd w:val="clear" w:color="auto" w:fill="DDF3E0"/>`, `style:text-underline-style="solid"`},
		{"deleted", styled(paper.Deleted), `<w:strike/>`, `style:text-line-through-style="solid"`},
		{"marked is bold too", styled(paper.Marked), `<w:b/>`, `fo:font-weight="bold"`},
		{"muted", styled(paper.Muted), `<w:color w:val="55524B"/>`, `fo:color="#55524b" fo:font-size="88%"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := paper.Document{Lang: "sl", Title: "T", Blocks: []paper.Block{tt.block}}
			if got := string(parts(t, paper.DOCX, d)["word/document.xml"]); !strings.Contains(got, tt.docx) {
				t.Errorf("no %s in %s", tt.docx, got)
			}
			if got := string(parts(t, paper.ODT, d)["content.xml"]); !strings.Contains(got, tt.odt) {
				t.Errorf("no %s in %s", tt.odt, got)
			}
		})
	}
}

// TestOffice_styles: each style that the text of a file names is defined in it.
func TestOffice_styles(t *testing.T) {
	t.Parallel()
	docx, odt := parts(t, paper.DOCX, everyBlock()), parts(t, paper.ODT, everyBlock())
	for _, tt := range []struct{ text, defined, use, def string }{
		{string(docx["word/document.xml"]) + string(docx["word/footer1.xml"]), string(docx["word/styles.xml"]), `<w:pStyle w:val="`, `w:styleId="`},
		{string(odt["content.xml"]), string(odt["content.xml"]) + string(odt["styles.xml"]), `:style-name="`, `style:name="`},
	} {
		uses := strings.Split(tt.text, tt.use)[1:]
		for _, rest := range uses {
			name, _, _ := strings.Cut(rest, `"`)
			if !strings.Contains(tt.defined, tt.def+name+`"`) {
				t.Errorf("style %s is not defined", name)
			}
		}
		if len(uses) < 50 {
			t.Errorf("%d uses of styles", len(uses))
		}
	}
}
