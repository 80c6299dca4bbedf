package corpus

import (
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A text is a version as it is kept in memory. Nobody changes it.
type text struct {
	tree   *lawtext.Act
	rows   []row
	parent []int // the row above each, or -1
	place  map[string]int
}

// newText hangs the rows under each other and into their components.
func newText(a *lawtext.Act, rows []row) *text {
	t := &text{tree: a, rows: rows}
	t.link()
	for i, r := range rows {
		if up := t.parent[i]; up >= 0 {
			rows[up].Children = append(rows[up].Children, r.Node)
		} else {
			c := &a.Components[r.component]
			c.Nodes = append(c.Nodes, r.Node)
		}
	}
	return t
}

// link finds what stands over each row, and where each ID is.
func (t *text) link() {
	t.parent, t.place = make([]int, len(t.rows)), make(map[string]int, len(t.rows))
	var over []int // the row last seen at each depth
	for i, r := range t.rows {
		t.place[r.ID], t.parent[i] = i, -1
		if over = append(over[:r.depth], i); r.depth > 0 {
			t.parent[i] = over[r.depth-1]
		}
	}
}

// weight is about how many bytes the text takes in memory.
func (t *text) weight() int { return 2*len(t.tree.Source) + 300*len(t.rows) }

// provision tells all of the row.
func (t *text) provision(v Version, i int) Provision {
	p := t.heading(v, i)
	n := t.rows[i].Node
	p.Text = n.Intro
	if n.Tail != "" {
		p.Text = strings.TrimPrefix(n.Intro+"\n"+n.Tail, "\n")
	}
	p.Full = strings.Join(n.Lines(), "\n")
	return p
}

// heading tells all of the row but its words.
func (t *text) heading(v Version, i int) Provision {
	r := t.rows[i]
	p := Provision{
		Version: v.ID, ID: r.ID, Ord: i, Depth: r.depth, Kind: string(r.Kind), Label: r.Label, Num: r.Num,
		Heading: r.Heading, Deleted: r.Deleted, Cite: t.cite(v.Lang, i),
	}
	if up := t.parent[i]; up >= 0 {
		p.Parent = t.rows[up].ID
	}
	return p
}

// pick tells the provisions with the IDs in document order; all if there are none.
func (t *text) pick(v Version, ids []string) ([]Provision, error) {
	wanted := make([]bool, len(t.rows))
	for _, id := range ids {
		i, ok := t.place[id]
		if !ok {
			return nil, fault.New(fault.Missing, "law.provision.missing", "id", id)
		}
		wanted[i] = true
	}
	var list []Provision
	for i := range t.rows {
		if len(ids) == 0 || wanted[i] {
			list = append(list, t.provision(v, i))
		}
	}
	return list, nil
}

// contents tells the articles and the divisions over them.
func (t *text) contents(v Version) []Provision {
	var list []Provision
	for i, r := range t.rows {
		switch r.Kind {
		case lawtext.Part, lawtext.Chapter, lawtext.Section, lawtext.Article, lawtext.Annex:
			list = append(list, t.heading(v, i))
		}
	}
	return list
}
