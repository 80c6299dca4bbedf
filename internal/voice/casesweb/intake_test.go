package casesweb

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice"
)

const novela = `PREDLOG
EVA 2026-3355-0007

Predlagatelj: Ministrstvo za kulturo

ZAKON O SPREMEMBAH IN DOPOLNITVAH ZAKONA O PODPORI NEODVISNI KULTURI (ZPNK-A)

Pripombe pošljite do 30. novembra 2026.

1. člen
V Zakonu o podpori neodvisni kulturi (Uradni list RS, št. 1/22) se v 18. členu besedilo »pet let« nadomesti z besedilom »tri leta«.

2. člen
Ta zakon začne veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije.
`

const zakon = `ZAKON O PODPORI NEODVISNI KULTURI (ZPNK)

1. člen
(vsebina zakona)
Ta zakon ureja podporo neodvisni kulturi.

18. člen
(pogoji)
Za podporo lahko zaprosi organizacija, ki najmanj pet let neprekinjeno deluje na področju kulture.
`

// drop sends a file the way a browser does.
func (h *house) drop(name string, content []byte, fields map[string]string) *httptest.ResponseRecorder {
	h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for field, value := range fields {
		m.WriteField(field, value)
	}
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		h.t.Fatal(err)
	}
	part.Write(content)
	m.Close()
	r := httptest.NewRequest("POST", "/cases/new", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return h.ask(r)
}

func follow(location string) string {
	path, _, _ := strings.Cut(location, "?")
	return path
}

func TestIntake_caseInAMinute(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	act, err := h.site.out.Corpus.Add(t.Context(), neza, corpus.Given{Short: "ZPNK", Title: "Zakon o podpori neodvisni kulturi", Text: zakon, Stage: corpus.InForce, On: civil.On(2022, 1, 1)})
	if err != nil {
		t.Fatal(err)
	}
	at := follow(h.done("/cases/new", url.Values{"text": {novela}}))
	page := h.get(at)
	says(t, page, "Besedilo je novela zakona", "Členov 2", "Rok v besedilu", "Besedilo, kot smo ga prebrali", "Pripombe pošljite do 30. novembra 2026.")
	for _, want := range []string{`value="ZPNK-A"`, `value="2026-3355-0007"`, `value="30. 11. 2026"`, `value="Ministrstvo za kulturo"`, `<option value="ministry_culture" selected>`, `<option value="law/ordinary" selected>`} {
		if !strings.Contains(strings.ReplaceAll(page, "\u00a0", " "), want) {
			t.Errorf("the form does not propose %s", want)
		}
	}
	h.see("intake", at)
	says(t, h.get("/cases/new"), "Prejeto in še ne urejeno")
	h.see("new", "/cases/new")

	to := follow(h.done(at, url.Values{
		"title": {"Novela Zakona o podpori neodvisni kulturi"}, "short": {"ZPNK-A"}, "kind": {"law/ordinary"}, "act": {"ZPNK"}, "owner": {"neza"}, "body": {"ministry_culture"},
		"stage": {"amending"}, "label": {"2. osnutek"}, "on": {"29. 10. 2026"}, "deadline": {"30. 11. 2026"},
	}))
	says(t, h.get(to), "čez 13 dni", "Matični predpis ZPNK", "Osnutki 1")
	says(t, h.get(to+"/drafts"), "2. osnutek", "2 člena")
	if w := h.ask(httptest.NewRequest("GET", at, nil)); w.Header().Get("Location") != to+"/drafts" {
		t.Errorf("an intake of which a case was made leads to %q", w.Header().Get("Location"))
	}
	texts, err := h.desk.Texts(t.Context(), neza, voice.CaseID(strings.TrimPrefix(to, "/cases/")))
	if err != nil || len(texts) != 1 {
		t.Fatalf("texts %v, %v", texts, err)
	}
	if v, err := h.site.out.Corpus.Version(t.Context(), neza, texts[0].Version); err != nil || v.Act != act.Act || v.Stage != corpus.Amending {
		t.Errorf("the text is %+v, %v; want an amending version of %s", v, err, act.Act)
	}
	if strings.Contains(plainText(h.get("/cases/new")), "Prejeto in še ne urejeno") {
		t.Error("the intake is still waiting")
	}

	// The next draft goes to the same case and can be compared.
	at = follow(h.done("/cases/new", url.Values{"text": {strings.Replace(novela, "tri leta", "dve leti", 1)}, "for": {strings.TrimPrefix(to, "/cases/")}}))
	says(t, h.get(at), "Besedilo bo dodano zadevi 2026/001.", "Dodajte k zadevi")
	h.done(at, url.Values{"for": {"2026/001"}, "role": {"draft"}, "stage": {"amending"}, "label": {"3. osnutek"}, "on": {"16. 11. 2026"}, "deadline": {"16. 12. 2026"}})
	drafts := h.get(to + "/drafts")
	says(t, drafts, "Primerjajte: 2. osnutek")
	if !strings.Contains(drafts, "/compare?a="+string(texts[0].Version)+"&amp;b=") {
		t.Error("the drafts are not linked to be compared")
	}
	says(t, h.get(to), "Prejšnji osnutek, javna obravnava 29. 10.–30. 11. 2026", "29 dni Naše pripombe", "Za odziv je 30 dni.")
	h.see("drafts", to+"/drafts")

	// A whole text stands beside the law in force.
	whole := follow(h.done("/cases/new", url.Values{"text": {strings.Replace(zakon, "pet let", "tri leta", 1)}}))
	other := follow(h.done(whole, url.Values{"title": {"Nov zakon"}, "kind": {"law/ordinary"}, "act": {"zpnk"}, "stage": {"draft"}}))
	says(t, h.get(other+"/drafts"), "Primerjajte z veljavnim")
}

