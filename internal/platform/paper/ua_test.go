package paper_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/paper"
)

// A reading is a PDF as qpdf reads it: its objects by reference.
type reading struct {
	t       *testing.T
	objects map[string]struct {
		Value  any
		Stream struct {
			Dict map[string]any
			Data string
		}
	}
}

func read(t *testing.T, path string) reading {
	t.Helper()
	var file struct{ Qpdf [2]json.RawMessage }
	r := reading{t: t}
	out := run(t, "qpdf", "--json", "--decode-level=generalized", "--json-stream-data=inline", path)
	if err := json.Unmarshal([]byte(out), &file); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file.Qpdf[1], &r.objects); err != nil {
		t.Fatal(err)
	}
	return r
}

// get follows a path of keys, and every reference on it. It returns nil if there is
// nothing.
func (r reading) get(from any, keys ...string) any {
	from = r.follow(from)
	for _, key := range keys {
		d, _ := from.(map[string]any)
		from = r.follow(d["/"+key])
	}
	return from
}

var reference = regexp.MustCompile(`^\d+ \d+ R$`)

func (r reading) follow(v any) any {
	ref, ok := v.(string)
	if !ok || !reference.MatchString(ref) {
		return v
	}
	o := r.objects["obj:"+ref]
	if o.Stream.Dict != nil {
		return o.Stream.Dict
	}
	return o.Value
}

func (r reading) list(from any, keys ...string) []any {
	l, _ := r.get(from, keys...).([]any)
	return l
}

func (r reading) stream(ref any) string {
	s, err := base64.StdEncoding.DecodeString(r.objects["obj:"+fmt.Sprint(ref)].Stream.Data)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(s)
}

// A node is an element of the structure as it is found in the file.
type node struct {
	tag   string
	scope any
	kids  []node
	marks []string // "page/MCID", and the number of an annotation
}

// node reads an element and all below it, and checks that each knows its parent.
func (r reading) node(ref, parent string) node {
	n := node{tag: fmt.Sprint(r.get(ref, "S")), scope: r.get(ref, "A", "Scope")}
	if d, _ := r.follow(ref).(map[string]any); d["/P"] != parent {
		r.t.Errorf("%s %s has the parent %v, not %s", n.tag, ref, d["/P"], parent)
	}
	for _, k := range r.list(ref, "K") {
		kid, ok := k.(map[string]any)
		switch {
		case !ok:
			n.kids = append(n.kids, r.node(k.(string), ref))
		case kid["/Type"] == "/OBJR":
			n.marks = append(n.marks, fmt.Sprint(kid["/Obj"]))
		default:
			n.marks = append(n.marks, fmt.Sprintf("%v/%v", kid["/Pg"], kid["/MCID"]))
		}
	}
	return n
}

// walk visits n and all below it.
func (n node) walk(visit func(node)) {
	visit(n)
	for _, k := range n.kids {
		k.walk(visit)
	}
}

func (n node) tags() string {
	var s []string
	for _, k := range n.kids {
		s = append(s, k.tag)
	}
	return strings.Join(s, "")
}

func (r reading) catalog() any { return r.get(r.objects["trailer"].Value, "Root") }

func (r reading) root() node {
	d := r.get(r.catalog()).(map[string]any)
	tree := d["/StructTreeRoot"].(string)
	return r.node(r.list(tree, "K")[0].(string), tree)
}

// TestPDF_UA holds the file against those rules of PDF/UA-1 that a machine can
// check and this package could break. The numbers are those of ISO 14289-1.
func TestPDF_UA(t *testing.T) {
	t.Parallel()
	path, _ := pdf(t, everyBlock())
	r := read(t, path)
	for _, tt := range []struct {
		rule string
		keys []string
		want any
	}{
		{"6.2 tagged", []string{"MarkInfo", "Marked"}, true},
		{"7.1 title shown", []string{"ViewerPreferences", "DisplayDocTitle"}, true},
		{"7.1 metadata", []string{"Metadata", "Subtype"}, "/XML"},
		{"7.2 language", []string{"Lang"}, "u:sl"},
	} {
		if got := r.get(r.catalog(), tt.keys...); got != tt.want {
			t.Errorf("%s: %v", tt.rule, got)
		}
	}
	links := 0
	root := r.root()
	root.walk(func(n node) {
		tags := n.tags()
		switch n.tag {
		case "/L": // 7.6
			if strings.ReplaceAll(tags, "/LI", "") != "" {
				t.Errorf("a list of %s", tags)
			}
		case "/LI":
			if tags != "/Lbl/LBody" {
				t.Errorf("an item of %s", tags)
			}
		case "/TH": // 7.5
			if n.scope != "/Column" && n.scope != "/Row" {
				t.Errorf("a header with the scope %v", n.scope)
			}
		case "/Table":
			if strings.ReplaceAll(strings.TrimPrefix(tags, "/Caption"), "/TR", "") != "" {
				t.Errorf("a table of %s", tags)
			}
			for _, tr := range n.kids {
				if tr.tag == "/TR" && len(tr.kids) != len(n.kids[len(n.kids)-1].kids) {
					t.Errorf("rows of %s and %s", tr.tags(), n.kids[len(n.kids)-1].tags())
				}
			}
		case "/Link":
			links++
		case "/Document", "/H1", "/H2", "/H3", "/P", "/Span", "/Lbl", "/LBody", "/BlockQuote", "/TR", "/TD", "/Caption":
		default:
			t.Errorf("7.1: %s is no standard type", n.tag)
		}
	})
	if links != 1 {
		t.Errorf("%d links", links)
	}
}

