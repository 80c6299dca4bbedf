package bodiesweb

import (
	"bytes"
	"context"
	"errors"
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

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/houseweb"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/page/pagetest"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	ana    = auth.Actor{User: "u2", Name: "Ana Dren", Email: "ana@pesto.example", Roles: auth.Member}
	nobody auth.Actor
)

// A house is the pages, as one person opens them.
type house struct {
	t    *testing.T
	mux  *http.ServeMux
	now  time.Time
	jobs *jobs.Desk
	mail *mail.Desk
	Desks
	pagetest.Visitor
}

func open(t *testing.T) *house {
	t.Helper()
	db := storetest.SQLite(t, audit.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), members.Steps(), bodies.Steps(), meetings.Steps())
	h := &house{t: t, mux: http.NewServeMux(), now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	db.At(func() time.Time { return h.now })
	words, err := i18n.Load(page.Words(), houseweb.Words(), membersweb.Words(), meetings.Words(), Words())
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
	h.jobs = jobs.New(db, nil)
	if h.mail, err = mail.New(db, h.jobs, mail.SMTP{}); err != nil {
		t.Fatal(err)
	}
	h.Members = members.New(db)
	h.Bodies = bodies.New(db, bodies.Others{Members: h.Members, Country: pack, Files: files, Search: search.New(db), Lang: "sl", Zone: time.UTC})
	h.Meetings = meetings.New(db, meetings.House{Name: "Mreža", URL: "https://mnk.example", Lang: "sl", Zone: time.UTC, In: words.In},
		meetings.Others{Members: h.Members, Bodies: h.Bodies, Jobs: h.jobs, Mail: h.mail, Files: files, Search: search.New(db)})
	menu := []page.Entry{{Key: "nav.members", Link: "/members", Roles: auth.Anyone}}
	site := page.New(page.House{Name: "Mreža", URL: "https://mnk.example", Lang: "sl", Zone: time.UTC}, menu, words, func() time.Time { return h.now })
	pages := New(site, h.Desks)
	pages.Routes(h.mux)
	pages.API(humago.New(h.mux, huma.DefaultConfig("test", "1")))
	h.mux.Handle("GET /my", site.Handle(func(w http.ResponseWriter, r *http.Request) error {
		todo, over, err := pages.Mine(r, site.Frame(r, "", ""))
		if err != nil {
			return err
		}
		return errors.Join(todo.Render(r.Context(), w), over.Render(r.Context(), w))
	}))
	h.Visitor = pagetest.Visitor{Pages: h.mux, Who: clerk, Lang: "sl"}
	return h
}

func (h *house) get(path string) string {
	h.t.Helper()
	return h.Get(h.t, path)
}

