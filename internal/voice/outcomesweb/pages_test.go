package outcomesweb

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// deliver prepares a delivery as the form offers it, and gives its page.
func (h *house) deliver() string {
	h.t.Helper()
	code, to := h.post(h.path("/delivered/new"), url.Values{
		"position": {string(h.position.ID) + ":1"}, "body": {"ministry_culture"}, "to": {"Ministrstvo za umetnost in ustvarjalnost"}, "address": {"gp@mk.example"},
		"channel": {"mail"}, "clock": {"authority_letter"}, "papers": {"letter/sl/pdf", "table/sl/docx"},
	})
	if code != http.StatusSeeOther {
		h.t.Fatalf("prepare: %d", code)
	}
	link, _, _ := strings.Cut(to, "?")
	return link
}

// judgeAll has the verdicts of the mock ledger.
func (h *house) judgeAll() {
	h.t.Helper()
	for i, v := range []voice.Verdict{voice.Partly, voice.Not, voice.Taken, voice.Taken, voice.Not} {
		code, _ := h.post(h.path("/uptake/"+string(h.proposals[i].ID)), url.Values{
			"text": {string(h.v2)}, "verdict": {string(v)}, "passage": {string(h.proposals[i].Provision)}, "note": {[]string{"Predlagali smo dve", "Merilo ni določeno", "", "", "Odgovor z dne 18. 6. 2026, stran 5: »presega namen novele«"}[i]}, "body": {"ministry_culture"},
		})
		if code != http.StatusSeeOther {
			h.t.Fatalf("judge %d: %d", i, code)
		}
	}
}

func (h *house) judgeAs(who auth.Actor) {
	h.t.Helper()
	h.who = who
	h.judgeAll()
}

// From the frozen position to the answer: prepared with its papers, sent with its
// proof, answered with a letter.
func TestDelivery(t *testing.T) {
	h := newHouse(t)
	if body := h.see("delivered-none", h.path("/delivered")); !strings.Contains(body, "Pripravite pošiljko") {
		t.Error("nothing leads on")
	}
	h.see("delivery-new", h.path("/delivered/new"))
	code, _ := h.post(h.path("/delivered/new"), url.Values{"position": {string(h.position.ID) + ":1"}, "clock": {"own"}, "channel": {"mail"}})
	if code != http.StatusUnprocessableEntity {
		t.Errorf("a delivery to nobody: %d", code)
	}
	link := h.deliver()
	body := h.see("delivery", link)
	for _, want := range []string{"mailto:gp@mk.example?subject=", "Odprite v\u00a0poštnem programu", "ne odda sam", "/paper/1"} {
		if !strings.Contains(body, want) {
			t.Errorf("the delivery lacks %q", want)
		}
	}
	if w := h.ask(httptest.NewRequest("GET", link+"/paper/0", nil)); w.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("the paper is %v", w.Header())
	}
	h.see("delivery-send", link+"/send")
	code, to := h.postFile(link+"/send", url.Values{"on": {"3. 6. 2026"}}, "povratnica.html", []byte("<html><script>alert(1)</script></html>"))
	if code != http.StatusSeeOther || !strings.HasPrefix(to, link) {
		t.Fatalf("send: %d %s", code, to)
	}
	if w := h.ask(httptest.NewRequest("GET", link+"/proof/0", nil)); w.Header().Get("Content-Type") != "application/octet-stream" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the proof is %v", w.Header())
	}
	h.see("delivery-sent", link)
	h.see("delivered", h.path("/delivered"))
	h.see("answers-waiting", h.path("/answers"))
	id := link[strings.LastIndexByte(link, '/')+1:]
	h.see("answer-new", h.path("/answers/new?delivery="+id))
	code, _ = h.postFile(h.path("/answers/new"), url.Values{
		"delivery": {id}, "from": {"Ministrstvo"}, "on": {"18. 6. 2026"}, "channel": {"mail"}, "tenor": {"replied"}, "summary": {"Za sklad ni proračunske podlage (stran 4)."},
	}, "odgovor.pdf", []byte("%PDF-1.7\n"))
	if code != http.StatusSeeOther {
		t.Fatalf("log: %d", code)
	}
	if body := h.see("answers", h.path("/answers")); !strings.Contains(body, "po 15") || !strings.Contains(body, "odgovor.pdf") {
		t.Error("the answer lacks its days or its letter")
	}
	h.get(h.path("/answers/" + string(must(h.outcomes.Answers(t.Context(), neza, h.id))(t)[0].ID) + "/drop"))
}

