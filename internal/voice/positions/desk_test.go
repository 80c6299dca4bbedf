package positions

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

var (
	clerk  = auth.Actor{User: "neza", Name: "Neža Škrbec", Roles: auth.Office}
	board  = auth.Actor{User: "ivo", Name: "Ivo Tratar", Roles: auth.Board}
	member = auth.Actor{User: "kino", Name: "Kino Lom", Roles: auth.Member}
)

// draft is a short text as a ministry might put it forward.
const draft = `ZAKON
o podpori neodvisni kulturi (ZPNK)

1. člen
(vsebina)

Ta zakon ureja podporo neodvisni kulturi.

12. člen
(pogoji)

(1) Za podporo lahko zaprosi organizacija, ki najmanj tri leta neprekinjeno deluje na področju kulture.

(2) Organizacija dokaže delovanje:
- s programi,
- s poročili.

18. člen
(honorarji)

Honorar ne sme biti nižji od zneska, ki ga objavi ministrstvo.
`

// A told is Voices with what a test lets the members say.
type told struct {
	said   map[string]Said
	asked  Asked
	behind Crowd
}

func (v told) On(_ context.Context, _ auth.Actor, _ voice.CaseID, at law.Address) (Said, error) {
	return v.said[at.Provision], nil
}
func (v told) Asked(context.Context, auth.Actor, voice.CaseID) (Asked, error) { return v.asked, nil }
func (v told) Behind(context.Context, auth.Actor, voice.CaseID, []Stand) (Crowd, error) {
	return v.behind, nil
}

// A world is a house with one case and its draft.
type world struct {
	*Desk
	cases *cases.Desk
	id    voice.CaseID
	at    law.Address // 12. člen, prvi odstavek
}

func steps() []store.Steps {
	return []store.Steps{audit.Steps(), jobs.Steps(), corpus.Steps(), cases.Steps(), Steps()}
}

func newWorld(t testing.TB, db *store.DB, parts Parts) world {
	t.Helper()
	db.At(func() time.Time { return time.Date(2026, 11, 27, 17, 20, 0, 0, time.UTC) })
	parts.Corpus = corpus.New(db, nil)
	c := cases.New(db)
	w := world{Desk: New(db, c, parts), cases: c}
	v := must(parts.Corpus.Add(t.Context(), clerk, corpus.Given{Text: draft, Stage: corpus.Draft, Label: "2. osnutek"}))(t)
	w.id = must(c.Open(t.Context(), clerk, cases.Case{
		Title: "Novela Zakona o podpori neodvisni kulturi", Short: "ZPNK-A", Kind: procedure.Law, Lead: "O podpori.",
		Proposer: "Ministrstvo za umetnost in ustvarjalnost", Opened: civil.On(2026, 1, 12),
	}, cases.Text{Version: v.ID, Role: cases.Draft, Label: "2. osnutek"}))(t).ID
	w.at = law.Address{Version: v.ID, Provision: "art_12__para_1"}
	return w
}

// must is a value without a failure.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// propose makes a finished proposal on a provision of 12. člen, or another.
func (w world) propose(t testing.TB, provision, title string) Proposal {
	t.Helper()
	return must(w.Create(t.Context(), clerk, Proposal{
		Case: w.id, Version: w.at.Version, Provision: provision, Title: title, Wanted: Rewrite, State: Ready,
		Text: "(1) Za podporo lahko zaprosi organizacija, ki najmanj dve leti neprekinjeno deluje na področju kulture.", Reasons: "Ker.",
		For: Crowd{Orgs: 44}, Against: Crowd{Orgs: 2}, Objections: []Objection{{Who: "Zavod Prelom", Text: "Dve leti sta premalo."}},
	}))(t)
}

var decided = Mandate{
	Body: Board, On: civil.On(2026, 11, 27), Meeting: "9. redna seja", For: 7,
	Rule: "Statut, 31. člen: stališče do predpisa potrdi upravni odbor po posvetovanju s članstvom",
}

