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
