package drafting

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A writer writes what changes within one article, as sentences in the order
// of the provisions. It gives up where no sentence names what is changed; then
// the provision around it is written anew.
type writer struct {
	old   map[*lawtext.Node]*lawtext.Node // of a provision of the target the one of the base
	apart bool                            // every operation in a sentence of its own
	whole bool                            // paragraphs and items are written anew, never word by word
}

// article writes what changes from a to b. It reports false if it must be
// written anew.
func (w writer) article(a, b *lawtext.Node) (out []sentence, ok bool) {
	at := []step{{Step: stepOf(a)}}
	if a.Deleted || b.Deleted || a.Intro != b.Intro || a.Tail != b.Tail || a.Label != b.Label {
		return nil, false
	}
	if a.Heading != b.Heading {
		if a.Heading == "" || b.Heading == "" || a.Above != b.Above {
			return nil, false
		}
		out = append(out, w.part(append(at, step{Step: lawcite.Step{Unit: lawcite.Heading}}), "naslov", a.Heading, b.Heading)...)
	}
	if len(a.Children) == 1 && only(a) && a.Children[0].Label == "" && len(b.Children) > 1 {
		return w.wrap(out, at, a, b)
	}
	if only(a) && only(b) && a.Children[0].Label == "" && b.Children[0].Label == "" {
		more, ok := w.inside(at, a.Children[0], b.Children[0])
		return append(out, more...), ok
	}
	more, ok := w.list(at, a, b)
	return append(out, more...), ok
}

// only reports whether an article is one paragraph, which is then not named.
func only(n *lawtext.Node) bool {
	return len(n.Children) == 1 && n.Children[0].Kind == lawtext.Paragraph
}

// wrap puts paragraphs after the only one, which gets a number.
func (w writer) wrap(out []sentence, at []step, a, b *lawtext.Node) ([]sentence, bool) {
	for i, n := range b.Children {
		if n.Kind != lawtext.Paragraph || n.Deleted || i > 0 && w.old[n] != nil {
			return nil, false
		}
	}
	more, ok := w.inside(at, a.Children[0], b.Children[0])
	if !ok {
		return nil, false
	}
	k := count(len(b.Children) - 1)
	return append(append(out, more...), sentence{at: at, leaves: at, payload: texts(b.Children[1:]),
		front: "za besedilom člena, ki postane prvi odstavek,",
		rest: added[k] + " " + lawcite.Adjective("nov", lawcite.Masculine, lawcite.Nominative, k) + " " +
			ref(units(b.Children[1:])).Write(lawcite.Nominative) + ", ki se " + reads[k] + ":"}), true
}

// part writes the change of a heading or an introductory sentence.
func (w writer) part(at []step, name, was, is string) []sentence {
	if !w.whole && name != "naslov" {
		if out := w.text(at, was, is, []string{was}); out != nil {
			return out
		}
	}
	up := at[:len(at)-1]
	if name == "napovedni stavek" && !strings.HasSuffix(is, ":") {
		return nil
	}
	return []sentence{{at: up, front: name, rest: "spremeni tako, da se glasi: " + quoted(is), leaves: up}}
}

// leaf writes the change of a provision that is text alone: of one sentence of
// it, or word by word.
func (w writer) leaf(at []step, was, is string) []sentence {
	a, b := tokens(was), tokens(is)
	if !w.apart && !w.whole {
		if out := w.stavek(at, was, is, few(hunks(a, b), a, b)); out != nil {
			return out
		}
	}
	return w.text(at, was, is, []string{was})
}

// text writes the change of a text word by word, or returns nil.
func (w writer) text(at []step, was, is string, scope []string) []sentence {
	a, b := tokens(was), tokens(is)
	hs := hunks(a, b)
	if !few(hs, a, b) {
		return nil
	}
	var out []sentence
	list := (&wording{a: a, b: b, was: was, is: is, scope: scope}).edits(hs)
	for i := 0; i < len(list); i++ {
		e := list[i]
		s := sentence{at: at, front: e[0], rest: e[1]}
		if i+1 < len(list) && !w.apart {
			i++
			s.rest += ", " + list[i][0] + " pa se " + list[i][1]
		}
		out = append(out, s)
	}
	return out
}

// scope are the texts in which an operation on a provision looks for words.
func scope(n *lawtext.Node) (out []string) {
	if n.Kind == lawtext.Quote || n.Deleted {
		return nil
	}
	out = append(out, n.Intro, n.Tail)
	for _, c := range n.Children {
		out = append(out, scope(c)...)
	}
	return out
}

