package lawweb

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "1", Name: "Neža Škrbec", Roles: auth.Office}
	member = auth.Actor{User: "2", Name: "Jana Vrabič", Roles: auth.Member}
	nobody = auth.Actor{}
)

// A house is a site over a database of its own.
type house struct {
	t    testing.TB
	desk *corpus.Desk
	mux  *http.ServeMux
}

func newHouse(t testing.TB) *house {
	t.Helper()
	return houseOn(t, storetest.SQLite(t, corpus.Steps(), audit.Steps()))
}

func houseOn(t testing.TB, db *store.DB) *house {
	t.Helper()
	book, err := i18n.Load(page.Words(), Words())
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC) }
	db.At(now)
	h := &house{t, corpus.New(db, nil), http.NewServeMux()}
	menu := []page.Entry{{Key: Section, Link: "/acts", Roles: auth.Anyone, Public: true}}
	s := New(page.New(page.House{Name: "Mreža neodvisne kulture", URL: "https://mnk.example", Zone: time.UTC}, menu, book, now), h.desk, nil)
	s.Routes(h.mux)
	s.API(humago.New(h.mux, huma.DefaultConfig("Asociacija", "1")))
	return h
}

// demo adds the invented act of the demo house: three versions and a draft.
func (h *house) demo() (old, now, draft corpus.Version) {
	h.t.Helper()
	texts := []struct {
		file string
		corpus.Given
	}{
		{"zpnk-2022.txt", corpus.Given{On: civil.On(2022, 1, 1), Open: true, Label: "sprejeto besedilo"}},
		{"zpnk.txt", corpus.Given{On: civil.On(2024, 1, 1), Open: true, Label: "NPB 1", Source: "https://pisrs.example/zpnk"}},
		{"zpnk-after.txt", corpus.Given{On: civil.On(2026, 10, 29), Stage: corpus.Draft, Label: "2. osnutek novele"}},
	}
	var v [3]corpus.Version
	for i, one := range texts {
		whole, err := os.ReadFile(filepath.Join("..", "..", "app", "demo", one.file))
		if err != nil {
			h.t.Fatal(err)
		}
		one.Given.Text = string(whole)
		if v[i], err = h.desk.Add(h.t.Context(), clerk, one.Given); err != nil {
			h.t.Fatal(err)
		}
	}
	return v[0], v[1], v[2]
}

// ask sends a request as somebody, in Slovenian.
func (h *house) ask(by auth.Actor, method, path string, form url.Values) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Accept-Language", "sl")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, r.WithContext(auth.With(r.Context(), by)))
	return w
}

// get is the page at the path, which must be there.
func (h *house) get(by auth.Actor, path string) string {
	h.t.Helper()
	w := h.ask(by, "GET", path, nil)
	if w.Code != http.StatusOK {
		h.t.Fatalf("GET %s is answered %d\n%s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// shows fails unless the page has each of the words, spaces and tags aside.
func (h *house) shows(page string, words ...string) {
	h.t.Helper()
	page = strings.ReplaceAll(page, "\u00a0", " ")
	plain := plainText(page)
	for _, w := range words {
		if !strings.Contains(plain, w) && !strings.Contains(page, w) {
			h.t.Errorf("the page does not show %q:\n%s", w, plain)
		}
	}
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`[\s\x{a0}]+`)
)

func plainText(page string) string {
	return spaces.ReplaceAllString(tags.ReplaceAllString(page, ""), " ")
}
