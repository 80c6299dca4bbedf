package duesweb

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
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
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bank"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
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
	clerk  = auth.Actor{User: "1", Name: "Neža Škrbec", Roles: auth.Office}
	board  = auth.Actor{User: "2", Name: "Boris", Roles: auth.Board}
	admin  = auth.Actor{User: "3", Name: "Skrbnik", Roles: auth.Administrator}
	member = auth.Actor{User: "4", Name: "Tine Bor", Email: "tine@prelom.example", Roles: auth.Member}
	today  = civil.On(2026, 11, 17)
)

// A house is the pages on a database with two organisations and a person.
type house struct {
	pagetest.Visitor
	desk    *dues.Desk
	jobs    *jobs.Desk
	members *members.Desk
	prelom  members.ID
	now     time.Time
}

func open(t *testing.T) *house {
	t.Helper()
	db := storetest.SQLite(t, audit.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), members.Steps(), dues.Steps(), bank.Steps())
	h := &house{now: today.Start(time.UTC).Add(12 * time.Hour)}
	db.At(func() time.Time { return h.now })
	words, err := i18n.Load(page.Words(), houseweb.Words(), membersweb.Words(), dues.Words(), Words())
	if err != nil {
		t.Fatal(err)
	}
	site := page.New(page.House{Name: "Mreža", Lang: "sl", URL: "https://mnk.example", Zone: time.UTC}, nil, words, db.Now)
	disk, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	h.jobs = jobs.New(db, nil)
	post, err := mail.New(db, h.jobs, mail.SMTP{})
	if err != nil {
		t.Fatal(err)
	}
	register := members.New(db)
	h.members = register
	seller := dues.Seller{Name: "Mreža", Street: "Tesarska 9", Place: "1000 Ljubljana", IBAN: "SI56051008010486080", Purpose: "OTHR", Currency: money.Euro}
	h.desk = dues.New(db, dues.House{Name: "Mreža", URL: "https://mnk.example", Zone: time.UTC, In: words.In, Seller: func(context.Context) dues.Seller { return seller }},
		dues.Others{Members: register, Jobs: h.jobs, Mail: post, Files: disk})
	for _, m := range []members.Member{{Name: "Zavod Prelom", Kind: members.Organisation}, {Name: "Kino Lom", Kind: members.Organisation}, {Name: "Benko, Taja", Kind: members.Person, Email: "taja@benko.example"}} {
		m.Standing, m.Term, m.Place = members.Active, civil.Span{From: civil.On(2012, 1, 1)}, "Koper"
		got, err := register.Add(t.Context(), clerk, m)
		if err != nil {
			t.Fatal(err)
		}
		if m.Name == "Zavod Prelom" {
			h.prelom = got.ID
		}
	}
	if _, err := register.AddAgent(t.Context(), clerk, members.Agent{Member: h.prelom, Name: "Tine Bor", Email: member.Email, Since: civil.On(2012, 1, 1), Answers: true}); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	pages := New(site, h.desk, bank.New(db, h.desk, pending.List{}, time.UTC), register, h.jobs)
	pages.Routes(mux)
	pages.API(humago.New(mux, huma.DefaultConfig("test", "1")))
	h.Visitor = pagetest.Visitor{Pages: mux, Who: clerk, Lang: "sl"}
	return h
}

// post sends a form, which must be taken, and returns where it leads.
func (h *house) post(t *testing.T, path string, pairs ...string) string {
	t.Helper()
	w := h.try(path, pairs...)
	if w.Code != http.StatusSeeOther {
		_, main, _ := strings.Cut(w.Body.String(), "<main")
		t.Fatalf("POST %s: %d %.900s", path, w.Code, main)
	}
	return w.Header().Get("Location")
}

func (h *house) try(path string, pairs ...string) *httptest.ResponseRecorder {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.Ask(r)
}

