package czechoslovak_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/czechoslovak"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/lawtext/layout"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// A tally is what the triples of one language and tier come to. Articles are §,
// without signatures, footnotes, annexes and the headings of divisions behind.
type tally struct {
	laws, perfect         int
	read, unread, undone  int // instructions; undone were read and not carried out
	changed, exact        int
	flagged, noted, wrong int // the others: an instruction on it was refused; carried out with a note; without
	copied                int // of those without: the copy of the official text slipped
	unexplained           int // … none names it
	inspected             int // exact ones with a note
	kept, spoiled         int // articles that the official text left as they were
}

func TestConsolidates(t *testing.T) {
	for _, c := range []struct {
		folder, tier                         string
		exact, read, wrong, spoiled, perfect int // bounds: the first, second and last from below, in hundredths, the others from above
	}{
		{"sk", "A", 85, 95, 6, 0, 39}, {"sk", "B", 69, 91, 0, 8, 9}, {"sk", "C", 60, 85, 2, 0, 5}, {"sk", "D", 0, 0, 0, 0, 1},
		{"cz", "A", 87, 97, 7, 0, 34}, {"cz", "B", 79, 86, 0, 0, 11}, {"cz", "C", 45, 86, 2, 0, 3}, {"cz", "D", 15, 50, 0, 0, 4},
	} {
		dirs, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law", "triples", c.folder), c.tier+"*"))
		if err != nil || len(dirs) == 0 {
			t.Fatal("no triples: ", err)
		}
		var y tally
		why := map[amend.Reason]int{}
		for _, d := range dirs {
			y.add(t, d, why)
		}
		realtexts.Measured(t, "changed articles by read and apply", "85 %; 0.2 % silently wrong", "Slovak and Czech", "%s %s: %d laws, %d perfect; instructions read %d, not %d, not carried out %d; changed § %d: exact %d (%d with a note), flagged %d, noted %d, silently otherwise %d (%d of them a slip of the official copy), unexplained %d; § to be kept %d, changed all the same %d",
			c.folder, c.tier, y.laws, y.perfect, y.read, y.unread, y.undone, y.changed, y.exact, y.inspected, y.flagged, y.noted, y.wrong, y.copied, y.unexplained, y.kept, y.spoiled)
		var reasons []string
		for _, k := range slices.Sorted(maps.Keys(why)) {
			reasons = append(reasons, fmt.Sprintf("%s %d", k, why[k]))
		}
		t.Logf("%s %s: not carried out: %s", c.folder, c.tier, strings.Join(reasons, ", "))
		if 100*y.exact < c.exact*y.changed || 100*y.read < c.read*(y.read+y.unread) || y.wrong > c.wrong || y.spoiled > c.spoiled || y.perfect < c.perfect {
			t.Errorf("%s %s: worse than it was", c.folder, c.tier)
		}
	}
}

// add measures one triple.
func (y *tally) add(t *testing.T, dir string, why map[amend.Reason]int) {
	load := func(name string) string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	var meta struct {
		Ref string `json:"base_ref"`
	}
	if err := json.Unmarshal([]byte(load("meta.json")), &meta); err != nil {
		t.Fatal(err)
	}
	res := amend.Apply(lawtext.Parse(load("before.md")), czechoslovak.Read(lawtext.Parse(load("act.md"))))
	failed := map[string]bool{} // points of which something was refused
	for _, o := range res.Outcomes {
		failed[o.Article] = failed[o.Article] || o.Status == amend.Refused
	}
	said, flagged, noted := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, o := range res.Outcomes {
		if o.Status == amend.Elsewhere || o.Status == amend.Noted || o.Status == amend.Refused && len(o.Ops) > 0 && !strings.Contains(o.Ops[0].Act, meta.Ref) {
			continue
		}
		if o.Instruction.Refused != nil {
			y.unread++
		} else {
			y.read++
		}
		if o.Status == amend.Refused {
			why[o.Refused.Reason]++
			if o.Instruction.Refused == nil {
				y.undone++
			}
		}
		for _, n := range numbers(o.Text) {
			said["§"+n] = true
			flagged["§"+n] = flagged["§"+n] || failed[o.Article]
			noted["§"+n] = noted["§"+n] || len(o.Notes) > 0
		}
		if o.Status == amend.Refused && (o.Refused.Reason == amend.Unsupported || o.Instruction.Refused != nil) { // words of the whole act
			for _, id := range o.Refused.Candidates {
				if num, ok := strings.CutPrefix(strings.Split(id, "__")[0], "art_"); ok && len(o.Refused.Candidates) > 1 {
					said["§"+num], flagged["§"+num] = true, true
				}
			}
		}
	}
	before, after, got := articles(load("before.md")), articles(load("after.md")), articles(layout.Print(res.Act))
	keys := map[string]bool{}
	for _, m := range []map[string]string{before, after, got} {
		for k := range m {
			keys[k] = true
		}
	}
	perfect := true
	for k := range keys {
		switch {
		case after[k] == before[k]:
			y.kept++
			if got[k] != before[k] {
				y.spoiled++
				perfect = false
			}
			continue
		case got[k] == after[k]:
			y.exact++
			if noted[k] {
				y.inspected++
			}
		case got[k] == before[k] && !said[k]:
			y.unexplained++
		case flagged[k]:
			y.flagged++
		case noted[k]:
			y.noted++
		default:
			y.wrong++
			proved := slip(before[k], after[k], got[k], ink(load("act.md")))
			if proved {
				y.copied++
			}
			t.Logf("%s %s: silently otherwise, a slip of the copy: %v", filepath.Base(dir), k, proved)
		}
		y.changed++
		perfect = perfect && got[k] == after[k]
	}
	y.laws++
	if perfect {
		y.perfect++
	}
}

