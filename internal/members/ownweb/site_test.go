package ownweb

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/admissionweb"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/houseweb"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/page/pagetest"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	office = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	taja   = auth.Actor{User: "u2", Name: "Taja Benko", Email: "taja@benko.example", Roles: auth.Member}
	now    = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
)

// A house is the pages with one member, Taja, who acts for an organisation too.
type house struct {
	pagetest.Visitor
	t      *testing.T
	jobs   *jobs.Desk
	mail   *mail.Desk
	person members.Member
	inst   members.Member
	unsure *bool
}

func open(t *testing.T) *house {
	t.Helper()
	db := storetest.SQLite(t, audit.Steps(), jobs.Steps(), mail.Steps(), accounts.Steps(), members.Steps(), admission.Steps(), own.Steps())
	db.At(func() time.Time { return now })
	h := &house{t: t, jobs: jobs.New(db, nil), unsure: new(bool)}
	words, err := i18n.Load(page.Words(), houseweb.Words(), membersweb.Words(), admission.Words(), admissionweb.Words(), own.Words(), Words())
	h.must(err)
	files, err := blob.NewDisk(t.TempDir())
	h.must(err)
	h.mail, err = mail.New(db, h.jobs, mail.SMTP{})
	h.must(err)
	site := page.New(page.House{Name: "Mreža", URL: "http://localhost", Lang: "sl", Zone: time.UTC}, nil, words, func() time.Time { return now })
	site.Sure = func(*http.Request) error {
		if *h.unsure {
			return fault.New(fault.Denied, "auth.sure_first")
		}
		return nil
	}
	register := members.New(db)
	apply := admission.New(db, admission.House{Name: "Mreža", URL: "http://localhost", Zone: time.UTC, In: words.In}, admission.Others{Members: register, Jobs: h.jobs, Mail: h.mail})
	people := accounts.New(db, func(context.Context, *store.Tx, accounts.Link) error { return nil }, false)
	desk := own.New(db, own.House{Name: "Mreža", URL: "http://localhost", Zone: time.UTC, In: words.In},
		own.Others{Index: WriteIndex, Members: register, Admission: apply, Accounts: people, Jobs: h.jobs, Mail: h.mail, Files: files})
	register.Join(desk.Holder())
	h.person, err = register.Add(t.Context(), office, members.Member{Kind: members.Person, Name: "Benko, Taja", Email: taja.Email, Standing: members.Active, Term: civil.Span{From: civil.On(2019, 1, 1)}})
	h.must(err)
	h.inst, err = register.Add(t.Context(), office, members.Member{Kind: members.Organisation, Name: "Plesna zadruga Pesto", Standing: members.Active, Term: civil.Span{From: civil.On(2016, 1, 1)}})
	h.must(err)
	_, err = register.AddAgent(t.Context(), office, members.Agent{Member: h.inst.ID, Name: "Taja Benko", Email: taja.Email, Since: civil.On(2016, 1, 1), Answers: true})
	h.must(err)
	mux := http.NewServeMux()
	shelf := Shelf{Key: "own.wishes", Rows: func(_ context.Context, _ auth.Actor, _ page.Frame, id members.ID) ([]page.Row, error) {
		rows := []page.Row{{When: "1. 1. 2026", Title: "Račun 7", Link: "/dues/7"}}
		if id == h.inst.ID {
			rows = append(rows, page.Row{Title: "Volitve", Do: "Glasujte", DoLink: "/votes/1", Main: true})
		}
		return rows, nil
	}}
	New(site, desk, register, shelf).Routes(mux)
	h.Visitor = pagetest.Visitor{Pages: mux, Lang: "sl", Who: taja}
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) as(who auth.Actor) *house {
	next := *h
	next.Who = who
	return &next
}

func (h *house) post(path string, form url.Values) (int, string) {
	h.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := h.Ask(r)
	if to := w.Header().Get("Location"); to != "" {
		return w.Code, to
	}
	return w.Code, w.Body.String()
}

