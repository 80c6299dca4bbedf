package positionsweb

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// A position goes from an empty case to a frozen version that anyone may read.
func TestStory(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.has(h.get(h.base()+"/position"), "Predlogov še ni.", "Napišite prvi predlog.")
	h.has(h.get(h.base()+"/proposals/new"), "12. člen, prvi odstavek", "36.a člen")
	h.see("choose", h.get(h.base()+"/proposals/new"))
	new := h.get(h.base() + "/proposals/new?provision=art_12__para_1")
	h.has(new, "najmanj tri leta", "Uporabi", "data-live")
	link := h.full()

	frozen := h.get(link)
	h.see("frozen", frozen)
	h.has(frozen, "Zamrznjeno 27. 11. 2026 ob 18.20", "<del>", "dve leti</ins>", "44 organizacij", "9. redna seja", "mnk.example/s/2026-01/1", "Plesna zadruga Pesto", `id="p3"`, "Za določbo se doda:")
	h.see("position", h.get(h.base()+"/position"))
	h.see("list", h.get("/positions"))
	h.has(h.get("/positions"), "2026-01", "3 predlogi")

	h.who = auth.Actor{}
	h.has(h.get(link), "Dve leti delovanja zadoščata")
	for _, path := range []string{"/positions", h.base() + "/position"} {
		if w := h.ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusSeeOther {
			t.Errorf("a passer-by gets %d at %s", w.Code, path)
		}
	}
	pdf := h.ask(httptest.NewRequest("GET", link+"/table.sl.pdf", nil))
	if pdf.Code != http.StatusOK || !strings.HasPrefix(pdf.Body.String(), "%PDF-1.7") || !strings.Contains(pdf.Header().Get("Content-Disposition"), "stalisce-2026-01-v1-preglednica.pdf") {
		t.Errorf("the PDF is %d, %v", pdf.Code, pdf.Header())
	}
	for _, path := range []string{"/s/2026-01/9", "/s/2026-01/x", "/s/2027-01/1", link + "/cake.sl.pdf", link + "/table.sl", link + "/table.xx.pdf"} {
		if w := h.ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}

	// The next version differs in one proposal.
	h.who = neza
	h.post(h.base()+"/position/next", http.StatusSeeOther)
	list, err := h.desk.Proposals(t.Context(), neza, h.case_.ID)
	no(t, err)
	p := list[0]
	p.Text = strings.ReplaceAll(p.Text, "dve leti", "eno leto")
	_, err = h.desk.Save(t.Context(), neza, p)
	no(t, err)
	h.decide()
	changes := h.get("/s/2026-01/2/changes")
	h.see("changes", changes)
	h.has(changes, "eno leto</ins>", "Dva predloga sta nespremenjena")
	h.propose("art_12__para_2", "Še eden", "delete", "")
	h.has(h.get(h.base()+"/position"), "Odprite novo različico", "Nekateri predlogi še niso v nobenem stališču.")
	h.has(h.get(link), "To različico je nadomestila novejša.")
}

// Of two editors, the second sees what the first saved, and loses nothing.
func TestEditor_conflict(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.propose("art_12__para_1", "Dve leti", "rewrite", ours)
	h.has(h.get(at), "najmanj tri leta", "dve leti</ins>", "V 12. členu se v prvem odstavku besedilo »tri leta« nadomesti z besedilom »dve leti«.", "pripravljen")
	live := h.post(h.base()+"/proposals/redline?version="+string(h.version.ID)+"&provision=art_12__para_1&wanted=rewrite", http.StatusOK, "text", strings.Replace(ours, "dve leti", "štiri leta", 1))
	h.has(live, "štiri</ins>", "V 12. členu se v prvem odstavku beseda »tri« nadomesti z besedo »štiri«.")
	h.post(at, http.StatusSeeOther, "revision", "1", "title", "Njihov naslov", "wanted", "rewrite", "text", "(1) Njihovo besedilo.", "reasons", "Ker.", "state", "draft")
	body := h.post(at, http.StatusUnprocessableEntity, "revision", "1", "title", "Moj naslov", "wanted", "rewrite", "text", "(1) Moje besedilo.", "reasons", "Ker.", "state", "draft")
	h.see("conflict", body)
	h.has(body, "Medtem je predlog spremenil nekdo drug", "Moje besedilo.</textarea>", "Njihovo</ins>", `name="revision" value="2"`)
	h.post(at, http.StatusSeeOther, "revision", "2", "title", "Moj naslov", "wanted", "rewrite", "text", "(1) Moje besedilo.", "reasons", "Ker.", "state", "ready")
	h.has(h.get(at+"/history"), "3. sprememba", "Njihovo</del>", "dve leti")
}

