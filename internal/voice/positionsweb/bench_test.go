package positionsweb

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// forty fills a house with a frozen position of forty proposals.
func forty(h *house) (editor, frozen string) {
	h.t.Helper()
	for i := range 40 {
		editor = h.propose("art_12__para_1", fmt.Sprintf("Predlog številka %d", i+1), "rewrite", ours)
	}
	h.post(h.base()+"/position", http.StatusSeeOther, "title", "Stališče", "lead", "Predlagamo štirideset sprememb.")
	h.decide()
	return editor, "/s/2026-01/1"
}

func BenchmarkPages(b *testing.B) {
	h := houseOn(b, storetest.SQLite(b, steps...), voices)
	editor, frozen := forty(h)
	for name, path := range map[string]string{
		"editor": editor, "frozen-forty": frozen, "position-forty": h.base() + "/position", "list": "/positions",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if w := h.ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusOK {
					b.Fatalf("%s: %d", path, w.Code)
				}
			}
		})
	}
	b.Run("documents-forty", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.desk.Documents(b.Context(), neza, "2026-01", 1, "sl"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("redline", func(b *testing.B) {
		p := positions.Proposal{Wanted: positions.Rewrite, Draft: draft, Text: ours}
		for b.Loop() {
			p.Redline()
		}
	})
}
