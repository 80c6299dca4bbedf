package lawtext

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// The law on the public interest in culture is the one that the association
// works with most, so it must read right to the letter.
func TestZUJIK(t *testing.T) {
	t.Parallel()
	a := Parse(read(t, filepath.Join(realtexts.Path(t, "law", "si-npb"), "ZAKO3370.txt")))

	var chapters []string
	for _, n := range a.Components[0].Nodes {
		if n.Kind != Chapter {
			t.Errorf("%s stands at the top and is a %s", n.ID, n.Kind)
		}
		chapters = append(chapters, n.Label)
	}
	equal(t, "chapters", strings.Join(chapters, " "), "I. II. III. IV. V. VI. VII. VIII.")

	var articles []string
	for _, n := range a.Articles("") {
		articles = append(articles, n.Num)
		if n.Num != "81" && (n.Heading == "" || n.Heading[0] != '(') {
			t.Errorf("article %s has the heading %q", n.Num, n.Heading)
		}
	}
	equal(t, "articles", strings.Join(articles, " "), zujikArticles())

	var components []string
	for _, c := range a.Components[1:] {
		var nums []string
		for _, n := range a.Articles(c.ID) {
			nums = append(nums, n.Num)
		}
		components = append(components, c.ID+" "+strings.Join(nums, ","))
	}
	equal(t, "components", strings.Join(components, "\n"), strings.Join([]string{
		"zujik 128,129,130,131,132,133,134,135,136,137,138,139,140,141,142,143",
		"zfo-1 47",
		"zujik-a 16,17",
		"ul-65-07 ",
		"zujik-b 9,10,11",
		"zujik-c 15,16,17,18,19,20,21",
		"zujik-d 6,7",
		"zujik-e 27,28,29,30,31,32",
		"zujik-f 14,15,16,17",
		"zujik-g 4,5,6",
		"znorg 39",
		"zdeb 55",
		"zznšpp 35",
	}, "\n"))

	for _, n := range a.Notes {
		if n.Key != "implied-number" {
			t.Errorf("a guess that should not be needed: %s %s", n.Key, n.Text)
		}
	}
}

// zujikArticles is 1 to 127 with the lettered articles that stand in the law.
func zujikArticles() string {
	lettered := map[int]string{47: "a", 48: "a", 78: "a", 79: "abcč", 81: "a", 82: "ab", 92: "a", 102: "abc", 113: "a", 120: "a"}
	var out []string
	for n := 1; n <= 127; n++ {
		out = append(out, itoa(n))
		for _, l := range lettered[n] {
			out = append(out, itoa(n)+"."+string(l))
		}
	}
	return strings.Join(out, " ")
}

func TestZUJIKProvisions(t *testing.T) {
	t.Parallel()
	a := Parse(read(t, filepath.Join(realtexts.Path(t, "law", "si-npb"), "ZAKO3370.txt")))
	for _, c := range []struct{ id, kids, begins, ends, cite string }{
		{"art_2", "para_1", "", "", "2. člen"},
		{"art_2__para_1", "indent_1…10", "Posamezni izrazi", "naslednji pomen:", "2. člen"},
		{"art_2__para_1__indent_2", "", "nosilci javnega interesa so", "lokalnih skupnosti;", "2. člen, druga alineja"},
		{"art_4", "para_1…2", "", "", "4. člen"},
		{"art_6__para_4", "", "Izjeme od določb", "dovoli minister.", "6. člen, četrti odstavek"},
		{"art_8__para_2__indent_7", "", "mednarodno prepoznavnost", "v mednarodnem prostoru.", "8. člen, drugi odstavek, sedma alineja"},
		{"art_17", "para_1…2", "", "", "17. člen"},
		{"art_17__para_2", "", "Vlada in pristojno", "ko jih prejmeta.", "17. člen, drugi odstavek"},
		{"art_79__para_2", "", "Javna sredstva iz prejšnjega odstavka se", "na podlagi javnega razpisa", "79. člen, drugi odstavek"},
		{"art_82__para_3", "indent_1…2", "Pogoji za vpis", "so:", "82. člen, tretji odstavek"},
		{"art_82", "para_1…7", "", "", "82. člen"},
		{"chp_II__sec_1__sec_1-1", "", "", "", "II. DOLOČANJE JAVNEGA INTERESA ZA KULTURO, 1. Izhodišča in dokumenti za določanje javnega interesa za kulturo, 1.1. Nacionalni program za kulturo"},
		{"zujik/art_129", "para_1…2", "", "", "129. člen (ZUJIK)"},
		{"zujik-g/art_5", "para_1…5", "", "", "5. člen (ZUJIK-G)"},
		{"znorg/art_39", "para_1…2", "", "", "39. člen (ZNOrg)"},
		{"znorg/art_39__para_2", "", "Določbe 28. člena", "1. januarja 2019.«.", "39. člen, drugi odstavek (ZNOrg)"},
	} {
		n := a.Find(c.id)
		if n == nil {
			t.Errorf("%s is missing", c.id)
			continue
		}
		if !strings.HasPrefix(n.Intro, c.begins) || !strings.HasSuffix(n.Intro, c.ends) {
			t.Errorf("%s reads %q", c.id, n.Intro)
		}
		if n.Kind != Section {
			equal(t, c.id, family(n), c.kids)
		}
		equal(t, c.id, a.Cite(c.id), c.cite)
	}
}

// family is the children of a node in short: "para_1…3".
func family(n *Node) string {
	var ids []string
	for _, c := range n.Children {
		ids = append(ids, c.ID[strings.LastIndex(c.ID, "__")+2:])
	}
	if len(ids) < 2 {
		return strings.Join(ids, " ")
	}
	word, _, _ := strings.Cut(ids[0], "_")
	last := ids[len(ids)-1]
	if slices.ContainsFunc(ids, func(s string) bool { return !strings.HasPrefix(s, word) }) {
		return strings.Join(ids, " ")
	}
	return ids[0] + "…" + last[strings.IndexByte(last, '_')+1:]
}

func equal(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %s\nwant %s", what, got, want)
	}
}
