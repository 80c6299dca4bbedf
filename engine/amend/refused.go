package amend

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// afterRefused looks at what was refused where every point of an amending act is
// carried out by itself: a refusal for the whole act gets as candidates the
// provisions that seem to have its words, and what was carried out later on an
// article of which something was refused gets the note "after-refused".
func (u *Usage) afterRefused(base *lawtext.Act, out []Outcome) {
	p := newPlan(copyTree(base), u)
	refused := map[string]bool{} // articles
	article := func(id string) string {
		head, _, _ := strings.Cut(id, "__")
		return head
	}
	for i := range out {
		o := &out[i]
		switch {
		case o.Status == Applied:
			if slices.ContainsFunc(o.Touched, func(id string) bool { return refused[article(id)] }) && !slices.Contains(o.Notes, "after-refused") {
				o.Notes = append(o.Notes, "after-refused")
			}
			continue
		case o.Status != Refused:
			continue
		}
		low := strings.ToLower(o.Text)
		if o.Instruction.Refused != nil && slices.ContainsFunc(u.Everywhere, func(w string) bool { return strings.Contains(low, w) }) {
			ref := *o.Refused
			for _, words := range quoted(o.Text) {
				ref.Candidates = append(ref.Candidates, p.near(words)...)
			}
			slices.Sort(ref.Candidates)
			ref.Candidates = slices.Compact(ref.Candidates)
			o.Refused = &ref
		}
		for _, id := range o.Refused.Candidates {
			refused[article(id)] = refused[article(id)] || o.Refused.Reason != NoTarget // else they are all that there are
		}
		for _, op := range o.Ops {
			for _, s := range op.At.Steps {
				for _, num := range s.Numbers {
					if s.Unit == lawtext.Article {
						refused["art_"+num.From] = true
					}
				}
			}
		}
		for _, w := range strings.SplitAfter(o.Text, "§ ")[1:] {
			num, _, _ := strings.Cut(w, " ")
			refused["art_"+strings.TrimRight(num, ".,;:")] = true
		}
	}
}

// quoted lists the short quotations of a sentence.
func quoted(text string) (out []string) {
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "„")
		if !ok {
			return out
		}
		words, next, ok := strings.Cut(after, "“")
		if rest = next; ok && len(strings.Fields(words)) < 5 && !strings.Contains(words, "„") {
			out = append(out, words)
		}
	}
}