// post sends a form, name and value by turns, and gives the status and where it
// leads, or the page.
func (h *house) post(path string, form ...string) (int, string) {
	h.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		v.Add(form[i], form[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := h.Ask(r)
	if strings.Contains(w.Body.String(), "⟦") {
		h.t.Errorf("POST %s shows a key: %s", path, regexp.MustCompile(`⟦[^⟧]*⟧`).FindString(w.Body.String()))
	}
	if w.Code == http.StatusSeeOther {
		to, _, _ := strings.Cut(w.Header().Get("Location"), "?")
		to, _, _ = strings.Cut(to, "#")
		return w.Code, to
	}
	return w.Code, w.Body.String()
}

// do is a post that must lead on; it gives where.
func (h *house) do(path string, form ...string) string {
	h.t.Helper()
	code, to := h.post(path, form...)
	if code != http.StatusSeeOther {
		_, main, _ := strings.Cut(to, "<main")
		h.t.Fatalf("POST %s: %d %.1500s", path, code, main)
	}
	return to
}

// upload sends a file.
func (h *house) upload(path, name, content string) int {
	h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	f, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = f.Write([]byte(content))
	}
	if err != nil || m.Close() != nil {
		h.t.Fatal(err)
	}
	r := httptest.NewRequest("POST", path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return h.Ask(r).Code
}

func (h *house) says(path string, wanted ...string) string {
	h.t.Helper()
	body := strings.ReplaceAll(h.get(path), "\u00a0", " ")
	for _, want := range wanted {
		if !strings.Contains(body, want) {
			_, main, _ := strings.Cut(body, "<main")
			h.t.Errorf("GET %s does not say %q: %.3000s", path, want, main)
		}
	}
	return body
}

// board enters a board of three, and gives its path.
func (h *house) board() string {
	h.t.Helper()
	path := h.do("/bodies/new", "kind", "board", "name", "Upravni odbor", "prefix", "UO", "places", "4", "months", "36", "cite", "Statut, 31. člen", "quorum", "> 1/2", "majority", "> 1/2", "base", "present", "tie", "chair", "notice", "5", "proxies", "1")
	for _, one := range [][2]string{{"Ana Dren", ana.Email}, {"Vid Arh", "vid@arh.example"}, {"Eva Gaber", ""}} {
		office := "sitting"
		if one[0] == "Ana Dren" {
			office = "chair"
		}
		h.do(path+"/seats/new", "name", one[0], "email", one[1], "office", office, "votes", "1", "how", "elected", "from", "1. 1. 2025", "by", "Občni zbor", "tie", "ngo")
	}
	return path
}

// ids are those in links of a kind on a page, each once.
func (h *house) ids(path, kind string) (list []string) {
	h.t.Helper()
	for _, m := range regexp.MustCompile(`/`+kind+`/([0-9a-z]{26})`).FindAllStringSubmatch(h.get(path), -1) {
		if !strings.Contains(strings.Join(list, " "), m[1]) {
			list = append(list, m[1])
		}
	}
	return list
}

// The house is empty: each list says what happens next.
func TestPages_bare(t *testing.T) {
	h := open(t)
	for _, lang := range []string{"sl", "en"} {
		h.Lang = lang
		for _, path := range []string{"/bodies", "/meetings", "/decisions", "/bodies/new", "/meetings/new", "/decisions/new", "/bodies/lapse"} {
			h.get(path)
		}
	}
	h.Who = nobody
	h.get("/decisions")
	for _, path := range []string{"/bodies", "/meetings"} {
		if w := h.Ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusSeeOther {
			t.Errorf("%s for a passer-by: %d", path, w.Code)
		}
	}
}

// A body with its rule and its seats; what cannot be is shown again as it was typed.
func TestPages_bodies(t *testing.T) {
	h := open(t)
	code, body := h.post("/bodies/new", "kind", "board", "name", "", "prefix", "U/O", "cite", "Statut", "majority", "> 1/2")
	if code != 422 || !strings.Contains(body, `value="U/O"`) {
		t.Errorf("a body without a name: %d", code)
	}
	path := h.board()
	h.says(path, "več kot 1/2 vseh z glasom", "več kot 1/2 navzočih, pri enakem številu odloči, kdor predseduje", "Statut, 31. člen", "1 prost sedež", "nevladna organizacija", "Ana Dren")
	h.says("/bodies", "Upravni odbor", "3/4")
	seat := h.ids(path, "end")[2]
	h.says(path+"/end/"+seat, "odstop")
	h.do(path+"/end/"+seat, "last", "30. 6. 2026", "why", "resigned")
	h.says(path, "1 nekdanji sedež", "odstop")
	h.do(path+"/edit", "revision", "1", "name", "Upravni odbor", "prefix", "UO", "cite", "Statut, 32. člen", "quorum", "> 1/2", "second", ">= 1/3", "second_least", "3", "wait", "30", "majority", ">= 2/3", "base", "cast")
	h.says(path, "po 30 minutah: najmanj 1/3 vseh z glasom in najmanj 3", "najmanj 2/3 glasov za in proti")
	if code, body := h.post(path+"/edit", "revision", "1", "name", "Odbor", "prefix", "UO", "cite", "x", "majority", "> 1/2"); code != 422 || !strings.Contains(body, `value="Odbor"`) {
		t.Errorf("an old revision: %d", code)
	}
	for as, want := range map[string]string{"csv": "Ana Dren", "json": `"name": "Ana Dren"`, "xlsx": "PK"} {
		if w := h.Ask(httptest.NewRequest("GET", "/bodies/export?as="+as, nil)); w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("as %s: %d %.80s", as, w.Code, w.Body)
		}
	}
	h.says(path+"/history", "mandat končan", "(do 30. 6. 2026)", "organ spremenjen")
	h.Who = ana
	if w := h.Ask(httptest.NewRequest("GET", path+"/history", nil)); w.Code != http.StatusForbidden {
		t.Errorf("the history for a member: %d", w.Code)
	}
	body = h.get(path)
	if strings.Contains(body, "nevladna organizacija") || strings.Contains(body, "vid@arh.example") || strings.Contains(body, path+"/edit") {
		t.Error("a member sees what is for the office")
	}
	if code, _ := h.post(path+"/edit", "name", "x"); code != http.StatusForbidden {
		t.Errorf("a member changes a body: %d", code)
	}
}

// A working group's space is for those who sit in it.
func TestPages_space(t *testing.T) {
	h := open(t)
	path := h.do("/bodies/new", "kind", "group", "name", "Prostori", "prefix", "DSP", "cite", "Statut", "quorum", "> 1/2", "majority", "> 1/2")
	h.do(path+"/seats/new", "name", "Ana Dren", "email", ana.Email, "office", "sitting", "how", "coopted", "from", "1. 1. 2026")
	h.Who = ana
	h.do(path+"/notes", "text", "Ogledali smo si dvorano.\nStreha pušča.")
	if code := h.upload(path+"/papers", "popis.csv", "prostor;m2\nDvorana;200\n"); code != http.StatusSeeOther {
		t.Fatalf("a file: %d", code)
	}
	if code := h.upload(path+"/papers", "popis.pdf", "<html>"); code != 422 {
		t.Errorf("a file that is not what it says: %d", code)
	}
	h.says(path+"/space", "Streha pušča.", "popis.csv")
	paper := path + "/papers/" + h.ids(path+"/space", "papers")[0]
	if w := h.Ask(httptest.NewRequest("GET", paper, nil)); !strings.Contains(w.Header().Get("Content-Disposition"), "popis.csv") || !strings.Contains(w.Body.String(), "Dvorana") {
		t.Errorf("the file: %v %s", w.Header(), w.Body)
	}
	h.Who = auth.Actor{User: "u9", Email: "x@y.example", Roles: auth.Member}
	for _, path := range []string{path + "/space", paper} {
		if w := h.Ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusForbidden {
			t.Errorf("%s for another: %d", path, w.Code)
		}
	}
	h.Who = clerk
	h.do(paper)
	h.says(path+"/space", "Gradiva še ni")
}

// A meeting from plan to approved minutes, by the pages alone.
func TestPages_meeting(t *testing.T) {
	h := open(t)
	body := strings.TrimPrefix(h.board(), "/bodies/")
	m := h.do("/meetings/new", "body", body, "title", "7. redna seja", "day", "24. 11. 2026", "hour", "18.30", "place", "Tesarska 9")
	h.says(m, "Dnevni red je prazen", "v pripravi")
	for _, title := range []string{"Poročilo", "Najem"} {
		h.do(m+"/items/new", "title", title, "text", "Pojasnilo k točki.")
	}
	items := h.ids(m, "items")
	h.do(m + "/items/" + items[1] + "/up")
	if at := h.ids(m, "items"); at[0] != items[1] {
		t.Errorf("the order is %v, was %v", at, items)
	}
	h.do(m+"/motions/new", "title", "Najem prostora", "text", "Najamemo prostor.\nNajemnina je do 500 evrov.", "mover", "Ana Dren", "item", items[1], "open", "members", "case", "2026/014", "owner", "Neža Škrbec", "due", "1. 12. 2026")
	if code := h.upload(m+"/papers", "najem.txt", "Pogodba."); code != http.StatusSeeOther {
		t.Fatalf("a paper: %d", code)
	}
	h.says(m+"/call", "2 dneva", "5 dni")
	if code, _ := h.post(m + "/call"); code != 422 {
		t.Errorf("short notice without a word: %d", code)
	}
	h.do(m+"/call", "short", "Rok poteče v petek.")
	if err := h.jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.says(m, "UO-1/2026", "Rok poteče v petek.", "2 pismi")
	if code, _ := h.post(m + "/begin"); code != 422 && code != 409 {
		t.Errorf("a meeting before its day begins: %d", code)
	}
	h.link(m)
	h.now = time.Date(2026, 11, 24, 18, 30, 0, 0, time.UTC)
	h.do(m + "/begin")
	who := h.ids(m+"/attendance", "attendance")
	h.do(m + "/attendance/" + who[0] + "/inperson")
	h.says(m+"/attendance", "Tu: 1 od 3 z glasom. Za sklepčnost: 2.")
	h.says(m+"/attendance/"+who[1], "Ena oseba glasuje še za 1 drugega")
	h.do(m+"/attendance/"+who[1], "way", "proxy", "holder", who[0], "basis", "pooblastilo z dne 23. 11. 2026")
	if code, _ := h.post(m+"/attendance/"+who[2], "way", "proxy", "holder", who[0], "basis", "pooblastilo"); code != 422 {
		t.Errorf("one votes for two: %d", code)
	}
	h.do(m + "/quorum")
	h.says(m+"/attendance", "Sklepčnost je ugotovljena.", "Od tega 1 po pooblastilu.")
	one := h.ids(m+"/motions", "motions")[0]
	h.do(m+"/motions/"+one+"/amend", "change", "replace", "para", "2", "text", "Najemnina je do 400 evrov.", "mover", "Vid Arh")
	amendment := regexp.MustCompile(`name="amendment" value="([0-9a-z]+)"`).FindStringSubmatch(h.get(m + "/motions"))[1]
	h.do(m + "/attendance/" + who[0] + "/left")
	h.says(m+"/motions", "Sklepčnosti ni več: tu je 0, potrebnih je 2.")
	if code, _ := h.post(m+"/motions/"+one+"/vote", "for", "1"); code != 422 && code != 409 {
		t.Errorf("a vote without a quorum: %d", code)
	}
	h.do(m + "/attendance/" + who[0] + "/back")
	h.do(m+"/attendance/"+who[1], "way", "proxy", "holder", who[0], "basis", "pooblastilo z dne 23. 11. 2026")
	h.do(m + "/attendance/" + who[1] + "/lost")
	h.says(m+"/attendance", "mandat je končan med sejo, brez glasu", "od 2 z glasom")
	h.do(m + "/attendance/" + who[1] + "/kept")
	h.do(m + "/refresh")
	h.do(m+"/motions/"+one+"/amend", "change", "strike", "para", "2", "mover", "Eva Gaber")
	if body := h.get(m + "/motions"); strings.Index(body, "črta 2. odstavek") > strings.Index(body, "do 400 evrov") {
		t.Error("what goes farther stands second")
	}
	if code, body := h.post(m+"/motions/"+one+"/settle", "amendment", amendment, "state", "rejected", "for", "2"); code != 409 && code != 422 || !strings.Contains(body, "ki seže dlje") {
		t.Errorf("out of order: %d", code)
	}
	h.do(m+"/motions/"+one+"/settle", "amendment", amendment, "state", "promote")
	h.do(m+"/motions/"+one+"/settle", "amendment", amendment, "state", "rejected", "for", "2")
	h.says(m+"/motions", "Sprejet: za 2, proti 0, vzdržanih 0", "Brezpredmeten")
	h.says(m+"/motions/"+one+"/vote", "do 400 evrov", "več kot 1/2 navzočih")
	if code, body := h.post(m+"/motions/"+one+"/vote", "for", "1", "against", "1"); code != 422 || !strings.Contains(body, "odloči, kdor predseduje") {
		t.Errorf("a tie: %d", code)
	}
	h.do(m+"/motions/"+one+"/vote", "for", "1", "against", "1", "chair", "for")
	h.says(m+"/motions", "UO-1/2026-1", "sprejeto", "do 400 evrov")
	h.do(m + "/close")
	h.says(m+"/minutes", "UO-1/2026-1", "Razprava: ")
	h.do(m+"/minutes", "revision", revision(h.get(m+"/minutes")), "opening", "Ana Dren pozdravi navzoče.", "said:"+items[1], "Dolga razprava.")
	if code, body := h.post(m+"/minutes", "revision", "1", "opening", "Moje besedilo."); code != 422 || !strings.Contains(body, "Moje besedilo.") {
		t.Errorf("minutes that somebody changed: %d", code)
	}
	for _, path := range []string{"/sheets/minutes.pdf", "/sheets/minutes.docx", "/sheets/minutes.html", "/sheets/agenda.pdf", "/sheets/attendance.pdf", "/calendar.ics"} {
		if w := h.Ask(httptest.NewRequest("GET", m+path, nil)); w.Code != 200 || w.Body.Len() < 500 {
			t.Errorf("%s: %d, %d bytes", path, w.Code, w.Body.Len())
		}
	}
	for path, want := range map[string][]string{
		m + "/attendance/export?as=": {"pooblastilo z dne 23. 11. 2026", `"holder": "Ana Dren"`}, m + "/motions/export?as=": {"do 400 evrov", `"number": "UO-1/2026-1"`}, "/meetings/export?as=": {"2026-11-24 18:30", `"by_letter": false`},
		"/bodies/export?kind=board&on=1.+12.+2025&as=": {"Ana Dren", `"office": "chair"`},
	} {
		for as, want := range map[string]string{"csv": want[0], "json": want[1], "xlsx": "PK"} {
			if w := h.Ask(httptest.NewRequest("GET", path+as, nil)); w.Code != 200 || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s%s: %d %.300s", path, as, w.Code, w.Body)
			}
		}
	}
	if w := h.Ask(httptest.NewRequest("GET", "/bodies/export?kind=outside&as=csv", nil)); strings.Contains(w.Body.String(), "Ana Dren") {
		t.Error("seats of ours are among those in the bodies of others")
	}
	h.Who = ana
	if w := h.Ask(httptest.NewRequest("GET", "/bodies/export?as=csv", nil)); w.Code != 200 || strings.Contains(w.Body.String(), ana.Email) {
		t.Errorf("addresses for a member: %d", w.Code)
	}
	if w := h.Ask(httptest.NewRequest("GET", m+"/attendance/export?as=csv", nil)); w.Code != http.StatusForbidden {
		t.Errorf("who answered what, for a member: %d", w.Code)
	}
	h.Who = clerk
	h.do(m+"/approve", "by", "UO-2/2026-1", "on", "24. 11. 2026")
	h.says(m+"/minutes", "Zapisnik je potrjen 24. novembra 2026 (UO-2/2026-1).", "Dolga razprava.")
	h.says(m+"/history", "zapisnik potrjen", "seja sklicana", "(UO-1/2026)", "Neža Škrbec")
	if next := regexp.MustCompile(`/history\?before=[0-9a-z]+`).FindString(h.get(m + "/history")); next != "" {
		h.get(m + next)
	}
	h.register()
}

