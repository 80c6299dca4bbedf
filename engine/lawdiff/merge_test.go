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

// notation writes an act as act reads it.
func notation(a *lawtext.Act) string {
	var b strings.Builder
	for _, c := range a.Components {
		for _, n := range c.Nodes {
			write := func(n *lawtext.Node) {
				fmt.Fprintf(&b, "%s:", n.Num)
				if n.Deleted {
					b.WriteString(" (črtan)")
				}
				for _, p := range n.Children {
					fmt.Fprintf(&b, " %s/", strings.TrimSpace(p.Label+" "+p.Intro))
				}
				b.WriteString("\n")
			}
			if divides(n) {
				fmt.Fprintf(&b, "#%s\n", n.Num)
				for _, n := range n.Children {
					write(n)
				}
				continue
			}
			write(n)
		}
	}
	return b.String()
}

func TestMerge(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, base, ours, theirs, want, conflicts string }{
		{"different articles", "1: a\n2: b", "1: a c\n2: b", "1: a\n2: b d", "1: a c\n2: b d", ""},
		{"one text, apart", "1: sredstva se izplačajo v 90 dneh po podpisu pogodbe z ministrstvom", "1: sredstva se izplačajo v 30 dneh po podpisu pogodbe z ministrstvom",
			"1: sredstva se izplačajo v 90 dneh po podpisu pogodbe z agencijo", "1: sredstva se izplačajo v 30 dneh po podpisu pogodbe z agencijo", "woven art_1__para_1"},
		{"one text, touching", "1: sredstva se izplačajo v 90 dneh", "1: sredstva se izplačajo v 30 dneh", "1: sredstva se izplačajo v 60 dneh", "1: sredstva se izplačajo v 90 dneh",
			"both-rewrote art_1__para_1: sredstva se izplačajo v 30 dneh | sredstva se izplačajo v 60 dneh"},
		{"both the same", "1: a\n2: b", "1: a\n1.a: nov\n2: b c", "1: a\n1.a: nov\n2: b c", "1: a\n1.a: nov\n2: b c", ""},
		{"deleted and left alone", "1: a\n2: b\n3: c", "1: a\n3: c", "1: a d\n2: b\n3: c", "1: a d\n3: c", ""},
		{"deleted and rewritten", "1: a\n2: /b/c/\n3: c", "1: a\n3: c", "1: a\n2: /b/c d/\n3: c", "1: a\n2: /b/c/\n3: c", "deleted-rewritten art_2:  | 2. člen b c d"},
		{"tombstone and rewritten", "1: a\n2: /b/c/", "1: a\n2: (črtan)", "1: a\n2: /b/c d/", "1: a\n2: /b/c/", "deleted-rewritten art_2: 2. člen | 2. člen b c d"},
		{"tombstone and left alone", "1: a\n2: /b/c/", "1: a\n2: (črtan)", "1: a d\n2: /b/c/", "1: a d\n2: (črtan)", ""},
		{"two new articles, by number", "1: a\n2: b", "1: a\n1.b: naš\n2: b", "1: a\n1.a: njihov\n2: b", "1: a\n1.a: njihov\n1.b: naš\n2: b", ""},
		{"one number twice", "1: a\n2: b", "1: a\n1.a: naš člen\n2: b", "1: a\n1.a: drug člen\n2: b", "1: a\n1.a: drug člen\n1.a: naš člen\n2: b",
			"same-number art_1a: 1.a. člen naš člen | 1.a. člen drug člen"},
		{"one number by renumbering", "1: /(1) a/(2) b/", "1: /(1) a/(2) novo/(3) b/", "1: /(1) a/(2) b/(3) dodano/", "1: /(1) a/(2) novo/(3) b/(3) dodano/",
			"same-number art_1__para_3~2: (3) b | (3) dodano"},
		{"unnumbered in one place", "1: /a/b/", "1: /a/prvi predlog/b/", "1: /a/drug predlog/b/", "1: /a/drug predlog/prvi predlog/b/",
			"same-place art_1__para_3: prvi predlog | drug predlog"},
		{"moved and rewritten", "1: /prvo pravilo je tu zato da člen ostane/+/\n2: /drugo pravilo ostane kjer je bilo/in še eno k temu/", "1: prvo pravilo je tu zato da člen ostane\n2: /drugo pravilo ostane kjer je bilo/in še eno k temu/+/",
			"1: /prvo pravilo je tu zato da člen ostane/+ zdaj/\n2: /drugo pravilo ostane kjer je bilo/in še eno k temu/", "1: prvo pravilo je tu zato da člen ostane\n2: /drugo pravilo ostane kjer je bilo/in še eno k temu/+ zdaj/", ""},
		{"a chapter goes, its articles stay", "#I\n1: a\n2: b", "1: a\n2: b", "#I\n1: a\n2: b c", "1: a\n2: b c", ""},
		{"a chapter goes with its articles", "3: z\n#I\n1: a\n2: b", "3: z", "3: z\n#I\n1: a\n2: b c", "3: z\n#I\n2: b", "deleted-rewritten art_2:  | 2. člen b c"},
		{"deleted and moved", "1: /prvo pravilo je tu zato da člen ostane/+/\n2: /drugo pravilo ostane kjer je bilo/in še eno k temu/", "1: prvo pravilo je tu zato da člen ostane\n2: /drugo pravilo ostane kjer je bilo/in še eno k temu/",
			"1: prvo pravilo je tu zato da člen ostane\n2: /drugo pravilo ostane kjer je bilo/in še eno k temu/+/", "1: /prvo pravilo je tu zato da člen ostane/+/\n2: /drugo pravilo ostane kjer je bilo/in še eno k temu/",
			"deleted-rewritten art_1__para_2:  | minister imenuje strokovno komisijo ki v devetdesetih dneh oceni vse prispele vloge na javni razpis"},
		{"a chapter above", "1: a\n2: b", "#I\n1: a\n2: b", "1: a\n2: b c", "#I\n1: a\n2: b c", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Merge(act(tt.base), act(tt.ours), act(tt.theirs))
			var said []string
			for _, c := range got.Conflicts {
				said = append(said, fmt.Sprintf("%s %s: %s | %s", c.Kind, c.ID, Unwrap(c.Ours.Text), Unwrap(c.Theirs.Text)))
			}
			for _, id := range got.Woven {
				said = append(said, "woven "+id)
			}
			if text, want := notation(got.Act), notation(act(tt.want)); text != want {
				t.Errorf("got\n%s\nwant\n%s", text, want)
			}
			if list := strings.Join(said, "\n"); list != tt.conflicts {
				t.Errorf("conflicts are\n%s\nand not\n%s", list, tt.conflicts)
			}
		})
	}
}

