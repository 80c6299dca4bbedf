package page

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/i18n"
)

// guarded answers a request to a page behind the guard.
func guarded(t *testing.T, path string, page http.Handler) (w *httptest.ResponseRecorder, cut bool) {
	t.Helper()
	words, err := i18n.Load(Words())
	if err != nil {
		t.Fatal(err)
	}
	s := New(House{Name: "Mreža", URL: "https://mreza.example", Zone: time.UTC}, nil, words, time.Now)
	if page == nil {
		page = s.Handle(func(http.ResponseWriter, *http.Request) error { return errors.New("the disk is gone") })
	}
	w = httptest.NewRecorder()
	defer func() { cut = recover() == http.ErrAbortHandler }()
	s.Guard(page).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w, false
}

// A page that panics is answered with a page that says so, and not saved as a file.
func TestGuard_panic(t *testing.T) {
	w, cut := guarded(t, "/cases", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Disposition", `attachment; filename="a.csv"`)
		panic("nil map")
	}))
	if cut || w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "Pri nas je prišlo do napake") || w.Header().Get("Content-Disposition") != "" {
		t.Errorf("the answer is %d %v cut=%v\n%s", w.Code, w.Header(), cut, w.Body)
	}
	if strings.Contains(w.Body.String(), "nil map") {
		t.Error("the page tells what is ours to know")
	}
	// Half a file is no file.
	if _, cut = guarded(t, "/cases.csv", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte("a;b\n"))
		panic("nil map")
	})); !cut {
		t.Error("half a file passes for a whole one")
	}
}

// What a page does not say otherwise is kept by no cache that many share.
func TestGuard_caches(t *testing.T) {
	said := func(say string) string {
		w, _ := guarded(t, "/api/v1/members", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if say != "" {
				w.Header().Set("Cache-Control", say)
			}
			w.Write([]byte("{}"))
		}))
		return w.Header().Get("Cache-Control")
	}
	for say, want := range map[string]string{"": "private, no-cache", "public, max-age=300": "public, max-age=300"} {
		if got := said(say); got != want {
			t.Errorf("a page that says %q is answered with %q", say, got)
		}
	}
}

// An address that PostgreSQL would refuse is the address of no page.
func TestGuard_noText(t *testing.T) {
	for _, path := range []string{"/cases/%00", "/cases/%ff", "/cases?q=%00", "/cases?q=%ff", "/cases?%00=a", "/cases?a=%zz&q=%00"} {
		if w, _ := guarded(t, path, http.NotFoundHandler()); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "<html") {
			t.Errorf("%s is answered with %d %s", path, w.Code, w.Body)
		}
	}
	if w, _ := guarded(t, "/cases?q=100%", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})); w.Code != http.StatusOK {
		t.Errorf("a stray sign is answered with %d", w.Code)
	}
}

// The secret of a personal link is not in the log, whatever fails.
func TestFail_log(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	secret := strings.Repeat("aB3_-", 8) + "xyz"
	guarded(t, "/sign-in/"+secret, nil)
	guarded(t, "/sign-in/"+secret, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("nil map") }))
	if strings.Contains(log.String(), secret) || !strings.Contains(log.String(), "/sign-in/…") {
		t.Error(log.String())
	}
}