func (h *house) upload(t *testing.T, raw string) *httptest.ResponseRecorder {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	f, err := m.CreateFormFile("file", "izpisek.csv")
	if err != nil {
		t.Fatal(err)
	}
	f.Write([]byte(raw))
	m.Close()
	r := httptest.NewRequest("POST", "/dues/bank", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return h.Ask(r)
}

func (h *house) drain(t *testing.T) {
	t.Helper()
	if err := h.jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func has(t *testing.T, body string, words ...string) {
	t.Helper()
	plain := strings.NewReplacer("\u00a0", " ", "&#34;", `"`).Replace(body)
	for _, want := range words {
		if !strings.Contains(plain, want) {
			_, main, _ := strings.Cut(plain, "<main")
			t.Errorf("no %q in %.3000s", want, main)
		}
	}
}

// The year of a coordinator: rules, declarations, a run, the bank, reminders.
func TestYear(t *testing.T) {
	h := open(t)
	has(t, h.Get(t, "/dues/rules"), "Ni še pravil")
	h.post(t, "/dues/rules/new", "year", "2020", "kind", "organisation", "way", "share", "rate", "0,3 %", "counts", "state", "counts", "municipality", "first", "1", "basis", "občni zbor 2019")
	h.post(t, "/dues/rules/new", "year", "2020", "kind", "person", "way", "flat", "flat", "20", "basis", "občni zbor 2019")
	has(t, h.Get(t, "/dues/rules"), "0,3 % javnih sredstev", "20,00 €", "občni zbor 2019")

	// The office asks, a member answers by link on the phone.
	has(t, h.Get(t, "/dues/declarations?year=2026"), "Prosite 2 člana")
	h.post(t, "/dues/declarations", "do", "ask", "year", "2026")
	h.drain(t)
	link := h.try("/dues/declarations/"+string(h.prelom)+"?year=2025", "do", "link").Body.String()
	token := regexp.MustCompile(`/declare/[A-Za-z0-9_-]{43}`).FindString(link)
	guest := *h
	guest.Who = auth.Actor{}
	has(t, guest.Get(t, token), "Izjava o javnih sredstvih 2025", "vidi samo strokovna služba")
	if w := guest.try(token, "state", "80.000,0,0", "name", "Tine"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong amount: %d", w.Code)
	} else {
		has(t, w.Body.String(), `value="80.000,0,0"`, "Vpišite znesek")
	}
	guest.post(t, token, "state", "50.000", "municipality", "30.000,00", "name", "Tine Bor")
	over := guest.Get(t, token+"?said=said.dues.thanks")
	has(t, over, "Hvala", "Pošljite novo povezavo", "Prijavite se in poglejte")
	if strings.Contains(over, "50.000") {
		t.Error("the link shows what was declared")
	}
	if w := guest.try(token, "state", "70.000", "name", "Tine Bor"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a link that was used: %d", w.Code)
	} else {
		has(t, w.Body.String(), "ni shranjeno", "70.000", "že oddana")
	}
	h.now = h.now.Add(time.Hour)
	has(t, guest.Get(t, guest.post(t, token, "do", "renew")), "Novo povezavo smo poslali")
	has(t, h.Get(t, "/dues/declarations?year=2026&show=declared"), "Zavod Prelom", "80.000,00 €")

	// Preview, run.
	preview := h.Get(t, "/dues/runs/new?year=2026&issued=2026-10-01&due=2026-10-15")
	has(t, preview, "Izdana bosta 2 računa", "260,00 €", "240,00 €", "ni izjave")
	seen := regexp.MustCompile(`name="seen" value="([0-9a-f]+)"`).FindStringSubmatch(preview)[1]
	if w := h.try("/dues/runs/new", "year", "2026", "issued", "2026-10-01", "due", "2026-10-15", "seen", "x"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a preview that has changed: %d", w.Code)
	}
	run := h.post(t, "/dues/runs/new", "year", "2026", "issued", "2026-10-01", "due", "2026-10-15", "seen", seen, "send", "1")
	run, _, _ = strings.Cut(run, "?")
	has(t, h.Get(t, run), "Izdanih 0", "Ustavi")
	h.drain(t)
	has(t, h.Get(t, run), "Izdanih je 2 od 2 računov", "Kino Lom")
	list := h.Get(t, "/dues/invoices")
	has(t, list, "2026-00001", "2026-00002", "Taja Benko", "zamuja 33 dni")
	id := regexp.MustCompile(`/dues/invoices/[0-9a-z]{26}`).FindAllString(list, -1)[0]
	invoice := h.Get(t, id)
	has(t, invoice, "Račun 2026-00002", "SI12 202600000", "Knjižite plačilo")
	reference := regexp.MustCompile(`SI12 \d+`).FindString(strings.ReplaceAll(invoice, "\u00a0", " "))
	for _, as := range []string{"pdf", "docx", "html"} {
		if w := h.Ask(httptest.NewRequest("GET", id+"/paper?as="+as, nil)); w.Code != http.StatusOK || w.Body.Len() < 1000 {
			t.Errorf("%s: %d with %d bytes", as, w.Code, w.Body.Len())
		}
	}

	// The bank.
	raw := "datum;znesek;placnik;sklic;namen\n17. 11. 2026;100,00;Zavod Prelom;" + reference + ";clanarina\n17. 11. 2026;20,00;BENKO TAJA;;clanarina\npet;7,00;Kdo;;\n"
	w := h.upload(t, raw)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("upload: %d", w.Code)
	}
	review, _, _ := strings.Cut(w.Header().Get("Location"), "?")
	body := h.Get(t, review)
	has(t, body, "po sklicu", "predlog", "ime in znesek", "1 vrstice ni bilo mogoče prebrati", "Knjižite vse s sklicem")
	if again := h.upload(t, raw); again.Code != http.StatusSeeOther || !strings.Contains(again.Header().Get("Location"), "said.dues.twice") {
		t.Errorf("the same file twice: %d %s", again.Code, again.Header().Get("Location"))
	}
	h.post(t, review)
	has(t, h.Get(t, id), "100,00 €", "odprto 140,00 €", "razveljavi")
	entries := regexp.MustCompile(`/dues/entries/[0-9a-z-]+`).FindAllString(body, -1)
	has(t, h.Get(t, entries[len(entries)-1]), "Izberite račun", "2026-00001")
	h.post(t, entries[len(entries)-1], "do", "book")
	for _, bad := range []string{"", "<html>", "kar nekaj"} {
		if w := h.upload(t, bad); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", bad, w.Code)
		}
	}

	// What is late, who owes, reminders, write-off, cancellation, exports.
	has(t, h.Get(t, "/dues?year=2026"), "260,00 €", "140,00 €", "Poglejte opomine")
	has(t, h.Get(t, "/dues/ageing"), "Zavod Prelom", "140,00 €")
	has(t, h.Get(t, "/dues/reminders"), "1 opomin", "1. opomin")
	h.post(t, "/dues/reminders")
	h.drain(t)
	has(t, h.Get(t, "/dues/reminders"), "Danes ni opominov")
	if w := h.try(id+"/write-off", "reason", "", "day", "17. 11. 2026"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a write-off without a reason: %d", w.Code)
	}
	h.post(t, id+"/write-off", "reason", "sklep UO 4", "day", "17. 11. 2026")
	h.post(t, id+"/restore", "reason", "bo plačal", "day", "17. 11. 2026")
	h.post(t, id+"/cancel", "reason", "napaka", "day", "17. 11. 2026")
	has(t, h.Get(t, id), "storniran", "2026-00003")
	has(t, h.Get(t, "/dues/payers"), "100,00 €")
	for _, path := range []string{"/dues/ledger?from=2026-01-01", "/dues/invoices?year=2026", "/dues/ageing?x=1", "/dues/declarations?year=2026", "/dues/payers?x=1", "/dues/reminders?x=1", "/dues/rules?year=2026", "/dues/runs/new?year=2026",
		"/dues/runs?x=1", run + "?x=1", id + "?x=1", "/dues/bank?x=1", review + "?show=booked", "/dues/owing?x=1", "/dues/rules?list=rules", regexp.MustCompile(`/dues/payers/[0-9a-z]{26}`).FindString(invoice) + "?x=1"} {
		for _, as := range []string{"csv", "xlsx"} {
			if w := h.Ask(httptest.NewRequest("GET", path+"&as="+as, nil)); w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Disposition"), "."+as) {
				t.Errorf("%s as %s: %d", path, as, w.Code)
			}
		}
	}
	if csv := h.Ask(httptest.NewRequest("GET", run+"?as=csv", nil)).Body.String(); !strings.Contains(csv, "Zavod Prelom;240,00;EUR;2026-00002;;") || !strings.Contains(csv, "Kino Lom;0,00;EUR;;ni izjave;") {
		t.Errorf("the run says\n%s", csv)
	}
	if csv := h.Ask(httptest.NewRequest("GET", "/dues/ledger?from=2026-01-01&as=csv", nil)).Body.String(); !strings.Contains(csv, "izdan račun;2026-00002;Zavod Prelom;240,00;EUR") || !strings.Contains(csv, "storno;2026-00002;Zavod Prelom;-240,00") {
		t.Errorf("the ledger says\n%s", csv)
	}
}

