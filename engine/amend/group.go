package amend

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend/usage"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// In Slovak and Czech acts articles share headings that stand above them. A
// quotation that holds one changes where groups of articles begin, so whole lines
// are exchanged, as of a stretch: articles, divisions, a heading above an article.

// respanAll carries out an article of the amending act that is about whole
// lines, and with them whatever else it says: new numbers of divisions before,
// footnotes after.
func (u *Usage) respanAll(base *lawtext.Act, out []Outcome) (*lawtext.Act, *Refusal) {
	var first, lines []Op
	var rest []Instruction
	notes := make([][]string, len(out))
	act := base
	for i := range out {
		if out[i].Status != Applied {
			continue
		}
		in := out[i].Instruction
		in.Ops = nil
		for _, op := range out[i].Ops {
			switch {
			case op.Verb == Renumber && isDivision(lastUnit(op.At)):
				first = append(first, op)
			case ofLines(&op):
				if op.Payload, notes[i] = u.Shown(op.Payload); u.GroupsLost && (op.Verb == Lift || op.Verb == Erase) {
					notes[i] = []string{"heading-left-out"}
				}
				lines = append(lines, op)
			default:
				in.Ops = append(in.Ops, op)
			}
		}
		if len(in.Ops) > 0 {
			rest = append(rest, in)
		}
	}
	for _, op := range append(first, lines...) {
		var ref *Refusal
		if act, ref = u.regroup(act, &op); ref != nil {
			return nil, ref
		}
	}
	if len(rest) > 0 {
		c := carrier{u: u, base: act, articles: [][]Instruction{rest}, unread: map[int]bool{}}
		r, ok := c.carryOut()
		for !ok {
			r, ok = c.carryOut()
		}
		for _, o := range r.Outcomes {
			if o.Status == Refused && o.Refused.Reason != Sibling {
				return nil, o.Refused
			}
		}
		act = r.Act
	}
	for i := range out {
		out[i].Notes = append(out[i].Notes, notes[i]...)
	}
	return act, nil
}

// A layer is the rows of an act, and where each division and article stands.
type layer struct {
	rows  []row
	spans map[*lawtext.Node][2]int
	heads map[*lawtext.Node]int // the row behind the head
	arts  []*lawtext.Node
	above map[int]*lawtext.Node // the group whose heading ends before a row
}

// layers prints an act row by row. It reports false for one whose rows cannot be
// told apart.
func layers(a *lawtext.Act) (l layer, ok bool) {
	l = layer{spans: map[*lawtext.Node][2]int{}, heads: map[*lawtext.Node]int{}, above: map[int]*lawtext.Node{}}
	if len(a.Components) != 1 || a.Components[0].Title != "" {
		return l, false
	}
	text := lawtext.Print(a)
	if a.Front != "" {
		text = strings.TrimPrefix(text, "---\n"+a.Front+"---\n")
	}
	for r := range strings.SplitSeq(strings.Trim(text, "\n"), "\n\n") {
		l.rows = append(l.rows, row{text: r})
	}
	at, count := 0, 0
	take := func(n int) {
		for range n {
			if at < len(l.rows) {
				l.rows[at].before = count
			}
			at++
		}
	}
	var walk func(nodes []*lawtext.Node)
	walk = func(nodes []*lawtext.Node) {
		for _, n := range nodes {
			from := at
			if n.Kind == lawtext.Article {
				take(len(n.Lines()))
				l.arts = append(l.arts, n)
				count++
				l.spans[n] = [2]int{from, at}
				continue
			}
			head := *n
			head.Children, head.Tail = nil, ""
			take(len(head.Lines()))
			count++
			if l.heads[n] = at; isDivision(n.Kind) && n.Label == "" {
				l.above[at] = n
			}
			walk(n.Children)
			if n.Tail != "" {
				take(1)
			}
			l.spans[n] = [2]int{from, at}
		}
	}
	walk(a.Components[0].Nodes)
	ok = at == len(l.rows)
	l.rows = append(l.rows, row{"", count})
	return l, ok
}

