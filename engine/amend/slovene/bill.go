package slovene

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend/voting"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// ReadAmendments reads amendments to a bill: what follows a line such as "K 5.
// členu:" is about that article of the bill, and stands and falls together. What
// follows "Obrazložitev" is not read. An amendment is called by its line, from
// the second of a name with a count: "K 5. členu", "K 5. členu (2)".
func ReadAmendments(a *lawtext.Act) []voting.Amendment {
	r := &actReader{act: a}
	var out []voting.Amendment
	count := map[string]int{}
	open := false
	for _, n := range a.Components[0].Nodes {
		head := strings.Trim(n.Intro, ": ")
		if at, ok := amended(head); ok {
			if count[head]++; count[head] > 1 {
				head += " (" + itoa(count[head]) + ")"
			}
			out, open = append(out, voting.Amendment{ID: head}), true
			r.number, r.out = head, nil
			r.scope = scope{target: target{ref: at}, last: at}
			continue
		}
		open = open && !strings.HasPrefix(strings.ToLower(head), "obrazložitev")
		if !open {
			continue
		}
		from := len(r.out)
		if n.Kind != lawtext.Quote || !r.announced(0, n) {
			r.node(n)
		}
		last := &out[len(out)-1]
		last.Instructions = append(last.Instructions[:from:from], r.out[from:]...)
	}
	return out
}

// amended reads the article of the bill that "K 5. členu" names.
func amended(line string) (lawcite.Ref, bool) {
	toks := scan(line)
	if len(toks) < 3 || toks[0].Low() != "k" {
		return lawcite.Ref{}, false
	}
	f, end := lawcite.Phrase(toks, 1)
	if end != len(toks) || len(f.Steps) != 1 || f.Steps[0].Unit != lawtext.Article || !f.Forms.Has(lawcite.Dative) || len(f.Steps[0].Numbers) != 1 {
		return lawcite.Ref{}, false
	}
	return f.Ref, true
}