// A long preview is shown a page at a time, each with the total of all; and so is the
// list of those who owe most.
func TestPreview_pages(t *testing.T) {
	h := open(t)
	if _, err := h.desk.AddRule(t.Context(), clerk, fees.Rule{Year: 2020, Kind: members.Person, Way: fees.Flat, Flat: money.Cents(20_00), Basis: "zbor"}); err != nil {
		t.Fatal(err)
	}
	for i := range 120 {
		m := members.Member{Name: fmt.Sprintf("Oseba%03d, Žiga", i+1), Kind: members.Person, Standing: members.Active, Term: civil.Span{From: civil.On(2012, 1, 1)}}
		if _, err := h.members.Add(t.Context(), clerk, m); err != nil {
			t.Fatal(err)
		}
	}
	next := regexp.MustCompile(`href="([^"]*after=[^"]*)"`)
	walk := func(path, total string, want int) {
		t.Helper()
		seen := map[string]bool{}
		for pages := 0; path != "" && pages < 9; pages++ {
			body := h.Get(t, path)
			has(t, body, total)
			for _, m := range regexp.MustCompile(`Oseba\d\d\d|Benko`).FindAllString(body, -1) {
				seen[m] = true
			}
			if path = ""; next.MatchString(body) {
				path = html.UnescapeString(next.FindStringSubmatch(body)[1])
			}
		}
		if len(seen) != want {
			t.Errorf("%d of %d were shown", len(seen), want)
		}
	}
	walk("/dues/runs/new?year=2026&issued=2026-10-01&due=2026-10-15", "2.420,00 €", 121)
	seen := regexp.MustCompile(`name="seen" value="([0-9a-f]+)"`).FindStringSubmatch(h.Get(t, "/dues/runs/new?year=2026&issued=2026-10-01&due=2026-10-15"))[1]
	h.post(t, "/dues/runs/new", "year", "2026", "issued", "2026-10-01", "due", "2026-10-15", "seen", seen)
	h.drain(t)
	walk("/dues/ageing", "2.420,00 €", 121)
	walk("/dues/reminders", "121 opominov", 121)
}

