package amend

import (
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// provisions reads the quoted text as units of a kind.
func (u *Usage) provisions(payload string, unit lawcite.Unit) []*lawtext.Node {
	if nodes := u.units(payload, unit); nodes != nil || unit != lawtext.Point {
		return nodes
	}
	// "2.a …" is a point only after a second one.
	base, _, ok := strings.Cut(payload, ".")
	if !ok || atoi(base) == 0 {
		return nil
	}
	nodes := u.units(base+". "+u.List+"\n\n"+payload, unit)
	if len(nodes) == 0 || len(nodes[0].Children) > 0 {
		return nil
	}
	return nodes[1:]
}

func (u *Usage) units(payload string, unit lawcite.Unit) []*lawtext.Node {
	text := payload
	switch unit {
	case lawtext.Paragraph:
		text = u.Article + "\n\n" + payload
	case lawtext.Point, lawtext.Indent:
		text = u.Article + "\n\n" + u.List + "\n\n" + payload
	}
	a := u.parse(text)
	if len(a.Components) != 1 {
		return nil
	}
	nodes := a.Components[0].Nodes
	if unit != lawtext.Article && unit != lawtext.Annex {
		if len(nodes) != 1 || nodes[0].Kind != lawtext.Article || nodes[0].Heading != "" || nodes[0].Tail != "" {
			return nil
		}
		nodes = nodes[0].Children
	}
	if unit == lawtext.Point || unit == lawtext.Indent {
		if len(nodes) != 1 {
			return nil
		}
		tail := nodes[0].Tail
		nodes = nodes[0].Children
		if tail != "" { // what closes the list of the last item
			if n := len(nodes); n == 0 || len(nodes[n-1].Children) == 0 || nodes[n-1].Tail != "" {
				return nil
			}
			nodes[len(nodes)-1].Tail = tail
		}
	}
	for _, n := range nodes {
		if n.Kind != unit {
			return nil
		}
		under(n, func(n *lawtext.Node) { n.ID, n.Key, n.Span = "", "", lawtext.Span{} })
	}
	return nodes
}

// expect reads a payload and checks that it holds the units announced: as many,
// and with these numbers where they are printed. If no numbers were announced,
// those of the payload hold, and units without printed numbers have none yet.
func (p *plan) expect(op *Op, unit lawcite.Unit, nums []lawcite.Range) ([]*lawtext.Node, *Refusal) {
	if op.Payload == "" && op.Units == nil {
		return nil, &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	}
	bad := &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
	nodes := copied(op.Units)
	if op.Units == nil {
		nodes = p.u.provisions(op.Payload, unit)
	}
	if len(nodes) == 0 {
		return nil, bad
	}
	labels := 0
	for _, n := range nodes {
		if n.Label != "" && unit != lawtext.Indent {
			labels++
		}
	}
	switch counted := unit == lawtext.Paragraph || unit == lawtext.Indent; {
	case labels == len(nodes):
		if !announced(p.u, nums, nodes) {
			bad.Words = nodes[0].Label
			return nil, bad
		}
	case labels > 0 || !counted:
		return nil, bad
	case len(nums) > 0:
		list, ok := spread(nums)
		if !ok || len(list) != len(nodes) {
			return nil, bad
		}
		for i, n := range nodes {
			n.Num = list[i]
		}
	default:
		for _, n := range nodes {
			n.Num = ""
		}
	}
	return nodes, nil
}

// spread counts out numbers of which some may have letters: "8.a to 8.č" are as
// many as there are units to have them.
func (p *plan) spread(nums []lawcite.Range, count int) ([]string, bool) {
	if len(nums) != 1 || nums[0].To == "" || atoi(nums[0].From) > 0 && atoi(nums[0].To) > 0 {
		return spread(nums)
	}
	from, to := []rune(nums[0].From), []rune(nums[0].To)
	k := len(from) - 1
	if len(to) != len(from) || string(from[:k]) != string(to[:k]) {
		return nil, false
	}
	a, b := strings.IndexRune(p.u.Alphabet, from[k]), strings.IndexRune(p.u.Alphabet, to[k])
	if a < 0 || b <= a {
		return nil, false
	}
	var out []string
	for _, r := range p.u.Alphabet[a:b] + string(to[k]) {
		out = append(out, string(from[:k])+string(r))
	}
	return out, len(out) == count
}

// copied is the provisions as trees of their own.
func copied(nodes []*lawtext.Node) (out []*lawtext.Node) {
	for _, n := range nodes {
		c := *n
		c.ID, c.Key, c.Span, c.Children = "", "", lawtext.Span{}, copied(n.Children)
		out = append(out, &c)
	}
	return out
}

// cut shortens a text for a message.
func cut(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// flat is a payload that is one run of text.
func flat(payload string) string { return strings.Join(strings.Fields(payload), " ") }

// spread counts out numbers: "3, 5 to 7" is 3 5 6 7. It reports false for a
// range that only the act itself could count out.
func spread(nums []lawcite.Range) ([]string, bool) {
	var out []string
	for _, n := range nums {
		if n.To == "" {
			out = append(out, n.From)
			continue
		}
		a, b := atoi(n.From), atoi(n.To)
		if a <= 0 || b <= a || b-a > 500 {
			return nil, false
		}
		for k := a; k <= b; k++ {
			out = append(out, itoa(k))
		}
	}
	return out, true
}
