// Package german reads the instructions of German amending acts, as the manual
// of the Federal Ministry of Justice has them drafted (Handbuch der
// Rechtsförmlichkeit, third and fourth edition).
//
// An instruction is an item of a list, and the list says where: "§ 5 wird wie
// folgt geändert: a) Absatz 2 wird aufgehoben." So places are handed down the
// tree of the list, not from sentence to sentence. DESIGN.md says more.
package german

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Read reads the instructions of an amending act. Every sentence becomes an
// instruction: operations, or a refusal. What is applied wholly or not at all
// is a number of the list of an article: Article is "1 Nummer 2".
func Read(a *lawtext.Act) []amend.Instruction {
	r := &actReader{act: a}
	var walk func(nodes []*lawtext.Node)
	walk = func(nodes []*lawtext.Node) {
		for _, n := range nodes {
			switch n.Kind {
			case lawtext.Article:
				r.article(n)
			case lawtext.Part, lawtext.Chapter, lawtext.Section:
				walk(n.Children)
			}
		}
	}
	if len(a.Components) > 0 {
		walk(a.Components[0].Nodes)
	}
	return r.out
}

// ReadSentence reads one instruction. Payload is the provision that follows it,
// without its outer quotation marks, or empty. Within is where the list stands
// that the sentence is an item of.
func ReadSentence(text, payload string, within lawcite.Ref) amend.Instruction {
	r := &actReader{act: &lawtext.Act{Source: text}}
	r.sentence(text, 0, payload, above{at: placeOf(within)}, false)
	if len(r.out) == 0 {
		return amend.Instruction{Text: text, Refused: &amend.Refusal{Reason: amend.NoPattern, Words: text}}
	}
	return r.out[0]
}

// placeOf is a reference as a place. Points inside points are numbers, letters
// and double letters in turn.
func placeOf(ref lawcite.Ref) place {
	var p place
	depth := figure
	for _, s := range ref.Steps {
		l := part
		switch s.Unit {
		case lawtext.Article:
			l = article
		case lawtext.Paragraph:
			l = paragraph
		case lawcite.Sentence:
			l = sentence
		case lawtext.Point:
			l = depth
			depth += 10
		}
		p.steps = append(p.steps, step{s, l})
	}
	return p
}

type actReader struct {
	act    *lawtext.Act
	number string
	amends bool // the article says in its heading that it amends
	out    []amend.Instruction
}

// above is what a list hands down to its items.
type above struct {
	act  string
	at   place
	lost bool // the sentence before the list was not understood
}

func (r *actReader) article(n *lawtext.Node) {
	r.number, r.amends = n.Num, strings.HasPrefix(n.Heading, "Änderung")
	up := above{}
	if n.Intro != "" {
		up = r.node(&lawtext.Node{Intro: n.Intro, Span: n.Span}, up)
	}
	for _, c := range n.Children {
		if c.Kind == lawtext.Point {
			r.number = n.Num + " Nummer " + c.Num
		}
		up2 := r.node(c, up)
		if c.Kind != lawtext.Point && len(c.Children) == 0 {
			up = up2
		}
	}
	r.number = n.Num
	if n.Tail != "" {
		r.node(&lawtext.Node{Intro: n.Tail, Span: n.Span}, above{})
	}
}

// node reads a sentence of the amending act with what stands under it: quoted
// provisions, or a list of which it says the place. It returns what the
// sentence hands down.
func (r *actReader) node(n *lawtext.Node, up above) above {
	var quotes, items []*lawtext.Node
	for _, c := range n.Children {
		if c.Kind == lawtext.Quote {
			quotes = append(quotes, c)
		} else {
			items = append(items, c)
		}
	}
	if n.Kind == lawtext.Quote {
		r.refuse(n, amend.NoPattern, "a quotation that nothing announces")
		return up
	}
	payload := ""
	if len(quotes) > 0 {
		payload = unquote(r.act.Source[quotes[0].Span.Start:quotes[0].Span.End])
	}
	down := r.sentence(n.Intro, r.where(n), payload, up, len(items) > 0)
	switch {
	case len(quotes) > 1:
		r.refuse(n, amend.BadPayload, "several quotations after one sentence")
	case len(quotes) == 1 && len(items) > 0:
		r.refuse(n, amend.NoPattern, "a list beside a quotation")
		down.lost = true
	}
	top := r.number
	for _, c := range items {
		if c.Kind == lawtext.Point && !strings.Contains(top, " Nummer ") {
			r.number = top + " Nummer " + c.Num
		}
		r.node(c, down)
	}
	r.number = top
	if n.Tail != "" {
		r.sentence(n.Tail, n.Span.Start, "", above{}, false)
	}
	return down
}

