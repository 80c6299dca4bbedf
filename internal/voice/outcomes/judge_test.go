package outcomes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// numbers are those of the case, of the house and of the case's row: "taken partly
// not silence figure · taken partly".
func (w world) numbers(t testing.TB) string {
	t.Helper()
	day := civil.Of(*w.now, time.UTC)
	m := must(w.CaseMemory(t.Context(), clerk, w.id, day))(t)
	all := Total(must(w.Memory(t.Context(), clerk, 0, day))(t))
	if all.Open = m.Open; all != m {
		t.Errorf("the house has %+v, the case %+v", all, m)
	}
	c := must(w.cases.Case(t.Context(), clerk, w.id))(t)
	return fmt.Sprint(m.Taken, m.Partly, m.Not, m.Silence, m.WithFigure, " · ", c.Taken, c.Partly)
}

// A person's verdict counts once, whatever was judged before, and what the program
// had suggested stays beside it.
func TestJudge(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		j := w.say(t, 0, voice.Taken, w.v2)
		if j.Suggested != voice.Partly || j.ByIs != clerk.Name || j.On != today || j.TextIs != "2. osnutek" || j.Body != "ministry_culture" {
			t.Errorf("kept %+v", j)
		}
		for _, step := range []struct {
			i       int
			verdict voice.Verdict
			version law.VersionID
			want    string
		}{
			{0, voice.Partly, w.v2, "0 1 0 0 0 · 0 1"},
			{0, voice.Not, "", "0 1 0 0 0 · 0 1"}, // an answer does not count beside a text
			{1, voice.Not, "", "0 1 1 0 0 · 0 1"},
			{1, voice.Taken, w.v2, "1 1 0 0 1 · 1 1"},
			{1, voice.Not, w.v1, "1 1 0 0 1 · 1 1"}, // the older text counts no more
			{2, voice.Not, w.v2, "1 1 1 0 1 · 1 1"},
			{0, voice.Taken, w.v2, "2 0 1 0 1 · 2 0"},
		} {
			w.say(t, step.i, step.verdict, step.version)
			if got := w.numbers(t); got != step.want {
				t.Errorf("after %d %s: %s, want %s", step.i, step.verdict, got, step.want)
			}
		}
		l := must(w.Ledger(t.Context(), member, w.id, "", 0))(t)
		if l.Taken != 2 || l.Not != 1 || len(l.Lines[0].Earlier) != 3 || l.Lines[0].Verdict != voice.Taken {
			t.Errorf("the ledger is %+v", l)
		}
		if strings.Contains(w.dues(t), "judge") {
			t.Error("the judging of the second draft is still due")
		}
		if l.Ending() != cases.Won {
			t.Errorf("it would end as %s", l.Ending())
		}
		if err := errors.Join(w.cases.Publish(t.Context(), clerk, w.id, true), w.positions.SetPublic(t.Context(), clerk, w.position.ID, true)); err != nil {
			t.Fatal(err)
		}
		w.say(t, 0, voice.Taken, w.v2)
		if got := w.found(t, member, "uptake"); !slices.Contains(got, "uptake/"+string(w.proposals[0].ID)) {
			t.Errorf("a member finds %v", got)
		}
		if got := w.found(t, auth.Actor{}, "uptake"); len(got) > 0 {
			t.Errorf("a passer-by finds %v, which nobody would take back", got)
		}
	})
}

// A verdict that says that something was taken up needs its proof: a passage of
// the text, or words.
func TestJudge_proof(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		in := Judgement{Case: w.id, Proposal: w.proposals[0].ID, Version: w.v2, Verdict: voice.Taken}
		_, err := w.Judge(t.Context(), clerk, in)
		refused(t, err, "outcomes.proof.missing")
		in.Passage = "art_99"
		_, err = w.Judge(t.Context(), clerk, in)
		refused(t, err, "outcomes.passage.missing")
		in.Passage = "art_27"
		j := must(w.Judge(t.Context(), clerk, in))(t)
		if j.PassageIs != "27. člen" || !strings.Contains(j.Text, "strokovne komisije") || len(j.Marks) != 0 {
			t.Errorf("a provision of its own choice: %+v", j)
		}
		in.Passage = "art_12__para_1"
		if j = must(w.Judge(t.Context(), clerk, in))(t); len(j.Marks) == 0 {
			t.Error("the suggested passage has lost its marks")
		}
		in.Verdict = "won"
		_, err = w.Judge(t.Context(), clerk, in)
		refused(t, err, "outcomes.verdict.unknown")
		in.Proposal = "none"
		_, err = w.Judge(t.Context(), clerk, in)
		refused(t, err, "outcomes.proposal.missing")
	})
}

