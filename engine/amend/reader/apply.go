package reader

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Apply is amend.Apply for a base that may lack a title, as the texts of registers
// do. The title is then taken from the first witness of these:
//
//   - the clause that introduces the closing provisions of the act itself in a
//     consolidated text ("Zakon o trgovini – ZT-1 (Uradni list RS, št. 24/08)
//     vsebuje naslednje … določbe");
//   - the one act that the instructions name;
//   - the act that they name first, if under its title every instruction for it
//     can be carried out.
//
// It returns what it took for the title, or "" if the base has one. Without a
// witness the base keeps no title, and what names an act is refused.
func Apply(base *lawtext.Act, ins []amend.Instruction) (res amend.Result, taken string) {
	if base.Title != "" {
		return amend.Apply(base, ins), ""
	}
	named := acts(ins)
	titled := *base
	switch titled.Title = Title(base); {
	case titled.Title != "":
	case len(named) == 0:
		return amend.Apply(base, ins), ""
	default:
		titled.Title = named[0]
	}
	res = amend.Apply(&titled, ins)
	if Title(base) == "" && len(named) > 1 {
		for _, o := range res.Outcomes {
			if o.Status == amend.Refused {
				return amend.Apply(base, ins), ""
			}
		}
	}
	return res, titled.Title
}

// acts lists the acts that instructions change, each once.
func acts(ins []amend.Instruction) []string {
	var list []string
	for _, in := range ins {
		for _, op := range in.Ops {
			if op.Act != "" && op.Verb != amend.Repeal && !slices.Contains(list, op.Act) {
				list = append(list, op.Act)
			}
		}
	}
	return list
}

// Title is the title that the first appended component has, if that is the
// act's own and not that of an amending act.
func Title(a *lawtext.Act) string {
	if len(a.Components) < 2 {
		return ""
	}
	title, _, _ := strings.Cut(a.Components[1].Title, "(Uradni list")
	title, _, _ = strings.Cut(title, " – ")
	title = strings.TrimSpace(title)
	if low := strings.ToLower(title); strings.Contains(low, "sprememb") || strings.Contains(low, "dopolnit") {
		return ""
	}
	return title
}
