// Package slovene reads the instructions of Slovenian amending acts.
//
// A sentence is tokens, then phrases told apart by preposition and case, then
// clauses of one verb each. A word outside of quotations that the lexicon lacks
// refuses the sentence. engine/amend/DESIGN.md says why it is built so.
package slovene

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Read reads the instructions of an amending act, article by article. Every
// sentence becomes an instruction: operations, or a refusal. What follows the
// articles, as signatures and the explanation of a bill, is not read.
func Read(a *lawtext.Act) []amend.Instruction {
	r := &actReader{act: a}
	var walk func(nodes []*lawtext.Node, closing bool)
	walk = func(nodes []*lawtext.Node, closing bool) {
		for _, n := range nodes {
			switch n.Kind {
			case lawtext.Article:
				r.article(n, closing)
			case lawtext.Part, lawtext.Chapter, lawtext.Section:
				head := strings.ToLower(n.Heading)
				if strings.HasPrefix(head, "obrazložitev") || strings.HasPrefix(head, "besedilo členov, ki") {
					return
				}
				walk(n.Children, closing || strings.HasPrefix(head, "prehodn") || strings.HasPrefix(head, "končn") || strings.HasPrefix(head, "posebn"))
			}
		}
	}
	walk(a.Components[0].Nodes, false)
	return r.out
}

// ReadSentence reads one instruction. Payload is the provision that follows
// it, without its outer guillemets, or empty. Within is the provision that the
// sentence before was about.
func ReadSentence(text, payload string, within lawcite.Ref) amend.Instruction {
	r := &actReader{act: &lawtext.Act{Source: text}, scope: scope{ref: within}}
	r.sentence(text, 0, payload, true)
	if len(r.out) == 0 {
		return amend.Instruction{Text: text, Refused: &amend.Refusal{Reason: amend.NoPattern, Words: text}}
	}
	return r.out[0]
}

type actReader struct {
	act     *lawtext.Act
	number  string
	closing bool
	scope   scope
	out     []amend.Instruction
}

func (r *actReader) article(n *lawtext.Node, closing bool) {
	head := strings.ToLower(n.Heading)
	r.number = n.Num
	r.closing = closing || strings.Contains(head, "veljavnosti") || strings.HasPrefix(head, "(prehodn")
	r.scope.ref = lawcite.Ref{}
	from := len(r.out)
	if n.Intro != "" {
		r.node(&lawtext.Node{Intro: n.Intro, Span: n.Span})
	}
	for _, c := range n.Children {
		r.node(c)
	}
	if n.Tail != "" {
		r.node(&lawtext.Node{Intro: n.Tail, Span: n.Span})
	}
	if len(r.out) == from && !n.Deleted {
		r.refuse(n, amend.NoPattern, "an article that says nothing")
	}
}

// node reads a paragraph of the amending act with what stands under it:
// quoted provisions, and instructions in a list that share its beginning.
func (r *actReader) node(n *lawtext.Node) {
	if n.Kind == lawtext.Quote {
		r.refuse(n, amend.NoPattern, "a quotation that nothing announces")
		return
	}
	from := len(r.out)
	quotes, list := 0, false
	for _, c := range n.Children {
		if c.Kind == lawtext.Quote {
			quotes++
		} else {
			list = true
		}
	}
	payload := ""
	if quotes > 0 {
		payload = unquote(r.act.Source[n.Children[0].Span.Start:n.Children[0].Span.End])
	}
	lists := list && quotes == 0 && !r.closing
	r.sentence(n.Intro, r.where(n), payload, !lists)
	if quotes > 1 || quotes == 1 && n.Children[0].Kind != lawtext.Quote {
		r.refuse(n, amend.BadPayload, "several quotations after one sentence")
	}
	switch {
	case lists:
		shared := r.scope
		for _, c := range n.Children {
			r.scope = shared
			r.node(c)
		}
	case list && !r.closing:
		r.refuse(n, amend.NoPattern, "a list beside a quotation")
	}
	if n.Tail != "" {
		r.sentence(n.Tail, n.Span.Start, "", true)
	}
	for i := from; i < len(r.out); i++ {
		if r.out[i].Span.End > n.Span.End {
			r.out[i].Span.End = n.Span.End
		}
	}
}

