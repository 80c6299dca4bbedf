package membersweb

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/circular"
	"github.com/asociacija/asociacija/internal/members/intake"
	"github.com/asociacija/asociacija/internal/members/twins"
	"github.com/asociacija/asociacija/internal/members/views"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/houseweb"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	member = auth.Actor{User: "u2", Name: "Taja Benko", Email: "taja@benko.example", Roles: auth.Member}
	now    = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
)

// A house is the pages over an empty register.
type house struct {
	t    *testing.T
	mux  *http.ServeMux
	db   *store.DB
	desk *members.Desk
	jobs *jobs.Desk
	site *Site
	by   auth.Actor
	lang string
}

func open(t *testing.T) *house {
	t.Helper()
	db := storetest.SQLite(t, members.Steps(), twins.Steps(), intake.Steps(), circular.Steps(), views.Steps(), mail.Steps(), audit.Steps(), jobs.Steps())
	db.At(func() time.Time { return now })
	words, err := i18n.Load(page.Words(), houseweb.Words(), Words())
	if err != nil {
		t.Fatal(err)
	}
	menu := []page.Entry{{Key: "nav.today", Link: "/today", Roles: auth.Anyone}, {Key: "nav.cases", Link: "/cases", Roles: auth.Anyone}, {Key: "nav.members", Link: "/members", Roles: auth.Anyone}}
	site := page.New(page.House{Name: "Mreža neodvisne kulture", Address: "Tesarska 9, 1000 Ljubljana", URL: "http://localhost", Zone: time.UTC}, menu, words, func() time.Time { return now })
	h := &house{t: t, mux: http.NewServeMux(), db: db, desk: members.New(db), jobs: jobs.New(db, nil), by: clerk, lang: "sl"}
	in := intake.New(db, h.desk)
	in.Employ(h.jobs)
	s := New(site, h.desk, in, h.jobs)
	h.site = s
	post, err := mail.New(db, h.jobs, mail.SMTP{From: "pisarna@mnk.example"})
	if err != nil {
		t.Fatal(err)
	}
	s.Views, s.Twins = views.New(db), twins.New(db, h.desk)
	s.Circulars = circular.New(db, h.desk, h.jobs, post)
	if h.desk.Files, err = blob.NewDisk(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	s.Routes(h.mux)
	s.API(humago.New(h.mux, huma.DefaultConfig("test", "1")))
	h.mux.Handle("GET /assets/", page.Assets())
	return h
}

func (h *house) do(r *http.Request) *httptest.ResponseRecorder {
	h.t.Helper()
	r.AddCookie(&http.Cookie{Name: "lang", Value: h.lang})
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, r.WithContext(auth.With(r.Context(), h.by)))
	if strings.Contains(w.Body.String(), "⟦") {
		h.t.Errorf("%s %s shows a key without a sentence: %s", r.Method, r.URL, regexp.MustCompile(`⟦[^⟧]*⟧`).FindString(w.Body.String()))
	}
	return w
}

