package lawdiff

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// act reads a small notation. One line is one article, "NUM: text"; text in
// slashes is paragraphs: "5: /prvi/drugi/". A line with "#" is a chapter, to
// which what follows belongs. "+" stands for the words of a long provision.
func act(s string) *lawtext.Act {
	long := "minister imenuje strokovno komisijo ki v devetdesetih dneh oceni vse prispele vloge na javni razpis"
	a := &lawtext.Act{Components: []lawtext.Component{{}}}
	into := &a.Components[0].Nodes
	for _, line := range strings.Split(s, "\n") {
		line = strings.ReplaceAll(strings.TrimSpace(line), "+", long)
		if line == "" {
			continue
		}
		if title, ok := strings.CutPrefix(line, "#"); ok {
			n := &lawtext.Node{ID: "chp_" + title, Kind: lawtext.Chapter, Num: title, Heading: "Poglavje " + title}
			a.Components[0].Nodes = append(a.Components[0].Nodes, n)
			into = &n.Children
			continue
		}
		num, text, _ := strings.Cut(line, ":")
		n := &lawtext.Node{ID: "art_" + num, Kind: lawtext.Article, Num: num, Label: num + ". člen"}
		if text = strings.TrimSpace(text); text == "(črtan)" {
			n.Deleted, text = true, ""
		}
		for i, p := range strings.Split(strings.Trim(text, "/"), "/") {
			if p == "" {
				continue
			}
			no := strconv.Itoa(i + 1)
			c := &lawtext.Node{ID: n.ID + "__para_" + no, Kind: lawtext.Paragraph, Num: no, Intro: p}
			if rest, ok := strings.CutPrefix(p, "("); ok { // "(2) text" prints its number
				c.Num, c.Intro, _ = strings.Cut(rest, ") ")
				c.Label = "(" + c.Num + ")"
			}
			n.Children = append(n.Children, c)
		}
		*into = append(*into, n)
	}
	lawtext.Readdress(a)
	for n := range a.All() {
		n.Key = n.ID
	}
	return a
}

// Changes are written one per line: kind, old ID, new ID, flags, edits of the text.
func list(changes []Change) string {
	var b strings.Builder
	for _, c := range changes {
		b.WriteString(string(c.Kind))
		for _, n := range []*lawtext.Node{c.Old, c.New} {
			if n == nil {
				b.WriteString(" -")
			} else {
				b.WriteString(" " + n.ID)
			}
		}
		if c.Moved && c.Kind != Moved {
			b.WriteString(" moved")
		}
		if c.Renumbered && c.Kind != Renumbered {
			b.WriteString(" renumbered")
		}
		if c.Kind == Rewritten || c.Kind == Split || c.Kind == Merged {
			b.WriteString(" " + write(c.Edits))
		}
		b.WriteString("\n")
	}
	return strings.TrimSpace(b.String())
}

