package amend

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// The frame of an act: its title, the divisions in which articles stand, their
// headings, and the annexes.

func isDivision(k lawtext.Kind) bool {
	return k == lawtext.Part || k == lawtext.Chapter || k == lawtext.Section
}

// framed reports whether a kind stands outside of articles.
func framed(k lawtext.Kind) bool { return isDivision(k) || k == lawtext.Annex }

// frames lists the divisions and annexes of the component, in order.
func (t *tree) frames(kind lawcite.Unit) []*lawtext.Node {
	var out []*lawtext.Node
	var walk func(nodes []*lawtext.Node)
	walk = func(nodes []*lawtext.Node) {
		for _, n := range nodes {
			if n.Kind == lawtext.Article {
				continue
			}
			if n.Kind == kind || kind == "" && framed(n.Kind) {
				out = append(out, n)
			}
			walk(n.Children)
		}
	}
	walk(t.act.Components[t.part].Nodes)
	return out
}

// called finds the one division that a sentence calls by its heading, with its
// number or without.
func (p *plan) called(name string) (*lawtext.Node, *Refusal) {
	want := strings.ToLower(flat(name))
	var found []*lawtext.Node
	for _, n := range p.t.frames("") {
		head := strings.ToLower(flat(n.Heading))
		if full := strings.ToLower(flat(n.Label + " " + n.Heading)); want == full || want == head || strings.Trim(want, "() ") == head {
			found = append(found, n)
		}
	}
	if len(found) != 1 {
		ref := &Refusal{Reason: NoTarget, Words: cut(name)}
		for _, n := range found {
			ref.Reason, ref.Candidates = TwoReadings, append(ref.Candidates, n.ID)
		}
		return nil, ref
	}
	return found[0], nil
}

// past leaves of several divisions of one number the first that stands after an
// article: "za 56. členom se naslov 3. podpoglavja spremeni".
func (p *plan) past(op *Op) ([]spot, *Refusal) {
	spots, ref := p.find(op.Past, op.Old)
	if ref != nil || len(spots) != 1 || spots[0].alt != nil || len(op.At.Steps) == 0 {
		return nil, &Refusal{Reason: NoTarget, Words: path(op.Past)}
	}
	step := op.At.Steps[0]
	seen := false
	var walk func(nodes []*lawtext.Node) *lawtext.Node
	walk = func(nodes []*lawtext.Node) *lawtext.Node {
		for _, n := range nodes {
			if seen && n.Kind == lawtext.Article {
				return n // the next article stands before any heading
			}
			if seen && n.Kind == step.Unit && len(step.Numbers) == 1 && n.Num == step.Numbers[0].From {
				return n
			}
			if seen = seen || n == spots[0].n; n.Kind != lawtext.Article {
				if found := walk(n.Children); found != nil {
					return found
				}
			}
		}
		return nil
	}
	n := walk(p.t.act.Components[p.t.part].Nodes)
	if n == nil || n.Kind != step.Unit {
		return nil, &Refusal{Reason: NoTarget, Words: path(op.At) + ", after " + path(op.Past)}
	}
	out := spot{n: n}
	if len(op.At.Steps) == 2 {
		out.part = op.At.Steps[1]
	}
	return []spot{out}, nil
}

// deleteFrame deletes the heading of a division, or a division with its
// articles. Where the usage has words for it, they stand under the heading.
func (p *plan) deleteFrame(op *Op, s spot) *Refusal {
	n := s.n
	if n.Kind == lawtext.Annex && s.part.Unit == "" {
		if _, leaves := p.u.Deleted[lawtext.Annex]; leaves {
			return &Refusal{Reason: Unsupported, Words: "an annex", Candidates: []string{n.ID}}
		}
		under(n, p.claim)
		p.edits = append(p.edits, func() { p.t.remove(n) })
		return nil
	}
	if s.part.Unit == "" {
		var arts []spot
		for _, c := range n.Children {
			under(c, func(c *lawtext.Node) {
				switch {
				case c.Kind == lawtext.Article && !c.Deleted:
					arts = append(arts, spot{n: c})
				case isDivision(c.Kind):
					arts = nil // divisions within it, of which nothing is said
				}
			})
		}
		if len(arts) == 0 {
			return &Refusal{Reason: Unsupported, Words: "a division without articles of its own", Candidates: []string{n.ID}}
		}
		if ref := p.delete(op, arts); ref != nil {
			return ref
		}
	}
	words := p.u.Deleted[n.Kind]
	if op.Verb == Repeal {
		words = p.u.Repealed[n.Kind]
	}
	if words == "" {
		p.claim(n)
		p.edits = append(p.edits, func() {
			kids := slices.Clone(n.Children)
			p.t.touch(n).Children = nil
			p.t.insert(n, false, kids)
			p.t.remove(n)
		})
		return nil
	}
	p.ids[p.at] = append(p.ids[p.at], n.ID)
	p.note("heading-kept")
	tomb := &lawtext.Node{Kind: lawtext.Text, Num: "1", Intro: words, Deleted: true}
	p.claim(tomb)
	p.edits = append(p.edits, func() {
		p.t.touch(n).Children = append([]*lawtext.Node{tomb}, n.Children...)
		p.t.parent[tomb] = n
	})
	return nil
}

