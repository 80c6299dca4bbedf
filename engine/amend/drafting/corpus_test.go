package drafting_test

import (
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

func load(t *testing.T, path string) *lawtext.Act {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return lawtext.Parse(string(b))
}

// carriedOut reads a draft and carries it out, apart from the check that writing
// makes itself.
func carriedOut(base *lawtext.Act, text string) string {
	ins, _ := reader.Read(lawtext.Parse(text))
	return lawtext.Print(amend.Apply(base, ins).Act)
}

// Of every pair of official consolidated texts the draft comes to the second.
func TestRoundTripOfConsolidatedActs(t *testing.T) {
	root := realtexts.Path(t, "law")
	pairs, _ := filepath.Glob(filepath.Join(root, "pairs/sl/*"))
	triples, _ := filepath.Glob(filepath.Join(root, "triples/sl/*"))
	exact, articles, wide := 0, 0, 0
	all := append(triples, pairs...)
	for _, dir := range all {
		base, target := load(t, filepath.Join(dir, "before.txt")), load(t, filepath.Join(dir, "after.txt"))
		d, err := drafting.Write(base, target, drafting.Options{})
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(dir), err)
			continue
		}
		if carriedOut(base, d.Text) != lawtext.Print(target) {
			t.Errorf("%s: comes to another text", filepath.Base(dir))
			continue
		}
		exact++
		for _, a := range d.Articles {
			if articles++; a.Wide {
				wide++
			}
		}
	}
	t.Logf("pairs %d: exact %d; articles %d, of them wider than tried first %d", len(all), exact, articles, wide)
}

// Random changes of real statutes: every one is drafted, and the draft comes to
// it. DRAFTING_CASES asks for more than the usual few hundred.
func TestRoundTripOfRandomChanges(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "si-npb/*.txt"))
	cases := 300
	if n, err := strconv.Atoi(os.Getenv("DRAFTING_CASES")); err == nil {
		cases = n
	}
	acts := map[string]*lawtext.Act{}
	rng := rand.New(rand.NewSource(1))
	exact, same, tried, articles, wide := 0, 0, 0, 0, 0
	for tried < cases {
		name := files[rng.Intn(len(files))]
		if acts[name] == nil {
			acts[name] = load(t, name)
		}
		base := acts[name]
		if len(base.Source) > 150_000 && rng.Intn(10) > 0 {
			continue
		}
		tried++
		seed := rng.Int63()
		target, log := edited(rand.New(rand.NewSource(seed)), base, 1+rng.Intn(5))
		d, err := drafting.Write(base, target, drafting.Options{})
		if r, ok := err.(*drafting.Refusal); ok && r.Reason == drafting.Same && lawtext.Print(base) == lawtext.Print(target) {
			same++
			continue
		}
		if err != nil {
			t.Logf("%s %d %q: %v", filepath.Base(name), seed, log, err)
			continue
		}
		if carriedOut(base, d.Text) != lawtext.Print(target) {
			t.Errorf("%s %d %q: comes to another text", filepath.Base(name), seed, log)
			continue
		}
		exact++
		for _, a := range d.Articles {
			if articles++; a.Wide {
				wide++
			}
		}
	}
	if refused := tried - same - exact; refused*20 > tried {
		t.Errorf("%d of %d refused", refused, tried)
	}
	t.Logf("cases %d: nothing changed %d, exact %d, refused %d; articles %d, wide %d", tried, same, exact, tried-same-exact, articles, wide)
}