func clone(a *lawtext.Act) *lawtext.Act {
	list, nodes := rows(a)
	b, _ := assemble(list, nodes, a)
	lawtext.Readdress(b)
	return b
}

// edited is an act after some random changes. Each puts in a word that stands
// nowhere else, and removes only what no other call put in.
func edited(rnd *rand.Rand, a *lawtext.Act, side string) *lawtext.Act {
	b := clone(a)
	words := 0
	word := func() string {
		words++
		return side + strconv.Itoa(words)
	}
	fresh := func(kind lawtext.Kind, num string) *lawtext.Node {
		n := &lawtext.Node{Kind: kind, Num: num, Key: word()}
		if kind == lawtext.Article {
			n.Label = num + ". člen"
			n.Children = []*lawtext.Node{{Kind: lawtext.Paragraph, Num: "1", Intro: "novo pravilo " + word(), Key: word()}}
		} else if n.Intro = "nov odstavek " + word(); rnd.IntN(2) == 0 {
			n.Label = "(" + num + ")"
		}
		return n
	}
	for range 1 + rnd.IntN(4) {
		type place struct {
			list *[]*lawtext.Node
			at   int
		}
		var places []place
		var see func(list *[]*lawtext.Node)
		see = func(list *[]*lawtext.Node) {
			for k, n := range *list {
				places = append(places, place{list, k})
				see(&n.Children)
			}
		}
		see(&b.Components[0].Nodes)
		if len(places) == 0 {
			break
		}
		p := places[rnd.IntN(len(places))]
		n := (*p.list)[p.at]
		switch rnd.IntN(8) {
		case 0, 1, 2:
			list := strings.Fields(n.Intro)
			at := rnd.IntN(len(list) + 1)
			if at < len(list) && rnd.IntN(2) == 0 && !strings.ContainsAny(list[at], "0123456789") {
				list[at] = word()
			} else {
				list = slices.Insert(list, at, word())
			}
			n.Intro = strings.Join(list, " ")
		case 3:
			n.Heading = strings.TrimSpace(n.Heading + " " + word())
		case 4:
			*p.list = slices.Insert(*p.list, p.at+rnd.IntN(2), fresh(n.Kind, strconv.Itoa(rnd.IntN(9))))
		case 5:
			if !strings.Contains(Text(n), side) {
				*p.list = slices.Delete(*p.list, p.at, p.at+1)
			}
		case 6:
			if n.Kind == lawtext.Article && !strings.Contains(Text(n), side) {
				n.Deleted, n.Children, n.Intro, n.Heading = true, nil, "", ""
			}
		case 7:
			*p.list = slices.Delete(*p.list, p.at, p.at+1)
			to := places[rnd.IntN(len(places))]
			under := false
			walk(n, func(c *lawtext.Node) { under = under || to.list == &c.Children })
			if under || len(*to.list) == 0 || (*to.list)[0].Kind != n.Kind {
				to = p
			}
			*to.list = slices.Insert(*to.list, min(to.at, len(*to.list)), n)
		}
	}
	lawtext.Readdress(b)
	return b
}

