package outcomes

import (
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// Anyone learns what came of a public position; how its case stands only if that
// is public too.
func TestUpshots(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.send(t, civil.On(2026, 4, 3))
		w.say(t, 0, voice.Partly, w.v2)
		w.say(t, 1, voice.Not, w.v2)
		w.say(t, 1, voice.Taken, w.v2)
		ask := func() Upshot {
			return must(w.Upshots(t.Context(), []positions.Position{w.position}))(t)[w.position.ID]
		}
		if u := ask(); u.Taken != 1 || u.Partly != 1 || u.Not != 0 || u.Open != 1 || u.State != "" {
			t.Errorf("of a case that is not public: %+v", u)
		}
		if err := w.cases.Publish(t.Context(), clerk, w.id, true); err != nil {
			t.Fatal(err)
		}
		if u := ask(); u.State != cases.Waiting {
			t.Errorf("of a public case: %+v", u)
		}
	})
}

// Anyone reads to whom a public position went and what was answered to it.
func TestExchange(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		d := w.send(t, civil.On(2026, 4, 3))
		w.answer(t, d, civil.On(2026, 4, 20), Replied)
		w.answer(t, Delivery{}, civil.On(2026, 4, 21), Replied)
		if _, err := w.Exchange(t.Context(), w.id); !fault.Is(err, fault.Denied) {
			t.Errorf("of a case that is not public: %v", err)
		}
		if err := w.cases.Publish(t.Context(), clerk, w.id, true); err != nil {
			t.Fatal(err)
		}
		if e := must(w.Exchange(t.Context(), w.id))(t); len(e.Sent)+len(e.Came) != 0 {
			t.Errorf("of a position that is not public: %+v", e)
		}
		if err := w.positions.SetPublic(t.Context(), clerk, w.position.ID, true); err != nil {
			t.Fatal(err)
		}
		e := must(w.Exchange(t.Context(), w.id))(t)
		if len(e.Sent) != 1 || e.Sent[0].To != "Ministrstvo za kulturo" || e.Sent[0].Address+e.Sent[0].Note+e.Sent[0].ByIs != "" || len(e.Sent[0].Papers) != 0 {
			t.Errorf("sent: %+v", e.Sent)
		}
		if len(e.Came) != 1 || e.Came[0].On != civil.On(2026, 4, 20) || e.Came[0].ByIs != "" {
			t.Errorf("came: %+v", e.Came)
		}
	})
}
