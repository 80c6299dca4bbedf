package lawtext

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// A serbianArticle is a provision of the structured copies of Serbian law.
type serbianArticle struct {
	Ref     string `json:"provision_ref"`
	Chapter string
	Section string
	Title   string
	Content string
}

type serbianLaw struct {
	Title      string
	Provisions []serbianArticle
}

func serbianLaws(t *testing.T) map[string]serbianLaw {
	files, _ := filepath.Glob(filepath.Join(realtexts.Path(t, "law", "ex-yu", "sr-consolidated"), "*.json"))
	laws := map[string]serbianLaw{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var law serbianLaw
		if err := json.Unmarshal(b, &law); err != nil {
			t.Fatal(err)
		}
		laws[filepath.Base(f)] = law
	}
	return laws
}

// parts are the heading that stands above an article, its head, and its
// paragraphs and items, each in the rows of the copy. In the title of the copy
// the number comes first, and after it the heading or, by a slip, the first
// item.
func (a serbianArticle) parts() (heading, head string, blocks []string) {
	rest := afterNumber.ReplaceAllString(a.Title, "")
	head = "Члан " + a.Section + "."
	if star, ok := strings.CutPrefix(rest, "*"); ok && !strings.HasPrefix(star, "Служ") {
		head, rest = head+"*", strings.TrimSpace(strings.TrimLeft(star, "*"))
	}
	if and := andNumber.FindString(rest); and != "" {
		head, rest = head+" "+and, ""
	}
	if rest != "" && (itemMark.MatchString(rest) || endsSentence(rest) || strings.HasPrefix(rest, "*")) {
		blocks, rest = append(blocks, rest), ""
	}
	for _, b := range strings.Split(a.Content, "\n\n") {
		if b = strings.TrimSpace(b); b != "" {
			blocks = append(blocks, b)
		}
	}
	return strings.TrimSpace(rest), head, blocks
}

var (
	afterNumber = regexp.MustCompile(`^Члан\s+\d+[а-я]?(-\d+[а-я]?)?\s*\.?\s*`)
	tombstone   = regexp.MustCompile(`^(Престал|Престао|Брисан)`)
	tableCell   = regexp.MustCompile(`(?m)^\s*[\d.]+(,\d+)?\s*$`)
	andNumber   = regexp.MustCompile(`^([и–-]|, \d+\. и) \d+\.$`)
	itemMark    = regexp.MustCompile(`^(\d+[а-яa-z]?\)(-\d+\))?|\(\d+\)|[а-яa-z]\)|\d+\.\s|[–—-]\s|•)`)
)

// strays are the blocks at the end of an article that end no sentence: headings
// that belong to the next one. Tombstones end none either.
func strays(blocks []string) int {
	k := len(blocks)
	for k > 1 && !endsSentence(blocks[k-1]) && !isRemarkBlock(blocks[k-1]) && !tombstone.MatchString(blocks[k-1]) && utf8.RuneCountInString(blocks[k-1]) < 200 {
		k--
	}
	return k
}

func isRemarkBlock(b string) bool { return strings.HasPrefix(b, "*") }

// layout writes the law as a statute. Join says how the rows of a block go
// together, and gap what stands between blocks.
func (law serbianLaw) layout(join, gap string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s", law.Title, gap)
	chapter := ""
	for _, a := range law.Provisions {
		heading, head, blocks := a.parts()
		if a.Chapter != chapter {
			chapter = a.Chapter
			b.WriteString(strings.Join(strings.Fields(chapter), " ") + gap)
		}
		if heading != "" {
			b.WriteString(strings.Join(strings.Fields(heading), " ") + gap)
		}
		b.WriteString(head + gap)
		for _, block := range blocks {
			b.WriteString(strings.ReplaceAll(block, "\n", join) + gap)
		}
	}
	return b.String()
}

