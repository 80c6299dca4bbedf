// Package southslavic reads the instructions of amending acts in Croatian,
// Serbian in both scripts, Bosnian and Montenegrin, and as an experiment in
// Macedonian.
//
// A sentence is tokens, then phrases told apart by preposition and case, then
// clauses of one verb each. The grammar is one, the words are data. A word
// outside of quotations that the lexicon lacks refuses the sentence. Words are
// matched in Latin without diacritics; quotations keep their letters.
// DESIGN.md says more.
package southslavic

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Read reads the instructions of an amending act, article by article. Every
// sentence becomes an instruction: operations, or a refusal. What follows the
// articles, as signatures, is not read.
func Read(a *lawtext.Act) []amend.Instruction {
	r := newReader(a, a.Lang)
	var walk func(nodes []*lawtext.Node, closing bool)
	walk = func(nodes []*lawtext.Node, closing bool) {
		for _, n := range nodes {
			switch n.Kind {
			case lawtext.Article:
				r.article(n, closing)
			case lawtext.Part, lawtext.Chapter, lawtext.Section:
				head := fold(n.Heading)
				if strings.HasPrefix(head, "obrazlozenj") || strings.HasPrefix(head, "pregled odred") || strings.HasPrefix(head, "tekst odred") {
					return
				}
				walk(n.Children, closing || isClosing(head))
			}
		}
	}
	if len(a.Components) > 0 {
		walk(a.Components[0].Nodes, false)
	}
	return r.out
}

func isClosing(heading string) bool {
	return strings.HasPrefix(heading, "prelazn") || strings.HasPrefix(heading, "prijelazn") || strings.HasPrefix(heading, "zavrsn") ||
		strings.HasPrefix(heading, "zakljucn") || strings.HasPrefix(heading, "preodn") || strings.HasPrefix(heading, "stupanje na snagu")
}

// ReadSentence reads one instruction in a language. Payload is the provision
// that follows it, without its outer quotation marks, or empty. Within is the
// provision that the sentence before was about.
func ReadSentence(lang, text, payload string, within lawcite.Ref) amend.Instruction {
	r := newReader(&lawtext.Act{Source: text}, lang)
	r.scope.ref = within
	r.sentence(text, 0, payload, true)
	if len(r.out) == 0 {
		return amend.Instruction{Text: text, Refused: &amend.Refusal{Reason: amend.NoPattern, Words: text}}
	}
	return r.out[0]
}

type actReader struct {
	act      *lawtext.Act
	lex      lexicon
	alphabet string // of lettered units
	number   string
	closing  bool
	from     int // the first instruction of the article
	scope    scope
	out      []amend.Instruction
}

func newReader(a *lawtext.Act, lang string) *actReader {
	r := &actReader{act: a, lex: southern, alphabet: "abcdefghijklmnopqrstuvwxyz"}
	switch lang {
	case "mk":
		r.lex, r.alphabet = macedonian, "abvgd"
	case "sr":
		r.alphabet = "abvgd" // then đ, of which Latin copies make several things
	}
	return r
}

func (r *actReader) article(n *lawtext.Node, closing bool) {
	r.number = n.Num
	r.closing = closing || isClosing(fold(n.Heading))
	r.scope.ref = lawcite.Ref{}
	r.from = len(r.out)
	if n.Intro != "" {
		r.node(&lawtext.Node{Intro: n.Intro, Span: n.Span})
	}
	for _, c := range n.Children {
		r.node(c)
	}
	if n.Tail != "" {
		r.node(&lawtext.Node{Intro: n.Tail, Span: n.Span})
	}
	if len(r.out) == r.from && !n.Deleted {
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
	r.sentence(n.Intro, amend.TextAt(r.act.Source, n), payload, !lists)
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
		r.out[i].Span.End = min(r.out[i].Span.End, n.Span.End)
	}
}

func (r *actReader) refuse(n *lawtext.Node, why amend.Reason, words string) {
	r.out = append(r.out, amend.Unread(r.number, n, why, words))
}

