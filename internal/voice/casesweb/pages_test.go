package casesweb

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

func TestCase_tellsHowItStands(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.zpnk()
	at := "/cases/" + string(c.ID)
	other, err := h.desk.Open(t.Context(), neza, cases.Case{Title: "Pravilnik o razpisih", Kind: procedure.Rulebook, Opened: civil.On(2025, 5, 1)})
	if err != nil {
		t.Fatal(err)
	}
	h.done(at+"/related", url.Values{"other": {"2025/001"}})
	h.done(at+"/deadlines/new", url.Values{"title": {"Pošlji opomnik 24 organizacijam"}, "day": {"19. 11. 2026"}})

	says(t, h.get(at),
		"Novela Zakona o podpori neodvisni kulturi (ZPNK-A)", "13 dni Naše pripombe do: ponedeljek, 30. 11. 2026 naš rok", "Za odziv je 32 dni. Pravilo je 30 do 60 dni.",
		"Prejšnji osnutek, javna obravnava 3. 3.–5. 4. 2026", "Naslednji korak Pošlji opomnik 24 organizacijam, čez 2 dneva",
		"javna obravnava še teče", "Pravilnik o razpisih Zadeva 2025/001, odprta", "2026-3355-0007", "zadeva ni javna")
	says(t, h.get("/cases/"+string(other.ID)), "ZPNK-A Zadeva 2026/001, odprta")

	// Once the comments are sent the clock is met, and says so in the procedure.
	h.done(at+"/events/new", url.Values{"event": {"comments_sent"}, "day": {"16. 11. 2026"}})
	says(t, h.get(at), "naše pripombe (30. 11. 2026, opravljeno v roku)")
	h.see("case", at)
	h.theme = "dark"
	h.see("case-dark", at)
	h.theme, h.lang = "", "en"
	says(t, h.get(at), "The public has 32 days. The rule is 30 to 60 days.", "public consultation")
	h.see("case-en", at)
}

func TestCase_isForThoseWhoSignedIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.zpnk()
	at := "/cases/" + string(c.ID)
	for _, one := range []struct {
		who  auth.Actor
		path string
		code int
		to   string
	}{
		{auth.Actor{}, at, 303, "/sign-in?next=" + url.QueryEscape(at)},
		{auth.Actor{}, "/today", 303, "/sign-in?next=%2Ftoday"},
		{member, at, 200, ""}, {member, at + "/drafts", 200, ""}, {member, at + "/history", 200, ""},
		{member, at + "/contacts", 403, ""}, {member, at + "/edit", 403, ""}, {member, "/today", 403, ""}, {member, "/cases/new", 403, ""},
		{neza, "/cases/2026-999", 404, ""},
	} {
		h.who = one.who
		w := h.ask(httptest.NewRequest("GET", one.path, nil))
		if w.Code != one.code || w.Header().Get("Location") != one.to {
			t.Errorf("%s at %s: %d to %q", one.who.Name, one.path, w.Code, w.Header().Get("Location"))
		}
	}
	h.who = neza
	says(t, h.get(at+"/public"), "Želite objaviti zadevo ZPNK-A?")
	h.done(at+"/public", url.Values{"to": {"publish"}})
	h.who = auth.Actor{}
	if w := h.ask(httptest.NewRequest("GET", at, nil)); w.Header().Get("Location") != "/z/"+string(c.ID) {
		t.Errorf("a passer-by is sent to %q", w.Header().Get("Location"))
	}
	h.who = member
	if body := h.get(at); strings.Contains(body, "Urejanje") || strings.Contains(body, "/events/new") {
		t.Error("a member is offered the office's deeds")
	}
}

