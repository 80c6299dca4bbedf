package european

import (
	"os"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// show writes operations in a small notation: "text-replace Art5/1 [|a|b]".
func show(in amend.Instruction) string {
	if in.Refused != nil {
		return "refused " + string(in.Refused.Reason) + ": " + in.Refused.Words
	}
	var out []string
	for _, op := range in.Ops {
		s := string(op.Verb)
		if op.Act != "" {
			s += " {" + op.Act + "}"
		}
		if at := showRef(op.At); at != "" {
			s += " " + at
		}
		if op.Place != "" {
			s += " " + string(op.Place)
		}
		if op.New.Unit != "" {
			s += " new " + showRef(lawcite.Ref{Steps: []lawcite.Step{op.New}})
		}
		if op.Verb == amend.TextReplace || op.Verb == amend.TextInsert || op.Verb == amend.TextDelete {
			s += " [" + op.Anchor + "|" + op.Text + "|" + op.With + "]"
		}
		if op.Payload != "" {
			s += " “" + strings.ReplaceAll(op.Payload, "\n\n", " / ") + "”"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func showRef(r lawcite.Ref) string {
	var out []string
	for _, s := range r.Steps {
		w := map[lawcite.Unit]string{lawtext.Article: "Art", lawtext.Paragraph: "", lawtext.Point: "pt", lawcite.Sentence: "S", lawtext.Indent: "indent",
			lawcite.Intro: "intro", lawcite.Heading: "heading", lawtext.Annex: "Annex", Subparagraph: "sub"}[s.Unit]
		for i, n := range s.Numbers {
			if i > 0 {
				w += ","
			}
			if w += n.From; n.To != "" {
				w += "-" + n.To
			}
		}
		out = append(out, w)
	}
	return strings.Join(out, "/")
}

func TestReadsSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"Article 5 is deleted.", "delete Art5"},
		{"Article 5(1) shall be replaced by the following:", "replace Art5/1"},
		{"Article 17(2)(a) is replaced by the following:", "replace Art17/2/pta"},
		{"Article 9(6)(b)(ii) is replaced by the following:", "replace Art9/6/ptb/ptii"},
		{"Article 15(1) and (2) are replaced by the following:", "replace Art15/1,2"},
		{"Articles 5, 6 and 8 are deleted;", "delete Art5,6,8"},
		{"Articles 5 to 8 are deleted", "delete Art5-8"},
		{"the second sentence of the third subparagraph of Article 12(4) is replaced by the following:", "replace Art12/4/sub3/S2"},
		{"in paragraph 1, the introductory wording is replaced by the following:", "replace 1/intro"},
		{"in Annex III, the second sentence of the introductory wording shall be replaced by the following:", "replace AnnexIII/intro/S2"},
		{"the third subparagraph of point 2 of Annex III is deleted", "delete AnnexIII/pt2/sub3"},
		{"in Article 5(2), points (b) and (c) are deleted; and", "delete Art5/2/ptb,c"},
		{"in paragraph 1, point (a), subparagraph 2 is deleted", "refused no-pattern: ,"},
		{"in Article 3, in point (a), the words ‘the Member State’s duty’ are replaced by the words ‘a duty’;", "text-replace Art3/pta [|the Member State’s duty|a duty]"},
		{"in Article 3(2), the words ‘States’ duties’ are deleted.", "text-delete Art3/2 [|States’ duties|]"},
		{"in Article 3, the date ‘1 May 2010’ is replaced by ‘1 May 2012’ and the words ‘at most’ are deleted;", "text-replace Art3 [|1 May 2010|1 May 2012]; text-delete Art3 [|at most|]"},
		{"in Article 3(1), the words ‘or b’ are inserted after the words ‘a’;", "text-insert Art3/1 after [a||or b]"},
		{"the following Article is inserted: ‘Article 5a Text.’", "insert new Art “Article 5a Text.”"},
		{"the following Article 5a is inserted: ‘Article 5a Text.’;", "insert new Art5a “Article 5a Text.”"},
		{"in Article 7, the following paragraph 2a is inserted:", "insert Art7 new 2a"},
		{"in Article 7, the following points (d) and (e) are added:", "insert Art7 end new ptd,e"},
		{"after Article 7, the following Article 7a is inserted:", "insert Art7 after new Art7a"},
		{"Article 5 of Regulation (EU) No 1/2013 is deleted.", "delete {Regulation (EU) No 1/2013} Art5"},
		{"In Article 5(1) of Council Directive 1999/4/EC, the words ‘a’ are replaced by ‘b’.", "text-replace {Council Directive 1999/4/EC} Art5/1 [|a|b]"},
		{"the heading of Article 5 is replaced by the following:", "replace Art5/heading"},
		{"the title is replaced by the following:", "replace heading"},
		{"Annex I is replaced by the text set out in the Annex to this Regulation.", "manual"},
		{"This Regulation shall enter into force on the day following that of its publication.", "commence"},
		{"Directive 1999/4/EC is repealed.", "repeal {Directive 1999/4/EC}"},
		{"in Article 3, the words ‘a’ are gladly replaced by ‘b’", "refused unknown-word: gladly"},
		{"in Article 3, the words are replaced by ‘b’", "refused no-pattern: the"},
		{"paragraph is deleted", "refused no-pattern: paragraph"},
	} {
		in := ReadSentence(c.text, "", lawcite.Ref{})
		if got := show(in); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

const novel = `Regulation (EU) 2020/5 amending Regulation (EU) No 1/2013

Article 1

Amendments to Regulation (EU) No 1/2013

Regulation (EU) No 1/2013 is amended as follows:

(1) Article 5 is amended as follows:

(a) paragraph 1 is replaced by the following:

‘1. The States’ duty is the State’s.’;

(b) in paragraph 2, the following point (c) is added:

‘(c) red.’;

(2) the following Article 5a is inserted:

‘Article 5a

Parks

1. Green.

2. Wide.’.

Article 2

Entry into force

This Regulation shall enter into force on the twentieth day following that of its publication.
`

func TestItemsInheritPlaces(t *testing.T) {
	t.Parallel()
	a := lawtext.Parse(novel)
	var got []string
	for _, in := range Read(a) {
		got = append(got, in.Article+": "+show(in))
	}
	want := []string{
		"1 point 1: replace {Regulation (EU) No 1/2013} Art5/1 “1. The States’ duty is the State’s.”",
		"1 point 1: insert {Regulation (EU) No 1/2013} Art5/2 end new ptc “(c) red.”",
		"1 point 2: insert {Regulation (EU) No 1/2013} new Art5a “Article 5a / Parks / 1. Green. / 2. Wide.”",
		"2: commence",
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("got\n%s\nwant\n%s", a, b)
	}
}

const base = `Regulation (EU) No 1/2013 of the European Parliament and of the Council on parks

Article 5

Duties

1. The duty is great.

2. Parks are:

(a) blue;

(b) yellow.

Article 6

Repeal

1. Nothing is repealed.
`

func TestAppliesToAnAct(t *testing.T) {
	t.Parallel()
	r := amend.Apply(lawtext.ParseIn("en", base), Read(lawtext.ParseIn("en", novel)))
	for _, o := range r.Outcomes {
		if o.Status == amend.Refused || o.Status == amend.Elsewhere {
			t.Errorf("%s: %s %v", o.Text, o.Status, o.Refused)
		}
	}
	var got []string
	for n := range r.Act.All() {
		if n.Kind != lawtext.Text {
			got = append(got, strings.TrimSpace(n.Label+" "+n.Heading+n.Intro))
		}
	}
	want := "Article 5 Duties / 1. The States’ duty is the State’s. / 2. Parks are: / (a) blue; / (b) yellow. / (c) red. / Article 5a Parks / 1. Green. / 2. Wide. / Article 6 Repeal / 1. Nothing is repealed."
	if s := strings.Join(got, " / "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func mined(t *testing.T) (out []string) {
	raw, err := os.ReadFile(realtexts.Path(t, "law", "samples_multi.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(raw)) {
		if f := strings.Split(l, "\t"); f[0] == "en-EU" {
			out = append(out, f[1])
		}
	}
	return out
}

func TestReadsMinedSentences(t *testing.T) {
	t.Parallel()
	read, all := 0, 0
	for _, s := range mined(t) {
		all++
		if in := ReadSentence(s, "", lawcite.Ref{}); in.Refused == nil {
			read++
			t.Logf("%s: %s", s, show(in))
		} else {
			t.Logf("refused: %s: %v", s, in.Refused)
		}
	}
	realtexts.Measured(t, "instructions read", "95 %", "samples_multi en", "read %d of %d", read, all)
	if read*100 < all*95 {
		t.Errorf("read %d of %d", read, all)
	}
}

// TestDroppedAndSwappedWords drops each word of a sentence, and swaps it with
// the next: that is refused, or says the same.
func TestDroppedAndSwappedWords(t *testing.T) {
	t.Parallel()
	all := 0
	list := append(mined(t), "in Article 5(2), points (b) and (c) are deleted", "in Article 3, the date ‘1 May 2010’ is replaced by ‘1 May 2012’ and the words ‘at most’ are deleted",
		"in Article 7, the following paragraph 2a is inserted:", "after Article 7, the following Article 7a is inserted:", "in Article 3(1), the words ‘or b’ are inserted after the words ‘a’")
	for _, s := range list {
		in := ReadSentence(s, "", lawcite.Ref{})
		want, toks := show(in), scan(s)
		for i := range in.Ops { // the quoted text has the number of a new unit too
			in.Ops[i].New.Numbers = nil
		}
		less := show(in)
		for i, tok := range toks {
			if tok.sort == quoted || tok.sort == label && i > 0 && toks[i-1].end == tok.start {
				continue // part of the word before: 5(1)
			}
			variants := []string{s[:tok.start] + s[tok.end:]}
			if i+1 < len(toks) && toks[i+1].sort != quoted && toks[i+1].start > tok.end {
				n := toks[i+1]
				variants = append(variants, s[:tok.start]+s[n.start:n.end]+s[tok.end:n.start]+s[tok.start:tok.end]+s[n.end:])
			}
			for _, v := range variants {
				all++
				in := ReadSentence(v, "", lawcite.Ref{})
				if in.Refused != nil || in.Ops[0].Verb == amend.Transitory || in.Ops[0].Verb == amend.Manual {
					continue
				}
				if got := show(in); got != want && got != less {
					t.Errorf("%s\n got %s\nwant %s", v, got, want)
				}
			}
		}
	}
	t.Logf("%d variants", all)
}

func FuzzRead(f *testing.F) {
	f.Add(novel)
	f.Add("Article 1\n\n(1) in Article 5(2)(a, the words ‘x are ’s replaced")
	f.Fuzz(func(t *testing.T, text string) {
		for _, in := range Read(lawtext.ParseIn("en", text)) {
			if in.Refused == nil && len(in.Ops) == 0 {
				t.Errorf("neither operations nor a refusal: %q", in.Text)
			}
			if in.Span.Start < 0 || in.Span.End > len(text) || in.Span.Start > in.Span.End {
				t.Errorf("span %v of %d", in.Span, len(text))
			}
		}
		ReadSentence(text, "", lawcite.Ref{})
	})
}
