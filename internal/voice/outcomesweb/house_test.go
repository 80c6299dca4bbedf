package outcomesweb

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/page/pagetest"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

var (
	neza   = auth.Actor{User: "neza", Name: "Neža Škrbec", Roles: auth.Office}
	ivo    = auth.Actor{User: "ivo", Name: "Ivo Tratar", Roles: auth.Board}
	member = auth.Actor{User: "jana", Name: "Jana Vrabič", Roles: auth.Member}
	nobody = auth.Actor{}
)

// A house is the pages over one case with two drafts and a frozen position of six
// proposals to the first of them, on a morning of November.
type house struct {
	t         testing.TB
	mux       *http.ServeMux
	pages     *Site
	db        *store.DB
	cases     *cases.Desk
	outcomes  *outcomes.Desk
	positions *positions.Desk
	corpus    *corpus.Desk
	words     *i18n.Book
	now       time.Time
	who       auth.Actor
	lang      string
	theme     string
	id        voice.CaseID
	v1, v2    law.VersionID
	position  positions.Position
	proposals []positions.Proposal
}

const (
	first = `ZAKON
o podpori neodvisni kulturi (ZPNK)

12. člen
(pogoji)

(1) Za podporo lahko zaprosi organizacija, ki najmanj pet let neprekinjeno deluje na področju kulture.

(2) Organizacija dokaže delovanje s programi in poročili.

18. člen
(honorarji)

Honorar ne sme biti nižji od zneska, ki ga določi ministrstvo.

23. člen
(izplačilo)

(1) Ministrstvo izplača prvi obrok podpore po podpisu pogodbe.

(2) Za zamudo prejemniku ne pripadajo obresti.

27. člen
(komisija)

Člane strokovne komisije imenuje minister izmed uglednih strokovnjakov.

44. člen
(trajanje pogodb)

Pogodba se sklene za eno leto.

51. člen
(obrazložitev)

Odločba se vroči vlagatelju po pošti.
`
	second = `ZAKON
o podpori neodvisni kulturi (ZPNK)

12. člen
(pogoji)

(1) Za podporo lahko zaprosi organizacija, ki najmanj tri leta neprekinjeno deluje na področju kulture.

(2) Organizacija dokaže delovanje s programi in poročili.

18. člen
(honorarji)

Honorar ne sme biti nižji od zneska, ki ga objavi ministrstvo.

23. člen
(izplačilo)

(1) Ministrstvo izplača prvi obrok podpore najpozneje v 30 dneh po podpisu pogodbe.

(2) Za zamudo prejemniku pripadajo zakonske zamudne obresti.

27. člen
(komisija)

Člane strokovne komisije imenuje minister izmed uglednih strokovnjakov.

44. člen
(trajanje pogodb)

Pogodba se sklene za eno leto.

51. člen
(obrazložitev)

Odločba se vroči vlagatelju po pošti.
`
)

var asks = []positions.Proposal{
	{Provision: "art_12__para_1", Title: "Dve leti delovanja", Text: "(1) Za podporo lahko zaprosi organizacija, ki najmanj dve leti neprekinjeno deluje na področju kulture."},
	{Provision: "art_18__para_1", Title: "Honorar po formuli", Text: "Honorar ne sme biti nižji od zneska, ki ustreza stotini povprečne mesečne plače na uro."},
	{Provision: "art_23__para_1", Title: "Prvi obrok v 30 dneh", Text: "(1) Ministrstvo izplača prvi obrok podpore najpozneje v 30 dneh po podpisu pogodbe.", Evidence: []positions.Evidence{{Label: "Zamude pri izplačilih", Link: "/f/7", Version: "2"}}},
	{Provision: "art_23__para_2", Title: "Zamudne obresti", Text: "(2) Za zamudo prejemniku pripadajo zakonske zamudne obresti."},
	{Provision: "art_44__para_1", Title: "Večletne pogodbe", Text: "Pogodba se sklene za tri leta."},
	{Provision: "art_51__para_1", Title: "Javna obrazložitev točk", Text: "Odločba vsebuje obrazložitev točk po vsakem merilu in se objavi."},
}

func steps() []store.Steps {
	return []store.Steps{audit.Steps(), jobs.Steps(), corpus.Steps(), cases.Steps(), positions.Steps(), outcomes.Steps()}
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, mux: http.NewServeMux(), db: storetest.SQLite(t, steps()...), who: neza, lang: "sl", now: time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)}
	now := func() time.Time { return h.now }
	h.db.At(now)
	pack := must(si.Pack())(t)
	h.words = must(i18n.Load(page.Words(), voiceweb.Words(), positions.Words(), Words()))(t)
	zone := time.FixedZone("CET", 3600)
	site := page.New(page.House{Name: "Mreža neodvisne kulture", Address: "Tesarska 9, 1000 Ljubljana", URL: "https://mnk.example", Zone: zone}, []page.Entry{{Key: "nav.privacy", Link: "/privacy", Public: true}}, h.words, now)
	files := must(blob.NewDisk(t.TempDir()))(t)
	h.corpus = corpus.New(h.db, nil)
	h.cases = cases.New(h.db).With(cases.Parts{Country: pack, Zone: zone, Corpus: h.corpus})
	h.positions = positions.New(h.db, h.cases, positions.Parts{Corpus: h.corpus, Files: files, Words: h.words, Zone: zone})
	h.outcomes = outcomes.New(h.db, h.cases, h.positions, outcomes.Parts{Corpus: h.corpus, Files: files, Zone: zone})
	h.pages = New(site, h.outcomes, h.cases, h.positions, h.corpus)
	h.pages.Routes(h.mux)
	h.open()
	h.now = time.Date(2026, 11, 17, 8, 0, 0, 0, time.UTC)
	return h
}

