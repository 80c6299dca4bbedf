package outcomes

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/uptake"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// Years and authorities are kept apart, and summed when asked.
func TestMemory(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		w.say(t, 0, voice.Taken, w.v2)
		must(w.Judge(ctx, clerk, Judgement{Case: w.id, Proposal: w.proposals[1].ID, Version: w.v2, Verdict: voice.Not, Body: "government"}))(t)
		w.at(civil.On(2027, 2, 1))
		w.say(t, 2, voice.Not, "") // of no text: the day of judging counts
		rows := must(w.Memory(ctx, member, 0, today))(t)
		got := func(r Row) [4]any { return [4]any{r.Year, r.Body, r.Taken, r.Not} }
		want := [][4]any{{2027, "ministry_culture", 0, 1}, {2026, "government", 0, 1}, {2026, "ministry_culture", 1, 0}}
		if len(rows) != len(want) {
			t.Fatalf("%d rows: %v", len(rows), rows)
		}
		for i := range rows {
			if got(rows[i]) != want[i] {
				t.Errorf("row %d is %v, want %v", i, got(rows[i]), want[i])
			}
		}
		if years := ByYear(rows); len(years) != 2 || years[1].Judged() != 2 || Total(rows).Judged() != 3 {
			t.Errorf("summed: %v", years)
		}
		if rows := must(w.Memory(ctx, clerk, 2027, today))(t); len(rows) != 1 {
			t.Errorf("of 2027: %v", rows)
		}
		must(w.Judge(ctx, clerk, Judgement{Case: w.id, Proposal: w.proposals[1].ID, Version: w.v2, Verdict: voice.Not}))(t)
		if rows := must(w.Memory(ctx, clerk, 2026, today))(t); Total(rows).Judged() != 2 || rows[0].Judged()+rows[1].Judged() != 2 || slices.ContainsFunc(rows, func(r Row) bool { return r.Body == "government" && r.Not != 0 }) {
			t.Errorf("another authority after all: %v", rows)
		}
	})
}

// What a person owes for a delivery can be changed until it is sent; what is sent
// for information waits for nobody.
func TestPrepare(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		d := must(w.Prepare(ctx, clerk, w.toMinistry()))(t)
		d.To, d.Clock, d.DueOn = "Vlada Republike Slovenije", "", civil.Date{}
		if d = must(w.Change(ctx, clerk, d))(t); d.DueRule != "" || d.Expects() {
			t.Errorf("changed to %+v", d)
		}
		must(w.Send(ctx, clerk, d.ID, today))(t)
		if m := must(w.CaseMemory(ctx, clerk, w.id, today.AddDays(30)))(t); m.Deliveries != 1 || m.Unanswered != 0 || m.Waited != 0 {
			t.Errorf("the numbers are %+v", m)
		}
		if c := must(w.cases.Case(ctx, clerk, w.id))(t); c.State != cases.Open {
			t.Errorf("the case is %s", c.State)
		}
		own := w.toMinistry()
		own.Clock, own.DueOn = "", civil.On(2026, 5, 1)
		d = must(w.Prepare(ctx, clerk, own))(t)
		_, err := w.Send(ctx, clerk, d.ID, today)
		refused(t, err, "outcomes.due.early")
		own.Papers = []Paper{{Kind: "letter", Lang: "sl", Format: "exe"}}
		_, err = w.Prepare(ctx, clerk, own)
		refused(t, err, "outcomes.paper.missing")
		refused(t, w.Drop(ctx, clerk, "none"), "outcomes.delivery.missing")
	})
}

