package casesweb

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// due puts a due of another room of the desk.
func (h *house) due(d cases.Due) {
	h.t.Helper()
	if err := h.db.Write(h.t.Context(), func(tx *store.Tx) error { return h.desk.PutDue(h.t.Context(), tx, d) }); err != nil {
		h.t.Fatal(err)
	}
}

// busy is a day with work on each list.
func (h *house) busy() cases.Case {
	h.t.Helper()
	c := h.zpnk()
	at := "/cases/" + string(c.ID)
	h.done(at+"/deadlines/new", url.Values{"title": {"Zapiši dva sklepa s seje upravnega odbora"}, "day": {"16. 11. 2026"}})
	h.done(at+"/deadlines/new", url.Values{"title": {"Preglej štiri odgovore članov o 18. členu"}, "day": {"17. 11. 2026"}})
	h.done(at+"/deadlines/new", url.Values{"title": {"Pošlji vabilo na občni zbor"}, "day": {"19. 11. 2026"}})
	h.done(at+"/deadlines/new", url.Values{"title": {"Daleč"}, "day": {"31. 12. 2026"}})
	answer, err := h.desk.Open(h.t.Context(), neza, cases.Case{Title: "Zakon o medijih", Short: "ZMed-1", Kind: procedure.Law, Variant: procedure.Ordinary, Owner: zala.User, OwnerIs: zala.Name})
	if err != nil {
		h.t.Fatal(err)
	}
	h.event(answer, cases.DraftPublished, civil.On(2026, 9, 1))
	h.event(answer, cases.ConsultationCloses, civil.On(2026, 10, 5))
	h.event(answer, cases.CommentsSent, civil.On(2026, 10, 2))
	h.event(answer, "to_government", civil.On(2026, 11, 20))
	return c
}

func TestToday_threeLists(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	says(t, h.get("/today"), "Torek, 17. novembra 2026 Danes", "Danes ni nič na vrsti", "Nova zadeva")
	h.busy()
	body := h.get("/today")
	says(t, body, "Dve opravili sta zamujeni ali zapadeta danes. Najdlje čaka: Zapiši dva sklepa", "Zamujeno in danes 2 zamuja 1 dan rok 16. 11. 2026", "Naslednjih 14 dni 2 čez 2 dneva četrtek, 19. 11. 2026",
		"čez 13 dni ponedeljek, 30. 11. 2026 Pošljite pripombe: ZPNK-A Javna obravnava se konča 30. 11. 2026.", "Čaka na druge 1 že 43 dni",
		"ZMed-1: pisna seznanitev o bistvenih neupoštevanih predlogih z razlogi Rok, ki ga imajo drugi, je 20. 11. 2026.")
	if strings.Contains(body, "Daleč") {
		t.Error("what is due in six weeks is shown")
	}
	h.see("today", "/today")
	h.theme = "dark"
	h.see("today-dark", "/today")
	h.theme, h.lang = "", "en"
	says(t, h.get("/today"), "2 things are late or due today.", "Send the comments: ZPNK-A")
	h.see("today-en", "/today")
	h.lang, h.who = "sl", zala
	says(t, h.get("/today?of=me"), "Čaka na druge 1", "Nič ne zamuja in nič ne zapade danes.")
	if csv := strings.ReplaceAll(h.get("/today.csv"), "\u00a0", " "); strings.Count(csv, "\n") != 6 || !strings.Contains(csv, "2026-11-16;Zapiši dva sklepa s seje upravnega odbora;ZPNK-A;Neža Škrbec") {
		t.Errorf("the table has %s", csv)
	}
}

