package corpus

import (
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// cite is the short citation of a row: from the article down, the way people say
// it. An only paragraph without a number is not mentioned. It says what
// lawtext.Cite does, without looking for the row in the whole act.
func (t *text) cite(lang string, i int) string {
	var parts []string
	for k := i; k >= 0; k = t.parent[k] {
		n := t.rows[k].Node
		if n.Kind == lawtext.Paragraph && n.Label == "" && t.alone(k) {
			continue
		}
		parts = append([]string{level(lang, n)}, parts...)
		if n.Kind == lawtext.Article || n.Kind == lawtext.Annex {
			break
		}
	}
	s := strings.Join(parts, ", ")
	if c := t.tree.Components[t.rows[i].component]; c.ID != "" {
		s += " (" + ComponentName(c) + ")"
	}
	return s
}

// alone reports whether the row is the only paragraph under its article.
func (t *text) alone(k int) bool {
	up := t.parent[k]
	if up < 0 {
		return false
	}
	n := 0
	for _, c := range t.rows[up].Children {
		if c.Kind == lawtext.Paragraph {
			n++
		}
	}
	return n == 1
}

// level names one level of a citation. English stands in for the languages that
// have no words here.
func level(lang string, n *lawtext.Node) string {
	if lang == "sl" {
		alone := lawtext.Act{Components: []lawtext.Component{{Nodes: []*lawtext.Node{{ID: n.ID, Kind: n.Kind, Label: n.Label, Num: n.Num, Heading: n.Heading}}}}}
		return alone.Cite(n.ID)
	}
	words := map[lawtext.Kind]string{
		lawtext.Part: "Part", lawtext.Chapter: "Chapter", lawtext.Section: "Section", lawtext.Article: "Article", lawtext.Paragraph: "paragraph",
		lawtext.Point: "point", lawtext.Indent: "indent", lawtext.Annex: "Annex", lawtext.Quote: "quotation", lawtext.Text: "text",
	}
	return words[n.Kind] + " " + n.Num
}

// ComponentName is how the amending act of a component is called: "ZDavPR-B", or
// "UL 65/07" if it has no short title.
func ComponentName(c lawtext.Component) string {
	for w := range strings.FieldsSeq(c.Title) {
		if w = strings.Trim(w, "(),»:"); strings.EqualFold(w, c.ID) {
			return w
		}
	}
	if no, ok := strings.CutPrefix(c.ID, "ul-"); ok {
		return "UL " + strings.ReplaceAll(no, "-", "/")
	}
	return strings.ToUpper(c.ID)
}
