package akn

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/akn/markup"
	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Change is what an amending act says of one other act. Akoma Ntoso has no
// word for how often a text is meant, for old and new numbers and for changes
// in all cases and numbers: an operation stands whole in the metadata, under
// proprietary, beside the modification that it was written as.
type Change struct {
	Target       string       // the URI of the work that is changed: "/akn/si/act/2004-04-24/54"
	Base         *lawtext.Act // that work, to find provisions that are not named by number; may be nil
	Instructions []amend.Instruction

	named string // the act that is named first
	lang  string // of the amending act
}

// A mark is an instruction where it stands in the text.
type mark struct {
	in      *amend.Instruction
	at      string   // eId of the mod, or of the provision when the sentence was not found
	texts   []text   // quotedText
	payload []string // eIds of quotedStructure
}

type text struct{ id, says string }

// marksOf finds the provisions in which instructions stand: the sentence in an
// article of that number, each after the one before.
func marksOf(a *lawtext.Act, changes []Change) map[*lawtext.Node][]*mark {
	out := map[*lawtext.Node][]*mark{}
	for c := range changes {
		from := map[string]int{} // of an article: where among its lines the last sentence was found
		for i := range changes[c].Instructions {
			in := &changes[c].Instructions[i]
			lines := linesOf(a, in.Article)
			for k := from[in.Article]; k < len(lines); k++ {
				if strings.Contains(lines[k].Intro, in.Text) {
					from[in.Article] = k
					out[lines[k]] = append(out[lines[k]], &mark{in: in})
					break
				}
			}
		}
	}
	return out
}

// linesOf are the provisions of an article that say something of their own.
func linesOf(a *lawtext.Act, article string) []*lawtext.Node {
	var out []*lawtext.Node
	var under func(n *lawtext.Node)
	under = func(n *lawtext.Node) {
		if n.Kind == lawtext.Quote {
			return
		}
		if n.Intro != "" {
			out = append(out, n)
		}
		for _, k := range n.Children {
			under(k)
		}
	}
	for _, n := range a.Articles("") {
		if n.Num == article || n.Label == article {
			under(n)
		}
	}
	return out
}

// say writes the introduction of a provision into p, each instruction in it as
// a mod. It returns the last one if the introduction ends with it.
func (mk *maker) say(p *markup.Element, n *lawtext.Node, id string) *markup.Element {
	rest := n.Intro
	var last *markup.Element
	for _, m := range mk.marks[n] {
		before, after, found := strings.Cut(rest, m.in.Text)
		if !found || m.in.Text == "" {
			m.at = id
			continue
		}
		m.at = mk.id(id+"__mod", "")
		last = markup.New(NS, "mod", "eId", m.at)
		p.Say(before).Add(last)
		mk.quotations(last, m)
		rest = after
	}
	p.Say(rest)
	if rest != "" {
		return nil
	}
	return last
}

// closers are the signs that close a quotation, by the sign that opens it.
var closers = map[rune]string{'»': "«", '„': "“”\"", '“': "”", '«': "»"}

// quotations writes a sentence with its quotations marked.
func (mk *maker) quotations(mod *markup.Element, m *mark) {
	s, from := m.in.Text, 0
	for _, q := range quotationsIn(s) {
		open, _ := utf8.DecodeRuneInString(s[q[0]:])
		shut, _ := utf8.DecodeRuneInString(s[q[1]:])
		says := s[q[0]+utf8.RuneLen(open) : q[1]]
		id := mk.id(m.at+"__qtext", "")
		m.texts = append(m.texts, text{id, says})
		mod.Say(s[from:q[0]]).Add(markup.New(NS, "quotedText", "eId", id, "startQuote", string(open), "endQuote", string(shut)).Say(says))
		from = q[1] + utf8.RuneLen(shut)
	}
	mod.Say(s[from:])
}

