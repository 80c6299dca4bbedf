package lawdiff

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Patch makes one version of an act the other. It is data: as JSON it can be
// stored, sent and read, if the texts are valid UTF-8. Between makes one; Apply and Inverse use it.
type Patch struct {
	Base   string `json:"base"`   // SHA-256 of the rows of the act that it changes
	Target string `json:"target"` // and of what becomes of it
	Steps  []Step `json:"steps"`
}

// A Step goes on through the rows of the base, and does one thing.
type Step struct {
	Keep   int         `json:"keep,omitempty"` // so many rows stay as they are
	Gone   []Row       `json:"gone,omitempty"` // these rows are left out
	Come   []Row       `json:"come,omitempty"` // these rows are put in their place
	At     string      `json:"at,omitempty"`   // address in the base of the provision that Change changes
	To     string      `json:"to,omitempty"`   // its address in the target
	Change []FieldEdit `json:"change,omitempty"`
}

// A FieldEdit is what happens to one column of a row. Kept and deleted text
// joined is what it was, kept and inserted text what it becomes.
type FieldEdit struct {
	Field Field  `json:"field"`
	Edits []Edit `json:"edits"`
}

// Why a patch is refused.
type Reason string

const (
	OtherBase   Reason = "other-base"   // the act is not the one that the patch was made from
	OtherTarget Reason = "other-target" // the patch does not give what it says: it was changed or cut
	NoAct       Reason = "no-act"       // a row stands where it cannot, such as a point above all articles
)

// A Misfit says why a patch was refused, and where the first sign of it is.
type Misfit struct {
	Reason    Reason
	Row       int    // of the base, from 0; for NoAct and OtherTarget of the target
	ID        string // address of the provision in the base; empty if it has none
	Want, Got string // what the patch says and what there is
}

func (m *Misfit) Error() string {
	at := m.ID
	if at == "" {
		at = "row " + strconv.Itoa(m.Row)
	}
	return fmt.Sprintf("lawdiff: patch refused, %s at %s: want %q, got %q", m.Reason, at, m.Want, m.Got)
}

// Between returns the patch that makes old new: the same provisions, numbers,
// headings and texts in the same order. Provisions that both versions have keep
// the keys of old, wherever they go.
func Between(old, new *lawtext.Act, how ...Matching) Patch {
	m := mapped(old, new, matching(how))
	a, was := rows(old)
	b, is := rows(new)
	p := Patch{Base: digest(a), Target: digest(b)}
	w := stepper{patch: &p}
	free := freshKeys(old)
	i := 0
	for j, partner := range partners(a, was, b, is, m) {
		row := b[j]
		if partner < 0 {
			if o := m.from[is[j]]; o != nil {
				row.Key = o.Key
			} else if is[j] != nil {
				row.Key = free(row.Key)
			}
			w.come = append(w.come, row)
			continue
		}
		w.gone = append(w.gone, a[i:partner]...)
		i = partner + 1
		if a[partner].says(row) {
			w.keep()
		} else {
			w.change(a[partner], row, was[partner], is[j])
		}
	}
	w.gone = append(w.gone, a[i:]...)
	w.replace()
	return p
}

// partners returns for each row of b the row of a that it continues, or -1. They
// stand in the same order.
func partners(a []Row, was []*lawtext.Node, b []Row, is []*lawtext.Node, m *mapping) []int {
	at := make(map[*lawtext.Node]int, len(a))
	component := make(map[string]int)
	for i, n := range was {
		if n != nil {
			at[n] = i
		} else if a[i].Kind == componentRow {
			component[a[i].Num] = i
		}
	}
	var pairs [][2]int
	for j, n := range is {
		if j == 0 {
			pairs = append(pairs, [2]int{0, 0}) // the acts themselves
		} else if i, ok := component[b[j].Num]; n == nil && ok {
			pairs = append(pairs, [2]int{j, i})
			delete(component, b[j].Num)
		} else if o := m.from[n]; o != nil {
			pairs = append(pairs, [2]int{j, at[o]})
		}
	}
	to := make([]int, len(b))
	for j := range to {
		to[j] = -1
	}
	for _, p := range rising(pairs) {
		to[p[0]] = p[1]
	}
	return to
}

// freshKeys returns a function that makes a key one that no provision has.
func freshKeys(a *lawtext.Act) func(string) string {
	used := make(map[string]bool)
	for n := range a.All() {
		used[n.Key] = true
	}
	return func(key string) string {
		k := key
		for i := 2; used[k] && key != ""; i++ {
			k = key + "~" + strconv.Itoa(i)
		}
		used[k] = true
		return k
	}
}

// A stepper writes the steps of a patch.
type stepper struct {
	patch      *Patch
	gone, come []Row
}

func (w *stepper) replace() {
	if len(w.gone) > 0 || len(w.come) > 0 {
		w.patch.Steps = append(w.patch.Steps, Step{Gone: w.gone, Come: w.come})
		w.gone, w.come = nil, nil
	}
}