// Every page opens in both languages, empty and for each who may see it.
func TestPages(t *testing.T) {
	h := open(t)
	if body := h.Get(t, "/dues?year=1995"); !strings.Contains(body, "Najprej ga vpišite") || !strings.Contains(body, "/dues/rules/new?year=1995") {
		t.Error("a year without a rule does not lead to where it is written")
	}
	if _, err := h.desk.AddRule(t.Context(), clerk, fees.Rule{Year: 2020, Way: fees.Flat, Flat: money.Cents(2000), Basis: "zbor"}); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"sl", "en"} {
		h.Lang = lang
		for _, path := range []string{"/dues", "/dues/owing", "/dues/declarations", "/dues/runs", "/dues/runs/new", "/dues/invoices", "/dues/bank", "/dues/reminders", "/dues/ageing", "/dues/payers", "/dues/ledger", "/dues/rules", "/dues/rules/new", "/dues/steps", "/dues/members/" + string(h.prelom), "/dues/declarations/" + string(h.prelom)} {
			body := h.Get(t, path)
			if strings.Count(body, "<h1") != 1 {
				t.Errorf("%s has %d headlines", path, strings.Count(body, "<h1"))
			}
			if tabs, crumbs := strings.Count(body, `class="tabs"`), strings.Count(body, `class="crumbs"`); tabs+crumbs != 1 {
				t.Errorf("%s has %d rows of tabs of the desk and %d ways back; one of them is enough", path, tabs, crumbs)
			}
			pagetest.Keep(t, strings.Trim(strings.ReplaceAll(path, "/", "-"), "-")+"-"+lang, body)
		}
	}
	for who, may := range map[*auth.Actor][]string{&board: {"/dues", "/dues/owing", "/dues/rules"}, &admin: {"/dues", "/dues/owing", "/dues/rules"}, &member: {}, {}: {}} {
		h.Who = *who
		for _, path := range []string{"/dues", "/dues/owing", "/dues/rules", "/dues/invoices", "/dues/declarations", "/dues/ledger", "/dues/declarations/" + string(h.prelom)} {
			code := h.Ask(httptest.NewRequest("GET", path, nil)).Code
			should := false
			for _, m := range may {
				should = should || m == path
			}
			if should && code != http.StatusOK || !should && code == http.StatusOK {
				t.Errorf("%s gets %d for %s", who.Name, code, path)
			}
		}
	}
}