func revision(body string) string {
	return regexp.MustCompile(`name="revision" value="(\d+)"`).FindStringSubmatch(body)[1]
}

// register looks at what the meeting decided.
func (h *house) register() {
	t := h.t
	h.says("/decisions", "Najem prostora", "Neža Škrbec, čez 7 dni")
	h.says("/decisions?q=najem+400&year=2026&force=inforce&task=1", "UO-1/2026-1")
	h.says("/decisions?q=nekaj", "Takih sklepov ni")
	d := "/decisions/" + regexp.MustCompile(`/decisions/([0-9a-z]{26})`).FindStringSubmatch(h.get("/decisions"))[1]
	h.says(d, "/cases/2026-014", "za 1, proti 1, vzdržanih 0", "Statut, 31. člen")
	seat := regexp.MustCompile(`value="(s:[0-9a-z]+)"[^>]*>Ana Dren \(`).FindStringSubmatch(h.get(d + "/edit"))
	h.do(d+"/edit", "revision", "1", "force", "inforce", "open", "public", "who", seat[1], "due", "23. 11. 2026")
	h.says("/decisions?task=overdue", "Ana Dren, ")
	h.says("/decisions?task=mine", "Takih sklepov ni")
	h.Who = ana
	h.says("/my", "Naloge iz sklepov", "Najem prostora")
	h.do(d+"/task", "done", "1", "from", "my")
	h.says(d, "uresničen", "Ni še opravljeno")
	h.do(d+"/task", "done", "")
	h.says("/decisions?task=mine", "Najem prostora")
	h.Who = auth.Actor{User: "u9", Email: "x@y.example", Roles: auth.Member}
	if code, _ := h.post(d+"/task", "done", "1"); code != http.StatusForbidden {
		t.Errorf("a task of another: %d", code)
	}
	h.Who = clerk
	h.says(d+"/task", "Opravljeno")
	h.do(d+"/edit", "revision", "4", "force", "inforce", "open", "public", "owner", "Neža Škrbec", "done", "24. 11. 2026")
	h.says(d, "uresničen")
	h.says(d+"/history", "sklep vpisan", "sklep dopolnjen")
	for as, want := range map[string]string{"csv": "UO-1/2026-1", "json": `"number": "UO-1/2026-1"`, "xlsx": "PK"} {
		if w := h.Ask(httptest.NewRequest("GET", "/decisions/export?as="+as, nil)); w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("as %s: %d %.80s", as, w.Code, w.Body)
		}
	}
	h.Who = nobody
	h.says(d, "Najamemo prostor.")
	api(h, 403, "/api/v1/meetings", "auth.sign_in_first")
	api(h, 200, "/api/v1/decisions?limit=1", `"number":"UO-1/2026-1"`, `"open":"public"`)
	h.Who = auth.Actor{User: "u9", Email: "x@y.example", Roles: auth.Member}
	api(h, 200, "/api/v1/meetings", `"meetings":[]`)
	api(h, 200, "/api/v1/bodies?on=2025-06-01", `"name":"Ana Dren"`, `"quorum":"> 1/2"`, `"limit"|ana@pesto`)
	api(h, 200, "/api/v1/bodies?on=2024-06-01", `"seats":[]`)
	h.Who = clerk
	body := api(h, 200, "/api/v1/meetings?state=approved&limit=1", `"number":"UO-1/2026"`, `"next":"`)
	id := regexp.MustCompile(`"id":"([0-9a-z]{26})"`).FindStringSubmatch(body)[1]
	api(h, 200, "/api/v1/meetings?limit=1&after="+id, `"meetings":[]`)
	api(h, 200, "/api/v1/meetings/"+id, `"by_proxy":1`, `"decision":"`, `"minutes_approved":"2026-11-24"`)
	api(h, 200, "/api/v1"+d, `"done":"2026-11-24"`)
	api(h, 200, "/api/v1/decisions?task=open", `"decisions":[]`)
	api(h, 404, "/api/v1/decisions/x", "bodies.decision.missing")
	h.Who, h.Lang = ana, "en"
	h.says("/meetings", "UO-1/2026")
	h.says("/decisions", "carried out")
}

