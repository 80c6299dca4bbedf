// Package czechoslovak reads the instructions of Slovak and Czech amending acts.
//
// The act is cut into its articles and their points (segment.go), a point into
// sentences, a sentence into tokens (scan.go), phrases (phrase.go) and clauses
// (clause.go, insert.go), which become operations. Words are data, one lexicon
// for each language. DESIGN.md says why.
package czechoslovak

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Read reads the instructions of a Slovak or Czech amending act. Every sentence
// of a point becomes an instruction: operations, or a refusal. The points of an
// article of the amending act are carried out one after another, so each is an
// Article of its own: "I.5".
func Read(a *lawtext.Act) []amend.Instruction {
	lex := lexicons[a.Lang]
	if lex == nil {
		lex = &slovak
	}
	from := len(a.Source)
	if a.Front == "" {
		from = 0
	} else if k := strings.Index(a.Source, a.Front); k >= 0 {
		from = k + len(a.Front)
		if n := strings.IndexByte(a.Source[from:], '\n'); n >= 0 {
			from += n + 1 // the fence
		}
	}
	var out []amend.Instruction
	for _, p := range cut(a.Source, from) {
		r := &reading{lex: lex, headings: headingsOf(a)}
		r.part(p)
		out = append(out, r.out...)
	}
	return out
}

// A reading is the work on one article of the amending act.
type reading struct {
	lex        *lexicon
	headings   []string // of the act, from its front matter
	act        string   // what the article changes
	article    string
	text       string // the sentence
	scope      []lawcite.Step
	everywhere bool      // the sentence is about the whole act
	quotes     bool      // the sentence has a quotation
	lost       bool      // … one that does not end
	several    bool      // … several verbs
	renamed    *amend.Op // the last provision of the sentence that got another number
	out        []amend.Instruction
}

// part reads one article of the amending act.
func (r *reading) part(p part) {
	act, rest, amends := r.opening(p.intro)
	if !amends {
		r.closing(p)
		return
	}
	r.act = act
	if strings.TrimSpace(rest.text) != "" {
		r.article = p.num
		r.point(rest)
	}
	for _, pt := range p.points {
		from, before := len(r.out), r.article
		r.article = p.num + "." + pt.num
		r.point(pt.stretch)
		if r.moves(from) {
			for i := from; i < len(r.out); i++ {
				r.out[i].Article = before
			}
			r.article = before
		}
	}
}

// moves reports whether a point begins by telling new numbers of provisions that
// the point before has moved.
func (r *reading) moves(from int) bool {
	if from == 0 || from == len(r.out) || len(r.out[from].Ops) == 0 || len(r.out[from-1].Ops) == 0 {
		return false
	}
	a, b := r.out[from-1].Ops[0], r.out[from].Ops[0]
	if b.Verb != amend.Renumber || a.Verb != amend.Insert && a.Verb != amend.Delete {
		return false
	}
	x, y := a.At.Steps, b.At.Steps
	if a.Place == amend.Anywhere && a.Verb == amend.Insert {
		x = append(x[:len(x):len(x)], a.New)
	}
	return len(x) == len(y) && x[len(x)-1].Unit == y[len(y)-1].Unit && show(lawcite.Ref{Steps: x[:len(x)-1]}) == show(lawcite.Ref{Steps: y[:len(y)-1]})
}

// opening reads "Zákon č. 1/2000 Z. z. o … sa mení a dopĺňa takto:", and what
// follows it.
func (r *reading) opening(s stretch) (act string, rest stretch, ok bool) {
	toks := scan(s.text)
	verb, end := -1, -1
	for i, t := range toks {
		low := t.low()
		if t.sort == word && verb < 0 && i > 0 && oneOf(low, r.lex.amends) && (toks[i-1].low() == "sa" || toks[i-1].low() == "se" || toks[i-1].low() == "s") {
			verb = i
		}
		if verb >= 0 && low == "takto" {
			end = t.end
			if i+1 < len(toks) && toks[i+1].text == ":" {
				end = toks[i+1].end
			}
			break
		}
	}
	if verb < 1 || end < 0 {
		return "", s, false
	}
	act = flat(r.plain(s.text[:toks[verb-1].start]))
	act = strings.TrimRight(strings.TrimLeft(act, "#- "), " ,")
	return act, stretch{s.text[end:], s.at + end}, true
}

