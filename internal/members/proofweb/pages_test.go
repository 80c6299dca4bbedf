package proofweb

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/houseweb"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "u1", Name: "Neža Škrbec", Roles: auth.Office}
	nobody = auth.Actor{}
	now    = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
)

// A house is the pages over a register of one organisation and one person.
type house struct {
	*testing.T
	mux  *http.ServeMux
	jobs *jobs.Desk
	desk *proof.Desk
	in   *bodies.Desk
	site *Site
}

func open(t *testing.T) house {
	t.Helper()
	db := storetest.SQLite(t, members.Steps(), audit.Steps(), jobs.Steps(), proof.Steps(), bodies.Steps())
	db.At(func() time.Time { return now })
	words, err := i18n.Load(page.Words(), houseweb.Words(), membersweb.Words(), proof.Words(), meetings.Words(), Words())
	if err != nil {
		t.Fatal(err)
	}
	pack, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	site := page.New(page.House{Name: "Mreža neodvisne kulture", URL: "http://localhost", Zone: time.UTC}, nil, words, func() time.Time { return now })
	m, j := members.New(db), jobs.New(db, nil)
	d := proof.New(db, proof.Parts{Members: m, Jobs: j, Files: files, Words: words, Rules: pack.Representation, Zone: time.UTC, URL: "http://localhost",
		Issuer: func(context.Context) proof.Issuer { return proof.Issuer{Name: "Mreža neodvisne kulture"} }})
	for _, one := range []members.Member{{Kind: members.Organisation, Name: "Bunker"}, {Kind: members.Person, Name: "Benko, Taja"}} {
		one.Standing, one.Term.From = members.Active, civil.On(2019, 2, 1)
		if _, err := m.Add(t.Context(), clerk, one); err != nil {
			t.Fatal(err)
		}
	}
	b := bodies.New(db, bodies.Others{Members: m, Country: pack, Files: files, Lang: "sl", Zone: time.UTC})
	h := house{t, http.NewServeMux(), j, d, b, New(site, d, b)}
	h.site.Routes(h.mux)
	return h
}

func (h house) do(by auth.Actor, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, r.WithContext(auth.With(h.Context(), by)))
	return w
}

