package amend

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// WithLeft appends to an amended act what the amending act leaves behind: its
// articles that change nothing here, as consolidated texts have them behind the
// act (Zakon … vsebuje naslednje prehodne in končne določbe: »…«). Outcomes are
// what Apply has returned, and gazette is where the amending act was published:
// "Uradni list RS, št. 1/26". It returns the act as it was, and false, if the
// usage of its language has no such appendix, if there is nothing to append, or
// if the whole would read as something else.
func WithLeft(act, amending *lawtext.Act, outcomes []Outcome, gazette string) (*lawtext.Act, bool) {
	u := UsageOf(act.Lang)
	left := map[string]bool{}
	for _, o := range outcomes {
		stays := o.Status == Noted || o.Status == Elsewhere
		if was, seen := left[o.Article]; !seen || was {
			left[o.Article] = stays
		}
	}
	var lines []string
	for _, a := range amending.Articles("") {
		if left[a.Num] {
			lines = append(lines, a.Lines()...)
		}
	}
	if u.Leaves == "" || len(lines) == 0 || amending.Title == "" || gazette == "" {
		return act, false
	}
	name := amending.Title
	if amending.Short != "" {
		name += " – " + amending.Short
	}
	text := lawtext.Print(act) + "\n" + name + " (" + gazette + ")" + u.Leaves + "\n\n»" + strings.Join(lines, "\n\n") + "«.\n"
	out := u.parse(text)
	was, now := pieces(act), pieces(out)
	if len(out.Components) != len(act.Components)+1 || len(now) <= len(was) ||
		!slices.EqualFunc(was, now[:len(was)], func(a, b piece) bool { return a.says == b.says }) {
		return act, false
	}
	for i, p := range was {
		carry(p.n, now[i].n)
	}
	for _, p := range now[len(was):] {
		under(p.n, func(n *lawtext.Node) { n.Span = lawtext.Span{} })
	}
	for i, c := range act.Components {
		out.Components[i].Span = c.Span
	}
	out.Components[len(act.Components)].Span = lawtext.Span{}
	out.Title, out.Short, out.Front, out.Lang = act.Title, act.Short, act.Front, act.Lang
	out.Source, out.Notes = act.Source, act.Notes
	return out, true
}