// closing reads an article that changes no text: commencement, repeal,
// transitional rules.
func (r *reading) closing(p part) {
	r.article = p.num
	text := flat(r.plain(p.intro.text))
	for _, pt := range p.points {
		text = flat(text + " " + r.plain(pt.text))
	}
	if text = strings.TrimLeft(text, "# "); text == "" {
		return
	}
	in := amend.Instruction{Article: p.num, Text: text, Span: span(p.intro)}
	op := amend.Op{Verb: amend.Transitory, Text: text, Span: in.Span}
	low := strings.ToLower(text)
	switch {
	case containsAny(low, r.lex.commences):
		op.Verb = amend.Commence
	case r.instructs(p):
		in.Refused = &amend.Refusal{Reason: amend.NoPattern, Words: first(text), Span: in.Span}
		r.out = append(r.out, in)
		return
	case startsAny(low, r.lex.repeals):
		op.Verb, op.Acts = amend.Repeal, []string{text}
	}
	in.Ops = []amend.Op{op}
	r.out = append(r.out, in)
}

// instructs reports whether an article without the opening of an amendment looks
// as if it changes a text all the same.
func (r *reading) instructs(p part) bool {
	toks := scan(p.intro.text)
	for i, t := range toks {
		for v, forms := range r.lex.verbs {
			if v != renames && t.sort == word && oneOf(t.low(), forms) && i+2 < len(toks) {
				for _, u := range toks[i+1:] {
					if u.sort == quoted {
						return true
					}
				}
			}
		}
	}
	return false
}

