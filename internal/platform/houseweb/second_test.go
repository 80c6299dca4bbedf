package houseweb

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// A browser keeps its cookies.
type browser struct {
	t       *testing.T
	pages   http.Handler
	cookies map[string]string
	now     *time.Time
	desk    *accounts.Desk
	links   *[]accounts.Link
}

// atDoor opens a house in which Ana is the administrator, and has signed in.
func atDoor(t *testing.T, required bool) *browser {
	t.Helper()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	db := storetest.SQLite(t, accounts.Steps(), audit.Steps())
	db.At(func() time.Time { return now })
	words, err := i18n.Load(page.Words(), Words())
	if err != nil {
		t.Fatal(err)
	}
	site := page.New(page.House{Name: "Mreža", URL: "http://localhost", Lang: "sl", Zone: time.UTC}, nil, words, func() time.Time { return now })
	var links []accounts.Link
	desk := accounts.New(db, func(_ context.Context, _ *store.Tx, l accounts.Link) error { links = append(links, l); return nil }, false)
	desk.Required = required
	s := New(site, db, desk, nil, nil, nil, nil, nil)
	mux := http.NewServeMux()
	s.Routes(mux)
	setup, err := desk.Setup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	in, err := desk.First(t.Context(), setup, "Ana", "ana@example.org", "slon pod mizo", "")
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, pages: s.Known(mux), cookies: map[string]string{"session": in.Token, "lang": "sl"}, now: &now, desk: desk, links: &links}
}

func (b *browser) do(method, path string, form url.Values) (int, string) {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.pages.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c.Value
	}
	if i := strings.Index(w.Body.String(), "⟦"); i >= 0 {
		b.t.Errorf("%s %s lacks a word: %.60s", method, path, w.Body.String()[i:])
	}
	if to := w.Header().Get("Location"); to != "" {
		return w.Code, to
	}
	return w.Code, w.Body.String()
}

// The link of a letter leads to where one was going, in another browser too, and to no
// other house.
func TestSite_link_next(t *testing.T) {
	for next, want := range map[string]string{"/account": "/account", "/votes/1?a=b": "/votes/1?a=b", "//evil.example": "/today", "https://evil.example": "/today", `/\evil.example`: "/today", "": "/today"} {
		b := atDoor(t, false)
		if code, _ := b.do("POST", "/sign-in/link", url.Values{"email": {"ana@example.org"}, "next": {next}}); code != http.StatusOK {
			t.Fatalf("asked for a link: %d", code)
		}
		l := (*b.links)[0]
		b.cookies = map[string]string{"lang": "sl"} // another device
		_, body := b.do("GET", "/sign-in/"+l.Token+"?next="+url.QueryEscape(l.Next), nil)
		to := regexp.MustCompile(`name="next" value="([^"]*)"`).FindStringSubmatch(body)
		if to == nil {
			t.Fatalf("the page of the link does not say where to: %s", body)
		}
		if _, at := b.do("POST", "/sign-in/"+l.Token, url.Values{"next": {html.UnescapeString(to[1])}}); at != want {
			t.Errorf("from %q to %q, want %q", next, at, want)
		}
	}
}

// Before the day on which a second factor is asked for, each page says so.
func TestSite_reminded(t *testing.T) {
	b := atDoor(t, true)
	b.desk.RequiredFrom = b.now.AddDate(0, 0, 10)
	if code, body := b.do("GET", "/account", nil); code != http.StatusOK || !strings.Contains(body, "boste za prijavo potrebovali") {
		t.Errorf("not reminded: %d", code)
	}
	*b.now = b.desk.RequiredFrom
	if code, to := b.do("GET", "/account", nil); code != http.StatusSeeOther || !strings.HasPrefix(to, "/sign-in") {
		t.Errorf("let in without: %d %s", code, to)
	}
}

