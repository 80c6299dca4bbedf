package uptake

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// act reads the notation of the golden cases.
func act(s string) *lawtext.Act {
	a := &lawtext.Act{Components: []lawtext.Component{{}}}
	for _, line := range strings.Split(s, " / ") {
		num, text, ok := strings.Cut(line, ": ")
		if !ok {
			continue
		}
		n := &lawtext.Node{ID: "art_" + num, Kind: lawtext.Article, Num: num, Label: num + ". člen"}
		if tomb, ok := strings.CutPrefix(text, "†"); ok {
			n.Deleted, n.Intro = true, tomb
		} else {
			n.Children = []*lawtext.Node{{ID: n.ID + "__para_1", Kind: lawtext.Paragraph, Num: "1", Intro: text}}
		}
		a.Components[0].Nodes = append(a.Components[0].Nodes, n)
	}
	return a
}

func (g golden) question() Question {
	return Question{ID: g.id, Wanted: g.wanted, Draft: g.draft, Proposed: g.proposed, Adopted: act(g.adopted)}
}

func article(id string) string {
	id, _, _ = strings.Cut(id, "__")
	return id
}

func written(p Passage) string {
	var list []string
	for _, m := range p.Marks {
		sign := map[Whose]string{Ours: "+", Drafts: "-", Others: "~"}[m.Whose]
		list = append(list, sign+p.Text[m.Start:m.End])
	}
	return strings.Join(list, " ")
}

func TestJudge(t *testing.T) {
	t.Parallel()
	if len(goldens) < 40 {
		t.Errorf("%d cases", len(goldens))
	}
	for _, g := range goldens {
		t.Run(g.name, func(t *testing.T) {
			f := Judge(g.question())
			if f.Judgement != g.want || article(f.Passage.ID) != g.passage {
				t.Errorf("%s at %q, want %s at %q; %.2f %v", f.Judgement, f.Passage.ID, g.want, g.passage, f.Score, f.Reasons)
			}
			if got := written(f.Passage); got != g.marks {
				t.Errorf("marks\n got %s\nwant %s", got, g.marks)
			}
		})
	}
}
