package proofweb

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/auth"
)

func (h house) answer(by auth.Actor, path string, status int) *httptest.ResponseRecorder {
	h.Helper()
	w := h.do(by, httptest.NewRequest("GET", path, nil))
	if w.Code != status {
		h.Errorf("GET %s: %d, want %d\n%.500s", path, w.Code, status, w.Body)
	}
	return w
}

// The office reads extracts and their files; a stranger checks one and learns no names.
func TestAPI(t *testing.T) {
	h := open(t)
	h.site.API(humago.New(h.mux, huma.DefaultConfig("x", "1")))
	e, err := h.desk.Ask(t.Context(), clerk, proof.Extract{On: civil.On(2026, 11, 22), Purpose: "volitve"})
	if err == nil {
		err = h.jobs.Drain(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	var list listOut
	if err := json.Unmarshal(h.answer(clerk, "/api/v1/extracts", 200).Body.Bytes(), &list); err != nil || len(list.Extracts) != 1 || list.Extracts[0].Number != "1/2026" || len(list.Extracts[0].Files) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	one := list.Extracts[0]
	if got := h.answer(clerk, "/api/v1/extracts/"+one.ID, 200).Body.String(); !strings.Contains(got, `"purpose":"volitve"`) {
		t.Error(got)
	}
	for _, f := range one.Files {
		if w := h.answer(clerk, strings.TrimPrefix(f.Link, "http://localhost"), 200); int64(w.Body.Len()) != f.Size {
			t.Errorf("%s: %v", f.Format, w.Header())
		}
		if got := h.answer(nobody, "/api/v1/check/"+f.SHA256, 200).Body.String(); !strings.Contains(got, `"state":"ready"`) || strings.Contains(got, "Bunker") || strings.Contains(got, "volitve") {
			t.Error(got)
		}
	}
	if w := h.answer(clerk, "/api/v1/extracts/"+one.ID+"/members", 200); !strings.Contains(w.Body.String(), "Bunker") || w.Header().Get("ETag") == "" {
		t.Error(w.Body)
	}
	h.answer(nobody, "/api/v1/check/"+e.Token, 200)
	h.answer(nobody, "/api/v1/check/aaaaaaaaaaaaaaaaaaaa", 404)
	h.answer(nobody, "/api/v1/check/"+strings.Repeat("0", 64), 404)
	for _, path := range []string{"", "/" + one.ID, "/" + one.ID + "/members"} {
		if w := h.do(nobody, httptest.NewRequest("GET", "/api/v1/extracts"+path, nil)); w.Code < 400 || strings.Contains(w.Body.String(), "Bunker") {
			t.Errorf("a stranger reads %s: %d", path, w.Code)
		}
	}
	h.answer(clerk, "/api/v1/extracts/2026-000099", 404)
}

// Electors are counted by a rule, and who does not count is named with the reason, on
// the page and in the tables; the office adds a rule of its own.
func TestElectors(t *testing.T) {
	h := open(t)
	e, err := h.desk.Ask(t.Context(), clerk, proof.Extract{On: civil.On(2026, 11, 22), Rule: "culture_and_sport"})
	if err == nil {
		err = h.jobs.Drain(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	at := "/extracts/" + string(e.ID) + "/electors"
	h.wants(h.get(clerk, at), "1 + 0 = 1", "ZDSve, 36. in 37. člen", "Benko, Taja", "ni nobenega vpisa, sklepa ali dokazila: 2")
	h.wants(h.get(clerk, at+"?as=csv"), "Bunker", "ni nobenega vpisa")
	if got := h.get(clerk, at+"?as=xlsx"); !strings.HasPrefix(got, "PK") {
		t.Error("no workbook")
	}
	h.wants(h.get(clerk, "/extracts/export?as=csv"), "1/2026", e.Token)
	if got := h.get(clerk, "/extracts/export?as=csv&only=certificates"); strings.Contains(got, "1/2026") {
		t.Error("an extract is among the certificates")
	}

	wrong := h.post(clerk, "/extracts/rules", url.Values{"name": {"delegati"}, "fixed": {"1"}, "per": {"x"}})
	h.wants(wrong.Body.String(), `value="delegati"`)
	if w := h.post(clerk, "/extracts/rules", url.Values{"name": {"delegati"}, "fixed": {"2"}, "per": {"10"}, "basis": {"Pravila, 7. člen"}, "kinds": {"person"}}); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	page := h.get(clerk, "/extracts/rules")
	h.wants(page, "delegati", "2 ne glede na število in 1 na vsakih polnih 10", "ZDSve, 30. in 33. člen", "na vsakih polnih 1.000", "na vsakih polnih 500")
	drop := regexp.MustCompile(`/extracts/rules/drop\?rule=([^"]+)"`).FindStringSubmatch(page)
	h.wants(h.get(clerk, at+"?rule="+drop[1]), "2 + 0 = 2", "pravilo ne šteje te vrste članov")
	h.wants(h.get(clerk, "/extracts/rules/drop?rule="+drop[1]), "Želite odstraniti pravilo?")
	if w := h.post(clerk, "/extracts/rules/drop?rule="+drop[1], nil); w.Code != http.StatusSeeOther {
		t.Error(w.Code, w.Body)
	}
}

// A new extract stands in the place of another, which says so to whoever checks it.
func TestReplace(t *testing.T) {
	h := open(t)
	issue := func(form url.Values) string {
		w := h.post(clerk, "/extracts/new", form)
		if w.Code != http.StatusSeeOther {
			t.Fatal(w.Code, w.Body)
		}
		if err := h.jobs.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		return w.Header().Get("Location")
	}
	old := issue(url.Values{"on": {"1. 11. 2026"}, "lang": {"sl"}, "rule": {"culture_and_sport"}})
	page := h.get(clerk, old)
	code := regexp.MustCompile(`/check/([0-9a-z]{20})`).FindStringSubmatch(page)[1]
	h.wants(page, "Izdajte novega namesto tega")
	h.wants(h.get(clerk, "/extracts/new?replaces=2026-000001"), "nadomestil izpisek št. 1/2026", `value="1. 11. 2026"`)
	issue(url.Values{"on": {"2. 11. 2026"}, "lang": {"en"}, "replaces": {"2026-000001"}})
	h.wants(h.get(nobody, "/check/"+code), "Nadomeščen", "22. 11. 2026", "izpisek št. 2/2026")
	h.wants(h.get(clerk, old), "nadomešča izpisek št. 2/2026")
}

// Who checks too often waits; a file that is none is told so.
func TestCheck_hostile(t *testing.T) {
	h := open(t)
	for _, file := range []string{"%PDF-1.7\n%%EOF", "{", strings.Repeat("/check/aaaaaaaaaaaaaaaaaaaa ", 9), "\x00\xff"} {
		if w := h.upload(file); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Take datoteke nismo izdali") {
			t.Errorf("%q: %d", file, w.Code)
		}
	}
	h.wants(h.upload("").Body.String(), "Izberite datoteko")
	r := httptest.NewRequest("POST", "/check", strings.NewReader("--x\r\nContent-Disposition: form-data"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	if w := h.do(nobody, r); w.Code != http.StatusUnprocessableEntity {
		t.Error("cut off:", w.Code)
	}
	busy := 0
	for range 80 {
		if h.do(nobody, httptest.NewRequest("GET", "/check?code=x", nil)).Code == http.StatusServiceUnavailable {
			busy++
		}
	}
	if busy == 0 || busy > 40 {
		t.Errorf("%d of 80 were let wait", busy)
	}
	h.get(nobody, "/check")
}
