package casesweb

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/houseweb"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/page/pagetest"
	"github.com/asociacija/asociacija/internal/platform/paper/reader"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

var (
	neza   = auth.Actor{User: "neza", Name: "Neža Škrbec", Roles: auth.Office}
	zala   = auth.Actor{User: "zala", Name: "Zala Mirt", Roles: auth.Office}
	member = auth.Actor{User: "jana", Name: "Jana Vrabič", Roles: auth.Member}
)

// A house is the pages over an empty database, on a morning of November.
type house struct {
	t     *testing.T
	mux   *http.ServeMux
	site  *Site
	desk  *cases.Desk
	db    *store.DB
	words *i18n.Book
	who   auth.Actor
	lang  string
	theme string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	db := storetest.SQLite(t, cases.Steps(), corpus.Steps(), audit.Steps())
	now := func() time.Time { return time.Date(2026, 11, 17, 8, 0, 0, 0, time.UTC) }
	db.At(now)
	pack, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load(page.Words(), houseweb.Words(), voiceweb.Words(), Words())
	if err != nil {
		t.Fatal(err)
	}
	menu := []page.Entry{{Key: "nav.today", Link: "/today", Roles: auth.Insider}, {Key: "nav.cases", Link: "/cases", Roles: auth.Anyone}}
	zone := time.FixedZone("CET", 3600)
	site := page.New(page.House{Name: "Mreža neodvisne kulture", Address: "Tesarska 9, 1000 Ljubljana", URL: "https://mnk.example", Zone: zone}, menu, words, now)
	texts := corpus.New(db, nil)
	desk := cases.New(db).With(cases.Parts{Country: pack, Zone: zone, Corpus: texts})
	h := &house{t: t, mux: http.NewServeMux(), desk: desk, db: db, words: words, who: neza, lang: "sl"}
	blobs, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := New(site, desk, Outside{Corpus: texts, Blobs: blobs, ReadFile: readFile, People: func(context.Context) ([]auth.Actor, error) {
		return []auth.Actor{neza, zala}, nil
	}})
	s.Routes(h.mux)
	s.API(humago.New(h.mux, huma.DefaultConfig("test", "1")))
	h.site = s
	return h
}

func readFile(ctx context.Context, name string, r io.ReadSeeker, _ int64) (reader.Text, error) {
	whole, err := io.ReadAll(r)
	if err != nil {
		return reader.Text{}, err
	}
	return reader.Read(ctx, reader.Source{Name: name, Bytes: whole}, reader.Limits{})
}

func (h *house) visitor() pagetest.Visitor {
	return pagetest.Visitor{Pages: h.mux, Who: h.who, Lang: h.lang, Theme: h.theme}
}

func (h *house) ask(r *http.Request) *httptest.ResponseRecorder { return h.visitor().Ask(r) }

func (h *house) get(path string) string {
	h.t.Helper()
	return h.visitor().Get(h.t, path)
}

func (h *house) event(c cases.Case, key procedure.Event, on civil.Date) {
	h.t.Helper()
	if _, err := h.desk.AddEvent(h.t.Context(), neza, cases.Event{Case: c.ID, Key: key, On: on}); err != nil {
		h.t.Fatal(err)
	}
}

// zpnk is the case of the novela: its second draft is out until 30 November.
func (h *house) zpnk() cases.Case {
	h.t.Helper()
	c, err := h.desk.Open(h.t.Context(), neza, cases.Case{
		Title: "Novela Zakona o podpori neodvisni kulturi", Short: "ZPNK-A", Kind: procedure.Law, Variant: procedure.Ordinary,
		Lead:     "Drugi osnutek je v javni obravnavi do 30. novembra. Naše stališče ima štiri predloge; o njem odloča upravni odbor 27. novembra.",
		Proposer: "Ministrstvo za umetnost in ustvarjalnost", Body: "ministry_culture", EVA: "2026-3355-0007",
		Owner: neza.User, OwnerIs: neza.Name, Opened: civil.On(2026, 1, 12),
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.event(c, "programme_entered", civil.On(2026, 1, 12))
	h.event(c, cases.DraftPublished, civil.On(2026, 3, 3))
	h.event(c, cases.ConsultationCloses, civil.On(2026, 4, 5))
	h.event(c, cases.DraftPublished, civil.On(2026, 10, 29))
	h.event(c, cases.ConsultationCloses, civil.On(2026, 11, 30))
	return c
}

// see keeps a page for people to look at.
func (h *house) see(name, path string) {
	h.t.Helper()
	pagetest.Keep(h.t, name, h.get(path))
}

// post sends a form, and follows to what is said afterwards.
func (h *house) post(path string, form url.Values) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.ask(r)
}

// done posts a form that must be taken, and returns the page that follows.
func (h *house) done(path string, form url.Values) (location string) {
	h.t.Helper()
	w := h.post(path, form)
	if w.Code != http.StatusSeeOther {
		h.t.Fatalf("POST %s: %d %s", path, w.Code, plainText(w.Body.String()))
	}
	return w.Header().Get("Location")
}

// refused posts a form that must not be taken, and returns the page.
func (h *house) refused(path string, form url.Values, code int) string {
	h.t.Helper()
	w := h.post(path, form)
	if w.Code != code || strings.Contains(w.Body.String(), "⟦") {
		h.t.Fatalf("POST %s: %d, want %d: %s", path, w.Code, code, plainText(w.Body.String()))
	}
	return w.Body.String()
}

var tags = regexp.MustCompile(`(?s)<[^>]*>`)

// plainText is what a page says.
func plainText(body string) string {
	if i := strings.Index(body, "<main"); i >= 0 {
		body = body[i:]
	}
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(body, " "))), " ")
}

// says checks that a page says all of these.
func says(t *testing.T, body string, wanted ...string) {
	t.Helper()
	text := strings.ReplaceAll(plainText(body), "\u00a0", " ")
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q: %s", want, text)
		}
	}
}
