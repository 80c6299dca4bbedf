package app_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/page"
)

// Every kind of answer carries the headers that keep a browser from harm.
func TestGuard_headers(t *testing.T) {
	t.Parallel()
	h := furnished(t, "ASOCIACIJA_URL=https://hisa.example")
	neza := visit(t, h, h.Handler(), coordinator)
	id := newest(t, h)
	style := find(t, "<main"+neza.get("/").raw, `href="(/assets/[^"]+\.css)"`)
	for _, c := range []struct {
		what string
		got  response
		want int
	}{
		{"a page", neza.get("/today"), 200},
		{"a public page", visit(t, h, neza.handler, nobody).get("/"), 200},
		{"a page that is not", neza.get("/nikjer"), 404},
		{"an answer to a form", neza.post("/cases/new", "text", "Zakon o čebelah"), 303},
		{"a form shown again", neza.post("/cases/new", "text", ""), 422},
		{"a page that is not for them", visit(t, h, neza.handler, freelancer).get("/house"), 403},
		{"a way to sign in", visit(t, h, neza.handler, nobody).get("/today"), 303},
		{"a stylesheet", neza.get(style), 200},
		{"an asset that is not", neza.get("/assets/0/nikjer.css"), 404},
		{"a table", neza.get("/cases.csv"), 200},
		{"JSON", neza.get("/api/v1/cases"), 200},
		{"JSON that is not", neza.get("/api/v1/cases/2000-001"), 404},
		{"a feed", neza.get("/feeds/all.atom"), 200},
		{"a calendar", neza.get("/calendar.ics"), 200},
		{"a paper", neza.get("/s/2026-01/1/letter.sl.html"), 200},
		{"a method that is not", neza.do(httptest.NewRequest("DELETE", "/cases/"+id, nil)), 404},
		{"a request of another site", crossPost(neza, "/cases/new", "Sec-Fetch-Site", "cross-site"), 403},
	} {
		t.Run(c.what, func(t *testing.T) {
			c.got.is(c.want)
			for name, part := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Content-Security-Policy": "frame-ancestors 'none'",
				"Strict-Transport-Security": "max-age=", "Cross-Origin-Opener-Policy": "same-origin",
			} {
				if got := c.got.Header.Get(name); !strings.Contains(got, part) {
					t.Errorf("%s: %q", name, got)
				}
			}
			if policy := c.got.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script-src 'unsafe") {
				t.Errorf("the policy is %q", policy)
			}
		})
	}
}

