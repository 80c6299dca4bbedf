package cases

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// events reads "key day, key day".
func events(t testing.TB, s string) (list []Event) {
	t.Helper()
	for i, one := range strings.Split(s, ", ") {
		key, on, found := strings.Cut(one, " ")
		if found {
			list = append(list, Event{ID: fmt.Sprint(i), Key: procedure.Event(key), On: must[civil.Date](t)(civil.Parse(on))})
		}
	}
	return list
}

func TestFile_clockDues(t *testing.T) {
	t.Parallel()
	pack := slovenia(t)
	for _, one := range []struct {
		name, kind, events, today, dues, next string
	}{
		{"nothing has happened", "law/ordinary", "", "2026-11-17", "", ""},
		{"a draft is out", "law/ordinary", "draft_published 2026-10-29, consultation_closes 2026-11-30", "2026-11-17",
			"dues.clock our_comments 2026-11-30 neza", "our_comments 2026-11-30"},
		{"we have answered", "law/ordinary", "draft_published 2026-10-29, consultation_closes 2026-11-30, comments_sent 2026-11-16", "2026-11-17", "", ""},
		{"we are late", "law/ordinary", "draft_published 2026-10-01, consultation_closes 2026-11-10", "2026-11-17",
			"dues.clock our_comments 2026-11-10 neza", ""},
		{"an answer is owed to us", "law/ordinary", "draft_published 2026-10-01, consultation_closes 2026-11-10, comments_sent 2026-11-09, to_government 2026-11-15", "2026-11-17",
			"dues.clock.wait answer_to_public 2026-11-15 neza", ""},
		{"before a session", "law/ordinary", "filed 2026-10-05, sent_to_deputies 2026-10-07, first_reading_done 2026-10-22, committee_session 2026-12-08", "2026-11-30",
			"dues.clock.wait general_debate 2026-10-07 neza\ndues.clock.ahead committee_amendments 2026-12-03 neza\ndues.clock.ahead committee_counter 2026-12-07 neza", "committee_amendments 2026-12-03"},
		{"after the session nothing can be filed", "law/ordinary", "first_reading_done 2026-10-22, committee_session 2026-12-08", "2026-12-20", "", ""},
		{"a call", "call/ranked", "call_published 2026-10-24, call_closes 2026-12-09", "2026-11-17", "dues.clock application 2026-12-09 neza", "application 2026-12-09"},
		{"a new round", "law/ordinary", "draft_published 2026-03-03, consultation_closes 2026-04-05, comments_sent 2026-04-02, answered 2026-06-18, draft_published 2026-10-29", "2026-11-17", "", ""},
		{"another kind has no procedure", "other/", "draft_published 2026-10-29", "2026-11-17", "", ""},
	} {
		kind, variant, _ := strings.Cut(one.kind, "/")
		c := Case{ID: "2026-001", Kind: procedure.Kind(kind), Variant: procedure.Variant(variant), State: Open, Owner: neza.User}
		f := fileOf(pack, c, events(t, one.events), must[civil.Date](t)(civil.Parse(one.today)))
		same(t, one.name, said(f.clockDues()), one.dues)
		key, _, on, _ := f.next()
		same(t, one.name+", next", strings.TrimSpace(key+" "+on.String()), one.next)

		f.State = Lost
		if key, _, _, _ := f.next(); key != "" || len(f.clockDues()) != 0 {
			t.Errorf("%s: a case that is over still has clocks", one.name)
		}
	}
}

func TestFile_rounds(t *testing.T) {
	t.Parallel()
	pack := slovenia(t)
	c := Case{Kind: procedure.Law, Variant: procedure.Ordinary, State: Open}
	for _, one := range []struct{ events, want string }{
		{"draft_published 2026-10-29, consultation_closes 2026-11-30", ""},
		{"draft_published 2026-03-03, consultation_closes 2026-04-05, draft_published 2026-10-29, consultation_closes 2026-11-30", "2026-03-03–2026-04-05"},
		{"draft_published 2026-03-03, draft_published 2026-10-29, consultation_closes 2026-11-30", "2026-03-03–"},
		{"draft_published 2026-03-03, consultation_closes 2026-04-05, draft_published 2026-03-20, consultation_closes 2026-04-20", "2026-03-03–2026-04-05"},
	} {
		f := fileOf(pack, c, events(t, one.events), morning)
		var got []string
		for _, r := range f.Rounds {
			got = append(got, r.From.String()+"–"+r.Until.String())
		}
		same(t, one.events, strings.Join(got, " "), one.want)
	}
}

