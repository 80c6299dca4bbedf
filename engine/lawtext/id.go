package lawtext

import (
	"strconv"
	"strings"
	"unicode"
)

func itoa(n int) string { return strconv.Itoa(n) }

// number counts what carries no number and gives every node its ID.
func number(a *Act) {
	g := naming{act: a, seen: map[string]int{}}
	slugs := map[string]int{}
	for i := range a.Components {
		c := &a.Components[i]
		g.prefix = ""
		if i > 0 {
			if slugs[c.ID]++; slugs[c.ID] > 1 {
				c.ID += "~" + itoa(slugs[c.ID])
			}
			g.prefix = c.ID + "/"
		}
		g.name(c.Nodes, "")
	}
}

// Readdress gives every node of a tree that was changed the ID that reading gives
// it, and counts those that have no Num. Keys and notes stay.
func Readdress(a *Act) {
	notes := a.Notes
	number(a)
	a.Notes = notes
}

type naming struct {
	act    *Act
	prefix string
	seen   map[string]int
}

// short forms of the kinds in an ID, after Akoma Ntoso where it has one.
var idWords = map[Kind]string{
	Part: "part", Chapter: "chp", Section: "sec", Article: "art", Paragraph: "para",
	Point: "point", Indent: "indent", Annex: "annex", Quote: "quote", Table: "table", Row: "row", Text: "text",
}

// name gives the nodes their IDs under the ID of up.
func (g *naming) name(nodes []*Node, under string) {
	count := map[Kind]int{}
	for _, n := range nodes {
		count[n.Kind]++
		if n.Num == "" {
			g.imply(n, count[n.Kind])
		}
		id := idWords[n.Kind] + "_" + idNum(n)
		if n.Kind != Article && under != "" {
			id = under + "__" + id
		} else {
			id = g.prefix + id
		}
		if g.seen[id]++; g.seen[id] > 1 {
			g.act.Notes = append(g.act.Notes, Note{n.Span, "repeated-number", id})
			id = g.unique(id)
		}
		n.ID = id
		g.name(n.Children, id)
	}
}

// unique adds the count to an ID that is taken.
func (g *naming) unique(id string) string {
	for k := g.seen[id]; ; k++ {
		next := id + "~" + itoa(k)
		if g.seen[next] == 0 {
			g.seen[next]++
			return next
		}
	}
}

// imply gives a node that carries no number its place among its kind. Only a
// paragraph leaves a note, for laws refer to paragraphs by number.
func (g *naming) imply(n *Node, count int) {
	n.Num = itoa(count)
	if n.Kind == Paragraph {
		g.act.Notes = append(g.act.Notes, Note{n.Span, "implied-number", n.Num})
	}
}

// idNum is the number of a node as its ID has it: "51.a" is 51a, "1.1" is 1-1,
// and an implied number of a chapter is x1, since another may be called 1.
func idNum(n *Node) string {
	switch n.Kind {
	case Part, Chapter, Section:
		if n.Label == "" {
			return "x" + n.Num
		}
	}
	num := n.Num
	for i := 1; i+1 < len(num); i++ {
		if num[i] == '.' && num[i-1] >= '0' && num[i-1] <= '9' && num[i+1] >= '0' && num[i+1] <= '9' {
			num = num[:i] + "-" + num[i+1:]
		}
	}
	return idSigns.Replace(num)
}

// idSigns has no place in an ID: "R*12-3 bis" of a French code is R12-3bis.
var idSigns = strings.NewReplacer(".", "", " ", "", "*", "")

// slug names the component of an amending act by its short title, else by its
// gazette: "zujik-b", "ul-65-07".
func (d *Dialect) slug(title string) string {
	if d.appends(title) {
		for w := range strings.FieldsSeq(title) {
			if no, _, _ := strings.Cut(w, "-"); strings.Contains(no, "/") && digits(no) > 0 {
				return "sg-" + strings.ReplaceAll(strings.Trim(no, ".,;()"), "/", "-")
			}
		}
	}
	head, _, _ := strings.Cut(title, d.Gazette)
	head = strings.TrimRight(head, " (")
	if k := strings.LastIndexAny(head, "–-"); k >= 0 {
		for k = len(head); k > 0 && head[k-1] != ' '; k-- {
		}
		if s := head[k:]; isShort(s) {
			return strings.ToLower(s)
		}
	}
	if _, no, ok := strings.Cut(title, "št. "); ok {
		end := 0
		for end < len(no) && (no[end] == '/' || no[end] >= '0' && no[end] <= '9') {
			end++
		}
		if s := strings.Trim(no[:end], "/"); s != "" {
			return "ul-" + strings.ReplaceAll(s, "/", "-")
		}
	}
	return "del"
}

// isShort reports whether s is a short title: ZUJIK-B, ZNOrg, ZDavPR-B, KZ-1J.
func isShort(s string) bool {
	upper := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-':
			return false
		}
	}
	return upper >= 2 && len(s) < 24 && startsUpper(s)
}

// follows reports whether b is the number after a in a list: 2 after 1, č
// after c, 3.a after 3, 4 after 3.b.
func follows(a, b string) bool {
	da, db := digits(a), digits(b)
	if da > 0 && db > 0 && da < 6 && db < 6 {
		x, _ := strconv.Atoi(a[:da])
		y, _ := strconv.Atoi(b[:db])
		return y == x+1 || y == x && a != b
	}
	if da > 0 || db > 0 {
		return false
	}
	return letterIndex(b) == letterIndex(a)+1 || letterIndex(b) == letterIndex(a)+2
}

// alphabet is the Slovenian one with the foreign letters where lists put them.
const alphabet = "abcčdefghijklmnopqrsštuvwxyzž"

// letterIndex is the place of "a", "č", "aa" in a list, or -9.
func letterIndex(s string) int {
	at, total := 0, 0
	for _, r := range s {
		k := strings.IndexRune(alphabet, r)
		if k < 0 {
			return -9
		}
		total = at*29 + len([]rune(alphabet[:k])) + 1
		at = total
	}
	return total
}
