package consultweb

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/page/pagetest"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

var (
	neza   = auth.Actor{User: "neza", Name: "Neža Škrbec", Email: "neza@mnk.si", Roles: auth.Office}
	pia    = auth.Actor{User: "pia", Name: "Pia Pesek", Email: "pia@pesto.si", Roles: auth.Member}
	nobody = auth.Actor{}
)

const draft = `ZAKON O PODPORI NEODVISNI KULTURI (ZPNK-A)

4. člen
(neodvisni ustvarjalec)
Neodvisna ustvarjalka ali neodvisni ustvarjalec je oseba, ki ustvarja v kulturi in ni zaposlena za več kot polovico polnega delovnega časa.

12. člen
(pogoji)
(1) Za podporo lahko zaprosi organizacija, ki najmanj tri leta neprekinjeno deluje na področju kulture in program pretežno izvaja v Republiki Sloveniji.
(2) Sedež organizacije ni pogoj.

18. člen
(honorar)
Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga za posamezno vrsto dela objavi ministrstvo.

23. člen
(prvi obrok)
Ministrstvo prvi obrok sredstev izplača v 30 dneh po podpisu pogodbe. Za zamudo prejemniku pripadajo zakonske zamudne obresti.
`

// A house is the pages over one database, on a Tuesday of November.
type house struct {
	t       testing.TB
	mux     *http.ServeMux
	site    *Site
	db      *store.DB
	jobs    *jobs.Desk
	mail    *mail.Desk
	words   *i18n.Book
	who     auth.Actor
	lang    string
	theme   string
	at      time.Time
	c       consult.Consultation
	token   string
	version string
}

var steps = []store.Steps{consult.Steps(), members.Steps(), cases.Steps(), corpus.Steps(), jobs.Steps(), mail.Steps(), audit.Steps()}

func catalogues() []fs.FS {
	return []fs.FS{page.Words(), voiceweb.Words(), consult.Words(), Words()}
}

