package german

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// An element of a LegalDocML.de document. Text is what stands before the first
// child, Tail what follows the element.
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
			return root
		}
		at := open[len(open)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			e := &element{name: tok.Name.Local, attr: map[string]string{}}
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

func (e *element) find(name string) (out []*element) {
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, k)
		}
		out = append(out, k.find(name)...)
	}
	return out
}

// A printer writes a document as the gazette has it: a line for each heading,
// paragraph and item. Mods are where the instructions begin, by eId.
type printer struct {
	out   strings.Builder
	line  strings.Builder
	label string
	quote string // the mark that opens the next line
	mods  map[string]int
}

var spaces = regexp.MustCompile(`[\s\x{00a0}]+`)

// flush ends a line.
func (p *printer) flush() {
	s := strings.TrimSpace(spaces.ReplaceAllString(p.line.String(), " "))
	p.line.Reset()
	if s == "" {
		return
	}
	if strings.Trim(s, ".;, ") == "" { // what stands after a quoted provision
		before := strings.TrimRight(p.out.String(), "\n")
		p.out.Reset()
		p.out.WriteString(before + s + "\n\n")
		return
	}
	if p.label != "" {
		s, p.label = p.label+" "+s, ""
	}
	p.out.WriteString(p.quote + s + "\n\n")
	p.quote = ""
}

func (p *printer) element(e *element) {
	switch e.name {
	case "meta", "authorialNote", "toc", "tocItem":
	case "num":
		p.flush()
		label := strings.TrimSpace(spaces.ReplaceAllString(all(e), " "))
		if i := strings.LastIndex(label, ">"); i >= 0 {
			label = strings.TrimSpace(label[i+1:])
		}
		if strings.HasPrefix(label, "§") || strings.HasPrefix(label, "Art") {
			p.line.WriteString(label)
			p.flush()
		} else {
			p.label = label
		}
	case "p", "heading", "listIntroduction", "listWrapUp", "docTitle":
		p.inline(e)
		p.flush()
	default:
		for _, k := range e.kids {
			p.element(k)
		}
	}
}

func all(e *element) string {
	s := e.text
	for _, k := range e.kids {
		s += all(k) + k.tail
	}
	return s
}

func (p *printer) inline(e *element) {
	p.line.WriteString(e.text)
	for _, k := range e.kids {
		switch k.name {
		case "mod":
			p.mods[k.attr["eId"]] = p.out.Len() + len(p.label) + len(strings.TrimSpace(spaces.ReplaceAllString(p.line.String(), " ")))
			p.inline(k)
		case "quotedText":
			p.line.WriteString(k.attr["startQuote"])
			p.inline(k)
			p.line.WriteString(k.attr["endQuote"])
		case "quotedStructure":
			p.flush()
			p.quote = k.attr["startQuote"]
			p.element(k)
			if p.flush(); p.quote != "" { // the sample leaves the text out
				p.line.WriteString("…")
			}
			p.flush()
			s := strings.TrimRight(p.out.String(), "\n") + k.attr["endQuote"] + strings.TrimSpace(k.tail) + "\n\n"
			p.out.Reset()
			p.out.WriteString(s)
			continue
		case "authorialNote":
		default:
			p.inline(k)
		}
		p.line.WriteString(k.tail)
	}
}

// printed is the text of a document, and where its instructions stand.
func printed(t testing.TB, path string) (string, map[string]int, *element) {
	root := parseXML(t, path)
	p := &printer{mods: map[string]int{}}
	for _, title := range root.find("longTitle") {
		for _, d := range title.find("docTitle") {
			p.line.WriteString(all(d))
			break
		}
		for _, d := range title.find("shortTitle") {
			p.line.WriteString(" " + all(d))
			break
		}
		p.flush()
	}
	for _, b := range root.find("body") {
		p.element(b)
		break
	}
	p.flush()
	return p.out.String(), p.mods, root
}

func risnorms(t testing.TB, path ...string) string {
	return filepath.Join(append([]string{realtexts.Path(t, "law"), "machine-gt", "de-risnorms"}, path...)...)
}

// address is a provision by its numbers: "2 1 3 a".
func address(r lawcite.Ref) string {
	var out []string
	for _, s := range r.Steps {
		if s.Unit == lawcite.Sentence || s.Unit == lawcite.Intro || s.Unit == lawcite.Heading {
			continue
		}
		for _, n := range s.Numbers[:1] {
			out = append(out, n.From)
		}
	}
	return strings.Join(out, " ")
}