// where is the place of a node's own text, after its label.
func (r *actReader) where(n *lawtext.Node) int {
	word, _, _ := strings.Cut(n.Intro, " ")
	if n.Span.End > len(r.act.Source) {
		return n.Span.Start
	}
	return n.Span.Start + max(0, strings.Index(r.act.Source[n.Span.Start:n.Span.End], word))
}

func (r *actReader) refuse(n *lawtext.Node, why amend.Reason, words string) {
	r.out = append(r.out, amend.Instruction{Article: r.number, Text: n.Intro, Span: n.Span,
		Refused: &amend.Refusal{Reason: why, Words: words, Span: n.Span}})
}

// sentence reads the sentences of one text. The payload belongs to the last.
func (r *actReader) sentence(text string, start int, payload string, whole bool) {
	ends := sentenceEnds(text)
	from := 0
	for i, end := range ends {
		p := ""
		if i == len(ends)-1 {
			p = payload
		}
		if s := strings.TrimSpace(text[from:end]); s != "" {
			r.one(s, start+from, p, whole)
		}
		from = end
	}
}

// sentenceEnds cuts a text at full stops before a capital, outside of
// quotations and parentheses.
func sentenceEnds(text string) []int {
	toks := lawcite.Scan(text)
	var ends []int
	for i, t := range toks[:max(0, len(toks)-1)] {
		next, _ := utf8.DecodeRuneInString(toks[i+1].Text)
		if t.Text == "." && toks[i+1].Sort == lawcite.Word && unicode.IsUpper(next) {
			ends = append(ends, t.End)
		}
	}
	return append(ends, len(text))
}

func (r *actReader) one(text string, start int, payload string, whole bool) {
	in := amend.Instruction{Article: r.number, Text: text, Span: lawtext.Span{Start: start, End: min(start+len(text), len(r.act.Source))}}
	if v := closingVerb(text); v != "" {
		in.Ops = []amend.Op{{Verb: v, Text: text, Span: in.Span}}
		if v == amend.Repeal {
			in.Ops[0].Act, in.Ops[0].At = repealed(text)
			in.Ops[0].Acts = named(text)
		}
		r.out = append(r.out, in)
		return
	}
	cs, next, ref := readOne(text, r.scope)
	switch {
	case ref == nil && len(cs) == 0 && !whole:
		r.scope = next // only says where the list below it applies
		return
	case ref == nil && len(cs) == 0:
		ref = &amend.Refusal{Reason: amend.NoPattern, Words: text}
	}
	if ref != nil && r.closing && !instructs(text) && payload == "" {
		in.Ops = []amend.Op{{Verb: amend.Transitory, Text: text, Span: in.Span}}
		r.out = append(r.out, in)
		return
	}
	if ref != nil {
		ref.Span.Start, ref.Span.End = ref.Span.Start+start, ref.Span.End+start
		in.Refused = ref
		r.scope.ref = lawcite.Ref{} // whatever follows must say where it is
		r.out = append(r.out, in)
		return
	}
	r.scope = next
	says := -1
	for _, c := range cs {
		for _, op := range c.ops {
			op.Span = in.Span
			switch op.Verb {
			case amend.Replace, amend.ReplaceBody, amend.Insert, amend.Restate, amend.Append:
				says = len(in.Ops)
			}
			in.Ops = append(in.Ops, op)
		}
	}
	if payload != "" {
		if says < 0 || in.Ops[says].Payload != "" {
			in.Ops, in.Refused = nil, &amend.Refusal{Reason: amend.BadPayload, Words: "a quotation that nothing announces", Span: in.Span}
		} else {
			in.Ops[says].Payload = payload
		}
	}
	r.out = append(r.out, in)
}