func (w *stepper) keep() {
	w.replace()
	if n := len(w.patch.Steps); n > 0 && w.patch.Steps[n-1].Keep > 0 {
		w.patch.Steps[n-1].Keep++
	} else {
		w.patch.Steps = append(w.patch.Steps, Step{Keep: 1})
	}
}

func (w *stepper) change(a, b Row, was, is *lawtext.Node) {
	w.replace()
	s := Step{}
	if was != nil {
		s.At, s.To = was.ID, is.ID
	}
	for _, f := range fields {
		if x, y := a.get(f), b.get(f); x != y {
			s.Change = append(s.Change, FieldEdit{f, exact(x, y)})
		}
	}
	w.patch.Steps = append(w.patch.Steps, s)
}

// exact is Words where that gives back both texts to the letter, white space
// included, and else one text for the other.
func exact(old, new string) []Edit {
	edits := Words(old, new)
	if side(edits, Insert) == old && side(edits, Delete) == new {
		return edits
	}
	edits = nil
	for _, e := range []Edit{{Delete, old}, {Insert, new}} {
		if e.Text != "" {
			edits = append(edits, e)
		}
	}
	return edits
}

// side joins the edits but those of the other side.
func side(edits []Edit, other Op) string {
	var b strings.Builder
	for _, e := range edits {
		if e.Op != other {
			b.WriteString(e.Text)
		}
	}
	return b.String()
}

// Apply returns what the patch makes of base, which stays as it is. Addresses are
// given anew. The error is a *Misfit: the patch fits in every row, or it is not
// applied at all.
func (p Patch) Apply(base *lawtext.Act) (*lawtext.Act, error) {
	a, was := rows(base)
	var out []Row
	var nodes []*lawtext.Node
	i := 0
	misfit := func(want, got string) error {
		m := &Misfit{Reason: OtherBase, Row: i, Want: want, Got: got}
		if i < len(was) && was[i] != nil {
			m.ID = was[i].ID
		}
		return m
	}
	for _, s := range p.Steps {
		if s.Keep < 0 || s.Keep > len(a)-i {
			i = len(a)
			return nil, misfit("more rows", "the end")
		}
		out, nodes = append(out, a[i:i+s.Keep]...), append(nodes, was[i:i+s.Keep]...)
		i += s.Keep
		for _, r := range s.Gone {
			if i == len(a) {
				return nil, misfit(spell(r), "the end")
			} else if !a[i].says(r) {
				return nil, misfit(spell(r), spell(a[i]))
			}
			i++
		}
		out, nodes = append(out, s.Come...), append(nodes, make([]*lawtext.Node, len(s.Come))...)
		if len(s.Change) == 0 {
			continue
		}
		if i == len(a) {
			return nil, misfit("a row to change", "the end")
		}
		row := a[i]
		for _, c := range s.Change {
			if want, got := side(c.Edits, Insert), a[i].get(c.Field); want != got {
				return nil, misfit(want, got)
			}
			if new := side(c.Edits, Delete); !row.set(c.Field, new) {
				return nil, &Misfit{NoAct, len(out), "", string(c.Field), new}
			}
		}
		out, nodes = append(out, row), append(nodes, was[i])
		i++
	}
	switch {
	case i < len(a):
		return nil, misfit("the end", spell(a[i]))
	case digest(a) != p.Base:
		i = 0
		return nil, misfit(p.Base, digest(a))
	case digest(out) != p.Target:
		return nil, &Misfit{Reason: OtherTarget, Want: p.Target, Got: digest(out)}
	}
	act, bad := assemble(out, nodes, base)
	if bad >= 0 {
		return nil, &Misfit{Reason: NoAct, Row: bad, Got: spell(out[bad])}
	}
	lawtext.Readdress(act)
	return act, nil
}

// spell writes a row for an error.
func spell(r Row) string {
	words := []string{strconv.Itoa(r.Depth), string(r.Kind), r.Label, r.Num, r.Heading, r.Intro, r.Tail}
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " ")
}

// Inverse returns the patch that makes the old version again of the new one.
func (p Patch) Inverse() Patch {
	q := Patch{Base: p.Target, Target: p.Base, Steps: slices.Clone(p.Steps)}
	for k, s := range q.Steps {
		s.Gone, s.Come, s.At, s.To = s.Come, s.Gone, s.To, s.At
		s.Change = slices.Clone(s.Change)
		for c, f := range s.Change {
			s.Change[c].Edits = inverse(f.Edits)
		}
		q.Steps[k] = s
	}
	return q
}

// inverse keeps the order of a deletion and the insertion that replaces it.
func inverse(edits []Edit) []Edit {
	out := make([]Edit, 0, len(edits))
	for k := 0; k < len(edits); k++ {
		switch e := edits[k]; {
		case e.Op == Delete && k+1 < len(edits) && edits[k+1].Op == Insert:
			out = append(out, Edit{Delete, edits[k+1].Text}, Edit{Insert, e.Text})
			k++
		case e.Op == Delete:
			out = append(out, Edit{Insert, e.Text})
		case e.Op == Insert:
			out = append(out, Edit{Delete, e.Text})
		default:
			out = append(out, e)
		}
	}
	return out
}