// slip reports whether the official copy of a § differs from ours against the act:
// what we have stands so in the act, or stood so before and the act does not have
// what the copy has.
func slip(before, want, got, act string) bool {
	a, b := []rune(want), []rune(got)
	i, k := 0, 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	for k < min(len(a), len(b))-i && a[len(a)-1-k] == b[len(b)-1-k] {
		k++
	}
	around := func(s []rune) string { return string(s[max(0, i-12):min(len(s), len(s)-k+12)]) }
	return strings.Contains(act, around(b)) || strings.Contains(before, around(b)) && (want == "" || !strings.Contains(act, around(a)))
}

// ink is a text without white space, links and marks of Markdown.
func ink(text string) string {
	for was := ""; was != text; {
		was, text = text, link.ReplaceAllString(text, "$1")
	}
	return strings.Join(strings.Fields(marks.ReplaceAllString(text, "")), "")
}

var (
	number = regexp.MustCompile(`\b\d+[a-z]{0,2}\b`)
	ranges = regexp.MustCompile(`\b(\d+) až (\d+)\b`)
	head   = regexp.MustCompile(`(?m)^#+ *((?:§|Čl\.|Článek|Článok) *[0-9IVXLC]+ ?[a-z]{0,2})\s*$`)
	behind = regexp.MustCompile(`(?m)^.*v\. ?r\.\**$|^(- )?\^\d+[a-z]*\) |^#* *(Příloha|Príloha|PŘÍLOHA|PRÍLOHA)|^\*\*.*:\*\*$|^(Ministr|Ministryně|Předseda|Místopředseda|Guvernér|Předsedkyně)[^.]*:$|^#+ *(ČÁST|HLAVA|ODDÍL|Oddíl|DÍL|Díl|Část|Hlava|ČASŤ|Časť|[A-ZÁČĎÉĚÍĹĽŇÓÔŘŠŤÚŮÝŽ]+ (ČASŤ|HLAVA|ODDIEL))`)
	link   = regexp.MustCompile(`\[([^\]\[]*)\]\([^)]*\)`)
	marks  = regexp.MustCompile(`(?m)^[ \t]*(-|#+) |\*\*`)
)

// numbers are those in a sentence, of a range all: "§ 1 až 6".
func numbers(s string) []string {
	out := number.FindAllString(s, -1)
	for _, m := range ranges.FindAllStringSubmatch(s, -1) {
		from, _ := strconv.Atoi(m[1])
		to, _ := strconv.Atoi(m[2])
		for n := from + 1; n < min(to, from+100); n++ {
			out = append(out, strconv.Itoa(n))
		}
	}
	return out
}

// articles cuts a text at the heads of articles, and leaves of each the ink:
// without white space, targets of links and marks of Markdown.
func articles(text string) map[string]string {
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		_, text, _ = strings.Cut(rest, "\n---\n")
	}
	out := map[string]string{}
	at := head.FindAllStringSubmatchIndex(text, -1)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		body := text[m[1]:end]
		if k := behind.FindStringIndex(body); k != nil {
			body = body[:k[0]]
		}
		key := strings.ReplaceAll(text[m[2]:m[3]], " ", "")
		for n := 2; ; n++ {
			if _, taken := out[key]; !taken {
				break
			}
			key = fmt.Sprintf("%s~%d", strings.Split(key, "~")[0], n)
		}
		out[key] = ink(body)
	}
	return out
}
