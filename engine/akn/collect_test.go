package akn

import (
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// amendment is the first amendment to a bill, in the normative form that the
// rules of procedure of the National Assembly ask for (PoDZ-1, 129. člen).
func amendment(t *testing.T, number, sentence string) *Document {
	t.Helper()
	a := lawtext.Parse("AMANDMA\n\nk 5. členu\n\n1. člen\n\n" + sentence + "\n")
	in, _ := reader.Read(a)
	id := Identity{Country: "si", Kind: "amendment", Date: "2025-03-01", Number: number, Lang: "sl", Title: "Amandma k 5. členu"}
	return Make(a, id.Meta(), Change{Target: "/akn/si/bill/2025-02-01/440-IX", Instructions: in})
}

func TestMake_amendment(t *testing.T) {
	d := amendment(t, "1", "V 5. členu se beseda »panj« nadomesti z besedo »čebelnjak«.")
	text := string(Write(d))
	for _, want := range []string{"<amendment name=\"amendment\"", "<amendmentContent>", "<tblock class=\"article\" eId=\"art_1\">", "<quotedText", "/akn/si/bill/2025-02-01/440-IX#art_5"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
	if p := Check(d); len(p) > 0 {
		t.Error(p)
	}
	if again, err := Read([]byte(text)); err != nil || again.Kind() != "amendment" || shape(again.Act()) != shape(d.Act()) {
		t.Error("the amendment is read as another:", err)
	}
}

// A list of amendments has each of them whole, with its own identifiers kept.
func TestCollect(t *testing.T) {
	one, two := amendment(t, "1", "V 5. členu se beseda »panj« nadomesti z besedo »čebelnjak«."), amendment(t, "2", "6. člen se črta.")
	m := Identity{Country: "si", Kind: "amendmentList", Date: "2025-03-02", Number: "1", Lang: "sl", Title: "Amandmaji"}.Meta()
	list := Collect("amendmentList", m, one, two)
	if p := Check(list); len(p) > 0 {
		t.Error(p)
	}
	read, err := Read(Write(list))
	if err != nil {
		t.Fatal(err)
	}
	parts := read.Parts()
	if read.Kind() != "amendmentList" || len(parts) != 2 {
		t.Fatalf("%s of %d", read.Kind(), len(parts))
	}
	for i, was := range []*Document{one, two} {
		if got, want := shape(parts[i].Act()), shape(was.Act()); got != want {
			t.Errorf("amendment %d: %s", i+1, firstDifference(want, got))
		}
		m, w := parts[i].Meta(), was.Meta()
		if m.Work.URI != w.Work.URI || len(m.Active) != len(w.Active) || m.Active[0].Destinations[0] != w.Active[0].Destinations[0] {
			t.Errorf("amendment %d: %+v, was %+v", i+1, m.Active, w.Active)
		}
	}
	if ids := strings.Count(string(Write(one)), "eId=\"art_1\""); ids != 1 {
		t.Error("the amendment itself has changed")
	}
	all := read.Act()
	if len(all.Components) != 3 || !slices.ContainsFunc(all.Components, func(c lawtext.Component) bool { return len(c.Nodes) > 0 }) {
		t.Errorf("the list as a tree has %d components", len(all.Components))
	}
}

// Documents of others stand in a collection with all they say.
func TestCorpus_collect(t *testing.T) {
	t.Parallel()
	count := 0
	for name, data := range corpus(t) {
		d, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		c := Collect("documentCollection", Meta{}, d)
		read, err := Read(Write(c))
		if err != nil || len(read.Parts()) != 1 || ink(read.Parts()[0].Main.String()) != ink(d.Main.String()) {
			t.Errorf("%s: not whole (%v)", name, err)
			continue
		}
		count++
	}
	t.Logf("documents in a collection, whole: %d", count)
}
