package akn_test

import (
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/akn"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A statute becomes a document, and is a statute again.
func ExampleMake() {
	act := lawtext.Parse("ZAKON\n\nO ČEBELAH\n\n1. člen\n\n(1) Panj je lesen.\n\n(2) Čebele so:\n\n1. matice,\n\n2. delavke.\n")
	id := akn.Identity{Country: "si", Date: "2004-04-24", Number: "54", Lang: "sl", Version: "2023-02-22", Title: "Zakon o čebelah"}
	doc := akn.Make(act, id.Meta())

	fmt.Println(id.Expression(), len(akn.Check(doc)), "problems")
	for line := range strings.Lines(string(akn.Write(doc))) {
		if strings.Contains(line, "<point") || strings.Contains(line, "matice") {
			fmt.Println(strings.TrimSpace(line))
		}
	}
	for n := range doc.Act().All() {
		fmt.Println(strings.TrimSpace(n.ID + " " + n.Label + " " + n.Intro))
	}
	// Output:
	// /akn/si/act/2004-04-24/54/slv@2023-02-22 0 problems
	// <point eId="art_1__para_2__point_1">
	// <p>matice,</p>
	// <point eId="art_1__para_2__point_2">
	// text_1  ZAKON
	// text_2  O ČEBELAH
	// art_1 1. člen
	// art_1__para_1 (1) Panj je lesen.
	// art_1__para_2 (2) Čebele so:
	// art_1__para_2__point_1 1. matice,
	// art_1__para_2__point_2 2. delavke.
}

// A document of another parliament is read whatever its version is.
func ExampleRead() {
	doc, err := akn.Read([]byte(`<akomaNtoso xmlns="http://www.akomantoso.org/2.0">
	  <act><meta/><body>
	    <section id="sec1"><num>1.</num><heading>Bees</heading>
	      <subsection id="sec1-sub1"><num>(1)</num><content><p>A hive is made of <b>wood</b>.</p></content></subsection>
	    </section>
	  </body></act>
	</akomaNtoso>`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Kind(), doc.Version)
	for n := range doc.Act().All() {
		fmt.Printf("%s %s %s: %s %s%s\n", n.ID, n.Key, n.Kind, n.Label, n.Heading, n.Intro)
	}
	// Output:
	// act 2.0
	// art_1 sec1 article: 1. Bees
	// art_1__para_1 sec1-sub1 paragraph: (1) A hive is made of wood.
}

// An amending act says what it changes, and its payloads and words are marked.
func ExampleMake_amending() {
	act := lawtext.Parse("ZAKON\n\nO SPREMEMBI ZAKONA O ČEBELAH\n\n1. člen\n\nV 5. členu se beseda »panj« nadomesti z besedo »čebelnjak«.\n")
	instructions, _ := reader.Read(act)
	id := akn.Identity{Country: "si", Date: "2025-03-01", Number: "17", Lang: "sl"}
	doc := akn.Make(act, id.Meta(), akn.Change{Target: "/akn/si/act/2004-04-24/54", Instructions: instructions})

	for _, m := range doc.Meta().Active {
		fmt.Println(m.Type, m.Sources[0].Href, m.Destinations[0].Href, m.Old[0].Href, m.New[0].Href)
	}
	for _, m := range doc.Passive("/akn/si/act/2004-04-24/54") {
		fmt.Println(m.Type, m.Sources[0].Href, m.Destinations[0].Href)
	}
	for _, op := range doc.Operations() {
		fmt.Println(op.Verb, op.Text, op.With)
	}
	// Output:
	// substitution #art_1__para_1__mod_1 /akn/si/act/2004-04-24/54#art_5 #art_1__para_1__mod_1__qtext_1 #art_1__para_1__mod_1__qtext_2
	// substitution /akn/si/act/2025-03-01/17#art_1__para_1__mod_1 #art_5
	// text-replace panj čebelnjak
}

// What is wrong with a document is said with its place.
func ExampleCheck() {
	doc, err := akn.Read([]byte(`<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
	<doc name="note"><meta/><mainBody>
	<p>A hive.</p><article eId="sec_1"><p>Wood.</p></article>
	</mainBody></doc></akomaNtoso>`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range akn.Check(doc) {
		fmt.Println(p.Line, p.At, p.Rule, p.Text)
	}
	// Output:
	// 2 meta wrong-content <meta> lacks identification
	// 3 sec_1 wrong-content <p> may not stand here in <article>
	// 3 sec_1 wrong-id the eId sec_1 says section, the element is <article>
}