// Silence is stated on what nobody has judged, once something was sent.
func TestJudgeSilence(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.say(t, 1, voice.Taken, w.v2)
		_, err := w.JudgeSilence(t.Context(), clerk, w.id, "", "")
		refused(t, err, "outcomes.silence.not_sent")
		w.send(t, civil.On(2026, 4, 3))
		if list := must(w.JudgeSilence(t.Context(), clerk, w.id, "", "Vprašali smo dvakrat."))(t); len(list) != 2 {
			t.Errorf("stated %d", len(list))
		}
		if got := w.numbers(t); got != "1 0 0 2 1 · 1 0" {
			t.Errorf("the numbers are %s", got)
		}
		w.say(t, 0, voice.Partly, w.v2) // an answer came after all
		if got := w.numbers(t); got != "1 1 0 1 1 · 1 1" {
			t.Errorf("the numbers are %s", got)
		}
	})
}

// Only what is clear is accepted, and only what the person named.
func TestAccept(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		clear := func(want int) {
			t.Helper()
			if list := must(w.Clear(t.Context(), clerk, w.id, w.v2))(t); len(list) != want {
				t.Errorf("%d are clear, want %d", len(list), want)
			}
		}
		clear(2) // what is not taken up may be silence
		w.answer(t, w.send(t, civil.On(2026, 4, 3)), civil.On(2026, 5, 20), NewText)
		clear(3)
		must(w.Accept(t.Context(), clerk, w.id, w.v2, w.proposals[0].ID, w.proposals[1].ID))(t)
		if got := w.numbers(t); got != "1 1 0 0 1 · 1 1" {
			t.Errorf("the numbers are %s", got)
		}
		clear(1)
	})
}

// Whatever is judged in whatever order, the numbers are those of the judgements
// that count.
func TestNumbers_any(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t, steps()...))
	w.send(t, civil.On(2026, 4, 3))
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 5).Draw(rt, "steps") {
			w.say(t, rapid.IntRange(0, 2).Draw(rt, "proposal"), rapid.SampledFrom(voice.Verdicts()).Draw(rt, "verdict"),
				rapid.SampledFrom([]law.VersionID{"", w.v1, w.v2}).Draw(rt, "text"))
		}
		l := must(w.Ledger(t.Context(), clerk, w.id, "", 0))(t)
		want := fmt.Sprint(l.Taken, l.Partly, l.Not, l.Silence, l.WithFigure, " · ", l.Taken, l.Partly)
		if got := w.numbers(t); got != want {
			rt.Fatalf("the numbers are %s, the ledger says %s", got, want)
		}
	})
}

