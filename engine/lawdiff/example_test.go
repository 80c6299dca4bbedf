package lawdiff_test

import (
	"encoding/json"
	"fmt"

	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
)

const (
	before = "ZAKON O PROSTORIH\n\n1. člen\n\nMinistrstvo objavi razpis v 60 dneh po vlogi.\n\n2. člen\n\nVloga je pisna.\n"
	after  = "ZAKON O PROSTORIH\n\n1. člen\n\nMinistrstvo objavi razpis v 30 dneh po vlogi.\n\n2. člen\n\nVloga je pisna.\n\n2.a člen\n\nNa odločitev je dopustna pritožba.\n"
	draft  = "ZAKON O PROSTORIH\n\n1. člen\n\nMinistrstvo objavi razpis v 60 dneh po popolni vlogi.\n\n2. člen\n\nVloga je elektronska.\n"
)

func ExampleActs() {
	for _, c := range lawdiff.Acts(lawtext.Parse(before), lawtext.Parse(after)) {
		fmt.Println(c.Kind, c.New.ID)
		for _, e := range c.Edits {
			if e.Op != lawdiff.Keep {
				fmt.Printf("  %s %q\n", e.Op, e.Text)
			}
		}
	}
	// Output:
	// rewritten art_1__para_1
	//   delete "60"
	//   insert "30"
	// inserted art_2a
	//   insert "Na odločitev je dopustna pritožba."
}

func ExamplePatch() {
	sent, _ := json.Marshal(lawdiff.Between(lawtext.Parse(before), lawtext.Parse(after)))

	var patch lawdiff.Patch
	if err := json.Unmarshal(sent, &patch); err != nil {
		fmt.Println(err)
	}
	new, err := patch.Apply(lawtext.Parse(before))
	fmt.Println(new.Find("art_1__para_1").Intro, err)
	_, err = patch.Apply(lawtext.Parse(draft))
	fmt.Println(err)
	// Output:
	// Ministrstvo objavi razpis v 30 dneh po vlogi. <nil>
	// lawdiff: patch refused, other-base at art_1__para_1: want "Ministrstvo objavi razpis v 60 dneh po vlogi.", got "Ministrstvo objavi razpis v 60 dneh po popolni vlogi."
}

func ExampleMerge() {
	m := lawdiff.Merge(lawtext.Parse(before), lawtext.Parse(draft), lawtext.Parse(after))
	fmt.Println(m.Act.Find("art_1__para_1").Intro)
	fmt.Println(m.Act.Find("art_2__para_1").Intro)
	fmt.Println(m.Act.Find("art_2a__para_1").Intro)
	fmt.Println(m.Conflicts, m.Woven)
	// Output:
	// Ministrstvo objavi razpis v 30 dneh po popolni vlogi.
	// Vloga je elektronska.
	// Na odločitev je dopustna pritožba.
	// [] [art_1__para_1]
}

func ExampleChangedArticles() {
	fmt.Println(lawdiff.ChangedArticles(lawtext.Parse(before), lawtext.Parse(after)))
	// Output: [art_1 art_2a]
}
