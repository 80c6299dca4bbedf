package amend

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// isFootnote reports whether an operation changes a footnote, which is no
// provision.
func isFootnote(op *Op) bool { return len(op.At.Steps) > 0 && op.At.Steps[0].Unit == Footnote }

// noteNumber is the number of the footnote that a node holds: "3a" of "^3a) § 5
// zákona …".
func (u *Usage) noteNumber(n *lawtext.Node) string {
	rest, ok := strings.CutPrefix(n.Intro, u.NoteMark)
	if !ok || n.Label != "" || n.Kind == lawtext.Quote {
		return ""
	}
	num, _, ok := strings.Cut(rest, ")")
	if !ok || num == "" || len(num) > 5 || num[0] < '0' || num[0] > '9' {
		return ""
	}
	return num
}

// footnote plans and makes an operation on footnotes. They stand in the order
// of their numbers; one that is to be deleted may be gone already.
func (p *plan) footnote(op *Op) *Refusal {
	if p.u.NoteMark == "" || op.Verb == TextReplace || op.Verb == TextInsert || op.Verb == TextDelete {
		return nil
	}
	if len(op.At.Steps) != 1 || op.Verb != Replace && op.Verb != Insert && op.Verb != Delete {
		return &Refusal{Reason: Unsupported, Words: "the text of a footnote", Span: op.Span}
	}
	nums, ok := spread(op.At.Steps[0].Numbers)
	if !ok {
		return &Refusal{Reason: Unsupported, Words: "a range of footnotes", Span: op.Span}
	}
	texts := p.u.notes(op.Payload, nums)
	if op.Verb != Delete && texts == nil {
		return &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
	}
	all := p.footnotes()
	for i, num := range nums {
		at := slices.IndexFunc(all, func(n *lawtext.Node) bool { return p.u.noteNumber(n) == num })
		switch {
		case at >= 0 && op.Verb == Delete:
			p.claim(all[at])
			p.edits = append(p.edits, func() { p.t.remove(all[at]) })
			if op.All {
				if ref := p.unmark(num, all[at]); ref != nil {
					return ref
				}
			}
		case op.Verb == Delete:
		case at >= 0:
			if n := all[at]; n.Intro != texts[i] {
				p.claim(n)
				p.t.touch(n).Intro = texts[i]
			}
		case len(all) > 0:
			k := slices.IndexFunc(all, func(n *lawtext.Node) bool { return p.u.Order(p.u.noteNumber(n), num) > 0 })
			beside, after := all[max(k, 0)], false
			if k < 0 {
				beside, after = all[len(all)-1], true
			}
			fresh := &lawtext.Node{Kind: beside.Kind, Intro: texts[i]}
			p.fresh[fresh] = true
			p.claim(fresh)
			p.edits = append(p.edits, func() { p.t.insert(beside, after, []*lawtext.Node{fresh}) })
			if after {
				all = append(all, fresh)
			} else {
				all = slices.Insert(all, k, fresh)
			}
		}
	}
	return nil
}

// unmark takes the marks of a footnote out of the text.
func (p *plan) unmark(num string, note *lawtext.Node) *Refusal {
	mark := p.u.NoteMark + num + ")"
	for n := range p.t.act.All() {
		if n == note || p.whole[n] || p.u.noteNumber(n) != "" {
			continue
		}
		for _, f := range [...]*string{&n.Intro, &n.Tail} {
			if !strings.Contains(*f, mark) {
				continue
			}
			if strings.Contains(*f, "),"+mark) || strings.Contains(*f, mark+","+p.u.NoteMark) {
				return &Refusal{Reason: Unsupported, Words: "one of several marks: " + mark, Candidates: []string{n.ID}}
			}
			p.t.touch(n)
			*f = strings.ReplaceAll(*f, mark, "")
			p.claim(n)
		}
	}
	return nil
}

// footnotes lists those that the act has as text.
func (p *plan) footnotes() (all []*lawtext.Node) {
	if p.u.NoteMark == "" {
		return nil
	}
	for n := range p.t.act.All() {
		if p.u.noteNumber(n) != "" {
			all = append(all, n)
		}
	}
	return all
}

// footnoteSpots finds the footnotes whose words an operation changes, none in a
// text that has no footnotes.
func (p *plan) footnoteSpots(op *Op) (out []spot, _ *Refusal) {
	nums, ok := spread(op.At.Steps[0].Numbers)
	if !ok || len(op.At.Steps) != 1 {
		return nil, &Refusal{Reason: Unsupported, Words: "a range of footnotes", Span: op.Span}
	}
	all := p.footnotes()
	for _, num := range nums {
		at := slices.IndexFunc(all, func(n *lawtext.Node) bool { return p.u.noteNumber(n) == num })
		if at < 0 && len(all) > 0 {
			return nil, &Refusal{Reason: NoTarget, Words: "footnote " + num, Span: op.Span}
		}
		if at >= 0 {
			out = append(out, spot{n: all[at]})
		}
	}
	return out, nil
}

// notes cuts a payload into the footnotes announced, nil if it does not hold them.
func (u *Usage) notes(payload string, nums []string) []string {
	text := flat(payload)
	var out []string
	for i, num := range nums {
		mark := u.NoteMark + num + ")"
		if !strings.HasPrefix(text, mark) {
			mark = num + ")"
		}
		if !strings.HasPrefix(text, mark) {
			return nil
		}
		rest := ""
		if i+1 < len(nums) {
			k := strings.Index(text, " "+u.NoteMark+nums[i+1]+") ")
			if k < 0 {
				return nil
			}
			text, rest = text[:k], text[k+1:]
		}
		out = append(out, u.NoteMark+strings.TrimPrefix(text, u.NoteMark))
		text = rest
	}
	return out
}
