package lawdiff

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// Lists are written without spaces, one letter a string. The pairs are written as
// the letters that both share, in order.
func TestAlign(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ a, b, want string }{
		{"", "", ""},
		{"abc", "", ""},
		{"abc", "abc", "abc"},
		{"abc", "axc", "ac"},
		{"abc", "xyz", ""},
		{"abcabba", "cbabac", "baba"}, // Myers' own example
		{"aaaa", "aa", "aa"},
		{"xaby", "yabx", "ab"},
		{"abxcd", "cdxab", "cd"},
	} {
		var b strings.Builder
		for j, i := range Align(strings.Split(tt.a, ""), strings.Split(tt.b, "")) {
			if i >= 0 && tt.a[i] == tt.b[j] {
				b.WriteByte(tt.b[j])
			}
		}
		if len(b.String()) != len(tt.want) {
			t.Errorf("Align(%q, %q) pairs %q, want as many as %q", tt.a, tt.b, b.String(), tt.want)
		}
	}
}

// longest is the length of the longest common subsequence, by table.
func longest(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			up := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(up, row[j])
			}
			diagonal = up
		}
	}
	return row[len(b)]
}

// TestAlign_order: partners are equal and in order, and no more than there can be.
func TestAlign_order(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(6, 6))
	for range 10_000 {
		letters := 2 + rnd.IntN(20)
		pick := func() []string {
			s := make([]string, rnd.IntN(25))
			for i := range s {
				s[i] = strconv.Itoa(rnd.IntN(letters))
			}
			return s
		}
		a, b := pick(), pick()
		last, pairs := -1, 0
		for j, i := range Align(a, b) {
			if i < 0 {
				continue
			}
			if i <= last || a[i] != b[j] {
				t.Fatalf("Align(%v, %v): %d has partner %d after %d", a, b, j, i, last)
			}
			last = i
			pairs++
		}
		if most := longest(a, b); pairs > most {
			t.Fatalf("Align(%v, %v): %d pairs, where %d are possible", a, b, pairs, most)
		}
	}
}

// Two long texts with no word unique to either are given up, not compared for ever.
func TestAlign_limit(t *testing.T) {
	t.Parallel()
	a, b := strings.Split(strings.Repeat("a b c ", 20_000), " "), strings.Split(strings.Repeat("c a a b b ", 20_000), " ")
	for j, i := range Align(a, b) {
		if i >= 0 && a[i] != b[j] {
			t.Fatalf("%d has partner %d", j, i)
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	n := &lawtext.Node{Label: "5. člen", Heading: "(pomen izrazov)", Intro: "Izrazi pomenijo:", Tail: "razen če ni drugače določeno.",
		Children: []*lawtext.Node{{Label: "1.", Intro: "umetnik je oseba;"}, {Label: "2.", Intro: " "}, {Label: "3.", Intro: "oder je prostor,"}}}
	if got, want := Own(n), "(pomen izrazov)\nIzrazi pomenijo:\nrazen če ni drugače določeno."; got != want {
		t.Errorf("Own is %q", got)
	}
	if got, want := Text(n), "(pomen izrazov)\nIzrazi pomenijo:\numetnik je oseba;\noder je prostor,\nrazen če ni drugače določeno."; got != want {
		t.Errorf("Text is %q", got)
	}
}

// What an amending act leaves behind is compared with itself: its first article
// is not the first of the statute.
func TestActs_components(t *testing.T) {
	t.Parallel()
	part := func(id, s string) lawtext.Component {
		c := act(s).Components[0]
		c.ID = id
		for _, n := range c.Nodes {
			n.ID = id + "/" + n.ID
		}
		return c
	}
	old := &lawtext.Act{Components: []lawtext.Component{part("", "1: prvi člen"), part("a", "1: začetek veljavnosti"), part("b", "1: prehodno obdobje")}}
	new := &lawtext.Act{Components: []lawtext.Component{part("", "1: prvi člen"), part("b", "1: prehodno obdobje"), part("c", "1: pet let veljave")}}
	if got, want := list(Acts(old, new)), "inserted - c/art_1\ndeleted a/art_1 -"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func FuzzActs(f *testing.F) {
	f.Add("1: a b\n2: /c/d/\n#I\n3: (črtan)", "1: a\n#I\n3: + d\n2: /d/c e/")
	f.Add("1: /(1) a/(2) b/", "1: /a/b/")
	f.Fuzz(func(t *testing.T, old, new string) { checkActs(t, act(old), act(new)) })
}