// In a house that asks for a second factor an administrator sees no page before one
// is set up; the picture and the codes are shown once.
func TestSite_second(t *testing.T) {
	b := atDoor(t, true)
	if code, to := b.do("GET", "/account", nil); code != http.StatusSeeOther || !strings.HasPrefix(to, "/sign-in?next=") {
		t.Fatalf("half a session sees a page: %d %s", code, to)
	}
	if _, to := b.do("GET", "/sign-in?next=/account", nil); to != "/sign-in/second?next=%2Faccount" {
		t.Fatalf("sent to %s", to)
	}
	if code, body := b.do("GET", "/sign-in/second", nil); code != http.StatusOK || !strings.Contains(body, "Dodajte aplikacijo") {
		t.Fatalf("not asked to set it up: %d", code)
	}
	b.do("GET", "/account/app", nil)
	_, body := b.do("POST", "/account/app", url.Values{"next": {"/account"}})
	if !strings.Contains(body, `role="img"`) || !strings.Contains(body, "M4 4h1v1h-1z") {
		t.Fatal("there is no picture")
	}
	secret := strings.ReplaceAll(regexp.MustCompile(`<b>([A-Z2-7 ]{39})</b>`).FindStringSubmatch(body)[1], " ", "")
	if code, body := b.do("POST", "/account/app/confirm", url.Values{"code": {"000000"}}); code != http.StatusUnprocessableEntity || strings.Contains(body, secret[:4]) {
		t.Errorf("a wrong code is answered with %d", code)
	}
	code, body := b.do("POST", "/account/app/confirm", url.Values{"code": {accounts.CodeAt(secret, *b.now)}, "next": {"/account"}})
	if n := len(regexp.MustCompile(`[a-z2-7]{4}(-[a-z2-7]{4}){3}`).FindAllString(body, -1)); code != http.StatusOK || n != 10 {
		t.Fatalf("%d codes, %d", n, code)
	}
	if code, body := b.do("GET", "/account", nil); code != http.StatusOK || !strings.Contains(body, "Ostalo je 10 rezervnih kod") {
		t.Errorf("the account page: %d", code)
	}
	*b.now = b.now.Add(time.Minute)
	_, to := b.do("POST", "/sign-in", url.Values{"email": {"ana@example.org"}, "password": {"slon pod mizo"}, "next": {"/account"}})
	if to != "/sign-in/second?next=%2Faccount" {
		t.Fatalf("after the password: %s", to)
	}
	if _, to := b.do("POST", "/sign-in/second", url.Values{"code": {accounts.CodeAt(secret, *b.now)}, "next": {"/account"}}); to != "/account" {
		t.Fatalf("after the code: %s", to)
	}
}

// Who changes roles proves themself anew, and comes back to where they were.
func TestSite_sure(t *testing.T) {
	b := atDoor(t, false)
	if code, _ := b.do("GET", "/house/people/new", nil); code != http.StatusOK {
		t.Fatal(code)
	}
	*b.now = b.now.Add(accounts.SureSpan + time.Second)
	_, to := b.do("GET", "/house/people/new", nil)
	if to != "/sure?next=%2Fhouse%2Fpeople%2Fnew" {
		t.Fatalf("sent to %s", to)
	}
	b.do("GET", to, nil)
	if code, _ := b.do("POST", "/sure", url.Values{"password": {"napak"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong password: %d", code)
	}
	if _, to := b.do("POST", "/sure", url.Values{"password": {"slon pod mizo"}, "next": {"/house/people/new"}}); to != "/house/people/new" {
		t.Fatalf("sent to %s", to)
	}
	if code, _ := b.do("GET", "/house/people/new", nil); code != http.StatusOK {
		t.Error(code)
	}
	if _, to := b.do("POST", "/sure", url.Values{"password": {"slon pod mizo"}, "next": {"//evil.example"}}); to != "/" {
		t.Errorf("sent out of the house to %s", to)
	}
}

// The script of a browser is answered in JSON, and told in words what is wrong.
func TestSite_passkey(t *testing.T) {
	b := atDoor(t, false)
	if code, body := b.do("POST", "/sign-in/passkey/begin", nil); code != http.StatusOK || !strings.Contains(body, `"challenge"`) || b.cookies["ceremony"] == "" {
		t.Fatal(code, body)
	}
	if code, body := b.do("POST", "/sign-in/passkey/finish", nil); code != http.StatusForbidden || !strings.Contains(body, "ni uspela. Poskusite znova") {
		t.Errorf("nothing is answered with %d %s", code, body)
	}
	if code, body := b.do("POST", "/account/passkeys/begin", nil); code != http.StatusOK || !strings.Contains(body, `"residentKey":"required"`) {
		t.Errorf("a new key: %d %s", code, body)
	}
	*b.now = b.now.Add(2*accounts.SureSpan + time.Second)
	if code, body := b.do("POST", "/account/passkeys/begin", nil); code != http.StatusForbidden || !strings.Contains(body, "potrditi, da ste to vi") {
		t.Errorf("a key in a session that was left open: %d %s", code, body)
	}
	if _, body := b.do("GET", "/account", nil); strings.Contains(body, "data-passkey") || !strings.Contains(body, "/sure?next=%2Faccount") {
		t.Error("the page does not ask who they are before a key is added")
	}
	if _, to := b.do("GET", "/account/app", nil); to != "/sure?next=%2Faccount%2Fapp" {
		t.Errorf("an app in a session that was left open: %s", to)
	}
	delete(b.cookies, "session")
	if code, _ := b.do("POST", "/account/passkeys/begin", nil); code != http.StatusForbidden {
		t.Errorf("a stranger adds a key: %d", code)
	}
	if code, _ := b.do("GET", "/sign-in/provider", nil); code != http.StatusNotFound {
		t.Errorf("a provider that is none: %d", code)
	}
}
