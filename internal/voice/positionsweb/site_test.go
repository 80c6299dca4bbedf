package positionsweb

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/page/pagetest"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

var (
	neza   = auth.Actor{User: "neza", Name: "Neža Škrbec", Roles: auth.Office}
	ivo    = auth.Actor{User: "ivo", Name: "Ivo Tratar", Roles: auth.Board}
	member = auth.Actor{User: "jana", Name: "Jana Vrabič", Roles: auth.Member}
)

// draft is invented.
const draft = `ZAKON
o podpori neodvisni kulturi (ZPNK)

12. člen
(pogoji)

(1) Za podporo lahko zaprosi organizacija, ki najmanj tri leta neprekinjeno deluje na področju kulture in program pretežno izvaja v Republiki Sloveniji.

(2) Organizacija dokaže delovanje s programi.

18. člen
(honorarji)

(1) Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga za posamezno vrsto dela objavi ministrstvo.

(2) Prejemnik poroča do 31. marca.

36.a člen
(prazni prostori)

Samoupravna lokalna skupnost do 30. junija vsako leto objavi seznam nepremičnin v svoji lasti, ki več kot eno leto niso v uporabi.
`

// A house is the pages over a case with a draft, on an afternoon of November.
type house struct {
	t       testing.TB
	mux     *http.ServeMux
	desk    *positions.Desk
	case_   cases.Case
	version corpus.Version
	bodies  *bodies.Desk
	who     auth.Actor
	lang    string
}

func newHouse(t testing.TB) *house {
	t.Helper()
	return houseOn(t, storetest.SQLite(t, steps...), nil)
}

var steps = []store.Steps{audit.Steps(), corpus.Steps(), members.Steps(), bodies.Steps(), cases.Steps(), positions.Steps()}

func houseOn(t testing.TB, db *store.DB, voices positions.Voices) *house {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 27, 17, 20, 0, 0, time.UTC) }
	db.At(now)
	pack, err := si.Pack()
	no(t, err)
	words, err := i18n.Load(page.Words(), voiceweb.Words(), positions.Words(), Words())
	no(t, err)
	zone := time.FixedZone("CET", 3600)
	site := page.New(page.House{Name: "Mreža neodvisne kulture", Address: "Tesarska 9, 1000 Ljubljana", URL: "https://mnk.example", Zone: zone},
		[]page.Entry{{Key: Section, Link: "/positions", Roles: auth.Anyone}}, words, now)
	texts := corpus.New(db, nil)
	file := cases.New(db).With(cases.Parts{Country: pack, Zone: zone, Corpus: texts})
	h := &house{t: t, mux: http.NewServeMux(), who: neza, lang: "sl"}
	h.desk = positions.New(db, file, positions.Parts{Corpus: texts, Voices: voices, Words: words, Zone: zone, Sender: func() positions.Sender {
		return positions.Sender{
			Name: "Mreža neodvisne kulture", Address: "Tesarska 9, 1000 Ljubljana", Place: "Ljubljana", URL: "https://mnk.example", Signer: "Ivo Tratar", Office: "predsednik",
		}
	}})
	h.version, err = texts.Add(t.Context(), neza, corpus.Given{Text: draft, Stage: corpus.Draft})
	no(t, err)
	h.case_, err = file.Open(t.Context(), neza, cases.Case{
		Title: "Novela Zakona o podpori neodvisni kulturi", Short: "ZPNK-A", Kind: procedure.Law, Variant: procedure.Ordinary, Lead: "Drugi osnutek je v javni obravnavi do 30. novembra.",
		Proposer: "Ministrstvo za umetnost in ustvarjalnost", EVA: "2026-3355-0007", Owner: neza.User, OwnerIs: neza.Name, Opened: civil.On(2026, 1, 12),
	}, cases.Text{Version: h.version.ID, Role: cases.Draft, Label: "2. osnutek", On: civil.On(2026, 10, 29)})
	no(t, err)
	h.bodies = bodies.New(db, bodies.Others{Members: members.New(db), Country: pack, Zone: zone})
	s := New(site, h.desk, file, texts).With(h.bodies)
	s.Routes(h.mux)
	s.API(humago.New(h.mux, huma.DefaultConfig("Asociacija", "1")))
	return h
}

func no(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) visitor() pagetest.Visitor {
	return pagetest.Visitor{Pages: h.mux, Who: h.who, Lang: h.lang}
}