// where is the place of a node's own text, after its label.
func (r *actReader) where(n *lawtext.Node) int {
	first, _, _ := strings.Cut(n.Intro, " ")
	if n.Span.Start > n.Span.End || n.Span.End > len(r.act.Source) {
		return 0
	}
	return n.Span.Start + max(0, strings.Index(r.act.Source[n.Span.Start:n.Span.End], first))
}

func (r *actReader) refuse(n *lawtext.Node, why amend.Reason, words string) {
	r.out = append(r.out, amend.Instruction{Article: r.number, Text: n.Intro, Span: n.Span,
		Refused: &amend.Refusal{Reason: why, Words: words, Span: n.Span}})
}

// sentence reads the sentences of one text. The payload and the list belong to
// the last.
func (r *actReader) sentence(text string, start int, payload string, up above, list bool) above {
	ends := sentenceEnds(text)
	from := 0
	down := up
	for i, end := range ends {
		last := i == len(ends)-1
		p := ""
		if last {
			p = payload
		}
		if s := strings.TrimSpace(text[from:end]); s != "" {
			at := start + from + strings.Index(text[from:end], s)
			down = r.one(s, at, p, up, list && last)
		}
		from = end
	}
	return down
}

// sentenceEnds cuts a text at full stops before a capital, outside of
// quotations and parentheses.
func sentenceEnds(text string) []int {
	toks := scan(text)
	var ends []int
	for i := 1; i+1 < len(toks); i++ {
		next, _ := utf8.DecodeRuneInString(toks[i+1].text)
		if toks[i].text == "." && toks[i].sort == mark && toks[i+1].sort == word && unicode.IsUpper(next) &&
			!(toks[i-1].sort == number && months[toks[i+1].text]) {
			ends = append(ends, toks[i].end)
		}
	}
	return append(ends, len(text))
}

// one reads a sentence and returns what it hands down to a list.
func (r *actReader) one(text string, start int, payload string, up above, list bool) above {
	in := amend.Instruction{Article: r.number, Text: text, Span: lawtext.Span{Start: start, End: min(start+len(text), len(r.act.Source))}}
	down := above{lost: list}
	toks := scan(text)
	if v := closing(toks); v != "" {
		in.Ops = []amend.Op{{Verb: v, Text: text, Span: in.Span}}
		if v == amend.Repeal {
			if s := (&reader{toks: toks}); s.naming() {
				in.Ops[0].Act, in.Ops[0].Acts = s.act, []string{s.act}
			}
		}
		r.out = append(r.out, in)
		return down
	}
	if payload == "" {
		payload, toks = trailing(toks)
	}
	s := &reader{toks: trim(toks), act: up.act, scope: up.at, above: up.at}
	ok := s.sentence()
	switch {
	case s.refused == nil && ok && s.list && len(s.ops) == 0 && list:
		return above{act: s.act, at: s.scope}
	case s.refused == nil && !ok && payload == "" && !list && up.act == "" && len(up.at.steps) == 0 && !up.lost && !r.amends && !instructs(toks):
		in.Ops = []amend.Op{{Verb: amend.Transitory, Text: text, Span: in.Span}}
		r.out = append(r.out, in)
		return down
	case up.lost:
		s.refused = &amend.Refusal{Reason: amend.NoTarget, Words: "the sentence above the list was not read"}
	case s.refused == nil && (!ok || s.list != list):
		t := s.tok(min(s.i, len(s.toks)-1))
		s.refused = &amend.Refusal{Reason: why(t), Words: t.text, Span: lawtext.Span{Start: t.start, End: t.end}}
	case s.refused == nil && payload != "" && len(s.waits) == 0:
		s.refused = &amend.Refusal{Reason: amend.BadPayload, Words: "a quotation that nothing announces"}
	case s.refused == nil && (len(s.waits) > 1 || len(s.waits) == 1 && payload == ""):
		s.refused = &amend.Refusal{Reason: amend.NoPayload, Words: text}
	}
	if s.refused != nil && s.refused.Reason == amend.Unsupported && ok && s.list == list {
		in.Ops = []amend.Op{{Verb: amend.Manual, Act: s.act, Text: text, Payload: payload, Span: in.Span}}
		r.out = append(r.out, in)
		return down
	}
	if s.refused != nil {
		s.refused.Span.Start, s.refused.Span.End = s.refused.Span.Start+start, s.refused.Span.End+start
		in.Refused = s.refused
		r.out = append(r.out, in)
		return down
	}
	for i := range s.ops {
		s.ops[i].Span, s.ops[i].Act = in.Span, s.act
	}
	for _, i := range s.waits {
		s.ops[i].Payload = payload
	}
	in.Ops = s.ops
	r.out = append(r.out, in)
	return above{act: s.act, at: s.scope, lost: !s.list}
}

