package meetings

import (
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
)

// A number is given once: a vote that is taken back leaves its number to the motion,
// and one that was typed into the register from older papers is passed over.
func TestDesk_number(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.board(nil)
		m := r.plan(b, false)
		var list []Motion
		for _, title := range []string{"Prvi", "Drugi", "Tretji"} {
			list = append(list, r.move(m, title, "Besedilo."))
		}
		must(r.Bodies.AddDecision(r.ctx, clerk, bodies.Decision{Body: b.ID, Number: "UO-1/2026-3", Title: "Star", Text: "Star sklep.", On: civil.On(2026, 1, 1), Force: bodies.InForce, Open: bodies.ToMembers}))(t)
		m, _ = r.sit(m, 3)
		must(r.Establish(r.ctx, clerk, m.ID, false))(t)
		decide := func(i, yes int) Motion {
			return must(r.Decide(r.ctx, clerk, list[i].ID, bodies.Count{For: yes, Against: 3 - yes}, ""))(t)
		}
		first := decide(0, 3)
		must(r.Undo(r.ctx, clerk, list[0].ID))(t)
		if d := must(r.Bodies.Decisions(r.ctx, clerk, bodies.DecisionQuery{Meeting: m.ID}))(t); len(d) != 0 {
			t.Errorf("what was counted wrong stands: %+v", d)
		}
		if got := decide(1, 2).Number; got != "UO-1/2026-2" {
			t.Errorf("the next decision is %s", got)
		}
		if again := decide(0, 2); again.Number != first.Number || again.Number != "UO-1/2026-1" {
			t.Errorf("counted again it is %s", again.Number)
		}
		must(r.Undo(r.ctx, clerk, list[0].ID))(t) // though a later one has a number
		decide(0, 1)
		if got := decide(2, 3).Number; got != "UO-1/2026-4" {
			t.Errorf("after one that did not carry and one of older papers it is %s", got)
		}
		if m = must(r.Meeting(r.ctx, clerk, m.ID))(t); m.Given != 2 {
			t.Errorf("%d decisions stand", m.Given)
		}
		old := must(r.Bodies.History(r.ctx, clerk, bodies.DecisionSubject(first.Decision), ""))(t)
		if len(old) != 2 || old[0].Deed != "bodies.decision.void" && old[1].Deed != "bodies.decision.void" {
			t.Errorf("the book says %+v", old)
		}
	})
}
