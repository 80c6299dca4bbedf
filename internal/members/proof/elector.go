package proof

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/engine/representation"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
)

// A Rule is by which electors are counted: one of the country, or one that the office
// has added.
type Rule struct {
	representation.Electors
	Own bool // of the office
}

// Name is the rule in the language, or in the one in which it was written.
func (r Rule) Name(lang string) string {
	if name := r.Labels[lang]; name != "" {
		return name
	}
	for _, l := range i18n.Spoken() {
		if name := r.Labels[l]; name != "" {
			return name
		}
	}
	return r.Key
}

// ownRule is a rule of the office as it is kept, or what is wrong with it.
func ownRule(name string, e representation.Electors) (Rule, error) {
	name, e.Basis = strings.Join(strings.Fields(name), " "), strings.Join(strings.Fields(e.Basis), " ")
	var wrong fault.Fields
	for field, text := range map[string]string{"name": name, "basis": e.Basis} {
		switch {
		case text == "":
			wrong.Add(field, "proof.rule."+field)
		case utf8.RuneCountInString(text) > longestPurpose:
			wrong.Add(field, "proof.rule.long", "most", longestPurpose)
		}
	}
	const most = 1_000_000
	if e.Fixed < 0 || e.Fixed > most {
		wrong.Add("fixed", "proof.rule.fixed")
	}
	if e.Per < 0 || e.Per > most || e.Fixed+e.Per == 0 {
		wrong.Add("per", "proof.rule.per")
	}
	for _, k := range e.Kinds {
		if !slices.Contains(members.Kinds(), members.Kind(k)) {
			wrong.Add("kinds", "members.kind.unknown")
		}
	}
	for _, p := range e.Proofs {
		if !slices.Contains(PaperKinds(), p) {
			wrong.Add("proofs", "members.registry.unknown")
		}
	}
	e.Labels = procedure.Labels{}
	for _, l := range i18n.Spoken() {
		e.Labels[l] = name
	}
	return Rule{e, true}, wrong.Err()
}

// PaperKinds are all kinds of paper in the order in which they are offered.
func PaperKinds() []string {
	list := []string{Admission, Interest}
	for _, r := range record.Registries() {
		list = append(list, string(r))
	}
	return list
}

// claim is the line as a rule sees it.
func (l Line) claim(on civil.Date) representation.Claim {
	c := representation.Claim{Kind: string(l.Kind)}
	for _, p := range l.Papers {
		if c.Papers = append(c.Papers, p.Kind); p.proves(on) {
			c.Proof = append(c.Proof, p.Kind)
		}
	}
	return c
}

// An Excluded is a member who does not count, and why.
type Excluded struct {
	Line
	Why representation.Reason
}

// An Election is how many electors the members of an extract give by a rule.
type Election struct {
	Rule Rule
	representation.Elected
	Excluded []Excluded
}

// Elect counts the electors that the members give on the day, and tells who does not
// count. Where the rule counts something else, nobody does.
func (r Rule) Elect(lines []Line, on civil.Date) Election {
	e := Election{Rule: r}
	n := 0
	for _, l := range lines {
		if why := r.Excludes(l.claim(on)); why != "" {
			e.Excluded = append(e.Excluded, Excluded{l, why})
		} else {
			n++
		}
	}
	e.Elected = r.Of(n)
	return e
}

// Known reports whether the register knows what the rule counts.
func (r Rule) Known() bool { return r.Counts == "" }

// Sum writes how the electors come about: "1 + 2 = 3".
func (e Election) Sum() string {
	return strconv.Itoa(e.Rule.Fixed) + " + " + strconv.Itoa(e.More) + " = " + strconv.Itoa(e.Electors)
}