// Files come back as they were handed in: papers as positions made them, proofs,
// and the letter of an answer.
func TestFiles(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		files := must(blob.NewDisk(t.TempDir()))(t)
		words := must(i18n.Load(positions.Words()))(t)
		desk := New(w.db, w.cases, positions.New(w.db, w.cases, positions.Parts{Corpus: w.corpus, Files: files, Words: words}), Parts{Corpus: w.corpus, Files: files})
		in := w.toMinistry()
		in.Papers = []Paper{{Kind: "letter", Lang: "sl", Format: "pdf"}}
		d := must(desk.Prepare(ctx, clerk, in))(t)
		if p := d.Papers[0]; p.Blob == "" || p.Size == 0 || !strings.HasSuffix(p.Name, ".pdf") {
			t.Errorf("the paper is %+v", p)
		}
		read := func(r io.ReadSeekCloser, err error) string {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			return string(must(io.ReadAll(r))(t))
		}
		_, r, err := desk.Paper(ctx, clerk, d.ID, 0)
		if got := read(r, err); !strings.HasPrefix(got, "%PDF") {
			t.Errorf("the paper reads %.10q", got)
		}
		kept := must(desk.Keep(ctx, clerk, "povratnica.txt", strings.NewReader("prevzeto")))(t)
		must(desk.Send(ctx, clerk, d.ID, today, kept))(t)
		_, r, err = desk.Proof(ctx, board, d.ID, 0)
		if got := read(r, err); got != "prevzeto" {
			t.Errorf("the proof reads %q", got)
		}
		a := must(desk.Log(ctx, clerk, Answer{Case: w.id, From: "MK", On: today, Channel: Post, Tenor: Refused, Summary: "Ne.", File: kept}))(t)
		_, r, err = desk.AnswerFile(ctx, board, a.ID)
		if got := read(r, err); got != "prevzeto" {
			t.Errorf("the letter reads %q", got)
		}
		if list := must(desk.Answers(ctx, member, w.id))(t); len(list) != 1 || list[0].File.Blob != "" {
			t.Errorf("a member sees %+v", list)
		}
		_, _, err = desk.Paper(ctx, clerk, d.ID, 1)
		refused(t, err, "outcomes.file.missing")
		_, _, err = desk.Proof(ctx, clerk, d.ID, -1)
		refused(t, err, "outcomes.file.missing")
		_, err = desk.Keep(ctx, member, "x", strings.NewReader("x"))
		if !fault.Is(err, fault.Denied) {
			t.Errorf("a member keeps a file: %v", err)
		}
	})
}

// How a case ended is told by its numbers, as far as numbers tell.
func TestEnding(t *testing.T) {
	t.Parallel()
	for want, list := range map[cases.State][]Memory{
		cases.Won:    {{Taken: 2, Partly: 1, Not: 2}, {Partly: 1}},
		cases.Lost:   {{Not: 3}, {Not: 1, Silence: 2}},
		cases.Closed: {{}, {Open: 4}, {Taken: 1, Not: 3}, {Taken: 2, Open: 2}, {Not: 1, Open: 1}},
	} {
		for _, m := range list {
			if got := m.Ending(); got != want {
				t.Errorf("%+v ended as %s, want %s", m, got, want)
			}
		}
	}
}

// A proposal is asked without the labels of its provision; numbers and dates stay.
func TestUnlabelled(t *testing.T) {
	t.Parallel()
	para := positions.Proposal{Place: []positions.Unit{{Kind: "article", Label: "12. člen"}, {Kind: "paragraph", Label: "(1)"}}}
	point := positions.Proposal{Place: []positions.Unit{{Kind: "point", Label: "2."}}}
	for _, c := range []struct {
		p          positions.Proposal
		text, want string
	}{
		{para, "(1) Najmanj dve leti.", "Najmanj dve leti."},
		{para, "(1) Ena.\n(2) Dve.\n- tri\na) štiri", "Ena.\nDve.\ntri\nštiri"},
		{point, "2. dve leti", "dve leti"},
		{para, "30. junija je rok.", "30. junija je rok."},
		{para, "12. člen\n(pogoji)\nBesedilo 12. člena.", "(pogoji)\nBesedilo 12. člena."},
	} {
		got := strings.Join(strings.Fields(strings.ReplaceAll(unlabelled(c.p, c.text), "\n", " ¶ ")), " ")
		want := strings.Join(strings.Fields(strings.ReplaceAll(c.want, "\n", " ¶ ")), " ")
		if strings.TrimPrefix(got, "¶ ") != want {
			t.Errorf("%q became %q, want %q", c.text, got, want)
		}
	}
}