func newHouse(t testing.TB, db *store.DB) *house {
	t.Helper()
	h := &house{t: t, mux: http.NewServeMux(), db: db, who: neza, lang: "sl", at: time.Date(2026, 11, 17, 9, 42, 0, 0, time.UTC)}
	now := func() time.Time { h.at = h.at.Add(time.Millisecond); return h.at }
	db.At(now)
	pack, err := si.Pack()
	h.must(err)
	h.words, err = i18n.Load(catalogues()...)
	h.must(err)
	zone := time.FixedZone("CET", 3600)
	site := page.New(page.House{Name: "Mreža neodvisne kulture", Address: "Tesarska 9, 1000 Ljubljana", URL: "https://mnk.example", Zone: zone}, nil, h.words, now)
	h.jobs = jobs.New(db, nil)
	h.mail, err = mail.New(db, h.jobs, mail.SMTP{})
	h.must(err)
	texts := corpus.New(db, nil)
	d := Desks{Cases: cases.New(db).With(cases.Parts{Country: pack, Zone: zone, Corpus: texts}), Law: texts, Members: members.New(db)}
	d.Consult = consult.New(db, consult.House{Name: site.House.Name, URL: site.House.URL, Zone: zone, In: site.In},
		consult.Others{Cases: d.Cases, Law: d.Law, Members: d.Members, Jobs: h.jobs, Mail: h.mail})
	h.site = New(site, d)
	h.site.Routes(h.mux)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// filled is a house with two members, a case, its draft, and an open consultation
// of four provisions.
func filled(t testing.TB, db *store.DB) *house {
	h := newHouse(t, db)
	ctx := t.Context()
	org := h.member(members.Member{Kind: members.Organisation, Name: "Plesna zadruga Pesto", Field: "dance"})
	_, err := h.site.Members.AddAgent(ctx, neza, members.Agent{Member: org, Name: "Pia Pesek", Email: "pia@pesto.si", Lang: "sl", Answers: true, Since: civil.On(2020, 1, 1)})
	h.must(err)
	h.member(members.Member{Kind: members.Person, Name: "Benko, Taja", Email: "taja@posta.si", Lang: "en"})
	h.member(members.Member{Kind: members.Person, Name: "Stari, Jože"})
	file, err := h.site.Cases.Open(ctx, neza, cases.Case{
		Title: "Novela Zakona o podpori neodvisni kulturi", Short: "ZPNK-A", Kind: "law", Owner: neza.User, OwnerIs: neza.Name, Opened: civil.On(2026, 1, 12), Public: true})
	h.must(err)
	v, err := h.site.Law.Add(ctx, neza, corpus.Given{Text: draft, Stage: corpus.Draft, Label: "2. osnutek"})
	h.must(err)
	h.version = string(v.ID)
	h.must(h.site.Cases.AddText(ctx, neza, cases.Text{Case: file.ID, Version: v.ID, Role: cases.Draft, Label: "2. osnutek", On: civil.On(2026, 10, 29)}))
	h.c, err = h.site.Consult.Prepare(ctx, neza, consult.Consultation{
		Case: file.ID, Version: v.ID, Title: "Novela Zakona o podpori neodvisni kulturi",
		Lead:  "Ministrstvo želi spremeniti sedem členov ZPNK. Organizacije bi se lahko prijavile že po treh letih, prvi obrok bi prišel v 30 dneh, honorarji bi dobili najnižji znesek. Mreža odgovarja za vse nas; kako, odločite tukaj.",
		Opens: civil.On(2026, 11, 17), Closes: civil.On(2026, 11, 24), Remind: []int{3, 1},
		Asked: []consult.Asked{
			{Provision: "art_4", Title: "Kdo je neodvisen", Explain: "Kdor je zaposlen za največ polovico delovnega časa, bi še štel za neodvisnega."},
			{Provision: "art_12__para_1", Title: "Tri leta delovanja namesto petih"}, {Provision: "art_18", Title: "Najnižji honorar"}, {Provision: "art_23", Title: "Prvi obrok v 30 dneh"},
		},
	})
	h.must(err)
	return h
}

func (h *house) member(m members.Member) members.ID {
	h.t.Helper()
	m.Standing, m.Term.From = members.Active, civil.On(2020, 1, 1)
	m, err := h.site.Members.Add(h.t.Context(), neza, m)
	h.must(err)
	return m.ID
}

// begin opens the consultation and finds the link of the letter to Pia.
func (h *house) begin() *house {
	h.t.Helper()
	_, err := h.site.Consult.Open(h.t.Context(), neza, h.c.ID)
	h.must(err)
	h.must(h.jobs.Drain(h.t.Context()))
	h.token = h.link("pia@pesto.si")
	return h
}

func (h *house) link(to string) string {
	h.t.Helper()
	all, err := h.mail.Outbox(h.t.Context(), neza, mail.Query{})
	h.must(err)
	for _, l := range all {
		if l.To == to {
			whole, err := h.mail.Get(h.t.Context(), neza, l.ID)
			h.must(err)
			return regexp.MustCompile(`/a/([\w-]{43})`).FindStringSubmatch(whole.Text)[1]
		}
	}
	h.t.Fatal("no letter to ", to)
	return ""
}

func (h *house) base() string {
	return "/cases/" + string(h.c.Case) + "/consultations/" + string(h.c.ID)
}

func (h *house) visitor() pagetest.Visitor {
	return pagetest.Visitor{Pages: h.mux, Who: h.who, Lang: h.lang, Theme: h.theme}
}

func (h *house) ask(r *http.Request) *httptest.ResponseRecorder { return h.visitor().Ask(r) }

func (h *house) get(path string) string {
	h.t.Helper()
	return h.visitor().Get(h.t, path)
}

// post sends a form: name, value, name, value …
func (h *house) post(path string, pairs ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.ask(r)
}

// goes sends a form that must lead to another page.
func (h *house) goes(path string, pairs ...string) string {
	h.t.Helper()
	w := h.post(path, pairs...)
	if w.Code != http.StatusSeeOther {
		h.t.Fatalf("POST %s: %d %s", path, w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

// see keeps a page for people to look at.
func (h *house) see(name, path string) {
	h.t.Helper()
	pagetest.Keep(h.t, name, h.get(path))
}

func each(t *testing.T, f func(t *testing.T, h *house)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, filled(t, db)) }, steps...)
}

// rows counts the rows of all tables, and says what changes in them.
func (h *house) rows() string {
	h.t.Helper()
	var b bytes.Buffer
	h.must(h.db.Read(h.t.Context(), func(tx *store.Tx) error {
		for _, table := range []string{
			"consultations", "consult_asked", "consult_tallies", "consult_invitations", "consult_keys", "comments", "comment_versions",
			"cases", "case_dues", "members", "mail_letters", "jobs", "audit_lines",
		} {
			var n int
			if err := tx.QueryRowContext(h.t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil {
				return err
			}
			b.WriteString(table + " " + h.words.In("en").Number(n) + "\n")
		}
		for _, q := range []string{
			"SELECT stage || opened_at || answered_at || name FROM consult_invitations ORDER BY id",
			"SELECT CAST(revision AS TEXT) || ' ' || CAST(opened AS TEXT) || state FROM consultations",
		} {
			list, err := store.List(h.t.Context(), tx, func(row store.Scanner) (s string, err error) { return s, row.Scan(&s) }, q)
			if err != nil {
				return err
			}
			b.WriteString(strings.Join(list, "\n"))
		}
		return nil
	}))
	return b.String()
}

// A program that looks into mail opens every link, many times, and changes nothing.
func TestAnswer_scanner(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.begin()
		h.who = nobody
		before := h.rows()
		for range 5 {
			for _, path := range []string{"", "/decline", "/hand-over", "/sent"} {
				w := h.ask(httptest.NewRequest("GET", "/a/"+h.token+path, nil))
				if w.Code != http.StatusOK && w.Code != http.StatusSeeOther {
					t.Fatalf("GET %s: %d", path, w.Code)
				}
				for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"} {
					if got := w.Header().Get(name); got != want {
						t.Errorf("GET %s: %s is %q", path, name, got)
					}
				}
			}
		}
		if after := h.rows(); after != before {
			t.Errorf("before\n%s\nafter\n%s", before, after)
		}
		if w := h.post("/a/" + h.token + "/seen"); w.Code != http.StatusNoContent {
			t.Errorf("seen: %d", w.Code)
		}
		if c, err := h.site.Consult.Consultation(t.Context(), neza, h.c.ID); err != nil || c.Opened != 1 {
			t.Errorf("opened by %d, %v", c.Opened, err)
		}
	})
}

