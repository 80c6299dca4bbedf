package amend_test

import (
	"math/rand"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// step is one level of a reference.
func step(unit lawcite.Unit, num string) lawcite.Step {
	return lawcite.Step{Unit: unit, Numbers: []lawcite.Range{{From: num}}}
}

// askUnit asks for a random change of an article as a whole, of its heading or
// of an item in one of its lists, and makes the change by hand.
func askUnit(rng *rand.Rand, art *lawtext.Node) (do, want string) {
	after := *art
	in := lawcite.Ref{Steps: []lawcite.Step{step(lawtext.Article, art.Num)}}
	switch rng.Intn(4) {
	case 0: // the whole article
		if art.Above {
			return "", ""
		}
		fresh := &lawtext.Node{Kind: lawtext.Paragraph, Num: "1", Intro: "To je vse."}
		after.Heading, after.Children, after.Intro, after.Tail = "(novo)", []*lawtext.Node{fresh}, "", ""
		return in.Write(lawcite.Nominative) + " se spremeni tako, da se glasi:\n\n»" + art.Label + "\n\n(novo)\n\nTo je vse.«.", ink(&after)
	case 1: // its heading
		if !strings.HasPrefix(art.Heading, "(") || art.Above {
			return "", ""
		}
		after.Heading = "(nov naslov)"
		return "Naslov " + in.Write(lawcite.Genitive) + " se spremeni tako, da se glasi: »(nov naslov)«.", ink(&after)
	case 2: // it goes
		if art.Above {
			return "", ""
		}
		after.Heading, after.Children, after.Intro, after.Tail = "(črtan)", nil, "", ""
		return in.Write(lawcite.Nominative) + " se črta.", ink(&after)
	}
	for k, para := range art.Children {
		if para.Kind != lawtext.Paragraph || len(para.Children) < 3 {
			continue
		}
		i := rng.Intn(len(para.Children) - 1)
		item := *para.Children[i]
		if item.Kind != lawtext.Point && item.Kind != lawtext.Indent || len(item.Children) > 0 || item.Deleted {
			return "", ""
		}
		in.Steps = append(in.Steps, step(lawtext.Paragraph, para.Num), step(item.Kind, item.Num))
		if item.Kind == lawtext.Point && strings.HasSuffix(item.Label, ")") {
			in.Steps[2].Label = true
		}
		next := *para
		next.Children = append([]*lawtext.Node(nil), para.Children...)
		item.Intro, item.Tail = "to je novo;", ""
		next.Children[i] = &item
		after.Children = append([]*lawtext.Node(nil), art.Children...)
		after.Children[k] = &next
		return "V " + lawcite.Ref{Steps: in.Steps[:2]}.Write(lawcite.Locative) + " se " + lawcite.Ref{Steps: in.Steps[2:]}.Write(lawcite.Nominative) +
			" spremeni tako, da se glasi:\n\n»" + item.Label + " to je novo;«.", ink(&after)
	}
	return "", ""
}

// Random changes of units of real statutes are made exactly, or refused.
func TestAsksForAUnitAndGetsIt(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "si-npb/*.txt"))
	rng := rand.New(rand.NewSource(2))
	applied, refused := 0, map[amend.Reason]int{}
	for i := 0; i < len(files); i += 12 {
		law := lawtext.Parse(load(t, files[i]))
		arts := law.Articles("")
		was := articles(law)
		if len(arts) < 3 || len(was) != len(arts) {
			continue // the same number twice
		}
		for range 8 {
			art := arts[rng.Intn(len(arts))]
			if len(art.Children) == 0 || art.Deleted {
				continue
			}
			do, want := askUnit(rng, art)
			if do == "" {
				continue
			}
			res := amend.Apply(law, slovene.Read(lawtext.Parse("1. člen\n\n"+do)))
			if o := res.Outcomes[0]; o.Status == amend.Refused {
				refused[o.Refused.Reason]++
				continue
			}
			applied++
			for num, got := range articles(res.Act) {
				if num == art.Num && got != want || num != art.Num && got != was[num] {
					t.Errorf("%s: %s\n got %s\nwant %s", filepath.Base(files[i]), do, got, want)
				}
			}
			keepsKeys(t, law, res.Act, art.Num)
		}
	}
	t.Logf("changes made %d, refused %v", applied, refused)
	if applied < 30 {
		t.Errorf("only %d", applied)
	}
}

// keepsKeys checks that a change of one article leaves the keys of all others as
// they were, and gives no key twice.
func keepsKeys(t *testing.T, before, after *lawtext.Act, changed string) {
	t.Helper()
	was := map[string]string{}
	for n := range before.All() {
		was[n.ID] = n.Key
	}
	seen := map[string]bool{}
	for n := range after.All() {
		if seen[n.Key] {
			t.Errorf("key %s twice", n.Key)
		}
		seen[n.Key] = true
	}
	for _, a := range after.Articles("") {
		if a.Num != changed && was[a.ID] != a.Key {
			t.Errorf("%s has the key %s, had %s", a.ID, a.Key, was[a.ID])
		}
	}
}

// Keys go with their provisions when these are counted anew.
func TestKeysAreKept(t *testing.T) {
	t.Parallel()
	law := lawtext.Parse(base)
	key := law.Find("art_4__para_2").Key
	res := amend.Apply(law, slovene.Read(lawtext.Parse("1. člen\n\nV 4. členu se za prvim odstavkom doda nov drugi odstavek, ki se glasi:\n\n»(2) Globe ni.«.\n\nDosedanji drugi odstavek postane tretji odstavek.\n")))
	if n := res.Act.Find("art_4__para_3"); n == nil || n.Key != key {
		t.Errorf("got %+v, want the key %s", n, key)
	}
	if n := res.Act.Find("art_4__para_2"); n.Key == key || n.Key == "" || n.Span != (lawtext.Span{}) {
		t.Errorf("the new paragraph: %+v", n)
	}
	if n := res.Act.Find("art_1__para_1"); n.Span != law.Find("art_1__para_1").Span || res.Act.Source != law.Source {
		t.Errorf("a paragraph that stays has lost its place: %+v", n)
	}
}
