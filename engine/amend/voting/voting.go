// Package voting compares amendments to one bill: which of them exclude each other,
// and in which order they are voted on.
package voting

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// An Amendment (amandma) is a proposal to change a bill, or to change another
// amendment.
type Amendment struct {
	ID           string
	To           string // the amendment that it amends; empty if it amends the bill
	Instructions []amend.Instruction
}

// A Clash is why two amendments cannot both be adopted as they are.
type Clash string

// The clashes.
const (
	Excludes Clash = "excludes" // once one is carried out, the other cannot be
	Disorder Clash = "disorder" // both can be, yet the text depends on which comes first
)

// A Conflict is a pair of amendments of which only one may stand.
type Conflict struct {
	A, B   string // IDs, in the order in which the amendments were given
	Kind   Clash
	Nodes  []string     // IDs in the bill of the provisions that both are about
	Reason amend.Reason // for Excludes, why the second is refused after the first
}

// Conflicts compares amendments to one act two by two. Two that are about the
// same article are carried out in both orders; they clash if one is then refused,
// or if the texts differ. Amendments that cannot be carried out alone, and those
// to other amendments, are left out.
func Conflicts(base *lawtext.Act, list []Amendment) []Conflict {
	alone := make([]claim, len(list))
	for i, a := range list {
		if a.To == "" {
			alone[i] = claimOf(base, a.Instructions)
		}
	}
	var out []Conflict
	for i := range list {
		for k := i + 1; k < len(list); k++ {
			if !alone[i].done || !alone[k].done {
				continue
			}
			shared := common(alone[i].articles, alone[k].articles)
			if len(shared) == 0 {
				continue
			}
			if c, clash := rivals(base, list[i], list[k]); clash {
				if c.Nodes = common(alone[i].nodes, alone[k].nodes); len(c.Nodes) == 0 {
					c.Nodes = shared
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// A claim is what one amendment is about.
type claim struct {
	done     bool // it can be carried out alone
	act      *lawtext.Act
	articles []string // IDs of articles that it changes, or beside which it puts something
	nodes    []string // IDs of what it changes
}

func claimOf(base *lawtext.Act, ins []amend.Instruction) claim {
	res := amend.Apply(base, ins)
	c := claim{done: true, act: res.Act}
	in := map[string]string{} // the article of each node
	for _, a := range base.Articles("") {
		var walk func(n *lawtext.Node)
		walk = func(n *lawtext.Node) {
			in[n.ID] = a.ID
			for _, c := range n.Children {
				walk(c)
			}
		}
		walk(a)
	}
	u := amend.UsageOf(base.Lang)
	for _, o := range res.Outcomes {
		if c.done = c.done && o.Status != amend.Refused; o.Status != amend.Applied {
			continue
		}
		about := slices.Clone(o.Touched)
		for _, op := range o.Ops { // what is put in has no address yet; what stands beside it has
			if op.Verb == amend.Insert || op.Verb == amend.Renumber {
				about = append(about, u.About(op, base)...)
			}
		}
		for _, id := range about {
			c.nodes = append(c.nodes, id)
			c.articles = append(c.articles, cmp.Or(in[id], id))
		}
	}
	return c
}

// common lists what stands in both lists, in the order of the first.
func common(a, b []string) []string {
	var out []string
	for _, s := range a {
		if slices.Contains(b, s) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// rivals carries out two amendments in both orders.
func rivals(base *lawtext.Act, a, b Amendment) (Conflict, bool) {
	c := Conflict{A: a.ID, B: b.ID}
	one, refusedB := both(base, a, b)
	two, refusedA := both(base, b, a)
	switch {
	case refusedB != "" || refusedA != "":
		c.Kind, c.Reason = Excludes, cmp.Or(refusedB, refusedA)
	case !lawtext.SameProvisions(one, two):
		c.Kind = Disorder
	default:
		return c, false
	}
	return c, true
}

// both carries out two amendments one after the other, and tells why the second
// is refused.
func both(base *lawtext.Act, a, b Amendment) (*lawtext.Act, amend.Reason) {
	first := amend.Apply(base, a.Instructions)
	second := amend.Apply(first.Act, b.Instructions)
	for _, o := range second.Outcomes {
		if o.Status == amend.Refused && o.Refused.Reason != amend.Sibling {
			return second.Act, o.Refused.Reason
		}
	}
	return second.Act, ""
}

// VotingOrder tells in which order amendments are voted on, by the rules of
// procedure of the National Assembly (PoDZ-1, 131. člen): article by article;
// where there are several to one, the one that departs most from the bill comes
// first, and before any amendment those to it. It returns IDs.
func VotingOrder(base *lawtext.Act, list []Amendment) []string {
	place := map[string]int{}
	for i, a := range base.Articles("") {
		place[a.ID] = i
	}
	type entry struct {
		Amendment
		article, depart int
	}
	var bills []entry
	for _, a := range list {
		if a.To != "" {
			continue
		}
		c := claimOf(base, a.Instructions)
		e := entry{Amendment: a, article: len(place), depart: departure(base, c.act)}
		for _, id := range c.articles {
			if at, ok := place[id]; ok {
				e.article = min(e.article, at)
			}
		}
		bills = append(bills, e)
	}
	slices.SortStableFunc(bills, func(x, y entry) int {
		return cmp.Or(cmp.Compare(x.article, y.article), cmp.Compare(y.depart, x.depart))
	})
	var out []string
	seen := map[string]bool{}
	var put func(id string)
	put = func(id string) {
		if seen[id] {
			return
		}
		seen[id] = true
		for _, a := range list {
			if a.To == id {
				put(a.ID)
			}
		}
		out = append(out, id)
	}
	for _, e := range bills {
		put(e.ID)
	}
	for _, a := range list { // to amendments that are not among these
		put(a.ID)
	}
	return out
}

// departure is how far one text is from another: words that went and that came.
func departure(a, b *lawtext.Act) int {
	count := map[string]int{}
	add := func(a *lawtext.Act, by int) {
		for _, c := range a.Components {
			for _, n := range c.Nodes {
				for _, line := range n.Lines() {
					for w := range strings.FieldsSeq(line) {
						count[w] += by
					}
				}
			}
		}
	}
	add(a, 1)
	add(b, -1)
	n := 0
	for _, k := range count {
		n += max(k, -k)
	}
	return n
}