func TestToday_putOffHandOverDone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.busy()
	at := func(deed, what string) string {
		t.Helper()
		body := h.get("/today")
		_, rest, ok := strings.Cut(body, what)
		if !ok {
			t.Fatalf("%s is not there", what)
		}
		_, rest, _ = strings.Cut(rest, deed+"?due=")
		id, _, _ := strings.Cut(rest, `"`)
		id, err := url.QueryUnescape(id)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	id := at("/today/snooze", "Preglej štiri")
	says(t, h.get("/today/snooze?due="+url.QueryEscape(id)), "Rok je 17. 11. 2026.", "Preglej štiri odgovore")
	says(t, h.refused("/today/snooze", url.Values{"due": {id}, "until": {"17. 11. 2026"}}, 422), "Izberite dan po današnjem.")
	if to := h.done("/today/snooze", url.Values{"due": {id}, "until": {"18. 11. 2026"}}); to != "/today?said=said.cases.snooze" {
		t.Errorf("goes to %s", to)
	}
	if strings.Contains(plainText(h.get("/today")), "Preglej štiri") {
		t.Error("what was put off is still shown")
	}

	id = at("/today/hand-over", "Pošljite pripombe")
	says(t, h.refused("/today/hand-over", url.Values{"due": {id}}, 422), "Izberite, kdo bo to opravil.")
	h.done("/today/hand-over", url.Values{"due": {id}, "to": {"zala"}})
	h.who = zala
	says(t, h.get("/today?of=me"), "Pošljite pripombe: ZPNK-A")
	// The night counts the clocks anew, and takes nothing from anybody.
	if err := h.desk.Refresh(t.Context(), civil.On(2026, 11, 18)); err != nil {
		t.Fatal(err)
	}
	says(t, h.get("/today?of=me"), "Pošljite pripombe: ZPNK-A")
	if w := h.post("/today/done", url.Values{"due": {id}}); w.Code != 422 {
		t.Errorf("a clock of the procedure was settled by hand: %d", w.Code)
	}

	id = at("/today/snooze", "Zapiši dva sklepa")
	says(t, h.get("/today/done?due="+url.QueryEscape(id)), "Opravilo bo odstranjeno")
	h.done("/today/done", url.Values{"due": {id}})
	if w := h.ask(httptest.NewRequest("GET", "/today/done?due="+url.QueryEscape(id), nil)); w.Code != 404 {
		t.Errorf("what is done is still there: %d", w.Code)
	}
}

func TestToday_otherRooms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.zpnk()
	h.due(cases.Due{ID: "x/1", Case: c.ID, Kind: "dues.own", Args: []string{"title", "<b>Pozor</b>"}, On: civil.On(2026, 11, 17), Link: "/somewhere"})
	if body := h.get("/today"); strings.Contains(body, "<b>Pozor</b>") || !strings.Contains(body, "nihče še ne skrbi za to") {
		t.Error("a title is not escaped, or a due without owner has one")
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	today := civil.On(2026, 11, 17)
	if subject, text := h.site.Digest(h.words.In("sl"), cases.Today{On: today}); subject != "" || text != "" {
		t.Error("an empty day makes a letter")
	}
	h.busy()
	day, err := h.desk.Today(t.Context(), neza, today, false)
	if err != nil {
		t.Fatal(err)
	}
	subject, text := h.site.Digest(h.words.In("sl"), day)
	text = strings.ReplaceAll(text, "\u00a0", " ")
	if subject = strings.ReplaceAll(subject, "\u00a0", " "); subject != "Danes, 17. 11. 2026: 2 opravili zamujeni ali zapadeta danes" {
		t.Errorf("the subject is %q", subject)
	}
	for _, want := range []string{
		"ZAMUJENO IN DANES\n\n- Zapiši dva sklepa s seje upravnega odbora\n  zamuja 1 dan, 16. 11. 2026 · Neža Škrbec\n  https://mnk.example/cases/2026-001\n",
		"ČAKA NA DRUGE\n\n- ZMed-1: pisna seznanitev", "https://mnk.example/today\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter lacks %q:\n%s", want, text)
		}
	}
	if subject, _ := h.site.Digest(h.words.In("en"), day); !strings.Contains(subject, "2 things late or due") {
		t.Errorf("the English subject is %q", subject)
	}
}