// Of many who judge at once, each counts once.
func TestJudge_race(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		var all sync.WaitGroup
		for i := range 12 {
			all.Go(func() {
				v := voice.Verdicts()[i%3]
				_, err := w.Judge(t.Context(), clerk, Judgement{Case: w.id, Proposal: w.proposals[i%3].ID, Version: w.v2, Verdict: v, Note: "Ker."})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := w.numbers(t); got != "1 1 1 0 1 · 1 1" {
			t.Errorf("the numbers are %s", got)
		}
	})
}

// The office works; members see what was sent and the ledger, and neither
// addresses nor proofs; passers-by see what is public.
func TestRights(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		d := w.send(t, civil.On(2026, 4, 3))
		must(w.Prepare(ctx, clerk, w.toMinistry()))(t)
		kept := must(w.Keep(ctx, clerk, "povratnica.pdf", strings.NewReader("%PDF-1.7")))(t)
		if err := w.AddProof(ctx, clerk, d.ID, kept); err != nil {
			t.Fatal(err)
		}
		a := w.answer(t, d, civil.On(2026, 4, 10), Replied)
		list := must(w.Deliveries(ctx, member, w.id))(t)
		if len(list) != 1 || list[0].Address != "" || len(list[0].Proofs) != 0 {
			t.Errorf("a member sees %+v", list)
		}
		if list := must(w.Deliveries(ctx, board, w.id))(t); len(list) != 2 || list[1].Address == "" {
			t.Errorf("the board sees %+v", list)
		}
		denied := func(what string, err error) {
			t.Helper()
			if !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, _, err := w.Proof(ctx, member, d.ID, 0)
		denied("a proof by a member", err)
		if got := must(w.Delivery(ctx, member, d.ID))(t); got.Address != "" || len(got.Proofs) != 0 || got.To == "" {
			t.Errorf("a member reads %+v", got)
		}
		_, err = w.Delivery(ctx, member, must(w.Prepare(ctx, clerk, w.toMinistry()))(t).ID)
		denied("what is prepared by a member", err)
		_, _, err = w.AnswerFile(ctx, member, a.ID)
		denied("a letter by a member", err)
		_, err = w.Judge(ctx, board, Judgement{Case: w.id, Proposal: w.proposals[0].ID, Verdict: voice.Not})
		denied("judging by the board", err)
		_, err = w.Ledger(ctx, nobody, w.id, "", 0)
		denied("the ledger by a passer-by", err)
		_, err = w.Suggest(ctx, member, w.id, w.v2)
		denied("suggestions to a member", err)
		_, err = w.Log(ctx, member, Answer{})
		denied("logging by a member", err)
		w.say(t, 0, voice.Not, w.v2)
		if rows := must(w.Memory(ctx, nobody, 0, today))(t); len(rows) != 0 {
			t.Errorf("a passer-by sees %v", rows)
		}
		w.publish(t)
		*w.now = w.now.Add(2 * time.Minute)
		if rows := must(w.Memory(ctx, nobody, 2026, today))(t); len(rows) != 1 || rows[0].Not != 1 || rows[0].Waited != 7 {
			t.Errorf("of a public case a passer-by sees %v", rows)
		}
		if l := must(w.Ledger(ctx, nobody, w.id, "", 0))(t); l.Not != 1 || l.Lines[0].ByIs != "" {
			t.Errorf("the public ledger is %+v", l)
		}
		_, err = w.Answers(ctx, nobody, w.id)
		denied("answers to a passer-by", err)
	})
}

// publish makes the case and its position public.
func (w world) publish(t testing.TB) {
	t.Helper()
	if err := w.cases.Publish(t.Context(), clerk, w.id, true); err != nil {
		t.Fatal(err)
	}
	if err := w.positions.SetPublic(t.Context(), clerk, w.position.ID, true); err != nil {
		t.Fatal(err)
	}
}

// What cannot be, is refused with a word for it.
func TestRefused(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		in := w.toMinistry()
		in.To, in.Channel = "", "pigeon"
		_, err := w.Prepare(ctx, clerk, in)
		refused(t, err, "outcomes.to.empty")
		in = w.toMinistry()
		in.Version = 7
		_, err = w.Prepare(ctx, clerk, in)
		if !fault.Is(err, fault.Missing) {
			t.Errorf("a version that is not there: %v", err)
		}
		in = w.toMinistry()
		in.Clock = "eternity"
		_, err = w.Prepare(ctx, clerk, in)
		refused(t, err, "outcomes.clock.unknown")
		in = w.toMinistry()
		in.Case = w.open(t)
		_, err = w.Prepare(ctx, clerk, in)
		refused(t, err, "outcomes.position.other")

		d := must(w.Prepare(ctx, clerk, w.toMinistry()))(t)
		_, err = w.Send(ctx, clerk, d.ID, civil.On(2026, 6, 2))
		refused(t, err, "outcomes.on.future")
		_, err = w.Send(ctx, clerk, d.ID, civil.On(2026, 3, 30))
		refused(t, err, "outcomes.on.before_frozen")
		_, err = w.Log(ctx, clerk, Answer{Case: w.id, Delivery: d.ID, From: "MK", On: today, Channel: Mail, Tenor: Replied, Summary: "Ne."})
		refused(t, err, "outcomes.delivery.other")
		refused(t, w.AddProof(ctx, clerk, d.ID, File{}), "outcomes.delivery.not_sent")
		if err := w.Drop(ctx, clerk, d.ID); err != nil {
			t.Error(err)
		}
		_, err = w.Keep(ctx, clerk, "prazno", strings.NewReader(""))
		refused(t, err, "outcomes.file.empty")
		_, err = w.Log(ctx, clerk, Answer{Case: w.id})
		refused(t, err, "outcomes.from.empty")
	})
}