func containsAny(s string, list []string) bool {
	for _, w := range list {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func startsAny(s string, list []string) bool {
	for _, w := range list {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func span(s stretch) lawtext.Span {
	lead := len(s.text) - len(strings.TrimLeft(s.text, " \n\t"))
	return lawtext.Span{Start: s.at + lead, End: s.at + lead + len(strings.TrimSpace(s.text))}
}

// point reads the sentences of one point. They share their context.
func (r *reading) point(s stretch) {
	toks := scan(s.text)
	r.scope = nil
	for len(toks) > 1 && stray(toks) {
		toks = toks[:len(toks)-1]
	}
	if len(toks) == 0 {
		return
	}
	before := len(r.out)
	for from := 0; from < len(toks); {
		end := r.sentence(s.text, toks, from)
		r.list(s, toks[from:end])
		if r.bare(toks, end-1) {
			return // what comes in stands there without quotation marks
		}
		from = end
	}
	r.out = append(r.out[:before], r.each(r.out[before:])...)
}

// each makes of a point that changes nothing but words, in several provisions, an
// instruction for every one, "I.5/2" for the second: where the words stand, they
// are changed, and the provision that has them in another form is refused by
// itself.
func (r *reading) each(ins []amend.Instruction) []amend.Instruction {
	var places []string
	var out []amend.Instruction
	for _, in := range ins {
		at := map[string]int{}
		for _, op := range in.Ops {
			if op.Verb != amend.TextReplace && op.Verb != amend.TextDelete && op.Verb != amend.TextInsert {
				return ins
			}
			for _, steps := range r.spreadOut(op.At.Steps) {
				one := op
				one.At = lawcite.Ref{Steps: steps}
				key := show(one.At)
				i, seen := at[key]
				if !seen {
					i = len(out)
					at[key], places, out = i, append(places, key), append(out, in)
					if out[i].Ops = nil; i > 0 {
						out[i].Article += "/" + itoa(i+1)
					}
				}
				out[i].Ops = append(out[i].Ops, one)
			}
		}
		if in.Refused != nil {
			return ins
		}
	}
	for i, a := range places {
		for k, b := range places {
			if i != k && strings.HasPrefix(b, a) && b != a+string(lawcite.Heading)+"/" {
				return ins // one within another
			}
		}
	}
	return out
}

// spreadOut makes an address of several provisions the addresses of each.
func (r *reading) spreadOut(steps []lawcite.Step) [][]lawcite.Step {
	out := [][]lawcite.Step{nil}
	for _, s := range steps {
		nums, ok := r.lex.spread(s)
		if !ok || len(nums) < 2 {
			nums = []lawcite.Range{{}}
		}
		var next [][]lawcite.Step
		for _, o := range out {
			for _, n := range nums {
				one := s
				if len(nums) > 1 {
					one.Numbers = []lawcite.Range{n}
				}
				next = append(next, append(o[:len(o):len(o)], one))
			}
		}
		out = next
	}
	return out
}

// stray reports whether a point ends with a mark that closes nothing, behind a
// full stop, or with the full stop behind that.
func stray(toks []token) bool {
	n := len(toks)
	closes := func(t token) bool { return t.sort == sign && (t.text == "“" || t.text == "”") }
	if n > 1 && toks[n-1].sort == sign && toks[n-1].text == "-" && toks[n-2].text != "“" { // a rule under a table
		return true
	}
	return n > 1 && closes(toks[n-1]) && toks[n-2].text == "." || n > 2 && toks[n-1].text == "." && closes(toks[n-2]) && toks[n-3].text == "."
}

// bare reports whether token i is the colon after "znie" and no quotation follows.
func (r *reading) bare(toks []token, i int) bool {
	return i > 0 && toks[i].text == ":" && oneOf(toks[i-1].low(), r.lex.verbs[reads]) &&
		(i+1 == len(toks) || toks[i+1].sort != quoted && toks[i+1].sort != broken)
}

// sentence returns the token after the sentence that begins at token from.
func (r *reading) sentence(text string, toks []token, from int) int {
	for i := from; i+1 < len(toks); i++ {
		t, next := toks[i], toks[i+1]
		if r.bare(toks, i) {
			return i + 1
		}
		if !begins(next) {
			continue
		}
		if t.sort == sign && t.text == "." && i > from && !abbreviates(toks[i-1]) {
			return i + 1
		}
		if t.sort == quoted && next.sort == word || t.sort != sign && strings.Contains(text[t.end:next.start], "\n") {
			return i + 1
		}
	}
	return len(toks)
}

func begins(t token) bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return t.sort == word && unicode.IsUpper(r) && !isRoman(t.text) || t.sort == word && (t.text == "V" || t.text == "K") || t.sort == sign && t.text == "§"
}

// abbreviates reports whether a full stop after the token ends no sentence.
func abbreviates(t token) bool {
	if t.sort != word {
		return false
	}
	switch t.low() {
	case "č", "čl", "ods", "odst", "písm", "str", "tzv", "z", "zb", "sb", "pol":
		return true
	}
	return false
}

// list reads a sentence, or several that share their beginning: "V § 3 a)
// odsek 1 znie: „…“, b) …".
func (r *reading) list(s stretch, toks []token) {
	var marks []int
	want := "a"
	for i, t := range toks {
		if t.sort == letter && t.text == want && r.opensLine(s.text, t.start) {
			marks = append(marks, i)
			want = nextLetter(want)
		}
	}
	if len(marks) < 2 || marks[0] == 0 {
		r.one(s, toks)
		return
	}
	head := toks[:marks[0]]
	for k, m := range marks {
		end := len(toks)
		if k+1 < len(marks) {
			end = marks[k+1]
		}
		item := toks[m+1 : end]
		if len(item) == 0 {
			continue
		}
		r.scope = nil
		for from := 0; from < len(item); {
			to := r.sentence(s.text, item, from)
			if from == 0 {
				r.one(s, append(append([]token{}, head...), item[:to]...))
			} else {
				r.one(s, item[from:to])
			}
			from = to
		}
	}
}

// opensLine reports whether only a dash stands before a place on its line.
func (r *reading) opensLine(text string, at int) bool {
	line := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	return strings.Trim(line, " \t-") == ""
}

// one reads a sentence.
func (r *reading) one(s stretch, toks []token) {
	start, end := toks[0].start, toks[len(toks)-1].end
	in := amend.Instruction{Article: r.article, Span: lawtext.Span{Start: s.at + start, End: s.at + end}}
	var said []string
	for _, t := range toks {
		switch {
		case t.sort == quoted && (len(t.text) > 300 || strings.Contains(t.text, "\n")):
			said = append(said, "„…“")
		case t.sort == quoted:
			said = append(said, "„"+t.text+"“")
		case t.sort == sign && t.text != "§" && t.text != "–" && len(said) > 0:
			said[len(said)-1] += t.text
		default:
			said = append(said, s.text[t.start:t.end])
		}
	}
	in.Text = strings.Join(said, " ")
	if r.text = in.Text; !tells(toks) {
		return
	}
	r.renamed = nil
	r.quotes = slices.ContainsFunc(toks, func(t token) bool { return t.sort == quoted })
	r.lost = toks[len(toks)-1].sort == broken
	ps, ref := r.lex.phrases(toks)
	var ops []amend.Op
	if ref == nil {
		var last []lawcite.Step
		if ops, last, ref = r.clauses(ps); ref == nil {
			r.scope = last
		}
	} else {
		ref.Span.Start, ref.Span.End = ref.Span.Start+s.at, ref.Span.End+s.at
	}
	if ref != nil {
		if ref.Span == (lawtext.Span{}) {
			ref.Span = in.Span
		}
		in.Refused = ref
		r.scope = nil
	}
	// Sentences are counted as they were: words in them change before they go.
	slices.SortStableFunc(ops, func(a, b amend.Op) int { return goes(a) - goes(b) })
	for i := range ops {
		ops[i].Act, ops[i].Span = r.act, in.Span
	}
	in.Ops = ops
	r.out = append(r.out, in)
}

// goes tells operations that take sentences away from others.
func goes(op amend.Op) int {
	if s := op.At.Steps; op.Verb == amend.Delete && len(s) > 0 && s[len(s)-1].Unit == lawcite.Sentence {
		return 1
	}
	return 0
}

// tells reports whether tokens say anything at all.
func tells(toks []token) bool {
	for _, t := range toks {
		if t.sort == word || t.sort == quoted || t.sort == broken || t.text == "§" {
			return true
		}
	}
	return false
}
