package positionsweb

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// A mandate is taken from the decision of the case, with its number, and not typed
// again. Decisions on other cases, and repealed ones, are not offered.
func TestMandate_decision(t *testing.T) {
	h := newHouse(t)
	b, err := h.bodies.AddBody(t.Context(), neza, bodies.Body{Kind: bodies.Board, Name: "Upravni odbor", Prefix: "UO", Rule: bodies.Law(bodies.Board)})
	no(t, err)
	d := bodies.Decision{Number: "UO-7/2026-3", Body: b.ID, Title: "Mandat za ZPNK", Text: "Odbor potrdi stališče.", On: civil.On(2026, 11, 20), Count: bodies.Count{For: 6, Against: 1}, Cite: "Statut, 31. člen", Force: bodies.InForce, Open: bodies.ToMembers, Case: string(h.case_.ID)}
	made, err := h.bodies.AddDecision(t.Context(), neza, d)
	no(t, err)
	d.Number, d.Case, d.Title = "UO-7/2026-4", "2025-001", "O drugem"
	_, err = h.bodies.AddDecision(t.Context(), neza, d)
	no(t, err)
	d.Number, d.Case, d.Title, d.Force, d.By = "UO-6/2026-1", string(h.case_.ID), "Preklicano", bodies.Repealed, "UO-7/2026-3"
	_, err = h.bodies.AddDecision(t.Context(), neza, d)
	no(t, err)
	p, err := h.desk.Begin(t.Context(), neza, positions.Position{Case: h.case_.ID, Title: "Stališče", Lead: "Podpiramo."})
	no(t, err)
	page := h.get(at(h.case_.ID, "/mandate"))
	if !strings.Contains(page, "UO-7/2026-3 Mandat za ZPNK") || strings.Contains(page, "O drugem") || strings.Contains(page, "Preklicano") {
		t.Errorf("the form offers %s", page)
	}
	h.post(at(h.case_.ID, "/mandate"), http.StatusSeeOther, "decision", string(made.ID), "revision", strconv.Itoa(p.Revision), "note", "Soglasno.")
	p, err = h.desk.Current(t.Context(), neza, h.case_.ID)
	no(t, err)
	want := positions.Mandate{Body: positions.Board, On: d.On, Rule: "Statut, 31. člen", For: 6, Against: 1, Note: "Soglasno.", Decision: string(made.ID), Number: "UO-7/2026-3"}
	if p.Mandate != want {
		t.Errorf("the mandate is %+v", p.Mandate)
	}
	if page := h.get(at(h.case_.ID, "")); !strings.Contains(page, `href="/decisions/`+string(made.ID)) {
		t.Error("the position does not lead to its decision")
	}
}
