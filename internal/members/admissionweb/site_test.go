package admissionweb

import (
	"bytes"
	"encoding/json"
	"fmt"
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

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/houseweb"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/page/pagetest"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var office = auth.Actor{User: "u1", Name: "Neža Škrbec", Roles: auth.Office}

// A house is the pages over an empty register, at a clock that moves by a minute
// with each request.
type house struct {
	pagetest.Visitor
	t    *testing.T
	mail *mail.Desk
	now  time.Time
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return h.now }
	db := storetest.SQLite(t, audit.Steps(), jobs.Steps(), mail.Steps(), members.Steps(), admission.Steps())
	db.At(clock)
	words, err := i18n.Load(page.Words(), houseweb.Words(), membersweb.Words(), admission.Words(), Words())
	if err != nil {
		t.Fatal(err)
	}
	site := page.New(page.House{Name: "Mreža", URL: "http://localhost", Lang: "sl", Zone: time.UTC}, nil, words, clock)
	work, register := jobs.New(db, nil), members.New(db)
	if h.mail, err = mail.New(db, work, mail.SMTP{}); err != nil {
		t.Fatal(err)
	}
	desk := admission.New(db, admission.House{Name: "Mreža", URL: "http://localhost", Zone: time.UTC, In: words.In}, admission.Others{Members: register, Jobs: work, Mail: h.mail})
	mux := http.NewServeMux()
	if register.Files, err = blob.NewDisk(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	pages := New(site, desk, register)
	pages.Routes(mux)
	pages.API(humago.New(mux, huma.DefaultConfig("test", "1")))
	h.Visitor = pagetest.Visitor{Pages: mux, Lang: "sl"}
	return h
}

// post sends a form and gives the status and where it leads, or the body.
func (h *house) post(path string, form url.Values) (int, string) {
	h.t.Helper()
	h.now = h.now.Add(time.Minute)
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := h.Ask(r)
	if to := w.Header().Get("Location"); to != "" {
		return w.Code, to
	}
	return w.Code, w.Body.String()
}

func (h *house) as(who auth.Actor) *house {
	next := *h
	next.Who = who
	return &next
}

var opened = regexp.MustCompile(`name="opened" value="([^"]+)"`)

// apply fills in the public form for a person.
func (h *house) apply() (int, string) {
	h.t.Helper()
	form := url.Values{
		"opened": {opened.FindStringSubmatch(h.Get(h.t, "/join/person"))[1]}, "given": {"Taja"}, "family": {"Benko"}, "email": {"taja@benko.example"},
		"place": {"Koper"}, "field": {"dance"}, "statute": {"1"}, "consents": {"newsletter"}, "lang": {"sl"},
	}
	return h.post("/join/person", form)
}

// link is the path in the newest letter.
func (h *house) link() string {
	h.t.Helper()
	list, err := h.mail.Outbox(h.t.Context(), auth.House, mail.Query{Limit: 1})
	if err != nil || len(list) != 1 {
		h.t.Fatal(list, err)
	}
	e, err := h.mail.Get(h.t.Context(), auth.House, list[0].ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return regexp.MustCompile(`/join/[\w-]{43}`).FindString(e.Text)
}

// From the public form to the decision, as those who do it see it.
func TestSite_way(t *testing.T) {
	h := open(t)
	h.Get(t, "/join")
	h.Get(t, "/join/organisation")
	if code, to := h.apply(); code != http.StatusSeeOther || to != "/join/sent" {
		t.Fatal(code, to)
	}
	h.Get(t, "/join/sent")
	mine, desk := h.link(), h.as(office)
	for range 2 { // what looks into mail opens links, and more than once
		if body := h.Get(t, mine); !strings.Contains(body, "Potrdite izjavo") || !strings.Contains(body, "Taja Benko") {
			t.Errorf("the link shows %s", body)
		}
	}
	if body := desk.Get(t, "/applications"); !strings.Contains(body, "Nobena izjava ne čaka") {
		t.Error("opening the link confirmed the application")
	}
	if code, to := h.post(mine, nil); code != http.StatusSeeOther || !strings.Contains(to, "said.admission.confirmed") {
		t.Fatal(code, to)
	}
	row := regexp.MustCompile(`href="(/applications/[0-9a-z]{26})"`).FindStringSubmatch(desk.Get(t, "/applications"))
	if row == nil {
		t.Fatal("the list lacks the application")
	}
	for _, path := range []string{"", "/edit", "/decide", "/withdraw"} {
		desk.Get(t, row[1]+path)
	}
	if code, to := desk.post(row[1]+"/board", url.Values{"meeting": {"1. 12. 2026"}}); code != http.StatusSeeOther {
		t.Fatal(code, to)
	}
	if code, body := desk.post(row[1]+"/decide", url.Values{"outcome": {"reject"}, "on": {"22. 11. 2026"}, "number": {"7"}}); code != http.StatusUnprocessableEntity || !strings.Contains(body, "Napišite obrazložitev") {
		t.Errorf("refused without reasons: %d", code)
	}
	if code, to := desk.post(row[1]+"/decide", url.Values{"outcome": {"reject"}, "on": {"22. 11. 2026"}, "number": {"7"}, "reasons": {"Ni v kulturi."}}); code != http.StatusSeeOther {
		t.Fatal(code, to)
	}
	if body := h.Get(t, h.link()); !strings.Contains(body, "Ni v kulturi.") {
		t.Error("the applicant does not see the reasons")
	}
	desk.Get(t, row[1]+"/appeal")
	if code, to := desk.post(row[1]+"/appeal", url.Values{"told": {"22. 11. 2026"}, "received": {"22. 11. 2026"}}); code != http.StatusSeeOther {
		t.Fatal(code, to)
	}
	if body := desk.Get(t, row[1]+"/decide"); !strings.Contains(body, "Pritožbi je ugodeno") {
		t.Error("the assembly is not asked")
	}
	if code, to := desk.post(row[1]+"/decide", url.Values{"outcome": {"uphold"}, "on": {"22. 11. 2026"}, "number": {"OZ 1"}}); code != http.StatusSeeOther {
		t.Fatal(code, to)
	}
	if body := desk.Get(t, row[1]); !strings.Contains(body, `href="/members/`) {
		t.Error("the page does not lead to the member")
	}
}

// What was typed is there again when a form is refused, and both languages have all words.
func TestSite_forms(t *testing.T) {
	h := open(t)
	for _, lang := range []string{"sl", "en"} {
		h.Lang = lang
		for _, path := range []string{"/join", "/join/person", "/join/organisation", "/join/sent"} {
			h.Get(t, path)
		}
		for _, path := range []string{"/applications", "/applications?view=decided", "/applications?view=unconfirmed", "/applications/years", "/applications/rule", "/applications/new?kind=organisation"} {
			h.as(office).Get(t, path)
		}
	}
	code, body := h.post("/join/organisation", url.Values{"name": {"Zavod <Prelom>"}, "opened": {"x"}})
	if code != http.StatusUnprocessableEntity || !strings.Contains(body, `value="Zavod &lt;Prelom&gt;"`) {
		t.Errorf("refused with %d, and the name is lost", code)
	}
	if code, to := h.as(office).post("/applications/new?kind=person", url.Values{"given": {"Oton"}, "family": {"Lipar"}, "email": {"oton@lipar.example"}, "place": {"Ljubljana"}, "statute": {"1"}, "lang": {"sl"}, "proof": {"odločba"}, "proof_on": {"1. 2. 2024"}}); code != http.StatusSeeOther {
		t.Fatal(code, to)
	}
	w := h.as(office).Ask(httptest.NewRequest("GET", "/applications/export?as=csv", nil))
	if !strings.Contains(w.Body.String(), "2026/1;person;Lipar, Oton;oton@lipar.example") {
		t.Errorf("the table is %s", w.Body)
	}
	if code, to := h.as(office).post("/applications/rule", url.Values{"board": {"izvršni odbor"}, "appeal": {"15"}, "paper": {"/statut.pdf"}}); code != http.StatusSeeOther {
		t.Fatal(code, to)
	}
	h.Lang = "sl"
	if body := h.Get(t, "/join"); !strings.Contains(body, "izvršni odbor") {
		t.Error("the form does not know who decides")
	}
}

// Strangers and members see no applications.
func TestSite_rights(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/applications", "/applications/export", "/applications/years", "/applications/rule", "/applications/new"} {
		if w := h.as(auth.Actor{User: "m", Roles: auth.Member}).Ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusForbidden {
			t.Errorf("%s answers a member with %d", path, w.Code)
		}
		if w := h.Ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusSeeOther {
			t.Errorf("%s answers a stranger with %d", path, w.Code)
		}
	}
}

// send sends the form with a file.
func (h *house) send(path string, form url.Values, name, whole string) (int, string) {
	h.t.Helper()
	h.now = h.now.Add(time.Minute)
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for field, values := range form {
		for _, v := range values {
			if err := m.WriteField(field, v); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		h.t.Fatal(err)
	}
	fmt.Fprint(part, whole)
	m.Close()
	r := httptest.NewRequest("POST", path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	w := h.Ask(r)
	if to := w.Header().Get("Location"); to != "" {
		return w.Code, to
	}
	return w.Code, w.Body.String()
}

// A file outlives a form that is refused; the office and the board open it, and the
// register has it with the number that it proves.
func TestSite_file(t *testing.T) {
	h := open(t)
	form := url.Values{
		"opened": {opened.FindStringSubmatch(h.Get(h.t, "/join/organisation"))[1]}, "name": {"Zavod Prelom"}, "form": {"institute"}, "agent": {"Tine Bor"},
		"email": {"info@prelom.example"}, "place": {"4000 Kranj"}, "register": {"5300231"}, "lang": {"sl"}, "fields": {"dance", "music"}, "region": {"gorenjska"}, "speaks": {"sl", "hr"},
	}
	code, body := h.send("/join/organisation", form, "izpisek.pdf", "%PDF-1.7 izpisek")
	if code != http.StatusUnprocessableEntity || !strings.Contains(body, "Priloženo: izpisek.pdf") || !strings.Contains(body, `value="gorenjska" selected`) {
		t.Fatalf("refused with %d, and the file is lost", code)
	}
	form.Set("statute", "1")
	form.Set("held", regexp.MustCompile(`name="held" value="([^"]+)"`).FindStringSubmatch(body)[1])
	if code, body := h.send("/join/organisation", form, "virus.exe", "MZ"); code != http.StatusUnprocessableEntity || !strings.Contains(body, "PDF, PNG ali JPEG") {
		t.Errorf("a program: %d", code)
	}
	if code, to := h.post("/join/organisation", form); code != http.StatusSeeOther || to != "/join/sent" {
		t.Fatal(code, to)
	}
	mine, desk := h.link(), h.as(office)
	h.post(mine, nil)
	if body := h.Get(t, mine); !strings.Contains(body, "izpisek.pdf") || !strings.Contains(body, "Gorenjska") {
		t.Error("the applicant does not see what was given")
	}
	at := regexp.MustCompile(`href="(/applications/[0-9a-z]{26})"`).FindStringSubmatch(desk.Get(t, "/applications"))[1]
	file := regexp.MustCompile(`/applications/[^"]*/file[^"]*`).FindString(desk.Get(t, at))
	if w := desk.Ask(httptest.NewRequest("GET", file, nil)); w.Body.String() != "%PDF-1.7 izpisek" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the file: %d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := h.as(auth.Actor{User: "m", Roles: auth.Member}).Ask(httptest.NewRequest("GET", file, nil)); w.Code != http.StatusForbidden {
		t.Errorf("a member opens it: %d", w.Code)
	}
	if body := desk.Get(t, at+"/edit"); !strings.Contains(body, `value="gorenjska" selected`) || !strings.Contains(body, "Priloženo: izpisek.pdf") {
		t.Error("the office does not see what it completes")
	}
	if code, to := desk.send(at+"/edit", url.Values{"name": {"Zavod Prelom"}, "form": {"institute"}, "agent": {"Tine Bor"}, "email": {"info@prelom.example"}, "place": {"4000 Kranj"}, "register": {"5300231"}, "lang": {"sl"}, "revision": {"2"}, "proof_as": {"extract"}, "proof_on": {"1. 11. 2026"}}, "statut.pdf", "%PDF-1.7 statut"); code != http.StatusSeeOther {
		t.Fatal(code, to)
	}
	if body := desk.Get(t, at); !strings.Contains(body, "statut.pdf") || !strings.Contains(body, "izpisek iz registra") {
		t.Error("what the office added is not there")
	}
}

// plain is a page without spaces that do not break.
func plain(body string) string { return strings.ReplaceAll(body, "\u00a0", " ") }

// Applications are read page by page, by the office and the board.
func TestAPI(t *testing.T) {
	h := open(t)
	desk := h.as(office)
	for _, family := range []string{"Arh", "Benko", "Cof"} {
		if code, to := desk.post("/applications/new?kind=person", url.Values{"given": {"A"}, "family": {family}, "email": {family + "@x.example"}, "place": {"1000 Ljubljana"}, "statute": {"1"}, "lang": {"sl"}}); code != http.StatusSeeOther {
			t.Fatal(code, to)
		}
		h.now = h.now.Add(time.Minute)
		desk.now = h.now
	}
	var names []string
	id := ""
	for after := ""; ; {
		var out listOut
		if err := json.Unmarshal([]byte(desk.Get(t, "/api/v1/applications?limit=2&after="+after)), &out); err != nil {
			t.Fatal(err)
		}
		for _, a := range out.Applications {
			names, id = append(names, a.Name), a.ID
		}
		if after = out.Next; after == "" {
			break
		}
	}
	if fmt.Sprint(names) != "[Cof, A Benko, A Arh, A]" {
		t.Errorf("listed %v", names)
	}
	desk.post("/applications/"+id+"/decide", url.Values{"outcome": {"reject"}, "on": {"22. 11. 2026"}, "number": {"7"}, "reasons": {"Ni v kulturi."}})
	desk.post("/applications/"+id+"/appeal", url.Values{"told": {"22. 11. 2026"}, "received": {"22. 11. 2026"}})
	var one applicationWire
	if err := json.Unmarshal([]byte(desk.Get(t, "/api/v1/applications/"+id)), &one); err != nil || one.State != "appealed" || len(one.Decisions) != 1 || one.Appeal == nil || one.Appeal.DecideBy != "2027-02-22" {
		t.Errorf("one is %+v, %v", one, err)
	}
	if body := plain(desk.Get(t, "/applications?view=appeals")); !strings.Contains(body, "občni zbor odloči do 22. 2. 2027") {
		t.Error("the list does not say until when the assembly decides")
	}
	h.now = time.Date(2027, 2, 23, 10, 0, 0, 0, time.UTC)
	if body := plain(desk.Get(t, "/applications/"+id)); !strings.Contains(body, "od 23. 2. 2027 šteje, da je zavrnjena") {
		t.Error("the file does not say that the appeal counts as rejected")
	}
	for who, code := range map[auth.Roles]int{auth.Member: http.StatusForbidden, auth.Board: http.StatusOK} {
		if w := h.as(auth.Actor{User: "x", Roles: who}).Ask(httptest.NewRequest("GET", "/api/v1/applications", nil)); w.Code != code {
			t.Errorf("%v is answered with %d", who, w.Code)
		}
	}
}