// checkMerge fails unless the properties of Merge hold of three acts.
func checkMerge(t *testing.T, base, ours, theirs *lawtext.Act, how Matching) {
	t.Helper()
	before := [][]Row{Rows(base), Rows(ours), Rows(theirs)}
	got, turned := Merge(base, ours, theirs, how), Merge(base, theirs, ours, how)
	for k, a := range []*lawtext.Act{base, ours, theirs} {
		if !slices.Equal(before[k], Rows(a)) {
			t.Fatal("a version was changed")
		}
	}
	if !slices.EqualFunc(Rows(turned.Act), Rows(got.Act), Row.says) {
		t.Fatalf("not symmetric: base\n%s\nours\n%s\ntheirs\n%s\ngot\n%s\nturned\n%s", notation(base), notation(ours), notation(theirs), notation(got.Act), notation(turned.Act))
	}
	if a, b := bare(got.Conflicts, false), bare(turned.Conflicts, true); !slices.Equal(a, b) {
		only := func(x, y []string) string {
			return strings.Join(slices.DeleteFunc(slices.Clone(x), func(s string) bool { return slices.Contains(y, s) }), "\n")
		}
		t.Fatalf("conflicts are not symmetric (%d, %d):\n%s\n\n%s", len(a), len(b), only(a, b), only(b, a))
	}
	kept := []string{strings.Join(saidBy(got.Act), " ")}
	for _, c := range got.Conflicts {
		kept = append(kept, c.Ours.Text, c.Theirs.Text)
	}
	has := make(map[string]bool)
	for _, w := range texts(tokens(strings.Join(kept, " "))) {
		has[w] = true
	}
	for _, side := range []*lawtext.Act{ours, theirs} {
		was := make(map[string]bool)
		for _, w := range saidBy(base) {
			was[w] = true
		}
		for _, w := range saidBy(side) {
			if !was[w] && !has[w] {
				t.Fatalf("%q is lost\nbase\n%s\nours\n%s\ntheirs\n%s\ngot\n%s%v", w, notation(base), notation(ours), notation(theirs), notation(got.Act), got.Conflicts)
			}
		}
	}
	for _, x := range []*lawtext.Act{base, ours, theirs} {
		for k, sides := range [][2]*lawtext.Act{{base, x}, {x, base}, {x, x}} {
			one := Merge(base, sides[0], sides[1], how)
			if len(one.Conflicts)+len(one.Woven) > 0 {
				t.Fatalf("case %d: conflicts of one side: %v", k, one.Conflicts)
			}
			if !slices.EqualFunc(Rows(one.Act), Rows(x), Row.says) {
				t.Fatalf("case %d: base\n%s\nside\n%s\ngot\n%s", k, notation(base), notation(x), notation(one.Act))
			}
			wantRows(t, one.Act, x)
		}
	}
}

func saidBy(a *lawtext.Act) []string {
	var all []string
	for n := range a.All() {
		all = append(all, texts(tokens(Own(n)))...)
	}
	return all
}

// bare lists conflicts without addresses, in alphabetical order.
func bare(list []Conflict, turn bool) []string {
	var out []string
	for _, c := range list {
		a, b := c.Ours.Text, c.Theirs.Text
		if turn && c.Kind != SameNumber || c.Kind == SameNumber && a > b { // either side can have given both
			a, b = b, a
		}
		out = append(out, strings.Join([]string{string(c.Kind), string(c.Field), c.Base.Text, a, b}, "|"))
	}
	slices.Sort(out)
	return out
}

func TestMerge_properties(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(9, 3))
	for range 400 {
		base := randomAct(rnd)
		checkMerge(t, base, edited(rnd, base, "o"), edited(rnd, base, "t"), ByText)
		checkMerge(t, base, edited(rnd, base, "o"), edited(rnd, base, "t"), ByKey)
		checkMerge(t, base, randomAct(rnd), randomAct(rnd), ByText)
	}
}

func FuzzMerge(f *testing.F) {
	f.Add("1: a b\n2: /c/d/\n#I\n3: (črtan)", "1: a\n#I\n3: + d\n2: /d/c e/", "1: a b\n2: /c/d f/")
	f.Fuzz(func(t *testing.T, base, ours, theirs string) {
		checkMerge(t, act(base), act(ours), act(theirs), ByText)
	})
}
