package amend_test

import (
	"fmt"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawtext"
)

func ExampleApply() {
	law := lawtext.Parse("Zakon o čebelah\n\n1. člen\n\nPanj je dom čebel.\n")
	act := lawtext.Parse("1. člen\n\nV Zakonu o čebelah (Uradni list RS, št. 1/20) se v 1. členu beseda »dom« nadomesti z besedo »hiša«.\n\n2. člen\n\n9. člen se črta.\n")
	res := amend.Apply(law, slovene.Read(act))
	for _, o := range res.Outcomes {
		fmt.Println(o.Article, o.Ops[0].Verb, o.Status, o.Touched, o.Refused)
	}
	fmt.Println(res.Act.Find("art_1__para_1").Intro)
	// Output:
	// 1 text-replace applied [art_1__para_1] <nil>
	// 2 delete refused [] amend: no-target: 9
	// Panj je hiša čebel.
}