func TestEdit_keepsBothTexts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.zpnk()
	at := "/cases/" + string(c.ID)
	seen, err := h.desk.Case(t.Context(), neza, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	form := func(lead, act string, revision int) url.Values {
		return url.Values{"title": {c.Title}, "short": {"ZPNK-A"}, "kind": {"law/ordinary"}, "lead": {lead}, "act": {act}, "owner": {"zala"}, "revision": {strconv.Itoa(revision)}}
	}
	h.done(at+"/edit", form("Zala je bila hitrejša.", "", seen.Revision))

	page := h.refused(at+"/edit", form("Neža piše dalje.", "", seen.Revision), http.StatusUnprocessableEntity)
	says(t, page, "Nekdo je zadevo medtem spremenil.", "Medtem shranjeno: Za kaj gre Zala je bila hitrejša.")
	if !strings.Contains(page, ">Neža piše dalje.</textarea>") {
		t.Error("one's own text is not in the form any more")
	}
	h.done(at+"/edit", form("Neža piše dalje.", "", seen.Revision+1))
	says(t, h.get(at), "Neža piše dalje.", "skrbi Zala Mirt")

	says(t, h.refused(at+"/edit", form("x", "ZNIKJER", seen.Revision+2), 422), "Tega predpisa še ni med predpisi.")
	says(t, h.refused(at+"/edit", url.Values{"kind": {"law/ordinary"}, "revision": {strconv.Itoa(seen.Revision + 2)}}, 422), "Vpišite naslov zadeve.")
	h.see("edit", at+"/edit")
}

func TestPapers_ofACase(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.zpnk()
	at := "/cases/" + string(c.ID)
	says(t, h.get(at+"/contacts"), "Stikov še ni")
	says(t, h.get(at+"/evidence"), "Dokazov še ni")
	says(t, h.get(at+"/drafts"), "Besedil še ni")

	says(t, h.refused(at+"/contacts/new", url.Values{"day": {"jutri"}}, 422), "Vpišite datum")
	says(t, h.refused(at+"/contacts/new", url.Values{"day": {"13. 11. 2026"}, "channel": {"meeting"}}, 422), "Vpišite ime uradne osebe.", "Zapišite namen in cilj pogovora.")
	h.done(at+"/contacts/new", url.Values{
		"day": {"13. 11. 2026"}, "ours": {"Ivo Tratar"}, "official": {"mag. Petra Zorko"}, "office": {"državna sekretarka"}, "organisation": {"Ministrstvo"},
		"place": {"Ljubljana"}, "channel": {"meeting"}, "field": {"kultura"}, "aim": {"Najnižji honorar v 18. členu"},
	})
	says(t, h.get(at+"/contacts"), "mag. Petra Zorko, državna sekretarka 13. 11. 2026 · sestanek", "Namen in cilj Najnižji honorar v 18. členu", "Stiki 1")

	says(t, h.refused(at+"/evidence/new", url.Values{"title": {"Anketa"}, "link": {"javascript:alert(1)"}}, 422), "Vpišite ves spletni naslov")
	h.done(at+"/evidence/new", url.Values{"title": {"Anketa o honorarjih"}, "link": {"https://mnk.example/anketa"}, "citation": {"str. 14"}})
	page := h.get(at + "/evidence")
	says(t, page, "Anketa o honorarjih", "str. 14 · Neža Škrbec")
	_, drop, _ := strings.Cut(page, `<form method="post" action="`)
	drop, _, _ = strings.Cut(drop, `"`)
	h.done(drop, nil)
	says(t, h.get(at+"/evidence"), "Dokazov še ni")

	says(t, h.get(at+"/history"), "Kronika", "30. 11. 2026 · konec javne obravnave", "Dodan dokaz »Anketa o honorarjih«.",
		"Zapisan stik: mag. Petra Zorko, Ministrstvo, 13. 11. 2026.", "Odprta zadeva »Novela Zakona o podpori neodvisni kulturi«.")
	h.see("history", at+"/history")
	h.see("contacts", at+"/contacts")
}

