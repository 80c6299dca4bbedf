package southslavic

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// laws are real statutes of Serbia, laid out in rows.
func laws(t *testing.T) []string {
	files, _ := filepath.Glob(filepath.Join(realtexts.Path(t, "law", "ex-yu", "sr-consolidated"), "*.json"))
	var out []string
	for _, f := range files {
		var law struct {
			Title      string
			Provisions []struct{ Section, Content string }
		}
		if err := json.Unmarshal([]byte(load(t, f)), &law); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, p := range law.Provisions {
			b.WriteString("Члан " + p.Section + ".\n\n" + strings.ReplaceAll(strings.ReplaceAll(p.Content, "\n\n", "¶"), "\n", " ") + "\n\n")
		}
		out = append(out, strings.ReplaceAll(b.String(), "¶", "\n\n"))
	}
	return out
}

// inLatin writes a text in Latin.
func inLatin(s string) string {
	var b strings.Builder
	for _, r := range s {
		l := toLatin(string(unicode.ToLower(r)))
		if unicode.IsUpper(r) && l != string(unicode.ToLower(r)) {
			l = strings.ToUpper(string([]rune(l)[:1])) + string([]rune(l)[1:])
		} else if l == string(unicode.ToLower(r)) {
			l = string(r)
		}
		b.WriteString(l)
	}
	return b.String()
}

// A style writes instructions in one language and script.
type style struct {
	name, lang             string
	inArticle, inParagraph string // "u članu 5.", "stav 1."
	point                  string
	after                  string // "posle stava 2."
	genArticle             string
	genParagraph           string
	nomArticle             string
	nomParagraph           string
	words, byWords         string
	substitute, add, del   string
	change, says           string
	former, becomes        string
	open, close            string
	dot, first             string // after a number with a letter; the number of a first paragraph
	text                   func(string) string
}

var serbianStyle = style{
	name: "Serbian, Cyrillic", lang: "sr", inArticle: "У члану", inParagraph: "став", point: "тачка", after: "после", genArticle: "члана", genParagraph: "става",
	nomArticle: "Члан", nomParagraph: "став", words: "речи:", byWords: "речима:", substitute: "замењују се", add: "додају се", del: "брише се",
	change: "мења се и гласи:", says: "додаје се %s %s, који гласи:", former: "Досадашњи", becomes: "постаје", open: "„", close: "”",
	text: func(s string) string { return s },
}

func (s style) latin() style {
	for _, f := range []*string{&s.inArticle, &s.inParagraph, &s.point, &s.after, &s.genArticle, &s.genParagraph, &s.nomArticle, &s.nomParagraph,
		&s.words, &s.byWords, &s.substitute, &s.add, &s.del, &s.change, &s.says, &s.former, &s.becomes} {
		*f = inLatin(*f)
	}
	s.name, s.text = "Serbian, Latin", inLatin
	return s
}

var croatianStyle = style{
	name: "Croatian", lang: "hr", inArticle: "U članku", inParagraph: "stavku", point: "točki", after: "iza", genArticle: "članka", genParagraph: "stavka",
	nomArticle: "Članak", nomParagraph: "stavak", words: "riječi:", byWords: "riječima:", substitute: "zamjenjuju se", add: "dodaju se", del: "briše se",
	change: "mijenja se i glasi:", says: "dodaje se %s %s koji glasi:", former: "Dosadašnji", becomes: "postaje", dot: ".", first: "(1) ", open: "»", close: "«",
	text: func(s string) string {
		s = regexp.MustCompile(`(?m)^Član `).ReplaceAllString(inLatin(s), "Članak ")
		return strings.NewReplacer("„", "“", "»", "“", "«", "”").Replace(s)
	},
}