func crossPost(v *visitor, path, header, value string) response {
	r := httptest.NewRequest("POST", path, strings.NewReader("text=Vrinjeno"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set(header, value)
	return v.do(r)
}

// A form of another site does nothing in the name of who is signed in.
func TestGuard_crossSite(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	neza := visit(t, h, h.Handler(), coordinator)
	link := invitation(t, h, "ana.dren@pesto.example")
	before := sums(t, h.DB)
	for _, path := range []string{"/cases/new", "/members/new", "/house/profile", "/account", "/sign-out", "/demo", "/sign-in", link + "/save", link + "/send", "/cases/" + newest(t, h) + "/public"} {
		for _, c := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://drugje.example"}, {"Origin", "null"}} {
			crossPost(neza, path, c[0], c[1]).is(http.StatusForbidden).says(sentence(h, "page.cross"))
		}
	}
	if after := sums(t, h.DB); len(changed(before, after)) > 0 {
		t.Errorf("changed: %v", changed(before, after))
	}
}

// The cookie of a session cannot be read by scripts, goes along with no form of
// another site, and on https goes no other way.
func TestGuard_cookie(t *testing.T) {
	t.Parallel()
	for url, secure := range map[string]bool{"https://hisa.example": true, "http://localhost:8080": false} {
		h := furnished(t, "ASOCIACIJA_URL="+url)
		handler := h.Handler()
		r := httptest.NewRequest("POST", "/demo", strings.NewReader("as="+string(h.Doors()[0])))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		for _, c := range w.Result().Cookies() {
			if c.Name == "session" && (!c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Path != "/" || len(c.Value) < 40) {
				t.Errorf("%s: %+v", url, c)
			}
		}
		if len(w.Result().Cookies()) == 0 {
			t.Error("no cookie")
		}
	}
}

// Who may see what: rows are pages, columns the coordinator, the president, a member
// organisation, a freelancer, and a passer-by. 303 leads a passer-by to the way to
// sign in, or to the public page of the case.
func TestGuard_rights(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	drain(t, h)
	handler := h.Handler()
	var who [5]*visitor
	for i := range who {
		who[i] = visit(t, h, handler, i)
	}
	file := "/cases/" + newest(t, h)
	neza := who[coordinator]
	consultation := find(t, neza.get(file+"/consultations").raw, `href="(`+file+`/consultations/[0-9a-z]{26})"`)
	intake := neza.post("/cases/new", "text", "Zakon o čebelah").leads()
	person := find(t, neza.get("/house/people").raw, `href="(/house/people/[0-9a-z]{26})"`)
	letter := find(t, neza.get("/house/letters").raw, `href="(/house/letters/[0-9a-z]{26})"`)
	hidden := neza.post(intake, pairs(opened(neza, intake))...).leads() // a case that is not public
	for _, c := range []struct {
		path string
		want [5]int
	}{
		{"/", [5]int{200, 200, 200, 200, 200}}, {"/uptake", [5]int{200, 200, 200, 200, 200}}, {"/acts", [5]int{200, 200, 200, 200, 200}},
		{"/z" + strings.TrimPrefix(file, "/cases"), [5]int{200, 200, 200, 200, 200}},
		{"/z" + strings.TrimPrefix(hidden, "/cases"), [5]int{303, 303, 303, 303, 303}},
		{"/today", [5]int{200, 200, 403, 403, 303}}, {"/today.csv", [5]int{200, 200, 403, 403, 303}},
		{"/cases", [5]int{200, 200, 200, 200, 303}}, {"/cases.csv", [5]int{200, 200, 200, 200, 303}}, {file, [5]int{200, 200, 200, 200, 303}},
		{"/cases/new", [5]int{200, 403, 403, 403, 303}}, {intake, [5]int{303, 403, 403, 403, 303}}, {hidden, [5]int{200, 200, 200, 200, 303}},
		{file + "/edit", [5]int{200, 403, 403, 403, 303}}, {file + "/contacts", [5]int{200, 200, 403, 403, 303}},
		{file + "/history", [5]int{200, 200, 200, 200, 303}}, {file + "/close", [5]int{200, 403, 403, 403, 303}},
		{file + "/consultations", [5]int{200, 200, 200, 200, 303}}, {consultation, [5]int{200, 200, 200, 200, 303}}, {consultation + "/matrix", [5]int{200, 200, 403, 403, 303}},
		{consultation + "/comments.csv", [5]int{200, 200, 403, 403, 303}}, {consultation + "/edit", [5]int{409, 403, 403, 403, 303}},
		{file + "/position", [5]int{200, 200, 200, 200, 303}}, {file + "/position/mandate", [5]int{200, 403, 403, 403, 303}},
		{file + "/delivered", [5]int{200, 200, 200, 200, 303}}, {file + "/delivered/new", [5]int{200, 403, 403, 403, 303}},
		{file + "/answers/new", [5]int{200, 403, 403, 403, 303}},
		{"/members", [5]int{200, 200, 200, 200, 303}}, {"/members/export", [5]int{200, 403, 403, 403, 303}}, {"/members/new", [5]int{200, 403, 403, 403, 303}},
		{"/members/import", [5]int{200, 403, 403, 403, 303}},
		{"/house", [5]int{200, 403, 403, 403, 303}}, {"/house/people", [5]int{200, 403, 403, 403, 303}}, {person, [5]int{200, 403, 403, 403, 303}},
		{"/house/letters", [5]int{200, 403, 403, 403, 303}}, {letter, [5]int{200, 403, 403, 403, 303}},
		{"/house/jobs", [5]int{200, 403, 403, 403, 303}}, {"/house/book", [5]int{200, 403, 403, 403, 303}}, {"/house/profile", [5]int{200, 403, 403, 403, 303}},
		{"/account", [5]int{200, 200, 200, 200, 303}}, {"/mine", [5]int{200, 200, 200, 200, 303}},
		{"/api/v1/cases", [5]int{200, 200, 200, 200, 200}}, {"/api/v1" + hidden, [5]int{200, 200, 200, 200, 403}}, {"/api/v1/members", [5]int{200, 200, 200, 200, 403}},
		{"/a/nikogarsnja-povezava-nikogarsnja-povezava", [5]int{404, 404, 404, 404, 404}},
		{"/sign-in/nikogarsnja", [5]int{404, 404, 404, 404, 404}},
	} {
		var got [5]int
		for i, v := range who {
			p := v.get(c.path)
			to := p.Header.Get("Location")
			if got[i] = p.StatusCode; v == who[nobody] && got[i] == 303 && !strings.HasPrefix(to, "/sign-in?") && to != "/z"+strings.TrimPrefix(file, "/cases") {
				t.Errorf("%s leads a passer-by to %s", c.path, to)
			}
		}
		if got != c.want {
			t.Errorf("%-40s %v, want %v", c.path, got, c.want)
		}
	}
}

// opened is the form of an intake as it is proposed, with a title.
func opened(v *visitor, intake string) map[string][]string {
	form := fields(v.get(intake).raw, intake)
	form.Set("title", "Zakon o čebelah")
	return form
}

// Nobody but the office writes; what is refused changes nothing.
func TestGuard_writes(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	drain(t, h)
	handler := h.Handler()
	file := "/cases/" + newest(t, h)
	before := sums(t, h.DB)
	for _, who := range []int{president, organisation, freelancer, nobody} {
		v := visit(t, h, handler, who)
		if who != nobody {
			before = sums(t, h.DB) // a session more
		}
		for _, path := range []string{
			"/cases/new", "/members/new", "/members/import", "/acts", "/house/profile", "/house/people/new", file + "/edit", file + "/events/new", file + "/deadlines/new",
			file + "/contacts/new", file + "/evidence/new", file + "/related", file + "/breach", file + "/public", file + "/close", file + "/consultations/new",
			file + "/position/edit", file + "/position/freeze", file + "/position/next", file + "/proposals/new", file + "/delivered/new", file + "/answers/new",
			file + "/uptake/silence", file + "/uptake/accept",
		} {
			if got := v.post(path, "text", "Vrinjeno", "title", "Vrinjeno", "to", "withdraw", "state", "closed").StatusCode; got != http.StatusForbidden {
				t.Errorf("%s posts to %s: %d", visitors[who], path, got)
			}
		}
		if after := sums(t, h.DB); len(changed(before, after)) > 0 {
			t.Errorf("%s changed %v", visitors[who], changed(before, after))
		}
	}
}

// Paths that climb lead nowhere, whatever they are written like.
func TestGuard_paths(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	neza := visit(t, h, h.Handler(), coordinator)
	if err := os.WriteFile(filepath.Join(h.Config.Data, "skrivnost.txt"), []byte("skrivnost hiše"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := "/cases/" + newest(t, h)
	for _, path := range []string{
		"/assets/../../../../etc/passwd", "/assets/x/../../../skrivnost.txt", "/assets/x/%2e%2e/%2e%2e/skrivnost.txt", "/assets/x/..%2f..%2fskrivnost.txt",
		"/assets/x/..%5c..%5cskrivnost.txt", "/assets/x/", "/assets/", "/assets/x/%00", "/s/..%2f..%2fskrivnost.txt/1", "/s/2026-01/1/..%2f..%2fskrivnost.txt",
		"/feeds/..%2fskrivnost.txt", file + "/delivered/..%2f..%2fskrivnost.txt", file + "/delivered/papers/..%2f/1/..%2f/sl/pdf", "/acts/..%2fskrivnost.txt",
		"/members/..%2fskrivnost.txt", "/house/letters/..%2f", "/look?lang=../../etc&next=//drugje.example", "/look?next=https://drugje.example", `/look?next=/\drugje.example`,
	} {
		p := neza.get(path)
		if strings.Contains(p.text, "skrivnost hiše") || strings.Contains(p.text, "root:") || p.StatusCode >= 500 || p.StatusCode == 200 {
			t.Errorf("%s: %d %.200s", path, p.StatusCode, p.text)
		}
		if to := p.Header.Get("Location"); strings.Contains(to, "drugje") && !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
			t.Errorf("%s leads to %s", path, to)
		}
	}
}

// A real listener bounds what it reads before it has asked anybody anything.
func TestGuard_listener(t *testing.T) {
	h, base := demoHouse(t)
	neza := visit(t, h, h.Handler(), coordinator)
	r, err := http.NewRequest("GET", base+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Veliko", strings.Repeat("a", 200<<10))
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if got.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a head of 200 KB: %s", got.Status)
	}
	// A form without a file weighs no more than it may.
	big := httptest.NewRequest("POST", "/members/new", io.LimitReader(zeros{}, page.MaxForm+1<<20))
	big.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	neza.do(big).is(http.StatusUnprocessableEntity).says(sentence(h, "form.too_big"))
}

// Who sends slowly is not waited for for ever: the server has a bound for each part of
// a request.
func TestGuard_slow(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for ten seconds")
	}
	t.Parallel()
	_, base := demoHouse(t)
	c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	begun := time.Now()
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Pocasi: a")
	if err := c.SetReadDeadline(begun.Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(c); err != nil {
		t.Fatalf("the house still waits after %v: %v", time.Since(begun), err)
	}
	t.Logf("let go after %v", time.Since(begun).Round(100*time.Millisecond))
}

// zeros are as many letters as anybody reads.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}