// why tells a word that nobody knows from a known one in a wrong place.
func why(t token) amend.Reason {
	if _, unit := units[t.text]; t.sort == word && !unit && !nounOf(t.text) && participles[t.text] == "" && !lexicon[t.text] {
		return amend.UnknownWord
	}
	return amend.NoPattern
}

// lexicon has the words that are neither units nor nouns nor verbs.
var lexicon = words(`der die das dem den des ein eine einen einem einer in im nach vor hinter durch wird werden jeweils wie folgt
	neu und sowie oder bis am Ende folgende folgender folgendes folgenden folgendem neue neuer neues neuen bisherige bisherigen
	erhält erhalten Fassung lautet lauten Satzteil Teilsatz Wortlaut`)

// trailing takes the quotation at the end of a sentence off it: "… wird
// angefügt: „(3) …“."
func trailing(toks []token) (string, []token) {
	n := len(toks)
	for n > 0 && toks[n-1].sort == mark && (toks[n-1].text == "." || toks[n-1].text == ",") {
		n--
	}
	if n > 1 && toks[n-1].sort == quoted && toks[n-2].text == ":" && toks[n-2].sort == mark {
		return strings.TrimSpace(toks[n-1].text), toks[:n-1]
	}
	return "", toks
}

// trim takes the signs off the end of a sentence.
func trim(toks []token) []token {
	for n := len(toks); n > 0 && toks[n-1].sort == mark && strings.Contains(".;,", toks[n-1].text); n-- {
		toks = toks[:n-1]
	}
	return toks
}

// closing tells the clauses that end an act.
func closing(toks []token) amend.Verb {
	for i := range toks {
		if i > 0 && toks[i].text == "Kraft" && toks[i].sort == word {
			switch toks[i-1].text {
			case "in":
				return amend.Commence
			case "außer", "ausser":
				return amend.Repeal
			}
		}
	}
	return ""
}

// instructs reports whether a sentence looks as if it tells to change a text.
func instructs(toks []token) bool {
	for _, t := range toks {
		if t.sort == quoted || t.sort == broken || t.sort == word && (participles[t.text] != "" || signals[t.text]) {
			return true
		}
	}
	return false
}

// signals are words of instructions besides the verbs.
var signals = words("bisherige bisherigen Bisherige Bisherigen folgende folgender folgenden Folgende Folgender Fassung gefaßt")

// unquote takes the outer quotation marks off a payload, and the full stop of
// the sentence around it.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if toks := scan(s); len(toks) > 0 && toks[0].sort == quoted && strings.Trim(s[toks[0].end:], " .;,") == "" {
		return strings.TrimSpace(toks[0].text)
	}
	return s
}
