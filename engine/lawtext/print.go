package lawtext

import "strings"

// Print writes an act from its tree: one provision per line, a blank line
// between lines.
func Print(a *Act) string {
	var b strings.Builder
	b.Grow(len(a.Source) + len(a.Source)/16)
	if a.Front != "" {
		b.WriteString("---\n" + a.Front + "---\n")
	} else {
		b.WriteByte('\n') // else a text that begins with --- would read as front matter
	}
	put := func(s string) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(s)
		b.WriteByte('\n')
	}
	markdown := a.markdown()
	for _, c := range a.Components {
		if c.Title != "" {
			put(c.Title)
		}
		for _, n := range c.Nodes {
			if markdown {
				n.markdown(put, 2)
			} else {
				n.lines(put)
			}
		}
	}
	return b.String()
}

// Lines returns the whole text of a provision, a line for each label with its
// heading, paragraph, item and wrap-up.
func (n *Node) Lines() []string {
	var out []string
	n.lines(func(s string) { out = append(out, s) })
	return out
}

func (n *Node) lines(put func(string)) {
	switch n.Kind {
	case Article:
		if n.Above {
			put(n.Heading)
		}
		put(n.Label)
		if !n.Above && n.Heading != "" {
			put(n.Heading)
		}
		if n.Intro != "" {
			put(n.Intro)
		}
	case Part, Chapter, Section:
		if n.named() {
			put(n.Label)
			if n.Heading != "" {
				put(n.Heading)
			}
			break
		}
		put(joined(n.Label, n.Heading))
	default:
		if s := joined(n.Label, n.Heading, n.Intro); s != "" {
			put(s)
		}
	}
	for _, c := range n.Children {
		c.lines(put)
	}
	if n.Tail != "" {
		put(n.Tail)
	}
}

// named reports whether a word names the division, so that its heading stands on
// a line of its own.
func (n *Node) named() bool { return strings.Contains(n.Label, " ") }

// markdown writes what lines does with heads and headings marked: divisions by
// their depth, articles below any of them.
func (n *Node) markdown(put func(string), depth int) {
	marks := "######"[:min(depth, 6)] + " "
	if n.Kind == Article || n.Kind == Annex {
		marks = "##### "
	}
	switch n.Kind {
	case Article, Part, Chapter, Section:
		if n.Kind == Article || n.named() {
			put(marks + n.Label)
			if n.Heading != "" {
				put(marks + n.Heading)
			}
		} else {
			put(marks + joined(n.Label, n.Heading))
		}
		if n.Intro != "" {
			put(n.Intro)
		}
	case Annex:
		put(marks + joined(n.Label, n.Heading, n.Intro))
	case Text:
		if n.Heading != "" {
			put("# " + n.Heading) // which leads to nothing
		} else if n.Intro != "" {
			put(n.Intro)
		}
	default:
		if s := joined(n.Label, n.Heading, n.Intro); s != "" {
			put(s)
		}
	}
	for _, c := range n.Children {
		c.markdown(put, depth+1)
	}
	if n.Tail != "" {
		put(n.Tail)
	}
}

func joined(parts ...string) string {
	out := ""
	for _, p := range parts {
		if p != "" && out != "" {
			out += " "
		}
		out += p
	}
	return out
}