// shown are the hidden fields of a page: which showing it is, and which versions.
func shown(body string) (pairs []string) {
	for _, m := range regexp.MustCompile(`type="hidden" name="(page|r\d+)" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		pairs = append(pairs, m[1], m[2])
	}
	return pairs
}

// A text that is too long is not saved, and what is made of it then does not clash
// with what the same page has saved before.
func TestAnswer_long(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.begin()
		h.who = nobody
		path := "/a/" + h.token
		hidden := shown(h.get(path))
		h.goes(path+"/save", append(hidden, "s1", "support", "t1", "začetek")...)
		w := h.post(path+"/save", append(hidden, "s1", "support", "t1", strings.Repeat("a", 30_000))...)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Besedilo je predolgo") {
			t.Fatalf("%d", w.Code)
		}
		h.goes(path+"/save", append(shown(w.Body.String()), "s1", "support", "t1", "začetek in konec")...)
	})
}

var revs = []string{"r1", "0", "r2", "0", "r3", "0", "r4", "0"}

// A member saves, sends and reads the receipt, without script and without account.
func TestAnswer_send(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.begin()
		h.who = nobody
		path := "/a/" + h.token
		h.see("answer", path)
		form := append([]string{"page", "p", "s1", "support", "t1", "Tako je prav.\r\nRes.", "s3", "rewrite", "w3", "znesek se vsako leto uskladi"}, revs...)
		h.see("answer-saved", h.goes(path+"/save", form...))
		body := h.get(path)
		if !strings.Contains(body, "Tako je prav.\nRes.") || !strings.Contains(body, `<details class="ask" id="v2" open`) || !strings.Contains(body, "2 od 4") {
			t.Error("the page does not show what was saved, or the next provision")
		}
		// The page's script saves too, and is told in a sentence.
		r := httptest.NewRequest("POST", path+"/save", strings.NewReader(url.Values{"page": {"p"}, "s4": {"ask"}, "r4": {"0"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", "text/plain")
		if w := h.ask(r); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "Shranjeno ob\u00a010.42") && !strings.HasPrefix(w.Body.String(), "Shranjeno ob 10.42") {
			t.Errorf("the script was told %d %q", w.Code, w.Body)
		}
		// Words without a choice are kept and shown beside their mistake.
		w := h.post(path+"/send", "page", "p", "t2", "kaj pa", "r2", "0")
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Izberite, kaj pravite") || !strings.Contains(w.Body.String(), "kaj pa") {
			t.Errorf("send: %d", w.Code)
		}
		pagetest.Keep(h.t, "answer-wrong", w.Body.String())
		// The page that came back knows what was saved, and does not clash with it.
		hidden := shown(w.Body.String())
		to := h.goes(path+"/send", append(hidden, "public", "1", "s1", "support", "t1", "Tako je prav.\nRes.", "s2", "object", "t2", "kaj pa",
			"s3", "rewrite", "w3", "znesek se vsako leto uskladi", "s4", "ask")...)
		if to != path+"/sent" {
			t.Errorf("went to %s", to)
		}
		h.see("sent", to)
		if body := h.get(to); !strings.Contains(body, "pia@pesto.si") || !strings.Contains(body, "znesek se vsako leto uskladi") {
			t.Error("the receipt is not whole")
		}
		h.see("answer-again", path)
	})
}

// Two devices: the second is shown both texts, and can take its own.
func TestAnswer_clash(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.begin()
		h.who = nobody
		path := "/a/" + h.token
		h.goes(path+"/save", "page", "one", "s3", "support", "t3", "prvo", "r3", "0")
		w := h.post(path+"/save", "page", "two", "s3", "object", "t3", "drugo", "r3", "0", "s1", "ask", "r1", "0")
		body := w.Body.String()
		use := regexp.MustCompile(`name="use" value="([^"]+)"`).FindStringSubmatch(body)
		if w.Code != http.StatusConflict || use == nil || !strings.Contains(body, "drugo") || !strings.Contains(body, ">prvo</textarea>") {
			t.Fatalf("%d %v", w.Code, use)
		}
		pagetest.Keep(h.t, "answer-clash", body)
		h.goes(path+"/save", "page", "three", "s3", "support", "t3", "prvo", "r3", "1", "use", use[1])
		if body := h.get(path); !strings.Contains(body, ">drugo</textarea>") {
			t.Error("mine does not hold")
		}
	})
}

