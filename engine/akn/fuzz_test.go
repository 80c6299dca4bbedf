package akn

import (
	"bytes"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// Whatever bytes are read, nothing panics; what is read is written and read
// again as the same document.
func FuzzRead(f *testing.F) {
	f.Add([]byte(bees(f)))
	for _, s := range []string{
		`<akomaNtoso xmlns="http://www.akomantoso.org/2.0"><act><meta/><body><section id="s"><num>1</num><list><intro><p>x</p></intro><point><num>a</num></point></list></section></body></act></akomaNtoso>`,
		`<a:akomaNtoso xmlns:a="http://Inhaltsdaten.LegalDocML.de/1.8.2/"><a:bill><a:body><a:article><a:content><a:p><a:mod><a:quotedText startQuote="„" endQuote="“">x</a:quotedText><a:quotedStructure startQuote="„"><a:p>y</a:p></a:quotedStructure>.</a:mod></a:p></a:content></a:article></a:body></a:bill></a:akomaNtoso>`,
		`<akomaNtoso><doc name="x"><mainBody><table><tr><td><p>1<authorialNote marker="*"><p>n</p></authorialNote></p></td></tr></table></mainBody><attachments><attachment eId="att_1"><doc><mainBody><p>z</p></mainBody></doc></attachment></attachments></doc></akomaNtoso>`,
		`<akomaNtoso><act><meta><analysis><activeModifications><textualMod type="join"><source href="#a"/></textualMod></activeModifications></analysis></meta></act></akomaNtoso>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(data)
		if err != nil {
			return
		}
		once := Write(d)
		again, err := Read(once)
		if err != nil {
			t.Fatalf("%q is written as %q, which is refused: %v", data, once, err)
		}
		if !bytes.Equal(Write(again), once) {
			t.Fatalf("%q is written differently the second time", data)
		}
		a, b := d.Act(), again.Act()
		if shape(a) != shape(b) {
			t.Fatalf("%q: %s", data, firstDifference(shape(a), shape(b)))
		}
		ids := map[string]bool{}
		for n := range a.All() {
			if n.ID == "" || ids[n.ID] {
				t.Fatalf("%q: the address %q", data, n.ID)
			}
			ids[n.ID] = true
		}
		Check(d)
		d.Operations()
		Make(a, d.Meta())
	})
}

// Whatever a statute says, the tree of its document is its tree.
func FuzzMake(f *testing.F) {
	f.Add("1. člen\n\n(1) a:\n\n1. b\n\nc\n\n2. člen\n\nV zakonu se »x« nadomesti:\n\n»(2) y\n\nz«.\n")
	f.Add("---\nnaziv: \"N\"\n---\nZAKON\n\nI. DEL\n\n1. poglavje\n\nNaslov\n\n5.a člen\n\n(črtan)\n\nPriloga\n\nx\n\nŠt. 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		a := lawtext.Parse(text)
		made := Make(a, IdentityOf(a).Meta())
		d, err := Read(Write(made))
		if err != nil {
			t.Fatal(err)
		}
		if len(made.Lost) > 0 || strings.ContainsFunc(a.Front+a.Title, func(r rune) bool { return r < ' ' && r != '\n' || r >= 0xFFFD }) {
			return // XML cannot say all of it
		}
		if got, want := shape(d.Act()), shape(a); got != want {
			t.Fatalf("%q: %s\n%s", text, firstDifference(want, got), Write(made))
		}
	})
}

// Documents made to be expensive are read, seen as trees and checked in little
// time and memory: much of one thing, deep nests, long names.
func TestHostile(t *testing.T) {
	doc := func(body string) string {
		return `<akomaNtoso xmlns="` + NS + `"><act name="a"><meta/><body>` + body + `</body></act></akomaNtoso>`
	}
	nest := func(open, shut string, n int, in string) string {
		return strings.Repeat(open, n) + in + strings.Repeat(shut, n)
	}
	long := strings.Repeat("x", 1<<20)
	for name, text := range map[string]string{
		"many numbers":     doc("<article>" + strings.Repeat("<num>1</num>", 20_000) + "</article>"),
		"many headings":    doc("<article>" + strings.Repeat("<heading>a</heading>", 20_000) + "</article>"),
		"deep articles":    doc(nest("<article><num>1</num>", "</article>", 500, "<content><p>x</p></content>")),
		"deep and wide":    doc(nest("<part><num>1234567</num>", "</part>", 400, strings.Repeat("<article><p>x</p></article>", 10_000))),
		"deep quotations":  doc("<article><content>" + nest(`<p><mod><quotedStructure startQuote="»">`, "</quotedStructure></mod></p>", 160, "<p>x</p>") + "</content></article>"),
		"deep notes":       doc("<article><content>" + nest("<p>a<authorialNote>", "</authorialNote></p>", 240, "<p>x</p>") + "</content></article>"),
		"deep tables":      doc("<article><content>" + nest("<table><tr><td>", "</td></tr></table>", 160, "<p>x</p>") + "</content></article>"),
		"a long eId":       doc(`<part eId="part_` + long + `"><num>` + long + `</num>` + strings.Repeat("<article><p>x</p></article>", 20_000) + `</part>`),
		"a long component": `<akomaNtoso xmlns="` + NS + `"><act name="a"><meta/><body/><attachments><attachment><act name="b"><meta><identification><FRBRWork><FRBRthis value="!` + long + `"/></FRBRWork></identification></meta><body>` + strings.Repeat("<article><p>x</p></article>", 20_000) + `</body></act></attachment></attachments></act></akomaNtoso>`,
		"one eId":          doc(strings.Repeat(`<article eId="a"><content><p>x</p></content></article>`, 10_000)),
		"parts in parts":   `<akomaNtoso xmlns="` + NS + `">` + nest(`<act name="a"><meta/><body/><attachments><attachment>`, `</attachment></attachments></act>`, 160, `<act name="z"><meta/><body><article><p>x</p></article></body></act>`) + `</akomaNtoso>`,
		"many modified":    `<akomaNtoso xmlns="` + NS + `"><act name="a"><meta><analysis><activeModifications>` + strings.Repeat(`<textualMod type="x"/>`, 20_000) + `</activeModifications></analysis></meta><body/></act></akomaNtoso>`,
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Read([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			a := d.Act()
			size := 0
			for n := range a.All() {
				size += len(n.ID)
			}
			if size > 200<<20 {
				t.Errorf("the addresses take %d MB", size>>20)
			}
			if p := Check(d); len(p) > MaxProblems {
				t.Error(len(p))
			}
			if _, err := Read(Write(Make(a, d.Meta()))); err != nil && !strings.Contains(err.Error(), "too") {
				t.Error(err)
			}
		})
	}
}
