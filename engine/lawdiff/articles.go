package lawdiff

import (
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// ChangedArticles returns the addresses of the articles that do not read the same
// in both versions: those that are new or gone, and those with another heading,
// other words or other numbers in them. Articles are known by their numbers, as
// lists of changed articles know them, so that one that was renumbered is two.
// Wrapping is no change, nor is how a number is printed.
//
// The order is that of new; then comes what is gone, in the order of old.
func ChangedArticles(old, new *lawtext.Act) []string {
	was, is := readings(old), readings(new)
	var changed []string
	for _, r := range is.list {
		if !was.has[r] {
			changed = append(changed, r.id)
		}
	}
	for _, r := range was.list {
		if !is.has[r] && !is.ids[r.id] {
			changed = append(changed, r.id)
		}
	}
	return changed
}

// A reading is an article by its address and all that it says.
type reading struct{ id, text string }

type allReadings struct {
	list []reading
	has  map[reading]bool
	ids  map[string]bool
}

func readings(a *lawtext.Act) allReadings {
	all := allReadings{has: make(map[reading]bool), ids: make(map[string]bool)}
	for n := range a.All() {
		if n.Kind != lawtext.Article {
			continue
		}
		var b strings.Builder
		walk(n, func(n *lawtext.Node) {
			b.WriteString(n.Num + "\n" + Unwrap(n.Heading) + "\n" + Unwrap(n.Intro) + "\n" + Unwrap(n.Tail) + "\n")
		})
		r := reading{n.ID, b.String()}
		all.list = append(all.list, r)
		all.has[r], all.ids[r.id] = true, true
	}
	return all
}