// The office types in while the member answers: it is shown both, and insists.
func TestTypeIn_clash(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.begin()
		a, err := h.site.Consult.Answer(t.Context(), consult.Way{Token: h.token})
		h.must(err)
		path := h.base() + "/type-in?invitation=" + string(a.Invitation.ID)
		h.goes("/a/"+h.token+"/send", "s1", "support", "t1", "njeno", "r1", "0")
		w := h.post(path, "page", "o", "channel", "phone", "s1", "object", "t1", "slišano", "r1", "0")
		body := w.Body.String()
		if w.Code != http.StatusConflict || !strings.Contains(body, "njeno") || !strings.Contains(body, ">slišano</textarea>") || !strings.Contains(body, `name="r1" value="1"`) {
			t.Fatalf("%d %s", w.Code, body)
		}
		pagetest.Keep(h.t, "type-in-clash", body)
		h.goes(path, "page", "o2", "channel", "phone", "s1", "object", "t1", "slišano", "r1", "1")
		if body := h.get("/a/" + h.token); !strings.Contains(body, ">slišano</textarea>") {
			t.Error("what the office insisted on does not hold")
		}
	})
}

// A link that is wrong or over says so, and what was answered can be read still.
func TestAnswer_over(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.begin()
		h.who = nobody
		path := "/a/" + h.token
		h.goes(path+"/send", "s3", "support", "t3", "tako naj bo", "r3", "0")
		h.at = h.at.AddDate(0, 0, 8) // the day after the last
		body := h.get(path)
		if !strings.Contains(body, "Posvetovanje je končano") || !strings.Contains(body, "tako naj bo") || strings.Contains(body, "<textarea") {
			t.Error("the page does not say that it is over")
		}
		h.see("answer-over", path)
		late := h.post(path+"/save", "s3", "object", "t3", "pa vendar ne", "r3", "1")
		if body := late.Body.String(); late.Code != http.StatusUnprocessableEntity || !strings.Contains(body, "pa vendar ne") || !strings.Contains(body, "Posvetovanje je končano") {
			t.Errorf("a late saving is answered with %d and without its words:\n%s", late.Code, body)
		}
		if strings.Contains(h.get(path), "pa vendar ne") {
			t.Error("a late saving was kept")
		}
		if w := h.ask(httptest.NewRequest("GET", "/a/"+strings.Repeat("x", 43), nil)); w.Code != http.StatusNotFound {
			t.Errorf("a wrong link: %d", w.Code)
		}
	})
}