// done posts a form that must be taken.
func (h *house) done(path string, form url.Values) string {
	h.t.Helper()
	code, to := h.post(path, form)
	if code != http.StatusSeeOther {
		h.t.Fatalf("POST %s: %d %.600s", path, code, to)
	}
	return to
}

// What waits is first, for whomever one acts, above the data of the one who is shown.
func TestSite_my_turns(t *testing.T) {
	h := open(t)
	h.as(office).done("/confirmations", url.Values{"year": {"2026"}})
	h.must(h.jobs.Drain(t.Context()))
	body := h.Get(t, "/my")
	at := 0
	for _, want := range []string{"Na vas čaka", "Preglejte in potrdite", "Volitve", "Za: Plesna zadruga Pesto", "<h2>Taja Benko", "Račun 7"} {
		i := strings.Index(body[at:], want)
		if i < 0 {
			t.Fatalf("%q is not where it should be: %s", want, body)
		}
		at += i
	}
	if strings.Count(body, "Volitve") != 1+strings.Count(body, `<span class="vh">: Volitve`) {
		t.Error("what waits is said twice")
	}
}

// A member does on their pages what the rights give them.
func TestSite_my(t *testing.T) {
	h := open(t)
	me, ours := mine(h.person.ID, ""), mine(h.inst.ID, "")
	for _, lang := range []string{"sl", "en"} {
		h.Lang = lang
		body := h.Get(t, "/my")
		if !strings.Contains(body, "<h2>Taja Benko") || !strings.Contains(body, "Račun 7") || strings.Contains(body, "<h2>Plesna") || !strings.Contains(body, home(h.inst.ID)) {
			t.Error("the page of oneself lacks somebody, or has somebody else")
		}
		if body := h.Get(t, home(h.inst.ID)); !strings.Contains(body, "<h2>Plesna zadruga Pesto") || strings.Contains(body, "<h2>Taja") || !strings.Contains(body, home(h.person.ID)) {
			t.Error("the page of the organisation lacks somebody, or has somebody else")
		}
		for _, path := range []string{me + "/edit", me + "/propose", me + "/leave", me + "/erase", me + "/export", ours + "/agents/new"} {
			h.Get(t, path)
		}
	}
	h.Lang = "sl"
	h.done(me+"/edit", url.Values{"phone": {"041 555 666"}, "place": {"Koper"}, "lang": {"sl"}, "revision": {"1"}})
	if body := h.Get(t, "/my"); !strings.Contains(body, "041 555 666") {
		t.Error("the telephone is not there")
	}
	if code, body := h.post(me+"/edit", url.Values{"phone": {"070 1"}, "lang": {"sl"}, "revision": {"1"}}); code != http.StatusUnprocessableEntity || !strings.Contains(body, "070 1") {
		t.Errorf("a change over another is answered with %d", code)
	}
	h.done(me+"/consents", url.Values{"key": {"photos"}, "on": {"1"}})
	if body := h.Get(t, "/my"); !strings.Contains(body, "Prekličem") {
		t.Error("the consent does not hold")
	}
	h.done(me+"/propose", url.Values{"kind": {"name"}, "value": {"Benko Kos, Taja"}})
	grant := regexp.MustCompile(`/wishes/\w+/grant`).FindString(h.as(office).Get(t, "/wishes"))
	h.as(office).done(grant, nil)
	if body := h.Get(t, "/my"); !strings.Contains(body, "Taja Benko Kos") {
		t.Error("the name is not changed")
	}
	h.done(ours+"/agents/new", url.Values{"name": {"Ana Dren"}, "email": {"ana@pesto.example"}, "lang": {"sl"}, "since": {"1. 1. 2026"}, "answers": {"1"}})
	to := h.done(me+"/export", nil)
	h.Get(t, to)
	h.must(h.jobs.Drain(t.Context()))
	if w := h.Ask(httptest.NewRequest("GET", to+"/file", nil)); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "PK") {
		t.Errorf("the file: %d", w.Code)
	}
	if w := h.as(office).Ask(httptest.NewRequest("GET", to, nil)); w.Code != http.StatusNotFound {
		t.Errorf("the office opens it: %d", w.Code)
	}
	h.done(me+"/leave", url.Values{"last": {"31. 12. 2026"}, "reason": {"Selim se."}})
	if body := h.as(office).Get(t, "/wishes?all=1"); !strings.Contains(body, "Selim se.") {
		t.Error("the office is not told why")
	}
}