var eIdPart = regexp.MustCompile(`(art|abs|listenelem)-[zn]?(\d*[a-z]*)`)

// plainID is an eId of the old or the new style, without what the styles do
// differently.
func plainID(eID string) string {
	var out []string
	for _, m := range eIdPart.FindAllStringSubmatch(eID, -1) {
		out = append(out, m[1]+m[2])
	}
	return strings.Join(out, " ")
}

// numbers of the articles, paragraphs and items of a law, by plain eId.
func numbers(law *element) map[string]string {
	out := map[string]string{}
	var walk func(e *element, at, ids []string)
	walk = func(e *element, at, ids []string) {
		place := 0
		for _, k := range e.kids {
			item := k.name == "point" || k.name == "item"
			if k.name != "article" && k.name != "paragraph" && !item {
				walk(k, at, ids)
				continue
			}
			place++
			num := ""
			for _, n := range k.find("num")[:1] {
				num = strings.Trim(spaces.ReplaceAllString(all(n), " "), " .()")
				num = strings.TrimPrefix(num[strings.LastIndex(num, ">")+1:], "§ ")
			}
			// Items are addressed by their place, articles and paragraphs by number.
			id := eIdPart.FindAllString(k.attr["eId"], -1)
			here := plainID(id[len(id)-1])
			if item {
				here = "listenelem" + strconv.Itoa(place)
			}
			to, under := append(at[:len(at):len(at)], num), append(ids[:len(ids):len(ids)], here)
			out[strings.Join(under, " ")] = strings.TrimSpace(strings.Join(to, " "))
			walk(k, to, under)
		}
	}
	walk(law, nil, nil)
	return out
}

// TestOperationsAgainstMachineTruth compares what is read of federal amending
// acts with the modifications that the documents themselves list: their kind,
// and the provision.
func TestOperationsAgainstMachineTruth(t *testing.T) {
	t.Parallel()
	kinds := map[amend.Verb]string{amend.Replace: "substitution", amend.TextReplace: "substitution", amend.Insert: "insertion",
		amend.TextInsert: "insertion", amend.Delete: "repeal", amend.TextDelete: "repeal"}
	total, right := 0, 0
	for _, c := range []struct{ act, law string }{
		{"samples/bgbl-1_2024_10/aenderungsgesetz/regelungstext-verkuendung-1.xml", "samples/bgbl-1_2024_10/zielgesetz/regelungstext-verkuendung-1.xml"},
		{"samples/bgbl-1_2023_413/aenderungsgesetz/regelungstext-verkuendung-1.xml", "samples/bgbl-1_2023_413/zielgesetz/regelungstext-verkuendung-1.xml"},
		{"samples/bgbl-1_2017_s419/aenderungsgesetz/regelungstext-verkuendung-1.xml", "samples/bgbl-1_2017_s419/zielgesetz/regelungstext-verkuendung-1.xml"},
		{"samples/bgbl-1_1001_2_mods_01/aenderungsgesetz/regelungstext-verkuendung-1.xml", "samples/bgbl-1_1001_2_mods_01/zielgesetz/regelungstext-verkuendung-1.xml"},
		{"samples/bgbl-1_1002_2_mods-subsitution_01/aenderungsgesetz/regelungstext-verkuendung-1.xml", "samples/bgbl-1_1002_2_mods-subsitution_01/zielgesetz/regelungstext-verkuendung-1.xml"},
		{"fixtures/eli/bund/bgbl-1/2024/17/2024-01-24/1/deu/2024-01-24/regelungstext-verkuendung-1.xml", ""},
	} {
		text, mods, doc := printed(t, risnorms(t, filepath.FromSlash(c.act)))
		var nums map[string]string
		if c.law != "" {
			nums = numbers(parseXML(t, risnorms(t, filepath.FromSlash(c.law))))
		}
		ins := Read(lawtext.ParseIn("de", text))
		all, exact, refused, wrong := 0, 0, 0, 0
		synthetic := strings.Contains(c.act, "_1002_") // its provisions and commands are placeholders
		used := map[int]int{}
		for _, m := range doc.find("textualMod") {
			all++
			source := strings.TrimPrefix(m.find("source")[0].attr["href"], "#")
			dest := m.find("destination")[0]
			_, path, _ := strings.Cut(dest.attr["href"], "regelungstext")
			want, known := nums[plainID(path)], path != ""
			if want == "" {
				want = regexp.MustCompile(`[a-z]+(\d)`).ReplaceAllString(plainID(path), "$1")
			}
			at, ok := mods[source]
			k := -1
			for i, in := range ins {
				if in.Span.Start <= at+3 && at < in.Span.End {
					k = i
				}
			}
			if !ok || k < 0 {
				t.Logf("%s: no instruction for %s at %d", c.act, source, at)
				refused++
				continue
			}
			in := ins[k]
			if in.Refused != nil {
				refused++
				t.Logf("refused: %s: %v", in.Text, in.Refused)
				continue
			}
			ok = false
			var tried []string
			for _, op := range in.Ops[min(used[k], len(in.Ops)-1):] {
				used[k]++
				got := address(op.At)
				tried = append(tried, string(op.Verb)+" "+got)
				same := !known || got == want || op.Verb == amend.Insert && op.Place == amend.AtEnd && strings.HasPrefix(want, got+" ")
				if ok = kinds[op.Verb] == m.attr["type"] && same; ok {
					break
				}
			}
			if ok {
				exact++
			} else {
				wrong++
				t.Logf("differs: %s: %v, want %s %s", in.Text, tried, m.attr["type"], want)
			}
		}
		unread := 0
		for _, in := range ins {
			if in.Refused != nil {
				unread++
			}
		}
		t.Logf("%s: exact %d of %d, refused %d, other %d; sentences read %d of %d", c.act, exact, all, refused, wrong, len(ins)-unread, len(ins))
		if !synthetic {
			total, right = total+all, right+exact
		}
		for _, in := range ins {
			if in.Refused != nil {
				t.Logf("  %s: %s: %v", in.Article, in.Text, in.Refused)
			}
		}
	}
	realtexts.Measured(t, "operation against machine truth", "95 %", "German fixtures", "of the acts that are not synthetic: exact %d of %d", right, total)
	if right*100 < total*94 {
		t.Errorf("exact %d of %d", right, total)
	}
}