func TestIntake_nothingIsLost(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	says(t, h.refused("/cases/new", url.Values{"text": {"  "}}, 422), "Prilepite besedilo ali izberite datoteko.")

	// A file that is no document is kept with the reason, and typed by hand.
	broken := []byte("PK\x03\x04 to ni dokument")
	w := h.drop("osnutek.docx", broken, map[string]string{"source": "https://www.gov.si/osnutek"})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, plainText(w.Body.String()))
	}
	at := follow(w.Header().Get("Location"))
	says(t, h.get(at), "Dokument Word je poškodovan", "Datoteka je shranjena.", "Prilepite besedilo ročno", "osnutek.docx · shranjeno")
	h.see("intake-broken", at)
	i, err := h.desk.Intake(t.Context(), neza, strings.TrimPrefix(at, "/intakes/"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := h.site.out.Blobs.Open(t.Context(), i.Blob)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var kept bytes.Buffer
	if kept.ReadFrom(file); !bytes.Equal(kept.Bytes(), broken) {
		t.Errorf("the file is kept as %q", kept.String())
	}
	h.done(at+"/text", url.Values{"text": {novela}})
	says(t, h.get(at), "Besedilo je novela zakona")
	if body := h.get(at); strings.Contains(body, "poškodovan") {
		t.Error("the problem is still told")
	}

	// A form that is refused keeps the intake, and what was typed.
	page := h.refused(at, url.Values{"title": {""}, "kind": {"law/ordinary"}, "lead": {"Moj opis"}, "deadline": {"kmalu"}}, 422)
	says(t, page, "Vpišite datum")
	if !strings.Contains(page, "Moj opis") {
		t.Error("what was typed is lost")
	}
	says(t, h.get(at+"/drop"), "Želite izbrisati »")
	h.done(at+"/drop", nil)
	if w := h.ask(httptest.NewRequest("GET", at, nil)); w.Code != 404 {
		t.Errorf("a deleted intake is still there: %d", w.Code)
	}
}

func TestIntake_warns(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := follow(h.done("/cases/new", url.Values{"text": {strings.Replace(novela, "2026.\n", "2025.\n", 1)}}))
	says(t, h.get(at), "Preverite", "Rok, ki ga navaja besedilo, je že mimo.")
	at = follow(h.done("/cases/new", url.Values{"text": {"Dober dan, danes je lep dan."}}))
	says(t, h.get(at), "Ne vemo, kakšno besedilo je to.")
	says(t, h.refused(at, url.Values{"for": {"2020/999"}, "role": {"draft"}, "stage": {"draft"}}, 422), "Zadeve s to številko ni.")
}

func TestIntake_readsADocument(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name, text string) {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(text))
	}
	write("[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
	write("_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)
	var paragraphs strings.Builder
	for line := range strings.Lines(novela) {
		paragraphs.WriteString("<w:p><w:r><w:t>" + strings.TrimSpace(line) + "</w:t></w:r></w:p>")
	}
	write("word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+paragraphs.String()+`</w:body></w:document>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	at := follow(h.drop("novela.docx", b.Bytes(), nil).Header().Get("Location"))
	says(t, h.get(at), "Besedilo je novela zakona", "novela.docx · shranjeno", "Členov 2")
}

func TestAPI(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.zpnk()
	send := func(method, path, body string) (int, map[string]any) {
		t.Helper()
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := h.ask(r)
		var out map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
		return w.Code, out
	}
	code, out := send("GET", "/api/v1/cases?order=due", "")
	if list, _ := out["cases"].([]any); code != 200 || len(list) != 1 || list[0].(map[string]any)["next"].(map[string]any)["due"] != "2026-11-30" {
		t.Errorf("the list is %d %v", code, out)
	}
	code, out = send("GET", "/api/v1/cases/"+string(c.ID), "")
	if events, _ := out["events"].([]any); code != 200 || len(events) != 5 || len(out["phases"].([]any)) < 10 {
		t.Errorf("the case is %d %v", code, out)
	}
	text, err := json.Marshal(novela)
	if err != nil {
		t.Fatal(err)
	}
	code, out = send("POST", "/api/v1/cases", `{"title":"Nova","kind":"law","stage":"amending","deadline":"2026-12-01","text":`+string(text)+`}`)
	if code != 201 || out["id"] != "2026-002" || out["variant"] != "ordinary" || out["act"] == nil {
		t.Errorf("a new case is %d %v", code, out)
	}
	code, out = send("POST", "/api/v1/cases", `{"title":"Nova","kind":"ni"}`)
	if code != 422 || out["detail"] != "cases.kind.unknown" {
		t.Errorf("an unknown kind is %d %v", code, out)
	}
	h.who = auth.Actor{}
	if code, out := send("GET", "/api/v1/cases/"+string(c.ID), ""); code != 403 || out["detail"] != "auth.sign_in_first" {
		t.Errorf("a passer-by gets %d %v", code, out)
	}
	if _, out := send("GET", "/api/v1/cases", ""); len(out["cases"].([]any)) != 0 {
		t.Errorf("a passer-by lists %v", out)
	}
}