// quotationsIn are the places of the signs that open and close quotations.
// Quotations in quotations belong to those.
func quotationsIn(s string) [][2]int {
	var open []int
	ends := map[int]int{}
	for i, r := range s {
		if len(open) > 0 {
			top, _ := utf8.DecodeRuneInString(s[open[len(open)-1]:])
			if strings.ContainsRune(closers[top], r) {
				ends[open[len(open)-1]] = i
				open = open[:len(open)-1]
				continue
			}
		}
		if closers[r] != "" {
			open = append(open, i)
		}
	}
	var out [][2]int
	last := -1
	for i := range s {
		if end, ok := ends[i]; ok && i > last {
			out, last = append(out, [2]int{i, end}), end
		}
	}
	return out
}

// active are the modifications that the instructions make, and what is no
// modification: instructions that were not read, changes of acts that have no
// URI here.
func (mk *maker) active(changes []Change) (out []Mod, lost []Loss) {
	lose := func(what, name string) {
		lost = append(lost, Loss{What: what, Name: short(name, 120), Many: 1})
	}
	mk.each(changes, func(c Change, m *mark, op amend.Op, id string) {
		if op.Verb == amend.Transitory {
			return
		}
		prefix, about := c.about(op)
		mod, ok := modOf(c, m, op, prefix)
		if !ok || !about {
			lose("modification", string(op.Verb)+" "+op.Act+": "+m.in.Text)
			return
		}
		mod.ID, mk.written[id] = id, true
		out = append(out, mod)
	})
	for _, c := range changes {
		for _, in := range c.Instructions {
			if in.Refused != nil {
				lose("instruction", in.Text)
			}
		}
	}
	return out, lost
}

// about reports whether an operation is about the target, and what stands in
// front of eIds there: those of what an amending act left behind are in an
// attachment. Where the base is not given, the first act that is named is the
// target, for another may be named besides.
func (c Change) about(op amend.Op) (prefix string, ok bool) {
	base := c.Base
	if base == nil {
		base = &lawtext.Act{Title: c.named, Lang: c.lang}
	}
	usage := amend.UsageOf(base.Lang)
	if op.Verb == amend.Commence || op.Act == "" && op.Verb != amend.Repeal {
		return "", true
	}
	if op.Verb == amend.Repeal && len(op.At.Steps) == 0 { // of an act as a whole: a target is never repealed unnamed
		if c.Base == nil || len(op.Acts) > 1 || op.Act == "" {
			return "", false
		}
	}
	at, ok := usage.Component(op, base)
	if at > 0 {
		prefix = "att_" + strconv.Itoa(at) + "__"
	}
	return prefix, ok
}

// firstNamed is the act that the first instruction with one names.
func (c Change) firstNamed() string {
	for _, in := range c.Instructions {
		for _, op := range in.Ops {
			if op.Act != "" && op.Verb != amend.Repeal && op.Verb != amend.Commence {
				return op.Act
			}
		}
	}
	return ""
}

// operations are the operations as we have them, with the eId of the
// modification that each was written as, if it was.
func (mk *maker) operations(changes []Change) []*markup.Element {
	var out []*markup.Element
	mk.each(changes, func(_ Change, m *mark, op amend.Op, id string) {
		if e := operation(op); e != nil {
			if mk.written[id] {
				e.Set("mod", "#"+id)
			}
			e.Set("source", "#"+m.at)
			e.Set("article", m.in.Article)
			out = append(out, e)
		}
	})
	return out
}

// each visits the operations of the instructions that were read, with the eIds
// of their modifications.
func (mk *maker) each(changes []Change, visit func(c Change, m *mark, op amend.Op, id string)) {
	at := map[*amend.Instruction]*mark{}
	for _, marks := range mk.marks {
		for _, m := range marks {
			at[m.in] = m
		}
	}
	count := 0
	for _, c := range changes {
		c.named, c.lang = c.firstNamed(), mk.lang
		for i := range c.Instructions {
			in := &c.Instructions[i]
			m := at[in]
			if m == nil {
				m = &mark{in: in, at: "art_" + addressed(in.Article)}
			}
			for _, op := range in.Ops {
				count++
				visit(c, m, op, "amod_"+strconv.Itoa(count))
			}
		}
	}
}

