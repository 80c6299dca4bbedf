package lawtext

import "strings"

// Cite names a provision as Slovenian law does, from the article down:
// "12. člen, prvi odstavek, 2. točka". The only paragraph of an article is not
// named, and an article of another component is named with it:
// "12. člen (ZUJIK-B)". It returns the ID itself if the act has no such node.
func (a *Act) Cite(id string) string {
	for _, c := range a.Components {
		for _, n := range c.Nodes {
			var path []*Node
			if !n.trace(id, &path) {
				continue
			}
			s := citePath(path)
			if c.ID != "" {
				s += " (" + c.name() + ")"
			}
			return s
		}
	}
	return id
}

// name is the short title of the amending act as its own text writes it, else
// the gazette.
func (c Component) name() string {
	for w := range strings.FieldsSeq(c.Title) {
		if w = strings.Trim(w, "(),»:"); strings.ToLower(w) == c.ID {
			return w
		}
	}
	if no, ok := strings.CutPrefix(c.ID, "ul-"); ok {
		return "Uradni list, št. " + strings.ReplaceAll(no, "-", "/")
	}
	return c.ID
}

// trace puts the way from n to the node with the given ID into path.
func (n *Node) trace(id string, path *[]*Node) bool {
	*path = append(*path, n)
	if n.ID == id {
		return true
	}
	for _, c := range n.Children {
		if c.trace(id, path) {
			return true
		}
	}
	*path = (*path)[:len(*path)-1]
	return false
}

func citePath(path []*Node) string {
	var parts []string
	for i, n := range path {
		if n.Kind == Article {
			parts = parts[:0] // articles are named without their chapters
		}
		if only := i > 0 && n.Kind == Paragraph && n.Label == "" && len(path[i-1].Children) == 1; !only {
			parts = append(parts, n.citation())
		}
	}
	return strings.Join(parts, ", ")
}

// citation is the name of one level.
func (n *Node) citation() string {
	switch n.Kind {
	case Article:
		return n.Num + dot(n.Num) + " člen"
	case Paragraph:
		return Ordinal(n.Num, false) + " odstavek"
	case Indent:
		return Ordinal(n.Num, true) + " alineja"
	case Point:
		if strings.HasSuffix(n.Label, ")") {
			return "točka " + n.Label
		}
		return n.Num + "." + " točka"
	case Quote:
		return "besedilo v narekovajih"
	case Text:
		return n.Num + ". besedilo"
	}
	return joined(n.Label, n.Heading)
}

// dot is the full stop after a bare number: "5. člen", yet "5.a člen".
func dot(num string) string {
	if strings.Contains(num, ".") {
		return ""
	}
	return "."
}

// units, tens and their compounds, in the masculine without the last letter.
var (
	units = [...]string{"", "prv", "drug", "tretj", "četrt", "pet", "šest", "sedm", "osm", "devet", "deset", "enajst",
		"dvanajst", "trinajst", "štirinajst", "petnajst", "šestnajst", "sedemnajst", "osemnajst", "devetnajst"}
	tens   = [...]string{"", "", "dvajset", "trideset", "štirideset"}
	before = [...]string{"", "enain", "dvain", "triin", "štiriin", "petin", "šestin", "sedemin", "osemin", "devetin"}
)

// Ordinal writes the number of a paragraph or an indent as a word, as
// Slovenian drafting does, up to 49; numbers past that and with letters stay
// figures. Feminine is for alineja: "druga", masculine for odstavek: "drugi".
func Ordinal(num string, feminine bool) string {
	n := 0
	for i := 0; i < len(num) && n < 1000; i++ {
		if num[i] < '0' || num[i] > '9' {
			return num + dot(num)
		}
		n = n*10 + int(num[i]-'0')
	}
	stem := ""
	switch {
	case n == 0 || n > 49:
		return num + dot(num)
	case n < 20:
		stem = units[n]
	default:
		stem = before[n%10] + tens[n/10]
	}
	if feminine {
		return stem + "a"
	}
	return stem + "i"
}