// approve begins a position with what there is and has it decided.
func (w world) approve(t testing.TB) Position {
	t.Helper()
	p := must(w.Begin(t.Context(), clerk, Position{Case: w.id, Title: "Stališče do drugega osnutka", Lead: "Osnutek podpiramo."}))(t)
	p = must(w.SetMandate(t.Context(), clerk, p.ID, p.Revision, decided))(t)
	return must(w.Approve(t.Context(), board, p.ID, p.Revision))(t)
}

func refused(t *testing.T, err error, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Key != key {
		t.Errorf("got %v, want the fault %s", err, key)
	}
}

func onBoth(t *testing.T, parts Parts, f func(t *testing.T, w world)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, newWorld(t, db, parts)) }, steps()...)
}

func TestDesk_Create(t *testing.T) {
	onBoth(t, Parts{}, func(t *testing.T, w world) {
		p := w.propose(t, "art_12__para_1", "Dve leti zadoščata")
		if p.Cite != "12. člen, prvi odstavek" || p.Number != 1 || p.Lang != "sl" {
			t.Errorf("the proposal is %d, on %q in %q", p.Number, p.Cite, p.Lang)
		}
		if !strings.Contains(p.Draft, "najmanj tri leta") || len(p.Place) != 2 || p.Place[1].Num != "1" {
			t.Errorf("the draft says %q at %v", p.Draft, p.Place)
		}
		only := w.propose(t, "art_18__para_1", "Honorar")
		if len(only.Place) != 2 || !only.Place[1].Only || only.Cite != "18. člen" {
			t.Errorf("an only paragraph is at %v, %s", only.Place, only.Cite)
		}
		c := must(w.cases.Case(t.Context(), clerk, w.id))(t)
		if c.Proposals != 2 {
			t.Errorf("the case counts %d proposals", c.Proposals)
		}
		_, err := w.Create(t.Context(), member, Proposal{Case: w.id, Version: w.at.Version, Provision: "art_1"})
		refused(t, err, "auth.denied")
		_, err = w.Create(t.Context(), clerk, Proposal{Case: w.id, Version: w.at.Version, Provision: "art_99", Title: "x", Wanted: Keep})
		refused(t, err, "positions.provision.missing")
	})
}

// Of two who edit one proposal the second learns what the first wrote, and
// neither text is lost.
func TestDesk_Save_conflict(t *testing.T) {
	onBoth(t, Parts{}, func(t *testing.T, w world) {
		p := w.propose(t, "art_12__para_1", "Dve leti")
		mine, theirs := p, p
		theirs.Text, mine.Text = "(1) Njihovo besedilo.", "(1) Moje besedilo."
		must(w.Save(t.Context(), auth.Actor{Name: board.Name, Roles: auth.Office}, theirs))(t)
		got, err := w.Save(t.Context(), clerk, mine)
		refused(t, err, "positions.changed")
		if got.Text != theirs.Text || got.ChangedBy != board.Name || got.Revision != 2 {
			t.Errorf("what came back is %q of %s, revision %d", got.Text, got.ChangedBy, got.Revision)
		}
		mine.Revision = got.Revision
		must(w.Save(t.Context(), clerk, mine))(t)
		kept := must(w.Revisions(t.Context(), clerk, p.ID))(t)
		if len(kept) != 3 || kept[0].Text != mine.Text || kept[1].Text != theirs.Text || kept[1].ChangedBy != board.Name {
			t.Errorf("kept are %+v", kept)
		}
	})
}

