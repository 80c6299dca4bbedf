package voting_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/amend/voting"
	"github.com/asociacija/asociacija/engine/lawtext"
)

const base = `Zakon o čebelah

1. člen

(namen)

Zakon ureja panje. Panj je dom čebel.

2. člen

(1) Čebelar pridela med, vosek in mast.

(2) Čebelar vpiše:

1. panje, ki jih ima,

2. roje in

3. travnike.

(3) Med je sladek. Vosek je trd. Mast je mehka.

(4) Čebelar čebelarju pomaga, čebela čebeli pa ne.

3. člen

Pristojbina se ne plača za:

– prvi panj,

– drugi panj.

Pristojbino določi zbor.

4. člen

(prekršek)

(1) Globa je 20 eurov.

(2) Globa je 200 eurov za roj.

5. člen

Ta zakon velja.
`

// amendments reads a line for each: "ID: sentence", "ID>OTHER: sentence" for one
// to another amendment.
func amendments(lines ...string) (out []voting.Amendment) {
	for _, l := range lines {
		id, text, _ := strings.Cut(l, ": ")
		id, to, _ := strings.Cut(id, ">")
		out = append(out, voting.Amendment{ID: id, To: to, Instructions: slovene.Read(lawtext.Parse("1. člen\n\n" + text))})
	}
	return out
}

func TestConflicts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		list []voting.Amendment
		want string
	}{
		{"other articles", amendments("a: V 1. členu se beseda »panje« črta.", "b: 5. člen se črta."), ""},
		{"other words of one paragraph", amendments("a: V 1. členu se beseda »panje« nadomesti z besedo »roje«.", "b: V 1. členu se beseda »ureja« nadomesti z besedo »varuje«."), ""},
		{"the same words", amendments("a: V 1. členu se beseda »panje« nadomesti z besedo »roje«.", "b: V 1. členu se beseda »panje« nadomesti z besedo »uljnjake«."), "a b excludes text-missing [art_1__para_1]"},
		{"words of what goes", amendments("a: V 4. členu se drugi odstavek črta.", "b: V 4. členu se v drugem odstavku beseda »roj« nadomesti z besedo »panj«."), "a b excludes no-target [art_4__para_2]"},
		{"the same number", amendments("a: Za 4. členom se doda nov 4.a člen, ki se glasi:\n\n»4.a člen\n\nMed.«.", "b: Za 4. členom se doda nov 4.a člen, ki se glasi:\n\n»4.a člen\n\nVosek.«."), "a b excludes occupied [art_4]"},
		{"the same place", amendments("a: V 1. členu se za besedo »ureja« doda beseda »lesene«.", "b: V 1. členu se za besedo »ureja« doda beseda »stare«."), "a b disorder  [art_1__para_1]"},
		{"one that cannot be carried out", amendments("a: 9. člen se črta.", "b: 9. člen se črta."), ""},
		{"three", amendments("a: 5. člen se črta.", "b: V 5. členu se beseda »Ta« nadomesti z besedo »Tak«.", "c: V 1. členu se beseda »panje« črta."), "a b excludes text-missing [art_5__para_1]"},
	} {
		var got []string
		for _, x := range voting.Conflicts(lawtext.Parse(base), c.list) {
			got = append(got, x.A+" "+x.B+" "+string(x.Kind)+" "+string(x.Reason)+" ["+strings.Join(x.Nodes, " ")+"]")
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s: got %q, want %q", c.name, g, c.want)
		}
	}
}

func TestVotingOrder(t *testing.T) {
	t.Parallel()
	got := voting.VotingOrder(lawtext.Parse(base), amendments(
		"word: V 4. členu se v prvem odstavku število »20« nadomesti s številom »30«.",
		"late: 5. člen se črta.",
		"whole: 4. člen se črta.",
		"whole2>whole: V 4. členu se drugi odstavek črta.",
		"first: V 1. členu se beseda »panje« nadomesti z besedo »roje«.",
		"lost>nobody: 5. člen se črta.",
	))
	if want := []string{"first", "whole2", "whole", "word", "late", "lost"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The claims say what pairs need to be tried; whatever is left out does not
// clash.
func TestConflictsDoNotDependOnOrder(t *testing.T) {
	t.Parallel()
	list := amendments(
		"a: V 1. členu se beseda »panje« nadomesti z besedo »roje«.",
		"b: V 2. členu se drugi odstavek črta.",
		"c: V 2. členu se v drugem odstavku 2. točka črta.",
		"d: V 4. členu se beseda »Globa« povsod nadomesti z besedo »Kazen«.",
		"e: V 4. členu se prvi odstavek črta.\n\nDosedanji drugi odstavek postane prvi odstavek.",
		"f: Za 4. členom se doda nov 4.a člen, ki se glasi:\n\n»4.a člen\n\nMed.«.",
	)
	count := func(list []voting.Amendment) (pairs []string) {
		for _, c := range voting.Conflicts(lawtext.Parse(base), list) {
			p := []string{c.A, c.B}
			slices.Sort(p)
			pairs = append(pairs, strings.Join(p, ""))
		}
		slices.Sort(pairs)
		return pairs
	}
	forward := count(list)
	slices.Reverse(list)
	if back := count(list); !slices.Equal(forward, back) || len(forward) != 1 {
		t.Errorf("got %q and %q", forward, back)
	}
}

// Whatever two amendments say, comparing them neither fails nor changes the bill.
func FuzzConflicts(f *testing.F) {
	f.Add("V 1. členu se beseda »panje« črta.", "K 1. členu\n\n1. člen se črta.")
	f.Add("Za 4. členom se doda nov 4.a člen, ki se glasi:\n\n»4.a člen\n\nA.«.", "K 4. členu:\n\nČlen se črta.\n\nObrazložitev: ne.")
	f.Fuzz(func(t *testing.T, one, two string) {
		law := lawtext.Parse(base)
		was := lawtext.Print(law)
		list := append(amendments("a: "+one, "b: "+two), slovene.ReadAmendments(lawtext.Parse(two))...)
		for _, c := range voting.Conflicts(law, list) {
			if len(c.Nodes) == 0 {
				t.Errorf("%v is about nothing", c)
			}
		}
		if order := voting.VotingOrder(law, list); len(order) > len(list) {
			t.Errorf("%d of %d are voted on", len(order), len(list))
		}
		if lawtext.Print(law) != was {
			t.Fatal("the bill was changed")
		}
	})
}
