package cases

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/engine/signal"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
)

const draft = `ZAKON O SPREMEMBAH IN DOPOLNITVAH ZAKONA O KLUBIH (ZKl-A)

EVA 2026-3340-0012
Predlagatelj: Ministrstvo za kulturo

1. člen
V Zakonu o klubih (Uradni list RS, št. 12/20) se v 3. členu črta beseda »vrata«.

2. člen
Ta zakon začne veljati naslednji dan po objavi.
`

func TestPropose(t *testing.T) {
	t.Parallel()
	pack := slovenia(t)
	for _, one := range []struct {
		name, text, want, deadline, warnings string
	}{
		{"a novela", draft, "law/ordinary ZKl-A 2026-3340-0012 ministry_culture ZKl amending", "", ""},
		{"urgent", "Predlagamo obravnavo po nujnem postopku.\n\n" + draft, "law/urgent ZKl-A 2026-3340-0012 ministry_culture ZKl amending", "", ""},
		{"a letter", "Spoštovani,\nvabimo vas k sodelovanju. Pripombe na osnutek pošljite do 24. 12. 2026.\nLep pozdrav", "other/  draft", "2026-12-24", "cases.doubt.no-title"},
		{"a day of last year", "Spoštovani,\npripombe na osnutek pošljite do 24. 12. 2025.\nLep pozdrav", "other/  draft", "2025-12-24", "cases.warn.past cases.doubt.no-title"},
	} {
		i := Intake{Raw: Raw{Text: one.text}, Signal: signal.Read(one.text)}
		p := i.Propose(pack, morning)
		got := strings.Join(strings.Fields(strings.Join([]string{string(p.Case.Kind) + "/" + string(p.Case.Variant), p.Case.Short, p.Case.EVA, p.Case.Body, p.Base, string(p.Stage)}, " ")), " ")
		same(t, one.name, got, strings.Join(strings.Fields(one.want), " "))
		same(t, one.name+", deadline", p.Deadline.String(), one.deadline)
		same(t, one.name+", warnings", strings.Join(p.Warnings, " "), one.warnings)
	}
}

func TestDeadline_withoutAYear(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		d    signal.Deadline
		want string
	}{
		{signal.Deadline{Day: 30, Month: 11, Purpose: signal.Comments}, "2026-11-30"},
		{signal.Deadline{Day: 1, Month: 2, Purpose: signal.Applications}, "2027-02-01"},
		{signal.Deadline{Day: 31, Month: 2, Purpose: signal.Comments}, ""},
		{signal.Deadline{Day: 30, Month: 11, Purpose: signal.Other}, ""},
		{signal.Deadline{Days: 30, Purpose: signal.Comments}, ""},
	} {
		same(t, "deadline", deadline([]signal.Deadline{one.d}, morning).String(), one.want)
	}
}

// Whatever bytes come in, taking them in keeps them and proposing does not fail.
func FuzzPropose(f *testing.F) {
	f.Add(draft)
	f.Add("Javni razpis JPR-2026 … rok za oddajo vlog je 31. 2. 2026")
	f.Add("\x00\xff\r\n")
	pack := slovenia(f)
	f.Fuzz(func(t *testing.T, text string) {
		i := Intake{Raw: Raw{Text: plain(text)}}
		i.Signal = signal.Read(i.Text)
		p := i.Propose(pack, morning)
		c := p.Case
		if c.Title = "x"; c.Check() != nil {
			t.Errorf("proposed a case that cannot be: %+v", c)
		}
		if strings.ContainsAny(i.Text, "\x00\r") {
			t.Error("a text that the databases do not take")
		}
	})
}