func TestDesk_FromComments(t *testing.T) {
	said := Said{
		Tally: map[voice.Stance]Crowd{voice.Rewrite: {30, 5}, voice.Support: {2, 1}, voice.Object: {4, 0}, voice.Ask: {1, 0}},
		Comments: []Comment{
			{ID: "a", Who: "Kino Lom", Stance: voice.Rewrite, Wording: "(1) Eno leto."},
			{ID: "b", Who: "Zavod Prelom", Stance: voice.Rewrite, Wording: "(1) Dve leti."},
			{ID: "c", Who: "Plesna zadruga Pesto", Open: true, Stance: voice.Support, Text: "Tri leta so prav."},
			{ID: "d", Who: "Jana Vrabič", Stance: voice.Support, Text: "Naj ostane."},
		},
	}
	onBoth(t, Parts{Voices: told{said: map[string]Said{"art_12__para_1": said}}}, func(t *testing.T, w world) {
		p := must(w.FromComments(t.Context(), clerk, Gathering{Case: w.id, At: w.at, Comments: []string{"a", "b"}, Taken: "b"}))(t)
		if p.Text != "(1) Dve leti." || p.Title != p.Cite || strings.Join(p.FromComments, " ") != "a b" {
			t.Errorf("the proposal is %q: %q from %v", p.Title, p.Text, p.FromComments)
		}
		if p.For != (Crowd{30, 5}) || p.Against != (Crowd{2, 1}) || p.Neutral != (Crowd{5, 0}) {
			t.Errorf("for %v, against %v, neutral %v", p.For, p.Against, p.Neutral)
		}
		want := []Objection{{"Plesna zadruga Pesto", "Tri leta so prav."}, {"", "Naj ostane."}}
		if len(p.Objections) != 2 || p.Objections[0] != want[0] || p.Objections[1] != want[1] {
			t.Errorf("objections are %v, want %v", p.Objections, want)
		}
		_, err := w.FromComments(t.Context(), clerk, Gathering{Case: w.id, At: w.at, Taken: "z"})
		refused(t, err, "positions.comments.none")
	})
}

