package lawdiff

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// Edits are written inline: [-removed-] and {+added+}.
func write(edits []Edit) string {
	var b strings.Builder
	for _, e := range edits {
		switch e.Op {
		case Keep:
			b.WriteString(e.Text)
		case Delete:
			b.WriteString("[-" + e.Text + "-]")
		case Insert:
			b.WriteString("{+" + e.Text + "+}")
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, old, new, want string }{
		{"nothing", "Člen velja.", "Člen velja.", "Člen velja."},
		{"empty", "", "", ""},
		{"from nothing", "", "Nov člen.", "{+Nov člen.+}"},
		{"to nothing", "Star člen.", "", "[-Star člen.-]"},
		{"a phrase", "ki najmanj pet let deluje", "ki najmanj tri leta deluje", "ki najmanj [-pet let-]{+tri leta+} deluje"},
		{"a number", "v 90 dneh po podpisu", "v 30 dneh po podpisu", "v [-90-]{+30+} dneh po podpisu"},
		{"a word added", "sredstva izplača", "sredstva takoj izplača", "sredstva{+ takoj+} izplača"},
		{"a sentence added", "Prvo. Drugo.", "Prvo. Tretje. Drugo.", "Prvo.{+ Tretje.+} Drugo."},
		{"at the head", "Minister odloči.", "Pristojni minister odloči.", "[-Minister-]{+Pristojni minister+} odloči."},
		{"head removed", "Praviloma minister odloči.", "minister odloči.", "[-Praviloma -]minister odloči."},
		{"names stay whole", "v 79.č členu", "v 79.b členu", "v [-79.č-]{+79.b+} členu"},
		{"punctuation", "glasba, ples", "glasba in ples", "glasba[-,-]{+ in+} ples"},
		{"an island goes", "ki ga na predlog ministra sprejme vlada", "o katerem na zahtevo ministrice odloči svet",
			"[-ki ga na predlog ministra sprejme vlada-]{+o katerem na zahtevo ministrice odloči svet+}"},
		{"a phrase stays", "pet let deluje na področju kulture in ima sedež", "tri leta deluje na področju kulture in program izvaja",
			"[-pet let-]{+tri leta+} deluje na področju kulture in [-ima sedež-]{+program izvaja+}"},
		{"re-wrapped", "Prva vrsta\nin druga.", "Prva  vrsta in\n druga.\n", "Prva  vrsta in\n druga.\n"},
		{"a space added", "1)prva", "1) prva", "1){+ +}prva"},
		{"other order", "b a", "a b", "[-b -]a{+ b+}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := write(Words(tt.old, tt.new)); got != tt.want {
				t.Errorf("Words(%q, %q)\n got %s\nwant %s", tt.old, tt.new, got, tt.want)
			}
		})
	}
}

// check fails unless the edits between old and new give both back.
func check(t *testing.T, old, new string) {
	t.Helper()
	var was, is strings.Builder
	last := Op("")
	for _, e := range Words(old, new) {
		if e.Text == "" || e.Op == last {
			t.Fatalf("Words(%q, %q): %v after %s", old, new, e, last)
		}
		last = e.Op
		if e.Op != Insert {
			was.WriteString(e.Text)
		}
		if e.Op != Delete {
			is.WriteString(e.Text)
		}
	}
	if is.String() != new || Unwrap(was.String()) != Unwrap(old) {
		t.Fatalf("Words(%q, %q) gives %q and %q", old, new, was.String(), is.String())
	}
	if Unwrap(old) == old && Unwrap(new) == new && was.String() != old {
		t.Fatalf("Words(%q, %q) gives %q for old", old, new, was.String())
	}
}

// TestWords_both: the edits give back both texts, whatever these are.
func TestWords_both(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 11))
	pick := func(n int) string {
		var b strings.Builder
		for range rnd.IntN(n) {
			b.WriteString([]string{"a", "b", "c", "člen", "79.č", ",", ".", " ", " ", " ", "\n", "  "}[rnd.IntN(12)])
		}
		return b.String()
	}
	for range 30_000 {
		old, new := pick(30), pick(30)
		check(t, old, new)
		if a, b := Unwrap(old), Unwrap(new); a == b {
			for _, e := range Words(old, new) {
				if e.Op != Keep {
					t.Fatalf("%q and %q differ only in wrapping: %v", old, new, e)
				}
			}
		} else {
			check(t, a, b)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("ki najmanj pet let deluje", "ki najmanj\ntri leta deluje")
	f.Add("\xff a", "a \xff")
	f.Fuzz(check)
}

// BenchmarkWords: a text in which every twentieth word is another.
func BenchmarkWords(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		old, new := make([]string, n), make([]string, n)
		rnd := rand.New(rand.NewPCG(1, 1))
		for i := range n {
			old[i] = "b" + strconv.Itoa(rnd.IntN(2_000))
			if new[i] = old[i]; i%20 == 0 {
				new[i] = "x" + strconv.Itoa(rnd.IntN(2_000))
			}
		}
		x, y := strings.Join(old, " "), strings.Join(new, " ")
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				Words(x, y)
			}
		})
	}
}
