// Package pagetest opens pages in tests, as one person would.
package pagetest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// A Visitor is who asks for pages, in which language and look.
type Visitor struct {
	Pages http.Handler
	Who   auth.Actor
	Lang  string
	Theme string // empty for what the system says
}

// Ask sends a request.
func (v Visitor) Ask(r *http.Request) *httptest.ResponseRecorder {
	r.AddCookie(&http.Cookie{Name: "lang", Value: v.Lang})
	if v.Theme != "" {
		r.AddCookie(&http.Cookie{Name: "theme", Value: v.Theme})
	}
	w := httptest.NewRecorder()
	v.Pages.ServeHTTP(w, r.WithContext(auth.With(r.Context(), v.Who)))
	return w
}

// Get reads a page, which must be there, have all its words, and know the language
// of each passage.
func (v Visitor) Get(t testing.TB, path string) string {
	t.Helper()
	w := v.Ask(httptest.NewRequest("GET", path, nil))
	body := w.Body.String()
	if w.Code != http.StatusOK {
		_, main, _ := strings.Cut(body, "<main")
		t.Fatalf("GET %s: %d %.600s", path, w.Code, main)
	}
	if i := strings.Index(body, "⟦"); i >= 0 {
		t.Errorf("GET %s lacks a word: %.80s", path, body[i:])
	}
	if strings.Contains(body, `lang=""`) {
		t.Errorf("GET %s says that a passage has no language", path)
	}
	return body
}

// Keep writes a page to the folder that ASOCIACIJA_LOOK names, for people to look at.
func Keep(t testing.TB, name, body string) {
	t.Helper()
	dir := os.Getenv("ASOCIACIJA_LOOK")
	if dir == "" {
		return
	}
	for _, file := range []string{"asociacija.css", "asociacija.js"} {
		i := strings.Index(body, file)
		link := body[strings.LastIndexByte(body[:i], '"')+1 : i+len(file)]
		body = strings.ReplaceAll(body, link, file)
		w := httptest.NewRecorder()
		page.Assets().ServeHTTP(w, httptest.NewRequest("GET", link, nil))
		if err := os.WriteFile(filepath.Join(dir, file), w.Body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}
