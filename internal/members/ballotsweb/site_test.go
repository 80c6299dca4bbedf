package ballotsweb

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/ballots"
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
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	member = auth.Actor{User: "u2", Name: "Oseba 3", Email: "p3@example.org", Roles: auth.Member}
	nobody = auth.Actor{}
	steps  = []store.Steps{members.Steps(), audit.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), ballots.Steps()}
)

// A hall is the pages over a register of so many persons.
type hall struct {
	t    testing.TB
	site http.Handler
	desk *ballots.Desk
	mail *mail.Desk
	by   auth.Actor
	lang string
	now  time.Time
}

func meet(t testing.TB, db *store.DB, persons int) *hall {
	t.Helper()
	h := &hall{t: t, by: clerk, lang: "sl", now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	db.At(func() time.Time { return h.now })
	words, err := i18n.Load(page.Words(), houseweb.Words(), membersweb.Words(), ballots.Words(), Words())
	if err != nil {
		t.Fatal(err)
	}
	queue := jobs.New(db, nil)
	files, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	post, err := mail.New(db, queue, mail.SMTP{})
	if err != nil {
		t.Fatal(err)
	}
	h.mail = post
	register := members.New(db)
	for i := range persons {
		_, err := register.Add(t.Context(), clerk, members.Member{
			Kind: members.Person, Name: fmt.Sprintf("Oseba %d", i), Email: fmt.Sprintf("p%d@example.org", i), Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	menu := []page.Entry{{Key: "nav.members", Link: "/members", Roles: auth.Anyone}}
	site := page.New(page.House{Name: "Mreža", Address: "Tesarska 9", URL: "http://example.com", Lang: "sl", Zone: time.UTC}, menu, words, func() time.Time { return h.now })
	h.desk = ballots.New(db, ballots.House{Name: "Mreža", URL: "http://example.com", Lang: "sl", Zone: time.UTC, In: words.In}, ballots.Others{Members: register, Jobs: queue, Mail: post, Files: files, Search: search.New(db)})
	mux := http.NewServeMux()
	New(site, h.desk).Routes(mux)
	mux.Handle("GET /assets/", page.Assets())
	h.site = site.Guard(mux)
	return h
}

func (h *hall) visitor() pagetest.Visitor {
	return pagetest.Visitor{Pages: h.site, Who: h.by, Lang: h.lang}
}

func (h *hall) get(path string) string {
	h.t.Helper()
	return h.visitor().Get(h.t, path)
}

// post sends a form and gives the status and where it leads, or the page.
func (h *hall) post(path string, form url.Values) (int, string) {
	h.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := h.visitor().Ask(r)
	if to := w.Header().Get("Location"); to != "" {
		return w.Code, to
	}
	if i := strings.Index(w.Body.String(), "⟦"); i >= 0 {
		h.t.Errorf("POST %s lacks a word: %.80s", path, w.Body.String()[i:])
	}
	return w.Code, w.Body.String()
}

// leads posts a form that must lead to another page, and gives its path.
func (h *hall) leads(path string, form url.Values) string {
	h.t.Helper()
	code, to := h.post(path, form)
	if code != http.StatusSeeOther {
		_, main, _ := strings.Cut(to, "<main")
		h.t.Fatalf("POST %s: %d %.900s", path, code, main)
	}
	to, _, _ = strings.Cut(to, "?")
	return to
}

// written is the form of a new vote.
func written(kind string, secret bool, more ...string) url.Values {
	v := url.Values{
		"kind": {kind}, "title": {"Spremembe pravil"}, "text": {"Besedilo predloga"}, "method": {"stv"}, "seats": {"2"}, "majority": {"> 1/2 cast"}, "quorum": {"> 1/2"},
		"who": {"all"}, "weight_organisation": {"1"}, "weight_person": {"1"}, "proxy_limit": {"1"}, "closes": {"30. 11. 2026"}, "closes_at": {"18.00"},
	}
	if secret {
		v.Set("secret", "1")
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

var hidden = regexp.MustCompile(`name="(receipt|sign)" value="([^"]*)"`)

// slip reads the hidden fields of the page on which a ballot is checked.
func slip(t testing.TB, body string, marks ...string) url.Values {
	t.Helper()
	form := url.Values{"mark": marks}
	for _, m := range hidden.FindAllStringSubmatch(body, -1) {
		form.Set(m[1], m[2])
	}
	if len(form) != 3 {
		t.Fatalf("the page has no slip: %s", body)
	}
	return form
}

// vote casts a ballot by the pages of the base address.
func (h *hall) vote(base string, marks ...string) string {
	h.t.Helper()
	code, body := h.post(base+"/check", url.Values{"mark": marks})
	if code != http.StatusOK {
		h.t.Fatalf("check: %d %s", code, body)
	}
	form := slip(h.t, body, marks...)
	code, body = h.post(base+"/cast", form)
	if code != http.StatusOK || !strings.Contains(body, form.Get("receipt")) {
		h.t.Fatalf("cast: %d %s", code, body)
	}
	return form.Get("receipt")
}

// The office prepares a secret election, members vote from their pages, the result
// is counted, published, and counted again from its file; in both languages.
func TestPages_election(t *testing.T) {
	for _, lang := range []string{"sl", "en"} {
		t.Run(lang, func(t *testing.T) {
			h := meet(t, storetest.SQLite(t, steps...), 12)
			h.lang = lang
			h.get("/votes")
			h.get("/votes/new")
			link := h.leads("/votes/new", written("election", true))
			h.get(link)
			for _, name := range []string{"Ana Žagar", "Boris Kos", "Čarli Ban"} {
				h.leads(link+"/candidates", url.Values{"name": {name}, "statement": {"Pozdrav.\nDelam."}, "consent": {"po e-pošti"}})
			}
			h.leads(link+"/proxies", url.Values{"from": {"Oseba 7"}, "to": {"Oseba 3"}})
			pagetest.Keep(t, "vote-prepared-"+lang, h.get(link))
			h.get(link + "/edit")
			h.get(link + "/open")
			h.leads(link+"/open", nil)
			pagetest.Keep(t, "vote-open-"+lang, h.get(link))
			h.get(link + "/electors")
			h.get(link + "/electors/1")
			h.get(link + "/codes")
			h.get(link + "/close")
			h.get(link + "/annul")
			h.get(link + "/remind")
			h.leads(link+"/remind", nil)
			h.leads(link+"/extend", url.Values{"closes": {"1. 12. 2026"}, "closes_at": {"20:30"}})
			h.by = member
			h.get("/votes")
			mine := h.get(link)
			bases := regexp.MustCompile(`/votes/[a-z0-9]+/ballot/\d+`).FindAllString(mine, -1)
			base := bases[0]
			if strings.Contains(mine, "/close") || !strings.Contains(mine, "ballot/") {
				t.Error("a member sees the office's buttons, or not their own ballot")
			}
			pagetest.Keep(t, "vote-sheet-"+lang, h.get(base))
			code, body := h.post(base+"/check", url.Values{"mark": {"1", "1"}})
			if code != http.StatusUnprocessableEntity || !strings.Contains(body, `class="wrong"`) {
				t.Error("the same candidate twice:", code)
			}
			code, body = h.post(base+"/check", url.Values{"mark": {"2", "", "1"}})
			if code != http.StatusOK {
				t.Fatal(code, body)
			}
			pagetest.Keep(t, "vote-check-"+lang, body)
			receipt := h.vote(base, "2", "", "1")
			if code, body := h.post(base+"/check", url.Values{"mark": {"1"}}); code != http.StatusUnprocessableEntity {
				t.Error("votes twice:", code, body)
			}
			h.vote(bases[len(bases)-1], "1") // the proxy
			for no := 5; no <= 10; no++ {    // more than half, or nobody is elected
				h.by = auth.Actor{User: "x", Email: fmt.Sprintf("p%d@example.org", no-1), Roles: auth.Member}
				if no != 8 {
					h.vote(fmt.Sprintf("%s/ballot/%d", link, no), "3", "2")
				}
			}
			h.by = member
			h.get(link + "/result") // still waiting
			h.by = clerk
			h.leads(link+"/close", nil)
			pagetest.Keep(t, "vote-result-"+lang, h.get(link+"/result"))
			if !strings.Contains(h.get(link+"/ballots"), receipt) {
				t.Error("the receipt is not on the list")
			}
			if pdf := h.get(link + "/protocol.pdf"); !strings.HasPrefix(pdf, "%PDF") {
				t.Error("the protocol is no PDF")
			}
			for _, file := range []string{"/ballots.csv", "/ballots.blt", "/electors.csv"} {
				h.get(link + file)
			}
			r, err := tally.ParseRecord([]byte(h.get(link + "/ballots.json")))
			if err != nil {
				t.Fatal(err)
			}
			again, err := r.Count()
			if err != nil || len(again.Result.Elected) != 2 || r.Check() != nil {
				t.Error(again, err, r.Check())
			}
			if table := h.get(link + "/result.csv"); !strings.Contains(table, "Ana Žagar") {
				t.Error(table)
			}
			h.get("/votes.csv")
			h.by = nobody
			if w := h.visitor().Ask(httptest.NewRequest("GET", link+"/result", nil)); w.Code != http.StatusSeeOther {
				t.Error("a result that is not published:", w.Code)
			}
			h.by = clerk
			h.leads(link+"/publish", url.Values{"public": {"1"}})
			h.by = nobody
			h.get(link + "/result")
			h.get(link + "/ballots")
			h.get("/votes/help")
			h.get("/vote")
		})
	}
}

// A motion in the open: names are published, a tie is repeated, a link and a code
// lead to the ballot.
func TestPages_motion(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 4)
	link := h.leads("/votes/new", written("motion", false))
	h.leads(link+"/open", nil)
	code, body := h.post(link+"/codes", url.Values{"numbers": {"2"}})
	printed := regexp.MustCompile(`[0-9A-Z]{4}(-[0-9A-Z]{4}){3}`).FindString(body)
	if code != http.StatusOK || printed == "" {
		t.Fatal(code, body)
	}
	h.by = nobody
	if code, body := h.post("/vote", url.Values{"code": {"ABCD-EFGH-1234-5678"}}); code != http.StatusUnprocessableEntity || !strings.Contains(body, "ABCD-EFGH") {
		t.Error("a code that is none:", code)
	}
	base := h.leads("/vote", url.Values{"code": {strings.ToLower(printed)}})
	w := h.visitor().Ask(httptest.NewRequest("GET", base, nil))
	if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("X-Robots-Tag") == "" {
		t.Error(w.Code, w.Header())
	}
	h.vote(base, "1")
	h.by = member // number 4
	h.vote(link+"/ballot/4", "2")
	h.by = clerk
	h.leads(link+"/close", nil)
	result := h.get(link + "/result")
	if !strings.Contains(result, "nesklepčno") {
		t.Error("two of four are no quorum of more than a half", result)
	}
	if !strings.Contains(h.get(link+"/ballots"), "Oseba 1") {
		t.Error("an open vote has no names")
	}
	again := h.leads(link+"/repeat", nil)
	if !strings.Contains(h.get(again), "Spremembe pravil") {
		t.Error("nothing was repeated")
	}
	h.leads(again+"/drop", nil)
}

// What is typed wrong stays typed, with a word beside its field.
func TestPages_wrong(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 3)
	for _, tt := range []struct{ field, value, word string }{
		{"title", "", "Napišite, o čem se glasuje."},
		{"closes", "31. 11. 2026", ""},
		{"closes", "1. 11. 2026", "Ta čas je že mimo."},
		{"closes_at", "zvečer", "Uro napišite kot 18.00."},
		{"majority", "> 9/2 cast", "Takšne večine ne poznamo."},
		{"quorum", "veliko", "Takšne sklepčnosti ne poznamo."},
		{"weight_person", "200", "Teža je celo število"},
	} {
		code, body := h.post("/votes/new", written("motion", true, tt.field, tt.value))
		body = strings.ReplaceAll(body, "\u00a0", " ")
		if code != http.StatusUnprocessableEntity || !strings.Contains(body, tt.word) || tt.value != "" && !strings.Contains(body, strings.ReplaceAll(tt.value, ">", "&gt;")) {
			t.Errorf("%s=%q: %d", tt.field, tt.value, code)
		}
	}
	code, body := h.post("/votes/new", written("motion", true, "who", "named", "names", "Oseba 1; 3\nNikoli Videni"))
	if code != http.StatusUnprocessableEntity || !strings.Contains(body, "Nikoli Videni") {
		t.Error(code)
	}
	h.leads("/votes/new", written("motion", true, "who", "named", "names", "Oseba 1\nZunanji Član <zunaj@example.org>; 2"))
}

// Who may not, is refused; what is behind a link is in no log.
func TestPages_rightsAndLogs(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(before)
	db := storetest.SQLite(t, steps...)
	h := meet(t, db, 5)
	link := h.leads("/votes/new", written("motion", true))
	h.leads(link+"/open", url.Values{"sure": {"1"}})
	for path, want := range map[string]int{link + "/electors": 403, link + "/close": 403, link + "/codes": 403, link + "/ballot/1": 404, "/votes/new": 403, link + "/ballots.json": 409} {
		h.by = member
		if w := h.visitor().Ask(httptest.NewRequest("GET", path, nil)); w.Code != want {
			t.Errorf("GET %s: %d, want %d", path, w.Code, want)
		}
	}
	h.by = clerk
	if w := h.visitor().Ask(httptest.NewRequest("GET", link+"/ballots.json", nil)); w.Code != http.StatusConflict {
		t.Error("the office reads ballots of an open vote:", w.Code)
	}
	h.by = nobody
	forged := strings.Repeat("x", 43)
	if w := h.visitor().Ask(httptest.NewRequest("GET", "/v/"+forged, nil)); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), forged) {
		t.Error("a forged link:", w.Code)
	}
	// A failure of ours on a page behind a link is logged without the link.
	db.Close()
	token := strings.Repeat("k", 43)
	h.visitor().Ask(httptest.NewRequest("GET", "/v/"+token, nil))
	h.post("/v/"+token+"/cast", url.Values{"mark": {"1"}, "receipt": {"tajnopotrd"}})
	if got := log.String(); !strings.Contains(got, "request failed") || strings.Contains(got, token) || strings.Contains(got, "tajnopotrd") {
		t.Error(got)
	}
}

// The record is JSON that says of itself what it is; where no lot decides it has no
// seed.
func TestPages_record(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 3)
	link := h.leads("/votes/new", written("motion", false))
	h.leads(link+"/open", nil)
	h.leads(link+"/close", nil)
	var got struct {
		Format, Seed string
		SeedHash     string `json:"seed_hash"`
	}
	if err := json.Unmarshal([]byte(h.get(link+"/ballots.json")), &got); err != nil || got.Format != tally.Format || got.Seed != "" || got.SeedHash == "" {
		t.Error(got, err)
	}
	r, err := tally.ParseRecord([]byte(h.get(link + "/ballots.json")))
	if err == nil {
		err = r.Check()
	}
	if err != nil {
		t.Error("what the page hands out does not check:", err)
	}
}

// Members stand and propose on a page of their own, who is proposed answers by a link, the office says who may stand.
func TestPages_candidacies(t *testing.T) {
	for _, lang := range []string{"sl", "en"} {
		t.Run(lang, func(t *testing.T) {
			h := meet(t, storetest.SQLite(t, steps...), 12)
			h.lang = lang
			link := h.leads("/votes/new", written("election", true, "proposals", "25. 11. 2026", "proposals_at", "12.00"))
			pagetest.Keep(t, "vote-proposals-"+lang, h.get(link))
			h.get(link + "/call")
			h.leads(link+"/call", nil)
			h.by = member
			if !strings.Contains(h.get(link), link+"/candidacies") {
				t.Error("a member does not find where to stand")
			}
			pagetest.Keep(t, "vote-stand-"+lang, h.get(link+"/candidacies"))
			code, body := h.post(link+"/candidacies", url.Values{"name": {"Nekdo Drug"}, "email": {"ni naslov"}})
			if code != http.StatusUnprocessableEntity || !strings.Contains(body, "Nekdo Drug") || !strings.Contains(body, "ni naslov") {
				t.Error("what was typed is lost:", code)
			}
			h.leads(link+"/candidacies", url.Values{"name": {"Nekdo Drug"}, "email": {"drug@example.org"}})
			h.leads(link+"/candidacies", url.Values{"myself": {"1"}, "statement": {"Delam.\nIn berem."}})
			h.leads(link+"/candidacies/answer", url.Values{"stands": {"1"}, "statement": {"Delam več."}})
			if body := h.get(link + "/candidacies"); !strings.Contains(body, "Delam več.") {
				t.Error("the statement is not changed")
			}
			if w := h.visitor().Ask(httptest.NewRequest("POST", link+"/candidates/x/rule", nil)); w.Code != http.StatusForbidden {
				t.Error("a member says who may stand:", w.Code)
			}
			letters, err := h.mail.Ledger(t.Context(), auth.House, ballots.Subject(ballots.ID(strings.TrimPrefix(link, "/votes/"))))
			if err != nil || len(letters) == 0 {
				t.Fatal(len(letters), err)
			}
			letter, err := h.mail.Get(t.Context(), auth.House, letters[0].ID)
			if err != nil {
				t.Fatal(err)
			}
			asked := regexp.MustCompile(`/stand/[a-z0-9]{43}`).FindString(letter.Text)
			h.by = nobody
			pagetest.Keep(t, "vote-asked-"+lang, h.get(asked))
			h.leads(asked+"/answer", url.Values{"stands": {"1"}, "statement": {"Hvala za predlog."}})
			h.leads(asked+"/answer", url.Values{"stands": {""}})
			h.leads(asked+"/answer", url.Values{"stands": {"1"}, "statement": {"Pa vendar."}})
			if w := h.visitor().Ask(httptest.NewRequest("GET", "/stand/"+strings.Repeat("k", 43), nil)); w.Code != http.StatusNotFound {
				t.Error("a link that is none:", w.Code)
			}
			h.by = clerk
			office := h.get(link)
			pagetest.Keep(t, "vote-ruling-"+lang, office)
			rules := regexp.MustCompile(link+`/candidates/[a-z0-9]+/rule`).FindAllString(office, -1)
			if len(rules) != 2 {
				t.Fatal(rules)
			}
			if code, _ := h.post(rules[0], url.Values{"ruling": {"barred"}, "reason": {""}}); code != http.StatusUnprocessableEntity {
				t.Error("barred without a reason:", code)
			}
			for _, at := range rules {
				h.leads(at, url.Values{"ruling": {"eligible"}})
			}
			h.now = h.now.Add(4 * 24 * time.Hour)
			h.leads(link+"/open", url.Values{"sure": {"1"}})
			h.by = member
			if body := h.get(link); strings.Contains(body, "drug@example.org") || !strings.Contains(body, "Pa vendar.") {
				t.Error("the ballot has the address of a candidate, or not their statement")
			}
		})
	}
}

// Whoever has a vote open by itself reads the warnings; the chair decides a tie on the page of the result.
func TestPages_scheduleAndChair(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 4)
	link := h.leads("/votes/new", written("motion", true, "opens", "24. 11. 2026", "opens_at", "8.00", "majority", "> 1/2 cast, chair", "quorum", "0"))
	if body := h.get(link); !strings.Contains(body, link+"/schedule") {
		t.Error("nothing leads to the schedule")
	}
	if body := h.get(link + "/schedule"); !strings.Contains(body, `name="sure"`) {
		t.Error("no warning is shown")
	}
	if code, body := h.post(link+"/schedule", nil); code != http.StatusUnprocessableEntity || !strings.Contains(body, `name="sure"`) {
		t.Error("the warnings are not to be read:", code)
	}
	h.leads(link+"/schedule", url.Values{"sure": {"1"}})
	pagetest.Keep(t, "vote-scheduled", h.get(link))
	link = h.leads("/votes/new", written("motion", false, "majority", "> 1/2 cast, chair", "quorum", "0"))
	h.leads(link+"/open", nil)
	for no, mark := range map[int]string{1: "1", 2: "2"} {
		h.by = auth.Actor{User: "x", Email: fmt.Sprintf("p%d@example.org", no-1), Roles: auth.Member}
		h.vote(fmt.Sprintf("%s/ballot/%d", link, no), mark)
	}
	h.by = clerk
	h.leads(link+"/close", nil)
	if !strings.Contains(h.get(link+"/result"), link+"/decide") {
		t.Error("the chair is not asked")
	}
	h.leads(link+"/decide", url.Values{"chair": {"for"}})
	if body := h.get(link + "/result"); strings.Contains(body, link+"/decide") || !strings.Contains(body, "sprejeto") {
		t.Error("the chair's decision is not told")
	}
}

