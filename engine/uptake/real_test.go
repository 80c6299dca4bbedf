package uptake

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// A pair is a statute before and after an amendment.
type pair struct{ before, after *lawtext.Act }

// pairs reads official consolidated texts from beside the repository.
func pairs(t *testing.T) []pair {
	t.Helper()
	law := realtexts.Path(t, "law")
	var list []pair
	for _, set := range []string{"triples", "pairs"} {
		files, err := filepath.Glob(filepath.Join(law, set, "sl", "*", "before.txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			list = append(list, pair{parse(t, f), parse(t, filepath.Join(filepath.Dir(f), "after.txt"))})
		}
	}
	if len(list) == 0 {
		t.Fatal("no statutes among the real texts")
	}
	return list
}

func parse(t *testing.T, file string) *lawtext.Act {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return lawtext.Parse(string(b))
}

// A tally counts judgements.
type tally struct {
	name             string
	of               map[Judgement]int
	all, right, here int
}

func (c *tally) add(f Finding, want Judgement, id string) {
	if c.of == nil {
		c.of = make(map[Judgement]int)
	}
	c.of[f.Judgement]++
	c.all++
	if f.Judgement == want {
		if c.right++; related(f.Passage.ID, id) {
			c.here++
		}
	}
}

func (c *tally) String() string {
	return fmt.Sprintf("%-34s %4d: taken %4d  partly %4d  not %4d  unclear %4d; at its place %d",
		c.name, c.all, c.of[Taken], c.of[Partly], c.of[Not], c.of[Unclear], c.here)
}

// few is how many changes of one statute are asked about, so that no great
// recast outweighs the others.
const few = 25

// TestJudge_real asks of real amendments as if we had proposed them: what the
// amending act did is taken in the act after it, is not taken in the act before,
// and the text of another statute is taken nowhere.
func TestJudge_real(t *testing.T) {
	if testing.Short() {
		t.Skip("reads sixty statutes")
	}
	list := pairs(t)
	rewritten, inserted, deleted := tally{name: "rewritten, act after"}, tally{name: "inserted, act after"}, tally{name: "deleted, act after"}
	refused, kept, stood := tally{name: "rewritten, act before"}, tally{name: "inserted, act before"}, tally{name: "deleted, act before"}
	foreign, altered, doubled := tally{name: "text of another statute"}, tally{name: "a number of ours altered"}, tally{name: "a sentence more than adopted"}
	var strange []*lawtext.Node // a provision of the statute before this one
	for _, p := range list {
		after, before := Read(language.Slovenian, p.after), Read(language.Slovenian, p.before)
		asked := 0
		var own []*lawtext.Node
		for _, c := range lawdiff.Acts(p.before, p.after) {
			if asked == few || !sizable(c) || !real(c, p) {
				continue
			}
			asked++
			switch c.Kind {
			case lawdiff.Rewritten:
				q := Question{ID: c.Old.ID, Wanted: Rewrite, Draft: lawdiff.Text(c.Old), Proposed: lawdiff.Text(c.New), Before: p.before}
				rewritten.add(after.Judge(q), Taken, c.New.ID)
				refused.add(before.Judge(q), Not, c.Old.ID)
				own = append(own, c.New)
				if len(strange) > 0 {
					q.Proposed = lawdiff.Text(strange[asked%len(strange)])
					foreign.add(after.Judge(q), Not, c.New.ID)
					q.Proposed = lawdiff.Text(c.New) + " " + lawdiff.Text(strange[asked%len(strange)])
					doubled.add(after.Judge(q), Partly, c.New.ID)
				}
				if other, ok := alter(lawdiff.Text(c.Old), lawdiff.Text(c.New)); ok {
					q.Proposed = other
					altered.add(after.Judge(q), Partly, c.New.ID)
				}
			case lawdiff.Inserted:
				q := Question{ID: c.New.ID, Wanted: Insert, Proposed: lawdiff.Text(c.New), Before: p.before}
				inserted.add(after.Judge(q), Taken, c.New.ID)
				kept.add(before.Judge(q), Not, c.New.ID)
				if other, ok := alter("", q.Proposed); ok {
					q.Proposed = other
					altered.add(after.Judge(q), Partly, c.New.ID)
				}
			case lawdiff.Deleted:
				q := Question{ID: c.Old.ID, Wanted: Delete, Draft: lawdiff.Text(c.Old)}
				deleted.add(after.Judge(q), Taken, c.Old.ID)
				stood.add(before.Judge(q), Not, c.Old.ID)
			}
		}
		if len(own) > 0 {
			strange = own
		}
	}
	for _, c := range []*tally{&rewritten, &inserted, &deleted, &refused, &kept, &stood, &foreign, &altered, &doubled} {
		t.Log(c)
	}
	atLeast := func(c tally, share float64) {
		if float64(c.right) < share*float64(c.all) {
			t.Errorf("%s: %d of %d are right", c.name, c.right, c.all)
		}
	}
	atLeast(rewritten, 0.9)
	atLeast(inserted, 0.9)
	atLeast(refused, 0.9)
	atLeast(stood, 0.95)
	if n := refused.of[Taken] + kept.of[Taken] + stood.of[Taken] + foreign.of[Taken] + altered.of[Taken]; n > 0 {
		t.Errorf("%d proposals that were not adopted are taken", n)
	}
}

// real leaves out what is no change of the statute but of how it was read: text
// that is new or gone as a provision but not as words. Four words in a row decide.
func real(c lawdiff.Change, p pair) bool {
	switch c.Kind {
	case lawdiff.Inserted:
		return missing(c.New, p.before) > 0.8
	case lawdiff.Deleted:
		return missing(c.Old, p.after) > 0.8
	}
	return missing(c.New, p.before) > 0 && missing(c.Old, p.after)+missing(c.New, p.before) < 1
}

// missing is the share of a provision's phrases that an act does not have.
func missing(n *lawtext.Node, in *lawtext.Act) float64 {
	x := newLexicon(language.Und)
	has, lost := 0, 0
	source := " " + strings.Join(keys(x.read(in.Source)), " ") + " "
	words := keys(x.read(lawdiff.Text(n)))
	for i := range max(0, len(words)-3) {
		if has++; !strings.Contains(source, " "+strings.Join(words[i:i+4], " ")+" ") {
			lost++
		}
	}
	return share(lost, has)
}

// alter makes the first number that new adds to old, in digits, greater by one.
func alter(old, new string) (string, bool) {
	req := newLexicon(language.Und).request(old, new)
	for i, l := range req.proposed {
		if v, err := strconv.Atoi(new[l.start:l.end]); req.added[i] && l.sort == number && err == nil {
			return new[:l.start] + strconv.Itoa(v+1) + new[l.end:], true
		}
	}
	return "", false
}

// sizable leaves out what no one proposes: a changed mark, a page of tables.
func sizable(c lawdiff.Change) bool {
	words := 0
	for _, n := range []*lawtext.Node{c.Old, c.New} {
		if n != nil {
			if n.Kind == lawtext.Part || n.Kind == lawtext.Chapter || n.Kind == lawtext.Section {
				return false
			}
			words = max(words, len(newLexicon(language.Und).read(lawdiff.Text(n))))
		}
	}
	changed := false
	for _, e := range c.Edits {
		changed = changed || e.Op != lawdiff.Keep && len(newLexicon(language.Und).read(e.Text)) > 0
	}
	return changed && words >= 8 && words <= 600
}