// TestPDF_marks: each piece of content has one place in the structure, and the
// structure leads back to it.
func TestPDF_marks(t *testing.T) {
	t.Parallel()
	path, _ := pdf(t, everyBlock())
	r := read(t, path)
	owner := map[string]string{} // by mark: the type of its element
	r.root().walk(func(n node) {
		for _, m := range n.marks {
			if owner[m] != "" {
				t.Errorf("%s belongs to %s and to %s", m, owner[m], n.tag)
			}
			owner[m] = n.tag
		}
	})
	parents := map[any]any{}
	nums := r.list(r.catalog(), "StructTreeRoot", "ParentTree", "Nums")
	for i := 0; i < len(nums); i += 2 {
		parents[nums[i]] = nums[i+1]
	}
	found, bdc := 0, regexp.MustCompile(`(/\w+) <</MCID (\d+)>> BDC`)
	for _, page := range r.list(r.catalog(), "Pages", "Kids") {
		if r.get(page, "Tabs") != "/S" {
			t.Error("7.18.3: no order of tabs")
		}
		d := r.get(page).(map[string]any)
		elems := parents[d["/StructParents"]].([]any)
		marks := bdc.FindAllStringSubmatch(r.stream(d["/Contents"]), -1)
		if len(marks) != len(elems) || len(marks) == 0 {
			t.Fatalf("%d marks, %d parents", len(marks), len(elems))
		}
		for i, m := range marks {
			found++
			if key := fmt.Sprintf("%v/%s", page, m[2]); owner[key] != m[1] || r.get(elems[i], "S") != m[1] || m[2] != fmt.Sprint(i) {
				t.Errorf("mark %v: in the tree %s, its parent %v", m, owner[key], r.get(elems[i], "S"))
			}
		}
		for _, a := range r.list(page, "Annots") {
			found++
			key := r.get(a, "StructParent")
			if owner[fmt.Sprint(a)] != "/Link" || r.get(parents[key], "S") != "/Link" || r.get(a, "Contents") != "u:javni strani" {
				t.Errorf("7.18.5: link %v: in the tree %s, its parent %v", a, owner[fmt.Sprint(a)], r.get(parents[key], "S"))
			}
		}
	}
	if found != len(owner) {
		t.Errorf("%d marks on the pages, %d in the structure", found, len(owner))
	}
}

// TestPDF_fonts: each font is embedded, each code that is drawn has a character
// and a width (7.21), and none is .notdef.
func TestPDF_fonts(t *testing.T) {
	t.Parallel()
	d := everyBlock()
	d.Blocks = append(d.Blocks, paper.Paragraph{Text: paper.Plain("漢字")})
	path, _ := pdf(t, d)
	r := read(t, path)
	pages := r.list(r.catalog(), "Pages", "Kids")
	fonts := r.get(pages[0], "Resources", "Font").(map[string]any)
	known := map[string]map[string]bool{} // by font: its codes
	for name, ref := range fonts {
		font := r.get(ref).(map[string]any)
		base := r.list(ref, "DescendantFonts")[0]
		widths := r.list(base, "W")[1].([]any)
		if r.get(base, "CIDToGIDMap") != "/Identity" || r.get(base, "FontDescriptor", "FontFile2") == nil {
			t.Errorf("%s is not embedded", name)
		}
		known[name] = map[string]bool{}
		_, chars, _ := strings.Cut(r.stream(font["/ToUnicode"]), "endcodespacerange")
		for i, m := range regexp.MustCompile(`<(....)> <([0-9A-F]{4,8})>`).FindAllStringSubmatch(chars, -1) {
			if i+1 >= len(widths) || m[2] == "0000" || m[2] == "FEFF" || m[2] == "FFFE" {
				t.Errorf("%s: code %s is %s", name, m[1], m[2])
			}
			known[name][m[1]] = true
		}
	}
	drawn := 0
	text := regexp.MustCompile(`(/F\d) [\d.]+ Tf [\d.]+ [\d.]+ Td (.*) ET`)
	for _, page := range pages {
		for _, m := range text.FindAllStringSubmatch(r.stream(r.get(page).(map[string]any)["/Contents"]), -1) {
			for _, hex := range regexp.MustCompile(`<([0-9A-F]+)> Tj`).FindAllStringSubmatch(m[2], -1) {
				for s := hex[1]; s != ""; s = s[4:] {
					drawn++
					if !known[m[1]][s[:4]] {
						t.Errorf("%s: code %s has no character", m[1], s[:4])
					}
				}
			}
		}
	}
	if drawn < 3000 {
		t.Errorf("%d characters", drawn)
	}
}