// types of modifications by verb. A rule that changes nothing has none.
var types = map[amend.Verb][2]string{
	amend.Replace: {"textualMod", "substitution"}, amend.ReplaceBody: {"textualMod", "substitution"},
	amend.Insert: {"textualMod", "insertion"}, amend.Delete: {"textualMod", "repeal"},
	amend.Renumber: {"textualMod", "renumbering"}, amend.Wrap: {"textualMod", "renumbering"}, amend.Unwrap: {"textualMod", "renumbering"},
	amend.TextReplace: {"textualMod", "substitution"}, amend.TextInsert: {"textualMod", "insertion"},
	amend.TextDelete: {"textualMod", "repeal"}, amend.Repeal: {"textualMod", "repeal"}, amend.Commence: {"forceMod", "entryIntoForce"},
}

// modOf is an operation as a modification.
func modOf(c Change, m *mark, op amend.Op, prefix string) (Mod, bool) {
	kind, known := types[op.Verb]
	if !known {
		return Mod{}, false
	}
	mod := Mod{Element: kind[0], Type: kind[1], Sources: []Argument{{Href: "#" + m.at}}}
	pos := map[amend.Place]string{amend.Before: "before", amend.After: "after", amend.AtEnd: "end"}[op.Place]
	if op.Anchor != "" && op.Place != amend.AtEnd {
		pos = "inside"
	}
	for _, d := range destinations(c, op, prefix) {
		mod.Incomplete = mod.Incomplete || d.Href == c.Target && op.Verb != amend.Repeal
		d.Pos = pos
		mod.Destinations = append(mod.Destinations, d)
	}
	if id := m.text(op.Anchor); id != "" {
		mod.Destinations = append(mod.Destinations, Argument{Href: "#" + id, Pos: string(op.Place)})
	}
	if id := m.text(op.Text); id != "" {
		mod.Old = []Argument{{Href: "#" + id}}
	}
	if id := m.text(op.With); id != "" {
		mod.New = []Argument{{Href: "#" + id}}
	}
	if op.Payload != "" {
		for _, id := range m.payload {
			mod.New = append(mod.New, Argument{Href: "#" + id})
		}
	}
	return mod, true
}

// text is the eId of the quotation that says this.
func (m *mark) text(says string) string {
	for _, t := range m.texts {
		if says != "" && t.says == says {
			return t.id
		}
	}
	return ""
}

// destinations are the places that an operation changes: those that its
// numbers name, else those that the reference finds in the base. Where that
// cannot be told it is the act as a whole, and the modification is incomplete.
func destinations(c Change, op amend.Op, prefix string) []Argument {
	if op.Verb == amend.Commence {
		return []Argument{{Href: "#body"}}
	}
	paths, ranges := addresses(op.At)
	if len(paths) == 0 && c.Base != nil && len(op.At.Steps) > 0 && prefix == "" {
		if nodes, err := op.At.Resolve(c.Base, nil); err == nil {
			for _, n := range nodes {
				paths = append(paths, n.ID)
			}
			ranges = make([]string, len(paths))
		}
	}
	if len(paths) == 0 {
		return []Argument{{Href: c.Target}}
	}
	var out []Argument
	for i, p := range paths {
		a := Argument{Href: c.Target + "#" + prefix + p}
		if ranges[i] != "" {
			a.UpTo = c.Target + "#" + prefix + ranges[i]
		}
		out = append(out, a)
	}
	return out
}