// inside writes the change of a provision that at names.
func (w writer) inside(at []step, x, y *lawtext.Node) (out []sentence, ok bool) {
	if x.Heading != y.Heading {
		return nil, false
	}
	if x.Intro != y.Intro {
		switch {
		case len(x.Children) == 0 && x.Tail == "":
			if out = w.leaf(at, x.Intro, y.Intro); out == nil {
				return nil, false
			}
		case len(x.Children) == 0 || y.Intro == "" || x.Intro == "":
			return nil, false
		default:
			if out = w.part(append(slices.Clone(at), step{Step: lawcite.Step{Unit: lawcite.Intro}}), "napovedni stavek", x.Intro, y.Intro); out == nil {
				return nil, false
			}
		}
	}
	more, ok := w.list(at, x, y)
	if !ok {
		return nil, false
	}
	out = append(out, more...)
	if x.Tail != y.Tail {
		if x.Tail == "" || y.Tail == "" {
			return nil, false
		}
		more := w.text(at, x.Tail, y.Tail, scope(x))
		if more == nil {
			return nil, false
		}
		out = append(out, more...)
	}
	return out, true
}

// list writes what changes among the provisions under one.
func (w writer) list(at []step, x, y *lawtext.Node) (out []sentence, ok bool) {
	l := lister{writer: w, at: at, x: x, y: y, pair: map[*lawtext.Node]*lawtext.Node{}, is: map[*lawtext.Node]*lawtext.Node{}}
	next := 0
	for _, n := range y.Children {
		if o := w.old[n]; o != nil && o.Kind == n.Kind {
			if i := slices.Index(x.Children[next:], o); i >= 0 {
				l.pair[n], l.is[o] = o, n
				next += i + 1
			}
		}
	}
	next = 0
	for j := 0; j < len(y.Children); j++ {
		n := y.Children[j]
		o := l.pair[n]
		if o == nil {
			k := j + 1
			for k < len(y.Children) && l.pair[y.Children[k]] == nil && y.Children[k].Kind == n.Kind {
				k++
			}
			if !l.insert(next, y.Children[j:k]) {
				return nil, false
			}
			j = k - 1
			continue
		}
		i := slices.Index(x.Children, o)
		if !l.delete(x.Children[next:i]) || !l.both(o, n) {
			return nil, false
		}
		next = i + 1
	}
	if !l.delete(x.Children[next:]) {
		return nil, false
	}
	l.flush()
	return l.out, true
}

// A lister writes the changes of one list.
type lister struct {
	writer
	at       []step
	x, y     *lawtext.Node
	pair     map[*lawtext.Node]*lawtext.Node // of y in x
	is       map[*lawtext.Node]*lawtext.Node // of x in y
	out      []sentence
	old, now []*lawtext.Node // count anew, and nothing else
	moved    bool            // something was put in or taken out, so that a number may mean two
}

// flush writes what counts anew.
func (l *lister) flush() {
	if len(l.old) > 0 {
		l.out = append(l.out, renumber(l.at, l.old, l.now))
	}
	l.old, l.now = nil, nil
}

// named reports whether a sentence can name a provision of a list: its number
// is one of its kind, and its level is below that of what it stands in.
func (l *lister) named(n *lawtext.Node, among []*lawtext.Node) bool {
	if depth(n.Kind) >= partDepth || !plainNumber(n.Num) || len(l.at) > 0 && depth(n.Kind) <= depth(l.at[len(l.at)-1].Unit) {
		return false
	}
	k := 0
	for _, c := range among {
		if c.Kind == n.Kind && c.Num == n.Num {
			k++
		}
	}
	return k == 1
}

// plainNumber takes 3, 3.a and a.
func plainNumber(s string) bool {
	if !digit(s) {
		return len([]rune(s)) == 1
	}
	num, letters, _ := strings.Cut(s, ".")
	return strings.Trim(num, "0123456789") == "" && !strings.ContainsAny(letters, "0123456789.")
}

// delete writes what goes, one sentence for each kind of neighbours.
func (l *lister) delete(nodes []*lawtext.Node) bool {
	var run []*lawtext.Node
	for i, n := range nodes {
		if !l.named(n, l.x.Children) || n.Deleted {
			return false
		}
		run = append(run, n)
		if i+1 == len(nodes) || nodes[i+1].Kind != n.Kind {
			l.flush()
			l.out = append(l.out, deleteUnits(l.at, run, l.moved && l.taken(run)))
			l.moved = true
			run = nil
		}
	}
	return true
}

// taken reports whether another provision gets one of these numbers.
func (l *lister) taken(nodes []*lawtext.Node) bool {
	return slices.ContainsFunc(nodes, func(o *lawtext.Node) bool {
		return slices.ContainsFunc(l.y.Children, func(n *lawtext.Node) bool { return n.Kind == o.Kind && n.Num == o.Num })
	})
}

