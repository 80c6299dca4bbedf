package consultweb

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// The API gives tallies to whoever may see the case, and names to the office.
func TestAPI(t *testing.T) {
	h := filled(t, storetest.SQLite(t, steps...)).begin()
	h.site.API(humago.New(h.mux, huma.DefaultConfig("test", "1")))
	h.goes("/a/"+h.token+"/send", "page", "p", "s1", "support", "r1", "0", "s3", "object", "t3", "premalo", "r3", "0")

	var list struct{ Consultations []consultationWire }
	if err := json.Unmarshal([]byte(h.get("/api/v1/cases/"+string(h.c.Case)+"/consultations")), &list); err != nil {
		t.Fatal(err)
	}
	if c := list.Consultations[0]; c.Answered != 1 || c.Of[2].Organisations["object"] != 1 || c.Of[2].Cite != "18. člen" {
		t.Errorf("%+v", c)
	}
	var page struct {
		Comments []commentWire
		Next     string
	}
	comments := "/api/v1/cases/" + string(h.c.Case) + "/comments"
	if err := json.Unmarshal([]byte(h.get(comments+"?limit=1")), &page); err != nil || len(page.Comments) != 1 || page.Next == "" {
		t.Fatalf("%+v, %v", page, err)
	}
	why := page.Comments[0].Why
	if err := json.Unmarshal([]byte(h.get(comments+"?limit=1&after="+page.Next)), &page); err != nil || page.Comments[0].Why+why != "premalo" {
		t.Errorf("%q and %+v, %v", why, page, err)
	}
	h.who = pia
	w := h.ask(httptest.NewRequest("GET", comments, nil))
	if w.Code != 403 || !strings.Contains(w.Body.String(), "auth.denied") || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
		t.Errorf("%d %s %s", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
}

// A form that cannot be taken comes back with what was typed, and says why.
func TestForm_wrong(t *testing.T) {
	h := filled(t, storetest.SQLite(t, steps...))
	path := "/cases/" + string(h.c.Case) + "/consultations/new?version=" + h.version
	good := map[string]string{"title": "Honorarji", "lead": "Gre za honorarje.", "opens": "17. 11. 2026", "closes": "24. 11. 2026", "audience": "all", "asked": "art_18", "title:art_18": "Honorar"}
	for _, tt := range []struct{ field, value, want string }{
		{"title", "", "Vpišite naslov."},
		{"lead", " ", "V treh stavkih povejte"},
		{"closes", "jutri", "Vpišite datum"},
		{"closes", "1. 11. 2026", "Zadnji dan je pred prvim."},
		{"remind", "kmalu", "Vpišite dneve pred koncem"},
		{"asked", "", "Izberite vsaj eno določbo."},
		{"title:art_18", "", "potrebuje kratek naslov"},
		{"audience", "field", "Izberite, koga vprašate."},
		{"audience", "single", "Izberite, koga vprašate."},
	} {
		var form []string
		for name, value := range good {
			if name != tt.field {
				form = append(form, name, value)
			}
		}
		if tt.value != "" || tt.field != "asked" {
			form = append(form, tt.field, tt.value)
		}
		w := h.post(path, form...)
		if body := w.Body.String(); w.Code != 422 || !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), tt.want) || !strings.Contains(body, "24. 11. 2026") && tt.field != "closes" && !strings.Contains(body, "24.\u00a011.\u00a02026") {
			t.Errorf("%s=%q: %d, wants %q", tt.field, tt.value, w.Code, tt.want)
		}
	}
	w := h.post(path, "audience", "single", "singles", "Pesto\nKdo ve kdo", "title", "a", "lead", "b", "opens", "17. 11. 2026", "closes", "24. 11. 2026", "asked", "art_18", "title:art_18", "c")
	if body := w.Body.String(); w.Code != 422 || !strings.Contains(body, "»Kdo ve kdo«") || !strings.Contains(body, "Pesto") {
		t.Errorf("an unknown member: %d", w.Code)
	}
	h.who = pia
	if w := h.post(path, "title", "a"); w.Code != 403 {
		t.Errorf("a member prepares: %d", w.Code)
	}
}

// Of a bill of the government the articles that it makes are asked about, and not
// those in force, which it quotes behind its reasons.
func TestForm_bill(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v, err := h.site.Law.Add(t.Context(), neza, corpus.Given{Stage: corpus.Draft, Label: "gradivo", Text: `PREDLOG ZAKONA O SPREMEMBAH ZAKONA O KULTURNEM EVRU (ZKE-A)

I. UVOD

Evrov je premalo.

II. BESEDILO ČLENOV

1. člen

V 5. členu se beseda »star« nadomesti z besedo »nov«.

III. OBRAZLOŽITEV

Predlaga se nov evro.

IV. BESEDILO ČLENOV, KI SE SPREMINJAJO

5. člen

Evro je star.
`})
		h.must(err)
		h.must(h.site.Cases.AddText(t.Context(), neza, cases.Text{Case: h.c.Case, Version: v.ID, Role: cases.Draft, Label: "gradivo", On: civil.On(2026, 11, 1)}))
		body := h.get("/cases/" + string(h.c.Case) + "/consultations/new?version=" + string(v.ID))
		if !strings.Contains(body, `value="art_1"`) || strings.Contains(body, "veljavno/") {
			t.Error("the form does not ask about the articles of the bill alone")
		}
	})
}