// The ledger shows each proposal with its proof, and the page of a proposal what
// the program suggests; saving leads to the next that is open.
func TestUptake(t *testing.T) {
	h := newHouse(t)
	h.see("ledger-open", h.path("/uptake"))
	one := h.path("/uptake/" + string(h.proposals[0].ID))
	body := h.see("judge", one+"?text="+string(h.v2)+"&article=art_27")
	for _, want := range []string{"Osnutek je imel 5, predlagali smo 2, v\u00a0besedilu je 3", `value="partly" checked`, "Predlog 1 od 6", "27."} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of a proposal lacks %q", want)
		}
	}
	if l := must(h.outcomes.Ledger(t.Context(), neza, h.id, "", 0))(t); l.Judged() != 0 {
		t.Error("looking has judged")
	}
	if code, _ := h.post(one, url.Values{"text": {string(h.v2)}, "verdict": {"taken"}, "passage": {""}}); code != http.StatusUnprocessableEntity {
		t.Errorf("a verdict without proof: %d", code)
	}
	h.see("accept", h.path("/uptake/accept?text="+string(h.v2)))
	code, to := h.post(one, url.Values{"text": {string(h.v2)}, "verdict": {"partly"}, "passage": {"art_12__para_1"}, "note": {"Predlagali smo dve"}})
	if code != http.StatusSeeOther || !strings.Contains(to, string(h.proposals[1].ID)) {
		t.Errorf("judged: %d %s", code, to)
	}
	h.judgeAll()
	link := h.deliver()
	h.postFile(link+"/send", url.Values{"on": {"3. 6. 2026"}}, "dokaz.txt", []byte("poslano"))
	h.see("silence", h.path("/uptake/silence"))
	if code, _ := h.post(h.path("/uptake/silence"), url.Values{"proposals": {string(h.proposals[5].ID)}, "text": {string(h.v2)}, "note": {"Osnutek in odgovor predloga ne omenjata. Vprašali smo 5. 11. 2026."}}); code != http.StatusSeeOther {
		t.Errorf("silence: %d", code)
	}
	body = h.see("ledger", h.path("/uptake"))
	for _, want := range []string{"Upoštevani so 3 od 6 predlogov; v\u00a0celoti 2, delno 1.", "<mark>", "Vprašali smo 5.", "Predlagali smo dve; 2. osnutek, 12. člen"} {
		if !strings.Contains(body, want) {
			t.Errorf("the ledger lacks %q", want)
		}
	}
	csv := h.get(h.path("/uptake.csv"))
	if !strings.Contains(csv, "Dve leti delovanja") || strings.Count(csv, "\n") < 7 {
		t.Errorf("the table is %q", csv)
	}
	if json := h.get(h.path("/uptake.json")); !strings.Contains(json, `"verdict":"silence"`) {
		t.Errorf("the JSON is %s", json)
	}
	h.lang = "en"
	h.see("ledger-en", h.path("/uptake"))
	h.lang, h.theme = "sl", "dark"
	h.see("ledger-dark", h.path("/uptake"))
}

// The memory has the numbers of a year with their rules, for members; for others
// those of public cases.
func TestMemory(t *testing.T) {
	h := newHouse(t)
	h.see("memory-none", "/uptake")
	h.judgeAll()
	d := must(h.outcomes.Prepare(t.Context(), neza, outcomes.Delivery{Case: h.id, Position: h.position.ID, Version: 1, Body: "ministry_culture", To: "MK", Channel: outcomes.Mail, Clock: "authority_letter"}))(t)
	must(h.outcomes.Send(t.Context(), neza, d.ID, civil.On(2026, 6, 3)))(t)
	body := h.see("memory", "/uptake")
	for _, want := range []string{"Ministrstvo za kulturo", "60", "167", "Poslovnik Vlade RS", "krajše od 30"} {
		if !strings.Contains(body, want) {
			t.Errorf("the memory lacks %q", want)
		}
	}
	h.see("memory-all", "/uptake?year=all")
	if csv := h.get("/uptake.csv?year=2026"); !strings.Contains(csv, "2026;Ministrstvo za kulturo;5;2;1;2;0;1;1;1;167") {
		t.Errorf("the table is %q", csv)
	}
	h.get("/uptake.json?year=all")
	h.who = nobody
	if body := h.get("/uptake"); !strings.Contains(body, "Štete so le zadeve, ki so javne") || strings.Contains(body, "Ministrstvo za kulturo") {
		t.Error("a passer-by sees the numbers of a case that is not public")
	}
}

