package akn

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/akn/markup"
)

// Collect makes one document of several: an amendmentList of amendments to a
// bill, an officialGazette, or a documentCollection of anything. The name is
// that of the element.
//
// Every eId gets that of its component in front, cmp_1__art_5, for an eId is the
// only one in a file; what it was before is the wId. References within a
// document lead where they led.
func Collect(element string, m Meta, docs ...*Document) *Document {
	if element != "amendmentList" && element != "officialGazette" {
		element = "documentCollection"
	}
	body := markup.New(NS, "collectionBody")
	for i, d := range docs {
		id := "cmp_" + strconv.Itoa(i+1)
		main := d.Main.Clone()
		rebase(main, id+"__")
		body.Add(markup.New(NS, "component", "eId", id).Add(main))
	}
	main := markup.New(NS, element, "name", element, "contains", "originalVersion").Add(m.element(), body)
	root := markup.New(NS, "akomaNtoso").Add(main)
	root.Binds = []markup.Bind{{Prefix: "law", Space: Own}}
	out := &Document{Version: "3.0", Tree: &markup.Tree{Root: root}, Main: main}
	for _, d := range docs {
		out.Lost = append(out.Lost, d.Lost...)
	}
	return out
}

// rebase puts a prefix in front of all eIds in an element, and of references to
// them.
func rebase(root *markup.Element, prefix string) {
	ids := map[string]bool{}
	for e := range root.All() {
		if id := e.Get("eId"); id != "" && e.Space == NS {
			ids[id] = true
		}
	}
	for e := range root.All() {
		for i := range e.Attrs {
			a := &e.Attrs[i]
			if a.Space != "" || !pointers[a.Name] && !(e.Space == Own && a.Name == "mod") {
				continue
			}
			words := strings.Split(a.Value, " ")
			for k, w := range words {
				if id, local := strings.CutPrefix(w, "#"); local && ids[id] {
					words[k] = "#" + prefix + id
				}
			}
			a.Value = strings.Join(words, " ")
		}
		id := e.Get("eId")
		if id == "" || e.Space != NS {
			continue
		}
		if e.Get("wId") == "" && (provisions[e.Name] || blocks[e.Name] || quoted[e.Name] || e.Name == "table" || e.Name == "tr") {
			e.Set("wId", id)
		}
		e.Set("eId", prefix+id)
	}
}