func (h house) get(by auth.Actor, path string) string {
	h.Helper()
	w := h.do(by, httptest.NewRequest("GET", path, nil))
	if w.Code != http.StatusOK {
		h.Fatalf("GET %s: %d\n%s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

func (h house) post(by auth.Actor, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.do(by, r)
}

// The office issues an extract; whoever is given its PDF checks it without an account.
func TestIssueAndCheck(t *testing.T) {
	h := open(t)
	h.wants(h.get(clerk, "/extracts"), "Izpiskov še ni")
	w := h.post(clerk, "/extracts/new", url.Values{"on": {"22. 11. 2026"}, "purpose": {"volitve <b>"}, "lang": {"sl"}})
	at := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	h.wants(h.get(clerk, at), "Izpisek se pripravlja")
	if err := h.jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := h.get(clerk, at)
	h.wants(page, "volitve &lt;b&gt;", "0 od 2", "še 100 članov z dokazilom", "ZDSve, 36. in 37. člen")
	pdf := h.get(clerk, at+"/file/pdf")
	code := regexp.MustCompile(`/check/([0-9a-z]{20})`).FindStringSubmatch(page)

	found := h.get(nobody, "/check/"+code[1])
	h.wants(found, "Izpisek s to oznako smo izdali", "Mreža neodvisne kulture")
	if strings.Contains(found, "Bunker") || strings.Contains(found, "Neža") || strings.Contains(found, "volitve") {
		t.Error("a stranger is told more than numbers")
	}
	h.wants(h.upload(pdf).Body.String(), "natanko ta, ki smo jo izdali (PDF)")
	changed := h.upload(strings.Replace(pdf, "Bunker", "Bonker", 1) + " ")
	if changed.Code != http.StatusUnprocessableEntity {
		t.Error(changed.Code)
	}
	h.wants(changed.Body.String(), "Take datoteke nismo izdali")

	h.post(clerk, at+"/withdraw", url.Values{"reason": {"napačen dan"}})
	h.wants(h.get(nobody, "/check?code="+code[1]), "Preklican", "napačen dan")
	h.wants(h.upload(pdf).Body.String(), "Preklican")
}

// A page that names itself to nobody has browsers of before 2023 send its form as one
// of an unknown site, which Guard refuses: the file of an extract could not be checked.
func TestCheck_sends(t *testing.T) {
	h := open(t)
	if got := h.do(auth.Actor{}, httptest.NewRequest("GET", "/check", nil)).Header().Get("Referrer-Policy"); got == "no-referrer" {
		t.Errorf("the page with the form has Referrer-Policy %s", got)
	}
}

// Two of seven who live by the market are too many; who is self-employed in culture
// is counted apart, and who sits in a working group not at all.
func TestBoard(t *testing.T) {
	h := open(t)
	h.wants(h.get(clerk, "/extracts/board"), "Ni organa")
	seat := func(b bodies.Body, ties ...string) {
		for i, tie := range ties {
			s := bodies.Seat{Body: b.ID, Name: fmt.Sprintf("Oseba %d", i), Votes: true, Tie: tie, Term: civil.Span{From: civil.On(2025, 1, 1)}}
			if _, err := h.in.PutSeat(t.Context(), clerk, s); err != nil {
				t.Fatal(err)
			}
		}
	}
	add := func(kind bodies.Kind, name, prefix string) bodies.Body {
		b, err := h.in.AddBody(t.Context(), clerk, bodies.Body{Kind: kind, Name: name, Prefix: prefix, Rule: bodies.Law(kind)})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	seat(add(bodies.Board, "Upravni odbor", "UO"), "market", "company", "ngo", "ngo", "ngo", "ngo", "ngo")
	seat(add(bodies.Supervisory, "Nadzorni odbor", "NO"), "self_employed_culture", "", "ngo")
	seat(add(bodies.Group, "Skupina za prostore", "DS"), "market")

	page := h.get(clerk, "/extracts/board")
	h.wants(page, "četrtina ali več", "Glasovi, ki štejejo: 2 od 7", "odvisno od odprtega", "Odprta sta 2 glasova", "pravno vprašanje", "ZNOrg, 5. člen", "opozorilo in ne presoja")
	if strings.Contains(page, "Skupina za prostore") {
		t.Error("a working group is counted")
	}
	h.wants(h.get(clerk, "/extracts/board?on=2024-12-31"), "nikogar z glasom")
}

// What is wrong with a form is said beside it, and what was typed stays.
func TestForm_wrong(t *testing.T) {
	h := open(t)
	w := h.post(clerk, "/extracts/new", url.Values{"on": {"jutri"}, "purpose": {"razpis"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Error(w.Code)
	}
	h.wants(w.Body.String(), `value="jutri"`, `value="razpis"`)
	wrong := h.do(nobody, httptest.NewRequest("GET", "/check/aaaaaaaaaaaaaaaaaaaa", nil))
	if wrong.Code != http.StatusUnprocessableEntity {
		t.Error(wrong.Code)
	}
	h.wants(wrong.Body.String(), "s to oznako nismo izdali")
	if w := h.do(nobody, httptest.NewRequest("GET", "/extracts", nil)); w.Code == http.StatusOK {
		t.Error("a stranger reads the extracts")
	}
}

func (h house) upload(file string) *httptest.ResponseRecorder {
	h.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "x.pdf")
	if err == nil {
		_, err = part.Write([]byte(file))
	}
	if err != nil || form.Close() != nil {
		h.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/check", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return h.do(nobody, r)
}

func (h house) wants(page string, words ...string) {
	h.Helper()
	page = strings.ReplaceAll(page, "\u00a0", " ")
	for _, w := range words {
		if !strings.Contains(page, w) {
			h.Errorf("the page does not say %q:\n%s", w, page)
		}
	}
}
