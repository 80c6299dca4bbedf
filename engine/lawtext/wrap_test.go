package lawtext

import (
	"strings"
	"testing"
)

const bill = `PREDLOG ZAKONA O SPREMEMBAH ZAKONA O KULTURNEM EVRU (ZKE-A)

Predlagatelj: Vlada Republike Slovenije

I. UVOD

1. OCENA STANJA IN RAZLOGI ZA SPREJEM ZAKONA

Evrov je premalo.

2.1 Cilji

1. člen zakona velja od leta 2001.

II. BESEDILO ČLENOV

I. SPLOŠNO

1. člen

5. člen se spremeni tako, da se glasi:

»5. člen

(1) Evro je kulturen.«.

2. člen

Ta zakon začne veljati takoj.

III. OBRAZLOŽITEV

K 1. členu

a) Predlaga se nov evro.

IV. BESEDILO ČLENOV, KI SE SPREMINJAJO

1. člen

Zakon ureja evro.

5. člen

(1) Evro je star.

V. PREDLOG, DA SE PREDLOG ZAKONA OBRAVNAVA PO NUJNEM POSTOPKU

Predlaga se nujni postopek.
`

// Of a bill of the government the articles alone are the act. The explanation
// has no points of its own, and the articles in force keep their numbers
// without taking those of the bill.
func TestBill(t *testing.T) {
	t.Parallel()
	a := Parse(bill)
	equal(t, "title", a.Title+" "+a.Short, "Zakon o spremembah Zakona o kulturnem evru ZKE-A")
	for _, c := range []struct{ component, articles, kinds string }{
		{"", "1 2", "text chapter article paragraph quote"},
		{"obrazložitev", "", "text"},
		{"veljavno", "1 5", "article paragraph"},
		{"postopek", "", "text"},
	} {
		var nums, kinds []string
		for _, n := range a.Articles(c.component) {
			nums = append(nums, n.Num)
		}
		for _, part := range a.Components {
			if part.ID != c.component {
				continue
			}
			for _, n := range part.Nodes {
				n.visit(func(n *Node) bool {
					if k := string(n.Kind); !strings.Contains(" "+strings.Join(kinds, " ")+" ", " "+k+" ") {
						kinds = append(kinds, k)
					}
					return true
				})
			}
		}
		equal(t, c.component+" articles", strings.Join(nums, " "), c.articles)
		equal(t, c.component+" kinds", strings.Join(kinds, " "), c.kinds)
	}
	equal(t, "citation", a.Cite("veljavno/art_5__para_1"), "5. člen, prvi odstavek (veljavno)")
	equal(t, "ink", ink(Print(a)), ink(bill))
	equal(t, "again", shape(Parse(Print(a))), shape(a))
	for _, n := range a.Notes {
		if n.Key != "implied-number" {
			t.Errorf("a guess that should not be needed: %s %s", n.Key, n.Text)
		}
	}
}

// Without its heading of articles a text is no bill, and keeps its chapters.
func TestNoBill(t *testing.T) {
	t.Parallel()
	a := Parse("I. UVOD\n\n1. člen\n\nVelja.\n\nIII. OBRAZLOŽITEV\n\n2. člen\n\nVelja.\n")
	if len(a.Components) != 1 || a.Find("chp_I") == nil || a.Find("chp_III") == nil {
		t.Errorf("got %s", shape(a))
	}
}
