package positions

import (
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// Three members answer a real consultation, and what they say becomes a proposal
// with their numbers and their objection.
func TestConsulted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, Parts{})
		people, queue := members.New(db), jobs.New(db, nil)
		post := must(mail.New(db, queue, mail.SMTP{}))(t)
		letters := must(i18n.Load(consult.Words()))(t)
		asking := consult.New(db, consult.House{Name: "Mreža", URL: "https://mnk.example", Zone: time.UTC, In: letters.In},
			consult.Others{Cases: w.cases, Law: w.parts.Corpus, Members: people, Jobs: queue, Mail: post})
		w.parts.Voices = Consulted(asking, time.UTC)

		for _, m := range []members.Member{{Kind: members.Organisation, Name: "Kino Lom"}, {Kind: members.Person, Name: "Jana Vrabič"}, {Kind: members.Person, Name: "Jože Stari"}} {
			m.Email, m.Standing, m.Term.From = "a"+string(m.Name[0:1])+m.Name[len(m.Name)-2:]+"@mnk.example", members.Active, civil.On(2020, 1, 1)
			if m.Name == "Jana Vrabič" {
				m.Email = "jana@mnk.example"
			}
			must(people.Add(t.Context(), clerk, m))(t)
		}
		c := must(asking.Prepare(t.Context(), clerk, consult.Consultation{
			Case: w.id, Version: w.at.Version, Title: "Novela", Lead: "O podpori.", Opens: civil.On(2026, 11, 27), Closes: civil.On(2026, 12, 5),
			Asked: []consult.Asked{{Provision: "art_12", Title: "Tri leta"}, {Provision: "art_18", Title: "Honorar"}},
		}))(t)
		must(asking.Open(t.Context(), clerk, c.ID))(t)
		if err := queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		answers := map[string]consult.Given{
			"Kino Lom":    {Provision: "art_12", Said: consult.Said{Stance: voice.Rewrite, Wording: "(1) Dve leti."}},
			"Jana Vrabič": {Provision: "art_12", Said: consult.Said{Stance: voice.Support, Text: "Tri leta so prav."}},
		}
		invited := 0
		for _, one := range must(asking.Progress(t.Context(), clerk, consult.ProgressQuery{Consultation: c.ID}))(t) {
			invited++
			if a, ok := answers[one.MemberName]; ok {
				must(asking.TypeIn(t.Context(), clerk, one.ID, consult.Saving{Page: "p", Public: true, Channel: consult.Phone, Given: []consult.Given{a}}))(t)
			}
		}
		if invited < 2 {
			t.Fatalf("%d members were invited", invited)
		}

		heard := must(w.Heard(t.Context(), clerk, w.id))(t)
		if len(heard) != 2 || heard[0].Cite != "12. člen" || heard[0].Tally[voice.Support] != (Crowd{Persons: 1}) || len(heard[1].Tally) != 0 {
			t.Errorf("heard is %+v", heard)
		}
		// What was asked of the whole article counts for its first paragraph.
		said := must(w.Said(t.Context(), clerk, w.id, w.at))(t)
		if len(said.Comments) != 2 || said.Tally[voice.Rewrite] != (Crowd{Orgs: 1}) || said.Tally[voice.Support] != (Crowd{Persons: 1}) {
			t.Fatalf("said is %+v", said)
		}
		var taken string
		for _, one := range said.Comments {
			if one.Wording != "" {
				taken = one.ID
			}
		}
		// The office cannot allow a name to be published.
		p := must(w.FromComments(t.Context(), clerk, Gathering{Case: w.id, At: w.at, Title: "Dve leti", Taken: taken}))(t)
		if p.Text != "(1) Dve leti." || p.For != (Crowd{Orgs: 1}) || p.Against != (Crowd{Persons: 1}) || len(p.Objections) != 1 || p.Objections[0] != (Objection{Text: "Tri leta so prav."}) {
			t.Errorf("the proposal is %+v", p)
		}
		asked := must(w.parts.Voices.Asked(t.Context(), clerk, w.id))(t)
		if asked.Answered != (Crowd{1, 1}) || asked.Asked.Persons+asked.Asked.Orgs != invited || asked.Until != civil.On(2026, 12, 5) {
			t.Errorf("asked is %+v", asked)
		}
		behind := must(w.parts.Voices.Behind(t.Context(), clerk, w.id, []Stand{
			{At: w.at, Stances: []voice.Stance{voice.Rewrite}}, {At: law.Address{Version: w.at.Version, Provision: "art_18__para_1"}, Stances: []voice.Stance{voice.Rewrite}},
		}))(t)
		if behind != (Crowd{Orgs: 1}) {
			t.Errorf("behind it are %+v", behind)
		}
		other := must(w.Said(t.Context(), clerk, w.id, law.Address{Version: "another", Provision: "art_12"}))(t)
		if len(other.Comments) != 0 {
			t.Errorf("another draft has %d comments", len(other.Comments))
		}
	}, append(steps(), members.Steps(), mail.Steps(), consult.Steps())...)
}