// The link of the yearly letter shows, and its button confirms.
func TestSite_confirm(t *testing.T) {
	h := open(t)
	h.as(office).done("/confirmations", url.Values{"year": {"2026"}})
	h.must(h.jobs.Drain(t.Context()))
	list, err := h.mail.Outbox(t.Context(), auth.House, mail.Query{})
	h.must(err)
	letter, err := h.mail.Get(t.Context(), auth.House, list[0].ID)
	h.must(err)
	link, guest := regexp.MustCompile(`/confirm/[\w-]{43}`).FindString(letter.Text), h.as(auth.Actor{})
	guest.Get(t, link)
	one := regexp.MustCompile(`/confirmations/\w{26}`).FindString(h.as(office).Get(t, "/confirmations"))
	if body := h.as(office).Get(t, one); !strings.Contains(body, "Benko") || !strings.Contains(body, "Pesto") {
		t.Error("opening the link has confirmed")
	}
	guest.done(link, nil)
	if body := guest.Get(t, link); strings.Contains(body, `<button class="btn" data-kind="main">`) {
		t.Error("it asks again")
	}
	if body := h.as(office).Get(t, one+"?confirmed=1"); strings.Count(body, `<th scope="row">`) != 1 {
		t.Error("nobody has confirmed")
	}
	if w := guest.Ask(httptest.NewRequest("GET", "/confirm/x", nil)); w.Code != http.StatusNotFound {
		t.Errorf("a made-up link: %d", w.Code)
	}
}

// Erasing asks who is there, and for the name.
func TestSite_erase(t *testing.T) {
	h := open(t)
	h.done(mine(h.person.ID, "/leave"), url.Values{"last": {"22. 11. 2026"}})
	desk, path := h.as(office), "/erasures/new?member="+string(h.person.ID)
	*h.unsure = true
	if w := desk.Ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/sure?next=") {
		t.Fatalf("erases without asking: %d", w.Code)
	}
	*h.unsure = false
	desk.Get(t, path)
	if code, _ := desk.post("/erasures/new", url.Values{"member": {string(h.person.ID)}, "name": {"Taja"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("another name: %d", code)
	}
	desk.done("/erasures/new", url.Values{"member": {string(h.person.ID)}, "name": {"Taja Benko"}})
	if body := desk.Get(t, "/erasures"); !strings.Contains(body, string(h.person.ID)) || strings.Contains(body, "Benko") {
		t.Error("the list is wrong")
	}
	desk.Get(t, "/retention")
	desk.done("/retention", url.Values{"years-former": {"6"}, "years-applications": {"2"}, "years-letters": {"1"}, "active-former": {"1"}})
	if code, body := desk.post("/retention", url.Values{"years-former": {"šest"}}); code != http.StatusUnprocessableEntity || !strings.Contains(body, "1 do 100") {
		t.Errorf("no number: %d", code)
	}
}

// Members see no page of the office, and strangers none at all.
func TestSite_rights(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/wishes", "/confirmations", "/erasures", "/retention", "/erasures/new?member=x"} {
		if w := h.Ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusForbidden {
			t.Errorf("%s answers a member with %d", path, w.Code)
		}
	}
	for _, path := range []string{"/my", mine(h.person.ID, "/edit"), "/wishes"} {
		if w := h.as(auth.Actor{}).Ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusSeeOther {
			t.Errorf("%s answers a stranger with %d", path, w.Code)
		}
	}
}
