package cases

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
)

// publish opens a case that anyone may read.
func publish(t *testing.T, d *Desk, title string, events ...string) Case {
	t.Helper()
	c := open(t, d, title, events...)
	ok(t, d.Publish(t.Context(), neza, c.ID, true))
	return c
}

// The newest step of each case is the last that has happened and that the
// procedure knows.
func TestDesk_public(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		a := publish(t, d, "A", "draft_published", "2026-10-29", "consultation_closes", "2026-11-30", "programme_entered", "2026-01-12")
		open(t, d, "Skrita", "draft_published", "2026-11-01")
		publish(t, d, "B")
		must[Event](t)(d.AddEvent(t.Context(), neza, Event{Case: a.ID, On: civil.On(2026, 11, 10), Note: "klic"}))
		list := must[[]Notice](t)(d.Public(t.Context(), "", morning, 10))
		var got []string
		for _, n := range list {
			got = append(got, strings.TrimSpace(n.Title+" "+string(n.Last.Key)))
		}
		same(t, "public cases", strings.Join(got, "\n"), "A draft_published\nB")
		if next := must[[]Notice](t)(d.Public(t.Context(), a.ID, morning, 1)); len(next) != 1 || next[0].Title != "B" {
			t.Errorf("after A comes %v", next)
		}
	})
}

// Days of public cases are told to anyone: what the procedure asks, and what is
// called to happen. Neither our own days, nor what has been closed.
func TestDesk_deadlines(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		days := []string{"draft_published", "2026-10-29", "consultation_closes", "2026-11-30", "ministries_asked", "2026-11-10", "to_government", "2026-12-20"}
		a := publish(t, d, "A", days...)
		open(t, d, "Skrita", days...)
		over := publish(t, d, "Končana", days...)
		ok(t, d.SetState(t.Context(), neza, over.ID, Won))
		ok(t, d.SetDeadline(t.Context(), neza, a.ID, "naš rok", civil.On(2026, 12, 1)))
		said := func(list []Deadline) string {
			var lines []string
			for _, one := range list {
				if one.Changed.IsZero() || one.ID == "" || one.Case != a.ID {
					t.Errorf("%+v is incomplete", one)
				}
				lines = append(lines, one.On.String()+" "+one.CaseIs+" "+one.Clock+string(one.Event))
			}
			return strings.Join(lines, "\n")
		}
		want := strings.Join([]string{
			"2026-11-24 A ministries_opinion", "2026-11-30 A consultation_closes", "2026-12-20 A answer_to_public", "2026-12-20 A to_government",
		}, "\n")
		same(t, "days of all", said(must[[]Deadline](t)(d.Deadlines(t.Context(), morning, 10))), want)
		f := must[File](t)(d.File(t.Context(), nobody, a.ID, morning))
		if got := said(f.Deadlines(morning)); len(strings.Split(got, "\n")) != 4 {
			t.Errorf("days of the case:\n%s", got)
		}
		if got := must[[]Deadline](t)(d.Deadlines(t.Context(), morning, 2)); len(got) != 2 {
			t.Errorf("of two at most, %d", len(got))
		}
	})
}

func TestDesk_publicHeard(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		short := []string{"draft_published", "2026-03-28", "consultation_closes", "2026-03-30"}
		publish(t, d, "Kratka", short...)
		publish(t, d, "Tudi kratka", short...)
		publish(t, d, "Prava", "draft_published", "2026-03-01", "consultation_closes", "2026-04-15")
		publish(t, d, "Lanska", "draft_published", "2025-03-01", "consultation_closes", "2025-04-15")
		open(t, d, "Skrita", short...)
		tally := must[procedure.Tally](t)(d.PublicHeard(t.Context(), 2026))
		if want := (procedure.Tally{Total: 3, Respected: 1, Violated: 2, TooShort: 2}); tally != want {
			t.Errorf("2026 is %+v", tally)
		}
	})
}