// Someone who will not answer says so; someone else gets a link of their own.
func TestAnswer_handOver(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.begin()
		h.who = nobody
		path := "/a/" + h.token
		h.see("decline", path+"/decline")
		h.goes(path + "/decline")
		h.see("declined", path)
		h.see("hand-over", path+"/hand-over")
		if w := h.post(path+"/hand-over", "name", "Rok", "email", "ni naslov"); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("a wrong address: %d", w.Code)
		}
		h.goes(path+"/hand-over", "name", "Rok Pesek", "email", "rok@pesto.si")
		own := h.link("rok@pesto.si")
		if own == h.token {
			t.Error("the colleague got the same link")
		}
		h.goes("/a/"+own+"/save", "page", "r", "s1", "support", "r1", "0")
		if body := h.get(path); !strings.Contains(body, "1 od 4") {
			t.Error("the first link does not show what the colleague saved")
		}
		for i := range 6 {
			h.post(path+"/hand-over", "name", "Kdo", "email", "kdo"+string(rune('a'+i))+"@drugje.si")
		}
		if w := h.post(path+"/hand-over", "name", "Kdo", "email", "se@drugje.si"); w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusConflict {
			t.Errorf("handed over without end: %d", w.Code)
		}
	})
}

// A token is in no line of the log and in no line of the book.
func TestAnswer_token(t *testing.T) {
	h := filled(t, storetest.SQLite(t, steps...)).begin()
	var log bytes.Buffer
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(was)
	h.who = nobody
	h.goes("/a/"+h.token+"/send", "s3", "support", "r3", "0")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, httptest.NewRequest("GET", "/a/"+h.token, nil).WithContext(gone)) // fails, and is logged
	if log.Len() == 0 {
		t.Fatal("a failure was not logged")
	}
	lines, err := store.Read(t.Context(), h.db, func(tx *store.Tx) ([]audit.Line, error) { return audit.Read(t.Context(), tx, audit.Query{}) })
	if err != nil || len(lines) == 0 {
		t.Fatal(err)
	}
	for _, l := range lines {
		log.WriteString(l.Deed + l.Subject + l.Name + l.Said())
	}
	if strings.Contains(log.String(), h.token) {
		t.Error("the token is written down")
	}
}

