package amend_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A number that gets a letter, or loses it, has its full stop where it belongs.
func TestRenumberedLabels(t *testing.T) {
	t.Parallel()
	const law = "1. člen\n\nEna:\n\n1. a,\n\n2. b,\n\n2.a c,\n\n5. d.\n\n2. člen\n\nDve.\n\n2.a člen\n\nTri.\n\n5. člen\n\nPet.\n"
	for _, c := range []struct{ do, want string }{
		{"Dosedanji 2.a člen postane 3. člen.", "1. člen | 2. člen | 3. člen | 5. člen"},
		{"Dosedanji 5. člen postane 2.b člen.", "1. člen | 2. člen | 2.a člen | 2.b člen"},
		{"Dosedanji 2.a člen postane 2.c člen.", "1. člen | 2. člen | 2.c člen | 5. člen"},
		{"Dosedanji 5. člen postane 4. člen.", "1. člen | 2. člen | 2.a člen | 4. člen"},
		{"V 1. členu dosedanja 2.a točka postane 3. točka.", "1. člen | 1. | 2. | 3. | 5. | 2. člen | 2.a člen | 5. člen"},
		{"V 1. členu dosedanja 5. točka postane 2.b točka.", "1. člen | 1. | 2. | 2.a | 2.b | 2. člen | 2.a člen | 5. člen"},
	} {
		res := amend.Apply(lawtext.Parse(law), slovene.Read(lawtext.Parse("1. člen\n\n"+c.do)))
		var got []string
		for _, a := range res.Act.Articles("") {
			got = append(got, a.Label)
			for _, p := range a.Children {
				for _, n := range p.Children {
					if strings.Contains(c.want, "| 1. |") {
						got = append(got, n.Label)
					}
				}
			}
		}
		if s := strings.Join(got, " | "); s != c.want || res.Outcomes[0].Status != amend.Applied {
			t.Errorf("%s\n got %s %v\nwant %s", c.do, s, res.Outcomes[0].Refused, c.want)
		}
	}
}

// What an amending act left behind in the base is changed only by an instruction
// that cites its gazette.
func TestAmendsTheAmendingActThatIsCited(t *testing.T) {
	t.Parallel()
	left := func(short, gazette string) string {
		return "\nZakon o spremembah Zakona o čebelah – " + short + " (Uradni list RS, št. " + gazette + ") vsebuje naslednjo končno določbo:\n\n»9. člen\n\nPanj je dom.«.\n"
	}
	for _, c := range []struct{ law, cited, want string }{
		{base + left("ZČeb-A", "7/22"), "7/22", "applied"},
		{base + left("ZČeb-A", "7/22"), "7/22 in 8/23", "applied"},
		{base + left("ZČeb-A", "7/22"), "99/24", "refused zčeb-a"},
		{base + left("ZČeb-A", "7/22") + left("ZČeb-B", "17/22"), "17/22", "applied"},
		{base + left("ZČeb-A", "7/22") + left("ZČeb-B", "17/22"), "99/24", "refused zčeb-a zčeb-b"},
	} {
		res := amend.Apply(lawtext.Parse(c.law), slovene.Read(lawtext.Parse("1. člen\n\nV Zakonu o spremembah Zakona o čebelah (Uradni list RS, št. "+c.cited+") se v 9. členu beseda »dom« nadomesti z besedo »hiša«.")))
		o := res.Outcomes[0]
		got := string(o.Status)
		if o.Refused != nil {
			got += " " + strings.Join(o.Refused.Candidates, " ")
		}
		if got != c.want {
			t.Errorf("%s: got %s (%v), want %s", c.cited, got, o.Refused, c.want)
		}
	}
}