// TestAppliesFederalActs carries out the sample acts on the laws that they
// change. The samples leave instructions out and name provisions that are not
// there, so that much is refused; there is no official text after them.
func TestAppliesFederalActs(t *testing.T) {
	t.Parallel()
	applied := 0
	for _, c := range []string{"bgbl-1_2024_10", "bgbl-1_2023_413", "bgbl-1_2017_s419", "bgbl-1_1001_2_mods_01", "bgbl-1_1002_2_mods-subsitution_01"} {
		act, _, _ := printed(t, risnorms(t, "samples", c, "aenderungsgesetz", "regelungstext-verkuendung-1.xml"))
		law, _, _ := printed(t, risnorms(t, "samples", c, "zielgesetz", "regelungstext-verkuendung-1.xml"))
		base := lawtext.ParseIn("de", law)
		r := amend.Apply(base, Read(lawtext.ParseIn("de", act)))
		count := map[amend.Status]int{}
		for _, o := range r.Outcomes {
			count[o.Status]++
			if o.Status == amend.Refused || o.Status == amend.Elsewhere {
				t.Logf("  %s %s: %s: %v", o.Status, o.Article, o.Text, o.Refused)
			}
		}
		t.Logf("%s (%s): %v", c, base.Title, count)
		applied += count[amend.Applied]
	}
	if applied < 8 {
		t.Errorf("applied %d", applied)
	}
}

// TestReadsFederalActs counts the sentences that are read of the amending acts
// among the samples of LegalDocML.de.
func TestReadsFederalActs(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "akn", "ris-norms-de", "*.xml"))
	all, read := 0, 0
	for _, f := range files {
		text, mods, _ := printed(t, f)
		if len(mods) == 0 || strings.Contains(f, "_1002_") {
			continue
		}
		n, ok := 0, 0
		for _, in := range Read(lawtext.ParseIn("de", text)) {
			n++
			if in.Refused == nil {
				ok++
			} else {
				t.Logf("  %s: %.200s: %v", in.Article, in.Text, in.Refused)
			}
		}
		t.Logf("%s: read %d of %d", filepath.Base(f), ok, n)
		all, read = all+n, read+ok
	}
	realtexts.Measured(t, "instructions read", "95 %", "German federal acts", "sentences read %d of %d", read, all)
	if read*100 < all*93 {
		t.Errorf("read %d of %d", read, all)
	}
}
