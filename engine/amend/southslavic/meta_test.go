package southslavic

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// firstParagraph is what the sentence before was about, where a test has none.
var firstParagraph = lawcite.Ref{Steps: []lawcite.Step{
	{Unit: lawtext.Article, Numbers: []lawcite.Range{{From: "1"}}}, {Unit: lawtext.Paragraph, Numbers: []lawcite.Range{{From: "1"}}}}}

// sayings are operations without their places in the text and the name of the
// act; nil for a refusal.
func sayings(lang, text string) []string {
	in := ReadSentence(lang, text, "", firstParagraph)
	if in.Refused != nil {
		return nil
	}
	var out []string
	for _, op := range in.Ops {
		if op.Verb == amend.Transitory || op.Verb == amend.Commence || op.Verb == amend.Repeal {
			out = append(out, string(op.Verb))
			continue
		}
		op.Span, op.Act, op.Cited = lawtext.Span{}, "", "" // an act of another name is another act, and is left alone
		out = append(out, fmt.Sprintf("%+v", op))
	}
	return out
}

// sentences are instructions of real acts and those of the table of patterns.
func sentences(t *testing.T) (out [][2]string) {
	for _, c := range patterns {
		out = append(out, [2]string{c.lang, c.text})
	}
	var ps []struct{ Text string }
	if err := json.Unmarshal([]byte(load(t, filepath.Join(realtexts.Path(t, "law"), "ex-yu/sr-amending/provisions.json"))), &ps); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(ps); i += 6 {
		for _, para := range strings.Split(ps[i].Text, "\n\n") {
			out = append(out, [2]string{"sr", strings.Join(strings.Fields(para), " ")})
		}
	}
	return out
}

// The operation is the same in both scripts, in any quotation marks, and
// without diacritics; the words that are quoted keep their letters.
func TestScriptQuotesAndSpellingDoNotMatter(t *testing.T) {
	same := 0
	for _, s := range sentences(t) {
		lang, text := s[0], s[1]
		whole := sayings(lang, text)
		if whole == nil {
			continue
		}
		if lang == "sr" {
			latin := inLatin(text)
			if got, want := sayings(lang, latin), inLatinAll(whole); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("in Latin: %s\n got %v\nwant %v", latin, got, want)
			}
			same++
		}
		if !strings.ContainsAny(text, "“\"'ˮ(") {
			guillemets := strings.NewReplacer("„", "»", "”", "«").Replace(text)
			if got := sayings(lang, guillemets); fmt.Sprint(got) != fmt.Sprint(whole) {
				t.Errorf("in guillemets: %s\n got %v\nwant %v", guillemets, got, whole)
			}
			same++
		}
		if lang == "bs" || lang == "hr" {
			bare := outsideQuotes(text, func(s string) string {
				return strings.NewReplacer("č", "c", "ć", "c", "š", "s", "ž", "z", "Č", "C", "Š", "S").Replace(s)
			})
			if got := sayings(lang, bare); fmt.Sprint(got) != fmt.Sprint(whole) && !strings.Contains(text, "Zakon") {
				t.Errorf("without diacritics: %s\n got %v\nwant %v", bare, got, whole)
			}
			same++
		}
	}
	if same < 200 {
		t.Errorf("only %d", same)
	}
	t.Logf("written in another way and read the same: %d", same)
}

func inLatinAll(in []string) (out []string) {
	for _, s := range in {
		out = append(out, inLatin(s))
	}
	return out
}

// outsideQuotes changes a text outside of quotations.
func outsideQuotes(text string, change func(string) string) string {
	var b strings.Builder
	from := 0
	for _, t := range scan(text) {
		if t.sort == quoted {
			b.WriteString(change(text[from:t.start]) + text[t.start:t.end])
			from = t.end
		}
	}
	return b.String() + change(text[from:])
}

// An instruction that has lost a word, or has two in the wrong order, is refused
// or read the same, never as something else.
func TestLostAndSwappedWords(t *testing.T) {
	tried, other := 0, 0
	for _, s := range sentences(t) {
		lang, text := s[0], s[1]
		whole := sayings(lang, text)
		if whole == nil {
			continue
		}
		words := strings.Fields(text)
		for i := range words {
			if !mayGo(text, words, i) {
				continue
			}
			less := strings.Join(slices.Delete(slices.Clone(words), i, i+1), " ")
			swapped := slices.Clone(words)
			if i+1 < len(words) && mayGo(text, words, i+1) {
				swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			}
			for _, v := range []string{less, strings.Join(swapped, " ")} {
				tried++
				if got := sayings(lang, v); got != nil && fmt.Sprint(got) != fmt.Sprint(whole) {
					other++
					t.Errorf("read as something else: %.200s\nfrom %.200s\n got %v\nwant %v", v, text, got, whole)
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d", tried)
	}
	realtexts.Measured(t, "a word dropped or swapped", "never another operation", "Serbian and Croatian sentences", "words lost or swapped %d: read as something else %d", tried, other)
}

// mayGo reports whether a sentence without the word says nothing else that is
// well said: it is no part of a quotation, no number, and none of the words that
// make an instruction wider or narrower, as "na kraju rečenice" is refused where
// there are several.
func mayGo(text string, words []string, i int) bool {
	at := 0
	for _, w := range words[:i] {
		at += strings.Index(text[at:], w) + len(w)
	}
	at += strings.Index(text[at:], words[i])
	for _, t := range scan(text) {
		if t.start <= at && at < t.end {
			_, count := southern.has(t.key, ordinal)
			_, many := southern.has(t.key, both)
			return t.sort == word && !count && !many && t.key != "recenice"
		}
		if t.start > at && t.start < at+len(words[i]) && (t.sort == quoted || t.sort == number) {
			return false
		}
	}
	return true
}

func FuzzReadSentence(f *testing.F) {
	for _, c := range patterns {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range []string{"sr", "mk"} {
			in := ReadSentence(lang, text, "", firstParagraph)
			if (in.Refused == nil) == (len(in.Ops) == 0) && strings.TrimSpace(text) != "" && in.Refused == nil {
				t.Fatalf("neither read nor refused: %q", text)
			}
			for _, op := range in.Ops {
				for _, s := range op.At.Steps {
					if s.Unit == subpoint || s.Unit == division {
						t.Fatalf("a unit of the grammar alone: %q", text)
					}
				}
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, c := range patterns {
		f.Add("Član 1.\n\n" + c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range []string{"sr", "hr"} {
			Read(lawtext.ParseIn(lang, text))
		}
	})
}