// Random changes of real statutes, asked for in words: what is carried out is
// exactly what was asked, and anything else is a refusal.
func TestAsksForAChangeAndGetsIt(t *testing.T) {
	rounds := 12
	if os.Getenv("ASOCIACIJA_LONG") != "" {
		rounds = 400
	}
	rng := rand.New(rand.NewPCG(7, 7))
	texts := laws(t)
	for _, s := range []style{serbianStyle, serbianStyle.latin(), croatianStyle} {
		made, refused := map[string]int{}, map[amend.Reason]int{}
		for _, text := range texts {
			law := lawtext.ParseIn(s.lang, s.text(text))
			arts := law.Articles("")
			was := map[string]string{}
			for _, n := range arts {
				was[n.Num] = ink(n)
			}
			if len(was) != len(arts) || len(arts) == 0 {
				continue // the same number twice
			}
			for range rounds {
				art := arts[rng.IntN(len(arts))]
				if len(art.Children) == 0 || strings.Contains(art.Num, "-") {
					continue
				}
				what, do, want := s.ask(rng, art, rng.IntN(len(art.Children)))
				if do == "" {
					continue
				}
				res := amend.Apply(law, Read(lawtext.ParseIn(s.lang, s.nomArticle+" 1.\n\n"+do)))
				if i := slices.IndexFunc(res.Outcomes, func(o amend.Outcome) bool { return o.Status == amend.Refused && o.Refused.Reason != amend.Sibling }); i >= 0 || len(res.Outcomes) == 0 {
					refused[res.Outcomes[max(0, i)].Refused.Reason]++
					if res.Outcomes[max(0, i)].Instruction.Refused != nil {
						t.Errorf("not read: %v | %.300s", res.Outcomes[max(0, i)].Refused, do)
					}
					continue
				}
				made[what]++
				for _, n := range res.Act.Articles("") {
					if got := ink(n); n.Num == art.Num && got != want || n.Num != art.Num && got != was[n.Num] && got != newArticle(s, n.Num) {
						t.Errorf("%s: %s\n got %s\nwant %s", what, do, got, want)
					}
				}
				if n := len(res.Act.Articles("")); n != len(arts) && (what != "article put in" || n != len(arts)+1) {
					t.Errorf("%s: %s\nanother number of articles", what, do)
				}
			}
		}
		sum := 0
		for _, n := range made {
			sum += n
		}
		realtexts.Measured(t, "random changes asked in words", "0 wrong", "Serbian laws", "%s: changes made %d %v, refused %v", s.name, sum, made, refused)
		if sum < 100 {
			t.Errorf("%s: only %d", s.name, sum)
		}
	}
}

// ask makes a random change of the paragraph k of an article and the sentence
// that asks for it. It returns nothing where a change would not be plain.
func (s style) ask(rng *rand.Rand, art *lawtext.Node, k int) (what, do, want string) {
	para := art.Children[k]
	words := strings.Fields(para.Intro)
	if para.Kind != lawtext.Paragraph || len(words) < 4 || strings.ContainsAny(para.Intro, quoteMarks) {
		return "", "", ""
	}
	after, next := *art, *para
	after.Children = slices.Clone(art.Children)
	after.Children[k] = &next
	where := fmt.Sprintf("%s %s. %s %s.", s.inArticle, art.Num, s.inParagraph, para.Num)
	j := 1 + rng.IntN(len(words)-2)
	w := words[j]
	bare := strings.Trim(w, ".,;:()*")
	switch rng.IntN(8) {
	case 0:
		if bare == "" {
			return "", "", ""
		}
		words[j] = strings.Replace(w, bare, "потпуно ново", 1)
		next.Intro = strings.Join(words, " ")
		return "words replaced", fmt.Sprintf("%s %s %s%s%s %s %s %sпотпуно ново%s.", where, s.words, s.open, bare, s.close, s.substitute, s.byWords, s.open, s.close), ink(&after)
	case 1:
		words[j] = w + " и друго"
		next.Intro = strings.Join(words, " ")
		return "words added", fmt.Sprintf("%s %s %s %s%s%s %s %s %sи друго%s.", where, s.after, s.words, s.open, w, s.close, s.add, s.words, s.open, s.close), ink(&after)
	case 2:
		if strings.Contains(bare, "-") || bare != w {
			return "", "", ""
		}
		next.Intro = strings.Join(slices.Delete(words, j, j+1), " ")
		return "words deleted", fmt.Sprintf("%s %s %s%s%s %s.", where, s.words, s.open, w, s.close, s.del), ink(&after)
	case 3:
		next = lawtext.Node{Kind: next.Kind, Label: next.Label, Num: next.Num, Intro: "Ово је нови текст."}
		return "paragraph replaced", fmt.Sprintf("%s %s. %s %s. %s\n\n%s%s%s.", s.inArticle, art.Num, s.nomParagraph, para.Num, s.change, s.open, strings.TrimSpace(para.Label+" Ово је нови текст."), s.close), ink(&after)
	case 4:
		return s.askNew(art, k)
	case 6:
		if strings.Trim(art.Num, "0123456789") != "" {
			return "", "", ""
		}
		num := art.Num + "a"
		return "article put in", fmt.Sprintf("%s %s %s. %s\n\n%s%s %s%s\n\n%sОво је нови члан.%s.", upper(s.after), s.genArticle, art.Num, fmt.Sprintf(s.says, strings.ToLower(s.nomArticle), num+s.dot),
			s.open, s.nomArticle, num, s.dot, s.first, s.close), ink(art)
	case 5:
		if len(para.Children) < 2 || para.Tail != "" {
			return "", "", ""
		}
		i := rng.IntN(len(para.Children))
		c := *para.Children[i]
		if c.Kind != lawtext.Point || c.Deleted || slices.ContainsFunc(para.Children, func(n *lawtext.Node) bool { return n != para.Children[i] && n.Num == c.Num }) {
			return "", "", ""
		}
		next.Children = slices.Clone(para.Children)
		next.Children[i] = &lawtext.Node{Kind: c.Kind, Label: c.Label, Num: c.Num, Intro: "нова тачка;"}
		return "point replaced", fmt.Sprintf("%s %s %s %s\n\n%s%s нова тачка;%s.", where, strings.Replace(s.point, "čki", "čka", 1), c.Label, s.change, s.open, c.Label, s.close), ink(&after)
	}
	if k+1 < len(art.Children) && art.Children[k+1].Kind == lawtext.Paragraph && para.Label == "" {
		return "", "", "" // those after it would be counted anew, and nothing is said of it
	}
	after.Children = slices.Delete(slices.Clone(art.Children), k, k+1)
	return "paragraph deleted", fmt.Sprintf("%s %s. %s %s. %s.", s.inArticle, art.Num, s.nomParagraph, para.Num, s.del), ink(&after)
}