// readOne reads a sentence into clauses, and what it leaves to the next one.
func readOne(text string, sc scope) ([]clause, scope, *amend.Refusal) {
	toks := trimEnd(lawcite.Scan(text))
	ps, ref := phrases(toks)
	if ref != nil {
		return nil, sc, ref
	}
	if places(ps) {
		q, ref := sortParts(ps, sc)
		if ref != nil || len(q.targets) != 1 || len(q.becomes) > 0 {
			return nil, sc, refuse(amend.NoPattern, first(ps))
		}
		return nil, scope{act: q.act, ref: q.targets[0]}, nil
	}
	cs, ref := clauses(ps, sc)
	if ref != nil {
		return nil, sc, ref
	}
	return cs, handDown(cs[len(cs)-1].then), nil
}

// places reports whether a sentence only says where: "V 49. členu se v 2. točki:".
func places(ps []phrase) bool {
	for _, p := range ps {
		if p.what != isIn {
			return false
		}
	}
	return len(ps) > 0
}

// handDown is what the next sentence takes over: no sentence, heading or list
// of several provisions, and nothing within one.
func handDown(sc scope) scope {
	sc.old = false
	for i, s := range sc.ref.Steps {
		if depth(s.Unit) == 5 || len(s.Numbers) != 1 || s.Numbers[0].To != "" {
			sc.ref.Steps = sc.ref.Steps[:i:i]
			break
		}
	}
	return sc
}

// closingVerb tells the clauses that end an act.
func closingVerb(text string) amend.Verb {
	low := strings.ToLower(text)
	switch {
	case strings.HasPrefix(low, "z dnem ") && (strings.Contains(low, "preneha veljati") ||
		strings.Contains(low, "prenehata veljati") || strings.Contains(low, "prenehajo veljati")):
		return amend.Repeal
	case (strings.HasPrefix(low, "ta ") || strings.HasPrefix(low, "te ") || strings.HasPrefix(low, "to ")) && strings.Contains(low, "začne") &&
		(strings.Contains(low, "veljati") || strings.Contains(low, "uporabljati")):
		return amend.Commence
	}
	return ""
}

// repealed reads what a clause repeals: provisions of one act, named first. It
// returns no provisions for anything else.
func repealed(text string) (act string, at lawcite.Ref) {
	_, rest, _ := strings.Cut(text, "veljati")
	r := &reader{toks: trimEnd(lawcite.Scan(rest))}
	f, end := lawcite.Phrase(r.toks, 0)
	r.i = end
	if act = r.actName(); r.i == len(r.toks) && end > 0 && f.Steps[0].Unit == lawtext.Article {
		return act, f.Ref
	}
	return act, lawcite.Ref{}
}

// named lists the acts that a text names.
func named(text string) []string {
	var acts []string
	toks := lawcite.Scan(text)
	for i := range toks {
		r := &reader{toks: toks, i: i}
		if name := r.actName(); name != "" {
			acts = append(acts, name)
		}
	}
	return acts
}

// instructs reports whether a sentence that was not read looks as if it tells
// to change a text.
func instructs(text string) bool {
	toks := lawcite.Scan(text)
	for i, t := range toks {
		if t.Sort == lawcite.Quoted || verbs[t.Low()].verb != "" || strings.HasPrefix(t.Low(), "razveljav") || t.Low() == "glasi" {
			return true
		}
		if t.Low() == "v" && i == 0 && len(toks) > 1 && beginsAct(toks[1].Text) {
			return true
		}
	}
	return false
}

// unquote takes the outer guillemets off a payload, and the full stop of the
// sentence around it.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	for _, m := range [...][3]string{{"„", "“", "”"}, {"‚", "‘", "’"}, {"\"", "\"", "\""}} {
		if inside, low := strings.CutPrefix(s, m[0]); low {
			inside = strings.TrimRight(inside, ".;,")
			return strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(inside, m[1]), m[2]))
		}
	}
	s = strings.TrimPrefix(s, "»")
	for _, end := range [...]string{"«.", "«;", "«,", "«"} {
		if cut, ok := strings.CutSuffix(s, end); ok {
			return strings.TrimSpace(cut)
		}
	}
	return s
}