func TestDesk_intakeBecomesACase(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		base := must[corpus.Version](t)(d.parts.Corpus.Add(t.Context(), neza, corpus.Given{Short: "ZKl", Title: "Zakon o klubih", Text: "Zakon o klubih (ZKl)\n\n3. člen\nKlub ima vrata.\n"}))
		i := must[Intake](t)(d.TakeIn(t.Context(), neza, Raw{Text: draft, Source: "https://www.gov.si/zkl"}))
		if i.Signal.Short != "ZKl-A" || i.ID == "" {
			t.Errorf("taken in %+v", i)
		}
		if list := must[[]Intake](t)(d.Intakes(t.Context(), neza)); len(list) != 1 || len([]rune(list[0].Text)) > 300 {
			t.Errorf("waiting: %+v", list)
		}
		o := TextOptions{Stage: corpus.Amending, Label: "1. osnutek", On: civil.On(2026, 11, 2), Deadline: civil.On(2026, 12, 2), Base: "zkl"}
		c := must[Case](t)(d.FromIntake(t.Context(), neza, i.ID, Case{Title: "Novela ZKl", Short: "ZKl-A", Kind: procedure.Law}, o))
		if c.Act != base.Act || c.Texts != 1 || c.NextDue != civil.On(2026, 12, 2) {
			t.Errorf("the case is %+v", c)
		}
		texts := must[[]Text](t)(d.Texts(t.Context(), neza, c.ID))
		v := must[corpus.Version](t)(d.parts.Corpus.Version(t.Context(), neza, texts[0].Version))
		if v.Stage != corpus.Amending || v.Source != "https://www.gov.si/zkl" || v.Articles != 2 || v.Label != "1. osnutek" {
			t.Errorf("the version is %+v", v)
		}
		same(t, "the intake is of", string(must[Intake](t)(d.Intake(t.Context(), neza, i.ID)).Made), string(c.ID))
		for name, err := range map[string]error{
			"made twice": second(d.FromIntake(t.Context(), neza, i.ID, Case{Title: "Še ena", Kind: Other}, o)),
			"deleted":    d.DropIntake(t.Context(), neza, i.ID),
			"retyped":    second(d.Retype(t.Context(), neza, i.ID, "drugo")),
		} {
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("an intake of which a case was made is %s: %v", name, err)
			}
		}

		next := must[Intake](t)(d.TakeIn(t.Context(), neza, Raw{Text: draft + "\n3. člen\nDodano.\n", For: c.ID}))
		c = must[Case](t)(d.AddFromIntake(t.Context(), neza, next.ID, c.ID, TextOptions{Role: Adopted, Stage: corpus.Adopted, On: civil.On(2026, 11, 16)}))
		f := must[File](t)(d.File(t.Context(), neza, c.ID, morning))
		if c.Texts != 2 || f.Events[1].Key != Gazette {
			t.Errorf("adopted: %+v", f.Events)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// If the deed fails nothing of it is there, and the intake waits on.
func TestDesk_intakeAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		i := must[Intake](t)(d.TakeIn(t.Context(), neza, Raw{Text: draft}))
		if _, err := d.FromIntake(t.Context(), neza, i.ID, Case{Title: "X", Kind: procedure.Law}, TextOptions{Stage: "nekaj"}); !fault.Is(err, fault.Invalid) {
			t.Fatalf("an unknown stage: %v", err)
		}
		if list := must[[]Case](t)(d.List(t.Context(), neza, Query{})); len(list) != 0 {
			t.Errorf("a case was left over: %+v", list)
		}
		if now := must[Intake](t)(d.Intake(t.Context(), neza, i.ID)); now.Made != "" || now.Text != draft {
			t.Errorf("the intake is %+v", now)
		}
		if _, err := d.TakeIn(t.Context(), member, Raw{Text: draft}); !fault.Is(err, fault.Denied) {
			t.Errorf("a member hands a text in: %v", err)
		}
	})
}

// A file that nobody can read is kept, becomes a case without a text, or is typed.
func TestDesk_intakeWithoutText(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		scan := Raw{Name: "scan.pdf", Blob: strings.Repeat("ab", 32), Problem: "reader.scanned"}
		i := must[Intake](t)(d.TakeIn(t.Context(), neza, scan))
		c := must[Case](t)(d.FromIntake(t.Context(), neza, i.ID, Case{Title: "Odlok", Kind: Other}, TextOptions{Deadline: civil.On(2026, 12, 1)}))
		if c.Texts != 0 {
			t.Errorf("a text of nothing: %+v", c)
		}
		i = must[Intake](t)(d.TakeIn(t.Context(), neza, scan))
		if _, err := d.Retype(t.Context(), neza, i.ID, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("nothing was typed: %v", err)
		}
		typed := must[Intake](t)(d.Retype(t.Context(), neza, i.ID, draft))
		if again := must[Intake](t)(d.Intake(t.Context(), neza, i.ID)); again.Problem != "" || again.Blob != scan.Blob || again.Signal.Short != typed.Signal.Short || again.Text != draft {
			t.Errorf("typed: %+v", again)
		}
		ok(t, d.DropIntake(t.Context(), neza, i.ID))
		if err := d.DropIntake(t.Context(), neza, i.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("deleted twice: %v", err)
		}
	})
}

func TestDesk_index(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		p := d.parts
		p.Search = search.New(d.db)
		d = d.With(p)
		found := func(by auth.Actor) (titles string) {
			for _, h := range must[search.Page](t)(p.Search.Find(t.Context(), by, search.Query{Kind: "case"})).Hits {
				titles += h.Title[0].Text + "\n"
			}
			return titles
		}
		c := must[Case](t)(d.Open(t.Context(), neza, Case{Title: "Novela", Short: "ZKl-A", Kind: procedure.Law}))
		same(t, "found by us", found(neza), "2026/001 Novela (ZKl-A)\n")
		same(t, "found by a passer-by", found(auth.Actor{}), "")
		ok(t, d.Publish(t.Context(), neza, c.ID, true))
		same(t, "found when public", found(auth.Actor{}), "2026/001 Novela (ZKl-A)\n")
	})
}
