package app_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
)

// Every form of the house, filled with rubbish, is answered with a word to a person;
// what is shown again has all that was typed.
func TestHard_everyForm(t *testing.T) {
	h := furnished(t)
	drain(t, h)
	handler := h.Handler()
	neza := visit(t, h, handler, coordinator)
	link := invitation(t, h, "jana.vrabic@posta.example")
	c := &crawl{visitor: neza, lang: "sl", seen: map[string]bool{}, alike: map[string]int{}, from: map[string]string{}, ids: map[string][]string{}}
	intake := neza.post("/cases/new", "text", "Zakon o čebelah").leads()
	c.add("", "/", "/today", "/mine", "/account", intake, link, link+"/decline", link+"/hand-over", "/sign-in")
	c.walk(500)
	// The forms of each sort of page once; what shuts the house behind us comes last.
	forms := map[string][]string{} // of a sort: where it posts, and the names of its fields
	for at := range c.ids {
		for _, f := range formsOf(t, neza.get(at).raw, at) {
			u, err := url.Parse(f.action)
			if err != nil {
				t.Fatal(err)
			}
			if like := names.ReplaceAllString(u.Path, "*"); u.Path != "/sign-out" && u.Path != "/account/out" && u.Path != "/account/sessions" {
				forms[like] = append([]string{f.action, at}, f.names...)
			}
		}
	}
	if len(forms) < 30 {
		t.Errorf("only %d forms were found", len(forms))
	}
	for _, fill := range []struct{ name, with string }{
		{"nothing", ""},
		{"bytes that are no text", "smeti\x00\xff\xfe"},
		{"markup", `"><script>alert(1)</script>⟧{{.n}}%s`},
		{"much", strings.Repeat("predolgo ", 2_000) + "konec"},
		{"a number too big", "99999999999999999999"},
	} {
		t.Run(fill.name, func(t *testing.T) {
			neza := visit(t, h, handler, coordinator)
			statuses := map[int]int{}
			for _, like := range slices.Sorted(maps.Keys(forms)) {
				f := forms[like]
				var sent []string
				for _, name := range f[2:] {
					sent = append(sent, name, fill.with)
				}
				p := neza.post(f[0], sent...)
				if p.StatusCode >= 500 {
					t.Errorf("%s, on %s: %d\n%.300s", f[0], f[1], p.StatusCode, p.main())
				}
				if i := strings.Index(strings.ReplaceAll(p.text, "⟧{{.n}}", ""), "⟦"); i >= 0 {
					t.Errorf("%s, on %s: a key is shown: %.80q", f[0], f[1], p.text[i:])
				}
				if strings.Contains(p.raw, "<script>alert") {
					t.Errorf("%s, on %s: what was typed runs", f[0], f[1])
				}
				if statuses[p.StatusCode]++; len(fill.with) > 15 && p.StatusCode == http.StatusUnprocessableEntity {
					for _, name := range lost(t, p.raw, f[2:], fill.with) {
						t.Errorf("%s, on %s: what was typed into %s is lost", f[0], f[1], name)
					}
				}
				if p.StatusCode == http.StatusSeeOther && strings.HasPrefix(p.Header.Get("Location"), "/sign-in") {
					neza = visit(t, h, handler, coordinator)
				}
			}
			t.Logf("%d forms, answered with %v", len(forms), statuses)
		})
	}
}

type formOf struct {
	action string
	names  []string
}

// formsOf are the forms of a page that are posted, with the names of what a person
// fills in them; what is hidden goes along as it is only where it names the rest.
func formsOf(t *testing.T, raw, at string) (list []formOf) {
	t.Helper()
	doc, err := nethtml.Parse(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	base, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data != "form" || !strings.EqualFold(attr(n, "method"), "post") {
			continue
		}
		to, err := base.Parse(attr(n, "action"))
		if err != nil {
			t.Fatal(err)
		}
		f := formOf{action: to.RequestURI()}
		for c := range n.Descendants() {
			if name := attr(c, "name"); name != "" && attr(c, "type") != "file" && !slices.Contains(f.names, name) {
				f.names = append(f.names, name)
			}
			if to := attr(c, "formaction"); to != "" {
				list = append(list, formOf{to, f.names})
			}
		}
		list = append(list, f)
	}
	return list
}

// secret are fields that are never shown again, and the counts of supporters in the
// editor of proposals, which are shown as what was read of them.
var secret = regexp.MustCompile(`password|^old$|^next$|^(for|against|neutral)_(orgs|persons)$`)

// lost are the fields on the page that a person types into and that no longer have
// what was typed.
func lost(t *testing.T, raw string, names []string, typed string) (list []string) {
	t.Helper()
	doc, err := nethtml.Parse(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for n := range doc.Descendants() {
		name, kind := attr(n, "name"), attr(n, "type")
		if !slices.Contains(names, name) || secret.MatchString(name) || under(n, "header") {
			continue
		}
		switch {
		case n.Data == "textarea":
			kept[name] = kept[name] || text(n) == typed
		case n.Data == "input" && !slices.Contains([]string{"hidden", "checkbox", "radio", "file", "password", "submit"}, kind):
			kept[name] = kept[name] || attr(n, "value") == typed
		}
	}
	for name, is := range kept {
		if !is {
			list = append(list, name)
		}
	}
	return list
}
