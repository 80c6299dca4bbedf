package amend

import (
	"slices"

	"github.com/asociacija/asociacija/engine/amend/usage"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// alikeWords exchanges a term in all its forms, or, where the sentence names no
// provision, words in the whole act. A place where the form cannot be told
// refuses all; the candidates are the provisions that seem to have the term.
func (p *plan) alikeWords(op *Op) *Refusal {
	if op.Verb != TextReplace || op.Anchor != "" || op.Place != Anywhere || op.Old {
		return &Refusal{Reason: Unsupported, Words: "words in all their forms: " + cut(op.Text+op.Anchor), Span: op.Span, Candidates: p.near(op.Text + op.Anchor)}
	}
	a, told := p.u.Alike(flat(op.Text), flat(op.With))
	if op.Cascade && !told {
		return &Refusal{Reason: Unsupported, Words: "words whose forms cannot be told: " + cut(op.Text) + ", " + cut(op.With), Span: op.Span, Candidates: p.near(op.Text)}
	}
	var fields []hit
	if len(op.At.Steps) == 0 {
		fields = p.everywhere()
	} else {
		spots, ref := p.find(op.At, op.Old)
		if ref != nil {
			return ref
		}
		for _, s := range spots {
			more, ref := p.fields(s)
			if ref == nil && s.alt != nil {
				ref = p.either(s)
			}
			if ref != nil {
				return ref
			}
			fields = append(fields, more...)
		}
	}
	count := 0
	var unsure []string
	for _, f := range slices.Backward(fields) {
		text := (*f.field)[f.from:f.to]
		var places []usage.Form
		if op.Cascade {
			places = p.u.Forms(text, a)
		} else if places = exact(text, flat(op.Text), op.With); len(p.u.Seeming(text, op.Text)) > len(places) {
			places = append(places, usage.Form{})
		}
		for _, f := range places {
			if f.With == "" {
				places = nil
			}
		}
		if places == nil && (op.Cascade && len(p.u.Forms(text, a)) > 0 || !op.Cascade && len(p.u.Seeming(text, op.Text)) > 0) {
			unsure = append(unsure, f.n.ID)
		}
		if len(places) == 0 || p.whole[f.n] {
			continue
		}
		count += len(places)
		if _, seen := p.written[f.n]; !seen {
			p.written[f.n] = f.n.Intro + "\n" + f.n.Tail
		}
		p.t.touch(f.n)
		for _, at := range slices.Backward(places) {
			text = text[:at.From] + at.With + text[at.To:]
		}
		*f.field = (*f.field)[:f.from] + text + (*f.field)[f.to:]
		p.claim(f.n)
	}
	switch {
	case len(unsure) > 0:
		slices.Sort(unsure)
		return &Refusal{Reason: Unsupported, Words: "the form of " + cut(op.Text) + " cannot be told", Span: op.Span, Candidates: slices.Compact(unsure)}
	case count == 0:
		return &Refusal{Reason: TextMissing, Words: op.Text, Span: op.Span, Candidates: p.near(op.Text)}
	}
	return nil
}

// everywhere is the text of all articles, and the headings above them.
func (p *plan) everywhere() (out []hit) {
	for _, top := range append(p.t.frames(""), p.t.articles()...) {
		under(top, func(n *lawtext.Node) {
			switch {
			case isDivision(top.Kind) && n == top:
				out = append(out, hit{n, &n.Heading, 0, len(n.Heading)})
			case top.Kind == lawtext.Article && !n.Deleted:
				for _, f := range [...]*string{&n.Heading, &n.Intro, &n.Tail} {
					out = append(out, hit{n, f, 0, len(*f)})
				}
			}
		})
	}
	return out
}

// exact is the places of words as they are given.
func exact(text, words, with string) (out []usage.Form) {
	for _, at := range usage.Find(text, words) {
		out = append(out, usage.Form{From: at[0], To: at[1], With: with})
	}
	return out
}

// near are the provisions that seem to have words in some form.
func (p *plan) near(words string) (out []string) {
	for n := range p.t.act.All() {
		if n.ID != "" && len(p.u.Seeming(n.Heading+"\n"+n.Intro+"\n"+n.Tail, words)) > 0 {
			out = append(out, n.ID)
		}
	}
	return out
}
