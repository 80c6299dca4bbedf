package lawdiff

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/textkit"
)

// order returns the provisions under one parent in the order of the side that
// changed it. What both put into one place stands by its numbers.
func (m *merger) order(up *item, under map[*item]bool) []*item {
	var lists, fixed [3][]*item
	in := make(map[*item]int)
	for s, n := range up.in {
		if n == nil {
			continue
		}
		for _, c := range n.Children {
			if it := m.item[c]; under[it] {
				lists[s] = append(lists[s], it)
				in[it] |= 1 << s
			}
		}
	}
	const all = 1<<inBase | 1<<inOurs | 1<<inTheirs
	var after [3]map[*item][]*item // what each side has between the provisions that all have
	for s, list := range lists {
		after[s] = make(map[*item][]*item)
		var last *item
		for _, it := range list {
			switch {
			case in[it] == all:
				last = it
				fixed[s] = append(fixed[s], it)
			case s != inBase || in[it] == 1<<inBase:
				after[s][last] = append(after[s][last], it)
			}
		}
	}
	spine := fixed[inOurs]
	switch {
	case slices.Equal(fixed[inOurs], fixed[inTheirs]), slices.Equal(fixed[inTheirs], fixed[inBase]):
	case slices.Equal(fixed[inOurs], fixed[inBase]):
		spine = fixed[inTheirs]
	default:
		spine = fixed[inBase]
		c := Conflict{Kind: BothMoved}
		for s, side := range []*Side{&c.Base, &c.Ours, &c.Theirs} {
			*side = Side{up.in[s].ID, addresses(fixed[s], s)}
		}
		m.conflicts = append(m.conflicts, &clash{c, up, false})
	}
	var out []*item
	put := make(map[*item]bool)
	add := func(list []*item) {
		for _, it := range list {
			if !put[it] {
				put[it] = true
				out = append(out, it)
			}
		}
	}
	gap := func(last *item) {
		add(after[inBase][last])
		ours := slices.DeleteFunc(after[inOurs][last], func(it *item) bool { return put[it] })
		theirs := slices.DeleteFunc(after[inTheirs][last], func(it *item) bool { return put[it] })
		add(m.both(ours, theirs))
	}
	gap(nil)
	for _, it := range spine {
		add([]*item{it})
		gap(it)
	}
	return out
}

// both joins what the two sides have in one place.
func (m *merger) both(ours, theirs []*item) []*item {
	shared := func(list, other []*item) (out []*item) {
		in := make(map[*item]bool)
		for _, it := range other {
			in[it] = true
		}
		for _, it := range list {
			if in[it] {
				out = append(out, it)
			}
		}
		return out
	}
	common := shared(ours, theirs)
	if turned := shared(theirs, ours); !slices.Equal(common, turned) {
		a, b := printed(common, inOurs), printed(turned, inTheirs)
		c := Conflict{Kind: SamePlace, Ours: Side{common[0].in[inOurs].ID, a}, Theirs: Side{turned[0].in[inTheirs].ID, b}}
		m.conflicts = append(m.conflicts, &clash{c, common[0], false})
		if cmp.Or(cmp.Compare(a, b), cmp.Compare(m.prints(common, inOurs), m.prints(turned, inTheirs))) > 0 {
			common = turned
		}
		drop := func(it *item) bool { return slices.Contains(common, it) }
		return append(m.apart(slices.DeleteFunc(ours, drop), slices.DeleteFunc(theirs, drop)), common...)
	}
	var out []*item
	for _, it := range common {
		o, t := slices.Index(ours, it), slices.Index(theirs, it)
		out = append(append(out, m.apart(ours[:o], theirs[:t])...), it)
		ours, theirs = ours[o+1:], theirs[t+1:]
	}
	return append(out, m.apart(ours, theirs)...)
}

func (m *merger) prints(list []*item, s int) string {
	var b strings.Builder
	for _, it := range list {
		b.WriteString(m.print(it.in[s], s))
	}
	return b.String()
}

