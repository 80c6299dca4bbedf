package markup

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
)

const head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

// What is read in the namespace urn:h and written again.
func TestWrite(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"mixed", `<a xmlns="urn:h">x <b>y</b> z</a>`, `<a xmlns="urn:h">x <b>y</b> z</a>`},
		{"prefix goes", `<h:a xmlns:h="urn:h"><h:b/></h:a>`, `<a xmlns="urn:h"><b/></a>`},
		{"foreign", `<a xmlns="urn:h" xmlns:m="urn:m"><m:x m:k="1"/></a>`, `<a xmlns:m="urn:m" xmlns="urn:h"><m:x m:k="1"/></a>`},
		{"foreign default", `<a xmlns="urn:h"><x xmlns="urn:m"><y/></x></a>`, `<a xmlns="urn:h"><x xmlns="urn:m"><y/></x></a>`},
		{"home in foreign", `<h:a xmlns:h="urn:h"><x xmlns="urn:m"><h:y/></x></h:a>`, `<a xmlns="urn:h"><x xmlns="urn:m"><y xmlns="urn:h"/></x></a>`},
		{"no namespace", `<h:a xmlns:h="urn:h"><x/></h:a>`, `<a xmlns="urn:h"><x xmlns=""/></a>`},
		{"attribute in home", `<h:a xmlns:h="urn:h" h:k="1"/>`, `<a xmlns="urn:h" xmlns:h="urn:h" h:k="1"/>`},
		{"shadowed prefix", `<a xmlns="urn:h" xmlns:p="urn:1"><p:x xmlns:p="urn:2" p:k=""/></a>`, `<a xmlns:p="urn:1" xmlns="urn:h"><p:x xmlns:p="urn:2" p:k=""/></a>`},
		{"CDATA", `<a xmlns="urn:h">1<![CDATA[<&]]>2</a>`, `<a xmlns="urn:h">1&lt;&amp;2</a>`},
		{"line ends", "<a xmlns=\"urn:h\" k=\"1&#xA;2\">1\r\n2&#xD;3</a>", "<a xmlns=\"urn:h\" k=\"1&#xA;2\">1\n2&#xD;3</a>"},
		{"comments", "<!--1--><?x y?><a xmlns=\"urn:h\"><!--2--></a><!--3-->", "<!--1-->\n<?x y?>\n<a xmlns=\"urn:h\"><!--2--></a>\n<!--3-->"},
		{"xml:id", `<a xmlns="urn:h" xml:id="k"/>`, `<a xmlns="urn:h" xml:id="k"/>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tree, err := Read([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			got := string(Write(tree, "urn:h"))
			if got != head+tt.want+"\n" {
				t.Errorf("Write(Read(%s)) = %s, want %s", tt.in, got, tt.want)
			}
			again, err := Read([]byte(got))
			if err != nil || string(Write(again, "urn:h")) != got {
				t.Errorf("%s is written again as %s (%v)", got, Write(again, "urn:h"), err)
			}
		})
	}
}

func TestRead_refuses(t *testing.T) {
	for _, tt := range []struct{ name, in, reason string }{
		{"nothing", "", "no element"},
		{"open", "<a>", "not closed"},
		{"crossed", "<a><b></a></b>", "closes"},
		{"two roots", "<a/><b/>", "second root"},
		{"text outside", "<a/>x", "outside"},
		{"attribute twice", `<a k="1" k="2"/>`, "twice"},
		{"the same by namespace", `<a xmlns:p="u" xmlns:q="u" p:k="1" q:k="2"/>`, "twice"},
		{"unbound prefix", "<p:a/>", "not declared"},
		{"unbound attribute", `<a p:k=""/>`, "not declared"},
		{"declared entity", `<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>`, "invalid character entity"},
		{"external entity", `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///x">]><a>&e;</a>`, "invalid character entity"},
		{"billion laughs", `<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><a>&b;</a>`, "invalid character entity"},
		{"deep", strings.Repeat("<a>", 1_000_000), "too deep"},
		{"many", "<a>" + strings.Repeat("<b/>", MaxNodes+1), "too many"},
		{"many attributes", "<a" + strings.Repeat(` k=""`, MaxNodes+1) + "/>", "too many"},
		{"not UTF-8", "<a>\xff</a>", "invalid UTF-8"},
		{"control character", "<a>\x01</a>", "illegal character"},
		{"unknown encoding", `<?xml version="1.0" encoding="EBCDIC"?><a/>`, "is not read"},
		{"declaration inside", "<a><!DOCTYPE b></a>", "inside"},
		{"reserved", `<a xmlns:xmlns="u"/>`, "reserved"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read([]byte(tt.in))
			var s *SyntaxError
			if !errors.As(err, &s) || !strings.Contains(s.Reason, tt.reason) || s.Line < 1 {
				t.Errorf("Read = %v, want %q", err, tt.reason)
			}
		})
	}
}