func upper(s string) string { r := []rune(s); return strings.ToUpper(string(r[:1])) + string(r[1:]) }

// newArticle is the ink of the article that ask puts in.
func newArticle(s style, num string) string {
	if !strings.HasSuffix(num, "a") {
		return ""
	}
	return ink(&lawtext.Node{Label: num, Num: num, Children: []*lawtext.Node{{Label: s.first, Num: "1", Intro: "Ово је нови члан."}}})
}

// askNew puts a paragraph after the one at k, and counts those behind it anew.
func (s style) askNew(art *lawtext.Node, k int) (what, do, want string) {
	after := *art
	after.Children = nil
	label := func(n int) string {
		if art.Children[0].Label == "" {
			return ""
		}
		return "(" + strconv.Itoa(n) + ")"
	}
	fresh := &lawtext.Node{Kind: lawtext.Paragraph, Label: label(k + 2), Num: strconv.Itoa(k + 2), Intro: "Ово је ново."}
	for i, c := range art.Children {
		if c.Kind != lawtext.Paragraph || c.Num != strconv.Itoa(i+1) || (c.Label == "") != (art.Children[0].Label == "") {
			return "", "", ""
		}
		next := *c
		if i > k {
			next.Num, next.Label = strconv.Itoa(i+2), label(i+2)
		}
		if after.Children = append(after.Children, &next); i == k {
			after.Children = append(after.Children, fresh)
		}
	}
	do = fmt.Sprintf("%s %s. %s %s %d. %s\n\n%s%s%s.", s.inArticle, art.Num, s.after, s.genParagraph, k+1, fmt.Sprintf(s.says, s.nomParagraph, strconv.Itoa(k+2)+"."),
		s.open, strings.TrimSpace(fresh.Label+" "+fresh.Intro), s.close)
	for n := k + 2; n <= len(art.Children); n++ {
		do += fmt.Sprintf("\n\n%s %s %d. %s %s %d.", s.former, s.nomParagraph, n, s.becomes, s.nomParagraph, n+1)
	}
	return "paragraph put in", do, ink(&after)
}

// ink is what a provision says with its numbers, without white space.
func ink(n *lawtext.Node) string {
	s := ""
	if n.Label != "" {
		s = n.Num + " "
	}
	s += n.Heading + n.Intro
	for _, c := range n.Children {
		s += "\n" + ink(c)
	}
	return strings.Join(strings.FieldsFunc(s+n.Tail, unicode.IsSpace), "")
}
