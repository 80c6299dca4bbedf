package app_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Each kind of page of the Members desk is sound for the office and for a member: wide
// and light in Slovenian, on a dark phone in English, and printed.
func TestBrowser_members(t *testing.T) {
	_, base := demoHouse(t)
	for _, who := range []struct {
		name  string
		doors []string
	}{
		{"Neža Škrbec", []string{"/members", "/applications", "/dues", "/bodies", "/meetings", "/decisions", "/votes", "/extracts", "/wishes", "/retention", "/confirmations"}},
		{"Ana Dren", []string{"/my", "/votes", "/meetings"}},
		{"", []string{"/join", "/check"}},
	} {
		t.Run(who.name, func(t *testing.T) {
			b := browser(t, base)
			b.size(1280, 900)
			b.open("/demo")
			if who.name != "" {
				b.send("Vstopi: " + who.name)
			}
			found := b.kinds(who.doors)
			t.Logf("%d kinds of pages", len(found))
			for _, path := range found {
				name := strings.ReplaceAll(strings.Trim(path, "/"), "/", "-")
				b.open(path)
				b.sound()
				b.shot(name)
				b.print(true)
				b.fits()
				b.shot(name + "-print")
				b.print(false)
			}
			b.open("/look?lang=en&next=/")
			b.size(320, 800)
			b.dark(true)
			for _, path := range found {
				b.open(path)
				b.sound()
				b.shot(strings.ReplaceAll(strings.Trim(path, "/"), "/", "-") + "-phone")
			}
		})
	}
}

// kinds follows the links from the doors and returns one page of each kind: those that
// differ only in whom or what they are about are of one kind.
func (b *tab) kinds(doors []string) (found []string) {
	b.t.Helper()
	seen := map[string]bool{}
	for todo := doors; len(todo) > 0; todo = todo[1:] {
		u, err := url.Parse(todo[0])
		if err != nil {
			b.t.Fatal(err)
		}
		kind := names.ReplaceAllString(u.Path, "*")
		first, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
		if seen[kind] || !strings.Contains(membersDoors, " "+first+" ") {
			continue
		}
		seen[kind] = true
		page, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`fetch(`+quote(u.RequestURI())+`).then((r) => r.ok && r.headers.get("Content-Type").startsWith("text/html") && !r.headers.has("Content-Disposition"))`, chromedp.EvalAwaitPromise))
		if err != nil || !page {
			continue // a file, or nothing for this person
		}
		b.open(u.RequestURI())
		found = append(found, u.RequestURI())
		links, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("main a[href]")].filter((a) => a.host === location.host && !a.hasAttribute("download")).map((a) => a.pathname + a.search)`))
		if err != nil {
			b.t.Fatal(err)
		}
		todo = append(todo, links...)
	}
	return found
}

const membersDoors = " members applications join dues bodies meetings decisions votes extracts certificates check my wishes retention erasures confirmations "