// The rule that binds depends on who is asked.
func TestClocks(t *testing.T) {
	t.Parallel()
	pack := must(si.Pack())(t)
	for body, want := range map[string]string{
		"government": "government_letter", "ministry_culture": "authority_letter", "ministries": "authority_letter", "national_assembly": "own_letter", "": "own_letter",
	} {
		if got := Clocks(pack, body); len(got) < 3 || got[0].Key != want {
			t.Errorf("%q: %v, want %s first", body, got, want)
		}
	}
}

// A delivery waits only if an answer is expected.
func TestWaited(t *testing.T) {
	t.Parallel()
	sent, due := civil.On(2026, 4, 3), civil.On(2026, 4, 18)
	for name, c := range map[string]struct {
		d     Delivery
		want  int
		waits bool
	}{
		"being prepared":  {Delivery{DueOn: due}, 0, false},
		"for information": {Delivery{SentOn: sent}, 0, false},
		"waits":           {Delivery{SentOn: sent, DueOn: due}, 59, true},
		"answered":        {Delivery{SentOn: sent, DueOn: due, Answered: civil.On(2026, 4, 10)}, 7, false},
		"the same day":    {Delivery{SentOn: sent, DueOn: due, Answered: sent}, 0, false},
	} {
		if got := c.d.Waited(today); got != c.want || c.d.Waits() != c.waits {
			t.Errorf("%s: %d, %t", name, got, c.d.Waits())
		}
	}
}

// An amending act's article is judged on the consolidated act by its content: the
// addresses of one are not those of the other.
func TestSuggest_otherSort(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		amending := must(w.corpus.Add(ctx, clerk, corpus.Given{Stage: corpus.Draft, Label: "osnutek novele", Text: `ZAKON
o spremembah in dopolnitvah Zakona o podpori neodvisni kulturi (ZPNK-A)

1. člen

V Zakonu o podpori neodvisni kulturi se prvi odstavek 23. člena spremeni tako, da se glasi:
»Ministrstvo izplača prvi obrok podpore po podpisu pogodbe.«.

2. člen

Ta zakon začne veljati petnajsti dan po objavi.
`}))(t)
		id := w.open(t, cases.Text{Version: amending.ID, Role: cases.Draft, Label: "osnutek novele"}, cases.Text{Version: w.v2, Role: cases.Adopted, Label: "prečiščeno besedilo"})
		provisions := must(w.corpus.Articles(ctx, clerk, amending.ID))(t)
		w.v1 = amending.ID
		w.freeze(t, id, []positions.Proposal{{
			Provision: provisions[0].ID, Title: "Prvi obrok v 30 dneh", Wanted: positions.Rewrite,
			Text: "1. člen\n\nV Zakonu o podpori neodvisni kulturi se prvi odstavek 23. člena spremeni tako, da se glasi:\n»Ministrstvo izplača prvi obrok podpore najpozneje v 30 dneh po podpisu pogodbe.«.",
		}})
		s := must(w.Suggest(ctx, clerk, id, w.v2))(t)[0]
		if s.Suggested != voice.Taken || !strings.HasPrefix(s.Passage, "art_23") {
			t.Errorf("suggested %q at %q: %v", s.Suggested, s.Passage, s.Reasons)
		}
	})
}

