// Package slovene reads the instructions of Slovenian amending acts.
//
// A sentence is tokens, then phrases told apart by preposition and case, then
// clauses of one verb each. A word outside of quotations that the lexicon lacks
// refuses the sentence. engine/amend/DESIGN.md says why it is built so.
package slovene

import (
	"regexp"
	"slices"
	"strings"

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
	r.entitle()
	return r.out
}

// entitle names the act that the title of the amending act says it changes ("Zakon
// o spremembah Zakona o medu"), where no sentence has named any so far. Of several
// acts it is not known which: what changes a text is refused then.
func (r *actReader) entitle() {
	low := strings.ToLower(r.act.Title)
	at := max(strings.Index(low, "sprememb"), strings.Index(low, "dopolnit"))
	toks := scan(r.act.Title)
	i := slices.IndexFunc(toks, func(t lawcite.Token) bool { return at >= 0 && t.Start > at && kindForms(t.Low()).Has(lawcite.Genitive) })
	if i < 0 {
		return
	}
	name, several := &reader{toks: toks, i: i}, false
	for k := i; k < len(toks); k++ {
		several = several || name.another(k, len(toks))
	}
	for n := range r.out {
		in := &r.out[n]
		for k := range in.Ops {
			op := &in.Ops[k]
			switch {
			case op.Act != "" || op.Verb == amend.Commence || op.Verb == amend.Transitory:
				continue
			case several:
				in.Refused = &amend.Refusal{Reason: amend.TwoReadings, Words: wordsOf(toks[i:]), Span: in.Span}
			default:
				op.Act = wordsOf(toks[i:])
			}
		}
		if in.Refused != nil {
			in.Ops = nil
		}
	}
}

// ReadSentence reads one instruction. Payload is the provision that follows
// it, without its outer guillemets, or empty. Within is the provision that the
// sentence before was about. A text of several sentences is read whole or
// refused.
func ReadSentence(text, payload string, within lawcite.Ref) amend.Instruction {
	r := &actReader{act: &lawtext.Act{Source: text}, scope: scope{target: target{ref: within}, last: article(within)}}
	r.sentence(text, 0, payload, true)
	if len(r.out) == 0 {
		return amend.Instruction{Text: text, Refused: &amend.Refusal{Reason: amend.NoPattern, Words: text}}
	}
	in := r.out[0]
	for _, more := range r.out[1:] {
		if in.Ops = append(in.Ops, more.Ops...); in.Refused == nil {
			in.Refused = more.Refused
		}
	}
	if in.Text = text; in.Refused != nil {
		in.Ops = nil
	}
	return in
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
	for i := 0; i < len(n.Children); i++ {
		c := n.Children[i]
		if text, more := r.listOfPlaces(c, n.Children[i+1:]); text != "" {
			r.one(text, c.Span.Start, "", true)
			i += more
		} else if !isQuotation(c) || !r.announced(from, c) {
			r.node(c)
		}
	}
	if n.Tail != "" {
		r.node(&lawtext.Node{Intro: n.Tail, Span: n.Span})
	}
	if len(r.out) == from && !n.Deleted {
		r.refuse(n, amend.NoPattern, "an article that says nothing")
	}
}

// announced gives a quotation to the instruction before it in the article, if
// that lacks one: "V istem členu se doda nov drugi odstavek:".
func (r *actReader) announced(from int, quote *lawtext.Node) bool {
	if len(r.out) == from {
		return false
	}
	ops := r.out[len(r.out)-1].Ops
	if len(ops) == 0 {
		return false
	}
	op := &ops[len(ops)-1]
	if op.Verb != amend.Insert && op.Verb != amend.Replace && op.Verb != amend.ReplaceBody || op.Payload != "" || op.Annexed {
		return false
	}
	op.Payload = unquote(r.text(quote))
	return true
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
		payload = unquote(r.text(n.Children[0]))
	}
	repeals := list && closingVerb(lastSentence(n.Intro)) == amend.Repeal
	lists := list && quotes == 0 && !repeals && (!r.closing || slices.ContainsFunc(n.Children, func(c *lawtext.Node) bool { return instructs(c.Intro) }))
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
	case repeals:
		r.repeals(&r.out[len(r.out)-1], n.Children)
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

// repeals reads the list of what a clause repeals.
func (r *actReader) repeals(in *amend.Instruction, list []*lawtext.Node) {
	in.Ops, in.Refused = nil, nil
	for _, c := range list {
		item := strings.TrimRight(c.Intro, " ,;.")
		item = strings.TrimSuffix(strings.TrimSuffix(item, " in"), " ter")
		ops, ref := repeal(strings.TrimRight(in.Text, ": ")+" "+item, in.Span)
		if ref == nil && (len(c.Children) > 0 || c.Tail != "") {
			ref = &amend.Refusal{Reason: amend.NoPattern, Words: "a list within a list", Span: in.Span}
		}
		if in.Ops = append(in.Ops, ops...); ref != nil {
			in.Ops, in.Refused = nil, ref
			return
		}
	}
}

