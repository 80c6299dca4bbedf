package positions

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law/corpus"
)

// mostProven is how much of an article, and of a text in its place, is proven while
// somebody waits, in bytes. Longer ones quote the whole provision, and are not said to
// be proven.
const mostProven = 20_000

// instruct writes what an amending act would say to make the article read as the
// proposal wants it, where changing some words is enough: it is proven to give just
// that. It is nil for anything else: where a whole provision has to be quoted, in
// languages that are not drafted, outside of articles, where it would take long. It
// is work: a transaction must not wait for it.
func (p Proposal) instruct(tree *lawtext.Act) []string {
	if p.Wanted != Rewrite || p.Lang != "sl" || !safe(p.Place) || strings.TrimSpace(p.Text) == "" || len(p.Text) > mostProven {
		return nil
	}
	base := alone(tree, p.Provision)
	if base == nil || len(base.Source) > mostProven {
		return nil
	}
	n := base.Find(p.Provision)
	if n == nil || n.Span.End <= n.Span.Start {
		return nil
	}
	target := lawtext.Parse(base.Source[:n.Span.Start] + strings.Join(lines(p.labelled()), "\n\n") + "\n\n" + strings.TrimLeft(base.Source[n.Span.End:], "\n"))
	d, err := drafting.Write(base, target, drafting.Options{})
	if err != nil || len(d.Articles) != 1 || slices.ContainsFunc(d.Articles[0].Ops, wholeUnit) {
		return nil
	}
	return lines(d.Articles[0].Text)
}

// wholeUnit tells the operations that quote a whole provision, which Normative says
// as well.
func wholeUnit(op amend.Op) bool {
	return op.Verb != amend.TextReplace && op.Verb != amend.TextInsert && op.Verb != amend.TextDelete
}

// alone is the article of a provision as an act of its own; nil if it stands in
// none.
func alone(tree *lawtext.Act, provision string) *lawtext.Act {
	id, _, _ := strings.Cut(provision, "__")
	for _, n := range tree.Articles("") {
		if n.ID == id {
			return corpus.Again(&lawtext.Act{Lang: tree.Lang, Components: []lawtext.Component{{Nodes: []*lawtext.Node{n}}}})
		}
	}
	return nil
}

// drafted is the normative form that was proven when the proposal was saved, if
// it is one instruction with at most one quotation.
func (p Proposal) drafted() (Norm, bool) {
	if p.Wanted != Rewrite || len(p.Instruction) == 0 {
		return Norm{}, false
	}
	quotes := func(line string) bool { return strings.HasPrefix(line, "»") }
	n := Norm{Lead: p.Instruction[0], Proven: true}
	rest := p.Instruction[1:]
	if len(rest) > 0 && quotes(rest[0]) {
		end := slices.IndexFunc(rest, func(line string) bool { return strings.HasSuffix(line, "«.") }) + 1
		n.Quote, rest = rest[:end], rest[end:]
	}
	if quotes(n.Lead) || slices.ContainsFunc(rest, quotes) {
		return Norm{}, false
	}
	n.Then = strings.Join(rest, " ")
	return n, true
}
