package lawtext

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// A rowKey is what a plain search for heads and numbers at the starts of rows
// finds in a Markdown statute, without any reading.
type rowKey struct {
	article   string
	paragraph string // the row of a numbered paragraph in an article; none of an article itself
}

var (
	liHead = regexp.MustCompile(`^##### Art\. ?(\d+[a-z]*) ?(\[\^\d+\])*( \[\^\d+\])?$`)
	deHead = regexp.MustCompile(`^#+ (?:§|Art) (\d+[a-z]*)( |$)`)
	frHead = regexp.MustCompile(`^Article (.+)$`)
	liPara = regexp.MustCompile(`^(\d+[a-z]*)\) `)
	dePara = regexp.MustCompile(`^\((\d+[a-z]*)\)( |$)`)
)

// keys lists the articles and their paragraphs. A heading that is no head of an
// article ends the article before it.
func keys(text string, head, para *regexp.Regexp) []rowKey {
	var out []rowKey
	in := ""
	for row := range strings.Lines(text) {
		row = strings.TrimRight(row, " \n")
		if m := head.FindStringSubmatch(row); m != nil {
			in = m[1]
			out = append(out, rowKey{article: in})
			continue
		}
		if strings.HasPrefix(row, "#") && !strings.HasPrefix(row, "######") {
			in = ""
		}
		if para == nil || in == "" {
			continue
		}
		if m := para.FindStringSubmatch(row); m != nil {
			out = append(out, rowKey{in, m[1]})
		}
	}
	return out
}

// readKeys lists the same of a tree.
func readKeys(a *Act, paragraphs bool) []rowKey {
	var out []rowKey
	for n := range a.All() {
		if n.Kind != Article {
			continue
		}
		out = append(out, rowKey{article: n.Num})
		for _, c := range n.Children {
			if paragraphs && c.Kind == Paragraph && c.Label != "" {
				out = append(out, rowKey{n.Num, c.Num})
			}
		}
	}
	return out
}

// letters are the letters and figures of a text, without the numbers of its
// footnotes and the targets of links, which the tree does not keep.
func letters(text string) string {
	text = linkTarget.ReplaceAllString(text, "]")
	text = footnoteMark.ReplaceAllString(footnoteMark.ReplaceAllString(text, "$1"), "$1")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

var linkTarget = regexp.MustCompile(`\]\([^)\s]*\)`)

var footnoteMark = regexp.MustCompile(`\[\^[^\]]{1,5}\]([^:]|$)`)

// parting shows where two texts part.
func parting(a, b string) string {
	x, y := []rune(a), []rune(b)
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	return string(x[max(0, i-30):min(len(x), i+30)]) + " / " + string(y[max(0, i-30):min(len(y), i+30)])
}

func TestListsOfTheWest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, text, want string }{
		{"de", "§ 1\n\n1. x:\n\na) y:\n\naa) eins,\n\nbb) zwei,\n\nb) z,\n\n2. w.",
			"art_1 art_1__para_1 art_1__para_1__point_1 art_1__para_1__point_1__point_a art_1__para_1__point_1__point_a__point_aa art_1__para_1__point_1__point_a__point_bb art_1__para_1__point_1__point_b art_1__para_1__point_2"},
		{"en", "Article 1\n\n1. Text:\n\n(a) one:\n\n(i) two;\n\n(ii) three;\n\n(b) four.\n\n2. Five.",
			"art_1 art_1__para_1 art_1__para_1__point_a art_1__para_1__point_a__point_i art_1__para_1__point_a__point_ii art_1__para_1__point_b art_1__para_2"},
		{"en", "Article 1\n\nText:\n\n(h) one;\n\n(i) two;\n\n(j) three.",
			"art_1 art_1__para_1 art_1__para_1__point_h art_1__para_1__point_i art_1__para_1__point_j"},
		{"fr", "Article R*12-3 bis\n----\nTexte :\n\n1° un ;\n\n2° deux.",
			"art_R12-3bis art_R12-3bis__para_1 art_R12-3bis__para_1__point_1 art_R12-3bis__para_1__point_2"},
	} {
		var ids []string
		for n := range ParseIn(c.lang, c.text).All() {
			ids = append(ids, n.ID)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.lang, got, c.want)
		}
	}
}

func TestWestStatutesAgainstTheirRows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		set        string
		head, para *regexp.Regexp
		lang       string
	}{{"li", liHead, liPara, "de"}, {"de", deHead, dePara, "de"}, {"fr-articles", frHead, nil, "fr"}} {
		all, right, lost, extra := 0, 0, 0, 0
		for name, text := range corpus(t, "pairs", c.set, "*", "*.md") {
			a := Parse(text)
			if a.Lang != c.lang {
				t.Errorf("%s: read as %s", name, a.Lang)
			}
			if got, want := letters(Print(a)), letters(text); got != want {
				lost++
				t.Errorf("%s: the tree has another text: %s", name, parting(want, got))
			}
			want, got := keys(text, c.head, c.para), readKeys(a, c.para != nil)
			all += len(want)
			i := 0
			for _, k := range want {
				if at := slices.Index(got[i:], k); at >= 0 {
					right++
					i += at + 1
				} else {
					t.Logf("%s: missing %v", filepath.Base(filepath.Dir(name)), k)
				}
			}
			for _, k := range got {
				if !slices.Contains(want, k) {
					extra++
					t.Logf("%s: not in the rows: %v", filepath.Base(filepath.Dir(name)), k)
				}
			}
		}
		realtexts.Measured(t, "article and paragraph structure", "", "German and French sets", "%s: heads and paragraphs found %d of %d, invented %d, texts with losses %d", c.set, right, all, extra, lost)
		if right != all || extra > 0 {
			t.Errorf("%s: not all of them", c.set)
		}
	}
}