// listOfPlaces reads a sentence that goes through a list of places, as decrees
// that change several acts in one way have it: "S tem odlokom se v: – 5. členu
// Odloka o …, – 8. členu Odloka o … besedilo »x« nadomesti z besedilom »y«". It
// returns the sentence without the list, empty for any other, and how many of
// the nodes behind it are still part of it: a row that begins with a number may
// have been taken for one of its own.
func (r *actReader) listOfPlaces(n *lawtext.Node, behind []*lawtext.Node) (string, int) {
	head := strings.TrimRight(n.Intro, ": ")
	if len(n.Children) == 0 || !strings.HasSuffix(head, " v") || !r.stands(n) {
		return "", 0
	}
	src, more := r.act.Source[n.Span.Start:n.Span.End], 0
	for more < len(behind) && strings.Count(src, "(") > strings.Count(src, ")") && r.stands(behind[more]) {
		src += "\n" + r.act.Source[behind[more].Span.Start:behind[more].Span.End]
		more++
	}
	_, rest, ok := strings.Cut(src, "\n")
	if !ok {
		return "", 0
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(head, " v"))
	depth := 0
	for line := range strings.Lines(rest) {
		line = strings.TrimSpace(line)
		item := strings.TrimLeft(line, "-–‒−• \u00a0")
		if item != line && depth == 0 {
			b.WriteString(" v")
		}
		if item != "" {
			b.WriteString(" " + item)
		}
		depth += strings.Count(line, "(") - strings.Count(line, ")")
	}
	return b.String(), more
}

// isQuotation reports whether a node is a quotation, or one sentence that
// nothing but a quotation is.
func isQuotation(n *lawtext.Node) bool {
	toks := scan(n.Intro)
	return n.Kind == lawtext.Quote || len(n.Children) == 0 && len(toks) > 0 && toks[0].Sort == lawcite.Quoted && len(trimEnd(toks)) == 1
}

// text is what a node says with all below it, as the source has it; a node that
// an amendment has put in has no place there.
func (r *actReader) text(n *lawtext.Node) string {
	if !r.stands(n) {
		return strings.Join(n.Lines(), "\n\n")
	}
	return r.act.Source[n.Span.Start:n.Span.End]
}

// stands reports whether the source has a node with all below it.
func (r *actReader) stands(n *lawtext.Node) bool {
	return n.Span.End > 0 && n.Span.End <= len(r.act.Source) && !slices.ContainsFunc(n.Children, func(c *lawtext.Node) bool { return !r.stands(c) })
}

func (r *actReader) refuse(n *lawtext.Node, why amend.Reason, words string) {
	r.out = append(r.out, amend.Unread(r.number, n, why, words))
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
		s := strings.TrimSpace(text[from:end])
		if i > 0 && strings.HasPrefix(s, "(") { // the number of a paragraph
			_, s, _ = strings.Cut(s, ")")
			s = strings.TrimSpace(s)
		}
		at := amend.SpanIn(r.act.Source, start, text[from:end], strings.Index(text[from:end], s), end-from)
		if s != "" {
			r.one(s, at.Start, p, whole)
		}
		from, start = end, at.End
	}
}

// sentenceEnds cuts a text at full stops before a capital, or before the number
// of a paragraph and a capital, outside of quotations and parentheses.
func sentenceEnds(text string) []int {
	toks := scan(text)
	var ends []int
	for i, t := range toks[:max(0, len(toks)-1)] {
		next := toks[i+1]
		if next.Sort == lawcite.Paren && strings.Trim(next.Text, "0123456789") == "" && i+2 < len(toks) {
			next = toks[i+2]
		}
		if t.Text == "." && (next.Sort == lawcite.Word && startsUpper(next.Text) || next.Sort == lawcite.Number && next != toks[i+1]) {
			ends = append(ends, t.End)
		}
	}
	return append(ends, len(text))
}

func lastSentence(text string) string {
	if ends := sentenceEnds(text); len(ends) > 1 {
		text = text[ends[len(ends)-2]:]
	}
	return strings.TrimSpace(text)
}

