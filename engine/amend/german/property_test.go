package german

import (
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// An edit is a change of a law: how an amending act asks for it, and what the
// provisions say afterwards.
type edit struct {
	asked string
	want  []string
}

// says is what all provisions of an act say, in order.
func says(a *lawtext.Act) (nodes []*lawtext.Node, out []string) {
	for n := range a.All() {
		nodes = append(nodes, n)
		out = append(out, saying(n.Kind, n.Label, n.Heading, n.Intro, n.Tail))
	}
	return nodes, out
}

func saying(kind lawtext.Kind, label, heading, intro, tail string) string {
	return strings.Join([]string{string(kind), label, heading, strings.Join(strings.Fields(intro), " "), tail}, "|")
}

// named is a paragraph as an amending act names it.
func named(art, para *lawtext.Node) string {
	word, _, _ := strings.Cut(art.Label, " ")
	s := word + " " + art.Num
	if para.Label != "" {
		s += " Absatz " + para.Num
	}
	return s
}

// randomEdit changes one paragraph, or puts one in. It returns false where the
// one it drew cannot be changed so.
func randomEdit(r *rand.Rand, a *lawtext.Act) (e edit, ok bool) {
	arts := a.Articles("")
	if len(arts) == 0 {
		return e, false
	}
	art := arts[r.Intn(len(arts))]
	if art.Deleted || len(art.Children) == 0 {
		return e, false
	}
	for _, other := range arts {
		if other != art && other.Num == art.Num {
			return e, false
		}
	}
	para := art.Children[r.Intn(len(art.Children))]
	if para.Kind != lawtext.Paragraph || para.Deleted || para.Label == "" && len(art.Children) > 1 {
		return e, false
	}
	nodes, want := says(a)
	at := slices.Index(nodes, para)
	place := named(art, para)
	words := strings.Fields(para.Intro)
	word := ""
	if len(words) > 0 {
		word = strings.Trim(words[r.Intn(len(words))], ".,;:()„“\"")
	}
	plain := word != "" && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
	set := func(intro string) {
		want[at] = saying(para.Kind, para.Label, para.Heading, intro, para.Tail)
	}
	alone := len(para.Children) == 0
	switch r.Intn(6) {
	case 0:
		e.asked = "In " + place + " wird das Wort „" + word + "“ durch das Wort „Zitrone“ ersetzt."
		set(instead(para.Intro, word, "Zitrone"))
		return edit{e.asked, want}, plain && alone
	case 1:
		e.asked = "In " + place + " werden nach dem Wort „" + word + "“ die Wörter „und saure Zitronen“ eingefügt."
		set(instead(para.Intro, word, word+" und saure Zitronen"))
		return edit{e.asked, want}, plain && alone
	case 2:
		if para.Label == "" {
			return e, false
		}
		e.asked = place + " wird wie folgt gefasst:\n\n„" + para.Label + " Neu gefasst, „fest“ und gut.“"
		set("Neu gefasst, „fest“ und gut.")
		return edit{e.asked, want}, alone
	case 3:
		end := art.Children[len(art.Children)-1]
		if end != para || para.Label == "" || strings.Trim(para.Num, "0123456789") != "" {
			return e, false
		}
		num := itoa(atoi(para.Num) + 1)
		label := strings.Replace(para.Label, para.Num, num, 1)
		word, _, _ := strings.Cut(art.Label, " ")
		e.asked = "Dem " + word + " " + art.Num + " wird folgender Absatz " + num + " angefügt:\n\n„" + label + " Neu.“"
		for at+1 < len(nodes) && strings.HasPrefix(nodes[at+1].ID, para.ID+"__") {
			at++
		}
		return edit{e.asked, slices.Insert(want, at+1, saying(lawtext.Paragraph, label, "", "Neu.", ""))}, true
	case 4:
		if para.Label == "" || !alone {
			return e, false
		}
		e.asked = place + " wird aufgehoben."
		set("(weggefallen)")
		return edit{e.asked, want}, true
	}
	word, _, _ = strings.Cut(art.Label, " ")
	if strings.Trim(art.Num, "0123456789") != "" {
		return e, false
	}
	num := art.Num + "z"
	e.asked = "Nach " + word + " " + art.Num + " wird folgender " + word + " " + num + " eingefügt:\n\n„" + word + " " + num + "\n\n(1) Eins.\n\n(2) Zwei.“"
	at = slices.Index(nodes, art)
	for at+1 < len(nodes) && strings.HasPrefix(nodes[at+1].ID, art.ID+"__") {
		at++
	}
	return edit{e.asked, slices.Insert(want, at+1, saying(lawtext.Article, word+" "+num, "", "", ""),
		saying(lawtext.Paragraph, "(1)", "", "Eins.", ""), saying(lawtext.Paragraph, "(2)", "", "Zwei.", ""))}, true
}

// instead puts words in the place of the first such word of a text.
func instead(text, word, with string) string {
	at := regexp.MustCompile(`(?:^|[^\pL\pN-])` + word + `(?:$|[^\pL\pN-])`).FindStringIndex(text)
	if at == nil {
		return text
	}
	k := at[0] + strings.Index(text[at[0]:], word)
	return text[:k] + with + text[k+len(word):]
}

func atoi(s string) (n int) {
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// TestRandomEditsAreMadeExactly asks for random changes of real laws in German.
// Each must be made exactly, or be refused.
func TestRandomEditsAreMadeExactly(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(3))
	made, refused, wrong := 0, 0, 0
	reasons := map[amend.Reason]int{}
	for _, set := range []string{"li", "de"} {
		files, _ := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "pairs", set, "*", "before.md"))
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			base := lawtext.Parse(string(text))
			for tries := 0; tries < 40; tries++ {
				e, ok := randomEdit(r, base)
				if !ok {
					continue
				}
				res := amend.Apply(base, Read(lawtext.ParseIn("de", "Artikel 1\n\n1. "+e.asked+"\n")))
				if len(res.Outcomes) == 0 {
					t.Fatalf("nothing read of %q", e.asked)
				}
				_, got := says(res.Act)
				switch o := res.Outcomes[0]; {
				case o.Status != amend.Applied:
					refused++
					reasons[o.Refused.Reason]++
					if reasons[o.Refused.Reason] < 5 {
						t.Logf("%s: %q: %v", filepath.Base(filepath.Dir(f)), e.asked, o.Refused)
					}
				case !slices.Equal(got, e.want):
					wrong++
					t.Errorf("%s: %q: other text: %s", f, e.asked, firstUnlike(got, e.want))
				default:
					made++
				}
			}
		}
	}
	realtexts.Measured(t, "random changes asked in words", "0 wrong", "German laws", "made exactly %d, refused %d %v, wrong %d", made, refused, reasons, wrong)
	if made < 4*refused {
		t.Errorf("made %d, refused %d", made, refused)
	}
}