// The office prepares, opens, follows and reads.
func TestOffice(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		list := "/cases/" + string(h.c.Case) + "/consultations"
		h.see("form", list+"/new")
		form := []string{"title", "Honorarji", "lead", "Gre za honorarje.", "opens", "17. 11. 2026", "closes", "24. 11. 2026", "remind", "3, 1", "audience", "single", "singles", "Pesto",
			"asked", "art_18", "title:art_18", "Najnižji honorar", "title:art_4", ""}
		to := h.goes(list+"/new?version="+h.version, form...)
		h.see("prepared", strings.Split(to, "?")[0])
		if w := h.post(list+"/new?version="+h.version, "title", "", "closes", "jutri"); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("an empty form: %d", w.Code)
		} else {
			pagetest.Keep(h.t, "form-wrong", w.Body.String())
		}
		edit := strings.Split(to, "?")[0] + "/edit"
		h.see("edit", edit)
		h.goes(edit, append(form, "revision", "1")...)
		if w := h.post(edit, append(form, "revision", "1")...); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("a stale form: %d", w.Code)
		}
		h.see("open", h.base()+"/open")
		h.goes(h.base() + "/open")
		h.must(h.jobs.Drain(t.Context()))
		h.token = h.link("pia@pesto.si")
		h.goes("/a/"+h.token+"/send", "public", "1", "s1", "support", "r1", "0", "s3", "rewrite", "t3", "=1+1", "w3", "Znesek se uskladi.", "r3", "0")

		h.see("list", list)
		h.see("office", h.base())
		h.see("matrix", h.base()+"/matrix")
		h.see("provision", h.base()+"/provisions/art_18?stance=rewrite")
		if body := h.get(h.base() + "/provisions/art_18?stance=object"); strings.Contains(body, "=1+1") {
			t.Error("the filter lets others through")
		}
		if w := h.ask(httptest.NewRequest("GET", h.base()+"/comments.csv", nil)); !strings.Contains(w.Body.String(), ";'=1+1;") {
			t.Errorf("csv %q", w.Body)
		}
		if body := h.get(h.base() + "/comments.json"); !strings.Contains(body, `"why":"=1+1"`) {
			t.Errorf("json %q", body)
		}
		in := regexp.MustCompile(`/type-in\?invitation=\w+`).FindAllString(h.get(h.base()), -1)
		h.see("type-in", h.base()+in[len(in)-1])
		if w := h.post(h.base()+in[len(in)-1], "s1", "object", "r1", "0"); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("typed in without a channel: %d", w.Code)
		}
		h.goes(h.base()+in[len(in)-1], "channel", "phone", "s1", "object", "t1", "rekel je ne", "r1", "0")
		if body := h.get(h.base() + "/provisions/art_4"); !strings.Contains(body, "vnesla pisarna, po telefonu (Neža Škrbec)") {
			t.Error("what was typed in is not marked")
		}
		for _, deed := range []string{"/read", "/remind", "/close"} {
			h.goes(h.base() + deed)
		}
		h.goes(h.base()+"/extend", "closes", "1. 12. 2026")
		h.goes(h.base()+"/show", "public", "1", "remind", "2")
		h.see("office-after", h.base())

		h.who = pia
		h.see("mine", "/mine")
		link := regexp.MustCompile(`/mine/\w+`).FindString(h.get("/mine"))
		h.see("mine-answer", link)
		h.goes(link+"/send", "page", "x", "s4", "support", "r4", "0")
		for _, path := range []string{h.base() + "/matrix", h.base() + "/provisions/art_18", h.base() + "/comments.csv", h.base() + in[0]} {
			if w := h.ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusForbidden {
				t.Errorf("a member reads %s: %d", path, w.Code)
			}
		}
		h.lang, h.theme = "en", "dark"
		h.see("mine-en", "/mine")
		h.see("answer-en", "/a/"+h.token)
		h.who = neza
		h.see("office-en", h.base())
	})
}
