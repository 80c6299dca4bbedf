package lawweb

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// A body writes the text of a version. It is written by hand because acts have
// thousands of provisions, and a component for each would cost more than all else.
type body struct {
	w       io.Writer
	err     error
	link    string // of the version, with a slash at the end
	article int    // level of the headings of articles
}

// text shows the components of an act: the act itself, then apart what amending
// acts left behind.
func text(f page.Frame, tree *lawtext.Act, lang, link string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		b := body{w: w, link: templ.EscapeString(link) + "/", article: 2}
		for n := range tree.All() {
			if n.Kind == lawtext.Chapter || n.Kind == lawtext.Section || n.Kind == lawtext.Part {
				b.article = 3
				break
			}
		}
		for i, c := range tree.Components {
			if i > 0 {
				b.component(f, c)
			}
			b.all(`<div class="law" lang="`, templ.EscapeString(lang), `">`)
			for _, n := range c.Nodes {
				if len(n.Children) > 0 || !saysTitle(tree, joined(n.Heading, n.Intro)) {
					b.node(n, 2, 0)
				}
			}
			b.all(`</div>`)
		}
		return b.err
	})
}

// saysTitle reports whether a line only says what the act is called, as the
// head of the page does already.
func saysTitle(tree *lawtext.Act, line string) bool {
	return tree.Title != "" && strings.HasPrefix(line, tree.Title) && len(line) <= len(tree.Title)+len(tree.Short)+3
}

func (b *body) all(parts ...string) {
	for _, p := range parts {
		if b.err == nil {
			_, b.err = io.WriteString(b.w, p)
		}
	}
}

func (b *body) component(f page.Frame, c lawtext.Component) {
	b.all(`<section class="sec gap" id="`, templ.EscapeString(c.ID), `"><h2>`, templ.EscapeString(f.T("law.component", "name", corpus.ComponentName(c))), `</h2>`)
	if c.Title != "" {
		b.all(`<p class="small" lang="sl">`, templ.EscapeString(c.Title), `</p>`)
	}
	b.all(`</section>`)
}

// node writes a provision and what stands under it; headings of divisions have
// the level. Points and indents stand deeper than their paragraph.
func (b *body) node(n *lawtext.Node, level, depth int) {
	id := templ.EscapeString(n.ID)
	switch n.Kind {
	case lawtext.Part, lawtext.Chapter, lawtext.Section, lawtext.Annex:
		h := "h" + string(rune('0'+level))
		b.all(`<`, h, ` class="gap" id="`, id, `">`, templ.EscapeString(joined(n.Label, n.Heading)))
		b.permalink(id)
		b.all(`</`, h, `>`)
		b.paragraph(n.Intro)
		level = min(level+1, 5)
	case lawtext.Article:
		h := "h" + string(rune('0'+max(level, b.article)))
		b.all(`<`, h, ` class="prov gap" id="`, id, `"><a href="`, b.link, id, `">`, templ.EscapeString(n.Label), `</a>`)
		if n.Heading != "" {
			b.all(` `, templ.EscapeString(n.Heading))
		}
		b.all(`</`, h, `>`)
		b.paragraph(n.Intro)
	default:
		b.all(`<p id="`, id, `"`, deep(depth), `>`, templ.EscapeString(joined(n.Label, joined(n.Heading, n.Intro))))
		b.permalink(id)
		b.all(`</p>`)
		depth++
	}
	for _, c := range n.Children {
		b.node(c, level, depth)
	}
	b.paragraph(n.Tail)
}

// deep is the attribute of the depth, which the stylesheet knows up to three.
func deep(depth int) string {
	if depth == 0 {
		return ""
	}
	return ` data-depth="` + string(rune('0'+min(depth, 3))) + `"`
}

func (b *body) permalink(id string) {
	b.all(` <a class="meta noprint" href="`, b.link, id, `">#<span class="vh">`, id, `</span></a>`)
}

func (b *body) paragraph(words string) {
	if words != "" {
		b.all(`<p>`, templ.EscapeString(words), `</p>`)
	}
}

// joined joins what is there with a space.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// column shows one side of a comparison.
func column(f page.Frame, rows []changeRow, was bool) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		b := body{w: w}
		for _, r := range rows {
			if was && r.NoOld {
				b.all(`<p class="meta" lang="`, f.Lang, `">`, templ.EscapeString(f.T("law.compare.no_old")), `</p>`)
				continue
			}
			list := r.Now
			if was {
				list = r.Was
			}
			b.all(`<p class="pre">`, templ.EscapeString(r.Label))
			if r.Label != "" {
				b.all(` `)
			}
			if len(list) == 1 && list[0].Kind == "" {
				b.all(templ.EscapeString(list[0].Text))
			} else if b.err == nil {
				b.err = page.Redline(f, list).Render(ctx, w)
			}
			if b.all(`</p>`); r.NoNew && !was {
				b.all(`<p class="meta" lang="`, f.Lang, `">`, templ.EscapeString(f.T("law.compare.no_new")), `</p>`)
			}
		}
		return b.err
	})
}
