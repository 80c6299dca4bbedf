package corpus

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// cite is the short citation of a row: from the article down, the way people say
// it. An only paragraph without a number is not mentioned.
func (t *text) cite(lang string, i int) string {
	var parts []string
	for k := i; k >= 0; k = t.parent[k] {
		n := t.rows[k].Node
		if n.Kind == lawtext.Paragraph && n.Label == "" && t.alone(k) {
			continue
		}
		parts = append([]string{name(lang, n)}, parts...)
		if n.Kind == lawtext.Article || n.Kind == lawtext.Annex {
			break
		}
	}
	s := strings.Join(parts, ", ")
	if c := t.rows[i].component; c > 0 {
		s += " (" + strings.ToUpper(t.tree.Components[c].ID) + ")"
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

// name calls a provision in the language; English stands in for those that have
// no words here.
func name(lang string, n *lawtext.Node) string {
	if lang == "sl" {
		return slovenian(n)
	}
	words := map[lawtext.Kind]string{
		lawtext.Part: "Part", lawtext.Chapter: "Chapter", lawtext.Section: "Section", lawtext.Article: "Article", lawtext.Paragraph: "paragraph",
		lawtext.Point: "point", lawtext.Indent: "indent", lawtext.Annex: "Annex", lawtext.Quote: "quotation", lawtext.Text: "text",
	}
	return words[n.Kind] + " " + n.Num
}

func slovenian(n *lawtext.Node) string {
	switch n.Kind {
	case lawtext.Article:
		return dotted(n.Num) + " člen"
	case lawtext.Paragraph:
		return ordinal(n.Num, "i") + " odstavek"
	case lawtext.Point:
		if n.Num != "" && (n.Num[0] < '0' || n.Num[0] > '9') {
			return n.Num + ") točka"
		}
		return dotted(n.Num) + " točka"
	case lawtext.Indent:
		return ordinal(n.Num, "a") + " alineja"
	case lawtext.Part:
		return division(n, "del")
	case lawtext.Chapter:
		return division(n, "poglavje")
	case lawtext.Section:
		return division(n, "oddelek")
	case lawtext.Annex:
		return "priloga " + n.Num
	case lawtext.Quote:
		return "navedek " + n.Num
	}
	return "besedilo " + n.Num
}

// division calls a chapter by its label and, as those repeat, its heading.
func division(n *lawtext.Node, word string) string {
	if n.Label == "" {
		return strings.TrimSpace(word + " " + n.Heading)
	}
	return strings.TrimSpace(n.Label + " " + n.Heading)
}

// dotted is the number with the full stop of an ordinal: "5.", but "7.a".
func dotted(num string) string {
	if num != "" && num[len(num)-1] >= '0' && num[len(num)-1] <= '9' {
		return num + "."
	}
	return num
}

// stems of the ordinals, as Slovenian law writes them out.
var ordinals = [...]string{
	1: "prv", 2: "drug", 3: "tretj", 4: "četrt", 5: "pet", 6: "šest", 7: "sedm", 8: "osm", 9: "devet", 10: "deset",
	11: "enajst", 12: "dvanajst", 13: "trinajst", 14: "štirinajst", 15: "petnajst", 16: "šestnajst", 17: "sedemnajst",
	18: "osemnajst", 19: "devetnajst", 20: "dvajset",
}

func ordinal(num, ending string) string {
	k, err := strconv.Atoi(num)
	if err != nil || k < 1 || k >= len(ordinals) {
		return dotted(num)
	}
	return ordinals[k] + ending
}