func TestActs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, old, new, want string }{
		{"nothing", "1: a b\n2: c d", "1: a b\n2: c d", ""},
		{"re-wrapped", "1: Prva vrsta in druga.", "1: Prva   vrsta in druga.", ""},
		{"rewritten", "1: a\n2: v 90 dneh po podpisu", "1: a\n2: v 30 dneh po podpisu",
			"rewritten art_2__para_1 art_2__para_1 v [-90-]{+30+} dneh po podpisu"},
		{"inserted", "1: prvi\n2: drugi", "1: prvi\n1.a: povsem nov\n2: drugi", "inserted - art_1a"},
		{"deleted", "1: prvi\n2: drugi\n3: tretji", "1: prvi\n3: tretji", "deleted art_2 -"},
		{"tombstone", "1: prvi\n2: drugi", "1: prvi\n2: (črtan)", "deleted art_2 art_2"},
		{"tombstone filled", "1: prvi\n2: (črtan)", "1: prvi\n2: drugi", "inserted art_2 art_2"},
		{"renumbered", "1: prvi\n2: drugi člen", "1: prvi\n2: vmes novo\n3: drugi člen",
			"inserted - art_2\nrenumbered art_2 art_3"},
		{"renumbered and rewritten", "1: prvi\n2: o pritožbi odloči vlada v 30 dneh", "1: prvi\n2: vmes novo\n3: o pritožbi odloči vlada v 15 dneh",
			"inserted - art_2\nrenumbered art_2 art_3\nrewritten art_2__para_1 art_3__para_1 o pritožbi odloči vlada v [-30-]{+15+} dneh"},
		{"a paragraph between", "1: /(1) prvi odstavek/(2) drugi odstavek/", "1: /(1) prvi odstavek/(2) novo besedilo/(3) drugi odstavek/",
			"inserted - art_1__para_2\nrenumbered art_1__para_2 art_1__para_3"},
		{"a label only", "1: /prvi/drugi/", "1: /(1) prvi/(2) drugi/",
			"relabelled art_1__para_1 art_1__para_1\nrelabelled art_1__para_2 art_1__para_2"},
		{"moved", "1: prvi člen\n2: drugi člen\n3: tretji člen", "2: drugi člen\n3: tretji člen\n1: prvi člen", "moved art_1 art_1"},
		{"moved and gone", "1: prvi stavek\n2: pozabljen\n3: tretji člen", "3: tretji člen\n1: prvi stavek", "moved art_3 art_3\ndeleted art_2 -"},
		{"wholly new text under the number", "1: o višini odloča vlada\n2: drugo", "1: komisija šteje pet članov\n2: drugo",
			"rewritten art_1__para_1 art_1__para_1 [-o višini odloča vlada-]{+komisija šteje pet članov+}"},
		{"a chapter above", "1: prvi\n2: drugi", "#I\n1: prvi\n2: drugi", "inserted - chp_xI"},
		{"far", "1: /samozaposleni v kulturi so osebe vpisane v razvid ki poklicno ustvarjajo/+/\n2: občina objavi seznam prostorov ki so primerni za vaje in nastope do konca marca",
			"1: samozaposleni v kulturi so osebe vpisane v razvid ki poklicno ustvarjajo\n2: /občina objavi seznam prostorov ki so primerni za vaje in nastope do konca marca/+ zdaj/",
			"rewritten art_1__para_2 art_2__para_2 moved minister imenuje strokovno komisijo ki v devetdesetih dneh oceni vse prispele vloge na javni razpis{+ zdaj+}"},
		{"split", "1: /minister razpiše javni razpis in objavi merila za izbor/druga zadeva/", "1: /minister razpiše javni razpis/objavi merila za izbor/druga zadeva/",
			"split art_1__para_1 art_1__para_1 minister razpiše javni razpis\nsplit art_1__para_1 art_1__para_2 [-in-]\nobjavi merila za izbor\nrenumbered art_1__para_2 art_1__para_3"},
		{"merged", "1: /minister razpiše javni razpis/ter objavi merila za izbor/", "1: minister razpiše javni razpis ter objavi merila za izbor",
			"merged art_1__para_1 art_1__para_1 minister razpiše javni razpis\nmerged art_1__para_2 art_1__para_1 ter objavi merila za izbor"},
		{"an article split", "1: /pravica do nadomestila za čas bolezni/ustvarjalec vloži zahtevo v devetih mesecih/\n2: drugo", "1: pravica do nadomestila za čas bolezni\n1.a: ustvarjalec vloži zahtevo v šestih mesecih\n2: drugo",
			"split art_1 art_1 \nsplit art_1 art_1a \nrewritten art_1__para_2 art_1a__para_1 renumbered ustvarjalec vloži zahtevo v [-devetih-]{+šestih+} mesecih"},
		{"a copy is no part", "1: /minister razpiše javni razpis in objavi merila/", "1: /minister razpiše javni razpis in objavi merila/minister razpiše javni razpis/", "inserted - art_1__para_2"},
		{"into a new article", "1: /samozaposleni v kulturi so osebe vpisane v razvid ki poklicno ustvarjajo in živijo od ustvarjanja/+/", "1: samozaposleni v kulturi so osebe vpisane v razvid ki poklicno ustvarjajo in živijo od ustvarjanja\n2: /uvodno pravilo o delu komisije vpiše minister v poslovnik in ga objavi/vsak član komisije da izjavo o nepristranskosti pred začetkom/+/",
			"inserted - art_2\nmoved art_1__para_2 art_2__para_3 renumbered"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := list(Acts(act(tt.old), act(tt.new))); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// checkActs fails unless the changes carry every piece of both texts, the same
// twice, and none between an act and itself.
func checkActs(t *testing.T, old, new *lawtext.Act, how ...Matching) {
	t.Helper()
	all := All(old, new, how...)
	var was, is []string
	for _, c := range all {
		var del, ins strings.Builder
		for _, e := range c.Edits {
			if e.Op != Insert {
				del.WriteString(e.Text)
			}
			if e.Op != Delete {
				ins.WriteString(e.Text)
			}
		}
		if c.Old != nil {
			was = append(was, strings.Fields(del.String())...)
		}
		if c.New != nil {
			is = append(is, strings.Fields(ins.String())...)
		}
		if c.Kind == Unchanged && c.Old != nil && c.New != nil && (c.Renumbered || c.Moved || Unwrap(Own(c.Old)) != Unwrap(Own(c.New))) {
			t.Fatalf("%s is called unchanged", c.New.ID)
		}
	}
	for _, v := range []struct {
		act  *lawtext.Act
		got  []string
		name string
	}{{old, was, "old"}, {new, is, "new"}} {
		var want []string
		for n := range v.act.All() {
			want = append(want, strings.Fields(Own(n))...)
		}
		slices.Sort(want)
		slices.Sort(v.got)
		if !slices.Equal(v.got, want) {
			t.Fatalf("the changes give %d words of %s, which has %d\n%s", len(v.got), v.name, len(want), list(all))
		}
	}
	used := make(map[*lawtext.Node]bool)
	for n, o := range Partners(old, new, how...) {
		if used[o] || n.Kind != o.Kind {
			t.Fatalf("%s is the partner of several, or of another kind", o.ID)
		}
		used[o] = true
	}
	if again := list(All(old, new, how...)); again != list(all) {
		t.Fatal("two runs differ")
	}
	if same := Acts(new, new, how...); len(same) > 0 {
		t.Fatalf("an act differs from itself:\n%s", list(same))
	}
}

// randomAct has few words, so that many provisions are alike.
func randomAct(rnd *rand.Rand) *lawtext.Act {
	var b strings.Builder
	for i := range rnd.IntN(9) {
		switch rnd.IntN(8) {
		case 0:
			fmt.Fprintf(&b, "#%d\n", i)
		case 1:
			fmt.Fprintf(&b, "%d: (črtan)\n", i+rnd.IntN(2))
		default:
			fmt.Fprintf(&b, "%d: ", i+rnd.IntN(2))
			for range rnd.IntN(4) {
				b.WriteString("/")
				for range 1 + rnd.IntN(4) {
					b.WriteString([]string{"a ", "b ", "c ", "d ", "+ "}[rnd.IntN(5)])
				}
			}
			b.WriteString("\n")
		}
	}
	return act(b.String())
}

// TestActs_complete: whatever two versions there are, the changes make the one
// the other.
func TestActs_complete(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(5, 8))
	for range 3_000 {
		checkActs(t, randomAct(rnd), randomAct(rnd))
	}
}

// With shared keys nothing is inferred: provisions are the same however they read,
// and others are not, however alike.
func TestActs_byKey(t *testing.T) {
	t.Parallel()
	old := act("1: prvo pravilo o razpisu\n2: drugo pravilo o komisiji\n3: +")
	new := clone(old)
	nodes := new.Components[0].Nodes
	nodes[0].Children[0].Intro = "povsem druge besede"
	nodes[2].Children[0].Key = "another"
	new.Components[0].Nodes = []*lawtext.Node{nodes[1], nodes[0], nodes[2]}
	want := "moved art_2 art_2\nrewritten art_1__para_1 art_1__para_1 [-prvo pravilo o razpisu-]{+povsem druge besede+}\n" +
		"inserted - art_3__para_1\ndeleted art_3__para_1 -"
	if got := list(Acts(old, new, ByKey)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	rnd := rand.New(rand.NewPCG(7, 7))
	for range 500 {
		base := randomAct(rnd)
		later := edited(rnd, base, "o")
		checkActs(t, base, later, ByKey)
		checkPatch(t, base, later, ByKey)
		got, err := Between(base, later, ByKey).Apply(base)
		if err != nil || !slices.Equal(Rows(got), Rows(later)) { // with the keys
			t.Fatalf("%v: the patch gives\n%s\nand not\n%s", err, notation(got), notation(later))
		}
	}
}

// longAct is an act of n articles; every nth of other is rewritten, one article
// is new at a third and one is gone at the end.
func longAct(n, other int) *lawtext.Act {
	rnd := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	for i := range n {
		if other > 0 && i == n/3 {
			b.WriteString("0.a: nov člen o vadbenih prostorih\n")
		}
		fmt.Fprintf(&b, "%d: ", i)
		for range 3 {
			b.WriteString("/")
			for range 25 {
				fmt.Fprintf(&b, "b%d ", rnd.IntN(3_000))
			}
			if other > 0 && i%other == 0 {
				b.WriteString("dodano ")
			}
		}
		b.WriteString("\n")
	}
	return act(b.String())
}

func BenchmarkActs(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		for _, other := range []int{20, 1} {
			old, new := longAct(n, 0), longAct(n, other)
			b.Run(fmt.Sprintf("%d/every%d", n, other), func(b *testing.B) {
				for b.Loop() {
					Acts(old, new)
				}
			})
		}
	}
}