// sentence reads the sentences of one text. The payload belongs to the last.
func (r *actReader) sentence(text string, start int, payload string, whole bool) {
	ends := r.sentenceEnds(text)
	from := 0
	for i, end := range ends {
		p := ""
		if i == len(ends)-1 {
			p = payload
		}
		s := strings.TrimSpace(text[from:end])
		at := amend.SpanIn(r.act.Source, start, text[from:end], strings.Index(text[from:end], s), end-from)
		if s != "" && !isChangeMark(s) {
			r.one(s, at.Start, p, whole)
		}
		from, start = end, at.End
	}
}

// isChangeMark reports whether a line is the note that a consolidated text of
// Serbia has under what was changed: "*Службени гласник РС, број 6/2020".
func isChangeMark(s string) bool {
	return strings.HasPrefix(s, "*") && strings.HasPrefix(fold(strings.TrimLeft(s, "* ")), "sluzbeni")
}

// sentenceEnds cuts a text at full stops before a capital, outside of
// quotations and parentheses. After a number the full stop may belong to it, so
// that the next word must be one with which instructions begin.
func (r *actReader) sentenceEnds(text string) []int {
	toks := scan(text)
	var ends []int
	for i, t := range toks[:max(0, len(toks)-1)] {
		next := toks[i+1]
		if next.sort != word || !startsUpper(next.text) {
			continue
		}
		switch {
		case t.sort == mark && t.text == ".":
			ends = append(ends, t.end)
		case t.sort == number && strings.HasSuffix(t.text, ".") && r.lex[next.key] != nil && !isActNoun(next.key, anyForm):
			ends = append(ends, t.end)
		}
	}
	return append(ends, len(text))
}

func (r *actReader) one(text string, start int, payload string, whole bool) {
	in := amend.Instruction{Article: r.number, Text: text, Span: amend.SpanIn(r.act.Source, start, text, 0, len(text))}
	toks := trimEnd(scan(text))
	if v := closingVerb(toks); v != "" && payload == "" {
		op := amend.Op{Verb: v, Text: text, Span: in.Span}
		switch v {
		case amend.Repeal:
			op.Act, op.Acts, op.At = r.repealed(toks)
		case amend.Commence:
			op.Force = force(toks, text)
		}
		in.Ops = []amend.Op{op}
		r.out = append(r.out, in)
		return
	}
	cs, next, ref := r.read(toks)
	switch {
	case ref == nil && len(cs) == 0 && payload == "" && (!whole || len(toks) > 0 && strings.HasSuffix(text, ":") || next.act != r.scope.act):
		r.scope = next // only says where that which follows applies
		return
	case ref == nil && len(cs) == 0:
		ref = &amend.Refusal{Reason: amend.NoPattern, Words: text}
	}
	if ref != nil && payload == "" && (r.closing || len(r.out) == r.from || r.allOwn()) && !r.instructs(toks) {
		in.Ops = []amend.Op{{Verb: amend.Transitory, Text: text, Span: in.Span}}
		r.out = append(r.out, in)
		return
	}
	if ref != nil {
		ref.Span = amend.SpanIn(r.act.Source, start, text, ref.Span.Start, ref.Span.End)
		in.Refused = ref
		r.scope.ref = lawcite.Ref{} // whatever follows must say where it is
		r.out = append(r.out, in)
		return
	}
	r.scope = next
	r.take(&in, cs, payload)
	r.out = append(r.out, in)
}

// take makes the operations of an instruction of what was read, with the
// payload that belongs to the last that announces one.
func (r *actReader) take(in *amend.Instruction, cs []clause, payload string) {
	says := -1
	for _, op := range ops(cs) {
		op.Span = in.Span
		if !spell(&op, r.alphabet) {
			in.Ops, in.Refused = nil, &amend.Refusal{Reason: amend.Unsupported, Words: "a range of new numbers", Span: in.Span}
			return
		}
		if op.Verb == amend.Replace || op.Verb == amend.ReplaceBody || op.Verb == amend.Insert {
			says = len(in.Ops)
		}
		in.Ops = append(in.Ops, op)
	}
	if payload == "" {
		return
	}
	if says < 0 || in.Ops[says].Payload != "" {
		in.Ops, in.Refused = nil, &amend.Refusal{Reason: amend.BadPayload, Words: "a quotation that nothing announces", Span: in.Span}
		return
	}
	in.Ops[says].Payload = payload
}

