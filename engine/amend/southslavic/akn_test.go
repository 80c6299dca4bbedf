package southslavic

import (
	"encoding/xml"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// An element of Akoma Ntoso: text, or a name with what stands in it.
type element struct {
	name string
	attr map[string]string
	text string
	kids []*element
}

func readXML(t *testing.T, text string) *element {
	d := xml.NewDecoder(strings.NewReader(text))
	root := &element{}
	stack := []*element{root}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return root
		}
		if err != nil {
			t.Fatal(err)
		}
		top := stack[len(stack)-1]
		switch x := tok.(type) {
		case xml.StartElement:
			e := &element{name: x.Name.Local, attr: map[string]string{}}
			for _, a := range x.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			top.kids = append(top.kids, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.kids = append(top.kids, &element{text: string(x)})
		}
	}
}

func (e *element) find(name string) *element {
	if e.name == name {
		return e
	}
	for _, k := range e.kids {
		if f := k.find(name); f != nil {
			return f
		}
	}
	return nil
}

// plain lays a document out as the gazette does: headings above the heads of
// articles, marks before the text of items, quotations in „ and ”.
func (e *element) plain() string {
	var b strings.Builder
	e.write(&b)
	s := strings.Join(strings.Fields(b.String()), " ")
	s = regexp.MustCompile(`[\s¶]*[„"”]?[\s¶]*⟪[\s¶]*`).ReplaceAllString(s, "¶„")
	s = regexp.MustCompile(`[\s¶ˮ”"]*⟫[\s¶]*[ˮ”"]*[\s¶]*\.?`).ReplaceAllString(s, "”.¶")
	s = regexp.MustCompile(`[„"]?\s*«\s*`).ReplaceAllString(s, "„")
	s = regexp.MustCompile(`\s*[ˮ”"]?\s*»\s*[ˮ”"]?\s*`).ReplaceAllString(s, "” ")
	s = regexp.MustCompile(`” ([.,])`).ReplaceAllString(s, "”$1")
	lines := strings.Split(s, "¶")
	var out []string
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n\n") + "\n"
}

var pointText = regexp.MustCompile(`-point(\d+)-p$`)

func (e *element) write(b *strings.Builder) {
	switch e.name {
	case "":
		b.WriteString(e.text)
		return
	case "quotedText":
		b.WriteString("«")
		e.all(b)
		b.WriteString("»")
		return
	case "quotedStructure":
		b.WriteString("⟪")
		if p := e.find("p"); p != nil {
			if m := pointText.FindStringSubmatch(p.attr["eId"]); m != nil && e.find("num") == nil {
				b.WriteString(m[1] + ") ") // the gazette says the number again, the mark-up left it out
			}
		}
		e.all(b)
		b.WriteString("⟫")
		return
	case "article":
		b.WriteString("¶")
		for _, name := range []string{"heading", "num"} {
			for _, k := range e.kids {
				if k.name == name {
					k.all(b)
					b.WriteString("¶")
				}
			}
		}
		for _, k := range e.kids {
			if k.name != "heading" && k.name != "num" {
				k.write(b)
			}
		}
		b.WriteString("¶")
		return
	case "num":
		e.all(b)
		b.WriteString(" ")
		return
	case "paragraph", "point", "hcontainer", "section", "chapter", "indent", "list", "alinea":
		b.WriteString("¶")
		defer b.WriteString("¶")
	case "p":
		defer func() {
			if len(e.kids) > 0 {
				b.WriteString(" ")
			}
		}()
	case "intro":
		defer b.WriteString("¶")
	}
	e.all(b)
}

func (e *element) all(b *strings.Builder) {
	for _, k := range e.kids {
		k.write(b)
	}
}

