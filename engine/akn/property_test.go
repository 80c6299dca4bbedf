package akn

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// Whatever tree there is, the tree of its document is the same: provisions in
// any order and depth, with and without labels, headings, texts, wrap-ups.
func TestMake_anyTree(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 11))
	nodes := 0
	for range 600 {
		a := &lawtext.Act{Title: pick(rnd, "", "Zakon o čebelah"), Lang: "sl", Front: pick(rnd, "", "sop: 2004-01-0054\n")}
		for c := range 1 + rnd.IntN(3) {
			part := lawtext.Component{}
			if c > 0 {
				part = lawtext.Component{ID: pick(rnd, "zčeb-a", "ul-1-04"), Title: pick(rnd, "", "Zakon vsebuje naslednje določbe: »")}
			}
			for range rnd.IntN(4) {
				part.Nodes = append(part.Nodes, anyNode(rnd, 0))
			}
			a.Components = append(a.Components, part)
		}
		lawtext.Readdress(a)
		for n := range a.All() {
			nodes++
			n.Key = n.ID
			if rnd.IntN(5) == 0 {
				n.Key = "was_" + strconv.Itoa(nodes)
			}
		}
		want := shape(a)
		id := dated(IdentityOf(a))
		id.Kind = pick(rnd, "act", "bill", "amendment", "doc")
		out := Write(Make(a, id.Meta()))
		d, err := Read(out)
		if err != nil {
			t.Fatal(err)
		}
		if got := shape(d.Act()); got != want {
			t.Fatalf("%s\nof\n%s\nin\n%s", firstDifference(want, got), want, out)
		}
		if p := Check(d); len(p) > 0 {
			t.Fatalf("%v\nof\n%s\nin\n%s", p, want, out)
		}
	}
	t.Logf("trees 600, provisions %d", nodes)
}

var anyKinds = []lawtext.Kind{
	lawtext.Part, lawtext.Chapter, lawtext.Section, lawtext.Article, lawtext.Article, lawtext.Paragraph, lawtext.Paragraph, lawtext.Point,
	lawtext.Indent, lawtext.Annex, lawtext.Quote, lawtext.Text, lawtext.Text, lawtext.Table, lawtext.Row,
}

func pick(rnd *rand.Rand, words ...string) string { return words[rnd.IntN(len(words))] }

func anyNode(rnd *rand.Rand, depth int) *lawtext.Node {
	n := &lawtext.Node{Kind: anyKinds[rnd.IntN(len(anyKinds))], Deleted: rnd.IntN(12) == 0}
	n.Intro = pick(rnd, "", "Čebele.", "a  b", "»x", "y«.", "z:", "»p« in »q«.", "<&>", "1\t2", "«", ".")
	n.Label, n.Num, _ = strings.Cut(pick(rnd, "|", "|", "5. člen|5", "25. a člen|25.a", "(2)|2", "a)|a", "-|", "*|", "II.|II", "Prvi del|1", "1.1|1.1",
		"»3. člen|3", "§ 5|5", "1|1", "[2]|2", "**|", "1.č)|1.č", "|25.a", "|č", "|a51.š", "|2"), "|")
	if rnd.IntN(4) == 0 {
		n.Heading = pick(rnd, "(panj)", "PANJ", "»panj")
		n.Above = rnd.IntN(2) == 0 && n.Label != ""
	}
	if rnd.IntN(6) == 0 {
		n.Tail = pick(rnd, "in drugo.", "«", "«.")
	}
	if depth < 4 {
		for range rnd.IntN(4) {
			n.Children = append(n.Children, anyNode(rnd, depth+1))
		}
	}
	if n.Intro == "1\t2" && n.Kind != lawtext.Row {
		n.Intro = "1 2" // only rows have tabs
	}
	if silent[n.Kind] {
		n.Intro = ""
	} else if n.Label+n.Heading+n.Intro+n.Tail == "" && len(n.Children) == 0 {
		n.Intro = "x"
	}
	return n
}
