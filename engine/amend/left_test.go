package amend_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawtext"
)

func TestWhatAnAmendingActLeavesBehind(t *testing.T) {
	t.Parallel()
	act := lawtext.Parse("ZAKON\n\nO SPREMEMBAH ZAKONA O ČEBELAH (ZČeb-A)\n\n1. člen\n\n5. člen se črta.\n\nPREHODNI IN KONČNI DOLOČBI\n\n2. člen\n\nMinister izda predpis v treh mesecih.\n\n3. člen\n\nTa zakon začne veljati naslednji dan po objavi v Uradnem listu Republike Slovenije.\n")
	res := amend.Apply(lawtext.Parse(base), slovene.Read(act))
	if _, ok := amend.WithLeft(res.Act, act, res.Outcomes, ""); ok {
		t.Error("appended without a gazette")
	}
	whole, ok := amend.WithLeft(res.Act, act, res.Outcomes, "Uradni list RS, št. 1/26")
	if !ok {
		t.Fatal("nothing was appended")
	}
	var got []string
	for _, c := range whole.Components {
		for _, a := range whole.Articles(c.ID) {
			got = append(got, a.ID)
		}
	}
	if s := strings.Join(got, " "); s != "art_1 art_2 art_3 art_4 art_5 zčeb-a/art_2 zčeb-a/art_3" {
		t.Errorf("articles %s", s)
	}
	if a := whole.Find("art_1"); a.Span == (lawtext.Span{}) || a.Key != "art_1" {
		t.Errorf("article 1 has lost its place: %+v", a)
	}
	// A later act may change them.
	next := amend.Apply(whole, slovene.Read(lawtext.Parse("1. člen\n\nV Zakonu o spremembah Zakona o čebelah (Uradni list RS, št. 1/26) se v 2. členu besedilo »treh mesecih« nadomesti z besedilom »enem letu«.\n")))
	if o := next.Outcomes[0]; o.Status != amend.Applied {
		t.Fatalf("%v", o.Refused)
	}
	if a := next.Act.Find("zčeb-a/art_2"); a == nil || a.Children[0].Intro != "Minister izda predpis v enem letu." {
		t.Errorf("got %+v", a)
	}
	if a := next.Act.Find("art_2__para_1"); a == nil || !strings.HasPrefix(a.Intro, "Čebelar pridela") {
		t.Errorf("the act itself was changed: %+v", a)
	}
}
