package drafting_test

import (
	"encoding/json"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawcite"
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
	realtexts.Measured(t, "round trip of a draft", "100 %", "pairs/sl and triples/sl", "pairs %d: exact %d; articles %d, of them wider than tried first %d", len(all), exact, articles, wide)
}

// Random changes of real statutes: every one is drafted, and the draft comes to
// it. DRAFTING_CASES asks for more than the usual few hundred.
func TestRoundTripOfRandomChanges(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "si-npb/*.txt"))
	cases := 200
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
		base, opt := acts[name], drafting.Options{}
		if tried%2 == 0 { // with a title and all that goes with it
			titled := *base
			titled.Title = "Čebelarski zakonik o medu"
			base, opt = &titled, drafting.Options{Short: "ČZ-A", Gazettes: []lawcite.Gazette{{Number: "1/20"}, {Number: "3/22", Note: "odl. US"}},
				Transitional: []string{"Minister izda predpis iz 5. člena zakona v treh mesecih."}}
		}
		if len(base.Source) > 150_000 && rng.Intn(10) > 0 {
			continue
		}
		tried++
		seed := rng.Int63()
		target, log := edited(rand.New(rand.NewSource(seed)), base, 1+rng.Intn(5))
		d, err := drafting.Write(base, target, opt)
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
	if refused := tried - same - exact; refused*200 > tried {
		t.Errorf("%d of %d refused", refused, tried)
	}
	realtexts.Measured(t, "round trip of a draft", "100 %", "random changes", "cases %d: nothing changed %d, exact %d, refused %d; articles %d, wide %d", tried, same, exact, tried-same-exact, articles, wide)
}

// Single articles before and after; the records have no headings.
func TestRoundTripOfArticles(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(realtexts.Path(t, "law"), "ex-yu/sl-triples/triples.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	all, exact := 0, 0
	for line := range strings.Lines(string(b)) {
		var r struct{ ID, Article, Before, After string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if r.Before == "" || r.After == "" {
			continue
		}
		head := r.Article + ". člen\n\n"
		if strings.Contains(r.Article, ".") {
			head = r.Article + " člen\n\n"
		}
		base, target := lawtext.Parse(head+r.Before), lawtext.Parse(head+r.After)
		all++
		d, err := drafting.Write(base, target, drafting.Options{})
		if err != nil || carriedOut(base, d.Text) != lawtext.Print(target) {
			t.Errorf("%s: %v", r.ID, err)
			continue
		}
		exact++
	}
	realtexts.Measured(t, "round trip of a draft", "100 %", "article records", "articles %d: exact %d", all, exact)
}

// Against the amending acts that people wrote: how many words are quoted, and how
// many operations there are. What the act says of itself is left out on both
// sides: its transitional provisions, which a consolidated text appends.
func TestQuotesAsLittleAsPeopleDo(t *testing.T) {
	dirs, _ := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "triples/sl/*"))
	var shares []float64
	for _, dir := range dirs {
		base, target := load(t, filepath.Join(dir, "before.txt")), load(t, filepath.Join(dir, "after.txt"))
		theirs := load(t, filepath.Join(dir, "act.md"))
		ours, err := drafting.Write(base, target, drafting.Options{})
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(dir), err)
			continue
		}
		ins, _ := reader.Read(theirs)
		ops, quoted := 0, 0
		untitled := *base
		for i := range ins {
			for k := range ins[i].Ops {
				untitled.Title = ins[i].Ops[k].Act
				break
			}
			if untitled.Title != "" {
				break
			}
		}
		for _, o := range amend.Apply(&untitled, ins).Outcomes {
			if o.Status == amend.Applied {
				n, k := weigh(o.Ops)
				ops, quoted = ops+n, quoted+k
			}
		}
		us, words := 0, 0
		for _, a := range ours.Articles {
			n, k := weigh(a.Ops)
			us, words = us+n, words+k
		}
		share := float64(words) / float64(max(quoted, 1))
		shares = append(shares, share)
		t.Logf("%-22s people: %3d operations, %4d words quoted; drafted: %3d, %4d (%.2f)", filepath.Base(dir), ops, quoted, us, words, share)
	}
	slices.Sort(shares)
	if median := shares[len(shares)/2]; median > 1.5 {
		t.Errorf("the median is %.2f", median)
	} else {
		realtexts.Measured(t, "quoted words against the act that people wrote", "1.5", "triples/sl", "median %.2f", median)
	}
}

// weigh counts operations that change something, and the words that they quote.
func weigh(ops []amend.Op) (n, words int) {
	for _, op := range ops {
		switch {
		case op.Verb == amend.Renumber || op.Verb == amend.Commence || op.Verb == amend.Transitory || op.Verb == amend.Append && op.Place == amend.AtEnd:
			continue
		}
		n++
		for _, s := range [...]string{op.Payload, op.Text, op.With, op.Anchor} {
			words += len(strings.Fields(s))
		}
	}
	return n, words
}