func (h *house) ask(r *http.Request) *httptest.ResponseRecorder { return h.visitor().Ask(r) }

func (h *house) get(path string) string {
	h.t.Helper()
	return h.visitor().Get(h.t, path)
}

// post sends a form, and returns where the answer leads, or the page it is.
func (h *house) post(path string, status int, form ...string) string {
	h.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		v.Add(form[i], form[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := h.ask(r)
	if w.Code != status {
		_, main, _ := strings.Cut(w.Body.String(), "<main")
		h.t.Fatalf("POST %s: %d, want %d: %.600s", path, w.Code, status, main)
	}
	if i := strings.Index(w.Body.String(), "⟦"); i >= 0 {
		h.t.Errorf("POST %s lacks a word: %.60s", path, w.Body.String()[i:])
	}
	if to := w.Header().Get("Location"); to != "" {
		to, _, _ = strings.Cut(to, "?")
		return to
	}
	return w.Body.String()
}

func (h *house) base() string { return "/cases/" + string(h.case_.ID) }

func (h *house) has(body string, words ...string) {
	h.t.Helper()
	body = strings.ReplaceAll(body, "\u00a0", " ")
	for _, w := range words {
		if !strings.Contains(body, w) {
			h.t.Errorf("the page lacks %q", w)
		}
	}
}

// see keeps a page for people to look at.
func (h *house) see(name, body string) { pagetest.Keep(h.t, name, body) }

// propose writes a proposal through the form, and returns its page.
func (h *house) propose(provision, title, wanted, text string) string {
	h.t.Helper()
	return h.post(h.base()+"/proposals/new?provision="+provision+"&version="+string(h.version.ID), http.StatusSeeOther,
		"title", title, "wanted", wanted, "text", text, "reasons", "Od ustanovitve do prve prijave danes mine povprečno 6,2 leta.",
		"budget", "brez novih sredstev.", "people", "okoli 120 ustvarjalk in ustvarjalcev.", "for_orgs", "44", "against_orgs", "2", "neutral_orgs", "3",
		"objection_who", "Plesna zadruga Pesto", "objection_text", "Tri leta so prav.", "objection_who", "", "objection_text", "",
		"evidence_label", "Leta do prve prijave", "evidence_link", "https://mnk.example/f1", "evidence_version", "2", "state", "ready")
}

const ours = "(1) Za podporo lahko zaprosi organizacija, ki najmanj dve leti neprekinjeno deluje na področju kulture in program pretežno izvaja v Republiki Sloveniji."

// full takes a position all the way to a frozen version.
func (h *house) full() string {
	h.t.Helper()
	h.propose("art_12__para_1", "Dve leti delovanja zadoščata", "rewrite", ours)
	h.propose("art_18__para_1", "Najnižji honorar izračuna urad, ne minister", "rewrite",
		"(1) Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga urad za statistiko izračuna iz povprečne bruto plače v javnih zavodih.")
	h.propose("art_36a__para_1", "Seznam brez posledice ostane prazen", "insert", "(2) Če samoupravna lokalna skupnost seznama ne objavi, lahko prostor predlaga vsaka organizacija.")
	h.post(h.base()+"/position", http.StatusSeeOther, "title", "Stališče do drugega osnutka novele Zakona o podpori neodvisni kulturi",
		"lead", "Osnutek podpiramo, če določi, kdo izračuna najnižji honorar. Predlagamo tri spremembe.", "approve_by", "27. 11. 2026", "deliver_by", "30. 11. 2026", "public", "1")
	h.decide()
	return "/s/2026-01/1"
}

func (h *house) decide() {
	h.t.Helper()
	p, err := h.desk.Current(h.t.Context(), neza, h.case_.ID)
	no(h.t, err)
	h.post(h.base()+"/position/mandate", http.StatusSeeOther, "revision", strconv.Itoa(p.Revision), "body", "board", "on", "27. 11. 2026",
		"meeting", "9. redna seja", "for", "7", "against", "0", "abstained", "0", "rule", "Statut, 31. člen: stališče do predpisa potrdi upravni odbor po posvetovanju s članstvom")
	h.who = ivo
	h.post(h.base()+"/position/approve", http.StatusSeeOther, "revision", strconv.Itoa(p.Revision+1))
	h.who = neza
	h.post(h.base()+"/position/freeze", http.StatusSeeOther, "revision", strconv.Itoa(p.Revision+2))
}