// Members read; the office works; addresses, proofs and letters are for the
// office and the board.
func TestWalls(t *testing.T) {
	h := newHouse(t)
	link := h.deliver()
	h.postFile(link+"/send", url.Values{"on": {"3. 6. 2026"}}, "dokaz.txt", []byte("poslano"))
	for _, c := range []struct {
		path                         string
		member, board, nobodyIsAsked int
	}{
		{h.path("/delivered"), 200, 200, 303},
		{link, 200, 200, 303},
		{link + "/proof/0", 403, 200, 303},
		{link + "/paper/0", 200, 200, 303},
		{h.path("/delivered/new"), 403, 403, 303},
		{h.path("/answers"), 200, 200, 303},
		{h.path("/answers/new"), 403, 403, 303},
		{h.path("/uptake"), 200, 200, 303},
		{h.path("/uptake/" + string(h.proposals[0].ID)), 403, 403, 303},
		{h.path("/uptake/silence"), 403, 403, 303},
		{"/uptake", 200, 200, 200},
	} {
		for _, one := range []struct {
			name string
			want int
		}{{"member", c.member}, {"board", c.board}, {"nobody", c.nobodyIsAsked}} {
			h.who = member
			switch one.name {
			case "board":
				h.who = ivo
			case "nobody":
				h.who = nobody
			}
			if w := h.ask(httptest.NewRequest("GET", c.path, nil)); w.Code != one.want {
				t.Errorf("GET %s by %s: %d, want %d", c.path, one.name, w.Code, one.want)
			}
		}
	}
	h.who = member
	if body := h.get(h.path("/delivered")); strings.Contains(body, "gp@mk.example") {
		t.Error("a member sees the address")
	}
	if body := h.get(link); strings.Contains(body, "gp@mk.example") || strings.Contains(body, "dokaz.txt") {
		t.Error("a member sees the address or the proof")
	}
	if err := h.cases.Publish(t.Context(), neza, h.id, true); err != nil {
		t.Fatal(err)
	}
	h.judgeAs(neza)
	h.who = nobody
	if body := h.get(h.path("/uptake")); strings.Contains(body, neza.Name+"<") || !strings.Contains(body, "Dve leti delovanja") {
		t.Error("a passer-by sees who judged, or not what")
	}
}

// The API gives the ledger and the memory, and says by key why it does not.
func TestAPI(t *testing.T) {
	h := newHouse(t)
	h.judgeAll()
	api := humago.New(h.mux, huma.DefaultConfig("test", "1"))
	h.pages.API(api)
	for path, want := range map[string]string{
		"/api/v1" + h.path("/uptake"): `"numbers":{"taken":2,"partly":1,"not":2,"silence":0,"open":1`,
		"/api/v1/memory?year=2026":    `"authority":"ministry_culture","taken":2`,
		"/api/v1/memory":              `"total":{"taken":2`,
	} {
		if body := h.ask(httptest.NewRequest("GET", path, nil)).Body.String(); !strings.Contains(body, want) {
			t.Errorf("GET %s: %s", path, body)
		}
	}
	h.who = nobody
	if w := h.ask(httptest.NewRequest("GET", "/api/v1"+h.path("/uptake"), nil)); w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "auth.sign_in_first") {
		t.Errorf("a passer-by gets %d %s", w.Code, w.Body)
	}
}

// What is due has its sentence, its text and its button.
func TestDues(t *testing.T) {
	h := newHouse(t)
	h.post(h.deliver()+"/send", url.Values{"on": {"3. 6. 2026"}})
	err := h.db.Write(t.Context(), func(tx *store.Tx) error {
		return h.outcomes.TextAdded(t.Context(), tx, neza, cases.Text{Case: h.id, Version: h.v2, Role: cases.Draft, Label: "2. osnutek"})
	})
	if err != nil {
		t.Fatal(err)
	}
	f := must(h.cases.File(t.Context(), neza, h.id, civil.On(2026, 11, 17)))(t)
	want := map[string]string{
		"dues.outcomes.answer": "Odgovor: Ministrstvo za umetnost in ustvarjalnost | Pričakujemo ga do 18. 6. 2026. | Vpišite odgovor",
		"dues.outcomes.judge":  "Presodite upoštevanje predlogov: 2. osnutek | Prišlo je novo besedilo. Pri vsakem predlogu povejte, kaj je iz njega. | Presodite",
	}
	for _, d := range f.Dues {
		if want[d.Kind] == "" {
			continue
		}
		p := h.words.In("sl")
		got := voiceweb.Say(p, h.cases.Country(), d, "") + " | " + voiceweb.Say(p, h.cases.Country(), d, ".text") + " | " + voiceweb.Say(p, h.cases.Country(), d, ".do")
		if strings.ReplaceAll(got, "\u00a0", " ") != want[d.Kind] {
			t.Errorf("%s says %q", d.Kind, got)
		}
		h.get(d.Link)
		delete(want, d.Kind)
	}
	if len(want) > 0 {
		t.Errorf("not due: %v", want)
	}
}