// apart puts two runs that have nothing in common one after the other, by their
// numbers.
func (m *merger) apart(ours, theirs []*item) []*item {
	if len(ours) == 0 || len(theirs) == 0 {
		return append(slices.Clone(ours), theirs...)
	}
	a, b := ours[0].in[inOurs], theirs[0].in[inTheirs]
	x, y := printed(ours, inOurs), printed(theirs, inTheirs)
	byNum := 0
	if !implied(a) && !implied(b) && a.Kind == b.Kind {
		byNum = number(a.Num, b.Num)
	}
	if byNum == 0 && (a.Label != b.Label || implied(a)) {
		c := Conflict{Kind: SamePlace, Ours: Side{a.ID, x}, Theirs: Side{b.ID, y}}
		m.conflicts = append(m.conflicts, &clash{c, ours[0], false})
	}
	if cmp.Or(byNum, cmp.Compare(x, y), cmp.Compare(m.prints(ours, inOurs), m.prints(theirs, inTheirs))) > 0 {
		ours, theirs = theirs, ours
	}
	return append(slices.Clone(ours), theirs...)
}

// addresses lists provisions, one per line.
func addresses(list []*item, s int) string {
	ids := make([]string, len(list))
	for k, it := range list {
		ids[k] = it.in[s].ID
	}
	return strings.Join(ids, "\n")
}

func printed(list []*item, s int) string {
	var all []string
	for _, it := range list {
		all = append(all, said(it.in[s]))
	}
	return strings.Join(all, "\n")
}

// one is a provision as the first side has it that changed or kept it.
func (it *item) one() *lawtext.Node {
	return cmp.Or(it.in[inOurs], it.in[inTheirs], it.in[inBase])
}

// implied reports whether the number of a provision is counted, and not printed.
func implied(n *lawtext.Node) bool { return !strings.Contains(n.Label, n.Num) }

// number compares numbers as laws count: 9 < 10 < 10.a < 10.č < 10.d.
func number(a, b string) int {
	x, restA := leading(a)
	y, restB := leading(b)
	letters := func(s string) string { return textkit.SortKey(language.Slovenian, s) }
	return cmp.Or(cmp.Compare(x, y), cmp.Compare(letters(restA), letters(restB)))
}

func leading(s string) (int, string) {
	end := 0
	for end < len(s) && end < 9 && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	n, _ := strconv.Atoi(s[:end])
	return n, s[end:]
}

// result writes the act that the items make.
func (m *merger) result(base *lawtext.Act) Union {
	root := m.base[0]
	free := freshKeys(base)
	m.write(root, free)
	m.recount(root)
	act := *base
	act.Components = nil
	act.Short, act.Lang, act.Title, act.Front = root.node.Label, root.node.Num, root.node.Heading, root.node.Intro
	for _, c := range root.kids {
		row := rowOf(c.node, 1)
		made := componentLike(base, row)
		made.Nodes = c.node.Children
		act.Components = append(act.Components, made)
	}
	m.twice(root)
	lawtext.Readdress(&act)
	out := Union{Act: &act}
	at := make(map[*item]int) // in the order of the result
	var visit func(it *item)
	visit = func(it *item) {
		at[it] = len(at)
		for _, k := range it.kids {
			visit(k)
		}
	}
	visit(root)
	place := func(it *item) int {
		if k, ok := at[it]; ok {
			return k
		}
		return len(at)
	}
	slices.SortStableFunc(m.conflicts, func(x, y *clash) int { return cmp.Compare(place(x.on), place(y.on)) })
	for _, c := range m.conflicts {
		if c.on.node != nil {
			c.ID = c.on.node.ID
		}
		out.Conflicts = append(out.Conflicts, c.Conflict)
	}
	for _, it := range m.woven {
		out.Woven = append(out.Woven, it.node.ID)
	}
	return out
}

// write makes the node of an item, and those under it.
func (m *merger) write(it *item, free func(string) string) {
	b, o, t := it.in[inBase], it.in[inOurs], it.in[inTheirs]
	n := *it.one()
	switch {
	case b == nil:
		n.Key, n.Span = free(n.Key), lawtext.Span{} // its place is in another text
	case it.frozen:
		n = *b
	case o != nil && t != nil:
		m.columns(it, &n)
		n.Key, n.Span = b.Key, b.Span
	default:
		n.Key, n.Span = b.Key, b.Span
	}
	n.Children = nil
	it.node = &n
	for _, k := range it.kids {
		m.write(k, free)
		n.Children = append(n.Children, k.node)
	}
}

