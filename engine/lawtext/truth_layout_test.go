package lawtext

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// layouts are ways in which a structured law is set as text: a line is a
// paragraph or an item of the key.
var layouts = []struct {
	name  string
	least int // of a thousand articles, how many must be right
	write func(string) string
}{
	{"rows", 995, func(l string) string { return l + "\n" }},
	{"blank rows", 995, func(l string) string { return l + "\n\n" }},
	{"wraps of PISRS", 995, func(l string) string {
		return strings.ReplaceAll(strings.TrimSuffix(wrap(l, 52, 80), "\n"), "\n", "\r\n") + "\n"
	}},
	{"wraps without their line ends", 950, func(l string) string { return wrap(l, 52, 80) }},
}

var (
	keyParagraph = regexp.MustCompile(`^\((\d+)\.?([a-zčšž]{0,2})\)`)
	keyNumber    = regexp.MustCompile(`^[\da-zčšž]+(\.[\da-zčšž]+)*[.)]? `)
	keyItem      = regexp.MustCompile(`^([-–•]|\d+(\.[a-zčšž]{1,2})?[.)]|[a-zčšž]{1,2}\)|\([a-zčšž]{1,2}\))(\s|$)|^[IVX]+\.[a-z]? [a-z]`)
)

// keyParagraphs returns the numbers of the paragraphs of an article by its
// lines: those in parentheses, else a count of the lines that are no items.
func keyParagraphs(lines []string) string {
	var nums []string
	for _, l := range lines {
		if m := keyParagraph.FindStringSubmatch(l); m != nil {
			nums = append(nums, m[1]+m[2])
		}
	}
	if len(nums) > 0 {
		return strings.Join(nums, " ")
	}
	for i, l := range lines {
		if keyItem.MatchString(l) && i > 0 || i > 0 && startsLower(l) {
			continue // an item, or the end of a list
		}
		nums = append(nums, itoa(len(nums)+1))
	}
	return strings.Join(nums, " ")
}

// withoutHeadings takes the headings off an article that belong to what follows
// it: the keys have them at the end of its content. They end no sentence.
func withoutHeadings(lines []string) []string {
	for n := len(lines); n > 0 && keyHeading(lines[n-1]) && (n == 1 || endsSentence(lines[n-2]) || keyHeading(lines[n-2])); n-- {
		lines = lines[:n-1]
	}
	return lines
}

func keyHeading(l string) bool {
	if n := keyNumber.FindString(l); n != "" {
		l = l[len(n):]
	}
	return len(l) < 200 && startsUpper(l) && !strings.HasSuffix(l, ")") && !endsSentence(l) || strings.HasSuffix(l, "odsek") || strings.HasSuffix(l, "oddelek")
}

func readParagraphs(n *Node) string {
	var nums []string
	for _, c := range n.Children {
		if c.Kind == Paragraph {
			nums = append(nums, strings.ReplaceAll(c.Num, ".", ""))
		}
	}
	return strings.Join(nums, " ")
}

// TestAgainstKeysLaidOut sets the structured laws as text in several layouts and
// reads them back: the articles, the numbers of their paragraphs and every line
// must be those of the key.
func TestAgainstKeysLaidOut(t *testing.T) {
	t.Parallel()
	keys, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "ex-yu", "sl-consolidated", "*.json"))
	if err != nil || len(keys) == 0 {
		t.Fatal("no keys", err)
	}
	for _, layout := range layouts {
		articles, right := 0, 0
		failed := map[string]int{}
		for _, key := range keys {
			var doc struct{ Provisions []provision }
			if err := json.Unmarshal([]byte(read(t, key)), &doc); err != nil {
				t.Fatal(err)
			}
			var text strings.Builder
			var want [][]string
			var nums []string
			for _, p := range doc.Provisions {
				var lines []string
				for l := range strings.Lines(p.Content) {
					if s := oneSpace(strings.TrimSpace(l)); s != "" {
						lines = append(lines, s)
					}
				}
				if !slovene.isArticleNumber(p.Article) || len(withoutHeadings(lines)) == 0 {
					continue
				}
				text.WriteString(layout.write(p.Article + dot(p.Article) + " člen"))
				for _, l := range lines {
					text.WriteString(layout.write(l))
				}
				nums, want = append(nums, p.Article), append(want, lines)
			}
			a := ParseIn("sl", text.String())
			got := a.Articles("")
			at := 0
			for i, num := range nums {
				articles++
				k := at
				for k < len(got) && got[k].Num != num {
					k++
				}
				if k == len(got) {
					failed["article"]++
					continue
				}
				at = k + 1
				lines := bodyLines(got[k])
				switch want[i] = withoutHeadings(want[i]); {
				case strings.Join(lines, "\n") != strings.Join(want[i], "\n"):
					failed["lines"]++
					t.Logf("%s, %s %s: lines: %s", layout.name, filepath.Base(key), num, clip(firstDifference(strings.Join(want[i], "\n"), strings.Join(lines, "\n"))))
				case readParagraphs(got[k]) != keyParagraphs(want[i]):
					failed["paragraphs"]++
					t.Logf("%s, %s %s: paragraphs %s, read %s", layout.name, filepath.Base(key), num, keyParagraphs(want[i]), readParagraphs(got[k]))
				default:
					right++
				}
			}
		}
		realtexts.Measured(t, "article and paragraph structure", "99.5 %", "Slovenian keys", "%s: laws %d, articles %d, right %d (%.2f %%); wrong: %v", layout.name, len(keys), articles, right, 100*float64(right)/float64(articles), failed)
		if right*1000 < articles*layout.least {
			t.Error("worse than it was")
		}
	}
}

func clip(s string) string {
	var out []string
	for l := range strings.Lines(s) {
		if r := []rune(l); len(r) > 120 {
			l = string(r[:120]) + "…\n"
		}
		out = append(out, l)
	}
	return strings.Join(out, "")
}