// insertFrame puts in a division, with the articles that come with it, or an
// article as the first of a division.
func (p *plan) insertFrame(op *Op) *Refusal {
	if op.Payload == "" {
		return &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	}
	nodes, arts := p.u.frame(op.Payload)
	bad := &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
	switch {
	case nodes == nil,
		isDivision(op.New.Unit) != isDivision(nodes[0].Kind),
		isDivision(op.New.Unit) && !announced(p.u, op.New.Numbers, nodes[:1]),
		op.Also.Unit == lawtext.Article && !announced(p.u, op.Also.Numbers, arts),
		op.New.Unit == lawtext.Article && (len(arts) != len(nodes) || !announced(p.u, op.New.Numbers, arts)),
		op.Also.Unit == "" && isDivision(op.New.Unit) && len(arts) > 0:
		return bad
	}
	if op.Place != After && op.Place != Before {
		return &Refusal{Reason: Unsupported, Words: "where the division goes"}
	}
	spots, ref := p.find(op.At, op.Old)
	if ref != nil {
		return ref
	}
	if len(spots) != 1 || spots[0].alt != nil {
		return &Refusal{Reason: TwoReadings, Words: "where the division goes", Candidates: []string{spots[0].n.ID}}
	}
	anchor, inside := spots[0].n, spots[0].part.Unit == lawcite.Heading && isDivision(spots[0].n.Kind)
	if inside && op.Place == Before {
		inside = false
	}
	all := p.t.articles()
	l := list{nil, lawtext.Article}
	will := p.will(l, all)
	i := p.articleAfter(anchor, inside, op.Place == After, will)
	if len(arts) > 0 {
		p.lists[l] = slices.Insert(slices.Clone(will), i, arts...)
	}
	for _, n := range nodes {
		under(n, p.claim)
	}
	for _, n := range arts {
		p.fresh[n] = true
	}
	p.ids[p.at] = append(p.ids[p.at], anchor.ID)
	p.edits = append(p.edits, func() {
		if !inside {
			p.t.insert(anchor, op.Place == After, nodes)
			return
		}
		p.t.arts = nil
		p.t.touch(anchor).Children = append(slices.Clone(nodes), anchor.Children...)
		p.t.adopt(nodes, anchor)
	})
	return nil
}

// articleAfter is the place in the list of articles of the first one that comes
// after a new one beside an anchor.
func (p *plan) articleAfter(anchor *lawtext.Node, inside, after bool, will []*lawtext.Node) int {
	var first, last *lawtext.Node
	under(anchor, func(n *lawtext.Node) {
		if n.Kind == lawtext.Article {
			if first == nil {
				first = n
			}
			last = n
		}
	})
	if first == nil { // a division without articles: those before it count
		i, seen := 0, false
		var walk func(nodes []*lawtext.Node)
		walk = func(nodes []*lawtext.Node) {
			for _, n := range nodes {
				seen = seen || n == anchor
				if n.Kind == lawtext.Article && !seen {
					i = slices.Index(will, n) + 1
				}
				walk(n.Children)
			}
		}
		walk(p.t.act.Components[p.t.part].Nodes)
		return i
	}
	if !inside && after {
		return slices.Index(will, last) + 1
	}
	return slices.Index(will, first)
}

