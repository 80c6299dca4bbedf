package amend

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend/usage"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// inner finds the part of a text that stands behind a semicolon, up to the end of
// its sentence without the sign that ends it, or the only parentheses.
func (p *plan) inner(s spot) ([]hit, *Refusal) {
	n := s.n
	if n.Kind == lawtext.Article && len(n.Children) == 1 {
		n = n.Children[0]
	}
	unsure := &Refusal{Reason: TwoReadings, Words: string(s.part.Unit), Candidates: []string{n.ID}}
	if n.Kind == lawtext.Article || p.shuffled[n] {
		return nil, unsure
	}
	within := hit{n, &n.Intro, 0, len(n.Intro)}
	if s.sentence != nil {
		in, ref := p.sentence(spot{n: n, part: *s.sentence})
		if ref != nil || len(in) != 1 {
			return nil, unsure
		}
		within = in[0]
	}
	text := n.Intro[within.from:within.to]
	if s.part.Unit == Bracket {
		from, to := usage.Parentheses(text)
		if to == 0 {
			return nil, unsure
		}
		return []hit{{n, &n.Intro, within.from + from, within.from + to}}, nil
	}
	ends, sure := p.u.Sentences(text)
	var found []hit
	from := 0
	for _, end := range ends {
		if k := strings.Count(text[from:end], ";"); k > 0 && (k == 1 || len(s.part.Numbers) == 1) {
			nth := 1
			if len(s.part.Numbers) == 1 {
				nth = atoi(s.part.Numbers[0].From)
			}
			at := from
			for i := 0; i < nth; i++ {
				next := strings.IndexByte(text[at:end], ';')
				if next < 0 {
					return nil, unsure
				}
				at += next + 1
			}
			if strings.Contains(text[at:end], ";") {
				return nil, unsure // another one follows
			}
			said, _ := p.u.CutMarks(strings.TrimSpace(text[at:end]))
			gap := len(text[at:end]) - len(strings.TrimLeft(text[at:end], " \u00a0"))
			if to := at + gap + len(strings.TrimRight(said, ".,;: ")); to > at+gap {
				found = append(found, hit{n, &n.Intro, within.from + at + gap, within.from + to})
			}
		} else if k > 0 {
			return nil, unsure
		}
		from = end
	}
	if len(found) != 1 || !sure || len(n.Children) > 0 {
		return nil, unsure
	}
	return found, nil
}

// aroundInner mends the signs around what stood behind a semicolon, which goes with
// it, and around parentheses, which stay if what comes has none.
func (p *plan) aroundInner(unit lawcite.Unit, head, tail, with string, op *Op) (string, string, string) {
	switch {
	case unit == Clause && op.Verb == Delete:
		head = strings.TrimRight(strings.TrimSuffix(head, ";"), " \u00a0")
	case unit == Bracket && op.Verb == Replace && !strings.HasPrefix(with, "("):
		with = "(" + with + ")"
	}
	if endsWithSign(with) && strings.HasPrefix(tail, with[len(with)-1:]) {
		p.note("sign")
		with = with[:len(with)-1]
	}
	if with != "" && tail != "" && usage.StartsWithSign(tail) {
		with, tail = with+tail, ""
	}
	if with == "" && usage.StartsWithSign(tail) {
		head, tail = head+tail, ""
	}
	return head, tail, with
}

// startingThere finds words that stand at the beginning of a text with a capital where
// the sentence that names them has none.
func (p *plan) startingThere(s spot, op *Op, hits *[]hit) *Op {
	if op.Text == "" || startsUpper(op.Text) {
		return op
	}
	found := p.hits(s, capital(op.Text))
	if len(found) != 1 || strings.TrimSpace((*found[0].field)[:found[0].from]) != "" {
		return op
	}
	*hits = found
	return p.inCapitals(op)
}

// commas mends the commas around words that come or go. Where official texts do
// not agree how, the instruction is noted.
func (p *plan) commas(h hit, op *Op, with string) (hit, string) {
	text := *h.field
	head, tail := strings.TrimRight(text[:h.from], " \u00a0"), text[h.to:]
	before, behind := strings.HasSuffix(head, ","), strings.HasPrefix(tail, ",")
	switch {
	case op.Verb == TextDelete && !usage.StartsWithSign(op.Text) && before && behind:
		p.note("comma")
		if h.to++; p.u.Subordinate(op.Text) {
			h.from = len(head) - 1
		}
	case op.Verb == TextDelete && !usage.StartsWithSign(op.Text) && (before || behind):
		p.note("comma")
	case (op.Verb == TextReplace || op.Place == After) && p.u.Marks && usage.StartsWithSign(tail) && p.u.IsMark(with[strings.LastIndexAny(with, " \u00a0"+p.u.NoteMark)+1:]) && strings.HasSuffix(with, ")"):
		if at := strings.LastIndex(with, p.u.NoteMark); p.u.NoteMark != "" && at > 0 {
			p.note("sign") // signs stand before marks
			with = strings.TrimRight(with[:at], " \u00a0") + tail[:1] + with[at:]
			h.to++
		}
	case op.Verb == TextInsert && op.Place == After && behind && !usage.StartsWithSign(strings.TrimSpace(op.With)) && !p.u.Joined(op.With):
		p.note("comma")
	case op.Verb == TextReplace && p.u.Marks && len(with) > 1 && !endsWithSign(op.Text):
		if said, mark := p.u.CutMarks(with); mark != "" && endsWithSign(said) && strings.HasPrefix(tail, said[len(said)-1:]) {
			p.note("sign")
			h.to++
		} else if mark == "" && endsWithSign(with) && strings.HasPrefix(tail, with[len(with)-1:]) {
			p.note("sign") // it slipped into the quotation
			with = with[:len(with)-1]
		}
	}
	return h, with
}