// One who acts for a member declares, and takes away the invoice that they pay.
func TestOwn(t *testing.T) {
	h := open(t)
	if _, err := h.desk.AddRule(t.Context(), clerk, fees.Rule{Year: 2020, Kind: members.Organisation, Way: fees.Share, Rate: money.PerMille(3), Counts: fees.Sources(), Basis: "zbor"}); err != nil {
		t.Fatal(err)
	}
	own := *h
	own.Who = member
	has(t, own.Get(t, "/dues/own/"+string(h.prelom)), "Izjava o javnih sredstvih 2025")
	own.post(t, "/dues/own/"+string(h.prelom), "state", "10.000")
	p, err := h.desk.Preview(t.Context(), clerk, 2026, today, today)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.desk.Start(t.Context(), clerk, 2026, today, today, true, p.Seen); err != nil {
		t.Fatal(err)
	}
	h.drain(t)
	mine, err := h.desk.Mine(t.Context(), member)
	if err != nil || len(mine) != 1 || len(mine[0].Invoices) != 1 || len(mine[0].Declarations) != 1 || mine[0].Declare {
		t.Fatalf("mine is %+v, %v", mine, err)
	}
	path := "/dues/invoices/" + string(mine[0].Invoices[0].ID) + "/paper"
	if w := own.Ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusOK {
		t.Errorf("their own invoice: %d", w.Code)
	}
	other := *h
	other.Who = auth.Actor{User: "9", Email: "taja@benko.example", Roles: auth.Member}
	for _, path := range []string{path, "/dues/own/" + string(h.prelom)} {
		if w := other.Ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusForbidden {
			t.Errorf("another's %s: %d", path, w.Code)
		}
	}
}