func TestRead_encodings(t *testing.T) {
	const text = `<a>č š ž</a>`
	var be, le []byte
	for _, u := range utf16.Encode([]rune(`<?xml version="1.0" encoding="UTF-16"?>` + text)) {
		be, le = append(be, byte(u>>8), byte(u)), append(le, byte(u), byte(u>>8))
	}
	for name, in := range map[string]string{
		"UTF-8":           text,
		"mark":            "\xEF\xBB\xBF" + text,
		"big endian":      "\xFE\xFF" + string(be),
		"little endian":   "\xFF\xFE" + string(le),
		"only said to be": `<?xml version="1.0" encoding="UTF-16"?>` + text,
		"windows-1250":    "<?xml version='1.0' encoding='windows-1250'?><a>\xe8 \x9a \x9e</a>",
		"iso-8859-2":      "<?xml version='1.0' encoding='ISO-8859-2'?><a>\xe8 \xb9 \xbe</a>",
	} {
		tree, err := Read([]byte(in))
		if err != nil || tree.Root.String() != "č š ž" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Sections of CDATA without number take no more than linear time.
func TestRead_sections(t *testing.T) {
	tree, err := Read([]byte("<a>" + strings.Repeat("<![CDATA[0123456789]]>", 500_000) + "</a>"))
	if err != nil || len(tree.Root.Kids) != 1 || len(tree.Root.String()) != 5_000_000 {
		t.Error("the sections are not one text:", err)
	}
}

// What is made by hand is written with names that read back.
func TestWrite_made(t *testing.T) {
	e := New("urn:h", "a", "k", "1", "empty", "").Say("<").Add(New("urn:x", "b"), nil, New("", "c"))
	e.Attrs = append(e.Attrs, Attr{Space: "urn:y", Name: "z", Value: "\"\n"})
	got := string(Write(&Tree{Root: e}, "urn:h"))
	want := head + `<a xmlns="urn:h" xmlns:ns1="urn:y" k="1" ns1:z="&quot;&#xA;">&lt;<ns2:b xmlns:ns2="urn:x"/><c xmlns=""/></a>` + "\n"
	if got != want {
		t.Errorf("got  %s want %s", got, want)
	}
	if e.First("b") == nil || e.First("b", "x") != nil || e.Get("k") != "1" {
		t.Error("elements are not found")
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`<a xmlns="urn:h" xmlns:p="urn:p" p:k="1">x<b/>&amp;<![CDATA[y]]></a>`,
		`<!DOCTYPE a><?p i?><a xmlns=""><!-- c --></a>`, `<p:a xmlns:p="u"><a xmlns="u" p:b=""/></p:a>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tree, err := Read(data)
		if err != nil {
			return
		}
		once := Write(tree, "urn:h")
		again, err := Read(once)
		if err != nil {
			t.Fatalf("%q is written as %q, which is refused: %v", data, once, err)
		}
		if twice := Write(again, "urn:h"); string(twice) != string(once) {
			t.Fatalf("%q is written as %q and then as %q", data, once, twice)
		}
		if tree.Root.String() != again.Root.String() {
			t.Fatalf("%q loses text", data)
		}
	})
}