func firstUnlike(a, b []string) string {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			return "\n got " + a[i] + "\nwant " + b[i]
		}
	}
	return "one is longer"
}

// TestDroppedAndSwappedWords drops each word of mined sentences, and swaps it
// with the next. That is refused, or says the same, or less: that a number is
// counted as before, that every occurrence is meant.
func TestDroppedAndSwappedWords(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(realtexts.Path(t, "law", "samples_multi.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	within := lawcite.Ref{Steps: []lawcite.Step{{Unit: lawtext.Article, Numbers: []lawcite.Range{{From: "1"}}}}}
	// Numbered says whether the number of a unit that is put in counts: its quoted
	// text has it too.
	read := func(s string, numbered bool) string {
		in := ReadSentence(s, "", lawcite.Ref{})
		if in.Refused != nil {
			in = ReadSentence(s, "", within)
		}
		if in.Refused != nil {
			return "refused"
		}
		for i := range in.Ops {
			in.Ops[i].Old, in.Ops[i].All = false, false
			if !numbered && in.Ops[i].Verb == amend.Insert {
				in.Ops[i].New.Numbers = nil
			}
			if v := in.Ops[i].Verb; v == amend.Manual || v == amend.Transitory || v == amend.Commence {
				return "refused" // changes nothing
			}
		}
		return show(in)
	}
	all, same, refused := 0, 0, 0
	for l := range strings.Lines(string(raw)) {
		f := strings.Split(l, "\t")
		if f[0] != "de" || read(f[1], true) == "refused" {
			continue
		}
		want, less, toks := read(f[1], true), read(f[1], false), scan(f[1])
		for i, tok := range toks {
			if tok.sort == quoted {
				continue
			}
			variants := []string{f[1][:tok.start] + f[1][tok.end:]}
			if i+1 < len(toks) && toks[i+1].sort != quoted {
				n := toks[i+1]
				variants = append(variants, f[1][:tok.start]+n.text+f[1][tok.end:n.start]+tok.text+f[1][n.end:])
			}
			for _, v := range variants {
				all++
				switch got := read(v, true); got {
				case "refused":
					refused++
				case want, less:
					same++
				default:
					t.Errorf("%s\n got %s\nwant %s", v, got, want)
				}
			}
		}
	}
	realtexts.Measured(t, "a word dropped or swapped", "never another operation", "German sentences", "%d variants: refused %d, read the same %d", all, refused, same)
}