// mods are the marks of a document: what each does and to what.
func (e *element) mods() []string {
	texts := map[string]string{}
	var walk func(e *element, do func(*element))
	walk = func(e *element, do func(*element)) {
		do(e)
		for _, k := range e.kids {
			walk(k, do)
		}
	}
	walk(e, func(q *element) {
		if q.name == "quotedText" {
			var b strings.Builder
			q.all(&b)
			texts["#"+strings.TrimSuffix(q.attr["eId"], "-str")] = strings.Trim(strings.Join(strings.Fields(b.String()), " "), " ˮ”")
		}
	})
	var out []string
	walk(e, func(m *element) {
		if m.name != "textualMod" {
			return
		}
		dest := m.find("destination")
		_, at, _ := strings.Cut(dest.attr["href"], "~")
		s := m.attr["type"] + " " + dest.attr["pos"] + " " + strings.TrimSuffix(at, "-p")
		if old := m.find("old"); old != nil {
			one := old.attr["href"]
			if texts[one] == "" { // one mark says mod1-str1 where the text says mod1-str
				one = strings.TrimSuffix(one, "-str1")
			}
			s += " " + texts[one] + " → " + texts[m.find("new").attr["href"]]
		}
		out = append(out, s)
	})
	return out
}

// asMark is an operation as marks have it.
func asMark(op amend.Op) string {
	var at []string
	points := 0
	for _, s := range op.At.Steps {
		w := map[lawcite.Unit]string{lawtext.Article: "art", lawtext.Paragraph: "para", lawtext.Point: "point", lawcite.Heading: "heading"}[s.Unit]
		if s.Unit == lawtext.Point {
			if points++; points > 1 {
				w = "subpoint"
			}
		}
		for _, n := range s.Numbers {
			w += n.From
		}
		at = append(at, w)
	}
	path := strings.Join(at, "-")
	switch {
	case op.Verb == amend.TextReplace:
		return "substitution  " + path + " " + op.Text + " → " + op.With
	case op.Verb == amend.Replace:
		return "substitution  " + path
	case op.Verb == amend.Insert && op.New.Unit == lawcite.Heading:
		return "insertion before " + path + "-para1" // the marks know no place above an article
	case op.Verb == amend.Insert:
		return "insertion " + string(op.Place) + " " + path
	}
	return string(op.Verb) + " " + path
}

// Two amending acts with marks of what they do: the operations are those of the
// marks but for quotations that the marks altered ("после речи: „X” додају се
// речи: „Y”" marked as X by "X Y") and "Члана 30. мења се", which is refused.
// Applied, they change the articles that they name, and nothing else.
func TestReadsAndAppliesMarkedActs(t *testing.T) {
	dir := realtexts.Path(t, "law", "machine-gt", "sr-akn")
	read := func(name string) *element { return readXML(t, load(t, filepath.Join(dir, name))) }
	act := lawtext.Parse("ЗАКОН\n\nо информационој безбедности\n\n" + read("ZakonOInformacionojBezbednosti.xml").find("body").plain())
	var marks, exact, applied, refused int
	for _, name := range []string{"ZakonOIzmeniIDopuni94-2017.xml", "ZakonOIzmeniIDopuni77-2019.xml"} {
		doc := read(name)
		res := amend.Apply(act, Read(lawtext.Parse("ЗАКОН\n\nо изменама Закона о информационој безбедности\n\n"+doc.find("body").plain())))
		var got []string
		claimed := map[string]bool{}
		for _, o := range res.Outcomes {
			switch o.Status {
			case amend.Refused:
				refused++
				t.Logf("čl. %s: %v", o.Article, o.Refused)
			case amend.Applied:
				applied++
				for _, id := range o.Touched {
					claimed[strings.Split(id, "__")[0]] = true
				}
			}
			for _, op := range o.Ops {
				got = append(got, asMark(op))
			}
		}
		for _, w := range doc.mods() {
			marks++
			if i := slices.Index(got, w); i >= 0 {
				exact++
				got = slices.Delete(got, i, i+1)
			} else {
				t.Logf("marked, and not read so: %s", w)
			}
		}
		for _, n := range res.Act.Articles("") {
			if was := act.Find(n.ID); was != nil && !claimed[n.ID] && textOf(was) != textOf(n) {
				t.Errorf("%s was changed by nobody", n.ID)
			}
		}
		act = res.Act
	}
	realtexts.Measured(t, "operation against machine truth", "95 %", "Serbian textualMods", "marks %d: operation exact %d; instructions applied %d, refused %d", marks, exact, applied, refused)
	if exact*10 < marks*9 || applied < 20 {
		t.Error("too few")
	}
}

func textOf(n *lawtext.Node) string {
	s := n.Label + "|" + n.Heading + "|" + n.Intro
	for _, c := range n.Children {
		s += "\n" + textOf(c)
	}
	return s + n.Tail
}