// A heard is Voices that say the same of every provision.
type heard positions.Said

func (v heard) On(context.Context, auth.Actor, voice.CaseID, law.Address) (positions.Said, error) {
	return positions.Said(v), nil
}
func (v heard) Provisions(context.Context, auth.Actor, voice.CaseID) ([]positions.Heard, error) {
	return []positions.Heard{{At: law.Address{Version: "v", Provision: "art_12"}, Cite: "12. člen", Title: "Tri leta delovanja", Tally: v.Tally}}, nil
}
func (v heard) Asked(context.Context, auth.Actor, voice.CaseID) (positions.Asked, error) {
	return positions.Asked{From: civil.On(2026, 11, 2), Until: civil.On(2026, 11, 24), Asked: positions.Crowd{Orgs: 58, Persons: 354}, Answered: positions.Crowd{Orgs: 49, Persons: 88}}, nil
}
func (v heard) Behind(context.Context, auth.Actor, voice.CaseID, []positions.Stand) (positions.Crowd, error) {
	return positions.Crowd{Orgs: 46, Persons: 81}, nil
}

var voices = heard{
	Tally: map[voice.Stance]positions.Crowd{voice.Rewrite: {Orgs: 30, Persons: 5}, voice.Support: {Orgs: 2, Persons: 1}},
	Comments: []positions.Comment{
		{ID: "a", Who: "Kino Lom", Org: true, Stance: voice.Rewrite, Text: "Leto je dovolj.", Wording: "(1) Eno leto."},
		{ID: "b", Who: "Plesna zadruga Pesto", Org: true, Stance: voice.Rewrite, Wording: "(1) Dve leti."},
		{ID: "c", Who: "Jana Vrabič", Open: true, Stance: voice.Support, Text: "Tri leta so prav."},
	},
}

// What members wrote stands beside the editor, and is taken with a button; nothing
// typed is lost by it.
func TestEditor_comments(t *testing.T) {
	t.Parallel()
	h := houseOn(t, storetest.SQLite(t, steps...), voices)
	h.see("choose-heard", h.get(h.base()+"/proposals/new"))
	h.has(h.get(h.base()+"/proposals/new"), "Tri leta delovanja", "provision=art_12&amp;version=v", "Popravljam: 30 organizacij in 5 oseb")
	new := h.base() + "/proposals/new?provision=art_12__para_1"
	body := h.get(new)
	h.see("comments", body)
	h.has(body, "Kino Lom", "Eno leto.", "Popravljam: 30 organizacij in 5 oseb", `name="for_orgs" value="30"`, `name="against_persons" value="1"`, "Tri leta so prav.</textarea>", `value="Jana Vrabič"`)
	h.has(h.get(new+"&comments=a&comments=b&use=b"), "Dve leti.</textarea>", `value="a" checked`)
	body = h.post(new, http.StatusOK, "title", "Dve leti", "wanted", "rewrite", "text", "moje", "reasons", "Razlog.", "comments", "a", "use", "b")
	h.has(body, "Dve leti.</textarea>", "Razlog.</textarea>", "Shranjeno še ni.", `name="comments" value="a" checked`, `name="comments" value="b" checked`)
	at := h.post(new, http.StatusSeeOther, "title", "Dve leti", "wanted", "rewrite", "text", "(1) Dve leti.", "reasons", "Razlog.", "comments", "a", "comments", "b", "comments", "gone", "state", "ready")
	h.has(h.get(at), `type="hidden" name="comments" value="gone"`)
}

func TestEditor_refused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	body := h.post(h.base()+"/proposals/new?provision=art_12__para_1", http.StatusUnprocessableEntity, "title", "", "wanted", "rewrite", "text", "", "for_orgs", "veliko", "state", "ready")
	h.has(body, "f-for_orgs")
	body = h.post(h.base()+"/proposals/new?provision=art_12__para_1", http.StatusUnprocessableEntity, "title", "", "wanted", "rewrite", "text", "", "state", "ready")
	h.has(body, "Vpišite naslov.", "Napišite besedilo, kakor naj se glasi.", "Napišite obrazložitev.")
	h.who = member
	if w := h.ask(httptest.NewRequest("GET", h.base()+"/proposals/new", nil)); w.Code != http.StatusForbidden {
		t.Errorf("a member gets %d", w.Code)
	}
}