// open makes the case, as it stood in April, and its second draft.
func (h *house) open() {
	h.t.Helper()
	ctx := context.Background()
	v1 := must(h.corpus.Add(ctx, neza, corpus.Given{Text: first, Stage: corpus.Draft, Label: "1. osnutek", Open: true}))(h.t)
	v2 := must(h.corpus.Add(ctx, neza, corpus.Given{Text: second, Stage: corpus.Draft, Label: "2. osnutek", Open: true}))(h.t)
	h.v1, h.v2 = v1.ID, v2.ID
	c := must(h.cases.Open(ctx, neza, cases.Case{
		Title: "Novela Zakona o podpori neodvisni kulturi", Short: "ZPNK-A", Kind: procedure.Law, Variant: procedure.Ordinary,
		Lead:     "Drugi osnutek je v javni obravnavi do 30. novembra.",
		Proposer: "Ministrstvo za umetnost in ustvarjalnost", Body: "ministry_culture", Owner: neza.User, OwnerIs: neza.Name, Opened: civil.On(2026, 1, 12),
	}, cases.Text{Version: h.v1, Role: cases.Draft, Label: "1. osnutek", On: civil.On(2026, 3, 3)}, cases.Text{Version: h.v2, Role: cases.Draft, Label: "2. osnutek", On: civil.On(2026, 10, 29)}))(h.t)
	h.id = c.ID
	for _, e := range []cases.Event{{Key: cases.DraftPublished, On: civil.On(2026, 3, 3)}, {Key: cases.ConsultationCloses, On: civil.On(2026, 4, 5)}} {
		e.Case = h.id
		must(h.cases.AddEvent(ctx, neza, e))(h.t)
	}
	for _, p := range asks {
		p.Case, p.Version, p.State, p.Wanted, p.Reasons, p.For = h.id, h.v1, positions.Ready, positions.Rewrite, "Sedanja ureditev izključuje mlade organizacije.", positions.Crowd{Orgs: 41}
		h.proposals = append(h.proposals, must(h.positions.Create(ctx, neza, p))(h.t))
	}
	p := must(h.positions.Begin(ctx, neza, positions.Position{Case: h.id, Title: "Stališče do prvega osnutka", Lead: "Osnutek podpiramo.", Public: true}))(h.t)
	p = must(h.positions.SetMandate(ctx, neza, p.ID, p.Revision, positions.Mandate{Body: positions.Board, On: civil.On(2026, 3, 31), For: 7, Rule: "Statut, 31. člen"}))(h.t)
	p = must(h.positions.Approve(ctx, ivo, p.ID, p.Revision))(h.t)
	h.position = must(h.positions.Freeze(ctx, neza, p.ID, p.Revision))(h.t)
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (h *house) path(rest string) string { return "/cases/" + string(h.id) + rest }

func (h *house) visitor() pagetest.Visitor {
	return pagetest.Visitor{Pages: h.mux, Who: h.who, Lang: h.lang, Theme: h.theme}
}

func (h *house) ask(r *http.Request) *httptest.ResponseRecorder { return h.visitor().Ask(r) }

func (h *house) get(path string) string {
	h.t.Helper()
	return h.visitor().Get(h.t, path)
}

// post sends a form, and returns the answer's status and where it leads.
func (h *house) post(path string, form url.Values) (int, string) {
	h.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := h.ask(r)
	if i := strings.Index(w.Body.String(), "⟦"); i >= 0 {
		h.t.Errorf("POST %s lacks a word: %.80s", path, w.Body.String()[i:])
	}
	return w.Code, w.Header().Get("Location")
}

// postFile sends a form with a file.
func (h *house) postFile(path string, form url.Values, name string, whole []byte) (int, string) {
	h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for key, values := range form {
		if err := m.WriteField(key, values[0]); err != nil {
			h.t.Fatal(err)
		}
	}
	part := must(m.CreateFormFile("file", name))(h.t)
	if _, err := part.Write(whole); err != nil {
		h.t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		h.t.Fatal(err)
	}
	r := httptest.NewRequest("POST", path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	w := h.ask(r)
	return w.Code, w.Header().Get("Location")
}

// see keeps a page for people to look at.
func (h *house) see(name, path string) string {
	h.t.Helper()
	body := h.get(path)
	pagetest.Keep(h.t, name, body)
	return body
}
