package signal

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

func TestTargets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ sentence, changed, fresh string }{
		{"V 30. členu se v prvem odstavku prva alineja črta.", "30", ""},
		{"Naslov pred 5. členom in člen se črtata.", "5", ""},
		{"Naslov pred 6. členom se spremeni tako, da se glasi: »Pogoji«.", "6", ""},
		{"Za 33. členom se doda nov 33.a člen, ki se glasi:", "33.a", "33.a"},
		{"Za 33. členom se dodata nova 33.a in 33.b člen, ki se glasita:", "33.a 33.b", "33.a 33.b"},
		{"10. do 12. člen se črtajo.", "10 11 12", ""},
		{"26.a do 26.č člen se črtajo.", "26.a 26.b 26.c 26.č", ""},
		{"V 1., 9. in 84. členu se beseda »vlada« nadomesti z besedo »ministrstvo«.", "1 9 84", ""},
		{"V prvem odstavku 4. člena se besedilo »iz 7. člena« črta.", "4", ""},
		{"14. in 14.a člen se črtata.", "14 14.a", ""},
		{"Dosedanji 49. člen postane 50. člen.", "49 50", ""},
		{"V tretjem odstavku se beseda črta.", "", ""},
		{"Minister uskladi predpis iz 27. člena zakona v treh mesecih.", "", ""},
		{"Ta zakon začne veljati petnajsti dan po objavi.", "", ""},
	} {
		a := lawtext.Parse("1. člen\n\n" + c.sentence + "\n")
		changed, fresh := "", ""
		for _, x := range Targets(a) {
			changed, fresh = strings.Join(x.Changed, " "), strings.Join(x.New, " ")
		}
		if changed != c.changed || fresh != c.fresh {
			t.Errorf("%s\n got %q new %q\nwant %q new %q", c.sentence, changed, fresh, c.changed, c.fresh)
		}
	}
}

func TestTargetsNameTheAct(t *testing.T) {
	t.Parallel()
	got := Targets(lawtext.Parse("1. člen\n\nV Zakonu o vodah (Uradni list RS, št. 67/02) se v 4. členu črta beseda »voda«.\n\n" +
		"V petem odstavku se črta beseda.\n\n2. člen\n\nV 7. členu se doda nov drugi odstavek, ki se glasi:\n\n»(2) V 9. členu se nič ne črta.«.\n"))
	if len(got) != 2 || got[0].Act != "Zakon o vodah" || got[1].Act != "" || !slices.Equal(got[1].Changed, []string{"7"}) {
		t.Errorf("got %+v", got)
	}
}

func parse(t *testing.T, path string) *lawtext.Act {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return lawtext.Parse(string(b))
}

// TestTargetsAgainstChanges compares what the articles of real amending acts
// say that they change with what differs between the consolidated texts before
// and after them.
func TestTargetsAgainstChanges(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law", "triples", "sl"), "*"))
	if err != nil || len(dirs) == 0 {
		t.Fatal("no triples", err)
	}
	var hits, said, real int
	for _, dir := range dirs {
		got := saidChanges(parse(t, filepath.Join(dir, "act.md")), lawTitle(t, dir))
		want := realChanges(parse(t, filepath.Join(dir, "before.txt")), parse(t, filepath.Join(dir, "after.txt")))
		said += len(got)
		real += len(want)
		for _, n := range got {
			if slices.Contains(want, n) {
				hits++
			} else {
				t.Logf("%s: article %s is said to change, and does not", filepath.Base(dir), n)
			}
		}
		for _, n := range want {
			if !slices.Contains(got, n) {
				t.Logf("%s: article %s changes, and none says so", filepath.Base(dir), n)
			}
		}
	}
	t.Logf("acts %d: articles said to change %d, changed %d, both %d; precision %.3f, recall %.3f",
		len(dirs), said, real, hits, float64(hits)/float64(said), float64(hits)/float64(real))
	if hits*100 < said*97 || hits*100 < real*97 {
		t.Error("worse than it was")
	}
}

// lawTitle is the title of the law that a triple is about, without what stands
// in parentheses.
func lawTitle(t *testing.T, dir string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "meta.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Title string `json:"law_title"`
	}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	title, _, _ := strings.Cut(m.Title, " (neuradno")
	if at := strings.LastIndex(title, " ("); at > 0 && strings.HasSuffix(title, ")") {
		title = title[:at]
	}
	return title
}

// saidChanges collects the targets that concern the law of the title.
func saidChanges(a *lawtext.Act, title string) []string {
	var out []string
	act := ""
	for _, x := range Targets(a) {
		if x.Act != "" {
			act = x.Act
		}
		if strings.EqualFold(act, title) {
			for _, n := range x.Changed {
				out = once(out, n)
			}
		}
	}
	return out
}

// realChanges lists the articles of the main body that differ, come or go. A
// first consolidation moves the final articles to a component; they stay as
// they are.
func realChanges(before, after *lawtext.Act) []string {
	old, now := articleTexts(before, ""), articleTexts(after, "")
	moved := map[string]string{}
	if len(after.Components) > 1 {
		moved = articleTexts(after, after.Components[1].ID)
	}
	var out []string
	for n, s := range old {
		if now[n] != s && moved[n] != s {
			out = append(out, n)
		}
	}
	for n := range now {
		if _, ok := old[n]; !ok {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// articleTexts is the ink of the articles by number. Versions differ in "1)"
// and "(1)" without any amendment, so parentheses do not count.
func articleTexts(a *lawtext.Act, component string) map[string]string {
	out := map[string]string{}
	for _, n := range a.Articles(component) {
		s := strings.Join(strings.Fields(strings.Join(n.Lines(), "")), "")
		out[n.Num] += strings.Trim(strings.NewReplacer("(", "", ")", "").Replace(s), "«.")
	}
	return out
}