// insert writes new provisions that stand before x.Children[next].
func (l *lister) insert(next int, nodes []*lawtext.Node) bool {
	for _, n := range nodes {
		if !l.named(n, l.y.Children) || n.Deleted || n.Heading != "" {
			return false
		}
	}
	l.flush()
	var after *step
	for i := next - 1; i >= 0; i-- {
		o := l.x.Children[i]
		n := l.is[o]
		if o.Kind != nodes[0].Kind || n == nil {
			if i == next-1 && o.Kind == nodes[0].Kind {
				continue // deleted by this very article
			}
			return false
		}
		if !l.named(o, l.x.Children) {
			return false
		}
		st := l.stepTo(o, n)
		after = &st
		break
	}
	if after == nil && !slices.ContainsFunc(l.x.Children, func(n *lawtext.Node) bool { return n.Kind == nodes[0].Kind }) {
		return false
	}
	l.out = append(l.out, insertUnits(l.at, after, nodes))
	l.moved = true
	return true
}

// stepTo names a provision of the base by the number that it had.
func (l *lister) stepTo(o, n *lawtext.Node) step {
	st := step{Step: stepOf(o)}
	if o.Num != n.Num {
		st.becomes = "-"
	}
	return st
}

// both writes the change of a provision that both have.
func (l *lister) both(x, y *lawtext.Node) bool {
	switch {
	case relabelled(x, y):
		return false
	case x.Deleted && !y.Deleted:
		return x.Num == y.Num && l.revive(x, y)
	case y.Deleted && !x.Deleted && x.Num == y.Num && l.leaves(x, y):
		l.flush()
		return l.delete([]*lawtext.Node{x})
	}
	if equal(x, y) {
		if x.Num == y.Num {
			l.flush()
			return true
		}
		if !l.named(x, l.x.Children) || !l.named(y, l.y.Children) {
			return false
		}
		if n := len(l.old); n > 0 && l.old[n-1].Kind != x.Kind {
			l.flush()
		}
		l.old, l.now = append(l.old, x), append(l.now, y)
		return true
	}
	l.flush()
	if x.Deleted {
		return false
	}
	if !l.named(x, l.x.Children) {
		if x.Num != y.Num && depth(x.Kind) < partDepth || len(x.Children)+len(y.Children) > 0 || x.Tail+y.Tail+x.Heading+y.Heading != "" {
			return false
		}
		more := l.text(l.at, x.Intro, y.Intro, scope(l.x))
		l.out = append(l.out, more...)
		return more != nil
	}
	st := step{Step: stepOf(x)}
	if x.Num != y.Num {
		st.becomes = y.Num
	}
	anew := []sentence{replaceUnits(l.at, st, y)}
	fine, ok := l.inside(append(slices.Clone(l.at), st), x, y)
	if !ok || l.whole || costs(fine) > costs(anew) {
		l.out = append(l.out, anew...)
		return true
	}
	for i := range fine[1:] {
		if s := &fine[1+i]; len(s.at) > len(l.at) {
			s.at = slices.Clone(s.at)
			s.at[len(l.at)].becomes = strings.Repeat("-", min(1, len(st.becomes)))
		}
	}
	l.out = append(l.out, fine...)
	return true
}

// leaves reports whether deleting x leaves the tombstone y: one with these very
// words, and only before a provision that stays.
func (l *lister) leaves(x, y *lawtext.Node) bool {
	words := map[lawtext.Kind]string{lawtext.Paragraph: "(črtan)", lawtext.Point: "(črtana)"}[x.Kind]
	if y.Intro != words || y.Tail != "" || len(y.Children) > 0 || y.Label == "" {
		return false
	}
	for _, n := range l.y.Children[slices.Index(l.y.Children, y)+1:] {
		if o := l.pair[n]; n.Kind == y.Kind && (!n.Deleted || o != nil && o.Deleted) {
			return true
		}
	}
	return false
}

// revive puts a provision in the place of its tombstone.
func (l *lister) revive(x, y *lawtext.Node) bool {
	i := slices.Index(l.x.Children, x)
	if !l.named(x, l.x.Children) || i > 0 && !l.named(l.x.Children[i-1], l.x.Children) {
		return false
	}
	l.flush()
	var after *step
	if i > 0 {
		up := l.x.Children[i-1]
		n := l.is[up]
		if n == nil || up.Kind != x.Kind {
			return false
		}
		st := l.stepTo(up, n)
		after = &st
	}
	l.out = append(l.out, insertUnits(l.at, after, []*lawtext.Node{y}))
	return true
}

// relabelled reports whether the print of a number changes beyond the number.
func relabelled(x, y *lawtext.Node) bool {
	if x.Kind == lawtext.Indent || x.Num == "" {
		return x.Label != y.Label
	}
	return strings.Replace(x.Label, x.Num, y.Num, 1) != y.Label
}

// equal reports whether two provisions say the same, but for their own number.
func equal(x, y *lawtext.Node) bool {
	if x.Heading != y.Heading || x.Above != y.Above || x.Intro != y.Intro || x.Tail != y.Tail || x.Deleted != y.Deleted || len(x.Children) != len(y.Children) {
		return false
	}
	for i, c := range x.Children {
		if d := y.Children[i]; c.Kind != d.Kind || c.Label != d.Label || !equal(c, d) {
			return false
		}
	}
	return true
}
