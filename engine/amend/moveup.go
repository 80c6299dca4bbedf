package amend

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend/usage"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// moveUp counts on where a new unit has taken a number: the unit that had it
// and those after it move up, as far as nothing is told of them. Amending acts
// that say so need no such rule; in the copies of registers the sentence is
// often missing.
func (p *plan) moveUp(l list) {
	if !p.u.MovesUp || l.kind != lawtext.Paragraph && l.kind != lawtext.Point {
		return
	}
	_, now := p.level(l.up, l.kind)
	prev, moving := "", false
	for _, n := range now {
		_, told := p.number[n]
		if told && moving {
			return
		}
		if n.Label == "" || p.fresh[n] || told {
			prev, moving = n.Num, p.fresh[n] && n.Label != ""
			continue
		}
		if !moving && (prev == "" || p.t.parent[n] == nil) {
			prev = n.Num
			continue
		}
		next := p.u.Next(prev)
		if !moving || p.u.Order(prev, n.Num) < 0 || next == "" {
			prev, moving = n.Num, false
			continue
		}
		p.note("moved-up")
		p.t.touch(n)
		n.Label, n.Num = usage.Relabel(n.Label, n.Num, next), next
		p.claim(n)
		prev = next
	}
}

// closeList mends the sign between the items of a list where another is the
// last one now: a full stop gives way to a comma before a new item that ends
// with one, and comes back where the last item has gone. Amending acts often
// leave it out.
func (p *plan) closeList(l list) {
	if !p.u.ListSigns || l.kind != lawtext.Point {
		return
	}
	_, now := p.level(l.up, l.kind)
	if len(now) < 2 {
		return
	}
	end := now[len(now)-1]
	if p.fresh[end] {
		k := len(now) - 2
		for k > 0 && p.fresh[now[k]] {
			k--
		}
		if was := now[k]; !p.fresh[was] && p.written[was] == "" && len(was.Children) == 0 && strings.HasSuffix(was.Intro, ".") && was.Tail == "" {
			said := field(last(end))
			if !strings.HasSuffix(*said, ".") && !strings.HasSuffix(*said, ",") {
				return
			}
			p.t.touch(was).Intro = strings.TrimSuffix(was.Intro, ".") + ","
			p.claim(was)
			*said = (*said)[:len(*said)-1] + "."
			p.notes[p.at] = append(p.notes[p.at], "list-sign")
		}
		return
	}
	gone := false
	for n, at := range p.gone {
		gone = gone || at > 0 && n.Kind == l.kind && p.u.Order(n.Num, end.Num) > 0 && strings.HasSuffix(p.said(n), ".") && p.t.parent[n] == p.t.parent[end]
	}
	if e := last(end); gone && strings.HasSuffix(*field(e), ",") {
		p.t.touch(e)
		said := field(e)
		*said = strings.TrimSuffix(*said, ",") + "."
		p.claim(e)
		p.notes[p.at] = append(p.notes[p.at], "list-sign")
	}
}

// oddSigns notes a list that has changed and in which a full stop stands before
// another item, or a comma or a joining word behind the last, and a paragraph that
// has lost the full stop at its end: official texts mend these or do not.
func (p *plan) oddSigns() {
	odd := map[string]bool{}
	for n := range p.claims {
		up := p.t.parent[n]
		if n.Kind == lawtext.Paragraph && up != nil && strings.HasSuffix(p.said(n), ".") && usage.StartsLetter(lastRune(*field(last(n)))) && !n.Deleted {
			odd["no-full-stop "+n.ID] = true
		}
		if n.Kind != lawtext.Point && n.Kind != lawtext.Indent || up == nil || p.whole[up] {
			continue
		}
		for i, item := range up.Children {
			ends := i+1 == len(up.Children)
			if item.Kind != n.Kind || item.Deleted || !ends && len(item.Children) > 0 && !p.u.Groups {
				continue
			}
			text, _ := p.u.CutMarks(*field(last(item)))
			if !ends && strings.HasSuffix(text, ".") || ends && up.Tail == "" && p.goesOn(text) {
				odd["list-sign"] = true
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(odd)) {
		p.note(key)
	}
}

func lastRune(s string) string {
	_, w := utf8.DecodeLastRuneInString(s)
	return s[len(s)-w:]
}

// goesOn reports whether a text ends as only items do that another follows.
func (p *plan) goesOn(text string) bool { return strings.HasSuffix(text, ",") || p.u.JoinsOn(text) }

// said is the last piece of text of a unit before this article.
func (p *plan) said(n *lawtext.Node) string {
	was := p.t.before(n)
	for was.Tail == "" && len(was.Children) > 0 {
		was = p.t.before(was.Children[len(was.Children)-1])
	}
	if was.Tail != "" {
		return was.Tail
	}
	return was.Intro
}
