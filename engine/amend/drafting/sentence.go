package drafting

import (
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A step is one level of a locator. A unit whose number changes is named by the
// number that it had, and the first time also by the one that it gets.
type step struct {
	lawcite.Step
	becomes string // "dosedanji …, ki postane …"; "-" when that was said already
}

// A sentence is one instruction, before it is known what the one before it was
// about.
type sentence struct {
	at      []step // where, from the article in
	front   string // what stands before the verb: "beseda »x«", "za prvim odstavkom"
	rest    string // the verb and what follows it, without se
	names   bool   // no se: "dosedanji … postane …"
	payload string
	leaves  []step // what the next sentence takes over
}

// cost is the number of words that a sentence quotes.
func (s sentence) cost() int {
	n := len(strings.Fields(s.payload))
	depth, from := 0, 0
	whole := s.front + " " + s.rest
	for i, r := range whole {
		switch r {
		case '»':
			if depth++; depth == 1 {
				from = i
			}
		case '«':
			if depth--; depth == 0 {
				n += len(strings.Fields(whole[from:i]))
			}
		}
	}
	return n
}

func costs(list []sentence) int {
	n := 0
	for _, s := range list {
		n += s.cost()
	}
	return n
}

func (s step) write(c lawcite.Case) string {
	if s.becomes == "" {
		return ref(s.Step).Write(c)
	}
	noun, _ := lawcite.NounOf(s.Unit)
	w := lawcite.Adjective("dosedanj", noun.Gender, c, lawcite.Singular) + " " + ref(s.Step).Write(c)
	if s.becomes != "-" {
		w += ", ki postane " + ref(numbered(s.Step, s.becomes)).Write(lawcite.Nominative) + ","
	}
	return w
}

func ref(steps ...lawcite.Step) lawcite.Ref { return lawcite.Ref{Steps: steps} }

func numbered(s lawcite.Step, num string) lawcite.Step {
	s.Numbers = []lawcite.Range{{From: num}}
	return s
}

// print writes a sentence after another that was about scope. The act is named
// where it is given.
func (s sentence) print(scope []step, act string) string {
	var b strings.Builder
	at := s.at
	if act == "" {
		if s.front != "" {
			at = at[inherited(scope, at):]
		}
	} else {
		b.WriteString("V " + act)
	}
	for i, st := range at {
		if b.Len() == 0 {
			b.WriteString("V ")
		} else if b.WriteString(" "); i == 0 && act != "" || i == 1 && act == "" {
			if !s.names {
				b.WriteString("se ")
			}
			b.WriteString("v ")
		} else {
			b.WriteString("v ")
		}
		b.WriteString(st.write(lawcite.Locative))
	}
	body := s.front
	switch {
	case b.Len() == 0:
		body = upper(body)
		if !s.names {
			body += " se"
		}
	case !s.names && (len(at) == 0 || len(at) == 1 && act == ""):
		b.WriteString(" se ")
	default:
		b.WriteString(" ")
	}
	b.WriteString(body)
	if s.rest != "" {
		b.WriteString(" " + s.rest)
	}
	if s.payload != "" {
		b.WriteString("\n\n" + quoted(s.payload))
	}
	return b.String() + "."
}

// quoted puts a text between guillemets, or between other marks if guillemets
// in it have lost their pairs: such of which no line of the text ends with one.
func quoted(s string) string {
	if balanced(s) {
		return "»" + s + "«"
	}
	for _, m := range [...][3]string{{"„", "“", "“”"}, {"‚", "‘", "‘’"}, {"\"", "\"", "\""}} {
		free := true
		for line := range strings.Lines(s) {
			line = strings.TrimRight(line, ".;,\n")
			free = free && strings.TrimRight(line, m[2]) == line
		}
		if free {
			return m[0] + s + m[1]
		}
	}
	return "»" + s + "«"
}

// inherited is how many steps a sentence need not say.
func inherited(scope, at []step) int {
	if len(at) == 0 || len(scope) == 0 || at[0].becomes != "" || !same(scope[0].Step, at[0].Step) {
		return 0
	}
	if len(at) == 1 {
		return 1
	}
	for _, st := range scope[1:] {
		if depth(st.Unit) < depth(at[1].Unit) {
			return 0
		}
	}
	return 1
}

// scope is what the next sentence takes over.
func (s sentence) scope() []step {
	if s.leaves != nil {
		return s.leaves
	}
	for i, st := range s.at {
		if depth(st.Unit) == partDepth || len(st.Numbers) != 1 || st.Numbers[0].To != "" {
			return s.at[:i]
		}
	}
	return s.at
}

func same(a, b lawcite.Step) bool { return a.Unit == b.Unit && slices.Equal(a.Numbers, b.Numbers) }

const partDepth = 5

// depth orders the units from the outside in, as reading does.
func depth(u lawcite.Unit) int {
	switch u {
	case lawtext.Article:
		return 1
	case lawtext.Paragraph:
		return 2
	case lawtext.Point:
		return 3
	case lawtext.Indent:
		return 4
	}
	return partDepth
}

func upper(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r)) + s[len(string(r)):]
	}
	return s
}

