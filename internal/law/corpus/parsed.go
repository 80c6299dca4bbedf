package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// Parsed is a text that has been read, ready to be stored. Make it with Read.
type Parsed struct {
	given Given
	tree  *lawtext.Act
	rows  []row
	hash  string
}

// The most provisions that a text may have. Laws have hundreds, the longest some
// thousands.
const mostRows = 200_000

// A row is a provision as it is kept.
type row struct {
	*lawtext.Node
	component, depth int
	hash             string // of its whole text; the same in another version if nothing changed
}

// Read reads a text. It is the heavy part of taking one in, and is done before a
// transaction.
func Read(g Given) (Parsed, error) {
	if err := g.check(); err != nil {
		return Parsed{}, err
	}
	g.Text = plain(g.Text)
	p := Parsed{hash: sum(g.Text)}
	if g.Lang == "" {
		p.tree = lawtext.Parse(g.Text)
	} else {
		p.tree = lawtext.ParseIn(g.Lang, g.Text)
	}
	p.given = g.complete(p.tree)
	for i, c := range p.tree.Components {
		p.add(c.Nodes, i, 0)
	}
	if len(p.rows) > mostRows {
		return Parsed{}, fault.In("text", "law.text.too_many", "most", mostRows)
	}
	if p.articles() == 0 {
		p.tree.Notes = append(p.tree.Notes, lawtext.Note{Key: "no-article"})
	}
	return p, nil
}

func (p *Parsed) add(nodes []*lawtext.Node, component, depth int) {
	for _, n := range nodes {
		p.rows = append(p.rows, row{n, component, depth, sum(lawdiff.Unwrap(lawdiff.Text(n)))[:16]})
		p.add(n.Children, component, depth+1)
	}
}

// Tree is the text as a tree. Nobody may change it.
func (p Parsed) Tree() *lawtext.Act { return p.tree }

// Given is what was handed in, with what the text itself says filled in.
func (p Parsed) Given() Given { return p.given }

func (p Parsed) articles() int {
	n := 0
	for _, r := range p.rows {
		if r.Kind == lawtext.Article {
			n++
		}
	}
	return n
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// complete fills what is empty from the text.
func (g Given) complete(tree *lawtext.Act) Given {
	for _, s := range []*string{&g.Title, &g.Short, &g.Label, &g.Source} {
		*s = lawdiff.Unwrap(plain(*s))
	}
	if g.Act == "" {
		if g.Title == "" && g.Short == "" {
			g.Short = tree.Short
		}
		if g.Title == "" {
			g.Title = tree.Title
		}
		if g.Title == "" {
			g.Title = firstLine(g.Text)
		}
	}
	if g.Kind == "" {
		g.Kind = guess(g.Title)
	}
	if g.Stage == "" {
		g.Stage = InForce
	}
	if g.Lang == "" {
		g.Lang = tree.Lang
	}
	if g.Jurisdiction == "" {
		g.Jurisdiction = "si"
	}
	return g
}

// guess is the kind that a title speaks of.
func guess(title string) Kind {
	title = textkit.Fold(title)
	for _, k := range kindWords {
		if strings.HasPrefix(title, k.word) {
			return k.kind
		}
	}
	return Other
}

// firstLine is the first line with words, cut at 200 letters.
func firstLine(text string) string {
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(lawdiff.Unwrap(line), "# ")
		if line == "" || line == "---" {
			continue
		}
		if r := []rune(line); len(r) > 200 {
			line = string(r[:200])
		}
		return line
	}
	return ""
}

// text is the parsed text as a stored one is kept.
func (p Parsed) text() *text {
	t := &text{tree: p.tree, rows: p.rows}
	t.link()
	return t
}
