package amend_test

import (
	"fmt"
	"math/rand"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// Random changes of real statutes: the sentence that asks for a change gives
// exactly that change, or is refused.
func TestAsksForAChangeAndGetsIt(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "si-npb/*.txt"))
	rng := rand.New(rand.NewSource(1))
	applied, refused := 0, map[amend.Reason]int{}
	for i := 0; i < len(files); i += 10 {
		law := lawtext.Parse(load(t, files[i]))
		arts := law.Articles("")
		if len(arts) < 3 {
			continue
		}
		was := articles(law)
		if len(was) != len(arts) {
			continue // the same number twice
		}
		for range 8 {
			art := arts[rng.Intn(len(arts))]
			if len(art.Children) == 0 || art.Deleted {
				continue
			}
			k := rng.Intn(len(art.Children))
			do, want := ask(rng, art, k)
			if do == "" {
				continue
			}
			res := amend.Apply(law, slovene.Read(lawtext.Parse("1. člen\n\n"+do)))
			if o := res.Outcomes[0]; o.Status == amend.Refused {
				refused[o.Refused.Reason]++
				continue
			}
			applied++
			for num, got := range articles(res.Act) {
				if num == art.Num && got != want || num != art.Num && got != was[num] {
					t.Errorf("%s: %s\n got %s\nwant %s", filepath.Base(files[i]), do, got, want)
				}
			}
		}
	}
	t.Logf("changes made %d, refused %v", applied, refused)
	if applied < 20 {
		t.Errorf("only %d", applied)
	}
}

// ask makes a random change of a paragraph and the sentence that asks for it.
func ask(rng *rand.Rand, art *lawtext.Node, k int) (do, want string) {
	para := art.Children[k]
	words := strings.Fields(para.Intro)
	if para.Kind != lawtext.Paragraph || len(words) < 4 || strings.ContainsAny(para.Intro, "»«") {
		return "", ""
	}
	ref := lawcite.Ref{Steps: []lawcite.Step{
		{Unit: lawtext.Article, Numbers: []lawcite.Range{{From: art.Num}}},
		{Unit: lawtext.Paragraph, Numbers: []lawcite.Range{{From: para.Num}}}}}
	after := *art
	after.Children = append([]*lawtext.Node(nil), art.Children...)
	next := *para
	after.Children[k] = &next
	j := 1 + rng.Intn(len(words)-2)
	w := words[j]
	bare := strings.Trim(w, ".,;:()")
	if bare == "" {
		return "", ""
	}
	where := "V " + ref.Write(lawcite.Locative)
	switch rng.Intn(4) {
	case 3:
		return askNew(art, k)
	case 0:
		do = fmt.Sprintf("%s se besedilo »%s« nadomesti z besedilom »popolnoma novo«.", where, bare)
		words[j] = strings.Replace(w, bare, "popolnoma novo", 1)
	case 1:
		do = fmt.Sprintf("%s se za besedo »%s« doda besedilo »in drugo«.", where, w)
		words[j] = w + " in drugo"
	default:
		after.Children = append(after.Children[:k:k], after.Children[k+1:]...)
		tomb := next
		tomb.Intro, tomb.Children, tomb.Tail = "(črtan)", nil, ""
		if para.Label != "" && k+1 < len(art.Children) {
			after.Children = append(after.Children[:k:k], append([]*lawtext.Node{&tomb}, after.Children[k:]...)...)
		}
		do = "V " + ref.Steps[0].Numbers[0].From + ". členu se " + lawcite.Ref{Steps: ref.Steps[1:]}.Write(lawcite.Nominative) + " črta."
		if strings.Contains(art.Num, ".") {
			do = strings.Replace(do, ". členu", " členu", 1)
		}
	}
	next.Intro = strings.Join(words, " ")
	return do, ink(&after)
}

// askNew puts a paragraph after the one at k, and counts those behind it anew.
func askNew(art *lawtext.Node, k int) (do, want string) {
	after := *art
	after.Children = nil
	label := func(n int) string {
		if art.Children[0].Label == "" {
			return ""
		}
		return fmt.Sprintf("(%d)", n)
	}
	fresh := &lawtext.Node{Kind: lawtext.Paragraph, Label: label(k + 2), Num: strconv.Itoa(k + 2), Intro: "To je novo."}
	for i, c := range art.Children {
		if c.Kind != lawtext.Paragraph || c.Num != strconv.Itoa(i+1) || (c.Label == "") != (art.Children[0].Label == "") || c.Deleted {
			return "", ""
		}
		next := *c
		if i > k {
			next.Num, next.Label = strconv.Itoa(i+2), label(i+2)
		}
		if after.Children = append(after.Children, &next); i == k {
			after.Children = append(after.Children, fresh)
		}
	}
	number := func(n int, c lawcite.Case) string {
		return lawcite.Ordinal(n, lawcite.Masculine, c, lawcite.Singular) + " "
	}
	dot := "."
	if strings.Contains(art.Num, ".") {
		dot = ""
	}
	do = fmt.Sprintf("V %s%s členu se za %sodstavkom doda nov %sodstavek, ki se glasi:\n\n»%s«.", art.Num, dot,
		number(k+1, lawcite.Instrumental), number(k+2, lawcite.Nominative), strings.TrimSpace(fresh.Label+" "+fresh.Intro))
	switch n := len(art.Children); {
	case n == k+2:
		do += fmt.Sprintf("\n\nDosedanji %sodstavek postane %sodstavek.", number(n, lawcite.Nominative), number(n+1, lawcite.Nominative))
	case n > k+3:
		do += fmt.Sprintf("\n\nDosedanji %sdo %sodstavek postanejo %sdo %sodstavek.", number(k+2, lawcite.Nominative), number(n, lawcite.Nominative),
			number(k+3, lawcite.Nominative), number(n+1, lawcite.Nominative))
	case n == k+3:
		do += fmt.Sprintf("\n\nDosedanja %sin %sodstavek postaneta %sin %sodstavek.", number(k+2, lawcite.Nominative), number(n, lawcite.Nominative),
			number(k+3, lawcite.Nominative), number(n+1, lawcite.Nominative))
	}
	return do, ink(&after)
}