// verbs in the singular, dual and plural.
var (
	deleted  = [3]string{"črta", "črtata", "črtajo"}
	added    = [3]string{"doda", "dodata", "dodajo"}
	changed  = [3]string{"spremeni", "spremenita", "spremenijo"}
	reads    = [3]string{"glasi", "glasita", "glasijo"}
	becoming = [3]string{"postane", "postaneta", "postanejo"}
)

// count is the grammatical number of so many units.
func count(n int) lawcite.Count { return lawcite.Count(min(max(n, 1), 3) - 1) }

// units names provisions of one kind by their numbers, runs of three and more
// as ranges: "prvi in tretji odstavek", "4. do 6. točka", "točki a) in b)".
func units(nodes []*lawtext.Node) lawcite.Step {
	s := stepOf(nodes[0])
	s.Numbers = nil
	for _, n := range nodes {
		s.Numbers = append(s.Numbers, lawcite.Range{From: n.Num})
	}
	s.Numbers = ranges(s.Numbers, s.Label)
	return s
}

// ranges joins numbers that follow one another, three and more.
func ranges(nums []lawcite.Range, never bool) []lawcite.Range {
	var out []lawcite.Range
	for i := 0; i < len(nums); {
		k := i + 1
		for a, err := strconv.Atoi(nums[i].From); err == nil && k < len(nums) && nums[k].From == strconv.Itoa(a+k-i); k++ {
		}
		if k-i >= 3 && !never {
			out = append(out, lawcite.Range{From: nums[i].From, To: nums[k-1].From})
			i = k
			continue
		}
		out = append(out, nums[i])
		i++
	}
	return out
}

// stepOf names one provision.
func stepOf(n *lawtext.Node) lawcite.Step {
	return lawcite.Step{Unit: n.Kind, Numbers: []lawcite.Range{{From: n.Num}}, Label: n.Kind == lawtext.Point && !digit(n.Num)}
}

func digit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// gender of the noun of a unit.
func gender(u lawcite.Unit) lawcite.Gender {
	n, _ := lawcite.NounOf(u)
	return n.Gender
}

// texts of provisions as a payload has them.
func texts(nodes []*lawtext.Node) string {
	var lines []string
	for _, n := range nodes {
		lines = append(lines, n.Lines()...)
	}
	return strings.Join(lines, "\n\n")
}

func replaceUnits(at []step, old step, n *lawtext.Node) sentence {
	return sentence{at: at, front: old.write(lawcite.Nominative), rest: changed[0] + " tako, da se " + reads[0] + ":", payload: texts([]*lawtext.Node{n}), leaves: at}
}

func deleteUnits(at []step, nodes []*lawtext.Node, former bool) sentence {
	k := count(len(nodes))
	s := sentence{at: at, front: ref(units(nodes)).Write(lawcite.Nominative), rest: deleted[k], leaves: at}
	if former {
		s.front = lawcite.Adjective("dosedanj", gender(nodes[0].Kind), lawcite.Nominative, k) + " " + s.front
	}
	return s
}

// insertUnits puts provisions after one, or before all others.
func insertUnits(at []step, after *step, nodes []*lawtext.Node) sentence {
	k, g := count(len(nodes)), gender(nodes[0].Kind)
	fresh := lawcite.Adjective("nov", g, lawcite.Nominative, k)
	rest := added[k]
	s := sentence{at: at, payload: texts(nodes), leaves: at}
	what := fresh + " " + ref(units(nodes)).Write(lawcite.Nominative) + ", ki se " + reads[k] + ":"
	if after == nil {
		s.rest, s.front = rest+" "+what, ""
		return s
	}
	s.front, s.rest = "za "+after.write(lawcite.Instrumental), rest+" "+what
	return s
}

// renumber says that units count anew, in the order of both lists.
func renumber(at []step, old, now []*lawtext.Node) sentence {
	k, g := count(len(old)), gender(old[0].Kind)
	return sentence{at: at, names: true, leaves: at,
		front: lawcite.Adjective("dosedanj", g, lawcite.Nominative, k) + " " + ref(units(old)).Write(lawcite.Nominative),
		rest:  becoming[k] + " " + ref(units(now)).Write(lawcite.Nominative)}
}
