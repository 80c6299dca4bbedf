package amend

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend/usage"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// An element of the XML of the Council of the District of Columbia.
type element struct {
	name       string
	attr       map[string]string
	kids       []*element
	text, tail string
}

func parseXML(t testing.TB, path string) *element {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	root := &element{}
	open := []*element{root}
	for d := xml.NewDecoder(f); ; {
		tok, err := d.Token()
		if err != nil {
			return root.kids[0]
		}
		at := open[len(open)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			e := &element{name: tok.Name.Local, attr: map[string]string{}}
			if strings.Contains(tok.Name.Space, "codify") {
				e.name = "codify:" + e.name
			}
			for _, a := range tok.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			at.kids = append(at.kids, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if n := len(at.kids); n > 0 {
				at.kids[n-1].tail += string(tok)
			} else {
				at.text += string(tok)
			}
		}
	}
}

func (e *element) child(name string) *element {
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

var manySpaces = regexp.MustCompile(`\s+`)

// words is the text of an element. A citation stands as the path that it cites,
// for the act and the code word it differently.
func (e *element) words() string {
	var b strings.Builder
	var walk func(e *element)
	walk = func(e *element) {
		b.WriteString(e.text)
		for _, k := range e.kids {
			switch {
			case (k.name == "cite" || k.name == "code-cite") && k.attr["path"] != "":
				b.WriteString("⟨" + k.attr["path"] + "⟩")
			case k.name == "span" && k.attr["value"] != "": // a day that was not known yet
				b.WriteString(k.attr["value"])
			case strings.HasPrefix(k.name, "codify:"), k.name == "annotations", k.name == "annotation":
			default:
				walk(k)
			}
			b.WriteString(k.tail)
		}
	}
	walk(e)
	return manySpaces.ReplaceAllString(b.String(), " ")
}

// provision makes a tree of a section or a paragraph of the code.
func provision(e *element) *lawtext.Node {
	n := &lawtext.Node{Kind: lawtext.Point}
	if e.name == "section" {
		n.Kind = lawtext.Article
	}
	for _, k := range e.kids {
		text := strings.TrimSpace(k.words())
		switch k.name {
		case "num":
			if n.Label = text; k.attr["value"] != "" {
				n.Label = k.attr["value"]
			}
			n.Num = strings.Trim(n.Label, "()[] ")
		case "heading":
			n.Heading = text
		case "text", "aftertext":
			switch {
			case strings.HasPrefix(text, "*NOTE"), text == "":
			case n.Intro == "" && len(n.Children) == 0:
				n.Intro = text
			default:
				n.Children = append(n.Children, &lawtext.Node{Kind: lawtext.Text, Intro: text})
			}
		case "para":
			n.Children = append(n.Children, provision(k))
		}
	}
	if n.Intro == "Repealed." {
		n.Deleted = true
	}
	if n.Label == "" { // it only holds others
		n.Kind = lawtext.Text
	}
	return n
}

func section(path string, t testing.TB) *lawtext.Act {
	a := &lawtext.Act{Lang: "en-US-dc", Components: []lawtext.Component{{Nodes: []*lawtext.Node{provision(parseXML(t, path))}}}}
	lawtext.Readdress(a)
	return a
}

// An order is one machine-readable operation of an act with the sentence that it
// stands for.
type order struct {
	op   Op
	path string // the target in the code: "4-681.03|(b)|(1)"
	what string // find-replace, insert, replace, repeal, redesignate-para
	bad  string // why the order has no operation
}

// orders reads the operations of an act on one section.
func orders(act *element, section string) (out []order) {
	var walk func(e *element, at []string)
	walk = func(e *element, at []string) {
		at = along(at, e.attr["path"])
		for _, k := range e.kids {
			name, codify := strings.CutPrefix(k.name, "codify:")
			if !codify {
				walk(k, at)
				continue
			}
			to := along(at, k.attr["path"])
			if len(to) == 0 || to[0] != "§"+section {
				continue
			}
			if o := command(name, k, e, to); o.what != "" {
				out = append(out, o)
			}
		}
	}
	walk(act, nil)
	return out
}

// along goes on from a path. One that begins with a section or a number of a
// title begins anew.
func along(at []string, path string) []string {
	if path == "" {
		return at
	}
	steps := strings.Split(path, "|")
	if strings.HasPrefix(path, "(") {
		return append(at[:len(at):len(at)], steps...)
	}
	return steps
}

func refTo(path []string) lawcite.Ref {
	r := lawcite.Ref{Steps: []lawcite.Step{{Unit: lawtext.Article, Numbers: []lawcite.Range{{From: strings.TrimPrefix(path[0], "§")}}}}}
	for _, s := range path[1:] {
		r.Steps = append(r.Steps, pointStep(s))
	}
	return r
}

func pointStep(s string) lawcite.Step {
	return lawcite.Step{Unit: lawtext.Point, Numbers: []lawcite.Range{{From: strings.Trim(s, "()[]")}}}
}

// command makes the operation of one element. Payload is the element in which
// it stands, for those that put something in.
func command(name string, e, payload *element, to []string) order {
	o := order{what: name, path: strings.Join(to, "|"), op: Op{At: refTo(to)}}
	switch name {
	case "find-replace":
		o.op.Verb = TextReplace
		if o.op.With = e.child("replace").words(); strings.TrimSpace(o.op.With) == "" {
			o.op.Verb = TextDelete
		}
		o.op.Text = e.child("find").words()
		if e.attr["position"] == "last" {
			o.op.Place = AtEnd
		} else if n := e.attr["count"]; n != "" {
			o.op.Times = atoi(n)
		} else {
			o.bad = "position " + e.attr["position"]
		}
	case "repeal":
		o.op.Verb = Delete
	case "redesignate-para":
		num := e.attr["num-value"]
		o.op.New = pointStep(num)
		// A provision that has no items yet gets its text as its first one.
		o.op.Verb = Wrap
	case "replace", "insert":
		if payload.name != "para" && payload.name != "section" {
			o.bad = "puts in a " + payload.name
			return o
		}
		fresh := provision(payload)
		if num := e.attr["num-value"]; num != "" {
			fresh.Label, fresh.Num = num, strings.Trim(num, "()[]")
		}
		o.op.Units = []*lawtext.Node{fresh}
		if name == "replace" {
			o.op.Verb = Replace
			if payload.name == "para" && fresh.Num != strings.Trim(to[len(to)-1], "()[]") {
				o.op.New = pointStep(fresh.Label)
			}
			return o
		}
		o.op.Verb, o.op.New, o.op.Place = Insert, pointStep(fresh.Label), AtEnd
		for side, place := range map[string]Place{"after": After, "before": Before} {
			if beside := e.attr[side]; beside != "" {
				o.op.At, o.op.Place = refTo(append(to[:len(to):len(to)], strings.Split(beside, "|")...)), place
			}
		}
	default:
		o.what = ""
	}
	return o
}

// saying is all that a provision says, in one text.
func saying(n *lawtext.Node) string {
	var b strings.Builder
	under(n, func(n *lawtext.Node) {
		if n.Deleted { // the heading of a section stays in the code
			b.WriteString(n.Num + " repealed\n")
			return
		}
		b.WriteString(strings.Join([]string{n.Num, n.Heading, strings.TrimSpace(manySpaces.ReplaceAllString(n.Intro, " ")), n.Tail}, "\x00") + "\n")
	})
	return b.String()
}

// at finds the provision of a path, its number as printed.
func at(a *lawtext.Act, r lawcite.Ref) *lawtext.Node {
	n := a.Components[0].Nodes[0]
	for _, s := range r.Steps[1:] {
		i := slices.IndexFunc(n.Children, func(c *lawtext.Node) bool { return c.Kind == lawtext.Point && c.Num == s.Numbers[0].From })
		if i < 0 {
			return nil
		}
		n = n.Children[i]
	}
	return n
}

// The code of the District leaves a word where a provision was.
var washington = func() usage.Usage {
	u := *usage.All()[slices.IndexFunc(usage.All(), func(u *usage.Usage) bool { return u.Lang == "en" })]
	u.Lang = "en-US-dc"
	u.Deleted = map[lawtext.Kind]string{lawtext.Point: "Repealed.", lawtext.Article: "Repealed."}
	return u
}()

func init() { usages = append(usages, &washington) }

// A tally counts operations on sections of one class.
type tally struct{ sections, whole, all, exact, refused, other int }

// classOf tells sections on which the comparison says nothing: the one before
// holds what temporary acts put there, on which the permanent act does not
// build, or what the act says waits for money.
func classOf(t testing.TB, dir string) string {
	before, err := os.ReadFile(filepath.Join(dir, "before.xml"))
	if err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(filepath.Join(dir, "after.xml"))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case strings.Contains(string(before), "*NOTE: This section"):
		return "temporary"
	case strings.Contains(strings.ToLower(string(after)), ">not funded.<"):
		return "not funded"
	}
	return "plain"
}

// TestWashington applies machine-readable operations of the District of Columbia
// to sections of its code, and compares with the codified section after them.
func TestWashington(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "triples", "en-dc", "*"))
	if err != nil || len(dirs) == 0 {
		t.Fatal("no triples", err)
	}
	tallies := map[string]*tally{"plain": {}, "temporary": {}, "not funded": {}}
	for _, dir := range dirs {
		var meta struct{ Section string }
		raw, err := os.ReadFile(filepath.Join(dir, "meta.json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &meta); err != nil {
			t.Fatal(err)
		}
		list := orders(parseXML(t, filepath.Join(dir, "act.xml")), meta.Section)
		if len(list) == 0 {
			continue // the act names a range of sections
		}
		class := classOf(t, dir)
		tallies[class].compare(t, dir, class, list)
	}
	for class, n := range tallies {
		realtexts.Measured(t, "operation against machine truth", "95 %", "Washington", "%s: sections %d, whole %d; operations %d: exact %d, refused %d, other %d", class, n.sections, n.whole, n.all, n.exact, n.refused, n.other)
	}
	if n := tallies["plain"]; n.exact*100 < n.all*95 {
		t.Errorf("exact %d of %d", n.exact, n.all)
	}
}