// regroup carries out one operation on whole lines.
func (u *Usage) regroup(base *lawtext.Act, op *Op) (*lawtext.Act, *Refusal) {
	l, ok := layers(base)
	if !ok {
		return nil, &Refusal{Reason: Unsupported, Words: "the lines of this act cannot be told apart", Span: op.Span}
	}
	nodes, ref := l.find(u, op.At)
	if ref != nil {
		ref.Span = op.Span
		return nil, ref
	}
	none := &Refusal{Reason: NoTarget, Words: path(op.At), Span: op.Span}
	if len(nodes) == 0 {
		return nil, none
	}
	n, to := nodes[0], l.spans[nodes[len(nodes)-1]][1]
	from := l.spans[n][0]
	one := *op
	switch {
	case op.Verb == Renumber:
		label := u.Relabelled(n.Label, n.Num, op.New)
		if label == "" || len(nodes) > 1 {
			return nil, &Refusal{Reason: Unsupported, Words: "the number of a division", Span: op.Span, Candidates: []string{n.ID}}
		}
		one.Verb, to = Restate, l.heads[n]
		one.Payload = strings.Replace(l.text(from, to), n.Label, label, 1)
	case op.Verb == Lift:
		if n.Kind != lawtext.Article || n.Heading == "" || n.Above || len(nodes) > 1 {
			return nil, none
		}
		one.Verb = Restate
		if one.Payload = l.text(from, from+1) + "\n\n" + l.text(from+2, to); !u.GroupsLost {
			one.Payload = "#### " + n.Heading + "\n\n" + one.Payload
		}
	case lastUnit(op.At) == lawcite.Heading:
		group := l.above[from]
		if group == nil && u.GroupsLost && op.Verb == Erase {
			return base, nil // the text does not show it
		}
		if group == nil || len(nodes) > 1 || op.Verb == Append {
			return nil, none
		}
		from, to = l.spans[group][0], from
		if op.Verb == Restate {
			one.Payload = l.rows[from].text[:len(l.rows[from].text)-len(strings.TrimLeft(l.rows[from].text, "# "))] + flat(strings.TrimLeft(op.Payload, "# "))
		}
	case op.Verb == Append:
		if op.Place == Before {
			to = from
		} else if op.Place != After {
			return nil, none
		}
		from = to
	case usage.IsHeading(usage.FirstRow(op.Payload)):
		for g := l.above[from]; g != nil; g = l.above[from] { // the headings that these articles had
			from = l.spans[g][0]
		}
	}
	if one.Verb != Erase && one.Payload == "" {
		return nil, &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	}
	if ref := u.holds(op, nodes); ref != nil {
		return nil, ref
	}
	one.Payload = l.levelled(one.Payload, from)
	return u.relay(base, l.rows, from, to, &one)
}

// levelled gives headings above articles the level of those of the act.
func (l *layer) levelled(payload string, at int) string {
	marks := ""
	for k := range l.rows {
		if l.above[k] != nil && (k <= at || marks == "") {
			marks, _, _ = strings.Cut(l.rows[k-1].text, " ")
		}
	}
	rows := strings.Split(payload, "\n\n")
	for i := 0; marks != "" && i+1 < len(rows); i++ {
		if usage.IsHeading(rows[i]) && usage.IsHeadOfArticle(rows[i+1]) && (i == 0 || !usage.IsHeading(rows[i-1])) {
			rows[i] = marks + " " + strings.TrimLeft(rows[i], "# ")
		}
	}
	return strings.Join(rows, "\n\n")
}

// text is what rows say, as a payload.
func (l *layer) text(from, to int) string {
	var out []string
	for _, r := range l.rows[from:to] {
		out = append(out, r.text)
	}
	return strings.Join(out, "\n\n")
}

// holds checks that a payload has the articles that were announced.
func (u *Usage) holds(op *Op, nodes []*lawtext.Node) *Refusal {
	want := op.New.Numbers
	switch {
	case op.Verb == Restate && nodes[0].Kind == lawtext.Article && lastUnit(op.At) == lawtext.Article:
		want = nil
		for _, n := range nodes {
			want = append(want, lawcite.Range{From: n.Num})
		}
	case op.Verb == Append && op.New.Unit == lawtext.Article:
	default:
		return nil
	}
	if _, arts := u.frame(op.Payload); !announced(u, want, arts) {
		return &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
	}
	return nil
}

// find resolves an address of divisions and articles; articles must follow each
// other.
func (l *layer) find(u *Usage, r lawcite.Ref) (out []*lawtext.Node, _ *Refusal) {
	within := [2]int{0, len(l.rows)}
	for _, s := range r.Steps {
		if s.Unit == lawcite.Heading {
			continue
		}
		nums, ok := spread(s.Numbers)
		if !ok && len(s.Numbers) == 1 && s.Unit == lawtext.Article {
			nums = l.between(u, s.Numbers[0])
		}
		out = nil
		for _, num := range nums {
			var found []*lawtext.Node
			for n, span := range l.spans {
				if n.Kind == s.Unit && n.Label != "" && (n.Num == num || usage.IsRoman(n.Num) && itoa(usage.RomanValue(n.Num)) == num) && span[0] >= within[0] && span[1] <= within[1] {
					found = append(found, n)
				}
			}
			if len(found) != 1 {
				ref := &Refusal{Reason: NoTarget, Words: num}
				if len(found) > 1 {
					ref.Reason = TwoReadings
				}
				return nil, ref
			}
			out = append(out, found[0])
		}
		if len(out) == 0 {
			return nil, &Refusal{Reason: NoTarget, Words: path(r)}
		}
		within = l.spans[out[0]]
	}
	for i := 1; i < len(out); i++ {
		if k := slices.Index(l.arts, out[i-1]); k < 0 || k+1 >= len(l.arts) || l.arts[k+1] != out[i] {
			return nil, &Refusal{Reason: Unsupported, Words: "provisions that do not follow each other", Candidates: []string{out[i].ID}}
		}
	}
	return out, nil
}

// between lists the numbers of the articles of a range: "15a až 16".
func (l *layer) between(u *Usage, r lawcite.Range) (out []string) {
	for _, n := range l.arts {
		if u.Order(n.Num, r.From) >= 0 && u.Order(n.Num, r.To) <= 0 {
			out = append(out, n.Num)
		}
	}
	return out
}
