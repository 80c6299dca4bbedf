package uptake

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

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

// each changes every text of a question and of its act.
func each(q Question, change func(string) string) Question {
	q.Draft, q.Proposed = change(q.Draft), change(q.Proposed)
	a := *q.Adopted
	a.Components = nil
	for _, c := range q.Adopted.Components {
		c.Nodes = changed(c.Nodes, change)
		a.Components = append(a.Components, c)
	}
	q.Adopted = &a
	return q
}

func changed(nodes []*lawtext.Node, change func(string) string) []*lawtext.Node {
	var list []*lawtext.Node
	for _, n := range nodes {
		c := *n
		c.Intro, c.Children = change(n.Intro), changed(n.Children, change)
		list = append(list, &c)
	}
	return list
}

func with(q Question, change func([]*lawtext.Node) []*lawtext.Node) Question {
	q.Adopted = &lawtext.Act{Components: []lawtext.Component{{Nodes: change(q.Adopted.Components[0].Nodes)}}}
	return q
}

// What has nothing to do with a proposal does not change what became of it.
func TestJudge_same(t *testing.T) {
	t.Parallel()
	unrelated := act("1: Ta zakon ureja ribištvo v celinskih vodah. / 2: Ribolovno dovoljenje izda ribiška družina za največ 14 dni. / " +
		"3: Kdor lovi brez dovoljenja, plača globo 300 eurov. / 4: Ribiški čuvaj ne sme biti mlajši od osemnajst let.").Components[0].Nodes
	for i, n := range unrelated {
		n.ID = "art_9" + n.Num
		unrelated[i] = n
	}
	for _, tt := range []struct {
		name   string
		change func(Question) Question
	}{
		{"re-wrapped", func(q Question) Question {
			return each(q, func(s string) string { return strings.ReplaceAll(s, " ", "\n  ") })
		}},
		{"in capitals", func(q Question) Question { return each(q, strings.ToUpper) }},
		{"without diacritics", func(q Question) Question {
			return each(q, strings.NewReplacer("č", "c", "š", "s", "ž", "z", "Č", "C", "Š", "S", "Ž", "Z").Replace)
		}},
		{"unrelated before", func(q Question) Question {
			return with(q, func(n []*lawtext.Node) []*lawtext.Node { return append(slices.Clone(unrelated), n...) })
		}},
		{"unrelated after", func(q Question) Question {
			return with(q, func(n []*lawtext.Node) []*lawtext.Node { return append(slices.Clone(n), unrelated...) })
		}},
		{"other order", func(q Question) Question {
			return with(q, func(n []*lawtext.Node) []*lawtext.Node { n = slices.Clone(n); slices.Reverse(n); return n })
		}},
		{"renumbered", func(q Question) Question {
			return with(q, func(n []*lawtext.Node) []*lawtext.Node {
				n = changed(n, func(s string) string { return s })
				for _, a := range n {
					a.ID = strings.Replace(a.ID, "art_", "art_7", 1)
					for _, p := range a.Children {
						p.ID = a.ID + "__para_1"
					}
				}
				return n
			})
		}},
		{"place unknown", func(q Question) Question { q.ID = ""; return q }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, g := range goldens {
				q := g.question()
				if f := Judge(tt.change(q)); f.Judgement != g.want {
					t.Errorf("%s: %s, want %s; %v", g.name, f.Judgement, g.want, f.Reasons)
				}
			}
		})
	}
}

// A Reading may answer many questions; the order of asking is nothing to it.
func TestReading_many(t *testing.T) {
	t.Parallel()
	g := goldens[0]
	r := Read(language.Slovenian, act(g.adopted))
	first := r.Judge(g.question())
	for _, other := range goldens {
		r.Judge(other.question())
	}
	if again := r.Judge(g.question()); again.Judgement != first.Judgement || written(again.Passage) != written(first.Passage) {
		t.Errorf("%v, then %v", first, again)
	}
}

// What stood in the draft before is no proof that a proposal was taken up.
func TestJudge_before(t *testing.T) {
	t.Parallel()
	text := "5: " + podpis + " / 40: Za zamudo prejemniku pripadajo zakonske zamudne obresti."
	q := Question{Wanted: Insert, Proposed: "Za zamudo prejemniku pripadajo zakonske zamudne obresti.", Adopted: act(text)}
	if f := Judge(q); f.Judgement != Taken {
		t.Errorf("%s without the draft", f.Judgement)
	}
	q.Before = act(text)
	if f := Judge(q); f.Judgement != Not {
		t.Errorf("%s with the draft", f.Judgement)
	}
}

func TestJudge_nothing(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		q      Question
		reason string
	}{
		{Question{}, ReasonNothingAsked},
		{Question{Draft: "a", Proposed: "b"}, ReasonNoAct},
		{Question{Wanted: Delete, Proposed: "what is this", Adopted: act("1: a")}, ReasonNothingAsked},
	} {
		if f := Judge(tt.q); f.Judgement != Unclear || f.Reasons[0].Key != tt.reason {
			t.Errorf("%+v: %s %v", tt.q, f.Judgement, f.Reasons)
		}
	}
}

// FuzzJudge: no text makes it panic, marks lie in the passage and in order, and
// nothing is Taken while a number that we added is not in the passage.
func FuzzJudge(f *testing.F) {
	for _, g := range goldens {
		f.Add(g.id, string(g.wanted), g.draft, g.proposed, g.adopted)
	}
	f.Fuzz(func(t *testing.T, id, wanted, draft, proposed, adopted string) {
		q := Question{ID: id, Wanted: Wanted(wanted), Draft: draft, Proposed: proposed, Adopted: act(adopted)}
		got := Judge(q)
		if got.Score < 0 || got.Score > 1 {
			t.Errorf("score %v", got.Score)
		}
		for _, p := range append(got.Candidates, got.Passage) {
			end := 0
			for _, m := range p.Marks {
				if m.Start < end || m.End <= m.Start || m.End > len(p.Text) {
					t.Fatalf("mark %v in %q", m, p.Text)
				}
				end = m.End
			}
		}
		if got.Judgement != Taken || len(got.Passage.Marks) == 0 {
			return
		}
		x := newLexicon(q.Lang)
		req, has := x.request(draft, proposed), keys(x.read(got.Passage.Text))
		for i, l := range req.proposed {
			if req.added[i] && l.sort == number && !slices.Contains(has, l.key) {
				t.Errorf("taken without %s", l.key)
			}
		}
	})
}