// frame reads a payload of divisions and articles. Arts are its articles in
// order.
func (u *Usage) frame(payload string) (nodes, arts []*lawtext.Node) {
	a := u.parse(payload)
	if len(a.Components) != 1 || a.Front != "" {
		return nil, nil
	}
	if nodes = a.Components[0].Nodes; !slices.ContainsFunc(nodes, func(n *lawtext.Node) bool { return isDivision(n.Kind) || n.Kind == lawtext.Article }) {
		// A heading alone reads as one only before an article.
		a = u.parse(payload + "\n\n" + u.Article + "\n\n" + u.List + "\n")
		nodes = a.Components[0].Nodes
		if len(nodes) != 1 || !isDivision(nodes[0].Kind) || len(nodes[0].Children) != 1 {
			return nil, nil
		}
		nodes[0].Children = nil
	}
	for _, n := range nodes {
		if !isDivision(n.Kind) && n.Kind != lawtext.Article {
			return nil, nil
		}
		under(n, func(n *lawtext.Node) {
			n.ID, n.Key, n.Span = "", "", lawtext.Span{}
			if n.Kind == lawtext.Article {
				arts = append(arts, n)
			}
		})
	}
	return nodes, arts
}

// announced reports whether units have the numbers that were told of them, in
// order; a range holds those between its ends. If none were told, any will do.
func announced(u *Usage, nums []lawcite.Range, nodes []*lawtext.Node) bool {
	if len(nums) == 0 {
		return true
	}
	i := 0
	for _, num := range nums {
		if i >= len(nodes) || nodes[i].Num != num.From {
			return false
		}
		i++
		for num.To != "" && nodes[i-1].Num != num.To {
			if i >= len(nodes) || u.Order(nodes[i-1].Num, nodes[i].Num) >= 0 || u.Order(nodes[i].Num, num.To) > 0 {
				return false
			}
			i++
		}
	}
	return i == len(nodes)
}

// retitle changes the heading of a division, with its number or without, or the
// title of the act.
func (p *plan) retitle(s spot, op *Op) *Refusal {
	with := flat(op.Payload)
	if with == "" {
		return &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	}
	head := with
	if s.n.Label != "" {
		rest, numbered := strings.CutPrefix(with, flat(s.n.Label))
		first, _, _ := strings.Cut(with, " ")
		if !numbered && strings.ContainsAny(first, "0123456789.") {
			return &Refusal{Reason: BadPayload, Words: "another number: " + cut(with), Span: op.Span, Candidates: []string{s.n.ID}}
		}
		head = strings.TrimSpace(rest)
		if !numbered {
			head = with
		}
	}
	if head == "" || head == s.n.Heading {
		return &Refusal{Reason: BadPayload, Words: cut(with), Span: op.Span, Candidates: []string{s.n.ID}}
	}
	p.t.touch(s.n).Heading = head
	p.claim(s.n)
	return nil
}

// headArticle gives an article a heading.
func (p *plan) headArticle(op *Op) *Refusal {
	spots, ref := p.find(op.At, op.Old)
	if ref != nil {
		return ref
	}
	with := flat(op.Payload)
	n := spots[0].n
	switch {
	case with == "":
		return &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	case len(spots) != 1 || spots[0].alt != nil || spots[0].part.Unit != "":
		return &Refusal{Reason: TwoReadings, Words: "which article", Candidates: []string{n.ID}}
	case n.Kind != lawtext.Article || n.Heading != "" || n.Deleted || p.whole[n]:
		return &Refusal{Reason: Occupied, Words: n.Heading, Candidates: []string{n.ID}}
	}
	above := !strings.HasPrefix(with, "(")
	for _, a := range p.t.articles() {
		if a.Heading != "" && !a.Deleted && a.Above != above {
			return &Refusal{Reason: BadPayload, Words: "headings stand otherwise in this act", Span: op.Span, Candidates: []string{a.ID}}
		}
	}
	p.claim(n)
	p.edits = append(p.edits, func() { p.t.touch(n).Heading, n.Above = with, above })
	return nil
}

// titleOfAct changes the title of the act where it stands as one text.
func (p *plan) titleOfAct(op *Op) *Refusal {
	with := flat(op.Payload)
	if with == "" {
		return &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	}
	var found []*lawtext.Node
	for _, n := range p.t.act.Components[0].Nodes {
		if n.Kind == lawtext.Text && strings.EqualFold(flat(n.Intro), flat(p.t.act.Title)) && n.Intro != "" {
			found = append(found, n)
		}
	}
	if len(found) != 1 || len(found[0].Children) > 0 || p.t.part != 0 {
		return &Refusal{Reason: Unsupported, Words: "the title of the act"}
	}
	n := found[0]
	p.claim(n)
	p.edits = append(p.edits, func() { p.t.touch(n).Intro = with })
	return nil
}

// note leaves a note for a person with the instruction that is planned.
func (p *plan) note(key string) { p.notes[p.at] = append(p.notes[p.at], key) }