// api asks the JSON face; after | stands what must not be told.
func api(h *house, code int, path string, wants ...string) string {
	h.t.Helper()
	w := h.Ask(httptest.NewRequest("GET", path, nil))
	body := w.Body.String()
	for _, want := range wants {
		_, hidden, is := strings.Cut(want, "|")
		if is && strings.Contains(body, hidden) || !is && !strings.Contains(body, want) {
			h.t.Errorf("%s tells %s, want %s", path, body, want)
		}
	}
	if w.Code != code {
		h.t.Errorf("%s: %d %s", path, w.Code, body)
	}
	return body
}

// link goes where the letter leads, without an account.
func (h *house) link(m string) {
	t := h.t
	var text string
	for _, e := range must(h.mail.Outbox(context.Background(), clerk, mail.Query{}))(t) {
		if e.To == ana.Email {
			text = must(h.mail.Get(context.Background(), clerk, e.ID))(t).Text
		}
	}
	path := regexp.MustCompile(`/b/[A-Za-z0-9_-]{43}`).FindString(text)
	who := h.Who
	h.Who = nobody
	h.says(path, "7. redna seja", "Ali pridete?", "najem.txt")
	paper := regexp.MustCompile(path + `/papers/[0-9a-z]{26}`).FindString(h.get(path))
	if w := h.Ask(httptest.NewRequest("GET", paper, nil)); !strings.Contains(w.Body.String(), "Pogodba.") {
		t.Errorf("a paper by link: %d", w.Code)
	}
	if code, _ := h.post(path, "reply", "kmalu"); code != 422 {
		t.Errorf("a reply that is none: %d", code)
	}
	h.do(path, "reply", "online", "word", "Zamudim deset minut.")
	h.Who = ana
	mine := regexp.MustCompile(m + `/place/[0-9a-z]{26}`).FindString(h.says("/my", "7. redna seja", "na daljavo", "Pridem"))
	if to := h.do(mine, "reply", "inperson", "from", "my"); to != "/my" {
		t.Errorf("an answer on one's own page leads to %s", to)
	}
	if code, body := h.post(mine, "reply", "proxy", "proxy", ""); code != 422 || !strings.Contains(body, "Vpišite, kdo naj glasuje za vas.") {
		t.Errorf("to authorise nobody: %d", code)
	}
	h.do(mine, "reply", "proxy", "proxy", "Vid Arh")
	h.says("/my", "pooblašča: Vid Arh")
	h.do(mine, "reply", "online", "word", "Zamudim deset minut.")
	h.Who = nobody
	h.says(path, "Vaš odgovor: na daljavo")
	if w := h.Ask(httptest.NewRequest("GET", "/b/"+strings.Repeat("x", 43), nil)); w.Code != 404 {
		t.Errorf("no link: %d", w.Code)
	}
	h.Who = who
	h.says(m+"/attendance", "Zamudim deset minut.")
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// A session by letter, by the pages alone: who votes sees their vote, others do not.
func TestPages_session(t *testing.T) {
	h := open(t)
	body := strings.TrimPrefix(h.board(), "/bodies/")
	m := h.do("/meetings/new", "body", body, "title", "1. dopisna seja", "letters", "1", "day", "22. 11. 2026", "hour", "10.00", "until", "25. 11. 2026", "ends", "12.00")
	h.do(m+"/items/new", "title", "Stališče")
	h.do(m+"/motions/new", "title", "Stališče do zakona", "text", "Odbor potrdi stališče.", "open", "body")
	h.do(m+"/call", "short", "Rok ministrstva.")
	if err := h.jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.Who = ana
	place := regexp.MustCompile(m + `/place/[0-9a-z]{26}`).FindString(h.get(m))
	form := h.says(place, "Odbor potrdi stališče.", "Želim sejo v živo")
	vote := regexp.MustCompile(`name="(vote:[0-9a-z]+)"`).FindStringSubmatch(form)[1]
	if code, body := h.post(place, strings.Replace(vote, "vote", "reason", 1), "Ker je prav."); code != 422 || !strings.Contains(body, "Ker je prav.") {
		t.Errorf("a vote without a choice: %d", code)
	}
	h.do(place, vote, "for", strings.Replace(vote, "vote", "reason", 1), "Ker je prav.")
	h.says(place, "Glasovali ste", "Ker je prav.")
	h.says(m+"/attendance", "Glasovalo: 1 od 3. Za sklepčnost: 2.")
	if body := h.get(m + "/motions"); strings.Contains(body, "Ker je prav.") {
		t.Error("votes are shown before the end")
	}
	h.now = h.now.AddDate(0, 0, 4)
	if code, _ := h.post(place, vote, "against"); code != 409 && code != 422 {
		t.Errorf("a vote after the end: %d", code)
	}
	if err := h.jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.says(m+"/motions", "ni sprejeto")
	h.says(m+"/attendance", "Organ ni sklepčen.")
}

// Days and hours as people write them.
func TestMoment(t *testing.T) {
	zone := time.FixedZone("", 3600)
	for hour, want := range map[string]string{"18.30": "18:30", "18:30": "18:30", " 9 ": "09:00", "": "18:00", "25.00": "", "kmalu": ""} {
		var wrong fault.Fields
		got := moment("hour", civil.On(2026, 11, 22), hour, "18:00", zone, &wrong)
		if s := got.Format("15:04"); want != "" && s != want || want == "" && len(wrong) == 0 {
			t.Errorf("%q is %s, %v", hour, s, wrong)
		}
	}
}

// Who signed a demand can be taken away as a file.
func TestPages_signed(t *testing.T) {
	h := open(t)
	m, err := h.Members.Add(t.Context(), clerk, members.Member{Kind: members.Person, Name: "Benko, Taja", Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}})
	if err != nil {
		t.Fatal(err)
	}
	body := h.do("/bodies/new", "kind", "assembly", "name", "Občni zbor", "prefix", "OZ", "cite", "ZDru-1, 13. člen", "quorum", "> 1/2", "majority", "> 1/2", "base", "present", "demand", ">= 1/5")
	demand := h.do(body+"/demands/new", "wants", "Razrešitev odbora", "on", "1. 11. 2026")
	h.do(demand, "member", string(m.ID), "on", "2. 11. 2026")
	h.says(demand, "Benko, Taja", "/export?as=csv")
	for as, want := range map[string]string{"csv": "2026-11-02", "json": `"name": "Benko, Taja"`, "xlsx": "PK"} {
		if w := h.Ask(httptest.NewRequest("GET", demand+"/export?as="+as, nil)); w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("as %s: %d %.300s", as, w.Code, w.Body)
		}
	}
}