// addresses are the eIds that a reference by numbers names, and where it is a
// range the last one. None if a step has no number. A sentence has no eId: its
// paragraph stands for it.
func addresses(ref lawcite.Ref) (paths, ranges []string) {
	paths, ranges = []string{""}, []string{""}
	for i, s := range ref.Steps {
		word := elements[s.Unit][1]
		switch {
		case s.Unit == lawcite.Sentence:
			return paths, ranges
		case s.Unit == lawcite.Heading || s.Unit == lawcite.Intro:
			for k := range paths {
				paths[k] = strings.TrimPrefix(paths[k]+"__"+string(s.Unit), "__")
			}
			return paths, ranges
		case word == "":
			word = string(s.Unit)
		}
		if s.Relation != "" || len(s.Numbers) == 0 {
			return nil, nil
		}
		var next, upTo []string
		for _, p := range paths {
			if p != "" {
				p += "__"
			}
			for _, n := range s.Numbers {
				if strings.HasPrefix(n.From, "-") || n.To != "" && i < len(ref.Steps)-1 {
					return nil, nil
				}
				next = append(next, p+word+"_"+addressed(n.From))
				end := ""
				if n.To != "" {
					end = p + word + "_" + addressed(n.To)
				}
				upTo = append(upTo, end)
			}
		}
		paths, ranges = next, upTo
	}
	if len(ref.Steps) == 0 {
		return nil, nil
	}
	return paths, ranges
}

// operation writes an operation with all its fields, of which the empty ones
// are left out.
func operation(op amend.Op) *markup.Element {
	data, err := xml.Marshal(op)
	if err != nil {
		return nil
	}
	tree, err := markup.Read(data)
	if err != nil {
		return nil
	}
	tree.Root.Name = "operation"
	prune(tree.Root)
	return tree.Root
}

// prune leaves out what is empty, and gives the rest our namespace.
func prune(e *markup.Element) (empty bool) {
	e.Space, e.Prefix = Own, "law"
	kept := e.Kids[:0]
	for _, k := range e.Kids {
		if k.Sort != markup.Child || !prune(k.Element) {
			kept = append(kept, k)
		}
	}
	e.Kids = kept
	s := e.String()
	return len(kept) == 0 || len(kept) == 1 && kept[0].Sort == markup.Text && (s == "false" || s == "0" || s == "")
}

// Operations are the operations that Make wrote into an amending act, as they
// were. Another's document has none, whatever modifications it has.
func (d *Document) Operations() []amend.Op {
	var out []amend.Op
	for e := range d.Main.First("meta").Elements() {
		if e.Name != "proprietary" {
			continue
		}
		for k := range e.Elements() {
			if k.Space != Own || k.Name != "operation" {
				continue
			}
			var op amend.Op
			if xml.Unmarshal(markup.Write(&markup.Tree{Root: k}, Own), &op) == nil {
				out = append(out, op)
			}
		}
	}
	return out
}

// Passive are the modifications that an amending act makes of one work, as the
// metadata of that work has them: source is the amending act, destination the
// work itself.
func (d *Document) Passive(work string) []Mod {
	m := d.Meta()
	var out []Mod
	for _, mod := range m.Active {
		p := Mod{Element: mod.Element, Type: mod.Type, ID: "pmod_" + strconv.Itoa(len(out)+1), Condition: mod.Condition}
		for _, a := range mod.Destinations {
			if rest, ok := strings.CutPrefix(a.Href, work); ok && (rest == "" || rest[0] == '#') {
				if rest == "" {
					rest = "#body"
				}
				a.Href, a.UpTo = rest, strings.TrimPrefix(a.UpTo, work)
				p.Destinations = append(p.Destinations, a)
			}
		}
		if len(p.Destinations) == 0 {
			continue
		}
		away := func(args []Argument) []Argument {
			var out []Argument
			for _, a := range args {
				if strings.HasPrefix(a.Href, "#") {
					a.Href = m.Work.URI + a.Href
				}
				out = append(out, a)
			}
			return out
		}
		p.Sources, p.Old, p.New = away(mod.Sources), away(mod.Old), away(mod.New)
		out = append(out, p)
	}
	return out
}
