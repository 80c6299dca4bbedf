package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
)

// Whoever follows all links of the house, in Slovenian and in English, finds no dead
// end and nothing for programmers; each page is whole; and looking changes nothing.
func TestCrawl(t *testing.T) {
	h := furnished(t)
	drain(t, h)
	handler := h.Handler()
	link := invitation(t, h, "ana.dren@pesto.example")
	for who, name := range visitors {
		for _, lang := range []string{"sl", "en"} {
			t.Run(name+"/"+lang, func(t *testing.T) {
				c := &crawl{visitor: visit(t, h, handler, who), lang: lang, seen: map[string]bool{}, alike: map[string]int{}, from: map[string]string{}, ids: map[string][]string{}}
				c.cookies["lang"] = lang
				c.add("", "/", "/today", "/mine", "/search?q=honorar", "/nikjer")
				if who == nobody {
					c.add("", link)
				}
				before := sums(t, h.DB)
				c.walk(400)
				t.Logf("%d pages", c.pages)
				if after := sums(t, h.DB); !maps.Equal(before, after) {
					t.Errorf("looking changed %v", changed(before, after))
				}
				if c.pages < 20 {
					t.Error("those are too few to say anything")
				}
			})
		}
	}
}

// A crawl is a visitor who follows every link once, and of pages that are alike
// only some.
type crawl struct {
	*visitor
	lang  string
	todo  []string
	seen  map[string]bool
	alike map[string]int
	from  map[string]string   // the page with the link
	ids   map[string][]string // of each page
	jumps [][2]string         // path and fragment
	pages int
}

var names = regexp.MustCompile(`chp_[^/?&]*|text_[^/?&]*|[0-9a-z]{26}|[A-Za-z0-9_-]{30,}|20\d\d-\d+|\b\d+\b|art_[^/?&]*|plk_[^/?&]*`)

// mostAlike is how many pages are looked at that differ only in what they are about.
const mostAlike = 8

func (c *crawl) add(from string, links ...string) {
	for _, link := range links {
		u, err := url.Parse(link)
		if err != nil {
			c.t.Errorf("%s links to %q: %v", from, link, err)
			continue
		}
		base, _ := url.Parse(from)
		if u = base.ResolveReference(u); u.Host != "" || u.Scheme != "" {
			continue
		}
		if u.Fragment != "" {
			c.jumps = append(c.jumps, [2]string{u.RequestURI(), u.Fragment})
		}
		at := u.RequestURI()
		like := names.ReplaceAllString(u.Path, "*")
		for _, key := range slices.Sorted(maps.Keys(u.Query())) {
			like += "&" + key
		}
		// Choosing a language or a look is a link that sets a cookie of one's own.
		if c.seen[at] || u.Path == "/look" || c.alike[like] >= mostAlike {
			continue
		}
		c.seen[at], c.from[at] = true, from
		c.alike[like]++
		c.todo = append(c.todo, at)
	}
}

func (c *crawl) walk(most int) {
	c.t.Helper()
	for len(c.todo) > 0 && c.pages < most {
		at := c.todo[0]
		c.todo = c.todo[1:]
		c.pages++
		c.look(at)
	}
	for _, j := range c.jumps {
		if ids, ok := c.ids[j[0]]; ok && !slices.Contains(ids, j[1]) {
			c.t.Errorf("%s has no #%s", j[0], j[1])
		}
	}
}

func (c *crawl) look(at string) {
	c.t.Helper()
	p := c.get(at)
	wants := http.StatusOK
	switch {
	case at == "/nikjer":
		wants = http.StatusNotFound
	case p.StatusCode == http.StatusSeeOther:
		c.add(at, p.Header.Get("Location"))
		return
	// These two are asked for without a link; members have no desk of today, and
	// nobody has a page of their own.
	case c.from[at] == "" && p.StatusCode == http.StatusForbidden:
		wants = http.StatusForbidden
	}
	if p.StatusCode != wants {
		c.t.Errorf("%s, from %s: %d\n%.300s", at, c.from[at], p.StatusCode, p.main())
		return
	}
	// A paper is a document that goes out into the world, and no page.
	paper := strings.HasPrefix(p.Header.Get("Content-Disposition"), "attachment") || strings.HasSuffix(at, ".html")
	if paper || !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		return
	}
	doc, err := nethtml.Parse(strings.NewReader(p.raw))
	if err != nil {
		c.t.Errorf("%s: %v", at, err)
		return
	}
	for _, wrong := range unsound(doc, p.text, c.lang) {
		c.t.Errorf("%s, from %s: %s", at, c.from[at], wrong)
	}
	for n := range doc.Descendants() {
		if n.Data == "a" && has(n, "href") {
			c.add(at, attr(n, "href"))
		}
		if id := attr(n, "id"); id != "" {
			c.ids[at] = append(c.ids[at], id)
		}
	}
}

// unsound is what is wrong with a page.
func unsound(doc *nethtml.Node, text, lang string) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if i := strings.Index(text, "⟦"); i >= 0 {
		say("a key is shown: %.60q", text[i:])
	}
	heads, ids, named := 0, map[string]int{}, map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != nethtml.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" {
			if ids[id]++; ids[id] == 2 {
				say("two things are #%s", id)
			}
		}
		if n.Data == "label" && has(n, "for") {
			named[attr(n, "for")] = true
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				say("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		switch n.Data {
		case "h1":
			heads++
		case "html":
			if got := attr(n, "lang"); got != lang {
				say("its language is %q", got)
			}
		case "script", "style":
			// What is said at the foot of a print-out has the nonce of its answer.
			if !has(n, "src") && !(n.Data == "style" && attr(n, "nonce") != "") {
				say("<%s> stands in the page", n.Data)
			}
		}
		for _, where := range []string{attr(n, "src"), attr(n, "srcset"), map[bool]string{true: attr(n, "href")}[n.Data == "link" && attr(n, "rel") != "canonical"]} {
			if u, err := url.Parse(where); err != nil || u.Host != "" {
				say("<%s> is fetched from %s", n.Data, where)
			}
		}
	}
	if heads != 1 {
		say("%d first headings", heads)
	}
	for n := range doc.Descendants() {
		for _, ref := range []string{"aria-labelledby", "aria-describedby", "for"} {
			for id := range strings.FieldsSeq(attr(n, ref)) {
				if ids[id] == 0 {
					say("<%s %s=%q> speaks of nothing", n.Data, ref, id)
				}
			}
		}
		if isControl(n) && !named[attr(n, "id")] && attr(n, "aria-label") == "" && attr(n, "aria-labelledby") == "" && !under(n, "label") {
			say("<%s name=%q> has no label", n.Data, attr(n, "name"))
		}
	}
	return wrong
}

// isControl reports whether a person fills or presses the element.
func isControl(n *nethtml.Node) bool {
	switch n.Data {
	case "select", "textarea":
		return true
	case "input":
		return attr(n, "type") != "hidden"
	case "button":
		return text(n) == ""
	}
	return false
}

func under(n *nethtml.Node, name string) bool {
	for p := range n.Ancestors() {
		if p.Data == name {
			return true
		}
	}
	return false
}

// text is what stands in the element.
func text(n *nethtml.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == nethtml.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}
