package southslavic

import (
	"encoding/xml"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
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

func TestAppliesSerbianActs(t *testing.T) {
	dir := realtexts.Path(t, "law", "machine-gt", "sr-akn")
	read := func(name string) *element { return readXML(t, load(t, filepath.Join(dir, name))) }
	doc := read("ZakonOInformacionojBezbednosti.xml")
	base := lawtext.Parse("ЗАКОН\n\nо информационој безбедности\n\n" + doc.find("body").plain())
	t.Log(base.Title, base.Lang, len(base.Articles("")))
	for _, name := range []string{"ZakonOIzmeniIDopuni94-2017.xml", "ZakonOIzmeniIDopuni77-2019.xml"} {
		text := read(name).find("body").plain()
		act := lawtext.Parse("ЗАКОН\n\nо изменама и допунама Закона о информационој безбедности\n\n" + text)
		res := amend.Apply(base, Read(act))
		for _, o := range res.Outcomes {
			t.Logf("%s čl. %s %s %v | %.200s", name[20:28], o.Article, o.Status, o.Refused, o.Text)
			for _, op := range o.Ops {
				t.Logf("      %s %v new %v place %q anchor %q text %.60q with %.60q payload %.60q", op.Verb, op.At, op.New, op.Place, op.Anchor, op.Text, op.With, op.Payload)
			}
		}
		base = res.Act
	}
}