// What a proposal wants becomes what is asked of the text.
func TestQuestion(t *testing.T) {
	t.Parallel()
	plain, other := source{tree: lawtext.Parse("ZAKON\no knjigi (ZKnj)\n\n1. člen\n\nBesedilo.\n")}, source{tree: lawtext.Parse("ZAKON\no spremembah Zakona o knjigi (ZKnj-A)\n\n1. člen\n\nBesedilo.\n")}
	if plain.amends() || !other.amends() {
		t.Fatal("an amending act is not told by its title")
	}
	p := positions.Proposal{Provision: "art_1", Wanted: positions.Rewrite, Draft: "staro", Text: "novo"}
	if q := question(p, plain, &plain, nil); q.ID != "art_1" || q.Before != plain.tree || q.Draft != "staro" || q.Proposed != "novo" {
		t.Errorf("of one sort: %+v", q)
	}
	if q := question(p, plain, &other, &plain); q.ID != "" || q.Before != plain.tree {
		t.Errorf("of another sort: %q, before %v", q.ID, q.Before)
	}
	if q := question(p, plain, &other, &other); q.ID != "" || q.Before != nil {
		t.Errorf("with nothing to compare: %q, before %v", q.ID, q.Before)
	}
	p.Wanted = positions.Keep
	if q := question(p, plain, &plain, nil); q.Wanted != uptake.Insert || q.Draft != "" || q.Proposed != "staro" || q.Before != nil {
		t.Errorf("to keep: %+v", q)
	}
	p.Wanted = positions.Delete
	if q := question(p, plain, &plain, nil); q.Draft != "staro" || q.Proposed != "" {
		t.Errorf("to delete: %+v", q)
	}
}

// A text that comes before there is a position, or is only the act in force, is
// not for judging; a newer text takes the place of an older one.
func TestTextAdded(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		if got := w.dues(t); strings.Count(got, "judge") != 1 {
			t.Fatalf("due: %s", got)
		}
		w.addText(t, cases.Text{Case: w.id, Version: "in-force", Role: cases.InForce})
		w.addText(t, cases.Text{Case: w.id, Version: "adopted", Role: cases.Adopted, Label: "sprejeto", On: today})
		f := must(w.cases.File(t.Context(), clerk, w.id, today))(t)
		var due []cases.Due
		for _, d := range f.Dues {
			if d.Kind == dueJudge {
				due = append(due, d)
			}
		}
		if len(due) != 1 || due[0].Arg("text") != "sprejeto" || due[0].On != today.AddDays(toJudge) {
			t.Errorf("due: %v", due)
		}
		fresh := w.open(t)
		w.addText(t, cases.Text{Case: fresh, Version: w.v2, Role: cases.Draft})
		if f := must(w.cases.File(t.Context(), clerk, fresh, today))(t); slices.ContainsFunc(f.Dues, func(d cases.Due) bool { return d.Kind == dueJudge }) {
			t.Error("a case without a position has something to judge")
		}
		_, err := w.Ledger(t.Context(), clerk, fresh, "", 0)
		refused(t, err, "outcomes.position.none")
	})
}

// The public numbers are kept for a minute, and no longer than the day.
func TestMemory_kept(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		w.publish(t)
		count := func(day civil.Date) int { return Total(must(w.Memory(ctx, nobody, 0, day))(t)).Judged() }
		if count(today) != 0 {
			t.Fatal("something is judged")
		}
		w.say(t, 0, voice.Taken, w.v2)
		if got := count(today); got != 0 {
			t.Errorf("at once: %d", got)
		}
		if got := count(today.AddDays(1)); got != 1 {
			t.Errorf("on the next day: %d", got)
		}
		w.say(t, 1, voice.Taken, w.v2)
		*w.now = w.now.Add(61 * time.Second)
		if got := count(today.AddDays(1)); got != 2 {
			t.Errorf("after a minute: %d", got)
		}
	})
}