// allOwn reports whether all sentences of the article so far are rules of the
// amending act itself.
func (r *actReader) allOwn() bool {
	return !slices.ContainsFunc(r.out[r.from:], func(in amend.Instruction) bool {
		return in.Refused != nil || slices.ContainsFunc(in.Ops, func(op amend.Op) bool {
			return op.Verb != amend.Transitory && op.Verb != amend.Commence && op.Verb != amend.Repeal
		})
	})
}

func trimEnd(toks []token) []token {
	for len(toks) > 0 && toks[len(toks)-1].sort == mark && strings.Contains(".:;,", toks[len(toks)-1].text) {
		toks = toks[:len(toks)-1]
	}
	return toks
}

// read reads a sentence into clauses, and what it leaves to the next one.
func (r *actReader) read(toks []token) ([]clause, scope, *amend.Refusal) {
	sc := r.scope
	ps, ref := phrases(r.lex, toks)
	if ref != nil {
		return nil, sc, ref
	}
	ps = tidy(ps)
	if places(ps) {
		q, ref := sortParts(ps, sc)
		if ref != nil || len(q.targets) != 1 || len(q.becomes) > 0 {
			return nil, sc, refuse(amend.NoPattern, first(ps))
		}
		return nil, scope{act: q.act, cited: q.cited, ref: q.targets[0]}, nil
	}
	cs, ref := clauses(ps, sc)
	if ref != nil {
		return nil, sc, ref
	}
	return cs, handDown(cs[len(cs)-1].then), nil
}

// tidy makes one separator of a comma and a conjunction, and finds the verbs
// that are left out: "…, a reči: „x” rečima: „y”".
func tidy(ps []phrase) []phrase {
	var out []phrase
	using, apart := 0, false // since the last verb
	for _, p := range ps {
		n := len(out)
		switch {
		case p.what == isLink && n > 0 && out[n-1].what == isComma:
			out[n-1] = p
			apart = using > 0
			continue
		case p.what == isComma && n > 0 && (out[n-1].what == isComma || out[n-1].what == isLink):
			continue
		case p.what == isLink || p.what == isComma:
			apart = using > 0
		case p.what == isVerb:
			using, apart = 0, false
		case p.what == isUsing && apart && n > 0 && out[n-1].what == isText:
			out = append(out, phrase{what: isVerb, dash: true, token: p.token})
			using, apart = 1, false
		case p.what == isUsing:
			using++
		}
		out = append(out, p)
	}
	for len(out) > 0 && (out[len(out)-1].what == isComma || out[len(out)-1].what == isLink) {
		out = out[:len(out)-1]
	}
	return out
}

// places reports whether a sentence only says where: "U članu 49. tačka 2):".
func places(ps []phrase) bool {
	for _, p := range ps {
		if p.what != isIn && p.what != isComma {
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
		if depth(s.Unit) == 6 || len(s.Numbers) != 1 || s.Numbers[0].To != "" {
			sc.ref.Steps = sc.ref.Steps[:i:i]
			break
		}
	}
	return sc
}

// unquote takes the outer quotation marks off a payload, and the full stop of
// the sentence around it.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimSpace(strings.TrimLeft(s, quoteMarks))
	for _, end := range [...]string{".", ";", ",", ""} {
		if cut, ok := strings.CutSuffix(s, end); ok {
			if bare := strings.TrimRight(strings.TrimSpace(cut), quoteMarks); bare != strings.TrimSpace(cut) {
				return strings.TrimSpace(bare)
			}
		}
	}
	return s
}