// The API says what the pages say, a page at a time, and to nobody else: what was
// declared has a right of its own.
func TestAPI(t *testing.T) {
	h := open(t)
	for _, r := range []fees.Rule{{Year: 2020, Kind: members.Organisation, Way: fees.Share, Rate: money.PerMille(3), Counts: fees.Sources(), Basis: "zbor"}, {Year: 2020, Kind: members.Person, Way: fees.Flat, Flat: money.Cents(20_00), Basis: "zbor"}} {
		if _, err := h.desk.AddRule(t.Context(), clerk, r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.desk.Declare(t.Context(), clerk, dues.Declaration{Member: h.prelom, Year: 2025, Funds: fees.Funds{State: money.Cents(80_000_00)}}); err != nil {
		t.Fatal(err)
	}
	p, err := h.desk.Preview(t.Context(), clerk, 2026, civil.On(2026, 9, 1), civil.On(2026, 9, 30))
	if err == nil {
		_, err = h.desk.Start(t.Context(), clerk, 2026, p.Issued, p.Due, false, p.Seen)
	}
	if err != nil {
		t.Fatal(err)
	}
	h.drain(t)
	list, err := h.desk.Invoices(t.Context(), clerk, dues.Query{})
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	h.now = h.now.Add(time.Minute)
	if _, err := h.desk.Pay(t.Context(), clerk, list[0].ID, money.Cents(250_00), today, "več"); err != nil {
		t.Fatal(err)
	}
	get := func(path string, out any) {
		t.Helper()
		if err := json.Unmarshal([]byte(h.Get(t, path)), out); err != nil {
			t.Error(err)
		}
	}
	var first, second invoicesOut
	get("/api/v1/dues/invoices?year=2026&limit=1", &first)
	get("/api/v1/dues/invoices?year=2026&limit=1&before="+first.Next, &second)
	if first.Next != "2026-00002" || first.Invoices[0].Total != "240.00" || first.Invoices[0].State != "paid" || second.Invoices[0].Open != "20.00" {
		t.Errorf("the invoices are %+v and %+v", first, second)
	}
	var one invoiceWire
	if get("/api/v1/dues/invoices/"+first.Invoices[0].ID, &one); len(one.Ledger) != 2 || one.Ledger[1].Amount != "-240.00" || one.Lines[0].Name != "Zavod Prelom" {
		t.Errorf("the invoice is %+v", one)
	}
	var none invoicesOut
	if get("/api/v1/dues/invoices?state=cancelled", &none); none.Invoices == nil || len(none.Invoices) != 0 {
		t.Errorf("cancelled are %+v", none)
	}
	var paid paymentsOut
	if get("/api/v1/dues/payments?from=2026-11-01", &paid); len(paid.Payments) != 1 || paid.Payments[0].Amount != "250.00" || paid.Next != "" {
		t.Errorf("payments are %+v", paid)
	}
	var ages ageingOut
	if get("/api/v1/dues/ageing", &ages); ages.All.Total != "20.00" || len(ages.Payers) != 1 || ages.Payers[0].Late[1] != "20.00" || ages.Day != "2026-11-17" {
		t.Errorf("the ageing is %+v", ages)
	}
	var said declarationsOut
	if get("/api/v1/dues/declarations", &said); len(said.Declarations) != 1 || said.Declarations[0].State != "80000.00" || said.Declarations[0].Year != 2025 {
		t.Errorf("declared is %+v", said)
	}
	for _, who := range []auth.Actor{board, admin, member, {}} {
		h.Who = who
		for _, path := range []string{"invoices", "invoices/" + one.ID, "payments", "ageing", "declarations"} {
			w := h.Ask(httptest.NewRequest("GET", "/api/v1/dues/"+path, nil))
			if w.Code != http.StatusForbidden && w.Code != http.StatusUnauthorized || strings.Contains(w.Body.String(), "240") {
				t.Errorf("%s gets %d for %s: %s", who.Name, w.Code, path, w.Body)
			}
		}
	}
}

// What people type into a declaration is read as they mean it, in either language; what
// is no amount is refused beside its field and stays as it was typed.
func TestDeclaration_typed(t *testing.T) {
	h := open(t)
	path := "/dues/declarations/" + string(h.prelom) + "?year=2025"
	for _, lang := range []string{"sl", "en"} {
		h.Lang = lang
		for typed, want := range map[string]int64{"80.000,00": 80_000_00, "80,000.00": 80_000_00, "80 000": 80_000_00, "80000": 80_000_00, "": 0, "0,01": 1, "1.000.000,00 €": 1_000_000_00} {
			h.now = h.now.Add(time.Second)
			h.post(t, path, "state", typed)
			list, err := h.desk.Declarations(t.Context(), clerk, h.prelom)
			if err != nil || list[0].State.Minor() != want {
				t.Errorf("%s %q is %s, %v", lang, typed, list[0].State, err)
			}
		}
		for _, typed := range []string{"-5", "−5,00", "1e9", "9999999999", "10000000000000000000", "80.000,00,0", "osemdeset", "5 USD", "<b>5</b>", "=1+1", "٣"} {
			w := h.try(path, "state", typed)
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="`+html.EscapeString(typed)+`"`) {
				t.Errorf("%s %q: %d", lang, typed, w.Code)
			}
		}
	}
	for euro, want := range map[int64]string{80_000_00: "240.00", 1_66: "0.00", 1_67: "0.01", 166_50: "0.50", 33_333_33: "100.00"} {
		if got, err := money.Cents(euro).Share(money.PerMille(3)); err != nil || got.Plain() != want {
			t.Errorf("0.3 %% of %d cents is %s, want %s", euro, got.Plain(), want)
		}
	}
}

// Who lets a member off after the invoice was made is led to it: it goes on to be asked
// for until it is cancelled. The member page names the member who pays.
func TestWaiver_billed(t *testing.T) {
	h := open(t)
	if _, err := h.desk.AddRule(t.Context(), clerk, fees.Rule{Year: 2020, Way: fees.Flat, Flat: money.Cents(20_00), Basis: "zbor"}); err != nil {
		t.Fatal(err)
	}
	list, err := h.members.List(t.Context(), clerk, members.Query{Filter: members.Filter{Text: "Taja"}})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	here := "/dues/members/" + string(list[0].ID)
	if _, err := h.desk.SavePayer(t.Context(), clerk, dues.Payer{Member: h.prelom}, list[0].ID); err != nil {
		t.Fatal(err)
	}
	has(t, h.Get(t, here), "Plačuje Zavod Prelom")
	p, err := h.desk.Preview(t.Context(), clerk, 2026, today, today)
	if err == nil {
		_, err = h.desk.Start(t.Context(), clerk, 2026, today, today, true, p.Seen)
	}
	if err != nil {
		t.Fatal(err)
	}
	h.drain(t)
	h.post(t, here+"?year=2026", "do", "waive", "year", "2026", "reason", "bolezen", "decision", "UO 7")
	i, err := h.desk.Invoices(t.Context(), clerk, dues.Query{Member: list[0].ID})
	if err != nil || len(i) != 1 {
		t.Fatal(i, err)
	}
	cancel := "/dues/invoices/" + string(i[0].ID) + "/cancel"
	has(t, h.Get(t, here+"?year=2026"), "račun "+i[0].Number+" še velja", cancel)
	h.post(t, cancel, "reason", "oprostitev", "day", "17. 11. 2026")
	if strings.Contains(h.Get(t, here+"?year=2026"), "še velja") {
		t.Error("the invoice is cancelled")
	}
}