func TestRedline(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.base() + "/proposals/redline?wanted=rewrite&provision=art_12__para_1&version=" + string(h.version.ID)
	body := h.post(at, http.StatusOK, "text", ours)
	if !strings.Contains(body, "dve leti</ins>") || strings.Contains(body, "<html") {
		t.Errorf("the redline is %s", body)
	}
	one := h.propose("art_12__para_1", "Dve", "rewrite", ours)
	h.has(h.post(h.base()+"/proposals/redline?proposal="+filepath.Base(one), http.StatusOK, "text", "<b>"), "&lt;b&gt;")
}

func TestOrderAndMerge(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, b := h.propose("art_12__para_1", "Prvi", "rewrite", ours), h.propose("art_12__para_1", "Drugi", "rewrite", "(1) Eno leto.")
	h.post(b+"/move", http.StatusSeeOther, "to", "up")
	body := h.get(h.base() + "/position")
	if strings.Index(body, ">Drugi<") > strings.Index(body, ">Prvi<") {
		t.Error("the second proposal did not move up")
	}
	h.see("rows", body)
	merge := a + "/merge?with=" + filepath.Base(b)
	h.see("merge", h.get(merge))
	h.has(h.get(merge), "Eno leto", "Skupno besedilo")
	h.post(merge, http.StatusSeeOther, "text", "(1) Skupaj.")
	h.has(h.get(h.base()+"/position"), "1 umaknjen predlog")
	h.has(h.get(b), "Predlog je umaknjen.")
	h.get(a + "/withdraw")
	h.post(a+"/withdraw", http.StatusSeeOther)
}

func TestSteps(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	body := h.post(h.base()+"/position", http.StatusUnprocessableEntity, "title", "", "approve_by", "nekoč")
	h.has(body, `id="f-approve_by-e"`)
	h.propose("art_12__para_1", "Prvi", "rewrite", ours)
	h.post(h.base()+"/position", http.StatusSeeOther, "title", "Stališče", "lead", "Podpiramo.")
	for _, path := range []string{"edit", "mandate", "next", "freeze", "approve"} {
		if path == "approve" {
			h.who = ivo
		}
		h.see(path, h.get(h.base()+"/position/"+path))
	}
	body = h.post(h.base()+"/position/approve", http.StatusUnprocessableEntity)
	h.has(body, "Stališča ni mogoče potrditi brez pooblastila.")
	h.who = neza
	body = h.post(h.base()+"/position/mandate", http.StatusUnprocessableEntity, "body", "board", "for", "3", "against", "3")
	h.has(body, "Za mora biti več glasov kot proti.", "Vpišite dan odločitve.", "Vpišite pravilo")
	h.has(h.get(h.base()+"/position"), "Vpišite pooblastilo")
	h.who = member
	h.has(h.get(h.base()+"/position"), "Stališče pripravlja pisarna.", "dve leti</ins>")
}

func TestPages_english(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	link := h.full()
	h.lang = "en"
	body := h.get(link)
	h.see("frozen-en", body)
	h.has(body, "This version can no longer be changed.", `<h2 lang="sl">Dve leti`, "44 organisations")
	for _, path := range []string{"/positions", h.base() + "/position", h.base() + "/proposals/new", link + "/amendments.en.html"} {
		h.get(path)
	}
}

func TestAPI(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	body, _ := json.Marshal(map[string]any{
		"case": h.case_.ID, "version": h.version.ID, "provision": "art_12__para_1", "title": "Dve leti", "wanted": "rewrite", "text": ours, "reasons": "Ker.", "ready": true,
	})
	r := httptest.NewRequest("POST", "/api/v1/proposals", strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	w := h.ask(r)
	if w.Code != http.StatusCreated || !strings.Contains(w.Body.String(), `"cite":"12. člen, prvi odstavek"`) {
		t.Fatalf("POST answers %d %s", w.Code, w.Body)
	}
	w = h.ask(httptest.NewRequest("GET", "/api/v1/cases/"+string(h.case_.ID)+"/proposals", nil))
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"normative":["V 12. členu`) {
		t.Errorf("the list answers %d %s", w.Code, w.Body)
	}
	h.full()
	w = h.ask(httptest.NewRequest("GET", "/api/v1/positions/2026-01/1", nil))
	p, whole, err := h.desk.Whole(t.Context(), neza, "2026-01", 1)
	no(t, err)
	if w.Code != http.StatusOK || w.Body.String() != string(whole) || w.Header().Get("ETag") != `"`+p.Hash+`"` {
		t.Errorf("the frozen JSON answers %d, %s", w.Code, w.Header())
	}
	w = h.ask(httptest.NewRequest("GET", "/api/v1/positions/2026-09/1", nil))
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "positions.missing") {
		t.Errorf("a missing position answers %d %s", w.Code, w.Body)
	}
}