// columns merges what a provision says itself.
func (m *merger) columns(it *item, n *lawtext.Node) {
	row := rowOf(n, 0)
	was, ours, theirs := rowOf(it.in[inBase], 0), rowOf(it.in[inOurs], 0), rowOf(it.in[inTheirs], 0)
	woven := false
	for _, f := range fields {
		b, o, t := was.get(f), ours.get(f), theirs.get(f)
		switch {
		case o == t, t == b:
			row.set(f, o)
		case o == b:
			row.set(f, t)
		case f == HeadingField || f == IntroField || f == TailField:
			text, ok := weave(b, o, t)
			if !ok {
				text = b
				m.clash(it, BothRewrote, f)
			}
			woven = woven || ok
			row.set(f, text)
		default:
			row.set(f, b)
			if f != NumField || !implied(it.in[inBase]) {
				m.clash(it, BothRenumbered, f)
			}
		}
	}
	if woven {
		m.woven = append(m.woven, it)
	}
	n.Kind, n.Label, n.Num, n.Heading, n.Above = row.Kind, row.Label, row.Num, row.Heading, row.Above
	n.Intro, n.Tail, n.Deleted = row.Intro, row.Tail, row.Deleted
}

// recount numbers anew what is only counted, where both sides changed a list.
func (m *merger) recount(it *item) {
	for _, k := range it.kids {
		m.recount(k)
	}
	var like []*lawtext.Node // the sides with this list, whose numbers hold
	for _, n := range it.in[inOurs:] {
		if n != nil && slices.EqualFunc(n.Children, it.kids, func(c *lawtext.Node, k *item) bool { return m.item[c] == k }) {
			like = append(like, n)
		}
	}
	count := make(map[lawtext.Kind]int)
	for i, k := range it.kids {
		count[k.node.Kind]++
		switch {
		case !implied(k.node) || k.node.Kind == componentRow || len(like) == 2:
		case len(like) == 1:
			k.node.Num = like[0].Children[i].Num
		default:
			k.node.Num = strconv.Itoa(count[k.node.Kind])
		}
	}
}

// twice finds numbers that two provisions have in the result and in no version.
func (m *merger) twice(root *item) {
	var visit func(it *item, articles map[string]*item)
	visit = func(it *item, articles map[string]*item) {
		siblings := make(map[string]*item)
		for _, k := range it.kids {
			among := siblings
			switch k.node.Kind {
			case lawtext.Article:
				among = articles
			case componentRow:
				articles = make(map[string]*item)
			}
			if !implied(k.node) && k.node.Kind != componentRow {
				key := string(k.node.Kind) + " " + k.node.Label
				if first := among[key]; first == nil {
					among[key] = k
				} else if !first.alreadyLike(k) {
					m.sameNumber(first, k)
				}
			}
			visit(k, articles)
		}
	}
	visit(root, make(map[string]*item))
}

// alreadyLike reports whether one of the versions has both under one number.
func (it *item) alreadyLike(other *item) bool {
	for s, n := range it.in {
		if o := other.in[s]; n != nil && o != nil && n.Label == o.Label {
			return true
		}
	}
	return false
}

func (m *merger) sameNumber(a, b *item) {
	if a.numberedBy(inTheirs) && !b.numberedBy(inTheirs) || b.numberedBy(inOurs) && !a.numberedBy(inOurs) {
		a, b = b, a
	}
	c := Conflict{Kind: SameNumber, Ours: Side{a.one().ID, said(a.node)}, Theirs: Side{b.one().ID, said(b.node)}}
	m.conflicts = append(m.conflicts, &clash{c, b, false})
}

func (it *item) numberedBy(s int) bool {
	return it.in[s] != nil && it.in[s].Label == it.node.Label && (it.in[inBase] == nil || it.in[inBase].Label != it.node.Label)
}
