package positions

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// dues are the kinds and days of what is due, in order.
func (w world) dues(t *testing.T) string {
	t.Helper()
	var list []string
	err := w.db.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.List(t.Context(), tx, func(row store.Scanner) (string, error) {
			var kind, day string
			err := row.Scan(&kind, &day)
			return strings.TrimPrefix(kind, "dues.position.") + " " + day, err
		}, `SELECT kind, day FROM case_dues ORDER BY day, id`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, ", ")
}

// A position is due to be approved until it is, and to be delivered until whoever
// delivers it says so.
func TestDesk_dues(t *testing.T) {
	onBoth(t, Parts{}, func(t *testing.T, w world) {
		w.propose(t, "art_12__para_1", "Dve leti")
		p := must(w.Begin(t.Context(), clerk, Position{
			Case: w.id, Title: "Stališče", Lead: "Podpiramo.", ApproveBy: civil.On(2026, 11, 27), DeliverBy: civil.On(2026, 11, 30),
		}))(t)
		if got, want := w.dues(t), "approve 2026-11-27, deliver 2026-11-30"; got != want {
			t.Errorf("due is %q, want %q", got, want)
		}
		p.DeliverBy = civil.On(2026, 12, 1)
		p = must(w.Edit(t.Context(), clerk, p))(t)
		if got, want := w.dues(t), "approve 2026-11-27, deliver 2026-12-01"; got != want {
			t.Errorf("due is %q, want %q", got, want)
		}
		p = must(w.SetMandate(t.Context(), clerk, p.ID, p.Revision, decided))(t)
		p = must(w.Approve(t.Context(), board, p.ID, p.Revision))(t)
		must(w.Freeze(t.Context(), clerk, p.ID, p.Revision))(t)
		if got, want := w.dues(t), "deliver 2026-12-01"; got != want {
			t.Errorf("due is %q, want %q", got, want)
		}
	})
}

// The lists go page by page; a passer-by sees what is public, in its newest frozen
// version.
func TestDesk_lists(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t, append(steps(), search.Steps())...)
	index := search.New(db)
	w := newWorld(t, db, Parts{Search: index})
	var ids []voice.PositionID
	for i := range 3 {
		w.db.At(func() time.Time { return time.Date(2026, 11, 27, 10+i, 0, 0, 0, time.UTC) })
		w.id = must(w.cases.Open(t.Context(), clerk, cases.Case{Title: "Zadeva", Kind: procedure.Law, Opened: civil.On(2026, 11, 1)}))(t).ID
		w.propose(t, "art_12__para_1", "Dve leti")
		p := w.approve(t)
		p = must(w.Freeze(t.Context(), clerk, p.ID, p.Revision))(t)
		ids = append(ids, p.ID)
		find := func(by auth.Actor, text string) []search.Hit {
			return must(index.Find(t.Context(), by, search.Query{Text: text, Kind: "position"}))(t).Hits
		}
		told := find(clerk, "Dve leti")
		if len(told) != i+1 || told[0].Subject != "position/2026-0"+strconv.Itoa(i+1) || told[0].Link != "/s/2026-0"+strconv.Itoa(i+1)+"/1" {
			t.Errorf("the index has %+v", told)
		}
		open := len(find(auth.Actor{}, ""))
		if i != 1 {
			if err := w.SetPublic(t.Context(), clerk, p.ID, true); err != nil {
				t.Fatal(err)
			}
			if n := len(find(auth.Actor{}, "")); n != open+1 {
				t.Errorf("a passer-by found %d positions, and finds %d", open, n)
			}
		}
	}
	first := must(w.Newest(t.Context(), clerk, "", 2))(t)
	then := must(w.Newest(t.Context(), clerk, first[1].ID, 2))(t)
	if len(first) != 2 || len(then) != 1 || first[0].ID != ids[2] || then[0].ID != ids[0] {
		t.Errorf("the pages are %v and %v", first, then)
	}
	must(w.Next(t.Context(), clerk, ids[2]))(t)
	public := must(w.Public(t.Context(), time.Time{}, 1))(t)
	more := must(w.Public(t.Context(), public[0].FrozenAt, 1))(t)
	if public[0].ID != ids[2] || public[0].Version != 1 || len(more) != 1 || more[0].ID != ids[0] {
		t.Errorf("public are %v, then %v", public, more)
	}
	_, err := w.Newest(t.Context(), auth.Actor{}, "", 0)
	refused(t, err, "auth.sign_in_first")
}

func TestMandate_Check(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, want string
		change     func(*Mandate)
	}{
		{"whole", "", func(*Mandate) {}},
		{"no body", "positions.mandate.body", func(m *Mandate) { m.Body = "" }},
		{"no day", "positions.mandate.day", func(m *Mandate) { m.On = civil.Date{} }},
		{"no rule", "positions.mandate.rule", func(m *Mandate) { m.Rule = " " }},
		{"tie", "positions.mandate.lost", func(m *Mandate) { m.Against = 7 }},
		{"negative", "positions.count.negative", func(m *Mandate) { m.Abstained = -1 }},
		{"president without a name", "positions.mandate.person", func(m *Mandate) { m.Body = President }},
		{"office with a name", "", func(m *Mandate) { m.Body, m.Person, m.For = Office, "Neža Škrbec", 0 }},
	} {
		m := decided
		tt.change(&m)
		if err := m.Check(); tt.want != "" {
			refused(t, err, tt.want)
		} else if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// What members said counts for what is wanted, and nobody is counted twice.
func TestWanted_Count(t *testing.T) {
	t.Parallel()
	tally := map[voice.Stance]Crowd{voice.Support: {1, 10}, voice.Object: {2, 20}, voice.Rewrite: {4, 40}, voice.Ask: {8, 80}}
	for w, want := range map[Wanted][3]int{Keep: {1, 6, 8}, Rewrite: {4, 1, 10}, Insert: {4, 1, 10}, Delete: {2, 1, 12}} {
		pro, contra, neutral := w.Count(tally)
		if got := [3]int{pro.Orgs, contra.Orgs, neutral.Orgs}; got != want || pro.Persons != 10*pro.Orgs {
			t.Errorf("%s: %v, want %v", w, got, want)
		}
	}
}

func TestBetween(t *testing.T) {
	t.Parallel()
	p := func(id, text string) Proposal { return Proposal{ID: voice.ProposalID(id), Text: text} }
	old, new := Snapshot{Proposals: []Proposal{p("a", "1"), p("b", "2"), p("c", "3")}}, Snapshot{Proposals: []Proposal{p("c", "3"), p("d", "4"), p("a", "9")}}
	var got []string
	for _, d := range Between(old, new) {
		got = append(got, string(d.Kind)+" "+string(d.Old.ID)+string(d.New.ID))
	}
	if want := "same cc, added d, changed aa, gone b"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