// Articles and paragraphs come out as the structured copies have them, from
// three layouts. What differs are numbers and headings that the copies put into
// the article before. Tables, which they have cell by cell, are left out.
func TestReadsSerbianLaws(t *testing.T) {
	t.Parallel()
	for _, l := range []struct{ name, join, gap string }{{"web page", "\n", "\n\n"}, {"unwrapped", " ", "\n\n"}, {"flat", " ", "\n"}} {
		all, right, tables, off := 0, 0, 0, []string(nil)
		for name, law := range serbianLaws(t) {
			act := Parse(law.layout(l.join, l.gap))
			equal(t, name, act.Lang, "sr")
			arts := map[string][]*Node{} // a number comes again in what is appended
			for _, c := range act.Components {
				for _, n := range act.Articles(c.ID) {
					arts[n.Num] = append(arts[n.Num], n)
				}
			}
			for _, a := range law.Provisions {
				if tableCell.MatchString(a.Content) {
					tables++
					continue
				}
				all++
				want, got, num := a.shape(), "none", serbian.numeral(a.Section)
				if _, head, _ := a.parts(); strings.Count(head, " ") > 1 {
					num += "-" + strings.Trim(head[strings.LastIndex(head, " "):], " .")
				}
				if n := arts[num]; len(n) > 0 {
					got, arts[num] = treeShape(n[0]), n[1:]
				}
				if got == want {
					right++
				} else {
					off = append(off, name[:4]+"/"+num)
				}
			}
		}
		slices.Sort(off)
		realtexts.Measured(t, "article and paragraph structure", "99.5 %", "Serbian keys", "%s: %d of %d articles (%.1f %%), not %v; %d more hold tables cell by cell", l.name, right, all, 100*float64(right)/float64(all), off, tables)
		if right*1000 < all*995 {
			t.Errorf("%s: %d of %d", l.name, right, all)
		}
	}
}

// A law in Latin is the same tree as in Cyrillic, but where a letter counts a
// heading: "В" is the third letter, "V" the fifth number.
func TestScriptsAreOneTree(t *testing.T) {
	t.Parallel()
	var off []string
	nodes := 0
	for name, law := range serbianLaws(t) {
		text := law.layout("\n", "\n\n")
		a, b := Parse(text), Parse(inLatinCapitals(text))
		equal(t, name, b.Lang, "sr")
		if x, y := inLatinCapitals(addresses(a)), addresses(b); x != y {
			off = append(off, name[:4])
		} else {
			nodes += strings.Count(x, "\n")
		}
	}
	if t.Logf("%d provisions have the same address in both scripts; not all of %v", nodes, off); len(off) > 1 {
		t.Errorf("%v", off)
	}
}

func addresses(a *Act) string {
	var b strings.Builder
	for n := range a.All() {
		b.WriteString(n.ID + " " + n.Heading + "\n")
	}
	return b.String()
}

func inLatinCapitals(s string) string {
	var b strings.Builder
	all := []rune(s)
	for i, r := range all {
		low := unicode.ToLower(r)
		switch l := []rune(inLatin.Replace(string(low))); {
		case len(l) == 1 && l[0] == low:
			b.WriteRune(r)
		case low != r && i+1 < len(all) && unicode.IsUpper(all[i+1]):
			b.WriteString(strings.ToUpper(string(l)))
		case low != r:
			b.WriteString(strings.ToUpper(string(l[:1])) + string(l[1:]))
		default:
			b.WriteString(string(l))
		}
	}
	return b.String()
}

// shape is what the blocks of a serbianArticle are.
func (a serbianArticle) shape() string {
	var s []string
	_, _, blocks := a.parts()
	n := 0
	for _, b := range blocks[:strays(blocks)] {
		switch m := itemMark.FindString(b); {
		case isRemarkBlock(b):
		case strings.HasPrefix(b, "ПРИЛОГ"):
			return strings.Join(s, " ")
		case m != "":
			if n == 0 {
				n = 1
				s = append(s, "p")
			}
			s = append(s, "-"+inLatin.Replace(strings.ReplaceAll(strings.Trim(m, " ()–—-•.\n"), ")", "")))
		default:
			n++
			s = append(s, "p"+head(b))
		}
	}
	return strings.Join(s, " ")
}

func head(s string) string {
	r := []rune(strings.Join(strings.Fields(s), ""))
	return string(r[:min(12, len(r))])
}

func treeShape(art *Node) string {
	var s []string
	var walk func(n *Node)
	walk = func(n *Node) {
		for _, c := range n.Children {
			switch {
			case c.Kind == Paragraph && c.Label != "":
				s = append(s, "p"+head(c.Label+c.Intro))
			case c.Kind == Paragraph:
				s = append(s, "p"+head(c.Intro))
			case c.Kind == Point:
				s = append(s, "-"+c.Num)
			case c.Kind == Indent:
				s = append(s, "-")
			case !strings.HasPrefix(c.Intro, "*"):
				s = append(s, "?"+head(c.Intro))
			}
			walk(c)
			if c.Tail != "" {
				s = append(s, "tail"+head(c.Tail))
			}
		}
	}
	walk(art)
	return strings.Join(s, " ")
}