// Where clocks are put forward or back an hour that does not come, or comes twice, is refused; a vote that goes on
// over it closes at the hour that was written, and says so before and after.
func TestPages_clocks(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Ljubljana")
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{site: page.New(page.House{Name: "Mreža", Zone: zone}, nil, nil, time.Now)}
	for _, tt := range []struct {
		day        civil.Date
		hour, want string
	}{
		{civil.On(2027, 3, 28), "2.30", "ballots.hour.skipped"}, {civil.On(2027, 3, 28), "3.00", "2027-03-28T01:00:00Z"}, {civil.On(2027, 3, 28), "1.59", "2027-03-28T00:59:00Z"},
		{civil.On(2027, 10, 31), "2.30", "ballots.hour.twice"}, {civil.On(2027, 10, 31), "2.00", "ballots.hour.twice"}, {civil.On(2027, 10, 31), "3.00", "2027-10-31T02:00:00Z"},
		{civil.On(2027, 10, 31), "1.59", "2027-10-30T23:59:00Z"}, {civil.On(2027, 10, 31), "18:00", "2027-10-31T17:00:00Z"}, {civil.On(2027, 10, 30), "18:00", "2027-10-30T16:00:00Z"},
		{civil.On(2027, 10, 30), "25.00", "ballots.hour.wrong"}, {civil.On(2027, 12, 31), "00.00", "2027-12-30T23:00:00Z"},
	} {
		at, err := s.instant("closes", tt.day, tt.hour)
		got := at.UTC().Format(time.RFC3339)
		if f := fault.Of(err); f != nil {
			got = f.All()[0].Key
		}
		if got != tt.want {
			t.Errorf("%s %s is %s, want %s", tt.day, tt.hour, got, tt.want)
		}
		if err != nil {
			continue
		}
		if day, hour := s.dayAndHour(at); day != tt.day || strings.TrimPrefix(hour, "0") != strings.TrimPrefix(strings.ReplaceAll(tt.hour, ":", "."), "0") {
			t.Errorf("%s %s is shown again as %s %s", tt.day, tt.hour, day, hour)
		}
	}
}