func TestFile_heard(t *testing.T) {
	t.Parallel()
	pack := slovenia(t)
	for _, one := range []struct {
		name, events string
		c            Case
		want         procedure.Class
		on           string
	}{
		{"nothing is known", "", Case{}, "", ""},
		{"two days", "draft_published 2026-03-28, consultation_closes 2026-03-30", Case{}, procedure.TooShort, "2026-03-28"},
		{"thirty days", "draft_published 2026-03-01, consultation_closes 2026-03-31", Case{}, procedure.Respected, "2026-03-01"},
		{"never put out", "to_government 2026-03-01", Case{}, procedure.NotPutOut, "2026-03-01"},
		{"no deadline", "draft_published 2026-03-01", Case{}, procedure.NoDeadline, "2026-03-01"},
		{"still runs", "draft_published 2026-11-01, consultation_closes 2026-12-15", Case{}, procedure.Pending, "2026-11-01"},
		{"proposed by deputies", "filed 2026-03-01", Case{Body: "deputies"}, procedure.NotCounted, "2026-03-01"},
		{"an exemption was found", "draft_published 2026-03-28, consultation_closes 2026-03-30", Case{Claimed: "immediate"}, procedure.NotCounted, "2026-03-28"},
		{"ruled by a person", "draft_published 2026-03-28, consultation_closes 2026-03-30", Case{Ruled: procedure.Override{Class: procedure.Respected}}, procedure.Respected, "2026-03-28"},
	} {
		one.c.Kind, one.c.Variant = procedure.Law, procedure.Ordinary
		f := fileOf(pack, one.c, events(t, one.events), morning)
		if f.Breach != one.want || f.BreachOn.String() != one.on {
			t.Errorf("%s: %q on %v, want %q on %s", one.name, f.Breach, f.BreachOn, one.want, one.on)
		}
	}
}

// Whatever is noted in whatever order: each due has its own ID, waits not from
// tomorrow on, and the next clock is not in the past.
func TestFile_properties(t *testing.T) {
	t.Parallel()
	pack := slovenia(t)
	var keys []procedure.Event
	for _, p := range pack.Procedures {
		for _, phase := range p.Phases {
			for _, c := range phase.Clocks {
				keys = append(keys, c.Starts, c.Stops)
			}
			keys = append(keys, phase.Begins, phase.Ends)
		}
	}
	keys = slices.DeleteFunc(keys, func(e procedure.Event) bool { return e == "" })
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(pack.Procedures).Draw(t, "procedure")
		var list []Event
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			list = append(list, Event{ID: fmt.Sprint(i), Key: rapid.SampledFrom(keys).Draw(t, "key"), On: morning.AddDays(rapid.IntRange(-200, 200).Draw(t, "day"))})
		}
		c := Case{ID: "2026-001", Kind: p.Kind, Variant: p.Variant, State: Open}
		f := fileOf(pack, c, list, morning)
		slices.Reverse(list)
		again := fileOf(pack, c, list, morning)
		if said(f.clockDues()) != said(again.clockDues()) {
			t.Fatalf("the order in which events are read matters: %v", list)
		}
		seen := map[string]bool{}
		for _, d := range f.clockDues() {
			if seen[d.ID] || d.On.IsZero() || d.Waiting && d.On.After(morning) {
				t.Fatalf("a due is %+v", d)
			}
			seen[d.ID] = true
		}
		if _, _, on, _ := f.next(); on.Before(morning) && !on.IsZero() {
			t.Fatalf("the next clock ended on %v", on)
		}
	})
}

