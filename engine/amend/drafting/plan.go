package drafting

import (
	"slices"
	"sort"
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A piece is an article, or a line or two outside of articles: a heading, a
// text, what stands in a component that an amending act left behind.
type piece struct {
	art   *lawtext.Node // nil if it is none
	head  *lawtext.Node // a part, chapter or section of the main component
	lines []string
	says  string
}

// pieces lays an act out from its first line to its last.
func pieces(a *lawtext.Act) (out []piece) {
	add := func(art *lawtext.Node, kind lawtext.Kind, lines []string) {
		if len(lines) > 0 {
			out = append(out, piece{art, nil, lines, string(kind) + "\n" + strings.Join(lines, "\n")})
		}
	}
	for i, c := range a.Components {
		if c.Title != "" {
			add(nil, "", []string{c.Title})
		}
		var walk func(nodes []*lawtext.Node)
		walk = func(nodes []*lawtext.Node) {
			for _, n := range nodes {
				if n.Kind == lawtext.Article {
					art := n
					if i > 0 {
						art = nil
					}
					add(art, n.Kind, n.Lines())
					continue
				}
				head := *n
				head.Children, head.Tail = nil, ""
				if add(nil, n.Kind, head.Lines()); i == 0 && len(out) > 0 && n.Label != "" {
					switch n.Kind {
					case lawtext.Part, lawtext.Chapter, lawtext.Section:
						out[len(out)-1].head = n
					}
				}
				walk(n.Children)
				if n.Tail != "" {
					add(nil, "tail", []string{n.Tail})
				}
			}
		}
		walk(c.Nodes)
	}
	return out
}

// A layout is an act with the articles that can be named: those of the main
// component whose number both versions have once, in the same order.
type layout struct {
	pieces []piece
	at     []int // the places of those articles
}

// gap is what stands before the article i of those.
func (l layout) gap(i int) []piece {
	from, to := 0, len(l.pieces)
	if i > 0 {
		from = l.at[i-1] + 1
	}
	if i < len(l.at) {
		to = l.at[i]
	}
	return l.pieces[from:to]
}

// shared lays both versions out along the articles that both have.
func shared(a, b []piece) (x, y layout) {
	once := func(list []piece) map[string]int {
		at := map[string]int{}
		for i, p := range list {
			if p.art == nil {
				continue
			}
			if _, twice := at[p.art.Num]; twice {
				at[p.art.Num] = -1
			} else {
				at[p.art.Num] = i
			}
		}
		return at
	}
	was, is := once(a), once(b)
	x.pieces, y.pieces = a, b
	var i, j []int
	for k, p := range b {
		if p.art != nil && is[p.art.Num] >= 0 {
			if at, ok := was[p.art.Num]; ok && at >= 0 {
				i, j = append(i, at), append(j, k)
			}
		}
	}
	for _, k := range rising(i) {
		x.at, y.at = append(x.at, i[k]), append(y.at, j[k])
	}
	return x, y
}

// rising picks the places of a longest run of numbers that rise.
func rising(list []int) []int {
	var tails []int
	before := make([]int, len(list))
	for k, v := range list {
		n := sort.Search(len(tails), func(n int) bool { return list[tails[n]] >= v })
		if before[k] = -1; n > 0 {
			before[k] = tails[n-1]
		}
		tails = append(tails[:n], append([]int{k}, tails[min(n+1, len(tails)):]...)...)
	}
	var run []int
	for k := last(tails); k >= 0; k = before[k] {
		run = append(run, k)
	}
	slices.Reverse(run)
	return run
}

func last(list []int) int {
	if len(list) == 0 {
		return -1
	}
	return list[len(list)-1]
}

// plan finds what changes, from the first line to the last.
func (d *drafter) plan() {
	d.x, d.y = shared(pieces(d.now), pieces(d.target))
	if len(d.x.at) == 0 {
		if !slices.EqualFunc(d.x.pieces, d.y.pieces, alike) {
			d.jobs = append(d.jobs, d.anew())
		}
		return
	}
	for i := range len(d.x.at) + 1 {
		d.between(i)
		if i < len(d.x.at) {
			d.both(i)
		}
	}
}

func alike(a, b piece) bool { return a.says == b.says }

// anew writes the whole act anew.
func (d *drafter) anew() *job {
	return &job{gap: -1, art: -1, whole: true, to: "besedilu " + d.name.form(lawcite.Genitive), rungs: []func() ([]sentence, bool){func() ([]sentence, bool) {
		return []sentence{d.restate("", d.y.pieces)}, true
	}}}
}

// article is the article i of those that both versions have, as it was.
func (d *drafter) article(i int) *lawtext.Node { return d.x.pieces[d.x.at[i]].art }

// both writes what changes of the article i of those that both have.
func (d *drafter) both(i int) {
	a, b := d.article(i), d.y.pieces[d.y.at[i]].art
	if equal(a, b) && a.Label == b.Label {
		return
	}
	j := &job{of: a.ID, to: dative([]*lawtext.Node{a}, false), gap: -1, art: i, a: a, b: b, alone: true}
	d.jobs = append(d.jobs, j)
	wider := func() ([]sentence, bool) {
		j.swallows = true
		return d.around(i), true
	}
	anew := func() ([]sentence, bool) { return []sentence{replaceUnits(nil, step{Step: stepOf(a)}, b)}, true }
	switch {
	case b.Deleted && !a.Deleted && b.Heading == "(črtan)" && len(b.Children) == 0:
		if n := len(d.jobs); n > 1 && d.jobs[n-2].deletes != nil && d.jobs[n-2].art == i-len(d.jobs[n-2].deletes) && !a.Above && !d.jobs[n-2].a.Above {
			d.jobs = d.jobs[:n-1]
			d.jobs[n-2].deletes = append(d.jobs[n-2].deletes, a)
			return
		}
		j.deletes, j.alone = []*lawtext.Node{a}, false
		j.rungs = []func() ([]sentence, bool){func() ([]sentence, bool) { return deleteArticles(j.deletes), true }, anew, wider}
		return
	case a.Deleted && !b.Deleted && i > 0:
		j.alone = false
		up := d.article(i - 1)
		j.rungs = []func() ([]sentence, bool){func() ([]sentence, bool) {
			return insertArticles("za "+ref(stepOf(up)).Write(lawcite.Instrumental), []*lawtext.Node{b}), true
		}, wider}
		return
	}
	old := partners(a, b)
	if small, ok := (writer{old: old}).article(a, b); ok && len(small) <= maxSentences && costs(small) <= wordsOf(d.y.pieces[d.y.at[i]].lines) {
		j.rungs = append(j.rungs, func() ([]sentence, bool) { return small, true },
			func() ([]sentence, bool) { return writer{old: old, apart: true}.article(a, b) },
			func() ([]sentence, bool) { return writer{old: old, whole: true}.article(a, b) })
	}
	j.rungs = append(j.rungs, anew, wider)
}

// maxSentences is how many instructions one article is changed with; what needs
// more is written anew.
const maxSentences = 40

// partners finds which provisions within two articles are the same: of one of b
// the one of a.
func partners(a, b *lawtext.Node) map[*lawtext.Node]*lawtext.Node {
	act := func(n *lawtext.Node) *lawtext.Act {
		return &lawtext.Act{Lang: "sl", Components: []lawtext.Component{{Nodes: []*lawtext.Node{n}}}}
	}
	return lawdiff.Partners(act(a), act(b))
}

// wordsOf counts the words of lines.
func wordsOf(lines []string) (n int) {
	for _, l := range lines {
		n += len(strings.Fields(l))
	}
	return n
}

// around writes an article anew with all that stands beside it, up to the
// articles before and after it.
func (d *drafter) around(i int) []sentence {
	from, to := 0, len(d.y.pieces)
	if i > 0 {
		from = d.y.at[i-1] + 1
	}
	if i+1 < len(d.y.at) {
		to = d.y.at[i+1]
	}
	return []sentence{d.restate(d.placed(i-1, i+1), d.y.pieces[from:to])}
}

// placed names the stretch between two articles.
func (d *drafter) placed(i, k int) string {
	switch {
	case i < 0 && k >= len(d.x.at):
		return ""
	case i < 0:
		return "pred " + ref(stepOf(d.article(k))).Write(lawcite.Instrumental)
	case k >= len(d.x.at):
		return "za " + ref(stepOf(d.article(i))).Write(lawcite.Instrumental)
	}
	both := lawcite.Step{Unit: lawtext.Article, Numbers: []lawcite.Range{{From: d.article(i).Num}, {From: d.article(k).Num}}}
	return "med " + ref(both).Write(lawcite.Instrumental)
}

// restate writes what stands in a stretch anew.
func (d *drafter) restate(where string, now []piece) sentence {
	if where == "" {
		where = d.name.form(lawcite.Genitive)
	}
	s := sentence{front: "besedilo " + where, leaves: []step{}}
	if s.payload = lines(now); s.payload == "" {
		s.rest = deleted[0]
	} else {
		s.rest = changed[0] + " tako, da se " + reads[0] + ":"
	}
	return s
}

func lines(list []piece) string {
	var out []string
	for _, p := range list {
		out = append(out, p.lines...)
	}
	return strings.Join(out, "\n\n")
}

// between writes what changes before the article i of those that both have.
func (d *drafter) between(i int) {
	was, is := d.x.gap(i), d.y.gap(i)
	if slices.EqualFunc(was, is, alike) {
		return
	}
	head, tail := 0, 0
	for head < len(was) && head < len(is) && alike(was[head], is[head]) {
		head++
	}
	for tail < len(was)-head && tail < len(is)-head && alike(was[len(was)-1-tail], is[len(is)-1-tail]) {
		tail++
	}
	old, fresh := was[head:len(was)-tail], is[head:len(is)-tail]
	j := d.gapJob(i)
	switch at := inside(was, is); {
	case len(old) == 0:
		j.rungs = append(j.rungs, d.adding(j, fresh, head == 0, tail == 0)...)
	case at > 0 && at+len(was) < len(is) && i > 0:
		j.rungs = append(j.rungs, d.adding(j, is[:at], true, false)...)
		after := d.gapJob(i)
		after.rungs = append(d.adding(after, is[at+len(was):], false, true), d.whole(after, is))
	case len(old) == 1 && len(fresh) == 1 && old[0].head != nil && fresh[0].head != nil && old[0].head.Label == fresh[0].head.Label:
		j.rungs = append(j.rungs, func() ([]sentence, bool) { return retitled(old[0].head, fresh[0].head) })
	}
	j.rungs = append(j.rungs, d.whole(j, is))
}

// gapJob begins a job about what stands before the article i.
func (d *drafter) gapJob(i int) *job {
	j := &job{gap: i, art: -1, of: d.article(max(0, i-1)).ID, to: strings.TrimSpace("besedilu " + d.placed(i-1, i))}
	d.jobs = append(d.jobs, j)
	return j
}

// whole writes anew all that stands in a gap.
func (d *drafter) whole(j *job, now []piece) func() ([]sentence, bool) {
	return func() ([]sentence, bool) {
		j.swallows = true
		return []sentence{d.restate(d.placed(j.gap-1, j.gap), now)}, true
	}
}

// inside is the place in a list, not far from its start, at which another stands
// as a whole, or -1.
func inside(list, in []piece) int {
	for at := 0; at < 200 && at+len(list) <= len(in) && len(list) > 0; at++ {
		if slices.EqualFunc(in[at:at+len(list)], list, alike) {
			return at
		}
	}
	return -1
}

// divisions are called by their nouns.
var divisions = map[lawtext.Kind]lawcite.Noun{
	lawtext.Part: lawcite.Declined("del", "delov"), lawtext.Chapter: lawcite.Declined("poglavje", "poglavij"), lawtext.Section: lawcite.Declined("oddelek", "oddelkov"),
}

// retitled writes the new heading of a division, which is called by the one that
// it has.
func retitled(a, b *lawtext.Node) ([]sentence, bool) {
	one := func(n *lawtext.Node) string { return n.Label + " " + n.Heading }
	if a.Heading == "" || b.Heading == "" || a.Intro+a.Tail+b.Intro+b.Tail != "" || !quotable(one(a)) || !quotable(one(b)) {
		return nil, false
	}
	return []sentence{{front: "naslov " + divisions[a.Kind].Form(lawcite.Genitive, lawcite.Singular) + " " + quoted(one(a)),
		rest: "spremeni tako, da se glasi: " + quoted(one(b)), leaves: []step{}}}, true
}

// adding writes what is only put in: right after an article, right before one,
// or at the end of the act.
func (d *drafter) adding(j *job, fresh []piece, first, final bool) (rungs []func() ([]sentence, bool)) {
	var beside string
	var at *lawtext.Node
	i := j.gap
	switch {
	case i > 0 && first:
		at = d.article(i - 1)

		beside = "za " + ref(stepOf(at)).Write(lawcite.Instrumental)
	case i < len(d.x.at) && final:
		at = d.article(i)
		beside = "pred " + ref(stepOf(at)).Write(lawcite.Instrumental)
	case final:
		beside = "na koncu " + d.name.form(lawcite.Genitive)
	default:
		return nil
	}
	var arts []*lawtext.Node
	for _, p := range fresh {
		if p.art != nil && !p.art.Deleted {
			arts = append(arts, p.art)
		}
	}
	if len(arts) == len(fresh) && at != nil {
		j.to = dative(arts, true)
		rungs = append(rungs, func() ([]sentence, bool) { return insertArticles(beside, arts), true })
	}
	if n := len(fresh); n > 1 && len(arts) == n-1 && fresh[0].head != nil && fresh[0].head.Kind != lawtext.Part && i > 0 && first {
		rungs = append(rungs, func() ([]sentence, bool) { return insertDivision(beside, fresh[0].head, arts, lines(fresh)), true })
	}
	return append(rungs, func() ([]sentence, bool) {
		if i == len(d.x.at) && final {
			beside = "na koncu " + d.name.form(lawcite.Genitive)
		}
		return []sentence{{front: beside, rest: "doda besedilo, ki se glasi:", payload: lines(fresh), leaves: []step{}}}, true
	})
}

func insertArticles(beside string, nodes []*lawtext.Node) []sentence {
	s := insertUnits(nil, nil, nodes)
	s.front = beside
	return []sentence{s}
}

// insertDivision puts in a chapter with its articles: "dodata novo III.a poglavje
// in nov 30.a člen".
func insertDivision(beside string, head *lawtext.Node, arts []*lawtext.Node, payload string) []sentence {
	noun := divisions[head.Kind]
	k, of := count(len(arts)), count(len(arts)+1)
	num := head.Num
	if !strings.Contains(num, ".") {
		num += "."
	}
	what := lawcite.Adjective("nov", noun.Gender, lawcite.Nominative, lawcite.Singular) + " " + num + " " + noun.Form(lawcite.Nominative, lawcite.Singular) +
		" in " + lawcite.Adjective("nov", lawcite.Masculine, lawcite.Nominative, k) + " " + ref(units(arts)).Write(lawcite.Nominative)
	return []sentence{{front: beside, rest: added[of] + " " + what + ", ki se " + reads[of] + ":", payload: payload, leaves: []step{}}}
}

// deleteArticles deletes articles with the headings above them.
func deleteArticles(nodes []*lawtext.Node) []sentence {
	if n := nodes[0]; len(nodes) == 1 && n.Above && n.Heading != "" {
		return []sentence{{front: "naslov pred " + ref(stepOf(n)).Write(lawcite.Instrumental) + " in člen", rest: deleted[1]}}
	}
	return []sentence{deleteUnits(nil, nodes, false)}
}