// compare applies operations to a section, and counts those after which their
// target is as it is in the code.
func (n *tally) compare(t *testing.T, dir, class string, list []order) {
	before, after := section(filepath.Join(dir, "before.xml"), t), section(filepath.Join(dir, "after.xml"), t)
	var ins []Instruction
	for i, o := range list {
		in := Instruction{Article: itoa(i + 1), Text: o.what + " " + o.path, Ops: []Op{o.op}}
		if o.bad != "" {
			in.Refused = &Refusal{Reason: Unsupported, Words: o.bad}
		}
		ins = append(ins, in)
	}
	r := Apply(before, ins)
	same := saying(r.Act.Components[0].Nodes[0]) == saying(after.Components[0].Nodes[0])
	if n.sections++; same {
		n.whole++
	}
	for i, o := range list {
		n.all++
		target := o.op.At
		if o.what == "insert" && o.bad == "" {
			if o.op.Place != AtEnd {
				target.Steps = target.Steps[:len(target.Steps)-1]
			}
			target.Steps = append(slices.Clone(target.Steps), o.op.New)
		}
		got, want := at(r.Act, target), at(after, target)
		switch out := r.Outcomes[i]; {
		case out.Status != Applied:
			n.refused++
			t.Logf("%s (%s) %s %s: %v", filepath.Base(dir), class, o.what, o.path, out.Refused)
		case same, got != nil && want != nil && saying(got) == saying(want), got == nil && want == nil:
			n.exact++
		default:
			n.other++
			t.Logf("%s (%s) %s %s: differs: %q", filepath.Base(dir), class, o.what, o.path, unlike(got, want))
		}
	}
}

// unlike shows where two provisions part.
func unlike(a, b *lawtext.Node) string {
	if a == nil || b == nil {
		return "one is not there"
	}
	x, y := saying(a), saying(b)
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	i = max(0, i-40)
	return x[i:min(len(x), i+120)] + "\n / " + y[i:min(len(y), i+120)]
}