func (r *actReader) one(text string, start int, payload string, whole bool) {
	in := amend.Instruction{Article: r.number, Text: text, Span: amend.SpanIn(r.act.Source, start, text, 0, len(text))}
	if ops, ref, ok := closing(text, in.Span); ok {
		in.Ops, in.Refused = ops, ref
		r.out = append(r.out, in)
		return
	}
	cs, next, ref := readOne(text, r.scope, payload != "")
	if toks := scan(text); ref != nil {
		if n := withAct(toks); n > 0 && n < len(toks) { // "Z dnem uveljavitve tega zakona se v …"
			if a, b, ok := readOne(text[toks[n].Start:], r.scope, payload != ""); ok == nil && len(a) > 0 {
				cs, next, ref = a, b, nil
			}
		}
	}
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
		ref.Span = amend.SpanIn(r.act.Source, start, text, ref.Span.Start, ref.Span.End)
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
				if !op.Annexed {
					says = len(in.Ops)
				}
			}
			if op.Annexed {
				op.Payload = r.annex(op)
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

// annex is the text of the annex of the amending act that an operation puts in,
// empty if the act has none of its number.
func (r *actReader) annex(op amend.Op) string {
	num := op.New.Numbers
	if len(num) == 0 {
		num = op.At.Steps[len(op.At.Steps)-1].Numbers
	}
	var found []*lawtext.Node
	for n := range r.act.All() {
		if n.Kind == lawtext.Annex && (len(num) != 1 || num[0].To != "" || n.Num == num[0].From) {
			found = append(found, n)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return strings.TrimSpace(r.text(found[0]))
}

// readOne reads a sentence into clauses, and what it leaves to the next one.
// Quoted says that a provision follows it.
func readOne(text string, sc scope, quoted bool) ([]clause, scope, *amend.Refusal) {
	toks := scan(text)
	colon := len(toks) > 0 && toks[len(toks)-1].Text == ":"
	ps, ref := phrases(trimEnd(toks))
	if ref != nil {
		return nil, sc, ref
	}
	if ps, ref = instructed(ps); ref != nil {
		return nil, sc, ref
	}
	if len(ps) > 0 && colon && ps[len(ps)-1].what == isUnit && ps[len(ps)-1].fresh {
		ps = append(ps, phrase{what: isSaying, token: ps[len(ps)-1].token}) // "se doda nov drugi odstavek:"
	}
	if places(ps) {
		q, ref := sortParts(ps, sc)
		if ref != nil || len(q.targets) != 1 || len(q.becomes) > 0 || q.whole {
			return nil, sc, refuse(amend.NoPattern, first(ps))
		}
		return nil, scope{target: q.targets[0], last: sc.last}, nil
	}
	cs, ref := clauses(ps, sc)
	if ref != nil {
		return nil, sc, ref
	}
	if slices.ContainsFunc(ps, func(p phrase) bool { return p.manual }) { // "vse v …" is said of all
		for _, c := range cs {
			for i := range c.ops {
				c.ops[i].Verb = amend.Manual
			}
		}
	}
	return cs, handDown(cs), nil
}

// instructed turns "prvi odstavek se spremeni tako, da se …", after which an
// instruction follows, into the place of that instruction.
func instructed(ps []phrase) ([]phrase, *amend.Refusal) {
	out := slices.Clone(ps)
	var verbs, units []int // not yet taken
	for i, p := range out {
		switch p.what {
		case isVerb:
			verbs = append(verbs, i)
		case isUnit:
			units = append(units, i)
		case isSo:
			v, u := len(verbs)-1, len(units)-1
			if v < 0 || u < 0 {
				return nil, refuse(amend.NoPattern, p)
			}
			verb, unit := &out[verbs[v]], &out[units[u]]
			if w := verb.verb.verb; w != "spremeni" && w != "dopolni" || unit.fresh || unit.bodyOf || unit.becomes != nil || !unit.names() {
				return nil, refuse(amend.NoPattern, p)
			}
			verb.what = isSo // said with it
			unit.what, unit.forms = isIn, ^lawcite.Forms(0)
			verbs, units = verbs[:v], units[:u]
		}
	}
	return slices.DeleteFunc(out, func(p phrase) bool { return p.what == isSo }), nil
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
func handDown(cs []clause) scope {
	sc := cs[len(cs)-1].then
	sc.old, sc.here, sc.all = false, false, false
	if a := article(sc.ref); len(a.Steps) > 0 {
		sc.last = a
	} else if ops := cs[len(cs)-1].ops; len(ops) > 0 {
		if a := article(ops[len(ops)-1].At); len(a.Steps) > 0 {
			sc.last = a // an article that was replaced or deleted
		}
	}
	for i, s := range sc.ref.Steps {
		if depth(s.Unit) == 5 || len(s.Numbers) > 1 || len(s.Numbers) == 1 && s.Numbers[0].To != "" || len(s.Numbers) == 0 && s.Named == "" && s.Unit != lawtext.Table {
			sc.ref.Steps = sc.ref.Steps[:i:i]
			break
		}
	}
	return sc
}

// article is the one article that a reference is about, if there is one.
func article(r lawcite.Ref) lawcite.Ref {
	for _, s := range r.Steps {
		if s.Unit == lawtext.Article && len(s.Numbers) == 1 && s.Numbers[0].To == "" {
			return lawcite.Ref{Steps: []lawcite.Step{s}}
		}
	}
	return lawcite.Ref{}
}

// endsForce finds other words for the end of a provision.
var endsForce = regexp.MustCompile(`\b(ne velja(jo)? več|neha(jo)? veljati|izgubi(jo)? veljavo)`)

// instructs reports whether a sentence that was not read looks as if it tells
// to change a text.
func instructs(text string) bool {
	toks := scan(text)
	if endsForce.MatchString(strings.ToLower(text)) {
		return true
	}
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