func TestEvents_areCorrected(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.zpnk()
	at := "/cases/" + string(c.ID)
	says(t, h.refused(at+"/events/new", url.Values{"event": {""}, "day": {"1. 12. 2026"}}, 422), "Izberite dogodek ali v opombo zapišite")
	says(t, h.get(at+"/events/new"), "objavljen osnutek", "vloženo v državni zbor")

	page := h.get(at + "/history")
	_, id, _ := strings.Cut(page, at+"/events/")
	if id, _, _ = strings.Cut(id, `"`); id == "new" {
		_, id, _ = strings.Cut(strings.Replace(page, at+"/events/new", "", 1), at+"/events/")
		id, _, _ = strings.Cut(id, `"`)
	}
	h.done(at+"/events/"+id, url.Values{"event": {"consultation_closes"}, "day": {"14. 12. 2026"}, "note": {"rok je podaljšan"}})
	says(t, h.get(at), "27 dni Naše pripombe do: ponedeljek, 14. 12. 2026", "Za odziv je 46 dni.")
	h.done(at+"/events/"+id+"/drop", nil)
	says(t, h.get(at+"/history"), "Izbrisan dogodek: 14. 12. 2026 konec javne obravnave rok je podaljšan")
	if w := h.ask(httptest.NewRequest("GET", at+"/events/"+id, nil)); w.Code != 404 {
		t.Errorf("a deleted event is still there: %d", w.Code)
	}
}

func TestBreach_isJudged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c, err := h.desk.Open(t.Context(), neza, cases.Case{Title: "Nujni paket", Short: "PKP1", Kind: procedure.Law, Variant: procedure.Shortened})
	if err != nil {
		t.Fatal(err)
	}
	h.event(c, cases.DraftPublished, civil.On(2026, 3, 28))
	h.event(c, cases.ConsultationCloses, civil.On(2026, 3, 30))
	at := "/cases/" + string(c.ID)
	says(t, h.get(at), "kršitev: premalo časa za odziv", "Za odziv sta 2 dneva.")
	says(t, h.refused(at+"/breach", url.Values{"class": {"respected"}}, 422), "Zapišite, zakaj presojate drugače od programa.")
	h.done(at+"/breach", url.Values{"class": {"not_counted"}, "reason": {"Velja odlok o epidemiji."}})
	says(t, h.get(at), "se ne šteje", "Tako presoja Neža Škrbec, 17. 11. 2026: Velja odlok o epidemiji. Po štetju programa: kršitev: premalo časa za odziv.")
	h.see("breach", at+"/breach")
	h.done(at+"/breach", url.Values{"class": {""}})
	says(t, h.get(at), "kršitev: premalo časa za odziv")
	says(t, h.get(at+"/close"), "zapisano je, v praksi se ni nič spremenilo")
	h.done(at+"/close", url.Values{"state": {"lost"}})
	says(t, h.get(at), "ni uspelo", "Noben rok ne teče")
}

func TestList_filters(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	says(t, h.get("/cases"), "Zadev še ni", "Nova zadeva")
	h.zpnk()
	for _, c := range []cases.Case{
		{Title: "Programski razpis 2027–2030", Kind: procedure.Call, Variant: procedure.Ranked, Code: "JPR-PROG-2027", State: cases.Waiting},
		{Title: "Sklad za prostore", Kind: procedure.Strategy, State: cases.NoEffect, Owner: zala.User, OwnerIs: zala.Name},
	} {
		if _, err := h.desk.Open(t.Context(), neza, c); err != nil {
			t.Fatal(err)
		}
	}
	for query, wanted := range map[string]string{
		"": "ZPNK-A Sklad Programski", "state=open": "ZPNK-A", "state=no_effect": "Sklad", "kind=call": "Programski", "q=prog-2027": "Programski", "q=2026/001": "ZPNK-A",
		"of=me": "ZPNK-A", "q=nikjer": "", "order=due": "ZPNK-A Sklad Programski",
	} {
		text := plainText(h.get("/cases?" + query))
		for _, name := range []string{"ZPNK-A", "Sklad", "Programski"} {
			if strings.Contains(text, name) != strings.Contains(wanted, name) {
				t.Errorf("?%s: %s is shown or not: %s", query, name, text)
			}
		}
	}
	says(t, h.get("/cases"), "čez 13 dni 30. 11. 2026", "naše pripombe, naš rok", "2026/001 · zakon po rednem postopku · Neža Škrbec")
	says(t, h.get("/cases?q=nikjer"), "Nobena zadeva ne ustreza")
	h.see("cases", "/cases")
	if body := h.get("/cases.csv?state=open"); !strings.Contains(body, "2026/001;Novela Zakona o podpori neodvisni kulturi;ZPNK-A") || strings.Contains(body, "Sklad") {
		t.Errorf("the table has %s", body)
	}
}