// On a real amendment: proposals of our own invention to the act as it was, judged
// on the act as it became.
func TestSuggest_real(t *testing.T) {
	t.Parallel()
	dir := realtexts.Path(t, "law", "triples", "sl", "ZOZKD-B__ZAKO4264")
	before := must(os.ReadFile(filepath.Join(dir, "before.txt")))(t)
	after := must(os.ReadFile(filepath.Join(dir, "after.txt")))(t)
	w := newWorld(t, storetest.SQLite(t, steps()...))
	ctx := t.Context()
	old := must(w.corpus.Add(ctx, clerk, corpus.Given{Text: string(before), Stage: corpus.InForce, Label: "pred novelo"}))(t)
	new := must(w.corpus.Add(ctx, clerk, corpus.Given{Text: string(after), Stage: corpus.Adopted, Label: "po noveli"}))(t)
	id := w.open(t, cases.Text{Version: old.ID, Role: cases.Draft, Label: "pred novelo"}, cases.Text{Version: new.ID, Role: cases.Adopted, Label: "po noveli"})
	w.v1 = old.ID
	was, is := must(w.corpus.Provisions(ctx, clerk, old.ID))(t), must(w.corpus.Provisions(ctx, clerk, new.ID))(t)
	var list []positions.Proposal
	for _, p := range was {
		i := slices.IndexFunc(is, func(q corpus.Provision) bool {
			return q.ID == p.ID && p.Kind == "paragraph" && q.Full != p.Full && len(q.Full) > 60
		})
		if i >= 0 && len(list) < 3 {
			list = append(list, positions.Proposal{Provision: p.ID, Title: "Kakor je bilo sprejeto: " + p.Cite, Wanted: positions.Rewrite, Text: is[i].Full})
		}
	}
	changed := len(list)
	for _, p := range was {
		same := slices.ContainsFunc(is, func(q corpus.Provision) bool { return q.ID == p.ID && q.Full == p.Full })
		if same && p.Kind == "paragraph" && len(p.Full) > 60 && len(list) < changed+2 {
			list = append(list, positions.Proposal{Provision: p.ID, Title: "Izmišljeno: " + p.Cite, Wanted: positions.Rewrite, Text: p.Full + " Najmanj dvajset odstotkov sredstev se nameni neodvisnim knjižnicam."})
		}
	}
	if changed == 0 {
		t.Fatal("the amendment changed no paragraph")
	}
	w.freeze(t, id, list)
	begun := time.Now()
	found := must(w.Suggest(ctx, clerk, id, new.ID))(t)
	t.Logf("%d proposals on %d provisions in %s", len(found), len(is), time.Since(begun).Round(time.Millisecond))
	for i, s := range found {
		if i < changed && s.Suggested != voice.Taken {
			t.Errorf("%s: %q %v, it is the adopted text itself", s.Title, s.Suggested, s.Reasons)
		}
		if i >= changed && (s.Suggested == voice.Taken || s.Suggested == voice.Partly) {
			t.Errorf("%s: %q %v, nobody has adopted it", s.Title, s.Suggested, s.Reasons)
		}
	}
}

// A judge that is asked by many keeps a bounded number of answers, and stops
// waiting when the one who asks does.
func TestJudge_bounds(t *testing.T) {
	t.Parallel()
	j, made := newJudge(), 0
	find := func() ([]Suggestion, error) { made++; return nil, nil }
	for i := range 2 * most {
		must(j.suggest(t.Context(), asked{edition: i}, find))(t)
	}
	must(j.suggest(t.Context(), asked{edition: 2*most - 1}, find))(t)
	if len(j.made) != most || made != 2*most {
		t.Errorf("%d are kept, %d were made", len(j.made), made)
	}
	j.turn <- struct{}{}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := j.suggest(ctx, asked{}, find); err == nil {
		t.Error("it waited for ever")
	}
}