func TestDesk_order(t *testing.T) {
	onBoth(t, Parts{}, func(t *testing.T, w world) {
		a, b, c := w.propose(t, "art_12__para_1", "a"), w.propose(t, "art_18__para_1", "b"), w.propose(t, "art_12__para_1", "c")
		wanted := func(want string) {
			t.Helper()
			var got []string
			for _, p := range must(w.Proposals(t.Context(), clerk, w.id))(t) {
				got = append(got, p.Title)
			}
			if strings.Join(got, " ") != want {
				t.Errorf("the order is %v, want %s", got, want)
			}
		}
		for _, err := range []error{w.Move(t.Context(), clerk, c.ID, true), w.Move(t.Context(), clerk, a.ID, true), w.Move(t.Context(), clerk, b.ID, false)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		wanted("a c b")
		_, err := w.Merge(t.Context(), clerk, a.ID, b.ID, "x")
		refused(t, err, "positions.merge.other_place")
		one := must(w.Merge(t.Context(), clerk, c.ID, a.ID, "(1) Skupno."))(t)
		if one.Number != 1 || one.Text != "(1) Skupno." || len(one.Objections) != 1 {
			t.Errorf("merged into number %d, %q, objections %v", one.Number, one.Text, one.Objections)
		}
		wanted("c b a")
		must(w.Withdraw(t.Context(), clerk, b.ID))(t)
		_, err = w.Save(t.Context(), clerk, b)
		refused(t, err, "positions.withdrawn")
		if got := must(w.cases.Case(t.Context(), clerk, w.id))(t); got.Proposals != 1 {
			t.Errorf("the case counts %d proposals", got.Proposals)
		}
	})
}

// What an amending act would say follows the text, by whichever way that changes.
func TestDesk_instruction(t *testing.T) {
	onBoth(t, Parts{}, func(t *testing.T, w world) {
		a, b := w.propose(t, "art_12__para_1", "a"), w.propose(t, "art_12__para_1", "b")
		says := func(p Proposal, want string) {
			t.Helper()
			stored := must(w.Proposal(t.Context(), clerk, p.ID))(t)
			if got := stored.Normative().Lead; got != want {
				t.Errorf("it says %q, want %q", got, want)
			}
		}
		years := func(n string) string { return strings.Replace(a.Draft, "tri leta", n, 1) }
		a.Text = years("dve leti")
		a = must(w.Save(t.Context(), clerk, a))(t)
		says(a, "V 12. členu se v prvem odstavku besedilo »tri leta« nadomesti z besedilom »dve leti«.")
		says(must(w.Merge(t.Context(), clerk, a.ID, b.ID, years("eno leto")))(t), "V 12. členu se v prvem odstavku besedilo »tri leta« nadomesti z besedilom »eno leto«.")
	})
}

// Each position counts its proposals from 1, whatever came before in the case, and
// stays without a gap when one of them is withdrawn.
func TestDesk_numbers(t *testing.T) {
	onBoth(t, Parts{}, func(t *testing.T, w world) {
		numbers := func() string {
			var got []string
			for _, p := range must(w.Proposals(t.Context(), clerk, w.id))(t) {
				got = append(got, p.Title+"="+strconv.Itoa(p.Number))
			}
			return strings.Join(got, " ")
		}
		w.propose(t, "art_12__para_1", "a")
		w.propose(t, "art_18__para_1", "b")
		p := w.approve(t)
		must(w.Freeze(t.Context(), clerk, p.ID, p.Revision))(t)
		w.propose(t, "art_12__para_1", "c")
		must(w.Begin(t.Context(), clerk, Position{Case: w.id, Title: "Drugo stališče"}))(t)
		d := w.propose(t, "art_18__para_1", "d")
		w.propose(t, "art_12__para_1", "e")
		if got := numbers(); got != "a=1 b=2 c=1 d=2 e=3" {
			t.Errorf("numbers are %s", got)
		}
		must(w.Withdraw(t.Context(), clerk, d.ID))(t)
		if got := numbers(); got != "a=1 b=2 c=1 e=2 d=0" {
			t.Errorf("after d was withdrawn, numbers are %s", got)
		}
	})
}

func TestDesk_Approve(t *testing.T) {
	onBoth(t, Parts{}, func(t *testing.T, w world) {
		p := must(w.Begin(t.Context(), clerk, Position{Case: w.id, Title: "Stališče", Lead: "Podpiramo.", ApproveBy: civil.On(2026, 11, 27)}))(t)
		if p.ID != "2026-01" || p.Version != 1 {
			t.Errorf("begun is %s", p.Label())
		}
		_, err := w.Begin(t.Context(), clerk, Position{Case: w.id, Title: "Drugo"})
		refused(t, err, "positions.begin.open")
		_, err = w.Approve(t.Context(), board, p.ID, p.Revision)
		refused(t, err, "positions.approve.no_mandate")
		lost := decided
		lost.Against = 7
		_, err = w.SetMandate(t.Context(), clerk, p.ID, p.Revision, lost)
		refused(t, err, "positions.mandate.lost")
		p = must(w.SetMandate(t.Context(), clerk, p.ID, p.Revision, decided))(t)
		_, err = w.Approve(t.Context(), board, p.ID, p.Revision)
		refused(t, err, "positions.approve.empty")

		one := w.propose(t, "art_12__para_1", "Dve leti")
		one.State = Draft
		one = must(w.Save(t.Context(), clerk, one))(t)
		_, err = w.Approve(t.Context(), board, p.ID, p.Revision)
		refused(t, err, "positions.approve.unfinished")
		one.State = Ready
		one = must(w.Save(t.Context(), clerk, one))(t)
		_, err = w.Approve(t.Context(), board, p.ID, p.Revision-1)
		refused(t, err, "positions.position.changed")
		_, err = w.Approve(t.Context(), member, p.ID, p.Revision)
		refused(t, err, "auth.denied")
		_, err = w.Freeze(t.Context(), clerk, p.ID, 0)
		refused(t, err, "positions.freeze.not_approved")
		p = must(w.Approve(t.Context(), board, p.ID, p.Revision))(t)

		_, err = w.Save(t.Context(), clerk, one)
		refused(t, err, "positions.fixed")
		refused(t, w.Move(t.Context(), clerk, one.ID, true), "positions.fixed")
		_, err = w.Create(t.Context(), clerk, Proposal{Case: w.id, Version: w.at.Version, Provision: "art_1", Title: "x", Wanted: Keep})
		refused(t, err, "positions.fixed")
		p = must(w.Reopen(t.Context(), board, p.ID))(t)
		if p.Stage != Open || p.Mandate != (Mandate{}) {
			t.Errorf("reopened it is %s with %v", p.Stage, p.Mandate)
		}
	})
}

func TestDesk_Freeze(t *testing.T) {
	onBoth(t, Parts{Voices: told{behind: Crowd{46, 88}, asked: Asked{Asked: Crowd{58, 354}, Answered: Crowd{49, 88}}}}, func(t *testing.T, w world) {
		one := w.propose(t, "art_12__para_1", "Dve leti")
		p := w.approve(t)
		p = must(w.Freeze(t.Context(), clerk, p.ID, p.Revision))(t)
		if p.Stage != Frozen || p.Behind != (Crowd{46, 88}) || p.Proposals != 1 || len(p.Hash) != 64 {
			t.Errorf("frozen is %+v", p)
		}
		if c := must(w.cases.Case(t.Context(), clerk, w.id))(t); c.PositionNow != "2026-01 v1" || c.Members != 46 {
			t.Errorf("the case says %q with %d behind it", c.PositionNow, c.Members)
		}
		_, first, err := w.Whole(t.Context(), clerk, p.ID, 1)
		if err != nil || sum(first) != p.Hash {
			t.Fatalf("the text has the hash %s, want %s (%v)", sum(first), p.Hash, err)
		}
		_, _, err = w.Snapshot(t.Context(), auth.Actor{}, p.ID, 1)
		refused(t, err, "auth.sign_in_first")
		if err := w.SetPublic(t.Context(), clerk, p.ID, true); err != nil {
			t.Fatal(err)
		}
		_, s, err := w.Snapshot(t.Context(), auth.Actor{}, p.ID, 1)
		if err != nil || s.Proposals[0].Text != one.Text || s.Mandate != decided || s.DraftLabel != "2. osnutek" {
			t.Errorf("anyone reads %+v, %v", s, err)
		}

		// Nothing changes what is frozen.
		_, err = w.Save(t.Context(), clerk, one)
		refused(t, err, "positions.fixed")
		for _, deed := range []func() (Position, error){
			func() (Position, error) { return w.Edit(t.Context(), clerk, p) },
			func() (Position, error) { return w.SetMandate(t.Context(), clerk, p.ID, 0, decided) },
			func() (Position, error) { return w.Approve(t.Context(), board, p.ID, 0) },
			func() (Position, error) { return w.Reopen(t.Context(), board, p.ID) },
			func() (Position, error) { return w.Freeze(t.Context(), clerk, p.ID, 0) },
		} {
			if _, err := deed(); !fault.Is(err, fault.Conflict) {
				t.Errorf("a deed on a frozen version answers %v", err)
			}
		}

		// The version after it begins with its proposals, and leaves it alone.
		next := must(w.Next(t.Context(), clerk, p.ID))(t)
		one.Text = "(1) Drugače."
		must(w.Save(t.Context(), clerk, one))(t)
		next = must(w.SetMandate(t.Context(), clerk, p.ID, next.Revision, decided))(t)
		next = must(w.Approve(t.Context(), board, p.ID, next.Revision))(t)
		next = must(w.Freeze(t.Context(), clerk, p.ID, next.Revision))(t)
		old, again, err := w.Whole(t.Context(), clerk, p.ID, 1)
		if err != nil || string(again) != string(first) || old.Stage != Superseded || next.Version != 2 || next.Hash == p.Hash {
			t.Errorf("version 1 is %s, and the same: %v (%v)", old.Stage, string(again) == string(first), err)
		}
	})
}

// The database refuses to change a frozen version, whatever the desk asks of it.
func TestFrozen_sql(t *testing.T) {
	onBoth(t, Parts{}, func(t *testing.T, w world) {
		w.propose(t, "art_12__para_1", "Dve leti")
		p := w.approve(t)
		p = must(w.Freeze(t.Context(), clerk, p.ID, p.Revision))(t)
		for name, f := range map[string]func(*store.Tx) error{
			"row":  func(tx *store.Tx) error { p := p; p.Title = "Drugo"; return putPosition(t.Context(), tx, p) },
			"text": func(tx *store.Tx) error { return putFrozen(t.Context(), tx, p, []byte("{}")) },
		} {
			if err := w.db.Write(t.Context(), f); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: got %v, want a conflict", name, err)
			}
		}
		// Who changes it past us is found out by the hash.
		err := w.db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.ExecContext(t.Context(), `UPDATE position_frozen SET whole = '{}' WHERE id = $1`, p.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Snapshot(t.Context(), clerk, p.ID, 1); err == nil {
			t.Error("a frozen text that was changed by hand is read as if nothing had happened")
		}
	})
}