func (h *house) get(path string) string {
	h.t.Helper()
	w := h.do(httptest.NewRequest("GET", path, nil))
	if w.Code != http.StatusOK {
		h.t.Fatalf("GET %s: %d %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// post sends a form, and gives the status and where it leads, or the body.
func (h *house) post(path string, form url.Values) (int, string) {
	h.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := h.do(r)
	if to := w.Header().Get("Location"); to != "" {
		return w.Code, to
	}
	return w.Code, w.Body.String()
}

func (h *house) upload(name, text string) (int, string) {
	h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		h.t.Fatal(err)
	}
	io.WriteString(part, text)
	m.Close()
	r := httptest.NewRequest("POST", "/members/import", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	w := h.do(r)
	if to := w.Header().Get("Location"); to != "" {
		return w.Code, to
	}
	return w.Code, w.Body.String()
}

func (h *house) add(kind members.Kind, name, place string, field members.Field, email string) members.Member {
	h.t.Helper()
	m, err := h.desk.Add(h.t.Context(), clerk, members.Member{Kind: kind, Name: name, Place: place, Field: field, Email: email, Standing: members.Active, Term: civil.Span{From: civil.On(2011, 5, 1)}})
	if err != nil {
		h.t.Fatal(err)
	}
	return m
}

func wants(t *testing.T, body string, all ...string) {
	t.Helper()
	body = strings.ReplaceAll(body, "\u00a0", " ")
	_, main, _ := strings.Cut(body, "<main")
	main, _, _ = strings.Cut(main, "</main>")
	for _, s := range all {
		if !strings.Contains(body, s) {
			t.Errorf("%q is not in\n%.3000s", s, main)
		}
	}
}

// The office goes through the life of an entry.
func TestOffice(t *testing.T) {
	h := open(t)
	code, body := h.post("/members/new", url.Values{"kind": {"organisation"}, "name": {""}, "email": {"brez afne"}, "standing": {"active"}, "from": {"včeraj"}, "place": {"Kranj"}})
	if code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong form is answered with %d", code)
	}
	wants(t, body, "Vpišite datum", `value="Kranj"`)
	code, to := h.post("/members/new", url.Values{"kind": {"organisation"}, "name": {"Zavod Prelom"}, "standing": {"applied"}, "from": {"22. 11. 2026"}, "place": {"Kranj"}, "lang": {"sl"}})
	if code != http.StatusSeeOther || !strings.Contains(to, "said.members.saved") {
		t.Fatalf("added: %d %s", code, to)
	}
	card, _, _ := strings.Cut(to, "?")
	wants(t, h.get(to), "Zavod Prelom", "čaka na sprejem", "Vpis je shranjen.", "Nihče še ne more odgovarjati", card+"/admit")
	h.get(card + "/admit")
	if code, body := h.post(card+"/admit", url.Values{"from": {"nekoč"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("admitted on no day: %d %s", code, body)
	}
	h.post(card+"/admit", url.Values{"from": {"22. 11. 2026"}})
	h.get(card + "/agents/new")
	h.post(card+"/agents/new", url.Values{"name": {"Tine Bor"}, "email": {"tine@prelom.example"}, "since": {"1. 12. 2026"}, "answers": {"1"}, "lang": {"sl"}})
	body = h.get(card)
	wants(t, body, "član ali članica", "Tine Bor", "tine@prelom.example", "Sprejem v članstvo")
	end := regexp.MustCompile(`/members/[^"]*/end`).FindString(body)
	wants(t, h.get("/members"), "Tine Bor", "1 član: 1 organizacija in 0 posameznic in posameznikov.")
	h.get(end)
	h.post(end, url.Values{"last": {"2. 12. 2026"}})
	wants(t, h.get("/members"), "določite osebo")
	h.get(card + "/leave")
	h.post(card+"/leave", url.Values{"last": {"31. 12. 2026"}})
	wants(t, h.get("/members"), "Zavod Prelom", "član ali članica, zadnji dan 31.")
	if body := h.get("/members?standing=left"); strings.Contains(body, "Zavod Prelom") {
		t.Error("who leaves at the end of the year is no member today")
	}
	h.post(card+"/leave", url.Values{"last": {"22. 11. 2026"}})
	wants(t, h.get("/members?standing=left"), "Zavod Prelom", "22.")
	if code, _ := h.post(card+"/leave", url.Values{"last": {"31. 12. 2026"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("left twice: %d", code)
	}
}

// Of two who edit at once the second sees what the first wrote, and may go on.
func TestEdit_conflict(t *testing.T) {
	h := open(t)
	m := h.add(members.Organisation, "Bunker", "Ljubljana", "theatre", "")
	path := link(m.ID, "/edit")
	wants(t, h.get(path), `name="revision" value="1"`)
	form := func(place, revision string) url.Values {
		return url.Values{"name": {"Bunker"}, "place": {place}, "field": {"theatre"}, "lang": {"sl"}, "revision": {revision}}
	}
	h.post(path, form("Maribor", "1"))
	code, body := h.post(path, form("Celje", "1"))
	if code != http.StatusUnprocessableEntity {
		t.Errorf("the second is answered with %d", code)
	}
	wants(t, body, "Maribor", `value="Celje"`, `name="revision" value="2"`)
	if code, _ = h.post(path, form("Celje", "2")); code != http.StatusSeeOther {
		t.Errorf("saved again: %d", code)
	}
}

// Nothing that members see holds an e-mail, a phone, a note or an agent.
func TestPrivate(t *testing.T) {
	h := open(t)
	m := h.add(members.Organisation, "Bunker", "Ljubljana", "theatre", "skrito@bunker.example")
	if _, err := h.desk.AddAgent(t.Context(), clerk, members.Agent{Member: m.ID, Name: "Vid Skrit", Email: "skrit@bunker.example", Since: civil.On(2020, 1, 1), Answers: true}); err != nil {
		t.Fatal(err)
	}
	h.by = member
	for _, path := range []string{"/members", "/members?q=skrit", link(m.ID), "/api/v1/members", "/api/v1/members/" + string(m.ID)} {
		if body := strings.ToLower(h.get(path)); strings.Contains(body, "skrit@") || strings.Contains(body, "skrito@") || strings.Contains(body, "vid skrit") || strings.Contains(body, "/members/new") || strings.Contains(body, "/edit") {
			t.Errorf("%s shows a member what is the office's", path)
		}
	}
	for _, path := range []string{"/members/new", link(m.ID, "/edit"), link(m.ID, "/leave"), link(m.ID, "/agents/new"), "/members/import", "/members/import/preview?i=x", "/members/import/undo?i=x", "/members/export?as=csv"} {
		if w := h.do(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	h.by = auth.Actor{}
	if w := h.do(httptest.NewRequest("GET", "/members", nil)); w.Code != http.StatusSeeOther {
		t.Errorf("a passer-by: %d", w.Code)
	}
}

func TestImport(t *testing.T) {
	h := open(t)
	h.add(members.Organisation, "Kino Lom", "Trbovlje", "film", "lom@kino.example")
	h.get("/members/import")
	for name, text := range map[string]string{"": "", "odprt.csv": "naziv\n\"A", "nul.csv": "naziv\nA\x00"} {
		if code, body := h.upload(name, text); code != http.StatusUnprocessableEntity || !strings.Contains(body, "class=\"errors\"") {
			t.Errorf("%q is answered with %d", text, code)
		}
	}
	code, path := h.upload("člani.csv", "Kdo;Kraj;E-pošta\nKino Lom;Ljubljana;lom@kino.example\nOdmev;Ljubljana;\n<b>Zlo</b>;Celje;=cmd\n")
	if code != http.StatusSeeOther {
		t.Fatalf("uploaded: %d %s", code, path)
	}
	wants(t, h.get(path), "Povejte, v katerem stolpcu je ime.")
	h.post(path, url.Values{"do": {"columns"}, "col0": {"name"}, "col1": {"place"}, "col2": {"email"}, "otherwise": {"organisation"}})
	body := h.get(path)
	wants(t, body, "Trbovlje", "&lt;b&gt;Zlo", "Vpišite en e-poštni naslov", "Zapišite 2 vrstici v register")
	seen := regexp.MustCompile(`name="seen" value="([^"]*)"`).FindStringSubmatch(body)[1]
	h.post(path, url.Values{"do": {"save"}, "c2": {"skip"}, "here": {"https://elsewhere.example/"}})
	wants(t, h.get(path), "Zapišite 1 vrstico v register")
	wants(t, h.get(path+"&show=wrong"), "vrstice 4–4")
	_, body = h.post(path, url.Values{"do": {"go"}, "seen": {"stale"}})
	wants(t, body, "Register se je medtem spremenil")
	if code, to := h.post(path, url.Values{"do": {"go"}, "seen": {seen}, "c2": {""}}); code != http.StatusSeeOther {
		t.Fatalf("written: %d %s", code, to)
	}
	wants(t, h.get(path), "Uvoz je zapisan", "1 dodan, 1 spremenjen")
	wants(t, h.get("/members"), "Odmev")
	wants(t, h.get("/members/import"), "člani.csv", "Razveljavite uvoz")
	undo := strings.Replace(path, "preview", "undo", 1)
	h.get(undo)
	if code, to := h.post(undo, nil); code != http.StatusSeeOther {
		t.Errorf("undone: %d %s", code, to)
	}
	if body := h.get("/members"); strings.Contains(body, "Odmev") || !strings.Contains(body, "Trbovlje") {
		t.Errorf("undone, the roll is %s", body)
	}
}

// A large import shows how far it is, and then what it did.
func TestImport_large(t *testing.T) {
	h := open(t)
	var b strings.Builder
	b.WriteString("naziv;kraj\n")
	for i := range 650 {
		fmt.Fprintf(&b, "Društvo %d;Celje\n", i)
	}
	_, path := h.upload("veliko.csv", b.String())
	body := h.get(path)
	wants(t, body, "Zapišite 650 vrstic v register", "Shranite izbire in nadaljujte")
	h.get(path + "&from=600")
	seen := regexp.MustCompile(`name="seen" value="([^"]*)"`).FindStringSubmatch(body)[1]
	h.post(path, url.Values{"do": {"go"}, "seen": {seen}})
	wants(t, h.get(path), "Uvoz se zapisuje", "data-refresh")
	if err := h.jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	wants(t, h.get(path), "650 dodanih")
}

// What is exported and imported again changes nothing, in either language.
func TestExport_import(t *testing.T) {
	for _, lang := range i18n.Spoken() {
		h := open(t)
		h.lang = lang
		for i, f := range append(members.Fields(), "") {
			m := h.add(members.Kinds()[i%2], fmt.Sprintf("=SUM(A%d)", i), []string{"Celje", "-"}[i%2], f, fmt.Sprintf("m%d@x.example", i))
			m.Phone, m.Note, m.Lang = "+386 1 000", "@vrstica\n\"druga\"; tretja", i18n.Region()[i%7].Code
			if _, err := h.desk.Save(t.Context(), clerk, m); err != nil {
				t.Fatal(err)
			}
			if m.Kind == members.Organisation {
				if _, err := h.desk.AddAgent(t.Context(), clerk, members.Agent{Member: m.ID, Name: "Vid Arh", Email: "vid@x.example", Since: civil.On(2020, 1, 1), Answers: true}); err != nil {
					t.Fatal(err)
				}
			}
		}
		text := h.whole("csv", "")
		for _, cell := range regexp.MustCompile(`(?m)(^|;)"?[=+@-]`).FindAllString(text, -1) {
			t.Errorf("a cell begins as a formula: %q", cell)
		}
		_, path := h.upload("nazaj.csv", text)
		body := h.get(path)
		if n := len(members.Fields()) + 1; strings.Count(body, h.word("members.verdict.same")) < n {
			t.Errorf("%s: not all %d rows are the same:\n%s", lang, n, body)
		}
		var list []memberWire
		if err := json.Unmarshal([]byte(h.whole("json", "kind=person")), &list); err != nil || len(list) != 5 {
			t.Errorf("%d members as JSON, %v", len(list), err)
		}
	}
}

func (h *house) word(key string) string {
	book, err := i18n.Load(page.Words(), houseweb.Words(), Words())
	if err != nil {
		h.t.Fatal(err)
	}
	return book.In(h.lang).T(key)
}

func TestAPI(t *testing.T) {
	h := open(t)
	send := func(body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", "/api/v1/members", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		return h.do(r)
	}
	if w := send(`{"kind":"person","name":"Benko, Taja","standing":"active","since":"2019-01-01","email":"taja@benko.example"}`); w.Code != http.StatusCreated {
		t.Fatalf("added: %d %s", w.Code, w.Body)
	}
	w := send(`{"kind":"person","name":"Benko, T.","standing":"applied","email":"taja@benko.example"}`)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "members.email.taken") || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
		t.Errorf("the same e-mail: %d %s", w.Code, w.Body)
	}
	h.add(members.Organisation, "Bunker", "Ljubljana", "theatre", "")
	var out listOut
	if err := json.Unmarshal([]byte(h.get("/api/v1/members?limit=1")), &out); err != nil || len(out.Members) != 1 || out.Members[0].Name != "Benko, Taja" || out.Next == "" {
		t.Errorf("%+v, %v", out, err)
	}
	wants(t, h.get("/api/v1/members?limit=1&after="+out.Next), "Bunker")
	wants(t, h.get("/api/v1/members/"+out.Members[0].ID), `"email":"taja@benko.example"`)
	if w := h.do(httptest.NewRequest("GET", "/api/v1/members/nobody", nil)); w.Code != http.StatusNotFound {
		t.Errorf("nobody: %d", w.Code)
	}
	h.by = member
	if w := send(`{"kind":"person","name":"X","standing":"applied"}`); w.Code != http.StatusForbidden {
		t.Errorf("a member adds: %d", w.Code)
	}
}
