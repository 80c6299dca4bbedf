package lawtext_test

import (
	"fmt"

	"github.com/asociacija/asociacija/engine/lawtext"
)

const club = `5. člen
(vodstvo)
(1) Klub vodijo. Ti so:
1. svet;
2. predsednik.
(2) (črtan)

5.a člen
Klub je prost.
`

func ExampleParse() {
	a := lawtext.Parse(club)
	for n := range a.All() {
		fmt.Printf("%s %q %q\n", n.ID, n.Label, n.Intro)
	}
	fmt.Println(a.Lang, a.Cite("art_5__para_1__point_2"))
	// Output:
	// art_5 "5. člen" ""
	// art_5__para_1 "(1)" "Klub vodijo. Ti so:"
	// art_5__para_1__point_1 "1." "svet;"
	// art_5__para_1__point_2 "2." "predsednik."
	// art_5__para_2 "(2)" "(črtan)"
	// art_5a "5.a člen" ""
	// art_5a__para_1 "" "Klub je prost."
	// sl 5. člen, prvi odstavek, 2. točka
}

// Markdown of the Slovak collection: marks stand alone, links keep their words.
func ExampleParse_markdown() {
	a := lawtext.Parse("---\ncountry: \"sk\"\n---\n##### § 1\n\n##### Klub\n\n(1)\n\nPodľa [§ 2](../2/) platí:\n\na)\n\npreukaz.\n")
	for n := range a.All() {
		fmt.Printf("%s %q %q %q\n", n.ID, n.Label, n.Heading, n.Intro)
	}
	// Output:
	// art_1 "§ 1" "Klub" ""
	// art_1__para_1 "(1)" "" "Podľa § 2 platí:"
	// art_1__para_1__point_a "a)" "" "preukaz."
}

func ExampleAct_Words() {
	a := lawtext.Parse(club)
	for _, id := range []string{"art_5__heading", "art_5__para_1__intro", "art_5__para_1__sent_2"} {
		words, _, _ := a.Words(id)
		fmt.Println(words)
	}
	why, words := a.Tombstone(a.Find("art_5__para_2"))
	fmt.Println(why, words)
	// Output:
	// (vodstvo)
	// Klub vodijo. Ti so:
	// Ti so:
	// struck (črtan)
}

func ExampleReadNumber() {
	n, _ := lawtext.ReadNumber("a51.š")
	m, _ := lawtext.ReadNumber("51.š")
	fmt.Printf("%q %d %q, in front of 51.š: %v\n", n.Before, n.N, n.After, n.Compare(m) < 0)
	// Output: "a" 51 "š", in front of 51.š: true
}

func ExampleObservations() {
	for _, n := range lawtext.Observations(lawtext.Parse("Vodstvo\n\n1. člen\n\nKlub vodi svet.\n")) {
		fmt.Println(n.Key, n.Text)
	}
	// Output:
	// language sl
	// chained-heading Vodstvo
	// bare-heading Vodstvo
	// implied-number 1
}