func TestDesk_eventsMoveTheClocks(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		c := open(t, d, "Novela", "draft_published", "2026-10-29")
		closes := note(t, d, c, ConsultationCloses, "2026-11-30")
		now := must[Case](t)(d.Case(t.Context(), neza, c.ID))
		if now.NextKey != "our_comments" || now.NextDue != civil.On(2026, 11, 30) || now.NextForce != procedure.Own || now.Breach != procedure.Pending {
			t.Errorf("the row says %+v", now)
		}
		// Prolonged: the same event on another day, and the same due.
		closes.On = civil.On(2026, 12, 14)
		must[Event](t)(d.AddEvent(t.Context(), neza, closes))
		f := must[File](t)(d.File(t.Context(), neza, c.ID, morning))
		same(t, "dues", said(f.Dues), "dues.clock our_comments 2026-12-14 neza")
		if len(f.Events) != 2 || f.NextDue != civil.On(2026, 12, 14) {
			t.Errorf("the file is %+v", f)
		}
		note(t, d, c, CommentsSent, "2026-11-17")
		if f = must[File](t)(d.File(t.Context(), neza, c.ID, morning)); len(f.Dues) != 0 || !f.NextDue.IsZero() {
			t.Errorf("the clock is met, and there is %s", said(f.Dues))
		}
		for _, e := range f.Events {
			ok(t, d.DropEvent(t.Context(), neza, c.ID, e.ID))
		}
		if f = must[File](t)(d.File(t.Context(), neza, c.ID, morning)); len(f.Events) != 0 || f.Breach != "" {
			t.Errorf("without events the file is %+v", f)
		}
		if _, err := d.AddEvent(t.Context(), member, closes); !fault.Is(err, fault.Denied) {
			t.Errorf("a member notes an event: %v", err)
		}
		if _, err := d.AddEvent(t.Context(), neza, closes); !fault.Is(err, fault.Missing) {
			t.Errorf("a deleted event is corrected: %v", err)
		}
	})
}

func TestDesk_refreshAtNight(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		c := open(t, d, "Novela", "draft_published", "2026-10-29", "consultation_closes", "2026-11-30")
		over := open(t, d, "Končana", "draft_published", "2026-10-29", "consultation_closes", "2026-11-30")
		ok(t, d.SetState(t.Context(), neza, over.ID, Won))
		for range 120 { // more than one batch
			open(t, d, "Druga")
		}
		ok(t, d.Refresh(t.Context(), civil.On(2026, 12, 5)))
		now := must[Case](t)(d.Case(t.Context(), neza, c.ID))
		if !now.NextDue.IsZero() || now.Breach != procedure.Respected || now.Revision != c.Revision || now.Changed != c.Changed {
			t.Errorf("in December the row says %+v", now)
		}
		today := must[Today](t)(d.Today(t.Context(), neza, civil.On(2026, 12, 5), false))
		same(t, "late", said(today.Overdue), "dues.clock our_comments 2026-11-30 neza")
	})
}

func TestDesk_heardInAYear(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		short := open(t, d, "Kratka", "draft_published", "2026-03-28", "consultation_closes", "2026-03-30")
		open(t, d, "Prava", "draft_published", "2026-03-01", "consultation_closes", "2026-04-15")
		open(t, d, "Lanska", "to_government", "2025-05-05")
		tally := must[procedure.Tally](t)(d.Heard(t.Context(), neza, 2026))
		if want := (procedure.Tally{Total: 2, Respected: 1, Violated: 1, TooShort: 1}); tally != want {
			t.Errorf("2026 is %+v", tally)
		}
		if err := d.Rule(t.Context(), neza, short.ID, procedure.Respected, " "); fault.Of(err) == nil || fault.Of(err).Field != "reason" {
			t.Errorf("a judgement without a reason: %v", err)
		}
		ok(t, d.Rule(t.Context(), neza, short.ID, procedure.NotCounted, "Velja odlok."))
		all := must[procedure.Tally](t)(d.Heard(t.Context(), neza, 0))
		if want := (procedure.Tally{Total: 2, Respected: 1, Violated: 1, NotPutOut: 1, NotCounted: 1}); all != want || all.Check() != nil {
			t.Errorf("all years are %+v", all)
		}
		f := must[File](t)(d.File(t.Context(), neza, short.ID, morning))
		if f.Breach != procedure.NotCounted || f.Finding.Class != procedure.TooShort || f.Ruled.By != neza.Name || f.Ruled.On != morning {
			t.Errorf("the file says %+v", f.Ruled)
		}
		lines := must[[]string](t)(func() ([]string, error) {
			list, err := d.History(t.Context(), neza, short.ID, "")
			return []string{list[0].Said()}, err
		}())
		same(t, "the book", lines[0], "before: too_short · class: not_counted · reason: Velja odlok.")
		ok(t, d.Rule(t.Context(), neza, short.ID, "", ""))
		if f = must[File](t)(d.File(t.Context(), neza, short.ID, morning)); f.Breach != procedure.TooShort {
			t.Errorf("taken back, yet %q", f.Breach)
		}
	})
}
