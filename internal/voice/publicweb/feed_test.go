package publicweb

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// A node is an element as it stands in a document.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n node) all(name string) (list []node) {
	for _, one := range n.Nodes {
		if one.XMLName == (xml.Name{Space: "http://www.w3.org/2005/Atom", Local: name}) {
			list = append(list, one)
		}
	}
	return list
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// link finds the links of a relation.
func (n node) link(rel string) (list []string) {
	for _, l := range n.all("link") {
		if l.attr("rel") == rel {
			list = append(list, l.attr("href"))
		}
	}
	return list
}

// atom reads a feed by the rules of RFC 4287, and complains of each that it breaks.
func atom(t *testing.T, body, address string) node {
	t.Helper()
	var feed node
	if err := xml.Unmarshal([]byte(body), &feed); err != nil {
		t.Fatal(err)
	}
	if feed.XMLName != (xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "feed"}) || feed.attr("lang") == "" {
		t.Errorf("the root is %v in language %q", feed.XMLName, feed.attr("lang"))
	}
	if got := feed.link("self"); len(got) != 1 || got[0] != address {
		t.Errorf("self is %v, want %s (4.1.1)", got, address)
	}
	if len(feed.all("author")) != 1 || len(feed.all("author")[0].all("name")) != 1 {
		t.Error("nobody has written it (4.1.1)")
	}
	entries, seen, last := feed.all("entry"), map[string]bool{}, time.Time{}
	for i, n := range append([]node{feed}, entries...) {
		for _, name := range []string{"id", "title", "updated"} {
			if got := n.all(name); len(got) != 1 || strings.TrimSpace(got[0].Text) == "" {
				t.Errorf("entry %d has %d %s (4.1.2)", i, len(got), name)
			}
		}
		id := n.all("id")[0].Text
		if u, err := url.Parse(id); err != nil || !u.IsAbs() || seen[id] {
			t.Errorf("the ID %q is no IRI, or is there twice (4.2.6)", id)
		}
		seen[id] = true
		at, err := time.Parse(time.RFC3339, n.all("updated")[0].Text)
		if err != nil {
			t.Errorf("updated is no date (3.3): %v", err)
		}
		if i > 1 && at.After(last) {
			t.Errorf("entry %d is newer than the one before", i)
		}
		if last = at; i == 0 {
			continue
		}
		if alternate := n.link("alternate"); len(alternate) != 1 || len(n.all("content")) != 0 {
			t.Errorf("without content an entry has one alternate (4.1.2), not %v", alternate)
		}
		if s := n.all("summary"); len(s) != 1 || s[0].attr("type") != "text" || s[0].Text == "" {
			t.Errorf("entry %d says nothing", i)
		}
	}
	if len(entries) > 50 {
		t.Errorf("%d entries", len(entries))
	}
	return feed
}

func TestFeeds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, filled := range []bool{false, true} {
			if filled {
				h.fill()
			}
			for kind, want := range map[string]int{"all": 3, "consultations": 1, "positions": 1, "cases": 1} {
				for _, lang := range []string{"", "?lang=en"} {
					path := "/feeds/" + kind + ".atom" + lang
					feed := atom(t, h.get(path), "https://mnk.example"+path)
					if n := len(feed.all("entry")); filled && n != want || !filled && n != 0 {
						t.Errorf("%s has %d entries", path, n)
					}
				}
			}
		}
		body := h.get("/feeds/all.atom")
		for _, want := range []string{"Odgovori do 24.\u00a011.\u00a02026.", "3 predlogi.", "Zadnje: poslali smo pripombe, 17.\u00a011.\u00a02026."} {
			if !strings.Contains(body, want) {
				t.Errorf("nobody reads %q in %s", want, body)
			}
		}
	})
}

// A feed holds the newest fifty, in the same order each time.
func TestFeeds_bounded(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, steps()...))
	for i := range 60 {
		must(h.site.Cases.Open(t.Context(), neza, cases.Case{Title: fmt.Sprintf("Zadeva <%d> & \"druge\"", i), Lead: "O tem.", Kind: cases.Other, Public: true, Opened: civil.On(2026, 1, 1+i/3)}))(t)
	}
	body := h.get("/feeds/cases.atom")
	if n := len(atom(t, body, "https://mnk.example/feeds/cases.atom").all("entry")); n != 50 {
		t.Errorf("%d entries", n)
	}
	if body != h.get("/feeds/cases.atom") {
		t.Error("the second time it is another")
	}
	if first, next := h.get("/z"), h.get("/z?after=2026-011"); !strings.Contains(first, "after=2026-011") || strings.Count(next, "<li>") == strings.Count(first, "<li>") {
		t.Error("no way leads to the second page of cases")
	}
}

// Whoever has the feed is told that nothing changed; whoever has what has been
// withdrawn since is not, though all that is left is older.
func TestFeeds_unchanged(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, steps()...)).fill()
	for _, path := range []string{"/feeds/all.atom", "/calendar.ics", "/sitemap.xml"} {
		w := h.ask(httptest.NewRequest("GET", path, nil))
		tag, day := w.Header().Get("ETag"), w.Header().Get("Last-Modified")
		if tag == "" || day == "" && path != "/sitemap.xml" {
			t.Errorf("%s has the tag %q of %q", path, tag, day)
		}
		again := func() int {
			r := httptest.NewRequest("GET", path, nil)
			r.Header.Set("If-None-Match", tag)
			r.Header.Set("If-Modified-Since", day)
			return h.ask(r).Code
		}
		if got := again(); got != http.StatusNotModified {
			t.Errorf("%s again: %d", path, got)
		}
		h.must(h.site.Cases.Publish(t.Context(), neza, h.id, false))
		if got := again(); got != http.StatusOK {
			t.Errorf("%s after its case was withdrawn: %d", path, got)
		}
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("If-Modified-Since", day)
		if got := h.ask(r).Code; got != http.StatusOK {
			t.Errorf("%s by the day alone: %d", path, got)
		}
		h.must(h.site.Cases.Publish(t.Context(), neza, h.id, true))
	}
}
