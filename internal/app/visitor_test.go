package app_test

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/platform/config"
)

// furnished opens a demo house that only this program can reach. The settings are
// added to its configuration: "ASOCIACIJA_SMTP_HOST=127.0.0.1".
func furnished(t testing.TB, settings ...string) *app.House {
	t.Helper()
	env := append([]string{"ASOCIACIJA_DATA=" + t.TempDir(), "ASOCIACIJA_DEMO=true", "ASOCIACIJA_LOG=error", "ASOCIACIJA_NAME=" + app.DemoName}, settings...)
	c, err := config.Read(env, nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := app.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	if err := h.Furnish(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// The people at the door of the demo house.
const (
	coordinator = iota
	president
	organisation
	freelancer
	nobody
)

var visitors = []string{"coordinator", "president", "organisation", "freelancer", "nobody"}

// A visitor asks the house for pages, as a browser does that keeps cookies.
type visitor struct {
	t       testing.TB
	handler http.Handler
	cookies map[string]string
	header  http.Header // sent with each request
}

// visit comes in by the door as one of its people.
func visit(t testing.TB, h *app.House, handler http.Handler, who int) *visitor {
	t.Helper()
	v := &visitor{t: t, handler: handler, cookies: map[string]string{"lang": "sl"}, header: http.Header{}}
	if who != nobody {
		v.post("/demo", "as", string(h.Doors()[who])).is(http.StatusSeeOther)
	}
	return v
}

// A response is what the house answered; its text is as a person reads it, without
// entities and with plain spaces.
type response struct {
	*http.Response
	t     testing.TB
	asked string
	raw   string
	text  string
}

func (v *visitor) do(r *http.Request) response {
	v.t.Helper()
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for name, values := range v.header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, r)
	got := w.Result()
	for _, c := range got.Cookies() {
		if v.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	return response{got, v.t, r.Method + " " + r.URL.RequestURI(), w.Body.String(), strings.ReplaceAll(html.UnescapeString(w.Body.String()), "\u00a0", " ")}
}

func (v *visitor) get(path string) response {
	v.t.Helper()
	return v.do(httptest.NewRequest("GET", path, nil))
}

// post sends a form of names and values in turn.
func (v *visitor) post(path string, pairs ...string) response {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

// send sends a form of names and values in turn, with a file after them.
func (v *visitor) send(path, name string, file []byte, pairs ...string) response {
	v.t.Helper()
	body, kind := multipartOf(v.t, name, file, pairs...)
	r := httptest.NewRequest("POST", path, body)
	r.Header.Set("Content-Type", kind)
	return v.do(r)
}

func multipartOf(t testing.TB, name string, file []byte, pairs ...string) (*bytes.Buffer, string) {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := m.WriteField(pairs[i], pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(file)
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return &body, m.FormDataContentType()
}

func (r response) is(status int) response {
	r.t.Helper()
	if r.StatusCode != status {
		r.t.Fatalf("%s: %d, want %d\n%s", r.asked, r.StatusCode, status, r.main())
	}
	return r
}

// says asks for sentences on the page, and that nothing on it is for programmers.
func (r response) says(sentences ...string) response {
	r.t.Helper()
	for _, s := range sentences {
		if !strings.Contains(r.text, strings.ReplaceAll(s, "\u00a0", " ")) {
			r.t.Errorf("%s: %d without %q\n%s", r.asked, r.StatusCode, s, r.main())
		}
	}
	for _, s := range []string{"⟦", "goroutine ", ".go:", "SQLITE_", "SQL logic"} {
		if strings.Contains(r.text, s) {
			r.t.Errorf("%s: a person reads %q\n%s", r.asked, s, r.main())
		}
	}
	return r
}

// leads is where the answer sends the browser, without what it says there.
func (r response) leads() string {
	r.t.Helper()
	r.is(http.StatusSeeOther)
	u, err := url.Parse(r.Header.Get("Location"))
	if err != nil {
		r.t.Fatal(err)
	}
	return u.Path
}

// main is the middle of the page, shortened for the report of a test.
func (r response) main() string {
	_, s, _ := strings.Cut(r.text, "<main")
	if i := strings.Index(s, `class="errors`); i > 0 {
		s = s[i:]
	}
	return s[:min(len(s), 1500)]
}

// sentence is what a key says in Slovenian.
func sentence(h *app.House, key string, args ...any) string { return h.Words.In("sl").T(key, args...) }

func drain(t testing.TB, h *app.House) {
	t.Helper()
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// find is what the first group of the pattern has on the page.
func find(t testing.TB, raw, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(raw)
	if m == nil {
		t.Fatalf("nothing on the page is %s\n%s", pattern, raw[strings.Index(raw, "<main"):])
	}
	return html.UnescapeString(m[1])
}

// fields is what the form on the page that posts to the path would send as it
// stands; a form without an action posts to the page itself.
func fields(raw, path string) url.Values {
	doc, err := nethtml.Parse(strings.NewReader(raw))
	if err != nil {
		panic(err) // the parser reads anything
	}
	out := url.Values{}
	for n := range doc.Descendants() {
		if n.Data != "form" || !strings.EqualFold(attr(n, "method"), "post") || attr(n, "action") != path && attr(n, "action") != "" {
			continue
		}
		for c := range n.Descendants() {
			name := attr(c, "name")
			switch kind := attr(c, "type"); {
			case name == "" || c.Data == "button" || kind == "file":
			case (kind == "radio" || kind == "checkbox") && !has(c, "checked"):
			case c.Data == "textarea" && c.FirstChild != nil:
				out.Add(name, c.FirstChild.Data)
			case c.Data == "select":
				for o := range c.Descendants() {
					if has(o, "selected") {
						out.Set(name, attr(o, "value"))
					}
				}
			case c.Data == "input" || c.Data == "textarea":
				out.Add(name, attr(c, "value"))
			}
		}
		return out
	}
	return out
}

func attr(n *nethtml.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *nethtml.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a nethtml.Attribute) bool { return a.Key == name })
}

// pairs are names and values in turn.
func pairs(form url.Values) (list []string) {
	for name, values := range form {
		for _, v := range values {
			list = append(list, name, v)
		}
	}
	return list
}
