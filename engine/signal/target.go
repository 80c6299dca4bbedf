package signal

import (
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Target is what one article of an amending act changes.
type Target struct {
	Article string   // number of the article in the amending act: "4"
	Act     string   // the act it names itself, in the nominative; empty if it goes on with the one before
	Changed []string // numbers of articles of that act, as printed: "30", "33.a"; ranges are counted out
	New     []string // those of Changed that are put in
}

// Targets lists what each article of an amending act changes. Articles that
// change nothing, as transitional ones, are left out. It is a hint for people:
// payloads are not read, and ranges hold the whole numbers alone.
func Targets(a *lawtext.Act) []Target {
	var out []Target
	for _, n := range own(a) {
		t := Target{Article: n.Num}
		for _, p := range n.Children {
			t.read(p)
		}
		if len(t.Changed) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// own lists the articles of the act itself. A bill of the government carries
// after them an explanation and the articles that it changes as they were
// (rules of the government, article 8.b).
func own(a *lawtext.Act) []*lawtext.Node {
	var out []*lawtext.Node
	var walk func(nodes []*lawtext.Node)
	walk = func(nodes []*lawtext.Node) {
		for _, n := range nodes {
			switch {
			case n.Kind == lawtext.Article:
				out = append(out, n)
			case !hasPrefixFold(n.Heading, "obrazložitev", "besedilo členov, ki"):
				walk(n.Children)
			}
		}
	}
	walk(a.Components[0].Nodes)
	return out
}

// read collects from a provision and what stands under it, but not from payloads.
func (t *Target) read(n *lawtext.Node) {
	if n.Kind == lawtext.Quote {
		return
	}
	for _, from := range [...]func(string) (Reference, bool){fromSentence, fromRepeal} {
		if r, ok := from(n.Intro); ok && t.Act == "" {
			t.Act = r.Title
		}
	}
	for _, s := range split(nil, n.Intro) {
		t.sentence(s)
	}
	for _, c := range n.Children {
		t.read(c)
	}
	if n.Tail != "" {
		t.sentence(n.Tail)
	}
}

// isInstruction reports whether a sentence tells to change a text.
func isInstruction(s string) bool {
	low := " " + strings.ToLower(bare(s)) + " "
	if strings.Contains(low, "preneha veljati") || strings.Contains(low, "prenehata veljati") || strings.Contains(low, "prenehajo veljati") {
		return true
	}
	if !strings.Contains(low, " se ") && !strings.Contains(low, "postane") {
		return false
	}
	for _, w := range [...]string{" črta", " doda", "nadomest", " spremeni", " glasi", " postane", "preštevilči", " razveljavi", " označi", " briše"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// bare takes quoted text and parentheses out of a sentence.
func bare(s string) string {
	var b strings.Builder
	quotes, parens := 0, 0
	for _, r := range s {
		switch r {
		case '»':
			quotes++
		case '«':
			if quotes > 0 {
				quotes--
				continue
			}
		case '(':
			parens++
		case ')':
			if parens > 0 {
				parens--
				continue
			}
		}
		if quotes == 0 && parens == 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// sentence reads the articles that one instruction names.
func (t *Target) sentence(s string) {
	if !isInstruction(s) {
		return
	}
	words := strings.Fields(bare(s))
	for i := 0; i < len(words); i++ {
		nums, end := numbersAt(words, i)
		if len(nums) == 0 || end == len(words) {
			continue
		}
		unit := strings.ToLower(strings.Trim(words[end], ".,;:"))
		if !strings.HasPrefix(unit, "člen") {
			continue
		}
		fresh, skip := t.role(words, i, unit)
		if !skip {
			for _, num := range nums {
				t.Changed = once(t.Changed, num)
				if fresh {
					t.New = once(t.New, num)
				}
			}
		}
		i = end
	}
}

// role tells whether the numbers at word i are put in, or only say where.
func (t *Target) role(words []string, i int, unit string) (fresh, skip bool) {
	before := func(k int) string {
		if i-k < 0 {
			return ""
		}
		return strings.ToLower(strings.Trim(words[i-k], ".,;:"))
	}
	switch before(1) {
	case "nov", "nova", "novi", "nove", "novo", "novih":
		return true, false
	case "iz", "skladu", "glede", "podlagi", "po":
		return false, true
	}
	if strings.HasPrefix(unit, "členom") || strings.HasPrefix(unit, "členoma") {
		where := before(1)
		if where == "dosedanjim" {
			where = before(2)
		}
		switch where {
		case "za":
			return false, true
		case "pred":
			return false, !slices.ContainsFunc(words[max(0, i-6):i], func(w string) bool { return strings.HasPrefix(strings.ToLower(w), "naslov") })
		}
	}
	return false, false
}

// numbersAt reads a list of numbers at word i: "30.", "1., 9. in 84.",
// "10. do 12.", "26.a do 26.i". It returns the word after it.
func numbersAt(words []string, i int) (nums []string, end int) {
	upto := false
	for end = i; end < len(words); end++ {
		w := strings.TrimRight(words[end], ",;")
		num := articleNumber(w)
		switch {
		case num != "" && upto:
			nums = append(nums, between(nums[len(nums)-1], num)...)
			upto = false
		case num != "":
			nums = append(nums, num)
		case len(nums) > 0 && (w == "in" || w == "ter" || w == "oziroma"):
		case len(nums) > 0 && (w == "do" || w == "–"):
			upto = true
		default:
			return nums, end
		}
	}
	return nums, end
}

// articleNumber reads "30." as "30" and "33.a" as "33.a"; empty if w is none.
func articleNumber(w string) string {
	d := 0
	for d < len(w) && w[d] >= '0' && w[d] <= '9' {
		d++
	}
	if d == 0 || d > 4 || d == len(w) || w[d] != '.' {
		return ""
	}
	rest := strings.TrimSuffix(w[d+1:], ".")
	if rest == "" {
		return w[:d]
	}
	if len(rest) > 3 || strings.Trim(rest, alphabet) != "" {
		return ""
	}
	return w[:d] + "." + rest
}

// between counts out a range without its first number.
func between(from, to string) []string {
	a, la, _ := strings.Cut(from, ".")
	b, lb, _ := strings.Cut(to, ".")
	x, _ := strconv.Atoi(a)
	y, _ := strconv.Atoi(b)
	if a == b && len(la) > 0 && len(lb) > 0 {
		return letters(a, la, lb)
	}
	var out []string
	for n := x + 1; n < y && len(out) < 1000; n++ {
		out = append(out, strconv.Itoa(n))
	}
	return append(out, to)
}

// alphabet is that of lettered articles.
const alphabet = "abcčdefghijklmnoprsštuvzž"

// letters counts out a range of lettered articles without its first.
func letters(num, from, to string) []string {
	var out []string
	if a, b := strings.Index(alphabet, from), strings.Index(alphabet, to); a >= 0 && a+len(from) < b {
		for _, r := range alphabet[a+len(from) : b] {
			out = append(out, num+"."+string(r))
		}
	}
	return append(out, num+"."+to)
}
